/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every limit is set before bind or connect, since libzmq applies it to later connections only.
 * Binding ipc:// removes what is at the path without a word, the socket of a living process or any
 * other file: so only a socket may be there, and the path is guarded by an flock on "PATH.lock", which
 * the kernel releases when the process ends. The lock file stays, since removing it would open a race.
 *
 * That a peer's machine is there no more is found out by the kernel's keep-alives, not by ZMTP's
 * heartbeats: where more has come in than is read at once, and the peer has hung up, the heartbeat's
 * timer lets libzmq 4.3.4 abort the process ("Assertion failed: !_io_error", src/stream_engine_base.cpp),
 * so that whoever may send could end the daemon. Only the feed asks its peers, since a subscriber
 * that never sends anything learns by that alone that the daemon's machine has gone; so it holds back
 * nothing that comes in, and takes the subscriptions as they come.
 */
#include "intake/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include "protocol/event.h"

#define CURVE_OVERHEAD 33 /* bytes that encryption adds to a frame: ZeroMQ RFC 26, MESSAGE */

static const struct {
	const char *name;
	int type;
	bool connects;
} roles[ENDPOINT_ROLES] = {
	[ENDPOINT_SUBMIT] = { "intake.submit", ZMQ_ROUTER, false },
	[ENDPOINT_COLLECT] = { "intake.collect", ZMQ_SUB, false },
	[ENDPOINT_SUBSCRIBE] = { "intake.subscribe", ZMQ_SUB, true },
	[ENDPOINT_FEED] = { "intake.feed", ZMQ_XPUB, false },
};

struct option {
	int option, value;
};

/* Of every socket; milliseconds where it is a time, but seconds between keep-alives. */
static const struct option limits[] = {
	{ ZMQ_SNDHWM, 10000 },
	{ ZMQ_RCVHWM, 10000 },
	{ ZMQ_HANDSHAKE_IVL, 5000 },
	{ ZMQ_TCP_KEEPALIVE, 1 },
	{ ZMQ_TCP_KEEPALIVE_IDLE, 10 },
	{ ZMQ_TCP_KEEPALIVE_INTVL, 10 },
	{ ZMQ_TCP_KEEPALIVE_CNT, 3 },
	{ ZMQ_TCP_MAXRT, 40000 },
	{ ZMQ_RECONNECT_IVL, 100 },
	{ ZMQ_RECONNECT_IVL_MAX, 5000 },
	{ ZMQ_IPV6, 1 },
	{ ZMQ_LINGER, 300 },
};
/* Of the feed besides. */
static const struct option feed_limits[] = {
	{ ZMQ_RCVHWM, 0 }, /* none */
	{ ZMQ_HEARTBEAT_IVL, 10000 },
	{ ZMQ_HEARTBEAT_TTL, 30000 },
	{ ZMQ_HEARTBEAT_TIMEOUT, 30000 },
};

const char *socket_role_name(enum endpoint_role role)
{
	return roles[role].name;
}

static int set_each(void *zmq, const struct option *options, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (zmq_setsockopt(zmq, options[i].option, &options[i].value, sizeof(int)) < 0)
			return -errno;
	return 0;
}

static int set_options(void *zmq, int type, bool remote)
{
	int64_t frame = FRAME_MAX + (remote ? CURVE_OVERHEAD : 0);
	int one = 1;
	int r = set_each(zmq, limits, sizeof(limits) / sizeof(*limits));

	if (r == 0 && type == ZMQ_XPUB)
		r = set_each(zmq, feed_limits, sizeof(feed_limits) / sizeof(*feed_limits));
	if (r < 0)
		return r;
	if (zmq_setsockopt(zmq, ZMQ_MAXMSGSIZE, &frame, sizeof(frame)) < 0)
		return -errno;
	/* An answer to a peer that has gone, or does not read, is an error and not silence. */
	if (type == ZMQ_ROUTER && zmq_setsockopt(zmq, ZMQ_ROUTER_MANDATORY, &one, sizeof(one)) < 0)
		return -errno;
	if (type == ZMQ_SUB && zmq_setsockopt(zmq, ZMQ_SUBSCRIBE, "", 0) < 0)
		return -errno;
	return 0;
}

bool socket_asks_keys(const struct socket *s)
{
	return s->remote && !roles[s->role].connects;
}

struct credentials socket_credentials(const struct socket *s, const char *key)
{
	return (struct credentials){ .keyed = socket_asks_keys(s),
				     .key = key,
				     .publisher = s->publisher };
}

/* Each frame is a subscription that begins (1) or ends (0), for a topic's first subscriber and its last. */
static void hear_subscriptions(struct socket *s)
{
	char frame[8];
	int n;

	while ((n = zmq_recv(s->zmq, frame, sizeof(frame), ZMQ_DONTWAIT)) >= 0)
		if (n > 0)
			s->topics += frame[0] == 1 ? 1 : frame[0] == 0 ? -1 : 0;
}

bool socket_is_heard(struct socket *s)
{
	if (s->role == ENDPOINT_FEED)
		hear_subscriptions(s);
	return s->topics > 0;
}

