/* SPDX-License-Identifier: Apache-2.0 */
/* Messages to come, as a table for people. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* Print rows of forecast, or that there are none; true: something is told in short that the rows have in full. */
bool show_forecast(const json_t *rows, FILE *out);
