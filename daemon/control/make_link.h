/* SPDX-License-Identifier: Apache-2.0 */
/* COMMAND_LINK: the URL of a page for somebody who asks a steward for it. It stands in no log. */
#pragma once
#include "control/command.h"

/* The answer: a new reference, NULL when there is no memory for it. */
json_t *make_link(const struct command *c);
