/* SPDX-License-Identifier: Apache-2.0 */
/* What is JSON and what is not, tests of events say; here is what becomes of what is. */
#include "protocol/parsed.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

static struct parser *parser;

/* text, with ' for ", lasts as long as the values do. */
static const struct parsed *parse(char *text)
{
	struct rejection why;
	const struct parsed *parsed;

	for (char *c = text; (c = strchr(c, '\'')); c++)
		*c = '"';
	if (!parser)
		ck_assert_int_eq(parser_new(&parser), 0);
	parsed = parser_parse(parser, text, strlen(text), &why);
	ck_assert_msg(parsed, "%s: %s", text, why.reason);
	return parsed;
}

START_TEST(a_tree_is_a_list)
{
	char text[] = " {'a':[1,\t{}],\r\n'b' : 'c' ,'d':null} ";
	const struct parsed *root = parse(text), *array = parsed_get(root, "a");
	const char *names = "abd";

	ck_assert_uint_eq(root->nodes, 6);
	ck_assert_uint_eq(root->count, 3);
	parsed_foreach(root, member) ck_assert_int_eq(member->name[0], *names++);
	ck_assert_uint_eq(array->count, 2);
	ck_assert_uint_eq(array->nodes, 3);
	ck_assert_int_eq((array + 2)->kind, PARSED_OBJECT);
	ck_assert_uint_eq((array + 2)->count, 0);
	ck_assert_str_eq(parsed_string(parsed_get(root, "b")), "c");
	ck_assert(parsed_is_null(parsed_get(root, "d")));
	ck_assert_ptr_null(parsed_get(root, "e"));
	ck_assert_ptr_null(parsed_get(array, "a"));
	ck_assert_ptr_null(parsed_get(NULL, "a"));
	ck_assert_ptr_null(parsed_string(array));
	ck_assert_ptr_null(parsed_string(NULL));
	ck_assert(!parsed_is_null(NULL) && !parsed_is_null(array));
	ck_assert(!parsed_integer(NULL, &(int64_t){ 0 }));
}
END_TEST

START_TEST(each_value_knows_where_it_stands)
{
	char text[] = " [ {'a' : 1.50 } , 'x\\n' ]\n";
	const struct parsed *root = parse(text);

	ck_assert_uint_eq(root->size, strlen("[ {'a' : 1.50 } , 'x\\n' ]"));
	ck_assert_int_eq(strncmp((root + 1)->begin, "{\"a\" : 1.50 }", (root + 1)->size), 0);
	ck_assert_int_eq(strncmp((root + 2)->begin, "1.50", (root + 2)->size), 0);
	ck_assert_int_eq(strncmp((root + 3)->begin, "\"x\\n\"", (root + 3)->size), 0);
	ck_assert_str_eq((root + 3)->text, "x\n");
	ck_assert_uint_eq((root + 3)->length, 2);
}
END_TEST

START_TEST(escapes_become_characters)
{
	char text[] =
		"['\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e5\\u20AC\\ue000\\ud83d\\ude00å€😀\x7f']";

	ck_assert_str_eq((parse(text) + 1)->text, "\"\\/\b\f\n\r\tAå€\ue000😀å€😀\x7f");
}
END_TEST

