/* SPDX-License-Identifier: Apache-2.0 */
/* The queries whose rows are a table for people, which views.c has. */
#include "client/ask.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"
#include "protocol/civil.h"

/* What the table of options can't say. NULL, or a sentence. */
static const char *misuse(const struct call *call)
{
	if (call->command->request == QUERY_FORECAST && call_value(call, "month") &&
	    (call_value(call, "from") || call_value(call, "until")))
		return "--month stands alone: use it, or --from and --until";
	return NULL;
}

#define CALENDAR_END 2100 /* the last year of a forecast */

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

int rows_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	const char *wrong = misuse(call);
	int code;

	if (wrong) {
		fprintf(stderr, "paminn: %s\n", wrong);
		return EX_USAGE;
	}
	code = ask(call, &rows);
	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else
		show_rows(call->command->request, rows, stdout);
	if (!call->json && call->command->request == QUERY_FORECAST && !call_value(call, "month") &&
	    !call_value(call, "until"))
		puts("These are 31 days; --until D looks further, --month at a month of its own.");
	if (!call->json && call->command->request == QUERY_FORECAST && call_value(call, "month") &&
	    json_array_size(rows) == 0)
		tell_later(call);
	return EX_OK;
}
