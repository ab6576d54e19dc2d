/* SPDX-License-Identifier: Apache-2.0 */
/* How a meeting that is set, moved or cancelled reaches what is owed, and who is told. */
#include "engine/obligation/dates.h"

#include "engine/inquiry/inquirer.h"
#include "tests/unit/engine_fixture.h"

/* RS-58 is "RS in May"; papers seven working days before. */
static const struct written in_may = {
	.deadlines = ASKING("RS-58", "meeting RS 2026-05", ""),
};
static const struct written on_26_may = {
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", ""),
};

#define STATE_IS(world, deadline, expected)                                         \
	do {                                                                        \
		struct obligation seen_ = obligation_of(world, deadline, "HSN-03"); \
		ck_assert_str_eq(obligation_state(&seen_, (world)->now), expected); \
	} while (0)

/* How `due` is written, loaded on 22 April 2026, and what it then says. Sat 16 May, Thu 14 May are
 * closed; RS meets on 21 and 22 April, on 26 and 28 May. */
/* What is sent with the second papers of Tue 26 May is asked for from two working days before it, and
 * follows the meeting; the first papers are nothing to it. */
START_TEST(a_second_sending_is_asked_for_before_it_leaves)
{
	static const struct written plan = {
		.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }",
		.meetings = "{ body='RS'; from='2026-05-26'; }",
		.steps = "-2wd owner; 0 owner",
		.deadlines = ASKING("RS-58", "meeting RS 2026-05", "sending='second';"),
	};
	struct world *w = world_new("2026-05-19 12:00", &plan);

	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-22");
	world_to(w, "2026-05-22 12:00");
	TELLS(w, "05-20 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-22 08:00 reminder akut: RS-58/HSN-03 0\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-29");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers_original, "2026-05-22");
	world_free(w);
}
END_TEST

static const struct {
	int line;
	const char *due, *day, *late;
	bool provisional;
} dues[] = {
	{ __LINE__, "2026-05-19", "2026-05-19", "2026-05-20 00:00" },
	/* round = "back" is the default. */
	{ __LINE__, "2026-05-16", "2026-05-15", "2026-05-16 00:00" },
	{ __LINE__, "2026-05-19 12:00", "2026-05-19", "2026-05-19 12:00" },
	{ __LINE__, "2026-05", "2026-05-29", "2026-05-30 00:00" },
	{ __LINE__, "2026-10", "2026-10-30", "2026-10-31 00:00" },
	{ __LINE__, "meeting RS 2026-05", "2026-05-26", "2026-05-16 00:00" },
	{ __LINE__, "meeting RS 2026-08", "2026-08-31", "2026-09-01 00:00", true },
	{ __LINE__, "meeting RS next", "2026-04-22", "2026-04-14 00:00" },
};

START_TEST(due_is_a_date_a_time_a_month_or_a_meeting)
{
	char deadline[400];
	struct written plan = { .meetings = "{ body='RS'; from='2026-05-28'; }, { body='RS'; "
					    "from='2026-05-26'; }, { body='RS'; from='2026-04-22'; "
					    "}, { body='RS'; from='2026-04-21'; }",
				.deadlines = deadline };
	struct obligation o;
	struct world *w;

	snprintf(deadline, sizeof(deadline), ASKING("A", "%s", ""), dues[_i].due);
	w = world_new("2026-04-22 12:00", &plan);
	o = obligation_of(w, "A", "HSN-03");
	DAY_IS(o.due, dues[_i].day);
	ck_assert_int_eq(o.late_at.us, instant_of(dues[_i].late).us);
	ck_assert_int_eq(o.provisional, dues[_i].provisional);
	world_free(w);
}
END_TEST

