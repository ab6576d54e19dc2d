/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What left the plan is withdrawn; what is in it gets its dates, and its obligations are filled up. An
 * extension stands until the file says something new about when the deadline is. A series is a row of
 * its own beside those of its occurrences, and looks on after each change.
 */
#include "engine/plan_change/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/occurrences.h"
#include "engine/plan_change/load_occurrences.h"
#include "ledger/lists.h"
#include "ledger/obligation_fill.h"
#include "plan/ladder.h"

/* ---- one deadline ------------------------------------------------------------------------------ */

/* What the last plan said of the deadline, or of the series that it is an occurrence of. */
static const struct deadline *find_before(const struct change *c, const struct deadline *d)
{
	return c->before ? plan_deadline(c->before, d->series ? d->series->id : d->id) : NULL;
}

/* Did the steps or the opening of the deadline change, its dates apart? */
static bool has_new_steps(const struct change *c, const struct creation *b)
{
	const struct deadline *old = find_before(c, b->d);
	struct firing then[LADDER_FIRINGS_MAX], now[LADDER_FIRINGS_MAX];
	size_t count;

	if (!old)
		return true;
	count = ladder_firings(c->plan, b->d->ladder, b->dates.base, now);
	if (ladder_firings(c->before, old->ladder, b->dates.base, then) != count)
		return true;
	for (size_t i = 0; i < count; i++)
		if (then[i].open.us != now[i].open.us || then[i].repetition != now[i].repetition ||
		    strcmp(old->ladder->steps[then[i].step].text,
			   b->d->ladder->steps[now[i].step].text) != 0)
			return true;
	return due_opens(c->before, old, &b->dates).us != b->opens_at.us;
}

/* Does it pass other bodies, or others of their meetings? */
static bool has_new_via(const struct deadline *old, const struct deadline *d)
{
	for (size_t i = 0; i < d->via_count && i < old->via_count; i++)
		if (strcmp(old->via[i].text, d->via[i].text) != 0)
			return true;
	return old->via_count != d->via_count;
}

/* Does the file say something new about when the deadline is? Then an extension ends. */
static bool has_new_due(const struct change *c, const struct deadline *d)
{
	const struct deadline *old = find_before(c, d);

	return old && (strcmp(old->due.text, d->due.text) != 0 || old->round != d->round ||
		       old->papers_given != d->papers_given || old->papers.days != d->papers.days ||
		       old->papers.workdays != d->papers.workdays || old->sending != d->sending ||
		       has_new_via(old, d));
}

/* Forget what was said of its dates: its extension, and the meeting when `due` names another. An
 * occurrence's is named by its id. */
static void forget_due(struct change *c, const struct deadline *d, struct deadline_row *row)
{
	deadline_extend_on(row, CIVIL_NONE);
	if (!d->series && strcmp(find_before(c, d)->due.text, d->due.text) != 0) {
		row->meeting_at_birth = row->bound = CIVIL_NONE;
		deadline_await_meeting(row);
	}
}

/* It was extended to a meeting of a body that has left the plan: the day that it had stands, as a date. */
static void keep_day(const struct change *c, struct deadline_row *row)
{
	struct event_due due;

	if (row->extended_to[0] && event_due_parse(row->extended_to, &due) &&
	    !plan_body(c->plan, body_id(due.body)))
		deadline_extend_on(row, row->papers);
}

/* What was extended follows the file again, but for a measure that was given a later date of its own.
 * before: its row, as it was until the file changed. */
static int forget_extensions(struct change *c, const struct deadline *d,
			     const struct deadline_row *before, struct deadline_row *row)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct civil_date papers;
	int r = dates_bind(c->e, d, row, c->now);

	if (r < 0)
		return r;
	papers = due_dates(c->plan, d, row->bound).papers;
	r = list_of_deadline(c->e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		struct obligation *o = &all.list[i];

		if (!o->extended || (dates_are_own(o, before, before->papers) &&
				     civil_compare(o->papers, papers) > 0))
			continue;
		r = own_meeting_end(c->e, o);
		o->extended = false;
		if (r >= 0)
			r = ledger_put_obligation(c->e->ledger, o);
	}
	return r;
}

