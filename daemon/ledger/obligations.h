/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each owner owes.
 */
#pragma once
#include "ledger/types.h"

/* What is stored; whether a live one is waiting, open or late follows from its instants and now. */
enum obligation_phase { PHASE_LIVE, PHASE_ANSWERED, PHASE_WITHDRAWN };
enum withdrawal {
	WITHDRAWN_NOT,
	WITHDRAWN_MEASURE_CLOSED, /* its measure is done or cancelled */
	WITHDRAWN_SUBMITTED,	  /* the deadline's deliverable was handed over without it */
	WITHDRAWN_REMOVED,	  /* measure, deadline or person left the plan */
	WITHDRAWN_SUPERSEDED,	  /* the window of the next occurrence opened */
};
struct obligation {
	struct obligation_id id;
	char deadline[ITEM_ID];
	char measure[MEASURE_ID]; /* "" for the deliverable */
	char owner[ID_MAX + 1];	  /* who owes it now; "" when nobody is left */
	enum obligation_phase phase;
	enum withdrawal withdrawal;
	int round; /* from 1 */
	struct civil_date due, papers, practical, base;
	struct civil_date due_original, papers_original; /* CIVIL_NONE while unchanged */
	bool provisional, extended;
	struct instant opens_at, late_at;
	struct instant next_at;	 /* when remind must look at it next; INSTANT_NONE: never */
	struct instant known_at; /* when this round began: steps before it are already past */
	int reached_round;	 /* the latest round in which a reminder was accepted; 0: none */
	struct instant reached_at;
	int told_round; /* the latest round in which support heard that the owner can't be reached */
	int asked;
	struct instant last_asked;  /* INSTANT_NONE */
	struct instant answered_at; /* INSTANT_NONE */
	int64_t answered_seq;
	struct instant answers_after; /* only later statuses answer it; INSTANT_NONE */
	bool promised;		      /* somebody has promised an answer: ledger_promises */
	struct instant
		assigned_at; /* when its owner took it over; INSTANT_NONE: theirs from the first */
	int sequence;	     /* of its entry in a calendar: grows as that changes */
};
/* Insert when id is 0 (the id is set), else update the whole row save deadline and measure, which are
 * its identity for good. */
int ledger_put_obligation(struct ledger *l, struct obligation *o);
int ledger_obligation(struct ledger *l, struct obligation_id id, struct obligation *ret);
/* It will be asked for in this transaction. */
int ledger_prefetch_obligation(struct ledger *l, struct obligation_id id);
int ledger_find_obligation(struct ledger *l, struct obligation_id id, struct obligation *ret,
			   bool *ret_found);
int ledger_obligation_of(struct ledger *l, struct deadline_id deadline, struct measure_id measure,
			 struct obligation *ret);
int ledger_find_obligation_of(struct ledger *l, struct deadline_id deadline,
			      struct measure_id measure, struct obligation *ret, bool *ret_found);

typedef int (*obligation_fn)(void *userdata, const struct obligation *o);
int ledger_obligations_of_deadline(struct ledger *l, struct deadline_id deadline, obligation_fn row,
				   void *userdata);
int ledger_obligations_of_measure(struct ledger *l, struct measure_id measure, obligation_fn row,
				  void *userdata);
/* A person's, by papers date: what is owed still, and what has a papers date from that date on. */
int ledger_obligations_of_owner(struct ledger *l, struct person_id owner, struct civil_date from,
				obligation_fn row, void *userdata);
/* All with id > after, in order of id, at most max, into out; returns the count. For paging. */
int ledger_obligations_after(struct ledger *l, struct obligation_id after, struct obligation *out,
			     size_t max);
/* Those with next_at ≤ now, earliest first, at most max, into out; returns the count. */
int ledger_obligations_due(struct ledger *l, struct instant now, struct obligation *out,
			   size_t max);

extern const struct row_type obligation_type;
