/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/unit.h"

static struct time_of_day time_of(const char *text)
{
	struct time_of_day time = TIME_OF_DAY_NONE;

	if (strcmp(text, "24:00") == 0)
		return (struct time_of_day){ 1440 };
	ck_assert_msg(civil_parse_time(text, &time) == 0, "%s", text);
	return time;
}

static struct civil_date date_of(const char *text)
{
	struct civil_date date = CIVIL_NONE;

	ck_assert_msg(civil_parse(text, &date) == 0, "%s", text);
	return date;
}

/* The oracle is the tz database as zdump -v prints it. */
static const struct {
	int line;
	const char *zone, *date, *time, *instant;
} locals[] = {
	{ __LINE__, "Europe/Stockholm", "2026-05-11", "08:00", "2026-05-11T08:00:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-01-11", "08:00", "2026-01-11T08:00:00+01:00" },
	{ __LINE__, "Europe/Stockholm", "2026-05-15", "24:00", "2026-05-16T00:00:00+02:00" },
	/* Spring: 02:00 to 03:00 are missing, and all in the gap is its end. */
	{ __LINE__, "Europe/Stockholm", "2026-03-29", "01:59", "2026-03-29T01:59:00+01:00" },
	{ __LINE__, "Europe/Stockholm", "2026-03-29", "02:00", "2026-03-29T03:00:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-03-29", "02:59", "2026-03-29T03:00:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-03-29", "03:00", "2026-03-29T03:00:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-03-29", "03:01", "2026-03-29T03:01:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-03-29", "24:00", "2026-03-30T00:00:00+02:00" },
	/* Autumn: 02:00 to 03:00 come twice, and the first counts. */
	{ __LINE__, "Europe/Stockholm", "2026-10-25", "01:59", "2026-10-25T01:59:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-10-25", "02:00", "2026-10-25T02:00:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-10-25", "02:59", "2026-10-25T02:59:00+02:00" },
	{ __LINE__, "Europe/Stockholm", "2026-10-25", "03:00", "2026-10-25T03:00:00+01:00" },
	{ __LINE__, "Europe/Stockholm", "2026-10-25", "24:00", "2026-10-26T00:00:00+01:00" },
	{ __LINE__, "Europe/Stockholm", "2099-07-01", "12:00", "2099-07-01T12:00:00+02:00" },
	/* West of Greenwich, where local time read as UTC is early instead of late. */
	{ __LINE__, "America/New_York", "2026-03-08", "02:30", "2026-03-08T03:00:00-04:00" },
	{ __LINE__, "America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00" },
	{ __LINE__, "America/New_York", "2026-11-01", "02:00", "2026-11-01T02:00:00-05:00" },
	/* No midnight: the day begins at one. */
	{ __LINE__, "Africa/Cairo", "2026-04-24", "00:00", "2026-04-24T01:00:00+03:00" },
	/* Half an hour. */
	{ __LINE__, "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:30:00+11:00" },
	{ __LINE__, "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05T01:45:00+11:00" },
	/* A whole day was left out. */
	{ __LINE__, "Pacific/Apia", "2011-12-30", "12:00", "2011-12-31T00:00:00+14:00" },
	{ __LINE__, "UTC", "2026-03-29", "02:30", "2026-03-29T02:30:00Z" },
};

START_TEST(a_local_time_is_one_instant)
{
	char text[RFC3339_TEXT], other[RFC3339_TEXT];
	struct instant expected = INSTANT_NONE, t;
	int line = locals[_i].line;

	ck_assert_msg(zone_set(locals[_i].zone) == 0, "line %d", line);
	ck_assert_msg(rfc3339_parse(locals[_i].instant, &expected) == 0, "line %d", line);
	t = zone_instant(date_of(locals[_i].date), time_of(locals[_i].time));
	ck_assert_msg(instant_compare(t, expected) == 0, "line %d: %s, not %s", line,
		      zone_format(t, text), zone_format(expected, other));
}
END_TEST

