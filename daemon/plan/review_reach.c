/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a step, an alert or a mail doesn't reach, or reaches in a way that may not help: somebody has no manager, a
 * deadline no responsible, the daemon no pages. Each cause is one warning, in the place where it is mended, with all
 * that it leads to: a warning of each step and alert said the same of the same people as often as a ladder names
 * managers.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"
#include "plan/stewardship.h"

#define NAMED_MAX 6 /* people of a warning are all named, */
#define NAMED_FEW 3 /* or so many of them when they are more */
#define ALERTS 4

/* People of the plan, by their place in it. */
struct marks {
	const struct plan *plan;
	bool *marked;
};

static void mark(const struct marks *people, const struct person *person)
{
	if (person)
		people->marked[person - people->plan->people] = true;
}

static void mark_none(const struct marks *people)
{
	memset(people->marked, 0, people->plan->person_count * sizeof(bool));
}

/* The owners of measures, but of those that were over before the plan had them: nobody is asked of these. */
static void mark_owner(const struct marks *people, const struct measure *measure)
{
	if (measure->over == STATUS_NONE)
		mark(people, measure->owner);
}

static void mark_owners(const struct marks *people)
{
	for (size_t i = 0; i < people->plan->measure_count; i++)
		mark_owner(people, &people->plan->measures[i]);
}

/* Who owes an answer with a ladder. */
static void mark_owing(const struct marks *people, const struct ladder *ladder)
{
	for (size_t i = 0; i < people->plan->deadline_count; i++) {
		const struct deadline *deadline = &people->plan->deadlines[i];

		if (deadline->ladder != ladder)
			continue;
		mark(people, deadline->responsible);
		for (size_t j = 0; j < deadline->measure_count; j++)
			mark_owner(people, deadline->measures[j]);
	}
}

static bool is_used(const struct plan *plan, const struct ladder *ladder)
{
	for (size_t i = 0; i < plan->deadline_count; i++)
		if (plan->deadlines[i].ladder == ladder)
			return true;
	return false;
}

static bool goes_to(const struct target *to, size_t count, enum target_kind kind)
{
	for (size_t i = 0; i < count; i++)
		if (to[i].kind == kind)
			return true;
	return false;
}

/* Adds the ladder's steps to such a target, each once; is there one? */
static bool list_steps(struct text_list *steps, const struct ladder *ladder, enum target_kind kind)
{
	bool found = false;

	for (size_t i = 0; i < ladder->step_count; i++) {
		const struct step *step = &ladder->steps[i];

		if (!goes_to(step->to, step->to_count, kind))
			continue;
		found = true;
		if (!text_list_has(steps, step->text))
			text_list_add(steps, step->text);
	}
	return found;
}

/* ---- who has no manager, or no deputy ------------------------------------------------------------- */

static const struct lack {
	enum target_kind kind;
	const char *word, *nobody;
} lacks[] = {
	{ TARGET_MANAGER, "manager", "nobody above" },
	{ TARGET_DEPUTY, "deputy", "nobody beside them" },
};

/* Nobody stands above the support function, which is told of what is late as it is. */
static bool is_lacking(const struct person *person, enum target_kind kind)
{
	if (kind == TARGET_DEPUTY)
		return !person->deputy;
	return !person->manager && !person_has_role(person, "support");
}

/* "a, b and c"; "a, b, c and 4 more". How many they are, or 0. */
static size_t name_lacking(const struct marks *people, enum target_kind kind, char *out,
			   size_t size)
{
	const struct person *found[NAMED_MAX], *person = people->plan->people;
	size_t count = 0, named, length = 0;

	for (size_t i = 0; i < people->plan->person_count; i++, person++)
		if (people->marked[i] && is_lacking(person, kind) && ++count <= NAMED_MAX)
			found[count - 1] = person;
	named = count <= NAMED_MAX ? count : NAMED_FEW;
	for (size_t i = 0; i < named; i++)
		length += (size_t)snprintf(out + length, size - length, "%s%s",
					   i == 0	    ? ""
					   : i + 1 == count ? " and "
							    : ", ",
					   found[i]->id.text);
	assert(length < size);
	if (named < count)
		snprintf(out + length, size - length, " and %zu more", count - named);
	return count;
}

static const struct person *first_lacking(const struct marks *people, enum target_kind kind)
{
	size_t i = 0;

	while (!people->marked[i] || !is_lacking(&people->plan->people[i], kind))
		i++;
	return &people->plan->people[i];
}

