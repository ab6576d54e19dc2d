/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows that an event changes, and what each was before: for who tells what would follow from it, and for
 * who takes it back. While nobody asks there is no journal, and writing costs nothing more.
 *
 * The log itself (events, subjects, sequences) is not in it: what was said stays said.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "ledger/field.h"

struct ledger;
struct journal;

/* Of more rows than this only their count is kept: an event that changes so many can't be taken back. */
#define JOURNAL_ROWS_MAX 20000

struct journal_row {
	const struct row_type *type;
	bool there; /* was there such a row before? */
	void *row;  /* what it was; when there was none, its key alone, and zeros */
};

/* Keep one from here on, in the open transaction. 0 or -ENOMEM. */
int ledger_journal_open(struct ledger *l);
bool ledger_journal_is_open(const struct ledger *l);
/* What it has is forgotten. Without one, nothing. */
void ledger_journal_close(struct ledger *l);
/* It is open no more, and what it has is the caller's: until journal_free. NULL: there was none. */
struct journal *ledger_journal_take(struct ledger *l);
struct journal *journal_free(struct journal *j);
/* In the order in which they were first changed, each once. */
size_t ledger_journal_count(const struct ledger *l);
const struct journal_row *ledger_journal_row(const struct ledger *l, size_t i);
/* Changes of further rows, of which nothing is kept. */
size_t ledger_journal_more(const struct ledger *l);
