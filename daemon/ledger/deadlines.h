/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The deadlines as they stand, apart from what each owner owes (obligations.h).
 */
#pragma once
#include "ledger/types.h"

/* What has become of a deadline or occurrence; who may change it, and how: obligation/deadline_state.h. */
enum deadline_state {
	DEADLINE_OPEN,	     /* its deliverable is still owed, or its answers are */
	DEADLINE_SUBMITTED,  /* its deliverable was handed over */
	DEADLINE_SUPERSEDED, /* an occurrence whose place the next one took */
	DEADLINE_REMOVED, /* it left the plan, or its meeting was cancelled before anybody was asked */
	DEADLINE_STATES,
};
/* A deadline as it stands, apart from what each owner owes; of a series: one of its occurrences. */
struct deadline_row {
	char id[ITEM_ID];
	struct civil_date bound; /* the meeting; CIVIL_NONE: provisional, or no meeting's */
	/* Extended as a whole to a meeting: "meeting RF 2026-10", else "". `bound` is that one then, and
	 * what the plan's own `due` is bound to waits in bound_in_plan. engine/obligation/in_force.h. */
	char extended_to[EVENT_DUE_TEXT];
	struct civil_date bound_in_plan;
	struct civil_date
		rule_date; /* an occurrence of an RRULE: that rule's date; else CIVIL_NONE */
	/* Of an occurrence held for a meeting, and of "meeting BODY next": the meeting it came into
	 * being for, wherever that was moved since (without any: the day of the first load). */
	struct civil_date meeting_at_birth;
	struct civil_date due, papers; /* as they stand without extensions of a single measure */
	struct civil_date extended;    /* the date of an extension of the whole, or CIVIL_NONE */
	struct civil_date due_original,
		papers_original; /* before the first change; else CIVIL_NONE */
	enum deadline_state state;
	struct instant opened_at; /* an occurrence: when its window opened; INSTANT_NONE: not yet */
	struct instant unbound_at; /* when support was told that its meeting never came */
	struct instant next_at;	   /* when to look at the deadline itself; INSTANT_NONE */
	int64_t submitted_seq;	   /* of the newest submit, also once that was returned; 0 */
	struct instant submitted_at;
	char reference[LINE_MAX_BYTES + 1]; /* of the newest submit, or "" */
	enum outcome outcome;		    /* the newest; OUTCOME_NONE before the first */
	struct instant outcome_at;
	int64_t outcome_seq;
	char outcome_reference[LINE_MAX_BYTES + 1]; /* or "" */
	int sequence; /* of its entry in a calendar: grows as that changes */
	/* Of a chain (links.h): the papers date of the first body that has not decided, where that is known, and
	 * whether its meeting is not; and the newest decision by which a body passed the matter on; 0. */
	struct civil_date chain_papers;
	bool chain_provisional;
	int64_t passed_seq;
	/* When its paper is to be frozen (us 0: that is to be found out), and for which end of a papers date it
	 * was, or waits for a proposal; each INSTANT_NONE. engine/obligation/freeze_time.h. */
	struct instant freeze_at, frozen_for, freeze_waits;
	int frozen_n; /* how many were frozen: the number of the newest */
};
/* One of which nothing is known yet: open. */
struct deadline_row deadline_row_new(struct deadline_id id);
int ledger_put_deadline(struct ledger *l, const struct deadline_row *d);
int ledger_deadline(struct ledger *l, struct deadline_id id, struct deadline_row *ret);
int ledger_find_deadline(struct ledger *l, struct deadline_id id, struct deadline_row *ret,
			 bool *ret_found);
int ledger_deadlines(struct ledger *l, int (*row)(void *userdata, const struct deadline_row *d),
		     void *userdata);
/* The occurrences of a series, in order of id. */
int ledger_occurrences(struct ledger *l, struct deadline_id series,
		       int (*row)(void *userdata, const struct deadline_row *d), void *userdata);
/* Those that are extended to a meeting, in order of id. */
int ledger_deadlines_at_meetings(struct ledger *l,
				 int (*row)(void *userdata, const struct deadline_row *d),
				 void *userdata);
/* Deadlines with next_at ≤ now, at most max; returns the count. */
int ledger_deadlines_due(struct ledger *l, struct instant now, struct deadline_row *out,
			 size_t max);
/* Deadlines with freeze_at ≤ now, at most max; returns the count. */
int ledger_deadlines_to_freeze(struct ledger *l, struct instant now, struct deadline_row *out,
			       size_t max);
/* Those whose paper waits for a proposal, in order of id. */
int ledger_deadlines_waiting_to_freeze(struct ledger *l,
				       int (*row)(void *userdata, const struct deadline_row *d),
				       void *userdata);

extern const struct row_type deadline_type;
