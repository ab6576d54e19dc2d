/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

/* Print the one row of a report whose text the daemon does not write, as Markdown. */
void report_markdown(FILE *out, const json_t *report);
