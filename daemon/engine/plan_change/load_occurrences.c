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
#include "engine/obligation/series_meetings.h"
#include "plan/recur.h"

/* ---- occurrences --------------------------------------------------------------------------------- */

/* Does the series come again as it did, so that its occurrences may still be wanted? */
static bool is_same_kind(const struct deadline *d, const struct deadline *old)
{
	return !old || (old->every.kind == d->every.kind &&
			(d->every.kind == EVERY_RULE ||
			 strcmp(old->every.body->id.text, d->every.body->id.text) == 0));
}

struct loading {
	struct engine *e;
	const struct deadline *d, *old; /* old: NULL: it was not in the last plan */
	bool same_plan;			/* it is the last plan that is read again */
	struct date_list meetings;	/* those it may be held for: of a series of meetings */
};

/* Is it held for other meetings of the body than before? */
static bool chooses_anew(const struct loading *l)
{
	return !l->same_plan && (!l->old || l->old->every.each != l->d->every.each ||
				 l->old->every.months != l->d->every.months ||
				 strcmp(l->old->due.text, l->d->due.text) != 0);
}

/*
 * Every n-th meeting is counted from the occurrences that exist. When the plan counts otherwise than before,
 * those stay that somebody was asked for; the rest comes again as the new count has it. What an earlier
 * count removed comes by that way too, and by no other.
 */
static bool is_counted(const struct loading *l, const struct deadline_row *row)
{
	if (!l->d->every.each)
		return true;
	return row->state != DEADLINE_REMOVED &&
	       (!instant_is_none(row->opened_at) || !chooses_anew(l));
}

/* A meeting that was moved out of its month counts as before, so all are followed from where they were. */
static bool is_in_its_months(const struct loading *l, const struct deadline_row *row)
{
	const struct civil_date bound = deadline_bound_in_plan(row);

	return !l->d->every.months || every_has_month(&l->d->every, row->meeting_at_birth) ||
	       (!civil_is_none(bound) && date_list_has(&l->meetings, bound));
}

/* 1: it does; 0: it does not; -ENOMEM. */
static int belongs(const struct loading *l, const struct deadline_row *row)
{
	const struct civil_date bound = deadline_bound_in_plan(row);
	const struct deadline *d = l->d;
	struct civil_date first;
	bool has = false;
	int r;

	if (row->state == DEADLINE_SUBMITTED || row->state == DEADLINE_SUPERSEDED)
		return true;
	if (!is_same_kind(d, l->old))
		return false;
	if (d->every.kind == EVERY_RULE) {
		r = recurrence_has(d->every.rule, row->rule_date, &has);
		return r < 0 ? r : has;
	}
	if (!is_counted(l, row) || !is_in_its_months(l, row))
		return false;
	if (d->due.next)
		return true;
	first = civil_from_ymd(d->due.year, d->due.month, 1);
	return civil_compare(row->meeting_at_birth, first) >= 0 ||
	       (!civil_is_none(bound) &&
		(civil_compare(bound, first) >= 0 || date_list_has(&l->meetings, bound)));
}

static int add_occurrence(void *userdata, const struct deadline_row *row)
{
	const struct loading *l = userdata;
	int found = belongs(l, row);

	return found > 0 ? plan_add_occurrence(l->e->plan, l->d, deadline_id(row->id),
					       series_date(l->d, row))
			 : found;
}

static int load_series(struct engine *e, const struct deadline *d, const struct plan *before)
{
	struct loading l = { .e = e,
			     .d = d,
			     .old = before ? plan_deadline(before, d->id) : NULL,
			     .same_plan = !before };
	struct series_row row;
	bool known;
	int r = ledger_find_series(e->ledger, d->id, &row, &known);

	if (r >= 0 && known && d->every.kind == EVERY_MEETING)
		r = series_meetings(e, d, &l.meetings, &(bool){ false });
	if (r >= 0)
		r = ledger_occurrences(e->ledger, d->id, add_occurrence, &l);
	date_list_done(&l.meetings);
	return r;
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

		if (d->every.kind)
			r = load_series(e, d, before);
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
