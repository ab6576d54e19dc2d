/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The zone as a table. zone_set asks the C library once for every change of offset from 1970 to 2200
 * and keeps them; after that a look-up is a search in the table, so nothing depends on mktime's
 * memory of earlier calls, on a lock or on the environment, and it costs some ten nanoseconds.
 *
 * spans[i] holds from spans[i].from until spans[i + 1].from. The first one also stands for all time
 * before 1970 and the last one for all time after 2200. Without zone_set the zone is UTC.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/zone.h"

#define DAY ((int64_t)86400)
#define FIRST ((int64_t)0)		  /* 1970-01-01 */
#define LAST (230 * 365 * DAY + 57 * DAY) /* about 2200 */
#define PROBE (7 * DAY)			  /* no zone changes twice within a week */
#define SPANS_MAX 1024 /* Morocco, the most restless one, needs 4 a year until 2087 */
#define MICROS 1000000
#define ZONE_FILES "/usr/share/zoneinfo"

/* Seconds east of UTC from an instant on, in seconds since 1970. */
struct span {
	int64_t from;
	int32_t offset;
};
static struct span spans[SPANS_MAX] = { { INT64_MIN, 0 } };
static size_t span_count = 1;
static char set_name[64];

static int32_t system_offset(int64_t second)
{
	struct tm local;
	time_t t = (time_t)second;

	return localtime_r(&t, &local) ? (int32_t)local.tm_gmtoff : 0;
}

/* The first second in (low, high] that has the offset of high. */
static int64_t change_between(int64_t low, int64_t high)
{
	const int32_t after = system_offset(high);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (system_offset(middle) == after)
			high = middle;
		else
			low = middle;
	}
	return high;
}

bool zone_exists(const char *name)
{
	const char *folder = getenv("TZDIR");
	char path[4096], magic[4];
	bool ok;
	int n, file;

	if (!*name || *name == '/' || *name == ':' || strstr(name, ".."))
		return false;
	n = snprintf(path, sizeof(path), "%s/%s", folder && *folder ? folder : ZONE_FILES, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return false;
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	ok = read(file, magic, sizeof(magic)) == (ssize_t)sizeof(magic) &&
	     memcmp(magic, "TZif", sizeof(magic)) == 0;
	close(file);
	return ok;
}

int zone_set(const char *name)
{
	int32_t offset;

	if (*set_name && strcmp(name, set_name) == 0)
		return 0;
	if (!zone_exists(name) || strlen(name) >= sizeof(set_name))
		return 1;
	if (setenv("TZ", name, 1) < 0)
		return -errno;
	errno = 0;
	tzset();
	if (errno == ENOMEM) /* it would be UTC from now on */
		return -ENOMEM;
	snprintf(set_name, sizeof(set_name), "%s", name);

	offset = system_offset(FIRST);
	spans[0] = (struct span){ INT64_MIN, offset };
	span_count = 1;
	for (int64_t t = FIRST + PROBE; t < LAST && span_count < SPANS_MAX; t += PROBE) {
		if (system_offset(t) == offset)
			continue;
		offset = system_offset(t);
		spans[span_count++] = (struct span){ change_between(t - PROBE, t), offset };
	}
	return 0;
}

const char *zone_name(void)
{
	return *set_name ? set_name : NULL;
}

/* The span that holds a second. */
static const struct span *span_at(int64_t second)
{
	size_t low = 0, high = span_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (spans[middle].from <= second)
			low = middle;
		else
			high = middle;
	}
	return &spans[low];
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t second_of(struct instant t)
{
	return floor_divide(t.us, MICROS);
}

void zone_civil(struct instant t, struct civil_date *ret_date, struct time_of_day *ret_time)
{
	int64_t utc = second_of(t), local = utc + span_at(utc)->offset;
	int64_t day = floor_divide(local, DAY);

	if (ret_date)
		ret_date->day = (int32_t)day;
	if (ret_time)
		ret_time->minute = (int16_t)((local - day * DAY) / 60);
}

struct civil_date zone_date(struct instant t)
{
	struct civil_date date;

	zone_civil(t, &date, NULL);
	return date;
}

int zone_year(struct instant t)
{
	int year, month, day;

	civil_to_ymd(zone_date(t), &year, &month, &day);
	return year;
}

/*
 * The earliest instant that is called `local`: it lies in the span before, at or after the one that
 * holds `local` read as UTC, for no offset is as long as a span. A local time that no span has falls
 * into a gap, which ends where the first span begins that is past it.
 */
struct instant zone_instant(struct civil_date date, struct time_of_day time)
{
	const int64_t local = date.day * DAY + time.minute * 60;
	const struct span *span = span_at(local), *end = spans + span_count;

	if (span > spans)
		span--;
	while (span + 1 < end && local - span->offset >= span[1].from)
		span++;
	if (local - span->offset < span->from)
		return (struct instant){ span->from * MICROS };
	return (struct instant){ (local - span->offset) * MICROS };
}

struct instant zone_local(struct local_time local)
{
	return instant_add(zone_instant(local.date, local.time), SECONDS(local.second));
}

int zone_parse(const char *text, struct instant *ret)
{
	struct local_time local;

	if (rfc3339_parse(text, ret) == 0)
		return 0;
	if (civil_parse_local(text, &local) < 0)
		return -EINVAL;
	*ret = zone_local(local);
	return 0;
}

struct instant zone_midnight(struct civil_date date)
{
	return zone_instant(date, (struct time_of_day){ 0 });
}

char *zone_format(struct instant t, char out[static RFC3339_TEXT])
{
	return rfc3339_format(t, span_at(second_of(t))->offset / 60, out);
}

char *zone_format_second(struct instant t, char out[static RFC3339_TEXT])
{
	return zone_format((struct instant){ second_of(t) * MICROS }, out);
}
