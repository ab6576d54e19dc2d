/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody will be away: what that means for what waits for them, engine/outbox/divert.h knows; and of whom stewards
 * hear when it begins and ends, engine/outbox/away.h. */
#include "engine/apply/application.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/away.h"
#include "engine/outbox/divert.h"

#define YEAR_DAYS 366

static int check_deputy(struct application *a, const struct person *person)
{
	const char *deputy = a->event->absence.deputy;

	if (deputy && !plan_person(a->e->plan, person_id(deputy)))
		return (int)reject_data(a->why, CAUSE_UNKNOWN_CHOICE,
					"`deputy` %s is no person in the plan: check the id",
					deputy);
	if (deputy && strcmp(deputy, person->id.text) == 0)
		return (int)reject_data(a->why, CAUSE_OWN_DEPUTY,
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

static int follow(struct application *a, const struct person *person)
{
	int r = divert_changed(a->e, person, a->now);

	return r < 0 ? r : away_changed(a->e, person->id, a->now);
}

/* ---- it ends --------------------------------------------------------------------------------------- */

/* The absence that is meant: of these days, or one of which these are the last. */
struct meant {
	const struct event_absence *said;
	struct absence absence;
	bool found;
	struct text_list others; /* "2026-05-04 to 2026-05-05, ..." */
};

static int look_at(void *userdata, const struct absence *a)
{
	struct meant *m = userdata;
	char from[CIVIL_TEXT], until[CIVIL_TEXT], days[2 * CIVIL_TEXT + 4];

	civil_format(a->from, from);
	snprintf(days, sizeof(days), "%s to %s", from, civil_format(a->until, until));
	text_list_add(&m->others, days);
	/* Of several that end on that day the one that begins then; else the newest, which is the last. */
	if (!civil_equal(a->until, m->said->until) || civil_compare(a->from, m->said->from) > 0 ||
	    (m->found && civil_equal(m->absence.from, m->said->from)))
		return 0;
	m->absence = *a;
	m->found = true;
	return 0;
}

static int refuse_unknown(struct application *a, const struct meant *m)
{
	char from[CIVIL_TEXT], until[CIVIL_TEXT];

	if (!*m->others.text)
		return (int)reject_data(a->why, CAUSE_NOT_AWAY,
					"%s is not away, nor will be: there is nothing to cancel",
					a->event->subject);
	return (int)reject_data(a->why, CAUSE_NOT_AWAY, "%s is not away %s to %s; but %s",
				a->event->subject, civil_format(m->said->from, from),
				civil_format(m->said->until, until), m->others.text);
}

static int find_meant(struct application *a, const struct person *person, struct meant *ret)
{
	const struct civil_date today = zone_date(a->now);
	char from[CIVIL_TEXT], until[CIVIL_TEXT];
	int r;

	if (civil_compare(ret->said->until, today) < 0)
		return (int)reject_data(
			a->why, CAUSE_NOT_AWAY,
			"the absence from %s to %s is over: nothing of it is left to "
			"cancel",
			civil_format(ret->said->from, from), civil_format(ret->said->until, until));
	r = ledger_absences(a->e->ledger, person->id, today, look_at, ret);
	return r < 0 || ret->found ? r : refuse_unknown(a, ret);
}

/* What of it is past stays: they were away then. */
static int cut_short(struct application *a, struct absence *absence)
{
	const struct civil_date today = zone_date(a->now);
	const struct civil_date from = a->event->absence.from;

	absence->until = civil_add(civil_compare(from, today) < 0 ? today : from, -1);
	return civil_compare(absence->until, absence->from) < 0
		       ? ledger_drop_absence(a->e->ledger, absence)
		       : ledger_put_absence(a->e->ledger, absence);
}

static int cancel(struct application *a, const struct person *person)
{
	struct meant m = { .said = &a->event->absence };
	int r = find_meant(a, person, &m);

	if (r == 0)
		r = application_append(a);
	if (r == 0)
		r = cut_short(a, &m.absence);
	return r == 0 ? follow(a, person) : r;
}

/* ---- it begins, or is another ---------------------------------------------------------------------- */

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
		return (int)reject_data(
			a->why, CAUSE_DATE_OUT_OF_RANGE,
			"`from` %s or `until` is outside 2005-2100: check the years",
			civil_format(s->from, date));
	if (s->cancelled)
		return cancel(a, person);
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
	return r < 0 ? r : follow(a, person);
}
