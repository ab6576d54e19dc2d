/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deadlines that come again, apart from their occurrences, which are deadlines (deadlines.h): a series
 * has no date and no state of its own.
 */
#pragma once
#include "ledger/types.h"

struct series_row {
	char id[ITEM_ID];
	/* Of "meeting BODY next": from then on meetings count; else CIVIL_NONE. */
	struct civil_date first_load;
	/* When an occurrence comes into being, opens or is superseded; INSTANT_NONE. */
	struct instant next_at;
};
int ledger_put_series(struct ledger *l, const struct series_row *s);
int ledger_series(struct ledger *l, struct deadline_id id, struct series_row *ret);
int ledger_find_series(struct ledger *l, struct deadline_id id, struct series_row *ret,
		       bool *ret_found);
int ledger_each_series(struct ledger *l, int (*row)(void *userdata, const struct series_row *s),
		       void *userdata);
/* Series with next_at ≤ now, earliest first, at most max; returns the count. */
int ledger_series_due(struct ledger *l, struct instant now, struct series_row *out, size_t max);

extern const struct row_type series_type;
