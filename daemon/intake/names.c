/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ROUTER answers by name, and two connections can't have one. While a peer with a name is connected,
 * another of that name is never read, not even when the first has gone: only when it connects anew. So it
 * is for two programs that were given one name, and for one program that comes again while its former
 * connection is open. Nobody is told: the peer's connection stands and its messages leave; here they get
 * as far as libzmq, which keeps them (some 10 KB a connection, until the socket is closed), and neither an
 * event of the socket's monitor nor the request to the ZAP handler has the name. What can be seen is the
 * first, so the log speaks of that: that it has a name at all.
 *
 * Why not ZMQ_ROUTER_HANDOVER, by which the newest connection takes the name over? libzmq 4.3.4 leaves the
 * former one open and reads it no more, so that its peer is the silent one; when that peer sends something
 * and hangs up, the connection is never closed, and with heartbeats the process is aborted (socket.c). And
 * where peers have keys whoever has one could take another's name, and read what that one is answered.
 *
 * Each name is told of once. How many are remembered is bounded, and those beyond that are not told of: it
 * is a help to find a mistake, and keeps nobody out.
 */
#include "intake/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "protocol/text.h"

#define NAMES 64
#define NAME_MAX 255 /* bytes; libzmq's limit */

struct names {
	size_t count;
	struct {
		size_t length;
		char bytes[NAME_MAX];
	} list[NAMES];
};

int names_new(struct names **ret)
{
	struct names *n = calloc(1, sizeof(*n));

	if (!n)
		return -ENOMEM;
	*ret = n;
	return 0;
}

struct names *names_free(struct names *n)
{
	free(n);
	return NULL;
}

/* Remember it: false when it is already, or can't be. */
static bool remember(struct names *n, const void *bytes, size_t length)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->list[i].length == length && memcmp(n->list[i].bytes, bytes, length) == 0)
			return false;
	if (n->count == NAMES || length > NAME_MAX)
		return false;
	n->list[n->count].length = length;
	memcpy(n->list[n->count++].bytes, bytes, length);
	return true;
}

/* Any bytes, as text for a sentence. */
static struct excerpt text_of(const void *bytes, size_t length)
{
	char text[NAME_MAX + 1];

	memcpy(text, bytes, length);
	text[length] = '\0';
	if (!text_is_clean(text, length, false) || text_turn(text))
		for (size_t i = 0; i < length; i++)
			if (text[i] < 0x20 || text[i] > 0x7e)
				text[i] = '?';
	return text_excerpt(text);
}

void names_heard(struct names *n, zmq_msg_t *id, const struct peer *who, const struct socket *at)
{
	const char *name = zmq_msg_data(id);
	const size_t length = zmq_msg_size(id);
	char source[SOURCE_MAX + 1];

	if (!remember(n, name, length))
		return;
	access_identity(who, source);
	log_warning(
		"%s calls itself \"%s\" (ZMQ_ROUTING_ID) at %s%s: while it is connected another "
		"of that name is not heard, and nobody is told; let peers go without a name, "
		"or see that each has its own",
		source, text_of(name, length).text, at->address,
		n->count == NAMES ? ", and more names are not told of" : "");
}
