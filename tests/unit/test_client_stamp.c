/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <time.h>

#include "client/stamp.h"
#include "unit.h"

START_TEST(ids_differ_and_rise)
{
	char ids[1000][STAMP_ID];

	for (size_t i = 0; i < UNIT_COUNT(ids); i++) {
		stamp_id(ids[i]);
		ck_assert_uint_eq(strspn(ids[i], "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 26);
		ck_assert_int_le(ids[i][0], '7'); /* 130 bits hold 128 */
		for (size_t j = 0; j < i; j++)
			if (strcmp(ids[i], ids[j]) == 0) /* Check's own comparison is slow */
				ck_abort_msg("%s, twice", ids[i]);
		if (i > 0) /* the first ten characters are the time */
			ck_assert_int_le(strncmp(ids[i - 1], ids[i], 10), 0);
	}
}
END_TEST

static const struct {
	int line;
	const char *text, *time;
} times[] = {
	{ __LINE__, "2026-05-11T09:30:00+02:00", "2026-05-11T09:30:00+02:00" },
	{ __LINE__, "2026-05-11T09:30:00Z", "2026-05-11T09:30:00Z" },
	{ __LINE__, "2026-05-11T09:30", "2026-05-11T09:30:00+02:00" },
	{ __LINE__, "2026-01-11T09:30:15", "2026-01-11T09:30:15+01:00" },
	{ __LINE__, "2026-10-25T02:30", "2026-10-25T02:30:00+02:00" }, /* twice: the first */
	{ __LINE__, "2026-02-30T09:30", NULL },
	{ __LINE__, "2026-05-11", NULL },
	{ __LINE__, "2026-05-11 09:30", NULL },
	{ __LINE__, "2026-05-11T9:30", NULL },
	{ __LINE__, "2026-05-11T09:30:00+2", NULL },
	{ __LINE__, "2026-05-11T24:30", NULL },
	{ __LINE__, "", NULL },
};

START_TEST(local_times_get_their_offset)
{
	char out[RFC3339_TEXT] = "";

	setenv("TZ", "Europe/Stockholm", 1);
	tzset();
	ck_assert_msg(stamp_parse(times[_i].text, out) == (times[_i].time != NULL), "line %d: %s",
		      times[_i].line, out);
	if (times[_i].time)
		ck_assert_msg(strcmp(out, times[_i].time) == 0, "line %d: %s", times[_i].line, out);
}
END_TEST

START_TEST(clock_is_rfc3339)
{
	char out[RFC3339_TEXT];
	struct instant instant;

	setenv("TZ", "Asia/Kolkata", 1);
	tzset();
	ck_assert_int_eq(rfc3339_parse(stamp_time(out), &instant), 0);
	ck_assert_ptr_nonnull(strstr(out, "+05:30"));
}
END_TEST

START_TEST(sources_name_who_says_it)
{
	char *source = stamp_source("chef-akut");

	ck_assert_str_eq(source, "/people/chef-akut");
	free(source);
	source = stamp_source("/systems/ekonomi");
	ck_assert_str_eq(source, "/systems/ekonomi");
	free(source);
	source = stamp_source(NULL);
	ck_assert_int_eq(strncmp(source, "/local/", 7), 0);
	free(source);
}
END_TEST

UNIT_TESTS("client/stamp", UNIT(ids_differ_and_rise),
	   UNIT_ROWS(local_times_get_their_offset, UNIT_COUNT(times)), UNIT(clock_is_rfc3339),
	   UNIT(sources_name_who_says_it))
