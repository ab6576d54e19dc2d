/* SPDX-License-Identifier: Apache-2.0 */
/* What a report takes back, holds and tells, that a mail which had been accepted will not arrive. */
#include "engine/outbox/bounce.h"
#include "tests/unit/engine_fixture.h"

static const struct written one_step = { .steps = "0 owner; +1wd manager" };

/* The newest message to somebody on a channel. */
static struct message newest_on(struct world *w, const char *to, const char *channel)
{
	struct message page[64], found = { .id = { 0 } };
	int count = ledger_messages(w->e.ledger, 0, message_id(0), page, 64);

	for (int i = 0; i < count; i++)
		if (strcmp(page[i].to, to) == 0 && strcmp(page[i].channel, channel) == 0)
			found = page[i];
	ck_assert_msg(found.id.n != 0, "nothing to %s by %s", to, channel);
	return found;
}

static struct message newest(struct world *w, const char *to)
{
	return newest_on(w, to, "mail");
}

static enum bounced bounce(struct world *w, struct message_id id, int attempt)
{
	const struct bounce b = { id, attempt, "550 5.1.1 no such user", "5.1.1" };
	enum bounced ret = 99;

	ck_assert_int_eq(bounce_apply(&w->e, &b, w->now, &ret), 0);
	return ret;
}

#define BOUNCES(world, to) ck_assert_int_eq(bounce(world, newest(world, to).id, 0), BOUNCED_DONE)

static const char *local(struct instant t)
{
	static char text[RFC3339_TEXT];

	return instant_is_none(t) ? "never" : zone_format(t, text);
}

/* ---- what is taken back -------------------------------------------------------------------------- */

START_TEST(who_was_asked_by_it_was_not)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct obligation o;
	struct message m;

	world_to(w, "2026-05-15 09:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	BOUNCES(w, "akut");
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.asked, 0);
	ck_assert(instant_is_none(o.last_asked));
	ck_assert_int_eq(o.reached_round, 0);
	ck_assert(instant_is_none(o.reached_at));
	m = newest(w, "akut");
	ck_assert_int_eq(m.state, MESSAGE_BOUNCED);
	ck_assert_str_eq(m.last_answer, "550 5.1.1 no such user");
	ck_assert_int_eq(m.finished.us, w->now.us);
	world_free(w);
}
END_TEST

