/* SPDX-License-Identifier: Apache-2.0 */
/* What left the plan is withdrawn, and what is a series no more goes on no more. */
#include "engine/plan_change/internal.h"

#include <stdlib.h>

#include "base/array.h"
#include "engine/obligation/deadline_state.h"

/* ---- deadlines --------------------------------------------------------------------------------- */

struct removed {
	const struct plan *plan;
	struct deadline_row *list;
	size_t count, room;
};

static int add_removed(void *userdata, const struct deadline_row *row)
{
	struct removed *removed = userdata;
	int r;

	if (row->state == DEADLINE_REMOVED || plan_deadline(removed->plan, deadline_id(row->id)))
		return 0;
	r = array_grow(&removed->list, removed->count, &removed->room);
	if (r == 0)
		removed->list[removed->count++] = *row;
	return r;
}

int remove_deadline(struct change *c, struct deadline_row *row)
{
	const struct end_of_obligations left = { WITHDRAWN_REMOVED, "it left the plan", c->now };
	int r = obligations_withdraw_all(c->e, deadline_id(row->id), &left, &c->born);

	deadline_remove(row);
	return r < 0 ? r : ledger_put_deadline(c->e->ledger, row);
}

/* ---- series ------------------------------------------------------------------------------------ */

struct gone_series {
	const struct plan *plan;
	struct series_row *list;
	size_t count, room;
};

/* A series that left the plan, or is a single deadline now, goes on no more. */
static int add_gone_series(void *userdata, const struct series_row *row)
{
	struct gone_series *gone = userdata;
	const struct deadline *d = plan_deadline(gone->plan, deadline_id(row->id));
	int r;

	if (instant_is_none(row->next_at) || (d && d->every.kind))
		return 0;
	r = array_grow(&gone->list, gone->count, &gone->room);
	if (r == 0)
		gone->list[gone->count++] = *row;
	return r;
}

static int stop_series(struct change *c)
{
	struct gone_series gone = { .plan = c->plan };
	int r = ledger_each_series(c->e->ledger, add_gone_series, &gone);

	for (size_t i = 0; r >= 0 && i < gone.count; i++) {
		struct series_row *row = &gone.list[i];

		row->next_at = INSTANT_NONE;
		r = ledger_put_series(c->e->ledger, row);
	}
	free(gone.list);
	return r;
}

int change_gone(struct change *c)
{
	struct removed removed = { .plan = c->plan };
	int r = ledger_deadlines(c->e->ledger, add_removed, &removed);

	for (size_t i = 0; r >= 0 && i < removed.count; i++)
		r = remove_deadline(c, &removed.list[i]);
	free(removed.list);
	return r < 0 ? r : stop_series(c);
}
