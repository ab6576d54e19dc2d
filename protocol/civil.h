/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Civil time: a calendar date and a time of day, without any zone. Proleptic Gregorian calendar,
 * years 1900-2199. Pure arithmetic; which day is a working day is daemon/plan/calendar's business.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A civil date: days since 1970-01-01. CIVIL_NONE (INT32_MIN) means "no date". */
struct civil_date {
	int32_t day;
};
#define CIVIL_NONE ((struct civil_date){ INT32_MIN })

/* A time of day: minutes since midnight, 0-1439; -1 means "no time". */
struct time_of_day {
	int16_t minute;
};
#define TIME_OF_DAY_NONE ((struct time_of_day){ -1 })

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* What a clock on the wall shows; which instant that is, the zone knows (daemon/base/zone). */
struct local_time {
	struct civil_date date;
	struct time_of_day time;
	int second; /* 0-59 */
};

#define CIVIL_TEXT 11 /* bytes of "YYYY-MM-DD" and its NUL */

static inline bool civil_is_none(struct civil_date d)
{
	return d.day == INT32_MIN;
}
static inline int civil_compare(struct civil_date a, struct civil_date b)
{
	return (a.day > b.day) - (a.day < b.day);
}
static inline struct civil_date civil_add(struct civil_date d, int days)
{
	return (struct civil_date){ d.day + days };
}
static inline bool civil_equal(struct civil_date a, struct civil_date b)
{
	return a.day == b.day;
}

/* month and day count from 1. civil_from_ymd asserts a valid date: parse text with civil_parse. */
struct civil_date civil_from_ymd(int year, int month, int day);
void civil_to_ymd(struct civil_date d, int *ret_year, int *ret_month, int *ret_day);
enum weekday civil_weekday(struct civil_date d);
/* Days of the month, 28-31. */
int civil_month_days(int year, int month);

/* "YYYY-MM-DD", strictly ten characters, a date that exists, 1900-2199; 0 or -EINVAL. */
int civil_parse(const char *text, struct civil_date *ret);
/* "YYYY-MM" into the year and month; 0 or -EINVAL. */
int civil_parse_month(const char *text, int *ret_year, int *ret_month);
/* "HH:MM", 00:00-23:59; 0 or -EINVAL. */
int civil_parse_time(const char *text, struct time_of_day *ret);
/* "YYYY-MM-DDTHH:MM" or "YYYY-MM-DDTHH:MM:SS"; 0 or -EINVAL. */
int civil_parse_local(const char *text, struct local_time *ret);
/* "YYYY-MM-DD" into out; "" for CIVIL_NONE. Returns out. */
char *civil_format(struct civil_date d, char out[static CIVIL_TEXT]);
