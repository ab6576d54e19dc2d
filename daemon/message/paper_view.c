/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report in words. The report has facts: ids, dates as numbers, whole kronor; here they become what a
 * committee's paper says: titles with ids in brackets, dates in words, millions with one decimal. What is not
 * there is left out, or is a dash where a table needs something.
 */
#include "message/paper_view.h"

#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/paper_view_internal.h"

typedef json_t *make_view(const struct template_view *outer, const json_t *row);

static size_t put_list(struct template_view *v, const char *name, const json_t *rows,
		       make_view *make)
{
	json_t *list = json_array();
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		json_array_append_new(list, make(v, row));
	json_object_set_new(v->object, name, list);
	return json_array_size(rows);
}

/* A list, and whether there is anything in it: what stands around it depends on that. Returns how many. */
static size_t put_listed(struct template_view *v, const char *name, const json_t *rows,
			 make_view *make)
{
	const size_t count = put_list(v, name, rows, make);
	char flag[40];

	snprintf(flag, sizeof(flag), "%s_any", name);
	template_view_put_flag(v, flag, count > 0);
	return count;
}

static void put_lists(struct template_view *v, const json_t *report)
{
	static const char *const lists[] = { "unanswered", "support",	"requests",   "live",
					     "completed",  "to_struck", "outstanding" };
	static const char *const changes[] = { "new", "closed", "moved", "worse", "better" };
	const json_t *changed = json_object_get(report, "changes");
	char name[40];
	size_t any = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const size_t count = put_listed(v, lists[i], json_object_get(report, lists[i]),
						paper_entry_view);

		snprintf(name, sizeof(name), "%s_count", lists[i]);
		paper_put_count(v, name, count);
	}
	paper_put_date(v, "since", changed, "since");
	paper_put_reference(v, "since_reference",
			    paper_text_of(json_object_get(changed, "report"), "reference"));
	template_view_put_flag(v, "since_report",
			       json_is_object(json_object_get(changed, "report")));
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		any += put_list(v, changes[i], json_object_get(changed, changes[i]),
				paper_entry_view);
	template_view_put_flag(v, "any_changes", any > 0);
}

/* Of what is completed: what its body has yet to close. */
static void put_done_by_owner(struct template_view *v, const json_t *report)
{
	const json_t *row;
	size_t count = 0, i;

	json_array_foreach (json_object_get(report, "completed"), i, row)
		count += json_is_false(json_object_get(row, "closed"));
	if (count)
		paper_put_count(v, "done_by_owner_count", count);
}

/* What is planned is what covers, and what was to and is given up: of that a paper frozen by an older version says
 * nothing, and counts it as covering. */
static json_int_t planned_of(const json_t *row)
{
	return json_integer_value(json_object_get(row, "covered")) +
	       json_integer_value(json_object_get(row, "struck"));
}

static void put_planned(struct template_view *v, const char *name, const char *struck,
			const json_t *row)
{
	json_t *planned = json_integer(planned_of(row));

	paper_put_millions(v, name, planned);
	paper_put_some(v, struck, json_object_get(row, "struck"));
	json_decref(planned);
}

static json_t *requirement_view(const struct template_view *outer, const json_t *row)
{
	struct template_view v = paper_inner(outer);

	paper_put_item(&v, paper_text_of(row, "title"), paper_text_of(row, "assignment"));
	paper_put_count(&v, "year", (size_t)json_integer_value(json_object_get(row, "year")));
	paper_put_millions(&v, "amount", json_object_get(row, "amount"));
	put_planned(&v, "planned", "struck", row);
	paper_put_some(&v, "uncovered", json_object_get(row, "uncovered"));
	return v.object;
}

/* For the summary, where there is one to tell of, and how much of it nothing covers. What is planned is told with it where it is of the same measures as
 * the paper; else it stands in the table. */
static void put_required(struct template_view *v, const json_t *report)
{
	const json_t *row, *only = NULL, *totals = json_object_get(report, "totals");
	size_t i, count = 0;

	json_array_foreach (json_object_get(report, "requirements"), i, row)
		if (json_equal(json_object_get(row, "year"), json_object_get(report, "year"))) {
			only = row;
			count++;
		}
	if (count != 1)
		return;
	paper_put_millions(v, "required", json_object_get(only, "amount"));
	paper_put_some(v, "required_uncovered", json_object_get(only, "uncovered"));
	if (planned_of(only) !=
	    json_integer_value(json_object_get(json_object_get(totals, "effect_planned"), "sum")))
		return;
	put_planned(v, "required_planned", "required_struck", only);
}

static void put_requirements(struct template_view *v, const json_t *report)
{
	const json_t *rows = json_object_get(report, "requirements");

	template_view_put_flag(v, "any_requirements",
			       put_list(v, "requirements", rows, requirement_view) > 0);
}

