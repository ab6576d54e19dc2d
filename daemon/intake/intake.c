/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wiring: one ZeroMQ context; a socket for each endpoint, each of them but the feed's with a reader; and one
 * listener for the ends of turns, at which answers leave before the feed, so that nobody hears of an event
 * before its sender does.
 */
#include "intake/intake.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "base/clock.h"
#include "base/log.h"
#include "intake/submit.h"
#include "intake/subscribe.h"
#include "intake/zap.h"

/* An endpoint that is open. */
struct opened {
	struct socket *socket;
	struct socket_reader *reader; /* NULL for the feed's */
	bool wanted;
};
struct intake {
	struct engine *engine;
	sd_event *event;
	const struct intake_calls *calls;
	void *userdata;
	void *context;
	struct zap *zap;
	struct curve_keys keys;
	struct replies *replies;
	struct feed *feed;
	struct parser *parser;
	struct rejects *rejects, *denied;
	struct names *names;
	struct submit submit;
	struct subscribe subscribe;
	struct opened *opened;
	size_t opened_count;
};

/* ---- what the parts ask for ---------------------------------------------------------------- */

static bool on_knows(void *userdata, const char *key)
{
	const struct intake *i = userdata;

	return i->engine->plan && plan_key_holder(i->engine->plan, key);
}

static void on_denied(void *userdata, const char *address, const char *key)
{
	struct intake *i = userdata;
	char why[KEY_TEXT + 40];

	snprintf(why, sizeof(why), "its key %s is not in the plan", key);
	rejects_peer(i->denied, address, why, clock_mono());
}

static const struct zap_calls zap_calls = { on_knows, on_denied };

static void on_turn_end(void *userdata, enum turn_end end)
{
	struct intake *i = userdata;
	bool committed = end == TURN_COMMITTED;

	replies_settle(i->replies, end);
	feed_settle(i->feed, committed);
	subscribe_settle(&i->subscribe, committed);
}

/* ---- requests ---------------------------------------------------------------------------------- */

static bool is_open(const struct intake *i, const void *door)
{
	for (size_t at = 0; at < i->opened_count; at++)
		if (i->opened[at].socket == door)
			return true;
	return false;
}

void intake_answer_text(struct intake *i, const struct caller *to, const char *text, size_t length)
{
	if (is_open(i, to->door))
		replies_put(i->replies, to, text, length, false);
}

void intake_answer(struct intake *i, const struct caller *to, json_t *answer)
{
	char *text = is_open(i, to->door) ? json_dumps(answer, JSON_COMPACT) : NULL;

	if (text)
		intake_answer_text(i, to, text, strlen(text));
	free(text);
	json_decref(answer);
}

int intake_describe(struct intake *i, const struct caller *from, json_t *row)
{
	const struct socket *socket = from->door;
	const struct socket *feed = feed_socket(i->feed, socket->remote);
	json_t *more = json_pack(
		"{s:s?, s:s?, s:o?, s:o, s:o, s:I, s:I, s:I}", "feed", feed ? feed->address : NULL,
		"server_key", *i->keys.public ? i->keys.public : NULL, "lost",
		subscribe_lost(&i->subscribe), "rejected", rejects_rows(i->rejects), "denied",
		rejects_rows(i->denied), "malformed", (json_int_t)i->submit.malformed, "unanswered",
		(json_int_t)replies_lost(i->replies), "published", feed_published(i->feed));
	int r = json_object_update(row, more);

	json_decref(more);
	return r;
}

void intake_publish(struct intake *i, const char *type, json_t *event)
{
	feed_publish(i->feed, type, event);
}

bool intake_is_heard(struct intake *i)
{
	return feed_is_heard(i->feed);
}

/* ---- endpoints ------------------------------------------------------------------------------- */

static int attach(struct intake *i, struct opened *o)
{
	bool submits = o->socket->role == ENDPOINT_SUBMIT;

	if (o->socket->role == ENDPOINT_FEED)
		return feed_add(i->feed, o->socket);
	return socket_reader_new(&o->reader, i->event, o->socket,
				 submits ? &submit_calls : &subscribe_calls,
				 submits ? (void *)&i->submit : (void *)&i->subscribe);
}

