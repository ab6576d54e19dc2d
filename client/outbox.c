/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "client/ask.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"

static const struct action {
	const char *name;
	enum request request;
} actions[] = {
	{ "list", QUERY_OUTBOX },
	{ "retry", COMMAND_RETRY },
	{ "drop", COMMAND_DROP },
	{ NULL },
};

static const struct action *find(const char *name)
{
	const struct action *action = actions;

	while (action->name && strcmp(action->name, name) != 0)
		action++;
	return action->name ? action : NULL;
}

/* For people: the list, and why nothing in it leaves. */
static int tell(const struct call *call, const json_t *rows)
{
	auto_json json_t *who = NULL;
	int code;

	show_rows(QUERY_OUTBOX, rows, stdout);
	code = ask_for(call, QUERY_WHOAMI, json_object(), &who);
	if (code == EX_OK && json_is_true(json_object_get(json_array_get(who, 0), "hold")))
		puts("Hold is on: nothing leaves until \"paminn hold off\".");
	return code;
}

int outbox_command(const struct call *call)
{
	const char *name = call->arguments[0];
	const struct action *action = find(name ? name : actions[0].name);
	json_t *params = NULL;
	auto_json json_t *rows = NULL;
	struct fault fault;
	int code;

	if (!action) {
		fprintf(stderr, "paminn: outbox can list, retry ID and drop ID\n");
		return EX_USAGE;
	}
	if ((action->request == QUERY_OUTBOX) != !call->arguments[1]) {
		fprintf(stderr, "paminn: outbox %s takes %s\n", action->name,
			action->request == QUERY_OUTBOX ? "no number"
							: "the number of a message in the list");
		return EX_USAGE;
	}
	if (call_members(call, &params, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	code = ask_for(call, action->request, params, &rows);
	if (code != EX_OK)
		return code;
	if (!call->json)
		return tell(call, rows);
	print_json(stdout, rows);
	return EX_OK;
}
