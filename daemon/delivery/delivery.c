/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who leaves when. Each channel of the plan has a route; whoever wakes delivery lets it look at the
 * messages that are ready on it, those due earliest first, and each is
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
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "delivery/attempt.h"
#include "engine/away.h"

#define LOOK 64 /* ready messages looked at together */
#define STARTS_A_TURN 256
#define AGAIN_US 1000000
#define STOP_SLICE_US 10000 /* stopping: how long one route is listened to before the next */

/* ---- routes --------------------------------------------------------------------------------------- */

struct route *delivery_route(struct delivery *d, const char *channel)
{
	struct route *r;

	LIST_FOREACH (r, &d->routes, link) {
		if (!r->retired && strcmp(r->channel->name, channel) == 0)
			return r;
	}
	return NULL;
}

static void sweep_retired(struct delivery *d)
{
	struct route *r, *next;
	struct attempt *a;

	for (r = LIST_FIRST(&d->routes); r; r = next) {
		next = LIST_NEXT(r, link);
		TAILQ_FOREACH (a, &d->attempts, link) {
			if (a->route == r)
				break;
		}
		if (r->retired && !a) {
			LIST_REMOVE(r, link);
			route_free(r);
		}
	}
}

/* A route for each channel of the plan in force; one that leads elsewhere now is retired. */
static int follow_plan(struct delivery *d)
{
	struct plan *plan = d->engine->plan;
	struct route *r;

	for (size_t i = 0; i < plan->channel_count; i++) {
		const struct channel *channel = &plan->channels[i];
		int error;

		r = delivery_route(d, channel->name);
		if (r && route_same(r, plan, channel)) {
			route_adopt(r, plan, channel);
			continue;
		}
		if (r)
			r->retired = true;
		error = route_new(&r, d->event, plan, channel);
		if (error < 0)
			return error;
		LIST_INSERT_HEAD(&d->routes, r, link);
	}
	LIST_FOREACH (r, &d->routes, link) {
		if (r->plan != plan)
			r->retired = true;
	}
	sweep_retired(d);
	return 0;
}

void delivery_reconfigure(struct delivery *d, struct words *words)
{
	int r;

	d->words = words;
	r = follow_plan(d);
	if (r < 0)
		log_error("the channels of the new plan can't all be used: %s; reload again",
			  strerror(-r));
}

/* ---- looking for what is ready --------------------------------------------------------------------- */

static int postpone(struct delivery *d, struct message *m, struct instant until)
{
	m->next_attempt = calendar_next_open(d->engine->plan->calendar, until);
	return ledger_put_message(d->engine->ledger, m);
}

/* A test tries a server that is down: that is what it is for. Not one that wants nothing any more. */
static bool tries_anyway(const struct route *r, const struct message *m)
{
	return m->kind == KIND_TEST && !r->disabled;
}

/* When a message that is ready may be started: its server and the office may both be closed by now. */
static struct instant opens_for(const struct delivery *d, const struct route *r,
				const struct message *m, struct instant now)
{
	return tries_anyway(r, m)
		       ? now
		       : calendar_next_open(d->engine->plan->calendar, route_opens(r, now));
}

/* Is the route full? */
static bool is_full_for(const struct route *r, const struct message *m, struct instant now)
{
	return !tries_anyway(r, m) && route_room(r, now) == 0;
}

/* What happens to one ready message: 1 when it is left where it is, 0, or a negative errno. */
/* Its recipient may have gone away since it was posted. 1: it goes another way. */
static int divert(struct delivery *d, struct message *m, struct instant now)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, d->engine, now);

	if (r >= 0)
		r = away_divert(d->engine, absences, m, now);
	absences_free(absences);
	return r;
}

static int see_to(struct delivery *d, struct message *m, struct instant now)
{
	struct route *r = delivery_route(d, m->channel);
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
	struct route *r = delivery_route(d, m->channel);

	return r && instant_compare(opens_for(d, r, m, now), now) == 0 && is_full_for(r, m, now);
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
			delivery_again(d);
			return r;
		}
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

/* Look at ready messages, those of a channel or (NULL) the first of any. How many were seen to, or a
 * negative errno. */
static int look(struct delivery *d, const char *channel, struct instant now)
{
	struct message ready[LOOK];
	struct ledger *ledger = d->engine->ledger;
	size_t seen_to = 0;
	int r, n = channel ? ledger_messages_ready_on(ledger, channel, now, ready, LOOK)
			   : ledger_messages_ready(ledger, now, ready, LOOK);

	r = n > 0 ? see_to_all(d, ready, (size_t)n, now, &seen_to) : n;
	return r < 0 ? r : (int)seen_to;
}

/* Is there anything to do with what is ready on the route: start it, or put it off? */
static bool takes(const struct route *r, struct instant now)
{
	return !r->retired &&
	       (route_room(r, now) > 0 || instant_compare(route_opens(r, now), now) > 0);
}

void delivery_wake(struct delivery *d)
{
	struct instant now = clock_now();
	struct route *route;
	int total = 0;

	if (d->stopping || ledger_is_on_hold(d->engine->ledger))
		return;
	if (d->recover && turn_join(d->engine->turn) == 0) {
		int r = delivery_recover(d, now);

		if (r < 0)
			turn_fail(d->engine->turn, r);
		return;
	}
	LIST_FOREACH (route, &d->routes, link) {
		int seen_to = 1;

		while (seen_to > 0 && total < STARTS_A_TURN && takes(route, now)) {
			seen_to = look(d, route->channel->name, now);
			if (seen_to < 0)
				return;
			total += seen_to;
		}
	}
	look(d, NULL, now); /* what has no route */
}

