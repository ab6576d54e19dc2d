/* SPDX-License-Identifier: Apache-2.0 */
/* why: each reminder of an item, sent or not, with the reason. */
#include "engine/outbox/bounce.h"
#include "tests/unit/ask.h"

static const struct written plan = {
	.steps = "-5wd owner; -2wd owner; 0 owner; +1wd manager",
	.alerts = "{ when='off-track'; to=['manager']; }",
};

/* "05-12 08:00 akut -2wd sent: reason", a line a row. */
static char *why_of(struct world *w, const char *params)
{
	json_t *rows = ask(w, QUERY_WHY, params), *row;
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	json_array_foreach (rows, i, row) {
		const char *when = json_string_value(json_object_get(row, "when"));
		const char *step = json_string_value(json_object_get(row, "step"));
		const char *deadline = json_string_value(json_object_get(row, "deadline"));
		const char *measure = json_string_value(json_object_get(row, "measure"));

		fprintf(out, "%.5s %.5s %s %s/%s %s %s: %s\n", when + 5, when + 11,
			json_string_value(json_object_get(row, "person")), deadline ? deadline : "",
			measure ? measure : "", step ? step : "-",
			json_string_value(json_object_get(row, "decision")),
			json_string_value(json_object_get(row, "reason")));
	}
	fclose(out);
	json_decref(rows);
	return text;
}

#define WHY_IS(world, params, expected)              \
	do {                                         \
		char *text_ = why_of(world, params); \
		ck_assert_str_eq(text_, expected);   \
		free(text_);                         \
	} while (0)

#define SENT_5WD                                                                          \
	"05-07 08:00 akut RS-58/HSN-03 -5wd sent: 5 working days before the papers date " \
	"2026-05-15; accepted 2026-05-07 08:00\n"

START_TEST(what_is_past_was_accepted_and_what_is_ahead_is_planned)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-11 12:00");
	WHY_IS(w, "{'item':'HSN-03'}",
	       SENT_5WD
	       "05-12 08:00 akut RS-58/HSN-03 -2wd planned: 2 working days before the papers date "
	       "2026-05-15\n"
	       "05-15 08:00 akut RS-58/HSN-03 0 planned: on the papers date 2026-05-15\n"
	       "05-18 08:00 dir RS-58/HSN-03 +1wd planned: 1 working day after the papers date "
	       "2026-05-15\n");
	WHY_IS(w, "{'item':'RS-58','person':'dir'}",
	       "05-18 08:00 dir RS-58/HSN-03 +1wd planned: 1 working day after the papers date "
	       "2026-05-15\n");
	WHY_IS(w, "{'item':'RS-58','person':'kir'}", "");
	asked_free(w);
}
END_TEST

START_TEST(why_did_i_not_get_one_because_you_have_answered)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	WHY_IS(w, "{'item':'RS-58'}",
	       SENT_5WD "05-12 08:00 akut RS-58/HSN-03 -2wd suppressed: answered 2026-05-11 12:00 "
			"(seq 2)\n"
			"05-15 08:00 akut RS-58/HSN-03 0 suppressed: answered 2026-05-11 12:00 "
			"(seq 2)\n"
			"05-18 08:00 dir RS-58/HSN-03 +1wd suppressed: answered 2026-05-11 12:00 "
			"(seq 2)\n");
	asked_free(w);
}
END_TEST

/* What withdraws an obligation before anybody was asked, and what is said of the manager's step. */
static const struct {
	int line;
	const char *type, *subject, *data, *reason;
} withdrawals[] = {
	{ __LINE__, "paminn.submit", "RS-58", "{'reference':'x'}",
	  "the deadline has been submitted" },
	{ __LINE__, "paminn.status", "HSN-03", "{'status':'done'}",
	  "the measure is done or cancelled" },
	{ __LINE__, "paminn.close", "HSN-03", "{'as':'struck','reference':'RS § 7'}",
	  "the body has closed the measure: struck (RS § 7)" },
};

START_TEST(withdrawn_says_what_withdrew_it)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	char expected[200];

	ck_assert_int_eq(world_hear(w, withdrawals[_i].type, withdrawals[_i].subject, "",
				    withdrawals[_i].data),
			 0);
	snprintf(expected, sizeof(expected), "05-18 08:00 dir RS-58/HSN-03 +1wd suppressed: %s\n",
		 withdrawals[_i].reason);
	WHY_IS(w, "{'item':'HSN-03','person':'dir'}", expected);
	asked_free(w);
}
END_TEST

