/* SPDX-License-Identifier: Apache-2.0 */
/* A deadline, or one measure's answer to it, that is extended or returned to a meeting. */
#include "engine/obligation/in_force.h"

#include "engine/inquiry/inquirer.h"
#include "engine/obligation/series.h"
#include "tests/unit/ask.h"

#define COUNCIL "{ id='RF'; name='Regionfullmäktige'; papers='-7wd'; }"
#define COMMITTEE "{ id='HSN'; name='Nämnden'; papers='-5wd'; }"
/* RF meets on 16 June, papers on Fri 5 June; in October it is not known when. */
static const struct written in_june = {
	.bodies = COUNCIL ", " COMMITTEE,
	.meetings = "{ body='RF'; from='2026-06-16'; until='2026-06-17'; }",
	.deadlines = HANDED_IN("MF", "meeting RF 2026-06", ""),
};

#define STANDS(world, deadline, due_day, papers_day, is_provisional)             \
	do {                                                                     \
		struct deadline_row row_ = deadline_of(world, deadline);         \
		struct obligation o_ = obligation_of(world, deadline, "HSN-03"); \
		DAY_IS(row_.due, due_day);                                       \
		DAY_IS(row_.papers, papers_day);                                 \
		DAY_IS(o_.due, due_day);                                         \
		DAY_IS(o_.papers, papers_day);                                   \
		ck_assert_int_eq(o_.provisional, is_provisional);                \
	} while (0)
#define FOLLOWS_FROM_THE_LOG(world)                                      \
	do {                                                             \
		json_t *differences_ = ask(world, COMMAND_VERIFY, "{}"); \
		char *text_ = json_dumps(differences_, JSON_COMPACT);    \
		ck_assert_str_eq(text_, "[]");                           \
		free(text_);                                             \
		json_decref(differences_);                               \
	} while (0)

/* On 26 May, when all are asked, it is put off to October. */
static struct world *put_off(const struct written *plan)
{
	struct world *w = asked_world("2026-04-22 12:00", plan);

