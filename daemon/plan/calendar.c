/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All days of 2005-2100 are judged once, when the calendar is built, and numbered from 0. After that
 * every question is one or two array look-ups:
 *
 *   worked[i]   working days among the days 0..i
 *   workdays[n] the n-th working day, so workdays[worked[i] - 1] is the last one not after day i
 *
 * Both fit 16 bits: 96 years have 35,064 days.
 *
 * That is most of the work of reading a plan, and each plan has one, also those that are read again from the log of
 * plans. So a calendar is shared by all who ask for the same settings while it lives.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/zone.h"
#include "plan/calendar.h"
#include "plan/holiday.h"

#define DAYS_MAX 35064
#define OFFSET_MAX 400
#define HALF_CLOSES 720 /* 12:00 */

struct calendar {
	LIST_ENTRY(calendar) link; /* in living */
	unsigned references;
	struct time_of_day opens, closes;
	bool half_days;
	struct date_range *closed;
	size_t closed_count;
	int first; /* day 0, in days since 1970 */
	int count; /* days */
	int workday_count;
	bool squeeze[DAYS_MAX], half[DAYS_MAX];
	uint16_t worked[DAYS_MAX];
	uint16_t workdays[DAYS_MAX];
};

static LIST_HEAD(, calendar) living = LIST_HEAD_INITIALIZER(living);

static int clamp(int n, int low, int high)
{
	return n < low ? low : n > high ? high : n;
}

static int index_of(const struct calendar *c, struct civil_date d)
{
	return clamp(d.day - c->first, 0, c->count - 1);
}

static struct civil_date date_of(const struct calendar *c, int index)
{
	return (struct civil_date){ c->first + clamp(index, 0, c->count - 1) };
}

/* Working days among the days 0..index; none before day 0. */
static int worked(const struct calendar *c, int index)
{
	return index < 0 ? 0 : c->worked[index];
}

/* The n-th working day, the first or last one when there is no n-th. */
static struct civil_date workday(const struct calendar *c, int n)
{
	return date_of(c, c->workdays[clamp(n, 0, c->workday_count - 1)]);
}

/* Marks what is open in open[] (with a closed day put before day 0 and after the last). */
static void judge(struct calendar *c, const struct calendar_settings *settings, bool *open)
{
	enum holiday kinds[HOLIDAY_DAYS];

	for (int i = 0, year = CALENDAR_FIRST_YEAR; year <= CALENDAR_LAST_YEAR; year++) {
		int end = civil_from_ymd(year + 1, 1, 1).day - c->first;

		holiday_year(year, kinds);
		for (const enum holiday *kind = kinds; i < end; i++, kind++) {
			open[i] = civil_weekday(date_of(c, i)) < SATURDAY &&
				  *kind != HOLIDAY_PUBLIC && *kind != HOLIDAY_EVE;
			c->half[i] = settings->half_days && *kind == HOLIDAY_HALF;
		}
	}
	for (size_t n = 0; n < settings->closed_count; n++) {
		const struct date_range *range = &settings->closed[n];
		int from = index_of(c, range->from), until = index_of(c, range->until);

		assert(until >= from);
		memset(open + from, 0, (size_t)(until - from + 1) * sizeof(*open));
	}
}

static bool is_of(const struct calendar *c, const struct calendar_settings *settings)
{
	if (c->opens.minute != settings->opens.minute ||
	    c->closes.minute != settings->closes.minute || c->half_days != settings->half_days ||
	    c->closed_count != settings->closed_count)
		return false;
	for (size_t i = 0; i < c->closed_count; i++)
		if (c->closed[i].from.day != settings->closed[i].from.day ||
		    c->closed[i].until.day != settings->closed[i].until.day)
			return false;
	return true;
}

static int keep_settings(struct calendar *c, const struct calendar_settings *settings)
{
	c->opens = settings->opens;
	c->closes = settings->closes;
	c->half_days = settings->half_days;
	c->closed = calloc(settings->closed_count + 1, sizeof(*c->closed));
	if (!c->closed)
		return -ENOMEM;
	for (size_t i = 0; i < settings->closed_count; i++)
		c->closed[i] = settings->closed[i];
	c->closed_count = settings->closed_count;
	return 0;
}

/* All but the days. */
static struct calendar *begin(const struct calendar_settings *settings)
{
	struct calendar *c = calloc(1, sizeof(*c));

	if (!c || keep_settings(c, settings) < 0) {
		free(c);
		return NULL;
	}
	c->references = 1;
	LIST_INSERT_HEAD(&living, c, link);
	c->first = civil_from_ymd(CALENDAR_FIRST_YEAR, 1, 1).day;
	c->count = civil_from_ymd(CALENDAR_LAST_YEAR, 12, 31).day - c->first + 1;
	assert(c->count <= DAYS_MAX);
	return c;
}

static void number(struct calendar *c, const bool *open)
{
	for (int i = 0; i < c->count; i++) {
		if (open[i])
			c->workdays[c->workday_count++] = (uint16_t)i;
		c->worked[i] = (uint16_t)c->workday_count;
		c->half[i] = c->half[i] && open[i];
		c->squeeze[i] = open[i] && !open[i - 1] && !open[i + 1];
	}
}

