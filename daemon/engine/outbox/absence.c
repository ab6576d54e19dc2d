/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows come sorted by person and then by the event's seq, so that a person's are a run, and the
 * last of a run which holds a day is the one that counts on it.
 */
#include "engine/outbox/absence.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"

#define FOLLOWED_MAX 64 /* absences one after the other, while looking for the day of return */

struct absences {
	struct absence *list;
	size_t count, room;
};

static int add(void *userdata, const struct absence *absence)
{
	struct absences *a = userdata;
	int r = array_grow(&a->list, a->count, &a->room);

	if (r == 0)
		a->list[a->count++] = *absence;
	return r;
}

int absences_new(struct absences **ret, struct engine *e, struct instant now)
{
	struct absences *a = calloc(1, sizeof(*a));
	int r = a ? 0 : -ENOMEM;

	/* From the day before: what was due just before midnight may be decided just after it. */
	if (r == 0)
		r = ledger_absences(e->ledger, person_id(NULL), civil_add(zone_date(now), -1), add,
				    a);
	if (r < 0) {
		absences_free(a);
		return r;
	}
	*ret = a;
	return 0;
}

struct absences *absences_free(struct absences *a)
{
	if (a) {
		free(a->list);
		free(a);
	}
	return NULL;
}

static int compare_person(const void *id, const void *absence)
{
	return strcmp(id, ((const struct absence *)absence)->person);
}

/* The person's first row, or where it would be. */
static size_t first_of(const struct absences *a, struct person_id person)
{
	return array_place(person.text, a->list, a->count, sizeof(*a->list), compare_person);
}

static const struct absence *on_day(const struct absences *a, const struct person *person,
				    struct civil_date day)
{
	const struct absence *found = NULL;

	for (size_t i = a && person ? first_of(a, person->id) : 0; a && person && i < a->count;
	     i++) {
		const struct absence *one = &a->list[i];

		if (strcmp(one->person, person->id.text) != 0)
			break;
		if (civil_compare(one->from, day) <= 0 && civil_compare(day, one->until) <= 0)
			found = one;
	}
	return found;
}

const struct person *absences_named(const struct absences *a, const struct plan *plan,
				    const struct person *person, struct civil_date from,
				    struct civil_date until)
{
	const struct person *named = NULL;

	for (size_t i = first_of(a, person->id); i < a->count; i++) {
		const struct absence *one = &a->list[i];
		const struct person *deputy = plan_person(plan, person_id(one->deputy));

		if (strcmp(one->person, person->id.text) != 0)
			break;
		if (deputy && civil_compare(one->from, until) <= 0 &&
		    civil_compare(from, one->until) <= 0)
			named = deputy;
	}
	return named;
}

static const struct person *deputy_on(const struct absences *a, const struct plan *plan,
				      const struct person *person, const struct absence *absence,
				      struct civil_date day)
{
	const struct person *deputy = plan_person(plan, person_id(absence->deputy));

	if (deputy && !on_day(a, deputy, day))
		return deputy;
	return person->deputy && !on_day(a, person->deputy, day) ? person->deputy : NULL;
}

struct stand_in absences_find(const struct absences *a, const struct plan *plan,
			      const struct person *person, struct civil_date day)
{
	const struct absence *absence = on_day(a, person, day);
	struct stand_in s = {
		.to = person, .from = CIVIL_NONE, .until = CIVIL_NONE, .back = CIVIL_NONE
	};

	if (!absence)
		return s;
	s.absence = absence->seq;
	s.from = absence->from;
	s.until = absence->until;
	s.to = deputy_on(a, plan, person, absence, day);
	if (!s.to)
		s.gone = plan_person(plan, person_id(absence->deputy));
	if (!s.to && !s.gone)
		s.gone = person->deputy;
	s.back = calendar_forward(plan->calendar, civil_add(absence->until, 1));
	for (int i = 0; !s.to && i < FOLLOWED_MAX; i++) {
		const struct absence *next = on_day(a, person, s.back);

		if (!next || deputy_on(a, plan, person, next, s.back))
			break;
		s.back = calendar_forward(plan->calendar, civil_add(next->until, 1));
	}
	return s;
}

struct civil_date absences_last(const struct absences *a, const struct plan *plan,
				const struct person *person, struct civil_date day)
{
	const struct absence *one = on_day(a, person, day);
	struct civil_date last = day;

	for (int i = 0; one && i < FOLLOWED_MAX; i++) {
		last = one->until;
		one = on_day(a, person, calendar_forward(plan->calendar, civil_add(last, 1)));
	}
	return last;
}

struct civil_date absences_first(const struct absences *a, const struct plan *plan,
				 const struct person *person, struct civil_date day)
{
	struct civil_date first = CIVIL_NONE;

	for (size_t i = first_of(a, person->id); i < a->count; i++) {
		const struct absence *one = &a->list[i];
		struct civil_date leaves = civil_compare(one->from, day) < 0 ? day : one->from;

		if (strcmp(one->person, person->id.text) != 0)
			break;
		leaves = zone_date(calendar_next_open(plan->calendar, zone_midnight(leaves)));
		if (civil_compare(leaves, one->until) <= 0 &&
		    (civil_is_none(first) || civil_compare(leaves, first) < 0))
			first = leaves;
	}
	return first;
}

void absence_tells(struct recipient_list *to, const struct plan *plan, const struct person *person)
{
	if (person->manager)
		recipient_add_one(to, (struct recipient){ .person = person->manager });
	else
		recipient_add_support(to, plan);
}

void absence_reason(const struct stand_in *s, char *out, size_t size)
{
	char from[CIVIL_TEXT], until[CIVIL_TEXT], back[CIVIL_TEXT];

	civil_format(s->from, from);
	civil_format(s->until, until);
	if (s->to)
		snprintf(out, size, "absent %s to %s; it goes to %s", from, until, s->to->id.text);
	else
		snprintf(out, size, "absent %s to %s without a deputy; held until %s", from, until,
			 civil_format(s->back, back));
}
