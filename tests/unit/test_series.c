/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Series: which occurrences there are and when, what they are called, how they follow their meetings
 * and give way to the next. That the forecast says the same beforehand is test_forecast's.
 */
#include "engine/obligation/series.h"

#include "engine/inquiry.h"
#include "tests/unit/occurrences.h"

#define EVERY_RS SERIES("RS-K", "meeting RS 2026-05", "meeting RS", "")
#define MONTHLY SERIES("M", "2026-01-31", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "")

/* ---- which there are ----------------------------------------------------------------------------- */

START_TEST(an_occurrence_exists_from_60_days_before_its_window)
{
	struct written plan = { .deadlines = MONTHLY };
	struct world *w = world_new("2026-01-07 12:00", &plan);

	/* Windows open 10 working days before: 16 Jan; 13 Feb; 17 Mar, which is more than 60 days. */
	OCCURRENCES_ARE(w, "M", "M@2026-01-30 2026-01-30\nM@2026-02-27 2026-02-27\n");
	world_to(w, "2026-01-16 07:59");
	OCCURRENCES_ARE(w, "M", "M@2026-01-30 2026-01-30\nM@2026-02-27 2026-02-27\n");
	world_to(w, "2026-01-16 08:00");
	OCCURRENCES_ARE(w, "M",
			"M@2026-01-30 2026-01-30 opened\nM@2026-02-27 2026-02-27\n"
			"M@2026-03-31 2026-03-31\n");
	world_free(w);
}
END_TEST

START_TEST(what_would_be_superseded_at_once_is_not_born)
{
	struct written plan = { .deadlines = MONTHLY };
	struct world *w = world_new("2026-05-20 12:00", &plan);

	OCCURRENCES_ARE(w, "M",
			"M@2026-05-29 2026-05-29 opened\nM@2026-06-30 2026-06-30\n"
			"M@2026-07-31 2026-07-31\n");
	world_free(w);
}
END_TEST

START_TEST(of_what_is_open_at_the_first_load_both_are_asked)
{
	struct written plan = { .deadlines = MONTHLY };
	struct world *w = world_new("2026-04-20 12:00", &plan);

	/* Windows open on 10, 16 and 23 April. */
	plan.deadlines = SERIES("N", "2026-04-24", "RRULE:FREQ=WEEKLY;COUNT=3", "");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "N",
			"N@2026-04-24 2026-04-24 opened\nN@2026-04-30 2026-04-30 opened\n"
			"N@2026-05-08 2026-05-08\n");
	world_free(w);
}
END_TEST

START_TEST(each_date_of_a_rule_is_rounded_and_those_made_one_are_one)
{
	struct written plan = {
		.steps = "0 owner",
		.deadlines = SERIES("D", "2026-05-08", "RRULE:FREQ=DAILY;COUNT=5", "") ", " SERIES(
			"F", "2026-10-31", "RRULE:FREQ=YEARLY;COUNT=1", "round='forward';")
	};
	struct world *w = world_new("2026-04-22 12:00", &plan);

	OCCURRENCES_ARE(w, "D",
			"D@2026-05-08 2026-05-08\nD@2026-05-11 2026-05-11\n"
			"D@2026-05-12 2026-05-12\n");
	world_to(w, "2026-05-05 12:00"); /* nor later, when some are there already */
	HEARD(w, "extend", "D@2026-05-12", "{'due':'2026-05-13','reference':'x'}");
	OCCURRENCES_ARE(w, "D",
			"D@2026-05-08 2026-05-08\nD@2026-05-11 2026-05-11\n"
			"D@2026-05-12 2026-05-13\n");
	OCCURRENCES_ARE(w, "F", "");
	world_to(w, "2026-10-30 23:00");
	OCCURRENCES_ARE(w, "F", "F@2026-11-02 2026-11-02 opened\n");
	world_free(w);
}
END_TEST

START_TEST(a_rule_is_counted_from_a_counted_date)
{
	struct written plan = { .deadlines = SERIES("M", "2m after 2026-01-31",
						    "RRULE:FREQ=MONTHLY", "") };
	struct world *w = world_new("2026-03-24 12:00", &plan);

	/* From Tue 31 March on, which is the day of the same number; Sun 31 May is rounded. */
	OCCURRENCES_ARE(w, "M", "M@2026-03-31 2026-03-31 opened\nM@2026-05-29 2026-05-29\n");
	world_free(w);
}
END_TEST

START_TEST(each_known_meeting_has_one_from_the_first_on)
{
	struct written plan = { .meetings = AT("2026-04-28") ", " AT("2026-05-26") ", " AT(
					"2026-06-16") ", " AT("2026-12-15"),
				.deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-05-26\nRS-K@2026-06-16 2026-06-16\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-26\nRS-K@2026-06-02 2026-06-02\n"
			"RS-K@2026-06-16 2026-06-16\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-04-30'}"); /* before the first */
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-26\nRS-K@2026-06-02 2026-06-02\n"
			"RS-K@2026-06-16 2026-06-16\n");
	world_free(w);
}
END_TEST

