/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store's first plan may ask for a million obligations. They go to the store at once, past the working set; and
 * indexes by which none of them is looked up meanwhile are taken away, and made anew once all are there.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "ledger/types.h"

/* So many obligations are about to be made: does a fill begin? Only in a store that has none yet, and when they are so
 * many that it pays. One that has begun is ended in the same transaction; a rollback ends it too. 0 or a negative
 * errno. */
int ledger_fill_begin(struct ledger *l, size_t coming, bool *ret_begun);
int ledger_fill_end(struct ledger *l);
