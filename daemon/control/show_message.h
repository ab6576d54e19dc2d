/* SPDX-License-Identifier: Apache-2.0 */
/* COMMAND_MESSAGE: one message of the outbox, what it says and what has become of it. */
#pragma once
#include "control/command.h"

/* The answer: a new reference, NULL when there is no memory for it. */
json_t *show_message(const struct command *c);
