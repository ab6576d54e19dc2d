/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule goes period by period: every INTERVAL-th day, week, month or year from the one that holds the
 * start. Of a period's days those remain that every part of the rule names; of these, BYSETPOS chooses
 * by place; of these, those from the start on are the rule's dates:
 *
 *	FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1   the last weekday of each month
 *	period        1 May ................. 31 May
 *	named         1 4 5 6 7 8 ... 27 28 29           BYDAY
 *	chosen                               29           BYSETPOS
 *
 * Every day is looked at, at most once, until the year 2100: some 27,000 of them, a few milliseconds
 * for a rule that names none. They are looked at only as far as somebody asks, so that a rule without
 * an end costs what is in sight of it.
 *
 * There is no clock and no zone in it: a series has one time of day, that of `due`, and its dates
 * become instants afterwards, so that summer time can't make it drift.
 *
 * libical 3.0.16 was here before. Its iterator gives other dates than the rule says for BYWEEKNO, for
 * BYSETPOS in a week, for a negative BYMONTHDAY in DAILY and for BYYEARDAY with BYMONTH, and searches
 * for seconds where there is nothing; so the dates are counted here, and compared with python3-dateutil
 * over rules made at random (tests/unit/test_recur.c).
 */
#include "plan/recur.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plan/calendar.h"
#include "plan/recur_rule.h"

#define PERIOD_MAX 366 /* days of a year */

struct recurrence {
	char *text;
	struct rule rule;
	struct civil_date start;
	struct civil_date period; /* the first day of the one that is next */
	bool ended;
	struct civil_date *dates;
	size_t count, room;
};

/* ---- does the rule name a day? ----------------------------------------------------------------- */

static struct civil_date week_begin(struct civil_date d, enum weekday week_start)
{
	return civil_add(d, -(((int)civil_weekday(d) - (int)week_start + 7) % 7));
}

/* The first day of a year's week 1, the first that has four days in it. */
static struct civil_date first_week(int year, enum weekday week_start)
{
	return week_begin(civil_from_ymd(year, 1, 4), week_start);
}

/* Is it in one of the weeks, which belong to the year that holds their fourth day? */
static bool in_weeks(const struct rule *rule, struct civil_date d)
{
	const struct civil_date begin = week_begin(d, rule->week_start);
	struct civil_date first, next;
	int year, month, day;

	civil_to_ymd(civil_add(begin, 3), &year, &month, &day);
	first = first_week(year, rule->week_start);
	next = first_week(year + 1, rule->week_start);
	return numbers_have(&rule->weeks, (begin.day - first.day) / 7 + 1,
			    (next.day - first.day) / 7);
}

/* One day, and its place in the month and in the year. */
struct day {
	struct civil_date date;
	int month, month_day, month_days, year_day, year_days;
};

static struct day to_day(struct civil_date date)
{
	struct day d = { .date = date };
	int year;

	civil_to_ymd(date, &year, &d.month, &d.month_day);
	d.month_days = civil_month_days(year, d.month);
	d.year_day = date.day - civil_from_ymd(year, 1, 1).day + 1;
	d.year_days = 337 + civil_month_days(year, 2);
	return d;
}

/* "2MO" is the second Monday of the month; of the year when no month is named. */
static bool on_weekday(const struct rule *rule, const struct day *d)
{
	const enum weekday weekday = civil_weekday(d->date);
	const bool of_month = rule->frequency == MONTHLY || rule->months.any;
	const int day = of_month ? d->month_day : d->year_day;
	const int days = of_month ? d->month_days : d->year_days;
	const int nth = (day - 1) / 7 + 1, of = nth + (days - day) / 7;

	return rule->weekdays & 1U << weekday || numbers_have(&rule->nth[weekday], nth, of);
}

static bool names(const struct rule *rule, struct civil_date date)
{
	const struct day d = to_day(date);

	return (!rule->months.any || numbers_have(&rule->months, d.month, 12)) &&
	       (!rule->month_days.any ||
		numbers_have(&rule->month_days, d.month_day, d.month_days)) &&
	       (!rule->year_days.any || numbers_have(&rule->year_days, d.year_day, d.year_days)) &&
	       ((!rule->weekdays && !rule->names_nth) || on_weekday(rule, &d)) &&
	       (!rule->weeks.any || in_weeks(rule, date));
}

/* What a rule leaves out it takes from its start: the day of the week, month or year. */
static void complete(struct rule *rule, struct civil_date start)
{
	int year, month, day;

	/* Weeks are named with days of the week alone. */
	if (rule->weekdays || rule->names_nth || rule->month_days.any || rule->year_days.any ||
	    rule->frequency == DAILY)
		return;
	civil_to_ymd(start, &year, &month, &day);
	if (rule->frequency == WEEKLY) {
		rule->weekdays = 1U << civil_weekday(start);
		return;
	}
	numbers_add(&rule->month_days, day);
	if (rule->frequency == YEARLY && !rule->months.any)
		numbers_add(&rule->months, month);
}

/* ---- periods ----------------------------------------------------------------------------------- */

