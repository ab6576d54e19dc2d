/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The batch joins the turn before it is read, so that every answer of it, also "rejected", leaves
 * at the end of the turn: answers stay in the order of what they answer, and a rejection never
 * rests on something of the same turn that did not happen.
 */
#include "intake/submit.h"

#include <stdio.h>

#include "base/clock.h"
#include "gate/accept.h"

static json_t *event_answer(struct submit *s, const struct submission *said)
{
	struct acceptance a;
	json_t *answer;

	accept_event(s->engine, said, &a);
	if (a.result == ANSWER_ACCEPTED)
		feed_expect(s->feed, event_type_name(a.event.type), said->json, said->now);
	answer = acceptance_answer(&a);
	acceptance_done(&a);
	return answer;
}

/* said holds all of the events, in an array. */
static json_t *array_answer(struct submit *s, const struct submission *said)
{
	struct submission one = *said;
	struct rejection why;
	json_t *answers;
	size_t i;

	if (json_array_size(said->json) > FRAME_EVENTS_MAX) {
		reject(&why, REJECT_TOO_LARGE,
		       "the array has %zu events and may have %d; send it in parts",
		       json_array_size(said->json), FRAME_EVENTS_MAX);
		return answer_refused(NULL, &why);
	}
	answers = json_array();
	json_array_foreach (said->json, i, one.json) {
		/* Where all of them together are short enough, none needs to be measured. */
		if (said->length > EVENT_MAX)
			one.length = json_dumpb(one.json, NULL, 0, JSON_COMPACT);
		if (json_array_append_new(answers, event_answer(s, &one)) < 0)
			return json_decref(answers), NULL;
	}
	return answers;
}

static json_t *body_answer(struct submit *s, const struct caller *from, const struct peer *peer,
			   zmq_msg_t *body)
{
	struct submission said = { .peer = peer, .length = zmq_msg_size(body), .now = clock_now() };
	struct rejection why;
	json_t *answer = NULL;

	said.json = event_json(zmq_msg_data(body), said.length, &why);
	if (!said.json)
		return answer_refused(NULL, &why);
	if (request_is(said.json))
		s->calls->request(s->userdata, from, said.json); /* answered later */
	else if (json_is_array(said.json))
		answer = array_answer(s, &said);
	else
		answer = event_answer(s, &said);
	json_decref(said.json);
	return answer;
}

static void on_begin(void *userdata)
{
	struct submit *s = userdata;

	s->joined = turn_join(s->engine->turn) == 0;
}

/* As a publisher sends it, say: type and event. */
static json_t *frames_answer(size_t count)
{
	struct rejection why;

	reject(&why, REJECT_BAD_EVENT,
	       "a message to intake.submit is one frame of JSON after the empty one, and this has "
	       "%zu; two frames, type and event, are for intake.collect",
	       count);
	return answer_refused(NULL, &why);
}

static void on_message(void *userdata, const struct socket *socket, zmq_msg_t *frames, size_t count)
{
	struct submit *s = userdata;
	const char *key = curve_sender(&frames[count > 1 ? 1 : 0]);
	const struct credentials shown = socket_credentials(socket, key);
	struct caller from;
	struct peer peer;
	size_t body;

	if (!access_peer(s->engine->plan, &shown, &peer)) {
		rejects_peer(s->denied, key ? key : socket->address,
			     "its key is in the plan no more", clock_mono());
		return;
	}
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
	snprintf(from.key, sizeof(from.key), "%s", shown.keyed ? key : "");
	replies_put(s->replies, &from,
		    body + 1 == count ? body_answer(s, &from, &peer, &frames[body])
				      : frames_answer(count - body),
		    s->joined);
}

const struct socket_reader_calls submit_calls = { on_begin, on_message };
