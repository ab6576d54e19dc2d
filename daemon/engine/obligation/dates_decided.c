/* SPDX-License-Identifier: Apache-2.0 */
/* A date that was decided: an extension, or a return of what was handed in. */
#include "engine/obligation/dates.h"

#include <stdio.h>

#include "engine/ladder/walk.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

/* ---- extending --------------------------------------------------------------------------------- */

/* Does an extension cover it? Also while its measure is done or cancelled: it may be under way again. */
static bool is_unanswered(const struct obligation *o)
{
	return o->phase == PHASE_LIVE || o->withdrawal == WITHDRAWN_MEASURE_CLOSED;
}

static int extend_obligation(struct dating *c, struct obligation *o, const struct dates *dates)
{
	const struct obligation before = *o;
	int r;

	if (!is_unanswered(o))
		return 0;
	r = dates_move(c, o, dates);
	return r < 0 ? r : dates_tell_owner(c, &before, o);
}

/* They have no date of the deadline's any more: what waits to tell them of that is moot. Not to those who hear
 * of all its changes. */
static int leave_whole(struct dating *c, const struct obligation *o, const struct deadline_row *row)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct recipient_list informed = { .count = 0 };
	const struct recipient owes = { .person = walk_owes(c->e->plan, c->d, o) };
	bool concerned = !owes.person;
	char id[RECIPIENT_ID];
	int r = list_of_deadline(c->e->ledger, c->d->id, &all);

	moved_add_informed(&informed, c->e, c->d);
	for (size_t i = 0; !concerned && i < informed.count; i++)
		concerned = recipient_same(informed.list[i], owes);
	for (size_t i = 0; r >= 0 && !concerned && i < all.count; i++)
		concerned = is_unanswered(&all.list[i]) &&
			    civil_equal(all.list[i].papers, row->papers) &&
			    walk_owes(c->e->plan, c->d, &all.list[i]) == owes.person;
	if (r < 0 || concerned)
		return r;
	return outbox_strike(c->e,
			     &(struct strike){ .deadline = c->d->id,
					       .whats = 1U << ITEM_MOVED,
					       .recipient = recipient_id_of(owes, id),
					       .why = "the measure has a date of its own" },
			     c->now);
}

static int extend_one(struct dating *dating, struct measure_id measure,
		      const struct deadline_row *row, const struct dates *dates)
{
	struct date_change *c = &dating->change;
	struct obligation o;
	int r = ledger_obligation_of(dating->e->ledger, dating->d->id, measure, &o);

	if (r < 0)
		return r;
	c->measure = measure;
	c->obligation = o.id;
	c->due_before = o.due;
	c->papers_before = o.papers;
	c->stood_with_whole = civil_equal(o.papers, row->papers) && civil_equal(o.due, row->due);
	r = extend_obligation(dating, &o, dates);
	moved_add_informed(&dating->to, dating->e, dating->d);
	if (r >= 0)
		r = moved_tell(dating->e, &dating->to, c, dating->now);
	return r < 0 || civil_equal(o.papers, row->papers) ? r : leave_whole(dating, &o, row);
}

/* All of a deadline, but for a measure that was given a later date of its own. */
static int extend_all(struct dating *c, const struct deadline_row *row, const struct dates *dates)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_deadline(c->e->ledger, c->d->id, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		struct obligation *o = &all.list[i];

		if (!dates_are_own(o, row, row->papers) ||
		    civil_compare(o->papers, dates->papers) <= 0)
			r = extend_obligation(c, o, dates);
	}
	return r;
}

int dates_extend(struct engine *e, const struct deadline *d, const struct date_extend *given,
		 struct instant now)
{
	const struct date_extension extension = { given->reference, given->reason };
	struct dating dating = { .e = e, .d = d, .now = now, .decided = "extended" };
	struct date_change *c = &dating.change;
	struct deadline_row row;
	struct dates dates;
	int r = ledger_deadline(e->ledger, d->id, &row);

	if (r < 0)
		return r;
	dates = due_extended(e->plan, d, row.bound, given->due);
	*c = (struct date_change){ .deadline = d->id,
				   .measure = measure_id(""),
				   .due_before = row.due,
				   .papers_before = row.papers,
				   .due = dates.due,
				   .papers = dates.papers,
				   .extension = &extension };
	if (given->measure.text)
		return extend_one(&dating, given->measure, &row, &dates);
	r = extend_all(&dating, &row, &dates);
	if (r < 0)
		return r;
	dates_keep_original(&row.due_original, row.due, dates.due, false);
	dates_keep_original(&row.papers_original, row.papers, dates.papers, false);
	dates_give_row(&row, &dates);
	row.extended = given->due;
	r = ledger_put_deadline(e->ledger, &row);
	moved_add_informed(&dating.to, e, d);
	return r < 0 ? r : moved_tell(e, &dating.to, c, now);
}

/* ---- returning --------------------------------------------------------------------------------- */

/*
 * Open anew when its deadline is returned. Not what left the plan or was superseded by the next occurrence;
 * nor a measure's that is done or cancelled, since nobody is asked for what is closed: its answer
 * stands, or it comes back by the new date when the measure is under way again.
 */
static int reopen(struct dating *c, struct obligation *o, const struct dates *dates,
		  struct instant after)
{
	struct measure_row measure
		__attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };
	int r = o->measure[0] ? ledger_measure(c->e->ledger, measure_id(o->measure), &measure) : 0;
	bool closed = measure_is_closed(&measure);

	if (r < 0 || o->withdrawal == WITHDRAWN_REMOVED || o->withdrawal == WITHDRAWN_SUPERSEDED ||
	    (closed && o->phase == PHASE_ANSWERED))
		return r;
	if (o->promised)
		r = ledger_drop_promises(c->e->ledger, o->id);
	if (r < 0)
		return r;
	r = outbox_strike(c->e,
			  &(struct strike){ o->id, c->d->id, 1U << ITEM_MOVED,
					    .why = "it was returned after that" },
			  c->now);
	if (r < 0)
		return r;
	obligation_reopen(o, after, closed, c->now);
	if (o->measure[0])
		snprintf(o->owner, sizeof(o->owner), "%s", measure.owner);
	if (!closed)
		moved_add_owner(&c->to, c->e, c->d, o);
	return dates_move(c, o, dates);
}

int dates_return(struct engine *e, const struct deadline *d, struct deadline_row *row,
		 const struct date_return *given, struct instant now)
{
	struct dating dating = { .e = e, .d = d, .now = now, .decided = "returned" };
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct date_change c = { .due_before = row->due,
				 .papers_before = row->papers,
				 .by = given->by };
	struct dates dates;
	int r;

	deadline_return(row);
	if (d->series && instant_is_none(row->opened_at))
		deadline_open_window(row, now);
	r = dates_bind(e, d, row, now);
	if (r < 0)
		return r;
	dates = due_extended(e->plan, d, row->bound, given->due);
	r = list_of_deadline(e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = reopen(&dating, &all.list[i], &dates, given->after);
	if (r < 0)
		return r;
	dates_keep_original(&row->due_original, row->due, dates.due, false);
	dates_keep_original(&row->papers_original, row->papers, dates.papers, false);
	dates_give_row(row, &dates);
	row->extended = given->due;
	r = ledger_put_deadline(e->ledger, row);
	moved_add_informed(&dating.to, e, d);
	return r < 0 ? r : moved_tell_returned(e, &dating.to, row, &c, now);
}
