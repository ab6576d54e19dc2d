/* SPDX-License-Identifier: Apache-2.0 */
/* Effect by year and month, periods, proposals: what is found in them, and what they come to. */
#include "tests/unit/plan_sample.h"

#define PARTS(text) "effect_planned = ( " text " );"
#define PERIODS(text) "periods = ( " text " );\nmeasures = ("

#define ASSIGNED(text)                                                                             \
	"assignments = ( { id = \"U-12\"; title = \"T\"; proposal = \"Att\\n\\natt\"; } );\n" text \
	"\nmeasures = ("

static const struct {
	int line;
	const char *from, *to, *findings;
} rows[] = {
	{ __LINE__, "effect_planned = 12000000;",
	  PARTS("{ year = 2026; amount = 4000000L; }, { year = 2027; month = 3; amount = -1; }"),
	  "" },
	{ __LINE__, "effect_planned = 12000000;", PARTS("{ year = 2026; }"),
	  "plan.d/a.conf:17: a part of effect_planned has no amount: in whole currency units, such "
	  "as "
	  "12000000L\n" },
	{ __LINE__, "effect_planned = 12000000;",
	  PARTS("{ year = 1999; month = 13; amount = 2000000000000000L; }"),
	  "plan.d/a.conf:17: year must be 2005 to 2100\n"
	  "plan.d/a.conf:17: month must be 1 to 12\n"
	  "plan.d/a.conf:17: amount must be -1000000000000000 to 1000000000000000\n" },
	{ __LINE__, "effect_planned = 12000000;", "effect_planned = ( );",
	  "plan.d/a.conf:17: effect_planned is empty: leave it out\n" },
	{ __LINE__, "effect_planned = 12000000;", "effect_planned = ( 12 );",
	  "plan.d/a.conf:17: effect_planned has something other than a { group } in it\n" },
	{ __LINE__, "effect_planned = 12000000;",
	  PARTS("{ year = 2026; amount = 1; },\n{ year = 2025; amount = 1; },\n"
		"{ year = 2026; amount = 1; }"),
	  "plan.d/a.conf:19: effect_planned of HSN-03 has the year 2026 twice\n" },
	{ __LINE__, "effect_planned = 12000000;",
	  PARTS("{ year = 2026; month = 2; amount = 1; }, { year = 2026; month = 2; amount = 1; }"),
	  "plan.d/a.conf:17: effect_planned of HSN-03 has the month 2 of 2026 twice\n" },
	{ __LINE__, "effect_planned = 12000000;",
	  PARTS("{ year = 2026; month = 2; amount = 1; },\n{ year = 2026; amount = 1; }"),
	  "plan.d/a.conf:18: effect_planned of HSN-03 has 2026 as a whole and by month: leave one "
	  "of "
	  "them out\n" },
	/* Periods. */
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T1 2026\"; from = \"2026-01-01\"; until = \"2026-04-30\"; },"
		  "{ name = \"T2 2026\"; from = \"2026-05-01\"; until = \"2026-08-31\"; }"),
	  "" },
	{ __LINE__, "measures = (", PERIODS("{ name = \"T1\"; from = \"2026-01-01\"; }"),
	  "plan.d/a.conf:15: the period T1 has no until: its last day\n" },
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T1\"; from = \"2026-01-02\"; until = \"2026-01-01\"; }"),
	  "plan.d/a.conf:15: the period ends before it begins\n" },
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T1\"; from = \"2026-01-01\"; until = \"2026-04-30\"; },\n"
		  "{ name = \"T1\"; from = \"2026-05-01\"; until = \"2026-08-31\"; }"),
	  "plan.d/a.conf:16: the period \"T1\" is there twice: the first is at "
	  "plan.d/a.conf:15\n" },
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T1\"; from = \"2026-01-01\"; until = \"2026-04-30\"; },\n"
		  "{ name = \"year\"; from = \"2026-04-30\"; until = \"2026-12-31\"; }"),
	  "plan.d/a.conf:16: warning: the periods \"T1\" and \"year\" overlap: what is said on a "
	  "day "
	  "of both is shown in each\n" },
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T2\"; from = \"2026-05-01\"; until = \"2026-08-31\"; },"
		  "{ name = \"T1\"; from = \"2026-01-01\"; until = \"2026-04-30\"; }"),
	  "" },
	/* One that can't be read overlaps with none. */
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T1\"; until = \"2026-04-30\"; },"
		  "{ from = \"2026-04-01\"; until = \"2026-08-31\"; }"),
	  "plan.d/a.conf:15: the period T1 has no from: its first day\n"
	  "plan.d/a.conf:15: the period has no name: as reports name it, such as \"T1 2026\"\n" },
	{ __LINE__, "measures = (",
	  PERIODS("{ name = \"T1\"; from = \"2026-01-01\"; },"
		  "{ name = \"T2\"; from = \"2026-04-01\"; until = \"2026-08-31\"; }"),
	  "plan.d/a.conf:15: the period T1 has no until: its last day\n" },
	/* What an assignment requires. */
	{ __LINE__, "measures = (",
	  ASSIGNED("requirements = ( { assignment = \"U-12\"; year = 2026; amount = 230000000L; },"
		   "{ assignment = \"U-12\"; year = 2027; amount = 0; } );"),
	  "" },
	{ __LINE__, "measures = (",
	  ASSIGNED("requirements = ( { assignment = \"U-13\"; amount = -1; } );"),
	  "plan.d/a.conf:16: assignment \"U-13\" is not among the assignments\n"
	  "plan.d/a.conf:16: the requirement U-13 has no year: in which, such as 2026\n"
	  "plan.d/a.conf:16: amount must be 0 to 1000000000000000\n" },
	{ __LINE__, "measures = (",
	  ASSIGNED("requirements = ( { assignment = \"U-12\"; year = 2026; amount = 1; },\n"
		   "{ assignment = \"U-12\"; year = 2026; amount = 2; } );"),
	  "plan.d/a.conf:17: the requirement on U-12 for 2026 is there twice: the first is at "
	  "plan.d/a.conf:16\n" },
	{ __LINE__, "measures = (",
	  "assignments = ( { id = \"U-12\"; title = \"T\"; }, { id = \"U-14\"; title = \"T\"; } "
	  ");\n"
	  "requirements = ( { assignment = \"U-12\"; year = 2026; amount = 1; },\n"
	  "{ assignment = \"U-14\"; year = 2026; amount = 2; } );\nmeasures = (",
	  "" },
	/* What the body is proposed to decide has lines, and no holes. */
	{ __LINE__, "due = \"meeting RS 2026-06\";",
	  "due = \"meeting RS 2026-06\"; proposal = \"Styrelsen beslutar\\n\\natt notera.\";", "" },
	{ __LINE__, "due = \"meeting RS 2026-06\";",
	  "due = \"meeting RS 2026-06\"; proposal = \"Klicka här\";",
	  "plan.d/a.conf:22: proposal has the hole \"Klicka här\" in it: fill it in\n" },
	{ __LINE__, "title = \"Samordna inköp\"", "title = \"Samordna\\ninköp\"",
	  "plan.d/a.conf:18: title has a control character or bytes that are not UTF-8 in it\n" },
};

