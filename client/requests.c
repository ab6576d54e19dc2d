/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The later dates that were asked for: their list, and the decision on several. A decision is one event about
 * the list that it was made on: the body or deadline that --all was about, or else what the first request
 * is about. So the daemon is asked for the requests first. More of them than one event names are several
 * events, one after the other.
 */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/foretell.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/say.h"
#include "client/show.h"

/* Bytes of the ids that one event names: half of what an event may have, as it has a reason too. */
#define IDS_ROOM ((size_t)EVENT_MAX / 2)

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

/* The ids of the rows as members of an object, to be looked up in. */
static json_t *ids_among(const json_t *rows)
{
	json_t *ids = need(json_object());
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		need_set(ids, batch_text(row, "id"), json_true());
	return ids;
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

static void append(json_t *ids, const char *id)
{
	if (json_array_append_new(ids, json_string(id)) < 0)
		need(NULL);
}

/* What is decided on: as it was typed, or all that is open, each id once. */
static json_t *ids_of(const struct call *call, const json_t *rows)
{
	auto_json json_t *open = decides_all(call) ? ids_among(rows) : NULL;
	json_t *ids = need(json_array());
	const char *id;
	json_t *is;

	for (size_t i = 0; i < call->word_count; i++)
		append(ids, call->words[i]);
	json_object_foreach (open, id, is)
		append(ids, id);
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

/* What is decided, event by event. */
struct decisions {
	const struct call *call;
	const char *subject;
	json_t *data;	     /* of all of them, but for the ids */
	const json_t *ids;   /* all that are decided on */
	const json_t *asked; /* those that were open at the beginning, as members */
	size_t at,
		told; /* of ids: those before at are over, of which told were named to the daemon */
};

/*
 * The ids that the next event names: as many as fit. What has been decided before may have settled some of
 * them, as an extension of a deadline does for its measures: they are passed over, as the daemon does within
 * one event.
 */
static json_t *next_ids(struct decisions *d, const json_t *open)
{
	json_t *ids = need(json_array());
	size_t room = IDS_ROOM;

	for (; d->at < json_array_size(d->ids) && json_array_size(ids) < EVENT_IDS_MAX; d->at++) {
		const char *id = json_string_value(json_array_get(d->ids, d->at));

		if (open && json_object_get(d->asked, id) && !json_object_get(open, id))
			continue;
		if (strlen(id) > room && json_array_size(ids) > 0)
			break;
		room -= strlen(id) < room ? strlen(id) : room;
		append(ids, id);
	}
	return ids;
}

/* One event. What is open is asked for again after the first one. */
static int decide_next(struct decisions *d)
{
	auto_json json_t *rows = NULL, *open = NULL;
	const char *list = d->call->command->event == EVENT_EXTEND ? "grants" : "requests";
	json_t *ids;
	size_t count;
	int code = d->at > 0 ? ask_open(d->call, &rows) : EX_OK;

	if (code != EX_OK)
		return code;
	if (rows)
		open = ids_among(rows);
	ids = next_ids(d, open);
	count = json_array_size(ids);
	need_set(d->data, list, ids);
	code = count ? say(d->call, &(struct saying){ d->subject, d->data }) : EX_OK;
	d->told += code == EX_OK ? count : 0;
	return code;
}

/* All of them. It stops where one event is not taken in, and says then how far it has come. */
static int decide(struct decisions *d)
{
	const size_t all = json_array_size(d->ids);
	const char *done = d->call->command->event == EVENT_EXTEND ? "granted" : "denied";
	bool several;
	int code;

	do
		code = decide_next(d);
	while (code == EX_OK && d->at < all);
	several = all > EVENT_IDS_MAX || d->told < all;
	if (code != EX_OK && (d->told > 0 || all > EVENT_IDS_MAX))
		fprintf(stderr,
			"paminn: of %zu, %zu were %s before that; paminn requests lists those that "
			"are open\n",
			all, d->told, done);
	else if (code == EX_OK && several && !d->call->json && !foretell_is_asked(d->call))
		printf("%zu %s in all\n", d->told, done);
	return code;
}

int decide_command(const struct call *call)
{
	auto_json json_t *rows = NULL, *data = NULL, *ids = NULL, *asked = NULL;
	struct decisions decisions;
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
	ids = ids_of(call, rows);
	asked = ids_among(rows);
	decisions = (struct decisions){ .call = call,
					.subject = subject_of(call, rows),
					.data = data,
					.ids = ids,
					.asked = asked };
	return decide(&decisions);
}
