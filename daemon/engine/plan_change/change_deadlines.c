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
#include "engine/gather.h"
#include "engine/obligation/dates.h"
#include "engine/obligation/occurrences.h"
#include "engine/plan_change/load_occurrences.h"
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

/* Does the file say something new about when the deadline is? Then an extension gives way. */
static bool has_new_due(const struct change *c, const struct deadline *d)
{
	const struct deadline *old = find_before(c, d);

	return old && (strcmp(old->due.text, d->due.text) != 0 || old->round != d->round ||
		       old->papers_given != d->papers_given || old->papers.days != d->papers.days ||
		       old->papers.workdays != d->papers.workdays);
}

static int forget_extensions(struct change *c, const struct deadline *d)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = gather_of_deadline(c->e, d->id, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		if (!all.list[i].extended)
			continue;
		all.list[i].extended = false;
		r = ledger_put_obligation(c->e->ledger, &all.list[i]);
	}
	return r;
}

/* A series has no date of its own. */
static bool is_series_row(const struct deadline_row *row)
{
	return civil_is_none(row->due);
}

/* Forget what was said of its dates: extensions, and the meeting when `due` names another. An
 * occurrence's is named by its id. */
static int forget_due(struct change *c, const struct deadline *d, struct deadline_row *row)
{
	row->extended = CIVIL_NONE;
	if (!d->series && strcmp(find_before(c, d)->due.text, d->due.text) != 0) {
		row->anchor = row->bound = CIVIL_NONE;
		row->unbound_told = false;
	}
	return forget_extensions(c, d);
}

static int change_deadline(struct change *c, const struct deadline *d)
{
	struct deadline_row row;
	struct creation b;
	bool tell;
	int r = ledger_deadline(c->e->ledger, d->id, &row);

	if (r < 0 && r != -ENOENT)
		return r;
	tell = r == 0 && !row.removed && !is_series_row(&row);
	if (r == -ENOENT || is_series_row(&row)) {
		row = deadline_row_new(d->id);
	} else if (row.removed) {
		row.removed = false;
		row.closed = row.submitted_seq != 0 || row.superseded;
	}
	r = has_new_due(c, d) ? forget_due(c, d, &row) : 0;
	if (r >= 0 && d->due.next)
		r = bind_next_meeting(c->e, d, &row, c->now);
	if (r >= 0)
		r = dates_refresh(c->e, d, &row, c->now, tell, &c->done->dates_moved);
	if (r < 0)
		return r;
	b = creation_of(c->plan, d, &row);
	b.new_steps = has_new_steps(c, &b);
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

	if (row->removed || plan_deadline(removed->plan, row->id))
		return 0;
	r = array_grow(&removed->list, removed->count, &removed->room);
	if (r == 0)
		removed->list[removed->count++] = *row;
	return r;
}

static int remove_deadline(struct change *c, struct deadline_row *row)
{
	int r = obligations_withdraw_all(c->e, row->id, WITHDRAWN_REMOVED, "it left the plan",
					 c->now, &c->born);

	row->removed = row->closed = true;
	row->next_at = INSTANT_NONE;
	return r < 0 ? r : ledger_put_deadline(c->e->ledger, row);
}

/* ---- series ------------------------------------------------------------------------------------ */

/* The row of a series; what it was as a single deadline is withdrawn. */
static int change_series_row(struct change *c, const struct deadline *d)
{
	struct deadline_row row;
	int r = ledger_deadline(c->e->ledger, d->id, &row);

	if (r == 0 && !is_series_row(&row) && !row.removed)
		r = remove_deadline(c, &row);
	if (r < 0 && r != -ENOENT)
		return r;
	if (r == -ENOENT || !is_series_row(&row) || has_new_due(c, d))
		row = deadline_row_new(d->id);
	if (civil_is_none(row.anchor) && d->due.next)
		row.anchor = zone_date(c->now);
	row.removed = row.closed = false;
	return ledger_put_deadline(c->e->ledger, &row);
}

struct returning {
	struct deadline_row *list;
	size_t count, room;
};

static int add_returning(void *userdata, const struct deadline_row *row)
{
	struct returning *returning = userdata;
	int r;

	if (row->closed && !row->removed)
		return 0;
	r = array_grow(&returning->list, returning->count, &returning->room);
	if (r == 0)
		returning->list[returning->count++] = *row;
	return r;
}

/* One that left the plan and is in it again resumes, unless it would give way at once, to one that is
 * back too or one that is there; or its meeting was cancelled. */
static bool resumes(const struct change *c, const struct series *s, const struct returning *rows,
		    const struct deadline *o, const struct deadline_row *row)
{
	struct dates dates = due_dates(c->plan, o, row->bound);

	if (!row->removed)
		return true;
	for (size_t i = 0; i < rows->count; i++) {
		const struct deadline *other = plan_deadline(c->plan, rows->list[i].id);

		if (rows->list[i].opened && other && series_is_over(&dates, c->now) &&
		    civil_compare(due_dates(c->plan, other, rows->list[i].bound).due, dates.due) >
			    0)
			return false;
	}
	return !dates.provisional && !series_would_give_way(s, &dates, c->now);
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
		const struct deadline *o = plan_deadline(c->plan, rows.list[i].id);

		if (o && resumes(c, &s, &rows, o, &rows.list[i]))
			r = change_deadline(c, o);
	}
	series_done(&s);
	free(rows.list);
	return r < 0 ? r : occurrences_update(c->e, d, c->now, &c->born);
}

/* ---- all of them ------------------------------------------------------------------------------- */

int change_deadlines(struct change *c)
{
	struct removed removed = { .plan = c->plan };
	int r = ledger_deadlines(c->e->ledger, add_removed, &removed);

	for (size_t i = 0; r >= 0 && i < removed.count; i++)
		r = remove_deadline(c, &removed.list[i]);
	free(removed.list);
	for (size_t i = 0; r >= 0 && i < c->plan->deadline_count; i++) {
		const struct deadline *d = &c->plan->deadlines[i];

		r = d->every.kind ? change_series(c, d) : change_deadline(c, d);
	}
	return r;
}
