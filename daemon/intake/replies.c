/* SPDX-License-Identifier: Apache-2.0 */
/* The turn's answers stand as text, each behind the route that it takes, in one piece of memory that is
 * kept from turn to turn. */
#include "intake/replies.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "intake/envelope.h"
#include "protocol/answer.h"

struct reply {
	const struct socket *socket;
	size_t at; /* in bytes: the route, then the answer */
	size_t route_length, length;
	bool bound;
};
struct replies {
	struct reply *list;
	size_t count, room;
	struct buffer bytes;
	uint64_t lost;
};

int replies_new(struct replies **ret)
{
	struct replies *r = calloc(1, sizeof(*r));

	if (!r)
		return -ENOMEM;
	*ret = r;
	return 0;
}

struct replies *replies_free(struct replies *r)
{
	if (!r)
		return NULL;
	free(r->list);
	buffer_done(&r->bytes);
	free(r);
	return NULL;
}

/* Hand an answer to libzmq; a peer that has left or does not read loses it. */
static void send_text(struct replies *r, const struct reply *reply, const char *text, size_t length)
{
	zmq_msg_t body;

	if (zmq_msg_init_size(&body, length) < 0) {
		r->lost++;
		return;
	}
	memcpy(zmq_msg_data(&body), text, length);
	if (!envelope_send(reply->socket->zmq, r->bytes.bytes + reply->at, reply->route_length,
			   &body))
		r->lost++;
}

static const char *text_of(const struct replies *r, const struct reply *reply)
{
	return r->bytes.bytes + reply->at + reply->route_length;
}

void replies_put(struct replies *r, const struct caller *to, const char *text, size_t length,
		 bool bound)
{
	const bool at_once = !bound && r->count == 0;
	const struct reply reply = { .socket = to->door,
				     .at = r->bytes.length,
				     .route_length = to->length,
				     .length = length,
				     .bound = bound };

	if (buffer_reserve(&r->bytes, to->length + length) < 0 ||
	    array_grow(&r->list, r->count, &r->room) < 0) {
		r->lost++;
		return;
	}
	buffer_add(&r->bytes, to->route, to->length);
	buffer_add(&r->bytes, text, length);
	r->list[r->count++] = reply;
	if (at_once)
		replies_settle(r, TURN_COMMITTED);
}

/* The answer to what a rolled back turn has not done; NULL when there is no memory. */
static json_t *retry_one(const json_t *answer, enum turn_end end)
{
	struct rejection why;

	if (end == TURN_LOST)
		reject(&why, RETRY_BUSY,
		       "the way to the daemon's database broke, so whether this was stored isn't "
		       "known; send it again later, with the same id");
	else
		reject(&why, RETRY_STORAGE_FULL,
		       "the daemon's disk is full and nothing of this was stored; send it again "
		       "later, with the same id");
	return answer_refused(json_string_value(json_object_get(answer, "id")), &why);
}

static json_t *retry(const json_t *answer, enum turn_end end)
{
	json_t *all, *one;
	size_t i;

	if (!json_is_array(answer))
		return retry_one(answer, end);
	all = json_array();
	json_array_foreach (answer, i, one)
		if (json_array_append_new(all, retry_one(one, end)) < 0)
			return json_decref(all), NULL;
	return all;
}

static void send_retry(struct replies *r, const struct reply *reply, enum turn_end end)
{
	json_t *answer = json_loadb(text_of(r, reply), reply->length, 0, NULL);
	json_t *instead = retry(answer, end);
	char *text = instead ? json_dumps(instead, JSON_COMPACT) : NULL;

	if (text)
		send_text(r, reply, text, strlen(text));
	else
		r->lost++;
	free(text);
	json_decref(instead);
	json_decref(answer);
}

void replies_settle(struct replies *r, enum turn_end end)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct reply *reply = &r->list[i];

		if (reply->bound && end != TURN_COMMITTED)
			send_retry(r, reply, end);
		else
			send_text(r, reply, text_of(r, reply), reply->length);
	}
	r->count = 0;
	buffer_clear(&r->bytes);
}

void replies_forget(struct replies *r, const struct socket *socket)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].socket != socket)
			r->list[kept++] = r->list[i];
	r->count = kept;
}

uint64_t replies_lost(const struct replies *r)
{
	return r->lost;
}
