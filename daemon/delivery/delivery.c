/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Delivery as a whole: what wakes it, what the last run left behind, and how it ends. Who leaves when is
 * queue.c, how one attempt is made attempt.c.
 */
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "delivery/queue.h"
#include "delivery/routes.h"

#define STOP_SLICE_US 10000 /* stopping: how long one route is listened to before the next */
#define FOUND 64	    /* left behind, seen to together */

void delivery_reconfigure(struct delivery *d, struct templates *templates,
			  const struct links *links)
{
	int r;

	d->templates = templates;
	d->links = links;
	r = routes_follow(d);
	if (r < 0)
		log_error("the channels of the new plan can't all be used: %s; reload again",
			  strerror(-r));
}

void delivery_wake(struct delivery *d)
{
	struct instant now = clock_now();

	if (d->stopping)
		return;
	/* What others have taken up must not be read before their turn has ended, and this one's begun. */
	if (ledger_is_shared(d->engine->ledger) && turn_join(d->engine->turn) < 0) {
		attempt_again(d);
		return;
	}
	if (d->recover && turn_join(d->engine->turn) == 0) {
		int r = delivery_recover(d, now);

		if (r < 0)
			turn_fail(d->engine->turn, r);
		return;
	}
	queue_look_at_once(d, now);
	if (!ledger_is_on_hold(d->engine->ledger))
		queue_look(d, now);
}

void delivery_look_around(struct delivery *d)
{
	int64_t roster = ledger_roster(d->engine->ledger);

	d->recover = d->recover || roster != d->roster;
	d->roster = roster;
	if (d->recover)
		delivery_wake(d);
}

struct mono delivery_ended_at(const struct delivery *d)
{
	return d->ended_at;
}

bool delivery_busy(const struct delivery *d)
{
	return !TAILQ_EMPTY(&d->attempts);
}

/* ---- what others left behind ------------------------------------------------------------------- */

static bool is_under_way(const struct delivery *d, struct message_id id)
{
	const struct attempt *a;

	TAILQ_FOREACH (a, &d->attempts, link)
		if (a->message.n == id.n)
			return true;
	return false;
}

/* Is nobody at it who could say what becomes of it? */
static int is_left(struct delivery *d, const struct message *m, bool *ret_left)
{
	bool there;
	int r = ledger_daemon_is_there(d->engine->ledger, m->claim, &there);

	if (r == 0)
		*ret_left = !is_under_way(d, m->id) &&
			    (!there || m->claim == ledger_token(d->engine->ledger));
	return r;
}

/*
 * One that this daemon claims without being at it was begun in a turn of which it never heard whether it was
 * committed, so it has not left. Of any other nobody knows.
 */
static int recover_one(struct delivery *d, struct message *m, struct instant now)
{
	static const struct result lost = {
		.verdict = VERDICT_UNKNOWN,
		.answer = "the daemon stopped before the result was recorded",
	};
	struct ledger *l = d->engine->ledger;

	if (m->claim == ledger_token(l)) {
		outbox_put_back(m, now);
		return ledger_put_message(l, m);
	}
	outbox_settle(m, &lost, d->engine->plan->calendar, now);
	int r = ledger_put_message(l, m);
	return r < 0 ? r : attempt_tell(d, m, now);
}

int delivery_recover(struct delivery *d, struct instant now)
{
	struct message found[FOUND];
	struct message_id after = { 0 };
	int n, r = 0;

	d->recover = true; /* until the turn is committed */
	do {
		n = ledger_messages(d->engine->ledger, 1u << MESSAGE_STARTED, after, found, FOUND);
		for (int i = 0; r == 0 && i < n; i++) {
			bool left = false;

			r = is_left(d, &found[i], &left);
			if (r == 0 && left)
				r = recover_one(d, &found[i], now);
			after = found[i].id;
		}
	} while (r == 0 && n == FOUND);
	return n < 0 ? n : r;
}

/* ---- the loop ---------------------------------------------------------------------------------- */

static void on_turn_end(void *userdata, enum turn_end end)
{
	struct delivery *d = userdata;

	if (end == TURN_COMMITTED)
		d->recover = false;
	else if (end == TURN_LOST) /* what was about to begin may be recorded as begun */
		d->recover = true;
	d->recorded = attempt_turn_ended(d, end);
}

/* An attempt that has ended makes room for another. */
static void after_turn(void *userdata, enum turn_end end)
{
	struct delivery *d = userdata;

	(void)end;
	if (!d->recorded)
		return;
	d->recorded = false;
	d->ended_at = clock_mono();
	routes_sweep(d);
	if (!d->stopping)
		d->calls->ended(d->userdata);
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

static int add_sources(struct delivery *d)
{
	int r = sd_event_add_defer(d->event, &d->record, on_record, d);

	if (r >= 0)
		r = sd_event_source_set_enabled(d->record, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time_relative(d->event, &d->again, CLOCK_MONOTONIC, 0, 0, on_again,
					       d);
	if (r >= 0)
		r = sd_event_source_set_enabled(d->again, SD_EVENT_OFF);
	return r < 0 ? r : 0;
}

int delivery_new(struct delivery **ret, const struct delivery_setup *with)
{
	struct delivery *d = calloc(1, sizeof(*d));
	int r;

	if (!d)
		return -ENOMEM;
	d->engine = with->engine;
	d->templates = with->templates;
	d->links = with->links;
	d->event = sd_event_ref(with->event);
	d->calls = with->calls;
	d->userdata = with->userdata;
	TAILQ_INIT(&d->attempts);
	d->news = json_array();
	r = d->news && sodium_init() >= 0 ? add_sources(d) : -ENOMEM;
	if (r == 0)
		r = routes_follow(d);
	if (r == 0)
		r = turn_listen(d->engine->turn, on_turn_end, d);
	if (r == 0)
		r = turn_follow(d->engine->turn, after_turn, d);
	if (r < 0) {
		delivery_free(d, (struct duration){ 0 });
		return r;
	}
	d->ended_at = clock_mono();
	*ret = d;
	return 0;
}

/* ---- the end ----------------------------------------------------------------------------------- */

static int in_flight(const struct delivery *d)
{
	const struct route *r;
	int count = 0;

	LIST_FOREACH (r, &d->routes, link)
		count += r->in_flight;
	return count;
}

/* Let attempts under way end, by hand: the loop's other sources are not to be heard any more. What has
 * not ended by then is given up; it is as if not begun where not a byte of the message has left. */
static void let_end(struct delivery *d, struct duration patience)
{
	int64_t until = clock_mono().us + patience.us;
	struct route *r;

	while (in_flight(d) > 0 && clock_mono().us < until) {
		LIST_FOREACH (r, &d->routes, link) {
			if (r->in_flight > 0)
				r->transport->run(r->out, (struct duration){ STOP_SLICE_US });
		}
	}
	LIST_FOREACH (r, &d->routes, link)
		r->transport->abandon(r->out);
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
	turn_forget(d->engine->turn, d);
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
