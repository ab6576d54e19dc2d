/* SPDX-License-Identifier: Apache-2.0 */
/* A form's fields, as browsers send them and as others do. */
#include "base/buffer.h"
#include "web/fields.h"

#include <string.h>

#include "unit.h"

static const struct field_rule rules[] = {
	{ "status", .max = 20 },
	{ "note", .max = 40, .lines = true },
	{ "progress", .max = 5, .numbered = true },
	{ "achieved", .max = 5, .numbered = true },
	{ NULL },
};

START_TEST(reads_what_browsers_send)
{
	const char *body = "status=on+track%21&note=r%C3%A4d+1%0D%0Ar%C3%A4d%092&progress.7=4%25&"
			   "progress=";
	struct fields f;

	ck_assert_int_eq(fields_read(&f, body, strlen(body), rules), FIELDS_READ);
	ck_assert_uint_eq(f.count, 4);
	ck_assert_str_eq(fields_value(&f, "status"), "on track!");
	ck_assert_str_eq(fields_value(&f, "note"), "r\u00e4d 1\nr\u00e4d\t2");
	ck_assert_str_eq(fields_value_of(&f, "progress", 7), "4%");
	ck_assert_str_eq(fields_value(&f, "progress"), "");
	ck_assert_ptr_null(fields_value_of(&f, "progress", 8));
	ck_assert_ptr_null(fields_value(&f, "other"));
	fields_done(&f);
}
END_TEST

START_TEST(an_empty_form_has_no_fields)
{
	struct fields f;

	ck_assert_int_eq(fields_read(&f, NULL, 0, rules), FIELDS_READ);
	ck_assert_uint_eq(f.count, 0);
	fields_done(&f);
}
END_TEST

static const struct {
	unsigned line;
	const char *body;
	int result;
	const char *value; /* of the first field, when it is read */
} bodies[] = {
	{ __LINE__, "status=a%0Ab%09c%7Fd", FIELDS_READ, "a b c d" },
	{ __LINE__, "note=a%0Bb%C2%85c", FIELDS_READ, "a b c" }, /* what is pasted from elsewhere */
	{ __LINE__, "note=a%0Db%0D%0Ac%0Ad", FIELDS_READ, "a\nb\nc\nd" },
	{ __LINE__, "note=a=b", FIELDS_READ, "a=b" },
	{ __LINE__, "status=12345678901234567890", FIELDS_READ, "12345678901234567890" },
	{ __LINE__, "status=123456789012345678901", FIELDS_TOO_LONG, NULL },
	{ __LINE__, "%73tatus=a", FIELDS_READ, "a" },
	{ __LINE__, "progress.0=1", FIELDS_READ, "1" },
	{ __LINE__, "progress.999=1", FIELDS_READ, "1" },
	{ __LINE__, "progress.1000=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "progress.01=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "progress.=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "progress.1.1=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "status.1=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "Status=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "other=1", FIELDS_UNKNOWN, NULL },
	{ __LINE__, "status=1&status=1", FIELDS_DOUBLED, NULL },
	{ __LINE__, "status=1&%73tatus=1", FIELDS_DOUBLED, NULL },
	{ __LINE__, "status=1&&note=1", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=1&", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%4", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%4x", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%00", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%C3", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%ED%A0%80", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=%C0%80", FIELDS_MALFORMED, NULL },
	{ __LINE__, "status=\xff", FIELDS_MALFORMED, NULL },
};

START_TEST(reads_or_refuses)
{
	struct fields f = { NULL };
	const int r = fields_read(&f, bodies[_i].body, strlen(bodies[_i].body), rules);

	ck_assert_msg(r == bodies[_i].result, "line %u: %d", bodies[_i].line, r);
	if (r == FIELDS_READ)
		ck_assert_msg(strcmp(f.list[0].value, bodies[_i].value) == 0, "line %u: %s",
			      bodies[_i].line, f.list[0].value);
	fields_done(&f);
}
END_TEST

/* What is escaped is read again as it was. */
START_TEST(what_is_escaped_is_read_again)
{
	static const char text[] = "&=+ %41å/@~\"<?#;";
	struct buffer out __attribute__((cleanup(buffer_done))) = { NULL };
	struct fields f = { NULL };

	ck_assert_int_eq(buffer_add_text(&out, "status="), 0);
	ck_assert_int_eq(fields_escape(&out, text), 0);
	ck_assert_int_eq(fields_read(&f, out.bytes, out.length, rules), FIELDS_READ);
	ck_assert_str_eq(f.list[0].value, text);
	fields_done(&f);
}
END_TEST

START_TEST(a_nul_within_is_no_form)
{
	struct fields f;

	ck_assert_int_eq(fields_read(&f, "status=a\0b", 10, rules), FIELDS_MALFORMED);
}
END_TEST

START_TEST(bounds_how_many)
{
	static char body[(FIELDS_MAX + 1) * 20];
	size_t length = 0;
	struct fields f;

	for (int i = 0; i <= 999; i++)
		length += (size_t)snprintf(body + length, sizeof(body) - length,
					   "%sprogress.%d=", i ? "&" : "", i);
	ck_assert_int_eq(fields_read(&f, body, length, rules), FIELDS_READ);
	ck_assert_uint_eq(f.count, 1000);
	fields_done(&f);
	for (int i = 0; i <= FIELDS_MAX - 1000; i++)
		length +=
			(size_t)snprintf(body + length, sizeof(body) - length, "&achieved.%d=", i);
	ck_assert_int_eq(fields_read(&f, body, length, rules), FIELDS_TOO_LONG);
}
END_TEST

UNIT_TESTS("web/fields", UNIT(reads_what_browsers_send), UNIT(an_empty_form_has_no_fields),
	   UNIT_ROWS(reads_or_refuses, UNIT_COUNT(bodies)), UNIT(what_is_escaped_is_read_again),
	   UNIT(a_nul_within_is_no_form), UNIT(bounds_how_many))
