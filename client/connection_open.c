/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of several servers the first one that greets is taken. They are begun with one after another: the next when one before
 * it has failed, or has said nothing for STAGGER. So one that is cut off without a word costs no more than that, and
 * where the first is well it alone is asked. Each has a socket of its own, since a DEALER with several peers would
 * deal its requests out to them in turn.
 *
 * A server that can't open our greeting, since it was locked for another key, hangs up without a word: under
 * CURVE that is what a wrong key of the server looks like.
 *
 * Where there is another one to turn to, a server that was there and is cut off is found by libzmq's heartbeats. Its
 * own thread answers them, so one that takes long to answer a question is not taken for dead.
 */
#include <errno.h>
#include <string.h>

#include "client/connection_parts.h"
#include "client/need.h"

#define ANSWER_MAX (64 << 20) /* bytes; a report of 5,000 measures takes a few MiB */
#define HIGH_WATER 10000
#define IPC "ipc://"
#define STAGGER 250 /* milliseconds */
#define BEAT 1000   /* milliseconds from one heartbeat to the next */
#define GREETING_FAILED                                                               \
	(ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | \
	 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)

/* One of those that are begun with. */
struct attempt {
	void *socket, *monitor; /* NULL: none is under way */
	const char *endpoint;
	size_t server;
};
struct opening {
	void *context;
	const struct settings *settings;
	struct attempt attempts[SETTINGS_SERVERS]; /* by the server's number */
	int *errors;
};

/* ---- a socket -------------------------------------------------------------------------------- */

/* What is written waits for a greeting; but to a feed its subscription goes with the greeting, or whoever is told that
 * it is followed would miss what it says before the next look. */
static int set_options(void *socket, int type, const char *endpoint, int timeout)
{
	const int64_t answer_max = ANSWER_MAX;
	const struct {
		int name, value;
	} options[] = {
		{ ZMQ_LINGER, 0 },
		{ ZMQ_IMMEDIATE, type != ZMQ_SUB },
		{ ZMQ_SNDHWM, HIGH_WATER },
		{ ZMQ_RCVHWM, HIGH_WATER },
		{ ZMQ_HANDSHAKE_IVL, timeout },
		{ ZMQ_IPV6, strchr(endpoint, '[') != NULL }, /* else "localhost" would be ::1 */
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (zmq_setsockopt(socket, options[i].name, &options[i].value, sizeof(int)) < 0)
			return -zmq_errno();
	return zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &answer_max, sizeof(answer_max)) < 0
		       ? -zmq_errno()
		       : 0;
}

/*
 * Notice a peer that is gone without a word: within a third of what a call may take. A feed is followed for days, so
 * what its connection may take has no part in that: a daemon that a busy machine keeps waiting for a moment is not gone.
 */
static int set_beat(void *socket, int type, int timeout)
{
	const bool is_call = type != ZMQ_SUB;
	const int beat = is_call && timeout / 9 < BEAT ? timeout / 9 + 1 : BEAT;
	const int silence = 2 * beat;

	return zmq_setsockopt(socket, ZMQ_HEARTBEAT_IVL, &beat, sizeof(beat)) < 0 ||
			       zmq_setsockopt(socket, ZMQ_HEARTBEAT_TIMEOUT, &silence,
					      sizeof(silence)) < 0
		       ? -zmq_errno()
		       : 0;
}

static int set_keys(void *socket, const struct settings *s, size_t server)
{
	const char *server_key = settings_server_key(s, server);
	char public[KEY_TEXT];

	if (!server_key)
		return 0;
	return zmq_curve_public(public, s->secret) < 0 ||
			       zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, KEY_TEXT) <
				       0 ||
			       zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public, KEY_TEXT) < 0 ||
			       zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, s->secret, KEY_TEXT) < 0
		       ? -zmq_errno()
		       : 0;
}