/* Counted from a date, then rounded as any: what stands on 22 April 2026. */
static const struct {
	int line;
	const char *due, *round, *day;
} counted[] = {
	/* The law of time limits (1930:173): the day of the same number, Sat 31 October. */
	{ __LINE__, "2m after 2026-08-31", "back", "2026-10-30" },
	{ __LINE__, "2m after 2026-08-31", "forward", "2026-11-02" },
	{ __LINE__, "1m after 2026-05-04", "back", "2026-06-04" },
	/* ... or, where there is none, the month's last. */
	{ __LINE__, "2m after 2026-12-31", "forward", "2027-03-01" },
	{ __LINE__, "2m after 2026-12-31", "back", "2027-02-26" },
	{ __LINE__, "1m after 2028-01-31", "back", "2028-02-29" },
	{ __LINE__, "12m after 2028-02-29", "back", "2029-02-28" },
	{ __LINE__, "14m after 2026-10-29", "back", "2027-12-29" },
	/* Days: Thu 15 October; Sat 10 October, which is rounded. */
	{ __LINE__, "30d after 2026-09-15", "back", "2026-10-15" },
	{ __LINE__, "1d after 2026-10-09", "back", "2026-10-09" },
	{ __LINE__, "1d after 2026-10-09", "forward", "2026-10-12" },
	/* Working days: Fri 1 May, Thu 14 May and Sat 6 June are none. */
	{ __LINE__, "10wd after 2026-04-30", "back", "2026-05-18" },
	{ __LINE__, "1wd after 2026-05-01", "back", "2026-05-04" },
};

START_TEST(a_date_is_counted_from_another)
{
	char deadline[400];
	struct written plan = { .deadlines = deadline };
	struct world *w;

	snprintf(deadline, sizeof(deadline), ASKING("A", "%s", "round='%s';"), counted[_i].due,
		 counted[_i].round);
	w = world_new("2026-04-22 12:00", &plan);
	DAY_IS(obligation_of(w, "A", "HSN-03").due, counted[_i].day);
	world_free(w);
}
END_TEST

/* The file says something new about when it is: an extension ends, as it does for a new `papers`. */
START_TEST(another_sending_in_the_file_ends_an_extension)
{
	struct written plan = {
		.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; papers_late='-2wd'; }",
		.meetings = "{ body='RS'; from='2026-05-26'; }",
		.deadlines = ASKING("RS-58", "meeting RS 2026-05", ""),
	};
	struct world *w = world_new("2026-05-04 12:00", &plan);

	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-15");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-20");
	plan.deadlines = ASKING("RS-58", "meeting RS 2026-05", "sending='second';");
	world_adopt(w, &plan);
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-22");
	DAY_IS(deadline_of(w, "RS-58").extended, "");
	world_free(w);
}
END_TEST

