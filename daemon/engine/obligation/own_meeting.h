/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One measure's answer that was extended to a meeting, apart from its deadline: it is bound as a deadline at that
 * meeting would be, and follows it. It ends with another extension of it, when its deadline is returned,
 * and when the file says something new about the deadline.
 */
#pragma once
#include "engine/obligation/dates.h"
#include "ledger/ledger.h"

/* Those of a deadline. Empty before it is filled; done with also when that failed. */
struct own_meetings {
	struct own_meeting *list;
	size_t count, room;
};
int own_meetings_of(struct ledger *l, struct deadline_id deadline, struct own_meetings *ret);
void own_meetings_done(struct own_meetings *own);

/* The deadline as that answer has it; false: the body has left the plan, and the day that it had stands. */
bool own_meeting_in_force(const struct plan *plan, const struct deadline *d,
			  const struct own_meeting *m, struct deadline *ret);
/* The obligation's, of those of its deadline; NULL: it has none. */
struct own_meeting *own_meetings_find(const struct own_meetings *own, const struct obligation *o);
/* Bind it anew: 1 with its dates in *ret; 0: its body has left the plan. */
int own_meeting_follow(struct engine *e, const struct deadline *d, struct own_meeting *m,
		       struct instant now, struct dates *ret);
/* Extend one measure's answer to the meeting that is given, bound now; *ret: its dates. */
int own_meeting_begin(struct engine *e, const struct deadline *d, const struct date_extend *given,
		      struct instant now, struct dates *ret);
/* It has none any more, if it had. */
int own_meeting_end(struct engine *e, const struct obligation *o);

/* The deadline is to be looked at when the month of one of them ends without a meeting. */
void own_meetings_look(const struct plan *plan, const struct deadline *d,
		       const struct own_meetings *own, struct deadline_row *row);

/* What an obligation is due at: its own meeting, or what its deadline is due at as things stand. */
struct obligation_due {
	struct deadline deadline;     /* in force; a copy, for dates alone */
	char meeting[EVENT_DUE_TEXT]; /* that it was extended to, alone or with the whole; "" */
	bool is_own;		      /* that is a meeting of its own */
	bool on_date;		      /* a date was decided: that does not follow any meeting */
};
/* row: of its deadline. */
int obligation_due_find(struct engine *e, const struct deadline *d, const struct deadline_row *row,
			const struct obligation *o, struct obligation_due *ret);
