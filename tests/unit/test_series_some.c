/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Series that are not held for all of a body's meetings: those of some months, or every second one. That
 * the forecast says the same beforehand is test_forecast's.
 */
#include "engine/obligation/series.h"

#include "engine/inquiry/inquirer.h"
#include "tests/unit/ask.h"
#include "tests/unit/occurrences.h"

/* A council takes its list in spring and autumn. */
#define TWICE(months) SERIES("L", "meeting RS 2026-04", "meeting RS", "months=" months "; ")
#define EACH(n) SERIES("L", "meeting RS 2026-04", "meeting RS", "each=" n "; ")
#define ALL SERIES("L", "meeting RS 2026-04", "meeting RS", "")

/* Meetings of 2026 on Tuesdays, a month apart. */
#define YEAR                                                                       \
	AT("2026-04-28")                                                           \
	", " AT("2026-05-26") ", " AT("2026-06-23") ", " AT("2026-08-25") ", " AT( \
		"2026-09-29") ", " AT("2026-10-27") ", " AT("2026-11-24") ", " AT("2026-12-15")

#define MOVED(world, old, new) \
	HEARD(world, "meeting", "RS", "{'from':'" new "','replaces':'" old "'}")
#define CANCELLED(world, date) \
	HEARD(world, "meeting", "RS", "{'from':'" date "','replaces':'" date "','cancelled':true}")

/* Read again with something else changed, so that all of it is looked through. */
static void reload(struct world *w, struct written plan)
{
	plan.measures = plan.measures ? plan.measures : TWO_MEASURES;
	world_adopt(w, &plan);
}

/* The log, told anew, makes the store what it is. */
static void verified(struct world *w)
{
	ask_verify(w);
	asked_free(w);
}

/* ---- months -------------------------------------------------------------------------------------- */