static void close_one(struct intake *i, size_t at)
{
	struct opened *o = &i->opened[at];

	socket_reader_free(o->reader);
	feed_remove(i->feed, o->socket);
	replies_forget(i->replies, o->socket);
	i->calls->closed(i->userdata, o->socket);
	socket_close(o->socket);
	*o = i->opened[--i->opened_count];
}

/* Close those from `from` on whose `wanted` is as given. */
static void close_some(struct intake *i, size_t from, bool wanted)
{
	for (size_t at = i->opened_count; at-- > from;)
		if (i->opened[at].wanted == wanted)
			close_one(i, at);
}

static struct opened *find(struct intake *i, enum endpoint_role role, const struct endpoint *e)
{
	for (size_t at = 0; at < i->opened_count; at++)
		if (socket_is_at(i->opened[at].socket, role, e))
			return &i->opened[at];
	return NULL;
}

static int no_memory(int error, struct rejection *ret_why)
{
	reject(ret_why, RETRY_BUSY, "no endpoint could be added; close others, or try again");
	return error;
}

/* An endpoint is bound by us already, for something else. Were it closed first, a reload that fails later
 * could not be undone. */
static void changes_its_use(const struct socket *as, const struct socket_place *place,
			    struct rejection *ret_why)
{
	reject(ret_why, REJECT_BAD_DATA,
	       "%s endpoint %s is open as %s, and what it is for changes at a start only; restart "
	       "the daemon, or name another endpoint",
	       socket_role_name(place->role), text_excerpt(place->endpoint->address).text,
	       socket_role_name(as->role));
}

static int open_socket(struct intake *i, const struct socket_place *place, struct socket **ret,
		       struct rejection *ret_why)
{
	int r = socket_open(ret, i->context, place, ret_why);

	for (size_t at = 0; r == -EADDRINUSE && at < i->opened_count; at++)
		if (strcmp(i->opened[at].socket->address, place->endpoint->address) == 0)
			changes_its_use(i->opened[at].socket, place, ret_why);
	return r;
}

static int open_one(struct intake *i, enum endpoint_role role, const struct endpoint *endpoint,
		    struct rejection *ret_why)
{
	struct opened *grown = reallocarray(i->opened, i->opened_count + 1, sizeof(*grown));
	const struct socket_place place = { role, endpoint, &i->keys };
	struct opened *o;
	int r;

	if (!grown)
		return no_memory(-ENOMEM, ret_why);
	i->opened = grown;
	o = &grown[i->opened_count];
	*o = (struct opened){ .wanted = true };
	r = open_socket(i, &place, &o->socket, ret_why);
	if (r < 0)
		return r;
	r = attach(i, o);
	if (r < 0) {
		socket_close(o->socket);
		return no_memory(r, ret_why);
	}
	i->opened_count++;
	log_info("%s at %s%s%s", socket_role_name(role), o->socket->address,
		 socket_asks_keys(o->socket) ? ", server key " : "",
		 socket_asks_keys(o->socket) ? i->keys.public : "");
	return 0;
}

/* Take up the daemon's own key, unless there is one: 0, or a negative errno with the sentence. */
static int take_key(struct intake *i, const struct settings *settings, struct rejection *ret_why)
{
	int r;

	if (*i->keys.secret || !settings->secret_key)
		return 0;
	r = zap_test(i->zap, ret_why);
	if (r < 0)
		return r;
	r = curve_keys_of(settings->secret_key, &i->keys);
	if (r < 0)
		reject(ret_why, REJECT_BAD_DATA,
		       "the key in %s can not be used: %s; make another with paminn keygen",
		       settings->secret_key_file, zmq_strerror(-r));
	return r;
}

int intake_configure(struct intake *i, const struct settings *settings, struct rejection *ret_why)
{
	const struct curve_keys keys = i->keys;
	size_t before = i->opened_count;
	int r = take_key(i, settings, ret_why);

	for (size_t at = 0; at < before; at++)
		i->opened[at].wanted = false;
	for (enum endpoint_role role = 0; role < ENDPOINT_ROLES; role++)
		for (size_t n = 0; r == 0 && n < settings->endpoint_count[role]; n++) {
			const struct endpoint *endpoint = &settings->endpoints[role][n];
			struct opened *o = find(i, role, endpoint);

			if (o)
				o->wanted = true;
			else
				r = open_one(i, role, endpoint, ret_why);
		}
	if (r < 0) {
		close_some(i, before, true);
		i->keys = keys;
	} else {
		close_some(i, 0, false);
	}
	return r;
}

