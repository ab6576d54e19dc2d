/* SPDX-License-Identifier: Apache-2.0 */
/* undo: take back what a steward has said. The event says what it is about, which the daemon is asked for first. */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/say.h"
#include "client/show.h"

static int list_acts(const struct call *call)
{
	auto_json json_t *rows = NULL;
	const int code = ask_for(call, QUERY_ACTS, need(json_object()), &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else
		show_rows(QUERY_ACTS, rows, stdout);
	return EX_OK;
}

int undo_command(const struct call *call)
{
	auto_json json_t *data = NULL, *rows = NULL;
	struct saying saying = { NULL };
	struct fault fault;
	int code;

	if (!call->arguments[0])
		return list_acts(call);
	if (call_members(call, &data, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	code = ask_for(call, QUERY_ACTS, need(json_copy(data)), &rows);
	if (code != EX_OK)
		return code;
	if (json_array_size(rows) == 0) {
		fprintf(stderr,
			"paminn: event %s is about what is not yours: steward_of in the plan names "
			"what is\n",
			call->arguments[0]);
		return EX_NOPERM;
	}
	saying.subject = batch_text(json_array_get(rows, 0), "subject");
	saying.data = data;
	return say(call, &saying);
}
