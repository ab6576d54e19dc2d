/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The assignments as they stand: when each is to be answered, and whether its body has closed it. What is
 * below one is in the rows of its measures and deadlines.
 */
#pragma once
#include "ledger/types.h"

struct assignment_row {
	char id[ID_MAX + 1];
	struct civil_date bound;     /* the meeting; CIVIL_NONE: provisional, or no meeting's */
	struct civil_date answer_by; /* as it stands; CIVIL_NONE: none */
	bool provisional;	     /* it waits for its meeting */
	struct civil_date answer_by_original; /* before the first change; else CIVIL_NONE */
	enum closure closed_as;		      /* by the body; CLOSURE_NONE: not */
	struct instant closed_at;
	int64_t closed_seq;			   /* of the closing; 0: none */
	char closed_reference[LINE_MAX_BYTES + 1]; /* or "" */
	char *closed_link;			   /* or NULL; assignment_row_done frees */
};
/* One of which nothing is known yet. */
struct assignment_row assignment_row_new(struct assignment_id id);
int ledger_put_assignment(struct ledger *l, const struct assignment_row *a);
int ledger_find_assignment(struct ledger *l, struct assignment_id id, struct assignment_row *ret,
			   bool *ret_found);
void assignment_row_done(struct assignment_row *a);

extern const struct row_type assignment_type;
