/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	trial begins ─▶ apply_event ─▶ what has changed ─▶ forecast ─▶ trial ends ─▶ forecast ─▶ the difference
 *
 * The trial takes back whatever was written, and drops what is kept in memory: the working set, absences, facts,
 * occurrences that the plan has come to know. Nothing else is told of an event before its turn has committed.
 */
#include "engine/consequences.h"

#include <errno.h>

#include "engine/apply.h"
#include "engine/consequences/internal.h"

/* An event on trial. */
struct trial {
	const struct event *event;
	struct instant now;
	struct touched touched;
	json_t *row;		/* that is being told */
	json_t *before, *after; /* forecasts */
};

static void trial_done(struct trial *t)
{
	touched_done(&t->touched);
	json_decref(t->row);
	json_decref(t->before);
	json_decref(t->after);
}

static int add_remarks(json_t *row, struct remarks *remarks)
{
	json_t *json = answer_remarks(remarks);

	remarks_done(remarks);
	return json_object_set_new(row, "remarks", json) < 0 ? -ENOMEM : 0;
}

/* It has been applied: what of it is seen now. */
static int look(struct engine *e, struct trial *t)
{
	int r = touched_gather(e, t->event, t->now, &t->touched);

	if (r == 0)
		r = changes_tell(e, &t->touched, t->row);
	return r < 0 ? r : foresee(e, &t->touched, t->now, &t->after);
}

static int try(struct engine *e, struct trial *t, struct rejection *ret_why)
{
	struct applied applied = { 0 };
	/* Ladders' marks are most of what moves with a date, and are told of by the forecasts. */
	int r = ledger_journal_open(e->ledger, &mark_type), ended;

	if (r == 0)
		r = ledger_trial_begin(e->ledger);
	if (r < 0)
		return r;
	plan_trial_begin(e->plan);
	r = apply_event(e, t->event, t->now, &applied, ret_why);
	if (r == 0)
		r = add_remarks(t->row, &applied.remarks);
	if (r == 0)
		r = look(e, t);
	ended = ledger_trial_end(e->ledger);
	plan_trial_end(e->plan);
	return ended < 0 ? ended : r;
}

int consequences_of(struct engine *e, const struct event *event, struct instant now, json_t **ret,
		    struct rejection *ret_why)
{
	struct trial t __attribute__((
		cleanup(trial_done))) = { .event = event, .now = now, .row = json_object() };
	int r = t.row ? try(e, &t, ret_why) : -ENOMEM;

	if (r == 0)
		r = foresee(e, &t.touched, now, &t.before);
	ledger_journal_close(e->ledger);
	if (r == 0)
		r = differences_tell(t.before, t.after, t.row);
	if (r == 0)
		*ret = json_incref(t.row);
	return r;
}
