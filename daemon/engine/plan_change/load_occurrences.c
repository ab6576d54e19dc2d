/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan is read anew at each start and reload, and does not know what became of it before. A row of
 * the ledger belongs to a series as long as the series still has its date; one that is closed does for
 * good, so that it can be asked about.
 */
#include "engine/plan_change/load_occurrences.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "plan/recur.h"

/* ---- occurrences --------------------------------------------------------------------------------- */

/* Does the series come again as it did, so that its occurrences may still be wanted? */
static bool is_same_kind(const struct deadline *d, const struct deadline *old)
{
	return !old || (old->every.kind == d->every.kind &&
			(d->every.kind == EVERY_RULE ||
			 strcmp(old->every.body->id.text, d->every.body->id.text) == 0));
}

/* 1: it does; 0: it does not; -ENOMEM. */
static int belongs(const struct deadline *d, const struct deadline *old,
		   const struct deadline_row *row)
{
	const struct civil_date bound = deadline_bound_in_plan(row);
	struct civil_date first;
	bool has = false;
	int r;

	if (row->state == DEADLINE_SUBMITTED || row->state == DEADLINE_SUPERSEDED)
		return true;
	if (!is_same_kind(d, old))
		return false;
	if (d->every.kind == EVERY_RULE) {
		r = recurrence_has(d->every.rule, row->rule_date, &has);
		return r < 0 ? r : has;
	}
	if (d->due.next)
		return true;
	first = civil_from_ymd(d->due.year, d->due.month, 1);
	return civil_compare(row->meeting_at_birth, first) >= 0 ||
	       (!civil_is_none(bound) && civil_compare(bound, first) >= 0);
}

struct loading {
	struct plan *plan;
	const struct deadline *d, *old;
};

static int add_occurrence(void *userdata, const struct deadline_row *row)
{
	const struct loading *r = userdata;
	int found = belongs(r->d, r->old, row);

	return found > 0 ? plan_add_occurrence(r->plan, r->d, deadline_id(row->id),
					       series_date(r->d, row))
			 : found;
}

static int settle_next_meeting(struct engine *e, const struct deadline *d)
{
	struct deadline_row row;
	bool found;
	int r = ledger_find_deadline(e->ledger, d->id, &row, &found);

	if (r == 0 && found && !civil_is_none(row.meeting_at_birth))
		plan_settle(e->plan, d, row.meeting_at_birth);
	return r;
}

int load_occurrences(struct engine *e, const struct plan *before)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < e->plan->deadline_count; i++) {
		const struct deadline *d = &e->plan->deadlines[i];
		struct loading loading = { e->plan, d,
					   before ? plan_deadline(before, d->id) : NULL };

		if (d->every.kind)
			r = ledger_occurrences(e->ledger, d->id, add_occurrence, &loading);
		else if (d->due.next)
			r = settle_next_meeting(e, d);
	}
	return r;
}

/* ---- "next" -------------------------------------------------------------------------------------- */

struct search {
	struct civil_date today, first;
	const struct plan *plan,
		*before; /* before the plan's meetings are in the ledger; or NULL */
};

static bool names(const struct plan *plan, struct body_id body, struct civil_date from)
{
	for (size_t i = 0; plan && i < plan->meeting_count; i++)
		if (civil_equal(plan->meetings[i].from, from) &&
		    strcmp(plan->meetings[i].body->id.text, body.text) == 0)
			return true;
	return false;
}

static void consider(struct search *s, struct civil_date from)
{
	if (civil_compare(from, s->today) >= 0 &&
	    (civil_is_none(s->first) || civil_compare(from, s->first) < 0))
		s->first = from;
}

static int consider_known(void *userdata, const struct meeting_row *m)
{
	struct search *s = userdata;
	bool leaves = names(s->before, body_id(m->body), m->from) &&
		      !names(s->plan, body_id(m->body), m->from);

	if (m->state == MEETING_KNOWN && !leaves)
		consider(s, m->from);
	return 0;
}

int bind_next_meeting(struct engine *e, const struct deadline *d, struct deadline_row *row,
		      struct instant now)
{
	struct search s = { .today = zone_date(now), .first = CIVIL_NONE };
	int r = 0;

	if (civil_is_none(row->meeting_at_birth)) {
		r = ledger_meetings(e->ledger, d->due.body->id, consider_known, &s);
		row->bound = s.first;
		row->meeting_at_birth = civil_is_none(s.first) ? s.today : s.first;
	}
	plan_settle(e->plan, d, row->meeting_at_birth);
	return r;
}

/* The first meeting from now on, once the plan's are known. */
static int find_first(struct engine *e, const struct deadline *d, struct search *s)
{
	for (size_t i = 0; i < s->plan->meeting_count; i++) {
		const struct meeting *m = &s->plan->meetings[i];

		if (strcmp(m->body->id.text, d->due.body->id.text) == 0 &&
		    !names(s->before, m->body->id, m->from))
			consider(s, m->from);
	}
	return ledger_meetings(e->ledger, d->due.body->id, consider_known, s);
}

static bool is_settled(struct engine *e, const struct deadline *d, const struct plan *before)
{
	const struct deadline *old = before ? plan_deadline(before, d->id) : NULL;
	struct deadline_row row;
	struct series_row series;
	bool found;
	int r = d->every.kind ? ledger_find_series(e->ledger, d->id, &series, &found)
			      : ledger_find_deadline(e->ledger, d->id, &row, &found);
	bool known = r == 0 && found &&
		     !civil_is_none(d->every.kind ? series.first_load : row.meeting_at_birth);

	return known && (!old || strcmp(old->due.text, d->due.text) == 0);
}

int check_next_meetings(struct engine *e, const struct plan *before, struct instant now, char *out,
			size_t size)
{
	const struct plan *plan = e->plan;
	int missing = 0;

	out[0] = '\0';
	for (size_t i = 0; i < plan->deadline_count; i++) {
		const struct deadline *d = &plan->deadlines[i];
		struct search s = { zone_date(now), CIVIL_NONE, plan, before };
		size_t used = strlen(out);
		int r;

		if (!d->due.next || is_settled(e, d, before))
			continue;
		r = find_first(e, d, &s);
		if (r < 0)
			return r;
		if (!civil_is_none(s.first))
			continue;
		missing++;
		snprintf(out + used, size - used,
			 "%s%s:%u: due \"%s\" of %s finds no meeting from today on: add it to "
			 "meetings",
			 used ? "\n" : "", d->where.file, d->where.line, d->due.text, d->id.text);
	}
	return missing;
}
