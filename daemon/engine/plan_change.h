/* SPDX-License-Identifier: Apache-2.0 */
/* A plan takes effect: the difference against the last applied one, at start and at reload alike. */
#pragma once
#include "engine/engine.h"

#define ADOPT_EVENT \
	"paminn.plan" /* the type under which the log keeps each plan that took effect */

struct plan_change {
	size_t obligations_added, obligations_withdrawn, dates_moved, owners_changed;
	bool unchanged;
	char refused[1000]; /* why it can't be adopted, a line a fault */
};
/*
 * Apply the difference and make plan the engine's (a new reference). Within the turn. 0; a positive
 * number when it is refused, nothing written: its files are right, but "meeting BODY next" finds no
 * meeting, a measure that the plan has had is to begin as over, the last plan cannot be read from the log
 * any more, or at a start the daemons that share the store go by another one; or a negative errno.
 */
int plan_change_apply(struct engine *e, struct plan *plan, struct instant now,
		      struct plan_change *ret);
/*
 * The same in pieces, of some milliseconds each: new and then work, as long as it returns 1, give what apply does, and
 * end whatever it was, with *ret as above unless it is NULL. text: of the plan in the log that is replayed, copied; else
 * NULL. Meanwhile the engine goes by the new plan, and nobody else may use it; what was written is the caller's to take
 * back when it fails.
 */
struct plan_changing;
int plan_changing_new(struct plan_changing **ret, struct engine *e, struct plan *plan,
		      const char *text, struct instant now);
int plan_changing_work(struct plan_changing *p);
void plan_changing_end(struct plan_changing *p, struct plan_change *ret);
/*
 * Read a plan from its text in the log. 0; -ENOMEM; or 1 with the first fault as a line: when it was
 * logged it had none, to a version that is less strict than this.
 */
int plan_change_read(struct plan **ret, const char *text, char *fault, size_t size);
