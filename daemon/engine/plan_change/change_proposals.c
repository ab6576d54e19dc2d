/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A proposal that a steward has written stands until the file says another of the same item; that of an
 * occurrence until the file says another of its series. What left the plan keeps its own, and has the file's when
 * it comes back.
 */
#include "engine/obligation/freeze_time.h"
#include "engine/plan_change/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

struct proposed {
	const struct change *c;
	char (*list)[ITEM_ID];
	size_t count, room;
};

/* What a plan proposes of an item; NULL: it has no such item. */
static const char *proposed_by(const struct plan *plan, const char *item)
{
	const struct assignment *a = plan_assignment(plan, assignment_id(item));
	const struct deadline *d;
	char series[ITEM_ID];

	if (a)
		return a->proposal;
	snprintf(series, sizeof(series), "%.*s", (int)strcspn(item, "@"), item);
	d = plan_deadline(plan, deadline_id(series));
	return d ? d->proposal : NULL;
}

static int add_changed(void *userdata, const struct proposal_row *p)
{
	struct proposed *items = userdata;
	const char *now = proposed_by(items->c->plan, p->item);
	const char *before = items->c->before ? proposed_by(items->c->before, p->item) : NULL;
	int r;

	if (!p->text || !now || (before && strcmp(before, now) == 0))
		return 0;
	r = array_grow(&items->list, items->count, &items->room);
	if (r == 0)
		memcpy(items->list[items->count++], p->item, ITEM_ID);
	return r;
}

int change_proposals(struct change *c)
{
	struct proposed items = { .c = c };
	int r = ledger_proposals(c->e->ledger, add_changed, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		struct proposal_row row = { .at = INSTANT_NONE };

		memcpy(row.item, items.list[i], ITEM_ID);
		r = ledger_put_proposal(c->e->ledger, &row);
	}
	free(items.list);
	return r < 0 ? r : freeze_wake(c->e, c->now);
}
