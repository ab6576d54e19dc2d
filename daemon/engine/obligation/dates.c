/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deadline's row says where it stands; its obligations carry copies, since an extension may be one
 * owner's alone. Whatever changes a date goes through dates_move(): the old date stays visible, a date at
 * least five working days later (or an extension) begins a new round, and the obligation is put up
 * for a look at once. A provisional date that becomes a meeting's is not remembered as original; one
 * that a decision changes is.
 */
#include "engine/obligation/dates.h"

#include <errno.h>
#include <stdio.h>

#include "base/zone.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/freeze_time.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/known_meetings.h"
#include "engine/obligation/moved.h"
#include "engine/obligation/series.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

#define NEW_ROUND_WORKDAYS \
	5 /* paminn-rules(7), Steps: moved so much later, the ladder begins anew */

/* ---- binding ----------------------------------------------------------------------------------- */

int dates_bind_meeting(struct engine *e, const struct deadline *d, struct civil_date from,
		       struct instant now, struct civil_date *bound)
{
	struct known_meetings known;
	struct binding binding;
	int r = 0;

	known.count = 0;
	if (d->series)
		r = civil_is_none(*bound)
			    ? series_free_meetings(e, d, known.list, KNOWN_MAX, &known.count)
			    : 0;
	else
		r = known_meetings_load(e->ledger, d->due.body->id, from, &known);
	if (r < 0)
		return r;
	binding = (struct binding){ known.list, known.count, *bound, zone_date(now) };
	*bound = due_bind(e->plan, d, &binding);
	return 0;
}

/* What the plan says keeps its meeting while another one is in force: should that end, and in a series. */
static int bind_in_plan(struct engine *e, const struct deadline *d, struct deadline_row *row,
			struct instant now)
{
	int r = 0;

	if (!row->extended_to[0] || d->due.kind != DUE_MEETING)
		return 0;
	r = series_follow(e, d->due.body->id, &row->bound_in_plan);
	return r < 0 ? r : dates_bind_meeting(e, d, CIVIL_NONE, now, &row->bound_in_plan);
}

/* Bind what is in force. */
static int bind_in_force(struct engine *e, const struct deadline *d, struct deadline_row *row,
			 struct instant now)
{
	const struct civil_date from = row->extended_to[0] ? zone_date(now) : CIVIL_NONE;
	int r;

	if (d->due.kind != DUE_MEETING)
		return 0;
	r = series_follow(e, d->due.body->id, &row->bound);
	if (r >= 0 && civil_is_none(row->bound) && !instant_is_none(row->unbound_at))
		return 0; /* its month ended without a meeting: it stays where it is */
	if (r >= 0)
		r = dates_bind_meeting(e, d, from, now, &row->bound);
	if (r >= 0 && civil_is_none(row->bound))
		deadline_look_at(row, due_month_over(d));
	return r;
}

int dates_bind(struct engine *e, const struct deadline *d, struct deadline_row *row,
	       struct instant now)
{
	const struct deadline in_force = deadline_in_force(e->plan, d, row);
	int r = bind_in_plan(e, d, row, now);

	deadline_look_at(row, INSTANT_NONE);
	if (r >= 0)
		r = bind_in_force(e, &in_force, row, now);
	return r < 0 ? r : chain_bind(e, &in_force, row, now);
}

/* ---- moving ------------------------------------------------------------------------------------ */

void dates_keep_original(struct civil_date *original, struct civil_date before,
			 struct civil_date after, bool was_provisional)
{
	if (civil_is_none(*original) && !civil_equal(before, after) && !was_provisional)
		*original = before;
	else if (civil_equal(*original, after))
		*original = CIVIL_NONE;
}

static bool differs(const struct obligation *o, const struct dates *dates)
{
	return !civil_equal(o->due, dates->due) || !civil_equal(o->papers, dates->papers) ||
	       !civil_equal(o->base, dates->base) || !civil_equal(o->practical, dates->practical) ||
	       o->late_at.us != dates->late_at.us || o->provisional != dates->provisional;
}

