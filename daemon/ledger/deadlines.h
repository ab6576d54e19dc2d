/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The deadlines as they stand, apart from what each owner owes (obligations.h).
 */
#pragma once
#include "ledger/types.h"

/* A deadline as it stands, apart from what each owner owes. */
struct deadline_row {
	char id[ITEM_ID];
	struct civil_date bound; /* the meeting; CIVIL_NONE: provisional, or no meeting's */
	struct civil_date
		anchor; /* what it is counted from: engine/obligation/series.h; or CIVIL_NONE */
	struct civil_date due, papers; /* as they stand without extensions of a single measure */
	struct civil_date extended;    /* the date of an extension of the whole, or CIVIL_NONE */
	struct civil_date due_original,
		papers_original; /* before the first change; else CIVIL_NONE */
	bool closed;		 /* its deliverable is handed over, or it left the plan */
	bool removed;		 /* it left the plan */
	bool unbound_told;	 /* support knows that its meeting never came */
	bool opened;		 /* an occurrence whose window has opened: the former gave way */
	bool superseded;	 /* an occurrence closed because the next one's window opened */
	struct instant next_at;	 /* when the deadline itself wants a look; INSTANT_NONE */
	int64_t submitted_seq;	 /* of the newest submit; 0 */
	struct instant submitted_at;
	char reference[NAME_MAX_ + 1]; /* of the newest submit, or "" */
	enum outcome outcome;	       /* the newest; OUTCOME_NONE before the first */
	struct instant outcome_at;
	int64_t outcome_seq;
	char outcome_reference[NAME_MAX_ + 1]; /* or "" */
};
/* One of which nothing is known yet. */
struct deadline_row deadline_row_new(const char *id);
int ledger_put_deadline(struct ledger *l, const struct deadline_row *d);
int ledger_deadline(struct ledger *l, const char *id, struct deadline_row *ret);
int ledger_deadlines(struct ledger *l, int (*row)(void *userdata, const struct deadline_row *d),
		     void *userdata);
/* The occurrences of a series, in order of id. */
int ledger_occurrences(struct ledger *l, const char *series,
		       int (*row)(void *userdata, const struct deadline_row *d), void *userdata);
/* Deadlines with next_at ≤ now, at most max; returns the count. */
int ledger_deadlines_due(struct ledger *l, struct instant now, struct deadline_row *out,
			 size_t max);

extern const struct row_type deadline_type;
