/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who leaves when. Each channel of the plan has a route, for which the messages that are ready on it are
 * looked at, those due earliest first; each is
 *
 *	started		its route has room
 *	postponed	its server is down or wants nothing, or it is after closing time: to when
 *			that is over
 *	dropped		its channel has left the plan
 *	left		its route is full: an attempt that ends makes room, and calls->ended says so
 *
 * so that afterwards nothing is ready but what waits for an attempt to end: who sleeps until the
 * ledger's next due instant may do so, and never spins.
 */
#include "delivery/queue.h"

#include <errno.h>
#include <stdlib.h>

#include "delivery/routes.h"
#include "engine/outbox/divert.h"

#define LOOK 64 /* ready messages looked at together */
#define STARTS_A_TURN 256

/* A test tries a server that is down: that is what it is for. So does, at first, a link to sign in, for which somebody
 * waits. Neither one that wants nothing any more. */
static bool tries_anyway(const struct route *r, const struct message *m)
{
	return (m->kind == KIND_TEST || (m->kind == KIND_SIGN_IN && m->attempts == 0)) &&
	       !r->disabled;
}

static int postpone(struct delivery *d, struct message *m, struct instant until)
{
	outbox_postpone(m, outbox_opens(m, d->engine->plan->calendar, until));
	return ledger_put_message(d->engine->ledger, m);
}

/* When a message that is ready may be started: its server and the office may both be closed by now. */
static struct instant opens_for(const struct delivery *d, const struct route *r,
				const struct message *m, struct instant now)
{
	return tries_anyway(r, m) ? now
				  : outbox_opens(m, d->engine->plan->calendar, route_opens(r, now));
}

/* Is the route full? */
static bool is_full_for(const struct route *r, const struct message *m, struct instant now)
{
	return !tries_anyway(r, m) && route_room(r, now) == 0;
}

/* Its recipient may have gone away since it was posted. 1: it goes another way. */
static int divert(struct delivery *d, struct message *m, struct instant now)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, d->engine, now);

	if (r >= 0)
		r = divert_message(d->engine, absences, m, now);
	absences_free(absences);
	return r;
}

/* What happens to one ready message: 1 when it is left where it is, 0, or a negative errno. */
static int see_to(struct delivery *d, struct message *m, struct instant now)
{
	struct route *r = routes_find(d, m->channel);
	struct instant opens;
	int error;

	if (!r) {
		outbox_drop(m, "moot: its channel has left the plan", now);
		error = ledger_put_message(d->engine->ledger, m);
		return error < 0 ? error : attempt_tell(d, m, now);
	}
	opens = opens_for(d, r, m, now);
	if (instant_compare(opens, now) > 0)
		return postpone(d, m, opens);
	if (is_full_for(r, m, now))
		return 1;
	if (m->attempts == 0) {
		error = divert(d, m, now);
		if (error != 0)
			return error;
	}
	return attempt_start(d, r, m, now);
}

/* Would see_to leave it? Then no turn has to be joined for it. */
static bool stays(struct delivery *d, const struct message *m, struct instant now)
{
	struct route *r = routes_find(d, m->channel);

	return r && instant_compare(opens_for(d, r, m, now), now) == 0 && is_full_for(r, m, now);
}

/* What is started is composed, of its items. */
static int prefetch(struct delivery *d, const struct message *ready, size_t count,
		    struct instant now)
{
	struct ledger *l = d->engine->ledger;
	int r = 0;

	for (size_t i = 0; r == 0 && ledger_prefetches(l) && i < count; i++)
		if (!stays(d, &ready[i], now))
			r = ledger_prefetch_items(l, ready[i].id);
	return r;
}

static int see_to_all(struct delivery *d, struct message *ready, size_t count, struct instant now,
		      size_t *ret_seen_to)
{
	size_t seen_to = 0;

	for (size_t i = 0; i < count; i++) {
		int r;

		if (stays(d, &ready[i], now))
			continue;
		r = turn_join(d->engine->turn);
		if (r < 0) {
			attempt_again(d);
			return r;
		}
		if (seen_to == 0)
			r = prefetch(d, &ready[i], count - i, now);
		if (r >= 0)
			r = see_to(d, &ready[i], now);
		if (r < 0) {
			turn_fail(d->engine->turn, r);
			return r;
		}
		seen_to++;
	}
	*ret_seen_to = seen_to;
	return 0;
}

/* How many messages are worth a look: as many as there is room for, or, to put them off, as go at once. */
static size_t worth(const struct route *r, struct instant now)
{
	const int room = route_room(r, now);

	return room > 0 && room < LOOK ? (size_t)room : LOOK;
}

/* Look at ready messages, those of a route or (NULL) the first of any. How many were seen to, or a
 * negative errno. */
static int look(struct delivery *d, const struct route *route, struct instant now)
{
	const size_t most = route ? worth(route, now) : LOOK;
	struct message *ready = reallocarray(NULL, most, sizeof(*ready));
	struct ledger *ledger = d->engine->ledger;
	size_t seen_to = 0;
	int r, n;

	if (!ready)
		return -ENOMEM;
	n = route ? ledger_messages_ready_on(ledger, route->channel->name, now, ready, most)
		  : ledger_messages_ready(ledger, now, ready, most);
	r = n > 0 ? see_to_all(d, ready, (size_t)n, now, &seen_to) : n;
	free(ready);
	return r < 0 ? r : (int)seen_to;
}

/* Is there anything to do with what is ready on the route: start it, or put it off? */
static bool takes(const struct route *r, struct instant now)
{
	return !r->retired &&
	       (route_room(r, now) > 0 || instant_compare(route_opens(r, now), now) > 0);
}

void queue_look_at_once(struct delivery *d, struct instant now)
{
	struct message *ready = reallocarray(NULL, LOOK, sizeof(*ready));
	size_t seen_to = 0;
	int n;

	do
		n = ready ? ledger_messages_at_once(d->engine->ledger, now, ready, LOOK) : -ENOMEM;
	while (n > 0 && see_to_all(d, ready, (size_t)n, now, &seen_to) == 0 && seen_to > 0);
	free(ready);
}

/*
 * What has no route is looked for last, among all that are ready. Not while a route is full: these would be messages of
 * that route mostly, a hundred read for each that is started, and its next attempt that ends looks again.
 */
void queue_look(struct delivery *d, struct instant now)
{
	struct route *route;
	bool any_full = false;
	int total = 0;

	LIST_FOREACH (route, &d->routes, link) {
		int seen_to = 1;

		while (seen_to > 0 && total < STARTS_A_TURN && takes(route, now)) {
			seen_to = look(d, route, now);
			if (seen_to < 0)
				return;
			total += seen_to;
		}
		any_full |= route->waiting > 0 && route_room(route, now) == 0;
	}
	if (!any_full)
		look(d, NULL, now);
}