START_TEST(what_stays_accepted_counts_on)
{
	struct written plan = { .steps = "-2wd owner; 0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);
	struct obligation o;

	world_to(w, "2026-05-15 09:00");
	BOUNCES(w, "akut");
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.asked, 1);
	ck_assert_str_eq(local(o.last_asked), "2026-05-12T08:00:00+02:00");
	ck_assert_int_eq(o.reached_round, 1);
	ck_assert_str_eq(local(o.reached_at), "2026-05-12T08:00:00+02:00");
	w->tale[0] = '\0';
	world_to(w, "2026-06-15 09:00"); /* another reminder has reached them: others hear of it */
	TELLS(w, "05-15 09:00 alert stod: RS-58/HSN-03 unreached\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

/* Each step of its own, and each repetition of one: the newest that stays accepted is when they were asked last. */
START_TEST(of_many_reminders_the_one_that_came_back_is_taken_away)
{
	static const char *const ladders[] = {
		"-3wd owner; -2wd owner; -1wd owner; 0 owner; +1wd manager",
		"-3wd owner every 1wd until 0; +1wd manager",
	};
	struct world *w = world_new("2026-05-08 17:00", &(struct written){ .steps = ladders[_i] });
	struct obligation o;

	world_to(w, "2026-05-15 09:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 4);
	BOUNCES(w, "akut");
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.asked, 3);
	ck_assert_str_eq(local(o.last_asked), "2026-05-13T08:00:00+02:00");
	ck_assert_int_eq(o.reached_round, 1);
	ck_assert_str_eq(local(o.reached_at), "2026-05-11T08:00:00+02:00");
	world_free(w);
}
END_TEST

/* What was struck out of a message before it left has reached nobody by it. */
START_TEST(what_a_message_no_longer_said_when_it_left_is_not_its_contact)
{
	struct written plan = { .steps = "-2wd owner; 0 owner",
				.alerts = "",
				.measures = ONE_MEASURE
				", { id='HSN-07'; title='Annat'; owner='akut'; }" };
	struct world *w = world_new("2026-05-11 10:00", &plan);
	struct message_id first;

	world_to(w, "2026-05-12 09:00");
	first = newest(w, "akut").id;
	w->down = "akut";
	world_to(w, "2026-05-15 08:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->down = NULL;
	world_to(w, "2026-05-15 10:00");
	TELLS(w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd, RS-58/HSN-07 -2wd\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-07 0\n");
	ck_assert_int_eq(bounce(w, first, 0), BOUNCED_DONE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 0);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").asked, 1);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").reached_round, 1);
	world_free(w);
}
END_TEST

START_TEST(another_channel_has_asked_them_all_the_same)
{
	struct written plan = {
		.steps = "0 owner; +1wd manager",
		.people = PERSON("akut", "manager='dir'; channels=['mail','hook'];") ", " PERSON(
			"dir", "") ", " PERSON("stod", "roles=['support'];") ", " PERSON("reg", ""),
	};
	struct world *w = world_new("2026-05-12 10:00", &plan);
	struct obligation o;

	world_to(w, "2026-05-15 09:00");
	w->tale[0] = '\0';
	BOUNCES(w, "akut");
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.asked, 1);
	ck_assert_int_eq(o.reached_round, 1);
	ck_assert_str_eq(local(o.last_asked), "2026-05-15T08:00:00+02:00");
	world_to(w, "2026-06-15 09:00");
	TELLS(w, "05-15 09:00 alert stod: RS-58/HSN-03 unreached\n"
		 "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_new_owner_was_not_reached_either)
{
	struct written plan = { .steps = "0 owner; +1wd manager", .measures = ONE_MEASURE };
	struct world *w = world_new("2026-05-12 10:00", &plan);

	w->says = "/local/anna";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-12 12:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 1);
	BOUNCES(w, "kir");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 0);
	world_free(w);
}
END_TEST

START_TEST(the_message_that_it_is_theirs_has_reached_them)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct obligation o;

	w->says = "/local/anna";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-15 09:00");
	BOUNCES(w, "kir"); /* the reminder */
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.asked, 0);
	ck_assert_int_eq(o.reached_round, 1);
	ck_assert_str_eq(local(o.reached_at), "2026-05-12T10:00:00+02:00");
	world_free(w);
}
END_TEST

/* Of two reminders to who owed it before, one that comes back says nothing of the new owner; the other does not count
 * for them either. */
static const struct {
	const char *down;
	int reached; /* by the message that it is theirs */
} owners[] = { { "kir", 0 }, { NULL, 1 } };

START_TEST(what_reached_who_owed_it_before_does_not_count_for_a_new_owner)
{
	struct written plan = { .steps = "-2wd owner; 0 owner", .alerts = "" };
	struct world *w = world_new("2026-05-11 10:00", &plan);
	struct message_id second;

	world_to(w, "2026-05-15 09:00");
	second = newest(w, "akut").id;
	w->says = "/local/anna";
	w->down = owners[_i].down;
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-15 10:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, owners[_i].reached);
	ck_assert_int_eq(bounce(w, second, 1), BOUNCED_DONE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, owners[_i].reached);
	world_free(w);
}
END_TEST

/* ---- what is held, and told ---------------------------------------------------------------------- */

