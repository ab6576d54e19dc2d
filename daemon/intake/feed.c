/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "base/array.h"
#include "base/zone.h"

#define SOCKETS 16

struct expected {
	const char *type;
	json_t *event;
};
struct feed {
	const struct socket *sockets[SOCKETS];
	size_t socket_count;
	struct expected *expected;
	size_t count, room;
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
	free(f);
	return NULL;
}

int feed_add(struct feed *f, const struct socket *socket)
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

void feed_publish(struct feed *f, const char *type, json_t *event)
{
	char *text;

	if (f->socket_count == 0)
		return;
	text = json_dumps(event, JSON_COMPACT);
	/* A publisher's send drops and never blocks; without memory the feed, which promises
	 * nothing, is what goes short. */
	for (size_t i = 0; text && i < f->socket_count; i++)
		if (zmq_send(f->sockets[i]->zmq, type, strlen(type), ZMQ_SNDMORE) >= 0)
			zmq_send(f->sockets[i]->zmq, text, strlen(text), 0);
	free(text);
}

/* As it was said; one without a time has that which counts, the instant of receipt. */
static json_t *with_time(json_t *json, struct instant received)
{
	const json_t *given = json_object_get(json, "time");
	char time[RFC3339_TEXT];
	json_t *copy;

	if (given && !json_is_null(given))
		return json_incref(json);
	copy = json_copy(json);
	if (json_object_set_new(copy, "time", json_string(zone_format(received, time))) == 0)
		return copy;
	json_decref(copy);
	return json_incref(json);
}

void feed_expect(struct feed *f, const char *type, json_t *json, struct instant received)
{
	if (f->socket_count == 0 || array_grow(&f->expected, f->count, &f->room) < 0)
		return;
	f->expected[f->count++] = (struct expected){ type, with_time(json, received) };
}

void feed_settle(struct feed *f, bool committed)
{
	for (size_t i = 0; i < f->count; i++) {
		if (committed)
			feed_publish(f, f->expected[i].type, f->expected[i].event);
		json_decref(f->expected[i].event);
	}
	f->count = 0;
}
