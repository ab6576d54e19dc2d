/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/reply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "base/array.h"
#include "protocol/answer.h"

struct reply {
	struct caller to;
	json_t *answer;
	bool bound;
};
struct replies {
	struct reply *list;
	size_t count, room;
	uint64_t lost;
};

bool caller_is(const struct caller *a, const struct caller *b)
{
	return a->socket == b->socket && a->length == b->length &&
	       memcmp(a->id, b->id, a->length) == 0;
}

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
	for (size_t i = 0; i < r->count; i++)
		json_decref(r->list[i].answer);
	free(r->list);
	free(r);
	return NULL;
}

static void free_text(void *text, void *hint)
{
	(void)hint;
	free(text);
}

/* Hand an answer to libzmq; a peer that has left or does not read loses it. */
static void send_answer(struct replies *r, const struct caller *to, const json_t *answer)
{
	void *zmq = to->socket->zmq;
	char *text = json_dumps(answer, JSON_COMPACT);
	zmq_msg_t body;

	if (!text || zmq_msg_init_data(&body, text, strlen(text), free_text, NULL) < 0) {
		free(text);
		r->lost++;
		return;
	}
	if (zmq_send(zmq, to->id, to->length, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0 ||
	    zmq_send(zmq, "", 0, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0 ||
	    zmq_msg_send(&body, zmq, ZMQ_DONTWAIT) < 0) {
		r->lost++;
		zmq_msg_close(&body);
	}
}

void replies_put(struct replies *r, const struct caller *to, json_t *answer, bool bound)
{
	if (!answer || (!bound && r->count == 0) || array_grow(&r->list, r->count, &r->room) < 0) {
		if (answer && !bound)
			send_answer(r, to, answer);
		json_decref(answer);
		return;
	}
	r->list[r->count++] = (struct reply){ *to, answer, bound };
}

/* The answer to what a rolled back turn has not done; NULL when there is no memory. */
static json_t *retry_one(const json_t *answer)
{
	struct rejection why;

	reject(&why, RETRY_STORAGE_FULL,
	       "the daemon's disk is full and nothing of this was stored; send it again later, "
	       "with the same id");
	return answer_refused(json_string_value(json_object_get(answer, "id")), &why);
}

static json_t *retry(const json_t *answer)
{
	json_t *all, *one;
	size_t i;

	if (!json_is_array(answer))
		return retry_one(answer);
	all = json_array();
	json_array_foreach (answer, i, one)
		if (json_array_append_new(all, retry_one(one)) < 0)
			return json_decref(all), NULL;
	return all;
}

void replies_settle(struct replies *r, bool committed)
{
	for (size_t i = 0; i < r->count; i++) {
		struct reply *reply = &r->list[i];

		if (reply->bound && !committed) {
			json_t *instead = retry(reply->answer);

			json_decref(reply->answer);
			reply->answer = instead;
		}
		if (reply->answer)
			send_answer(r, &reply->to, reply->answer);
		json_decref(reply->answer);
	}
	r->count = 0;
}

void replies_forget(struct replies *r, const struct socket *socket)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (r->list[i].to.socket == socket)
			json_decref(r->list[i].answer);
		else
			r->list[kept++] = r->list[i];
	}
	r->count = kept;
}

uint64_t replies_lost(const struct replies *r)
{
	return r->lost;
}
