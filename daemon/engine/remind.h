/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time passes: what is due becomes decisions, and decisions become messages. Contracts § 3 "Steps",
 * "Who gets it", "When".
 */
#pragma once
#include "engine/engine.h"

/*
 * Decide what is due at now, at most `max` obligations and deadlines in this turn. *ret_more: there is
 * more due; call again in the next turn, before anything leaves.
 */
int remind_due(struct engine *e, struct instant now, size_t max, bool *ret_more);

/* What time alone changes in a deadline that wants a look. */
int remind_deadline(struct engine *e, struct deadline_row *row, struct instant now);

struct ruling;
struct walk;

/* A walk by the plan in force, with the absences as they stand. */
int remind_new_walk(struct engine *e, struct instant now, struct walk **ret);

/* Begin walking a live obligation with the marks of its round. 0, or -ENOENT: not live, or its
 * deadline left the plan. For whoever walks: remind, forecast, why, a round that ends. */
int remind_walk(struct engine *e, struct walk *w, struct obligation *o);
/* The same, to look ahead from now: a reminder that waits in the outbox counts as accepted when it
 * will be tried next. */
int remind_foresee(struct engine *e, struct walk *w, struct obligation *o, struct instant now);
/* Record one ruling: its message when it is sent, and its mark. */
int remind_record(struct engine *e, const struct obligation *o, struct instant now,
		  const struct ruling *ruling);
/* Tell support that who owes this could not be reached; answer (or NULL): what the server said. */
int remind_unreached(struct engine *e, const struct obligation *o, const char *answer,
		     struct instant now);
