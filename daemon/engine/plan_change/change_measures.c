/* SPDX-License-Identifier: Apache-2.0 */
/* A new measure begins without a status; an owner whom an event named stays until the file's changes. */
#include "engine/plan_change/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/obligation/done_by.h"
#include "engine/obligation/owner.h"

/* Who owns it now: what the ledger says, unless the file says something new or that person is gone. */
static struct person_id owner_now(const struct change *c, const struct measure *m,
				  struct person_id stands)
{
	const struct measure *old = c->before ? plan_measure(c->before, m->id) : NULL;

	if (!old || strcmp(old->owner->id.text, m->owner->id.text) != 0 ||
	    !plan_person(c->plan, stands))
		return m->owner->id;
	return stands;
}

/* It left the plan before. Its obligations are withdrawn, and go over as they are put back. */
static bool is_put_back(const struct change *c, const struct measure *m)
{
	return c->before && !plan_measure(c->before, m->id);
}

static int change_measure(struct change *c, size_t i)
{
	const struct measure *m = &c->plan->measures[i];
	struct measure_row row __attribute__((cleanup(measure_row_done))) = measure_row_new(m->id);
	struct measure_row stood;
	char before[ID_MAX + 1];
	bool found, changed;
	struct person_id owner;
	int r = ledger_find_measure(c->e->ledger, m->id, &row, &found);

	if (r < 0)
		return r;
	if (!found)
		row.added_at = c->before ? c->now : INSTANT_NONE;
	stood = row;
	owner = owner_now(c, m, person_id(row.owner));
	changed = found && strcmp(row.owner, owner.text) != 0;
	snprintf(before, sizeof(before), "%s", row.owner);
	if (row.owner != owner.text)
		snprintf(row.owner, sizeof(row.owner), "%s", owner.text);
	owners_set(&c->owners, c->plan, m, &row);
	r = done_by_of_plan(c->e, c->before ? plan_measure(c->before, m->id) : NULL, m, &row,
			    c->now);
	if (r >= 0 && (!found || row_difference(&measure_type, &stood, &row)))
		r = ledger_put_measure(c->e->ledger, &row);
	c->done->owners_changed += changed;
	if (r < 0 || !changed)
		return r;
	return (is_put_back(c, m) ? owner_returns : owner_changed)(
		c->e,
		&(struct owner_change){ m->id, person_id(before), person_id(row.owner), NULL },
		c->now);
}

int change_measures(struct change *c)
{
	int r = 0;

	r = owners_new(&c->owners, c->plan);
	for (size_t i = 0; r >= 0 && i < c->plan->measure_count; i++)
		r = change_measure(c, i);
	return r;
}