/* What is remote is never opened without keys, whatever the plan has let pass. */
static int set_keys(struct socket *s, const struct endpoint *endpoint, const struct curve_keys *own)
{
	if (!s->remote)
		return 0;
	if (!*own->secret)
		return -ENOKEY;
	if (!roles[s->role].connects)
		return curve_serve(s->zmq, own);
	if (!endpoint->publisher || !endpoint->publisher->key)
		return -ENOKEY;
	memcpy(s->server_key, endpoint->publisher->key, KEY_TEXT);
	return curve_call(s->zmq, own, s->server_key);
}

static int lock_path(const char *path, int *ret_fd)
{
	char *name = NULL;
	int fd, r = 0;

	if (asprintf(&name, "%s.lock", path) < 0)
		return -ENOMEM;
	fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	free(name);
	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		r = errno == EWOULDBLOCK ? -EADDRINUSE : -errno;
	if (r < 0)
		close(fd);
	else
		*ret_fd = fd;
	return r;
}

/* The path of an ipc endpoint, else NULL. */
static const char *path_of(const struct socket *s)
{
	return strncmp(s->address, "ipc://", 6) == 0 ? s->address + 6 : NULL;
}

static int bind_path(struct socket *s, const char *path)
{
	struct stat there;
	mode_t mask;
	int r = lock_path(path, &s->lock);

	if (r < 0)
		return r;
	if (lstat(path, &there) == 0 && !S_ISSOCK(there.st_mode))
		return -EEXIST;
	mask = umask(0117); /* owner and group may connect */
	r = zmq_bind(s->zmq, s->address) < 0 ? -errno : 0;
	umask(mask);
	s->bound = r == 0;
	return r;
}

static int bind_or_connect(struct socket *s)
{
	const char *path = path_of(s);

	if (roles[s->role].connects)
		return zmq_connect(s->zmq, s->address) < 0 ? -errno : 0;
	if (path)
		return bind_path(s, path);
	return zmq_bind(s->zmq, s->address) < 0 ? -errno : 0;
}

static int sentence(int error, enum endpoint_role role, const char *address,
		    struct rejection *ret_why)
{
	struct excerpt where = text_excerpt(address);

	if (error == -EADDRINUSE)
		reject(ret_why, REJECT_BAD_DATA,
		       "%s endpoint %s is in use by another process; stop that one, or name "
		       "another endpoint",
		       socket_role_name(role), where.text);
	else if (error == -ENOKEY)
		reject(ret_why, REJECT_NOT_ALLOWED,
		       "%s endpoint %s can be reached from other machines and has no key; give "
		       "secret_key_file, or use ipc:// or 127.0.0.1",
		       socket_role_name(role), where.text);
	else if (error == -ENOMEM)
		reject(ret_why, RETRY_BUSY,
		       "%s endpoint %s can not be opened: there is not enough memory",
		       socket_role_name(role), where.text);
	else
		reject(ret_why, REJECT_BAD_DATA,
		       "%s endpoint %s can not be opened: %s; see that its folder or address "
		       "exists and is the daemon's to use",
		       socket_role_name(role), where.text, zmq_strerror(-error));
	return error;
}

int socket_open(struct socket **ret, void *context, const struct socket_place *place,
		struct rejection *ret_why)
{
	const struct endpoint *endpoint = place->endpoint;
	const enum endpoint_role role = place->role;
	struct socket *s = calloc(1, sizeof(*s));
	int r = -ENOMEM;

	if (!s)
		return sentence(-ENOMEM, role, endpoint->address, ret_why);
	s->role = role;
	s->remote = endpoint->remote;
	s->lock = -1;
	s->address = strdup(endpoint->address);
	if (endpoint->publisher)
		s->publisher = strdup(endpoint->publisher->id);
	if (s->address && (s->publisher || !endpoint->publisher)) {
		s->zmq = zmq_socket(context, roles[role].type);
		r = s->zmq ? set_options(s->zmq, roles[role].type, s->remote) : -errno;
	}
	if (r == 0)
		r = set_keys(s, endpoint, place->own);
	if (r == 0)
		r = bind_or_connect(s);
	if (r < 0) {
		socket_close(s);
		return sentence(r, role, endpoint->address, ret_why);
	}
	*ret = s;
	return 0;
}

struct socket *socket_close(struct socket *s)
{
	if (!s)
		return NULL;
	if (s->zmq)
		zmq_close(s->zmq);
	if (s->bound)
		unlink(path_of(s));
	if (s->lock >= 0)
		close(s->lock);
	free(s->address);
	free(s->publisher);
	free(s);
	return NULL;
}

bool socket_is_at(const struct socket *s, enum endpoint_role role, const struct endpoint *endpoint)
{
	const struct publisher *publisher = endpoint->publisher;
	const char *key = s->remote && publisher && publisher->key ? publisher->key : "";

	return s->role == role && strcmp(s->address, endpoint->address) == 0 &&
	       strcmp(s->publisher ? s->publisher : "", publisher ? publisher->id : "") == 0 &&
	       strcmp(s->server_key, key) == 0;
}