START_TEST(working_days_are_counted_anew_when_a_day_is_closed)
{
	struct written plan = { .deadlines = ASKING("A", "10wd after 2026-04-30", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	DAY_IS(obligation_of(w, "A", "HSN-03").due, "2026-05-18");
	plan.calendar = "closed=['2026-05-15'];";
	world_adopt(w, &plan);
	DAY_IS(obligation_of(w, "A", "HSN-03").due, "2026-05-19");
	world_free(w);
}
END_TEST

/* What is heard of the meetings, in turn, and where the deadline is then: due and papers. */
static const struct {
	int line;
	const char *plan_meetings, *heard[3];
	const char *due, *papers;
	bool provisional;
} bindings[] = {
	/* Unknown: the month's last working day. */
	{ __LINE__, "", { 0 }, "2026-05-29", "2026-05-29", true },
	/* Bound to the month's first known one. */
	{ __LINE__, "{ body='RS'; from='2026-05-26'; }", { 0 }, "2026-05-26", "2026-05-15" },
	{ __LINE__, "", { "{'from':'2026-05-26'}" }, "2026-05-26", "2026-05-15" },
	{ __LINE__,
	  "",
	  { "{'from':'2026-05-26'}", "{'from':'2026-05-28'}" },
	  "2026-05-26",
	  "2026-05-15" },
	/* ... and to an earlier one that turns up. */
	{ __LINE__,
	  "",
	  { "{'from':'2026-05-26'}", "{'from':'2026-05-19'}" },
	  "2026-05-19",
	  "2026-05-07" },
	/* Once bound it follows into any month. */
	{ __LINE__,
	  "{ body='RS'; from='2026-05-26'; }",
	  { "{'from':'2026-06-02','replaces':'2026-05-26'}" },
	  "2026-06-02",
	  "2026-05-22" },
	{ __LINE__,
	  "{ body='RS'; from='2026-05-26'; }",
	  { "{'from':'2026-06-02','replaces':'2026-05-26'}",
	    "{'from':'2026-06-16','replaces':'2026-06-02'}" },
	  "2026-06-16",
	  "2026-06-05" },
	/* ... and back again. */
	{ __LINE__,
	  "{ body='RS'; from='2026-05-26'; }",
	  { "{'from':'2026-06-02','replaces':'2026-05-26'}",
	    "{'from':'2026-05-26','replaces':'2026-06-02'}" },
	  "2026-05-26",
	  "2026-05-15" },
	/* Cancelled: provisional again, or the month's next one. */
	{ __LINE__,
	  "{ body='RS'; from='2026-05-26'; }",
	  { "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}" },
	  "2026-05-29",
	  "2026-05-29",
	  true },
	{ __LINE__,
	  "{ body='RS'; from='2026-05-26'; }",
	  { "{'from':'2026-05-28'}",
	    "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}" },
	  "2026-05-28",
	  "2026-05-19" },
	/* Another month's, or another body's, is nothing to it. */
	{ __LINE__, "", { "{'from':'2026-06-02'}" }, "2026-05-29", "2026-05-29", true },
};

START_TEST(a_deadline_binds_to_a_meeting)
{
	struct written plan = in_may;
	struct world *w;
	struct obligation o;

	plan.meetings = bindings[_i].plan_meetings;
	w = world_new("2026-04-22 12:00", &plan);
	for (size_t i = 0; i < 3 && bindings[_i].heard[i]; i++)
		HEARD(w, "meeting", "RS", bindings[_i].heard[i]);
	o = obligation_of(w, "RS-58", "HSN-03");
	DAY_IS(o.due, bindings[_i].due);
	DAY_IS(o.papers, bindings[_i].papers);
	ck_assert_int_eq(o.provisional, bindings[_i].provisional);
	DAY_IS(deadline_of(w, "RS-58").due, bindings[_i].due);
	world_free(w);
}
END_TEST

START_TEST(an_earlier_meeting_is_taken_until_the_papers_date_has_passed)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	world_to(w, "2026-05-15 23:00");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-22'}");
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-22");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-22','replaces':'2026-05-22','cancelled':true}");
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-26");
	world_to(w, "2026-05-16 00:00");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-22'}");
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-26");
	world_free(w);
}
END_TEST

START_TEST(a_meeting_that_never_comes_is_told_to_support_once)
{
	struct world *w = world_new("2026-05-20 12:00", &in_may);

	world_to(w, "2026-06-08 07:00"); /* papers Fri 29 May; it goes late as usual */
	TELLS(w, "05-20 12:00 reminder akut: RS-58/HSN-03 -10wd late\n"
		 "05-22 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "05-27 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-29 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "06-01 07:30 alert stod: RS-58 unbound\n"
		 "06-01 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		 "06-01 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		 "06-03 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		 "06-05 08:00 escalation stod: RS-58/HSN-03 +3wd\n");
	STATE_IS(w, "RS-58", "late");
	world_free(w);
}
END_TEST

/* Unbound when its month ends, it stays there: another meeting is nothing to it, not even one of May. */
START_TEST(unbound_when_its_month_ends_it_stays_there)
{
	struct world *w = world_new("2026-05-20 12:00", &in_may);

	world_to(w, "2026-05-31 23:59");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28'}");
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-28");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-28','cancelled':true}");
	world_to(w, "2026-06-01 12:00");
	ck_assert_ptr_nonnull(strstr(w->tale, "06-01 07:30 alert stod: RS-58 unbound\n"));
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-27'}");
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-29");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-29");
	ck_assert(obligation_of(w, "RS-58", "HSN-03").provisional);
	w->tale[0] = '\0';
	world_to(w, "2026-06-02 07:59");
	TELLS(w, ""); /* support is told once */
	world_free(w);
}
END_TEST

