/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A DEALER that speaks as a REQ does: an empty frame, then the JSON. Unlike a REQ it may have several
 * requests under way; the daemon answers one peer in the order of its requests.
 *
 * libzmq connects in the background, keeps what is sent to nobody and reconnects without a word. So
 * its monitor is read as well: it tells whether somebody is there at all, without waiting for the
 * timeout, and when the connection is lost, with which the answers under way are lost.
 *
 * A server that can't open our greeting, since it was locked for another key, hangs up without a word: under
 * CURVE that is what a wrong key of the server looks like.
 */
#include "client/connection.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "client/need.h"

#define ANSWER_MAX (64 << 20) /* bytes; a report of 5,000 measures takes a few MiB */
#define HIGH_WATER 10000
#define MONITOR "inproc://monitor"
#define IPC "ipc://"
#define CONNECTION_GONE (ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED)
#define GREETING_FAILED                                                               \
	(ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | \
	 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)

struct connection {
	void *context, *socket, *monitor;
	int timeout; /* milliseconds */
	bool lost;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int set_options(struct connection *c, const char *endpoint, int timeout)
{
	const int64_t answer_max = ANSWER_MAX;
	const struct {
		int name, value;
	} options[] = {
		{ ZMQ_LINGER, 0 },
		{ ZMQ_IMMEDIATE, 1 },
		{ ZMQ_SNDHWM, HIGH_WATER },
		{ ZMQ_RCVHWM, HIGH_WATER },
		{ ZMQ_HANDSHAKE_IVL, timeout },
		{ ZMQ_IPV6, strchr(endpoint, '[') != NULL }, /* else "localhost" would be ::1 */
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (zmq_setsockopt(c->socket, options[i].name, &options[i].value, sizeof(int)) < 0)
			return -zmq_errno();
	return zmq_setsockopt(c->socket, ZMQ_MAXMSGSIZE, &answer_max, sizeof(answer_max)) < 0
		       ? -zmq_errno()
		       : 0;
}

static int set_keys(struct connection *c, const struct settings *s)
{
	char public[KEY_TEXT];

	if (!*s->secret)
		return 0;
	return zmq_curve_public(public, s->secret) < 0 ||
			       zmq_setsockopt(c->socket, ZMQ_CURVE_SERVERKEY, s->server_key,
					      KEY_TEXT) < 0 ||
			       zmq_setsockopt(c->socket, ZMQ_CURVE_PUBLICKEY, public, KEY_TEXT) <
				       0 ||
			       zmq_setsockopt(c->socket, ZMQ_CURVE_SECRETKEY, s->secret, KEY_TEXT) <
				       0
		       ? -zmq_errno()
		       : 0;
}

static int create(struct connection *c, int type, const struct settings *s, const char *endpoint)
{
	const int none = 0;
	int r;

	c->timeout = s->timeout;
	c->context = zmq_ctx_new();
	c->socket = c->context ? zmq_socket(c->context, type) : NULL;
	if (!c->socket)
		return -zmq_errno();
	r = set_options(c, endpoint, s->timeout);
	if (r == 0)
		r = set_keys(c, s);
	if (r < 0)
		return r;
	if (type == ZMQ_SUB && zmq_setsockopt(c->socket, ZMQ_SUBSCRIBE, "", 0) < 0)
		return -zmq_errno();
	if (zmq_socket_monitor(c->socket, MONITOR, ZMQ_EVENT_ALL) < 0)
		return -zmq_errno();
	c->monitor = zmq_socket(c->context, ZMQ_PAIR);
	if (!c->monitor || zmq_setsockopt(c->monitor, ZMQ_LINGER, &none, sizeof(none)) < 0 ||
	    zmq_connect(c->monitor, MONITOR) < 0)
		return -zmq_errno();
	return 0;
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
static unsigned monitor_event(struct connection *c)
{
	uint16_t event = 0;
	zmq_msg_t frame;

	zmq_msg_init(&frame);
	if (zmq_msg_recv(&frame, c->monitor, ZMQ_DONTWAIT) >= (int)sizeof(event))
		memcpy(&event, zmq_msg_data(&frame), sizeof(event));
	while (zmq_msg_more(&frame) && zmq_msg_recv(&frame, c->monitor, 0) >= 0)
		;
	zmq_msg_close(&frame);
	return event;
}

/* Wait for events of the socket or its monitor: 0, or -ETIMEDOUT, or a negative errno. */
static int await(struct connection *c, short events, int64_t deadline)
{
	zmq_pollitem_t items[] = { { c->monitor, 0, ZMQ_POLLIN, 0 }, { c->socket, 0, events, 0 } };
	int64_t left = deadline - now_ms();
	int n;

	if (left <= 0)
		return -ETIMEDOUT;
	n = zmq_poll(items, events ? 2 : 1, (long)left);
	if (n < 0 && zmq_errno() != EINTR)
		return -zmq_errno();
	return 0;
}

/* Where the daemon takes no keys: the others it opens with them only. */
static bool is_local(const char *endpoint)
{
	static const char *const local[] = { IPC, "tcp://127.",
					     "tcp://localhost:", "tcp://[::1]:" };

	for (size_t i = 0; i < sizeof(local) / sizeof(*local); i++)
		if (strncmp(endpoint, local[i], strlen(local[i])) == 0)
			return true;
	return false;
}

static int greeting_fault(unsigned event, const struct settings *s, const char *endpoint)
{
	if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)
		return -EKEYREJECTED;
	if (*s->secret)
		return is_local(endpoint) ? -ENOTSUP : -EBADE;
	return is_local(endpoint) ? -EPROTO : -ENOKEY;
}

static int await_greeting(struct connection *c, const struct settings *s, const char *endpoint)
{
	int64_t deadline = now_ms() + c->timeout;
	int r;

	for (;;) {
		unsigned event = monitor_event(c);

		if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
			return 0;
		if (event & GREETING_FAILED)
			return greeting_fault(event, s, endpoint);
		if (event == ZMQ_EVENT_CONNECT_RETRIED)
			return -ECONNREFUSED;
		r = event ? 0 : await(c, 0, deadline);
		if (r < 0)
			return r;
	}
}

/* A socket that is there but that we may not write to: libzmq would only say that it tries again. */
static bool is_forbidden(const char *endpoint)
{
	return strncmp(endpoint, IPC, strlen(IPC)) == 0 &&
	       access(endpoint + strlen(IPC), W_OK) < 0 && errno == EACCES;
}

static int open_as(struct connection **ret, int type, const struct settings *settings,
		   const char *endpoint)
{
	struct connection *c = need(calloc(1, sizeof(*c)));
	int r = create(c, type, settings, endpoint);

	if (r == 0 && zmq_connect(c->socket, endpoint) < 0)
		r = zmq_errno() == EPROTONOSUPPORT || zmq_errno() == ENAMETOOLONG ? -EINVAL
										  : -zmq_errno();
	if (r == 0)
		r = is_forbidden(endpoint) ? -EACCES : await_greeting(c, settings, endpoint);
	if (r < 0) {
		connection_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

int connection_open(struct connection **ret, const struct settings *settings)
{
	return open_as(ret, ZMQ_DEALER, settings, settings->server);
}

int connection_follow(struct connection **ret, const struct settings *settings,
		      const char *endpoint)
{
	return open_as(ret, ZMQ_SUB, settings, endpoint);
}

void connection_set_timeout(struct connection *c, int timeout)
{
	c->timeout = timeout;
}

/* Read what the monitor has to say. */
static void notice_loss(struct connection *c)
{
	for (unsigned event = monitor_event(c); event; event = monitor_event(c))
		c->lost = c->lost || (event & CONNECTION_GONE);
}

int connection_send(struct connection *c, const char *bytes, size_t length)
{
	int64_t deadline = now_ms() + c->timeout;
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
	int64_t deadline = now_ms() + c->timeout;
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

struct connection *connection_free(struct connection *c)
{
	if (!c)
		return NULL;
	if (c->socket) {
		zmq_socket_monitor(c->socket, NULL, 0);
		zmq_close(c->socket);
	}
	if (c->monitor)
		zmq_close(c->monitor);
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
		{ EINVAL,
		  "has no such address: an endpoint looks like ipc:///run/paminn/submit.sock "
		  "or tcp://127.0.0.1:7710" },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		if (faults[i].error == -error)
			return faults[i].text;
	return zmq_strerror(-error);
}