static int watch_over(struct attempt *a, void *context)
{
	auto_free char *monitor = need_text("inproc://monitor-%zu", a->server);
	const int none = 0;

	if (zmq_socket_monitor(a->socket, monitor, ZMQ_EVENT_ALL) < 0)
		return -zmq_errno();
	a->monitor = zmq_socket(context, ZMQ_PAIR);
	return !a->monitor || zmq_setsockopt(a->monitor, ZMQ_LINGER, &none, sizeof(none)) < 0 ||
			       zmq_connect(a->monitor, monitor) < 0
		       ? -zmq_errno()
		       : 0;
}

static int create(struct attempt *a, int type, void *context, const struct settings *s)
{
	int r;

	a->socket = zmq_socket(context, type);
	if (!a->socket)
		return -zmq_errno();
	r = set_options(a->socket, type, a->endpoint, s->timeout);
	if (r == 0 && (type == ZMQ_SUB || s->servers.count > 1))
		r = set_beat(a->socket, type, s->timeout);
	if (r == 0)
		r = set_keys(a->socket, s, a->server);
	if (r == 0 && type == ZMQ_SUB && zmq_setsockopt(a->socket, ZMQ_SUBSCRIBE, "", 0) < 0)
		r = -zmq_errno();
	return r == 0 ? watch_over(a, context) : r;
}

/* ---- its greeting ------------------------------------------------------------------------------ */

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

static int greeting_fault(unsigned event, bool keys, const char *endpoint)
{
	if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)
		return -EKEYREJECTED;
	if (keys)
		return is_local(endpoint) ? -ENOTSUP : -EBADE;
	return is_local(endpoint) ? -EPROTO : -ENOKEY;
}

/* A socket that is there but that we may not write to: libzmq would only say that it tries again. */
static bool is_forbidden(const char *endpoint)
{
	return strncmp(endpoint, IPC, strlen(IPC)) == 0 &&
	       access(endpoint + strlen(IPC), W_OK) < 0 && errno == EACCES;
}

static int begin(struct attempt *a, int type, const struct opening *o)
{
	int r = create(a, type, o->context, o->settings);

	if (r == 0 && zmq_connect(a->socket, a->endpoint) < 0)
		r = zmq_errno() == EPROTONOSUPPORT || zmq_errno() == ENAMETOOLONG ? -EINVAL
										  : -zmq_errno();
	return r == 0 && is_forbidden(a->endpoint) ? -EACCES : r;
}

/* 1: it has greeted; 0: not yet; or what is wrong. */
static int hear(struct attempt *a, const struct settings *s)
{
	for (unsigned event = connection_event(a->monitor); event;
	     event = connection_event(a->monitor)) {
		if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
			return 1;
		if (event & GREETING_FAILED)
			return greeting_fault(event, settings_server_key(s, a->server),
					      a->endpoint);
		if (event == ZMQ_EVENT_CONNECT_RETRIED)
			return -ECONNREFUSED;
	}
	return 0;
}

static void give_up(struct opening *o, size_t server, int error)
{
	struct attempt *a = &o->attempts[server];

	connection_close(a->socket, a->monitor);
	*a = (struct attempt){ NULL };
	o->errors[server] = error;
}

/* ---- several ----------------------------------------------------------------------------------- */

/* Begin with the server: is it under way? */
static bool try_one(struct opening *o, size_t server, int type, const char *endpoint)
{
	struct attempt *a = &o->attempts[server];

	*a = (struct attempt){ .endpoint = endpoint, .server = server };
	int r = begin(a, type, o);
	if (r < 0)
		give_up(o, server, r);
	return r == 0;
}

static size_t count_under_way(const struct opening *o)
{
	size_t count = 0;

	for (size_t i = 0; i < SETTINGS_SERVERS; i++)
		count += o->attempts[i].socket != NULL;
	return count;
}

