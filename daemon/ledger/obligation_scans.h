/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Obligations for who reads many: of a deadline or a person only their ids, which an index has; of all, those alone
 * that are owed by some time, a window of ids after another, so that no call goes through the whole table.
 */
#pragma once
#include "ledger/obligations.h"

/* In order of id. */
typedef int (*obligation_id_fn)(void *userdata, struct obligation_id id);
int ledger_obligation_ids_of_deadline(struct ledger *l, struct deadline_id deadline,
				      obligation_id_fn row, void *userdata);
int ledger_obligation_ids_of_owner(struct ledger *l, struct person_id owner, obligation_id_fn row,
				   void *userdata);
/* The first deadline with obligations whose id's bytes are after the one and before the other. */
int ledger_next_deadline_owed(struct ledger *l, const char *after, const char *before,
			      char ret[static ITEM_ID], bool *ret_found);

struct owed_scan {
	struct obligation_id after; /* 0: from the first */
	struct instant opened;	    /* live ones whose window is open by then, and */
	struct civil_date papers;   /* those whose papers are due by then; CIVIL_NONE: no others */
	bool over;
};
/* The next of them in order of id, at most max; their count, which may be 0 before the scan is over. */
int ledger_obligations_owed(struct ledger *l, struct owed_scan *scan, struct obligation *out,
			    size_t max);
