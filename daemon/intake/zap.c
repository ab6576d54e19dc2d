/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A REP socket at the address that libzmq looks for, in the same context as the sockets it guards and
 * in the same loop as everything else, so that a key that the plan gains or loses counts at once. A
 * request is six frames and the key; whatever else comes is denied. What is allowed gets the key as its
 * User-Id, in Z85.
 */
#include "intake/zap.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/socket_reader.h"

#define ADDRESS "inproc://zeromq.zap.01"
#define KEY_BYTES 32
#define PATIENCE_MS 5000

enum { VERSION, SEQUENCE, DOMAIN, PEER, ROUTING_ID, MECHANISM, KEY, FRAMES };
_Static_assert(FRAMES <= ENVELOPE_MESSAGE, "a reader shows all frames of a request");

struct zap {
	void *context;
	struct socket socket;
	struct socket_reader *reader;
	const struct zap_calls *calls;
	void *userdata;
	bool testing; /* then everybody is denied, and nobody told of it */
};

/* ---- answering ------------------------------------------------------------------------------- */

static bool is_text(zmq_msg_t *frame, const char *text)
{
	return zmq_msg_size(frame) == strlen(text) &&
	       memcmp(zmq_msg_data(frame), text, strlen(text)) == 0;
}

/* The key that the request shows; false when it shows none. */
static bool read_key(zmq_msg_t *frames, size_t count, char ret[static KEY_TEXT])
{
	return count == FRAMES && is_text(&frames[VERSION], "1.0") &&
	       is_text(&frames[MECHANISM], "CURVE") && zmq_msg_size(&frames[KEY]) == KEY_BYTES &&
	       zmq_z85_encode(ret, zmq_msg_data(&frames[KEY]), KEY_BYTES);
}

static void reply(struct zap *z, zmq_msg_t *sequence, const char *user)
{
	const char *const texts[] = { user ? "200" : "400", user ? "OK" : "the key is unknown",
				      user ? user : "", "" /* no metadata */ };
	const size_t count = sizeof(texts) / sizeof(*texts);
	void *zmq = z->socket.zmq;

	zmq_send(zmq, "1.0", 3, ZMQ_SNDMORE);
	zmq_send(zmq, zmq_msg_data(sequence), zmq_msg_size(sequence), ZMQ_SNDMORE);
	for (size_t i = 0; i < count; i++)
		zmq_send(zmq, texts[i], strlen(texts[i]), i + 1 < count ? ZMQ_SNDMORE : 0);
}

static void on_request(void *userdata, const struct socket *from, zmq_msg_t *frames, size_t count)
{
	struct zap *z = userdata;
	char key[KEY_TEXT] = "", address[64] = "";
	bool known =
		read_key(frames, count, key) && !z->testing && z->calls->knows(z->userdata, key);
	size_t length = count > PEER ? zmq_msg_size(&frames[PEER]) : 0;

	(void)from;
	assert(count > SEQUENCE); /* libzmq asks, nobody else can */
	reply(z, &frames[SEQUENCE], known ? key : NULL);
	if (known || z->testing)
		return;
	if (length > 0 && length < sizeof(address))
		memcpy(address, zmq_msg_data(&frames[PEER]), length);
	z->calls->denied(z->userdata, address, key);
}

static const struct socket_reader_calls request_calls = { NULL, NULL, on_request };

/* ---- the test ---------------------------------------------------------------------------------- */

struct handshake {
	void *server, *client, *monitor;
};

static void handshake_done(struct handshake *t)
{
	void *const sockets[] = { t->client, t->server, t->monitor };

	if (t->server)
		zmq_socket_monitor(t->server, NULL, 0);
	for (size_t i = 0; i < sizeof(sockets) / sizeof(*sockets); i++)
		if (sockets[i])
			zmq_close(sockets[i]);
}

static void *open_quiet(void *context, int type)
{
	void *zmq = zmq_socket(context, type);
	int none = 0;

	if (zmq)
		zmq_setsockopt(zmq, ZMQ_LINGER, &none, sizeof(none));
	return zmq;
}

