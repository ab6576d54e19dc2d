/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/recur.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/unit.h"

static struct civil_date day(const char *text)
{
	struct civil_date date = CIVIL_NONE;

	ck_assert_msg(civil_parse(text, &date) == 0, "%s", text);
	return date;
}

#define FAR "2100-12-31"

/* All dates of a rule; the recurrence is to be freed. */
static size_t all_dates(const char *rule, const char *start, struct recurrence **ret,
			const struct civil_date **dates, char wrong[static RECUR_FAULT])
{
	size_t count = 0;

	*ret = NULL;
	wrong[0] = '\0';
	if (recurrence_new(ret, rule, day(start), wrong) == 0)
		ck_assert_int_eq(recurrence_until(*ret, day(FAR), dates, &count), 0);
	return count;
}

/* The first of them, how many there are, and the first dates as text. */
static const struct {
	int line;
	const char *rule, *start;
	size_t count;
	const char *first;
} rules[] = {
	/* The month's last day, through both changes of summer time and a leap year. */
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231", "2026-01-31", 12,
	  "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31 2026-08-31 "
	  "2026-09-30 2026-10-31 2026-11-30 2026-12-31" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "2028-02-01", 2,
	  "2028-02-29 2028-03-31" },
	{ __LINE__, "FREQ=MONTHLY;COUNT=4", "2026-01-31", 4,
	  "2026-01-31 2026-03-31 2026-05-31 2026-07-31" },
	{ __LINE__, "FREQ=WEEKLY;COUNT=3", "2026-03-27", 3, "2026-03-27 2026-04-03 2026-04-10" },
	{ __LINE__, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4", "2026-10-22", 4,
	  "2026-10-22 2026-11-02 2026-11-05 2026-11-16" },
	{ __LINE__, "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15;COUNT=3", "2026-04-01", 3,
	  "2026-09-15 2027-03-15 2027-09-15" },
	{ __LINE__, "FREQ=YEARLY;COUNT=2", "2028-02-29", 2, "2028-02-29 2032-02-29" },
	/* The last working day of the month, as far as weekdays go; the second Tuesday. */
	{ __LINE__, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", "2026-01-01", 3,
	  "2026-01-30 2026-02-27 2026-03-31" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=2TU;COUNT=3", "2026-05-01", 3,
	  "2026-05-12 2026-06-09 2026-07-14" },
	{ __LINE__, "FREQ=DAILY;INTERVAL=10;UNTIL=20260220", "2026-01-31", 3,
	  "2026-01-31 2026-02-10 2026-02-20" },
	/* UNTIL counts as a date, however it is written. */
	{ __LINE__, "FREQ=DAILY;UNTIL=20260202T000000Z", "2026-01-31", 3,
	  "2026-01-31 2026-02-01 2026-02-02" },
	{ __LINE__, "FREQ=DAILY;UNTIL=20260202T120000", "2026-01-31", 3,
	  "2026-01-31 2026-02-01 2026-02-02" },
	/* Until the calendar ends. */
	{ __LINE__, "FREQ=YEARLY", "2098-05-01", 3, "2098-05-01 2099-05-01 2100-05-01" },
	{ __LINE__, "FREQ=MONTHLY", "2026-01-01", 900, "2026-01-01 2026-02-01" },
	{ __LINE__, "FREQ=WEEKLY;BYDAY=MO,TH", "2026-01-01", 7827, "2026-01-01 2026-01-05" },
	{ __LINE__, "FREQ=DAILY", "2026-01-01", 27393, "2026-01-01 2026-01-02" },
	/* By week: number 1 is the first with four days of the year, and may begin in the one before. */
	{ __LINE__, "FREQ=YEARLY;BYWEEKNO=10,20,36;BYDAY=WE;COUNT=4", "2026-01-01", 4,
	  "2026-03-04 2026-05-13 2026-09-02 2027-03-10" },
	{ __LINE__, "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=3", "2024-12-01", 3,
	  "2024-12-30 2025-12-29 2027-01-04" },
	{ __LINE__, "FREQ=YEARLY;BYWEEKNO=52;BYDAY=TH;COUNT=3", "2026-01-01", 3,
	  "2026-12-24 2027-12-30 2028-12-28" },
	{ __LINE__, "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH;COUNT=2", "2026-01-01", 2,
	  "2026-12-31 2027-12-30" },
	/* The second of the named days of each week; of the first week's too, though it had begun. */
	{ __LINE__, "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=3", "2026-05-12", 3,
	  "2026-05-13 2026-05-20 2026-05-27" },
	{ __LINE__, "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=2", "2026-05-12", 2,
	  "2026-05-18 2026-05-25" },
	{ __LINE__, "FREQ=DAILY;BYMONTHDAY=-1;COUNT=3", "2026-01-01", 3,
	  "2026-01-31 2026-02-28 2026-03-31" },
	{ __LINE__, "FREQ=YEARLY;BYYEARDAY=1,60,-1;BYMONTH=2,12;COUNT=4", "2027-01-01", 4,
	  "2027-12-31 2028-02-29 2028-12-31 2029-12-31" },
	{ __LINE__, "FREQ=YEARLY;BYDAY=20MO,-1FR;COUNT=3", "2026-01-01", 3,
	  "2026-05-18 2026-12-25 2027-05-17" },
	/* Chosen by place among months, days of the month, and days of the year. */
	{ __LINE__, "FREQ=YEARLY;BYMONTH=3,9;BYSETPOS=-1;COUNT=2", "2026-01-15", 2,
	  "2026-09-15 2027-09-15" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=10,20;BYSETPOS=1;COUNT=2", "2026-01-01", 2,
	  "2026-01-10 2026-02-10" },
	{ __LINE__, "FREQ=YEARLY;BYYEARDAY=1,100;BYSETPOS=2;COUNT=2", "2026-01-01", 2,
	  "2026-04-10 2027-04-10" },
	/* A day of the week, and one that is numbered: both. */
	{ __LINE__, "FREQ=MONTHLY;BYDAY=MO,1FR;COUNT=6", "2026-05-01", 6,
	  "2026-05-01 2026-05-04 2026-05-11 2026-05-18 2026-05-25 2026-06-01" },
	/* In small letters, and with a semicolon at the end. */
	{ __LINE__, "freq=monthly;byday=+1mo;count=1;", "2026-05-01", 1, "2026-05-04" },
};

