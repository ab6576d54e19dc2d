/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Who gets it: absent recipients. */
#include "engine/outbox/answerer.h"
#include "ledger/lists.h"
#include "tests/unit/engine_fixture.h"

#define DEPUTY PERSON("akut", "manager='dir'; deputy='kir';")
#define OTHERS                                                                     \
	PERSON("kir", "manager='dir';")                                            \
	", " PERSON("dir", "manager='ordf';") ", " PERSON("ordf", "") ", " PERSON( \
		"stod", "roles=['support'];") ", " PERSON("reg", "roles=['registrar'];")
static const struct written with_deputy = { .people = DEPUTY ", " OTHERS };

START_TEST(absent_the_deputy_of_the_event_gets_it)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner; "
										    "-2wd owner; "
										    "0 owner" });

	world_to(w, "2026-05-04 12:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-12','deputy':'kir'}");
	world_to(w, "2026-06-01 12:00");
	/* Both days inclusive. */
	TELLS(w, "05-07 08:00 reminder kir: RS-58/HSN-03 -5wd\n"
		 "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 3);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -5wd.0 akut suppressed: absent 2026-05-07 to 2026-05-12; it goes to kir\n"
		  "1 -5wd.0 kir sent: 5 working days before the papers date 2026-05-15\n"
		  "1 -2wd.0 akut suppressed: absent 2026-05-07 to 2026-05-12; it goes to kir\n"
		  "1 -2wd.0 kir sent: 2 working days before the papers date 2026-05-15\n"
		  "1 0.0 akut sent: on the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

/* Who gets the step of 12 May when akut, whose deputy in the plan is kir, is away then. */
static const struct {
	int line;
	const char *said[3][2]; /* person, data */
	const char *tale;
} stand_ins[] = {
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-12','until':'2026-05-12'}" } },
	  "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n" },
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-12','until':'2026-05-12','deputy':'reg'}" } },
	  "05-12 08:00 reminder reg: RS-58/HSN-03 -2wd\n" },
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-11','until':'2026-05-11'}" } },
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-13','until':'2026-05-13'}" } },
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
	/* A deputy who is away is none: the plan's then, or nobody. */
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-12','until':'2026-05-12','deputy':'reg'}" },
	    { "reg", "{'from':'2026-05-12','until':'2026-05-12','deputy':'ordf'}" } },
	  "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n" },
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-12','until':'2026-05-12'}" },
	    { "kir", "{'from':'2026-05-01','until':'2026-05-31','deputy':'ordf'}" } },
	  "05-12 08:00 alert dir: RS-58/HSN-03 absent\n"
	  "05-13 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
	/* Of two that overlap the one told last counts; the same first day replaces. */
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-11','until':'2026-05-13','deputy':'reg'}" },
	    { "akut", "{'from':'2026-05-12','until':'2026-05-12','deputy':'ordf'}" } },
	  "05-12 08:00 reminder ordf: RS-58/HSN-03 -2wd\n" },
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-12','until':'2026-05-12','deputy':'ordf'}" },
	    { "akut", "{'from':'2026-05-11','until':'2026-05-13','deputy':'reg'}" } },
	  "05-12 08:00 reminder reg: RS-58/HSN-03 -2wd\n" },
	{ __LINE__,
	  { { "akut", "{'from':'2026-05-11','until':'2026-05-13','deputy':'reg'}" },
	    { "akut", "{'from':'2026-05-11','until':'2026-05-11','deputy':'reg'}" } },
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
};

START_TEST(the_deputy_of_the_event_else_of_the_plan_if_not_absent)
{
	struct written plan = with_deputy;
	struct world *w;

	plan.steps = "-2wd owner";
	w = world_new("2026-05-08 12:00", &plan);
	for (size_t i = 0; i < 3 && stand_ins[_i].said[i][0]; i++)
		HEARD(w, "absence", stand_ins[_i].said[i][0], stand_ins[_i].said[i][1]);
	world_to(w, "2026-06-01 12:00");
	ck_assert_msg(strcmp(w->tale, stand_ins[_i].tale) == 0, "line %d: told\n%s",
		      stand_ins[_i].line, w->tale);
	world_free(w);
}
END_TEST

