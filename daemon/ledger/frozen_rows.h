/* SPDX-License-Identifier: Apache-2.0 */
/* Papers that were frozen: each for good, so that what a board was given can be shown and proved. */
#pragma once
#include "ledger/types.h"

#define SHA256_TEXT 65 /* hexadecimal, and its NUL */

struct frozen_row {
	char deadline[ITEM_ID];
	int n;			  /* of its papers, from 1 */
	struct instant at;	  /* when */
	struct instant late_at;	  /* the end of the papers date that it is for */
	char sha256[SHA256_TEXT]; /* of content */
	char *content; /* the report's row as compact JSON with sorted keys; frozen_row_done frees */
};
int ledger_put_frozen(struct ledger *l, const struct frozen_row *f);
/* The newest of a deadline. */
int ledger_find_frozen(struct ledger *l, struct deadline_id deadline, struct frozen_row *ret,
		       bool *ret_found);
/* The n-th of it. */
int ledger_find_frozen_number(struct ledger *l, struct deadline_id deadline, int n,
			      struct frozen_row *ret, bool *ret_found);
void frozen_row_done(struct frozen_row *f);

extern const struct row_type frozen_type;
