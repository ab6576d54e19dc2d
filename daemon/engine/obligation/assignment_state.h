/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has become of an assignment. It has no state of its own but the body's closing: the rest is what is
 * below it, its measures and its deadlines, looked at when somebody asks.
 *
 *	closed     the body has closed it; or its owner's word is enough, there is something below it, and
 *	           all of that is closed: each measure, by whom closes it, and each deadline decided
 *	answered   its deadlines are handed in or decided; without any: its measures are done or
 *	           cancelled by their owners
 *	open       else
 *
 * A series below it is open as long as it goes on: one of a rule until its last occurrence, one of
 * meetings for ever. What is removed or superseded is not open.
 */
#pragma once
#include "engine/engine.h"

enum assignment_state {
	ASSIGNMENT_OPEN,
	ASSIGNMENT_ANSWERED,
	ASSIGNMENT_CLOSED,
	ASSIGNMENT_STATES,
};
/* "open", "answered", "closed". */
const char *assignment_state_name(enum assignment_state state);

/* What is below an assignment, as far as it was looked at. */
struct below {
	size_t at;	       /* of its measures, then its deadlines */
	size_t open_measures;  /* neither done nor cancelled nor closed by the body */
	size_t done_by_owner;  /* done or cancelled, and the body has yet to close them */
	size_t open_deadlines; /* not handed in */
	size_t undecided;      /* deadlines handed in or not, of which the body has not decided */
	/* Of the deadline due last: of those open, or of all when none is. */
	struct civil_date due, due_original;
	bool provisional, of_open, extended;
	/* The latest day by which owners expect to be done with what is open; CIVIL_NONE: none said so. */
	struct civil_date estimate;
};
struct below below_new(void);
/* Look at so many more measures, or fewer deadlines: 1 there are more, 0 done, or a negative errno. */
int below_look(struct engine *e, const struct assignment *a, size_t count, struct below *below);
/* All of them: 0 or a negative errno. */
int below_look_all(struct engine *e, const struct assignment *a, struct below *ret);

/* Has the body closed it? */
bool assignment_is_closed_by_body(const struct assignment_row *row);
/* Of what was looked at whole. */
enum assignment_state assignment_state(const struct assignment *a, const struct assignment_row *row,
				       const struct below *below);
/* When it is to be answered, as things stand: by what is below it, or by its own answer_by. */
struct answer_by {
	struct civil_date date, original; /* CIVIL_NONE: no date; it is what it was */
	bool provisional;
	bool extended; /* by a decision or by the plan: its meeting was not just moved */
};
struct answer_by assignment_answer_by(const struct assignment *a, const struct assignment_row *row,
				      const struct below *below);

/*
 * Bring its row up to what is written and known now, and put it. old: what the last plan said of it; NULL: it
 * did not have it. 0 or a negative errno.
 */
int assignment_refresh(struct engine *e, const struct assignment *a, const struct assignment *old,
		       struct instant now);