START_TEST(a_closed_deadline_needs_no_meeting)
{
	struct world *w = world_new("2026-05-20 12:00", &in_may);

	world_to(w, "2026-05-20 12:00");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	w->tale[0] = '\0';
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-20 12:00 confirmation reg: RS-58 submitted\n");
	world_free(w);
}
END_TEST

/* ---- who is told ----------------------------------------------------------------------------------- */

START_TEST(those_who_are_asked_the_responsible_and_the_informed_are_told_once)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.measures = TWO_MEASURES;
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}"); /* has answered */
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	world_to(w, "2026-05-11 12:00");
	TELLS(w, "05-11 12:00 moved ordf: RS-58 moved\n"
		 "05-11 12:00 moved akut: RS-58 moved\n"
		 "05-11 12:00 moved reg: RS-58 moved\n");
	DAY_IS(deadline_of(w, "RS-58").due_original, "2026-05-26");
	world_free(w);
}
END_TEST

START_TEST(who_is_late_is_told_as_well)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.steps = "0 owner";
	w = world_new("2026-05-04 12:00", &plan);
	world_to(w, "2026-05-18 12:00");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	world_to(w, "2026-05-18 12:00");
	TELLS(w, "05-18 12:00 moved ordf: RS-58 moved\n"
		 "05-18 12:00 moved akut: RS-58 moved\n"
		 "05-18 12:00 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

START_TEST(who_is_not_asked_yet_is_not_told)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	world_to(w, "2026-04-22 12:00");
	TELLS(w, "04-22 12:00 moved ordf: RS-58 moved\n"
		 "04-22 12:00 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

/* Nor of an extension of what nobody owes yet, their own or the whole deadline's. */
START_TEST(an_extension_before_the_window_opens_is_told_to_the_responsible_and_the_informed)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-20','reference':'x','deadline':'RS-58'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-22','reference':'x'}");
	world_to(w, "2026-04-22 12:00");
	TELLS(w, "04-22 12:00 moved ordf: RS-58/HSN-03 moved, RS-58 moved\n"
		 "04-22 12:00 moved reg: RS-58/HSN-03 moved, RS-58 moved\n");
	world_free(w);
}
END_TEST

START_TEST(changes_before_it_leaves_are_one_and_back_to_the_old_date_none)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	world_to(w, "2026-05-04 18:00"); /* after closing time */
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-27'}");
	world_to(w, "2026-05-05 07:59");
	TELLS(w, "05-05 07:30 moved ordf: RS-58 moved\n"
		 "05-05 07:30 moved akut: RS-58 moved\n"
		 "05-05 07:30 moved reg: RS-58 moved\n");
	world_to(w, "2026-05-08 18:00");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-29','replaces':'2026-05-28'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-29'}");
	world_to(w, "2026-05-11 07:59");
	TELLS(w, "");
	world_free(w);
}
END_TEST

/* Papers are on 15 May, and after the move on 4 May. */
START_TEST(moved_so_near_that_papers_are_past_is_one_message_to_each)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	world_to(w, "2026-05-11 12:00");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-13','replaces':'2026-05-26'}");
	world_to(w, "2026-05-11 12:01");
	TELLS(w, "05-11 12:00 moved reg: RS-58 moved\n"
		 "05-11 12:00 reminder ordf: RS-58 +1wd late\n"
		 "05-11 12:00 escalation stod: RS-58 +3wd late, RS-58/HSN-03 +3wd late\n"
		 "05-11 12:00 reminder akut: RS-58/HSN-03 +1wd late\n"
		 "05-11 12:00 escalation dir: RS-58/HSN-03 +1wd late\n");
	world_free(w);
}
END_TEST

/* A change that waits is told by the reminder too. */
START_TEST(moved_near_before_a_change_has_left_is_one_message_to_each)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	world_to(w, "2026-05-11 18:00"); /* after closing time */
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-13','replaces':'2026-05-28'}");
	world_to(w, "2026-05-12 07:59");
	TELLS(w, "05-12 07:30 moved reg: RS-58 moved\n"
		 "05-12 07:30 reminder ordf: RS-58 +1wd late\n"
		 "05-12 07:30 escalation stod: RS-58 +3wd late, RS-58/HSN-03 +3wd late\n"
		 "05-12 07:30 reminder akut: RS-58/HSN-03 +1wd late\n"
		 "05-12 07:30 escalation dir: RS-58/HSN-03 +1wd late\n");
	world_free(w);
}
END_TEST

