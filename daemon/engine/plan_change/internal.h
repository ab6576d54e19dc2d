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

	/* A room that has more to do says so, and goes on at its next thing when it is called again. */
	bool more;
	size_t at;
	bool filling; /* ledger_fill_begin */
	struct {
		bool under_way;
		struct deadline_row row;
		struct creation creation;
		struct making making;
	} deadline; /* whose obligations are made, a piece at a time */
};

/* Of a measure that a plan has had already the key `status` says nothing, unless the last one had it: out gets a line
 * for each that it is refused for, behind what it has. Returns how many these are, or a negative errno. */
int check_over(struct engine *e, const struct plan *before, char *out, size_t size);

/* All of them return 0, perhaps a positive number, or a negative errno; in this order. */
int change_meetings(struct change *c);
int change_measures(struct change *c);				 /* in pieces */
int remove_deadline(struct change *c, struct deadline_row *row); /* one that left it */
int change_gone(struct change *c);				 /* deadlines that left the plan */
int change_deadlines(struct change *c);				 /* in pieces: those it has */
int change_assignments(struct change *c);
int change_proposals(struct change *c);
