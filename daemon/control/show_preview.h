/* SPDX-License-Identifier: Apache-2.0 */
/* COMMAND_PREVIEW: any message as it would leave, composed as it is when it leaves, and never kept. */
#pragma once
#include "control/command.h"

/* The answer: a new reference, NULL when there is no memory for it. */
json_t *show_preview(const struct command *c);
