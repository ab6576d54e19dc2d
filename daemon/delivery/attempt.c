/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	attempt_start        commit               send            done            commit
 *	────────────▶ STARTING ────▶ QUEUED ────▶ IN_FLIGHT ────▶ ENDED ─▶ RECORDED ────▶ gone
 *
 * The row is STARTED in the ledger from the first commit to the second. A turn that is rolled back (disk full) takes
 * STARTING away, and RECORDED back to ENDED, to be recorded later: no result is lost while the process lives. An
 * attempt that ends without having begun (its server went down, hold, stop) is put back, as if it had not started.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "delivery/attempt.h"
#include "delivery/kind.h"
#include "engine/outbox/delivery_event.h"
#include "engine/outbox/forwarded.h"
#include "engine/outbox/result.h"

#define AGAIN_US 1000000
#define FORGET_EVERY SECONDS(3600) /* it looks at rows of days ago, and so not with each mail */

void attempt_free(struct attempt *a)
{
	TAILQ_REMOVE(&a->delivery->attempts, a, link);
	composed_done(&a->composed);
	json_decref(a->reminder);
	plan_unref(a->plan);
	free(a->to);
	free(a);
}

/* ---- starting ----------------------------------------------------------------------------------- */

int attempt_start(struct delivery *d, struct route *route, struct message *m, struct instant now)
{
	struct attempt *a = calloc(1, sizeof(*a));
	int r;

	if (!a)
		return -ENOMEM;
	a->delivery = d;
	a->route = route;
	a->plan = plan_ref(route->plan);
	a->message = m->id;
	a->claim = ledger_token(d->engine->ledger);
	a->at_once = message_kind_leaves_at_once(m->kind);
	a->begun = doubt_mark(&route->doubt);
	a->begun_at = now;
	TAILQ_INSERT_TAIL(&d->attempts, a, link);
	r = attempt_compose(a, m, now);
	if (r != 0) {
		attempt_free(a);
		if (r < 0)
			return r;
		outbox_drop(m, "moot: nothing was left to tell", now);
		r = ledger_put_message(d->engine->ledger, m);
		return r < 0 ? r : attempt_tell(d, m, now);
	}
	outbox_start(m, now);
	m->claim = a->claim;
	r = ledger_put_message(d->engine->ledger, m);
	if (r < 0) {
		attempt_free(a);
		return r;
	}
	route->waiting++;
	return 0;
}

/* ---- under way ---------------------------------------------------------------------------------- */

static void tell_status(struct delivery *d)
{
	char line[500];
	struct route *r;

	LIST_FOREACH (r, &d->routes, link) {
		if (r->failures > 0 && !r->retired) {
			snprintf(line, sizeof(line), "channel %s is down: %s; messages wait",
				 r->channel->name, r->fault);
			d->calls->status(d->userdata, line);
			return;
		}
	}
	d->calls->status(d->userdata, NULL);
}

static void ended(struct attempt *a)
{
	a->phase = PHASE_ENDED;
	a->route->waiting--;
	sd_event_source_set_enabled(a->delivery->record, SD_EVENT_ONESHOT);
}

static void put_back(struct attempt *a)
{
	a->put_back = true;
	ended(a);
}

static void on_done(void *userdata, const struct result *result)
{
	struct attempt *a = userdata;
	struct delivery *d = a->delivery;
	struct route *r = a->route;

	r->in_flight--;
	if (result->verdict == VERDICT_UNBEGUN) {
		put_back(a);
		return;
	}
	a->result = *result;
	a->last = result->gone && !r->disabled;
	ended(a);
	if (route_note(r, &(struct tried){ a->message, a->to, a->begun }, &a->result,
		       clock_now())) {
		a->back = r->failures == 0;
		tell_status(d);
	}
	if (r->failures > 0 || r->disabled)
		attempt_put_back_queued(d, r);
	else
		attempt_begin_queued(d);
}

static struct instant real_now(sd_event *event)
{
	uint64_t usec = 0;

