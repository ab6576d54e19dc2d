/* SPDX-License-Identifier: Apache-2.0 */
/* A list of rows as CSV, RFC 4180: for programs, or as a spreadsheet of a country opens it. */
#pragma once
#include <jansson.h>
#include <stdio.h>

struct csv_form;
#define CSV_LOCALES "--locale is sv or en, the spreadsheet's that is to open the file"
/* Of a locale, "sv" or "en"; NULL: for programs. NULL if there is none of that name. */
const struct csv_form *csv_form_find(const char *locale);
/* The members named, up to NULL, one column each, the names as the first row. */
void csv_print(FILE *out, const struct csv_form *form, const json_t *rows,
	       const char *const *members);
