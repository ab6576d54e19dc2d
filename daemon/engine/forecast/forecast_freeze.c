/* SPDX-License-Identifier: Apache-2.0 */
/* The papers that will be frozen, and who will hear of it; or of a proposal that nobody will have written. */
#include "engine/forecast/internal.h"
#include "engine/obligation/freeze_time.h"

/* Also when the occurrence has given way to the next by then: it is of what was. */
static int tell(struct forecast *f, const struct deadline *d, const struct deadline_row *row,
		struct instant when)
{
	bool written = true;
	int r = 0;

	if (instant_compare(when, f->end) >= 0)
		return 0;
	if (freeze_needs_proposal(f->e->plan, d, row))
		r = freeze_has_proposal(f->e, d, row, &written);
	if (r < 0)
		return r;
	forecast_turn_to(f, d, INSTANT_NONE);
	f->sink.now = instant_max(when, f->now);
	return written ? freeze_tell(&f->sink, d, 1) : freeze_tell_hole(&f->sink, d);
}

int forecast_add_freeze(struct forecast *f, const struct deadline_row *row)
{
	const struct deadline *d = plan_deadline(f->e->plan, deadline_id(row->id));

	if (!d || d->every.kind || !d->responsible || instant_is_none(row->freeze_at) ||
	    row->freeze_at.us == 0)
		return 0;
	return tell(f, d, row, row->freeze_at);
}

int forecast_coming_freeze(struct forecast *f, const struct deadline *d,
			   const struct deadline_row *row, const struct dates *dates)
{
	if (!freeze_has_paper(f->e->plan, d) || dates->provisional)
		return 0;
	return tell(f, d, row, dates->late_at);
}
