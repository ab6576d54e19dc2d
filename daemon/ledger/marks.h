/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks: each reminder decision.
 */
#pragma once
#include "ledger/types.h"

enum decision {
	DECISION_PLANNED, /* only in answers of why: never stored */
	DECISION_SENT,
	DECISION_MERGED,
	DECISION_HELD,
	DECISION_SUPPRESSED,
	DECISION_FAILED, /* only in answers of why: what became of SENT */
};
struct mark {
	struct obligation_id obligation;
	int round;
	char step[STEP_TEXT]; /* the step's text in the ladder */
	unsigned repetition;
	char recipient[RECIPIENT_ID];
	enum decision decision;
	struct instant at;	   /* the step's own instant */
	struct instant decided;	   /* when it was decided */
	struct instant retry_at;   /* HELD: when to look again; else INSTANT_NONE */
	struct message_id message; /* the outbox row of its first channel; 0 */
	bool late;		   /* sent late: the step was already past */
	bool accepted;		   /* counted in asked */
	bool owed;		   /* a reminder to who owes it, or who stands in for them */
	int64_t absence;	   /* seq of the absence that suppressed or holds it; 0 */
	char reason[200];
};
/* Insert or replace; unique in (obligation, round, step, repetition, recipient). */
int ledger_put_mark(struct ledger *l, const struct mark *m);
/* Those of a round will be asked for in this transaction. */
int ledger_prefetch_marks(struct ledger *l, struct obligation_id obligation, int round);
/* Marks of an obligation, one round or (round = 0) all, in order of round, at. */
int ledger_marks(struct ledger *l, struct obligation_id obligation, int round,
		 int (*row)(void *userdata, const struct mark *m), void *userdata);

/* Marks that an absence suppressed or holds, of this recipient. */
int ledger_marks_absent(struct ledger *l, struct recipient_id recipient,
			int (*row)(void *userdata, const struct mark *m), void *userdata);

extern const struct row_type mark_type;