/* ---- an extension of a measure's own --------------------------------------------------------------- */

static const struct written two_on_26_may = {
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", ""),
};

/* On 4 May, when all are asked, and HSN-07 has an extension of its own until `due`. */
static struct world *world_with_extended(const char *due)
{
	struct world *w = world_new("2026-04-22 12:00", &two_on_26_may);
	char data[100];

	world_to(w, "2026-05-04 12:00");
	snprintf(data, sizeof(data), "{'due':'%s','reference':'x','deadline':'RS-58'}", due);
	HEARD(w, "extend", "HSN-07", data);
	world_to(w, "2026-05-04 12:00");
	w->tale[0] = '\0';
	return w;
}

/* It stands at 20 May, before and after: only its meeting is another one. */
START_TEST(who_has_a_date_of_their_own_is_told_theirs_when_the_meeting_moves)
{
	struct world *w = world_with_extended("2026-05-20");

	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	world_to(w, "2026-05-04 12:00");
	TELLS(w, "05-04 12:00 moved kir: RS-58/HSN-07 moved\n"
		 "05-04 12:00 moved ordf: RS-58 moved\n"
		 "05-04 12:00 moved akut: RS-58 moved\n"
		 "05-04 12:00 moved reg: RS-58 moved\n");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-20");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").due, "2026-06-02");
	world_free(w);
}
END_TEST

START_TEST(an_extension_of_the_whole_never_shortens_a_measure_s_own)
{
	struct world *w = world_with_extended("2026-05-22");

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	world_to(w, "2026-05-04 12:00");
	TELLS(w, "05-04 12:00 moved ordf: RS-58 moved\n"
		 "05-04 12:00 moved akut: RS-58 moved\n"
		 "05-04 12:00 moved reg: RS-58 moved\n");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-20");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-22");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").round, 2); /* its own extension's */
	/* A later one covers it too, and who stood elsewhere is told of where they stood. */
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-25','reference':'x'}");
	world_to(w, "2026-05-04 12:00");
	TELLS(w, "05-04 12:00 moved kir: RS-58/HSN-07 moved\n"
		 "05-04 12:00 moved ordf: RS-58 moved\n"
		 "05-04 12:00 moved akut: RS-58 moved\n"
		 "05-04 12:00 moved reg: RS-58 moved\n");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-25");
	world_free(w);
}
END_TEST

/* The file says another day; what it says is the deadline's, and a later day was given to the one. */
START_TEST(a_new_date_in_the_file_never_shortens_a_measure_s_own)
{
	struct written plan = { .measures = TWO_MEASURES,
				.deadlines = HANDED_IN("RS-58", "2026-05-15", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-22','reference':'x','deadline':'RS-58'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-18','reference':'x','deadline':'RS-58'}");
	world_to(w, "2026-05-04 12:00");
	w->tale[0] = '\0';
	plan.deadlines = HANDED_IN("RS-58", "2026-05-20", "");
	world_adopt(w, &plan);
	world_to(w, "2026-05-04 12:00");
	TELLS(w, "05-04 12:00 moved akut: RS-58/HSN-03 moved\n"
		 "05-04 12:00 moved ordf: RS-58 moved\n"
		 "05-04 12:00 moved reg: RS-58 moved\n");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-22");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-20");
	ck_assert(!obligation_of(w, "RS-58", "HSN-03").extended);
	world_free(w);
}
END_TEST

