/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chain of bodies: those that a matter passes before its deadline's own, which closes it. Pure. The rules
 * are in paminn-rules(7), A chain of bodies.
 */
#pragma once
#include "plan/due.h"

/* A body meets more often than that: what is further from the next one's meeting is not the last before it, but
 * the last that anybody has told of. */
#define VIA_DAYS 120

/* What follows a link: the next one's meeting, or that of the deadline. */
struct via_next {
	struct civil_date
		due; /* the meeting; while it is not known, the day that it is expected by */
	bool provisional;
};
/* Where a link stands. */
struct via_stand {
	struct civil_date due, papers; /* both CIVIL_NONE: no meeting is known to count from */
	bool provisional;
};

/*
 * The meeting that a link is bound to from now on; CIVIL_NONE: provisional. With a month as a deadline at such
 * a meeting is (due_bind). Without one, the body's last known meeting before the next one's, at most
 * VIA_DAYS before; not one that is past, unless it is bound to that already, and there is none later. b: as of due_bind, of the
 * link's body; its today may be CIVIL_NONE, when no meeting is past.
 */
struct civil_date via_bind(const struct plan *plan, const struct via *via, const struct binding *b,
			   const struct via_next *next);
/* Its dates when bound to `bound`. One without a month is as provisional as what it is counted from. */
struct via_stand via_stand(const struct plan *plan, const struct via *via, struct civil_date bound,
			   const struct via_next *next);
/* Let the deadline, a copy, count from this link too, if its papers are due before those of others. */
void via_count_from(struct deadline *deadline, const struct via_stand *stand);
/* The deadline with its chain as the meetings in the plan's files have it. known: room for all of them. */
struct deadline via_in_files(const struct plan *plan, const struct deadline *deadline,
			     struct known_meeting *known);
/* The meetings of a body in the plan's files; returns how many. */
size_t via_known_in_files(const struct plan *plan, const struct body *body,
			  struct known_meeting *known);

struct reader;
/* Are the meetings of the chain that the files know in its order, and far enough apart? reader.h. */
void review_chain(struct reader *r, const struct deadline *deadline, struct known_meeting *known);
