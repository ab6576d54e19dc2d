/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The events of a turn stand as text, one after another in memory that is kept from turn to turn, until the
 * turn has ended: published when it has committed, else forgotten. Whether anybody listens is looked at once a
 * turn, and for nobody nothing is written.
 */
#include "intake/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/zone.h"

#define SOCKETS 16

struct expected {
	const char *type;
	size_t at, length; /* of the event's text in bytes */
};
struct feed {
	struct socket *sockets[SOCKETS];
	size_t socket_count;
	struct expected *expected;
	size_t count, room;
	struct buffer bytes;
	json_int_t published;
	bool looked, heard; /* in this turn: does anybody listen? Nothing is composed for nobody */
};

int feed_new(struct feed **ret)
{
	struct feed *f = calloc(1, sizeof(*f));

	if (!f)
		return -ENOMEM;
	*ret = f;
	return 0;
}

struct feed *feed_free(struct feed *f)
{
	if (!f)
		return NULL;
	feed_settle(f, false);
	free(f->expected);
	buffer_done(&f->bytes);
	free(f);
	return NULL;
}

int feed_add(struct feed *f, struct socket *socket)
{
	if (f->socket_count == SOCKETS)
		return -ENOBUFS;
	f->sockets[f->socket_count++] = socket;
	return 0;
}

void feed_remove(struct feed *f, const struct socket *socket)
{
	for (size_t i = 0; i < f->socket_count; i++)
		if (f->sockets[i] == socket) {
			f->socket_count--;
			memmove(&f->sockets[i], &f->sockets[i + 1],
				(f->socket_count - i) * sizeof(f->sockets[0]));
			return;
		}
}

const struct socket *feed_socket(const struct feed *f, bool remote)
{
	for (size_t i = 0; i < f->socket_count; i++)
		if (f->sockets[i]->remote == remote)
			return f->sockets[i];
	return NULL;
}

/*
 * A publisher's send drops and never blocks, and does not say for whom: whoever listens counts what has come, and
 * how many there were. Without memory the feed, which promises nothing, is what goes
 * short.
 */
static void publish(struct feed *f, const char *type, const char *text, size_t length)
{
	f->published++;
	for (size_t i = 0; i < f->socket_count; i++)
		if (zmq_send(f->sockets[i]->zmq, type, strlen(type), ZMQ_SNDMORE) >= 0)
			zmq_send(f->sockets[i]->zmq, text, length, 0);
}

json_int_t feed_published(const struct feed *f)
{
	return f->published;
}

bool feed_is_heard(struct feed *f)
{
	if (f->looked)
		return f->heard;
	f->looked = true;
	f->heard = false;
	for (size_t i = 0; i < f->socket_count; i++)
		f->heard |= socket_is_heard(f->sockets[i]);
	return f->heard;
}

void feed_publish(struct feed *f, const char *type, json_t *event)
{
	char *text = NULL;

	f->looked = false; /* not within a turn */
	if (feed_is_heard(f))
		text = json_dumps(event, JSON_COMPACT);
	if (text)
		publish(f, type, text, strlen(text));
	free(text);
}

/* The event's text as it came, with `time`, should it have none, put in. */
static int add_text(struct buffer *out, const struct event *event, struct instant received)
{
	const struct parsed *json = event->json, *null = parsed_get(json, "time");
	const char *end = json->begin + json->size,
		   *rest = null ? null->begin + null->size : end - 1;
	char time[RFC3339_TEXT];
	int r;

	if (!instant_is_none(event->time))
		return buffer_add(out, json->begin, json->size);
	r = buffer_add(out, json->begin, (size_t)((null ? null->begin : rest) - json->begin));
	if (r == 0)
		r = buffer_add_text(out, null ? "\"" : ",\"time\":\"");
	if (r == 0)
		r = buffer_add_text(out, zone_format(received, time));
	if (r == 0)
		r = buffer_add_text(out, "\"");
	return r < 0 ? r : buffer_add(out, rest, (size_t)(end - rest));
}

void feed_expect(struct feed *f, const struct event *event, struct instant received)
{
	const size_t at = f->bytes.length;

	if (!feed_is_heard(f) || array_grow(&f->expected, f->count, &f->room) < 0)
		return;
	if (add_text(&f->bytes, event, received) < 0) {
		f->bytes.length = at;
		return;
	}
	f->expected[f->count++] = (struct expected){ .type = event_type_name(event->type),
						     .at = at,
						     .length = f->bytes.length - at };
}

void feed_settle(struct feed *f, bool committed)
{
	for (size_t i = 0; committed && i < f->count; i++)
		publish(f, f->expected[i].type, f->bytes.bytes + f->expected[i].at,
			f->expected[i].length);
	f->count = 0;
	f->looked = false;
	buffer_clear(&f->bytes);
}