void dates_give(const struct plan *plan, const struct deadline *d, const struct dates *dates,
		struct instant now, struct obligation *o)
{
	if (differs(o, dates))
		obligation_revise(o);
	o->due = dates->due;
	o->papers = dates->papers;
	o->practical = dates->practical;
	o->base = dates->base;
	o->late_at = dates->late_at;
	o->provisional = dates->provisional;
	if (instant_compare(o->opens_at, now) > 0)
		o->opens_at = due_opens(plan, d, dates);
}

void dates_give_row(const struct plan *plan, const struct deadline *d, struct deadline_row *row,
		    const struct dates *dates, struct instant now)
{
	const bool changed =
		!civil_equal(row->due, dates->due) || !civil_equal(row->papers, dates->papers);

	row->sequence += changed && !civil_is_none(row->due);
	freeze_look(plan, d, row, dates, now);
	row->due = dates->due;
	row->papers = dates->papers;
}

struct closing {
	struct ledger_sink out;
	const struct obligation *o;
};

static int record_rest(void *userdata, const struct decision_record *record)
{
	struct closing *c = userdata;

	return walk_from_ledger_record(&c->out, c->o, record);
}

/* What the round would still have done is done no more: `why` tells of it, and nobody else reads it. */
static int record_end(struct engine *e, struct obligation *o, const char *why, struct instant now)
{
	struct closing closing = { .o = o };
	struct walk *w;
	int r = walk_from_ledger_new(e, now, &w);

	if (r < 0)
		return r;
	closing.out = ledger_sink_with(e, walk_absences(w), now);
	r = walk_from_ledger_begin(e, w, o);
	if (r == 0)
		r = walk_rest(w, DECISION_SUPPRESSED, why, record_rest, &closing);
	walk_free(w);
	return r < 0 ? r : 0;
}

int dates_new_round(struct engine *e, struct obligation *o, const char *why, struct instant now)
{
	/* Ten rows for each of thousands, which a trial would only take back. */
	int r = ledger_is_on_trial(e->ledger) ? 0 : record_end(e, o, why, now);

	if (r < 0)
		return r;
	r = outbox_strike(e,
			  &(struct strike){ o->id, deadline_id(o->deadline),
					    1U << ITEM_OWED | 1U << ITEM_ESCALATED, .why = why },
			  now);
	obligation_renew_round(o, now);
	return r;
}

/* The date an obligation stands at, before it was rounded: between base and papers, if they differ. */
static struct civil_date stated(const struct obligation *o)
{
	return civil_equal(o->base, o->papers) ? o->papers : civil_add(o->base, 1);
}

bool dates_are_own(const struct obligation *o, const struct deadline_row *row,
		   struct civil_date papers)
{
	return o->extended && (!deadline_is_extended(row) || !civil_equal(o->papers, papers));
}

int dates_move(struct dating *c, struct obligation *o, const struct dates *dates)
{
	const struct plan *plan = c->e->plan;
	const char *decided = c->decided;
	int later = calendar_workdays(plan->calendar, o->papers, dates->papers);
	struct instant first = ladder_first(plan, c->d->ladder, o->base);
	bool running = o->phase == PHASE_LIVE &&
		       instant_compare(instant_min(o->opens_at, first), c->now) <= 0;
	bool expected = o->provisional && !decided; /* to move when the meeting is known */
	char why[160], before[CIVIL_TEXT], after[CIVIL_TEXT];
	int r = 0;

	if (o->phase == PHASE_LIVE && (decided || (running && later >= NEW_ROUND_WORKDAYS))) {
		snprintf(why, sizeof(why), "the date was %s from %s to %s: the ladder begins anew",
			 decided ? decided : "moved", civil_format(o->papers, before),
			 civil_format(dates->papers, after));
		r = dates_new_round(c->e, o, why, c->now);
	} else if (decided) {
		obligation_renew_round(o, c->now); /* should it come back */
	}
	dates_keep_original(&o->due_original, o->due, dates->due, expected);
	dates_keep_original(&o->papers_original, o->papers, dates->papers, expected);
	dates_give(plan, c->d, dates, c->now, o);
	o->extended |= decided != NULL;
	obligation_look_again(o, c->now);
	return r < 0 ? r : ledger_put_obligation(c->e->ledger, o);
}

/* ---- refreshing -------------------------------------------------------------------------------- */

