/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a deadline is: from what is written in the plan, the meetings known, and what it is bound to.
 * Pure. The rules are in paminn-rules(7), Dates.
 */
#pragma once
#include "plan/plan.h"

struct dates {
	struct civil_date due;	  /* as reported: the meeting, or the rounded date */
	struct civil_date papers; /* late begins after it */
	struct civil_date
		practical; /* the last sensible day; equals papers when there is nothing to say */
	struct civil_date base; /* what ladders count from: papers, but for round = forward */
	struct instant late_at;
	bool provisional; /* a meeting's deadline that is not bound */
};

/* A known meeting of the body: neither cancelled nor replaced. */
struct known_meeting {
	struct civil_date from;
};

/* What a deadline may be bound to. */
struct binding {
	const struct known_meeting *known; /* the meetings of its body, in any order */
	size_t count;
	/* What it is bound to now, followed to where it was moved; CIVIL_NONE: to nothing, or to a
	 * meeting that was cancelled. */
	struct civil_date bound;
	struct civil_date today;
};
/*
 * The meeting that a deadline is bound to from now on; CIVIL_NONE: provisional, or not a meeting's
 * deadline. An earlier meeting of the month is taken only while today is not after the present papers
 * date, and never by "next" or by an occurrence, since each meeting has an occurrence of its own.
 */
struct civil_date due_bind(const struct plan *plan, const struct deadline *deadline,
			   const struct binding *b);

/* The dates when bound to `bound` (CIVIL_NONE: provisional, or not a meeting's deadline). */
struct dates due_dates(const struct plan *plan, const struct deadline *deadline,
		       struct civil_date bound);
/*
 * The dates after an extension or return to `date` (taken as the deadline's rounding says): papers,
 * practical, base and late_at (midnight: the date has no time of day) change; due too, unless it is
 * a meeting.
 */
struct dates due_extended(const struct plan *plan, const struct deadline *deadline,
			  struct civil_date bound, struct civil_date date);
/* What stands: the one or the other, as it was extended or not (CIVIL_NONE). A series has no dates. */
struct dates due_standing(const struct plan *plan, const struct deadline *deadline,
			  struct civil_date bound, struct civil_date extended);
/* The time of day that is written; TIME_OF_DAY_NONE: none, late begins at midnight. */
struct time_of_day due_time(const struct deadline *deadline);
/* The time of day at which it is late, where that is not the midnight that ends the papers date; else
 * TIME_OF_DAY_NONE. */
struct time_of_day due_time_limit(struct instant late_at, struct civil_date papers);
/* The practical date as it is shown on a day: one that has passed is not named any more, and the papers
 * date is what stands. */
struct civil_date due_practical_shown(struct civil_date practical, struct civil_date papers,
				      struct civil_date today);
/* When the window opens: midnight at the start of `opens` (an offset counts from base), or the
 * ladder's first step. */
struct instant due_opens(const struct plan *plan, const struct deadline *deadline,
			 const struct dates *dates);
/* First instant after the month of a meeting's deadline: unbound then, support is told. */
struct instant due_month_over(const struct deadline *deadline);
