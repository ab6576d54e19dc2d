/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each event is applied at the instant at which it was received, each plan adopted at its place in the
 * log, by the code that did so the first time. Between them time passes: deadlines are looked at when
 * they asked for it. Steps are not walked and nothing is delivered, so that what the outside did
 * (who was reached, how often asked) is not rebuilt.
 *
 * The log need not be in the order of these instants: of several daemons that share a store one may have received
 * something before what another stored first, and a clock may have been set. Each is applied at its own all the same.
 *
 * At the end time goes on to the instant up to which the store itself has seen to its deadlines.
 */
#include "engine/inquiry/replay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/apply.h"
#include "engine/erase.h"
#include "engine/plan_change.h"
#include "engine/remind.h"

#define SLICE 20 /* events */

struct replay {
	struct ledger *from;
	struct engine e;
	struct parser *parser;
	int64_t after; /* seq of the last one */
	/* That last one, a plan: its text, then read, then taking effect in pieces. */
	char *text;
	struct instant at; /* when it was received */
	struct plan *plan;
	struct plan_changing *changing;
	struct instant now;   /* when it was received */
	struct instant taken; /* when the snapshot was */
	bool done;
	int (*refused)(void *userdata, int64_t seq, const char *why); /* of the slice */
	void *userdata;
	size_t count;
};

static void plan_done(struct replay *r)
{
	plan_changing_end(r->changing, NULL);
	plan_unref(r->plan);
	free(r->text);
	r->changing = NULL;
	r->plan = NULL;
	r->text = NULL;
}

int replay_new(struct replay **ret, struct ledger *from, struct instant now)
{
	struct replay *r = calloc(1, sizeof(*r));
	int error = r ? ledger_open(&r->e.ledger, STORE_AT(""), false, &(struct store_refusal){ 0 })
		      : -ENOMEM;

	if (error == 0)
		error = parser_new(&r->parser);
	if (error != 0) {
		replay_free(r);
		return error < 0 ? error : -EIO;
	}
	r->from = r->e.marks = from;
	r->taken = now;
	r->now = (struct instant){ INT64_MIN };
	*ret = r;
	return 0;
}

struct replay *replay_free(struct replay *r)
{
	if (r) {
		plan_done(r);
		plan_unref(r->e.plan);
		ledger_close(r->e.ledger);
		parser_free(r->parser);
		free(r);
	}
	return NULL;
}

struct ledger *replay_ledger(const struct replay *r)
{
	return r->e.ledger;
}

/* See to the series or deadline that is due next: 1; 0 when none is, until then; or a negative errno. */
static int pass_next(struct replay *r, struct instant until)
{
	struct deadline_row row = deadline_row_new(deadline_id(""));
	struct series_row series = { .next_at = INSTANT_NONE };
	int series_count = ledger_series_due(r->e.ledger, until, &series, 1);
	int count = ledger_deadlines_due(r->e.ledger, until, &row, 1);
	int error;

	if (series_count <= 0 && count <= 0)
		return series_count < 0 ? series_count : count;
	r->now = instant_max(r->now, instant_min(series.next_at, row.next_at));
	if (instant_compare(series.next_at, row.next_at) <= 0)
		error = remind_series(&r->e, &series, r->now);
	else
		error = remind_deadline(&r->e, &row, r->now);
	return error < 0 ? error : 1;
}

/* Time goes on to an instant, that included. */
static int pass_time(struct replay *r, struct instant until)
{
	int more = r->e.plan ? 1 : 0;

	while (more > 0)
		more = pass_next(r, until);
	r->now = instant_max(r->now, until);
	return more;
}

/* ---- a plan ------------------------------------------------------------------------------------ */

static int read_plan(struct replay *r, struct rejection *ret_why)
{
	char fault[300];
	int error = plan_change_read(&r->plan, r->text, fault, sizeof(fault));

	if (error <= 0)
		return error;
	return (int)reject(ret_why, REJECT_BAD_DATA, "this version cannot read this plan: %s",
			   fault);
}

static int begin_plan(struct replay *r, struct rejection *ret_why)
{
	struct plan_change adoption;
	int error = plan_changing_new(&r->changing, &r->e, r->plan, r->text, r->at);

	if (error <= 0)
		return error;
	plan_changing_end(r->changing, &adoption);
	r->changing = NULL;
	return (int)reject(ret_why, REJECT_BAD_DATA, "%s", adoption.refused);
}

