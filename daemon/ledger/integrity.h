/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one row says of others.
 */
#pragma once
#include "ledger/types.h"

/* What one row says of others, and what would be wrong with it. */
enum reference {
	REFERENCE_MARK_OBLIGATION, /* a mark, by its obligation, which is not there */
	REFERENCE_MARK_MESSAGE,	   /* a mark, by its obligation, whose message is not there */
	REFERENCE_ITEM_MESSAGE,	   /* an item of a message that is not there */
	REFERENCE_ITEM_OBLIGATION, /* an item, by its message, of an obligation that is not there */
	REFERENCE_MESSAGE_ITEM,	   /* a message that speaks of nothing */
	REFERENCE_MESSAGE_STATE,   /* a message whose instants do not fit its state */
	REFERENCE_ANSWER,	   /* an obligation whose answer is not in the log */
	REFERENCE_INCOMING,	   /* a mail that came in about a message that is not there */
	REFERENCES,
};
/* How far a look at all references has come: { 0 } at first, which = REFERENCES when it is through. */
struct reference_cursor {
	enum reference which;
	int64_t after; /* the last key looked at */
};
/*
 * Look at the next span of keys: row is called with the key and what it leads to, for each that is
 * wrong. Then the cursor is moved on, unless there was an error.
 */
int ledger_dangling(struct ledger *l, struct reference_cursor *cursor, int64_t span,
		    int (*row)(void *userdata, int64_t key, int64_t to), void *userdata);
