/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/holiday.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"

/*
 * python3-holidays says of every day of 2005-2060 what it is: a holiday's name in Swedish, or "-".
 * It counts the three eves that are closed among the holidays; ordinary Sundays are left out.
 */
static const char *const oracle =
	"/usr/bin/python3 -c 'import datetime, holidays\n"
	"days = holidays.SE(years=range(2005, 2061), include_sundays=False)\n"
	"day = datetime.date(2005, 1, 1)\n"
	"while day.year < 2061:\n"
	"    print(day, days.get(day, \"-\"))\n"
	"    day += datetime.timedelta(1)\n"
	"'";

static enum holiday kind_of(struct civil_date d)
{
	enum holiday kinds[HOLIDAY_DAYS];
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	holiday_year(year, kinds);
	return kinds[d.day - civil_from_ymd(year, 1, 1).day];
}

static bool ends_with(const char *text, const char *end)
{
	return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

START_TEST(every_day_of_2005_to_2060_is_what_python_says)
{
	FILE *python = popen(oracle, "r");
	struct civil_date date = civil_from_ymd(2005, 1, 1), read = CIVIL_NONE;
	char line[200];
	int days = 0;

	ck_assert_ptr_nonnull(python);
	for (; fgets(line, sizeof(line), python); days++, date = civil_add(date, 1)) {
		enum holiday expected = HOLIDAY_NONE, kind = kind_of(date);
		const char *name = line + CIVIL_TEXT;

		line[strcspn(line, "\n")] = '\0';
		line[CIVIL_TEXT - 1] = '\0';
		ck_assert_msg(civil_parse(line, &read) == 0 && civil_equal(read, date), "%s", line);
		if (strcmp(name, "-") != 0)
			expected = ends_with(name, "afton") ? HOLIDAY_EVE : HOLIDAY_PUBLIC;
		if (kind == HOLIDAY_HALF)
			kind = HOLIDAY_NONE;
		ck_assert_msg(kind == expected, "%s: %s is %d", line, name, (int)kind);
	}
	ck_assert_int_eq(pclose(python), 0);
	ck_assert_int_eq(days, 20454);
}
END_TEST

static const struct {
	int line;
	const char *date;
	enum holiday kind;
} days[] = {
	{ __LINE__, "2026-01-01", HOLIDAY_PUBLIC }, /* New Year's Day */
	{ __LINE__, "2026-01-05", HOLIDAY_HALF },   /* the eve of Epiphany */
	{ __LINE__, "2026-01-06", HOLIDAY_PUBLIC }, /* Epiphany */
	{ __LINE__, "2026-04-02", HOLIDAY_HALF },   /* Maundy Thursday */
	{ __LINE__, "2026-04-03", HOLIDAY_PUBLIC }, /* Good Friday */
	{ __LINE__, "2026-04-05", HOLIDAY_PUBLIC }, /* Easter Day */
	{ __LINE__, "2026-04-06", HOLIDAY_PUBLIC }, /* Easter Monday */
	{ __LINE__, "2026-04-30", HOLIDAY_HALF },   /* Walpurgis Eve */
	{ __LINE__, "2026-05-01", HOLIDAY_PUBLIC }, /* May Day */
	{ __LINE__, "2026-05-14", HOLIDAY_PUBLIC }, /* Ascension Day */
	{ __LINE__, "2026-05-15", HOLIDAY_NONE },
	{ __LINE__, "2026-05-17", HOLIDAY_NONE },
	{ __LINE__, "2026-05-24", HOLIDAY_PUBLIC }, /* Whit Sunday */
	{ __LINE__, "2026-05-25", HOLIDAY_NONE },
	{ __LINE__, "2026-06-06", HOLIDAY_PUBLIC }, /* National Day */
	{ __LINE__, "2026-06-19", HOLIDAY_EVE },    /* Midsummer Eve */
	{ __LINE__, "2026-06-20", HOLIDAY_PUBLIC }, /* Midsummer Day */
	{ __LINE__, "2026-10-30", HOLIDAY_HALF },   /* the eve of All Saints */
	{ __LINE__, "2026-10-31", HOLIDAY_PUBLIC }, /* All Saints' Day */
	{ __LINE__, "2026-12-24", HOLIDAY_EVE },    /* Christmas Eve */
	{ __LINE__, "2026-12-25", HOLIDAY_PUBLIC }, /* Christmas Day */
	{ __LINE__, "2026-12-26", HOLIDAY_PUBLIC }, /* Boxing Day */
	{ __LINE__, "2026-12-31", HOLIDAY_EVE },    /* New Year's Eve */
	/* Two in one: a public holiday it is. */
	{ __LINE__, "2008-05-01", HOLIDAY_PUBLIC }, /* May Day */
	/* The ends of the windows of moving days. */
	{ __LINE__, "2027-06-26", HOLIDAY_PUBLIC }, /* Midsummer Day */
	{ __LINE__, "2027-06-25", HOLIDAY_EVE },    /* Midsummer Eve */
	{ __LINE__, "2032-11-06", HOLIDAY_PUBLIC }, /* All Saints' Day */
	{ __LINE__, "2032-11-05", HOLIDAY_HALF },   /* the eve of All Saints */
	{ __LINE__, "2100-03-28", HOLIDAY_PUBLIC }, /* Easter Day */
};

START_TEST(a_day_has_its_kind)
{
	struct civil_date date = CIVIL_NONE;
	int line = days[_i].line;

	ck_assert_msg(civil_parse(days[_i].date, &date) == 0, "line %d", line);
	ck_assert_msg(kind_of(date) == days[_i].kind, "line %d: %d", line, (int)kind_of(date));
}
END_TEST

/* The latest there can be, and the two exceptions of the computus. */
static const struct {
	int line;
	int year, month, day;
} easters[] = {
	{ __LINE__, 1943, 4, 25 }, { __LINE__, 1954, 4, 18 }, { __LINE__, 1981, 4, 19 },
	{ __LINE__, 2008, 3, 23 }, { __LINE__, 2026, 4, 5 },  { __LINE__, 2038, 4, 25 },
	{ __LINE__, 2049, 4, 18 }, { __LINE__, 2076, 4, 19 },
};

START_TEST(easter_is_where_the_tables_have_it)
{
	int year, month, day;

	civil_to_ymd(holiday_easter(easters[_i].year), &year, &month, &day);
	ck_assert_msg(year == easters[_i].year && month == easters[_i].month &&
			      day == easters[_i].day,
		      "line %d: %d-%d-%d", easters[_i].line, year, month, day);
}
END_TEST

UNIT_TESTS("plan/holiday", UNIT(every_day_of_2005_to_2060_is_what_python_says),
	   UNIT_ROWS(a_day_has_its_kind, UNIT_COUNT(days)),
	   UNIT_ROWS(easter_is_where_the_tables_have_it, UNIT_COUNT(easters)))
