/* SPDX-License-Identifier: Apache-2.0 */
/* The ids of series and of their occurrences, as people and events use them. */
#include "engine/obligation/series.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/obligation/deadline_state.h"

int series_resolve(struct engine *e, struct deadline_id id, bool any, char out[static ITEM_ID],
		   bool *ret_found)
{
	const struct deadline *d = plan_deadline(e->plan, id);
	struct deadline_row row;
	struct series s;
	int r;

	text_copy(out, ITEM_ID, id.text);
	*ret_found = true;
	if (!d || (!d->series && d->every.kind == EVERY_NEVER))
		return 0;
	if (d->series) { /* known to the plan, but the disk was full; or its meeting was cancelled */
		r = ledger_find_deadline(e->ledger, id, &row, ret_found);
		*ret_found = r == 0 && *ret_found && row.state != DEADLINE_REMOVED;
		return r;
	}
	r = series_load_known(&s, e, d);
	if (r < 0)
		return r;
	*ret_found = false;
	for (size_t i = 0; !*ret_found && i < s.known_count; i++) {
		bool last = any && i + 1 == s.known_count;

		if (deadline_is_closed(&s.known[i].row) && !last)
			continue;
		text_copy(out, ITEM_ID, s.known[i].row.id);
		*ret_found = true;
	}
	series_done(&s);
	return r;
}

bool series_has(struct deadline_id deadline, struct deadline_id id)
{
	size_t n = strlen(deadline.text);

	return strncmp(deadline.text, id.text, n) == 0 && (id.text[n] == '\0' || id.text[n] == '@');
}
