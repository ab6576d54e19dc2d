/* SPDX-License-Identifier: Apache-2.0 */
/* Every row of the store against its checksum, for who verifies it; and the key of the checksums. */
#pragma once
#include "ledger/types.h"

/* How far it has come; begun as all zeroes. */
struct row_cursor {
	size_t table;
	void *after; /* the key of the last row of it */
};
/* Look at up to max further rows; damaged is called with the name of each whose checksum does not hold. 1: there are
 * more; 0 at the end; a negative errno, or what damaged has returned. */
int ledger_check_rows(struct ledger *l, struct row_cursor *cursor, size_t max,
		      int (*damaged)(void *userdata, const char *name), void *userdata);
void row_cursor_done(struct row_cursor *cursor);

/* Each row whose checksum does not hold is made harmless where its kind can be; else it is taken for what it says now, for
 * a person to compare with the log. In a transaction; told is called with the name of each. Events stay, and are passed
 * over. */
int ledger_accept_damaged(struct ledger *l, int (*told)(void *userdata, const char *name),
			  void *userdata);

/* The pages of the store, checked by its engine while others go on. */
struct page_check;
int page_check_new(struct page_check **ret, struct ledger *l);
/* Go on: 1 there is more; 0 at the end; fault is called with each. */
int page_check_work(struct page_check *c, int (*fault)(void *userdata, const char *what),
		    void *userdata);
struct page_check *page_check_free(struct page_check *c);

/* The name of a row that was found damaged, and that nobody was told of; NULL: there is none. Views share it. */
const char *ledger_next_damaged(struct ledger *l);
/* How many were, since the opening. */
size_t ledger_damaged(const struct ledger *l);
