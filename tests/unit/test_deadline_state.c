/* SPDX-License-Identifier: Apache-2.0 */
/* The states of a deadline: every pair of them, and what each transition leaves behind. */
#include "engine/obligation/deadline_state.h"

#include "tests/unit/unit.h"

#include "tests/unit/aborts.h"

static const struct instant now = { 1000 }, month_over = { 5000 };

/* x: may go over. Rows from, columns to: open, submitted, superseded, removed. */
static const char *const table[DEADLINE_STATES] = {
	[DEADLINE_OPEN] = "xxxx",
	[DEADLINE_SUBMITTED] = "xx.x",
	[DEADLINE_SUPERSEDED] = ".x.x",
	[DEADLINE_REMOVED] = "xxx.",
};
static const enum withdrawal withdrawals[DEADLINE_STATES] = {
	[DEADLINE_OPEN] = WITHDRAWN_NOT,
	[DEADLINE_SUBMITTED] = WITHDRAWN_SUBMITTED,
	[DEADLINE_SUPERSEDED] = WITHDRAWN_SUPERSEDED,
	[DEADLINE_REMOVED] = WITHDRAWN_REMOVED,
};

struct transition {
	struct deadline_row row;
	enum deadline_state to;
};

/* Each way into a state; back from removed there is another. */
static void go_over(void *userdata)
{
	struct transition *t = userdata;

	switch (t->to) {
	case DEADLINE_OPEN:
		deadline_return(&t->row);
		break;
	case DEADLINE_SUBMITTED:
		deadline_submit(&t->row, 7, now, "HSN § 70");
		break;
	case DEADLINE_SUPERSEDED:
		deadline_supersede(&t->row);
		break;
	default:
		deadline_remove(&t->row);
		break;
	}
}

static struct deadline_row one_in(enum deadline_state state)
{
	struct transition t = { deadline_row_new(deadline_id("RS-58")), state };

	deadline_look_at(&t.row, month_over);
	if (state != DEADLINE_OPEN)
		go_over(&t);
	ck_assert_int_eq(t.row.state, state);
	return t.row;
}

START_TEST(every_pair_of_states)
{
	for (unsigned from = 0; from < DEADLINE_STATES; from++)
		for (unsigned to = 0; to < DEADLINE_STATES; to++) {
			struct transition t = { one_in(from), to };
			bool may = table[from][to] == 'x';

			ck_assert_msg(deadline_may(from, to) == may, "%u to %u", from, to);
			if (!may) {
				ck_assert_msg(aborts(go_over, &t), "%u to %u", from, to);
				continue;
			}
			go_over(&t);
			ck_assert_int_eq(t.row.state, to);
			ck_assert_int_eq(deadline_is_closed(&t.row), to != DEADLINE_OPEN);
			ck_assert_int_eq(deadline_withdrawal(&t.row), withdrawals[to]);
			if (to != DEADLINE_OPEN)
				ck_assert(instant_is_none(t.row.next_at));
		}
}
END_TEST

START_TEST(a_hand_over_stays_when_it_is_returned)
{
	struct deadline_row row = one_in(DEADLINE_SUBMITTED);

	deadline_return(&row);
	ck_assert_int_eq(row.submitted_seq, 7);
	ck_assert_int_eq(row.submitted_at.us, now.us);
	ck_assert_str_eq(row.reference, "HSN § 70");
}
END_TEST

START_TEST(what_is_put_back_is_as_it_was)
{
	struct deadline_row row = one_in(DEADLINE_OPEN);

	deadline_remove(&row);
	deadline_restore(&row, false);
	ck_assert_int_eq(row.state, DEADLINE_OPEN);
	deadline_remove(&row);
	deadline_restore(&row, true);
	ck_assert_int_eq(row.state, DEADLINE_SUPERSEDED);

	row = one_in(DEADLINE_SUBMITTED);
	deadline_remove(&row);
	deadline_restore(&row, false);
	ck_assert_int_eq(row.state, DEADLINE_SUBMITTED);
	deadline_return(&row); /* ... and was returned before it left */
	row.outcome = OUTCOME_RETURNED;
	row.outcome_seq = 8;
	deadline_remove(&row);
	deadline_restore(&row, false);
	ck_assert_int_eq(row.state, DEADLINE_OPEN);
	deadline_submit(&row, 9, now, "x"); /* handed in again, after the return */
	deadline_remove(&row);
	deadline_restore(&row, false);
	ck_assert_int_eq(row.state, DEADLINE_SUBMITTED);
}
END_TEST

static void open_window(void *userdata)
{
	deadline_open_window(userdata, now);
}

START_TEST(a_window_opens_once)
{
	struct deadline_row row = one_in(DEADLINE_OPEN);

	deadline_open_window(&row, now);
	ck_assert_int_eq(row.opened_at.us, now.us);
	ck_assert(aborts(open_window, &row));
	deadline_close_window(&row);
	ck_assert(instant_is_none(row.opened_at));
}
END_TEST

START_TEST(a_meeting_is_awaited_until_its_month_is_over)
{
	struct deadline_row row = one_in(DEADLINE_OPEN), closed = one_in(DEADLINE_SUBMITTED);

	ck_assert_int_eq(row.next_at.us, month_over.us);
	deadline_give_up_meeting(&row, now);
	ck_assert_int_eq(row.unbound_at.us, now.us);
	ck_assert(instant_is_none(row.next_at));
	deadline_await_meeting(&row);
	ck_assert(instant_is_none(row.unbound_at));
	deadline_look_at(&closed, month_over); /* of a closed one nobody is told */
	ck_assert(instant_is_none(closed.next_at));
}
END_TEST

UNIT_TESTS("engine/obligation/deadline_state", UNIT(every_pair_of_states),
	   UNIT(a_hand_over_stays_when_it_is_returned), UNIT(what_is_put_back_is_as_it_was),
	   UNIT(a_window_opens_once), UNIT(a_meeting_is_awaited_until_its_month_is_over))
