/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/dated.h"

#include "engine/ladder/walk.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/own_meeting.h"
#include "engine/obligation/state.h"

/* Is it another body that meets than the one that was to at first, or was there none? */
static bool is_other_body(const struct deadline *d, const struct deadline *in_force)
{
	return d->due.kind != in_force->due.kind || d->due.body != in_force->due.body;
}

void content_deadline(const struct engine *e, const struct deadline *d,
		      const struct deadline_row *row, struct instant now, struct content_item *ni)
{
	const struct deadline in_force = deadline_in_force(e->plan, d, row);
	const struct dates dates = deadline_dates(e->plan, d, row);
	const bool at_meeting = in_force.due.kind == DUE_MEETING;

	ni->deadline = d->id;
	ni->deadline_title = d->title;
	ni->decision = d->decision && d->decision[0] ? d->decision : NULL;
	ni->body = at_meeting ? in_force.due.body->name : NULL;
	ni->owner = d->responsible ? d->responsible->name : NULL;
	ni->due = row->due;
	ni->papers = row->papers;
	ni->practical = dates.practical;
	ni->due_original = row->due_original;
	ni->papers_original = row->papers_original;
	ni->time = due_time_limit(dates.late_at, row->papers);
	if (deadline_is_extended(row))
		ni->time_original = due_time(d);
	ni->squeeze_day = calendar_is_squeeze(e->plan->calendar, row->papers);
	ni->has_measures = d->measure_count > 0;
	ni->has_responsible = d->responsible != NULL;
	ni->month_over = at_meeting && instant_compare(due_month_over(&in_force), now) <= 0;
	ni->provisional = at_meeting && (civil_is_none(row->bound) || dates.provisional);
	ni->is_late = !deadline_is_closed(row) && instant_compare(dates.late_at, now) <= 0;
	ni->other_body = is_other_body(d, &in_force);
	ni->is_frozen = row->frozen_n > 0 && !instant_is_none(row->frozen_for) &&
			instant_compare(dates.late_at, row->frozen_for) <= 0;
}

int content_meeting(struct engine *e, const struct deadline_row *row, const struct obligation *o,
		    struct instant now, struct content_item *ni)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
	struct obligation_due due;
	int r = obligation_due_find(e, d, row, o, &due);

	if (r < 0 || due.deadline.due.kind != DUE_MEETING)
		return r;
	ni->body = due.deadline.due.body->name;
	ni->month_over = instant_compare(due_month_over(&due.deadline), now) <= 0;
	ni->other_body = is_other_body(d, &due.deadline);
	/* It alone is for a meeting of its own, which no other body's comes before. */
	if (due.is_own) {
		ni->passing = NULL;
		ni->passing_count = 0;
	}
	return 0;
}

void content_obligation(const struct engine *e, const struct deadline *d,
			const struct obligation *o, struct instant now, struct content_item *ni)
{
	const struct person *owes = walk_owes(e->plan, d, o);

	ni->owner = owes ? owes->name : NULL;
	ni->due = o->due;
	ni->papers = o->papers;
	ni->practical = o->practical;
	ni->due_original = o->due_original;
	ni->papers_original = o->papers_original;
	ni->time = due_time_limit(o->late_at, o->papers);
	if (o->extended)
		ni->time_original = due_time(d);
	ni->squeeze_day = calendar_is_squeeze(e->plan->calendar, o->papers);
	if (d->round == ROUND_FORWARD && d->due.kind == DUE_DATE && !o->extended &&
	    !civil_equal(d->due.date, o->papers))
		ni->stated = d->due.date;
	ni->provisional = o->provisional;
	ni->is_late = obligation_is_late(o, now);
	if (instant_compare(o->opens_at, now) > 0)
		ni->opens = o->opens_at;
	ni->unreached = o->reached_round < o->round;
	ni->asked = o->asked;
	ni->last_asked = o->last_asked;
}
