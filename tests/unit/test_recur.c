/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/recur.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

static struct civil_date day(const char *text)
{
	struct civil_date date = CIVIL_NONE;

	ck_assert_msg(civil_parse(text, &date) == 0, "%s", text);
	return date;
}

static struct civil_date dates[RECUR_DATES_MAX];

/* The first of them, how many there are, and the first dates as text. */
static const struct {
	int line;
	const char *rule, *start;
	size_t count; /* 0: not asked */
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
};

START_TEST(a_rule_has_its_dates)
{
	const char *wrong = "", *expected = rules[_i].first;
	size_t count = recur_dates(rules[_i].rule, day(rules[_i].start), dates, &wrong);
	char text[4000] = "";

	ck_assert_msg(count == rules[_i].count, "line %d: %zu, %s", rules[_i].line, count, wrong);
	for (size_t i = 0; i < count && strlen(text) < strlen(expected); i++) {
		char one[CIVIL_TEXT];

		strcat(text, i ? " " : "");
		strcat(text, civil_format(dates[i], one));
	}
	ck_assert_msg(strcmp(text, expected) == 0, "line %d: %s", rules[_i].line, text);
}
END_TEST

static const struct {
	int line;
	const char *rule, *wrong; /* the beginning of it */
} wrongs[] = {
	{ __LINE__, "", "is not a rule" },
	{ __LINE__, "monthly", "is not a rule" },
	{ __LINE__, "FREQ=SOMETIMES", "is not a rule" },
	{ __LINE__, "FREQ=MONTHLY;BYMONTHDAY=32", "is not a rule" },
	{ __LINE__, "FREQ=MONTHLY;FOO=1", "is not a rule" },
	{ __LINE__, "FREQ=MONTHLY;COUNT=2;UNTIL=20260101", "is not a rule" },
	{ __LINE__, "BYMONTHDAY=1", "is not a rule" },
	{ __LINE__, "FREQ=HOURLY", "goes by hours" },
	{ __LINE__, "FREQ=SECONDLY;COUNT=1", "goes by hours" },
	{ __LINE__, "FREQ=DAILY;BYHOUR=9,17;COUNT=3", "goes by hours" },
	{ __LINE__, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "names no date" },
	{ __LINE__, "FREQ=MONTHLY;UNTIL=20200101", "names no date" },
	{ __LINE__, "FREQ=YEARLY;INTERVAL=300;BYMONTH=1", "names no date" },
	{ __LINE__, "FREQ=WEEKLY;INTERVAL=32767;BYDAY=MO", "names no date" },
	{ __LINE__, "FREQ=DAILY", "has more than 5000" },
};

START_TEST(what_is_no_rule_says_why)
{
	const char *wrong = NULL;

	ck_assert_msg(recur_dates(wrongs[_i].rule, day("2026-05-15"), dates, &wrong) == 0,
		      "line %d", wrongs[_i].line);
	ck_assert_msg(wrong && strncmp(wrong, wrongs[_i].wrong, strlen(wrongs[_i].wrong)) == 0,
		      "line %d: %s", wrongs[_i].line, wrong);
}
END_TEST

/* python3-dateutil on rules made at random: each line is start, rule, and its dates. */
static const char *const oracle =
	"/usr/bin/python3 -c 'import random, itertools\n"
	"from datetime import datetime, timedelta\n"
	"from dateutil.rrule import rrulestr\n"
	"rng = random.Random(20260515)\n"
	"def some(values, most):\n"
	"    return \",\".join(map(str, sorted(rng.sample(values, rng.randint(1, most)))))\n"
	"week = [\"MO\", \"TU\", \"WE\", \"TH\", \"FR\", \"SA\", \"SU\"]\n"
	"made = 0\n"
	"while made < 600:\n"
	"    start = datetime(2020, 1, 1) + timedelta(rng.randrange(3000))\n"
	"    freq = rng.choice([\"WEEKLY\", \"MONTHLY\", \"MONTHLY\", \"YEARLY\"])\n"
	"    rule = [\"FREQ=\" + freq, \"INTERVAL=%d\" % rng.randint(1, 4)]\n"
	"    if freq == \"WEEKLY\":\n"
	"        rule.append(\"BYDAY=\" + some(week, 3))\n"
	"        rule += [\"WKST=\" + rng.choice(week)] if rng.random() < .3 else []\n"
	"    elif rng.random() < .4:\n"
	"        rule.append(\"BYMONTHDAY=\" + some([1, 2, 15, 28, 29, 30, 31, -1, -2, -10], 3))\n"
	"    elif freq == \"MONTHLY\" and rng.random() < .5:\n"
	"        rule.append(\"BYDAY=\" + rng.choice([\"1\", \"2\", \"4\", \"-1\", \"-2\"])\n"
	"                    + rng.choice(week))\n"
	"    elif freq == \"MONTHLY\":\n"
	"        rule += [\"BYDAY=\" + some(week, 5), \"BYSETPOS=\" + some([1, 2, -1], 2)]\n"
	"    if freq == \"YEARLY\":\n"
	"        rule.append(\"BYMONTH=\" + some(range(1, 13), 3))\n"
	"    rule.append(\"COUNT=%d\" % rng.randint(1, 25) if rng.random() < .5 else\n"
	"                \"UNTIL=%d0630\" % (start.year + rng.randint(1, 5)))\n"
	"    rule = \";\".join(rule)\n"
	"    dates = list(rrulestr(rule, dtstart=start))\n"
	"    if dates:\n"
	"        made += 1\n"
	"        print(start.date(), rule, *(each.date() for each in dates))\n"
	"'";

START_TEST(rules_at_random_have_the_dates_that_python_has)
{
	FILE *python = popen(oracle, "r");
	char *line = NULL;
	size_t room = 0, lines = 0;

	ck_assert_ptr_nonnull(python);
	for (; getline(&line, &room, python) > 0; lines++) {
		char *rest = line, *start = strtok_r(line, " \n", &rest),
		     *rule = strtok_r(NULL, " \n", &rest), *date;
		const char *wrong = "";
		size_t count = recur_dates(rule, day(start), dates, &wrong), i = 0;

		for (; (date = strtok_r(NULL, " \n", &rest)); i++)
			ck_assert_msg(i < count && civil_equal(dates[i], day(date)),
				      "%s from %s: %zu should be %s%s", rule, start, i, date,
				      wrong);
		ck_assert_msg(i == count, "%s from %s: %zu dates, not %zu", rule, start, count, i);
	}
	ck_assert_int_eq(pclose(python), 0);
	ck_assert_uint_eq(lines, 600);
	free(line);
}
END_TEST

UNIT_TESTS("plan/recur", UNIT_ROWS(a_rule_has_its_dates, UNIT_COUNT(rules)),
	   UNIT_ROWS(what_is_no_rule_says_why, UNIT_COUNT(wrongs)),
	   UNIT(rules_at_random_have_the_dates_that_python_has))
