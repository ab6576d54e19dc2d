/* SPDX-License-Identifier: Apache-2.0 */
/* A date that was decided: an extension, or a return of what was handed in. */
#include "engine/obligation/dates.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"

#include "engine/ladder/walk.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

/* Whose meeting it was for is told where that is another body's now. */
static void note_body(struct dating *c, const struct deadline *before, const struct deadline *after)
{
	const struct body *was = before->due.kind == DUE_MEETING ? before->due.body : NULL;
	const struct body *is = after->due.kind == DUE_MEETING ? after->due.body : NULL;

	if (was != is)
		c->change.body_before = was ? was->name : "";
}

/* From now on the whole is due on a date, or at a meeting: bound, if that is known. */
static int decide(struct dating *c, const struct event_due *due, struct deadline_row *row,
		  struct dates *ret)
{
	const struct deadline before = deadline_in_force(c->e->plan, c->d, row);
	struct deadline after;
	char meeting[EVENT_DUE_TEXT];
	int r;

	if (event_due_is_meeting(due))
		deadline_extend_to(row, event_due_format(due, meeting));
	else
		deadline_extend_on(row, due->date);
	r = dates_bind(c->e, c->d, row, c->now);
	*ret = deadline_dates(c->e->plan, c->d, row);
	after = deadline_in_force(c->e->plan, c->d, row);
	note_body(c, &before, &after);
	return r;
}

/* What was decided is what the row says. */
static void stand(const struct dating *c, struct deadline_row *row, const struct dates *dates)
{
	dates_keep_original(&row->due_original, row->due, dates->due, false);
	dates_keep_original(&row->papers_original, row->papers, dates->papers, false);
	dates_give_row(c->e->plan, c->d, row, dates, c->now);
}

/* Which dates there are after an extension. A date that was decided is not told as provisional, whatever meeting
 * it is for; a meeting that is not known is. */
static void note_after(struct dating *c, const struct date_extend *given, const struct dates *dates,
		       bool provisional_before)
{
	const bool meeting = event_due_is_meeting(&given->due);

	c->change.due = dates->due;
	c->change.papers = dates->papers;
	c->change.provisional_before = meeting && provisional_before;
	c->change.provisional = meeting && dates->provisional;
}

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

/* A date of its own, or a meeting, which it follows. */
static int give_own(struct dating *c, const struct obligation *o, const struct date_extend *given,
		    const struct deadline_row *row, struct dates *ret)
{
	int r = own_meeting_end(c->e, o);

	if (r >= 0 && event_due_is_meeting(&given->due))
		return own_meeting_begin(c->e, c->d, given, c->now, ret);
	*ret = deadline_dates_on(c->e->plan, c->d, row, given->due.date);
	return r;
}

/* When its month ends without that meeting, its deadline is looked at. */
static int look_at_own(struct dating *c, struct deadline_row *row)
{
	int r = own_meetings_of(c->e->ledger, c->d->id, &c->own);

	own_meetings_look(c->e->plan, c->d, &c->own, row);
	own_meetings_done(&c->own);
	return r < 0 ? r : ledger_put_deadline(c->e->ledger, row);
}

static int extend_one(struct dating *dating, const struct date_extend *given,
		      struct deadline_row *row)
{
	struct date_change *c = &dating->change;
	struct obligation_due was, is;
	struct dates dates;
	struct obligation o;
	int r = ledger_obligation_of(dating->e->ledger, dating->d->id, given->measure, &o);

	if (r >= 0)
		r = obligation_due_find(dating->e, dating->d, row, &o, &was);
	if (r >= 0)
		r = give_own(dating, &o, given, row, &dates);
	o.extended = true;
	if (r >= 0)
		r = obligation_due_find(dating->e, dating->d, row, &o, &is);
	if (r < 0)
		return r;
	note_body(dating, &was.deadline, &is.deadline);
	c->measure = given->measure;
	c->obligation = o.id;
	c->due_before = o.due;
	c->papers_before = o.papers;
	c->stood_with_whole = civil_equal(o.papers, row->papers) && civil_equal(o.due, row->due);
	note_after(dating, given, &dates, o.provisional);
	if (is_unanswered(&o))
		r = extend_obligation(dating, &o, &dates);
	moved_add_informed(&dating->to, dating->e, dating->d);
	if (r >= 0)
		r = moved_tell(dating->e, &dating->to, c, dating->now);
	if (r >= 0 && !civil_equal(o.papers, row->papers))
		r = leave_whole(dating, &o, row);
	return r < 0 ? r : look_at_own(dating, row);
}

