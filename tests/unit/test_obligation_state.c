/* SPDX-License-Identifier: Apache-2.0 */
/* The states of an obligation: every pair of them, and what each transition leaves behind. */
#include "engine/obligation/state.h"

#include "tests/unit/unit.h"

#include "tests/unit/aborts.h"

static const struct instant now = { 1000 }, later = { 5000 };

/* x: may go over. Rows from, columns to, both in the order of the enum. */
static const char *const table[OBLIGATION_STATES] = {
	/*                              live answered closed submitted removed superseded */
	[OBLIGATION_LIVE] = "xxxxxx",		[OBLIGATION_ANSWERED] = "x.....",
	[OBLIGATION_MEASURE_CLOSED] = "x.xxxx", [OBLIGATION_SUBMITTED] = "x.x...",
	[OBLIGATION_REMOVED] = "x.xx.x",	[OBLIGATION_SUPERSEDED] = ".x....",
};

static const enum withdrawal withdrawals[OBLIGATION_STATES] = {
	[OBLIGATION_MEASURE_CLOSED] = WITHDRAWN_MEASURE_CLOSED,
	[OBLIGATION_SUBMITTED] = WITHDRAWN_SUBMITTED,
	[OBLIGATION_REMOVED] = WITHDRAWN_REMOVED,
	[OBLIGATION_SUPERSEDED] = WITHDRAWN_SUPERSEDED,
};

/* One in a state, whose steps are to be looked at later if at all. */
static struct obligation one_in(enum obligation_state state)
{
	struct obligation o =
		obligation_new(deadline_id("RS-58"), measure_id("HSN-03"), person_id("akut"), now);

	if (state == OBLIGATION_ANSWERED)
		obligation_answer(&o, now, 7);
	else if (state != OBLIGATION_LIVE)
		obligation_withdraw(&o, withdrawals[state]);
	else
		obligation_looked_at(&o, later);
	ck_assert_int_eq(obligation_state_of(&o), state);
	return o;
}

struct transition {
	struct obligation o;
	enum obligation_state to;
};

static void go_over(void *userdata)
{
	struct transition *t = userdata;

	if (t->to == OBLIGATION_LIVE)
		obligation_restore(&t->o, now);
	else if (t->to == OBLIGATION_ANSWERED)
		obligation_answer(&t->o, now, 9);
	else
		obligation_withdraw(&t->o, withdrawals[t->to]);
}

START_TEST(every_pair_of_states)
{
	for (unsigned from = 0; from < OBLIGATION_STATES; from++)
		for (unsigned to = 0; to < OBLIGATION_STATES; to++) {
			struct transition t = { one_in(from), to };
			bool may = table[from][to] == 'x';

			ck_assert_msg(obligation_may(from, to) == may, "%u to %u", from, to);
			if (!may) {
				ck_assert_msg(aborts(go_over, &t), "%u to %u", from, to);
				continue;
			}
			go_over(&t);
			ck_assert_int_eq(obligation_state_of(&t.o), to);
			ck_assert_int_eq(t.o.withdrawal, withdrawals[to]);
			/* Only what is owed is looked at. */
			ck_assert_int_eq(t.o.next_at.us,
					 to == OBLIGATION_LIVE ? now.us : INSTANT_NONE.us);
			ck_assert_int_eq(t.o.round, 1);
		}
}
END_TEST

START_TEST(a_new_one_is_live_and_waits_for_its_first_step)
{
	struct obligation o =
		obligation_new(deadline_id("RS-58"), measure_id(""), person_id("ordf"), now);

	ck_assert_int_eq(o.round, 1);
	ck_assert_int_eq(o.known_at.us, now.us);
	obligation_open(&o, later, now);
	ck_assert_int_eq(o.next_at.us, later.us);
	obligation_open(&o, (struct instant){ 1 }, now);
	ck_assert_int_eq(o.next_at.us, now.us);
	obligation_open(&o, INSTANT_NONE, now);
	ck_assert(instant_is_none(o.next_at));
}
END_TEST

