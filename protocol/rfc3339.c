/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 3339 § 5.6, read strictly from left to right: a cursor moves on only over what the grammar
 * allows there. "T" and "Z" may be lower case, as the grammar's strings are; a space for "T" is not
 * taken. The leap second is taken only where one can be: at the end of a day in UTC (§ 5.7).
 */
#include "protocol/rfc3339.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "protocol/civil.h"

#define SECOND INT64_C(1000000)
#define DAY_SECONDS 86400

/* Two digits not above max at *text, which moves past them; -1 if they are not there. */
static int two(const char **text, int max)
{
	const char *p = *text;
	int value;

	if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
		return -1;
	value = (p[0] - '0') * 10 + (p[1] - '0');
	*text += 2;
	return value <= max ? value : -1;
}

static bool skip(const char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

/* "HH:MM:SS" as seconds since midnight, 86,400 for a leap second; -1 if it is none. */
static int parse_clock(const char **text)
{
	int hour, minute, second;

	hour = two(text, 23);
	if (hour < 0 || !skip(text, ':'))
		return -1;
	minute = two(text, 59);
	if (minute < 0 || !skip(text, ':'))
		return -1;
	second = two(text, 60);
	return second < 0 ? -1 : hour * 3600 + minute * 60 + second;
}

/* ".123", if there is one, in microseconds; further digits are dropped; -1 if it is malformed. */
static int64_t parse_fraction(const char **text)
{
	int64_t value = 0, unit = SECOND / 10;
	size_t n;

	if (!skip(text, '.'))
		return 0;
	n = strspn(*text, "0123456789");
	if (n < 1 || n > 9)
		return -1;
	for (size_t i = 0; i < n; i++, unit /= 10)
		value += unit * ((*text)[i] - '0');
	*text += n;
	return value;
}

/* "Z" or "+02:00" at the text's end, in minutes east of UTC. */
static int parse_offset(const char *text, int *ret)
{
	int sign, hour, minute;

	if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) {
		*ret = 0;
		return 0;
	}
	sign = *text == '-' ? -1 : 1;
	if (!skip(&text, '+') && !skip(&text, '-'))
		return -EINVAL;
	hour = two(&text, 23);
	if (hour < 0 || !skip(&text, ':'))
		return -EINVAL;
	minute = two(&text, 59);
	if (minute < 0 || *text != '\0')
		return -EINVAL;
	*ret = sign * (hour * 60 + minute);
	return 0;
}

int rfc3339_parse(const char *text, struct instant *ret)
{
	char day[CIVIL_TEXT] = "";
	struct civil_date date;
	int64_t second, fraction;
	int clock, offset;
	bool leap;

	strncpy(day, text, sizeof(day) - 1);
	if (civil_parse(day, &date) < 0)
		return -EINVAL;
	text += sizeof(day) - 1;
	if (!skip(&text, 'T') && !skip(&text, 't'))
		return -EINVAL;
	clock = parse_clock(&text);
	if (clock < 0)
		return -EINVAL;
	leap = text[-2] == '6';
	fraction = parse_fraction(&text);
	if (fraction < 0 || parse_offset(text, &offset) < 0)
		return -EINVAL;
	second = (int64_t)date.day * DAY_SECONDS + clock - (int64_t)offset * 60;
	if (leap && second % DAY_SECONDS != 0)
		return -EINVAL;
	*ret = (struct instant){ second * SECOND + fraction };
	return 0;
}

/* The separator, then n digits of value with leading zeros; returns the place after them. */
static char *put(char *out, char separator, int value, int n)
{
	*out++ = separator;
	for (int i = n - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + n;
}

char *rfc3339_format(struct instant t, int offset_minutes, char out[static RFC3339_TEXT])
{
	int64_t us, day;
	int second, fraction, east = offset_minutes < 0 ? -offset_minutes : offset_minutes;
	char *at;

	assert(!instant_is_none(t) && east < 24 * 60);
	us = t.us + offset_minutes * 60 * SECOND;
	fraction = (int)((us % SECOND + SECOND) % SECOND);
	us = (us - fraction) / SECOND; /* whole seconds from here on */
	second = (int)((us % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS);
	day = (us - second) / DAY_SECONDS;

	civil_format((struct civil_date){ (int32_t)day }, out);
	at = put(out + CIVIL_TEXT - 1, 'T', second / 3600, 2);
	at = put(at, ':', second / 60 % 60, 2);
	at = put(at, ':', second % 60, 2);
	if (fraction != 0)
		at = put(at, '.', fraction, 6);
	if (offset_minutes == 0) {
		*at++ = 'Z';
	} else {
		at = put(at, offset_minutes < 0 ? '-' : '+', east / 60, 2);
		at = put(at, ':', east % 60, 2);
	}
	*at = '\0';
	return out;
}
