/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/outbox/covered.h"

#include "plan/stewardship.h"

struct looking {
	const struct plan *plan;
	const struct person *steward;
	size_t theirs, others;
};

static int look_at(void *userdata, const struct item *item)
{
	struct looking *l = userdata;
	const bool theirs = steward_covers(l->plan, l->steward, item->measure) ||
			    steward_covers(l->plan, l->steward, item->deadline);

	l->theirs += theirs;
	l->others += !theirs;
	return 0;
}

int message_is_covered(struct engine *e, const struct person *steward, struct message_id id,
		       bool *ret_covered)
{
	struct looking l = { .plan = e->plan, .steward = steward };
	int r = ledger_items(e->ledger, id, look_at, &l);

	if (r >= 0)
		*ret_covered = l.theirs > 0 && l.others == 0;
	return r < 0 ? r : 0;
}
