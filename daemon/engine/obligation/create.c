/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deadline is its row and its obligations: one for each measure it asks and one, without a measure,
 * for its own deliverable. What the plan asks and what the ledger has are compared one by one; what
 * has gone from the plan and comes back goes on in a new round.
 */
#include "engine/obligation/create.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/obligation/dates.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/owner.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "plan/ladder.h"

#define MADE_AT_ONCE 500 /* obligations, a few milliseconds */

/* ---- owners ------------------------------------------------------------------------------------ */

int owners_new(struct owners *ret, const struct plan *plan)
{
	struct owners owners = { calloc(plan->measure_count + 1, sizeof(*owners.ids)),
				 calloc(plan->measure_count + 1, sizeof(*owners.closed)) };

	if (!owners.ids || !owners.closed) {
		owners_done(&owners);
		return -ENOMEM;
	}
	*ret = owners;
	return 0;
}

void owners_done(struct owners *owners)
{
	free(owners->ids);
	free(owners->closed);
}

void owners_set(struct owners *owners, const struct plan *plan, const struct measure *m,
		const struct measure_row *row)
{
	const size_t i = (size_t)(m - plan->measures);

	snprintf(owners->ids[i], sizeof(owners->ids[i]), "%s", row->owner);
	owners->closed[i] = measure_is_closed(row);
}

int owners_read(struct owners *owners, struct engine *e, const struct deadline *d)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < d->measure_count; i++) {
		struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };

		r = ledger_measure(e->ledger, d->measures[i]->id, &row);
		if (r >= 0)
			owners_set(owners, e->plan, d->measures[i], &row);
	}
	return r;
}

/* ---- obligations ------------------------------------------------------------------------------- */

struct creation creation_of(const struct plan *plan, const struct deadline *d,
			    const struct deadline_row *row)
{
	struct creation b = { .d = d, .row = row };
	struct firing firings[LADDER_FIRINGS_MAX];

	b.dates = deadline_dates(plan, d, row);
	b.opens_at = due_opens(plan, d, &b.dates);
	b.first = INSTANT_NONE;
	if (ladder_firings(plan, d->ladder, b.dates.base, firings) > 0)
		b.first = firings[0].open;
	return b;
}

/* Why an obligation of it is born withdrawn, if it is. */
static enum withdrawal initial_withdrawal(const struct deadline_row *row, bool measure_closed)
{
	enum withdrawal withdrawal = deadline_withdrawal(row);

	if (withdrawal != WITHDRAWN_NOT)
		return withdrawal;
	return measure_closed ? WITHDRAWN_MEASURE_CLOSED : WITHDRAWN_NOT;
}

/* After the deadline was returned only statuses with a later time count. */
static struct instant answers_after(const struct deadline_row *row)
{
	return row->outcome == OUTCOME_RETURNED ? row->outcome_at : INSTANT_NONE;
}

struct obligation creation_obligation(const struct plan *plan, const struct creation *b,
				      struct measure_id measure, struct person_id owner,
				      struct instant now)
{
	struct obligation o = obligation_new(b->d->id, measure, owner, now);

	dates_give(plan, b->d, &b->dates, now, &o);
	o.opens_at = b->opens_at;
	o.answers_after = answers_after(b->row);
	obligation_open(&o, b->first, now);
	return o;
}

static int bear(struct making *f, struct measure_id measure, struct person_id owner,
		bool measure_closed)
{
	struct obligation o = creation_obligation(f->e->plan, f->b, measure, owner, f->now);
	enum withdrawal withdrawal = initial_withdrawal(f->b->row, measure_closed);

	if (withdrawal != WITHDRAWN_NOT)
		obligation_withdraw(&o, withdrawal);
	f->tally->added++;
	return ledger_put_obligation(f->e->ledger, &o);
}

int obligations_withdraw_one(struct engine *e, struct obligation *o,
			     const struct end_of_obligations *end, struct create_count *tally)
{
	int r = outbox_strike(
		e, &(struct strike){ o->id, deadline_id(o->deadline), ~0U, .why = end->why },
		end->now);

	if (r < 0 || o->phase != PHASE_LIVE)
		return r;
	obligation_withdraw(o, end->withdrawal);
	tally->withdrawn++;
	tally->superseded += end->withdrawal == WITHDRAWN_SUPERSEDED;
	return ledger_put_obligation(e->ledger, o);
}