START_TEST(back_to_the_old_date_who_has_answered_meanwhile_is_not_told_either)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.steps = "-5wd owner";
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-07 18:00");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-27'}");
	world_to(w, "2026-05-11 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

static int old_dates(void *userdata, const struct message *m, const struct item *item)
{
	(void)m;
	if (item->what == ITEM_MOVED && !item->moot)
		snprintf(userdata, 100, "%s", item->detail);
	return 0;
}

START_TEST(a_merged_change_says_where_it_was_at_first)
{
	struct world *w = world_new("2026-05-04 18:00", &on_26_may);
	char detail[100] = "";

	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-27'}");
	ck_assert_int_eq(ledger_items_about(w->e.ledger, deadline_id("RS-58"), measure_id(""),
					    old_dates, detail),
			 0);
	ck_assert_str_eq(detail, "{\"due\":\"2026-05-26\",\"papers\":\"2026-05-15\"}");
	world_free(w);
}
END_TEST

/* All is said at night: in the morning only HSN-07's own date is news, from where it was at first. */
START_TEST(who_ends_where_they_were_is_told_nothing_whatever_was_said_in_between)
{
	struct world *w = world_new("2026-04-22 12:00", &two_on_26_may);
	char detail[100] = "";

	world_to(w, "2026-05-04 18:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-22','reference':'y','deadline':'RS-58'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-15','reference':'x'}");
	ck_assert_int_eq(ledger_items_about(w->e.ledger, deadline_id("RS-58"), measure_id("HSN-07"),
					    old_dates, detail),
			 0);
	ck_assert_str_eq(detail, "{\"due\":\"2026-05-26\",\"papers\":\"2026-05-15\","
				 "\"extension\":{\"reference\":\"y\"}}");
	world_to(w, "2026-05-05 07:59");
	TELLS(w, "05-05 07:30 moved ordf: RS-58/HSN-07 moved\n"
		 "05-05 07:30 moved kir: RS-58/HSN-07 moved\n"
		 "05-05 07:30 moved reg: RS-58/HSN-07 moved\n");
	world_free(w);
}
END_TEST

START_TEST(a_measure_that_goes_and_comes_back_with_its_deadline_is_told_nothing)
{
	struct world *w = world_new("2026-04-22 12:00", &two_on_26_may);

	world_to(w, "2026-05-04 18:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-18','reference':'x','deadline':'RS-58'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-22','reference':'x','deadline':'RS-58'}");
	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-15','reference':'x','deadline':'RS-58'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-15','reference':'x'}");
	world_to(w, "2026-05-05 07:59");
	TELLS(w, "");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-15");
	world_free(w);
}
END_TEST

/* Extended with the deadline first, HSN-07 has a date of its own by the morning. */
START_TEST(who_has_a_date_of_their_own_by_then_is_told_that_one_only)
{
	struct world *w = world_new("2026-04-22 12:00", &two_on_26_may);

	world_to(w, "2026-05-04 18:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-22','reference':'x','deadline':'RS-58'}");
	world_to(w, "2026-05-05 07:59");
	TELLS(w, "05-05 07:30 moved ordf: RS-58 moved, RS-58/HSN-07 moved\n"
		 "05-05 07:30 moved akut: RS-58 moved\n"
		 "05-05 07:30 moved kir: RS-58/HSN-07 moved\n"
		 "05-05 07:30 moved reg: RS-58 moved, RS-58/HSN-07 moved\n");
	world_free(w);
}
END_TEST

START_TEST(what_was_provisional_is_no_old_date)
{
	struct world *w = world_new("2026-05-20 12:00", &in_may);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-28'}");
	DAY_IS(deadline_of(w, "RS-58").due_original, "");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers_original, "");
	world_to(w, "2026-05-20 12:00"); /* told all the same: the date is another one */
	TELLS(w, "05-20 12:00 moved reg: RS-58 moved\n"
		 "05-20 12:00 reminder akut: RS-58/HSN-03 +1wd late\n");
	world_free(w);
}
END_TEST

/* Papers are due on Fri 15 May, five working days before it is Thu 7 May. */
START_TEST(all_ladders_the_responsible_s_too_count_from_the_papers_date)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.steps = "-5wd owner; +1wd owner";
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-07 08:00 reminder ordf: RS-58 -5wd\n"
		 "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "05-18 08:00 reminder ordf: RS-58 +1wd\n"
		 "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

