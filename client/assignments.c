/* SPDX-License-Identifier: Apache-2.0 */
/* What was given to do over all years: as a table for people, as CSV for a spreadsheet, as JSON. */
#include <string.h>

#include "client/ask.h"
#include "client/csv.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"

static void put_table(FILE *out, const struct csv_form *form, const json_t *rows)
{
	(void)form;
	show_rows(QUERY_ASSIGNMENTS, rows, out);
}

static void put_csv(FILE *out, const struct csv_form *form, const json_t *rows)
{
	static const char *const members[] = {
		"assignment",
		"title",
		"decision",
		"reference",
		"origin",
		"given",
		"given_by",
		"given_to",
		"age_days",
		"answer_by",
		"answer_by_original",
		"provisional",
		"estimate",
		"state",
		"measures",
		"open_measures",
		"done_by_owner",
		"deadlines",
		"open_deadlines",
		"closing",
		"closed_as",
		"closed_reference",
		"closed_at",
		"closed_link",
		NULL,
	};

	csv_print(out, form, rows, members);
}

static void put_json(FILE *out, const struct csv_form *form, const json_t *rows)
{
	(void)form;
	print_json(out, rows);
}

static const struct format {
	const char *name;
	void (*put)(FILE *out, const struct csv_form *form, const json_t *rows);
} formats[] = {
	{ "table", put_table },
	{ "csv", put_csv },
	{ "json", put_json },
	{ NULL },
};

int assignments_command(const struct call *call)
{
	const char *asked = call_value(call, "format"), *name = asked ? asked : "table";
	const struct format *format = formats;
	const struct csv_form *form = csv_form_find(call_value(call, "locale"));
	auto_json json_t *rows = NULL;
	int code;

	while (format->name && strcmp(format->name, name) != 0)
		format++;
	if (!format->name) {
		fprintf(stderr, "paminn: --format is table, csv or json\n");
		return EX_USAGE;
	}
	if (!form) {
		fputs("paminn: " CSV_LOCALES "\n", stderr);
		return EX_USAGE;
	}
	code = ask(call, &rows);
	if (code != EX_OK)
		return code;
	if (!call->json && json_array_size(rows) == 0 && format->put == put_table &&
	    call_value(call, "open"))
		puts("Nothing that was given is open.");
	else
		(call->json ? put_json : format->put)(stdout, form, rows);
	return EX_OK;
}
