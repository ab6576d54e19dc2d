/* SPDX-License-Identifier: Apache-2.0 */
/* What is a thing's own in the plan's files: the dates of a measure, the words of a body, what somebody is a steward of. */
#include "plan/stewardship.h"
#include "tests/unit/plan_sample.h"

#define OWN "title = \"Minska inhyrd personal\";"
#define HSN "name = \"Hälso- och sjukvårdsnämnden\";"
#define HSD "name = \"Direktören\";"
#define AT "plan.d/a.conf:16: "

static const struct {
	int line;
	const char *from, *to;
	const char *findings;
} rows[] = {
	{ __LINE__, OWN, OWN " from = \"2026-03-01\"; done_by = \"2026-12-31\";", "" },
	{ __LINE__, OWN, OWN " done_by = \"meeting RS 2026-10\"; light_days = \"30d\";", "" },
	{ __LINE__, OWN, OWN " from = \"2026-03-01\";", "" },
	{ __LINE__, OWN, OWN " from = \"2026-06-30\"; done_by = \"2026-06-30\";", "" },
	{ __LINE__, OWN, OWN " from = \"2026-10-31\"; done_by = \"meeting RS 2026-10\";", "" },
	{ __LINE__, OWN, OWN " from = \"2026-11-01\"; done_by = \"meeting RS 2026-10\";",
	  AT "HSN-03 is to be done by meeting RS 2026-10, before it begins on 2026-11-01\n" },
	{ __LINE__, OWN, OWN " from = \"2026-07-01\"; done_by = \"2026-06-30\";",
	  AT "HSN-03 is to be done by 2026-06-30, before it begins on 2026-07-01\n" },
	{ __LINE__, OWN, OWN " done_by = \"2026-06\";",
	  AT "done_by of HSN-03 is a month: write a date, or \"meeting BODY 2026-06\"\n" },
	{ __LINE__, OWN, OWN " done_by = \"2026-06-30 12:00\";",
	  AT "done_by of HSN-03 has a time of day: write the date alone\n" },
	{ __LINE__, OWN, OWN " done_by = \"meeting RS next\";",
	  AT "done_by of HSN-03 is no meeting of a month: \"meeting RS YYYY-MM\"\n" },
	{ __LINE__, OWN, OWN " done_by = \"soon\";",
	  AT "done_by \"soon\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", \"YYYY-MM\", "
	     "\"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY next\"\n" },
	{ __LINE__, OWN, OWN " done_by = \"meeting KF 2026-06\";",
	  AT "done_by \"meeting KF 2026-06\" names a body that does not exist: KF\n" },
	{ __LINE__, OWN, OWN " light_days = \"5wd\";",
	  AT "warning: light_days has no effect: HSN-03 has no done_by\n" },
	{ __LINE__, OWN, OWN " done_by = \"2026-12-31\"; light_days = \"-5wd\";",
	  AT "light_days \"-5wd\" must not be before\n" },
	{ __LINE__, OWN, OWN " status = \"done\";", "" },
	{ __LINE__, OWN, OWN " status = \"cancelled\";", "" },
	{ __LINE__, OWN, OWN " status = \"on-track\";",
	  AT
	  "status \"on-track\" is neither \"done\" nor \"cancelled\", which say that it was over "
	  "before the plan had it: anything else is reported, with paminn status\n" },
	{ __LINE__, OWN, OWN " status = \"klar\";",
	  AT "status \"klar\" is neither \"done\" nor \"cancelled\", which say that it was over "
	     "before the plan had it: anything else is reported, with paminn status\n" },
	{ __LINE__, OWN, OWN " from = \"2026-02-30\";",
	  AT "from \"2026-02-30\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, HSN,
	  HSN " words = { on-track = \"Pågående enligt plan\"; done = \"Avslutad/klar\"; "
	      "no-data = \"Inga data\"; green = \"Grön\"; done-by-owner = \"Klar\"; };",
	  "" },
	{ __LINE__, HSN, HSN " words = { on-track = \"\"; };",
	  "plan.d/a.conf:3: on-track is empty: write a word, or leave it out\n" },
	{ __LINE__, HSN, HSN " words = { amber = \"Gul\"; };",
	  "plan.d/a.conf:3: unknown key \"amber\" in words: the keys are not-started, on-track, "
	  "at-risk, off-track, done, cancelled, struck, done-by-owner, "
	  "cancelled-by-owner, no-data, green, yellow, red\n" },
	{ __LINE__, HSD,
	  HSD " roles = [ \"steward\" ]; steward_of = [ \"HSN-*\", \"RS-58\", \"HSN\" ];", "" },
	{ __LINE__, HSD, HSD " roles = [ \"steward\" ]; steward_of = [ ];", "" },
	{ __LINE__, HSD, HSD " roles = [ \"steward\" ]; steward_of = [ \"HSN-*\", \"TN-*\" ];",
	  "plan.d/a.conf:10: steward_of \"TN-*\" matches no measure, deadline, assignment or body: "
	  "correct it, or add what it is to match\n" },
	/* People are theirs by what they owe: no pattern names them. */
	{ __LINE__, HSD, HSD " roles = [ \"steward\" ]; steward_of = [ \"chef-akut\" ];",
	  "plan.d/a.conf:10: steward_of \"chef-akut\" matches no measure, deadline, assignment or "
	  "body: correct it, or add what it is to match\n" },
	{ __LINE__, HSD, HSD " steward_of = [ \"HSN-*\" ];",
	  "plan.d/a.conf:10: warning: hsd has steward_of but not the role steward, so it says "
	  "nothing\n" },
	{ __LINE__, HSN, HSN " words = \"Grön\";",
	  "plan.d/a.conf:3: words must be a group: words = { … };\n" },
	{ __LINE__, HSN, HSN " words = { no-data = \"fyll i\"; };",
	  "plan.d/a.conf:3: no-data has the hole \"fyll i\" in it: fill it in\n" },
};

