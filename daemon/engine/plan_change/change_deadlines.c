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

static int change_deadline(struct change *c, const struct deadline *d)
{
	struct deadline_row row, before;
	struct creation b;
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
	b = creation_of(c->plan, d, &row);
	b.new_steps = has_new_steps(c, &b);
	c->done->owners_changed += has_new_responsible(c, d);
	return obligations_create(c->e, &b, &c->owners, c->now, &c->born);
}

/* ---- what left the plan ------------------------------------------------------------------------ */

struct removed {
	const struct plan *plan;
	struct deadline_row *list;
	size_t count, room;
};

static int add_removed(void *userdata, const struct deadline_row *row)
{
	struct removed *removed = userdata;
	int r;

	if (row->state == DEADLINE_REMOVED || plan_deadline(removed->plan, deadline_id(row->id)))
		return 0;
	r = array_grow(&removed->list, removed->count, &removed->room);
	if (r == 0)
		removed->list[removed->count++] = *row;
	return r;
}

static int remove_deadline(struct change *c, struct deadline_row *row)
{
	const struct end_of_obligations left = { WITHDRAWN_REMOVED, "it left the plan", c->now };
	int r = obligations_withdraw_all(c->e, deadline_id(row->id), &left, &c->born);

	deadline_remove(row);
	return r < 0 ? r : ledger_put_deadline(c->e->ledger, row);
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
			r = change_deadline(c, o);
	}
	series_done(&s);
	free(rows.list);
	return r < 0 ? r : occurrences_update(c->e, d, c->now, &c->born);
}

/* ---- all of them ------------------------------------------------------------------------------- */

struct gone_series {
	const struct plan *plan;
	struct series_row *list;
	size_t count, room;
};

/* A series that left the plan, or is a single deadline now, goes on no more. */
static int add_gone_series(void *userdata, const struct series_row *row)
{
	struct gone_series *gone = userdata;
	const struct deadline *d = plan_deadline(gone->plan, deadline_id(row->id));
	int r;

	if (instant_is_none(row->next_at) || (d && d->every.kind))
		return 0;
	r = array_grow(&gone->list, gone->count, &gone->room);
	if (r == 0)
		gone->list[gone->count++] = *row;
	return r;
}

static int stop_series(struct change *c)
{
	struct gone_series gone = { .plan = c->plan };
	int r = ledger_each_series(c->e->ledger, add_gone_series, &gone);

	for (size_t i = 0; r >= 0 && i < gone.count; i++) {
		struct series_row *row = &gone.list[i];

		row->next_at = INSTANT_NONE;
		r = ledger_put_series(c->e->ledger, row);
	}
	free(gone.list);
	return r;
}

int change_deadlines(struct change *c)
{
	struct removed removed = { .plan = c->plan };
	int r = ledger_deadlines(c->e->ledger, add_removed, &removed);

	for (size_t i = 0; r >= 0 && i < removed.count; i++)
		r = remove_deadline(c, &removed.list[i]);
	free(removed.list);
	if (r >= 0)
		r = stop_series(c);
	for (size_t i = 0; r >= 0 && i < c->plan->deadline_count; i++) {
		const struct deadline *d = &c->plan->deadlines[i];

		r = d->every.kind ? change_series(c, d) : change_deadline(c, d);
	}
	return r;
}
