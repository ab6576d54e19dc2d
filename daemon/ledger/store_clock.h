/* SPDX-License-Identifier: Apache-2.0 */
/* The clock of a shared store, beside this machine's. */
#pragma once
#include "ledger/types.h"

/* By how much this machine's clock is ahead of the store's, at least; negative: behind it. 0 where they can't be told
 * apart, of a store that is not shared, and in a rehearsal. In a transaction. */
int ledger_clock_ahead(struct ledger *l, struct duration *ret);
