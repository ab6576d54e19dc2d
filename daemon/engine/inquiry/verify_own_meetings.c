/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/verify_own_meetings.h"

#include <stdio.h>

#include "engine/inquiry/difference.h"

/* One side gone through, each row looked for on the other. */
struct comparing {
	struct inquiry *q;
	struct ledger *other;
	bool in_store;
};

static int compare(void *userdata, const struct own_meeting *m)
{
	const struct comparing *c = userdata;
	char name[ITEM_ID + MEASURE_ID];
	struct own_meeting twin;
	bool found;
	int r = ledger_find_own_meeting(c->other, deadline_id(m->deadline), measure_id(m->measure),
					&twin, &found);

	snprintf(name, sizeof(name), "%s %s", m->deadline, m->measure);
	if (r == 0 && !found)
		return difference_one_sided(c->q, "own meeting", name, c->in_store);
	return r < 0 || !c->in_store
		       ? r
		       : difference_compare(c->q, COMPARED_OWN_MEETING, name, m, &twin);
}

int verify_own_meetings(struct inquiry *q, struct ledger *log)
{
	struct comparing of_store = { q, log, true }, of_log = { q, q->e.ledger, false };
	int r = ledger_own_meetings_all(q->e.ledger, compare, &of_store);

	return r < 0 ? r : ledger_own_meetings_all(log, compare, &of_log);
}
