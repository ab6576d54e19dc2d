/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ZMQ_FD says that something may have happened, once; what there is to read is in ZMQ_EVENTS, and
 * any call on the socket, a send as well, may use up the signal. So when the descriptor wakes the loop,
 * a bounded batch is read, if there is anything; and in each round of it, before it sleeps, a prepare
 * callback looks at ZMQ_EVENTS as well, and asks for a batch of what no signal will tell of. The turn's commit comes when nothing
 * else is ready, or when it has waited long enough: what many sockets had to say is one turn.
 */
#include "intake/socket_reader.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include "base/deferred.h"

#define BATCH_MESSAGES 1000
#define BATCH_BYTES (2u << 20)
#define GROUP_MESSAGES 100 /* that are received before the first of them is told */

struct received {
	zmq_msg_t frames[ENVELOPE_MESSAGE];
	size_t count;
};

struct socket_reader {
	const struct socket *socket;
	const struct socket_reader_calls *calls;
	void *userdata;
	sd_event_source *wake;
	struct deferred *batch;
	struct received group[GROUP_MESSAGES];
};

/* Are there messages? 1, 0 or a negative errno. */
static int has_messages(const struct socket_reader *in)
{
	int events = 0;
	size_t size = sizeof(events);

	if (zmq_getsockopt(in->socket->zmq, ZMQ_EVENTS, &events, &size) < 0)
		return errno == EINTR ? 0 : -errno;
	return events & ZMQ_POLLIN ? 1 : 0;
}

static int on_wake(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct socket_reader *in = userdata;
	int r = has_messages(in);

	(void)source, (void)fd, (void)events;
	if (r > 0)
		socket_reader_read(in);
	return r < 0 ? r : 0;
}

static int on_prepare(sd_event_source *source, void *userdata)
{
	struct socket_reader *in = userdata;
	int r = has_messages(in);

	(void)source;
	if (r > 0)
		deferred_ask(in->batch);
	return r < 0 ? r : 0;
}

static void close_message(struct received *m)
{
	for (size_t i = 0; i < m->count && i < ENVELOPE_MESSAGE; i++)
		zmq_msg_close(&m->frames[i]);
}

/* Receive one message, and add its size in bytes. False: there is none. */
static bool receive(void *zmq, struct received *ret, size_t *bytes)
{
	size_t count = 0;
	zmq_msg_t spare, *frame;
	bool more = true;

	for (; more; count++) {
		frame = count < ENVELOPE_MESSAGE ? &ret->frames[count] : &spare;
		zmq_msg_init(frame);
		/* Frames of a message arrive together: only the first can be missing. */
		if (zmq_msg_recv(frame, zmq, ZMQ_DONTWAIT) < 0) {
			zmq_msg_close(frame);
			break;
		}
		*bytes += zmq_msg_size(frame);
		more = zmq_msg_more(frame);
		if (frame == &spare)
			zmq_msg_close(&spare);
	}
	ret->count = count;
	if (more)
		close_message(ret);
	return !more;
}

/* The count of the messages received. */
static size_t receive_group(struct socket_reader *in, size_t *bytes)
{
	size_t n = 0;

	while (n < GROUP_MESSAGES && *bytes < BATCH_BYTES &&
	       receive(in->socket->zmq, &in->group[n], bytes))
		n++;
	return n;
}

static void tell_group(struct socket_reader *in, size_t count)
{
	for (size_t i = 0; in->calls->prefetch && i < count; i++)
		in->calls->prefetch(in->userdata, in->group[i].frames, in->group[i].count);
	for (size_t i = 0; i < count; i++) {
		struct received *m = &in->group[i];
		in->calls->message(in->userdata, in->socket, m->frames, m->count);
		close_message(m);
	}
}

void socket_reader_read(struct socket_reader *in)
{
	size_t total = 0, bytes = 0, count;

	if (in->calls->begin)
		in->calls->begin(in->userdata);
	do {
		count = receive_group(in, &bytes);
		tell_group(in, count);
		total += count;
	} while (count == GROUP_MESSAGES && total < BATCH_MESSAGES && bytes < BATCH_BYTES);
}

static void on_batch(void *userdata)
{
	socket_reader_read(userdata);
}

int socket_reader_new(struct socket_reader **ret, sd_event *event, const struct socket *socket,
		      const struct socket_reader_calls *calls, void *userdata)
{
	struct socket_reader *in = calloc(1, sizeof(*in));
	int fd, r = 0;
	size_t size = sizeof(fd);

	if (!in)
		return -ENOMEM;
	*in = (struct socket_reader){ .socket = socket, .calls = calls, .userdata = userdata };
	if (zmq_getsockopt(socket->zmq, ZMQ_FD, &fd, &size) < 0)
		r = -errno;
	if (r >= 0)
		r = deferred_new(&in->batch, event, on_batch, in);
	if (r >= 0)
		r = sd_event_add_io(event, &in->wake, fd, EPOLLIN, on_wake, in);
	if (r >= 0)
		r = sd_event_source_set_prepare(in->wake, on_prepare);
	if (r < 0) {
		socket_reader_free(in);
		return r;
	}
	*ret = in;
	return 0;
}

struct socket_reader *socket_reader_free(struct socket_reader *in)
{
	if (!in)
		return NULL;
	sd_event_source_disable_unref(in->wake);
	deferred_free(in->batch);
	free(in);
	return NULL;
}
