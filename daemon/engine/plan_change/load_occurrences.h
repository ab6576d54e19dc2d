/* SPDX-License-Identifier: Apache-2.0 */
/* Telling a plan what only the ledger knows of it: its occurrences, and what "next" was bound to. */
#pragma once
#include "engine/engine.h"

/*
 * Make known to e->plan the occurrences in the ledger which it still asks for, and those that are
 * closed; and the meetings of "next". before: the last plan, or NULL.
 */
int load_occurrences(struct engine *e, const struct plan *before);
/* Bind a deadline of "meeting BODY next", the first time, to the first meeting from now on. */
int bind_next_meeting(struct engine *e, const struct deadline *d, struct deadline_row *row,
		      struct instant now);
/*
 * Would each "next" of e->plan that is not bound yet find a meeting? Returns how many would not, with a
 * sentence for each, a line each, in out. Before the plan's own meetings are in the ledger. before: the
 * last plan, or NULL.
 */
int check_next_meetings(struct engine *e, const struct plan *before, struct instant now, char *out,
			size_t size);
