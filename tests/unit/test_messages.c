/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the outbox. */
#include "tests/unit/store.h"

#include <errno.h>

static const struct message pending = {
	.to = "chef-akut",
	.channel = "mail",
	.kind = KIND_REMINDER,
	.state = MESSAGE_PENDING,
	.created = { 1 },
	.planned = { 100 },
	.next_attempt = { 100 },
	.first_attempt = INSTANT_NONE,
	.finished = INSTANT_NONE,
};

static struct message put(struct ledger *l, struct message m)
{
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_gt(m.id.n, 0);
	return m;
}

static void finish(struct ledger *l, struct message *m, enum message_state state)
{
	m->state = state;
	m->attempts = 1;
	m->next_attempt = INSTANT_NONE;
	m->finished = (struct instant){ 200 };
	ck_assert_int_eq(ledger_put_message(l, m), 0);
}

START_TEST(a_message_is_found_as_it_was_put)
{
	struct ledger *l = store_begin();
	struct message got, m = put(l, pending);

	m.state = MESSAGE_RETRY;
	m.next_attempt = (struct instant){ 105 };
	m.first_attempt = (struct instant){ 101 };
	m.attempts = 2;
	m.unknown = 1;
	strcpy(m.last_answer, "451 4.3.0 Försök senare");
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(ledger_message(l, m.id, &got), 0);
	ck_assert_str_eq(got.to, m.to);
	ck_assert_str_eq(got.channel, m.channel);
	ck_assert_int_eq(got.kind, m.kind);
	ck_assert_int_eq(got.state, m.state);
	ck_assert_int_eq(got.created.us, 1);
	ck_assert_int_eq(got.planned.us, 100);
	ck_assert_int_eq(got.next_attempt.us, 105);
	ck_assert_int_eq(got.first_attempt.us, 101);
	ck_assert(instant_is_none(got.finished));
	ck_assert_int_eq(got.attempts, 2);
	ck_assert_int_eq(got.unknown, 1);
	ck_assert_str_eq(got.last_answer, m.last_answer);
	ck_assert(!IS_THERE(ledger_find_message, l, message_id(m.id.n + 1), &got));
	m.unknown = 3; /* more unknown outcomes than attempts */
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(ledger_commit(l), -EINVAL);
	store_done(l);
}
END_TEST

/* Is there a message to join for a key like that of `pending` but for one member? */
static bool joins(struct ledger *l, struct message_key key, struct message *ret)
{
	return IS_THERE(ledger_find_message_to_join, l, &key, ret);
}

START_TEST(only_an_untried_message_of_the_same_kind_is_joined)
{
	const struct instant planned = pending.planned, later = { 101 };
	struct ledger *l = store_begin();
	struct message got, m = put(l, pending);
	const struct message_key key = { recipient_id(pending.to), "mail", KIND_REMINDER, planned };

	ck_assert(joins(l, key, &got));
	ck_assert_int_eq(got.id.n, m.id.n);
	ck_assert(joins(l, (struct message_key){ key.to, key.channel, key.kind, INSTANT_NONE },
			&got));
	ck_assert(!joins(
		l, (struct message_key){ recipient_id("hsd"), key.channel, key.kind, planned },
		&got));
	ck_assert(!joins(l, (struct message_key){ key.to, "teams", key.kind, planned }, &got));
	ck_assert(
		!joins(l, (struct message_key){ key.to, key.channel, KIND_ALERT, planned }, &got));
	ck_assert(!joins(l, (struct message_key){ key.to, key.channel, key.kind, later }, &got));

	m.attempts = 1;
	m.state = MESSAGE_RETRY;
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert(!joins(l, key, &got));
	m = put(l, pending);
	m.state = MESSAGE_DROPPED;
	m.next_attempt = INSTANT_NONE;
	m.finished = planned;
	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert(!joins(l, key, &got));
	store_done(l);
}
END_TEST

START_TEST(ready_messages_leave_earliest_first)
{
	struct ledger *l = store_begin();
	struct message out[8], retry = put(l, pending), second = put(l, pending);
	struct message first = pending;

	first.planned = first.next_attempt = (struct instant){ 50 };
	first = put(l, first);
	retry.state = MESSAGE_RETRY;
	retry.next_attempt = (struct instant){ 300 };
	ck_assert_int_eq(ledger_put_message(l, &retry), 0);

	ck_assert_int_eq(ledger_messages_ready(l, (struct instant){ 49 }, out, 8), 0);
	ck_assert_int_eq(ledger_messages_ready(l, (struct instant){ 100 }, out, 8), 2);
	ck_assert_int_eq(out[0].id.n, first.id.n);
	ck_assert_int_eq(out[1].id.n, second.id.n);
	ck_assert_int_eq(ledger_messages_ready(l, (struct instant){ 300 }, out, 2), 2);
	ck_assert_int_eq(ledger_messages_ready(l, (struct instant){ 300 }, out, 8), 3);
	ck_assert_int_eq(out[2].id.n, retry.id.n);
	store_done(l);
}
END_TEST

