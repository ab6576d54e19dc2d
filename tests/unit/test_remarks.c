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
	REMARKS_ARE(w, "{'early':[{'deadline':'T2','opens':'2026-06-09T08:00:00+02:00'}]}");
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
	REMARKS_ARE(w, "{}");
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
	{ __LINE__, "submit", "RS-58", "{'reference':'x'}", "ordf", "{}" },
	{ __LINE__, "submit", "RS-58", "{'reference':'x'}", "stew", "{}" },
	{ __LINE__, "submit", "RS-58", "{'reference':'x'}", "kir",
	  "{'warnings':['kir is not the responsible of RS-58, who is ordf: check in whose name it "
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

UNIT_TESTS("engine/remarks",
	   UNIT(a_status_before_a_window_opens_is_accepted_and_says_from_when_it_would_count),
	   UNIT(what_is_answered_or_withdrawn_is_not_told_as_early),
	   UNIT(an_extension_beyond_the_calendar_says_its_range),
	   UNIT_ROWS(what_may_be_a_mistake_is_taken_and_said, UNIT_COUNT(warned)),
	   UNIT(a_meeting_moved_to_the_past_says_how_many_are_late_now),
	   UNIT(a_meeting_moved_so_near_that_its_papers_are_past_says_how_many_are_late_now),
	   UNIT(of_a_series_the_occurrences_are_counted))
