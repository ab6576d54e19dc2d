/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The difference between the last applied plan and the one that is to take effect. Each room changes
 * what differs of its things in the ledger, and tells who is to hear of it.
 */
#pragma once
#include "engine/obligation/create.h"
#include "engine/plan_change.h"

struct change {
	struct engine *e;
	const struct plan *before; /* NULL at the first plan */
	const struct plan *plan;
	struct instant now;
	struct owners owners;
	struct create_count born;
	struct plan_change *done;
};

/* All of them return 0, perhaps a positive number, or a negative errno; in this order. */
int change_meetings(struct change *c);
int change_measures(struct change *c);
int change_deadlines(struct change *c);
int change_assignments(struct change *c);
int change_proposals(struct change *c);