/* ---- the first one, before its meeting is known -------------------------------------------------- */

START_TEST(a_first_meeting_that_is_not_known_yet_has_a_provisional_occurrence)
{
	struct written plan = { .meetings = AT("2026-06-16"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	/* The last working day of the month; and the meeting after it has its own. */
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-29\nRS-K@2026-06-16 2026-06-16\n");
	ck_assert(obligation_of(w, "RS-K@2026-05-29", "HSN-03").provisional);
	ck_assert(!obligation_of(w, "RS-K@2026-06-16", "HSN-03").provisional);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-19'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-29 2026-05-19 opened\nRS-K@2026-06-16 2026-06-16\n");
	ck_assert(!obligation_of(w, "RS-K@2026-05-29", "HSN-03").provisional);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-27'}"); /* a second one of the month: its own */
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-27 2026-05-27\nRS-K@2026-05-29 2026-05-19 opened\n"
			"RS-K@2026-06-16 2026-06-16\n");
	world_free(w);
}
END_TEST

START_TEST(a_first_meeting_that_never_comes_is_late_and_support_is_told)
{
	struct written plan = { .steps = "0 owner; +1wd owner",
				.deadlines = ASKING("RS-K", "meeting RS 2026-05",
						    "every='meeting RS';") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-08-31 12:00");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-29 opened\n");
	TELLS(w, "05-29 08:00 reminder akut: RS-K@2026-05-29/HSN-03 0\n"
		 "06-01 07:30 alert stod: RS-K@2026-05-29 unbound\n"
		 "06-01 08:00 reminder akut: RS-K@2026-05-29/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_first_meeting_that_is_cancelled_is_not_known_again)
{
	struct written plan = { .meetings = AT("2026-05-26"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-05-29\n");
	ck_assert(obligation_of(w, "RS-K@2026-05-26", "HSN-03").provisional);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28'}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-05-28\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-05-28'}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-06-09\n"); /* out of the month: known */
	world_free(w);
}
END_TEST

/* A plan read when that month is over says from when to count, and asks for nothing that is past. */
START_TEST(a_first_month_that_is_over_has_no_provisional_occurrence)
{
	struct written plan = { .meetings = AT("2026-07-14"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-06-01 12:00", &plan);

	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-07-14 2026-07-14\n");
	world_free(w);
	w = world_new("2026-05-31 12:00", &plan);
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-29 2026-05-29 opened\nRS-K@2026-07-14 2026-07-14\n");
	world_free(w);
}
END_TEST

START_TEST(a_provisional_occurrence_that_is_handed_in_takes_its_meeting_with_it)
{
	struct written plan = { .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "submit", "RS-K", "{'reference':'x'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26'}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-26 submitted\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-28 2026-05-28\nRS-K@2026-05-29 2026-05-26 submitted\n");
	world_free(w);
}
END_TEST

START_TEST(a_provisional_occurrence_stays_when_the_plan_is_read_again)
{
	struct written plan = { .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	plan.measures = TWO_MEASURES;
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-29\n");
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-29", "HSN-07").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-29", "HSN-03").round, 1);
	plan.deadlines = ASKING("X", "2026-08-31", ""); /* it leaves, and comes back */
	world_adopt(w, &plan);
	plan.deadlines = EVERY_RS;
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-29\n");
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-29", "HSN-03").round, 2);
	plan.meetings = AT("2026-05-26"); /* the file names the meeting */
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-26\n");
	plan.meetings = ""; /* and takes it back */
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-29 2026-05-29\n");
	world_free(w);
}
END_TEST

/* One that counts, since it was of a month from the first on, counts before that month too. */
START_TEST(a_meeting_moved_before_the_first_month_counts_when_the_plan_is_read_again)
{
	struct written plan = {
		.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-16'; }",
		.deadlines = EVERY_RS,
	};
	struct world *w = world_new("2026-02-20 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-04-21','replaces':'2026-06-16'}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-04-21 2026-04-21\n");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-04-21 2026-04-21\n");
	ck_assert_ptr_nonnull(plan_deadline(w->e.plan, deadline_id("RS-K@2026-04-21")));
	world_free(w);
}
END_TEST

START_TEST(next_counts_from_the_first_load)
{
	struct written plan = { .meetings = AT("2026-04-21") ", " AT("2026-05-26"),
				.deadlines = SERIES("RS-K", "meeting RS next", "meeting RS", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-05-26\n");
	world_to(w, "2026-06-10 12:00");
	plan.measures = TWO_MEASURES; /* a later load counts from the first one still */
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-05-26 opened\n");
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-26", "HSN-07").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

/* "meeting RS next": the first on or after the first load. */
START_TEST(next_alone_binds_once_and_follows)
{
	struct written plan = { .meetings = AT("2026-04-21") ", " AT("2026-05-26"),
				.deadlines = HANDED_IN("N", "meeting RS next", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	DAY_IS(deadline_of(w, "N").due, "2026-05-26");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-19'}"); /* an earlier one is not it */
	DAY_IS(deadline_of(w, "N").due, "2026-05-26");
	plan.measures = TWO_MEASURES;
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "N").due, "2026-05-26");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	DAY_IS(deadline_of(w, "N").due, "2026-06-02");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-06-02','cancelled':true}");
	DAY_IS(deadline_of(w, "N").due, "2026-05-29");
	ck_assert(obligation_of(w, "N", "").provisional);
	world_free(w);
}
END_TEST

/* None known is a fault. */
START_TEST(next_without_a_meeting_is_refused)
{
	struct written plan = { 0 }, next = { .meetings = AT("2026-04-21"),
					      .deadlines = HANDED_IN("N", "meeting RS next", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);
	struct plan *bad = plan_of(&next), *in_force = w->e.plan;
	struct plan_change done;

	ck_assert_int_gt(plan_change_apply(&w->e, bad, w->now, &done), 0);
	ck_assert_str_eq(done.refused,
			 "p.conf:1: due \"meeting RS next\" of N finds no meeting from "
			 "today on: add it to meetings");
	ck_assert_ptr_eq(w->e.plan, in_force);
	DEADLINE_IS(w, "RS-58", OPEN);
	plan_unref(bad);
	world_free(w);
}
END_TEST

/* ---- meetings move ------------------------------------------------------------------------------- */

START_TEST(a_moved_meeting_moves_its_occurrence_which_keeps_its_name)
{
	struct written plan = { .meetings = AT("2026-05-26"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-05-26'}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-06-09\n");
	/* A new meeting where that one was: the name is taken. */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26'}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-06-09\nRS-K@2026-05-27 2026-05-26\n");
	world_free(w);
}
END_TEST

START_TEST(a_moved_meeting_whose_occurrence_is_handed_in_has_no_other)
{
	struct written plan = { .meetings = AT("2026-05-26"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "submit", "RS-K", "{'reference':'x'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-05-26'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-06-09 submitted\n"); /* what will be read */
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "04-22 12:00 confirmation reg: RS-K@2026-05-26 submitted\n");
	world_free(w);
}
END_TEST

START_TEST(a_moved_meeting_whose_occurrence_is_superseded_has_no_other)
{
	struct written plan = { .meetings = AT("2026-05-26") ", " AT("2026-06-09"),
				.deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-20 12:00");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-23','replaces':'2026-05-26'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-26 opened superseded\n"
			"RS-K@2026-06-09 2026-06-09 opened\n");
	world_free(w);
}
END_TEST

START_TEST(a_cancelled_meeting_withdraws_what_nobody_was_asked_for)
{
	struct written plan = { .meetings = AT("2026-05-26") ", " AT("2026-06-16"),
				.deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "submit", "RS-K", "{'reference':'x'}");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16','replaces':'2026-06-16','cancelled':true}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-26 submitted\n"
			"RS-K@2026-06-16 2026-06-16 removed\n");
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "04-22 12:00 confirmation reg: RS-K@2026-05-26 submitted\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-07-07'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-26 opened submitted\n"
			"RS-K@2026-06-16 2026-06-16 removed\n"
			"RS-K@2026-07-07 2026-07-07 opened\n");
	world_free(w);
}
END_TEST

START_TEST(a_meeting_announced_again_resumes_in_a_new_round)
{
	struct written plan = { .meetings = AT("2026-05-19") ", " AT("2026-05-26"),
				.deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-26", "HSN-03").withdrawal,
			 WITHDRAWN_REMOVED);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-19 2026-05-19 opened\nRS-K@2026-05-26 2026-05-26\n");
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-26", "HSN-03").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "RS-K@2026-05-26", "HSN-03").round, 2);
	world_free(w);
}
END_TEST

START_TEST(one_that_was_asked_for_is_provisional_and_takes_a_new_meeting_of_its_month)
{
	struct written plan = { .meetings = AT("2026-05-26"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	OCCURRENCES_ARE(w, "RS-K", "RS-K@2026-05-26 2026-05-29 opened\n");
	ck_assert(obligation_of(w, "RS-K@2026-05-26", "HSN-03").provisional);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}"); /* not of its month: its own */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-28 opened\nRS-K@2026-06-16 2026-06-16\n");
	world_free(w);
}
END_TEST

START_TEST(one_that_is_provisional_takes_no_meeting_of_another)
{
	struct written plan = { .meetings = AT("2026-05-26") ", " AT("2026-05-28"),
				.deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-04-30 12:00"); /* the first is open, the second not yet */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-26 2026-05-29 opened\nRS-K@2026-05-28 2026-05-28\n");
	ck_assert(obligation_of(w, "RS-K@2026-05-26", "HSN-03").provisional);
	world_free(w);
}
END_TEST

START_TEST(next_alone_stays_with_its_meeting_within_the_month)
{
	struct written plan = { .meetings = AT("2026-05-12"),
				.deadlines = HANDED_IN("N", "meeting RS next", "") };
	struct world *w = world_new("2026-04-01 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-12'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-19'}");
	DAY_IS(deadline_of(w, "N").due, "2026-05-26");
	world_free(w);
}
END_TEST

/* ---- giving way ---------------------------------------------------------------------------------- */

START_TEST(the_next_window_withdraws_what_was_not_answered_once_its_date_is_past)
{
	struct written plan = { .steps = "-5wd owner; +1wd owner manager",
				.measures = TWO_MEASURES,
				.deadlines = SERIES("W", "2026-05-08", "RRULE:FREQ=WEEKLY;COUNT=3",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	/* Windows open five working days before: Wed 29 April, Thu 7 May (14 May is closed), 15 May. */
	world_to(w, "2026-05-05 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->tale[0] = '\0';
	world_to(w, "2026-05-08 23:59");
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-08 2026-05-08 opened\nW@2026-05-15 2026-05-15 opened\n"
			"W@2026-05-22 2026-05-22\n");
	world_to(w, "2026-05-12 12:00");
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-08 2026-05-08 opened superseded\n"
			"W@2026-05-15 2026-05-15 opened\nW@2026-05-22 2026-05-22\n");
	ck_assert_int_eq(obligation_of(w, "W@2026-05-08", "HSN-03").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "W@2026-05-08", "HSN-07").withdrawal,
			 WITHDRAWN_SUPERSEDED);
	ck_assert_int_eq(obligation_of(w, "W@2026-05-08", "").withdrawal, WITHDRAWN_SUPERSEDED);
	TELLS(w, "05-07 08:00 reminder ordf: W@2026-05-15 -5wd\n"
		 "05-07 08:00 reminder akut: W@2026-05-15/HSN-03 -5wd\n"
		 "05-07 08:00 reminder kir: W@2026-05-15/HSN-07 -5wd\n");
	world_free(w);
}
END_TEST

/* Budget days closer together than the ladder is long: each is asked for up to its own date. */
START_TEST(until_its_own_date_is_past_both_are_asked)
{
	struct written plan = {
		.steps = "-5wd owner; -1wd owner; 0 owner; +1wd owner",
		.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-1wd'; }",
		.meetings = AT("2026-04-14") ", " AT("2026-04-16") ", " AT("2026-04-17"),
		.deadlines = ASKING("B", "meeting RS 2026-04", "every='meeting RS';")
	};
	struct world *w = world_new("2026-03-20 12:00", &plan);

	/* Papers 13, 15 and 16 April; windows open on 2 April (3 and 6 are closed), 8 and 9 April. */
	world_to(w, "2026-04-14 00:00");
	OCCURRENCES_ARE(w, "B",
			"B@2026-04-14 2026-04-14 opened superseded\n"
			"B@2026-04-16 2026-04-16 opened\nB@2026-04-17 2026-04-17 opened\n");
	world_to(w, "2026-04-30 12:00");
	OCCURRENCES_ARE(
		w, "B",
		"B@2026-04-14 2026-04-14 opened superseded\n"
		"B@2026-04-16 2026-04-16 opened superseded\nB@2026-04-17 2026-04-17 opened\n");
	TELLS(w, "04-02 08:00 reminder akut: B@2026-04-14/HSN-03 -5wd\n"
		 "04-08 08:00 reminder akut: B@2026-04-16/HSN-03 -5wd\n"
		 "04-09 08:00 reminder akut: B@2026-04-17/HSN-03 -5wd\n"
		 "04-10 08:00 reminder akut: B@2026-04-14/HSN-03 -1wd\n"
		 "04-13 08:00 reminder akut: B@2026-04-14/HSN-03 0\n"
		 "04-14 08:00 reminder akut: B@2026-04-16/HSN-03 -1wd\n"
		 "04-15 08:00 reminder akut: B@2026-04-16/HSN-03 0, B@2026-04-17/HSN-03 -1wd\n"
		 "04-16 08:00 reminder akut: B@2026-04-17/HSN-03 0\n"
		 "04-17 08:00 reminder akut: B@2026-04-17/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

/* A status is the answer to all that are asked; the plain id is the earliest of them. */
START_TEST(both_that_are_asked_are_answered_and_the_plain_id_is_the_earlier)
{
	struct written plan = { .steps = "-5wd owner",
				.deadlines = SERIES("W", "2026-05-08", "RRULE:FREQ=WEEKLY;COUNT=3",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "W@2026-05-08", "HSN-03").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "W@2026-05-15", "HSN-03").phase, PHASE_ANSWERED);
	HEARD(w, "submit", "W", "{'reference':'x'}");
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-08 2026-05-08 opened submitted\n"
			"W@2026-05-15 2026-05-15 opened\nW@2026-05-22 2026-05-22\n");
	world_free(w);
}
END_TEST

/* A later date for one keeps it open beside the next, and it then gives way at the end of that date. */
START_TEST(an_extension_holds_although_the_next_window_is_open)
{
	struct written plan = { .steps = "-5wd owner; 0 owner",
				.deadlines = SERIES("W", "2026-05-08", "RRULE:FREQ=WEEKLY;COUNT=3",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "extend", "W", "{'due':'2026-05-12','reference':'x'}");
	world_to(w, "2026-05-12 23:59");
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-08 2026-05-12 opened\n"
			"W@2026-05-15 2026-05-15 opened\nW@2026-05-22 2026-05-22\n");
	world_to(w, "2026-05-13 00:00");
	DEADLINE_IS(w, "W@2026-05-08", SUPERSEDED);
	world_free(w);
}
END_TEST

/* What is returned before its window opens is open at once, and the one before it gives way. */
START_TEST(a_return_opens_its_window_and_the_former_gives_way)
{
	struct written plan = { .steps = "-3wd owner",
				.deadlines = SERIES("W", "2026-05-06", "RRULE:FREQ=WEEKLY;COUNT=2",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-07 12:00"); /* the second window opens on 8 May */
	OCCURRENCES_ARE(w, "W", "W@2026-05-06 2026-05-06 opened\nW@2026-05-13 2026-05-13\n");
	HEARD(w, "outcome", "W@2026-05-13",
	      "{'outcome':'returned','reference':'x','due':'2026-05-11'}");
	OCCURRENCES_ARE(
		w, "W",
		"W@2026-05-06 2026-05-06 opened superseded\nW@2026-05-13 2026-05-11 opened\n");
	world_free(w);
}
END_TEST

/* One whose window opens after others have opened theirs is asked too, while its own date is ahead. */
START_TEST(a_meeting_announced_before_an_open_one_is_asked_for)
{
	struct written plan = { .meetings = AT("2026-05-26"), .deadlines = EVERY_RS };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-07 12:00"); /* papers are on 15 May */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-20'}");
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-20 2026-05-20 opened\nRS-K@2026-05-26 2026-05-26 opened\n");
	world_to(w, "2026-05-12 12:00"); /* papers of the 20th were on the 8th */
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-20 2026-05-20 opened superseded\n"
			"RS-K@2026-05-26 2026-05-26 opened\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-22'}"); /* papers on the 12th: today */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-18'}"); /* on the 7th: past */
	OCCURRENCES_ARE(w, "RS-K",
			"RS-K@2026-05-20 2026-05-20 opened superseded\n"
			"RS-K@2026-05-22 2026-05-22 opened\nRS-K@2026-05-26 2026-05-26 opened\n");
	world_free(w);
}
END_TEST

START_TEST(its_pending_messages_are_dropped)
{
	struct written plan = { .steps = "-3wd owner; -1wd owner",
				.deadlines = SERIES("W", "2026-05-06", "RRULE:FREQ=WEEKLY;COUNT=2",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	w->down = "*";
	world_to(w, "2026-05-08 07:59");
	DEADLINE_IS(w, "W@2026-05-06", OPEN);
	w->down = NULL;
	world_to(w, "2026-05-11 17:00"); /* they would be tried again daily */
	DEADLINE_IS(w, "W@2026-05-06", SUPERSEDED);
	TELLS(w, "05-08 08:00 reminder ordf: W@2026-05-13 -3wd\n"
		 "05-08 08:00 reminder akut: W@2026-05-13/HSN-03 -3wd\n");
	world_free(w);
}
END_TEST

START_TEST(one_handed_in_before_its_window_opens_supersedes_too)
{
	struct written plan = { .steps = "-3wd owner",
				.deadlines = SERIES("W", "2026-05-06", "RRULE:FREQ=WEEKLY;COUNT=2",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "submit", "W@2026-05-13", "{'reference':'x'}");
	OCCURRENCES_ARE(w, "W", "W@2026-05-06 2026-05-06\nW@2026-05-13 2026-05-13 submitted\n");
	world_to(w, "2026-05-12 12:00");
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06 opened superseded\n"
			"W@2026-05-13 2026-05-13 opened submitted\n");
	world_free(w);
}
END_TEST

/* After a night of days: only the last window is asked about, and nobody twice. */
START_TEST(windows_that_opened_while_the_daemon_was_down_leave_the_last)
{
	struct written plan = { .steps = "-3wd owner",
				.deadlines = SERIES("W", "2026-05-06", "RRULE:FREQ=WEEKLY;COUNT=9",
						    "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_sleep(w, "2026-05-20 10:00");
	world_to(w, "2026-05-20 12:00");
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06 opened superseded\n"
			"W@2026-05-13 2026-05-13 opened superseded\n"
			"W@2026-05-20 2026-05-20 opened\nW@2026-05-27 2026-05-27\n"
			"W@2026-06-03 2026-06-03\nW@2026-06-10 2026-06-10\n"
			"W@2026-06-17 2026-06-17\nW@2026-06-24 2026-06-24\n"
			"W@2026-07-01 2026-07-01\n");
	TELLS(w, "05-20 10:00 reminder ordf: W@2026-05-20 -3wd late\n"
		 "05-20 10:00 reminder akut: W@2026-05-20/HSN-03 -3wd late\n");
	world_free(w);
}
END_TEST

/* ---- names --------------------------------------------------------------------------------------- */

START_TEST(the_plain_id_is_the_earliest_that_is_not_closed)
{
	struct written plan = { .deadlines = MONTHLY };
	struct world *w = world_new("2026-01-07 12:00", &plan);
	char id[ITEM_ID];
	bool found;

	ck_assert_int_eq(series_resolve(&w->e, deadline_id("M"), false, id, &found), 0);
	ck_assert(found);
	ck_assert_str_eq(id, "M@2026-01-30");
	HEARD(w, "submit", "M", "{'reference':'x'}");
	OCCURRENCES_ARE(w, "M", "M@2026-01-30 2026-01-30 submitted\nM@2026-02-27 2026-02-27\n");
	HEARD(w, "extend", "M", "{'due':'2026-03-06','reference':'x'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-03-09','reference':'x','deadline':'M'}");
	DAY_IS(deadline_of(w, "M@2026-02-27").due, "2026-03-06");
	DAY_IS(obligation_of(w, "M@2026-02-27", "HSN-03").due, "2026-03-09");
	HEARD(w, "submit", "M", "{'reference':'x'}");
	ck_assert_int_eq(world_hear(w, "paminn.submit", "M", "", "{'reference':'x'}"),
			 REJECT_UNKNOWN_SUBJECT);
	ck_assert_int_eq(world_hear(w, "paminn.submit", "M@2026-09-30", "", "{'reference':'x'}"),
			 REJECT_UNKNOWN_SUBJECT);
	ck_assert_int_eq(series_resolve(&w->e, deadline_id("M"), true, id, &found), 0);
	ck_assert_str_eq(id, "M@2026-02-27");
	HEARD(w, "submit", "M@2026-01-30", "{'reference':'y'}"); /* a supplement */
	world_free(w);
}
END_TEST

/* A world in a store that snapshots can be taken of. */
static void end_with_store(struct world *w)
{
	store_done(w->e.ledger);
	plan_unref(w->e.plan);
	free(w);
}

static json_t *asked(struct world *w, enum request which, const char *params)
{
	struct inquiry *q = NULL;
	json_t *json = json_loads(params, 0, NULL), *rows;
	struct rejection why;
	size_t next;

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(inquiry_new(&q, &w->e, (struct question){ which, json }, w->now, &why), 0);
	while (inquiry_work(q, SECONDS(1)) > 0)
		;
	rows = inquiry_rows(q, 0, &next);
	inquiry_free(q);
	json_decref(json);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	return rows;
}

static const char *text_in(const json_t *rows, size_t i, const char *name)
{
	const char *text = json_string_value(json_object_get(json_array_get(rows, i), name));

	return text ? text : "-";
}

START_TEST(queries_take_both_names)
{
	struct written plan = { .deadlines = MONTHLY };
	struct world *w = world_in(store_begin(), "2026-01-07 12:00", &plan);
	json_t *rows;

	world_to(w, "2026-01-20 12:00");
	HEARD(w, "note", "M", "{'note':'x'}");
	rows = asked(w, QUERY_LIST, "{\"deadline\":\"M\",\"all\":true}");
	ck_assert_uint_eq(json_array_size(rows), 6); /* January, February, March */
	json_decref(rows);
	rows = asked(w, QUERY_LIST, "{\"deadline\":\"M@2026-01-30\",\"all\":true}");
	ck_assert_uint_eq(json_array_size(rows), 2);
	json_decref(rows);
	rows = asked(w, QUERY_REPORT, "{\"deadline\":\"M\"}");
	ck_assert_str_eq(text_in(rows, 0, "deadline"), "M@2026-01-30");
	json_decref(rows);
	rows = asked(w, QUERY_SHOW, "{\"item\":\"M\"}");
	ck_assert_str_eq(text_in(rows, 0, "deadline"), "M@2026-01-30");
	ck_assert_uint_eq(json_array_size(json_object_get(json_array_get(rows, 0), "events")), 1);
	json_decref(rows);
	rows = asked(w, QUERY_SHOW, "{\"item\":\"M@2026-02-27\"}");
	ck_assert_str_eq(text_in(rows, 0, "due"), "2026-02-27");
	json_decref(rows);
	end_with_store(w);
}
END_TEST

/* What next_at of a step says is not promised when the next window opens before. */
START_TEST(why_says_what_will_not_come)
{
	struct written plan = { .steps = "-3wd owner; +3wd owner",
				.deadlines = SERIES("W", "2026-05-06", "RRULE:FREQ=WEEKLY;COUNT=2",
						    "") };
	struct world *w = world_in(store_begin(), "2026-05-05 12:00", &plan);
	json_t *rows = asked(w, QUERY_WHY, "{\"item\":\"W@2026-05-06\",\"person\":\"akut\"}");

	ck_assert_uint_eq(json_array_size(rows), 2);
	ck_assert_str_eq(text_in(rows, 1, "step"), "+3wd");
	ck_assert_str_eq(text_in(rows, 1, "decision"), "suppressed");
	ck_assert_str_eq(text_in(rows, 1, "reason"),
			 "the next occurrence has taken its place by then");
	json_decref(rows);
	end_with_store(w);
}
END_TEST

/* ---- plans that change ----------------------------------------------------------------------------- */

#define RULE(rule) SERIES("W", "2026-05-06", "RRULE:" rule, "")
START_TEST(a_plan_that_changes_keeps_what_it_still_has)
{
	struct written plan = { .steps = "-3wd owner", .deadlines = RULE("FREQ=WEEKLY;COUNT=3") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	plan.deadlines = RULE("FREQ=WEEKLY;INTERVAL=2;COUNT=2"); /* 6 and 20 May */
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06\nW@2026-05-13 2026-05-13 removed\n"
			"W@2026-05-20 2026-05-20\n");
	ck_assert_int_eq(obligation_of(w, "W@2026-05-06", "HSN-03").round, 1);
	plan.deadlines = RULE("FREQ=WEEKLY;COUNT=3"); /* put back */
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06\nW@2026-05-13 2026-05-13\n"
			"W@2026-05-20 2026-05-20\n");
	ck_assert_int_eq(obligation_of(w, "W@2026-05-13", "HSN-03").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "W@2026-05-13", "HSN-03").round, 2);
	plan.deadlines = RULE("FREQ=WEEKLY;INTERVAL=2;COUNT=2");
	world_adopt(w, &plan);
	world_to(w, "2026-05-15 12:00"); /* the third is open: the second does not come back */
	plan.deadlines = RULE("FREQ=WEEKLY;COUNT=3");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06 opened superseded\n"
			"W@2026-05-13 2026-05-13 removed\n"
			"W@2026-05-20 2026-05-20 opened\n");
	plan.deadlines = ASKING("X", "2026-08-31", ""); /* all of it leaves, and comes back */
	world_adopt(w, &plan);
	plan.deadlines = RULE("FREQ=WEEKLY;COUNT=3");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06 opened removed\n"
			"W@2026-05-13 2026-05-13 removed\n"
			"W@2026-05-20 2026-05-20 opened\n");
	world_free(w);
}
END_TEST

/* What left comes back, unless what has become due meanwhile has taken its place, whether that was there before or not. */
START_TEST(what_comes_back_late_gives_way_to_what_is_open_by_then)
{
	struct written plan = { .deadlines = MONTHLY },
		       without = { .deadlines = ASKING("X", "2026-12-15", "") };
	struct world *w = world_new("2026-01-07 12:00", &plan);

	world_adopt(w, &without);
	world_to(w, "2026-05-20 12:00");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "M",
			"M@2026-01-30 2026-01-30 removed\nM@2026-02-27 2026-02-27 removed\n"
			"M@2026-05-29 2026-05-29 opened\nM@2026-06-30 2026-06-30\n"
			"M@2026-07-31 2026-07-31\n");
	world_free(w);
}
END_TEST

/* A series that begins elsewhere counts from there, and what was asked for stays only if it has it still. */
START_TEST(a_series_that_begins_anew_has_the_dates_of_that)
{
	struct written plan = { .steps = "-3wd owner", .deadlines = RULE("FREQ=WEEKLY;COUNT=3") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	plan.deadlines = SERIES("W", "2026-05-13", "RRULE:FREQ=WEEKLY;COUNT=3", "");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06 removed\nW@2026-05-13 2026-05-13\n"
			"W@2026-05-20 2026-05-20\nW@2026-05-27 2026-05-27\n");
	world_free(w);
}
END_TEST

START_TEST(a_single_deadline_becomes_a_series_and_back)
{
	struct written plan = { .steps = "-3wd owner",
				.deadlines = HANDED_IN("W", "2026-05-06", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	plan.deadlines = RULE("FREQ=WEEKLY;COUNT=2");
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "W", "HSN-03").withdrawal, WITHDRAWN_REMOVED);
	OCCURRENCES_ARE(w, "W", "W@2026-05-06 2026-05-06\nW@2026-05-13 2026-05-13\n");
	plan.deadlines = HANDED_IN("W", "2026-05-20", "");
	world_adopt(w, &plan);
	OCCURRENCES_ARE(w, "W",
			"W@2026-05-06 2026-05-06 removed\n"
			"W@2026-05-13 2026-05-13 removed\n");
	ck_assert_int_eq(obligation_of(w, "W", "HSN-03").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "W", "HSN-03").round, 2);
	DAY_IS(deadline_of(w, "W").due, "2026-05-20");
	world_to(w, "2026-05-31 12:00");
	TELLS(w, "05-15 08:00 reminder ordf: W -3wd\n05-15 08:00 reminder akut: W/HSN-03 -3wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_measure_that_is_added_is_asked_by_those_there_and_to_come)
{
	struct written plan = { .steps = "-3wd owner", .deadlines = RULE("FREQ=WEEKLY;COUNT=2") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	plan.measures = TWO_MEASURES;
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "W@2026-05-13", "HSN-07").phase, PHASE_LIVE);
	HEARD(w, "status", "HSN-07", "{'status':'done'}");
	plan.deadlines = RULE("FREQ=WEEKLY;COUNT=3");
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "W@2026-05-20", "HSN-07").withdrawal,
			 WITHDRAWN_MEASURE_CLOSED);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/series", UNIT(an_occurrence_exists_from_60_days_before_its_window),
	   UNIT(what_would_be_superseded_at_once_is_not_born),
	   UNIT(of_what_is_open_at_the_first_load_both_are_asked),
	   UNIT(each_date_of_a_rule_is_rounded_and_those_made_one_are_one),
	   UNIT(a_rule_is_counted_from_a_counted_date),
	   UNIT(each_known_meeting_has_one_from_the_first_on),
	   UNIT(a_first_meeting_that_is_not_known_yet_has_a_provisional_occurrence),
	   UNIT(a_first_meeting_that_never_comes_is_late_and_support_is_told),
	   UNIT(a_first_meeting_that_is_cancelled_is_not_known_again),
	   UNIT(a_first_month_that_is_over_has_no_provisional_occurrence),
	   UNIT(a_provisional_occurrence_that_is_handed_in_takes_its_meeting_with_it),
	   UNIT(a_provisional_occurrence_stays_when_the_plan_is_read_again),
	   UNIT(a_meeting_moved_before_the_first_month_counts_when_the_plan_is_read_again),
	   UNIT(next_counts_from_the_first_load), UNIT(next_alone_binds_once_and_follows),
	   UNIT(next_without_a_meeting_is_refused),
	   UNIT(a_moved_meeting_moves_its_occurrence_which_keeps_its_name),
	   UNIT(a_moved_meeting_whose_occurrence_is_handed_in_has_no_other),
	   UNIT(a_moved_meeting_whose_occurrence_is_superseded_has_no_other),
	   UNIT(a_cancelled_meeting_withdraws_what_nobody_was_asked_for),
	   UNIT(a_meeting_announced_again_resumes_in_a_new_round),
	   UNIT(one_that_was_asked_for_is_provisional_and_takes_a_new_meeting_of_its_month),
	   UNIT(the_next_window_withdraws_what_was_not_answered_once_its_date_is_past),
	   UNIT(one_that_is_provisional_takes_no_meeting_of_another),
	   UNIT(next_alone_stays_with_its_meeting_within_the_month),
	   UNIT(until_its_own_date_is_past_both_are_asked),
	   UNIT(both_that_are_asked_are_answered_and_the_plain_id_is_the_earlier),
	   UNIT(an_extension_holds_although_the_next_window_is_open),
	   UNIT(a_return_opens_its_window_and_the_former_gives_way),
	   UNIT(a_meeting_announced_before_an_open_one_is_asked_for),
	   UNIT(its_pending_messages_are_dropped),
	   UNIT(one_handed_in_before_its_window_opens_supersedes_too),
	   UNIT(windows_that_opened_while_the_daemon_was_down_leave_the_last),
	   UNIT(the_plain_id_is_the_earliest_that_is_not_closed), UNIT(queries_take_both_names),
	   UNIT(why_says_what_will_not_come), UNIT(a_plan_that_changes_keeps_what_it_still_has),
	   UNIT(what_comes_back_late_gives_way_to_what_is_open_by_then),
	   UNIT(a_series_that_begins_anew_has_the_dates_of_that),
	   UNIT(a_single_deadline_becomes_a_series_and_back),
	   UNIT(a_measure_that_is_added_is_asked_by_those_there_and_to_come))
