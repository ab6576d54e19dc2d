/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Answers: what the receiving body decides, and what it requires. */
#include "tests/unit/engine_fixture.h"

static const struct written handed_in = { .deadlines = HANDED_IN("RS-58", "2026-05-15", ""),
					  .steps = "-5wd owner; 0 owner; +1wd manager",
					  .measures = TWO_MEASURES };

/* akut has answered, kir has not; handed in on 8 May. */
static struct world *submitted(const struct written *plan)
{
	struct world *w = world_new("2026-05-04 12:00", plan);

	world_to(w, "2026-05-08 10:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	world_to(w, "2026-05-11 10:00");
	w->tale[0] = '\0';
	return w;
}

START_TEST(noted_closes_it_and_is_told)
{
	struct world *w = submitted(&handed_in);

	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 71'}");
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-11 10:00 confirmation reg: RS-58 outcome\n"
		 "05-11 10:00 confirmation ordf: RS-58 outcome\n");
	ck_assert_int_eq(deadline_of(w, "RS-58").outcome, OUTCOME_NOTED);
	ck_assert_str_eq(deadline_of(w, "RS-58").outcome_reference, "RS § 71");
	DEADLINE_IS(w, "RS-58", SUBMITTED);
	world_free(w);
}
END_TEST

/* The body has it on its table, whether anybody told of that or not. */
START_TEST(what_was_decided_on_has_been_handed_in)
{
	struct world *w = world_new("2026-05-04 12:00", &handed_in);

	REFUSED(w, "outcome", "HSN-03", "{'outcome':'noted','reference':'x'}",
		REJECT_UNKNOWN_SUBJECT, "is a measure");
	world_to(w, "2026-05-08 10:00");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'approved','reference':'RS § 71'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").phase, PHASE_WITHDRAWN);
	ck_assert_str_eq(deadline_of(w, "RS-58").reference, "RS § 71");
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-08 10:00 confirmation reg: RS-58 outcome\n"
		 "05-08 10:00 confirmation ordf: RS-58 outcome\n");
	world_free(w);
}
END_TEST

START_TEST(the_body_may_come_back_to_it)
{
	struct world *w = submitted(&handed_in);

	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 71'}");
	REFUSED(w, "outcome", "RS-58",
		"{'outcome':'returned','reference':'RS § 80','due':'2026-05-08'}", REJECT_BAD_DATA,
		"has already passed");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 80','due':'2026-05-22'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 81','due':'2026-05-29'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 3);
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-29");
	world_free(w);
}
END_TEST

START_TEST(returned_gives_the_date_the_answer_is_in_and_starts_a_new_round)
{
	struct world *w = submitted(&handed_in);
	struct obligation o;

	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-22'}");
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.phase, PHASE_LIVE);
	ck_assert_int_eq(o.round, 2);
	DAY_IS(o.papers, "2026-05-22");
	DAY_IS(o.papers_original, "2026-05-15"); /* old dates stay visible */
	DAY_IS(deadline_of(w, "RS-58").papers_original, "2026-05-15");
	DEADLINE_IS(w, "RS-58", OPEN);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").phase, PHASE_LIVE);
	world_to(w, "2026-05-22 12:00");
	/* -5wd is 15 May. */
	TELLS(w, "05-11 10:00 moved ordf: RS-58 returned\n"
		 "05-11 10:00 moved akut: RS-58 returned\n"
		 "05-11 10:00 moved kir: RS-58 returned\n"
		 "05-11 10:00 moved reg: RS-58 returned\n"
		 "05-15 08:00 reminder ordf: RS-58 -5wd\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "05-15 08:00 reminder kir: RS-58/HSN-07 -5wd\n"
		 "05-22 08:00 reminder ordf: RS-58 0\n"
		 "05-22 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-22 08:00 reminder kir: RS-58/HSN-07 0\n");
	world_free(w);
}
END_TEST

START_TEST(after_returned_only_statuses_with_a_later_time_count)
{
	struct world *w = submitted(&handed_in);

	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-22'}");
	world_to(w, "2026-05-12 12:00");
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-05-11 10:00",
				    "{'status':'on-track'}"),
			 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-05-11 10:01",
				    "{'status':'on-track'}"),
			 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	world_free(w);
}
END_TEST

START_TEST(what_is_closed_or_has_left_stays_so)
{
	struct world *w = world_new("2026-05-04 12:00", &handed_in);

	world_to(w, "2026-05-08 10:00");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-22'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

/* Done when the deadline is returned, and under way again: the return holds for it as for the others. */
START_TEST(what_comes_back_after_the_return_owes_by_its_date_and_with_a_later_time)
{
	struct world *w = world_new("2026-05-04 12:00", &handed_in);

	HEARD(w, "status", "HSN-03", "{'status':'done'}"); /* before the window opens */
	world_to(w, "2026-05-08 10:00");
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	HEARD(w, "status", "HSN-07", "{'status':'cancelled'}");
	world_to(w, "2026-05-11 10:00");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-29'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_WITHDRAWN);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").phase, PHASE_WITHDRAWN);
	w->tale[0] = '\0';
	world_to(w, "2026-05-11 12:00"); /* their owners have nothing to hear of it */
	TELLS(w, "05-11 10:00 moved ordf: RS-58 returned\n"
		 "05-11 10:00 moved reg: RS-58 returned\n");
	world_to(w, "2026-05-20 12:00");
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-05-11 09:00",
				    "{'status':'on-track'}"),
			 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-29");
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").phase, PHASE_ANSWERED);
	world_free(w);
}
END_TEST

