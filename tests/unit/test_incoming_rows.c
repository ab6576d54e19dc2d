/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of mails that came in, and what of them waits to be forwarded. */
#include "tests/unit/store.h"

#include <errno.h>

static struct message_id message_made(struct ledger *l)
{
	struct message m = { .to = "akut",
			     .channel = "mail",
			     .created = { 1 },
			     .planned = { 2 },
			     .next_attempt = { 2 },
			     .first_attempt = INSTANT_NONE,
			     .finished = INSTANT_NONE };

	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	return m.id;
}

/* A row of a key, with its id. */
static int64_t put(struct ledger *l, const char *key, struct message_id message,
		   enum incoming_what what, int64_t at)
{
	struct incoming_row row = { .message = message,
				    .attempt = 2,
				    .what = what,
				    .at = { at },
				    .status = "5.1.1",
				    .answer = "550 5.1.1 no such user",
				    .subject = "Undelivered",
				    .person = "akut" };

	snprintf(row.key, sizeof(row.key), "%s", key);
	ck_assert_int_eq(ledger_put_incoming(l, &row), 0);
	ck_assert_int_gt(row.id, 0);
	return row.id;
}

START_TEST(a_row_is_found_by_its_key_as_it_was_put)
{
	struct ledger *l = store_begin();
	struct incoming_row row = { .message = message_made(l),
				    .what = INCOMING_PERSON,
				    .key = "aa",
				    .at = { 77 },
				    .subject = "SV: Påminnelse",
				    .text = (char[]){ "klar\nprognos 1,2 mnkr" },
				    .person = "akut" };
	struct incoming_row found = { .text = NULL };
	bool there;

	ck_assert_int_eq(ledger_put_incoming(l, &row), 0);
	ck_assert_int_eq(row.id, 1);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert(IS_THERE(ledger_find_incoming, l, "aa", &found));
	ck_assert_str_eq(found.text, row.text);
	ck_assert_str_eq(found.subject, row.subject);
	ck_assert_int_eq(found.what, INCOMING_PERSON);
	ck_assert_int_eq(found.at.us, 77);
	ck_assert_int_eq(found.message.n, row.message.n);
	incoming_row_done(&found);
	ck_assert_int_eq(ledger_find_incoming(l, "bb", &found, &there), 0);
	ck_assert(!there);
	ck_assert_int_eq(ledger_find_incoming_by_id(l, 1, &found, &there), 0);
	ck_assert(there);
	ck_assert_str_eq(found.key, "aa");
	incoming_row_done(&found);
	store_done(l);
}
END_TEST

START_TEST(a_mail_is_taken_once)
{
	struct ledger *l = store_begin();
	struct incoming_row again = { .message = message_made(l), .key = "aa", .at = { 1 } };

	put(l, "aa", again.message, INCOMING_FAILURE, 1);
	ck_assert_int_eq(store_commit(l, ledger_put_incoming(l, &again)), -EEXIST);
	store_done(l);
}
END_TEST

static int add_key(void *userdata, const struct incoming_row *row)
{
	strcat(userdata, row->key);
	return 0;
}

START_TEST(they_are_listed_of_a_message_and_of_a_kind)
{
	struct ledger *l = store_begin();
	struct message_id one = message_made(l), two = message_made(l);
	char keys[80] = "";

	put(l, "a", one, INCOMING_DELAY, 10);
	put(l, "b", two, INCOMING_DELAY, 20);
	put(l, "c", one, INCOMING_FAILURE, 30);
	ck_assert_int_eq(ledger_incoming(l, one, add_key, keys), 0);
	ck_assert_str_eq(keys, "ac");
	keys[0] = '\0';
	ck_assert_int_eq(
		ledger_incoming_since(l, INCOMING_DELAY, (struct instant){ 10 }, add_key, keys), 0);
	ck_assert_str_eq(keys, "ab");
	keys[0] = '\0';
	ck_assert_int_eq(
		ledger_incoming_since(l, INCOMING_DELAY, (struct instant){ 11 }, add_key, keys), 0);
	ck_assert_str_eq(keys, "b");
	store_done(l);
}
END_TEST

