/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a change of a deadline's dates reaches what is owed, and who is told. See paminn-rules(7),
 * Dates.
 */
#pragma once
#include "engine/engine.h"
#include "plan/due.h"

/* What an obligation takes over from its deadline's dates, as it is born. */
void dates_give(const struct plan *plan, const struct deadline *d, const struct dates *dates,
		struct instant now, struct obligation *o);
/*
 * Bring a deadline up to what is written and known now: bind it, compute its dates, move its
 * obligations, and put the row. *moved: grows by the obligations that have moved, and those concerned
 * are told; NULL: it is new, and nobody is.
 */
int dates_refresh(struct engine *e, const struct deadline *d, struct deadline_row *row,
		  struct instant now, size_t *moved);
/*
 * An extension: when the answer is due, for the whole deadline (measure NULL: its unanswered
 * obligations and its deliverable) or one measure; the decision's reference, and its reason or NULL.
 */
struct date_extend {
	struct measure_id measure;
	struct event_due due; /* a date, or a meeting of a body of the plan */
	const char *reference, *reason;
};
int dates_extend(struct engine *e, const struct deadline *d, const struct date_extend *given,
		 struct instant now);
/* What a return gives: when it is due, the instant after which a status counts, and who said so. */
struct date_return {
	struct event_due due;
	struct instant after;
	const char *by;
};
/*
 * What the dates would be, were the whole or (measure) one measure's answer due then, as things are known now.
 * Nothing is written.
 */
int dates_would_be(struct engine *e, const struct deadline *d, const struct date_extend *at,
		   struct instant now, struct dates *ret);
/*
 * The deadline was returned: what was answered or withdrawn by its submission is open anew, until the
 * date, and only what is said after `after` answers it. What belongs to closed measures stays closed.
 * row: changed, and put.
 */
int dates_return(struct engine *e, const struct deadline *d, struct deadline_row *row,
		 const struct date_return *given, struct instant now);
/*
 * A body of its chain has decided, by the event of seq, and passes the matter on: a new round of the deliverable
 * begins, towards the next papers. What owners have answered stays answered, and the rest stays
 * withdrawn. An extension ends, unless it is later than those papers. row: changed, and put.
 */
int dates_pass(struct engine *e, const struct deadline *d, struct deadline_row *row, int64_t seq,
	       struct instant now);