START_TEST(what_was_dropped_before_it_left_was_not_sent)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	w->down = "*";
	world_to(w, "2026-05-07 08:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	WHY_IS(w, "{'item':'RS-58','person':'akut'}",
	       "05-07 08:00 akut RS-58/HSN-03 -5wd suppressed: 5 working days before the papers "
	       "date 2026-05-15; moot before it left: answered\n"
	       "05-12 08:00 akut RS-58/HSN-03 -2wd suppressed: answered 2026-05-07 08:00 "
	       "(seq 2)\n"
	       "05-15 08:00 akut RS-58/HSN-03 0 suppressed: answered 2026-05-07 08:00 "
	       "(seq 2)\n");
	asked_free(w);
}
END_TEST

START_TEST(a_refused_message_failed_and_what_waits_for_it_is_held)
{
	struct world *w = asked_world("2026-05-13 12:00", &plan);

	w->refused = "akut";
	world_to(w, "2026-05-18 12:00");
	WHY_IS(w, "{'item':'RS-58'}",
	       "05-07 08:00 akut RS-58/HSN-03 -5wd merged: merged into the step -2wd\n"
	       "05-12 08:00 akut RS-58/HSN-03 -2wd failed: 2 working days before the papers date "
	       "2026-05-15; sent late, the step was already past; failed: 550 unknown\n"
	       "05-13 12:00 stod RS-58/HSN-03 - sent: alert: somebody could not be reached; "
	       "accepted 2026-05-13 12:00\n"
	       "05-15 08:00 akut RS-58/HSN-03 0 failed: on the papers date 2026-05-15; failed: 550 "
	       "unknown\n"
	       "05-18 08:00 dir RS-58/HSN-03 +1wd held: held: no reminder of this round has "
	       "reached akut yet\n");
	asked_free(w);
}
END_TEST

START_TEST(what_came_back_has_failed_and_says_so)
{
	struct world *w = asked_world("2026-05-13 12:00", &plan);
	struct message m;
	enum bounced ret;

	world_to(w, "2026-05-13 12:00");
	ck_assert_int_eq(ledger_messages(w->e.ledger, 0, message_id(0), &m, 1), 1);
	ck_assert_int_eq(
		bounce_apply(&w->e, &(struct bounce){ m.id, 1, "550 5.1.1 no such user", "5.1.1" },
			     w->now, &ret),
		0);
	ck_assert_int_eq(ret, BOUNCED_DONE);
	WHY_IS(w, "{'item':'RS-58','person':'akut'}",
	       "05-07 08:00 akut RS-58/HSN-03 -5wd merged: merged into the step -2wd\n"
	       "05-12 08:00 akut RS-58/HSN-03 -2wd failed: 2 working days before the papers date "
	       "2026-05-15; sent late, the step was already past; the mail came back: 550 5.1.1 no "
	       "such user\n"
	       "05-15 08:00 akut RS-58/HSN-03 0 planned: on the papers date 2026-05-15\n");
	asked_free(w);
}
END_TEST

START_TEST(what_is_held_is_planned_for_the_day_after_the_next_attempt)
{
	struct world *w = asked_world("2026-05-13 12:00", &plan);

	w->down = "akut";
	world_to(w, "2026-05-18 12:00");
	WHY_IS(w, "{'item':'RS-58','person':'dir'}",
	       "05-18 08:00 dir RS-58/HSN-03 +1wd held: held: no reminder of this round has "
	       "reached akut yet\n"
	       "05-20 08:00 dir RS-58/HSN-03 +1wd planned: 1 working day after the papers date "
	       "2026-05-15; was held until somebody had been reached\n");
	asked_free(w);
}
END_TEST

START_TEST(a_moved_deadline_tells_the_old_rounds_and_the_old_date)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	world_to(w, "2026-05-11 12:00");
	WHY_IS(w, "{'item':'RS-58','person':'akut'}",
	       SENT_5WD
	       "05-11 12:00 akut RS-58/ - sent: the date was moved; accepted "
	       "2026-05-11 12:00\n"
	       "05-12 08:00 akut RS-58/HSN-03 -2wd suppressed: the date was extended from "
	       "2026-05-15 to 2026-05-20: the ladder begins anew\n"
	       "05-12 08:00 akut RS-58/HSN-03 -5wd planned: 5 working days before the papers date "
	       "2026-05-20; the papers date "
	       "was 2026-05-15 before\n"
	       "05-15 08:00 akut RS-58/HSN-03 0 suppressed: the date was extended from 2026-05-15 "
	       "to 2026-05-20: the ladder begins anew\n"
	       "05-18 08:00 akut RS-58/HSN-03 -2wd planned: 2 working days before the papers date "
	       "2026-05-20; the papers date "
	       "was 2026-05-15 before\n"
	       "05-20 08:00 akut RS-58/HSN-03 0 planned: on the papers date 2026-05-20; the papers "
	       "date "
	       "was 2026-05-15 before\n");
	asked_free(w);
}
END_TEST

