/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a body is proposed to decide, as a steward has written it. Few items have one, and it is long, so they are
 * a table of their own.
 */
#pragma once
#include "ledger/types.h"

struct proposal_row {
	char item[ITEM_ID]; /* a deadline (of a series an occurrence) or an assignment */
	char *text;	    /* NULL: what the plan says stands; proposal_row_done frees */
	struct instant at;  /* when it was written; INSTANT_NONE without a text */
	int64_t seq;	    /* of the event; 0 without a text */
};
int ledger_put_proposal(struct ledger *l, const struct proposal_row *p);
int ledger_find_proposal(struct ledger *l, const char *item, struct proposal_row *ret,
			 bool *ret_found);
/* All, in order of item. */
int ledger_proposals(struct ledger *l, int (*row)(void *userdata, const struct proposal_row *p),
		     void *userdata);
void proposal_row_done(struct proposal_row *p);

extern const struct row_type proposal_type;
