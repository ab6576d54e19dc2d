/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The extension of one item: a deadline, one measure's answer to it, or the measure's own date. Plain `extend` makes one, a grant of
 * requests one for each of them, and a request is checked as if it were one.
 */
#pragma once
#include "engine/apply/application.h"

struct extension {
	const struct deadline *d;  /* NULL: the measure's own date */
	struct measure_id measure; /* NULL: the whole */
	struct event_due due;
	const char *reference, *reason; /* reason: or NULL */
	bool asked; /* for, not given: then it is later than what stands, and corrects nothing */
	/* Found by the check: the deadline's row, and the papers dates before it: as they stand, and before
	 * any extension; and is there one? */
	struct deadline_row row;
	struct civil_date stands, original;
	bool extended;
};
/* What the event is about: `deadline`, as its data has it (or NULL), beside its subject. 0, or a reject code with
 * the sentence in a->why. */
int extension_subject(struct application *a, const char *deadline, struct extension *ret);
/* All that could refuse it: 0, a reject code with the sentence in a->why, or a negative errno. */
int extension_check(struct application *a, struct extension *x);
/* Carry out what was checked; the event has been appended. 0 or a negative errno. */
int extension_make(struct application *a, const struct extension *x);
