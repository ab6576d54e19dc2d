/* SPDX-License-Identifier: Apache-2.0 */
/* --dry-run: what would follow from an event, which is neither sent nor kept. */
#pragma once
#include <jansson.h>

#include "client/command.h"

/* Was --dry-run given? Of a command that has it. */
bool foretell_is_asked(const struct call *call);
/* Ask what would follow from the event and print it: the exit code, as the event itself would have it. */
int foretell(const struct call *call, const json_t *event);
/* Of a file's events, each as if it alone were sent. */
int foretell_file(const struct call *call, FILE *file);