/* The first day of the period that holds d. */
static struct civil_date period_begin(const struct rule *rule, struct civil_date d)
{
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	switch (rule->frequency) {
	case DAILY:
		return d;
	case WEEKLY:
		return week_begin(d, rule->week_start);
	case MONTHLY:
		return civil_from_ymd(year, month, 1);
	default:
		return civil_from_ymd(year, 1, 1);
	}
}

/* The first day of the n-th period after the one that begins there; CIVIL_NONE after 2100. */
static struct civil_date period_after(const struct rule *rule, struct civil_date begin, int n)
{
	const struct civil_date end = civil_from_ymd(CALENDAR_LAST_YEAR + 1, 1, 1);
	int year, month, day, months;

	if (rule->frequency <= WEEKLY) {
		begin = civil_add(begin, (rule->frequency == WEEKLY ? 7 : 1) * n);
		return civil_compare(begin, end) < 0 ? begin : CIVIL_NONE;
	}
	civil_to_ymd(begin, &year, &month, &day);
	months = month - 1 + (rule->frequency == YEARLY ? 12 : 1) * n;
	year += months / 12;
	return year <= CALENDAR_LAST_YEAR ? civil_from_ymd(year, months % 12 + 1, 1) : CIVIL_NONE;
}

/* Add a date, unless the rule has not begun or has ended. */
static int add(struct recurrence *r, struct civil_date date)
{
	int error;

	if (civil_compare(date, r->start) < 0 || r->ended)
		return 0;
	r->ended = !civil_is_none(r->rule.until) && civil_compare(date, r->rule.until) > 0;
	if (r->ended)
		return 0;
	error = array_grow(&r->dates, r->count, &r->room);
	if (error < 0)
		return error;
	r->dates[r->count++] = date;
	r->ended = r->rule.count && r->count == (size_t)r->rule.count;
	return 0;
}

/* Find the dates of the next period. 0, or -ENOMEM and nothing has changed. */
static int work(struct recurrence *r)
{
	const struct rule *rule = &r->rule;
	struct civil_date next = period_after(rule, r->period, 1), named[PERIOD_MAX];
	const size_t before = r->count;
	int count = 0, error = 0;

	if (civil_is_none(next))
		next = civil_from_ymd(CALENDAR_LAST_YEAR + 1, 1, 1);
	for (struct civil_date d = r->period; civil_compare(d, next) < 0; d = civil_add(d, 1))
		if (names(rule, d))
			named[count++] = d;
	for (int i = 0; error == 0 && i < count; i++)
		if (!rule->places.any || numbers_have(&rule->places, i + 1, count))
			error = add(r, named[i]);
	if (error < 0) {
		r->count = before;
		return error;
	}
	r->period = period_after(rule, r->period, rule->interval);
	r->ended |= civil_is_none(r->period) ||
		    (!civil_is_none(rule->until) && civil_compare(r->period, rule->until) > 0);
	return 0;
}

/* ---- a recurrence ------------------------------------------------------------------------------ */

int recurrence_new(struct recurrence **ret, const char *rule, struct civil_date start,
		   char wrong[static RECUR_FAULT])
{
	struct rule read;
	struct recurrence *r;
	int error = 0;

	if (!rule_read(&read, rule, wrong))
		return 1;
	r = calloc(1, sizeof(*r));
	if (!r || !(r->text = strdup(rule))) {
		free(r);
		return -ENOMEM;
	}
	complete(&read, start);
	r->rule = read;
	r->start = start;
	r->period = period_begin(&read, start);
	while (error == 0 && r->count == 0 && !r->ended)
		error = work(r);
	if (error == 0 && r->count == 0) {
		strcpy(wrong, "names no date from due on");
		error = 1;
	}
	if (error)
		recurrence_free(r);
	else
		*ret = r;
	return error;
}

struct recurrence *recurrence_free(struct recurrence *r)
{
	if (r) {
		free(r->text);
		free(r->dates);
		free(r);
	}
	return NULL;
}

bool recurrence_is(const struct recurrence *r, const char *rule, struct civil_date start)
{
	return civil_equal(r->start, start) && strcmp(r->text, rule) == 0;
}

int recurrence_until(struct recurrence *r, struct civil_date until,
		     const struct civil_date **ret_dates, size_t *ret_count)
{
	int error = 0;

	while (error == 0 && !r->ended && civil_compare(r->dates[r->count - 1], until) <= 0)
		error = work(r);
	if (error < 0)
		return error;
	*ret_dates = r->dates;
	*ret_count = r->count;
	return 0;
}

static int compare_dates(const void *a, const void *b)
{
	const struct civil_date *x = a, *y = b;

	return civil_compare(*x, *y);
}

int recurrence_has(struct recurrence *r, struct civil_date date, bool *ret_has)
{
	const struct civil_date *dates;
	size_t count;
	int error = recurrence_until(r, date, &dates, &count);

	if (error == 0)
		*ret_has = bsearch(&date, dates, count, sizeof(*dates), compare_dates);
	return error;
}
