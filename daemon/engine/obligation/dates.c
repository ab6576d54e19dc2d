/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deadline's row says where it stands; its obligations carry copies, since an extension may be one
 * owner's alone. Whatever changes a date goes through move(): the old date stays visible, a date at
 * least five working days later (or an extension) begins a new round, and the obligation is put up
 * for a look at once. A provisional date that becomes a meeting's is not remembered as original; one
 * that a decision changes is.
 */
#include "engine/obligation/dates.h"

#include <errno.h>
#include <stdio.h>

#include "base/zone.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/moved.h"
#include "engine/obligation/series.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

#define NEW_ROUND_WORKDAYS \
	5	      /* paminn-rules(7), Steps: moved so much later, the ladder begins anew */
#define KNOWN_MAX 512 /* meetings of one body; later ones than these are not looked at */

/* ---- binding ----------------------------------------------------------------------------------- */

struct known {
	struct known_meeting list[KNOWN_MAX];
	size_t count;
};

static int add_known(void *userdata, const struct meeting_row *m)
{
	struct known *known = userdata;

	if (m->state == MEETING_KNOWN && known->count < KNOWN_MAX)
		known->list[known->count++].from = m->from;
	return 0;
}

static int bind(struct engine *e, const struct deadline *d, struct deadline_row *row,
		struct instant now)
{
	struct known known = { .count = 0 };
	int r;

	deadline_look_at(row, INSTANT_NONE);
	if (d->due.kind != DUE_MEETING)
		return 0;
	r = series_follow(e, d->due.body->id, &row->bound);
	if (r >= 0 && civil_is_none(row->bound) && !instant_is_none(row->unbound_at))
		return 0; /* its month ended without a meeting: it stays where it is */
	if (r >= 0 && d->series)
		r = civil_is_none(row->bound)
			    ? series_free_meetings(e, d, known.list, KNOWN_MAX, &known.count)
			    : 0;
	else if (r >= 0)
		r = ledger_meetings(e->ledger, d->due.body->id, add_known, &known);
	if (r < 0)
		return r;
	row->bound =
		due_bind(e->plan, d,
			 &(struct binding){ known.list, known.count, row->bound, zone_date(now) });
	if (civil_is_none(row->bound))
		deadline_look_at(row, due_month_over(d));
	return 0;
}

/* ---- moving ------------------------------------------------------------------------------------ */

/* An old date stays visible until the new one is the same again. */
static void keep_original(struct civil_date *original, struct civil_date before,
			  struct civil_date after, bool was_provisional)
{
	if (civil_is_none(*original) && !civil_equal(before, after) && !was_provisional)
		*original = before;
	else if (civil_equal(*original, after))
		*original = CIVIL_NONE;
}

void dates_give(const struct plan *plan, const struct deadline *d, const struct dates *dates,
		struct instant now, struct obligation *o)
{
	o->due = dates->due;
	o->papers = dates->papers;
	o->practical = dates->practical;
	o->base = dates->base;
	o->late_at = dates->late_at;
	o->provisional = dates->provisional;
	if (instant_compare(o->opens_at, now) > 0)
		o->opens_at = due_opens(plan, d, dates);
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

/* The round ends: what it had not decided is marked, so that `why` can tell. */
static int new_round(struct engine *e, struct obligation *o, const char *why, struct instant now)
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

/* Was it extended on its own? Before its deadline moved from `papers`, it stood where that stood. */
static bool has_own_date(const struct obligation *o, const struct deadline_row *row,
			 struct civil_date papers)
{
	return o->extended && (civil_is_none(row->extended) || !civil_equal(o->papers, papers));
}

static bool differs(const struct obligation *o, const struct dates *dates)
{
	return !civil_equal(o->due, dates->due) || !civil_equal(o->papers, dates->papers) ||
	       !civil_equal(o->base, dates->base) || !civil_equal(o->practical, dates->practical) ||
	       o->late_at.us != dates->late_at.us || o->provisional != dates->provisional;
}

/* A deadline whose dates change, and who is to hear of it. */
struct dating {
	struct engine *e;
	const struct deadline *d;
	struct instant now;
	/* "extended", "returned": a decision, which always begins a new round; NULL: it follows from
	 * something else. */
	const char *decided;
	struct recipient_list to;
};

/* Give an obligation its new dates. */
static int move(struct dating *c, struct obligation *o, const struct dates *dates)
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
		r = new_round(c->e, o, why, c->now);
	} else if (decided) {
		obligation_renew_round(o, c->now); /* should it come back */
	}
	keep_original(&o->due_original, o->due, dates->due, expected);
	keep_original(&o->papers_original, o->papers, dates->papers, expected);
	dates_give(plan, c->d, dates, c->now, o);
	o->extended |= decided != NULL;
	obligation_look_again(o, c->now);
	return r < 0 ? r : ledger_put_obligation(c->e->ledger, o);
}

/* ---- refreshing -------------------------------------------------------------------------------- */

int dates_refresh(struct engine *e, const struct deadline *d, struct deadline_row *row,
		  struct instant now, size_t *moved)
{
	struct dating dating = { .e = e, .d = d, .now = now };
	struct date_change c = { .deadline = d->id,
				 .measure = measure_id(""),
				 .due_before = row->due,
				 .papers_before = row->papers };
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct dates dates;
	bool changed;
	int r = bind(e, d, row, now);

