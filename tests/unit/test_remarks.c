/* SPDX-License-Identifier: Apache-2.0 */
/* What the answer to an accepted event says besides: what it does not answer yet, and what may be a
 * mistake. And the dates that an extension may give. */
#include "tests/unit/engine_fixture.h"

static const struct written plain = {
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("RS-58", "2026-05-15", "") ", " ASKING("T2", "2026-06-16", ""),
	.steps = "-5wd owner; 0 owner",
	.alerts = "",
};

/* The last answer's remarks are these, written with ' for ". */
#define REMARKS_ARE(w, expected)                                                              \
	do {                                                                                  \
		char *text_ =                                                                 \
			(w)->remarks ? json_dumps((w)->remarks, JSON_COMPACT) : strdup("{}"); \
		for (char *c_ = text_; *c_; c_++)                                             \
			if (*c_ == '"')                                                       \
				*c_ = '\'';                                                   \
		ck_assert_str_eq(text_, expected);                                            \
		free(text_);                                                                  \
	} while (0)

/* ---- too early ---------------------------------------------------------------------------------- */

START_TEST(a_status_before_a_window_opens_is_accepted_and_says_from_when_it_would_count)
{
	struct world *w = world_new("2026-05-04 12:00", &plain);

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	REMARKS_ARE(w, "{'early':[{'deadline':'RS-58','opens':'2026-05-07T08:00:00+02:00'},"
		       "{'deadline':'T2','opens':'2026-06-09T08:00:00+02:00'}]}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	/* In the window of one of them. */
	world_to(w, "2026-05-07 08:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	REMARKS_ARE(w, "{'answers':['RS-58'],"
		       "'early':[{'deadline':'T2','opens':'2026-06-09T08:00:00+02:00'}]}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	/* What it has happened before counts as before, whenever it is said. */
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-07", "2026-05-07 07:59",
				    "{'status':'on-track'}"),
			 0);
	REMARKS_ARE(w, "{'early':[{'deadline':'RS-58','opens':'2026-05-07T08:00:00+02:00'},"
		       "{'deadline':'T2','opens':'2026-06-09T08:00:00+02:00'}]}");
	/* Nothing is too early for what is closed with its measure. */
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	REMARKS_ARE(w, "{}");
	world_free(w);
}
END_TEST

START_TEST(what_is_answered_or_withdrawn_is_not_told_as_early)
{
	struct world *w = world_new("2026-06-10 12:00", &plain);

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	REMARKS_ARE(w, "{'answers':['RS-58','T2']}");
	/* Nor does another one answer it again. */
	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	REMARKS_ARE(w, "{}");
	world_free(w);

	/* What left with its measure, whose window would open later, is not told either. */
	w = world_new("2026-05-04 12:00", &plain);
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-05-04 11:00",
				    "{'status':'on-track'}"),
			 0);
	REMARKS_ARE(w, "{}");
	world_free(w);
}
END_TEST

START_TEST(a_status_says_first_what_it_answers_and_then_what_comes_next)
{
	struct written plan = plain;
	struct world *w;

	plan.deadlines = ASKING("K", "2026-05-29", "every='RRULE:FREQ=MONTHLY;BYMONTHDAY=29';");
	w = world_new("2026-05-25 12:00", &plan);
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_str_eq(w->said, "it answers K@2026-05-29; one for K@2026-06-29, the next of "
				  "2, counts from 2026-06-22 08:00 on");
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	ck_assert_str_eq(w->said, "it comes too early for K@2026-06-29 (from 2026-06-22 08:00 on), "
				  "K@2026-07-29 (from 2026-07-22 08:00 on)");
	world_free(w);
}
END_TEST

/* ---- extensions ---------------------------------------------------------------------------------- */

#define EXTEND(w, subject, due) \
	world_hear(w, "paminn.extend", subject, "", "{'due':'" due "','reference':'x'}")

START_TEST(an_extension_beyond_the_calendar_says_its_range)
{
	struct world *w = world_new("2026-05-04 12:00", &plain);

	ck_assert_int_eq(EXTEND(w, "RS-58", "2101-05-15"), (int)REJECT_BAD_DATA);
	ck_assert_str_eq(w->why.reason, "`due` 2101-05-15 is outside 2005-2100: check the year");
	world_free(w);
}
END_TEST

/* ---- what may be a mistake ------------------------------------------------------------------------ */

