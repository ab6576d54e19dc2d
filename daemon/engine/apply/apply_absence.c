/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody will be away: what that means for what waits for them, engine/outbox/divert.h knows. */
#include "engine/apply/application.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/divert.h"

#define YEAR_DAYS 366

static int check_deputy(struct application *a, const struct person *person)
{
	const char *deputy = a->event->absence.deputy;

	if (deputy && !plan_person(a->e->plan, person_id(deputy)))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deputy` %s is no person in the plan: check the id", deputy);
	if (deputy && strcmp(deputy, person->id.text) == 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deputy` %s is the one who is away: name somebody else",
				   deputy);
	return 0;
}

static int warn_of_dates(struct application *a)
{
	const struct event_absence *s = &a->event->absence;
	char from[CIVIL_TEXT], until[CIVIL_TEXT];
	int r = 0;

	civil_format(s->from, from);
	civil_format(s->until, until);
	if (civil_compare(s->until, zone_date(a->now)) < 0)
		r = application_warn(a, "the absence from %s to %s is past: check the dates", from,
				     until);
	if (r == 0 && civil_compare(s->until, civil_add(s->from, YEAR_DAYS)) > 0)
		r = application_warn(a,
				     "the absence lasts from %s to %s, more than a year: check the "
				     "years",
				     from, until);
	return r;
}

int apply_absence(struct application *a)
{
	const struct event_absence *s = &a->event->absence;
	const struct person *person = plan_person(a->e->plan, person_id(a->event->subject));
	struct absence absence = { .from = s->from, .until = s->until };
	char date[CIVIL_TEXT];
	int r;

	if (!person)
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id",
				   a->event->subject);
	if (!calendar_in_range(s->from) || !calendar_in_range(s->until))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`from` %s or `until` is outside 2005-2100: check the years",
				   civil_format(s->from, date));
	r = check_deputy(a, person);
	if (r == 0)
		r = application_append(a);
	if (r != 0)
		return r;
	snprintf(absence.person, sizeof(absence.person), "%s", person->id.text);
	snprintf(absence.deputy, sizeof(absence.deputy), "%s", s->deputy ? s->deputy : "");
	absence.seq = a->seq;
	r = ledger_put_absence(a->e->ledger, &absence);
	if (r == 0)
		r = warn_of_dates(a);
	return r < 0 ? r : divert_changed(a->e, person, a->now);
}
