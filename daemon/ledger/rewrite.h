/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows in which somebody's words may stand, or their name: gone over one by one, to be written anew without them. What
 * identifies things and people in the store are ids, which stay.
 */
#pragma once
#include "ledger/types.h"

#define REWRITTEN_TEXTS 6

/* A kind of row that has such texts, and which: events are not among them, event_log.h has their function. */
struct rewritten {
	const struct row_type *type;
	const char *texts[REWRITTEN_TEXTS]; /* columns; NULL behind the last */
	bool is_json;			    /* the first of them has JSON text */
};
#define REWRITTEN_KINDS 12
extern const struct rewritten rewritten[REWRITTEN_KINDS];

/* Each row of that kind in order of its key, as a struct of its type that `one` may change: 1 when it has, 0, or a negative
 * errno. Strings are on the heap. In a transaction; 0 or a negative errno. */
int ledger_rewrite(struct ledger *l, const struct rewritten *kind,
		   int (*one)(void *userdata, const struct rewritten *kind, void *row),
		   void *userdata);

/*
 * Outside of a transaction: nothing of what rows have been is left in the store's files, neither in what is free in them
 * nor in the write-ahead log. 0; -EBUSY while a snapshot is open, then ask again; -ENOSPC: the store is copied for it; or
 * the -EIO that ends its use. Of a shared store it is the server's to do.
 */
int ledger_scrub(struct ledger *l);