START_TEST(an_answer_is_kept_until_a_return)
{
	struct obligation o = one_in(OBLIGATION_LIVE);

	o.opens_at = later;
	obligation_answer(&o, (struct instant){ 900 }, 7);
	ck_assert_int_eq(o.answered_at.us, 900);
	ck_assert_int_eq(o.answered_seq, 7);
	obligation_reopen(&o, later, false, now);
	ck_assert_int_eq(obligation_state_of(&o), OBLIGATION_LIVE);
	ck_assert_int_eq(o.answers_after.us, later.us);
	ck_assert_int_eq(o.opens_at.us, now.us);
	ck_assert(instant_is_none(o.answered_at));
	ck_assert_int_eq(o.answered_seq, 0);
	obligation_reopen(&o, later, true, now); /* its measure is done meanwhile */
	ck_assert_int_eq(obligation_state_of(&o), OBLIGATION_MEASURE_CLOSED);
}
END_TEST

START_TEST(a_new_round_begins_also_of_one_that_is_closed)
{
	struct obligation o = one_in(OBLIGATION_LIVE), closed = one_in(OBLIGATION_MEASURE_CLOSED);

	obligation_renew_round(&o, later);
	ck_assert_int_eq(o.round, 2);
	ck_assert_int_eq(o.known_at.us, later.us);
	ck_assert_int_eq(o.next_at.us, later.us);
	obligation_renew_round(&closed, later);
	ck_assert_int_eq(closed.round, 2);
	ck_assert(instant_is_none(closed.next_at));
}
END_TEST

START_TEST(a_new_owner_continues_the_round_unreached)
{
	struct obligation o = one_in(OBLIGATION_LIVE);

	o.reached_round = o.told_round = 1;
	o.reached_at = now;
	obligation_promise(&o, now);
	ck_assert(o.promised);
	ck_assert_int_eq(o.next_at.us, now.us);
	obligation_assign(&o, person_id("kir"), later);
	ck_assert_str_eq(o.owner, "kir");
	ck_assert_int_eq(o.round, 1);
	ck_assert_int_eq(o.reached_round, 0);
	ck_assert_int_eq(o.told_round, 0);
	ck_assert(instant_is_none(o.reached_at) && !o.promised);
	ck_assert_int_eq(o.assigned_at.us, later.us);
	ck_assert_int_eq(o.next_at.us, later.us);
}
END_TEST

static void promise(void *userdata)
{
	obligation_promise(userdata, now);
}

START_TEST(what_is_closed_is_not_looked_at_and_nothing_is_promised_of_it)
{
	for (unsigned state = OBLIGATION_ANSWERED; state < OBLIGATION_STATES; state++) {
		struct obligation o = one_in(state);

		obligation_look_again(&o, now);
		obligation_look_by(&o, now);
		ck_assert(instant_is_none(o.next_at));
		ck_assert(aborts(promise, &o));
		o = obligation_if_live(&o);
		ck_assert_int_eq(obligation_state_of(&o), OBLIGATION_LIVE);
	}
}
END_TEST

START_TEST(a_look_comes_nearer_but_is_not_put_off)
{
	struct obligation o = one_in(OBLIGATION_LIVE);

	obligation_look_by(&o, (struct instant){ 9000 });
	ck_assert_int_eq(o.next_at.us, later.us);
	obligation_look_by(&o, (struct instant){ 2000 });
	ck_assert_int_eq(o.next_at.us, 2000);
	obligation_looked_at(&o, INSTANT_NONE);
	ck_assert(instant_is_none(o.next_at));
}
END_TEST

START_TEST(a_measure_is_closed_by_done_by_cancelled_and_by_its_body_alone)
{
	for (int status = STATUS_NONE; status <= STATUS_CANCELLED; status++) {
		struct measure_row row = { .status = (enum measure_status)status };

		ck_assert_int_eq(measure_is_closed(&row),
				 status == STATUS_DONE || status == STATUS_CANCELLED);
		row.closed_seq = 7;
		ck_assert(measure_is_closed(&row));
	}
}
END_TEST

UNIT_TESTS("engine/obligation/state", UNIT(every_pair_of_states),
	   UNIT(a_new_one_is_live_and_waits_for_its_first_step),
	   UNIT(an_answer_is_kept_until_a_return),
	   UNIT(a_new_round_begins_also_of_one_that_is_closed),
	   UNIT(a_new_owner_continues_the_round_unreached),
	   UNIT(what_is_closed_is_not_looked_at_and_nothing_is_promised_of_it),
	   UNIT(a_look_comes_nearer_but_is_not_put_off),
	   UNIT(a_measure_is_closed_by_done_by_cancelled_and_by_its_body_alone))
