/* SPDX-License-Identifier: Apache-2.0 */
#include "control/uploads.h"

#include <string.h>

#include "message/incoming.h"
#include "protocol/query.h"
#include "tests/unit/unit.h"

static struct {
	sd_event *event;
	struct uploads *uploads;
	struct rejection why;
	struct uploaded mail;
	bool whole;
} it;

static void begin(void)
{
	ck_assert_int_ge(sd_event_new(&it.event), 0);
	ck_assert_int_eq(uploads_new(&it.uploads, it.event), 0);
}

static void end(void)
{
	uploads_free(it.uploads);
	sd_event_unref(it.event);
}

/* A piece in base64, of that many bytes of 'A' when it is NULL. */
static enum reject_code add(const char *name, int piece, const char *bytes, size_t length,
			    bool last)
{
	char *many = malloc(length / 3 * 4 + 1);
	json_t *params;
	enum reject_code code;

	memset(many, 'A', length / 3 * 4);
	many[length / 3 * 4] = '\0';
	params = json_pack("{s:s, s:i, s:s, s:b, s:s}", "upload", name, "piece", piece, "bytes",
			   bytes ? bytes : many, "last", last, "to", "a@b.se");
	it.whole = false;
	code = uploads_add(it.uploads, params, &it.mail, &it.whole, &it.why);
	/* Whoever is handed it does not keep the params. */
	if (it.whole)
		ck_assert_str_eq(it.mail.to, "a@b.se");
	json_decref(params);
	free(many);
	return code;
}

START_TEST(pieces_become_a_mail)
{
	begin();
	ck_assert_int_eq(add("one", 1, "aGVq", 0, false), REJECT_NONE);
	ck_assert(!it.whole);
	ck_assert_int_eq(add("two", 1, "bmVq", 0, true), REJECT_NONE);
	ck_assert(it.whole);
	ck_assert_uint_eq(it.mail.length, 3);
	ck_assert_mem_eq(it.mail.bytes, "nej", 3);
	uploads_end(it.uploads, &it.mail);
	ck_assert_int_eq(add("one", 2, "IQ==", 0, false), REJECT_NONE);
	ck_assert_int_eq(add("one", 3, "", 0, true), REJECT_NONE);
	ck_assert(it.whole);
	ck_assert_uint_eq(it.mail.length, 4);
	ck_assert_mem_eq(it.mail.bytes, "hej!", 4);
	uploads_end(it.uploads, &it.mail);
	/* It is forgotten: the same name begins anew. */
	ck_assert_int_eq(add("one", 1, "", 0, true), REJECT_NONE);
	ck_assert_uint_eq(it.mail.length, 0);
	end();
}
END_TEST

START_TEST(a_piece_that_is_not_the_next_ends_it)
{
	begin();
	ck_assert_int_eq(add("one", 2, "aGVq", 0, false), RETRY_BUSY);
	ck_assert_int_eq(add("one", 1, "aGVq", 0, false), REJECT_NONE);
	ck_assert_int_eq(add("one", 3, "aGVq", 0, false), RETRY_BUSY);
	ck_assert_int_eq(add("one", 2, "aGVq", 0, false), RETRY_BUSY);
	ck_assert_int_eq(add("one", 1, "aGVq", 0, false), REJECT_NONE);
	ck_assert_int_eq(add("one", 2, "a", 0, true), REJECT_BAD_DATA);
	ck_assert_int_eq(add("one", 2, "aGVq", 0, true), RETRY_BUSY);
	/* A sender that begins anew has not to wait. */
	ck_assert_int_eq(add("one", 1, "aGVq", 0, false), REJECT_NONE);
	ck_assert_int_eq(add("one", 1, "aGVq", 0, true), REJECT_NONE);
	ck_assert_uint_eq(it.mail.length, 3);
	end();
}
END_TEST

START_TEST(few_are_under_way_at_once)
{
	char name[20];

	begin();
	for (int i = 0; i < UPLOADS_MAX; i++) {
		sprintf(name, "name-%d", i);
		ck_assert_int_eq(add(name, 1, "aGVq", 0, false), REJECT_NONE);
	}
	ck_assert_int_eq(add("another", 1, "aGVq", 0, false), RETRY_BUSY);
	ck_assert_int_eq(add("name-0", 2, "", 0, true), REJECT_NONE);
	uploads_end(it.uploads, &it.mail);
	ck_assert_int_eq(add("another", 1, "aGVq", 0, false), REJECT_NONE);
	end();
}
END_TEST

/* One that is too large is not taken in to its end. */
START_TEST(one_mail_is_bounded)
{
	int piece = 0;

	begin();
	do
		ck_assert_int_eq(add("one", ++piece, NULL, QUERY_PIECE_MAX / 3 * 3, false),
				 REJECT_NONE);
	while (!it.whole);
	ck_assert_uint_gt(it.mail.length, INCOMING_MAX);
	ck_assert_uint_le(it.mail.length, INCOMING_MAX + QUERY_PIECE_MAX);
	uploads_end(it.uploads, &it.mail);
	ck_assert_int_eq(add("one", piece + 1, "aGVq", 0, false), RETRY_BUSY);
	end();
}
END_TEST

START_TEST(all_of_them_are_bounded)
{
	const size_t piece = QUERY_PIECE_MAX / 3 * 3;
	const char *const names[] = { "a", "b", "c" };
	size_t sum = 0;
	enum reject_code code = REJECT_NONE;

	begin();
	for (int n = 1; code == REJECT_NONE; n++)
		for (size_t i = 0; i < UNIT_COUNT(names) && code == REJECT_NONE; i++) {
			code = add(names[i], n, NULL, piece, false);
			sum += piece;
		}
	ck_assert_int_eq(code, RETRY_BUSY);
	ck_assert_uint_gt(sum, UPLOADS_BYTES_MAX);
	ck_assert_uint_le(sum, UPLOADS_BYTES_MAX + piece);
	end();
}
END_TEST

UNIT_TESTS("control/uploads", UNIT(pieces_become_a_mail),
	   UNIT(a_piece_that_is_not_the_next_ends_it), UNIT(few_are_under_way_at_once),
	   UNIT(one_mail_is_bounded), UNIT(all_of_them_are_bounded))
