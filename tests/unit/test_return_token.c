/* SPDX-License-Identifier: Apache-2.0 */
/* Return tokens: what was signed is read as it was written, in any case, and nothing else is read at all. */
#include "message/return_token.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>

#include "plan/plan_settings.h"
#include "protocol/text.h"
#include "tests/unit/store.h"

/* The bytes 0 to 31. */
#define MASTER "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

static struct return_key key_of(const char *master)
{
	struct ledger *l = store_begin();
	struct return_key key;

	ck_assert_int_eq(ledger_set_meta(l, META_RETURN_KEY, master), 0);
	ck_assert_int_eq(return_key_load(l, &key), 0);
	ledger_rollback(l);
	store_done(l);
	return key;
}

/* Computed with Python's hashlib and hmac: the key by BLAKE2b as crypto_kdf says, the signature by HMAC-SHA256. */
static const struct vector {
	int64_t message;
	int attempt;
	const char *text;
} vectors[] = {
	{ 41, 1, "41-1-srjprheol53cgudqqpdutxye" },
	{ 41, 0, "41-0-kza323onfadrxtu2qn2wsakl" },
	{ 1, 999, "1-999-jdjpakrthnfdp5wvnifr4c4a" },
	{ 9999999999, 999, "9999999999-999-xstfc2x63oyqrqgmm2hctb5d" },
};
#define VECTORS (sizeof(vectors) / sizeof(vectors[0]))

START_TEST(a_token_is_written_and_read_as_the_vectors_say)
{
	const struct vector *v = &vectors[_i];
	const struct return_token token = { message_id(v->message), v->attempt };
	const struct return_key key = key_of(MASTER);
	struct return_token read = { message_id(0), -1 };
	char text[RETURN_TOKEN];

	ck_assert_str_eq(return_token_write(&key, &token, text), v->text);
	ck_assert(return_token_read(&key, text, &read));
	ck_assert_int_eq(read.message.n, v->message);
	ck_assert_int_eq(read.attempt, v->attempt);
	/* Servers on the way change the case of addresses. */
	for (char *c = text; *c; c++)
		*c = (char)toupper(*c);
	ck_assert(return_token_read(&key, text, &read));
}
END_TEST

START_TEST(every_changed_bit_is_refused)
{
	const struct return_key key = key_of(MASTER);
	struct return_token read = { message_id(7), 7 };
	const char *whole = vectors[0].text;
	char text[RETURN_TOKEN];

	for (size_t i = 0; i < strlen(whole) * 8; i++) {
		strcpy(text, whole);
		text[i / 8] = (char)(text[i / 8] ^ 1 << i % 8);
		if (tolower(text[i / 8]) != whole[i / 8])
			ck_assert_msg(!return_token_read(&key, text, &read), "bit %zu: %s", i,
				      text);
	}
	for (size_t n = 0; n < strlen(whole); n++) {
		snprintf(text, sizeof(text), "%.*s", (int)n, whole);
		ck_assert(!return_token_read(&key, text, &read));
	}
	ck_assert_int_eq(read.message.n, 7);
}
END_TEST

/* A token has one text, and belongs to one message, attempt and store. */
START_TEST(nothing_else_is_a_token)
{
	static const char *const others[] = {
		"",
		"-",
		"41",
		"41-1",
		"41-1-",
		"041-1-srjprheol53cgudqqpdutxye",
		"41-01-srjprheol53cgudqqpdutxye",
		"+41-1-srjprheol53cgudqqpdutxye",
		" 41-1-srjprheol53cgudqqpdutxye",
		"41-1-srjprheol53cgudqqpdutxye ",
		"41-1-srjprheol53cgudqqpdutxye=",
		"41-1-srjprheol53cgudqqpdutxyea",
		"41-2-srjprheol53cgudqqpdutxye",
		"42-1-srjprheol53cgudqqpdutxye",
		"41-0-srjprheol53cgudqqpdutxye",
		"41--1-srjprheol53cgudqqpdutxye",
		"41-1000-srjprheol53cgudqqpdutxye",
		"10000000000-1-srjprheol53cgudqqpdutxye",
		"99999999999999999999999999-1-srjprheol53cgudqqpdutxye",
		"0-0-w5rbicwze2jucmnr6fi33ygy", /* a preview's */
		"41-1-\xc3\xa5rjprheol53cgudqqpdutxye",
	};
	const struct return_key key = key_of(MASTER);
	struct return_key another = key;
	struct return_token read;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		ck_assert_msg(!return_token_read(&key, others[i], &read), "%s", others[i]);
	another.key[31] ^= 1;
	ck_assert(!return_token_read(&another, vectors[0].text, &read));
}
END_TEST

START_TEST(an_attempt_that_has_no_room_is_whichever)
{
	const struct return_key key = key_of(MASTER);
	char text[RETURN_TOKEN];

	return_token_write(&key, &(struct return_token){ message_id(41), 1000 }, text);
	ck_assert_str_eq(text, vectors[1].text);
}
END_TEST

