/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/stewardship.h"

#include <stdio.h>
#include <string.h>

bool steward_is(const struct person *person)
{
	return person_has_role(person, "steward");
}

bool steward_is_narrow(const struct person *person)
{
	return person->steward_of_count > 0 && steward_is(person);
}

static bool matches(const struct person *steward, const char *id)
{
	for (size_t i = 0; i < steward->steward_of_count; i++)
		if (text_matches(steward->steward_of[i], id))
			return true;
	return false;
}

/* An occurrence is its series'. */
static bool matches_series(const struct person *steward, const char *item)
{
	const char *at = strrchr(item, '@');
	char series[ID_MAX + 1];

	if (!at)
		return matches(steward, item);
	snprintf(series, sizeof(series), "%.*s", (int)(at - item), item);
	return matches(steward, series);
}

static bool has_theirs(const struct plan *plan, const struct person *steward,
		       const struct person *person)
{
	for (size_t i = 0; i < plan->measure_count; i++)
		if (plan->measures[i].owner == person &&
		    matches(steward, plan->measures[i].id.text))
			return true;
	for (size_t i = 0; i < plan->deadline_count; i++)
		if (plan->deadlines[i].responsible == person &&
		    matches(steward, plan->deadlines[i].id.text))
			return true;
	return false;
}

bool steward_covers(const struct plan *plan, const struct person *steward, const char *item)
{
	const struct person *person;

	if (!item || !*item)
		return false;
	if (matches_series(steward, item))
		return true;
	person = plan_person(plan, person_id(item));
	return person && has_theirs(plan, steward, person);
}