START_TEST(a_rule_has_its_dates)
{
	const char *expected = rules[_i].first;
	const struct civil_date *dates;
	char text[4000] = "", wrong[RECUR_FAULT];
	struct recurrence *r;
	size_t count = all_dates(rules[_i].rule, rules[_i].start, &r, &dates, wrong);

	ck_assert_msg(count == rules[_i].count, "line %d: %zu, %s", rules[_i].line, count, wrong);
	for (size_t i = 0; i < count && strlen(text) < strlen(expected); i++) {
		char one[CIVIL_TEXT];

		strcat(text, i ? " " : "");
		strcat(text, civil_format(dates[i], one));
	}
	ck_assert_msg(strcmp(text, expected) == 0, "line %d: %s", rules[_i].line, text);
	recurrence_free(r);
}
END_TEST

/* A rule without an end costs what is in sight of it. */
START_TEST(dates_are_found_as_far_as_somebody_asks)
{
	const struct civil_date *dates;
	char wrong[RECUR_FAULT];
	struct recurrence *r;
	size_t count;
	bool has;

	ck_assert_int_eq(recurrence_new(&r, "FREQ=DAILY", day("2026-01-01"), wrong), 0);
	ck_assert_int_eq(recurrence_until(r, day("2026-01-10"), &dates, &count), 0);
	ck_assert_uint_eq(count, 11); /* one more */
	ck_assert_int_eq(recurrence_until(r, day("2025-01-01"), &dates, &count), 0);
	ck_assert_uint_eq(count, 11);
	ck_assert_int_eq(recurrence_has(r, day("2026-03-01"), &has), 0);
	ck_assert(has);
	ck_assert_int_eq(recurrence_has(r, day("2025-12-31"), &has), 0);
	ck_assert(!has);
	ck_assert_int_eq(recurrence_until(r, day("2026-01-10"), &dates, &count), 0);
	ck_assert_uint_eq(count, 61);
	ck_assert(recurrence_is(r, "FREQ=DAILY", day("2026-01-01")));
	ck_assert(!recurrence_is(r, "FREQ=DAILY", day("2026-01-02")));
	ck_assert(!recurrence_is(r, "FREQ=WEEKLY", day("2026-01-01")));
	recurrence_free(r);
}
END_TEST

