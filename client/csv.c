/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every text is quoted, numbers and what is missing are not; lines end with CRLF; UTF-8, without a byte
 * order mark, which RFC 4180 does not know and which would become part of the first column's name.
 *
 * A spreadsheet takes a text that begins with one of = + - @ (also after white space, and their
 * full-width forms) for a formula, quoted or not. An apostrophe before it makes it a text.
 */
#include "client/csv.h"

#include <stdbool.h>
#include <string.h>

#include "client/need.h"
#include "client/print.h"

static bool is_formula(const char *text)
{
	static const char *const signs[] = { "=",      "+",	 "-",	   "@",
					     "\uff1d", "\uff0b", "\uff0d", "\uff20" };

	text += strspn(text, " \t\n\u00a0");
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static void put_text(FILE *out, const char *raw)
{
	auto_free char *text = print_clean(raw, true);

	fputs(is_formula(text) ? "\"'" : "\"", out);
	for (const char *at = text; *at; at++)
		fputs(*at == '"' ? "\"\"" : (char[]){ *at, '\0' }, out);
	fputc('"', out);
}

static void put_value(FILE *out, const json_t *value)
{
	auto_free char *json = NULL;

	if (!value || json_is_null(value))
		return;
	if (json_is_string(value)) {
		put_text(out, json_string_value(value));
		return;
	}
	json = need(json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT));
	if (json_is_number(value) || json_is_boolean(value))
		fputs(json, out);
	else
		put_text(out, json);
}

void csv_write(FILE *out, const json_t *rows, const char *const *members)
{
	const json_t *row;
	size_t i;

	for (size_t n = 0; members[n]; n++)
		fprintf(out, "%s%s", n ? "," : "", members[n]);
	fputs("\r\n", out);
	json_array_foreach (rows, i, row) {
		for (size_t n = 0; members[n]; n++) {
			fputs(n ? "," : "", out);
			put_value(out, json_object_get(row, members[n]));
		}
		fputs("\r\n", out);
	}
}