START_TEST(each_fault_is_found_in_its_place)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	sample_folder();
	sample_files(PLAN, rows[_i].from, rows[_i].to);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

static struct plan *read_sample(const char *from, const char *to)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;

	sample_folder();
	sample_files(PLAN, from, to);
	ck_assert_int_eq(plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings), 0);
	findings_done(&findings);
	return plan;
}

static const struct {
	int line;
	const char *effect;
	int year;
	bool given;
	int64_t value;
} effects[] = {
	/* A plain number is the full year's, of any year, as it always was. */
	{ __LINE__, "effect_planned = 12000000;", 2026, true, 12000000 },
	{ __LINE__, "effect_planned = 12000000;", 2031, true, 12000000 },
	{ __LINE__, "", 2026, false, 0 },
	/* The months of a year add up; a year that is not there has no plan. */
	{ __LINE__,
	  PARTS("{ year = 2027; amount = 9; }, { year = 2026; month = 3; amount = 2; },"
		"{ year = 2026; month = 12; amount = 5; }"),
	  2026, true, 7 },
	{ __LINE__, PARTS("{ year = 2027; amount = 9; }"), 2027, true, 9 },
	{ __LINE__, PARTS("{ year = 2027; amount = 9; }"), 2026, false, 0 },
};

START_TEST(a_year_has_the_effect_of_its_parts)
{
	struct plan *plan = read_sample("effect_planned = 12000000;", effects[_i].effect);
	const struct measure *m = plan_measure(plan, measure_id("HSN-03"));
	const struct optional effect = measure_effect(m, effects[_i].year);

	ck_assert_msg(effect.given == effects[_i].given && effect.value == effects[_i].value,
		      "line %d: %d %ld", effects[_i].line, effect.given, (long)effect.value);
	ck_assert_int_eq(m->effect_given, *effects[_i].effect != '\0');
	plan_unref(plan);
	sample_done();
}
END_TEST

static const struct {
	const char *from, *to;
	bool decisions;
} keys[] = {
	{ NULL, NULL, false },
	{ "effect_planned = 12000000;", PARTS("{ year = 2026; amount = 1; }"), true },
	{ "measures = (",
	  PERIODS("{ name = \"T1\"; from = \"2026-01-01\"; until = \"2026-01-02\"; }"), true },
	{ "measures = (",
	  ASSIGNED("requirements = ( { assignment = \"U-12\"; year = 2026; amount = 230000000L; } "
		   ");"),
	  true },
	{ "due = \"meeting RS 2026-06\";",
	  "due = \"meeting RS 2026-06\"; proposal = \"Att notera.\";", true },
};

START_TEST(each_key_makes_the_plan_one_of_decisions)
{
	struct plan *plan = read_sample(keys[_i].from, keys[_i].to);

	ck_assert_int_eq(plan->decisions, keys[_i].decisions);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(a_period_is_found_by_its_name)
{
	struct plan *plan = read_sample(
		"measures = (",
		PERIODS("{ name = \"T1 2026\"; from = \"2026-01-01\"; until = \"2026-04-30\"; }"));
	const struct period *period = plan_period(plan, "T1 2026");

	ck_assert_ptr_nonnull(period);
	ck_assert(civil_equal(period->until, civil_from_ymd(2026, 4, 30)));
	ck_assert_ptr_null(plan_period(plan, "T2 2026"));
	plan_unref(plan);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/money", UNIT_ROWS(each_fault_is_found_in_its_place, UNIT_COUNT(rows)),
	   UNIT_ROWS(a_year_has_the_effect_of_its_parts, UNIT_COUNT(effects)),
	   UNIT_ROWS(each_key_makes_the_plan_one_of_decisions, UNIT_COUNT(keys)),
	   UNIT(a_period_is_found_by_its_name))
