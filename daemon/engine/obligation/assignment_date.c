/* SPDX-License-Identifier: Apache-2.0 */
/* The row of an assignment follows what is written of its date, and the meeting that this names. */
#include <string.h>

#include "engine/obligation/assignment_state.h"
#include "engine/obligation/dates_internal.h"
#include "engine/obligation/own_date.h"

/* Does the file say something else than it did of when it is to be answered? */
static bool has_new_date(const struct assignment *a, const struct assignment *old)
{
	const char *now = a->answer_by.text, *then = old ? old->answer_by.text : now;

	return (now == NULL) != (then == NULL) || (now && strcmp(now, then) != 0);
}

/* The dates of the row; the one before stays visible. */
static int date_row(struct engine *e, const struct assignment *a, struct instant now,
		    struct assignment_row *row)
{
	const struct civil_date before = row->answer_by;
	const bool was_provisional = row->provisional;
	struct dates dates;
	int r;

	if (!a->answer_by.text) {
		row->answer_by = row->answer_by_original = row->bound = CIVIL_NONE;
		row->provisional = false;
		return 0;
	}
	r = own_date_bind(e, &a->answer_by, now, &row->bound, &dates);
	if (r < 0)
		return r;
	row->answer_by = dates.due;
	row->provisional = dates.provisional;
	if (!civil_is_none(before))
		dates_keep_original(&row->answer_by_original, before, dates.due, was_provisional);
	return 0;
}

int assignment_refresh(struct engine *e, const struct assignment *a, const struct assignment *old,
		       struct instant now)
{
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(a->id);
	struct assignment_row before;
	bool found;
	int r = ledger_find_assignment(e->ledger, a->id, &row, &found);

	if (r < 0)
		return r;
	if (has_new_date(a, old))
		row.bound = CIVIL_NONE;
	before = row;
	r = date_row(e, a, now, &row);
	if (r < 0 || (found && row_difference(&assignment_type, &before, &row) == 0))
		return r;
	return ledger_put_assignment(e->ledger, &row);
}
