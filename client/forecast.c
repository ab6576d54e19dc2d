/* SPDX-License-Identifier: Apache-2.0 */
/*
 * forecast: each line of it (protocol/forecast_lines.h) is a row. One of an instant goes over the whole width behind
 * its time; those below it have whom they reach, indented, and what they ask.
 */
#include "client/forecast.h"

#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/table.h"
#include "protocol/civil.h"
#include "protocol/forecast_lines.h"

#define INDENT "  "
#define CALENDAR_END 2100 /* the last year of a forecast */

/* ---- the table ------------------------------------------------------------------------------------ */

static void add_line(struct table *table, const json_t *line)
{
	auto_free char *to = print_clean(batch_text(line, "to"), false);

	if (*batch_text(line, "when")) {
		table_add(table, print_value(json_object_get(line, "when")));
		table_span(table, print_clean(batch_text(line, "text"), false));
		return;
	}
	table_add(table, need(strdup("")));
	table_add(table, need_text(INDENT "%s", to));
	table_add(table, print_clean(batch_text(line, "items"), false));
}

bool show_forecast(const json_t *rows, FILE *out)
{
	static const struct table_column columns[] = { { "WHEN" },
						       { "MESSAGES" },
						       { "", .wraps = true } };
	auto_json json_t *lines = need(forecast_lines(rows));
	struct table *table;
	const json_t *line;
	bool shortened = false;
	size_t i;

	if (json_array_size(lines) == 0) {
		fputs("No message is to come in that time.\n", out);
		return false;
	}
	table_new(&table, columns, sizeof(columns) / sizeof(columns[0]));
	json_array_foreach (lines, i, line) {
		add_line(table, line);
		shortened |= json_is_true(json_object_get(line, "short"));
	}
	table_print(table, out, table_width(out), false);
	table_free(table);
	return shortened;
}

/* ---- the command ---------------------------------------------------------------------------------- */

/* Of a month without any: when the next message is, if one is in the twelve months after it. */
static void tell_later(const struct call *call)
{
	auto_json json_t *rows = NULL;
	auto_free char *from = NULL, *until = NULL;
	int year, month;

	if (civil_parse_month(call_value(call, "month"), &year, &month) < 0)
		return;
	from = need_text("%04d-%02d-01", year, month);
	until = need_text("%04d-%02d-28", year < CALENDAR_END ? year + 1 : year, month);
	if (ask_for(call, QUERY_FORECAST,
		    need(json_pack("{s:s,s:s}", "from", from, "until", until)), &rows) == EX_OK &&
	    json_array_size(rows) > 0)
		printf("The next one is on %.10s.\n",
		       json_string_value(json_object_get(json_array_get(rows, 0), "when")));
}

/* What is not in the table, and where it is. */
static void tell_limits(const struct call *call, bool shortened)
{
	const bool open = !call_value(call, "month") && !call_value(call, "until");

	if (open)
		printf("31 days, as if nobody answered.\nMore: forecast --until DAY, --month "
		       "YYYY-MM%s\n",
		       shortened ? "; in full: --json" : "");
	else if (shortened)
		puts("In full: --json");
}

int forecast_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	bool shortened;
	int code;

	if (call_value(call, "month") && (call_value(call, "from") || call_value(call, "until"))) {
		fputs("paminn: --month stands alone: use it, or --from and --until\n", stderr);
		return EX_USAGE;
	}
	code = ask(call, &rows);
	if (code != EX_OK)
		return code;
	if (call->json) {
		print_json(stdout, rows);
		return EX_OK;
	}
	shortened = show_forecast(rows, stdout);
	tell_limits(call, shortened);
	if (call_value(call, "month") && json_array_size(rows) == 0)
		tell_later(call);
	return EX_OK;
}
