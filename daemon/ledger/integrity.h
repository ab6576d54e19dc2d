/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one row says of others.
 */
#pragma once
#include "ledger/types.h"

/* What one row says of others, and what would be wrong with it. */
enum reference {
	REFERENCE_MARK_OBLIGATION, /* a mark, by its obligation, of which there is none */
	REFERENCE_MARK_MESSAGE,	   /* a mark, by its obligation, whose message is not there */
	REFERENCE_ITEM_MESSAGE,	   /* an item of a message that is not there */
	REFERENCE_ITEM_OBLIGATION, /* an item, by its message, of an obligation that is not there */
	REFERENCE_MESSAGE_ITEM,	   /* a message that speaks of nothing */
	REFERENCE_MESSAGE_STATE,   /* a message whose instants do not fit its state */
	REFERENCE_ANSWER,	   /* an obligation whose answer is not in the log */
	REFERENCES,
};
/*
 * Those that are wrong, among the rows whose key is in (after, after + span]: row is called with the key
 * and what it leads to. *ret_more: there are rows with larger keys.
 */
int ledger_dangling(struct ledger *l, enum reference which, int64_t after, int64_t span,
		    int (*row)(void *userdata, int64_t key, int64_t to), void *userdata,
		    bool *ret_more);
