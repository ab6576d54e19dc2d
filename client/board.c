/* SPDX-License-Identifier: Apache-2.0 */
/* The board in a terminal: which there are; and of one how its statuses moved, the effect over the year, and
 * what comes. What its paper says is the report's (report.c). */
#include <string.h>

#include "client/ask.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/table.h"

struct shown {
	const char *member;
	struct table_column column;
};

static void put_table(const json_t *list, const struct shown *shown, size_t count)
{
	struct table_column columns[6];
	struct table *table;
	const json_t *row;
	size_t i;

	for (size_t column = 0; column < count; column++)
		columns[column] = shown[column].column;
	table_new(&table, columns, count);
	json_array_foreach (list, i, row)
		for (size_t column = 0; column < count; column++)
			table_add(table, print_value(json_object_get(row, shown[column].member)));
	table_print(table, stdout, table_width(stdout), false);
	table_free(table);
}

#define PUT_TABLE(list, shown) put_table(list, shown, sizeof(shown) / sizeof(*(shown)))

/* "on-track Tue 10 Mar, off-track Tue 12 May"; what was over when the plan came to have it is so "from the start". */
static json_t *course(const json_t *statuses)
{
	char *all = need(strdup(""));
	const json_t *status;
	json_t *text;
	size_t i;

	json_array_foreach (statuses, i, status) {
		auto_free char *word = print_value(json_object_get(status, "status"));
		const json_t *when = json_object_get(status, "at");
		auto_free char *at =
			json_is_null(when) ? need(strdup("from the start")) : print_value(when);
		char *longer = need_text("%s%s%s %s", all, i ? ", " : "", word, at);

		free(all);
		all = longer;
	}
	text = *all ? json_string(all) : json_null();
	free(all);
	return need(text);
}

static void put_courses(const json_t *rows)
{
	static const struct shown shown[] = { { "measure", { "MEASURE" } },
					      { "title", { "TITLE", .wraps = true } },
					      { "course", { "STATUSES" } } };
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		need_set(row, "course", course(json_object_get(row, "statuses")));
	PUT_TABLE(rows, shown);
}

static void put_board(json_t *board)
{
	static const struct shown months[] = { { "month", { "MONTH", .right = true } },
					       { "effect_planned", { "PLANNED", .right = true } },
					       { "effect_achieved", { "ACHIEVED", .right = true } },
					       { "effect_forecast",
						 { "FORECAST", .right = true } } };
	static const struct shown coming[] = { { "date", { "DATE" } },
					       { "what", { "WHAT" } },
					       { "deadline", { "DEADLINE" } },
					       { "title", { "TITLE", .wraps = true } },
					       { "body", { "BODY" } } };
	const json_t *over_year = json_object_get(board, "over_year");
	const json_t *dates = json_object_get(board, "coming");
	auto_free char *title = print_value(json_object_get(board, "title"));

	puts(title);
	puts("");
	put_courses(json_object_get(board, "rows"));
	if (json_array_size(over_year)) {
		puts("");
		PUT_TABLE(over_year, months);
	}
	if (json_array_size(dates)) {
		puts("");
		PUT_TABLE(dates, coming);
	}
}

int board_command(const struct call *call)
{
	static const struct shown shown[] = { { "what", { "WHAT" } },
					      { "id", { "ID" } },
					      { "title", { "TITLE", .wraps = true } },
					      { "due", { "DUE" } },
					      { "body", { "BODY" } } };
	const bool one = call->arguments[0] != NULL;
	auto_json json_t *rows = NULL;
	int code = ask(call, &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, one ? json_array_get(rows, 0) : rows);
	else if (one)
		put_board(json_array_get(rows, 0));
	else if (json_array_size(rows) == 0)
		puts("Nothing is followed up.");
	else
		PUT_TABLE(rows, shown);
	return EX_OK;
}