static const struct written meeting = {
	.measures = TWO_MEASURES,
	.meetings = "{ body='RS'; from='2026-06-09'; }",
	.deadlines = ASKING("RS-58", "meeting RS 2026-06", ""),
	.alerts = "",
};

static const struct {
	int line;
	const char *type, *subject, *data, *says, *remarks;
} warned[] = {
	{ __LINE__, "submit", "RS-58", "{'reference':'x'}", "ordf", "{'answers':['RS-58']}" },
	{ __LINE__, "submit", "RS-58", "{'reference':'x'}", "stew", "{'answers':['RS-58']}" },
	{ __LINE__, "submit", "RS-58", "{'reference':'x'}", "kir",
	  "{'answers':['RS-58'],'warnings':['kir is not the responsible of RS-58, who is ordf: "
	  "check in whose name it "
	  "is "
	  "handed over']}" },
	{ __LINE__, "absence", "kir", "{'from':'2026-05-01','until':'2027-04-30'}", "kir", "{}" },
	{ __LINE__, "absence", "kir", "{'from':'2026-05-01','until':'2036-05-01'}", "kir",
	  "{'warnings':['the absence lasts from 2026-05-01 to 2036-05-01, more than a year: check "
	  "the years']}" },
	{ __LINE__, "absence", "kir", "{'from':'2020-05-08','until':'2020-05-10'}", "kir",
	  "{'warnings':['the absence from 2020-05-08 to 2020-05-10 is past: check the dates']}" },
	{ __LINE__, "meeting", "RS", "{'from':'2026-06-16'}", "stew", "{}" },
	{ __LINE__, "meeting", "RS", "{'from':'2026-06-14'}", "stew",
	  "{'warnings':['2026-06-14 is no working day: check the date of the meeting']}" },
	{ __LINE__, "meeting", "RS", "{'from':'2026-06-19'}", "stew", /* Midsummer's Eve */
	  "{'warnings':['2026-06-19 is no working day: check the date of the meeting']}" },
	{ __LINE__, "meeting", "RS", "{'from':'2026-04-28'}", "stew",
	  "{'warnings':['the meeting of RS on 2026-04-28 is past; nothing is late by that']}" },
};

START_TEST(what_may_be_a_mistake_is_taken_and_said)
{
	struct written plan = plain;
	struct world *w;
	char type[40];

	plan.people = PEOPLE ", " PERSON("stew", "roles=['steward'];");
	w = world_new("2026-05-11 12:00", &plan);
	w->says = warned[_i].says;
	snprintf(type, sizeof(type), "paminn.%s", warned[_i].type);
	ck_assert_int_eq(world_hear(w, type, warned[_i].subject, "", warned[_i].data), 0);
	REMARKS_ARE(w, warned[_i].remarks);
	world_free(w);
}
END_TEST

START_TEST(a_meeting_moved_to_the_past_says_how_many_are_late_now)
{
	struct world *w = world_new("2026-05-27 12:00", &meeting);

	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-06-09'}");
	REMARKS_ARE(w, "{'warnings':['the meeting of RS on 2026-05-26 is past: 1 answer is late "
		       "now']}");
	/* Said once: who is late already does not become so by the next one. */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-22','replaces':'2026-05-26'}");
	REMARKS_ARE(w, "{'warnings':['the meeting of RS on 2026-05-22 is past; nothing is late by "
		       "that']}");
	world_free(w);
}
END_TEST

START_TEST(a_meeting_moved_so_near_that_its_papers_are_past_says_how_many_are_late_now)
{
	struct world *w = world_new("2026-05-26 12:00", &meeting);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-06-09'}");
	REMARKS_ARE(w, "{'warnings':['the papers for the meeting of RS on 2026-05-28 are past: 2 "
		       "answers are late now']}");
	world_free(w);
}
END_TEST

/* A meeting beside another one may be that one, moved, whose deadlines wait for the word. */
static const struct {
	int line;
	const char *data, *remarks;
} beside[] = {
	{ __LINE__, "{'from':'2026-06-16'}",
	  "{'warnings':['added beside the meeting of RS on 2026-06-09, whose deadlines stay: to "
	  "move "
	  "it instead, give --replaces 2026-06-09']}" },
	{ __LINE__, "{'from':'2026-06-29'}",
	  "{'warnings':['added beside the meeting of RS on 2026-06-09, whose deadlines stay: to "
	  "move "
	  "it instead, give --replaces 2026-06-09']}" },
	/* As far from it as the next one is. */
	{ __LINE__, "{'from':'2026-06-30'}", "{}" },
	/* It is the same, or moved, or what is due has moved. */
	{ __LINE__, "{'from':'2026-06-09','place':'Residenset'}", "{}" },
	{ __LINE__, "{'from':'2026-06-16','replaces':'2026-06-09'}", "{}" },
	{ __LINE__, "{'from':'2026-06-09','replaces':'2026-06-09','cancelled':true}", "{}" },
	{ __LINE__, "{'from':'2026-06-08'}", "{}" },
};

