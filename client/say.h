/* SPDX-License-Identifier: Apache-2.0 */
/* One event, said. */
#pragma once
#include <jansson.h>

#include "client/command.h"

/* What is said of what; the type is the command's. Both are borrowed. */
struct saying {
	const char *subject;
	json_t *data;
};
/* Say it, or keep it for later, and tell the answer: the exit code. */
int say(const struct call *call, const struct saying *saying);
