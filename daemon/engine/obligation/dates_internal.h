/* SPDX-License-Identifier: Apache-2.0 */
/* What a change of dates is made of, whether it follows from something (dates.c) or was decided
 * (dates_decided.c). */
#pragma once
#include "engine/obligation/dates.h"
#include "engine/obligation/moved.h"
#include "engine/obligation/own_meeting.h"

/* A deadline whose dates change, and who is to hear of it. */
struct dating {
	struct engine *e;
	const struct deadline *d;
	struct instant now;
	/* "extended", "returned": a decision, which always begins a new round; NULL: it follows from
	 * something else. */
	const char *decided;
	struct date_change change; /* the deadline's own, or of the one measure that is extended */
	struct recipient_list to;  /* who is to hear of that */
	struct own_meetings own;   /* of its measures: those that have a meeting of their own */
};

/* Bind a deadline to the meeting that is its from now on. row: its `bound` and next look change, and it is
 * not put. */
int dates_bind(struct engine *e, const struct deadline *d, struct deadline_row *row,
	       struct instant now);
/* What a deadline at a meeting is bound to from now on; bound: to what it is, followed to where that was moved.
 * from: an earlier meeting is none that it may be bound to; CIVIL_NONE: any is. */
int dates_bind_meeting(struct engine *e, const struct deadline *d, struct civil_date from,
		       struct instant now, struct civil_date *bound);
/* An old date stays visible until the new one is the same again. */
void dates_keep_original(struct civil_date *original, struct civil_date before,
			 struct civil_date after, bool was_provisional);
/* Was it extended on its own? Before its deadline moved from `papers`, it stood where that stood. */
bool dates_are_own(const struct obligation *o, const struct deadline_row *row,
		   struct civil_date papers);
/* The round of an obligation ends, and the next one begins: what it had not decided is marked with `why`,
 * but for a trial, which would only take that back. The caller puts it. */
int dates_new_round(struct engine *e, struct obligation *o, const char *why, struct instant now);
/* Give a row its dates, those of its whole deadline, without putting it. */
void dates_give_row(const struct plan *plan, const struct deadline *d, struct deadline_row *row,
		    const struct dates *dates, struct instant now);
/* Give an obligation its new dates, and put it. */
int dates_move(struct dating *c, struct obligation *o, const struct dates *dates);
/*
 * Who owes an obligation that has moved hears of the deadline's change. One that stood or stands on a
 * day of its own went elsewhere: they hear of that, and not of a date that is not theirs. before: as it
 * was; of one whose window was not open then nobody is told.
 */
int dates_tell_owner(struct dating *c, const struct obligation *before, const struct obligation *o);