/* A ladder whose escalation has been decided and waits, since its server is down, when the reminder comes back. */
START_TEST(an_escalation_that_has_not_left_is_held_again)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	w->down = "dir";
	world_to(w, "2026-05-18 09:00");
	TELLS(w, "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	BOUNCES(w, "akut");
	ck_assert_int_eq(newest(w, "dir").state, MESSAGE_DROPPED);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 0.0 akut sent: on the papers date 2026-05-15\n"
		  "1 +1wd.0 dir held: held: the reminder that had reached akut came back\n");
	ck_assert_str_eq(local(obligation_of(w, "RS-58", "HSN-03").next_at),
			 "2026-05-19T08:00:00+02:00");
	w->down = NULL;
	world_to(w, "2026-06-18 09:00");
	TELLS(w, "05-18 09:00 alert stod: RS-58/HSN-03 unreached\n"); /* once, and nobody else */
	world_free(w);
}
END_TEST

/* An escalation of an earlier round is struck out already: only that of this round is held. */
START_TEST(an_escalation_of_an_earlier_round_stays_struck_out)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	w->down = "dir";
	world_to(w, "2026-05-18 09:00");
	w->says = "/local/anna";
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-15','reference':'RS § 3'}");
	world_to(w, "2026-06-16 09:00");
	BOUNCES(w, "akut");
	ck_assert_int_eq(newest(w, "dir").state, MESSAGE_DROPPED);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 0.0 akut sent: on the papers date 2026-05-15\n"
		  "1 +1wd.0 dir sent: 1 working day after the papers date 2026-05-15\n"
		  "2 0.0 akut sent: on the papers date 2026-06-15\n"
		  "2 +1wd.0 dir held: held: the reminder that had reached akut came back\n");
	world_free(w);
}
END_TEST

/* A copy of it may have arrived: it cannot be taken back. */
START_TEST(an_escalation_whose_outcome_is_unknown_stays_as_it_is)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message m;

	w->down = "dir";
	world_to(w, "2026-05-18 09:00");
	m = newest(w, "dir");
	ck_assert_int_eq(m.state, MESSAGE_RETRY);
	m.unknown = 1;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	BOUNCES(w, "akut");
	ck_assert_int_eq(newest(w, "dir").state, MESSAGE_RETRY);
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 0.0 akut sent: on the papers date 2026-05-15\n"
		  "1 +1wd.0 dir sent: 1 working day after the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(it_goes_when_a_reminder_was_accepted_after_all)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message m;

	w->down = "dir";
	world_to(w, "2026-05-18 09:00");
	BOUNCES(w, "akut");
	w->down = NULL;
	w->tale[0] = '\0';
	m = newest(w, "akut");
	outbox_retry(&m, w->e.plan->calendar, w->now); /* a steward has mended the address */
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	world_to(w, "2026-06-18 09:00");
	TELLS(w, "05-18 09:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-18 09:00 alert stod: RS-58/HSN-03 unreached\n"
		 "05-19 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	world_free(w);
}
END_TEST