START_TEST(each_channel_has_its_own_queue_in_order_of_due_time)
{
	struct ledger *l = store_begin();
	struct message out[8], other = pending, m = pending, early, late;

	m.planned = m.next_attempt = (struct instant){ 70 };
	late = put(l, m);
	m.planned = (struct instant){ 60 };
	m.next_attempt = (struct instant){ 90 }; /* due first, tried again last */
	m.state = MESSAGE_RETRY;
	early = put(l, m);
	strcpy(other.channel, "other");
	other.planned = other.next_attempt = (struct instant){ 50 };
	other = put(l, other);

	ck_assert_int_eq(ledger_messages_ready_on(l, m.channel, (struct instant){ 80 }, out, 8), 1);
	ck_assert_int_eq(out[0].id.n, late.id.n);
	ck_assert_int_eq(ledger_messages_ready_on(l, m.channel, (struct instant){ 90 }, out, 8), 2);
	ck_assert_int_eq(out[0].id.n, early.id.n);
	ck_assert_int_eq(out[1].id.n, late.id.n);
	ck_assert_int_eq(ledger_messages_ready_on(l, "other", (struct instant){ 90 }, out, 8), 1);
	ck_assert_int_eq(out[0].id.n, other.id.n);

	/* Its server is back: what was due waits no longer, what is not due still does. */
	m.planned = m.next_attempt = (struct instant){ 500 };
	put(l, m);
	ck_assert_int_eq(ledger_messages_forward(l, m.channel, (struct instant){ 80 },
						 (struct instant){ 80 }),
			 0);
	ck_assert_int_eq(ledger_messages_ready_on(l, m.channel, (struct instant){ 80 }, out, 8), 2);
	ck_assert_int_eq(out[0].id.n, early.id.n);
	ck_assert_int_eq(ledger_messages_ready_on(l, m.channel, (struct instant){ 499 }, out, 8),
			 2);
	store_done(l);
}
END_TEST

START_TEST(messages_are_listed_by_state)
{
	struct ledger *l = store_begin();
	struct message out[8], a = put(l, pending), b = put(l, pending), c = put(l, pending);

	finish(l, &a, MESSAGE_DELIVERED);
	finish(l, &b, MESSAGE_FAILED);
	ck_assert_int_eq(ledger_messages(l, 0, message_id(0), out, 8), 3);
	ck_assert_int_eq(ledger_messages(l, 0, a.id, out, 1), 1);
	ck_assert_int_eq(out[0].id.n, b.id.n);
	ck_assert_int_eq(ledger_messages(l, 1u << MESSAGE_PENDING, message_id(0), out, 8), 1);
	ck_assert_int_eq(out[0].id.n, c.id.n);
	ck_assert_int_eq(ledger_messages(l, 1u << MESSAGE_PENDING | 1u << MESSAGE_FAILED,
					 message_id(0), out, 8),
			 2);
	ck_assert_int_eq(out[0].id.n, b.id.n);
	ck_assert_int_eq(ledger_messages(l, 1u << MESSAGE_HELD, message_id(0), out, 8), 0);
	store_done(l);
}
END_TEST

/* ---- items ----------------------------------------------------------------------------------- */

struct seen {
	char text[200];
};

static int note_item(void *userdata, const struct item *item)
{
	struct seen *seen = userdata;
	size_t n = strlen(seen->text);

	snprintf(seen->text + n, sizeof(seen->text) - n, "%s/%s:%s%s ", item->deadline,
		 item->measure, item->detail ? item->detail : "-", item->moot ? "!" : "");
	return 0;
}

static int note_about(void *userdata, const struct message *m, const struct item *item)
{
	ck_assert_int_eq(m->id.n, item->message.n);
	ck_assert_str_eq(m->to, "chef-akut");
	ck_assert_str_eq(m->last_answer, "");
	return note_item(userdata, item);
}

static void put_item(struct ledger *l, struct message_id message, unsigned n, int64_t obligation,
		     const char *measure, char *detail)
{
	struct item item = { .message = message,
			     .n = n,
			     .obligation = obligation_id(obligation),
			     .deadline = "RS-58",
			     .round = 1,
			     .step = "-2wd",
			     .repetition = 3,
			     .what = 4,
			     .late = true,
			     .detail = detail };

	snprintf(item.measure, sizeof(item.measure), "%s", measure);
	ck_assert_int_eq(ledger_put_item(l, &item), 0);
}