START_TEST(alerts_and_confirmations_are_told_of_too)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	world_to(w, "2026-05-04 12:00");
	WHY_IS(w, "{'item':'HSN-03','person':'dir'}",
	       "05-04 12:00 dir /HSN-03 - sent: alert: the measure went off track; accepted "
	       "2026-05-04 12:00\n"
	       "05-18 08:00 dir RS-58/HSN-03 +1wd planned: 1 working day after the papers date "
	       "2026-05-15\n");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	world_to(w, "2026-05-04 12:00");
	WHY_IS(w, "{'item':'RS-58','person':'reg'}",
	       "05-04 12:00 reg RS-58/ - sent: the deadline was submitted; accepted "
	       "2026-05-04 12:00\n");
	asked_free(w);
}
END_TEST

START_TEST(a_status_that_came_too_early_is_said_with_what_comes_next)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	WHY_IS(w, "{'item':'HSN-03','person':'akut'}",
	       "05-07 08:00 akut RS-58/HSN-03 -5wd planned: 5 working days before the papers date "
	       "2026-05-15; the status of 2026-05-04 12:00 came too early: the window opens "
	       "2026-05-07 08:00\n"
	       "05-12 08:00 akut RS-58/HSN-03 -2wd planned: 2 working days before the papers date "
	       "2026-05-15\n"
	       "05-15 08:00 akut RS-58/HSN-03 0 planned: on the papers date 2026-05-15\n");
	asked_free(w);
}
END_TEST

/* A step that is repeated has the number of its repetition beside it; a promise's reminder has none. */
START_TEST(a_repeated_step_says_how_often_it_has_been_repeated)
{
	const struct written repeated = { .steps = "-5wd owner; +1wd owner every 2wd until +7wd" };
	struct world *w = asked_world("2026-05-04 12:00", &repeated);
	static const int expected[] = { 0, 0, 0, 1, 2, 3 };
	json_t *rows, *row;
	size_t i;

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-13'}");
	world_to(w, "2026-05-20 12:00");
	rows = ask(w, QUERY_WHY, "{'item':'HSN-03','person':'akut'}");
	ck_assert_uint_eq(json_array_size(rows), UNIT_COUNT(expected));
	json_array_foreach (rows, i, row) {
		const json_t *n = json_object_get(row, "repetition");

		ck_assert_msg(json_integer_value(n) == expected[i] &&
				      (expected[i] != 0) == (n != NULL),
			      "row %zu", i);
	}
	json_decref(rows);
	asked_free(w);
}
END_TEST

#define RETURNED "the date was returned from 2026-05-15 to 2026-05-29: the ladder begins anew\n"
#define NEW_DATE "the papers date 2026-05-29; the papers date was 2026-05-15 before\n"

/* What was promised in the first round has been kept by the answer: the second one starts without. */
START_TEST(a_promise_that_was_kept_is_not_of_the_round_after_a_return)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "seen", "HSN-03", "{'answer_by':'2026-05-13'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'x','due':'2026-05-29'}");
	WHY_IS(w, "{'item':'HSN-03','person':'akut'}",
	       SENT_5WD
	       "05-12 08:00 akut RS-58/HSN-03 -2wd suppressed: " RETURNED
	       "05-15 08:00 akut RS-58/HSN-03 0 suppressed: " RETURNED
	       "05-22 08:00 akut RS-58/HSN-03 -5wd planned: 5 working days before " NEW_DATE
	       "05-27 08:00 akut RS-58/HSN-03 -2wd planned: 2 working days before " NEW_DATE
	       "05-29 08:00 akut RS-58/HSN-03 0 planned: on " NEW_DATE);
	w->tale[0] = '\0';
	world_to(w, "2026-05-21 12:00");
	TELLS(w, "05-11 12:00 moved akut: RS-58 returned\n05-11 12:00 moved reg: RS-58 returned\n");
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/why", UNIT(what_is_past_was_accepted_and_what_is_ahead_is_planned),
	   UNIT(a_status_that_came_too_early_is_said_with_what_comes_next),
	   UNIT(a_promise_that_was_kept_is_not_of_the_round_after_a_return),
	   UNIT(a_repeated_step_says_how_often_it_has_been_repeated),
	   UNIT(why_did_i_not_get_one_because_you_have_answered),
	   UNIT_ROWS(withdrawn_says_what_withdrew_it, UNIT_COUNT(withdrawals)),
	   UNIT(what_was_dropped_before_it_left_was_not_sent),
	   UNIT(a_refused_message_failed_and_what_waits_for_it_is_held),
	   UNIT(what_came_back_has_failed_and_says_so),
	   UNIT(what_is_held_is_planned_for_the_day_after_the_next_attempt),
	   UNIT(a_moved_deadline_tells_the_old_rounds_and_the_old_date),
	   UNIT(alerts_and_confirmations_are_told_of_too))
