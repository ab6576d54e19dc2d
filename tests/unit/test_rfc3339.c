/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/rfc3339.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/unit.h"

/* The oracle is Python's datetime.fromisoformat(text).timestamp(). */
static const struct {
	int line;
	const char *text;
	int64_t us;
} times[] = {
	{ __LINE__, "1970-01-01T00:00:00Z", 0 },
	{ __LINE__, "1969-12-31T23:59:59.999999Z", -1 },
	{ __LINE__, "1900-01-01T00:00:00Z", INT64_C(-2208988800000000) },
	{ __LINE__, "2026-05-11T09:30:00+02:00", INT64_C(1778484600000000) },
	{ __LINE__, "2026-05-11T07:30:00Z", INT64_C(1778484600000000) },
	{ __LINE__, "2026-05-11t07:30:00z", INT64_C(1778484600000000) },
	{ __LINE__, "2026-05-11T07:30:00-00:00", INT64_C(1778484600000000) },
	{ __LINE__, "2026-05-10T20:00:00-11:30", INT64_C(1778484600000000) },
	{ __LINE__, "2026-05-11T09:30:00.5+02:00", INT64_C(1778484600500000) },
	{ __LINE__, "2026-05-11T09:30:00.000001+02:00", INT64_C(1778484600000001) },
	{ __LINE__, "2026-05-11T09:30:00.000001999+02:00", INT64_C(1778484600000001) },
	{ __LINE__, "2016-12-31T23:59:60Z", INT64_C(1483228800000000) },
	{ __LINE__, "2017-01-01T00:59:60+01:00", INT64_C(1483228800000000) },
	{ __LINE__, "2199-12-31T23:59:59.999999Z", INT64_C(7258118399999999) },
};

START_TEST(a_time_is_an_instant)
{
	struct instant t = INSTANT_NONE;

	ck_assert_msg(rfc3339_parse(times[_i].text, &t) == 0, "line %d", times[_i].line);
	ck_assert_msg(t.us == times[_i].us, "line %d: %lld", times[_i].line, (long long)t.us);
}
END_TEST

static const char *const no_times[] = {
	"",
	"2026-05-11",
	"2026-05-11T",
	"2026-05-11T09:30:00",
	"2026-05-11T09:30Z",
	"2026-05-11T09:30:00+02",
	"2026-05-11T09:30:00+0200",
	"2026-05-11T09:30:00+2:00",
	"2026-05-11T09:30:00+24:00",
	"2026-05-11T09:30:00+02:60",
	"2026-05-11T09:30:00+02:00 ",
	"2026-05-11T09:30:00+02:00Z",
	"2026-05-11T09:30:00ZZ",
	"2026-05-11 09:30:00Z",
	" 2026-05-11T09:30:00Z",
	"2026-05-11T24:00:00Z",
	"2026-05-11T23:60:00Z",
	"2026-05-11T23:59:61Z",
	"2026-05-11T09:30:60Z",
	"2017-01-01T00:59:60Z",
	"2026-05-11T09:30:00.Z",
	"2026-05-11T09:30:00.1234567890Z",
	"2026-05-11T09:30:00,5Z",
	"2026-05-11T9:30:00Z",
	"2026-05-11T:9:30:00Z",
	"2026-05-11T0930:00Z",
	"2026-02-29T09:30:00Z",
	"2200-01-01T00:00:00Z",
	"1899-12-31T23:59:59Z",
	"2026-05-11T09:30:00\u221202:00",
	"2026-05-11T09:30:-1Z",
};

START_TEST(what_is_no_time_is_refused_and_leaves_the_output_alone)
{
	struct instant t = { 7 };

	ck_assert_msg(rfc3339_parse(no_times[_i], &t) == -EINVAL, "%s", no_times[_i]);
	ck_assert_int_eq(t.us, 7);
}
END_TEST

static const struct {
	int line;
	int64_t us;
	int offset;
	const char *text;
} formats[] = {
	{ __LINE__, 0, 0, "1970-01-01T00:00:00Z" },
	{ __LINE__, -1, 0, "1969-12-31T23:59:59.999999Z" },
	{ __LINE__, INT64_C(1778484600000000), 120, "2026-05-11T09:30:00+02:00" },
	{ __LINE__, INT64_C(1778484600000001), 120, "2026-05-11T09:30:00.000001+02:00" },
	{ __LINE__, INT64_C(1778484600000000), -690, "2026-05-10T20:00:00-11:30" },
	{ __LINE__, INT64_C(1778450399999999), 120, "2026-05-10T23:59:59.999999+02:00" },
	{ __LINE__, INT64_C(1778450400000000), 120, "2026-05-11T00:00:00+02:00" },
	{ __LINE__, INT64_C(-2208988800000000), 60, "1900-01-01T01:00:00+01:00" },
};

START_TEST(an_instant_is_written_at_an_offset_and_read_back)
{
	char text[RFC3339_TEXT];
	struct instant t = { formats[_i].us }, back;

	ck_assert_str_eq(rfc3339_format(t, formats[_i].offset, text), formats[_i].text);
	ck_assert_msg(rfc3339_parse(text, &back) == 0, "line %d", formats[_i].line);
	ck_assert_int_eq(instant_compare(t, back), 0);
}
END_TEST

START_TEST(instants_are_ordered)
{
	ck_assert_int_lt(instant_compare((struct instant){ -5 }, (struct instant){ 3 }), 0);
	ck_assert_int_gt(instant_compare(INSTANT_NONE, (struct instant){ 3 }), 0);
	ck_assert(instant_is_none(INSTANT_NONE));
	ck_assert(!instant_is_none((struct instant){ 0 }));
}
END_TEST

UNIT_TESTS("protocol/rfc3339", UNIT_ROWS(a_time_is_an_instant, UNIT_COUNT(times)),
	   UNIT_ROWS(what_is_no_time_is_refused_and_leaves_the_output_alone, UNIT_COUNT(no_times)),
	   UNIT_ROWS(an_instant_is_written_at_an_offset_and_read_back, UNIT_COUNT(formats)),
	   UNIT(instants_are_ordered))
