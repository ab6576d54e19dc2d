/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The papers that will be frozen, and who will hear of it; or of a proposal that nobody will have written. What
 * becomes of a paper is freeze_judge()'s to say, here as when its time has come.
 */
#include "engine/forecast/internal.h"
#include "engine/obligation/freeze_time.h"

/* Also when the occurrence has given way to the next by then: it is of what was. What is said of it besides ends. */
static int add(struct forecast *f, const struct deadline *d, const struct deadline_row *row)
{
	enum freeze_fate fate;
	int r;

	if (instant_compare(row->freeze_at, f->end) >= 0)
		return 0;
	r = freeze_judge(f->e, d, row, &fate);
	if (r < 0 || fate == FREEZE_NO_PAPER || fate == FREEZE_HOLE_TOLD)
		return r;
	forecast_turn_to(f, d, INSTANT_NONE);
	f->sink.now = instant_max(row->freeze_at, f->now);
	r = fate == FREEZE_PAPER ? freeze_tell(&f->sink, d, 1) : freeze_tell_hole(&f->sink, d);
	forecast_turn_to(f, NULL, INSTANT_NONE);
	return r;
}

int forecast_add_freeze(struct forecast *f, const struct deadline_row *row)
{
	if (instant_is_none(row->freeze_at) || row->freeze_at.us == 0)
		return 0;
	return add(f, plan_deadline(f->e->plan, deadline_id(row->id)), row);
}

int forecast_coming_freeze(struct forecast *f, const struct deadline *d,
			   const struct deadline_row *row, const struct dates *dates)
{
	struct deadline_row born = *row;

	freeze_look(f->e->plan, d, &born, dates, f->now);
	return instant_is_none(born.freeze_at) ? 0 : add(f, d, &born);
}
