/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"

static const struct action {
	const char *name;
	enum request request;
} actions[] = {
	{ "list", QUERY_OUTBOX },
	{ "show", COMMAND_MESSAGE },
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

/* "Message 12 to anna by mail, a reminder: delivered Tue 12 May 08:00, at attempt 2: 250 2.0.0 Ok". */
static void tell_fate(const json_t *row)
{
	static const char *const names[] = { "id", "to", "channel", "kind", "state" };
	char *texts[sizeof(names) / sizeof(names[0])];
	auto_free char *answer = print_value(json_object_get(row, "last_answer"));
	const char *ended = batch_text(row, "finished_at"), *next = batch_text(row, "next_attempt");
	auto_free char *when = print_value(json_object_get(row, *ended	? "finished_at"
								: *next ? "next_attempt"
									: "planned"));
	const json_int_t attempts = json_integer_value(json_object_get(row, "attempts"));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		texts[i] = print_value(json_object_get(row, names[i]));
	printf("Message %s to %s by %s, %s: %s%s %s", texts[0], texts[1], texts[2], texts[3],
	       texts[4], *ended ? "" : ", to leave", when);
	if (attempts > 0)
		printf(", after %" JSON_INTEGER_FORMAT " attempt%s", attempts,
		       attempts == 1 ? "" : "s");
	printf("%s%s\n", *batch_text(row, "last_answer") ? ": " : "",
	       *batch_text(row, "last_answer") ? answer : "");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		free(texts[i]);
}

static void tell_text(const json_t *row, const char *member)
{
	auto_free char *text = print_clean(batch_text(row, member), true);

	if (*text)
		printf("\n%s%s", text, text[strlen(text) - 1] == '\n' ? "" : "\n");
}

/* "  Mon 18 May 09:00, failure: 550 5.1.1 no such user": of a report what its server said, of a reply its subject and
 * first line. */
static void tell_incoming(const json_t *rows)
{
	const json_t *row;
	size_t i;

	if (json_array_size(rows) > 0)
		puts("Came in about it:");
	json_array_foreach (rows, i, row) {
		const char *answer = batch_text(row, "answer");
		auto_free char *at = print_value(json_object_get(row, "at"));
		auto_free char *said =
			print_clean(*answer ? answer : batch_text(row, "subject"), false);
		auto_free char *text = print_clean(batch_text(row, "text"), true);

		text[strcspn(text, "\n")] = '\0';
		printf("  %s, %s%s%s%s%s\n", at, batch_text(row, "what"), *said ? ": " : "", said,
		       *text ? ": " : "", text);
	}
}

/* What became of a message, what it is about, and what it says. */
static void tell_words(json_t *row)
{
	auto_free char *items = show_items(json_object_get(row, "items"));

	tell_fate(row);
	if (*items)
		printf("About %s\n", items);
	if (json_array_size(json_object_get(row, "tried")) > 0)
		show_rows(COMMAND_MESSAGE, json_object_get(row, "tried"), stdout);
	tell_incoming(json_object_get(row, "incoming"));
	if (*batch_text(row, "unsaid")) {
		tell_text(row, "unsaid");
		return;
	}
	printf("\n%s:\n",
	       json_is_true(json_object_get(row, "left")) ? "As it left" : "As it would leave now");
	tell_text(row, "headers");
	tell_text(row, "text");
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
		fprintf(stderr, "paminn: outbox can list, show ID, retry ID and drop ID\n");
		return EX_USAGE;
	}
	if ((action->request == QUERY_OUTBOX) != !call->arguments[1]) {
		fprintf(stderr, "paminn: outbox %s takes %s\n", action->name,
			action->request == QUERY_OUTBOX ? "no number"
							: "the number of a message in the list");
		return EX_USAGE;
	}
	if (action->request != QUERY_OUTBOX &&
	    (call_value(call, "state") || call_value(call, "newest"))) {
		fprintf(stderr, "paminn: --state and --newest go with the list\n");
		return EX_USAGE;
	}
	if (call_members(call, &params, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	code = ask_for(call, action->request, params, &rows);
	if (code != EX_OK)
		return code;
	if (action->request == COMMAND_MESSAGE)
		return show_one(call, rows, tell_words);
	if (!call->json)
		return tell(call, rows);
	print_json(stdout, rows);
	return EX_OK;
}
