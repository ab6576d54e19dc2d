/* SPDX-License-Identifier: Apache-2.0 */
#include "client/csv.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const struct {
	int line;
	const char *value; /* JSON with ' for " */
	const char *cell;
} cells[] = {
	{ __LINE__, "'plain'", "\"plain\"" },
	{ __LINE__, "'Åtgärd, två'", "\"Åtgärd, två\"" },
	{ __LINE__, "'a\\nb'", "\"a\nb\"" },
	{ __LINE__, "''", "\"\"" },
	{ __LINE__, "null", "" },
	{ __LINE__, "-100000", "-100000" },
	{ __LINE__, "true", "true" },
	{ __LINE__, "'=1+1'", "\"'=1+1\"" },
	{ __LINE__, "'+46 70'", "\"'+46 70\"" },
	{ __LINE__, "'-1'", "\"'-1\"" },
	{ __LINE__, "'@SUM(A1)'", "\"'@SUM(A1)\"" },
	{ __LINE__, "' \\t=1+1'", "\"'  =1+1\"" },
	{ __LINE__, "'\\n=1+1'", "\"'\n=1+1\"" },
	{ __LINE__, "'\\r=1+1'", "\"\\x0d=1+1\"" },
	{ __LINE__, "'\uff1d1+1'", "\"'\uff1d1+1\"" },
	{ __LINE__, "'1-1'", "\"1-1\"" },
	{ __LINE__, "'a\\u001bb'", "\"a\\x1bb\"" },
};

START_TEST(each_value_is_one_inert_cell)
{
	static const char *const members[] = { "a", "b", NULL };
	char text[200], expected[200], *out = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&out, &length);
	json_t *rows;

	snprintf(text, sizeof(text), "[{'a':%s,'b':1}]", cells[_i].value);
	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	rows = json_loads(text, 0, NULL);
	ck_assert_msg(rows != NULL, "%s", text);
	csv_print(memory, csv_form_find(NULL), rows, members);
	fclose(memory);
	snprintf(expected, sizeof(expected), "a,b\r\n%s,1\r\n", cells[_i].cell);
	ck_assert_msg(strcmp(out, expected) == 0, "line %d: %s", cells[_i].line, out);
	json_decref(rows);
	free(out);
}
END_TEST

START_TEST(quotes_are_doubled)
{
	static const char *const members[] = { "a", NULL };
	json_t *rows = json_pack("[{s:s},{}]", "a", "say \"no\", \"now\"");
	char *out = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&out, &length);

	csv_print(memory, csv_form_find(NULL), rows, members);
	fclose(memory);
	ck_assert_str_eq(out, "a\r\n\"say \"\"no\"\", \"\"now\"\"\"\r\n\r\n");
	json_decref(rows);
	free(out);
}
END_TEST

START_TEST(a_spreadsheet_gets_what_it_reads)
{
	static const struct {
		const char *locale, *expected;
	} locales[] = {
		{ NULL, "a,b,c\r\n\"2026-05-11T09:30:00+02:00\",\"2026-05-11\",-1.5\r\n" },
		{ "en", "\ufeffa,b,c\r\n2026-05-11 09:30:00,\"2026-05-11\",-1.5\r\n" },
		{ "sv", "\ufeffa;b;c\r\n2026-05-11 09:30:00;\"2026-05-11\";-1,5\r\n" },
	};
	static const char *const members[] = { "a", "b", "c", NULL };
	json_t *rows = json_pack("[{s:s,s:s,s:f}]", "a", "2026-05-11T09:30:00+02:00", "b",
				 "2026-05-11", "c", -1.5);

	for (size_t i = 0; i < UNIT_COUNT(locales); i++) {
		char *out = NULL;
		size_t length = 0;
		FILE *memory = open_memstream(&out, &length);

		csv_print(memory, csv_form_find(locales[i].locale), rows, members);
		fclose(memory);
		ck_assert_str_eq(out, locales[i].expected);
		free(out);
	}
	ck_assert_ptr_null(csv_form_find("de"));
	json_decref(rows);
}
END_TEST

UNIT_TESTS("csv", UNIT_ROWS(each_value_is_one_inert_cell, UNIT_COUNT(cells)),
	   UNIT(quotes_are_doubled), UNIT(a_spreadsheet_gets_what_it_reads))
