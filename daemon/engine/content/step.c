/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far from the last day a step is. A ladder counts from papers, and the step says it. Where it goes on
 * another day than it counts to, or counts from an earlier day than the last one that the mail names (a
 * statutory limit that falls on a closed day), the working days between those two are counted.
 *
 * What leaves after the step's day says so, whatever kept it back. A step whose day is yet to come, since
 * the date was moved after it was decided, is not spoken of.
 */
#include "engine/content/step.h"

#include <string.h>

#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "plan/ladder.h"

static void place_step(const struct plan *plan, const struct content_stepping *of,
		       const struct step *s, struct content_item *ni)
{
	const struct civil_date own = ladder_day(plan, s, of->base, ni->repetition);
	struct civil_date day;

	ni->from = s->at;
	ni->from.days += (int)ni->repetition * s->repeat.days;
	ni->from_given = ni->repetition == 0 || s->repeat.workdays == s->at.workdays;
	if (civil_is_none(own))
		return;
	day = zone_date(calendar_next_open(plan->calendar, zone_instant(own, of->ladder->time)));
	ni->in_time = civil_compare(own, of->base) > 0 && civil_compare(day, ni->papers) <= 0;
	if (!civil_equal(of->base, ni->papers) || !civil_equal(own, day)) {
		ni->from.days = -calendar_workdays(plan->calendar, day, ni->papers);
		ni->from.workdays = ni->from_given = true;
	}
	ni->sent_late |= civil_compare(day, zone_date(of->now)) < 0;
	ni->from_given &= civil_compare(day, zone_date(of->now)) <= 0;
}

void content_step(const struct plan *plan, const struct content_stepping *of,
		  struct content_item *ni)
{
	ni->promised = strcmp(of->step, WALK_SEEN) == 0;
	ni->step = ni->promised ? WALK_SEEN : NULL;
	for (size_t i = 0; of->step[0] && i < of->ladder->step_count; i++) {
		const struct step *s = &of->ladder->steps[i];

		if (strcmp(s->text, of->step) != 0)
			continue;
		ni->step = s->text;
		place_step(plan, of, s, ni);
	}
}
