/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stewards' events have changed, kept for as long as they may be taken back, and which were. An act is a row
 * of its own, so that it costs one statement however much it changes.
 */
#pragma once
#include "ledger/journal.h"
#include "ledger/types.h"

#define ACT_ROWS_MAX 2000 /* of one that can be taken back */
#define ACT_KEPT DAYS(7)
/* Of those that one transaction commits: a file of a thousand reports is no slip, and each would cost twice. */
#define ACTS_A_TURN 20

/* A row that an act has changed: before, or after, NULL: there was none. */
struct kept_change {
	const struct row_type *type;
	void *before, *after;
};
struct kept_act {
	struct instant at; /* when it was received */
	bool kept;	   /* false: it changed more than is kept */
	struct kept_change *list;
	size_t count, room;
};

/* Is there room for one more act in this transaction? */
bool ledger_may_keep_act(const struct ledger *l);
/* Keep what the open journal has as the act of this seq; what is older than ACT_KEPT is forgotten. */
int ledger_keep_act(struct ledger *l, int64_t seq, struct instant at);
/* To be done with by kept_act_done, also after an error. */
int ledger_find_act(struct ledger *l, int64_t seq, struct kept_act *ret, bool *ret_found);
void kept_act_done(struct kept_act *act);
/* Those before an instant can't be taken back any more. */
int ledger_forget_acts(struct ledger *l, struct instant before);
/* The newest acts, up to max, newest first, into out: how many. */
int ledger_acts(struct ledger *l, int64_t *out, size_t max);

/* The event of seq is taken back by another. */
int ledger_set_undone(struct ledger *l, int64_t seq, int64_t by);
/* By which, 0: it is not. */
int ledger_undone_by(struct ledger *l, int64_t seq, int64_t *ret);

extern const struct row_type act_type, undone_type;

/* Any row as it stands, by the key in `key`: ret is to be ended by row_done. */
int ledger_row(struct ledger *l, const struct row_type *type, const void *key, void *ret,
	       bool *ret_found);
int ledger_put_row(struct ledger *l, const struct row_type *type, const void *row);
/* Of a type that has no working set. */
int ledger_drop_row(struct ledger *l, const struct row_type *type, const void *key);
