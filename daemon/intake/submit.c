/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The batch joins the turn before it is read, so that every answer of it, also "rejected", leaves
 * at the end of the turn: answers stay in the order of what they answer, and a rejection never
 * rests on something of the same turn that did not happen.
 */
#include "intake/submit.h"

#include <string.h>

#include "base/clock.h"
#include "intake/accept.h"

static json_t *event_answer(struct submit *s, const struct peer *peer, json_t *json, size_t length,
			    struct instant now)
{
	struct acceptance a;
	json_t *answer;

	accept_event(s->engine, peer, json, length, now, &a);
	if (a.result == ANSWER_ACCEPTED)
		feed_expect(s->feed, event_type_name(a.event.type), json);
	answer = acceptance_answer(&a);
	acceptance_done(&a);
	return answer;
}

static json_t *array_answer(struct submit *s, const struct peer *peer, json_t *events,
			    size_t length, struct instant now)
{
	struct rejection why;
	json_t *answers, *event;
	size_t i;

	if (json_array_size(events) > FRAME_EVENTS_MAX) {
		reject(&why, REJECT_TOO_LARGE,
		       "the array has %zu events and may have %d; send it in parts",
		       json_array_size(events), FRAME_EVENTS_MAX);
		return answer_refused(NULL, &why);
	}
	answers = json_array();
	json_array_foreach (events, i, event) {
		/* Where all of them together are short enough, none needs to be measured. */
		size_t own =
			length <= EVENT_MAX ? length : json_dumpb(event, NULL, 0, JSON_COMPACT);

		if (json_array_append_new(answers, event_answer(s, peer, event, own, now)) < 0)
			return json_decref(answers), NULL;
	}
	return answers;
}

static json_t *text_answer(struct submit *s, const struct caller *from, const struct peer *peer,
			   const char *text, size_t length)
{
	struct rejection why;
	json_t *json = event_json(text, length, &why), *answer = NULL;

	if (!json)
		return answer_refused(NULL, &why);
	if (request_is(json))
		desk_ask(s->desk, from, json); /* answers later */
	else if (json_is_array(json))
		answer = array_answer(s, peer, json, length, clock_now());
	else
		answer = event_answer(s, peer, json, length, clock_now());
	json_decref(json);
	return answer;
}

static void on_begin(void *userdata)
{
	struct submit *s = userdata;

	s->joined = turn_join(s->engine->turn) == 0;
}

static void on_message(void *userdata, const struct socket *socket, zmq_msg_t *frames, size_t count)
{
	struct submit *s = userdata;
	struct caller from = { .socket = socket };
	size_t length = zmq_msg_size(&frames[0]);
	const char *key;
	struct peer peer;

	if (count != 3 || zmq_msg_size(&frames[1]) != 0 || length > sizeof(from.id)) {
		s->malformed++;
		return;
	}
	key = curve_sender(&frames[2]);
	if (!access_peer(s->engine->plan, socket, key, &peer)) {
		tally_denied(s->denied, key ? key : socket->address,
			     "its key is in the plan no more", clock_mono());
		return;
	}
	if (socket_asks_keys(socket))
		memcpy(from.key, key, KEY_TEXT);
	from.length = (uint8_t)length;
	memcpy(from.id, zmq_msg_data(&frames[0]), length);
	replies_put(
		s->replies, &from,
		text_answer(s, &from, &peer, zmq_msg_data(&frames[2]), zmq_msg_size(&frames[2])),
		s->joined);
}

const struct inlet_calls submit_calls = { on_begin, on_message };
