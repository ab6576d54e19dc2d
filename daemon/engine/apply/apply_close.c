/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The body closes a measure or an assignment, as done or as struck, whatever was said of it. Of a measure that
 * is not done nobody is asked any more, as when its owner cancels it. What is below an assignment goes on by
 * itself: the answer says what. Said again, it is recorded anew.
 */
#include "engine/apply/application.h"

#include <stdio.h>

#include "base/zone.h"
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/light.h"
#include "ledger/lists.h"

/* What the body has said before. */
static int warn_of_again(struct application *a, enum closure as, struct instant at,
			 const char *reference)
{
	char date[CIVIL_TEXT];

	return application_warn(a, "%s was closed already, as %s on %s (%s): it is recorded anew",
				a->event->subject, event_closure_name(as),
				civil_format(zone_date(at), date), reference ? reference : "");
}

/* ---- a measure ------------------------------------------------------------------------------------- */

static int withdraw_unanswered(struct application *a, struct measure_id measure)
{
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	size_t withdrawn = 0;
	int r = list_of_measure(a->e->ledger, measure, &g);

	for (size_t i = 0; r >= 0 && i < g.count; i++) {
		if (g.list[i].phase != PHASE_LIVE)
			continue;
		withdrawn += instant_compare(g.list[i].opens_at, a->now) <= 0;
		r = application_withdrawn(a, &g.list[i], WITHDRAWN_MEASURE_CLOSED,
					  "the body has closed the measure");
	}
	if (r < 0 || withdrawn == 0)
		return r;
	return application_warn(
		a,
		"%zu %s withdrawn unanswered: nobody is asked for what the body has "
		"closed",
		withdrawn, withdrawn == 1 ? "answer is" : "answers are");
}

static int close_measure(struct application *a, const struct measure *m)
{
	const struct event_close *c = &a->event->close;
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(a->e->ledger, m->id, &row);

	if (r >= 0)
		r = application_append(a);
	if (r >= 0 && measure_is_closed_by_body(&row))
		r = warn_of_again(a, row.closed_as, row.closed_at, row.closed_reference);
	if (r >= 0)
		r = application_replace_text(&row.closed_reference, c->reference);
	if (r >= 0)
		r = application_replace_text(&row.closed_link, c->link);
	if (r < 0)
		return r;
	row.closed_as = c->as;
	row.closed_at = a->time;
	row.closed_seq = a->seq;
	light_reschedule(a->e->plan, m, &row, a->now);
	r = ledger_put_measure(a->e->ledger, &row);
	return r < 0 ? r : withdraw_unanswered(a, m->id);
}

/* ---- an assignment --------------------------------------------------------------------------------- */

static int warn_of_below(struct application *a, const struct assignment *assignment)
{
	struct below below;
	int r = below_look_all(a->e, assignment, &below);

	if (r < 0 || below.open_measures + below.open_deadlines == 0)
		return r;
	return application_warn(a,
				"below %s %zu %s and %zu %s open, and go on as before: close "
				"them, or let their owners end them",
				assignment->id.text, below.open_measures,
				below.open_measures == 1 ? "measure" : "measures",
				below.open_deadlines,
				below.open_deadlines == 1 ? "deadline are" : "deadlines are");
}

static int close_assignment(struct application *a, const struct assignment *assignment)
{
	const struct event_close *c = &a->event->close;
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(assignment->id);
	bool found;
	int r = ledger_find_assignment(a->e->ledger, assignment->id, &row, &found);

	if (r >= 0)
		r = application_append(a);
	if (r >= 0 && assignment_is_closed_by_body(&row))
		r = warn_of_again(a, row.closed_as, row.closed_at, row.closed_reference);
	if (r >= 0)
		r = application_replace_text(&row.closed_link, c->link);
	if (r < 0)
		return r;
	row.closed_as = c->as;
	row.closed_at = a->time;
	row.closed_seq = a->seq;
	snprintf(row.closed_reference, sizeof(row.closed_reference), "%s", c->reference);
	r = ledger_put_assignment(a->e->ledger, &row);
	return r < 0 ? r : warn_of_below(a, assignment);
}

int apply_close(struct application *a)
{
	const char *id = a->event->subject;
	const struct measure *m = plan_measure(a->e->plan, measure_id(id));
	const struct assignment *assignment = plan_assignment(a->e->plan, assignment_id(id));

	if (m)
		return close_measure(a, m);
	if (assignment)
		return close_assignment(a, assignment);
	return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
			   plan_deadline(a->e->plan, deadline_id(id))
				   ? "%s is a deadline, which its outcome closes: name a measure "
				     "or an assignment"
				   : "there is no measure or assignment %s in the plan: check the "
				     "id",
			   id);
}