START_TEST(each_fault_is_found_in_its_place)
{
	struct plan *plan = NULL;
	struct findings findings = { 0 };
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

static struct plan *load(const char *from, const char *to)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;

	sample_folder();
	sample_files(PLAN, from, to);
	ck_assert_int_eq(plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings), 0);
	findings_done(&findings);
	sample_done();
	return plan;
}

START_TEST(a_measure_has_dates_of_its_own_and_without_them_none)
{
	struct plan *plan = load(OWN, OWN " from = \"2026-03-01\"; done_by = \"2026-12-31\";");
	const struct measure *with = plan_measure(plan, measure_id("HSN-03")),
			     *without = plan_measure(plan, measure_id("HSN-07"));

	ck_assert(civil_equal(with->from, civil_from_ymd(2026, 3, 1)));
	ck_assert(with->done_by.kind == DUE_DATE);
	ck_assert(civil_equal(with->done_by.date, civil_from_ymd(2026, 12, 31)));
	ck_assert_int_eq(with->light_days.days, 10);
	ck_assert(with->light_days.workdays);
	ck_assert(civil_is_none(without->from));
	ck_assert_ptr_null(without->done_by.text);
	plan_unref(plan);
	plan = load(OWN, OWN " done_by = \"meeting RS 2026-10\"; light_days = \"30d\";");
	with = plan_measure(plan, measure_id("HSN-03"));
	ck_assert(with->done_by.kind == DUE_MEETING && with->done_by.month == 10);
	ck_assert_ptr_eq(with->done_by.body, plan_body(plan, body_id("RS")));
	ck_assert_int_eq(with->light_days.days, 30);
	ck_assert(!with->light_days.workdays);
	plan_unref(plan);
}
END_TEST

START_TEST(a_body_has_words_of_its_own_and_none_where_it_says_none)
{
	struct plan *plan = load(HSN, HSN " words = { done = \"Avslutad/klar\"; red = \"Röd\"; };");
	const struct body *hsn = plan_body(plan, body_id("HSN"));

	ck_assert_str_eq(body_word(hsn, WORD_DONE), "Avslutad/klar");
	ck_assert_str_eq(body_word(hsn, (enum word)STATUS_DONE), "Avslutad/klar");
	ck_assert_str_eq(body_word(hsn, WORD_RED), "Röd");
	ck_assert_ptr_null(body_word(hsn, WORD_GREEN));
	ck_assert_ptr_null(body_word(plan_body(plan, body_id("RS")), WORD_DONE));
	ck_assert_ptr_null(body_word(NULL, WORD_DONE));
	for (int i = 0; i < STATUSES; i++)
		ck_assert_str_eq(word_name((enum word)i),
				 event_status_name((enum measure_status)i));
	plan_unref(plan);
}
END_TEST

START_TEST(a_narrower_steward_covers_what_is_named_and_whoever_owes_it)
{
	static const struct {
		const char *item;
		bool covered;
	} items[] = {
		{ "RS-58", true },	{ "RS-58@2026-06-16", true },
		{ "hsd", true },	{ "HSN-07", true },
		{ "chef-akut", false }, { "registrator", false },
		{ "HSN-03", false },	{ "HSN-03@2026-06-16", false },
		{ "RS", false },	{ "", false },
		{ NULL, false },
	};
	struct plan *plan =
		load(HSD, HSD " roles = [ \"steward\" ]; steward_of = [ \"RS-*\", \"HSN-07\" ];");
	const struct person *hsd = plan_person(plan, person_id("hsd"));

	ck_assert(steward_is(hsd) && steward_is_narrow(hsd));
	ck_assert(!steward_is_narrow(plan_person(plan, person_id("chef-akut"))));
	for (size_t i = 0; i < UNIT_COUNT(items); i++)
		ck_assert_msg(steward_covers(plan, hsd, items[i].item) == items[i].covered, "%s",
			      items[i].item ? items[i].item : "nothing");
	plan_unref(plan);

	/* Who hands over the whole is theirs too. */
	plan = load(HSD, HSD " roles = [ \"steward\" ]; steward_of = [ \"RS-*\" ];");
	hsd = plan_person(plan, person_id("hsd"));
	ck_assert(steward_covers(plan, hsd, "hsd") && !steward_covers(plan, hsd, "HSN-07"));
	plan_unref(plan);

	/* Patterns alone make nobody a steward. */
	plan = load(HSD, HSD " steward_of = [ \"RS-*\" ];");
	ck_assert(!steward_is_narrow(plan_person(plan, person_id("hsd"))));
	plan_unref(plan);
}
END_TEST

UNIT_TESTS("plan/own", UNIT(a_narrower_steward_covers_what_is_named_and_whoever_owes_it),
	   UNIT_ROWS(each_fault_is_found_in_its_place, UNIT_COUNT(rows)),
	   UNIT(a_measure_has_dates_of_its_own_and_without_them_none),
	   UNIT(a_body_has_words_of_its_own_and_none_where_it_says_none))
