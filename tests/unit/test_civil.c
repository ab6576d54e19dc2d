/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/civil.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/unit.h"

/* The oracle is Python's datetime: date.toordinal() - 719163, weekday(). */
static const struct {
	int line;
	const char *text;
	int day;
	enum weekday weekday;
} dates[] = {
	{ __LINE__, "1900-01-01", -25567, MONDAY },   { __LINE__, "1900-02-28", -25509, WEDNESDAY },
	{ __LINE__, "1900-03-01", -25508, THURSDAY }, { __LINE__, "1969-12-31", -1, WEDNESDAY },
	{ __LINE__, "1970-01-01", 0, THURSDAY },      { __LINE__, "2000-02-29", 11016, TUESDAY },
	{ __LINE__, "2020-12-31", 18627, THURSDAY },  { __LINE__, "2021-01-03", 18630, SUNDAY },
	{ __LINE__, "2021-01-04", 18631, MONDAY },    { __LINE__, "2024-02-29", 19782, THURSDAY },
	{ __LINE__, "2024-12-30", 20087, MONDAY },    { __LINE__, "2026-05-26", 20599, TUESDAY },
	{ __LINE__, "2100-02-28", 47540, SUNDAY },    { __LINE__, "2199-12-31", 84005, TUESDAY },
};

START_TEST(a_date_is_a_day_and_a_weekday)
{
	struct civil_date date = CIVIL_NONE;
	char text[CIVIL_TEXT];
	int line = dates[_i].line;

	ck_assert_msg(civil_parse(dates[_i].text, &date) == 0, "line %d", line);
	ck_assert_msg(date.day == dates[_i].day, "line %d: %d", line, date.day);
	ck_assert_msg(civil_weekday(date) == dates[_i].weekday, "line %d", line);
	ck_assert_str_eq(civil_format(date, text), dates[_i].text);
}
END_TEST

START_TEST(every_day_of_three_centuries_follows_the_one_before)
{
	struct civil_date date = civil_from_ymd(1900, 1, 1), back;
	int year = 1900, month = 1, day = 1, y, m, d;
	enum weekday weekday = MONDAY;

	for (; year < 2200; date = civil_add(date, 1)) {
		civil_to_ymd(date, &y, &m, &d);
		ck_assert(y == year && m == month && d == day);
		back = civil_from_ymd(y, m, d);
		ck_assert(civil_equal(back, date));
		ck_assert(civil_weekday(date) == weekday);
		weekday = (enum weekday)((weekday + 1) % 7);
		if (++day > civil_month_days(year, month)) {
			day = 1;
			year += month == 12;
			month = month % 12 + 1;
		}
	}
}
END_TEST

static const char *const no_dates[] = {
	"",	      "2026",		"2026-05",
	"2026-5-26",  "2026-05-2",	"2026-05-261",
	"2026-02-29", "1900-02-29",	"2100-02-29",
	"2026-04-31", "2026-13-01",	"2026-00-01",
	"2026-05-00", "2026-05-32",	"1899-12-31",
	"2200-01-01", "26-05-26",	"2026/05/26",
	"2026-05/26", " 2026-05-26",	"2026-05-26 ",
	"+026-05-26", "2026-05- 6",	"2026-05-26T08:00",
	"20260526",   "２０２６-05-26", "2026-W22-2",
	"xxxx-xx-xx", "2026-05-2\n",
};

START_TEST(what_is_no_date_is_refused_and_leaves_the_output_alone)
{
	struct civil_date date = { 7 };

	ck_assert_msg(civil_parse(no_dates[_i], &date) == -EINVAL, "%s", no_dates[_i]);
	ck_assert_int_eq(date.day, 7);
}
END_TEST

