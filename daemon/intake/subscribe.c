/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is published is rejected in the log and in counts, for there is nobody to answer. A source's
 * `sequence` is kept in the ledger, in the same turn as its events: the count of what was lost is
 * exact across restarts. Only events whose peer may speak for the source move it, and duplicates do
 * not, since a publisher that sends again has not lost what lies between.
 */
#include "intake/subscribe.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "gate/accept.h"

static int note_sequence(struct subscribe *s, const struct event *event)
{
	struct ledger *ledger = s->engine->ledger;
	int64_t last, lost, sequence = event->sequence.value;
	bool found;
	int r = ledger_find_sequence(ledger, event->source, &last, &lost, &found);

	if (r == 0 && !found)
		return ledger_set_sequence(ledger, event->source, sequence, 0);
	if (r < 0)
		return r;
	if (sequence > last && sequence - last > 1) {
		rejects_gap(s->rejects, event->source, last, sequence, clock_mono());
		if (__builtin_add_overflow(lost, sequence - last - 1, &lost))
			lost = INT64_MAX;
	}
	return ledger_set_sequence(ledger, event->source, sequence, lost);
}

/* Whom to hold the message against before its event has shown a source it may use. */
static void name_sender(const struct socket *from, const struct peer *peer,
			char out[static SOURCE_MAX + 1])
{
	access_identity(peer, out);
	if (peer->kind == PEER_LOCAL)
		snprintf(out, SOURCE_MAX + 1, "%s", from->address);
}

static void take_event(struct subscribe *s, const struct submission *said, const char *sender)
{
	struct acceptance a;
	int r;

	accept_event(s->engine, said, &a);
	if (a.identified && a.event.sequence.given && a.result != ANSWER_DUPLICATE &&
	    turn_join(s->engine->turn) == 0) {
		r = note_sequence(s, &a.event);
		if (r < 0)
			turn_fail(s->engine->turn, r);
	}
	if (a.result == ANSWER_ACCEPTED) {
		feed_expect(s->feed, &a.event, said->now);
		s->unsettled++;
	} else if (a.result != ANSWER_DUPLICATE) {
		rejects_event(s->rejects, a.identified ? a.event.source : sender, &a.why,
			      clock_mono());
	}
	acceptance_done(&a);
}

/* The JSON of a well-formed message, or NULL with the reason. */
static const struct parsed *read_message(struct subscribe *s, zmq_msg_t *frames, size_t count,
					 struct rejection *ret_why)
{
	const struct parsed *json;
	const char *type;

	if (count != 2) {
		reject(ret_why, REJECT_BAD_EVENT,
		       "a published message is two frames, type and event, and this has %zu",
		       count);
		return NULL;
	}
	json = parser_parse(s->parser, zmq_msg_data(&frames[1]), zmq_msg_size(&frames[1]), ret_why);
	type = parsed_string(parsed_get(json, "type"));
	if (!json || !type ||
	    (strlen(type) == zmq_msg_size(&frames[0]) &&
	     memcmp(type, zmq_msg_data(&frames[0]), zmq_msg_size(&frames[0])) == 0))
		return json;
	reject(ret_why, REJECT_BAD_EVENT,
	       "the first frame is not the event's type, \"%s\"; publish the type as it stands "
	       "in the event",
	       text_excerpt(type).text);
	return NULL;
}

static void on_prefetch(void *userdata, zmq_msg_t *frames, size_t count)
{
	struct subscribe *s = userdata;
	struct rejection why;
	const struct parsed *json;

	if (count != 2 || !accept_prefetches(s->engine))
		return;
	json = parser_parse(s->parser, zmq_msg_data(&frames[1]), zmq_msg_size(&frames[1]), &why);
	if (json)
		accept_prefetch(s->engine, json);
}

static void on_message(void *userdata, const struct socket *from, zmq_msg_t *frames, size_t count)
{
	struct subscribe *s = userdata;
	char sender[SOURCE_MAX + 1];
	const char *key = curve_sender(&frames[count > 1 ? 1 : 0]);
	const struct credentials shown = socket_credentials(from, key);
	struct submission said = { .now = clock_now() };
	struct rejection why;
	struct peer peer;

	if (!access_peer(s->engine->plan, &shown, &peer)) {
		rejects_peer(s->denied, key ? key : from->address, "its key is in the plan no more",
			     clock_mono());
		return;
	}
	name_sender(from, &peer, sender);
	said.peer = &peer;
	said.json = read_message(s, frames, count, &why);
	if (said.json)
		take_event(s, &said, sender);
	else
		rejects_event(s->rejects, sender, &why, clock_mono());
}

const struct socket_reader_calls subscribe_calls = { NULL, on_prefetch, on_message };

void subscribe_settle(struct subscribe *s, bool committed)
{
	struct rejection why;

	if (!committed && s->unsettled) {
		reject(&why, RETRY_STORAGE_FULL,
		       "the disk is full and published events are not sent again; free space on "
		       "it");
		for (; s->unsettled > 0; s->unsettled--)
			rejects_event(s->rejects, "(several sources)", &why, clock_mono());
	}
	s->unsettled = 0;
}

static bool is_of_plan(const struct plan *plan, const char *source)
{
	static const char systems[] = "/systems/", people[] = "/people/";

	if (strncmp(source, systems, strlen(systems)) == 0)
		return plan_publisher(plan, source + strlen(systems));
	return strncmp(source, people, strlen(people)) == 0 &&
	       plan_person(plan, person_id(source + strlen(people)));
}

struct lost {
	const struct plan *plan;
	json_t *rows;
};

/* Of those that the plan has. */
static int add_lost(void *userdata, const char *source, int64_t count)
{
	struct lost *lost = userdata;

	if (!is_of_plan(lost->plan, source))
		return 0;
	return json_array_append_new(
		lost->rows, json_pack("{s:s, s:I}", "source", source, "count", (json_int_t)count));
}

json_t *subscribe_lost(const struct subscribe *s)
{
	struct lost lost = { s->engine->plan, json_array() };

	if (ledger_sequences_lost(s->engine->ledger, add_lost, &lost) != 0)
		return json_decref(lost.rows), NULL;
	return lost.rows;
}