static int find_superseded(void *userdata, const struct obligation *o)
{
	bool *superseded = userdata;

	*superseded |= o->withdrawal == WITHDRAWN_SUPERSEDED;
	return 0;
}

/* It left the plan and is in it again. Had it given way to the next one? Its obligations know. */
static int put_back(struct change *c, struct deadline_row *row)
{
	bool superseded = false;
	int r = ledger_obligations_of_deadline(c->e->ledger, deadline_id(row->id), find_superseded,
					       &superseded);

	if (r >= 0)
		deadline_restore(row, superseded);
	return r;
}

/* Does somebody else owe the deliverable now? */
static bool has_new_responsible(const struct change *c, const struct deadline *d)
{
	const struct deadline *old = find_before(c, d);

	return old && old->responsible && d->responsible &&
	       strcmp(old->responsible->id.text, d->responsible->id.text) != 0;
}

/* All but its obligations, which begin to be made. */
static int begin_deadline(struct change *c, const struct deadline *d)
{
	struct creation *b = &c->deadline.creation;
	struct deadline_row row, before;
	bool found, tell, new_due = has_new_due(c, d);
	int r = ledger_find_deadline(c->e->ledger, d->id, &row, &found);

	if (r < 0)
		return r;
	tell = found && row.state != DEADLINE_REMOVED;
	if (!found)
		row = deadline_row_new(d->id);
	r = row.state == DEADLINE_REMOVED ? put_back(c, &row) : 0;
	before = row;
	keep_day(c, &row);
	if (r >= 0 && new_due)
		forget_due(c, d, &row);
	if (r >= 0 && d->due.next)
		r = bind_next_meeting(c->e, d, &row, c->now);
	if (r >= 0 && new_due)
		r = forget_extensions(c, d, &before, &row);
	if (r >= 0)
		r = dates_refresh(c->e, d, &row, c->now, tell ? &c->done->dates_moved : NULL);
	if (r < 0)
		return r;
	c->deadline.row = row;
	*b = creation_of(c->plan, d, &c->deadline.row);
	b->new_steps = has_new_steps(c, b);
	c->done->owners_changed += has_new_responsible(c, d);
	c->deadline.under_way = true;
	c->deadline.making = (struct making){ c->e, b, &c->owners, c->now, &c->born };
	return making_begin(&c->deadline.making);
}

static int make_more(struct change *c)
{
	int r = making_work(&c->deadline.making);

	if (r > 0)
		return r;
	making_done(&c->deadline.making);
	c->deadline.under_way = false;
	return r;
}

/* The whole of it at once. */
static int change_occurrence(struct change *c, const struct deadline *o)
{
	int r = begin_deadline(c, o);

	if (r >= 0)
		while ((r = make_more(c)) > 0)
			;
	return r;
}

/* ---- series ------------------------------------------------------------------------------------ */

/* What it was as a single deadline is withdrawn. */
static int remove_single(struct change *c, struct deadline_id id)
{
	struct deadline_row row;
	bool found;
	int r = ledger_find_deadline(c->e->ledger, id, &row, &found);

	if (r == 0 && found && row.state != DEADLINE_REMOVED)
		r = remove_deadline(c, &row);
	return r;
}

static int change_series_row(struct change *c, const struct deadline *d)
{
	struct series_row row;
	bool found;
	int r = remove_single(c, d->id);

	if (r >= 0)
		r = ledger_find_series(c->e->ledger, d->id, &row, &found);
	if (r < 0)
		return r;
	if (!found || has_new_due(c, d)) {
		row = (struct series_row){ .first_load = CIVIL_NONE, .next_at = INSTANT_NONE };
		snprintf(row.id, sizeof(row.id), "%s", d->id.text);
	}
	if (civil_is_none(row.first_load) && d->due.next)
		row.first_load = zone_date(c->now);
	return ledger_put_series(c->e->ledger, &row);
}