/* libzmq takes a moment to let go of an address. */
static int open_again(struct intake *i, const struct endpoint *endpoint, struct rejection *ret_why)
{
	const struct timespec nap = { .tv_nsec = 5 * 1000 * 1000 };
	int r = -EADDRINUSE;

	for (int n = 0; n < 200 && r == -EADDRINUSE; n++) {
		if (n > 0)
			nanosleep(&nap, NULL);
		r = open_one(i, ENDPOINT_FEED, endpoint, ret_why);
	}
	return r;
}

static bool takes_keys_away(const struct plan *before, const struct plan *now)
{
	for (size_t n = 0; n < before->person_count; n++)
		if (before->people[n].key && !plan_key_holder(now, before->people[n].key))
			return true;
	for (size_t n = 0; n < before->publisher_count; n++)
		if (before->publishers[n].key && !plan_key_holder(now, before->publishers[n].key))
			return true;
	return false;
}

/* What subscribers send is looked at message by message, what they hear can't be: so all have to connect
 * again, and show their keys. */
void intake_adopted(struct intake *i, const struct plan *before)
{
	const struct settings *settings = &i->engine->plan->settings;
	struct rejection why;

	if (!before || !takes_keys_away(before, i->engine->plan))
		return;
	for (size_t n = 0; n < settings->endpoint_count[ENDPOINT_FEED]; n++) {
		const struct endpoint *endpoint = &settings->endpoints[ENDPOINT_FEED][n];
		struct opened *o = find(i, ENDPOINT_FEED, endpoint);

		if (!o || !endpoint->remote)
			continue;
		close_one(i, (size_t)(o - i->opened));
		if (open_again(i, endpoint, &why) < 0)
			log_error("%s", why.reason);
	}
}

/* ---- life ------------------------------------------------------------------------------------ */

int intake_new(struct intake **ret, struct engine *e, sd_event *event,
	       const struct intake_calls *calls, void *userdata)
{
	struct intake *i = calloc(1, sizeof(*i));
	int r;

	if (!i)
		return -ENOMEM;
	*i = (struct intake){ .engine = e, .event = event, .calls = calls, .userdata = userdata };
	i->context = zmq_ctx_new();
	r = i->context ? zap_new(&i->zap, i->context, event, &zap_calls, i) : -errno;
	if (r == 0)
		r = replies_new(&i->replies);
	if (r == 0)
		r = feed_new(&i->feed);
	if (r == 0)
		r = parser_new(&i->parser);
	if (r == 0)
		r = rejects_new(&i->rejects);
	if (r == 0)
		r = rejects_new(&i->denied);
	if (r == 0)
		r = names_new(&i->names);
	if (r == 0)
		r = turn_listen(e->turn, on_turn_end, i);
	if (r < 0) {
		intake_free(i);
		return r;
	}
	i->submit = (struct submit){ .engine = e,
				     .replies = i->replies,
				     .feed = i->feed,
				     .denied = i->denied,
				     .names = i->names,
				     .parser = i->parser,
				     .calls = calls,
				     .userdata = userdata };
	i->subscribe = (struct subscribe){ e, i->feed, i->rejects, i->denied, i->parser, 0 };
	*ret = i;
	return 0;
}

void intake_expect(struct intake *i, const struct event *event, struct instant received)
{
	feed_expect(i->feed, event, received);
}

void intake_stop(struct intake *i)
{
	for (size_t at = 0; at < i->opened_count; at++)
		i->opened[at].reader = socket_reader_free(i->opened[at].reader);
}

struct intake *intake_free(struct intake *i)
{
	if (!i)
		return NULL;
	while (i->opened_count > 0)
		close_one(i, i->opened_count - 1);
	feed_free(i->feed);
	parser_free(i->parser);
	buffer_done(&i->submit.answer);
	replies_free(i->replies);
	rejects_free(i->rejects);
	rejects_free(i->denied);
	names_free(i->names);
	zap_free(i->zap);
	if (i->context)
		zmq_ctx_term(i->context);
	free(i->opened);
	free(i);
	return NULL;
}