/* A socket that serves, watched, and a client whose key nobody holds on its way to it. */
static int handshake_begin(struct handshake *t, void *context)
{
	static unsigned count;
	struct curve_keys server, client;
	char address[256], monitor[64];
	size_t size = sizeof(address);
	int r;

	/* Another each time: one is free again only a while after its socket is closed. */
	snprintf(monitor, sizeof(monitor), "inproc://paminn.zap.handshake.%u", ++count);
	t->server = open_quiet(context, ZMQ_ROUTER);
	t->client = open_quiet(context, ZMQ_DEALER);
	t->monitor = open_quiet(context, ZMQ_PAIR);
	if (!t->server || !t->client || !t->monitor ||
	    zmq_curve_keypair(server.public, server.secret) < 0 ||
	    zmq_curve_keypair(client.public, client.secret) < 0)
		return -errno;
	r = curve_serve(t->server, &server);
	if (r == 0)
		r = curve_call(t->client, &client, server.public);
	if (r < 0)
		return r;
	/* A socket of its own in a folder of its own, both of which libzmq removes. */
	if (zmq_socket_monitor(t->server, monitor, ZMQ_EVENT_ALL) < 0 ||
	    zmq_connect(t->monitor, monitor) < 0 || zmq_bind(t->server, "ipc://*") < 0 ||
	    zmq_getsockopt(t->server, ZMQ_LAST_ENDPOINT, address, &size) < 0 ||
	    zmq_connect(t->client, address) < 0)
		return -errno;
	return 0;
}

/* The next event of the server's monitor: its number, 0 for none in time, or a negative errno. Requests
 * to the handler, if there is one, are answered meanwhile. */
static int next_event(struct handshake *t, struct zap *z)
{
	zmq_pollitem_t items[] = { { t->monitor, 0, ZMQ_POLLIN, 0 },
				   { z ? z->socket.zmq : NULL, -1, ZMQ_POLLIN, 0 } };
	char address[256];
	uint16_t event = 0;
	int n;

	do {
		n = zmq_poll(items, z ? 2 : 1, PATIENCE_MS);
		if (n > 0 && z && items[1].revents)
			socket_reader_read(z->reader);
	} while ((n < 0 && errno == EINTR) || (n > 0 && !items[0].revents));
	if (n <= 0)
		return n < 0 ? -errno : 0;
	n = zmq_recv(t->monitor, &event, sizeof(event), 0);
	if (n < 0 || zmq_recv(t->monitor, address, sizeof(address), 0) < 0)
		return -errno;
	return event;
}

/* How the handshake ended: an event, 0 for not in time, or a negative errno. */
static int try_handshake(void *context, struct zap *z)
{
	const int ends = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
			 ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL;
	struct handshake t = { NULL };
	int r = handshake_begin(&t, context);

	if (r == 0)
		do
			r = next_event(&t, z);
		while (r > 0 && !(r & ends));
	handshake_done(&t);
	return r;
}

int zap_test(struct zap *z, struct rejection *ret_why)
{
	void *unguarded = zmq_ctx_new();
	int with, without;

	z->testing = true;
	with = try_handshake(z->context, z);
	z->testing = false;
	without = unguarded ? try_handshake(unguarded, NULL) : -ENOMEM;
	if (unguarded)
		zmq_ctx_term(unguarded);
	if (with == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH &&
	    without == ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL)
		return 0;
	if (with == ZMQ_EVENT_HANDSHAKE_SUCCEEDED || without == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
		reject(ret_why, REJECT_NOT_ALLOWED,
		       "a key that is nobody's was let in when that was tried, so nothing is "
		       "served to other machines; this libzmq can not be used for it");
	else
		reject(ret_why, REJECT_NOT_ALLOWED,
		       "that a key which is nobody's is refused could not be tried (%d, %d), so "
		       "nothing is served to other machines; look for a full disk or a folder for "
		       "temporary files that can't be written",
		       with, without);
	return -EKEYREJECTED;
}

/* ---- life -------------------------------------------------------------------------------------- */

int zap_new(struct zap **ret, void *context, sd_event *event, const struct zap_calls *calls,
	    void *userdata)
{
	struct zap *z = calloc(1, sizeof(*z));
	int r = 0;

	if (!z)
		return -ENOMEM;
	*z = (struct zap){ .context = context, .calls = calls, .userdata = userdata };
	z->socket.zmq = open_quiet(context, ZMQ_REP);
	if (!z->socket.zmq || zmq_bind(z->socket.zmq, ADDRESS) < 0)
		r = -errno;
	if (r == 0)
		r = socket_reader_new(&z->reader, event, &z->socket, &request_calls, z);
	if (r < 0) {
		zap_free(z);
		return r;
	}
	*ret = z;
	return 0;
}

struct zap *zap_free(struct zap *z)
{
	if (!z)
		return NULL;
	socket_reader_free(z->reader);
	if (z->socket.zmq)
		zmq_close(z->socket.zmq);
	free(z);
	return NULL;
}
