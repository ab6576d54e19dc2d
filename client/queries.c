/* SPDX-License-Identifier: Apache-2.0 */
/* The queries whose rows are a table for people, which views.c has. */
#include "client/ask.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"

int rows_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	int code = ask(call, &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else
		show_rows(call->command->request, rows, stdout);
	return EX_OK;
}