	world_to(w, "2026-05-26 12:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "MF", "{'due':'meeting RF 2026-10','reference':'RF § 3','reason':'x'}");
	return w;
}

START_TEST(a_meeting_serves_as_the_date_of_an_extension)
{
	struct world *w = put_off(&in_june);
	struct deadline_row row = deadline_of(w, "MF");

	STANDS(w, "MF", "2026-10-30", "2026-10-30", true);
	DAY_IS(row.due_original, "2026-06-16");
	DAY_IS(row.papers_original, "2026-06-05");
	ck_assert_str_eq(row.extended_to, "meeting RF 2026-10");
	world_to(w, "2026-05-26 13:00");
	TELLS(w, "05-26 12:00 moved ordf: MF moved\n"
		 "05-26 12:00 moved akut: MF moved\n"
		 "05-26 12:00 moved reg: MF moved\n");
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(it_is_bound_when_the_meeting_is_known_and_follows_it)
{
	struct world *w = put_off(&in_june);

	world_to(w, "2026-06-20 12:00");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RF", "{'from':'2026-10-20'}");
	STANDS(w, "MF", "2026-10-20", "2026-10-09", false);
	DAY_IS(deadline_of(w, "MF").due_original, "2026-06-16");
	world_to(w, "2026-06-22 12:00");
	TELLS(w, "06-22 07:30 moved ordf: MF moved\n"
		 "06-22 07:30 moved akut: MF moved\n"
		 "06-22 07:30 moved reg: MF moved\n");
	/* Out of the month too. */
	HEARD(w, "meeting", "RF", "{'from':'2026-11-03','replaces':'2026-10-20'}");
	STANDS(w, "MF", "2026-11-03", "2026-10-23", false);
	DAY_IS(deadline_of(w, "MF").due_original, "2026-06-16");
	FOLLOWS_FROM_THE_LOG(w);
	/* The June meeting moves: that is another matter now. */
	HEARD(w, "meeting", "RF", "{'from':'2026-06-23','replaces':'2026-06-16'}");
	STANDS(w, "MF", "2026-11-03", "2026-10-23", false);
	HEARD(w, "meeting", "RF", "{'from':'2026-11-03','replaces':'2026-11-03','cancelled':true}");
	STANDS(w, "MF", "2026-10-30", "2026-10-30", true);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(support_is_told_once_when_the_month_ends_without_it)
{
	struct world *w = put_off(&in_june);

	world_to(w, "2026-11-01 12:00");
	w->tale[0] = '\0';
	world_to(w, "2026-12-01 12:00");
	ck_assert_ptr_nonnull(strstr(w->tale, "alert stod: MF unbound\n"));
	ck_assert_ptr_null(strstr(strstr(w->tale, "unbound") + 1, "unbound"));
	STANDS(w, "MF", "2026-10-30", "2026-10-30", true);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(the_forecast_knows_the_meeting)
{
	struct world *w = put_off(&in_june);
	json_t *rows;
	size_t asked = 0;

	HEARD(w, "meeting", "RF", "{'from':'2026-10-20'}");
	rows = ask(w, QUERY_FORECAST, "{'until':'2026-12-31'}");
	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i);
		const char *when = json_string_value(json_object_get(row, "when"));

		if (strcmp(json_string_value(json_object_get(row, "to")), "akut") == 0 &&
		    strcmp(json_string_value(json_object_get(row, "kind")), "reminder") == 0) {
			ck_assert_int_ge(strncmp(when, "2026-09-25", 10), 0);
			asked++;
		}
	}
	ck_assert_uint_gt(asked, 3);
	json_decref(rows);
	asked_free(w);
}
END_TEST

/* Another body's meeting, of a deadline that has none of its own: papers are that body's. */
START_TEST(its_papers_date_is_that_bodys)
{
	static const struct written plain = {
		.bodies = COUNCIL ", " COMMITTEE,
		.meetings = "{ body='HSN'; from='2026-09-24'; }",
		.deadlines = HANDED_IN("MF", "2026-06-30 12:00", ""),
	};
	struct world *w = asked_world("2026-04-22 12:00", &plain);

	HEARD(w, "extend", "MF", "{'due':'meeting HSN 2026-09','reference':'x'}");
	STANDS(w, "MF", "2026-09-24", "2026-09-17", false);
	DAY_IS(deadline_of(w, "MF").due_original, "2026-06-30");
	ck_assert_int_eq(obligation_of(w, "MF", "HSN-03").late_at.us,
			 instant_of("2026-09-18 00:00").us);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(a_date_ends_the_meeting_and_the_other_way)
{
	struct world *w = put_off(&in_june);

	HEARD(w, "meeting", "RF", "{'from':'2026-10-20'}");
	HEARD(w, "extend", "MF", "{'due':'2026-12-01','reference':'x'}");
	STANDS(w, "MF", "2026-06-16", "2026-12-01", false);
	ck_assert_str_eq(deadline_of(w, "MF").extended_to, "");
	HEARD(w, "meeting", "RF", "{'from':'2026-06-23','replaces':'2026-06-16'}");
	STANDS(w, "MF", "2026-06-23", "2026-12-01", false);
	HEARD(w, "extend", "MF", "{'due':'meeting RF 2027-02','reference':'x'}");
	STANDS(w, "MF", "2027-02-26", "2027-02-26", true);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(a_return_may_name_a_meeting)
{
	struct world *w = asked_world("2026-04-22 12:00", &in_june);

	world_to(w, "2026-05-26 12:00");
	HEARD(w, "submit", "MF", "{'reference':'x'}");
	world_to(w, "2026-06-16 15:00");
	w->tale[0] = '\0';
	HEARD(w, "outcome", "MF",
	      "{'outcome':'returned','reference':'RF § 9','due':'meeting RF 2026-10'}");
	STANDS(w, "MF", "2026-10-30", "2026-10-30", true);
	world_to(w, "2026-06-17 12:00");
	TELLS(w, "06-16 15:00 moved ordf: MF returned\n"
		 "06-16 15:00 moved akut: MF returned\n"
		 "06-16 15:00 moved reg: MF returned\n");
	HEARD(w, "meeting", "RF", "{'from':'2026-10-20'}");
	STANDS(w, "MF", "2026-10-20", "2026-10-09", false);
	FOLLOWS_FROM_THE_LOG(w);
	/* What is extended after that is later than the return says. */
	REFUSED(w, "extend", "MF", "{'due':'2026-10-05','reference':'x'}", REJECT_BAD_DATA,
		"`due` 2026-10-05 is before 2026-10-09, the original date of MF");
	asked_free(w);
}
END_TEST

/* ---- what is refused --------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *due, *reason;
} refusals[] = {
	{ __LINE__, "meeting KF 2026-10",
	  "`due` names the body KF, which is not in the plan: it is one of RF, HSN" },
	{ __LINE__, "meeting RF 2026-04",
	  "`due` names a meeting in 2026-04, which has passed: name one from 2026-05 on" },
	{ __LINE__, "meeting RF 2025-12",
	  "`due` names a meeting in 2025-12, which has passed: name one from 2026-05 on" },
	{ __LINE__, "meeting RF 2004-04", "`due` 2004-04 is outside 2005-2100: check the year" },
	{ __LINE__, "meeting RF 2150-04", "`due` 2150-04 is outside 2005-2100: check the year" },
	{ __LINE__, "meeting RF 2026-06",
	  "`due` meeting RF 2026-06, whose papers are due on 2026-06-05, is not after 2026-06-05, "
	  "the date that stands for MF: an extension gives a later one" },
	{ __LINE__, "meeting HSN 2026-05",
	  "`due` meeting HSN 2026-05 is the meeting on 2026-05-28, whose papers were due on "
	  "2026-05-21: name a later one, or give a date" },
};

START_TEST(a_meeting_that_cannot_be_is_refused)
{
	struct written plan = in_june;
	char data[200];
	struct world *w;

	plan.meetings = "{ body='RF'; from='2026-06-16'; }, { body='HSN'; from='2026-05-28'; }";
	w = asked_world("2026-05-26 12:00", &plan);
	snprintf(data, sizeof(data), "{'due':'%s','reference':'x'}", refusals[_i].due);
	REFUSED(w, "extend", "MF", data, REJECT_BAD_DATA, refusals[_i].reason);
	STANDS(w, "MF", "2026-06-16", "2026-06-05", false);
	asked_free(w);
}
END_TEST

/* Of two in the month the first is past: it is the other one. */
START_TEST(a_meeting_that_is_past_is_not_meant)
{
	struct written plan = in_june;
	struct world *w;

	plan.meetings = "{ body='RF'; from='2026-06-16'; }, { body='HSN'; from='2026-06-02'; }, "
			"{ body='HSN'; from='2026-06-30'; }";
	w = asked_world("2026-06-03 12:00", &plan);
	HEARD(w, "extend", "MF", "{'due':'meeting HSN 2026-06','reference':'x'}");
	STANDS(w, "MF", "2026-06-30", "2026-06-23", false);
	HEARD(w, "meeting", "HSN", "{'from':'2026-07-01'}");
	STANDS(w, "MF", "2026-06-30", "2026-06-23", false);
	asked_free(w);
}
END_TEST

/* ---- one measure ------------------------------------------------------------------------------- */

START_TEST(one_measure_may_have_a_meeting_of_its_own)
{
	struct written plan = in_june;
	struct world *w;

	plan.measures = TWO_MEASURES;
	w = asked_world("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-26 12:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "HSN-07",
	      "{'due':'meeting RF 2026-10','reference':'x','deadline':'MF'}");
	DAY_IS(obligation_of(w, "MF", "HSN-07").papers, "2026-10-30");
	ck_assert(obligation_of(w, "MF", "HSN-07").provisional);
	STANDS(w, "MF", "2026-06-16", "2026-06-05", false);
	world_to(w, "2026-05-26 13:00");
	TELLS(w, "05-26 12:00 moved kir: MF/HSN-07 moved\n"
		 "05-26 12:00 moved ordf: MF/HSN-07 moved\n"
		 "05-26 12:00 moved reg: MF/HSN-07 moved\n");
	HEARD(w, "meeting", "RF", "{'from':'2026-10-20'}");
	DAY_IS(obligation_of(w, "MF", "HSN-07").due, "2026-10-20");
	DAY_IS(obligation_of(w, "MF", "HSN-07").papers, "2026-10-09");
	HEARD(w, "meeting", "RF", "{'from':'2026-10-27','replaces':'2026-10-20'}");
	DAY_IS(obligation_of(w, "MF", "HSN-07").papers, "2026-10-16");
	DAY_IS(obligation_of(w, "MF", "HSN-07").due_original, "2026-06-16");
	STANDS(w, "MF", "2026-06-16", "2026-06-05", false);
	world_to(w, "2026-05-26 14:00");
	TELLS(w, "05-26 13:00 moved kir: MF/HSN-07 moved\n");
	FOLLOWS_FROM_THE_LOG(w);
	/* The whole is given a later one: that covers it too. */
	HEARD(w, "extend", "MF", "{'due':'2026-11-20','reference':'x'}");
	DAY_IS(obligation_of(w, "MF", "HSN-07").papers, "2026-11-20");
	HEARD(w, "meeting", "RF", "{'from':'2026-10-29','replaces':'2026-10-27'}");
	DAY_IS(obligation_of(w, "MF", "HSN-07").papers, "2026-11-20");
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

/* Two measures of it at one meeting, which moves: each once. What has left the plan moves nowhere. */
START_TEST(a_meeting_of_two_measures_own_moves_both)
{
	struct written plan = in_june, without;
	struct world *w;

	plan.measures = TWO_MEASURES;
	plan.bodies = COUNCIL ", " COMMITTEE;
	w = asked_world("2026-05-26 12:00", &plan);
	HEARD(w, "extend", "HSN-03",
	      "{'due':'meeting HSN 2026-10','reference':'x','deadline':'MF'}");
	HEARD(w, "extend", "HSN-07",
	      "{'due':'meeting HSN 2026-10','reference':'x','deadline':'MF'}");
	HEARD(w, "meeting", "HSN", "{'from':'2026-10-22'}");
	DAY_IS(obligation_of(w, "MF", "HSN-03").due, "2026-10-22");
	DAY_IS(obligation_of(w, "MF", "HSN-07").due, "2026-10-22");
	FOLLOWS_FROM_THE_LOG(w);
	HEARD(w, "meeting", "HSN", "{'from':'2026-10-22','replaces':'2026-10-22','place':'Salen'}");
	DAY_IS(obligation_of(w, "MF", "HSN-07").due, "2026-10-22");
	HEARD(w, "extend", "MF", "{'due':'meeting HSN 2026-11','reference':'x'}");
	without = plan;
	without.deadlines = ASKING("T2", "2026-12-15", "");
	world_adopt(w, &without);
	HEARD(w, "meeting", "HSN", "{'from':'2026-11-19'}");
	HEARD(w, "meeting", "HSN", "{'from':'2026-10-29','replaces':'2026-10-22'}");
	ck_assert_int_eq(obligation_of(w, "MF", "HSN-07").phase, PHASE_WITHDRAWN);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(support_is_told_once_of_one_measures_meeting_that_never_came)
{
	struct written plan = in_june;
	struct world *w;

	plan.measures = TWO_MEASURES;
	w = asked_world("2026-04-22 12:00", &plan);
	HEARD(w, "extend", "HSN-07",
	      "{'due':'meeting RF 2026-10','reference':'x','deadline':'MF'}");
	world_to(w, "2026-10-31 12:00");
	ck_assert_ptr_null(strstr(w->tale, "unbound"));
	w->tale[0] = '\0';
	world_to(w, "2026-12-31 12:00");
	ck_assert_ptr_nonnull(strstr(w->tale, "11-02 07:30 alert stod: MF/HSN-07 unbound\n"));
	ck_assert_ptr_null(strstr(strstr(w->tale, "unbound") + 1, "unbound"));
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

/* ---- series and reload --------------------------------------------------------------------------- */

static const struct written at_each_meeting = {
	.bodies = COUNCIL ", " COMMITTEE,
	.meetings = "{ body='RF'; from='2026-06-16'; }, { body='RF'; from='2026-09-15'; }",
	.deadlines = HANDED_IN("MF", "meeting RF 2026-06", "every='meeting RF';"),
};

static size_t count_of(struct world *w)
{
	struct series s;
	size_t count;

	ck_assert_int_eq(series_load_known(&s, &w->e, &w->e.plan->deadlines[0]), 0);
	count = s.known_count;
	series_done(&s);
	return count;
}

START_TEST(an_occurrence_that_is_put_off_keeps_its_place_in_the_series)
{
	struct world *w = asked_world("2026-05-26 12:00", &at_each_meeting);

	HEARD(w, "extend", "MF@2026-06-16", "{'due':'meeting HSN 2026-10','reference':'x'}");
	world_to(w, "2026-08-01 12:00");
	ck_assert_uint_eq(count_of(w), 2);
	STANDS(w, "MF@2026-06-16", "2026-10-30", "2026-10-30", true);
	STANDS(w, "MF@2026-09-15", "2026-09-15", "2026-09-04", false);
	HEARD(w, "meeting", "HSN", "{'from':'2026-10-22'}");
	STANDS(w, "MF@2026-06-16", "2026-10-22", "2026-10-15", false);
	HEARD(w, "meeting", "RF", "{'from':'2026-06-16','replaces':'2026-06-16','cancelled':true}");
	STANDS(w, "MF@2026-06-16", "2026-10-22", "2026-10-15", false);
	world_to(w, "2026-09-30 12:00");
	ck_assert_uint_eq(count_of(w), 2);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(it_stands_until_the_file_says_something_new)
{
	struct world *w = put_off(&in_june);
	struct written plan = in_june;

	plan.alerts = "";
	HEARD(w, "meeting", "RF", "{'from':'2026-10-20'}");
	world_adopt(w, &plan);
	STANDS(w, "MF", "2026-10-20", "2026-10-09", false);
	plan.deadlines = HANDED_IN("MF", "meeting RF 2026-06", "papers='-3wd';");
	world_adopt(w, &plan);
	STANDS(w, "MF", "2026-06-16", "2026-06-11", false);
	ck_assert_str_eq(deadline_of(w, "MF").extended_to, "");
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

START_TEST(a_body_that_leaves_the_plan_leaves_the_day)
{
	struct world *w = asked_world("2026-05-26 12:00", &in_june);
	struct written plan = in_june;

	HEARD(w, "meeting", "HSN", "{'from':'2026-10-22'}");
	HEARD(w, "extend", "MF", "{'due':'meeting HSN 2026-10','reference':'x'}");
	STANDS(w, "MF", "2026-10-22", "2026-10-15", false);
	plan.bodies = COUNCIL;
	world_adopt(w, &plan);
	STANDS(w, "MF", "2026-06-16", "2026-10-15", false);
	FOLLOWS_FROM_THE_LOG(w);
	asked_free(w);
}
END_TEST

/* ---- a chain: case 1 ------------------------------------------------------------------------------ */

/* The committee is asked before its own meeting that precedes the council's, wherever that moves. */
START_TEST(the_committee_is_asked_before_its_own_meeting_that_precedes_the_councils)
{
	static const struct written proposal = {
		.bodies = COUNCIL ", " COMMITTEE,
		.meetings =
			"{ body='RF'; from='2026-06-16'; }, { body='HSN'; from='2026-05-28'; }, "
			"{ body='HSN'; from='2026-09-03'; }, { body='HSN'; from='2026-09-24'; }, "
			"{ body='HSN'; from='2026-10-15'; }",
		.deadlines = HANDED_IN("MF", "meeting RF 2026-06", "via=['meeting HSN 2026-05'];"),
	};
	struct world *w = asked_world("2026-04-22 12:00", &proposal);

	STANDS(w, "MF", "2026-06-16", "2026-05-21", false);
	world_to(w, "2026-05-13 12:00");
	HEARD(w, "extend", "MF", "{'due':'meeting RF 2026-10','reference':'RF § 3'}");
	DAY_IS(deadline_of(w, "MF").papers_original, "2026-05-21");
	ck_assert(obligation_of(w, "MF", "HSN-03").provisional);
	FOLLOWS_FROM_THE_LOG(w);
	HEARD(w, "meeting", "RF", "{'from':'2026-10-13'}");
	STANDS(w, "MF", "2026-10-13", "2026-09-17", false);
	/* A week later the committee meets once more before it. */
	HEARD(w, "meeting", "RF", "{'from':'2026-10-20','replaces':'2026-10-13'}");
	STANDS(w, "MF", "2026-10-20", "2026-10-08", false);
	FOLLOWS_FROM_THE_LOG(w);
	REFUSED(w, "extend", "MF", "{'due':'meeting HSN 2026-11','reference':'x'}", REJECT_BAD_DATA,
		"`due` names HSN, which MF passes before its own body: name another body's "
		"meeting, or a date");
	asked_free(w);
}
END_TEST

UNIT_TESTS("meetings as dates",
	   UNIT(the_committee_is_asked_before_its_own_meeting_that_precedes_the_councils),
	   UNIT(a_meeting_serves_as_the_date_of_an_extension),
	   UNIT(it_is_bound_when_the_meeting_is_known_and_follows_it),
	   UNIT(support_is_told_once_when_the_month_ends_without_it),
	   UNIT(the_forecast_knows_the_meeting), UNIT(its_papers_date_is_that_bodys),
	   UNIT(a_date_ends_the_meeting_and_the_other_way), UNIT(a_return_may_name_a_meeting),
	   UNIT_ROWS(a_meeting_that_cannot_be_is_refused, UNIT_COUNT(refusals)),
	   UNIT(a_meeting_that_is_past_is_not_meant),
	   UNIT(one_measure_may_have_a_meeting_of_its_own),
	   UNIT(a_meeting_of_two_measures_own_moves_both),
	   UNIT(support_is_told_once_of_one_measures_meeting_that_never_came),
	   UNIT(an_occurrence_that_is_put_off_keeps_its_place_in_the_series),
	   UNIT(it_stands_until_the_file_says_something_new),
	   UNIT(a_body_that_leaves_the_plan_leaves_the_day))
