/* SPDX-License-Identifier: Apache-2.0 */
/* The head of a paper and what it says of its matter: who gave what to whom, when it is reported, who prepared it. */
#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/paper_view_internal.h"

/* Its id is the plan's own: a paper names the decision or the diary's number, where there is one. */
static void put_assignment_id(struct template_view *v, const json_t *assignment)
{
	const char *id = paper_text_of(assignment, "id");

	if (id && !paper_text_of(assignment, "decision") && !paper_text_of(assignment, "reference"))
		paper_put_id(v, "assignment_id", id);
}

/* Who has got more time is told so; that a meeting was moved is nothing for its body to read. */
static bool is_extended(const json_t *dated)
{
	return json_is_true(json_object_get(dated, "extended"));
}

static void put_assignment(struct template_view *v, const json_t *assignment)
{
	const char *given_to = paper_text_of(json_object_get(assignment, "given_to"), "name");
	const char *given_by = paper_text_of(json_object_get(assignment, "given_by"), "name");
	char flag[40];

	paper_put_cell(v, "assignment_title", paper_text_of(assignment, "title"));
	paper_put_within(v, "given_to_within", given_to);
	paper_put_within(v, "given_by_within", given_by);
	if (!json_is_object(assignment))
		return;
	paper_put_named(v, "assignment", paper_text_of(assignment, "title"),
			paper_text_of(assignment, "id"));
	put_assignment_id(v, assignment);
	paper_put_reference(v, "assignment_decision", paper_text_of(assignment, "decision"));
	paper_put_optional(v, "assignment_reference", paper_text_of(assignment, "reference"));
	paper_put_optional(v, "assignment_origin", paper_text_of(assignment, "origin"));
	paper_put_date(v, "given", assignment, "given");
	paper_put_optional(v, "given_by", given_by);
	paper_put_optional(v, "given_to", given_to);
	paper_put_date(v, "answer_by", assignment, "answer_by");
	if (is_extended(assignment))
		paper_put_date(v, "answer_by_before", assignment, "answer_by_original");
	template_view_put_flag(v, "answer_by_provisional",
			       json_is_true(json_object_get(assignment, "provisional")));
	snprintf(flag, sizeof(flag), "assignment_%s", paper_text_of(assignment, "state"));
	template_view_put_flag(v, flag, true);
}

/* Names in a sentence: "A, B och C"; the first as it stands where nothing is before it. */
static void put_names(struct template_view *v, const char *name, const json_t *people, bool begins)
{
	const char *names[32];
	char within[32][LINE_MAX_BYTES + 1];
	size_t count = json_array_size(people);

	if (count > sizeof(names) / sizeof(*names))
		count = sizeof(names) / sizeof(*names);
	for (size_t i = 0; i < count; i++) {
		const char *full = paper_text_of(json_array_get(people, i), "name");

		names[i] = begins && i == 0 && full
				   ? full
				   : catalogue_within(v->language, full ? full : "", within[i],
						      sizeof(within[i]));
	}
	if (count)
		template_view_put_list(v, name, names, count);
}

/* One that is told with the assignment already isn't told again. */
static void put_decision(struct template_view *v, const json_t *description)
{
	const json_t *assignment = json_object_get(description, "assignment");
	const json_t *decision = json_object_get(description, "decision");

	if (!json_equal(decision, json_object_get(assignment, "decision")))
		paper_put_reference(v, "decision", json_string_value(decision));
}

/* Those of the measures themselves: "A, B och C". */
static void put_measure_decisions(struct template_view *v, const json_t *description)
{
	const json_t *list = json_object_get(description, "measure_decisions"), *decision;
	const char *texts[16], *held[16];
	char pieces[16][PAPER_TEXT];
	size_t count = 0, i;

	json_array_foreach (list, i, decision)
		if (count < sizeof(texts) / sizeof(*texts)) {
			texts[count] = json_string_value(decision);
			held[count] = strlen(texts[count]) > PAPER_REFERENCE
					      ? texts[count]
					      : paper_held(texts[count], pieces[count], PAPER_TEXT);
			count++;
		}
	if (count == 0)
		return;
	template_view_put_list(v, "measure_decisions", texts, count);
	template_view_put_list(v, "measure_decisions_held", held, count);
	template_view_put_flag(v, "measure_decision_one", count == 1);
}

/* Is the assignment to be answered on the day, and is that told? */
static bool is_told_with_assignment(const json_t *description, const json_t *day)
{
	const json_t *assignment = json_object_get(description, "assignment");
	const char *state = paper_text_of(assignment, "state");

	return state && strcmp(state, "open") == 0 &&
	       json_equal(json_object_get(assignment, "answer_by"), day);
}

/* When it is reported; once that is decided, the course of the matter tells it. Where a day was given that is after the
 * body's meeting, as to what was returned, it is by that day, at a meeting that nobody has named. */
static void put_due(struct template_view *v, const json_t *report, const json_t *description)
{
	const char *due = paper_text_of(report, "due"), *papers = paper_text_of(report, "papers");
	const char *outcome = paper_text_of(json_object_get(report, "outcome"), "outcome");
	const bool by_day = is_extended(report) && due && papers && strcmp(papers, due) > 0;
	const bool anew = outcome && strcmp(outcome, "returned") == 0;
	const char *told = by_day ? "papers" : "due";

	paper_put_date(v, "due", report, told);
	template_view_put_flag(v, "due_by", by_day);
	template_view_put_flag(v, "due_anew", anew);
	if (is_extended(report) && !anew)
		paper_put_date(v, "due_before", report, by_day ? "due" : "due_original");
	template_view_put_flag(
		v, "due_apart",
		due && (!outcome || anew) &&
			!is_told_with_assignment(description, json_object_get(report, told)));
}

/* The diary's number: of the assignment, or of the only one whose measures a body is told of. What goes to a body has the
 * place for it in any case, since it is on no agenda without one. */
static void put_diary(struct template_view *v, const json_t *report)
{
	const json_t *description = json_object_get(report, "description");
	const json_t *assignment = json_object_get(description, "assignment");
	const bool is_of_body = json_object_get(v->object, "of_body") != NULL;
	const char *number = paper_text_of(is_of_body ? description : assignment, "reference");

	paper_put_optional(v, "diary", number);
	template_view_put_flag(v, "diary_any",
			       number || json_is_object(json_object_get(report, "body")));
}

void paper_put_description(struct template_view *v, const json_t *report)
{
	const json_t *description = json_object_get(report, "description");
	char flag[40];

	snprintf(flag, sizeof(flag), "of_%s", paper_text_of(report, "of"));
	template_view_put_flag(v, flag, true);
	put_decision(v, description);
	put_measure_decisions(v, description);
	paper_put_optional(v, "asked", paper_text_of(description, "asked"));
	paper_put_optional(v, "body", paper_text_of(json_object_get(report, "body"), "name"));
	paper_put_within(v, "body_within", paper_text_of(json_object_get(report, "body"), "name"));
	put_due(v, report, description);
	paper_put_date(v, "papers", report, "papers");
	paper_put_date(v, "papers_before", report, "papers_original");
	template_view_put_flag(v, "provisional",
			       json_is_true(json_object_get(report, "provisional")));
	put_assignment(v, json_object_get(description, "assignment"));
	put_diary(v, report);
	put_names(v, "prepared_by", json_object_get(description, "prepared_by"), false);
	put_names(v, "prepared_by_first", json_object_get(description, "prepared_by"), true);
}