/* ---- rounds ----------------------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *to; /* from 26 May */
	int round;
	const char *tale; /* from 18 May on; the responsible's left out */
} moves[] = {
	/* Unfired steps follow, fired ones do not fire again. -2wd was 12 May; 0 becomes 20 May. */
	{ __LINE__, "2026-05-29", 1,
	  "05-20 08:00 reminder akut: RS-58/HSN-03 0\n"
	  "05-21 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
	  "05-21 08:00 escalation dir: RS-58/HSN-03 +1wd\n" },
	/* Four working days later: the same round. */
	{ __LINE__, "2026-06-01", 1,
	  "05-21 08:00 reminder akut: RS-58/HSN-03 0\n"
	  "05-22 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
	  "05-22 08:00 escalation dir: RS-58/HSN-03 +1wd\n" },
	/* Five: a new one; -5wd is 15 May, -2wd is 20 May, 0 is 22 May. */
	{ __LINE__, "2026-06-02", 2,
	  "05-20 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
	  "05-22 08:00 reminder akut: RS-58/HSN-03 0\n"
	  "05-25 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
	  "05-25 08:00 escalation dir: RS-58/HSN-03 +1wd\n" },
};

START_TEST(a_move_of_five_working_days_begins_a_round)
{
	struct written plan = on_26_may;
	struct world *w;
	char data[80];

	plan.deadlines = ASKING("RS-58", "meeting RS 2026-05", "");
	plan.steps = "-5wd owner; -2wd owner; 0 owner; +1wd owner manager";
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-13 12:00");
	snprintf(data, sizeof(data), "{'from':'%s','replaces':'2026-05-26'}", moves[_i].to);
	HEARD(w, "meeting", "RS", data);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, moves[_i].round);
	world_to(w, "2026-05-18 07:00");
	w->tale[0] = '\0';
	world_to(w, "2026-06-30 12:00");
	TELLS(w, moves[_i].tale);
	world_free(w);
}
END_TEST