START_TEST(what_is_to_be_forwarded_is_kept_byte_for_byte_until_it_has_left)
{
	static const char bytes[] = "From: a\r\n\r\n\0\xff\x80 end";
	struct ledger *l = store_begin();
	const int64_t id = put(l, "a", message_made(l), INCOMING_PERSON, 10);
	char *found = NULL;
	size_t length = 0;

	ck_assert_int_eq(ledger_put_forward(l, id, bytes, sizeof(bytes)), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ck_assert(IS_THERE(ledger_find_forward, l, id, &found, &length));
	ck_assert_uint_eq(length, sizeof(bytes));
	ck_assert_mem_eq(found, bytes, sizeof(bytes));
	ck_assert_int_eq(found[length], '\0');
	free(found);
	ck_assert_int_eq(ledger_begin(l), 0);
	ck_assert_int_eq(ledger_forget_forward(l, id), 0);
	found = NULL;
	ck_assert(!IS_THERE(ledger_find_forward, l, id, &found, &length));
	ck_assert_ptr_null(found);
	store_done(l);
}
END_TEST

static int add_dangling(void *userdata, int64_t key, int64_t to)
{
	ck_assert_int_eq(to, 99);
	*(int64_t *)userdata = key;
	return 0;
}

START_TEST(one_about_no_message_is_found)
{
	struct ledger *l = store_begin();
	const int64_t id = put(l, "a", message_id(99), INCOMING_DELAY, 10);
	struct reference_cursor cursor = { .which = REFERENCE_INCOMING };
	int64_t found = 0;

	put(l, "b", message_made(l), INCOMING_DELAY, 10);
	ck_assert_int_eq(ledger_dangling(l, &cursor, 100, add_dangling, &found), 0);
	ck_assert_int_eq(found, id);
	ck_assert_int_eq(cursor.which, REFERENCES);
	store_done(l);
}
END_TEST

START_TEST(what_came_in_about_a_link_to_sign_in_goes_with_it)
{
	struct ledger *l = store_begin();
	struct incoming_row found = { .text = NULL };
	struct message link = { .to = "akut",
				.channel = "mail",
				.kind = KIND_SIGN_IN,
				.state = MESSAGE_BOUNCED,
				.created = { 1 },
				.planned = { 2 },
				.next_attempt = INSTANT_NONE,
				.first_attempt = { 2 },
				.finished = { 3 },
				.attempts = 1 };

	ck_assert_int_eq(ledger_put_message(l, &link), 0);
	put(l, "a", link.id, INCOMING_FAILURE, 3);
	put(l, "b", message_made(l), INCOMING_FAILURE, 3);
	ck_assert_int_eq(ledger_forget_sign_ins(l, (struct instant){ 3 }), 0);
	ck_assert(!IS_THERE(ledger_find_incoming, l, "a", &found));
	ck_assert(IS_THERE(ledger_find_incoming, l, "b", &found));
	incoming_row_done(&found);
	store_done(l);
}
END_TEST

START_TEST(each_kind_has_its_name)
{
	ck_assert_str_eq(incoming_what_name(INCOMING_FAILURE), "failure");
	ck_assert_str_eq(incoming_what_name(INCOMING_DELAY), "delay");
	ck_assert_str_eq(incoming_what_name(INCOMING_AUTOMATIC), "automatic");
	ck_assert_str_eq(incoming_what_name(INCOMING_PERSON), "reply");
}
END_TEST

UNIT_TESTS("ledger/incoming_rows", UNIT(a_row_is_found_by_its_key_as_it_was_put),
	   UNIT(a_mail_is_taken_once), UNIT(they_are_listed_of_a_message_and_of_a_kind),
	   UNIT(what_is_to_be_forwarded_is_kept_byte_for_byte_until_it_has_left),
	   UNIT(one_about_no_message_is_found),
	   UNIT(what_came_in_about_a_link_to_sign_in_goes_with_it), UNIT(each_kind_has_its_name))
