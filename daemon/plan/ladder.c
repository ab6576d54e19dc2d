/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Repetition n of a step. When at, repeat and until are in one unit (0 fits both), its offset is
 * at + n × repeat, counted from the base; otherwise it is n × repeat from the step's own date. `until`
 * is counted from the base and is inclusive.
 *
 * Example: at = "+3wd", repeat = "2wd", until = "+10wd" gives +3, +5, +7 and +9 working days.
 */
#include "plan/ladder.h"
#include "base/zone.h"

/* A repetition beyond this many days can't be within `until`, which is at most 400 from base. */
#define REPETITIONS_MAX 1200

/* The date of repetition n, or CIVIL_NONE when it lies after `until`. */
static struct civil_date date_of(const struct calendar *c, const struct step *step,
				 struct civil_date base, int n)
{
	struct offset by = { step->at.days, step->repeat.workdays };
	struct civil_date date;

	if (n == 0)
		return calendar_move(c, base, step->at);
	if (offset_same_unit(step->at, step->repeat) &&
	    offset_same_unit(step->until, step->repeat)) {
		by.days += n * step->repeat.days;
		return by.days > step->until.days ? CIVIL_NONE : calendar_move(c, base, by);
	}
	date = calendar_move(c, calendar_move(c, base, step->at),
			     (struct offset){ n * step->repeat.days, step->repeat.workdays });
	return civil_compare(date, calendar_move(c, base, step->until)) > 0 ? CIVIL_NONE : date;
}

/* Count the firings, and write the first `size` of them to out. */
static size_t walk(const struct plan *plan, const struct ladder *ladder, struct civil_date base,
		   struct firing *out, size_t size)
{
	size_t count = 0;

	for (unsigned s = 0; s < ladder->step_count; s++) {
		const struct step *step = &ladder->steps[s];
		const int last = step->repeats ? REPETITIONS_MAX : 0;

		for (int n = 0; n <= last; n++) {
			struct civil_date date = date_of(plan->calendar, step, base, n);
			struct instant at;

			if (civil_is_none(date))
				break;
			if (count++ >= size)
				continue;
			at = zone_instant(date, ladder->time);
			out[count - 1] = (struct firing){ s, (unsigned)n, at,
							  calendar_next_open(plan->calendar, at) };
		}
	}
	return count;
}

struct civil_date ladder_day(const struct plan *plan, const struct step *step,
			     struct civil_date base, unsigned n)
{
	return date_of(plan->calendar, step, base, (int)n);
}

size_t ladder_count(const struct plan *plan, const struct ladder *ladder, struct civil_date base)
{
	return walk(plan, ladder, base, NULL, 0);
}

size_t ladder_firings(const struct plan *plan, const struct ladder *ladder, struct civil_date base,
		      struct firing *out)
{
	size_t count = walk(plan, ladder, base, out, LADDER_FIRINGS_MAX);

	if (count > LADDER_FIRINGS_MAX)
		count = LADDER_FIRINGS_MAX;
	/* Insertion sort: they are nearly in order already, and equal ones must keep theirs. */
	for (size_t i = 1; i < count; i++) {
		const struct firing moving = out[i];
		size_t to = i;

		for (; to > 0 && instant_compare(out[to - 1].at, moving.at) > 0; to--)
			out[to] = out[to - 1];
		out[to] = moving;
	}
	return count;
}

struct instant ladder_first(const struct plan *plan, const struct ladder *ladder,
			    struct civil_date base)
{
	struct civil_date first = CIVIL_NONE;

	for (size_t s = 0; s < ladder->step_count; s++) {
		struct civil_date date = calendar_move(plan->calendar, base, ladder->steps[s].at);

		if (civil_is_none(first) || civil_compare(date, first) < 0)
			first = date;
	}
	return zone_instant(first, ladder->time);
}

struct instant ladder_next_workday(const struct plan *plan, const struct ladder *ladder,
				   struct instant t)
{
	return zone_instant(calendar_forward(plan->calendar, civil_add(zone_date(t), 1)),
			    ladder->time);
}