int obligations_withdraw_all(struct engine *e, struct deadline_id deadline,
			     const struct end_of_obligations *end, struct create_count *tally)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_deadline(e->ledger, deadline, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = obligations_withdraw_one(e, &all.list[i], end, tally);
	return r < 0 ? r
		     : outbox_strike(e,
				     &(struct strike){
					     .deadline = deadline, .whats = ~0U, .why = end->why },
				     end->now);
}

/* What left the plan is in it again: in a new round, unless there is nothing to ask for. */
static void put_back(struct making *f, struct obligation *o, bool measure_closed)
{
	const struct creation *b = f->b;
	enum withdrawal withdrawal = initial_withdrawal(b->row, measure_closed);

	if (withdrawal == WITHDRAWN_NOT)
		obligation_restore(o, f->now);
	else
		obligation_withdraw(o, withdrawal);
	obligation_renew_round(o, f->now);
	dates_give(f->e->plan, b->d, &b->dates, f->now, o);
	o->answers_after = answers_after(b->row);
}

/* An obligation that is still wanted: its owner, its steps, or its return. */
static int keep(struct making *f, struct obligation *o, struct person_id owner, bool measure_closed)
{
	const struct creation *b = f->b;
	bool changed = false;

	/* A measure's has gone over already, with its measure. */
	if (!o->measure[0] && o->phase != PHASE_ANSWERED && strcmp(o->owner, owner.text) != 0) {
		int r = owner_give_deliverable(f->e, o, owner, f->now);

		if (r < 0)
			return r;
	}
	if (o->withdrawal == WITHDRAWN_REMOVED) {
		put_back(f, o, measure_closed);
		f->tally->added += o->phase == PHASE_LIVE;
		if (o->measure[0] && strcmp(o->owner, owner.text) != 0)
			return owner_take_over(f->e, o, owner, f->now);
		changed = true;
	} else if (b->new_steps && o->phase == PHASE_LIVE) {
		if (instant_compare(o->opens_at, f->now) > 0)
			o->opens_at = b->opens_at;
		obligation_look_again(o, f->now);
		changed = true;
	}
	return changed ? ledger_put_obligation(f->e->ledger, o) : 0;
}

/* One of those there are. */
static int look_at_present(struct making *f, struct obligation *o)
{
	const struct plan *plan = f->e->plan;
	const struct deadline *d = f->b->d;
	const struct measure *m = plan_measure(plan, measure_id(o->measure));
	const size_t index = m ? (size_t)(m - plan->measures) : 0;

	if (!o->measure[0] && d->responsible) {
		f->has_deliverable = true;
		return keep(f, o, d->responsible->id, false);
	}
	if (m && deadline_asks(d, m)) {
		f->seen[index] = true;
		return keep(f, o, person_id(f->owners->ids[index]), f->owners->closed[index]);
	}
	return obligations_withdraw_one(
		f->e, o,
		&(struct end_of_obligations){ WITHDRAWN_REMOVED, "it left the plan", f->now },
		f->tally);
}

static int bear_missing(struct making *f, size_t i)
{
	const struct deadline *d = f->b->d;
	size_t index;

	if (i == 0)
		return d->responsible && !f->has_deliverable
			       ? bear(f, measure_id(""), d->responsible->id, false)
			       : 0;
	index = (size_t)(d->measures[i - 1] - f->e->plan->measures);
	if (f->seen[index])
		return 0;
	return bear(f, d->measures[i - 1]->id, person_id(f->owners->ids[index]),
		    f->owners->closed[index]);
}

int making_begin(struct making *f)
{
	f->seen = calloc(f->e->plan->measure_count + 1, sizeof(*f->seen));
	return f->seen ? list_of_deadline(f->e->ledger, f->b->d->id, &f->present) : -ENOMEM;
}

/* Those there are come first, then the deliverable and the measures that are missing. */
int making_work(struct making *f)
{
	const size_t present = f->present.count, count = present + 1 + f->b->d->measure_count;
	const size_t end = f->at + MADE_AT_ONCE;
	int r = 0;

	for (; r >= 0 && f->at < count && f->at < end; f->at++)
		r = f->at < present ? look_at_present(f, &f->present.list[f->at])
				    : bear_missing(f, f->at - present);
	return r < 0 ? r : f->at < count;
}

void making_done(struct making *f)
{
	obligations_done(&f->present);
	free(f->seen);
	*f = (struct making){ NULL };
}

int obligations_create(struct engine *e, const struct creation *b, const struct owners *owners,
		       struct instant now, struct create_count *tally)
{
	struct making f = { e, b, owners, now, tally };
	int r = making_begin(&f);

	if (r >= 0)
		while ((r = making_work(&f)) > 0)
			;
	making_done(&f);
	return r;
}
