/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The later dates that were asked for: their list, and the decision on several. A decision is one event about
 * the list that it was made on: the body or deadline that --all was about, or else what the first request
 * is about. So the daemon is asked for the requests first.
 */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/say.h"
#include "client/show.h"

static int misuse(const char *sentence)
{
	fprintf(stderr, "paminn: %s\n", sentence);
	return EX_USAGE;
}

int requests_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	json_t *params = NULL;
	struct fault fault;
	int code;

	if (call_value(call, "all") && call_value(call, "state"))
		return misuse("--all stands without --state: it lists them whatever their state");
	if (call_members(call, &params, &fault) < 0)
		return misuse(fault.text);
	if (call_value(call, "all"))
		need_set(params, "state", json_string("all"));
	code = ask_for(call, QUERY_REQUESTS, params, &rows);
	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else
		show_rows(QUERY_REQUESTS, rows, stdout);
	return EX_OK;
}

static bool decides_all(const struct call *call)
{
	return call->command->event == EVENT_EXTEND && call_value(call, "all");
}

/* What the table of options can't say. NULL, or a sentence. */
static const char *wrong(const struct call *call)
{
	if (call->command->event != EVENT_EXTEND)
		return NULL;
	if (!call_value(call, "all") == !call->word_count)
		return "grant takes the ids of requests, or --all";
	if (!call_value(call, "all") && (call_value(call, "body") || call_value(call, "deadline")))
		return "--body and --deadline say which of --all; without it name the requests";
	return NULL;
}

/* The open requests: all of the list that is decided on, or all there are, among which the named ones are. */
static int ask_open(const struct call *call, json_t **ret_rows)
{
	static const char *const lists[] = { "body", "deadline" };
	json_t *params = need(json_object());

	for (size_t i = 0; decides_all(call) && i < sizeof(lists) / sizeof(*lists); i++)
		if (call_value(call, lists[i]))
			need_set(params, lists[i], json_string(call_value(call, lists[i])));
	return ask_for(call, QUERY_REQUESTS, params, ret_rows);
}

static const char *about(const json_t *row)
{
	const char *deadline = batch_text(row, "deadline");

	return *deadline ? deadline : batch_text(row, "measure");
}

static const json_t *row_called(const json_t *rows, const char *id)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		if (strcmp(batch_text(row, "id"), id) == 0)
			return row;
	return NULL;
}

static json_t *ids_of(const struct call *call, const json_t *rows)
{
	json_t *ids = need(json_array());
	const json_t *row;
	size_t i;

	for (i = 0; i < call->word_count; i++)
		if (json_array_append_new(ids, json_string(call->words[i])) < 0)
			need(NULL);
	json_array_foreach (rows, i, row)
		if (decides_all(call) && json_array_append(ids, json_object_get(row, "id")) < 0)
			need(NULL);
	return ids;
}

/* In whose list the decision stands. One that is not among the open ones is for the daemon to refuse. */
static const char *subject_of(const struct call *call, const json_t *rows)
{
	const char *body = decides_all(call) ? call_value(call, "body") : NULL;
	const json_t *first =
		decides_all(call) ? json_array_get(rows, 0) : row_called(rows, call->words[0]);

	return body ? body : first ? about(first) : "-";
}

int decide_command(const struct call *call)
{
	auto_json json_t *rows = NULL, *data = NULL;
	const char *list = call->command->event == EVENT_EXTEND ? "grants" : "requests";
	struct saying saying;
	struct fault fault;
	int code;

	if (wrong(call))
		return misuse(wrong(call));
	if (call_members(call, &data, &fault) < 0)
		return misuse(fault.text);
	code = ask_open(call, &rows);
	if (code != EX_OK)
		return code;
	if (decides_all(call) && json_array_size(rows) == 0) {
		puts("No later date is asked for.");
		return EX_OK;
	}
	need_set(data, list, ids_of(call, rows));
	saying = (struct saying){ subject_of(call, rows), data };
	return say(call, &saying);
}