static int make(struct calendar **ret, const struct calendar_settings *settings)
{
	struct calendar *c = begin(settings);
	bool *padded = calloc(DAYS_MAX + 2, sizeof(*padded));

	if (!c || !padded) {
		free(padded);
		calendar_free(c);
		return -ENOMEM;
	}
	judge(c, settings, padded + 1);
	number(c, padded + 1);
	free(padded);
	if (!c->workday_count) {
		calendar_free(c);
		return -ERANGE;
	}
	*ret = c;
	return 0;
}

int calendar_new(struct calendar **ret, const struct calendar_settings *settings)
{
	struct calendar *c;

	LIST_FOREACH (c, &living, link)
		if (is_of(c, settings)) {
			c->references++;
			*ret = c;
			return 0;
		}
	return make(ret, settings);
}

struct calendar *calendar_free(struct calendar *c)
{
	if (!c || --c->references > 0)
		return NULL;
	LIST_REMOVE(c, link);
	free(c->closed);
	free(c);
	return NULL;
}

bool calendar_in_range(struct civil_date d)
{
	return d.day >= civil_from_ymd(CALENDAR_FIRST_YEAR, 1, 1).day &&
	       d.day <= civil_from_ymd(CALENDAR_LAST_YEAR, 12, 31).day;
}

bool calendar_is_workday(const struct calendar *c, struct civil_date d)
{
	int i = index_of(c, d);

	return worked(c, i) != worked(c, i - 1);
}

bool calendar_is_squeeze(const struct calendar *c, struct civil_date d)
{
	return c->squeeze[index_of(c, d)];
}

bool calendar_is_half(const struct calendar *c, struct civil_date d)
{
	return c->half[index_of(c, d)];
}

struct civil_date calendar_back(const struct calendar *c, struct civil_date d)
{
	return workday(c, worked(c, index_of(c, d)) - 1);
}

struct civil_date calendar_forward(const struct calendar *c, struct civil_date d)
{
	return workday(c, worked(c, index_of(c, d) - 1));
}

struct civil_date calendar_move(const struct calendar *c, struct civil_date d, struct offset by)
{
	int i = index_of(c, d);

	if (!by.workdays)
		return by.days > 0 ? calendar_forward(c, date_of(c, i + by.days))
				   : calendar_back(c, date_of(c, i + by.days));
	if (by.days > 0)
		return workday(c, worked(c, i) + by.days - 1);
	if (by.days < 0)
		return workday(c, worked(c, i - 1) + by.days);
	return date_of(c, i);
}

int calendar_workdays(const struct calendar *c, struct civil_date a, struct civil_date b)
{
	return worked(c, index_of(c, b)) - worked(c, index_of(c, a));
}

struct civil_date calendar_month_end(const struct calendar *c, int year, int month)
{
	return calendar_back(c, civil_from_ymd(year, month, civil_month_days(year, month)));
}

struct civil_date calendar_practical(const struct calendar *c, struct civil_date d)
{
	int i = index_of(c, d), n = worked(c, i) - 1;

	while (n > 0 && c->squeeze[c->workdays[n]])
		n--;
	return workday(c, n);
}

/* When a working day closes; on a half day that may be before it opens. */
static struct time_of_day closes_on(const struct calendar *c, struct civil_date day)
{
	static const struct time_of_day half = { HALF_CLOSES };

	return calendar_is_half(c, day) && c->closes.minute > half.minute ? half : c->closes;
}

struct instant calendar_next_open(const struct calendar *c, struct instant t)
{
	struct civil_date date, day;
	struct time_of_day time;

	zone_civil(t, &date, &time);
	for (int n = worked(c, index_of(c, date) - 1); n < c->workday_count; n++) {
		day = workday(c, n);
		const int closes = closes_on(c, day).minute;

		if (c->opens.minute >= closes)
			continue;
		if (day.day > date.day || time.minute < c->opens.minute)
			return instant_max(t, zone_instant(day, c->opens));
		if (day.day == date.day && time.minute < closes)
			return t;
	}
	return t; /* past the end of the calendar */
}

struct instant calendar_last_close(const struct calendar *c, struct civil_date d)
{
	for (int n = worked(c, index_of(c, d) - 1) - 1; n >= 0; n--) {
		const struct civil_date day = workday(c, n);
		const struct time_of_day closes = closes_on(c, day);

		if (c->opens.minute < closes.minute)
			return zone_instant(day, closes);
	}
	return zone_midnight(d); /* before the beginning of the calendar */
}

int offset_parse(const char *text, struct offset *ret)
{
	int sign = *text == '-' ? -1 : 1, days = 0;
	const char *p = text + (*text == '-' || *text == '+'), *digits = p;
	bool calendar_days;

	for (; *p >= '0' && *p <= '9'; p++) {
		days = days * 10 + (*p - '0');
		if (days > OFFSET_MAX)
			return -EINVAL;
	}
	if (p == digits)
		return -EINVAL;
	calendar_days = strcmp(p, "d") == 0;
	if (!calendar_days && strcmp(p, "wd") != 0 && !(*p == '\0' && days == 0))
		return -EINVAL;
	*ret = (struct offset){ sign * days, !calendar_days };
	return 0;
}

bool offset_same_unit(struct offset a, struct offset b)
{
	return a.days == 0 || b.days == 0 || a.workdays == b.workdays;
}

int offset_rough(struct offset offset)
{
	return offset.workdays ? 7 * offset.days : 5 * offset.days;
}
