/* SPDX-License-Identifier: Apache-2.0 */
/* A measure gets another owner: what that means for what is owed, engine/obligation/owner.h knows. */
#include "engine/apply/application.h"

#include <stdio.h>
#include <string.h>

#include "engine/obligation/owner.h"

int apply_assign(struct application *a)
{
	const struct event_assign *s = &a->event->assign;
	const struct measure *m = application_measure(a, measure_id(a->event->subject));
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char before[ID_MAX + 1];
	int r;

	if (!m)
		return REJECT_UNKNOWN_SUBJECT;
	if (!plan_person(a->e->plan, person_id(s->owner)))
		return (int)reject_data(a->why, CAUSE_UNKNOWN_CHOICE,
					"`owner` %s is no person in the plan: check the id",
					s->owner);
	r = ledger_measure(a->e->ledger, m->id, &row);
	if (r >= 0)
		r = application_append(a);
	if (r < 0 || strcmp(row.owner, s->owner) == 0)
		return r;
	memcpy(before, row.owner, sizeof(before));
	snprintf(row.owner, sizeof(row.owner), "%s", s->owner);
	r = ledger_put_measure(a->e->ledger, &row);
	return r < 0 ? r
		     : owner_changed(a->e,
				     &(struct owner_change){ m->id, person_id(before),
							     person_id(row.owner),
							     a->event->source },
				     a->now);
}
