/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The assignments of the plan files: their table, what a table can't say of their dates, and what is below
 * each: the measures and deadlines that name it, which have been read before.
 */
#include <string.h>

#include "plan/reader.h"

static const struct field assignment_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct assignment, id),
	  .what = "its short name" },
	{ "title", VALUE_NAME, .required = true, .at = offsetof(struct assignment, title),
	  .what = "what was given to do" },
	{ "decision", VALUE_NAME, .at = offsetof(struct assignment, decision),
	  .what = "by which it was given, such as \"RF 2024-11-27 § 130\"" },
	{ "reference", VALUE_NAME, .at = offsetof(struct assignment, reference),
	  .what = "its number in the diary, such as \"RS/1019/2025\"" },
	{ "given", VALUE_DATE, .at = offsetof(struct assignment, given),
	  .what = "the day it was given" },
	{ "given_by", VALUE_BODY, .at = offsetof(struct assignment, given_by),
	  .what = "the body that gave it" },
	{ "given_to", VALUE_BODY, .at = offsetof(struct assignment, given_to),
	  .what = "the body that has it" },
	{ "answer_by", VALUE_DUE, .at = offsetof(struct assignment, answer_by),
	  .what = "when it is to be answered: a date, a month or \"meeting BODY YYYY-MM\"" },
	{ "origin", VALUE_NAME, .at = offsetof(struct assignment, origin),
	  .what = "what it comes from, such as \"budget 2023\"" },
	{ "proposal", VALUE_PROSE, .at = offsetof(struct assignment, proposal),
	  .what = "what its body is proposed to decide on it" },
	{ "closing", VALUE_CHOICE, .at = offsetof(struct assignment, closing),
	  .choices = reader_closings,
	  .what = "whose word closes it: \"owner\" or \"body\"; default \"owner\"" },
};
static const struct table assignment_table = TABLE("the assignment", "id", assignment_fields);

/* It has one date, which nothing but the plan and its meeting gives. */
static void check_answer_by(struct reader *r, config_setting_t *group,
			    struct assignment *assignment)
{
	struct due_spec *due = &assignment->answer_by;
	const struct where where = where_key(r, group, "answer_by");

	if (!due->text)
		return;
	if (due->next) {
		fault(r, where,
		      "answer_by of the assignment %s is one meeting: name its month, \"meeting %s "
		      "YYYY-MM\"",
		      assignment->id.text, due->body->id.text);
		due->text = NULL;
	} else if (due->time.minute >= 0) {
		fault(r, where,
		      "answer_by of the assignment %s has no time of day: write the date alone",
		      assignment->id.text);
	} else if (due->kind == DUE_DATE && !civil_is_none(assignment->given) &&
		   civil_compare(due->date, assignment->given) < 0) {
		fault(r, where, "the assignment %s is to be answered before it was given",
		      assignment->id.text);
	}
}

static void read_assignment_group(struct reader *r, config_setting_t *group, void *thing)
{
	struct assignment *assignment = thing;

	assignment->decision = assignment->reference = assignment->origin = "";
	assignment->proposal = "";
	assignment->given = CIVIL_NONE;
	read_group(r, &assignment_table, group, assignment);
	check_answer_by(r, group, assignment);
}

/* Count what is below each; then give each its arrays, and fill these in the plan's order. */
static void find_below(struct reader *r, struct assignment *all)
{
	const struct plan *plan = r->plan;
	const struct measure **measures = reader_alloc(r, plan->measure_count, sizeof(*measures));
	const struct deadline **deadlines =
		reader_alloc(r, plan->deadline_count, sizeof(*deadlines));
	struct assignment *a;

	for (size_t i = 0; i < plan->measure_count; i++)
		if (plan->measures[i].assignment)
			all[plan->measures[i].assignment - all].measure_count++;
	for (size_t i = 0; i < plan->deadline_count; i++)
		if (plan->deadlines[i].assignment)
			all[plan->deadlines[i].assignment - all].deadline_count++;
	for (a = all; a < all + plan->assignment_count; a++) {
		a->measures = measures;
		a->deadlines = deadlines;
		measures += a->measure_count;
		deadlines += a->deadline_count;
		a->measure_count = a->deadline_count = 0;
	}
	for (size_t i = 0; i < plan->measure_count; i++) {
		const struct measure *measure = &plan->measures[i];

		if (!measure->assignment)
			continue;
		a = &all[measure->assignment - all];
		((const struct measure **)(uintptr_t)a->measures)[a->measure_count++] = measure;
	}
	for (size_t i = 0; i < plan->deadline_count; i++) {
		const struct deadline *deadline = &plan->deadlines[i];

		if (!deadline->assignment)
			continue;
		a = &all[deadline->assignment - all];
		((const struct deadline **)(uintptr_t)a->deadlines)[a->deadline_count++] = deadline;
	}
}

void read_assignments(struct reader *r)
{
	read_section(r, SECTION_ASSIGNMENTS, read_assignment_group);
	if (r->plan->assignment_count)
		find_below(r, (struct assignment *)(uintptr_t)r->plan->assignments);
}