/* Of steps that a deadline's own `opens` lets fire before its window. */
START_TEST(a_move_after_the_first_step_begins_a_round_before_the_window_too)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.deadlines = ASKING("RS-58", "meeting RS 2026-05", "opens='-2wd';");
	plan.steps = "-5wd owner; 0 owner";
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-07 12:00");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16','replaces':'2026-05-26'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 2);
	w->tale[0] = '\0';
	world_to(w, "2026-06-05 12:00");
	TELLS(w, "05-07 12:00 moved reg: RS-58 moved\n"
		 "05-29 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "06-05 08:00 reminder akut: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(a_move_before_the_window_opens_begins_no_round)
{
	struct world *w = world_new("2026-04-22 12:00", &on_26_may);

	HEARD(w, "meeting", "RS", "{'from':'2026-06-16','replaces':'2026-05-26'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 1);
	world_to(w, "2026-05-20 12:00");
	STATE_IS(w, "RS-58", "waiting"); /* the window follows the date until it has opened */
	w->tale[0] = '\0';
	world_to(w, "2026-05-22 12:00"); /* papers 5 June: -10wd */
	TELLS(w, "05-22 08:00 reminder ordf: RS-58 -10wd\n"
		 "05-22 08:00 reminder akut: RS-58/HSN-03 -10wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_move_to_an_earlier_day_sends_what_is_past_by_then_once)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.deadlines = ASKING("RS-58", "meeting RS 2026-05", "");
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-07 12:00"); /* -10wd and -5wd are sent */
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-05-20','replaces':'2026-05-26'}");
	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-08");
	world_to(w, "2026-05-11 12:00"); /* -2wd was 6 May, and 0 is 8 May */
	TELLS(w, "05-07 12:00 moved akut: RS-58 moved\n"
		 "05-07 12:00 moved reg: RS-58 moved\n"
		 "05-07 12:00 reminder akut: RS-58/HSN-03 -2wd late\n"
		 "05-08 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-11 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		 "05-11 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(what_waits_of_a_round_that_ended_is_not_told)
{
	struct written plan = on_26_may;
	struct world *w;

	plan.steps = "-2wd owner; 0 owner";
	plan.deadlines = ASKING("RS-58", "meeting RS 2026-05", "");
	w = world_new("2026-05-11 12:00", &plan);
	w->down = "akut";
	world_to(w, "2026-05-12 18:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-25','reference':'x'}");
	w->down = NULL;
	world_to(w, "2026-05-20 12:00");
	TELLS(w, "05-13 07:30 moved akut: RS-58 moved\n"
		 "05-13 07:30 moved reg: RS-58 moved\n");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -2wd.0 akut sent: 2 working days before the papers date 2026-05-15\n"
		  "1 0.0 akut suppressed: the date was extended from 2026-05-15 to 2026-05-25: "
		  "the ladder begins anew\n");
	world_free(w);
}
END_TEST

/* Mission: closing 15 May moves the papers date to 13 May. */
START_TEST(a_day_that_is_closed_moves_what_counts_from_it)
{
	struct written plan = on_26_may;
	struct world *w = world_new("2026-04-22 12:00", &plan);

	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-15");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").practical, "2026-05-13");
	plan.calendar = "closed=['2026-05-15'];";
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-13");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-13");
	DAY_IS(deadline_of(w, "RS-58").papers_original, "2026-05-15");
	world_to(w, "2026-04-22 12:00");
	TELLS(w, "04-22 12:00 moved ordf: RS-58 moved\n"
		 "04-22 12:00 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/dates", UNIT_ROWS(due_is_a_date_a_time_a_month_or_a_meeting, UNIT_COUNT(dues)),
	   UNIT(another_sending_in_the_file_ends_an_extension),
	   UNIT(working_days_are_counted_anew_when_a_day_is_closed),
	   UNIT(a_second_sending_is_asked_for_before_it_leaves),
	   UNIT_ROWS(a_date_is_counted_from_another, UNIT_COUNT(counted)),
	   UNIT(all_ladders_the_responsible_s_too_count_from_the_papers_date),
	   UNIT_ROWS(a_deadline_binds_to_a_meeting, UNIT_COUNT(bindings)),
	   UNIT(an_earlier_meeting_is_taken_until_the_papers_date_has_passed),
	   UNIT(a_meeting_that_never_comes_is_told_to_support_once),
	   UNIT(unbound_when_its_month_ends_it_stays_there),
	   UNIT(a_closed_deadline_needs_no_meeting),
	   UNIT(those_who_are_asked_the_responsible_and_the_informed_are_told_once),
	   UNIT(who_is_late_is_told_as_well), UNIT(who_is_not_asked_yet_is_not_told),
	   UNIT(an_extension_before_the_window_opens_is_told_to_the_responsible_and_the_informed),
	   UNIT(changes_before_it_leaves_are_one_and_back_to_the_old_date_none),
	   UNIT(moved_so_near_that_papers_are_past_is_one_message_to_each),
	   UNIT(moved_near_before_a_change_has_left_is_one_message_to_each),
	   UNIT(back_to_the_old_date_who_has_answered_meanwhile_is_not_told_either),
	   UNIT(who_has_a_date_of_their_own_is_told_theirs_when_the_meeting_moves),
	   UNIT(an_extension_of_the_whole_never_shortens_a_measure_s_own),
	   UNIT(a_new_date_in_the_file_never_shortens_a_measure_s_own),
	   UNIT(a_merged_change_says_where_it_was_at_first),
	   UNIT(who_ends_where_they_were_is_told_nothing_whatever_was_said_in_between),
	   UNIT(a_measure_that_goes_and_comes_back_with_its_deadline_is_told_nothing),
	   UNIT(who_has_a_date_of_their_own_by_then_is_told_that_one_only),
	   UNIT(what_was_provisional_is_no_old_date),
	   UNIT_ROWS(a_move_of_five_working_days_begins_a_round, UNIT_COUNT(moves)),
	   UNIT(a_move_after_the_first_step_begins_a_round_before_the_window_too),
	   UNIT(a_move_before_the_window_opens_begins_no_round),
	   UNIT(a_move_to_an_earlier_day_sends_what_is_past_by_then_once),
	   UNIT(what_waits_of_a_round_that_ended_is_not_told),
	   UNIT(a_day_that_is_closed_moves_what_counts_from_it))