static json_t *name_view(const struct template_view *outer, const json_t *row)
{
	(void)outer;
	return json_pack("{ss}", "name",
			 json_is_string(row) ? json_string_value(row) : paper_text_of(row, "name"));
}

/* Of those that have yet to answer: how often at most they were asked and when last, and how many of them have told
 * how it is without all that is required. */
static void put_missing(struct template_view *v, const json_t *report)
{
	const json_t *row, *newest = NULL;
	bool same_day = true;
	json_int_t most = 0;
	size_t partial = 0, i;

	json_array_foreach (json_object_get(report, "unanswered"), i, row) {
		const json_int_t asked = json_integer_value(json_object_get(row, "asked"));
		const char *at = paper_text_of(row, "last_asked");

		most = asked > most ? asked : most;
		partial += paper_text_of(row, "status") != NULL;
		same_day &= at &&
			    (!newest || strncmp(at, paper_text_of(newest, "last_asked"), 10) == 0);
		if (at && (!newest || strcmp(at, paper_text_of(newest, "last_asked")) > 0))
			newest = row;
	}
	template_view_put_flag(v, "asked_none", most == 0);
	template_view_put_flag(v, "asked_once", most == 1);
	if (most > 1)
		template_view_put_words(v, "asked_times", (size_t)most);
	if (newest)
		paper_put_date(v, "last_asked", newest, "last_asked");
	if (newest && most == 1 && same_day)
		paper_put_date(v, "asked_on", newest, "last_asked");
	template_view_put_flag(v, "partial_any", partial > 0);
	paper_put_counted(v, "partial", partial);
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static void put_flags(struct template_view *v, const json_t *report)
{
	const json_t *rows = json_object_get(report, "rows"), *row;
	bool money = json_array_size(json_object_get(report, "requirements")) > 0;
	bool dates = false, late = false;
	size_t i;

	json_array_foreach (rows, i, row) {
		money |= json_is_integer(json_object_get(row, "effect_planned")) ||
			 json_is_integer(json_object_get(row, "effect_achieved")) ||
			 json_is_integer(json_object_get(row, "effect_forecast"));
		late |= json_integer_value(json_object_get(row, "late")) > 0;
		dates |= paper_text_of(row, "done_by") || paper_text_of(row, "done_forecast");
	}
	template_view_put_flag(v, "any_rows", json_array_size(rows) > 0);
	template_view_put_flag(v, "any_money", money);
	template_view_put_flag(v, "any_dates", dates);
	template_view_put_flag(v, "any_late", late);
}

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
	char flag[40];

	paper_put_cell(v, "assignment_title", paper_text_of(assignment, "title"));
	paper_put_within(v, "given_to_within", given_to);
	if (!json_is_object(assignment))
		return;
	paper_put_named(v, "assignment", paper_text_of(assignment, "title"),
			paper_text_of(assignment, "id"));
	put_assignment_id(v, assignment);
	paper_put_reference(v, "assignment_decision", paper_text_of(assignment, "decision"));
	paper_put_optional(v, "assignment_reference", paper_text_of(assignment, "reference"));
	paper_put_optional(v, "assignment_origin", paper_text_of(assignment, "origin"));
	paper_put_date(v, "given", assignment, "given");
	paper_put_optional(v, "given_by",
			   paper_text_of(json_object_get(assignment, "given_by"), "name"));
	paper_put_optional(v, "given_to", given_to);
	paper_put_date(v, "answer_by", assignment, "answer_by");
	if (is_extended(assignment))
		paper_put_date(v, "answer_by_before", assignment, "answer_by_original");
	template_view_put_flag(v, "answer_by_provisional",
			       json_is_true(json_object_get(assignment, "provisional")));
	snprintf(flag, sizeof(flag), "assignment_%s", paper_text_of(assignment, "state"));
	template_view_put_flag(v, flag, true);
}