/* All of a deadline, but for a measure that was given a later date of its own. */
static int extend_all(struct dating *c, const struct deadline_row *row, const struct dates *dates)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_deadline(c->e->ledger, c->d->id, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		struct obligation *o = &all.list[i];

		if (!is_unanswered(o) || (dates_are_own(o, row, row->papers) &&
					  civil_compare(o->papers, dates->papers) > 0))
			continue;
		r = own_meeting_end(c->e, o);
		if (r >= 0)
			r = extend_obligation(c, o, dates);
	}
	return r;
}

/* What it is bound to already, if that is the meeting that is named: the one that they have, wherever it was moved. */
static int find_standing(struct engine *e, const struct deadline *d, const struct date_extend *at,
			 const struct deadline_row *row, struct civil_date *bound)
{
	struct own_meeting own = { .due = "" };
	char meeting[EVENT_DUE_TEXT];
	bool found;
	int r = 0;

	event_due_format(&at->due, meeting);
	if (at->measure.text)
		r = ledger_find_own_meeting(e->ledger, d->id, at->measure, &own, &found);
	if (strcmp(own.due, meeting) == 0)
		*bound = own.bound;
	else if (!at->measure.text && strcmp(row->extended_to, meeting) == 0)
		*bound = row->bound;
	return r;
}

int dates_would_be(struct engine *e, const struct deadline *d, const struct date_extend *at,
		   struct instant now, struct dates *ret)
{
	struct civil_date bound = CIVIL_NONE;
	struct deadline meeting;
	struct deadline_row row;
	int r = ledger_deadline(e->ledger, d->id, &row);

	if (r < 0)
		return r;
	if (!event_due_is_meeting(&at->due)) {
		*ret = deadline_dates_on(e->plan, d, &row, at->due.date);
		return 0;
	}
	meeting = deadline_at_meeting(d, plan_body(e->plan, body_id(at->due.body)), at->due.year,
				      at->due.month);
	r = find_standing(e, d, at, &row, &bound);
	if (r >= 0)
		r = dates_bind_meeting(e, &meeting, zone_date(now), now, &bound);
	/* One measure's answer is for that meeting alone; the whole passes its bodies on the way to it. */
	if (r >= 0 && !at->measure.text)
		r = chain_count_elsewhere(e, &meeting, bound, now);
	*ret = due_dates(e->plan, &meeting, bound);
	return r;
}

int dates_extend(struct engine *e, const struct deadline *d, const struct date_extend *given,
		 struct instant now)
{
	const struct date_extension extension = { given->reference, given->reason };
	struct dating dating = { .e = e, .d = d, .now = now, .decided = "extended" };
	struct date_change *c = &dating.change;
	struct deadline_row row, before;
	struct dates dates;
	bool provisional;
	int r = ledger_deadline(e->ledger, d->id, &row);

	if (r < 0)
		return r;
	*c = (struct date_change){ .deadline = d->id,
				   .measure = measure_id(""),
				   .due_before = row.due,
				   .papers_before = row.papers,
				   .extension = &extension };
	if (given->measure.text)
		return extend_one(&dating, given, &row);
	before = row;
	provisional = deadline_dates(e->plan, d, &row).provisional;
	r = decide(&dating, &given->due, &row, &dates);
	note_after(&dating, given, &dates, provisional);
	if (r >= 0)
		r = extend_all(&dating, &before, &dates);
	if (r < 0)
		return r;
	stand(&dating, &row, &dates);
	r = look_at_own(&dating, &row);
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
	r = own_meeting_end(c->e, o);
	if (r >= 0 && o->promised)
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
	struct date_change *c = &dating.change;
	struct dates dates;
	int r;

	*c = (struct date_change){ .due_before = row->due,
				   .papers_before = row->papers,
				   .by = given->by };

	deadline_return(row);
	if (d->series && instant_is_none(row->opened_at))
		deadline_open_window(row, now);
	r = decide(&dating, &given->due, row, &dates);
	if (r >= 0)
		r = list_of_deadline(e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = reopen(&dating, &all.list[i], &dates, given->after);
	if (r < 0)
		return r;
	stand(&dating, row, &dates);
	r = look_at_own(&dating, row);
	moved_add_informed(&dating.to, e, d);
	return r < 0 ? r : moved_tell_returned(e, &dating.to, row, c, now);
}