/* As the C library has it, a day and a bit apart, forwards and backwards. */
START_TEST(a_time_is_read_with_an_offset_or_as_local)
{
	struct instant t, local = INSTANT_NONE;

	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	ck_assert_int_eq(rfc3339_parse("2026-05-11T07:59:08+02:00", &t), 0);
	ck_assert_int_eq(zone_parse("2026-05-11T07:59:08", &local), 0);
	ck_assert_int_eq(local.us, t.us);
	local = INSTANT_NONE;
	ck_assert_int_eq(zone_parse("2026-05-11T05:59:08Z", &local), 0);
	ck_assert_int_eq(local.us, t.us);
	local = INSTANT_NONE;
	ck_assert_int_eq(zone_parse("2026-05-11", &local), -EINVAL);
	ck_assert(instant_is_none(local));
}
END_TEST

START_TEST(every_instant_is_called_as_the_system_calls_it)
{
	static const char *const zones[] = { "Europe/Stockholm", "America/New_York",
					     "Australia/Lord_Howe", "Africa/Casablanca" };
	const time_t step = 86400 + 3661, last = (time_t)130 * 365 * 86400;

	ck_assert_int_eq(zone_set(zones[_i]), 0);
	for (time_t t = 0; t < last; t += step) {
		struct instant at = { (int64_t)(t % 7 < 3 ? last - t : t) * 1000000 + 999999 };
		time_t second = (time_t)(at.us / 1000000);
		struct time_of_day time;
		struct civil_date date;
		struct instant back;
		struct tm tm;

		localtime_r(&second, &tm);
		zone_civil(at, &date, &time);
		ck_assert_msg(civil_equal(date, civil_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1,
							       tm.tm_mday)) &&
				      time.minute == tm.tm_hour * 60 + tm.tm_min,
			      "%s: %lld", zones[_i], (long long)second);
		/* Back again: the beginning of that minute, or the hour before in the fold. */
		back = zone_instant(date, time);
		ck_assert_msg(back.us <= at.us && back.us >= at.us - 3660 * INT64_C(1000000),
			      "%s: %lld", zones[_i], (long long)second);
	}
}
END_TEST

START_TEST(no_call_depends_on_the_one_before)
{
	struct civil_date fold, summer, winter;
	struct time_of_day half_past_two = { 150 };
	struct instant first;

	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	fold = date_of("2026-10-25");
	summer = date_of("2026-07-01");
	winter = date_of("2026-12-01");
	first = zone_instant(fold, half_past_two);
	zone_instant(winter, half_past_two);
	ck_assert(instant_compare(zone_instant(fold, half_past_two), first) == 0);
	zone_instant(summer, half_past_two);
	ck_assert(instant_compare(zone_instant(fold, half_past_two), first) == 0);
}
END_TEST

START_TEST(names_that_are_no_zone_are_refused)
{
	static const char *const names[] = {
		"",	"Europe/Stokholm", "/etc/passwd", "../../../etc/passwd", "Europe",
		":UTC", "zone.tab",
	};
	char text[RFC3339_TEXT];

	ck_assert_ptr_null(zone_name());
	ck_assert_str_eq(zone_format((struct instant){ 0 }, text), "1970-01-01T00:00:00Z");
	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	for (size_t i = 0; i < UNIT_COUNT(names); i++) {
		ck_assert_msg(!zone_exists(names[i]), "%s", names[i]);
		ck_assert_int_eq(zone_set(names[i]), 1);
	}
	ck_assert_str_eq(zone_name(), "Europe/Stockholm");
	ck_assert_str_eq(zone_format((struct instant){ -1 }, text),
			 "1970-01-01T00:59:59.999999+01:00");
	ck_assert_str_eq(zone_format_second((struct instant){ -1 }, text),
			 "1970-01-01T00:59:59+01:00");
	ck_assert_int_eq(zone_date((struct instant){ -3600 * 1000000LL - 1 }).day, -1);
	ck_assert_int_eq(zone_midnight((struct civil_date){ 0 }).us, -3600 * 1000000LL);
}
END_TEST

/* The first one begins before any zone is set. */
UNIT_TESTS("base/zone", UNIT(names_that_are_no_zone_are_refused),
	   UNIT_ROWS(a_local_time_is_one_instant, UNIT_COUNT(locals)),
	   UNIT_ROWS(every_instant_is_called_as_the_system_calls_it, 4),
	   UNIT(a_time_is_read_with_an_offset_or_as_local), UNIT(no_call_depends_on_the_one_before))