static int check_item(void *userdata, const struct item *item)
{
	ck_assert_uint_eq(item->n, 0);
	ck_assert_int_eq(item->obligation.n, 7);
	ck_assert_int_eq(item->round, 1);
	ck_assert_str_eq(item->step, "-2wd");
	ck_assert_uint_eq(item->repetition, 3);
	ck_assert_int_eq(item->what, 4);
	ck_assert(item->late && !item->moot);
	ck_assert_str_eq(item->detail, "{}");
	return *(int *)userdata;
}

START_TEST(items_are_found_by_what_they_speak_of)
{
	static char detail[] = "{}";
	int stop = 5;
	struct seen seen[8] = { 0 };
	struct ledger *l = store_begin();
	struct message a = put(l, pending), b = put(l, pending);
	const struct item_subject of_seven = { .obligation = { 7 } },
				  of_deadline = { { 0 }, deadline_id("RS-58") };

	put_item(l, b.id, 0, 7, "HSN-03", NULL);
	put_item(l, a.id, 1, 0, "", NULL);
	put_item(l, a.id, 0, 7, "HSN-03", detail);
	ck_assert_int_eq(ledger_items(l, a.id, check_item, &stop), stop);
	ck_assert_int_eq(ledger_items(l, a.id, note_item, &seen[0]), 0);
	ck_assert_str_eq(seen[0].text, "RS-58/HSN-03:{} RS-58/:- ");

	ck_assert_int_eq(ledger_items_in(l, message_states_open(), of_seven, note_item, &seen[1]),
			 0);
	ck_assert_str_eq(seen[1].text, "RS-58/HSN-03:{} RS-58/HSN-03:- ");
	ck_assert_int_eq(
		ledger_items_in(l, message_states_open(), of_deadline, note_item, &seen[2]), 0);
	ck_assert_str_eq(seen[2].text, "RS-58/:- ");
	finish(l, &a, MESSAGE_DELIVERED);
	ck_assert_int_eq(ledger_items_in(l, message_states_open(), of_seven, note_item, &seen[3]),
			 0);
	ck_assert_str_eq(seen[3].text, "RS-58/HSN-03:- ");

	ck_assert_int_eq(
		ledger_items_about(l, deadline_id(""), measure_id(""), note_about, &seen[4]), 0);
	ck_assert_str_eq(seen[4].text, "RS-58/HSN-03:{} RS-58/:- RS-58/HSN-03:- ");
	ck_assert_int_eq(
		ledger_items_about(l, deadline_id("RS-58"), measure_id(""), note_about, &seen[5]),
		0);
	ck_assert_str_eq(seen[5].text, seen[4].text);
	ck_assert_int_eq(
		ledger_items_about(l, deadline_id(""), measure_id("HSN-03"), note_about, &seen[6]),
		0);
	ck_assert_str_eq(seen[6].text, "RS-58/HSN-03:{} RS-58/HSN-03:- ");
	ck_assert_int_eq(ledger_items_about(l, deadline_id("RS-58"), measure_id("HSN-04"),
					    note_about, &seen[7]),
			 0);
	ck_assert_str_eq(seen[7].text, "");
	ck_assert_int_eq(ledger_items_about(l, deadline_id("RS-58"), measure_id("HSN-03"),
					    note_about, &seen[7]),
			 0);
	ck_assert_str_eq(seen[7].text, seen[6].text);
	store_done(l);
}
END_TEST

START_TEST(an_item_can_become_moot)
{
	struct seen seen = { 0 };
	struct ledger *l = store_begin();
	struct message m = put(l, pending);
	struct item item = { .message = m.id, .deadline = "RS-58", .moot = true };

	put_item(l, m.id, 0, 7, "HSN-03", NULL);
	ck_assert_int_eq(ledger_put_item(l, &item), 0);
	ck_assert_int_eq(ledger_items(l, m.id, note_item, &seen), 0);
	ck_assert_str_eq(seen.text, "RS-58/:-! ");
	store_done(l);
}
END_TEST

START_TEST(kinds_and_states_have_names)
{
	for (int i = 0; i < KINDS; i++)
		ck_assert_ptr_nonnull(message_kind_name((enum message_kind)i));
	for (int i = 0; i < MESSAGE_STATES; i++)
		ck_assert_ptr_nonnull(message_state_name((enum message_state)i));
	ck_assert_str_eq(message_kind_name(KIND_CONFIRMATION), "confirmation");
	ck_assert_str_eq(message_state_name(MESSAGE_HELD), "held");
}
END_TEST

UNIT_TESTS("ledger/messages", UNIT(a_message_is_found_as_it_was_put),
	   UNIT(only_an_untried_message_of_the_same_kind_is_joined),
	   UNIT(ready_messages_leave_earliest_first),
	   UNIT(each_channel_has_its_own_queue_in_order_of_due_time),
	   UNIT(messages_are_listed_by_state), UNIT(items_are_found_by_what_they_speak_of),
	   UNIT(an_item_can_become_moot), UNIT(kinds_and_states_have_names))
