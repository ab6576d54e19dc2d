/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The batch joins the turn before it is read, so that every answer of it, also "rejected", leaves
 * at the end of the turn: answers stay in the order of what they answer, and a rejection never
 * rests on something of the same turn that did not happen. A batch that can't join, while another
 * program holds the store, is answered at once; but an event of it may find the store free again and
 * open the turn, so whether there is one is asked for each answer.
 */
#include "intake/submit.h"

#include "base/clock.h"
#include "gate/accept.h"
#include "protocol/query.h"

/* Write the answer to one event. */
static int answer_event(struct submit *s, const struct submission *said)
{
	struct acceptance a;
	int r;

	accept_event(s->engine, said, &a);
	if (a.result == ANSWER_ACCEPTED)
		feed_expect(s->feed, &a.event, said->now);
	r = acceptance_write(&a, &s->answer);
	acceptance_done(&a);
	return r;
}

static int answer_refusal(struct submit *s, const struct rejection *why)
{
	const struct acceptance a = { .result = ANSWER_REJECTED, .why = *why };

	return acceptance_write(&a, &s->answer);
}

/* said holds all of the events, in an array. */
static int answer_array(struct submit *s, const struct submission *said)
{
	struct submission one = *said;
	struct rejection why;
	int r = 0;

	if (said->json->count > FRAME_EVENTS_MAX) {
		reject(&why, REJECT_TOO_LARGE,
		       "the array has %u events and may have %d; send it in parts",
		       said->json->count, FRAME_EVENTS_MAX);
		return answer_refusal(s, &why);
	}
	parsed_foreach(said->json, event)
	{
		one.json = event;
		if (r == 0)
			r = buffer_add(&s->answer, s->answer.length ? "," : "[", 1);
		if (r == 0)
			r = answer_event(s, &one);
	}
	return r < 0 ? r : buffer_add_text(&s->answer, said->json->count ? "]" : "[]");
}

/* A query or command: answered later. */
static int ask(struct submit *s, const struct caller *from, zmq_msg_t *body)
{
	struct rejection why;
	json_t *json = event_json(zmq_msg_data(body), zmq_msg_size(body), &why);

	if (!json)
		return answer_refusal(s, &why);
	s->calls->request(s->userdata, from, json);
	json_decref(json);
	return 0;
}

static int answer_body(struct submit *s, const struct caller *from, const struct peer *peer,
		       zmq_msg_t *body)
{
	struct submission said = { .peer = peer, .now = clock_now() };
	struct rejection why;

	said.json = parser_parse(s->parser, zmq_msg_data(body), zmq_msg_size(body), &why);
	if (!said.json)
		return answer_refusal(s, &why);
	if (request_is(said.json))
		return ask(s, from, body);
	return said.json->kind == PARSED_ARRAY ? answer_array(s, &said) : answer_event(s, &said);
}

/* More than one frame: type and event, say, as a publisher sends them. */
static int answer_frames(struct submit *s, size_t count)
{
	struct rejection why;

	reject(&why, REJECT_BAD_EVENT,
	       "a message to intake.submit is one frame of JSON after the empty one, and this has "
	       "%zu; two frames, type and event, are for intake.collect",
	       count);
	return answer_refusal(s, &why);
}

static void on_begin(void *userdata)
{
	struct submit *s = userdata;

	turn_join(s->engine->turn);
}

/* Parsed for this alone, and again when it is its turn: little beside a way to the store and back. */
static void on_prefetch(void *userdata, zmq_msg_t *frames, size_t count)
{
	struct submit *s = userdata;
	struct rejection why;
	const struct parsed *json;
	zmq_msg_t *body = &frames[count - 1];

	if (count > ENVELOPE_MESSAGE || !accept_prefetches(s->engine))
		return;
	json = parser_parse(s->parser, zmq_msg_data(body), zmq_msg_size(body), &why);
	if (json && !request_is(json))
		accept_prefetch(s->engine, json);
}

static void on_message(void *userdata, const struct socket *socket, zmq_msg_t *frames, size_t count)
{
	struct submit *s = userdata;
	const char *key = curve_sender(&frames[count > 1 ? 1 : 0]);
	const struct credentials shown = socket_credentials(socket, key);
	struct caller from;
	struct peer peer;
	size_t body;
	int r;

	if (!access_peer(s->engine->plan, &shown, &peer)) {
		rejects_peer(s->denied, key ? key : socket->address,
			     "its key is in the plan no more", clock_mono());
		return;
	}
	if (names_chosen(&frames[0]))
		names_heard(s->names, &frames[0], &peer, socket);
	if (!envelope_read(frames, count, &from, &body)) {
		s->malformed++;
		rejects_peer(s->denied, key && shown.keyed ? key : socket->address,
			     "what stands before its event is more than 8 frames of 255 bytes, so "
			     "it can't be answered",
			     clock_mono());
		return;
	}
	from.door = socket;
	from.keyed = shown.keyed;
	text_copy(from.key, sizeof(from.key), shown.keyed ? key : "");
	buffer_clear(&s->answer);
	r = body + 1 == count ? answer_body(s, &from, &peer, &frames[body])
			      : answer_frames(s, count - body);
	if (r == 0 && s->answer.length)
		replies_put(s->replies, &from, s->answer.bytes, s->answer.length,
			    ledger_in_transaction(s->engine->ledger));
}

const struct socket_reader_calls submit_calls = { on_begin, on_prefetch, on_message };
