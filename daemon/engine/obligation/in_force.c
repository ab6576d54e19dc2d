/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deadline that was extended to a meeting has two bindings: `bound` is what it is due at, and
 * `bound_in_plan` what the plan's own `due` is bound to meanwhile. That says which occurrence of a series it
 * is, so that its meeting gets no second one, and it is there again when the extension ends.
 *
 * An extension to a meeting is kept as it was written, and its body looked up each time: a body that leaves the
 * plan takes no deadline with it (plan_change/change_deadlines.c lets the day stand that it had).
 */
#include "engine/obligation/in_force.h"

#include <stdio.h>
#include <string.h>

#include "engine/obligation/deadline_state.h"

struct deadline deadline_at_meeting(const struct deadline *d, const struct body *body, int year,
				    int month)
{
	struct deadline at = *d;

	at.due = (struct due_spec){ .kind = DUE_MEETING,
				    .date = CIVIL_NONE,
				    .time = TIME_OF_DAY_NONE,
				    .year = year,
				    .month = month,
				    .body = body,
				    .text = d->due.text };
	at.papers_given = false;
	at.round = ROUND_BACK;
	at.series = NULL;
	return at;
}

struct deadline deadline_in_force(const struct plan *plan, const struct deadline *d,
				  const struct deadline_row *row)
{
	struct deadline in_force = *d;
	const struct body *body = NULL;
	struct event_due due;

	if (row->extended_to[0] && event_due_parse(row->extended_to, &due))
		body = plan_body(plan, body_id(due.body));
	if (body) {
		in_force = deadline_at_meeting(d, body, due.year, due.month);
		in_force.due.text = row->extended_to;
	}
	if (d->via_count && !civil_is_none(row->chain_papers))
		in_force.chain =
			(struct chain_counted){ true, row->chain_papers, row->chain_provisional };
	return in_force;
}

struct dates deadline_dates(const struct plan *plan, const struct deadline *d,
			    const struct deadline_row *row)
{
	const struct deadline in_force = deadline_in_force(plan, d, row);

	return due_standing(plan, &in_force, row->bound, row->extended);
}

struct dates deadline_dates_on(const struct plan *plan, const struct deadline *d,
			       const struct deadline_row *row, struct civil_date date)
{
	const struct deadline in_force = deadline_in_force(plan, d, row);

	return due_extended(plan, &in_force, row->bound, date);
}

bool deadline_is_extended(const struct deadline_row *row)
{
	return !civil_is_none(row->extended) || row->extended_to[0];
}

bool deadline_is_due_later(const struct deadline *d, const struct deadline_row *row)
{
	if (row->extended_to[0])
		return true;
	return !civil_is_none(row->extended) &&
	       (d->due.kind != DUE_MEETING || civil_compare(row->papers, row->due) > 0);
}

struct civil_date deadline_bound_in_plan(const struct deadline_row *row)
{
	return row->extended_to[0] ? row->bound_in_plan : row->bound;
}

void deadline_extend_to(struct deadline_row *row, const char *meeting)
{
	row->extended = CIVIL_NONE;
	if (strcmp(row->extended_to, meeting) == 0)
		return;
	row->bound_in_plan = deadline_bound_in_plan(row);
	row->bound = CIVIL_NONE;
	snprintf(row->extended_to, sizeof(row->extended_to), "%s", meeting);
	deadline_await_meeting(row);
}

void deadline_extend_on(struct deadline_row *row, struct civil_date date)
{
	if (row->extended_to[0]) {
		row->bound = row->bound_in_plan;
		row->bound_in_plan = CIVIL_NONE;
		row->extended_to[0] = '\0';
		deadline_await_meeting(row);
	}
	row->extended = date;
}