struct returning {
	struct deadline_row *list;
	size_t count, room;
};

static int add_returning(void *userdata, const struct deadline_row *row)
{
	struct returning *returning = userdata;
	int r;

	if (row->state == DEADLINE_SUBMITTED || row->state == DEADLINE_SUPERSEDED)
		return 0;
	r = array_grow(&returning->list, returning->count, &returning->room);
	if (r == 0)
		returning->list[returning->count++] = *row;
	return r;
}

/* One that left the plan and is in it again resumes, unless it would be superseded at once, by one that is
 * back too or one that is there; or its meeting was cancelled. */
static bool resumes(const struct change *c, const struct series *s, const struct returning *rows,
		    const struct deadline *o, const struct deadline_row *row)
{
	struct dates dates = due_dates(c->plan, o, deadline_bound_in_plan(row));

	if (row->state != DEADLINE_REMOVED)
		return true;
	for (size_t i = 0; i < rows->count; i++) {
		const struct deadline *other =
			plan_deadline(c->plan, deadline_id(rows->list[i].id));

		if (!instant_is_none(rows->list[i].opened_at) && other &&
		    series_is_over(dates.papers, c->now) &&
		    civil_compare(
			    due_dates(c->plan, other, deadline_bound_in_plan(&rows->list[i])).due,
			    dates.due) > 0)
			return false;
	}
	return !dates.provisional &&
	       !series_would_be_superseded(s, dates.due, dates.papers, c->now);
}

/* Its occurrences as the plan asks, then those that the series has besides. */
static int change_series(struct change *c, const struct deadline *d)
{
	struct returning rows = { NULL };
	struct series s = { 0 };
	int r = change_series_row(c, d);

	if (r >= 0)
		r = occurrences_cancel(c->e, d, c->now, &c->born);
	if (r >= 0)
		r = ledger_occurrences(c->e->ledger, d->id, add_returning, &rows);
	if (r >= 0)
		r = series_load(&s, c->e, d, c->now, c->now);
	for (size_t i = 0; r >= 0 && i < rows.count; i++) {
		const struct deadline *o = plan_deadline(c->plan, deadline_id(rows.list[i].id));

		if (o && resumes(c, &s, &rows, o, &rows.list[i]))
			r = change_occurrence(c, o);
	}
	series_done(&s);
	free(rows.list);
	return r < 0 ? r : occurrences_update(c->e, d, c->now, &c->born);
}

/* ---- all of them ------------------------------------------------------------------------------- */

static size_t count_asked(const struct plan *plan)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->deadline_count; i++)
		count += plan->deadlines[i].measure_count;
	return count;
}

/* One deadline, or a piece of it. */
static int change_next(struct change *c)
{
	const struct deadline *d = &c->plan->deadlines[c->at];
	int r;

	if (c->deadline.under_way)
		r = make_more(c);
	else if (d->every.kind)
		r = change_series(c, d);
	else
		r = begin_deadline(c, d);
	if (r >= 0 && !c->deadline.under_way)
		c->at++;
	return r;
}

/* A store that begins with a large plan is filled. */
int change_deadlines(struct change *c)
{
	const bool first = c->at == 0 && !c->deadline.under_way;
	int r = 0;

	if (first && !c->e->replayed)
		r = ledger_fill_begin(c->e->ledger, count_asked(c->plan), &c->filling);
	if (r >= 0 && c->at < c->plan->deadline_count)
		r = change_next(c);
	c->more = c->at < c->plan->deadline_count;
	return r >= 0 && c->filling && !c->more ? ledger_fill_end(c->e->ledger) : r;
}
