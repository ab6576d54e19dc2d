/* SPDX-License-Identifier: Apache-2.0 */
/* What a delivery's result means: asked, reached, or support told of whom it did not reach. */
#include "engine/outbox/result.h"

#include "tests/unit/engine_fixture.h"

static const struct written plan = { .steps = "-2wd owner; 0 owner manager", .alerts = "" };

START_TEST(an_accepted_reminder_counts_as_asked)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-12 08:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").last_asked.us,
			 instant_of("2026-05-12 08:00").us);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 1);
	world_to(w, "2026-05-20 08:00"); /* the manager's message at step 0 is no question */
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 2);
	world_free(w);
}
END_TEST

START_TEST(it_counts_once_a_step_whatever_the_channels)
{
	struct written channels = plan;
	struct world *w;

	channels.steps = "-2wd owner";
	channels.people = PERSON("akut", "channels=['mail','hook'];") ", " PERSON("reg", "");
	w = world_new("2026-05-04 12:00", &channels);
	world_to(w, "2026-05-20 08:00");
	TELLS(w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-12 08:00 reminder akut@hook: RS-58/HSN-03 -2wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	world_free(w);
}
END_TEST

START_TEST(what_is_merged_into_a_reminder_of_their_own_is_no_question_to_them)
{
	struct written merged = plan;
	struct world *w;

	/* dir owes T2 and is told of akut's at the same instant. */
	merged.steps = "-2wd owner; 0 owner manager";
	merged.measures = ONE_MEASURE ", { id='HSN-07'; title='x'; owner='dir'; }";
	w = world_new("2026-05-04 12:00", &merged);
	world_to(w, "2026-05-14 08:00");
	w->tale[0] = '\0';
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-15 08:00 reminder dir: RS-58/HSN-03 0, RS-58/HSN-07 0\n"
		 "05-15 08:00 escalation ordf: RS-58/HSN-07 0\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 2);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").asked, 2);
	world_free(w);
}
END_TEST

START_TEST(an_escalation_does_not_count_in_a_reminder_either)
{
	struct written merged = plan;
	struct world *w;

	/* On 15 May dir is told of akut's A, and asked for their own B. */
	merged.steps = "-2wd owner; 0 manager";
	merged.measures = ONE_MEASURE ", { id='HSN-07'; title='x'; owner='dir'; }";
	merged.deadlines = ASKING("A", "2026-05-15", "") ", " ASKING("B", "2026-05-19", "");
	w = world_new("2026-05-04 12:00", &merged);
	world_to(w, "2026-05-14 08:00");
	w->tale[0] = '\0';
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-15 08:00 reminder dir: A/HSN-03 0, B/HSN-07 -2wd\n"
		 "05-15 08:00 escalation ordf: A/HSN-07 0\n"
		 "05-15 08:00 reminder akut: B/HSN-03 -2wd\n");
	ck_assert_int_eq(obligation_of(w, "A", "HSN-03").asked, 1);
	ck_assert_int_eq(obligation_of(w, "A", "HSN-07").asked, 1);
	ck_assert_int_eq(obligation_of(w, "B", "HSN-07").asked, 1);
	world_free(w);
}
END_TEST

START_TEST(it_counts_for_whoever_owed_it_then_and_stays_with_what_is_owed)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-12 12:00");
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	w->refused = "akut";
	world_to(w, "2026-05-29 12:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 2);
	world_free(w);
}
END_TEST

START_TEST(a_refused_address_is_no_reminder_and_support_is_told)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	w->refused = "akut";
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-12 08:00 alert stod: RS-58/HSN-03 unreached\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 0);
	world_free(w);
}
END_TEST

START_TEST(without_a_support_function_the_stewards_are_told)
{
	struct written stewards = plan;
	struct world *w;

	stewards.people = PERSON("akut", "manager='dir';") ", " PERSON("dir", "") ", " PERSON(
		"reg", "roles=['steward'];");
	w = world_new("2026-05-04 12:00", &stewards);
	w->refused = "akut";
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-12 08:00 alert reg: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

START_TEST(support_that_is_not_reached_itself_is_not_told_of_itself)
{
	struct written many = plan;
	struct world *w;

	many.steps = "-2wd owner; 0 role:support";
	many.people = PERSON("akut", "") ", " PERSON("stod", "roles=['support'];") ", " PERSON(
		"stod2", "roles=['support'];") ", " PERSON("reg", "");
	w = world_new("2026-05-04 12:00", &many);
	w->refused = "stod";
	world_to(w, "2026-06-12 12:00");
	TELLS(w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-15 08:00 escalation stod2: RS-58/HSN-03 0\n"
		 "05-15 08:00 alert stod2: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

START_TEST(a_message_that_tells_support_tells_no_more_when_it_fails)
{
	struct world *w = world_new("2026-05-04 12:00", &plan);

	w->refused = "*";
	world_to(w, "2026-06-12 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(a_refused_message_of_several_tells_of_each_to_whom_and_what_the_server_said)
{
	struct written two = plan;
	struct world *w;
	struct message m[8];
	struct message_content *n;
	int count;

	two.measures = ONE_MEASURE ", { id='HSN-07'; title='x'; owner='akut'; }";
	w = world_new("2026-05-04 12:00", &two);
	world_to(w, "2026-05-12 07:59");
	w->refused = "akut";
	w->down = "stod";
	world_to(w, "2026-05-12 08:00");
	count = ledger_messages(w->e.ledger, 1U << MESSAGE_RETRY, message_id(0), m, 8);
	ck_assert_int_eq(count, 1);
	ck_assert_str_eq(m[0].to, "stod");
	ck_assert_int_eq(message_content_load(&w->e, &m[0], w->now, &n), 0);
	ck_assert_uint_eq(n->count, 2);
	ck_assert_str_eq(n->items[0].measure.text, "HSN-03");
	ck_assert_str_eq(n->items[1].measure.text, "HSN-07");
	ck_assert_str_eq(json_string_value(json_object_get(n->items[0].detail, "person")), "akut");
	ck_assert_str_eq(n->items[0].person, "Namn akut");
	ck_assert_str_eq(json_string_value(json_object_get(n->items[0].detail, "answer")),
			 "550 unknown");
	message_content_free(n);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/outcome", UNIT(an_accepted_reminder_counts_as_asked),
	   UNIT(it_counts_once_a_step_whatever_the_channels),
	   UNIT(what_is_merged_into_a_reminder_of_their_own_is_no_question_to_them),
	   UNIT(an_escalation_does_not_count_in_a_reminder_either),
	   UNIT(it_counts_for_whoever_owed_it_then_and_stays_with_what_is_owed),
	   UNIT(a_refused_address_is_no_reminder_and_support_is_told),
	   UNIT(without_a_support_function_the_stewards_are_told),
	   UNIT(support_that_is_not_reached_itself_is_not_told_of_itself),
	   UNIT(a_message_that_tells_support_tells_no_more_when_it_fails),
	   UNIT(a_refused_message_of_several_tells_of_each_to_whom_and_what_the_server_said))
