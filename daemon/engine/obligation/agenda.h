/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands in calendars: the entries that belong to a message, and all those of a person or a body. What
 * an entry says in words, and how calendars read it, is message/calendar_entry.h's business.
 *
 * An entry is known by what it is about, for good: a deadline and a measure, a deadline alone, a body's
 * meeting. As it changes its sequence grows, so that a calendar takes the newer one.
 */
#pragma once
#include "engine/engine.h"

enum agenda_what {
	AGENDA_ANSWER,	    /* a measure's answer to a deadline */
	AGENDA_DELIVERABLE, /* the deadline's own deliverable */
	AGENDA_PAPERS,	    /* the deadline as a whole, to who owes nothing of it */
	AGENDA_MEETING,	    /* of a body */
};

struct agenda_entry {
	enum agenda_what what;
	bool asked;	  /* the reader is to hand it in */
	bool answered;	  /* it has been handed in */
	bool cancelled;	  /* it is not asked for any more, or not of the reader */
	bool provisional; /* no meeting is known yet that it would be for */
	bool tentative;	  /* and therefore its last day may move by itself */
	int sequence;
	char deadline[ITEM_ID];	  /* "" of a meeting */
	char measure[MEASURE_ID]; /* AGENDA_ANSWER; else "" */
	const char *
		title; /* of the measure, the deadline or the body: the plan's; NULL: it left that */
	const char *deadline_title;	/* AGENDA_ANSWER; else NULL */
	const char *decision;		/* or NULL */
	struct body_id body;		/* whose meeting it is for; text NULL: no body's */
	const char *body_name;		/* or NULL */
	char place[LINE_MAX_BYTES + 1]; /* AGENDA_MEETING, or "" */
	struct civil_date
		first; /* of a meeting: the day it was first set for, by which it is known */
	struct civil_date papers;    /* the last day; of a meeting, the day it begins */
	struct civil_date practical; /* the last sensible day, not after papers */
	struct civil_date due;	     /* the day of the meeting; of a meeting, the day it ends */
	struct time_of_day time;     /* that ends papers; TIME_OF_DAY_NONE: its midnight */
};

#define AGENDA_MAX 500 /* entries; what lies furthest ahead is left out */
/* After its last day, for which what is past, answered or withdrawn stands there still: a calendar that only
 * adds what it fetches learns from the entry that it is cancelled, and not from its absence. */
#define AGENDA_DAYS_PAST 30

struct agenda {
	struct agenda_entry *list;
	size_t count, room;
};
void agenda_done(struct agenda *agenda);

/* What is due, or is not any more, by those items of a message to somebody which say that something is owed,
 * has moved, was returned, assigned or handed in. */
struct agenda_items {
	const struct item *list;
	size_t count;
	const struct person *reader; /* NULL: a channel, which has no calendar */
};
/* 0 or a negative errno. */
int agenda_of_items(struct agenda *agenda, struct engine *e, const struct agenda_items *items);
/* All that a person owes, and what they have answered or is not asked of anybody any more lately, by papers
 * date. What another owes in their place is not in it. 0 or a negative errno. */
int agenda_of_person(struct agenda *agenda, struct engine *e, const struct person *person,
		     struct instant now);
/* A body's meetings, and what is due for them, by date. 0 or a negative errno. */
int agenda_of_body(struct agenda *agenda, struct engine *e, const struct body *body,
		   struct instant now);
