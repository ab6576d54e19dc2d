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

/* Whose absence stewards are told of: what they were told last, and when that is to be looked at again. */
struct away_row {
	char person[ID_MAX + 1];
	struct instant look_at; /* INSTANT_NONE: nothing is to come */
	/* Of the absence whose beginning was told and whose end was not; CIVIL_NONE: of none. */
	struct civil_date from, until;
};
int ledger_put_away(struct ledger *l, const struct away_row *a); /* key: person */
int ledger_find_away(struct ledger *l, struct person_id person, struct away_row *ret,
		     bool *ret_found);
/* Those to be looked at by then, by person, of people after this one ("": of all), at most max; the count. */
int ledger_away_due(struct ledger *l, struct instant until, struct person_id after,
		    struct away_row *out, size_t max);
/* Has a manager been told of anything that this absence holds? 1 or 0. */
int ledger_absence_is_known(struct ledger *l, int64_t absence);

/* How many things wait to be told to a person, whatever the channel; how many were told, from an instant on, to who
 * stood in for them. */
int ledger_count_waiting_for(struct ledger *l, struct person_id person, size_t *ret);
int ledger_count_passed_on(struct ledger *l, struct person_id person, struct instant since,
			   size_t *ret);

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

extern const struct row_type absence_type, promise_type, told_type, away_type;
