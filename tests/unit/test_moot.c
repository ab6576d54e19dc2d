/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a message of which nothing is left to tell. */
#include "tests/unit/engine_fixture.h"
#include "tests/unit/unit.h"

static const struct {
	int line;
	enum message_state before, after;
} states[] = {
	{ __LINE__, MESSAGE_PENDING, MESSAGE_DROPPED },
	{ __LINE__, MESSAGE_RETRY, MESSAGE_DROPPED },
	{ __LINE__, MESSAGE_STARTED, MESSAGE_STARTED },
	{ __LINE__, MESSAGE_HELD, MESSAGE_HELD }, /* leaves only by retry or drop */
	{ __LINE__, MESSAGE_FAILED, MESSAGE_FAILED },
};

/* A reminder in the given state, and its owner's obligation. */
static struct message posted(struct world *w, enum message_state state)
{
	struct message m;

	world_decide(w);
	ck_assert_int_eq(ledger_messages(w->e.ledger, 0, message_id(0), &m, 1), 1);
	m.state = state;
	m.attempts = state == MESSAGE_PENDING ? 0 : 3;
	m.unknown = m.attempts;
	if (state != MESSAGE_PENDING && state != MESSAGE_RETRY)
		m.next_attempt = INSTANT_NONE;
	if (state == MESSAGE_FAILED)
		m.finished = w->now;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	return m;
}

static int is_moot(void *userdata, const struct item *item)
{
	(void)userdata;
	ck_assert(item->moot);
	return 0;
}

START_TEST(only_what_waits_to_leave_is_dropped_as_moot)
{
	struct world *w = world_new("2026-05-08 08:00", &(struct written){ 0 });
	struct message m = posted(w, states[_i].before);

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(ledger_message(w->e.ledger, m.id, &m), 0);
	ck_assert_msg(m.state == states[_i].after, "line %d: %s", states[_i].line,
		      message_state_name(m.state));
	/* A steward who retries it, or the attempt under way, finds nothing left to tell. */
	ck_assert_int_eq(ledger_items(w->e.ledger, m.id, is_moot, NULL), 0);
	world_free(w);
}
END_TEST

START_TEST(only_what_waits_to_leave_is_dropped_with_its_recipient)
{
	struct world *w = world_new("2026-05-08 08:00", &(struct written){ 0 });
	struct message m = posted(w, states[_i].before);

	ck_assert_int_eq(post_drop_recipient(&w->e, recipient_id(m.to), "gone", w->now), 0);
	ck_assert_int_eq(ledger_message(w->e.ledger, m.id, &m), 0);
	ck_assert_msg(m.state == states[_i].after, "line %d: %s", states[_i].line,
		      message_state_name(m.state));
	world_free(w);
}
END_TEST

UNIT_TESTS("moot", UNIT_ROWS(only_what_waits_to_leave_is_dropped_as_moot, UNIT_COUNT(states)),
	   UNIT_ROWS(only_what_waits_to_leave_is_dropped_with_its_recipient, UNIT_COUNT(states)))