START_TEST(it_is_held_for_the_meetings_of_its_months)
{
	struct written plan = { .meetings = YEAR, .deadlines = TWICE("[4, 11]") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\n");
	reload(w, plan);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-05'}");
	world_to(w, "2026-11-10 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-11-24 2026-11-24 opened\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-11-26'}"); /* every meeting of the month */
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-11-24 2026-11-24 opened\nL@2026-11-26 2026-11-26 opened\n");
	verified(w);
}
END_TEST

START_TEST(a_meeting_that_was_moved_out_of_its_month_still_counts)
{
	struct written plan = { .meetings = YEAR, .deadlines = TWICE("[4, 11]") };
	struct world *w = asked_world("2026-06-01 12:00", &plan);

	/* Before it has an occurrence, and after. */
	MOVED(w, "2026-11-24", "2026-12-01");
	world_to(w, "2026-10-10 12:00");
	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-12-01 2026-12-01\n");
	reload(w, plan);
	MOVED(w, "2026-12-01", "2026-12-08");
	world_to(w, "2026-11-25 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-12-01 2026-12-08 opened\n");
	plan.people = PEOPLE ", " PERSON("eva", "");
	reload(w, plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-12-01 2026-12-08 opened\n");
	verified(w);
}
END_TEST

START_TEST(a_meeting_that_was_moved_into_one_of_its_months_counts)
{
	struct written plan = { .meetings = YEAR, .deadlines = TWICE("[4, 11]") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	MOVED(w, "2026-05-26", "2026-04-30");
	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-04-30 2026-04-30\n");
	MOVED(w, "2026-04-30", "2026-05-12"); /* and stays */
	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-04-30 2026-05-12\n");
	verified(w);
}
END_TEST

START_TEST(other_months_withdraw_and_bring_back)
{
	struct written plan = { .meetings = YEAR, .deadlines = TWICE("[4, 11]") };
	struct world *w = asked_world("2026-10-20 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-11-24 2026-11-24\n");
	plan.deadlines = TWICE("[4, 12]");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-11-24 2026-11-24 removed\n"
			"L@2026-12-15 2026-12-15\n");
	plan.deadlines = TWICE("[11, 4]");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-11-24 2026-11-24\n"
			"L@2026-12-15 2026-12-15 removed\n");
	ck_assert_int_eq(obligation_of(w, "L@2026-11-24", "HSN-03").round, 2);
	verified(w);
}
END_TEST

START_TEST(its_first_meeting_may_be_unknown)
{
	struct written plan = { .meetings = AT("2026-05-26") ", " AT("2026-11-24"),
				.deadlines = TWICE("[4, 11]") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-04-30 2026-04-30\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-04-28'}");
	OCCURRENCES_ARE(w, "L", "L@2026-04-30 2026-04-28 opened\n");
	CANCELLED(w, "2026-04-28");
	OCCURRENCES_ARE(w, "L", "L@2026-04-30 2026-04-30 opened\n");
	verified(w);
}
END_TEST

START_TEST(next_is_the_first_meeting_of_its_months_from_the_first_load_on)
{
	struct written plan = { .meetings = YEAR,
				.deadlines = SERIES("L", "meeting RS next", "meeting RS",
						    "months=[9, 10]; ") };
	struct world *w = asked_world("2026-08-01 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-09-29 2026-09-29\n");
	world_to(w, "2026-10-20 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-09-29 2026-09-29 opened superseded\n"
			"L@2026-10-27 2026-10-27 opened\n");
	verified(w);
}
END_TEST

/* ---- each ---------------------------------------------------------------------------------------- */

START_TEST(it_is_held_for_every_second_meeting_from_the_first_on)
{
	struct written plan = { .meetings = YEAR, .deadlines = EACH("2") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-06-23 2026-06-23\n");
	reload(w, plan);
	world_to(w, "2026-12-01 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-06-23 2026-06-23 opened superseded\n"
			"L@2026-09-29 2026-09-29 opened superseded\n"
			"L@2026-11-24 2026-11-24 opened\n");
	verified(w);
}
END_TEST

START_TEST(a_meeting_that_is_inserted_leaves_those_that_exist_where_they_are)
{
	struct written plan = { .meetings = YEAR, .deadlines = EACH("2") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-04-14'}"); /* before the first */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-12'}"); /* between two */
	HEARD(w, "meeting", "RS", "{'from':'2026-08-11'}"); /* beyond them: the second from there */
	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-06-23 2026-06-23\n");
	world_to(w, "2026-08-01 12:00");
	reload(w, plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-06-23 2026-06-23 opened superseded\n"
			"L@2026-08-25 2026-08-25 opened\n");
	verified(w);
}
END_TEST

START_TEST(after_one_that_is_cancelled_it_counts_from_the_one_before)
{
	struct written plan = { .meetings = YEAR, .deadlines = EACH("2") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	CANCELLED(w, "2026-06-23"); /* nobody was asked: of what is left, the second is in August */
	world_to(w, "2026-06-20 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\n"
			"L@2026-06-23 2026-06-23 removed\nL@2026-08-25 2026-08-25\n");
	world_to(w, "2026-08-17 12:00"); /* asked by then: it waits for another in its month */
	CANCELLED(w, "2026-08-25");
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-06-23 2026-06-23 removed\n"
			"L@2026-08-25 2026-08-31 opened\nL@2026-10-27 2026-10-27\n");
	verified(w);
}
END_TEST

START_TEST(one_that_is_moved_past_another_keeps_its_place)
{
	struct written plan = { .meetings = YEAR, .deadlines = EACH("2") };
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-04-28 2026-04-28 opened\nL@2026-06-23 2026-06-23\n");
	MOVED(w, "2026-06-23",
	      "2026-05-19"); /* before that of 26 May, which is the first after it */
	world_to(w, "2026-07-20 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened superseded\n"
			"L@2026-06-23 2026-05-19 opened\nL@2026-08-25 2026-08-25\n");
	verified(w);
}
END_TEST

START_TEST(another_number_counts_anew_what_nobody_was_asked_for)
{
	struct written plan = { .meetings = YEAR, .deadlines = ALL };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-05-26 2026-05-26\n"
			"L@2026-06-23 2026-06-23\n");
	plan.deadlines = EACH("2");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-05-26 2026-05-26 removed\n"
			"L@2026-06-23 2026-06-23\n");
	reload(w, plan); /* what else changes brings nothing back */
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-05-26 2026-05-26 removed\n"
			"L@2026-06-23 2026-06-23\n");
	plan.deadlines = EACH("3");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-05-26 2026-05-26 removed\n"
			"L@2026-06-23 2026-06-23 removed\n");
	plan.deadlines = ALL;
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-04-28 2026-04-28 opened\nL@2026-05-26 2026-05-26\n"
			"L@2026-06-23 2026-06-23\n");
	ck_assert_int_eq(obligation_of(w, "L@2026-05-26", "HSN-03").phase, PHASE_LIVE);
	verified(w);
}
END_TEST