START_TEST(the_longest_return_address_is_one)
{
	const struct return_key key = key_of(MASTER);
	const struct return_token token = { message_id(9999999999), 999 };
	char mailbox[RETURN_PATH_MAX + 1], out[RETURN_ADDRESS];

	return_address_write(&key, "paminn-studs@region.example",
			     &(struct return_token){ message_id(41), 1 }, out);
	ck_assert_str_eq(out, "paminn-studs+41-1-srjprheol53cgudqqpdutxye@region.example");
	memset(mailbox, 'a', RETURN_PATH_MAX);
	mailbox[RETURN_PATH_MAX] = '\0';
	for (int i = RETURN_LOCAL_MAX + 61; i < RETURN_PATH_MAX; i += 60)
		mailbox[i] = '.';
	mailbox[RETURN_LOCAL_MAX] = '@';
	ck_assert_uint_eq(strlen(mailbox), RETURN_PATH_MAX);
	return_address_write(&key, mailbox, &token, out);
	ck_assert_uint_eq(strlen(out), 254);
	ck_assert(text_is_address(out));
	ck_assert_uint_eq((size_t)(strchr(out, '@') - out), 64);
}
END_TEST

START_TEST(what_has_its_form_is_found_in_a_text)
{
	static const char text[] =
		"<paminn.8f.41-0-KZA323onfadrxtu2qn2wsakl@region.se>\n"
		" x41-0-kza323onfadrxtu2qn2wsakl 141-0-kza323onfadrxtu2qn2wsak1"
		" 41-0-kza323onfadrxtu2qn2wsakl7 041-0-kza323onfadrxtu2qn2wsakl"
		" studs-7-12-aaaaaaaaaaaaaaaaaaaaaaaa@region.se 8-1-bbbbbbbbbbbbbbbbbbbbbbbb";
	static const char *const tokens[] = { "41-0-KZA323onfadrxtu2qn2wsakl",
					      "7-12-aaaaaaaaaaaaaaaaaaaaaaaa",
					      "8-1-bbbbbbbbbbbbbbbbbbbbbbbb" };
	struct return_token_place found;
	const char *at = text;

	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		ck_assert(return_token_find(at, strlen(at), &found));
		ck_assert_uint_eq(found.length, strlen(tokens[i]));
		ck_assert_mem_eq(at + found.at, tokens[i], found.length);
		/* No byte beyond those it is given is looked at. */
		ck_assert(!return_token_find(at, found.at + found.length - 1, &found));
		at = strstr(at, tokens[i]) + strlen(tokens[i]);
	}
	ck_assert(!return_token_find(at, strlen(at), &found));
}
END_TEST

/* Who is shown a message's headers may not say that it bounced, or reply as its reader. */
START_TEST(what_signs_is_concealed)
{
	char text[] = "Reply-To: studs+41-0-kza323onfadrxtu2qn2wsakl@region.se\n"
		      "Message-ID: <paminn.8f.41-0-kza323onfadrxtu2qn2wsakl@region.se>\n"
		      "X: 1-2-3";

	return_tokens_conceal(text);
	ck_assert_str_eq(text, "Reply-To: studs+41-0-…@region.se\n"
			       "Message-ID: <paminn.8f.41-0-…@region.se>\n"
			       "X: 1-2-3");
	return_tokens_conceal(NULL);
}
END_TEST

START_TEST(a_store_has_one_key_for_ever)
{
	struct return_key key, again;
	struct ledger *l = store_open();

	ck_assert_int_eq(return_key_load(l, &key), 0);
	ck_assert_int_eq(key.from.n, 1);
	ck_assert(!sodium_is_zero(key.key, sizeof(key.key)));
	ledger_close(l);
	l = store_open();
	ck_assert_int_eq(return_key_load(l, &again), 0);
	ck_assert_mem_eq(&key, &again, sizeof(key));
	store_done(l);
}
END_TEST

/* A store from before there were tokens: its messages keep the Message-ID that they may have left with. */
START_TEST(what_was_numbered_before_is_older_than_the_key)
{
	struct ledger *l = store_begin();
	struct message m = { .to = "p",
			     .channel = "mail",
			     .created = { 1 },
			     .planned = { 1 },
			     .next_attempt = { 1 },
			     .first_attempt = INSTANT_NONE,
			     .finished = INSTANT_NONE };
	struct return_key key;

	ck_assert_int_eq(ledger_put_message(l, &m), 0);
	ck_assert_int_eq(ledger_set_meta(l, META_RETURN_KEY, ""), 0);
	ck_assert_int_eq(ledger_commit(l), 0);
	ledger_close(l);
	l = store_open();
	ck_assert_int_eq(return_key_load(l, &key), 0);
	ck_assert_int_eq(key.from.n, m.id.n + 1);
	store_done(l);
}
END_TEST

START_TEST(a_key_that_is_none_is_an_error)
{
	static const char *const none[] = { "", "AAEC", "no key at all", MASTER "AAAA" };
	struct ledger *l = store_begin();
	struct return_key key;

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		ck_assert_int_eq(ledger_set_meta(l, META_RETURN_KEY, none[i]), 0);
		ck_assert_int_eq(return_key_load(l, &key), -EIO);
	}
	ledger_rollback(l);
	store_done(l);
}
END_TEST

UNIT_TESTS("message/return_token",
	   UNIT_ROWS(a_token_is_written_and_read_as_the_vectors_say, VECTORS),
	   UNIT(every_changed_bit_is_refused), UNIT(nothing_else_is_a_token),
	   UNIT(an_attempt_that_has_no_room_is_whichever), UNIT(the_longest_return_address_is_one),
	   UNIT(what_has_its_form_is_found_in_a_text), UNIT(what_signs_is_concealed),
	   UNIT(a_store_has_one_key_for_ever), UNIT(what_was_numbered_before_is_older_than_the_key),
	   UNIT(a_key_that_is_none_is_an_error))
