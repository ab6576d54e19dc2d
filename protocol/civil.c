/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days and dates are converted by counting years from 1 March, so that the leap day is the last day
 * of its year and the months before it have a fixed pattern (153 days in every five months). Eras
 * are the 400 years after which the Gregorian calendar repeats; all years from 0 up work.
 */
#include "protocol/civil.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define YEAR_MIN 1900
#define YEAR_MAX 2199
#define ERA_DAYS 146097	  /* in 400 years */
#define EPOCH_DAYS 719468 /* from 0000-03-01 to 1970-01-01 */
#define EPOCH_WEEKDAY THURSDAY

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	assert(month >= 1 && month <= 12);
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

struct civil_date civil_from_ymd(int year, int month, int day)
{
	int y, era, of_era, of_year;

	assert(year >= 0 && day >= 1 && day <= civil_month_days(year, month));
	y = year - (month <= 2) + 400; /* one era more, so that nothing is negative */
	era = y / 400;
	of_era = y % 400;
	of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return (struct civil_date){ (era - 1) * ERA_DAYS + of_era * 365 + of_era / 4 -
				    of_era / 100 + of_year - EPOCH_DAYS };
}

void civil_to_ymd(struct civil_date d, int *ret_year, int *ret_month, int *ret_day)
{
	int days, era, of_era, year, of_year, month;

	assert(!civil_is_none(d));
	days = d.day + EPOCH_DAYS + ERA_DAYS;
	assert(days >= 0);
	era = days / ERA_DAYS - 1;
	of_era = days % ERA_DAYS;
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153; /* 0 is March */
	*ret_day = of_year - (153 * month + 2) / 5 + 1;
	*ret_month = month < 10 ? month + 3 : month - 9;
	*ret_year = year + era * 400 + (month >= 10);
}

enum weekday civil_weekday(struct civil_date d)
{
	int day = (d.day % 7 + 7 + EPOCH_WEEKDAY) % 7;

	return (enum weekday)day;
}

/* The number that n digits spell, or -1; never reads past the text's end. */
static int digits(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

int civil_parse_month(const char *text, int *ret_year, int *ret_month)
{
	int year, month;

	if (strlen(text) != 7 || text[4] != '-')
		return -EINVAL;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12)
		return -EINVAL;
	*ret_year = year;
	*ret_month = month;
	return 0;
}

int civil_parse(const char *text, struct civil_date *ret)
{
	char year_month[8];
	int year, month, day;

	if (strlen(text) != 10 || text[7] != '-')
		return -EINVAL;
	memcpy(year_month, text, 7);
	year_month[7] = '\0';
	if (civil_parse_month(year_month, &year, &month) < 0)
		return -EINVAL;
	day = digits(text + 8, 2);
	if (day < 1 || day > civil_month_days(year, month))
		return -EINVAL;
	*ret = civil_from_ymd(year, month, day);
	return 0;
}

int civil_parse_time(const char *text, struct time_of_day *ret)
{
	int hour, minute;

	if (strlen(text) != 5 || text[2] != ':')
		return -EINVAL;
	hour = digits(text, 2);
	minute = digits(text + 3, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return -EINVAL;
	*ret = (struct time_of_day){ (int16_t)(hour * 60 + minute) };
	return 0;
}

int civil_parse_local(const char *text, struct local_time *ret)
{
	const size_t to_minute = strlen("2026-05-11T07:59"),
		     to_second = strlen("2026-05-11T07:59:00");
	const size_t n = strlen(text);
	char day[CIVIL_TEXT], minute[6];
	struct local_time local = { .second = 0 };

	if ((n != to_minute && n != to_second) || text[CIVIL_TEXT - 1] != 'T')
		return -EINVAL;
	snprintf(day, sizeof(day), "%.*s", CIVIL_TEXT - 1, text);
	snprintf(minute, sizeof(minute), "%s", text + CIVIL_TEXT);
	if (civil_parse(day, &local.date) < 0 || civil_parse_time(minute, &local.time) < 0)
		return -EINVAL;
	if (n == to_second)
		local.second = text[to_minute] == ':' ? digits(text + to_minute + 1, 2) : -1;
	if (local.second < 0 || local.second > 59)
		return -EINVAL;
	*ret = local;
	return 0;
}

/* n digits of value with leading zeros at out; returns the place after them. */
static char *put(char *out, int value, int n)
{
	for (int i = n - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + n;
}

char *civil_format(struct civil_date d, char out[static CIVIL_TEXT])
{
	int year, month, day;
	char *at = out;

	if (!civil_is_none(d)) {
		civil_to_ymd(d, &year, &month, &day);
		assert(year >= 0 && year <= 9999);
		at = put(at, year, 4);
		*at++ = '-';
		at = put(at, month, 2);
		*at++ = '-';
		at = put(at, day, 2);
	}
	*at = '\0';
	return out;
}
