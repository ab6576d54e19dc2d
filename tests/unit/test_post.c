/* SPDX-License-Identifier: Apache-2.0 */
/* What waits in the outbox: joined, struck out, dropped. */
#include "engine/outbox/post.h"

#include "tests/unit/engine_fixture.h"

static const struct written plan = {
	.people = PERSON("akut",
			 "channels=['mail','hook'];") ", " PERSON("kir", "") ", " PERSON("reg", ""),
	.steps = "0 owner",
	.alerts = "",
};

static const char *const kind_of[ITEM_WHATS] = {
	[ITEM_OWED] = "reminder",
	[ITEM_ESCALATED] = "escalation",
	[ITEM_OFF_TRACK] = "alert",
	[ITEM_NEEDS_SUPPORT] = "alert",
	[ITEM_EFFECT_BELOW] = "alert",
	[ITEM_UNREACHED] = "alert",
	[ITEM_UNBOUND] = "alert",
	[ITEM_MOVED] = "moved",
	[ITEM_SUBMITTED] = "confirmation",
	[ITEM_TEST] = "test",
	[ITEM_SIGN_IN] = "signin",
	[ITEM_GONE] = "alert",
	[ITEM_ASSIGNED] = "assigned",
	[ITEM_UNASSIGNED] = "assigned",
	[ITEM_ABSENT] = "alert",
	[ITEM_OUTCOME] = "confirmation",
	[ITEM_RETURNED] = "moved",
	[ITEM_NOT_MINE] = "alert",
	[ITEM_REQUESTED] = "alert",
	[ITEM_GRANTED] = "confirmation",
	[ITEM_DENIED] = "confirmation",
	[ITEM_PASSED] = "confirmation",
	[ITEM_UNDECIDED] = "alert",
	[ITEM_DISORDER] = "alert",
	[ITEM_LIGHT] = "alert",
	[ITEM_DONE_BY] = "moved",
	[ITEM_FROZEN] = "rereport",
	[ITEM_UNPROPOSED] = "alert",
	[ITEM_REPLIED] = "reply",
	[ITEM_UNFORWARDED] = "alert",
	[ITEM_HOLD] = "hold",
	[ITEM_AWAY] = "absence",
};

START_TEST(each_item_has_its_kind_of_message)
{
	ck_assert_str_eq(message_kind_name(item_kind((enum item_what)_i)), kind_of[_i]);
}
END_TEST

/* Post an item to somebody: what it says, of which obligation, planned for. */
static struct message_id post(struct world *w, const char *to, enum item_what what,
			      int64_t obligation, const char *planned)
{
	const struct posting posting = { .what = what,
					 .deadline = plan_deadline(w->e.plan, deadline_id("RS-58")),
					 .obligation = obligation_id(obligation),
					 .round = 1 };
	struct ledger_sink out = ledger_sink_with(&w->e, NULL, w->now);
	struct recipient recipient;
	struct message_id id = { 0 };

	ck_assert(recipient_find(w->e.plan, recipient_id(to), &recipient));
	ck_assert_int_eq(out.sink.put(&out.sink, recipient, &posting, instant_of(planned), &id), 0);
	return id;
}

static struct message message_of(struct world *w, struct message_id id)
{
	struct message m;

	ck_assert_int_eq(ledger_message(w->e.ledger, id, &m), 0);
	return m;
}

#define AT "2026-05-11 08:00"
#define LATER "2026-05-11 09:00"

/* Two items to one person: do they become one message, and of which kind? */
static const struct {
	int line;
	enum item_what first, second;
	const char *second_at;
	bool joined;
	enum message_kind kind; /* of the message the second is in */
} pairs[] = {
	{ __LINE__, ITEM_OWED, ITEM_OWED, AT, true, KIND_REMINDER },
	{ __LINE__, ITEM_OWED, ITEM_ESCALATED, AT, true, KIND_REMINDER },
	{ __LINE__, ITEM_ESCALATED, ITEM_OWED, AT, true, KIND_REMINDER },
	{ __LINE__, ITEM_ESCALATED, ITEM_ESCALATED, AT, true, KIND_ESCALATION },
	{ __LINE__, ITEM_OWED, ITEM_OWED, LATER, false, KIND_REMINDER },
	{ __LINE__, ITEM_OWED, ITEM_OFF_TRACK, AT, false, KIND_ALERT },
	{ __LINE__, ITEM_OFF_TRACK, ITEM_UNREACHED, AT, true, KIND_ALERT },
	{ __LINE__, ITEM_MOVED, ITEM_MOVED, LATER, true, KIND_MOVED }, /* whenever it leaves */
	{ __LINE__, ITEM_MOVED, ITEM_SUBMITTED, AT, false, KIND_CONFIRMATION },
};