START_TEST(a_meeting_beside_another_says_how_that_one_is_moved)
{
	struct world *w = world_new("2026-05-26 12:00", &meeting);

	ck_assert_int_eq(world_hear(w, "paminn.meeting", "RS", "", beside[_i].data), 0);
	REMARKS_ARE(w, beside[_i].remarks);
	world_free(w);
}
END_TEST

START_TEST(a_meeting_beside_one_that_nothing_is_due_at_is_no_mistake)
{
	struct written plan = meeting;
	struct world *w;

	plan.deadlines = ASKING("RS-58", "2026-06-15", "");
	w = world_new("2026-05-26 12:00", &plan);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	REMARKS_ARE(w, "{}");
	world_free(w);
}
END_TEST

START_TEST(of_a_series_the_occurrences_are_counted)
{
	struct written plan = meeting;
	struct world *w;

	plan.deadlines = ASKING("RS-K", "meeting RS 2026-06", "every='meeting RS';");
	w = world_new("2026-05-26 12:00", &plan);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-06-09'}");
	REMARKS_ARE(w, "{'warnings':['the papers for the meeting of RS on 2026-05-28 are past: 2 "
		       "answers are late now']}");
	world_free(w);
}
END_TEST

/* ---- what gives way without a word to those who were asked ----------------------------------------- */

static const struct written each_meeting = {
	.measures = TWO_MEASURES,
	.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-09'; }",
	.deadlines = HANDED_IN("RS-K", "meeting RS 2026-05", "every='meeting RS';"),
	.alerts = "",
};

/* On the last day: papers are on the 15th, on the 13th after the move, and June's window is open. */
START_TEST(a_meeting_that_makes_an_occurrence_give_way_says_how_many_answers_are_withdrawn)
{
	struct world *w = world_new("2026-04-22 12:00", &each_meeting);

	world_to(w, "2026-05-15 12:00");
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-25','replaces':'2026-05-26'}");
	REMARKS_ARE(w, "{'warnings':['2 answers are withdrawn unanswered: the date is past and the "
		       "next occurrence is open']}");
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-26", "HSN-03").withdrawal,
			 WITHDRAWN_SUPERSEDED);
	world_free(w);
}
END_TEST

static const struct written monthly = {
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("M", "2026-04-30", "every='RRULE:FREQ=MONTHLY;BYMONTHDAY=-1';"),
	.steps = "-5wd owner; 0 owner",
	.alerts = "",
};

/* Windows open on 22 April and 22 May. */
static const struct {
	int line;
	const char *at, *due, *remarks;
} returns[] = {
	{ __LINE__, "2026-04-23 12:00", "2026-05-04",
	  "{'warnings':['nobody has handed over M@2026-05-29, and its window, which was to open on "
	  "2026-05-22, opens now: check that it is the one that was returned','`due` 2026-05-04 is "
	  "before 2026-05-29, the date of M@2026-05-29: check the month']}" },
	{ __LINE__, "2026-04-23 12:00", "2026-06-04",
	  "{'warnings':['nobody has handed over M@2026-05-29, and its window, which was to open on "
	  "2026-05-22, opens now: check that it is the one that was returned']}" },
	/* What April asked is withdrawn as May's window opens. */
	{ __LINE__, "2026-05-04 12:00", "2026-05-29",
	  "{'warnings':['nobody has handed over M@2026-05-29, and its window, which was to open on "
	  "2026-05-22, opens now: check that it is the one that was returned','3 answers are "
	  "withdrawn unanswered: the date is past and the next occurrence is open']}" },
	/* Open, it may have been got without a word. */
	{ __LINE__, "2026-05-25 12:00", "2026-05-27", "{}" },
};

START_TEST(a_return_of_what_nobody_has_handed_over_before_its_window_is_said)
{
	struct world *w = world_new("2026-04-20 12:00", &monthly);
	char data[100];

	world_to(w, returns[_i].at);
	snprintf(data, sizeof(data), "{'outcome':'returned','reference':'x','due':'%s'}",
		 returns[_i].due);
	HEARD(w, "outcome", "M@2026-05-29", data);
	REMARKS_ARE(w, returns[_i].remarks);
	world_free(w);
}
END_TEST