/* The one that has greeted, those that can't be had being given up; or NULL. */
static struct attempt *hear_all(struct opening *o)
{
	for (size_t i = 0; i < SETTINGS_SERVERS; i++) {
		int r = o->attempts[i].socket ? hear(&o->attempts[i], o->settings) : 0;

		if (r > 0)
			return &o->attempts[i];
		if (r < 0)
			give_up(o, i, r);
	}
	return NULL;
}

static void wait_until(const struct opening *o, int64_t until)
{
	zmq_pollitem_t items[SETTINGS_SERVERS];
	int64_t left = until - connection_now_ms();
	int count = 0;

	for (size_t i = 0; i < SETTINGS_SERVERS; i++)
		if (o->attempts[i].socket)
			items[count++] =
				(zmq_pollitem_t){ o->attempts[i].monitor, 0, ZMQ_POLLIN, 0 };
	if (left > 0)
		(void)zmq_poll(items, count,
			       (long)left); /* a signal is looked at by whoever calls */
}

/* The connection is the attempt's; all others go. */
static void take(struct connection *c, struct opening *o, struct attempt *winner)
{
	if (winner) {
		c->socket = winner->socket;
		c->monitor = winner->monitor;
		c->server = winner->server;
		*winner = (struct attempt){ NULL };
	}
	for (size_t i = 0; i < SETTINGS_SERVERS; i++)
		connection_close(o->attempts[i].socket, o->attempts[i].monitor);
}

static struct connection *new_connection(const struct settings *s)
{
	struct connection *c = need(calloc(1, sizeof(*c)));

	c->timeout = s->timeout;
	c->context = need(zmq_ctx_new());
	return c;
}

/* What the last of those that were begun with failed by. */
static int finish(struct connection **ret, struct connection *c, struct opening *o,
		  struct attempt *winner)
{
	take(c, o, winner);
	if (winner)
		*ret = c;
	else
		connection_free(c);
	return winner ? 0 : -ENOTCONN;
}

int connection_open(struct connection **ret, const struct settings *s, size_t first,
		    int errors[static SETTINGS_SERVERS])
{
	struct connection *c = new_connection(s);
	struct opening o = { .context = c->context, .settings = s, .errors = errors };
	const size_t count = s->servers.count;
	const int stagger = s->timeout / (int)count < STAGGER ? s->timeout / (int)count : STAGGER;
	const int64_t deadline = connection_now_ms() + s->timeout;
	int64_t next = 0; /* not before, unless nothing is under way */
	struct attempt *winner = NULL;
	size_t begun = 0;

	while (!winner) {
		const int64_t now = connection_now_ms();
		const size_t server = (first + begun) % count;

		if (begun < count && (now >= next || count_under_way(&o) == 0)) {
			begun++;
			if (!errors[server] &&
			    try_one(&o, server, ZMQ_DEALER, s->servers.texts[server]))
				next = now + stagger;
		} else if (count_under_way(&o) == 0) {
			break;
		} else if (now >= deadline) {
			for (size_t i = 0; i < count; i++)
				if (o.attempts[i].socket)
					give_up(&o, i, -ETIMEDOUT);
		} else {
			wait_until(&o, begun < count && next < deadline ? next : deadline);
			winner = hear_all(&o);
		}
	}
	return finish(ret, c, &o, winner);
}

int connection_follow(struct connection **ret, const struct settings *s, size_t server,
		      const char *endpoint)
{
	int errors[SETTINGS_SERVERS] = { 0 };
	struct connection *c = new_connection(s);
	struct opening o = { .context = c->context, .settings = s, .errors = errors };
	const int64_t deadline = connection_now_ms() + s->timeout;
	struct attempt *winner = NULL;

	if (try_one(&o, server, ZMQ_SUB, endpoint))
		while (!winner && o.attempts[server].socket) {
			wait_until(&o, deadline);
			winner = hear_all(&o);
			if (!winner && o.attempts[server].socket && connection_now_ms() >= deadline)
				give_up(&o, server, -ETIMEDOUT);
		}
	return finish(ret, c, &o, winner) == 0 ? 0 : errors[server];
}
