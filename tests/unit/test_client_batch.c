/* SPDX-License-Identifier: Apache-2.0 */
#include "client/batch.h"

#include <string.h>

#include "unit.h"

static const struct {
	int line;
	const char *answers;
	const char *left; /* the frame, without its last bracket */
	size_t lines;	  /* the sum of theirs */
} rows[] = {
	{ __LINE__, "['retry','retry','retry']", "[{\"a\":1},{\"b\":22},{\"c\":333}", 6 },
	{ __LINE__, "['accepted','retry','rejected']", "[{\"b\":22}", 2 },
	{ __LINE__, "['retry','duplicate','retry']", "[{\"a\":1},{\"c\":333}", 4 },
	{ __LINE__, "['accepted','accepted','retry']", "[{\"c\":333}", 3 },
	{ __LINE__, "['accepted','accepted','accepted']", "[", 0 },
};

/* An array of answers, of the results between ' '. */
static json_t *answers_of(const char *text)
{
	json_t *all = json_array();

	for (const char *at = strchr(text, '\''); at; at = strchr(at + 1, '\'')) {
		size_t length = strcspn(at + 1, "'");

		json_array_append_new(all, json_pack("{s:s%}", "result", at + 1, length));
		at += length + 1;
	}
	return all;
}

START_TEST(what_is_to_be_said_again_stays)
{
	static const char *const events[] = { "{\"a\":1}", "{\"b\":22}", "{\"c\":333}" };
	json_t *answers = answers_of(rows[_i].answers);
	size_t lines = 0;
	struct batch *b;

	batch_new(&b);
	for (size_t i = 0; i < 3; i++)
		ck_assert(batch_add(b, events[i], strlen(events[i]), i + 1));
	batch_retain(b, answers);
	ck_assert_uint_eq(b->length, strlen(rows[_i].left));
	ck_assert_msg(memcmp(b->frame, rows[_i].left, b->length) == 0, "line %d: %.*s",
		      rows[_i].line, (int)b->length, b->frame);
	for (size_t i = 0; i < b->count; i++) {
		lines += b->events[i].line;
		ck_assert_int_eq(b->frame[b->events[i].at], '{');
		ck_assert_int_eq(b->frame[b->events[i].at + b->events[i].length - 1], '}');
	}
	ck_assert_uint_eq(lines, rows[_i].lines);
	batch_free(b);
	json_decref(answers);
}
END_TEST

UNIT_TESTS("client/batch", UNIT_ROWS(what_is_to_be_said_again_stays, UNIT_COUNT(rows)))