#define FORM "which is not NAME=VALUE"
static const struct {
	int line;
	const char *rule, *wrong; /* the beginning of it */
} wrongs[] = {
	{ __LINE__, "", "has no FREQ: DAILY, WEEKLY, MONTHLY or YEARLY" },
	{ __LINE__, "monthly", "has the part \"monthly\", " FORM },
	{ __LINE__, "FREQ=MONTHLY;;COUNT=2", "has the part \"\", " FORM },
	{ __LINE__, "FREQ=MONTHLY COUNT=2", "has \"FREQ=MONTHLY COUNT=2\": FREQ takes DAILY, " },
	{ __LINE__, "FREQ=SOMETIMES", "has \"FREQ=SOMETIMES\": FREQ takes DAILY, WEEKLY, MONTHLY" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=32",
	  "has \"BYMONTHDAY=32\": BYMONTHDAY takes 1 to 31, or -1 to -31 counted from the end" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=0", "has \"BYMONTHDAY=0\": BYMONTHDAY takes 1 to 31" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=1,", "has \"BYMONTHDAY=1,\": BYMONTHDAY takes" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=", "has \"BYMONTHDAY=\": BYMONTHDAY takes" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=99999999999", "has \"BYMONTHDAY=99999999999\"" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTH=-1", "has \"BYMONTH=-1\": BYMONTH takes 1 to 12" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=MN", "has \"BYDAY=MN\": BYDAY takes days of the week" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=1x", "has \"BYMONTHDAY=1x\": BYMONTHDAY takes" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=1-3", "has \"BYMONTHDAY=1-3\": BYMONTHDAY takes" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=M", "has \"BYDAY=M\": BYDAY takes days of the week" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=0MO", "has \"BYDAY=0MO\": BYDAY takes days of the week" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=xMO", "has \"BYDAY=xMO\": BYDAY takes days of the week" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=54MO", "has \"BYDAY=54MO\": BYDAY takes days of the week" },
	{ __LINE__, "FREQ=MONTHLY;BYSETPOS=367;BYDAY=MO", "has \"BYSETPOS=367\": BYSETPOS takes" },
	{ __LINE__, "FREQ=MONTHLY;INTERVAL=0", "has \"INTERVAL=0\": INTERVAL takes 1 to 32767" },
	{ __LINE__, "FREQ=MONTHLY;COUNT=0", "has \"COUNT=0\": COUNT takes 1 to 32767" },
	{ __LINE__, "FREQ=MONTHLY;INTERVAL=32768", "has \"INTERVAL=32768\": INTERVAL takes 1 to" },
	{ __LINE__, "FREQ=MONTHLY;COUNT=32768", "has \"COUNT=32768\": COUNT takes 1 to 32767" },
	{ __LINE__, "FREQ=MONTHLY;WKST=monday", "has \"WKST=monday\": WKST takes MO, TU" },
	{ __LINE__, "FREQ=MONTHLY;FOO=1", "has the part \"FOO=1\", which RFC 5545 does not know" },
	{ __LINE__, "FREQ=MONTHLY;COUNT=2;COUNT=3", "has COUNT twice: put all in one" },
	{ __LINE__, "FREQ=MONTHLY;COUNT=2;UNTIL=20260601", "has both COUNT and UNTIL" },
	/* UNTIL of a day that is none. */
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20260631",
	  "has \"UNTIL=20260631\": UNTIL takes a date that" },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=2026-06-30", "has \"UNTIL=2026-06-30\": UNTIL takes" },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20260630T12", "has \"UNTIL=20260630T12\": UNTIL takes" },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20260630X", "has \"UNTIL=20260630X\": UNTIL takes" },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20260630T120000ZZ", "has \"UNTIL=20260630T120000ZZ\": " },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20260630T120000X", "has \"UNTIL=20260630T120000X\": " },
	{ __LINE__, "BYMONTHDAY=1", "has no FREQ" },
	{ __LINE__, "FREQ=HOURLY", "goes by hours" },
	{ __LINE__, "FREQ=SECONDLY;COUNT=1", "goes by hours" },
	{ __LINE__, "FREQ=DAILY;BYHOUR=9,17;COUNT=3",
	  "has BYHOUR: leave it out, the time of day is that of due" },
	{ __LINE__, "FREQ=DAILY;RSCALE=GREGORIAN", "has RSCALE: leave it out" },
	/* What does not go together. */
	{ __LINE__, "FREQ=WEEKLY;BYDAY=1MO", "has a number before a day of the week in BYDAY" },
	{ __LINE__, "FREQ=DAILY;BYDAY=-1FR", "has a number before a day of the week in BYDAY" },
	{ __LINE__, "FREQ=YEARLY;BYWEEKNO=10;BYDAY=1MO", "has a number before a day of the week" },
	{ __LINE__, "FREQ=MONTHLY;BYWEEKNO=10;BYDAY=MO",
	  "has BYWEEKNO, which goes with FREQ=YEARLY" },
	{ __LINE__, "FREQ=YEARLY;BYWEEKNO=10", "has BYWEEKNO without BYDAY: say which day" },
	{ __LINE__, "FREQ=MONTHLY;BYYEARDAY=100",
	  "has BYYEARDAY, which goes with FREQ=YEARLY alone" },
	{ __LINE__, "FREQ=WEEKLY;BYMONTHDAY=1",
	  "has BYMONTHDAY, which does not go with FREQ=WEEKLY" },
	{ __LINE__, "FREQ=MONTHLY;BYSETPOS=1", "has BYSETPOS and nothing for it to choose from" },
	/* No date, in bounded work. */
	{ __LINE__, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "names no date" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=6MO", "names no date" },
	{ __LINE__, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "names no date" },
	{ __LINE__, "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "names no date" },
	{ __LINE__, "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2", "names no date" },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20200101", "names no date" },
	{ __LINE__, "FREQ=YEARLY;INTERVAL=300;BYMONTH=1", "names no date" },
	{ __LINE__, "FREQ=WEEKLY;INTERVAL=32767;BYDAY=MO", "names no date" },
};

START_TEST(what_is_no_rule_says_why)
{
	char wrong[RECUR_FAULT] = "";
	struct recurrence *r = NULL;

	ck_assert_msg(recurrence_new(&r, wrongs[_i].rule, day("2026-05-15"), wrong) == 1, "line %d",
		      wrongs[_i].line);
	ck_assert_msg(strncmp(wrong, wrongs[_i].wrong, strlen(wrongs[_i].wrong)) == 0,
		      "line %d: %s", wrongs[_i].line, wrong);
}
END_TEST

START_TEST(a_rule_is_bounded)
{
	char rule[1100] = "FREQ=MONTHLY;BYMONTHDAY=1", wrong[RECUR_FAULT] = "";
	struct recurrence *r = NULL;

	while (strlen(rule) + 2 <= 1023)
		strcat(rule, ",1");
	ck_assert_uint_eq(strlen(rule), 1023);
	ck_assert_int_eq(recurrence_new(&r, rule, day("2026-05-15"), wrong), 0);
	recurrence_free(r);
	strcat(rule, ";");
	ck_assert_int_eq(recurrence_new(&r, rule, day("2026-05-15"), wrong), 1);
	ck_assert_str_eq(wrong, "is longer than 1023 bytes");
}
END_TEST

/* Of a dozen such rules in a reload none may be felt: libical took 2 to 3 seconds for each. */
START_TEST(a_rule_without_a_date_is_found_out_at_once)
{
	char wrong[RECUR_FAULT];
	struct recurrence *r = NULL;
	const clock_t before = clock();

	for (int i = 0; i < 12; i++)
		ck_assert_int_eq(recurrence_new(&r, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
						day("2005-01-01"), wrong),
				 1);
	ck_assert_int_lt((clock() - before) * 1000 / CLOCKS_PER_SEC, 1000);
}
END_TEST

/* python3-dateutil on rules made at random: each line is start, rule, and its dates. */
static const char *const oracle = "/usr/bin/python3 tests/unit/recur_rules.py";

START_TEST(rules_at_random_have_the_dates_that_python_has)
{
	FILE *python = popen(oracle, "r");
	const struct civil_date *dates;
	char *line = NULL, wrong[RECUR_FAULT];
	size_t room = 0, lines = 0;
	struct recurrence *r;

	ck_assert_ptr_nonnull(python);
	for (; getline(&line, &room, python) > 0; lines++) {
		char *rest = line, *start = strtok_r(line, " \n", &rest),
		     *rule = strtok_r(NULL, " \n", &rest), *date;
		size_t count = all_dates(rule, start, &r, &dates, wrong), i = 0;

		for (; (date = strtok_r(NULL, " \n", &rest)); i++)
			ck_assert_msg(i < count && civil_equal(dates[i], day(date)),
				      "%s from %s: %zu should be %s%s", rule, start, i, date,
				      wrong);
		ck_assert_msg(i == count, "%s from %s: %zu dates, not %zu", rule, start, count, i);
		recurrence_free(r);
	}
	ck_assert_int_eq(pclose(python), 0);
	ck_assert_uint_eq(lines, 1200);
	free(line);
}
END_TEST

UNIT_TESTS("plan/recur", UNIT_ROWS(a_rule_has_its_dates, UNIT_COUNT(rules)),
	   UNIT(dates_are_found_as_far_as_somebody_asks), UNIT(a_rule_is_bounded),
	   UNIT(a_rule_without_a_date_is_found_out_at_once),
	   UNIT_ROWS(what_is_no_rule_says_why, UNIT_COUNT(wrongs)),
	   UNIT(rules_at_random_have_the_dates_that_python_has))
