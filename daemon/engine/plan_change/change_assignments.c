/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An assignment gets a row, with its date; what events have said of it, that its body has closed it, stays.
 * One that left the plan keeps its row: it is as it was when it comes back.
 */
#include "engine/obligation/assignment_state.h"
#include "engine/plan_change/internal.h"

int change_assignments(struct change *c)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < c->plan->assignment_count; i++) {
		const struct assignment *a = &c->plan->assignments[i];
		const struct assignment *old = c->before ? plan_assignment(c->before, a->id) : NULL;

		r = assignment_refresh(c->e, a, old, c->now);
	}
	return r;
}
