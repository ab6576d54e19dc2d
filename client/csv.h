/* SPDX-License-Identifier: Apache-2.0 */
/* A list of rows as CSV, RFC 4180, for spreadsheets and for programs. */
#pragma once
#include <jansson.h>
#include <stdio.h>

/* The members named, up to NULL, one column each, the names as the first row. */
void csv_write(FILE *out, const json_t *rows, const char *const *members);