START_TEST(what_is_returned_is_its_new_owner_s)
{
	struct world *w = submitted(&handed_in);

	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-22'}");
	ck_assert_str_eq(obligation_of(w, "RS-58", "HSN-03").owner, "kir");
	ck_assert_str_eq(obligation_of(w, "RS-58", "").owner, "ordf");
	world_free(w);
}
END_TEST

/* Under way again after the papers date it stayed withdrawn; the return opens it with the rest. */
START_TEST(returned_opens_what_a_closed_measure_had_withdrawn)
{
	struct world *w = world_new("2026-05-04 12:00", &handed_in);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	world_to(w, "2026-05-18 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_WITHDRAWN);
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-29'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

START_TEST(a_measure_added_after_the_return_answers_with_a_later_time)
{
	struct written more = handed_in;
	struct world *w = submitted(&handed_in);

	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-13'}");
	more.measures = TWO_MEASURES ", { id='HSN-09'; title='Ny'; owner='kir'; }";
	world_adopt(w, &more);
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-09", "2026-05-11 09:00",
				    "{'status':'on-track'}"),
			 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-09").phase, PHASE_LIVE);
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-09", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-09").phase, PHASE_ANSWERED);
	world_free(w);
}
END_TEST

START_TEST(handed_in_again_it_is_decided_on_anew)
{
	struct world *w = submitted(&handed_in);

	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 71','due':'2026-05-18'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 2); /* near as it is */
	world_to(w, "2026-05-12 12:00");
	w->tale[0] = '\0';
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 80'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'approved','reference':'RS § 90'}");
	ck_assert_int_eq(deadline_of(w, "RS-58").outcome, OUTCOME_APPROVED);
	world_free(w);
}
END_TEST

/* A list of the last answer's remarks; NULL when there is none. */
static json_t *remarks_of(const struct world *w, const char *list)
{
	return json_object_get(w->remarks, list);
}

/* ---- require ------------------------------------------------------------------------------------ */

static const struct written requiring = {
	.deadlines =
		ASKING("RS-58", "2026-05-15", "require=['effect_forecast','note'];") ", " ASKING(
			"RS-70", "2026-05-15", ""),
	.steps = "-5wd owner; 0 owner",
};

START_TEST(one_that_lacks_a_required_field_is_accepted_says_what_is_missing_and_stays_open)
{
	struct world *w = world_new("2026-05-04 12:00", &requiring);
	json_t *expected = json_loads("[{\"deadline\":\"RS-58\",\"fields\":"
				      "[\"effect_forecast\",\"note\"]}]",
				      0, NULL);

	world_to(w, "2026-05-08 10:00");
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	ck_assert(json_equal(remarks_of(w, "missing"), expected));
	json_decref(expected);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "RS-70", "HSN-03").phase, PHASE_ANSWERED);
	/* Not even when it is done: the body has asked for it. */
	HEARD(w, "status", "HSN-03", "{'status':'done','effect_forecast':1}");
	ck_assert_uint_eq(json_array_size(remarks_of(w, "missing")), 1);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	HEARD(w, "status", "HSN-03", "{'status':'at-risk','effect_forecast':1,'note':'x'}");
	ck_assert_ptr_null(remarks_of(w, "missing"));
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	world_free(w);
}
END_TEST

START_TEST(the_answer_says_what_is_missing_for_each_deadline)
{
	struct written plan = requiring;
	struct world *w;
	json_t *expected = json_loads("[{\"deadline\":\"A\",\"fields\":[\"note\"]},"
				      "{\"deadline\":\"B\",\"fields\":[\"progress\"]}]",
				      0, NULL);

	plan.deadlines = ASKING("A", "2026-05-15", "require=['note'];") ", " ASKING(
		"B", "2026-05-15", "require=['progress'];");
	w = world_new("2026-05-08 10:00", &plan);
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	ck_assert(json_equal(remarks_of(w, "missing"), expected));
	json_decref(expected);
	world_free(w);
}
END_TEST

START_TEST(before_the_window_nothing_is_missing)
{
	struct world *w = world_new("2026-05-04 12:00", &requiring);

	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	ck_assert_ptr_null(remarks_of(w, "missing"));
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/decision", UNIT(noted_closes_it_and_is_told),
	   UNIT(what_was_decided_on_has_been_handed_in), UNIT(the_body_may_come_back_to_it),
	   UNIT(returned_gives_the_date_the_answer_is_in_and_starts_a_new_round),
	   UNIT(after_returned_only_statuses_with_a_later_time_count),
	   UNIT(what_is_closed_or_has_left_stays_so),
	   UNIT(what_comes_back_after_the_return_owes_by_its_date_and_with_a_later_time),
	   UNIT(what_is_returned_is_its_new_owner_s),
	   UNIT(returned_opens_what_a_closed_measure_had_withdrawn),
	   UNIT(a_measure_added_after_the_return_answers_with_a_later_time),
	   UNIT(handed_in_again_it_is_decided_on_anew),
	   UNIT(one_that_lacks_a_required_field_is_accepted_says_what_is_missing_and_stays_open),
	   UNIT(the_answer_says_what_is_missing_for_each_deadline),
	   UNIT(before_the_window_nothing_is_missing))
