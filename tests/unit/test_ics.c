/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of an iCalendar object: folded, escaped, and one for each property whatever its value holds. */
#include "message/ics.h"

#include <string.h>

#include "unit.h"

/* What one text becomes, without the name and the line's end. */
static const struct {
	int line;
	const char *text, *written;
} texts[] = {
	{ __LINE__, "Bemanning akuten (HSN-03)", "Bemanning akuten (HSN-03)" },
	{ __LINE__, "a,b;c\\d", "a\\,b\\;c\\\\d" },
	{ __LINE__, "två\nrader", "två\\nrader" },
	{ __LINE__, "\nATTENDEE:mailto:x@y.example", "\\nATTENDEE:mailto:x@y.example" },
	{ __LINE__, "a\r\nEND:VEVENT\r\n", "a\\nEND:VEVENT\\n" },
	{ __LINE__, "a\tb\x7f\x01", "ab" },
	{ __LINE__, "\"citat\" & <b>", "\"citat\" & <b>" },
	{ __LINE__, "", "" },
};

static char *written(const char *name, const char *text)
{
	struct ics ics;
	size_t length = 0;
	char *bytes;

	ck_assert_int_eq(ics_begin(&ics), 0);
	ics_text(&ics, name, text);
	bytes = ics_end(&ics, &length);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_uint_eq(strlen(bytes), length);
	return bytes;
}

START_TEST(a_text_is_one_value_whatever_it_holds)
{
	char expected[200], *bytes = written("SUMMARY", texts[_i].text);

	snprintf(expected, sizeof(expected), "SUMMARY:%s\r\n", texts[_i].written);
	ck_assert_msg(strcmp(bytes, expected) == 0, "line %d: %s", texts[_i].line, bytes);
	free(bytes);
}
END_TEST

/* Characters of one to four bytes at every place of the line. */
START_TEST(a_line_is_folded_at_75_bytes_and_never_within_a_character)
{
	static const char *const characters[] = { "a", "å", "€", "🗓" };
	char text[400] = "", unfolded[500] = "", *bytes, *rest = NULL;

	memset(text, 'x', (size_t)(_i / 4));
	for (int i = 0; i < 60; i++)
		strcat(text, characters[_i % 4]);
	bytes = written("SUMMARY", text);
	for (char *line = strtok_r(bytes, "\r\n", &rest); line;
	     line = strtok_r(NULL, "\r\n", &rest)) {
		ck_assert_uint_le(strlen(line), 75);
		ck_assert_uint_gt(strlen(line), 1);
		/* What begins a line after its space is no part of a character. */
		ck_assert_int_ne(line[*line == ' '] & 0xc0, 0x80);
		strcat(unfolded, line + (*line == ' '));
	}
	ck_assert_str_eq(unfolded + strlen("SUMMARY:"), text);
	free(bytes);
}
END_TEST

START_TEST(dates_and_instants_are_written_as_programs_read_them)
{
	struct ics ics;
	size_t length;
	struct instant t;
	char *bytes;

	ck_assert_int_eq(rfc3339_parse("2026-05-15T12:00:30.5+02:00", &t), 0);
	ck_assert_int_eq(ics_begin(&ics), 0);
	ics_date(&ics, "DTSTART;VALUE=DATE", civil_from_ymd(2026, 5, 5));
	ics_instant(&ics, "DTSTAMP", t);
	ics_number(&ics, "SEQUENCE", 12);
	ics_text(&ics, "SUMMARY", NULL);
	bytes = ics_end(&ics, &length);
	ck_assert_str_eq(bytes, "DTSTART;VALUE=DATE:20260505\r\nDTSTAMP:20260515T100030Z\r\n"
				"SEQUENCE:12\r\n");
	free(bytes);
}
END_TEST

UNIT_TESTS("message/ics", UNIT_ROWS(a_text_is_one_value_whatever_it_holds, UNIT_COUNT(texts)),
	   UNIT_ROWS(a_line_is_folded_at_75_bytes_and_never_within_a_character, 4 * 80),
	   UNIT(dates_and_instants_are_written_as_programs_read_them))
