/* SPDX-License-Identifier: Apache-2.0 */
/* One obligation on its ladder: when each step fires, for whom, and what becomes of it. */
#include "engine/ladder/walk.h"

#include "tests/unit/engine_fixture.h"

/* Papers on Fri 15 May 2026, unless said otherwise: the ladder's days are 29 April, 7, 12, 15, 18, 20,
 * 22, 26 and 28 May. */
static const struct {
	int line;
	const char *begins, *steps, *tale;
} first_loads[] = {
	/* Nobody answers: each step once, repetitions to the end. */
	{ __LINE__, "2026-04-22 12:00", NULL,
	  "04-29 08:00 reminder akut: RS-58/HSN-03 -10wd\n"
	  "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
	  "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
	  "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
	  "05-20 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
	  "05-22 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
	  "05-26 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
	  "05-28 08:00 escalation stod: RS-58/HSN-03 +3wd\n" },
	/* Known at the very instant of a step: on time. */
	{ __LINE__, "2026-05-12 08:00", "-5wd owner; -2wd owner",
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
	/* Steps already past: the last is sent at once, marked late. */
	{ __LINE__, "2026-05-12 08:10", "-5wd owner; -2wd owner; 0 owner",
	  "05-12 08:10 reminder akut: RS-58/HSN-03 -2wd late\n"
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	/* In the evening: at the next opening. */
	{ __LINE__, "2026-05-12 18:00", "-5wd owner; -2wd owner; 0 owner",
	  "05-13 07:30 reminder akut: RS-58/HSN-03 -2wd late\n"
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	/* One is due that day: they merge into it. */
	{ __LINE__, "2026-05-15 06:00", "-5wd owner; -2wd owner; 0 owner",
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	/* ... also when the next opening is days away. */
	{ __LINE__, "2026-05-13 18:00", "-5wd owner; -2wd owner; 0 owner",
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	/* The last of each person: the manager's is another one, and held until the owner is reached. */
	{ __LINE__, "2026-05-16 12:00", NULL,
	  "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
	  "05-19 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
	  "05-20 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
	  "05-22 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
	  "05-26 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
	  "05-28 08:00 escalation stod: RS-58/HSN-03 +3wd\n" },
	/* All of it is past. */
	{ __LINE__, "2026-06-15 09:00", NULL,
	  "06-15 09:00 reminder akut: RS-58/HSN-03 +1wd late\n"
	  "06-16 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
	  "06-16 08:00 escalation stod: RS-58/HSN-03 +3wd\n" },
	/* Nobody was to be asked before: there is nothing to hold it for. */
	{ __LINE__, "2026-05-01 12:00", "0 manager; +1wd owner",
	  "05-15 08:00 escalation dir: RS-58/HSN-03 0\n"
	  "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n" },
	{ __LINE__, "2026-05-20 12:00", "0 role:support",
	  "05-20 12:00 escalation stod: RS-58/HSN-03 0 late\n" },
	/* One who is named twice gets it once. */
	{ __LINE__, "2026-05-01 12:00", "0 owner akut; +1wd manager dir",
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
	  "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n" },
	/* A channel of its own. */
	{ __LINE__, "2026-05-01 12:00", "0 owner channel:hook",
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
	  "05-18 08:00 escalation channel:hook@hook: RS-58/HSN-03 0\n" },
};

START_TEST(a_plan_is_loaded_at_any_time)
{
	struct written plan = { .steps = first_loads[_i].steps };
	struct world *w = world_new(first_loads[_i].begins, &plan);

	world_to(w, "2026-12-31 23:59");
	ck_assert_msg(strcmp(w->tale, first_loads[_i].tale) == 0, "line %d: told\n%s",
		      first_loads[_i].line, w->tale);
	world_free(w);
}
END_TEST

static const struct {
	int line;
	const char *down, *up, *tale;
} outages[] = {
	/* Within a quarter of an hour it counts as on time. */
	{ __LINE__, "2026-05-12 07:00", "2026-05-12 08:15",
	  "05-12 08:15 reminder akut: RS-58/HSN-03 -2wd\n" },
	{ __LINE__, "2026-05-12 07:00", "2026-05-12 08:16",
	  "05-12 08:16 reminder akut: RS-58/HSN-03 -2wd late\n" },
	/* Two were missed: the last one is sent, the other one counts as merged. */
	{ __LINE__, "2026-05-06 12:00", "2026-05-13 12:00",
	  "05-13 12:00 reminder akut: RS-58/HSN-03 -2wd late\n" },
	/* In the night, at the next opening; unless one is due that day. */
	{ __LINE__, "2026-05-06 12:00", "2026-05-12 23:00",
	  "05-13 07:30 reminder akut: RS-58/HSN-03 -2wd late\n" },
	{ __LINE__, "2026-05-06 12:00", "2026-05-12 07:00",
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
};

START_TEST(steps_missed_while_down_come_once)
{
	struct written plan = { .steps = "-10wd owner; -5wd owner; -2wd owner" };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, outages[_i].down);
	w->tale[0] = '\0';
	if (strcmp(outages[_i].down, "2026-05-12 07:00") == 0)
		ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 2);
	world_sleep(w, outages[_i].up);
	world_to(w, "2026-12-31 23:59");
	ck_assert_msg(strcmp(w->tale, outages[_i].tale) == 0, "line %d: told\n%s", outages[_i].line,
		      w->tale);
	world_free(w);
}
END_TEST

START_TEST(each_decision_is_marked_with_its_reason)
{
	struct written plan = { .steps = "-5wd owner; -2wd owner; 0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	world_to(w, "2026-05-12 10:00");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -5wd.0 akut merged: merged into the step -2wd\n"
		  "1 -2wd.0 akut sent: 2 working days before the papers date 2026-05-15; sent "
		  "late, the step was already past\n");
	world_to(w, "2026-05-18 08:00");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -5wd.0 akut merged: merged into the step -2wd\n"
		  "1 -2wd.0 akut sent: 2 working days before the papers date 2026-05-15; sent "
		  "late, the step was already past\n"
		  "1 0.0 akut sent: on the papers date 2026-05-15\n"
		  "1 +1wd.0 dir sent: 1 working day after the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(a_step_fires_once_for_each_obligation_round_step_repetition_and_person)
{
	struct written plan = { .measures = TWO_MEASURES,
				.steps = "-1wd owner; 0 owner dir every 1wd until +2wd" };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-19 12:00");
	TELLS(w, "05-13 08:00 reminder akut: RS-58/HSN-03 -1wd\n"
		 "05-13 08:00 reminder kir: RS-58/HSN-07 -1wd\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-15 08:00 escalation dir: RS-58/HSN-03 0, RS-58/HSN-07 0\n"
		 "05-15 08:00 reminder kir: RS-58/HSN-07 0\n"
		 "05-18 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 0, RS-58/HSN-07 0\n"
		 "05-18 08:00 reminder kir: RS-58/HSN-07 0\n"
		 "05-19 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-19 08:00 escalation dir: RS-58/HSN-03 0, RS-58/HSN-07 0\n"
		 "05-19 08:00 reminder kir: RS-58/HSN-07 0\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 1);
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-25','reference':'x'}");
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-19 12:00 moved akut: RS-58 moved\n"
		 "05-19 12:00 moved reg: RS-58 moved\n"
		 "05-22 08:00 reminder akut: RS-58/HSN-03 -1wd\n"
		 "05-25 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-25 08:00 escalation dir: RS-58/HSN-03 0\n"
		 "05-26 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-26 08:00 escalation dir: RS-58/HSN-03 0\n"
		 "05-27 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-27 08:00 escalation dir: RS-58/HSN-03 0\n");
	MARKS_ARE(w, "RS-58", "HSN-07",
		  "1 -1wd.0 kir sent: 1 working day before the papers date 2026-05-15\n"
		  "1 0.0 dir sent: on the papers date 2026-05-15\n"
		  "1 0.0 kir sent: on the papers date 2026-05-15\n"
		  "1 0.1 dir sent: 1 working day after the papers date 2026-05-15\n"
		  "1 0.1 kir sent: 1 working day after the papers date 2026-05-15\n"
		  "1 0.2 dir sent: 2 working days after the papers date 2026-05-15\n"
		  "1 0.2 kir sent: 2 working days after the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(a_step_that_reaches_nobody_is_marked_so)
{
	struct written plan = { .steps = "0 deputy; +1wd owner" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	world_to(w, "2026-05-20 10:00");
	TELLS(w, "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 0.0  suppressed: the step reaches nobody: akut has no manager or deputy "
		  "named in the plan\n"
		  "1 +1wd.0 akut sent: 1 working day after the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

/* A ladder that names the deputy, who stands in only while akut is away. */
#define DEPUTIES                                                                                   \
	.people =                                                                                  \
		PERSON("akut", "manager='dir'; deputy='kir';") ", " PERSON("kir", "") ", " PERSON( \
			"dir", "") ", " PERSON("reg", "") ", " PERSON("stod",                      \
								      "roles=['support'];"),       \
	.alerts = ""

START_TEST(a_step_to_the_deputy_of_one_at_work_is_an_escalation)
{
	struct written plan = { .steps = "0 owner; +1wd deputy", DEPUTIES };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	world_to(w, "2026-05-20 10:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation kir: RS-58/HSN-03 +1wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	world_free(w);
}
END_TEST

START_TEST(a_step_to_the_deputy_releases_nothing_that_waits_for_one_at_work)
{
	struct written plan = { .steps = "0 owner deputy; +1wd manager", DEPUTIES };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->refused = "akut";
	world_to(w, "2026-05-20 10:00");
	TELLS(w, "05-15 08:00 alert stod: RS-58/HSN-03 unreached\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	world_free(w);
}
END_TEST

START_TEST(a_step_to_the_deputy_who_stands_in_is_a_reminder)
{
	struct written plan = { .steps = "0 deputy; +1wd manager", DEPUTIES };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-15','until':'2026-05-15'}");
	world_to(w, "2026-05-20 10:00");
	TELLS(w, "05-15 08:00 reminder kir: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	world_free(w);
}
END_TEST

/* ---- nobody is escalated over the head of one who was never reached ------------------------------ */

START_TEST(an_escalation_waits_until_a_reminder_was_accepted)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down = "akut";
	world_to(w, "2026-05-18 23:00");
	TELLS(w, "05-18 08:00 alert stod: RS-58/HSN-03 unreached\n");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 0.0 akut sent: on the papers date 2026-05-15\n"
		  "1 +1wd.0 dir held: held: no reminder of this round has reached akut yet\n");
	w->down = NULL;
	world_to(w, "2026-06-18 23:00"); /* then on the next working day, support not told again */
	TELLS(w, "05-19 07:30 reminder akut: RS-58/HSN-03 0\n"
		 "05-20 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_channel_that_accepted_it_has_reached_them)
{
	struct written plan = {
		.steps = "0 owner; +1wd manager",
		.people = PERSON("akut", "manager='dir'; channels=['mail','hook'];") ", " PERSON(
			"dir", "") ", " PERSON("stod", "roles=['support'];") ", " PERSON("reg", ""),
	};
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down_channel = "mail";
	world_to(w, "2026-05-15 12:00");
	w->down_channel = NULL;
	w->down = "akut";
	world_to(w, "2026-05-29 12:00");
	TELLS(w, "05-15 08:00 reminder akut@hook: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		 "05-20 08:00 alert stod: RS-58/HSN-03 unreached\n"); /* of the mail, expired */
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	world_free(w);
}
END_TEST

/* The mail is tried for five days, and then it expires: all that while, and then, told once. */
START_TEST(support_is_told_once_however_long_nobody_is_reached)
{
	struct written plan = { .steps = "0 owner; +1wd manager; +2wd owner" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down = "akut";
	world_to(w, "2026-06-12 12:00");
	TELLS(w, "05-18 08:00 alert stod: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

START_TEST(what_was_held_while_the_daemon_was_down_waits_for_the_opening)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->down = "akut";
	world_to(w, "2026-05-18 12:00");
	w->down = NULL;
	world_to(w, "2026-05-19 08:30"); /* reached: held until Wed 20 May, 08:00 */
	w->tale[0] = '\0';
	world_sleep(w, "2026-05-20 20:00");
	world_to(w, "2026-05-29 12:00");
	TELLS(w, "05-21 07:30 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(one_who_is_never_reached_is_never_escalated_and_told_of_once)
{
	struct world *w = world_new("2026-04-22 12:00", &(struct written){ 0 });

	w->refused = "akut";
	world_to(w, "2026-12-31 23:59");
	TELLS(w, "04-29 08:00 alert stod: RS-58/HSN-03 unreached\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	world_free(w);
}
END_TEST

START_TEST(an_escalation_that_was_held_goes_although_the_next_reminder_fails)
{
	struct written plan = { .steps = "-2wd owner; 0 owner manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	world_to(w, "2026-05-13 10:00");
	w->refused = "akut";
	world_to(w, "2026-06-13 10:00");
	TELLS(w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-15 08:00 escalation dir: RS-58/HSN-03 0\n"
		 "05-15 08:00 alert stod: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

/* ---- rounds -------------------------------------------------------------------------------------- */

START_TEST(an_extension_begins_a_round_whose_past_steps_are_silent)
{
	struct world *w = world_new("2026-04-22 12:00", &(struct written){ 0 });

	world_to(w, "2026-05-11 12:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'RS 2026-05-11 § 3'}");
	world_to(w, "2026-05-27 12:00");
	/* -10wd was 5 May, before the round; -5wd is 12 May, though it was sent in the first round. */
	TELLS(w, "05-11 12:00 moved akut: RS-58 moved\n"
		 "05-11 12:00 moved reg: RS-58 moved\n"
		 "05-12 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "05-18 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-20 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-21 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		 "05-21 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		 "05-25 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		 "05-27 08:00 escalation stod: RS-58/HSN-03 +3wd\n");
	world_free(w);
}
END_TEST

START_TEST(in_a_new_round_the_owner_must_be_reached_anew)
{
	struct written plan = { .steps = "-2wd owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	world_to(w, "2026-05-13 12:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-25','reference':'§ 3'}");
	world_to(w, "2026-05-18 12:00");
	w->tale[0] = '\0';
	w->refused = "akut"; /* -2wd is Thu 21 May */
	world_to(w, "2026-06-18 12:00");
	TELLS(w, "05-21 08:00 alert stod: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/walk", UNIT_ROWS(a_plan_is_loaded_at_any_time, UNIT_COUNT(first_loads)),
	   UNIT_ROWS(steps_missed_while_down_come_once, UNIT_COUNT(outages)),
	   UNIT(each_decision_is_marked_with_its_reason),
	   UNIT(a_step_that_reaches_nobody_is_marked_so),
	   UNIT(a_step_to_the_deputy_of_one_at_work_is_an_escalation),
	   UNIT(a_step_to_the_deputy_releases_nothing_that_waits_for_one_at_work),
	   UNIT(a_step_to_the_deputy_who_stands_in_is_a_reminder),
	   UNIT(an_escalation_waits_until_a_reminder_was_accepted),
	   UNIT(a_step_fires_once_for_each_obligation_round_step_repetition_and_person),
	   UNIT(a_channel_that_accepted_it_has_reached_them),
	   UNIT(support_is_told_once_however_long_nobody_is_reached),
	   UNIT(what_was_held_while_the_daemon_was_down_waits_for_the_opening),
	   UNIT(one_who_is_never_reached_is_never_escalated_and_told_of_once),
	   UNIT(an_escalation_that_was_held_goes_although_the_next_reminder_fails),
	   UNIT(an_extension_begins_a_round_whose_past_steps_are_silent),
	   UNIT(in_a_new_round_the_owner_must_be_reached_anew))