bool delivery_busy(const struct delivery *d)
{
	return !TAILQ_EMPTY(&d->attempts);
}

/* ---- what the last run left behind --------------------------------------------------------------- */

static int recover_one(struct delivery *d, struct message *m, struct instant now)
{
	static const struct result lost = {
		.verdict = VERDICT_UNKNOWN,
		.answer = "the daemon stopped before the result was recorded",
	};
	int r;

	outbox_settle(m, &lost, d->engine->plan->calendar, now);
	r = ledger_put_message(d->engine->ledger, m);
	return r < 0 ? r : attempt_tell(d, m, now);
}

int delivery_recover(struct delivery *d, struct instant now)
{
	struct message found[LOOK];
	int64_t after = 0;
	int n;

	d->recover = true; /* until the turn is committed */
	do {
		n = ledger_messages(d->engine->ledger, 1u << MESSAGE_STARTED, after, found, LOOK);
		for (int i = 0; i < n; i++) {
			int r = recover_one(d, &found[i], now);

			if (r < 0)
				return r;
			after = found[i].id;
		}
	} while (n == LOOK);
	return n < 0 ? n : 0;
}

/* ---- the loop ---------------------------------------------------------------------------------------- */

static void on_turn_end(void *userdata, enum turn_end end)
{
	struct delivery *d = userdata;

	if (end == TURN_COMMITTED)
		d->recover = false;
	if (attempt_turn_ended(d, end)) {
		sweep_retired(d);
		if (!d->stopping)
			d->calls->ended(d->userdata);
	}
}

static int on_record(sd_event_source *source, void *userdata)
{
	(void)source;
	attempt_record_ended(userdata);
	return 0;
}

static int on_again(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct delivery *d = userdata;

	(void)source;
	(void)usec;
	attempt_record_ended(d);
	d->calls->ended(d->userdata);
	return 0;
}

void delivery_again(struct delivery *d)
{
	int enabled = SD_EVENT_OFF;

	sd_event_source_get_enabled(d->again, &enabled);
	if (enabled != SD_EVENT_OFF)
		return;
	sd_event_source_set_time_relative(d->again, AGAIN_US);
	sd_event_source_set_enabled(d->again, SD_EVENT_ONESHOT);
}

static int add_sources(struct delivery *d)
{
	int r = sd_event_add_defer(d->event, &d->record, on_record, d);

	if (r >= 0)
		r = sd_event_source_set_enabled(d->record, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time_relative(d->event, &d->again, CLOCK_MONOTONIC, AGAIN_US, 0,
					       on_again, d);
	if (r >= 0)
		r = sd_event_source_set_enabled(d->again, SD_EVENT_OFF);
	return r < 0 ? r : 0;
}

int delivery_new(struct delivery **ret, struct engine *e, struct words *words, sd_event *event,
		 const struct delivery_calls *calls, void *userdata)
{
	struct delivery *d = calloc(1, sizeof(*d));
	int r;

	if (!d)
		return -ENOMEM;
	d->engine = e;
	d->words = words;
	d->event = sd_event_ref(event);
	d->calls = calls;
	d->userdata = userdata;
	TAILQ_INIT(&d->attempts);
	d->news = json_array();
	r = d->news && sodium_init() >= 0 ? add_sources(d) : -ENOMEM;
	if (r == 0)
		r = follow_plan(d);
	if (r == 0)
		r = turn_listen(e->turn, on_turn_end, d);
	if (r < 0) {
		delivery_free(d, (struct duration){ 0 });
		return r;
	}
	*ret = d;
	return 0;
}

/* ---- the end ------------------------------------------------------------------------------------------ */

static int flying(const struct delivery *d)
{
	const struct route *r;
	int count = 0;

	LIST_FOREACH (r, &d->routes, link)
		count += r->flying;
	return count;
}

/* Let attempts under way end, by hand: the loop's other sources are not to be heard any more. */
static void let_end(struct delivery *d, struct duration patience)
{
	int64_t until = clock_mono().us + patience.us;
	struct route *r;

	while (flying(d) > 0 && clock_mono().us < until) {
		LIST_FOREACH (r, &d->routes, link) {
			if (r->flying > 0)
				r->way->run(r->out, (struct duration){ STOP_SLICE_US });
		}
	}
}

struct delivery *delivery_free(struct delivery *d, struct duration patience)
{
	struct attempt *a;
	struct route *r;

	if (!d)
		return NULL;
	d->stopping = true;
	turn_end_now(d->engine->turn);
	attempt_put_back_queued(d, NULL);
	let_end(d, patience);
	attempt_record_ended(d);
	turn_end_now(d->engine->turn);
	if (delivery_busy(d))
		log_notice("stopping with deliveries under way: their outcome is unknown");
	while ((r = LIST_FIRST(&d->routes))) {
		LIST_REMOVE(r, link);
		route_free(r);
	}
	while ((a = TAILQ_FIRST(&d->attempts)))
		attempt_free(a);
	sd_event_source_disable_unref(d->record);
	sd_event_source_disable_unref(d->again);
	sd_event_unref(d->event);
	json_decref(d->news);
	free(d);
	return NULL;
}