	if (r < 0)
		return r;
	dates = due_standing(e->plan, d, row->bound, row->extended);
	c.due = row->due = dates.due;
	c.papers = row->papers = dates.papers;
	c.provisional = dates.provisional;
	changed = !civil_equal(c.due_before, c.due) || !civil_equal(c.papers_before, c.papers);
	r = list_of_deadline(e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		struct dates own = dates;
		struct obligation *o = &all.list[i];

		if (o->withdrawal == WITHDRAWN_REMOVED)
			continue;
		c.provisional_before = o->provisional;
		if (has_own_date(o, row, c.papers_before))
			own = due_extended(e->plan, d, row->bound, stated(o));
		if (!differs(o, &own))
			continue;
		if (o->phase == PHASE_LIVE && instant_compare(o->opens_at, now) <= 0)
			moved_add_owner(&dating.to, e, d, o);
		r = move(&dating, o, &own);
		if (moved)
			++*moved;
	}
	if (changed && moved) {
		keep_original(&row->due_original, c.due_before, c.due, c.provisional_before);
		keep_original(&row->papers_original, c.papers_before, c.papers,
			      c.provisional_before);
	}
	if (r >= 0 && changed && moved && !deadline_is_closed(row)) {
		moved_add_informed(&dating.to, e, d);
		r = moved_leave_out_reminded(e, &all, &c, now, &dating.to);
		if (r >= 0)
			r = moved_tell(e, &dating.to, &c, now);
	}
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

/* ---- extending --------------------------------------------------------------------------------- */

/* Does an extension cover it? Also while its measure is done or cancelled: it may be under way again. */
static bool is_unanswered(const struct obligation *o)
{
	return o->phase == PHASE_LIVE || o->withdrawal == WITHDRAWN_MEASURE_CLOSED;
}

static int extend_list(struct dating *c, struct obligation *list, size_t count,
		       const struct dates *dates)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < count; i++) {
		if (!is_unanswered(&list[i]))
			continue;
		if (list[i].phase == PHASE_LIVE && instant_compare(list[i].opens_at, c->now) <= 0)
			moved_add_owner(&c->to, c->e, c->d, &list[i]);
		r = move(c, &list[i], dates);
	}
	return r;
}

static int extend_one(struct dating *dating, struct measure_id measure, const struct dates *dates)
{
	struct obligation o;
	struct date_change c = { .deadline = dating->d->id,
				 .measure = measure,
				 .due = dates->due,
				 .papers = dates->papers };
	int r = ledger_obligation_of(dating->e->ledger, dating->d->id, measure, &o);

	if (r < 0)
		return r;
	c.obligation = o.id;
	c.due_before = o.due;
	c.papers_before = o.papers;
	r = extend_list(dating, &o, 1, dates);
	moved_add_informed(&dating->to, dating->e, dating->d);
	return r < 0 ? r : moved_tell(dating->e, &dating->to, &c, dating->now);
}

int dates_extend(struct engine *e, const struct deadline *d, struct measure_id measure,
		 struct civil_date date, struct instant now)
{
	struct dating dating = { .e = e, .d = d, .now = now, .decided = "extended" };
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct deadline_row row;
	struct dates dates;
	struct date_change c = { .deadline = d->id, .measure = measure_id("") };
	int r = ledger_deadline(e->ledger, d->id, &row);

	if (r < 0)
		return r;
	dates = due_extended(e->plan, d, row.bound, date);
	if (measure.text)
		return extend_one(&dating, measure, &dates);
	c.due_before = row.due;
	c.papers_before = row.papers;
	c.due = dates.due;
	c.papers = dates.papers;
	r = list_of_deadline(e->ledger, d->id, &all);
	if (r >= 0)
		r = extend_list(&dating, all.list, all.count, &dates);
	if (r < 0)
		return r;
	keep_original(&row.due_original, row.due, dates.due, false);
	keep_original(&row.papers_original, row.papers, dates.papers, false);
	row.due = dates.due;
	row.papers = dates.papers;
	row.extended = date;
	r = ledger_put_deadline(e->ledger, &row);
	moved_add_informed(&dating.to, e, d);
	return r < 0 ? r : moved_tell(e, &dating.to, &c, now);
}

/* ---- returning --------------------------------------------------------------------------------- */

/*
 * Open anew when its deadline is returned. Not what left the plan or gave way to the next occurrence;
 * nor a measure's that is done or cancelled, since nobody is asked for what is closed: its answer
 * stands, or it comes back by the new date when the measure is under way again.
 */
static int reopen(struct dating *c, struct obligation *o, const struct dates *dates,
		  struct instant after)
{
	struct measure_row measure
		__attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };
	int r = o->measure[0] ? ledger_measure(c->e->ledger, measure_id(o->measure), &measure) : 0;
	bool closed = measure_is_closed(measure.status);

	if (r < 0 || o->withdrawal == WITHDRAWN_REMOVED || o->withdrawal == WITHDRAWN_SUPERSEDED ||
	    (closed && o->phase == PHASE_ANSWERED))
		return r;
	if (o->promised)
		r = ledger_drop_promises(c->e->ledger, o->id);
	if (r < 0)
		return r;
	obligation_reopen(o, after, closed, c->now);
	if (o->measure[0])
		snprintf(o->owner, sizeof(o->owner), "%s", measure.owner);
	if (!closed)
		moved_add_owner(&c->to, c->e, c->d, o);
	return move(c, o, dates);
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
	r = bind(e, d, row, now);
	if (r < 0)
		return r;
	dates = due_extended(e->plan, d, row->bound, given->due);
	r = list_of_deadline(e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = reopen(&dating, &all.list[i], &dates, given->after);
	if (r < 0)
		return r;
	keep_original(&row->due_original, row->due, dates.due, false);
	keep_original(&row->papers_original, row->papers, dates.papers, false);
	row->due = dates.due;
	row->papers = dates.papers;
	row->extended = given->due;
	r = ledger_put_deadline(e->ledger, row);
	moved_add_informed(&dating.to, e, d);
	return r < 0 ? r : moved_tell_returned(e, &dating.to, row, &c, now);
}
