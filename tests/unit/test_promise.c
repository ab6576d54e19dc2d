/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Who gets it: seen, answer by. */
#include "engine/obligation/promise.h"
#include "tests/unit/engine_fixture.h"

static struct world *reminded(const char *steps)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = steps });

	world_to(w, "2026-05-07 12:00");
	w->tale[0] = '\0';
	return w;
}

START_TEST(seen_suppresses_the_senders_steps_up_to_answer_by)
{
	struct world *w = reminded("-5wd owner; -3wd owner; -2wd owner; 0 owner");

	/* -3wd is 11 May and -2wd the 12th: both within; then one reminder on the 13th. */
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}");
	world_to(w, "2026-05-20 12:00");
	TELLS(w, "05-13 08:00 reminder akut: RS-58/HSN-03 seen\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 3);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 -5wd.0 akut sent: 5 working days before the papers date 2026-05-15\n"
		  "1 -3wd.0 akut suppressed: seen: an answer is promised by 2026-05-12\n"
		  "1 -2wd.0 akut suppressed: seen: an answer is promised by 2026-05-12\n"
		  "1 seen.2 akut sent: an answer was promised by 2026-05-12\n"
		  "1 0.0 akut sent: on the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(it_puts_one_reminder_on_the_first_working_day_after_it_merged_with_a_step_of_that_day)
{
	struct world *w = reminded("-5wd owner; -2wd owner; 0 owner");

	/* After Wed 13 comes Ascension: Fri 15, when the step 0 is due. */
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-13'}");
	world_to(w, "2026-05-20 12:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

/* Who owes it and who stood in have each promised: the later of their days is the one that counts. */
static const struct {
	const char *deputys, *owners, *until;
} promised[] = {
	{ "2026-05-12", "2026-05-13", "2026-05-13" },
	{ "2026-05-13", "2026-05-12", "2026-05-13" },
};

START_TEST(of_two_promises_the_later_day_is_the_answers)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner; "
										    "-4wd owner" });
	struct obligation o;
	char data[60];

	HEARD(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-07','deputy':'kir'}");
	world_to(w, "2026-05-08 12:00");
	w->says = "kir";
	snprintf(data, sizeof(data), "{'answer_by':'%s'}", promised[_i].deputys);
	HEARD(w, "seen", "HSN-03", data);
	w->says = NULL;
	snprintf(data, sizeof(data), "{'answer_by':'%s'}", promised[_i].owners);
	HEARD(w, "seen", "HSN-03", data);
	o = obligation_of(w, "RS-58", "HSN-03");
	DAY_IS(promise_until(w->e.ledger, &o), promised[_i].until);
	world_free(w);
}
END_TEST

START_TEST(a_new_seen_replaces_the_former)
{
	struct world *w = reminded("-5wd owner; -2wd owner; 0 owner");

	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-08'}");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-11'}");
	world_to(w, "2026-05-14 12:00");
	TELLS(w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

START_TEST(an_answer_ends_it)
{
	struct world *w = reminded("-5wd owner; -2wd owner; 0 owner");

	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-11'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	world_to(w, "2026-06-14 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(others_are_not_kept_from_theirs)
{
	struct world *w = reminded("-5wd owner; -2wd owner manager");

	HEARD(w, "seen", "RS-58",
	      "{'answer_by':'2026-05-13'}"); /* the deadline: all of theirs in it */
	world_to(w, "2026-06-14 12:00");
	TELLS(w, "05-12 08:00 escalation dir: RS-58/HSN-03 -2wd\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 seen\n");
	world_free(w);
}
END_TEST

START_TEST(a_deputy_promises_for_themself)
{
	struct world *w =
		world_new("2026-05-04 12:00",
			  &(struct written){ .steps = "-5wd owner; -3wd owner; 0 owner" });

	HEARD(w, "absence", "akut", "{'from':'2026-05-04','until':'2026-05-08','deputy':'kir'}");
	world_to(w, "2026-05-08 12:00");
	w->says = "kir";
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}");
	world_to(w, "2026-05-20 12:00");
	/* akut is back, and has promised nothing. */
	TELLS(w, "05-07 08:00 reminder kir: RS-58/HSN-03 -5wd\n"
		 "05-11 08:00 reminder akut: RS-58/HSN-03 -3wd\n"
		 "05-13 08:00 reminder kir: RS-58/HSN-03 seen\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(a_promise_outlives_a_new_round)
{
	struct world *w = reminded("-5wd owner; -2wd owner; 0 owner");

	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-13'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-18','reference':'x'}"); /* -2wd: 13 May */
	world_to(w, "2026-05-29 12:00");
	TELLS(w, "05-07 12:00 moved akut: RS-58 moved\n"
		 "05-07 12:00 moved reg: RS-58 moved\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 seen\n"
		 "05-18 08:00 reminder akut: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(never_past_the_papers_date_which_the_refusal_names)
{
	struct world *w = reminded("-5wd owner");

	REFUSED(w, "seen", "HSN-03", "{'answer_by':'2026-05-16'}", REJECT_BAD_DATA,
		"after 2026-05-15, the papers date of RS-58");
	REFUSED(w, "seen", "HSN-03", "{'answer_by':'2026-05-06'}", REJECT_BAD_DATA,
		"already passed");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-15'}");
	world_free(w);
}
END_TEST

/* The papers date comes nearer than the promised day: by then the answer has to be there. */
START_TEST(never_past_a_papers_date_that_came_nearer)
{
	struct written plan = { .deadlines = ASKING("RS-58", "2026-05-22", ""),
				.steps = "-10wd owner; 0 owner; +1wd owner" };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-21'}");
	plan.deadlines = ASKING("RS-58", "2026-05-19", "");
	world_adopt(w, &plan);
	world_to(w, "2026-05-08 13:00");
	w->tale[0] = '\0'; /* the moved date */
	world_to(w, "2026-05-20 12:00");
	/* On the 19th still promised, on the 20th asked again. */
	TELLS(w, "05-20 08:00 reminder akut: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(only_by_a_person_reminded_of_it)
{
	struct world *w = world_new("2026-05-04 12:00", &(struct written){ .steps = "-5wd owner "
										    "manager" });

	REFUSED(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"akut has not been reminded");
	world_to(w, "2026-05-08 12:00");
	w->says = "dir"; /* was told, not asked */
	REFUSED(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"dir has not been reminded");
	w->says = NULL;
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}");
	REFUSED(w, "seen", "HSN-9", "{'answer_by':'2026-05-12'}", REJECT_UNKNOWN_SUBJECT, "HSN-9");
	world_free(w);
}
END_TEST

/* What a mail tells to type, typed by one who has the socket but no name: the name is what is missing. */
START_TEST(who_says_it_without_a_name_is_told_whose)
{
	struct world *w = world_new("2026-05-08 12:00",
				    &(struct written){ .measures = TWO_MEASURES,
						       .people = PERSON("akut", "") ", " PERSON(
							       "kir", "") ", " PERSON("reg", ""),
						       .alerts = "",
						       .steps = "-5wd owner" });

	w->says = "/local/root";
	REFUSED(w, "seen", "HSN-07", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"a promise is its giver's own: add --as kir");
	REFUSED(w, "seen", "RS-58", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"a promise is its giver's own: add --as ID, of akut, kir");
	w->says = NULL;
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->says = "/local/root";
	REFUSED(w, "seen", "RS-58", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"a promise is its giver's own: add --as kir");
	REFUSED(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"nothing unanswered in HSN-03: there is nothing to pause");
	w->says = "/systems/ekonomi";
	REFUSED(w, "seen", "HSN-07", "{'answer_by':'2026-05-12'}", REJECT_NOT_ALLOWED,
		"/systems/ekonomi is nobody who was reminded: whoever promises the answer says so, "
		"as "
		"/people/ID");
	world_free(w);
}
END_TEST

START_TEST(one_who_was_asked_before_an_extension_may_promise_after_it)
{
	struct world *w = reminded("-5wd owner; -2wd owner");

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-22','reference':'x'}");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-21'}");
	world_free(w);
	/* Not one who owes it no more. */
	w = reminded("-5wd owner; -2wd owner");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-22','reference':'x'}");
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	REFUSED(w, "seen", "HSN-03", "{'answer_by':'2026-05-21'}", REJECT_NOT_ALLOWED,
		"akut has not been reminded");
	world_free(w);
}
END_TEST

START_TEST(of_what_is_late_it_asks_for_no_other_date)
{
	static const char *const dates[] = { "2026-05-14", "2026-05-15", "2026-05-18",
					     "2026-05-20" };
	struct world *w = reminded("-5wd owner; +1wd owner");
	char data[40];

	world_to(w, "2026-05-18 12:00");
	for (size_t i = 0; i < UNIT_COUNT(dates); i++) {
		snprintf(data, sizeof(data), "{'answer_by':'%s'}", dates[i]);
		REFUSED(w, "seen", "HSN-03", data, REJECT_BAD_DATA,
			"a promise is for what is not late yet, and 2026-05-15, the papers date of "
			"RS-58, has passed: answer as soon as you can");
	}
	world_free(w);
}
END_TEST

START_TEST(a_reminder_that_waits_is_moot)
{
	struct world *w = reminded("-5wd owner; -2wd owner");

	w->now = instant_of("2026-05-12 08:00");
	world_decide(w);
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-12'}");
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

UNIT_TESTS(
	"engine/promise", UNIT(seen_suppresses_the_senders_steps_up_to_answer_by),
	UNIT(it_puts_one_reminder_on_the_first_working_day_after_it_merged_with_a_step_of_that_day),
	UNIT_ROWS(of_two_promises_the_later_day_is_the_answers, UNIT_COUNT(promised)),
	UNIT(a_new_seen_replaces_the_former), UNIT(an_answer_ends_it),
	UNIT(others_are_not_kept_from_theirs), UNIT(a_deputy_promises_for_themself),
	UNIT(a_promise_outlives_a_new_round),
	UNIT(never_past_the_papers_date_which_the_refusal_names),
	UNIT(never_past_a_papers_date_that_came_nearer), UNIT(only_by_a_person_reminded_of_it),
	UNIT(who_says_it_without_a_name_is_told_whose),
	UNIT(one_who_was_asked_before_an_extension_may_promise_after_it),
	UNIT(of_what_is_late_it_asks_for_no_other_date), UNIT(a_reminder_that_waits_is_moot))