START_TEST(one_that_was_asked_for_is_counted_from_when_the_number_changes)
{
	struct written plan = { .meetings = YEAR, .deadlines = ALL };
	struct world *w = asked_world("2026-05-13 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-05-26 2026-05-26 opened\nL@2026-06-23 2026-06-23\n");
	plan.deadlines = EACH("2");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "L",
			"L@2026-05-26 2026-05-26 opened\nL@2026-06-23 2026-06-23 removed\n");
	world_to(w, "2026-06-20 12:00");
	OCCURRENCES_ARE(w, "L",
			"L@2026-05-26 2026-05-26 opened\nL@2026-06-23 2026-06-23 removed\n"
			"L@2026-08-25 2026-08-25\n");
	/* One that was removed counts when a meeting makes it the second again. */
	CANCELLED(w, "2026-08-25");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-22'}");
	OCCURRENCES_ARE(w, "L",
			"L@2026-05-26 2026-05-26 opened superseded\n"
			"L@2026-06-23 2026-06-23 opened\nL@2026-08-25 2026-08-25 removed\n");
	verified(w);
}
END_TEST

START_TEST(an_unknown_first_meeting_is_the_first)
{
	struct written plan = { .meetings = AT("2026-05-12"), .deadlines = EACH("2") };
	struct world *w = asked_world("2026-04-01 12:00", &plan);

	OCCURRENCES_ARE(w, "L", "L@2026-04-30 2026-04-30\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	OCCURRENCES_ARE(w, "L", "L@2026-04-30 2026-04-30\nL@2026-06-16 2026-06-16\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-04-21'}");
	OCCURRENCES_ARE(w, "L", "L@2026-04-30 2026-04-21 opened\nL@2026-06-16 2026-06-16\n");
	verified(w);
}
END_TEST

UNIT_TESTS("engine/series, some meetings", UNIT(it_is_held_for_the_meetings_of_its_months),
	   UNIT(a_meeting_that_was_moved_out_of_its_month_still_counts),
	   UNIT(a_meeting_that_was_moved_into_one_of_its_months_counts),
	   UNIT(other_months_withdraw_and_bring_back), UNIT(its_first_meeting_may_be_unknown),
	   UNIT(next_is_the_first_meeting_of_its_months_from_the_first_load_on),
	   UNIT(it_is_held_for_every_second_meeting_from_the_first_on),
	   UNIT(a_meeting_that_is_inserted_leaves_those_that_exist_where_they_are),
	   UNIT(after_one_that_is_cancelled_it_counts_from_the_one_before),
	   UNIT(one_that_is_moved_past_another_keeps_its_place),
	   UNIT(another_number_counts_anew_what_nobody_was_asked_for),
	   UNIT(one_that_was_asked_for_is_counted_from_when_the_number_changes),
	   UNIT(an_unknown_first_meeting_is_the_first))