START_TEST(without_a_deputy_it_is_held_to_the_first_working_day_after_and_the_manager_told_once)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner; "
										    "-2wd owner; "
										    "+1wd owner" });

	world_to(w, "2026-05-04 12:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-15'}");
	world_to(w, "2026-05-18 12:00");
	/* Sat and Sun follow: Mon 18 May, on which +1wd is due as well: one message. */
	TELLS(w, "05-07 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -5wd.0 akut merged: merged into the step +1wd; was held during an absence\n"
		  "1 -2wd.0 akut merged: merged into the step +1wd; was held during an absence\n"
		  "1 +1wd.0 akut sent: 1 working day after the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(what_is_held_is_sent_on_time_and_says_why_it_waited)
{
	struct world *w = world_new("2026-05-08 12:00", &(struct written){ .steps = "-2wd owner" });

	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-13'}");
	world_to(w, "2026-05-12 12:00");
	MARKS_ARE(
		w, "RS-58", "HSN-03",
		"1 -2wd.0 akut held: absent 2026-05-12 to 2026-05-13 without a deputy; held until "
		"2026-05-15\n");
	world_to(w, "2026-05-15 12:00"); /* the 14th is Ascension */
	TELLS(w, "05-12 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -2wd.0 akut sent: 2 working days before the papers date 2026-05-15; was held "
		  "during an absence\n");
	world_free(w);
}
END_TEST

START_TEST(other_kinds_are_held_as_well_and_the_manager_told_once_a_kind)
{
	struct written plan = { .deadlines = HANDED_IN("RS-58", "2026-05-15", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-05 10:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "reg", "{'from':'2026-05-05','until':'2026-05-08'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	world_to(w, "2026-05-05 11:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-19','reference':'§ 2'}");
	world_to(w, "2026-05-06 10:00");
	/* reg has no manager: support. */
	TELLS(w, "05-05 10:00 moved ordf: RS-58 moved\n"
		 "05-05 10:00 moved akut: RS-58 moved\n"
		 "05-05 10:00 alert stod: RS-58 absent\n"
		 "05-05 11:00 moved ordf: RS-58 moved\n"
		 "05-05 11:00 moved akut: RS-58 moved\n");
	HEARD(w, "submit", "RS-58", "{'reference':'a'}");
	HEARD(w, "submit", "RS-58", "{'reference':'b'}");
	world_to(w, "2026-05-11 07:30");
	TELLS(w, "05-06 10:00 alert stod: RS-58 absent\n"
		 "05-11 07:30 moved reg: RS-58 moved\n"
		 "05-11 07:30 confirmation reg: RS-58 submitted, RS-58 submitted\n");
	world_free(w);
}
END_TEST

START_TEST(one_who_stands_in_and_is_named_besides_gets_it_once)
{
	struct written plan = { .steps = "0 owner; +1wd owner manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-29','deputy':'dir'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-15 08:00 reminder dir: RS-58/HSN-03 0\n"
		 "05-18 08:00 reminder dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(an_escalation_is_not_held_for_an_absent_owner_whose_deputy_was_reached)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-06-29','deputy':'kir'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-15 08:00 reminder kir: RS-58/HSN-03 0\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(an_escalation_waits_while_the_absent_owner_has_no_deputy)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-19'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-15 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-19 08:00 alert stod: RS-58/HSN-03 unreached\n"
		 "05-20 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-21 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(an_absent_manager_gives_way_too)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "dir", "{'from':'2026-05-18','until':'2026-05-18'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-18 08:00 alert ordf: RS-58/HSN-03 absent\n"
		 "05-19 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(who_owes_it_and_stands_in_for_their_manager_is_reminded)
{
	struct written plan = { .steps = "0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "dir", "{'from':'2026-05-18','until':'2026-05-18','deputy':'akut'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_manager_who_is_away_as_well_is_told_by_their_deputy_or_later)
{
	struct written plan = { .steps = "0 owner" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-15','until':'2026-05-15'}");
	HEARD(w, "absence", "dir", "{'from':'2026-05-15','until':'2026-05-15','deputy':'kir'}");
	world_to(w, "2026-05-15 10:00");
	TELLS(w, "05-15 08:00 alert kir: RS-58/HSN-03 absent\n");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-18 08:00 reminder akut: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(one_absence_after_the_other_is_held_to_the_end_of_the_last)
{
	struct written plan = { .steps = "-2wd owner" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-13'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-15','until':'2026-05-15'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-18','until':'2026-05-18','deputy':'kir'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-18','until':'2026-05-19'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-12 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-20 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_late_step_to_who_stands_in_by_then_is_a_reminder)
{
	struct written plan = with_deputy;
	struct world *w;

	plan.steps = "0 owner";
	w = world_new("2026-05-14 10:00", &plan);
	HEARD(w, "absence", "akut", "{'from':'2026-05-18','until':'2026-05-18'}");
	world_sleep(w, "2026-05-18 10:00"); /* past the step of 15 May */
	world_to(w, "2026-05-18 11:00");
	TELLS(w, "05-18 10:00 reminder kir: RS-58/HSN-03 0 late\n");
	world_free(w);
}
END_TEST

START_TEST(a_deputy_of_the_second_absence_gets_what_the_first_held)
{
	struct written plan = { .steps = "-2wd owner" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-13'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-15','until':'2026-05-29','deputy':'kir'}");
	world_to(w, "2026-06-29 10:00");
	TELLS(w, "05-12 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-15 08:00 reminder kir: RS-58/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

/* ---- an absence that becomes known while messages wait -------------------------------------------- */

START_TEST(a_reminder_that_waits_goes_to_the_deputy)
{
	struct world *w = world_new("2026-05-08 12:00", &(struct written){ .steps = "-2wd owner" });

	w->now = instant_of("2026-05-12 08:00");
	world_decide(w); /* posted, not started */
	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-13','deputy':'kir'}");
	world_to(w, "2026-06-01 12:00");
	TELLS(w, "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -2wd.0 akut suppressed: absent 2026-05-12 to 2026-05-13; it goes to kir\n"
		  "1 -2wd.0 kir sent: 2 working days before the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(a_reminder_that_waits_is_held_without_one)
{
	struct world *w = world_new("2026-05-08 12:00", &(struct written){ .steps = "-2wd owner" });

	w->now = instant_of("2026-05-12 08:00");
	world_decide(w);
	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-12'}");
	world_to(w, "2026-06-01 12:00");
	TELLS(w, "05-12 08:00 alert dir: RS-58/HSN-03 absent\n"
		 "05-13 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

START_TEST(another_message_that_waits_goes_to_the_deputy_or_is_held)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ 0 });

	world_to(w, "2026-05-05 20:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-06','deputy':'kir'}");
	HEARD(w, "absence", "reg", "{'from':'2026-05-06','until':'2026-05-06'}");
	world_to(w, "2026-05-07 07:59");
	TELLS(w, "05-06 07:30 moved kir: RS-58 moved\n"
		 "05-06 07:30 alert stod: RS-58 absent\n"
		 "05-07 07:30 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

START_TEST(back_sooner_what_was_held_goes_at_once)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner" });

	world_to(w, "2026-05-05 12:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29'}");
	HEARD(w, "absence", "reg", "{'from':'2026-05-06','until':'2026-05-29'}");
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	world_to(w, "2026-05-11 13:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "reg", "{'from':'2026-05-06','until':'2026-05-08'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-08'}");
	world_to(w, "2026-05-11 14:00");
	TELLS(w, "05-11 13:00 moved akut: RS-58 moved\n"
		 "05-11 13:00 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

START_TEST(a_held_step_goes_at_once_when_they_are_back_sooner)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner" });

	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29'}");
	world_to(w, "2026-05-11 18:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-08'}");
	world_to(w, "2026-05-20 14:00");
	TELLS(w, "05-12 07:30 reminder akut: RS-58/HSN-03 -5wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_held_step_goes_at_once_to_a_deputy_named_later)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner" });

	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29'}");
	world_to(w, "2026-05-11 12:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29','deputy':'kir'}");
	world_to(w, "2026-06-20 14:00");
	TELLS(w, "05-11 12:00 reminder kir: RS-58/HSN-03 -5wd\n");
	world_free(w);
}
END_TEST

/* The first reminder has left, so that those who owe it hear when it moves; it is Monday evening. */
static struct world *waiting_in(const struct written *plan)
{
	struct world *w = world_new("2026-05-04 12:00", plan);

	world_to(w, "2026-05-11 20:00");
	w->tale[0] = '\0';
	return w;
}

/* Of two channels the first speaks for both, to the deputy; what waits on the other is dropped. */
START_TEST(a_message_on_two_channels_goes_to_the_deputy_once)
{
	struct written plan = {
		.people = PERSON("akut", "deputy='kir'; channels=['mail','hook'];") ", " OTHERS,
		.steps = "-12wd owner; -2wd owner",
	};
	struct world *w = waiting_in(&plan);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-12'}");
	world_to(w, "2026-05-13 07:59");
	TELLS(w, "05-12 07:30 moved reg: RS-58 moved\n"
		 "05-12 07:30 moved kir: RS-58 moved\n");
	w->now = instant_of("2026-05-13 08:00");
	world_decide(w);
	HEARD(w, "absence", "akut", "{'from':'2026-05-13','until':'2026-05-13'}");
	world_to(w, "2026-05-29 12:00");
	TELLS(w, "05-13 08:00 reminder kir: RS-58/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

/* They who stand in are told the same themselves, in a message that waits. */
START_TEST(who_stands_in_and_has_it_already_gets_it_once)
{
	struct written plan = { .steps = "-12wd owner; -2wd owner", .measures = TWO_MEASURES };
	struct world *w = waiting_in(&plan);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-19','reference':'§ 2'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-12','deputy':'kir'}");
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-12 07:30 moved kir: RS-58 moved\n"
		 "05-12 07:30 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

static const struct {
	int line;
	const char *steps, *absence, *tale;
} named_besides[] = {
	{ __LINE__, "-2wd owner; 0 owner manager",
	  "{'from':'2026-05-15','until':'2026-06-19','deputy':'dir'}",
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
	  "05-15 08:00 escalation dir: RS-58/HSN-03 0\n" },
	/* It waited there for a reminder to arrive: now it is one. */
	{ __LINE__, "0 owner manager", "{'from':'2026-05-15','until':'2026-06-19','deputy':'dir'}",
	  "05-15 08:00 reminder dir: RS-58/HSN-03 0\n" },
	{ __LINE__, "0 owner manager", "{'from':'2026-05-15','until':'2026-05-15','deputy':'dir'}",
	  "05-15 08:00 reminder dir: RS-58/HSN-03 0\n" },
};

START_TEST(who_stands_in_and_is_named_by_a_step_that_waits_gets_it_once)
{
	struct written plan = { .steps = named_besides[_i].steps };
	struct world *w = world_new("2026-05-11 20:00", &plan);

	world_to(w, "2026-05-15 07:59");
	w->now = instant_of("2026-05-15 08:00");
	world_decide(w);
	HEARD(w, "absence", "akut", named_besides[_i].absence);
	world_to(w, "2026-06-15 09:00");
	ck_assert_msg(strcmp(w->tale, named_besides[_i].tale) == 0, "line %d: told\n%s",
		      named_besides[_i].line, w->tale);
	world_free(w);
}
END_TEST

/* Two things of a kind, which differ in what they are about or in what they say: each once. */
static const struct {
	int line;
	const char *type, *subjects[2], *data[2], *away, *tale;
} of_a_kind[] = {
	{ __LINE__,
	  "submit",
	  { "RS-58", "RS-58" },
	  { "{'reference':'a'}", "{'reference':'b'}" },
	  "reg",
	  "05-12 07:30 confirmation stod: RS-58 submitted, RS-58 submitted\n" },
	{ __LINE__,
	  "status",
	  { "HSN-03", "HSN-07" },
	  { "{'status':'off-track'}", "{'status':'off-track'}" },
	  "dir",
	  "05-12 07:30 alert stod: HSN-03 off-track, HSN-07 off-track\n" },
};

START_TEST(who_stands_in_and_is_told_the_same_gets_each_once)
{
	struct written plan = {
		.measures = TWO_MEASURES,
		.deadlines = "{ id='RS-58'; title='U'; decision='d'; due='2026-05-15';"
			     " answers_from=['HSN-*']; inform=['reg','role:support'];"
			     " ladder='standard'; }",
		.steps = "-2wd owner",
	};
	struct world *w = world_new("2026-05-11 20:00", &plan);
	char data[200];

	for (int i = 0; i < 2; i++) {
		char type[40];

		snprintf(type, sizeof(type), "paminn.%s", of_a_kind[_i].type);
		ck_assert_int_eq(
			world_hear(w, type, of_a_kind[_i].subjects[i], "", of_a_kind[_i].data[i]),
			0);
	}
	snprintf(data, sizeof(data), "{'from':'2026-05-12','until':'2026-05-12','deputy':'stod'}");
	HEARD(w, "absence", of_a_kind[_i].away, data);
	world_to(w, "2026-05-12 07:31");
	ck_assert_msg(strcmp(w->tale, of_a_kind[_i].tale) == 0, "line %d: told\n%s",
		      of_a_kind[_i].line, w->tale);
	world_free(w);
}
END_TEST

/* A step that is repeated: only the repetition that waits goes to the deputy, and back. */
START_TEST(a_repeated_step_goes_to_the_deputy_and_back)
{
	struct written plan = { .steps = "-2wd owner manager every 1wd until 0" };
	struct world *w = world_new("2026-05-11 20:00", &plan);

	world_to(w, "2026-05-15 07:59");
	w->tale[0] = '\0';
	w->now = instant_of("2026-05-15 08:00");
	world_decide(w);
	HEARD(w, "absence", "akut", "{'from':'2026-05-15','until':'2026-05-15','deputy':'kir'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-15','until':'2026-05-15','cancelled':true}");
	world_to(w, "2026-06-15 09:00");
	TELLS(w, "05-15 08:00 escalation dir: RS-58/HSN-03 -2wd\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 3);
	world_free(w);
}
END_TEST

/* Who stands in is away as well, and somebody stands in for them: it is still for whom it was at first. */
START_TEST(what_waits_for_a_deputy_passes_on_to_theirs)
{
	struct world *w = waiting_in(&(struct written){ .steps = "-12wd owner; -2wd owner" });
	struct message_id after = { 0 };
	struct message m;
	struct items items = { 0 };

	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-12','deputy':'kir'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	w->says = "kir";
	HEARD(w, "absence", "kir", "{'from':'2026-05-12','until':'2026-05-12','deputy':'ordf'}");
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-12 07:30 moved reg: RS-58 moved\n"
		 "05-12 07:30 moved ordf: RS-58 moved\n");
	while (ledger_messages(w->e.ledger, 1U << MESSAGE_DELIVERED, after, &m, 1) > 0)
		after = m.id;
	ck_assert_str_eq(m.to, "ordf");
	ck_assert_int_eq(list_items(w->e.ledger, m.id, &items), 0);
	ck_assert_str_eq(items.list[0].stands_for, "akut");
	items_done(&items);
	world_free(w);
}
END_TEST

/* A message that `hold` keeps back, whose recipient goes away meanwhile. */
START_TEST(what_was_kept_back_finds_its_recipient_away)
{
	struct world *w = waiting_in(&(struct written){ .steps = "-12wd owner; -2wd owner" });

	HEARD(w, "absence", "reg", "{'from':'2026-05-13','until':'2026-05-13'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-13','until':'2026-05-13','deputy':'kir'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-29','reference':'§ 1'}");
	world_hold(w, true);
	world_to(w, "2026-05-13 10:00");
	TELLS(w, "");
	world_hold(w, false);
	world_to(w, "2026-05-20 10:00");
	TELLS(w, "05-13 10:00 moved kir: RS-58 moved\n"
		 "05-13 10:00 alert stod: RS-58 absent\n"
		 "05-13 10:00 reminder kir: RS-58/HSN-03 -12wd\n"
		 "05-15 07:30 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

/* A measure's own date is of no deadline: their manager hears of it all the same. */
START_TEST(of_a_measures_date_that_waits_the_manager_hears)
{
	struct written plan = {
		.measures = "{ id='HSN-03'; title='Färre'; owner='akut'; done_by='2026-12-15'; }",
		.steps = "-2wd owner",
	};
	struct world *w = world_new("2026-05-11 12:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-11'}");
	w->says = "/local/anna";
	HEARD(w, "extend", "HSN-03", "{'due':'2027-01-15','reference':'§ 1'}");
	world_to(w, "2026-05-12 07:59");
	TELLS(w, "05-11 12:00 alert dir: HSN-03 absent\n"
		 "05-12 07:30 moved akut: HSN-03 done-by\n");
	world_free(w);
}
END_TEST

/* ---- who is away, as pages ask ------------------------------------------------------------------- */

/* The deputy of an absence is kept when another is told that overlaps it; of those told the last counts. */
static const struct {
	int line;
	const char *from, *until, *named;
} named[] = {
	{ __LINE__, "2026-05-12", "2026-05-12", "-" },
	{ __LINE__, "2026-05-12", "2026-05-13", "kir" },
	{ __LINE__, "2026-05-14", "2026-05-14", "kir" },
	{ __LINE__, "2026-05-15", "2026-05-15", "-" },
	{ __LINE__, "2026-05-18", "2026-05-18", "-" }, /* without a deputy */
	{ __LINE__, "2026-05-01", "2026-05-31", "reg" },
	{ __LINE__, "2026-05-31", "2026-06-30", "-" },
};

START_TEST(a_page_keeps_the_deputy_of_the_absence_that_it_changes)
{
	struct world *w = world_new("2026-05-11 12:00", &(struct written){ 0 });
	const struct person *akut = plan_person(w->e.plan, person_id("akut")), *is;
	struct absences *a = NULL;

	HEARD(w, "absence", "akut", "{'from':'2026-05-13','until':'2026-05-14','deputy':'kir'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-18','until':'2026-05-19'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-25','until':'2026-05-26','deputy':'reg'}");
	HEARD(w, "absence", "kir", "{'from':'2026-05-12','until':'2026-06-26','deputy':'stod'}");
	ck_assert_int_eq(absences_new(&a, &w->e, w->now), 0);
	is = absences_named(a, w->e.plan, akut, day_of(named[_i].from), day_of(named[_i].until));
	ck_assert_msg(strcmp(is ? is->id.text : "-", named[_i].named) == 0, "line %d: %s",
		      named[_i].line, is ? is->id.text : "-");
	absences_free(a);
	world_free(w);
}
END_TEST

/* Whose answer it is to give, when akut owes it, whose deputy in the plan is kir. */
static const struct {
	int line;
	const char *said, *person, *day; /* said: of an absence on 12 May, or NULL */
	enum answerer is;
} answerers[] = {
	{ __LINE__, NULL, "akut", "2026-05-12", ANSWERER_ASKED },
	{ __LINE__, NULL, "kir", "2026-05-12", ANSWERER_DEPUTY },
	{ __LINE__, NULL, "reg", "2026-05-12", ANSWERER_NOBODY },
	{ __LINE__, "", "kir", "2026-05-12", ANSWERER_ASKED },
	{ __LINE__, "", "kir", "2026-05-13", ANSWERER_DEPUTY },
	{ __LINE__, "", "akut", "2026-05-12", ANSWERER_ASKED }, /* who may answer from afar */
	{ __LINE__, "'deputy':'reg',", "reg", "2026-05-12", ANSWERER_ASKED },
	{ __LINE__, "'deputy':'reg',", "reg", "2026-05-13", ANSWERER_NOBODY },
	{ __LINE__, "'deputy':'reg',", "kir", "2026-05-12", ANSWERER_DEPUTY },
	{ __LINE__, "'deputy':'reg',", "dir", "2026-05-12", ANSWERER_NOBODY },
};

START_TEST(who_stands_in_answers_and_the_plans_deputy_reports)
{
	struct world *w = world_new("2026-05-11 12:00", &with_deputy);
	struct absences *a = NULL;
	char data[200];

	if (answerers[_i].said) {
		snprintf(data, sizeof(data), "{%s'from':'2026-05-12','until':'2026-05-12'}",
			 answerers[_i].said);
		HEARD(w, "absence", "akut", data);
	}
	ck_assert_int_eq(absences_new(&a, &w->e, w->now), 0);
	ck_assert_msg(answerer_of(plan_person(w->e.plan, person_id(answerers[_i].person)),
				  plan_person(w->e.plan, person_id("akut")), w->e.plan, a,
				  day_of(answerers[_i].day)) == answerers[_i].is,
		      "line %d", answerers[_i].line);
	absences_free(a);
	world_free(w);
}
END_TEST

/* ---- an absence that is cancelled ----------------------------------------------------------------- */

START_TEST(one_to_come_is_cancelled_whole_and_one_that_runs_from_today_on)
{
	static const struct {
		int line;
		const char *cancelled, *tale;
	} rows[] = {
		{ __LINE__, "{'from':'2026-05-12','until':'2026-05-29','cancelled':true}",
		  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
		{ __LINE__, "{'from':'2026-05-13','until':'2026-05-29','cancelled':true}",
		  "05-12 08:00 alert dir: RS-58/HSN-03 absent\n"
		  "05-13 08:00 reminder akut: RS-58/HSN-03 -2wd\n" },
	};

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		struct world *w =
			world_new("2026-05-04 12:00", &(struct written){ .steps = "-2wd owner" });

		HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-29'}");
		HEARD(w, "absence", "akut", rows[i].cancelled);
		world_to(w, "2026-06-20 14:00");
		ck_assert_msg(strcmp(w->tale, rows[i].tale) == 0, "line %d: told\n%s", rows[i].line,
			      w->tale);
		world_free(w);
	}
}
END_TEST

/* Of several that end on one day: the one that begins then, else the newest. */
static const struct {
	int line;
	const char *cancelled, *tale;
} of_several[] = {
	{ __LINE__, "{'from':'2026-05-11','until':'2026-05-29','cancelled':true}",
	  "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n" },
	{ __LINE__, "{'from':'2026-05-12','until':'2026-05-29','cancelled':true}",
	  "05-12 08:00 reminder ordf: RS-58/HSN-03 -2wd\n" },
	{ __LINE__, "{'from':'2026-05-25','until':'2026-05-29','cancelled':true}",
	  "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n" },
};

START_TEST(of_several_that_end_on_one_day_the_one_meant_is_cancelled)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-2wd owner" });

	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-29','deputy':'ordf'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-12','until':'2026-05-29','deputy':'kir'}");
	HEARD(w, "absence", "akut", of_several[_i].cancelled);
	world_to(w, "2026-05-24 14:00");
	ck_assert_msg(strcmp(w->tale, of_several[_i].tale) == 0, "line %d: told\n%s",
		      of_several[_i].line, w->tale);
	world_free(w);
}
END_TEST

START_TEST(what_a_cancelled_absence_held_goes_at_once)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner" });

	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29'}");
	HEARD(w, "absence", "reg", "{'from':'2026-05-06','until':'2026-05-29'}");
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}");
	world_to(w, "2026-05-11 18:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29','cancelled':true}");
	HEARD(w, "absence", "reg", "{'from':'2026-05-06','until':'2026-05-29','cancelled':true}");
	world_to(w, "2026-05-12 07:59");
	TELLS(w, "05-12 07:30 moved akut: RS-58 moved\n"
		 "05-12 07:30 moved reg: RS-58 moved\n");
	world_free(w);
}
END_TEST

/* What waits for the deputy, who has not got it yet, goes back to whom it was for. */
START_TEST(what_a_cancelled_absence_diverted_goes_back)
{
	struct world *w = world_new("2026-05-04 12:00",
				    &(struct written){ .steps = "-12wd owner; -2wd owner" });

	world_to(w, "2026-05-05 20:00");
	w->tale[0] = '\0';
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-12','deputy':'kir'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'§ 1'}"); /* by kir now */
	HEARD(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-12','cancelled':true}");
	world_to(w, "2026-05-06 12:00");
	TELLS(w, "05-06 07:30 moved reg: RS-58 moved\n"
		 "05-06 07:30 moved akut: RS-58 moved\n");
	w->now = instant_of("2026-05-13 08:00");
	HEARD(w, "absence", "akut", "{'from':'2026-05-13','until':'2026-05-13','deputy':'kir'}");
	world_decide(w); /* posted to kir, not started */
	HEARD(w, "absence", "akut", "{'from':'2026-05-13','until':'2026-05-13','cancelled':true}");
	world_to(w, "2026-05-13 12:00");
	TELLS(w, "05-13 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 2);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -12wd.0 akut sent: 12 working days before the papers date 2026-05-15; sent "
		  "late, the step was already past\n"
		  "1 -2wd.0 akut suppressed: the date was extended from 2026-05-15 to 2026-05-18: "
		  "the ladder begins anew\n"
		  "2 -12wd.0 akut merged: already past when this round began\n"
		  "2 -2wd.0 akut sent: 2 working days before the papers date 2026-05-18; was held "
		  "during an absence\n"
		  "2 -2wd.0 kir suppressed: akut is not away: it goes to them\n");
	world_free(w);
}
END_TEST

/* Of an absence that is not there, or over, there is nothing to cancel. */
START_TEST(only_an_absence_that_stands_is_cancelled)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ 0 });

	REFUSED(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29','cancelled':true}",
		REJECT_BAD_DATA, "akut is not away, nor will be: there is nothing to cancel");
	HEARD(w, "absence", "akut", "{'from':'2026-05-04','until':'2026-05-05'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-29'}");
	REFUSED(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-28','cancelled':true}",
		REJECT_BAD_DATA,
		"akut is not away 2026-05-06 to 2026-05-28; but 2026-05-04 to 2026-05-05, "
		"2026-05-11 to 2026-05-29");
	world_to(w, "2026-06-01 12:00");
	REFUSED(w, "absence", "akut", "{'from':'2026-05-11','until':'2026-05-29','cancelled':true}",
		REJECT_BAD_DATA, "is over");
	world_free(w);
}
END_TEST

START_TEST(a_wrong_absence_is_refused)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ 0 });

	REFUSED(w, "absence", "nemo", "{'from':'2026-05-06','until':'2026-05-29'}",
		REJECT_UNKNOWN_SUBJECT, "no person nemo");
	REFUSED(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29','deputy':'nemo'}",
		REJECT_BAD_DATA, "nemo is no person");
	REFUSED(w, "absence", "akut", "{'from':'2026-05-06','until':'2026-05-29','deputy':'akut'}",
		REJECT_BAD_DATA, "name somebody else");
	REFUSED(w, "absence", "akut", "{'from':'1999-05-06','until':'2026-05-29'}", REJECT_BAD_DATA,
		"check the years");
	REFUSED(w, "absence", "akut", "{'from':'2026-05-06','until':'2101-05-29'}", REJECT_BAD_DATA,
		"check the years");
	world_free(w);
}
END_TEST

UNIT_TESTS(
	"engine/absence", UNIT(absent_the_deputy_of_the_event_gets_it),
	UNIT_ROWS(the_deputy_of_the_event_else_of_the_plan_if_not_absent, UNIT_COUNT(stand_ins)),
	UNIT(without_a_deputy_it_is_held_to_the_first_working_day_after_and_the_manager_told_once),
	UNIT(what_is_held_is_sent_on_time_and_says_why_it_waited),
	UNIT(other_kinds_are_held_as_well_and_the_manager_told_once_a_kind),
	UNIT(one_who_stands_in_and_is_named_besides_gets_it_once),
	UNIT(an_escalation_is_not_held_for_an_absent_owner_whose_deputy_was_reached),
	UNIT(an_escalation_waits_while_the_absent_owner_has_no_deputy),
	UNIT(a_late_step_to_who_stands_in_by_then_is_a_reminder),
	UNIT(an_absent_manager_gives_way_too),
	UNIT(who_owes_it_and_stands_in_for_their_manager_is_reminded),
	UNIT(a_manager_who_is_away_as_well_is_told_by_their_deputy_or_later),
	UNIT(one_absence_after_the_other_is_held_to_the_end_of_the_last),
	UNIT(a_deputy_of_the_second_absence_gets_what_the_first_held),
	UNIT(a_held_step_goes_at_once_to_a_deputy_named_later),
	UNIT(a_reminder_that_waits_goes_to_the_deputy),
	UNIT(a_reminder_that_waits_is_held_without_one),
	UNIT(another_message_that_waits_goes_to_the_deputy_or_is_held),
	UNIT(a_message_on_two_channels_goes_to_the_deputy_once),
	UNIT(who_stands_in_and_has_it_already_gets_it_once),
	UNIT_ROWS(who_stands_in_and_is_named_by_a_step_that_waits_gets_it_once,
		  UNIT_COUNT(named_besides)),
	UNIT_ROWS(who_stands_in_and_is_told_the_same_gets_each_once, UNIT_COUNT(of_a_kind)),
	UNIT(a_repeated_step_goes_to_the_deputy_and_back),
	UNIT(what_waits_for_a_deputy_passes_on_to_theirs),
	UNIT(what_was_kept_back_finds_its_recipient_away),
	UNIT(of_a_measures_date_that_waits_the_manager_hears),
	UNIT_ROWS(a_page_keeps_the_deputy_of_the_absence_that_it_changes, UNIT_COUNT(named)),
	UNIT_ROWS(who_stands_in_answers_and_the_plans_deputy_reports, UNIT_COUNT(answerers)),
	UNIT(back_sooner_what_was_held_goes_at_once),
	UNIT(a_held_step_goes_at_once_when_they_are_back_sooner),
	UNIT(one_to_come_is_cancelled_whole_and_one_that_runs_from_today_on),
	UNIT_ROWS(of_several_that_end_on_one_day_the_one_meant_is_cancelled,
		  UNIT_COUNT(of_several)),
	UNIT(what_a_cancelled_absence_held_goes_at_once),
	UNIT(what_a_cancelled_absence_diverted_goes_back),
	UNIT(only_an_absence_that_stands_is_cancelled), UNIT(a_wrong_absence_is_refused))