START_TEST(a_return_of_what_was_handed_over_early_is_no_mistake)
{
	struct world *w = world_new("2026-04-20 12:00", &monthly);

	HEARD(w, "submit", "M@2026-05-29", "{'reference':'x'}");
	HEARD(w, "outcome", "M@2026-05-29",
	      "{'outcome':'returned','reference':'x','due':'2026-05-04'}");
	REMARKS_ARE(w, "{}");
	world_free(w);
}
END_TEST

/* ---- refusals ------------------------------------------------------------------------------------ */

START_TEST(an_extension_to_a_closed_day_says_what_day_that_counts_as)
{
	struct world *w = world_new("2026-05-04 12:00", &plain);

	ck_assert_int_eq(EXTEND(w, "RS-58", "2026-05-16"), (int)REJECT_BAD_DATA); /* a Saturday */
	ck_assert_str_eq(w->why.reason,
			 "`due` 2026-05-16, which counts as 2026-05-15, is not after 2026-05-15, "
			 "the date that stands for RS-58: an extension gives a later one");
	world_free(w);
}
END_TEST

START_TEST(one_that_is_still_to_come_is_not_called_open)
{
	struct world *w = world_new("2026-04-20 12:00", &monthly);

	world_to(w, "2026-05-25 12:00");
	w->says = "ordf";
	HEARD(w, "submit", "M@2026-05-29", "{'reference':'x'}");
	ck_assert_int_eq(EXTEND(w, "M@2026-04-30", "2026-06-10"), (int)REJECT_BAD_DATA);
	ck_assert_str_eq(w->why.reason, "M@2026-04-30 has given way to a later one, and none is "
					"open now: the next is M@2026-06-30");
	world_free(w);
}
END_TEST

START_TEST(a_meeting_keeps_its_end_when_only_its_place_is_told)
{
	struct written plan = meeting;
	struct meeting_row m;
	struct world *w;
	bool found;

	plan.meetings = "{ body='RS'; from='2026-06-09'; until='2026-06-10'; }";
	w = world_new("2026-05-04 12:00", &plan);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','place':'Rum 2'}");
	ck_assert_int_eq(ledger_find_meeting(w->e.ledger, body_id("RS"),
					     zone_date(instant_of("2026-06-09 12:00")), &m, &found),
			 0);
	ck_assert(found);
	DAY_IS(m.until, "2026-06-10");
	ck_assert_str_eq(m.place, "Rum 2");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','until':'2026-06-11'}");
	ck_assert_int_eq(ledger_find_meeting(w->e.ledger, body_id("RS"),
					     zone_date(instant_of("2026-06-09 12:00")), &m, &found),
			 0);
	DAY_IS(m.until, "2026-06-11");
	ck_assert_str_eq(m.place, "Rum 2");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/remarks",
	   UNIT(a_meeting_that_makes_an_occurrence_give_way_says_how_many_answers_are_withdrawn),
	   UNIT_ROWS(a_return_of_what_nobody_has_handed_over_before_its_window_is_said,
		     UNIT_COUNT(returns)),
	   UNIT(a_return_of_what_was_handed_over_early_is_no_mistake),
	   UNIT(an_extension_to_a_closed_day_says_what_day_that_counts_as),
	   UNIT(one_that_is_still_to_come_is_not_called_open),
	   UNIT(a_meeting_keeps_its_end_when_only_its_place_is_told),
	   UNIT(a_status_before_a_window_opens_is_accepted_and_says_from_when_it_would_count),
	   UNIT(what_is_answered_or_withdrawn_is_not_told_as_early),
	   UNIT(a_status_says_first_what_it_answers_and_then_what_comes_next),
	   UNIT(an_extension_beyond_the_calendar_says_its_range),
	   UNIT_ROWS(what_may_be_a_mistake_is_taken_and_said, UNIT_COUNT(warned)),
	   UNIT(a_meeting_moved_to_the_past_says_how_many_are_late_now),
	   UNIT(a_meeting_moved_so_near_that_its_papers_are_past_says_how_many_are_late_now),
	   UNIT_ROWS(a_meeting_beside_another_says_how_that_one_is_moved, UNIT_COUNT(beside)),
	   UNIT(a_meeting_beside_one_that_nothing_is_due_at_is_no_mistake),
	   UNIT(of_a_series_the_occurrences_are_counted))
