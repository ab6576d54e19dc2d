/* SPDX-License-Identifier: Apache-2.0 */
#include <locale.h>
#include <string.h>

#include "client/print.h"
#include "client/table.h"
#include "unit.h"

static const struct {
	int line;
	const char *text;
	bool lines;
	const char *clean;
} texts[] = {
	{ __LINE__, "åäö – §", false, "åäö – §" },
	{ __LINE__, "a\x1b[31mb", false, "a\\x1b[31mb" },
	{ __LINE__, "a\nb\tc\rd", false, "a b c\\x0dd" },
	{ __LINE__, "a\nb\tc", true, "a\nb c" },
	{ __LINE__, "\xc2\x9b\x7f", false, "\\x9b\\x7f" },
	{ __LINE__, "a\xff\xc3", false, "a\\xff\\xc3" },
	{ __LINE__, "\xe2\x80\xae", false, "\\u{202e}" },
	{ __LINE__, "", false, "" },
};

START_TEST(no_control_character_is_printed)
{
	char *clean = print_clean(texts[_i].text, texts[_i].lines);

	ck_assert_msg(strcmp(clean, texts[_i].clean) == 0, "line %d: %s", texts[_i].line, clean);
	free(clean);
}
END_TEST

START_TEST(width_is_what_a_terminal_shows)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	ck_assert_int_eq(print_width("åäö"), 3);
	ck_assert_int_eq(print_width("a\u030a"), 1); /* a and a combining ring */
	ck_assert_int_eq(print_width("会議"), 4);
	ck_assert_int_eq(print_width(""), 0);
}
END_TEST

static const struct {
	int line;
	const char *text, *shown;
} whens[] = {
	{ __LINE__, "2026-05-15", "Fri 15 May" },
	{ __LINE__, "2027-05-07", "Fri 7 May 2027" },
	{ __LINE__, "2026-05-11T08:00:00+02:00", "Mon 11 May 08:00" },
	{ __LINE__, "2026-12-31T23:59:59.5Z", "Thu 31 Dec 23:59" },
	{ __LINE__, "2026-02-30", NULL },
	{ __LINE__, "2026-05-15 and more", NULL },
	{ __LINE__, "2026-05-11T08:00", NULL },
	{ __LINE__, "2026-05", NULL },
	{ __LINE__, "", NULL },
};

START_TEST(dates_are_short)
{
	char out[PRINT_DATE];
	const char *shown = print_when(whens[_i].text, 2026, out);

	if (whens[_i].shown)
		ck_assert_msg(shown && strcmp(shown, whens[_i].shown) == 0, "line %d: %s",
			      whens[_i].line, shown);
	else
		ck_assert_msg(!shown, "line %d: %s", whens[_i].line, shown);
}
END_TEST

START_TEST(numbers_have_separators)
{
	char out[PRINT_NUMBER];

	ck_assert_str_eq(print_number(0, out), "0");
	ck_assert_str_eq(print_number(999, out), "999");
	ck_assert_str_eq(print_number(1000, out), "1\u00a0000");
	ck_assert_str_eq(print_number(-1250000, out), "−1\u00a0250\u00a0000");
	ck_assert_str_eq(print_number(INT64_MIN, out),
			 "−9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808");
}
END_TEST

/* What a table prints; the caller frees it. */
static char *printed(const struct table *t, int width, bool emphasis)
{
	char *text = NULL;
	size_t length;
	FILE *memory = open_memstream(&text, &length);

	table_print(t, memory, width, emphasis);
	fclose(memory);
	return text;
}

START_TEST(columns_are_aligned)
{
	static const struct table_column columns[] = { { "OWNER" },
						       { "N", .right = true },
						       { "X" } };
	struct table *table;
	char *text;

	table_new(&table, columns, 3);
	table_add(table, strdup("åäö"));
	table_add(table, strdup("7"));
	table_add(table, strdup("x"));
	table_add(table, strdup("chef-akut"));
	table_add(table, strdup("120"));
	table_add(table, strdup("y"));
	table_emphasise(table);
	text = printed(table, 0, false);
	ck_assert_str_eq(text, "OWNER        N  X\n"
			       "åäö          7  x\n"
			       "chef-akut  120  y\n");
	free(text);
	text = printed(table, 0, true);
	ck_assert_ptr_nonnull(strstr(text, "x\n\033[1mchef-akut"));
	free(text);
	table_free(table);
}
END_TEST

START_TEST(narrow_terminals_wrap_one_column)
{
	static const struct table_column columns[] = { { "ID" }, { "WHY", .wraps = true } };
	struct table *table;
	char *text;

	table_new(&table, columns, 2);
	table_add(table, strdup("1"));
	table_add(table, strdup("one two three four five six seven"));
	table_add(table, strdup("2"));
	table_add(table, strdup("åååååååååååååååååååååååååååååå"));
	text = printed(table, 24, false);
	ck_assert_str_eq(text, "ID  WHY\n"
			       "1   one two three four\n"
			       "    five six seven\n"
			       "2   åååååååååååååååååååå\n"
			       "    åååååååååå\n");
	free(text);
	table_free(table);
}
END_TEST

UNIT_TESTS("client/print", UNIT_ROWS(no_control_character_is_printed, UNIT_COUNT(texts)),
	   UNIT(width_is_what_a_terminal_shows), UNIT_ROWS(dates_are_short, UNIT_COUNT(whens)),
	   UNIT(numbers_have_separators), UNIT(columns_are_aligned),
	   UNIT(narrow_terminals_wrap_one_column))
