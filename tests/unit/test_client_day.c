/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as officials and their spreadsheets write them: the ways each can be read. */
#include "client/import/day.h"
#include "unit.h"

#include <string.h>

static const struct {
	int line;
	const char *cell, *ways; /* apart by spaces; "" when it is no date */
	const char *last;	 /* of a part of the year: its last day */
} cells[] = {
	{ __LINE__, "2026-12-31", "2026-12-31" },
	{ __LINE__, "2026-12-31 00:00:00", "2026-12-31" },
	{ __LINE__, "2026-12-31T00:00", "2026-12-31" },
	{ __LINE__, "2026/12/31", "2026-12-31" },
	{ __LINE__, "20261231", "2026-12-31" },
	{ __LINE__, "31/12/2026", "2026-12-31" },
	{ __LINE__, "12/31/2026", "2026-12-31" },
	{ __LINE__, "12/31/26", "2026-12-31" },
	{ __LINE__, "31/12/26", "2026-12-31" },
	{ __LINE__, "31.12.2026", "2026-12-31" },
	{ __LINE__, "3.4.2026", "2026-04-03" },
	{ __LINE__, "3/4/2026", "2026-04-03 2026-03-04" },
	{ __LINE__, "3/3/2026", "2026-03-03" },
	{ __LINE__, "26-12-31", "2026-12-31 2031-12-26" },
	{ __LINE__, "31-12-26", "2031-12-26 2026-12-31" },
	{ __LINE__, "10-11-12", "2010-11-12 2012-11-10 2012-10-11" },
	{ __LINE__, "31 december 2026", "2026-12-31" },
	{ __LINE__, "31 dec 2026", "2026-12-31" },
	{ __LINE__, "31 dec. 2026", "2026-12-31" },
	{ __LINE__, "den 1 maj 2026", "2026-05-01" },
	{ __LINE__, "1 May 2026", "2026-05-01" },
	{ __LINE__, "December 2026", "2026-12-01", "2026-12-31" },
	{ __LINE__, "2026-12", "2026-12-01", "2026-12-31" },
	{ __LINE__, "2026-02-30", "" },
	{ __LINE__, "31/13/2026", "" },
	{ __LINE__, "31 brumaire 2026", "" },
	{ __LINE__, "31/12", "" },
	{ __LINE__, "46387", "" },
	{ __LINE__, "hösten 2026", "" },
	{ __LINE__, "2026-12-31 14:30", "" },
	{ __LINE__, "våren 2027", "" },
	{ __LINE__, "snarast", "" },
	{ __LINE__, "2027", "" },
	{ __LINE__, "Q5 2026", "" },
	{ __LINE__, "Q0 2026", "" },
	{ __LINE__, "Q4", "" },
	{ __LINE__, "Q4 26", "" },
	{ __LINE__, "QQ4 2026", "" },
	{ __LINE__, "T4 2026", "" },
	{ __LINE__, "31/12 2027", "2027-12-31" },
	{ __LINE__, "3/4 2027", "2027-04-03" }, /* nobody puts the month first and a space */
	{ __LINE__, "31/12-2027", "2027-12-31" },
	{ __LINE__, "31/12 -27", "2027-12-31" },
	{ __LINE__, "31/12-27", "2027-12-31" },
	{ __LINE__, "31.12 2027", "2027-12-31" },
	{ __LINE__, "den 31/12 2027", "2027-12-31" },
	{ __LINE__, "31/12 2027 och 2028", "" },
	{ __LINE__, "31/13 2027", "" },
	{ __LINE__, "Q2 2027", "2027-04-01", "2027-06-30" },
	{ __LINE__, "q2-2027", "2027-04-01", "2027-06-30" },
	{ __LINE__, "kv 2 2027", "2027-04-01", "2027-06-30" },
	{ __LINE__, "Kv. 2, 2027", "2027-04-01", "2027-06-30" },
	{ __LINE__, "kvartal 4 2027", "2027-10-01", "2027-12-31" },
	{ __LINE__, "2027 Q2", "2027-04-01", "2027-06-30" },
	{ __LINE__, "2027-Q2", "2027-04-01", "2027-06-30" },
	{ __LINE__, "2027 kv 2", "2027-04-01", "2027-06-30" },
	{ __LINE__, "T2 2027", "2027-05-01", "2027-08-31" },
	{ __LINE__, "tertial 3 2027", "2027-09-01", "2027-12-31" },
	{ __LINE__, "12/2027", "2027-12-01", "2027-12-31" },
	{ __LINE__, "13/2027", "" },
	{ __LINE__, "2026-12-31-", "" },
	{ __LINE__, "+026-12-31", "" },
};

START_TEST(each_cell_has_its_ways)
{
	char ways[3 * CIVIL_TEXT + 3] = "", text[CIVIL_TEXT];
	struct day day;

	day_read(cells[_i].cell, &day);
	for (int i = 0; i < day.count; i++) {
		strcat(ways, i ? " " : "");
		strcat(ways, civil_format(day.dates[i], text));
	}
	ck_assert_msg(strcmp(ways, cells[_i].ways) == 0, "line %d: \"%s\"", cells[_i].line, ways);
	ck_assert_msg(!day.months == !cells[_i].last, "line %d", cells[_i].line);
	if (cells[_i].last)
		ck_assert_str_eq(civil_format(day_last(&day), text), cells[_i].last);
}
END_TEST

static const struct {
	int line;
	const char *others[2], *cell, *date; /* "": two ways stay */
} styles[] = {
	{ __LINE__, { "31/12/2026" }, "3/4/2026", "2026-04-03" },
	{ __LINE__, { "12/31/26" }, "3/4/26", "2026-03-04" },
	{ __LINE__, { "12/31/26", "31/12/26" }, "3/4/26", "" },
	{ __LINE__, { "3/3/26" }, "3/4/26", "" },
	{ __LINE__, { "2026-12-31" }, "3/4/26", "" },
	{ __LINE__, { "31 december 2026" }, "3/4/26", "" },
};

START_TEST(a_column_says_which_way)
{
	struct day_style style = { 0 };
	char text[CIVIL_TEXT];
	struct day day;

	for (int i = 0; i < 2 && styles[_i].others[i]; i++) {
		day_read(styles[_i].others[i], &day);
		day_see(&day, &style);
	}
	day_read(styles[_i].cell, &day);
	day_choose(&day, &style);
	if (*styles[_i].date)
		ck_assert_msg(day.count == 1 && strcmp(civil_format(day.dates[0], text),
						       styles[_i].date) == 0,
			      "line %d", styles[_i].line);
	else
		ck_assert_msg(day.count == 2, "line %d: %d", styles[_i].line, day.count);
}
END_TEST

UNIT_TESTS("client/import/day", UNIT_ROWS(each_cell_has_its_ways, UNIT_COUNT(cells)),
	   UNIT_ROWS(a_column_says_which_way, UNIT_COUNT(styles)))