/* The next piece of the plan: 1, or a negative errno. */
static int change_plan(struct replay *r)
{
	struct rejection why;
	bool over = false;
	int error;

	if (r->changing) {
		error = plan_changing_work(r->changing);
		over = error == 0;
	} else if (r->plan) {
		error = begin_plan(r, &why);
		over = error > 0;
	} else {
		error = read_plan(r, &why);
		over = error > 0;
	}
	if (over && error > 0)
		error = r->refused(r->userdata, r->after, why.reason);
	if (over || error < 0)
		plan_done(r);
	return error < 0 ? error : 1;
}

/* ---- the other events -------------------------------------------------------------------------- */

/* 0, a reject code with the sentence when it can't be applied any more, or a negative errno. */
static int apply(struct replay *r, const char *body, struct instant at, struct rejection *ret_why)
{
	struct event event = { 0 };
	struct applied applied = { 0 };
	const struct parsed *json;
	int error;

	if (!r->e.plan)
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "no plan before it can be read");
	json = parser_parse(r->parser, body, strlen(body), ret_why);
	error = json ? (int)event_envelope(json, at, &event, ret_why) : -EIO;
	if (error == 0)
		error = (int)event_data(&event, ret_why);
	if (error == 0)
		error = apply_event(&r->e, &event, at, &applied, ret_why);
	remarks_done(&applied.remarks);
	return error;
}

static int take(void *userdata, const struct logged_event *event)
{
	struct replay *r = userdata;
	struct rejection why;
	int error = pass_time(r, event->received);

	r->after = r->e.replayed = event->seq;
	r->count++;
	if (error < 0)
		return error;
	if (strcmp(event->type, ADOPT_EVENT) == 0) {
		r->text = strdup(event->body);
		r->at = event->received;
		return r->text ? 1 : -ENOMEM; /* the next slices are its own */
	}
	if (strcmp(event->type, ERASED_EVENT) == 0)
		return 0; /* the log is as if it had always been so */
	error = apply(r, event->body, event->received, &why);
	return error > 0 ? r->refused(r->userdata, event->seq, why.reason) : error;
}

struct seen {
	struct instant until;
};

static void note_due(struct seen *seen, struct instant next_at)
{
	if (!instant_is_none(next_at))
		seen->until = instant_min(seen->until, (struct instant){ next_at.us - 1 });
}

static int note_deadline_due(void *userdata, const struct deadline_row *row)
{
	note_due(userdata, row->next_at);
	return 0;
}

static int note_series_due(void *userdata, const struct series_row *row)
{
	note_due(userdata, row->next_at);
	return 0;
}

/* The store's own deadlines have been seen to until the snapshot was taken, or the first that waits. A
 * clock that was set back meanwhile had seen to more: what was noted of it tells. */
static int pass_the_rest(struct replay *r)
{
	char noted[32];
	struct seen seen;
	int error = ledger_meta(r->from, META_LAST_NOW, noted, sizeof(noted));

	seen.until = instant_max(r->taken, (struct instant){ strtoll(noted, NULL, 10) });
	if (error == 0)
		error = ledger_deadlines(r->from, note_deadline_due, &seen);
	if (error == 0)
		error = ledger_each_series(r->from, note_series_due, &seen);
	return error < 0 ? error : pass_time(r, seen.until);
}

/* The next events; at the end of the log, time. */
static int take_events(struct replay *r)
{
	int error;

	r->count = 0;
	error = ledger_log(r->from, r->after, SLICE, take, r);
	if (error == 0 && r->count < SLICE) {
		r->done = true;
		error = pass_the_rest(r);
	}
	return error;
}

int replay_work(struct replay *r, int (*refused)(void *userdata, int64_t seq, const char *why),
		void *userdata)
{
	int error = ledger_begin(r->e.ledger);

	if (error < 0)
		return error;
	r->refused = refused;
	r->userdata = userdata;
	error = r->text ? change_plan(r) : take_events(r);
	if (error < 0) {
		ledger_rollback(r->e.ledger);
		return error;
	}
	error = ledger_commit(r->e.ledger);
	return error < 0 ? error : !r->done;
}