int dates_tell_owner(struct dating *c, const struct obligation *before, const struct obligation *o)
{
	const struct date_change *whole = &c->change;
	const struct date_change own = {
		.deadline = c->d->id,
		.measure = measure_id(o->measure),
		.obligation = o->id,
		.due_before = before->due,
		.papers_before = before->papers,
		.due = o->due,
		.papers = o->papers,
		.provisional_before = before->provisional,
		.provisional = o->provisional,
		.stood_with_whole = civil_equal(before->papers, whole->papers_before) &&
				    civil_equal(before->due, whole->due_before),
		.extension = whole->extension,
	};
	bool queued = false;
	int r = 0;

	if (before->phase != PHASE_LIVE || instant_compare(before->opens_at, c->now) > 0)
		return 0;
	if (!whole->obligation.n)
		r = moved_is_queued(c->e, o, &queued);
	if (r >= 0 && !queued && own.stood_with_whole && civil_equal(o->papers, whole->papers) &&
	    civil_equal(o->due, whole->due)) {
		moved_add_owner(&c->to, c->e, c->d, o);
		return 0;
	}
	return r < 0 ? r : moved_tell_own(c->e, &own, o, c->now);
}

/* *moved: as dates_refresh has it. */
static int refresh_obligation(struct dating *c, const struct deadline_row *row,
			      const struct dates *dates, struct obligation *o, size_t *moved)
{
	struct own_meeting *m = own_meetings_find(&c->own, o);
	const struct obligation before = *o;
	struct dates own = *dates;
	int r;

	if (o->withdrawal == WITHDRAWN_REMOVED)
		return 0;
	c->change.provisional_before = o->provisional;
	r = m ? own_meeting_follow(c->e, c->d, m, c->now, &own) : 0;
	if (r < 0)
		return r;
	if (r == 0 && dates_are_own(o, row, c->change.papers_before))
		own = deadline_dates_on(c->e->plan, c->d, row, stated(o));
	if (!differs(o, &own))
		return 0;
	r = dates_move(c, o, &own);
	if (r < 0 || !moved)
		return r;
	++*moved;
	return dates_tell_owner(c, &before, o);
}

static int tell_moved(struct dating *c, const struct obligations *all)
{
	int r;

	moved_add_informed(&c->to, c->e, c->d);
	r = moved_leave_out_reminded(c->e, all, &c->change, c->now, &c->to);
	return r < 0 ? r : moved_tell(c->e, &c->to, &c->change, c->now);
}

int dates_refresh(struct engine *e, const struct deadline *d, struct deadline_row *row,
		  struct instant now, size_t *moved)
{
	struct dating dating = {
		.e = e,
		.d = d,
		.now = now,
		.change = { .deadline = d->id,
			    .measure = measure_id(""),
			    .due_before = row->due,
			    .papers_before = row->papers },
	};
	struct date_change *c = &dating.change;
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct chain chain;
	struct dates dates;
	bool changed;
	int r = chain_load(e->ledger, d, &chain);

	chain.due = row->due;
	if (r >= 0)
		r = dates_bind(e, d, row, now);
	if (r < 0)
		return r;
	dates = deadline_dates(e->plan, d, row);
	dates_give_row(e->plan, d, row, &dates, now);
	c->due = dates.due;
	c->papers = dates.papers;
	c->provisional = dates.provisional;
	changed = !civil_equal(c->due_before, c->due) || !civil_equal(c->papers_before, c->papers);
	r = own_meetings_of(e->ledger, d->id, &dating.own);
	if (r >= 0)
		r = list_of_deadline(e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = refresh_obligation(&dating, row, &dates, &all.list[i], moved);
	if (changed && moved) {
		dates_keep_original(&row->due_original, c->due_before, c->due,
				    c->provisional_before);
		dates_keep_original(&row->papers_original, c->papers_before, c->papers,
				    c->provisional_before);
	}
	if (r >= 0 && changed && moved && !deadline_is_closed(row))
		r = tell_moved(&dating, &all);
	if (r >= 0 && moved && d->via_count)
		r = chain_tell_disorder(e, d, row, &chain, now);
	own_meetings_look(e->plan, d, &dating.own, row);
	own_meetings_done(&dating.own);
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}
