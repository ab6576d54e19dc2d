/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/upcoming.h"

#include "engine/obligation/series.h"

static int note_next(void *userdata, const struct decision_record *record)
{
	struct upcoming *next = userdata;

	if (record->decision != DECISION_SENT || instant_compare(record->planned, next->after) <= 0)
		return 0;
	next->at = record->planned;
	recipient_add_one(&next->to, record->to);
	return 0;
}

int upcoming_find(struct engine *e, struct walk *w, const struct obligation *o, struct instant now,
		  struct upcoming *ret)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
	struct instant end = INSTANT_NONE;
	struct obligation copy = *o;
	bool unreached;
	int r = walk_from_ledger_begin(e, w, &copy);

	ret->after = now;
	ret->at = INSTANT_NONE;
	ret->to.count = 0;
	if (r == 0) { /* what is answered has nothing ahead of it */
		walk_reached(w, now);
		r = series_end_of(e, d, now, &end);
	}
	while (r == 0 && instant_is_none(ret->at) && instant_compare(copy.next_at, end) < 0)
		r = walk_on(w, instant_max(copy.next_at, now), note_next, ret, &unreached);
	return r < 0 ? r : 0;
}
