/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A DEALER that speaks as a REQ does: an empty frame, then the JSON. Unlike a REQ it may have several
 * requests under way; the daemon answers one peer in the order of its requests.
 *
 * libzmq connects in the background, keeps what is sent to nobody and reconnects without a word. So
 * its monitor is read as well: it tells whether somebody is there at all, without waiting for the
 * timeout, and when the connection is lost, with which the answers under way are lost.
 */
#include "client/connection_parts.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define CONNECTION_GONE (ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED)

int64_t connection_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The last frame of the next message into ret, if there is one: 1, else 0; or a negative errno. */
static int next_message(void *socket, zmq_msg_t *ret)
{
	do {
		if (zmq_msg_recv(ret, socket, ZMQ_DONTWAIT) < 0)
			return zmq_errno() == EAGAIN ? 0 : -zmq_errno();
	} while (zmq_msg_more(ret));
	return 1;
}

/* The next event of the monitor, 0 if there is none now. */
unsigned connection_event(void *monitor)
{
	uint16_t event = 0;
	zmq_msg_t frame;

	zmq_msg_init(&frame);
	if (zmq_msg_recv(&frame, monitor, ZMQ_DONTWAIT) >= (int)sizeof(event))
		memcpy(&event, zmq_msg_data(&frame), sizeof(event));
	while (zmq_msg_more(&frame) && zmq_msg_recv(&frame, monitor, 0) >= 0)
		;
	zmq_msg_close(&frame);
	return event;
}

/* Wait for events of the socket or its monitor: 0, or -ETIMEDOUT, or a negative errno. */
static int await(struct connection *c, short events, int64_t deadline)
{
	zmq_pollitem_t items[] = { { c->monitor, 0, ZMQ_POLLIN, 0 }, { c->socket, 0, events, 0 } };
	int64_t left = deadline - connection_now_ms();
	int n;

	if (left <= 0)
		return -ETIMEDOUT;
	n = zmq_poll(items, events ? 2 : 1, (long)left);
	if (n < 0 && zmq_errno() != EINTR)
		return -zmq_errno();
	return 0;
}

size_t connection_server(const struct connection *c)
{
	return c->server;
}

void connection_set_timeout(struct connection *c, int timeout)
{
	c->timeout = timeout;
}

/* Read what the monitor has to say. */
static void notice_loss(struct connection *c)
{
	for (unsigned event = connection_event(c->monitor); event;
	     event = connection_event(c->monitor))
		c->lost = c->lost || (event & CONNECTION_GONE);
}

int connection_send(struct connection *c, const char *bytes, size_t length)
{
	int64_t deadline = connection_now_ms() + c->timeout;
	int r;

	for (;;) {
		notice_loss(c);
		if (c->lost)
			return -ECONNRESET;
		if (zmq_send(c->socket, "", 0, ZMQ_SNDMORE | ZMQ_DONTWAIT) == 0)
			break;
		if (zmq_errno() != EAGAIN && zmq_errno() != EINTR)
			return -zmq_errno();
		r = await(c, ZMQ_POLLOUT, deadline);
		if (r < 0)
			return r;
	}
	/* Once the first frame has been taken the whole message is. */
	return zmq_send(c->socket, bytes, length, 0) < 0 ? -zmq_errno() : 0;
}

int connection_receive(struct connection *c, json_t **ret)
{
	int64_t deadline = connection_now_ms() + c->timeout;
	zmq_msg_t message;
	json_t *json;
	int r;

	zmq_msg_init(&message);
	for (;;) {
		/* Before reading: what came before the loss is read still. */
		notice_loss(c);
		r = next_message(c->socket, &message);
		if (r == 0 && c->lost)
			r = -ECONNRESET;
		if (r == 0)
			r = await(c, ZMQ_POLLIN, deadline);
		else
			break;
		if (r < 0)
			break;
	}
	if (r > 0) {
		json = json_loadb(zmq_msg_data(&message), zmq_msg_size(&message),
				  JSON_REJECT_DUPLICATES, NULL);
		r = json ? 0 : -EPROTO;
		if (json)
			*ret = json;
	}
	zmq_msg_close(&message);
	return r;
}

void connection_close(void *socket, void *monitor)
{
	if (socket) {
		zmq_socket_monitor(socket, NULL, 0);
		zmq_close(socket);
	}
	if (monitor)
		zmq_close(monitor);
}

struct connection *connection_free(struct connection *c)
{
	if (!c)
		return NULL;
	connection_close(c->socket, c->monitor);
	if (c->context)
		zmq_ctx_term(c->context);
	free(c);
	return NULL;
}

const char *connection_fault(int error)
{
	static const struct {
		int error;
		const char *text;
	} faults[] = {
		{ EACCES,
		  "may not be used by you: ask its operator to add you to the socket's group" },
		{ ECONNREFUSED, "is not running, or listens at another endpoint (--server)" },
		{ ECONNRESET, "closed the connection" },
		{ EPROTO, "does not speak Påminn's protocol; check the endpoint (--server)" },
		{ ENOKEY, "wants to know who you are: --key FILE with --server-key Z85" },
		{ ENOTSUP,
		  "hung up on our greeting: at a local endpoint it takes no keys (--key), or its "
		  "key is not the one of --server-key" },
		{ EBADE,
		  "hung up on our greeting: its key is not the one of --server-key, or something "
		  "else listens there" },
		{ EKEYREJECTED,
		  "does not know your key: ask its operator to put the public half into the plan" },
		{ ETIMEDOUT, "did not answer in time (--timeout)" },
		{ EAGAIN, "can't take it just now" },
		{ EINVAL,
		  "has no such address: an endpoint looks like ipc:///run/paminn/submit.sock "
		  "or tcp://127.0.0.1:7710" },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		if (faults[i].error == -error)
			return faults[i].text;
	return zmq_strerror(-error);
}
