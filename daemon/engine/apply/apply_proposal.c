/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the receiving body is proposed to decide on a deadline or an assignment, in the words of a steward. It
 * stands instead of the plan's until the plan says something new. Said again, it is replaced.
 */
#include "engine/apply/application.h"

#include <stdio.h>

#include "engine/obligation/freeze_time.h"

static int check_subject(struct application *a)
{
	const char *id = a->event->subject;

	if (plan_deadline(a->e->plan, deadline_id(id)) ||
	    plan_assignment(a->e->plan, assignment_id(id)))
		return 0;
	return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
			   plan_measure(a->e->plan, measure_id(id))
				   ? "%s is a measure, on which no body decides: name a deadline "
				     "that asks for it, or its assignment"
				   : "there is no deadline or assignment %s in the plan: check the "
				     "id",
			   id);
}

int apply_proposal(struct application *a)
{
	struct proposal_row row __attribute__((cleanup(proposal_row_done))) = {
		.at = a->time,
	};
	int r = check_subject(a);

	if (r == 0)
		r = application_append(a);
	if (r == 0)
		r = application_replace_text(&row.text, a->event->proposal.text);
	if (r < 0 || r > 0)
		return r;
	snprintf(row.item, sizeof(row.item), "%s", a->event->subject);
	row.seq = a->seq;
	r = ledger_put_proposal(a->e->ledger, &row);
	return r < 0 ? r : freeze_wake(a->e, a->now);
}