START_TEST(items_join_what_is_of_their_kind)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id first = post(w, "kir", pairs[_i].first, 1, AT);
	struct message_id second = post(w, "kir", pairs[_i].second, 2, pairs[_i].second_at);

	ck_assert_msg((first.n == second.n) == pairs[_i].joined, "line %d", pairs[_i].line);
	ck_assert_int_eq(message_of(w, second).kind, pairs[_i].kind);
	world_free(w);
}
END_TEST

START_TEST(what_has_been_tried_is_joined_no_more)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message m = message_of(w, post(w, "kir", ITEM_MOVED, 1, AT));

	outbox_start(&m, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_ne(post(w, "kir", ITEM_MOVED, 2, AT).n, m.id.n);
	world_free(w);
}
END_TEST

START_TEST(each_channel_has_its_own_message)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id id = post(w, "akut", ITEM_OWED, 1, AT);

	ck_assert_str_eq(message_of(w, id).channel, "mail");
	ck_assert_str_eq(message_of(w, message_id(id.n + 1)).channel, "hook");
	ck_assert_int_eq(message_of(w, id).next_attempt.us, instant_of(AT).us);
	ck_assert_str_eq(message_of(w, post(w, "channel:hook", ITEM_OWED, 1, AT)).to,
			 "channel:hook");
	world_free(w);
}
END_TEST

/* Strike out what RS-58 owes, in messages to somebody or (NULL) all. */
static int strike(struct world *w, int64_t obligation, unsigned whats, const char *to)
{
	return outbox_strike(&w->e,
			     &(struct strike){ obligation_id(obligation), deadline_id("RS-58"),
					       whats, recipient_id(to), "answered" },
			     w->now);
}

START_TEST(a_message_is_dropped_when_nothing_of_it_is_left)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id id = post(w, "kir", ITEM_OWED, 1, AT);

	ck_assert_int_eq(post(w, "kir", ITEM_ESCALATED, 2, AT).n, id.n);
	ck_assert_int_eq(strike(w, 1, 1U << ITEM_ESCALATED, NULL), 0);
	ck_assert_int_eq(strike(w, 1, 1U << ITEM_OWED, NULL), 0);
	ck_assert_int_eq(message_of(w, id).state, MESSAGE_PENDING);
	ck_assert_int_eq(strike(w, 2, ~0U, "akut"), 0);
	ck_assert_int_eq(message_of(w, id).state, MESSAGE_PENDING);
	ck_assert_int_eq(strike(w, 2, ~0U, "kir"), 0);
	ck_assert_int_eq(message_of(w, id).state, MESSAGE_DROPPED);
	ck_assert_str_eq(message_of(w, id).last_answer, "answered");
	ck_assert(instant_is_none(message_of(w, id).next_attempt));
	world_free(w);
}
END_TEST

START_TEST(what_is_under_way_is_not_dropped)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message m = message_of(w, post(w, "kir", ITEM_OWED, 1, AT));

	outbox_start(&m, w->now);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(strike(w, 1, ~0U, NULL), 0);
	ck_assert_int_eq(message_of(w, m.id).state, MESSAGE_STARTED);
	world_free(w);
}
END_TEST

START_TEST(all_that_waits_for_one_who_left_is_dropped)
{
	struct world *w = world_new("2026-05-08 18:00", &plan);
	struct message_id ids[100];

	for (int i = 0; i < 100; i++) { /* more than a batch */
		struct message m = message_of(w, post(w, i % 2 ? "kir" : "reg", ITEM_OWED, 1, AT));

		outbox_start(&m, w->now);
		outbox_settle(&m, &(struct result){ .verdict = VERDICT_LATER }, w->e.plan->calendar,
			      w->now);
		ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
		ids[i] = m.id;
	}
	ck_assert_int_eq(post_drop_recipient(&w->e, recipient_id("kir"),
					     "the recipient left the plan", w->now),
			 0);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(message_of(w, ids[i]).state,
				 i % 2 ? MESSAGE_DROPPED : MESSAGE_RETRY);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/post", UNIT_ROWS(each_item_has_its_kind_of_message, ITEM_WHATS),
	   UNIT_ROWS(items_join_what_is_of_their_kind, UNIT_COUNT(pairs)),
	   UNIT(what_has_been_tried_is_joined_no_more), UNIT(each_channel_has_its_own_message),
	   UNIT(a_message_is_dropped_when_nothing_of_it_is_left),
	   UNIT(what_is_under_way_is_not_dropped), UNIT(all_that_waits_for_one_who_left_is_dropped))
