/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a measure is to be done, as it stands: what the plan says, or an extension, until the plan says
 * something else. A meeting's day is bound as a deadline is bound to one: to the month's first known
 * meeting, which it follows wherever that is moved; while there is none, the month's last working day. Not
 * rounded: it is a day of the measure's own, not a day on which papers are due.
 *
 *	row.done_by_meeting   row.done_by_bound
 *	""                    CIVIL_NONE          a date, or none at all
 *	"RF 2026-10"          CIVIL_NONE          provisional
 *	"RF 2026-10"          2026-10-20          that meeting
 */
#pragma once
#include "engine/engine.h"
#include "protocol/answer.h"

static inline bool done_by_is_given(const struct measure_row *row)
{
	return !civil_is_none(row->done_by);
}
static inline bool done_by_is_provisional(const struct measure_row *row)
{
	return row->done_by_meeting[0] && civil_is_none(row->done_by_bound);
}

/*
 * As a plan takes effect: what it says now (before: the measure in the last plan, NULL: it had none), or what
 * an event has said since. Changes row, which is not put; tells nobody of a first date. 0 or a negative errno.
 */
int done_by_of_plan(struct engine *e, const struct measure *before, const struct measure *m,
		    struct measure_row *row, struct instant now);
/* As the meetings of a body have changed: the measures that are to be done by one follow, and are put. */
int done_by_follow(struct engine *e, const struct body *body, struct instant now);

/* What the date would be, were it extended so: nothing is written. 0 or a negative errno. */
int done_by_would_be(struct engine *e, const struct measure_row *row, const struct event_due *due,
		     struct instant now, struct civil_date *ret);

/* A later date that is decided; reason: or NULL. All borrowed. */
struct done_by_extension {
	const struct event_due *due;
	const char *reference, *reason;
};
/* May it be extended so? 0, or REJECT_BAD_DATA with the sentence: it has no date, is closed, the body is not
 * known, the date is past or not later than the one that stands; or a negative errno. */
int done_by_check(struct engine *e, const struct measure *m, const struct event_due *due,
		  struct instant now, struct rejection *why);
/* Extend what done_by_check has let by: the row is changed and put, and who owns the measure is told. */
int measure_extend_done_by(struct engine *e, const struct measure *m,
			   const struct done_by_extension *given, struct instant now);
