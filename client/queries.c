/* SPDX-License-Identifier: Apache-2.0 */
/* The queries whose rows are a table for people, which views.c has. */
#include "client/ask.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"

/* What the table of options can't say. NULL, or a sentence. */
static const char *misuse(const struct call *call)
{
	if (call->command->request == QUERY_FORECAST && call_value(call, "month") &&
	    (call_value(call, "from") || call_value(call, "until")))
		return "--month stands alone: use it, or --from and --until";
	return NULL;
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
	return EX_OK;
}
