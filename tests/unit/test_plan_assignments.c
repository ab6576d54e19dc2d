/* SPDX-License-Identifier: Apache-2.0 */
/* Assignments as the plan has them: what is read, what is below each, and what is wrong with one. */
#include "tests/unit/plan_sample.h"

/* clang-format off */
#define ASSIGNMENTS                                                                                  \
	"assignments = ( { id = \"U-12\"; title = \"Korta köerna\"; decision = \"RF 2024-11-27 § 130\";\n" \
	"	reference = \"RS/1019/2025\"; given = \"2024-11-27\"; given_by = \"RS\"; given_to = \"HSN\";\n"  \
	"	answer_by = \"meeting RS 2026-06\"; origin = \"budget 2023\"; closing = \"body\"; },\n"         \
	"	{ id = \"U-13\"; title = \"Sälj båten\"; } );\n"
/* clang-format on */

static struct plan *load(const char *from, const char *to)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	sample_files(PLAN, from, to);
	ck_assert_int_eq(plan_read(&plan,
				   &(struct plan_request){ .path = MAIN, .today = CIVIL_NONE },
				   &findings),
			 0);
	text = sample_findings(&findings);
	ck_assert_str_eq(text, "");
	free(text);
	findings_done(&findings);
	return plan;
}

START_TEST(an_assignment_has_all_that_the_file_says_of_it)
{
	const struct assignment *a;
	struct plan *plan;

	sample_folder();
	plan = load("bodies = (", ASSIGNMENTS "bodies = (");
	ck_assert_uint_eq(plan->assignment_count, 2);
	ck_assert(plan->decisions);
	a = plan_assignment(plan, assignment_id("U-12"));
	ck_assert_ptr_eq(a, &plan->assignments[0]);
	ck_assert_str_eq(a->title, "Korta köerna");
	ck_assert_str_eq(a->decision, "RF 2024-11-27 § 130");
	ck_assert_str_eq(a->reference, "RS/1019/2025");
	ck_assert_str_eq(a->origin, "budget 2023");
	ck_assert(civil_equal(a->given, civil_from_ymd(2024, 11, 27)));
	ck_assert_str_eq(a->given_by->id.text, "RS");
	ck_assert_str_eq(a->given_to->id.text, "HSN");
	ck_assert_int_eq(a->answer_by.kind, DUE_MEETING);
	ck_assert_int_eq(a->answer_by.month, 6);
	ck_assert_int_eq(a->closing, CLOSED_BY_BODY);
	ck_assert_uint_eq(a->measure_count + a->deadline_count, 0);
	a = plan_assignment(plan, assignment_id("U-13"));
	ck_assert_str_eq(a->decision, "");
	ck_assert_str_eq(a->reference, "");
	ck_assert(civil_is_none(a->given));
	ck_assert_ptr_null(a->given_by);
	ck_assert_ptr_null(a->answer_by.text);
	ck_assert_int_eq(a->closing, CLOSED_BY_OWNER);
	ck_assert_ptr_null(plan_assignment(plan, assignment_id("RS-58")));
	ck_assert_ptr_null(plan_deadline(plan, deadline_id("U-12")));
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(below_an_assignment_is_what_names_it)
{
	const struct assignment *a;
	struct plan *plan;

	sample_folder();
	plan = load("measures = (\n", ASSIGNMENTS
		    "measures = ( { id = \"X-1\"; title = \"x\"; owner = \"hsd\"; assignment = "
		    "\"U-13\"; closing = \"body\"; },\n{ id = \"X-2\"; title = \"x\"; owner = "
		    "\"hsd\"; assignment = \"U-12\"; },\n{ id = \"X-3\"; title = \"x\"; owner = "
		    "\"hsd\"; assignment = \"U-13\"; },\n");
	ck_assert(plan->decisions);
	ck_assert_int_eq(plan_measure(plan, measure_id("X-1"))->closing, CLOSED_BY_BODY);
	ck_assert_int_eq(plan_measure(plan, measure_id("X-2"))->closing, CLOSED_BY_OWNER);
	ck_assert_ptr_null(plan_measure(plan, measure_id("HSN-03"))->assignment);
	a = plan_assignment(plan, assignment_id("U-12"));
	ck_assert_uint_eq(a->measure_count, 1);
	ck_assert_str_eq(a->measures[0]->id.text, "X-2");
	a = plan_assignment(plan, assignment_id("U-13"));
	ck_assert_uint_eq(a->measure_count, 2);
	ck_assert_str_eq(a->measures[0]->id.text, "X-1");
	ck_assert_str_eq(a->measures[1]->id.text, "X-3");
	ck_assert_ptr_eq(a->measures[1]->assignment, a);
	plan_unref(plan);
	sample_done();
}
END_TEST

#define OF(id, assignment)                                                            \
	"{ id = \"" id                                                                \
	"\"; title = \"x\"; due = \"2026-05-29\"; responsible = \"hsd\"; inform = [ " \
	"\"hsd\" ]; ladder = \"standard\"; assignment = \"" assignment "\"; },\n"

START_TEST(an_assignment_has_the_deadlines_that_name_it)
{
	const struct assignment *a;
	struct plan *plan;

	sample_folder();
	plan = load(
		"deadlines = (\n\t{ id = \"RS-58\";",
		"assignments = ( { id = \"U-1\"; title = \"x\"; answer_by = \"2026-05\"; },\n"
		"{ id = \"U-2\"; title = \"x\"; } );\n"
		"deadlines = (" OF("RS-56", "U-2") OF("RS-57", "U-1") OF(
			"RS-59",
			"U-2") "{ id = \"RS-58\"; assignment = \"U-1\"; every = \"meeting RS\";");
	a = plan_assignment(plan, assignment_id("U-2"));
	ck_assert_uint_eq(a->deadline_count, 2);
	ck_assert_ptr_eq(a->deadlines[0], &plan->deadlines[0]);
	ck_assert_ptr_eq(a->deadlines[1], &plan->deadlines[2]);
	a = plan_assignment(plan, assignment_id("U-1"));
	ck_assert_uint_eq(a->deadline_count, 2);
	ck_assert_ptr_eq(a->deadlines[0], &plan->deadlines[1]);
	ck_assert_ptr_eq(a->deadlines[1], &plan->deadlines[3]);
	ck_assert_ptr_eq(a->deadlines[1]->assignment, a);
	/* An occurrence belongs to what its series belongs to. */
	ck_assert_int_eq(plan_add_occurrence(plan, a->deadlines[1], deadline_id("RS-58@2026-10-27"),
					     civil_from_ymd(2026, 10, 27)),
			 0);
	ck_assert_ptr_eq(plan_deadline(plan, deadline_id("RS-58@2026-10-27"))->assignment, a);
	plan_unref(plan);
	sample_done();
}
END_TEST

static const struct {
	int line;
	const char *assignment, *findings;
} rows[] = {
	{ __LINE__, "id = \"U-1\";",
	  "plan.d/a.conf:1: the assignment U-1 has no title: what was given to do\n" },
	{ __LINE__, "title = \"x\";",
	  "plan.d/a.conf:1: the assignment has no id: its short name\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; owner = \"hsd\";",
	  "plan.d/a.conf:1: unknown key \"owner\" in the assignment: the keys are id, title, "
	  "decision, "
	  "reference, given, given_by, given_to, answer_by, origin, proposal, closing\n" },
	{ __LINE__, "id = \"HSN-03\"; title = \"x\";",
	  "plan.d/a.conf:1: \"HSN-03\" is there twice: the first is at plan.d/a.conf:17. Call one "
	  "of the two something else\n" },
	{ __LINE__, "id = \"RS-58\"; title = \"x\";",
	  "plan.d/a.conf:1: \"RS-58\" is there twice: the first is at plan.d/a.conf:21. Call one "
	  "of the two something else\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; }, { id = \"U-1\"; title = \"y\";",
	  "plan.d/a.conf:1: \"U-1\" is there twice: the first is at plan.d/a.conf:1. Call one of "
	  "the two something else\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; given_by = \"RF\"; given_to = \"KS\";",
	  "plan.d/a.conf:1: given_by \"RF\" is not among the bodies\n"
	  "plan.d/a.conf:1: given_to \"KS\" is not among the bodies\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; closing = \"council\";",
	  "plan.d/a.conf:1: closing \"council\" is not among its values: owner, body\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; given = \"soon\";",
	  "plan.d/a.conf:1: given \"soon\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; answer_by = \"meeting RS next\";",
	  "plan.d/a.conf:1: answer_by of the assignment U-1 is one meeting: name its month, "
	  "\"meeting RS YYYY-MM\"\n" },
	{ __LINE__, "id = \"U-1\"; title = \"x\"; answer_by = \"2026-06-17 12:00\";",
	  "plan.d/a.conf:1: answer_by of the assignment U-1 has no time of day: write the date "
	  "alone\n" },
	{ __LINE__,
	  "id = \"U-1\"; title = \"x\"; given = \"2026-06-17\"; answer_by = \"2026-06-16\";",
	  "plan.d/a.conf:1: the assignment U-1 is to be answered before it was given\n" },
	{ __LINE__,
	  "id = \"U-1\"; title = \"x\"; given = \"2026-06-17\"; answer_by = \"2026-06-17\";", "" },
};

START_TEST(each_fault_of_an_assignment_is_found_in_its_place)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text, to[1000];

	snprintf(to, sizeof(to), "assignments = ( { %s } );\nbodies = (", rows[_i].assignment);
	sample_folder();
	sample_files(PLAN, "bodies = (", to);
	plan_read(&plan, &(struct plan_request){ .path = MAIN, .today = CIVIL_NONE }, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* RS-58 is due on 16 June 2026. */
static const struct {
	int line;
	const char *answer_by, *findings;
} answers[] = {
	{ __LINE__, "2026-06-16", "" },
	{ __LINE__, "meeting RS 2026-06", "" },
	{ __LINE__, "meeting RS 2026-10", "" },
	{ __LINE__, "2026-06-15",
	  "plan.d/a.conf:20: warning: RS-58 is due on 2026-06-16, after its assignment U-1 is to "
	  "be "
	  "answered, on 2026-06-15\n" },
	{ __LINE__, "2026-05",
	  "plan.d/a.conf:20: warning: RS-58 is due on 2026-06-16, after its assignment U-1 is to "
	  "be "
	  "answered, on 2026-05-29\n" },
};

START_TEST(a_deadline_after_its_assignment_is_to_be_answered_is_warned_of)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text, to[500];

	snprintf(to, sizeof(to), "deadlines = (\n\t{ assignment = \"U-1\"; id = \"RS-58\";");
	sample_folder();
	sample_files(PLAN, "deadlines = (\n\t{ id = \"RS-58\";", to);
	snprintf(to, sizeof(to),
		 "assignments = ( { id = \"U-1\"; title = \"x\"; answer_by = \"%s\"; } );\n",
		 answers[_i].answer_by);
	sample_write("plan.d/b.conf", to, NULL, NULL);
	ck_assert_int_eq(plan_read(&plan,
				   &(struct plan_request){ .path = MAIN, .today = CIVIL_NONE },
				   &findings),
			 0);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, answers[_i].findings) == 0, "line %d:\n%s", answers[_i].line,
		      text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

static const struct {
	int line;
	const char *from, *to, *findings;
} named[] = {
	{ __LINE__, "{ id = \"HSN-07\";", "{ id = \"HSN-07\"; assignment = \"U-1\";",
	  "plan.d/a.conf:18: assignment \"U-1\" is not among the assignments\n" },
	{ __LINE__, "{ id = \"RS-58\";", "{ id = \"RS-58\"; assignment = \"HSN-03\";",
	  "plan.d/a.conf:20: assignment \"HSN-03\" is not among the assignments\n" },
	{ __LINE__, "{ id = \"HSN-07\";", "{ id = \"HSN-07\"; closing = \"done\";",
	  "plan.d/a.conf:18: closing \"done\" is not among its values: owner, body\n" },
};

START_TEST(an_assignment_that_is_named_has_to_be_there)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	sample_folder();
	sample_files(PLAN, named[_i].from, named[_i].to);
	ck_assert_int_eq(plan_read(&plan,
				   &(struct plan_request){ .path = MAIN, .today = CIVIL_NONE },
				   &findings),
			 1);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, named[_i].findings) == 0, "line %d:\n%s", named[_i].line, text);
	free(text);
	findings_done(&findings);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/assignments", UNIT(an_assignment_has_all_that_the_file_says_of_it),
	   UNIT(below_an_assignment_is_what_names_it),
	   UNIT(an_assignment_has_the_deadlines_that_name_it),
	   UNIT_ROWS(each_fault_of_an_assignment_is_found_in_its_place, UNIT_COUNT(rows)),
	   UNIT_ROWS(a_deadline_after_its_assignment_is_to_be_answered_is_warned_of,
		     UNIT_COUNT(answers)),
	   UNIT_ROWS(an_assignment_that_is_named_has_to_be_there, UNIT_COUNT(named)))
