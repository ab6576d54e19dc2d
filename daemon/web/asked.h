/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked of one person: an obligation as it stands for them now. Whether a link still leads to a form,
 * to a receipt, or to the page that says why not.
 */
#pragma once
#include "engine/engine.h"
#include "message/link.h"

enum asked_state {
	ASKED_OPEN,	  /* it is theirs to answer */
	ASKED_ANSWERED,	  /* by them or by somebody else */
	ASKED_EXPIRED,	  /* so long after the papers date that the link is no good any more */
	ASKED_SUPERSEDED, /* the rest: nobody is to answer it, or somebody else */
	ASKED_REMOVED,
	ASKED_HANDED_OVER,
	ASKED_MEASURE_CLOSED, /* done or cancelled, as was reported */
	ASKED_CLOSED_BY_BODY,
	ASKED_PERSON_LEFT,
	ASKED_NOT_THEIRS,
};
struct asked {
	enum asked_state state;
	bool theirs;	    /* they may answer it: it is theirs, or they may speak for whom it is */
	bool asked_of_them; /* it is theirs, or they stand in: a deputy otherwise is nobody who is asked */
	bool closed_by_body;
	struct obligation o;
	/* Of the plan in force; NULL when it has it no more. */
	const struct person *person;
	const struct deadline *deadline;
	const struct measure *measure; /* NULL for the deliverable, too */
	const struct person *owes; /* whose it is now, also when somebody else has answered it */
};

enum { ASKED_UNKNOWN = 1 }; /* there is no such obligation */
/* What an answer's link leads to. 0, ASKED_UNKNOWN, or a negative errno. */
int asked_by_link(struct engine *e, const struct link *link, struct instant now, struct asked *ret);

/* First those that are open, in the order of their papers dates; then the answered ones, newest first. */
struct asked_list {
	struct asked *list;
	size_t count, room;
	size_t open; /* how many of them are */
};
/*
 * All that a person may answer now: what they owe, and what somebody owes whom they stand in for, with its
 * window open; and what was answered of it since. To be done with in any case.
 */
int asked_of_person(struct engine *e, const struct person *person, struct instant since,
		    struct instant now, struct asked_list *ret);
void asked_list_done(struct asked_list *a);
/* Is or was anything theirs to answer? 1, 0 or a negative errno. */
int asked_of_them_ever(struct engine *e, struct person_id person);

/* Since when it is this person's, in this round. */
struct instant asked_since(const struct asked *a);

/* The days between which they may promise the answer. */
struct asked_promise {
	bool possible, late; /* late: it was, before the last day passed */
	struct civil_date last;
	struct civil_date promised; /* what they have promised already, or CIVIL_NONE */
};
int asked_promise(struct engine *e, const struct asked *a, struct instant now,
		  struct asked_promise *ret);
