/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of the desk may use. */
#include "message/page_vars.h"

const struct template_var page_desk_vars[] = { SIGNED_IN_VARS, END };