static const struct {
	int line;
	const char *text;
	bool whole;
	int64_t value;
} numbers[] = {
	{ __LINE__, "0", true, 0 },
	{ __LINE__, "-0", true, 0 },
	{ __LINE__, "-0.000e9", true, 0 },
	{ __LINE__, "17", true, 17 },
	{ __LINE__, "1000", true, 1000 },
	{ __LINE__, "1001", true, 1001 },
	{ __LINE__, "40.0", true, 40 },
	{ __LINE__, "1.25e6", true, 1250000 },
	{ __LINE__, "-1.25E+6", true, -1250000 },
	{ __LINE__, "1250000e-4", true, 125 },
	{ __LINE__, "0.5e1", true, 5 },
	{ __LINE__, "0.0005e4", true, 5 },
	{ __LINE__, "10.01e2", true, 1001 },
	{ __LINE__, "9223372036854775807", true, INT64_MAX },
	{ __LINE__, "9223372036854775807.000", true, INT64_MAX },
	{ __LINE__, "-9223372036854775807", true, -INT64_MAX },
	{ __LINE__, "-9223372036854775808", true, INT64_MIN },
	{ __LINE__, "-9223372036854775809", false },
	{ __LINE__, "9007199254740993.0", true, 9007199254740993 },
	{ __LINE__, "9223372036854775808", false },
	{ __LINE__, "18446744073709551616", false },
	{ __LINE__, "99999999999999999999999999999999", false },
	{ __LINE__, "1e19", false },
	{ __LINE__, "1e400", false },
	{ __LINE__, "1e99999999999999999999", false },
	{ __LINE__, "1e-99999999999999999999", false },
	{ __LINE__, "0e99999999999999999999", true, 0 },
	{ __LINE__, "0.5", false },
	{ __LINE__, "12.5", false },
	{ __LINE__, "1e-1", false },
	{ __LINE__, "1250000e-5", false },
	{ __LINE__, "40.00000000000000000000000000001", false },
	{ __LINE__, "'17'", false },
	{ __LINE__, "true", false },
	{ __LINE__, "null", false },
};

START_TEST(a_whole_number_is_one_however_it_is_written)
{
	char text[80];
	int64_t value = 1;

	snprintf(text, sizeof(text), "[%s]", numbers[_i].text);
	ck_assert_msg(parsed_integer(parse(text) + 1, &value) == numbers[_i].whole, "line %d",
		      numbers[_i].line);
	if (numbers[_i].whole)
		ck_assert_msg(value == numbers[_i].value, "line %d: %lld", numbers[_i].line,
			      (long long)value);
}
END_TEST

START_TEST(many_names_are_told_apart_too)
{
	char text[20000] = "{";
	struct rejection why;
	size_t used = 1;

	for (int i = 0; i < 1000; i++)
		used += (size_t)sprintf(text + used, "%s'n%d':%d", i ? "," : "", i, i);
	strcpy(text + used, "}");
	ck_assert_uint_eq(parse(text)->count, 1000);
	strcpy(text + used, ",\"n0\":1}");
	ck_assert_ptr_null(parser_parse(parser, text, strlen(text), &why));
	ck_assert_ptr_nonnull(strstr(why.reason, "the same name twice"));
}
END_TEST

START_TEST(a_large_text_is_followed_by_a_small_one)
{
	const size_t n = 900000;
	char *large = malloc(n + 1), small[] = "{'a':1}";

	memset(large, ' ', n);
	memcpy(large, "[\"", 2);
	memcpy(large + n - 2, "\"]", 3);
	ck_assert_uint_eq((parse(large) + 1)->length, n - 4);
	ck_assert_uint_eq(parse(small)->count, 1);
	free(large);
	parser = parser_free(parser);
}
END_TEST

/* A malloc that fails is no reason to stop. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

/* The sender has done nothing wrong, and is told to send it again. */
START_TEST(what_there_is_no_memory_for_is_to_be_sent_again)
{
	struct rejection why;

	ck_assert_int_eq(parser_new(&parser), 0);
	ck_assert_ptr_null(parser_parse(parser, "[]", (size_t)1 << 50, &why));
	ck_assert_int_eq(why.code, RETRY_BUSY);
	ck_assert_str_eq(why.reason, "there is no memory for it now; send it again later");
	ck_assert_ptr_nonnull(parser_parse(parser, "[]", 2, &why));
	parser = parser_free(parser);
}
END_TEST

UNIT_TESTS("protocol/parsed", UNIT(a_tree_is_a_list), UNIT(each_value_knows_where_it_stands),
	   UNIT(escapes_become_characters),
	   UNIT_ROWS(a_whole_number_is_one_however_it_is_written, UNIT_COUNT(numbers)),
	   UNIT(many_names_are_told_apart_too), UNIT(a_large_text_is_followed_by_a_small_one),
	   UNIT(what_there_is_no_memory_for_is_to_be_sent_again))
