/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is away, and who promised an answer until when.
 */
#pragma once
#include "ledger/types.h"

struct absence {
	char person[ID_MAX + 1];
	struct civil_date from, until; /* inclusive */
	char deputy[ID_MAX + 1];       /* "": the plan's */
	int64_t seq;		       /* of the event; of two that overlap the newer counts */
};
int ledger_put_absence(struct ledger *l, const struct absence *a); /* key: person, from */
/* It is no more. */
int ledger_drop_absence(struct ledger *l, const struct absence *a);
/* Those not over before `day`, of one person or (NULL) all; by person, oldest event first. */
int ledger_absences(struct ledger *l, struct person_id person, struct civil_date day,
		    int (*row)(void *userdata, const struct absence *a), void *userdata);
/* Note that the manager was told of what this absence holds. 1: noted now; 0: it was already. */
int ledger_tell_absence(struct ledger *l, int64_t absence, struct obligation_id obligation,
			int kind);
/* Was it? 1 or 0. */
int ledger_absence_is_told(struct ledger *l, int64_t absence, struct obligation_id obligation,
			   int kind);

/* "Seen, answer by": a person's promise for an obligation. */
struct promise {
	struct obligation_id obligation;
	char person[ID_MAX + 1];
	struct civil_date answer_by;
	int64_t seq;
};
int ledger_put_promise(struct ledger *l, const struct promise *p); /* key: obligation, person */
/* Forget them: somebody else owes it now. */
int ledger_drop_promises(struct ledger *l, struct obligation_id obligation);
int ledger_promises(struct ledger *l, struct obligation_id obligation,
		    int (*row)(void *userdata, const struct promise *p), void *userdata);

extern const struct row_type absence_type, promise_type, told_type;
