/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the ledger's rows and a walk: whoever walks begins here, and what a walk rules is kept here.
 * For remind, forecast, why, a message's next step, and a round that ends.
 */
#pragma once
#include "engine/engine.h"
#include "engine/ladder/walk.h"
#include "engine/outbox/post.h"

/* A walk by the plan in force, with the absences as they stand. */
int walk_from_ledger_new(struct engine *e, struct instant now, struct walk **ret);

enum { WALK_NOTHING = 1 }; /* the obligation is not live, or its deadline left the plan */
/* Begin walking a live obligation with the marks of its round. 0 or WALK_NOTHING. */
int walk_from_ledger_begin(struct engine *e, struct walk *w, struct obligation *o);
/* The same, to look ahead from now: a reminder that waits in the outbox counts as accepted when it
 * will be tried next. */
int walk_from_ledger_foresee(struct engine *e, struct walk *w, struct obligation *o,
			     struct instant now);
/* Add whom the ladder will remind of an obligation at an instant, as things stand. o is not changed. */
int walk_from_ledger_reminds(struct engine *e, struct walk *w, const struct obligation *o,
			     struct instant when, struct recipient_list *to);
/* Record one record: its message when it is sent, and its mark. */
int walk_from_ledger_record(struct ledger_sink *out, const struct obligation *o,
			    const struct decision_record *record);
