/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Effect by year and month, what it is required to come to, and the periods of the year. What a measure gives is a list of parts, each of a
 * year or of one of its months; a year's effect is the sum of its parts, so that a year is there either as
 * a whole or by months, never both.
 */
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"

#define YEAR_MIN 2005
#define YEAR_MAX 2100

static const struct field part_fields[] = {
	{ "year", VALUE_INT, .required = true, .at = offsetof(struct effect_part, year),
	  .min = YEAR_MIN, .max = YEAR_MAX, .what = "of which it is the effect, such as 2026" },
	{ "month", VALUE_INT, .at = offsetof(struct effect_part, month), .min = 1, .max = 12,
	  .what = "of that year, 1 to 12; default the whole year" },
	{ "amount", VALUE_AMOUNT, .required = true, .at = offsetof(struct effect_part, amount),
	  .min = -AMOUNT_MAX, .max = AMOUNT_MAX,
	  .what = "in whole currency units, such as 12000000L" },
};
static const struct table part_table = TABLE("a part of effect_planned", NULL, part_fields);

static int compare_parts(const void *left, const void *right)
{
	const struct effect_part *a = left, *b = right;

	return a->year != b->year ? a->year - b->year : a->month - b->month;
}

/* Sorted, so that what is said of the same time stands side by side, the whole year first. */
static void check_parts(struct reader *r, const struct measure *measure)
{
	const struct effect_part *part = measure->effects;

	for (size_t i = 1; i < measure->effect_count; i++) {
		const struct effect_part *before = &part[i - 1], *now = &part[i];
		const struct where where =
			now->where.line > before->where.line ? now->where : before->where;

		if (now->year != before->year)
			continue;
		if (now->month == before->month && now->month)
			fault(r, where, "effect_planned of %s has the month %d of %d twice",
			      measure->id.text, now->month, now->year);
		else if (now->month == before->month)
			fault(r, where, "effect_planned of %s has the year %d twice",
			      measure->id.text, now->year);
		else if (!before->month)
			fault(r, where,
			      "effect_planned of %s has %d as a whole and by month: leave one of "
			      "them out",
			      measure->id.text, now->year);
	}
}

void read_effects(struct reader *r, config_setting_t *list, struct measure *measure)
{
	const size_t length = (size_t)config_setting_length(list);
	struct effect_part *parts = reader_alloc(r, length, sizeof(*parts));
	config_setting_t *group;
	size_t count = 0;

	if (length == 0)
		fault(r, where_of(r, list), "effect_planned is empty: leave it out");
	for (unsigned i = 0; (group = config_setting_get_elem(list, i)); i++) {
		if (!config_setting_is_group(group))
			continue;
		parts[count].where = where_of(r, group);
		read_group(r, &part_table, group, &parts[count]);
		count++;
	}
	qsort(parts, count, sizeof(*parts), compare_parts);
	r->plan->decisions = true;
	measure->effects = parts;
	measure->effect_count = count;
	measure->effect_planned = 0;
	check_parts(r, measure);
}

/* ---- periods ----------------------------------------------------------------------------------- */

static const struct field period_fields[] = {
	{ "name", VALUE_NAME, .required = true, .at = offsetof(struct period, name),
	  .what = "as reports name it, such as \"T1 2026\"" },
	{ "from", VALUE_DATE, .required = true, .at = offsetof(struct period, from),
	  .what = "its first day" },
	{ "until", VALUE_DATE, .required = true, .at = offsetof(struct period, until),
	  .what = "its last day" },
};
static const struct table period_table = TABLE("the period", "name", period_fields);

static bool overlap(const struct period *a, const struct period *b)
{
	return civil_compare(a->from, b->until) <= 0 && civil_compare(b->from, a->until) <= 0;
}

static void read_period(struct reader *r, config_setting_t *group, void *thing)
{
	struct period *period = thing;

	period->name = "";
	period->from = period->until = CIVIL_NONE;
	read_group(r, &period_table, group, period);
	if (civil_is_none(period->from) || civil_is_none(period->until)) {
		period->until = CIVIL_NONE; /* so that it overlaps with none */
		return;
	}
	if (civil_compare(period->until, period->from) < 0)
		fault(r, where_key(r, group, "until"), "the period ends before it begins");
	for (const struct period *other = r->plan->periods; other != period; other++) {
		if (*period->name && strcmp(other->name, period->name) == 0)
			fault(r, period->where,
			      "the period \"%s\" is there twice: the first is at %s:%u",
			      period->name, other->where.file, other->where.line);
		else if (!civil_is_none(other->until) && overlap(other, period))
			warning(r, period->where,
				"the periods \"%s\" and \"%s\" overlap: what is said on a day of "
				"both "
				"is shown in each",
				other->name, period->name);
	}
}

void read_periods(struct reader *r)
{
	read_section(r, SECTION_PERIODS, read_period);
}

/* ---- requirements ------------------------------------------------------------------------------ */

static const struct field requirement_fields[] = {
	{ "assignment", VALUE_ASSIGNMENT, .required = true,
	  .at = offsetof(struct requirement, assignment), .what = "whose measures are to give it" },
	{ "year", VALUE_INT, .required = true, .at = offsetof(struct requirement, year),
	  .min = YEAR_MIN, .max = YEAR_MAX, .what = "in which, such as 2026" },
	{ "amount", VALUE_AMOUNT, .required = true, .at = offsetof(struct requirement, amount),
	  .min = 0, .max = AMOUNT_MAX, .what = "in whole currency units, such as 230000000L" },
};
static const struct table requirement_table =
	TABLE("the requirement", "assignment", requirement_fields);

static void read_requirement(struct reader *r, config_setting_t *group, void *thing)
{
	struct requirement *requirement = thing;
	const struct requirement *other = r->plan->requirements;

	read_group(r, &requirement_table, group, requirement);
	for (; requirement->assignment && other != requirement; other++)
		if (other->assignment == requirement->assignment &&
		    other->year == requirement->year)
			fault(r, requirement->where,
			      "the requirement on %s for %d is there twice: the first is at %s:%u",
			      requirement->assignment->id.text, requirement->year,
			      other->where.file, other->where.line);
}

void read_requirements(struct reader *r)
{
	read_section(r, SECTION_REQUIREMENTS, read_requirement);
}