/* Names in a sentence: "A, B och C". */
static void put_names(struct template_view *v, const char *name, const json_t *people)
{
	const char *names[32];
	char within[32][LINE_MAX_BYTES + 1];
	size_t count = json_array_size(people);

	if (count > sizeof(names) / sizeof(*names))
		count = sizeof(names) / sizeof(*names);
	for (size_t i = 0; i < count; i++) {
		const char *full = paper_text_of(json_array_get(people, i), "name");

		names[i] = catalogue_within(v->language, full ? full : "", within[i],
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

/* Is the assignment to be answered on the day, and is that told? */
static bool is_told_with_assignment(const json_t *description, const json_t *day)
{
	const json_t *assignment = json_object_get(description, "assignment");
	const char *state = paper_text_of(assignment, "state");

	return state && strcmp(state, "open") == 0 &&
	       json_equal(json_object_get(assignment, "answer_by"), day);
}

/* When it is reported. Where a day was given that is after the body's meeting, as to what was returned, it is by that
 * day, at a meeting that nobody has named. */
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
		due && !is_told_with_assignment(description, json_object_get(report, told)));
}

/* The diary's number: of the assignment, or of the only one whose measures a body is told of. A body's paper has the
 * place for it in any case, since it is on no agenda without one. */
static void put_diary(struct template_view *v, const json_t *description)
{
	const json_t *assignment = json_object_get(description, "assignment");
	const bool is_of_body = json_object_get(v->object, "of_body") != NULL;
	const char *number = paper_text_of(is_of_body ? description : assignment, "reference");

	paper_put_optional(v, "diary", number);
	template_view_put_flag(v, "diary_any", is_of_body || number);
}

static void put_description(struct template_view *v, const json_t *report)
{
	const json_t *description = json_object_get(report, "description");
	char flag[40];

	snprintf(flag, sizeof(flag), "of_%s", paper_text_of(report, "of"));
	template_view_put_flag(v, flag, true);
	put_decision(v, description);
	paper_put_optional(v, "asked", paper_text_of(description, "asked"));
	paper_put_optional(v, "body", paper_text_of(json_object_get(report, "body"), "name"));
	paper_put_within(v, "body_within", paper_text_of(json_object_get(report, "body"), "name"));
	put_due(v, report, description);
	paper_put_date(v, "papers", report, "papers");
	paper_put_date(v, "papers_before", report, "papers_original");
	template_view_put_flag(v, "provisional",
			       json_is_true(json_object_get(report, "provisional")));
	put_assignment(v, json_object_get(description, "assignment"));
	put_diary(v, description);
	put_names(v, "prepared_by", json_object_get(description, "prepared_by"));
}

/* "…, tertial 2": a number at the end is not alone in a line of a heading. */
static void put_title(struct template_view *v, const char *title)
{
	const char *last = title ? strrchr(title, ' ') : NULL;
	char held[LINE_MAX_BYTES + 3];

	paper_put_cell(v, "title", title);
	paper_put_cell(v, "title_held", title);
	if (!last || !last[1] || last[1 + strspn(last + 1, "0123456789")])
		return;
	snprintf(held, sizeof(held), "%.*s\u00a0%s", (int)(last - title), title, last + 1);
	template_view_put(v, "title_held", held);
}

json_t *paper_view(const json_t *report, enum language language, struct civil_date today)
{
	struct template_view v = { json_object(), language, NULL, false };
	const char *id = paper_text_of(report, "deadline");
	char day[CATALOGUE_DATE], shown[CATALOGUE_ID];

	id = id ? id : paper_text_of(report, "assignment");
	put_title(&v, paper_text_of(report, "title"));
	paper_put_within(&v, "title_within", paper_text_of(report, "title"));
	if (id)
		template_view_put(&v, "id", catalogue_id(language, id, shown));
	template_view_put(&v, "compiled", catalogue_day(language, today, day));
	paper_put_date(&v, "dated", report, paper_text_of(report, "dated") ? "dated" : "frozen_at");
	if (!json_object_get(v.object, "dated"))
		template_view_put(&v, "dated", day);
	paper_put_count(&v, "year", (size_t)json_integer_value(json_object_get(report, "year")));
	paper_put_optional(&v, "period", paper_text_of(report, "period"));
	put_description(&v, report);
	put_flags(&v, report);
	paper_put_periods(&v, report);
	put_list(&v, "rows", json_object_get(report, "rows"), paper_row_view);
	paper_put_groups(&v, report);
	paper_put_sums(&v, report);
	paper_put_rounding(&v, report);
	put_missing(&v, report);
	put_requirements(&v, report);
	put_required(&v, report);
	put_lists(&v, report);
	put_done_by_owner(&v, report);
	paper_put_since_frozen(&v, report);
	paper_put_via(&v, report, today);
	paper_put_history(&v, report);
	paper_put_optional(&v, "proposal", paper_text_of(report, "proposal"));
	paper_put_paragraphs(&v, "paragraphs", paper_text_of(report, "proposal"));
	put_listed(&v, "officials", json_object_get(report, "officials"), name_view);
	put_listed(&v, "extract_to", json_object_get(report, "extract_to"), name_view);
	if (paper_text_of(report,
			  "frozen_at")) /* at the end of a day, whatever the clock said then */
		template_view_put(&v, "frozen",
				  json_string_value(json_object_get(v.object, "dated")));
	paper_put_optional(&v, "sha", paper_text_of(report, "sha256"));
	template_view_put_flag(&v, "frozen_lost",
			       json_is_true(json_object_get(report, "frozen_lost")));
	paper_put_table_numbers(&v);
	if (!v.failed)
		return v.object;
	json_decref(v.object);
	return NULL;
}