	sd_event_now(event, CLOCK_REALTIME, &usec);
	return (struct instant){ (int64_t)usec };
}

/* What is handed over. Its strings are those of the attempt and of the plan, which it holds. */
static struct send_request request_of(struct attempt *a)
{
	const struct route *r = a->route;
	struct plan *old = a->plan;
	struct send_request request = kind_server(r->plan, r->channel);

	a->plan = plan_ref(r->plan);
	plan_unref(old);
	request.to = a->to;
	if (*a->from) {
		request.from = a->from;
		request.envid = a->token;
	}
	request.type = a->composed.type;
	request.id = a->composed.id;
	request.bytes = a->composed.bytes;
	request.length = a->composed.length;
	request.time = real_now(a->delivery->event);
	request.loopback_only = clock_is_rehearsal();
	return request;
}

static void begin(struct attempt *a)
{
	struct delivery *d = a->delivery;
	struct route *r = a->route;
	struct send_request request;
	struct result result;
	int sent;

	if (a->decided) {
		ended(a);
		return;
	}
	request = request_of(a);
	sent = r->transport->send(r->out, &request, on_done, a, &result);
	if (sent < 0) {
		put_back(a);
		return;
	}
	if (a->reminder)
		d->calls->news(d->userdata, "paminn.reminder", a->reminder);
	a->phase = PHASE_IN_FLIGHT;
	r->in_flight++;
	if (sent == SENT_ENDED)
		on_done(a, &result);
}

void attempt_begin_queued(struct delivery *d)
{
	const bool hold = ledger_is_on_hold(d->engine->ledger);
	struct attempt *a;

	if (d->beginning)
		return;
	if (d->stopping) {
		attempt_put_back_queued(d, NULL);
		return;
	}
	d->beginning = true;
	TAILQ_FOREACH (a, &d->attempts, link) {
		if (a->phase != PHASE_QUEUED)
			continue;
		if (a->route->retired || (hold && !a->at_once))
			put_back(a);
		else if (a->route->in_flight < a->route->connections)
			begin(a);
	}
	d->beginning = false;
}

void attempt_put_back_queued(struct delivery *d, const struct route *r)
{
	struct attempt *a;

	TAILQ_FOREACH (a, &d->attempts, link) {
		if (a->phase == PHASE_QUEUED && (!r || a->route == r))
			put_back(a);
	}
}

/* ---- recording ---------------------------------------------------------------------------------- */

/* A reply that was passed on is seen to at once, old ones now and then. */
static int forget(struct delivery *d, const struct message *m, struct instant now)
{
	if (m->kind != KIND_FORWARD &&
	    instant_compare(now, instant_add(d->forgot_at, FORGET_EVERY)) < 0)
		return 0;
	d->forgot_at = now;
	return forwarded_forget(d->engine, m, now);
}

int attempt_tell(struct delivery *d, const struct message *m, struct instant now)
{
	json_t *event = NULL;
	int r = 0;

	if (m->state == MESSAGE_DELIVERED)
		r = result_accepted(d->engine, m, now);
	else if (outbox_is_unreached(m->state))
		r = result_unreached(d->engine, m, now);
	if (r == 0)
		r = forget(d, m, now);
	if (r == 0 && d->calls->heard(d->userdata)) {
		r = delivery_event(d->engine->ledger, m, now, &event);
		if (r == 0)
			r = json_array_append_new(d->news, event) < 0 ? -ENOMEM : 0;
	}
	if (r == 0 && outbox_is_unreached(m->state))
		log_warning("message %lld on channel %s is %s, attempt %d: %s", (long long)m->id.n,
			    m->channel, message_state_name(m->state), m->attempts, m->last_answer);
	return r;
}

