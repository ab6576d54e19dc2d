/* SPDX-License-Identifier: Apache-2.0 */
/* That what had no memory is told is asked in tests/fault/test_memory.py. */
#include <stdlib.h>
#include <string.h>

#include "protocol/text_stream.h"
#include "unit.h"

START_TEST(all_that_is_written_is_there)
{
	struct text_stream s;
	FILE *out = text_stream_open(&s);
	size_t length;
	char *text;

	ck_assert_ptr_nonnull(out);
	for (int i = 0; i < 10000; i++) {
		ck_assert_int_eq(ftell(out), i * 5);
		fprintf(out, "%04d\n", i);
	}
	fputc('\0', out);
	text = text_stream_close(&s, &length);
	ck_assert_uint_eq(length, 50001);
	ck_assert_uint_eq(strlen(text), 50000);
	for (int i = 0; i < 10000; i++)
		ck_assert_int_eq(atoi(text + (ptrdiff_t)i * 5), i);
	free(text);
}
END_TEST

START_TEST(nothing_is_an_empty_text)
{
	struct text_stream s;
	char *text;

	text_stream_open(&s);
	text = text_stream_close(&s, NULL);
	ck_assert_str_eq(text, "");
	free(text);
	ck_assert_ptr_null(text_stream_close(&s, NULL));
}
END_TEST

START_TEST(one_text_after_the_other)
{
	struct text_stream s;
	FILE *out = text_stream_open(&s);

	fputs("one", out);
	ck_assert_str_eq(text_stream_said(&s), "one");
	ck_assert_str_eq(text_stream_said(&s), "");
	fputs("another", out);
	ck_assert_str_eq(text_stream_said(&s), "another");
	free(text_stream_close(&s, NULL));
}
END_TEST

UNIT_TESTS("protocol/text_stream", UNIT(all_that_is_written_is_there),
	   UNIT(nothing_is_an_empty_text), UNIT(one_text_after_the_other))
