/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store moved into another one, of whichever engine: all rows, compared afterwards, while nobody has either.
 *
 *	from: a store                      from: a store                from: moved-to       from: moved-to
 *	to:   empty or not there  ──new──▶ to:   moving-from ──step──▶  to:   moving-from ──▶ to:   a store
 *	                                        (rows, one transaction)         └────── finish ──────┘
 *
 * The two facts are the stores' own (tables.c). With either a store is no daemon's: of `moved-to` since what happens
 * goes on elsewhere, of `moving-from` since it may not be whole. Wherever a move stops, it can be begun again.
 */
#pragma once
#include "ledger/ledger.h"

enum move_side { MOVE_FROM, MOVE_TO };
struct move_refusal {
	enum move_side side;
	struct store_refusal store;
};
enum move_result {
	MOVE_READY = 0, /* positive ones below LEDGER_OPEN_RESULTS are of the opening */
	MOVE_HAS_DAEMONS = LEDGER_OPEN_RESULTS, /* from: one is called store.reason */
	MOVE_NOT_EMPTY,				/* to: something is stored there */
};
enum move_phase { MOVE_COPYING, MOVE_COMPARING, MOVE_COPIED };

struct ledger_move;
/*
 * Open both, and take them for this process; at is a full path or "postgresql://…". 0 with the move in ret; a positive
 * enum move_result or enum ledger_open_result, or a negative errno, with more in ret_why, and both as they were; but
 * `from` may have been migrated.
 */
int ledger_move_new(struct ledger_move **ret, const struct store_place *from,
		    const struct store_place *to, struct move_refusal *ret_why);
/* Of a text that had to be changed: table_copy.h. */
void ledger_move_tell(struct ledger_move *m, void (*changed)(void *userdata, const char *where),
		      void *userdata);
/* Go on a little: 1 there is more; 0 all rows are in `to`, compared and on its disk; a negative errno: -EUCLEAN when
 * it has others than `from`, as ledger_move_place says. */
int ledger_move_step(struct ledger_move *m);
enum move_phase ledger_move_phase(const struct ledger_move *m);
const char *ledger_move_table(const struct ledger_move *m); /* or NULL */
int64_t ledger_move_rows(const struct ledger_move *m);	    /* of the phase */
const char *ledger_move_place(const struct ledger_move *m);
/* Then: for who reads what they have. */
struct ledger *ledger_move_ledger(const struct ledger_move *m, enum move_side side);
/* `from` says where it has gone, `to` is a store. 0 or a negative errno. */
int ledger_move_finish(struct ledger_move *m);
/* What one of them has failed for, as ledger_failure. */
const char *ledger_move_failure(const struct ledger_move *m);
/* One that is not finished leaves `from` as it was, and `to` no daemon's. */
struct ledger_move *ledger_move_free(struct ledger_move *m);

/* May a daemon have this store? 0, LEDGER_MOVED, LEDGER_UNFINISHED, or a negative errno; the other place in why. */
int ledger_whereabouts(struct ledger *l, char why[static 256]);
