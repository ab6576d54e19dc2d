/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame is "[" and the events with commas between; the last "]" is added for sending. A batch of one
 * event goes without brackets, as the five-line program of any other language would send it.
 */
#include "client/batch.h"

#include <errno.h>
#include <string.h>

#include "client/need.h"
#include "protocol/query.h"

void batch_new(struct batch **ret)
{
	*ret = need(calloc(1, sizeof(**ret)));
	(*ret)->room = EVENT_MAX + 2;
	(*ret)->frame = need(malloc((*ret)->room));
	batch_clear(*ret);
}

struct batch *batch_free(struct batch *b)
{
	if (b)
		free(b->frame);
	free(b);
	return NULL;
}

void batch_clear(struct batch *b)
{
	b->frame[0] = '[';
	b->length = 1;
	b->count = 0;
}

enum reject_code batch_check(const char *json, size_t length, struct rejection *ret_why)
{
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	const struct parsed *event;

	if (length > EVENT_MAX)
		return reject(ret_why, REJECT_TOO_LARGE, "the event has %zu bytes; %d are the most",
			      length, EVENT_MAX);
	if (parser_new(&parser) < 0)
		need(NULL);
	event = parser_parse(parser, json, length, ret_why);
	if (!event)
		return ret_why->code;
	if (event->kind != PARSED_OBJECT)
		return reject(ret_why, REJECT_BAD_EVENT, "an event is a JSON object, not %s",
			      parsed_excerpt(event).text);
	if (request_is(event))
		return reject(ret_why, REJECT_BAD_EVENT,
			      "this is a query or a command, not an event: give it as a command of "
			      "its own");
	return REJECT_NONE;
}

bool batch_add(struct batch *b, const char *json, size_t length, size_t line)
{
	size_t whole = b->length + length + 2; /* a comma before, the bracket after */

	if (b->count == FRAME_EVENTS_MAX || whole > FRAME_MAX)
		return false;
	if (whole > b->room) {
		b->room = whole * 2 < FRAME_MAX ? whole * 2 : FRAME_MAX;
		b->frame = need(realloc(b->frame, b->room));
	}
	if (b->count > 0)
		b->frame[b->length++] = ',';
	b->events[b->count++] = (struct batch_event){ b->length, length, line };
	memcpy(b->frame + b->length, json, length);
	b->length += length;
	return true;
}

void batch_retain(struct batch *b, const json_t *answers)
{
	const size_t count = b->count;

	b->count = 0;
	b->length = 1;
	for (size_t i = 0; i < count; i++) {
		struct batch_event event = b->events[i];

		if (batch_result(json_array_get(answers, i)) != ANSWER_RETRY)
			continue;
		if (b->count > 0)
			b->frame[b->length++] = ',';
		memmove(b->frame + b->length, b->frame + event.at, event.length);
		event.at = b->length;
		b->length += event.length;
		b->events[b->count++] = event;
	}
}

int batch_send(const struct batch *b, struct connection *c)
{
	if (b->count == 1)
		return connection_send(c, b->frame + 1, b->length - 1);
	b->frame[b->length] = ']';
	return connection_send(c, b->frame, b->length + 1);
}

/* Has it a result that an event can have? */
static bool is_answer(const json_t *answer)
{
	enum answer_result result;

	return answer_result_parse(batch_text(answer, "result"), &result) && result != ANSWER_OK;
}

int batch_receive(const struct batch *b, struct connection *c, json_t **ret_answers)
{
	auto_json json_t *answers = NULL;
	const json_t *answer;
	size_t i;
	int r = connection_receive(c, &answers);

	if (r < 0)
		return r;
	if (json_is_object(answers)) { /* the answer to one event, or to the frame as a whole */
		json_t *all = need(json_array());

		for (i = 0; i < b->count; i++)
			if (json_array_append(all, answers) < 0)
				need(NULL);
		json_decref(answers);
		answers = all;
	}
	if (json_array_size(answers) != b->count)
		return -EPROTO;
	json_array_foreach (answers, i, answer)
		if (!is_answer(answer))
			return -EPROTO;
	*ret_answers = json_incref(answers);
	return 0;
}

enum answer_result batch_result(const json_t *answer)
{
	enum answer_result result = ANSWER_RETRY;

	answer_result_parse(batch_text(answer, "result"), &result);
	return result;
}

const char *batch_text(const json_t *answer, const char *name)
{
	const char *text = json_string_value(json_object_get(answer, name));

	return text ? text : "";
}