START_TEST(what_follows_a_reminder_that_arrived_is_not_held)
{
	struct written plan = { .steps = "-2wd owner; 0 owner manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	w->down = "dir";
	world_to(w, "2026-05-15 09:00");
	BOUNCES(w, "akut"); /* the second; the first has arrived */
	w->down = NULL;
	w->tale[0] = '\0';
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-15 09:00 alert stod: RS-58/HSN-03 unreached\n"
		 "05-15 10:35 escalation dir: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(an_escalation_that_has_left_stays_as_it_is)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	world_to(w, "2026-05-18 09:00");
	BOUNCES(w, "akut");
	MARKS_ARE(w, "RS-58", "HSN-03",
		  "1 0.0 akut sent: on the papers date 2026-05-15\n"
		  "1 +1wd.0 dir sent: 1 working day after the papers date 2026-05-15\n");
	world_free(w);
}
END_TEST

START_TEST(an_escalation_to_come_waits_and_support_is_told_once)
{
	struct written plan = { .steps = "-2wd owner; 0 owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	world_to(w, "2026-05-12 09:00");
	BOUNCES(w, "akut");
	world_to(w, "2026-05-15 09:00");
	BOUNCES(w, "akut");
	world_to(w, "2026-06-18 09:00");
	TELLS(w, "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		 "05-12 09:00 alert stod: RS-58/HSN-03 unreached\n"
		 "05-15 08:00 reminder akut: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(of_what_was_answered_meanwhile_nobody_hears)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	world_to(w, "2026-05-15 09:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->tale[0] = '\0';
	BOUNCES(w, "akut");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	world_to(w, "2026-06-15 09:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(of_an_earlier_round_nobody_hears)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message_id reminder;

	world_to(w, "2026-05-15 09:00");
	reminder = newest(w, "akut").id;
	w->says = "/local/anna";
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-15','reference':'RS § 3'}");
	world_to(w, "2026-05-15 10:00");
	w->tale[0] = '\0';
	ck_assert_int_eq(bounce(w, reminder, 1), BOUNCED_DONE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	world_to(w, "2026-05-18 10:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(of_what_is_somebody_elses_by_then_nobody_hears)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message_id id;

	world_to(w, "2026-05-15 09:00");
	id = newest(w, "akut").id;
	w->says = "/local/anna";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-15 10:00");
	w->tale[0] = '\0';
	ck_assert_int_eq(bounce(w, id, 1), BOUNCED_DONE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 1);
	world_to(w, "2026-05-15 11:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(a_message_that_asks_nobody_is_told_of_as_one_that_was_refused)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	world_to(w, "2026-05-18 09:00");
	w->tale[0] = '\0';
	BOUNCES(w, "dir");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	world_to(w, "2026-05-18 10:00");
	TELLS(w, "05-18 09:00 alert stod: RS-58/HSN-03 unreached\n");
	BOUNCES(w, "stod"); /* which told of a failure itself */
	world_to(w, "2026-06-18 10:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

/* ---- what changes nothing ------------------------------------------------------------------------ */

START_TEST(a_second_report_changes_nothing)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message_id id;
	struct message m;

	world_to(w, "2026-05-15 09:00");
	id = newest(w, "akut").id;
	ck_assert_int_eq(bounce(w, id, 1), BOUNCED_DONE);
	ck_assert_int_eq(bounce(w, id, 1), BOUNCED_ALREADY);
	m = newest(w, "akut");
	outbox_retry(&m, w->e.plan->calendar, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(bounce(w, id, 1), BOUNCED_ALREADY); /* no copy of the second has left */
	world_to(w, "2026-05-15 10:00");
	ck_assert_int_eq(newest(w, "akut").state, MESSAGE_DELIVERED);
	ck_assert_int_eq(bounce(w, id, 1),
			 BOUNCED_ALREADY); /* of the first, which counts no more */
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	ck_assert_int_eq(bounce(w, id, 2), BOUNCED_DONE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 0);
	world_free(w);
}
END_TEST

static struct message in_state(struct world *w, enum message_state state)
{
	struct message m = newest(w, "akut");

	m.state = state;
	m.next_attempt = outbox_is_in(state, message_states_waiting()) ? w->now : INSTANT_NONE;
	m.finished = outbox_is_in(state, message_states_finished()) ? w->now : INSTANT_NONE;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	return m;
}

static const struct {
	enum message_state state;
	enum bounced bounced;
} states[] = {
	{ MESSAGE_PENDING, BOUNCED_ALREADY }, { MESSAGE_STARTED, BOUNCED_LATER },
	{ MESSAGE_DELIVERED, BOUNCED_DONE },  { MESSAGE_RETRY, BOUNCED_ALREADY },
	{ MESSAGE_FAILED, BOUNCED_ALREADY },  { MESSAGE_HELD, BOUNCED_ALREADY },
	{ MESSAGE_EXPIRED, BOUNCED_ALREADY }, { MESSAGE_DROPPED, BOUNCED_ALREADY },
	{ MESSAGE_BOUNCED, BOUNCED_ALREADY },
};

START_TEST(each_state_has_its_answer)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message m;

	world_to(w, "2026-05-15 09:00");
	m = in_state(w, states[_i].state);
	ck_assert_int_eq(bounce(w, m.id, 0), states[_i].bounced);
	ck_assert_int_eq(newest(w, "akut").state,
			 states[_i].bounced == BOUNCED_DONE ? MESSAGE_BOUNCED : states[_i].state);
	world_free(w);
}
END_TEST

/* Of an attempt that ended in a state; text: NULL, nothing can have arrived by it. */
static void tried(struct world *w, struct message_id id, int n, enum message_state state,
		  const char *text)
{
	struct attempt_row row = { .message = id,
				   .n = n,
				   .begun = w->now,
				   .ended = w->now,
				   .state = state,
				   .text = text ? strdup(text) : NULL };

	ck_assert_int_eq(ledger_put_attempt(w->e.ledger, &row), 0);
	attempt_row_done(&row);
}

START_TEST(a_copy_whose_outcome_was_unknown_may_come_back)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message m;

	world_to(w, "2026-05-15 09:00");
	m = newest(w, "akut");
	m.attempts = 3;
	m.unknown = 1;
	m.state = MESSAGE_RETRY;
	m.next_attempt = w->now;
	m.finished = INSTANT_NONE;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	tried(w, m.id, 1, MESSAGE_RETRY, NULL);
	tried(w, m.id, 2, MESSAGE_RETRY, "it may have arrived");
	tried(w, m.id, 3, MESSAGE_RETRY, NULL);
	ck_assert_int_eq(bounce(w, m.id, 1), BOUNCED_ALREADY);
	ck_assert_int_eq(bounce(w, m.id, 3), BOUNCED_ALREADY);
	ck_assert_int_eq(bounce(w, m.id, 4), BOUNCED_NOT_OURS);
	ck_assert_int_eq(bounce(w, m.id, 2), BOUNCED_DONE);
	m = newest(w, "akut");
	ck_assert_int_eq(m.state, MESSAGE_BOUNCED);
	outbox_retry(&m, w->e.plan->calendar, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(bounce(w, m.id, 2), BOUNCED_ALREADY);
	ck_assert_int_eq(bounce(w, m.id, 0), BOUNCED_ALREADY);
	world_free(w);
}
END_TEST

/* An earlier version kept no attempts: that an outcome was unknown is all that is known. */
static const struct {
	int unknown;
	enum bounced bounced;
} kept_no_attempts[] = { { 0, BOUNCED_ALREADY }, { 1, BOUNCED_DONE } };

START_TEST(without_attempts_an_unknown_outcome_is_enough)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message m;

	world_to(w, "2026-05-15 09:00");
	m = newest(w, "akut");
	m.attempts = 2;
	m.unknown = kept_no_attempts[_i].unknown;
	m.state = MESSAGE_RETRY;
	m.next_attempt = w->now;
	m.finished = INSTANT_NONE;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(bounce(w, m.id, 0), kept_no_attempts[_i].bounced);
	world_free(w);
}
END_TEST

START_TEST(of_one_that_never_left_no_report_can_be)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	w->now = instant_of("2026-05-15 08:00");
	world_decide(w);
	ck_assert_int_eq(bounce(w, newest(w, "akut").id, 0), BOUNCED_NOT_OURS);
	ck_assert_int_eq(newest(w, "akut").state, MESSAGE_PENDING);
	world_free(w);
}
END_TEST

static int is_bounced(void *userdata, const struct attempt_row *a)
{
	(void)userdata;
	ck_assert_int_eq(a->state, MESSAGE_BOUNCED);
	ck_assert_str_eq(a->text, "as it left");
	return 1;
}

START_TEST(its_attempt_says_so_and_keeps_what_left)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct message m;

	world_to(w, "2026-05-15 09:00");
	m = newest(w, "akut");
	tried(w, m.id, 1, MESSAGE_DELIVERED, "as it left");
	BOUNCES(w, "akut");
	ck_assert_int_eq(ledger_attempts(w->e.ledger, m.id, is_bounced, NULL), 1);
	world_free(w);
}
END_TEST

START_TEST(what_no_mail_of_ours_is_changes_nothing)
{
	struct written plan = {
		.steps = "0 owner",
		.people = PERSON("akut", "channels=['hook'];") ", " PERSON("reg", ""),
		.alerts = "",
	};
	struct world *w = world_new("2026-05-12 10:00", &plan);

	world_to(w, "2026-05-15 09:00");
	ck_assert_int_eq(bounce(w, message_id(4711), 1), BOUNCED_NOT_OURS);
	ck_assert_int_eq(bounce(w, newest_on(w, "akut", "hook").id, 1), BOUNCED_NOT_OURS);
	ck_assert_int_eq(newest_on(w, "akut", "hook").state, MESSAGE_DELIVERED);
	world_free(w);
}
END_TEST

START_TEST(a_report_that_says_little_is_said_to)
{
	static const struct bounce says[] = {
		{ .attempt = 1, .answer = "", .status = "5.4.7" },
		{ .attempt = 1, .answer = "", .status = "" },
		{ .attempt = 1, .answer = "unknown user: \"anna\"", .status = "5.1.1" },
		{ .attempt = 1, .answer = "5.1.1 unknown user", .status = "5.1.1" },
		{ .attempt = 1, .answer = "550 no such user", .status = "5.1.1" },
		{ .attempt = 1, .answer = "unknown user", .status = "" },
	};
	static const char *const answers[] = {
		"5.4.7",
		"the report does not say why",
		"5.1.1 unknown user: \"anna\"",
		"5.1.1 unknown user",
		"550 no such user",
		"unknown user",
	};
	struct world *w = world_new("2026-05-12 10:00", &one_step);
	struct bounce b = says[_i];
	enum bounced ret;

	world_to(w, "2026-05-15 09:00");
	b.message = newest(w, "akut").id;
	ck_assert_int_eq(bounce_apply(&w->e, &b, w->now, &ret), 0);
	ck_assert_int_eq(ret, BOUNCED_DONE);
	ck_assert_str_eq(newest(w, "akut").last_answer, answers[_i]);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/outbox/bounce", UNIT(who_was_asked_by_it_was_not),
	   UNIT(what_stays_accepted_counts_on),
	   UNIT_ROWS(of_many_reminders_the_one_that_came_back_is_taken_away, 2),
	   UNIT(what_a_message_no_longer_said_when_it_left_is_not_its_contact),
	   UNIT_ROWS(what_reached_who_owed_it_before_does_not_count_for_a_new_owner,
		     UNIT_COUNT(owners)),
	   UNIT(an_escalation_of_an_earlier_round_stays_struck_out),
	   UNIT(an_escalation_whose_outcome_is_unknown_stays_as_it_is),
	   UNIT_ROWS(without_attempts_an_unknown_outcome_is_enough, UNIT_COUNT(kept_no_attempts)),
	   UNIT(of_one_that_never_left_no_report_can_be),
	   UNIT(another_channel_has_asked_them_all_the_same),
	   UNIT(a_new_owner_was_not_reached_either),
	   UNIT(the_message_that_it_is_theirs_has_reached_them),
	   UNIT(an_escalation_that_has_not_left_is_held_again),
	   UNIT(what_follows_a_reminder_that_arrived_is_not_held),
	   UNIT(it_goes_when_a_reminder_was_accepted_after_all),
	   UNIT(an_escalation_that_has_left_stays_as_it_is),
	   UNIT(an_escalation_to_come_waits_and_support_is_told_once),
	   UNIT(of_what_was_answered_meanwhile_nobody_hears),
	   UNIT(of_an_earlier_round_nobody_hears),
	   UNIT(of_what_is_somebody_elses_by_then_nobody_hears),
	   UNIT(a_message_that_asks_nobody_is_told_of_as_one_that_was_refused),
	   UNIT(a_second_report_changes_nothing),
	   UNIT_ROWS(each_state_has_its_answer, UNIT_COUNT(states)),
	   UNIT(a_copy_whose_outcome_was_unknown_may_come_back),
	   UNIT(its_attempt_says_so_and_keeps_what_left),
	   UNIT(what_no_mail_of_ours_is_changes_nothing),
	   UNIT_ROWS(a_report_that_says_little_is_said_to, 6))
