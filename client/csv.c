/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every text is quoted, numbers and what is missing are not; lines end with CRLF; UTF-8. For programs there is no
 * byte order mark, which RFC 4180 does not know and which would become part of the first column's name; a
 * spreadsheet takes the text for another encoding without one. A spreadsheet parts columns and decimals as its
 * country does, and reads an instant as text unless it is a date and a time, without a zone.
 *
 * A spreadsheet takes a text that begins with one of = + - @ (also after white space, and their
 * full-width forms) for a formula, quoted or not. An apostrophe before it makes it a text.
 */
#include "client/csv.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "client/need.h"
#include "client/print.h"

struct csv_form {
	const char *locale; /* NULL: for programs */
	char separator, decimal;
};
static const struct csv_form forms[] = {
	{ NULL, ',', '.' },
	{ "sv", ';', ',' },
	{ "en", ',', '.' },
};

const struct csv_form *csv_form_find(const char *locale)
{
	if (!locale)
		return &forms[0];
	for (size_t i = 1; i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(forms[i].locale, locale) == 0)
			return &forms[i];
	return NULL;
}

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

/* "2026-05-11T09:30:00+02:00": is it an instant as the daemon writes it? */
static bool is_instant(const char *text)
{
	static const char form[] = "0000-00-00T00:00:00";

	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	return strchr("Z+-.", text[sizeof(form) - 1]) && strlen(text) < 36;
}

/* The date and the time that it names, whichever its zone: "2026-05-11 09:30:00". */
static void put_local(FILE *out, const char *instant)
{
	fprintf(out, "%.10s %.8s", instant, instant + 11);
}

static void put_number(FILE *out, const struct csv_form *form, const json_t *value)
{
	auto_free char *json = need(json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT));

	for (const char *at = json; *at; at++)
		fputc(*at == '.' ? form->decimal : *at, out);
}

static void put_value(FILE *out, const struct csv_form *form, const json_t *value)
{
	auto_free char *json = NULL;

	if (!value || json_is_null(value))
		return;
	if (json_is_number(value)) {
		put_number(out, form, value);
	} else if (json_is_string(value) && form->locale && is_instant(json_string_value(value))) {
		put_local(out, json_string_value(value));
	} else if (json_is_string(value)) {
		put_text(out, json_string_value(value));
	} else {
		json = need(json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT));
		if (json_is_boolean(value))
			fputs(json, out);
		else
			put_text(out, json);
	}
}

void csv_print(FILE *out, const struct csv_form *form, const json_t *rows,
	       const char *const *members)
{
	const json_t *row;
	size_t i;

	if (form->locale)
		fputs("\ufeff", out);
	for (size_t n = 0; members[n]; n++) {
		if (n)
			fputc(form->separator, out);
		fputs(members[n], out);
	}
	fputs("\r\n", out);
	json_array_foreach (rows, i, row) {
		for (size_t n = 0; members[n]; n++) {
			if (n)
				fputc(form->separator, out);
			put_value(out, form, json_object_get(row, members[n]));
		}
		fputs("\r\n", out);
	}
}
