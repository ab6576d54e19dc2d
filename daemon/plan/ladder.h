/* SPDX-License-Identifier: Apache-2.0 */
/* When the steps of a ladder fire. Pure. The rules are in paminn-rules(7), Steps and When. */
#pragma once
#include "plan/plan.h"

/* One step at one repetition. */
struct firing {
	unsigned step, repetition; /* index into ladder->steps; 0 for the first */
	struct instant at;	   /* nominal: the ladder's time on the step's date */
	struct instant open;	   /* at, moved into open hours */
};

#define LADDER_FIRINGS_MAX 256 /* of one ladder: --check refuses more */

/*
 * All firings of the ladder counted from base, in order of `at` (then step, repetition), into out
 * (LADDER_FIRINGS_MAX of them). Returns the count.
 */
size_t ladder_firings(const struct plan *plan, const struct ladder *ladder, struct civil_date base,
		      struct firing *out);
/* How many firings there are, without that limit. */
size_t ladder_count(const struct plan *plan, const struct ladder *ladder, struct civil_date base);
/* The day of a step's repetition n, counted from base; CIVIL_NONE when it lies after `until`. */
struct civil_date ladder_day(const struct plan *plan, const struct step *step,
			     struct civil_date base, unsigned n);
/* When the first of them is: the least `at`. */
struct instant ladder_first(const struct plan *plan, const struct ladder *ladder,
			    struct civil_date base);
/* The ladder's time on the first working day after the local date of t. */
struct instant ladder_next_workday(const struct plan *plan, const struct ladder *ladder,
				   struct instant t);
