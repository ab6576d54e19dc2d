/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "client/ask.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"

static int misused(const char *sentence)
{
	fprintf(stderr, "paminn: %s\n", sentence);
	return EX_USAGE;
}

int sessions_command(const struct call *call)
{
	const char *name = call->arguments[0] ? call->arguments[0] : "list";
	const bool end = strcmp(name, "end") == 0;
	json_t *params = NULL;
	auto_json json_t *rows = NULL;
	struct fault fault;
	int code;

	if (!end && strcmp(name, "list") != 0)
		return misused("sessions can list and end PERSON");
	if (end != (call->arguments[1] != NULL))
		return misused(end ? "sessions end takes the id of a person"
				   : "sessions list takes nothing");
	if (call_members(call, &params, &fault) < 0)
		return misused(fault.text);
	code = ask_for(call, end ? COMMAND_END_SESSIONS : QUERY_SESSIONS, params, &rows);
	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else if (end)
		printf("Sessions ended: %" JSON_INTEGER_FORMAT ".\n",
		       json_integer_value(json_object_get(json_array_get(rows, 0), "ended")));
	else
		show_rows(QUERY_SESSIONS, rows, stdout);
	return EX_OK;
}
