/* SPDX-License-Identifier: Apache-2.0 */
/* A body of a chain has decided, and the matter goes on to the next one. */
#include "engine/obligation/dates.h"

#include "engine/obligation/chain.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

/* The deliverable is owed again, from the next body's papers date on. */
static int begin_round(struct engine *e, struct obligation *o, struct instant now)
{
	int r = o->promised ? ledger_drop_promises(e->ledger, o->id) : 0;

	if (r < 0)
		return r;
	obligation_reopen(o, INSTANT_NONE, false, now);
	return dates_new_round(e, o, "a body of the chain has decided: the ladder begins anew",
			       now);
}

/* What a measure was asked for has served: the rest is the responsible's. */
static void leave_to_responsible(struct obligation *o)
{
	if (o->withdrawal == WITHDRAWN_MEASURE_CLOSED)
		obligation_withdraw(o, WITHDRAWN_SUBMITTED);
}

static int pass_obligation(struct engine *e, const struct deadline *d, const struct dates *dates,
			   struct obligation *o, struct instant now)
{
	int r = 0;

	if (o->withdrawal == WITHDRAWN_REMOVED || o->withdrawal == WITHDRAWN_SUPERSEDED)
		return 0;
	if (o->measure[0])
		leave_to_responsible(o);
	else
		r = begin_round(e, o, now);
	o->papers_original = CIVIL_NONE;
	o->extended = false;
	dates_give(e->plan, d, dates, now, o);
	return r < 0 ? r : ledger_put_obligation(e->ledger, o);
}

/* A date that was decided was for the round that is over, unless it is later than the next papers. */
static void end_extension(struct engine *e, const struct deadline *d, struct deadline_row *row)
{
	struct deadline_row without = *row;

	without.extended = CIVIL_NONE;
	if (!civil_is_none(row->extended) &&
	    civil_compare(deadline_dates(e->plan, d, row).papers,
			  deadline_dates(e->plan, d, &without).papers) <= 0)
		row->extended = CIVIL_NONE;
}

int dates_pass(struct engine *e, const struct deadline *d, struct deadline_row *row, int64_t seq,
	       struct instant now)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct dates dates;
	int r;

	deadline_pass(row, seq);
	r = dates_bind(e, d, row, now);
	if (r < 0)
		return r;
	end_extension(e, d, row);
	dates = deadline_dates(e->plan, d, row);
	dates_give_row(e->plan, d, row, &dates, now);
	row->papers_original = CIVIL_NONE;
	r = list_of_deadline(e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = pass_obligation(e, d, &dates, &all.list[i], now);
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}
