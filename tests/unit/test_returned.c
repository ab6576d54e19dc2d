/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happens to a deadline that has been handed in, has given way or is still to come: it is returned,
 * extended, or its meeting moves.
 */
#include "tests/unit/ask.h"
#include "tests/unit/unit.h"

#define AT(date) "{ body='RS'; from='" date "'; }"
#define SHORT "-5wd owner; 0 owner; +1wd manager"
/* Windows open on 22 April (30 April), 22 May (29 May), 22 June (30 June). */
static const struct written monthly = {
	.deadlines = HANDED_IN("M", "2026-04-30", "every='RRULE:FREQ=MONTHLY;BYMONTHDAY=-1';"),
	.steps = SHORT,
	.measures = TWO_MEASURES,
};
static const struct written single = { .deadlines = HANDED_IN("RS-58", "2026-05-15", ""),
				       .steps = SHORT,
				       .measures = TWO_MEASURES };

static int last_return(void *userdata, const struct message *m, const struct item *item)
{
	(void)m;
	if (item->what == ITEM_RETURNED && !item->moot)
		snprintf(userdata, 200, "%s", item->detail);
	return 0;
}

/* Before either has left, an extension too: what it says is from where they were at first. */
START_TEST(a_return_makes_what_waits_to_say_of_an_earlier_one_moot)
{
	struct world *w = asked_world("2026-05-04 12:00", &single);
	char detail[200] = "";

	world_to(w, "2026-05-11 18:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "HSN-07", "{'due':'2026-05-22','reference':'x','deadline':'RS-58'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'R1','due':'2026-06-10'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'R3','due':'2026-06-08'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-09','reference':'x'}");
	ck_assert_int_eq(ledger_items_about(w->e.ledger, deadline_id("RS-58"), measure_id(""),
					    last_return, detail),
			 0);
	ck_assert_str_eq(detail, "{\"due\":\"2026-05-15\",\"papers\":\"2026-05-15\","
				 "\"reference\":\"R3\",\"by\":\"/people/akut\","
				 "\"extension\":{\"reference\":\"x\"}}");
	world_to(w, "2026-05-12 07:59");
	TELLS(w, "05-12 07:30 moved ordf: RS-58 returned\n"
		 "05-12 07:30 moved akut: RS-58 returned\n"
		 "05-12 07:30 moved kir: RS-58 returned\n"
		 "05-12 07:30 moved reg: RS-58 returned\n");
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* ---- what was superseded ----------------------------------------------------------------------- */

START_TEST(what_was_superseded_is_not_returned_or_extended)
{
	struct world *w = world_new("2026-04-20 12:00", &monthly);

	world_to(w, "2026-05-25 12:00");
	DEADLINE_IS(w, "M@2026-04-30", SUPERSEDED);
	REFUSED(w, "outcome", "M@2026-04-30",
		"{'outcome':'returned','reference':'RS § 9','due':'2026-06-10'}", REJECT_BAD_DATA,
		"M@2026-04-30 has given way to a later one: M@2026-05-29 is open");
	REFUSED(w, "extend", "M@2026-04-30", "{'due':'2026-06-10','reference':'x'}",
		REJECT_BAD_DATA, "M@2026-05-29 is open");
	REFUSED(w, "extend", "HSN-03",
		"{'due':'2026-06-10','reference':'x','deadline':'M@2026-04-30'}", REJECT_BAD_DATA,
		"M@2026-05-29 is open");
	DEADLINE_IS(w, "M@2026-04-30", SUPERSEDED);
	DAY_IS(deadline_of(w, "M@2026-04-30").due, "2026-04-30");
	world_free(w);
}
END_TEST

/* The chair hands it in after all, and the body sends it back: the chair owes it, nobody else. */
START_TEST(what_was_superseded_and_handed_in_after_all_is_returned_to_who_handed_it_in)
{
	struct world *w = asked_world("2026-04-20 12:00", &monthly);

	world_to(w, "2026-05-25 12:00");
	HEARD(w, "submit", "M@2026-04-30", "{'reference':'HSN § 70'}");
	DEADLINE_IS(w, "M@2026-04-30", SUBMITTED);
	ck_assert_int_eq(obligation_of(w, "M@2026-04-30", "").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "M@2026-04-30", "HSN-03").withdrawal,
			 WITHDRAWN_SUPERSEDED);
	HEARD(w, "outcome", "M@2026-04-30",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-06-10'}");
	DEADLINE_IS(w, "M@2026-04-30", OPEN);
	ck_assert_int_eq(obligation_of(w, "M@2026-04-30", "").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "M@2026-04-30", "HSN-03").withdrawal,
			 WITHDRAWN_SUPERSEDED);
	world_to(w, "2026-06-10 23:59");
	DEADLINE_IS(w, "M@2026-04-30", OPEN);
	world_to(w, "2026-06-11 00:00"); /* its own date is past again */
	DEADLINE_IS(w, "M@2026-04-30", SUPERSEDED);
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* ---- what is still to come --------------------------------------------------------------------- */

START_TEST(a_return_opens_the_window_of_one_to_come_and_the_former_keeps_its_date)
{
	struct world *w = asked_world("2026-04-20 12:00", &monthly);

	world_to(w, "2026-04-28 12:00");
	HEARD(w, "outcome", "M@2026-05-29",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-05-20'}");
	ck_assert(!instant_is_none(deadline_of(w, "M@2026-05-29").opened_at));
	DEADLINE_IS(w, "M@2026-04-30", OPEN);
	HEARD(w, "extend", "M@2026-04-30", "{'due':'2026-05-08','reference':'x'}");
	DEADLINE_IS(w, "M@2026-04-30", OPEN);
	ck_assert_int_eq(obligation_of(w, "M@2026-04-30", "HSN-03").phase, PHASE_LIVE);
	world_to(w, "2026-05-08 23:59");
	DEADLINE_IS(w, "M@2026-04-30", OPEN);
	ask_verify(w);
	world_to(w, "2026-05-09 00:00");
	DEADLINE_IS(w, "M@2026-04-30", SUPERSEDED);
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(two_to_come_that_are_returned_follow_from_the_log)
{
	struct world *w = asked_world("2026-04-24 12:00", &monthly);

	HEARD(w, "outcome", "M@2026-05-29",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-05-12'}");
	HEARD(w, "outcome", "M@2026-06-30",
	      "{'outcome':'returned','reference':'RS § 10','due':'2026-05-19'}");
	for (const char *const *at =
		     (const char *const[]){ "2026-04-24 12:01", "2026-05-13 12:00",
					    "2026-05-25 12:00", "2026-07-15 12:00", NULL };
	     *at; at++) {
		world_to(w, *at);
		ask_verify(w);
	}
	asked_free(w);
}
END_TEST

/* A month mistyped: it would have opened its window at once. */
START_TEST(an_extension_does_not_open_a_window_that_is_to_come)
{
	struct world *w = world_new("2026-04-20 12:00", &monthly);

	world_to(w, "2026-04-23 12:00");
	REFUSED(w, "extend", "M@2026-05-29", "{'due':'2026-04-29','reference':'x'}",
		REJECT_BAD_DATA, "2026-05-29");
	HEARD(w, "extend", "M@2026-05-29", "{'due':'2026-06-05','reference':'x'}");
	ck_assert(instant_is_none(deadline_of(w, "M@2026-05-29").opened_at));
	DEADLINE_IS(w, "M@2026-04-30", OPEN);
	ck_assert_int_eq(obligation_of(w, "M@2026-04-30", "HSN-03").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

/* ---- extensions -------------------------------------------------------------------------------- */

START_TEST(an_extension_is_a_later_date_than_the_one_that_stands)
{
	struct world *w = world_new("2026-05-04 12:00", &single);

	REFUSED(w, "extend", "RS-58", "{'due':'2026-05-12','reference':'x'}", REJECT_BAD_DATA,
		"`due` 2026-05-12 is not after 2026-05-15, the date that stands for RS-58");
	REFUSED(w, "extend", "RS-58", "{'due':'2026-05-15','reference':'x'}", REJECT_BAD_DATA,
		"2026-05-15");
	REFUSED(w, "extend", "RS-58", "{'due':'2026-05-16','reference':'x'}", REJECT_BAD_DATA,
		"2026-05-15"); /* a Saturday, which is that Friday */
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-29','reference':'x'}");
	REFUSED(w, "extend", "HSN-03", "{'due':'2026-05-14','reference':'x','deadline':'RS-58'}",
		REJECT_BAD_DATA, "2026-05-15");
	world_free(w);
}
END_TEST

START_TEST(an_extension_is_corrected_to_no_earlier_than_the_original)
{
	struct world *w = world_new("2026-05-04 12:00", &single);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-29','reference':'x'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-20");
	REFUSED(w, "extend", "RS-58", "{'due':'2026-05-13','reference':'x'}", REJECT_BAD_DATA,
		"`due` 2026-05-13 is before 2026-05-15, the original date of RS-58, which stands "
		"at 2026-05-20");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-15','reference':'x'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-15");

	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-29','reference':'x','deadline':'RS-58'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-21','reference':'x','deadline':'RS-58'}");
	REFUSED(w, "extend", "HSN-03", "{'due':'2026-05-13','reference':'x','deadline':'RS-58'}",
		REJECT_BAD_DATA, "the original date of RS-58 for HSN-03");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-21");
	world_free(w);
}
END_TEST

START_TEST(an_earlier_date_that_an_earlier_version_took_follows_from_the_log)
{
	struct world *w = asked_world("2026-05-04 12:00", &single);

	w->e.marks = w->e.ledger; /* it is taken as it would be from the log */
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-12','reference':'x'}");
	w->e.marks = NULL;
	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-12");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(after_a_return_an_extension_is_later_than_what_that_gave)
{
	struct world *w = world_new("2026-05-04 12:00", &single);

	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-05-29'}");
	REFUSED(w, "extend", "RS-58", "{'due':'2026-05-22','reference':'x'}", REJECT_BAD_DATA,
		"2026-05-29");
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-05','reference':'x'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-01','reference':'x'}");
	REFUSED(w, "extend", "RS-58", "{'due':'2026-05-28','reference':'x'}", REJECT_BAD_DATA,
		"before 2026-05-29");
	world_free(w);
}
END_TEST

/* ---- what has been handed in ------------------------------------------------------------------- */

START_TEST(what_is_handed_in_follows_its_meeting_and_nobody_is_told)
{
	struct written plan = single;
	struct world *w;

	plan.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " HANDED_IN(
		"RS-K", "meeting RS 2026-05", "every='meeting RS';");
	plan.meetings = AT("2026-05-26");
	w = world_new("2026-05-11 12:00", &plan);
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	HEARD(w, "submit", "RS-K", "{'reference':'HSN § 71'}");
	world_to(w, "2026-05-12 12:00");
	w->tale[0] = '\0';
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	DAY_IS(deadline_of(w, "RS-58").due, "2026-06-02");
	DAY_IS(deadline_of(w, "RS-58").due_original, "2026-05-26");
	DAY_IS(obligation_of(w, "RS-58", "").due, "2026-06-02");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due, "2026-06-02");
	DAY_IS(deadline_of(w, "RS-K@2026-05-26").due, "2026-06-02");
	DEADLINE_IS(w, "RS-58", SUBMITTED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").round, 1);
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(a_return_makes_the_hand_over_of_the_day_moot)
{
	struct world *w = world_new("2026-05-04 12:00", &single);

	world_to(w, "2026-05-08 18:00"); /* a Friday, after the hours */
	w->tale[0] = '\0';
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 8'}");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-05-29'}");
	world_to(w, "2026-05-11 12:00");
	TELLS(w, "05-11 07:30 moved ordf: RS-58 returned\n"
		 "05-11 07:30 moved akut: RS-58 returned\n"
		 "05-11 07:30 moved kir: RS-58 returned\n"
		 "05-11 07:30 moved reg: RS-58 returned\n");
	world_free(w);
}
END_TEST

static void has(struct world *w, enum request which, const char *params, const char *member,
		const char *expected)
{
	json_t *rows = ask(w, which, params);
	char *text = json_dumps(json_object_get(json_array_get(rows, 0), member),
				JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

	ck_assert_str_eq(text, expected);
	free(text);
	json_decref(rows);
}

START_TEST(a_hand_over_that_was_returned_stays_as_history)
{
	static const char before[] =
		"{\"at\":\"2026-05-08T10:00:00+02:00\",\"reference\":\"HSN § 70\"}";
	struct world *w = asked_world("2026-05-04 12:00", &single);

	world_to(w, "2026-05-08 10:00");
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	has(w, QUERY_SHOW, "{'item':'RS-58'}", "submitted", before);
	has(w, QUERY_SHOW, "{'item':'RS-58'}", "submitted_before", "null");
	world_to(w, "2026-05-11 10:00");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-05-29'}");
	has(w, QUERY_SHOW, "{'item':'RS-58'}", "submitted", "null");
	has(w, QUERY_SHOW, "{'item':'RS-58'}", "submitted_before", before);
	has(w, QUERY_REPORT, "{'deadline':'RS-58'}", "submitted_at", "null");
	has(w, QUERY_REPORT, "{'deadline':'RS-58'}", "reference", "null");
	has(w, QUERY_REPORT, "{'deadline':'RS-58'}", "submitted_before", before);
	ask_verify(w);
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 90'}");
	has(w, QUERY_REPORT, "{'deadline':'RS-58'}", "reference", "\"HSN § 90\"");
	has(w, QUERY_REPORT, "{'deadline':'RS-58'}", "submitted_before", "null");
	ask_verify(w);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/apply/returned", UNIT(a_return_makes_what_waits_to_say_of_an_earlier_one_moot),
	   UNIT(what_was_superseded_is_not_returned_or_extended),
	   UNIT(what_was_superseded_and_handed_in_after_all_is_returned_to_who_handed_it_in),
	   UNIT(a_return_opens_the_window_of_one_to_come_and_the_former_keeps_its_date),
	   UNIT(two_to_come_that_are_returned_follow_from_the_log),
	   UNIT(an_extension_does_not_open_a_window_that_is_to_come),
	   UNIT(an_extension_is_a_later_date_than_the_one_that_stands),
	   UNIT(an_extension_is_corrected_to_no_earlier_than_the_original),
	   UNIT(an_earlier_date_that_an_earlier_version_took_follows_from_the_log),
	   UNIT(after_a_return_an_extension_is_later_than_what_that_gave),
	   UNIT(what_is_handed_in_follows_its_meeting_and_nobody_is_told),
	   UNIT(a_return_makes_the_hand_over_of_the_day_moot),
	   UNIT(a_hand_over_that_was_returned_stays_as_history))
