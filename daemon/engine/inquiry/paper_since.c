/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a paper compares with. A body's tracker: the body's last meeting. The paper of a deadline or an assignment: what
 * that body last got of the same matter, as it was told then. A meeting to which nothing of it was reported is no
 * report, and whoever reads "no changes" would take it for one.
 *
 * Of the same matter are what answers the same assignment, is of the same series, or, outside assignments, is by the
 * same decision of the same measures; and an earlier round of the deadline itself, which its body returned.
 */
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "ledger/frozen_rows.h"
#include "ledger/meetings.h"

/* ---- a body's last meeting ------------------------------------------------------------------------ */

struct last_meeting {
	struct civil_date before, found;
	bool by_beginning; /* found by its first day, else by its last */
};

static int look_at_meeting(void *userdata, const struct meeting_row *m)
{
	struct last_meeting *last = userdata;
	const struct civil_date day = last->by_beginning ? m->from : m->until;

	if (m->state == MEETING_KNOWN && civil_compare(day, last->before) < 0 &&
	    (civil_is_none(last->found) || civil_compare(day, last->found) > 0))
		last->found = day;
	return 0;
}

static int find_meeting(struct inquiry *q)
{
	struct paper *p = q->paper;
	struct last_meeting last = { p->as_of, CIVIL_NONE, false };
	int r = ledger_meetings(q->e.ledger, p->body->id, look_at_meeting, &last);

	p->since = last.found;
	if (!civil_is_none(p->since))
		p->past.moved_after = zone_midnight(civil_add(p->since, 1));
	return r;
}

/* ---- what was reported before --------------------------------------------------------------------- */

struct looking {
	struct inquiry *q;
	const struct deadline *d;  /* whose row is looked at; of a series that */
	struct deadline_row found; /* the newest report's */
	bool found_returned;
};

/* The day of a report: that of its meeting; of one that was returned, whose date is another since, the day on which
 * that was decided. */
static struct civil_date day_of(const struct deadline_row *row, bool returned)
{
	return returned ? zone_date(row->outcome_at) : row->due;
}

static void offer(struct looking *l, const struct deadline_row *row, bool returned)
{
	struct paper *p = l->q->paper;
	const struct civil_date day = day_of(row, returned);

	if (civil_compare(day, p->as_of) > 0 ||
	    (!civil_is_none(p->since) && civil_compare(day, p->since) <= 0))
		return;
	p->since = day;
	l->found = *row;
	l->found_returned = returned;
}

static bool is_of_body(const struct inquiry *q, const struct deadline *d,
		       const struct deadline_row *row)
{
	const struct deadline in_force = deadline_in_force(q->e.plan, d, row);

	return !q->paper->body || in_force.due.kind != DUE_MEETING ||
	       in_force.due.body == q->paper->body;
}

/* Was it before the paper itself, and over by the paper's day? */
static bool is_before(const struct paper *p, const struct deadline_row *row)
{
	const bool is_decided = row->outcome != OUTCOME_NONE && row->outcome != OUTCOME_RETURNED;

	if (p->d && civil_compare(row->due, p->deadline.due) >= 0)
		return false;
	return is_decided ||
	       (row->state == DEADLINE_SUBMITTED && civil_compare(row->due, p->as_of) < 0);
}

static int look_at_row(void *userdata, const struct deadline_row *row)
{
	struct looking *l = userdata;
	const struct paper *p = l->q->paper;

	if (!is_of_body(l->q, l->d, row))
		return 0;
	if (row->outcome == OUTCOME_RETURNED)
		offer(l, row, true);
	if ((!p->d || strcmp(row->id, p->deadline.id) != 0) && is_before(p, row))
		offer(l, row, false);
	return 0;
}

static bool shares_measure(const struct deadline *a, const struct deadline *b)
{
	for (size_t i = 0; i < a->measure_count; i++)
		if (deadline_asks(b, a->measures[i]))
			return true;
	return false;
}

static bool is_of_matter(const struct paper *p, const struct deadline *d)
{
	if (p->a && d->assignment == p->a)
		return true;
	if (!p->d)
		return false;
	if (d == p->d || d == p->d->series)
		return true;
	return !p->a && !d->assignment && d->decision[0] &&
	       strcmp(d->decision, p->d->decision) == 0 && shares_measure(d, p->d);
}

static int look_at_deadline(struct looking *l)
{
	const struct deadline *d = l->d;
	struct deadline_row row;
	bool found;
	int r;

	if (d->every.kind)
		return ledger_occurrences(l->q->e.ledger, d->id, look_at_row, l);
	r = ledger_find_deadline(l->q->e.ledger, d->id, &row, &found);
	return r == 0 && found ? look_at_row(l, &row) : r;
}

/* What its paper told: all that had been said when it was frozen for that day, at the same instant too; of one that was
 * not, by the day's end. */
static int find_cut(struct inquiry *q, const struct looking *l)
{
	struct paper *p = q->paper;
	bool is_told = false, found;
	int r = 0;

	p->past.moved_after = zone_midnight(civil_add(p->since, 1));
	for (int n = l->found.frozen_n; r == 0 && !is_told && n > 0; n--) {
		struct frozen_row frozen
			__attribute__((cleanup(frozen_row_done))) = { .content = NULL };

		r = ledger_find_frozen_number(q->e.ledger, deadline_id(l->found.id), n, &frozen,
					      &found);
		is_told = r == 0 && found && instant_compare(frozen.at, p->past.moved_after) < 0;
		if (is_told)
			p->past.moved_after = (struct instant){ frozen.at.us + 1 };
	}
	return r;
}

/* A decision is written down some time after the meeting. */
static int find_meeting_of(struct inquiry *q, const struct looking *l)
{
	struct paper *p = q->paper;
	struct last_meeting last = { civil_add(p->since, 1), CIVIL_NONE, true };
	int r = 0;

	if (l->found_returned && p->body)
		r = ledger_meetings(q->e.ledger, p->body->id, look_at_meeting, &last);
	if (r == 0 && !civil_is_none(last.found))
		p->since = last.found;
	return r;
}

static void name_report(struct paper *p, const struct looking *l)
{
	const struct deadline_row *row = &l->found;
	const bool is_decided =
		row->outcome == OUTCOME_RETURNED ? l->found_returned : row->outcome != OUTCOME_NONE;

	snprintf(p->since_report, sizeof(p->since_report), "%s", row->id);
	if (is_decided)
		snprintf(p->since_reference, sizeof(p->since_reference), "%s",
			 row->outcome_reference);
}

static int find_report(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	struct paper *p = q->paper;
	struct looking l = { .q = q };
	int r = 0;

	for (size_t i = 0; r == 0 && i < plan->deadline_count; i++) {
		l.d = &plan->deadlines[i];
		if (is_of_matter(p, l.d))
			r = look_at_deadline(&l);
	}
	if (r != 0 || civil_is_none(p->since))
		return r;
	name_report(p, &l);
	r = find_meeting_of(q, &l);
	return r == 0 ? find_cut(q, &l) : r;
}

int paper_find_since(struct inquiry *q)
{
	struct paper *p = q->paper;

	p->since = CIVIL_NONE;
	p->past.moved_after = INSTANT_NONE;
	return p->of == PAPER_OF_BODY ? find_meeting(q) : find_report(q);
}
