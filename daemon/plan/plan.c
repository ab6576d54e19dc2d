/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan once it is built: references, look-ups and its text. All it holds is in one arena, so
 * that it goes away at once; plan_file.c builds it. Only one thing is added later: what the ledger
 * knows of its series, so that an occurrence is found, and lives, like any other deadline.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"
#include "plan/recur.h"

struct plan *plan_ref(struct plan *plan)
{
	plan->references++;
	return plan;
}

struct plan *plan_unref(struct plan *plan)
{
	if (!plan)
		return NULL;
	assert(plan->references > 0);
	if (--plan->references > 0)
		return NULL;
	calendar_free(plan->calendar);
	if (plan->private) {
		for (size_t i = 0; i < plan->private->rule_count; i++)
			recurrence_free(plan->private->rules[i]);
		free(plan->private->rules);
		arena_done(&plan->private->arena);
	}
	free(plan->private);
	free(plan);
	return NULL;
}

json_t *plan_text(const struct plan *plan)
{
	const struct plan_private *private = plan->private;
	json_t *files = json_array();

	for (size_t i = 0; i < private->source_count; i++)
		json_array_append_new(
			files, json_pack("{s:s, s:s%}", "name", private->sources[i].name, "text",
					 private->sources[i].text, private->sources[i].length));
	if (files && json_array_size(files) == private->source_count)
		return json_pack("{s:o, s:s}", "files", files, "main", private->sources[0].name);
	json_decref(files);
	return NULL;
}

void findings_done(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		free((void *)(uintptr_t)findings->list[i].text);
	free(findings->list);
	*findings = (struct findings){ 0 };
}

const struct body *plan_body(const struct plan *plan, struct body_id id)
{
	return index_find(&plan->private->indexes[SECTION_BODIES], id.text);
}

const struct person *plan_person(const struct plan *plan, struct person_id id)
{
	return index_find(&plan->private->indexes[SECTION_PEOPLE], id.text);
}

const struct publisher *plan_publisher(const struct plan *plan, const char *id)
{
	return index_find(&plan->private->indexes[SECTION_SYSTEMS], id);
}

const struct measure *plan_measure(const struct plan *plan, struct measure_id id)
{
	return index_find(&plan->private->indexes[SECTION_MEASURES], id.text);
}

const struct assignment *plan_assignment(const struct plan *plan, struct assignment_id id)
{
	return index_find(&plan->private->indexes[SECTION_ASSIGNMENTS], id.text);
}

struct occurrence_list {
	struct occurrence_list *next;
	struct deadline deadline;
	bool tried; /* it is known until the trial ends */
	char id[];
};

static const struct deadline *find_occurrence(const struct deadline *series, struct deadline_id id)
{
	for (const struct occurrence_list *o = series->every.known; o; o = o->next)
		if (strcmp(o->id, id.text) == 0)
			return &o->deadline;
	return NULL;
}

static const struct deadline *find_deadline(const struct plan *plan, struct deadline_id id)
{
	return index_find(&plan->private->indexes[SECTION_DEADLINES], id.text);
}

const struct deadline *plan_deadline(const struct plan *plan, struct deadline_id id)
{
	const char *at = strchr(id.text, '@');
	const struct deadline *series;
	char plain[ID_MAX + 1] = "";

	if (!at || at - id.text > ID_MAX)
		return find_deadline(plan, id);
	memcpy(plain, id.text, (size_t)(at - id.text));
	series = find_deadline(plan, deadline_id(plain));
	return series ? find_occurrence(series, id) : NULL;
}

struct deadline deadline_occurrence(const struct deadline *series, struct deadline_id id,
				    struct civil_date date)
{
	struct deadline d = *series;
	int day;

	d.id = id;
	d.series = series;
	d.every = (struct every){ .kind = EVERY_NEVER };
	d.due.next = false;
	if (d.due.kind == DUE_MEETING)
		civil_to_ymd(date, &d.due.year, &d.due.month, &day);
	else
		d.due.date = date;
	return d;
}