START_TEST(a_month_is_parsed_strictly)
{
	static const char *const wrong[] = {
		"",	   "2026",    "2026-5",	  "2026-00", "2026-13",
		"1899-12", "2200-01", "2026-05-", "2026/05", "202605"
	};
	int year = -1, month = -1;

	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		ck_assert_msg(civil_parse_month(wrong[i], &year, &month) == -EINVAL, "%s",
			      wrong[i]);
	ck_assert(year == -1 && month == -1);
	ck_assert_int_eq(civil_parse_month("2026-05", &year, &month), 0);
	ck_assert(year == 2026 && month == 5);
	ck_assert_int_eq(civil_parse_month("1900-01", &year, &month), 0);
	ck_assert_int_eq(civil_parse_month("2199-12", &year, &month), 0);
	ck_assert(year == 2199 && month == 12);
}
END_TEST

START_TEST(a_time_of_day_is_parsed_strictly)
{
	static const char *const wrong[] = { "",       "8:00",	"08:0",	 "08:00:00",
					     "24:00",  "08:60", "-1:00", "08.00",
					     "08:00 ", "ab:cd", "0800",	 "08:-1" };
	struct time_of_day time = TIME_OF_DAY_NONE;

	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		ck_assert_msg(civil_parse_time(wrong[i], &time) == -EINVAL, "%s", wrong[i]);
	ck_assert_int_eq(time.minute, -1);
	ck_assert_int_eq(civil_parse_time("00:00", &time), 0);
	ck_assert_int_eq(time.minute, 0);
	ck_assert_int_eq(civil_parse_time("07:30", &time), 0);
	ck_assert_int_eq(time.minute, 450);
	ck_assert_int_eq(civil_parse_time("23:59", &time), 0);
	ck_assert_int_eq(time.minute, 1439);
}
END_TEST

START_TEST(a_local_time_is_parsed_strictly)
{
	static const char *const wrong[] = {
		"",
		"2026-05-11",
		"2026-05-11 07:59",
		"2026-05-11T07:59:",
		"2026-05-11T07:59:6",
		"2026-05-11T07:59:60",
		"2026-05-11T07:59.30",
		"2026-05-11T07:59:30Z",
		"2026-05-11T24:00",
		"2026-02-30T07:59",
		"2026-05-11T07:5 ",
		"2026-05-11T07:59:+1",
	};
	struct local_time local = { .second = -7 };

	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		ck_assert_msg(civil_parse_local(wrong[i], &local) == -EINVAL, "%s", wrong[i]);
	ck_assert_int_eq(local.second, -7);
	ck_assert_int_eq(civil_parse_local("2026-05-11T07:59", &local), 0);
	ck_assert(civil_equal(local.date, civil_from_ymd(2026, 5, 11)));
	ck_assert_int_eq(local.time.minute, 479);
	ck_assert_int_eq(local.second, 0);
	ck_assert_int_eq(civil_parse_local("2026-05-11T07:59:08", &local), 0);
	ck_assert_int_eq(local.second, 8);
}
END_TEST

START_TEST(no_date_has_no_text)
{
	char text[CIVIL_TEXT] = "x";

	ck_assert(civil_is_none(CIVIL_NONE));
	ck_assert_str_eq(civil_format(CIVIL_NONE, text), "");
	ck_assert_int_lt(civil_compare(CIVIL_NONE, (struct civil_date){ 0 }), 0);
	ck_assert_int_gt(civil_compare((struct civil_date){ 1 }, (struct civil_date){ 0 }), 0);
	ck_assert_int_eq(civil_compare((struct civil_date){ 1 }, (struct civil_date){ 1 }), 0);
}
END_TEST

UNIT_TESTS("protocol/civil", UNIT_ROWS(a_date_is_a_day_and_a_weekday, UNIT_COUNT(dates)),
	   UNIT(every_day_of_three_centuries_follows_the_one_before),
	   UNIT_ROWS(what_is_no_date_is_refused_and_leaves_the_output_alone, UNIT_COUNT(no_dates)),
	   UNIT(a_month_is_parsed_strictly), UNIT(a_time_of_day_is_parsed_strictly),
	   UNIT(a_local_time_is_parsed_strictly), UNIT(no_date_has_no_text))