static int record(struct delivery *d, struct attempt *a, struct instant now)
{
	const struct calendar *calendar = d->engine->plan->calendar;
	struct message m;
	int r = ledger_message(d->engine->ledger, a->message, &m);

	if (r < 0)
		return r;
	if (m.state != MESSAGE_STARTED || m.claim != a->claim) {
		log_warning(
			"message %lld: this daemon was taken for gone while it sent it, and the "
			"outcome is recorded as unknown: %s",
			(long long)m.id.n, a->put_back ? "it has not left" : a->result.answer);
		return 0;
	}
	if (a->put_back) {
		outbox_put_back(&m, outbox_opens(&m, calendar, route_opens(a->route, now)));
		return ledger_put_message(d->engine->ledger, &m);
	}
	outbox_settle(&m, &a->result, calendar, now);
	r = attempt_keep(a, &m, now);
	/* What the outage has put off leaves now, in order of due time. */
	if (r >= 0 && a->back)
		r = ledger_messages_forward(d->engine->ledger, m.channel, now,
					    calendar_next_open(calendar, now));
	if (r >= 0 && a->last)
		r = result_gone(d->engine, m.channel, now);
	return r < 0 ? r : attempt_tell(d, &m, now);
}

void attempt_again(struct delivery *d)
{
	int enabled = SD_EVENT_OFF;

	sd_event_source_get_enabled(d->again, &enabled);
	if (enabled != SD_EVENT_OFF)
		return;
	sd_event_source_set_time_relative(d->again, AGAIN_US);
	sd_event_source_set_enabled(d->again, SD_EVENT_ONESHOT);
}

/* What is recorded of all that have ended. */
static int prefetch_ended(struct delivery *d)
{
	struct ledger *l = d->engine->ledger;
	struct attempt *a;
	int r = 0;

	TAILQ_FOREACH (a, &d->attempts, link) {
		if (a->phase != PHASE_ENDED || !ledger_prefetches(l))
			continue;
		r = ledger_prefetch_message(l, a->message);
		if (r == 0 && !a->put_back)
			r = ledger_prefetch_items(l, a->message);
		if (r < 0)
			break;
	}
	return r;
}

void attempt_record_ended(struct delivery *d)
{
	struct instant now = clock_now();
	struct attempt *a;
	bool joined = false;

	TAILQ_FOREACH (a, &d->attempts, link) {
		int r = 0;

		if (a->phase != PHASE_ENDED)
			continue;
		if (!joined && turn_join(d->engine->turn) < 0) {
			attempt_again(d);
			return;
		}
		if (!joined)
			r = prefetch_ended(d);
		joined = true;
		a->phase = PHASE_RECORDED;
		if (r == 0)
			r = record(d, a, now);
		if (r < 0) {
			turn_fail(d->engine->turn, r);
			return;
		}
	}
}

static bool committed(struct delivery *d)
{
	struct attempt *a, *next;
	bool recorded = false;

	for (a = TAILQ_FIRST(&d->attempts); a; a = next) {
		next = TAILQ_NEXT(a, link);
		if (a->phase == PHASE_STARTING) {
			a->phase = PHASE_QUEUED;
		} else if (a->phase == PHASE_RECORDED) {
			attempt_free(a);
			recorded = true;
		}
	}
	return recorded;
}

static void rolled_back(struct delivery *d)
{
	struct attempt *a, *next;

	for (a = TAILQ_FIRST(&d->attempts); a; a = next) {
		next = TAILQ_NEXT(a, link);
		if (a->phase == PHASE_STARTING) {
			a->route->waiting--;
			attempt_free(a);
		} else if (a->phase == PHASE_RECORDED) {
			a->phase = PHASE_ENDED;
		}
	}
}

bool attempt_turn_ended(struct delivery *d, enum turn_end end)
{
	size_t i;
	json_t *event;
	bool recorded = false;

	if (end == TURN_COMMITTED) {
		recorded = committed(d);
		json_array_foreach (d->news, i, event)
			d->calls->news(d->userdata, "paminn.delivery", event);
		attempt_begin_queued(d);
	} else {
		rolled_back(d);
		attempt_again(d);
	}
	json_array_clear(d->news);
	return recorded;
}