bool every_has_month(const struct every *every, struct civil_date meeting)
{
	int year, month, day;

	civil_to_ymd(meeting, &year, &month, &day);
	return !every->months || every->months & 1U << month;
}

/* The plan's own deadline, to be written to: it is const for those who read it. */
static struct deadline *own_deadline(struct plan *plan, const struct deadline *deadline)
{
	struct deadline *own = (struct deadline *)(uintptr_t)plan->deadlines;

	return own + (deadline - plan->deadlines);
}

void plan_settle(struct plan *plan, const struct deadline *deadline, struct civil_date meeting)
{
	struct due_spec *due = &own_deadline(plan, deadline)->due;
	int day;

	due->date = meeting;
	civil_to_ymd(meeting, &due->year, &due->month, &day);
}

/* One of this id that a trial has left: the arena gives nothing back, and the same is tried again and again. */
static struct occurrence_list *take_spare(struct plan *plan, struct deadline_id id)
{
	struct occurrence_list **link = &plan->private->spare;

	while (*link && strcmp((*link)->id, id.text) != 0)
		link = &(*link)->next;
	struct occurrence_list *o = *link;
	if (o)
		*link = o->next;
	return o;
}

void plan_trial_begin(struct plan *plan)
{
	plan->private->trial = true;
}

void plan_trial_end(struct plan *plan)
{
	struct plan_private *private = plan->private;

	private->trial = false;
	for (size_t i = 0; i < plan->deadline_count; i++) {
		struct every *every = &own_deadline(plan, &plan->deadlines[i])->every;

		while (every->known && every->known->tried) {
			struct occurrence_list *o = every->known;
			every->known = o->next;
			o->next = private->spare;
			private->spare = o;
		}
	}
}

int plan_add_occurrence(struct plan *plan, const struct deadline *series, struct deadline_id id,
			struct civil_date date)
{
	struct every *every = &own_deadline(plan, series)->every;
	struct occurrence_list *o;

	if (find_occurrence(series, id))
		return 0;
	o = take_spare(plan, id);
	if (!o)
		o = arena_alloc(&plan->private->arena, sizeof(*o) + strlen(id.text) + 1);
	if (!o)
		return -ENOMEM;
	o->tried = plan->private->trial;
	memcpy(o->id, id.text, strlen(id.text) + 1);
	o->deadline = deadline_occurrence(series, deadline_id(o->id), date);
	o->next = every->known;
	every->known = o;
	return 0;
}

const struct channel *plan_channel(const struct plan *plan, const char *name)
{
	return index_find(&plan->private->indexes[SECTION_CHANNELS], name);
}

bool person_has_role(const struct person *person, const char *role)
{
	for (size_t i = 0; i < person->role_count; i++)
		if (strcmp(person->roles[i], role) == 0)
			return true;
	return false;
}

/* Its measures are in the plan's order, so their addresses ascend. */
bool deadline_asks(const struct deadline *deadline, const struct measure *measure)
{
	size_t low = 0, high = deadline->measure_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (deadline->measures[middle] == measure)
			return true;
		if (deadline->measures[middle] < measure)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

struct optional measure_effect(const struct measure *measure, int year)
{
	struct optional sum = { .given = false };

	if (!measure->effects)
		return (struct optional){ measure->effect_given, measure->effect_planned };
	for (size_t i = 0; i < measure->effect_count; i++)
		if (measure->effects[i].year == year) {
			sum.given = true;
			sum.value += measure->effects[i].amount;
		}
	return sum;
}

const struct period *plan_period(const struct plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->period_count; i++)
		if (strcmp(plan->periods[i].name, name) == 0)
			return &plan->periods[i];
	return NULL;
}

bool publisher_may_report(const struct publisher *publisher, struct measure_id measure)
{
	for (size_t i = 0; i < publisher->may_report_count; i++)
		if (text_matches(publisher->may_report[i], measure.text))
			return true;
	return false;
}