/* "a missing answer (+1wd), a measure off track or ...": what would be told, and marks of whom; false: nothing. */
static bool find_told(const struct marks *people, enum target_kind kind, char *out, size_t size)
{
	static const char *const alerts[ALERTS] = {
		[ALERT_OFF_TRACK] = "a measure off track",
		[ALERT_NEEDS_SUPPORT] = "a measure that needs support",
		[ALERT_EFFECT_BELOW] = "an effect below its plan",
		[ALERT_LIGHT] = "a light that turns yellow or red",
	};
	const struct plan *plan = people->plan;
	const char *told[ALERTS + 1];
	bool alerted[ALERTS] = { false };
	struct text_list steps = { "" };
	char answer[sizeof(steps) + 30];
	size_t count = 0, length = 0;

	mark_none(people);
	for (size_t i = 0; i < plan->ladder_count; i++)
		if (is_used(plan, &plan->ladders[i]) && list_steps(&steps, &plan->ladders[i], kind))
			mark_owing(people, &plan->ladders[i]);
	for (size_t i = 0; i < plan->alert_count; i++)
		alerted[plan->alerts[i].when] |=
			goes_to(plan->alerts[i].to, plan->alerts[i].to_count, kind);
	snprintf(answer, sizeof(answer), "a missing answer (%s)", steps.text);
	if (*steps.text)
		told[count++] = answer;
	for (size_t i = 0; i < ALERTS; i++)
		if (alerted[i])
			told[count++] = alerts[i];
	if (count > (*steps.text != '\0'))
		mark_owners(people);
	for (size_t i = 0; i < count; i++)
		length += (size_t)snprintf(out + length, size - length, "%s%s",
					   i == 0	    ? ""
					   : i + 1 == count ? " or "
							    : ", ",
					   told[i]);
	return count > 0;
}

static void review_people(struct reader *r, const struct marks *people, const struct lack *lack)
{
	char names[NAMED_MAX * (ID_MAX + 5)], told[500];
	size_t count;

	if (!find_told(people, lack->kind, told, sizeof(told)))
		return;
	count = name_lacking(people, lack->kind, names, sizeof(names));
	if (count > 0)
		warning(r, first_lacking(people, lack->kind)->where, "%s %s no %s: %s hears of %s",
			names, count == 1 ? "has" : "have", lack->word, lack->nobody, told);
}

/* ---- what else reaches nobody, or in a way that may not help -------------------------------------- */

static void review_responsible(struct reader *r, const struct deadline *deadline)
{
	struct text_list steps = { "" };

	if (!deadline->responsible && list_steps(&steps, deadline->ladder, TARGET_RESPONSIBLE))
		warning(r, deadline->where, "%s has no responsible, whom its ladder names at %s",
			deadline->id.text, steps.text);
}

/* Without pages a mail says how to answer by the command, which those who do not follow up may not have. */
static void review_ways(struct reader *r, const struct marks *people)
{
	const struct plan *plan = r->plan;
	size_t count = 0;

	if (plan->settings.web.where.file)
		return;
	mark_none(people);
	mark_owners(people);
	for (size_t i = 0; i < plan->deadline_count; i++)
		mark(people, plan->deadlines[i].responsible);
	for (size_t i = 0; i < plan->person_count; i++)
		count += people->marked[i] && !plan->people[i].key && !steward_is(&plan->people[i]);
	if (count == 0)
		return;
	r->source = 0;
	warning(r, where_key(r, config_root_setting(&r->open[0].config), "mail"),
		"without web, mails tell %zu %s to answer with a command; with it, by a button. It "
		"can wait until the first morning",
		count, count == 1 ? "person" : "people");
}

void review_reach(struct reader *r)
{
	struct marks people = { r->plan, NULL };

	free(r->scratch);
	r->scratch = calloc(r->plan->person_count + 1, sizeof(bool));
	if (!r->scratch)
		reader_out_of_memory(r);
	people.marked = r->scratch;
	/* After a fault they may have what could not be read. */
	if (!r->faults) {
		for (size_t i = 0; i < sizeof(lacks) / sizeof(lacks[0]); i++)
			review_people(r, &people, &lacks[i]);
		for (size_t i = 0; i < r->plan->deadline_count; i++)
			review_responsible(r, &r->plan->deadlines[i]);
	}
	if (r->request->first_load)
		review_ways(r, &people);
}
