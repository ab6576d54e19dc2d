/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/ladder.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "tests/unit/unit.h"

#define STEPS_MAX 6

static struct civil_date date_of(const char *text)
{
	struct civil_date date = CIVIL_NONE;

	ck_assert_msg(civil_parse(text, &date) == 0, "%s", text);
	return date;
}

static struct plan plan_with_calendar(void)
{
	struct calendar_settings settings = { .opens = { 450 }, .closes = { 1020 } };
	struct plan plan = { 0 };

	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	ck_assert_int_eq(calendar_new(&plan.calendar, &settings), 0);
	return plan;
}

/* "at" or "at repeat until" */
static struct step step_of(const char *text)
{
	char at[16], repeat[16], until[16];
	int n = sscanf(text, "%15s %15s %15s", at, repeat, until);
	struct step step = { .repeats = n == 3 };

	ck_assert_msg(n == 1 || n == 3, "%s", text);
	ck_assert_int_eq(offset_parse(at, &step.at), 0);
	if (n == 3)
		ck_assert(offset_parse(repeat, &step.repeat) == 0 &&
			  offset_parse(until, &step.until) == 0);
	return step;
}

static const struct {
	int line;
	const char *time, *base;
	const char *steps[STEPS_MAX];
	/* "step.repetition date time", "> date time" when it moves into open hours */
	const char *firings;
} ladders[] = {
	/* The ladder of the contract, for papers due on Fri 15 May 2026. */
	{ __LINE__,
	  "08:00",
	  "2026-05-15",
	  { "-10wd", "-5wd", "-2wd", "0", "+1wd", "+3wd 2wd +10wd" },
	  "0.0 2026-04-29T08:00:00+02:00\n"
	  "1.0 2026-05-07T08:00:00+02:00\n"
	  "2.0 2026-05-12T08:00:00+02:00\n"
	  "3.0 2026-05-15T08:00:00+02:00\n"
	  "4.0 2026-05-18T08:00:00+02:00\n"
	  "5.0 2026-05-20T08:00:00+02:00\n"
	  "5.1 2026-05-22T08:00:00+02:00\n"
	  "5.2 2026-05-26T08:00:00+02:00\n"
	  "5.3 2026-05-28T08:00:00+02:00\n" },
	/* Until is inclusive. */
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "0 2wd +4wd" },
	  "0.0 2026-05-18T08:00:00+02:00\n"
	  "0.1 2026-05-20T08:00:00+02:00\n"
	  "0.2 2026-05-22T08:00:00+02:00\n" },
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "0 2wd +3wd" },
	  "0.0 2026-05-18T08:00:00+02:00\n"
	  "0.1 2026-05-20T08:00:00+02:00\n" },
	/* Calendar days: before papers they roll back, after them forward; two may meet. */
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "-2d", "+5d 1d +7d" },
	  "0.0 2026-05-15T08:00:00+02:00\n"
	  "1.0 2026-05-25T08:00:00+02:00\n"
	  "1.1 2026-05-25T08:00:00+02:00\n"
	  "1.2 2026-05-25T08:00:00+02:00\n" },
	/* Mixed units: the repeat counts from the step's date; until is a date. */
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "+1wd 2d +3wd" },
	  "0.0 2026-05-19T08:00:00+02:00\n"
	  "0.1 2026-05-21T08:00:00+02:00\n" },
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "+4wd 3d +7wd" },
	  "0.0 2026-05-22T08:00:00+02:00\n"
	  "0.1 2026-05-25T08:00:00+02:00\n" },
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "+1wd 2wd +7d" },
	  "0.0 2026-05-19T08:00:00+02:00\n"
	  "0.1 2026-05-21T08:00:00+02:00\n"
	  "0.2 2026-05-25T08:00:00+02:00\n" },
	/* Nought is of either unit: all three count from base. */
	{ __LINE__,
	  "08:00",
	  "2026-05-15",
	  { "-5d 2d 0" },
	  "0.0 2026-05-08T08:00:00+02:00\n"
	  "0.1 2026-05-12T08:00:00+02:00\n"
	  "0.2 2026-05-13T08:00:00+02:00\n" },
	{ __LINE__,
	  "08:00",
	  "2026-05-15",
	  { "0 1d +1d" },
	  "0.0 2026-05-15T08:00:00+02:00\n"
	  "0.1 2026-05-18T08:00:00+02:00\n" },
	{ __LINE__,
	  "08:00",
	  "2026-05-15",
	  { "-2wd 1wd 0d" },
	  "0.0 2026-05-12T08:00:00+02:00\n"
	  "0.1 2026-05-13T08:00:00+02:00\n"
	  "0.2 2026-05-15T08:00:00+02:00\n" },
	/* Out of order in the plan, in order of time here; at one instant by step. */
	{ __LINE__,
	  "08:00",
	  "2026-05-18",
	  { "0", "-3d", "-1wd", "-2wd 1wd 0" },
	  "3.0 2026-05-13T08:00:00+02:00\n"
	  "1.0 2026-05-15T08:00:00+02:00\n"
	  "2.0 2026-05-15T08:00:00+02:00\n"
	  "3.1 2026-05-15T08:00:00+02:00\n"
	  "0.0 2026-05-18T08:00:00+02:00\n"
	  "3.2 2026-05-18T08:00:00+02:00\n" },
	/* Outside open hours. */
	{ __LINE__,
	  "06:00",
	  "2026-05-18",
	  { "0" },
	  "0.0 2026-05-18T06:00:00+02:00 > 2026-05-18T07:30:00+02:00\n" },
	{ __LINE__,
	  "18:00",
	  "2026-05-13",
	  { "0" },
	  "0.0 2026-05-13T18:00:00+02:00 > 2026-05-15T07:30:00+02:00\n" },
	/* Over both changes of summer time it stays eight o'clock. */
	{ __LINE__,
	  "08:00",
	  "2026-03-27",
	  { "0", "+1wd" },
	  "0.0 2026-03-27T08:00:00+01:00\n"
	  "1.0 2026-03-30T08:00:00+02:00\n" },
	{ __LINE__,
	  "08:00",
	  "2026-10-26",
	  { "-1wd", "0" },
	  "0.0 2026-10-23T08:00:00+02:00\n"
	  "1.0 2026-10-26T08:00:00+01:00\n" },
	/* A leap day. */
	{ __LINE__,
	  "08:00",
	  "2028-03-01",
	  { "-1wd", "-1d" },
	  "0.0 2028-02-29T08:00:00+01:00\n"
	  "1.0 2028-02-29T08:00:00+01:00\n" },
};

START_TEST(the_steps_of_a_ladder_fire)
{
	struct plan plan = plan_with_calendar();
	struct step steps[STEPS_MAX];
	struct ladder ladder = { .steps = steps };
	struct firing firings[LADDER_FIRINGS_MAX];
	char got[2000] = "", at[RFC3339_TEXT], open[RFC3339_TEXT];
	size_t count, length = 0;

	ck_assert_int_eq(civil_parse_time(ladders[_i].time, &ladder.time), 0);
	for (; ladder.step_count < STEPS_MAX && ladders[_i].steps[ladder.step_count];
	     ladder.step_count++)
		steps[ladder.step_count] = step_of(ladders[_i].steps[ladder.step_count]);
	count = ladder_firings(&plan, &ladder, date_of(ladders[_i].base), firings);
	ck_assert_uint_eq(count, ladder_count(&plan, &ladder, date_of(ladders[_i].base)));
	for (size_t i = 0; i < count; i++) {
		const struct firing *f = &firings[i];
		bool moved = instant_compare(f->at, f->open) != 0;

		length += (size_t)snprintf(got + length, sizeof(got) - length, "%u.%u %s%s%s\n",
					   f->step, f->repetition, zone_format(f->at, at),
					   moved ? " > " : "",
					   moved ? zone_format(f->open, open) : "");
	}
	ck_assert_msg(strcmp(got, ladders[_i].firings) == 0, "line %d:\n%s", ladders[_i].line, got);
	ck_assert_msg(instant_compare(ladder_first(&plan, &ladder, date_of(ladders[_i].base)),
				      firings[0].at) == 0,
		      "line %d: another is first", ladders[_i].line);
	calendar_free(plan.calendar);
}
END_TEST

START_TEST(more_than_there_is_room_for_are_counted)
{
	struct plan plan = plan_with_calendar();
	struct step step = step_of("-400d 1d +400d");
	struct ladder ladder = { .time = { 480 }, .steps = &step, .step_count = 1 };
	struct firing firings[LADDER_FIRINGS_MAX];

	ck_assert_uint_eq(ladder_count(&plan, &ladder, date_of("2026-05-15")), 801);
	ck_assert_uint_eq(ladder_firings(&plan, &ladder, date_of("2026-05-15"), firings),
			  LADDER_FIRINGS_MAX);
	/* At the end of the calendar no repetition gets past until, and it ends all the same. */
	step = step_of("+1wd 1d +2wd");
	ck_assert_uint_ge(ladder_count(&plan, &ladder, date_of("2100-12-30")), 1);
	calendar_free(plan.calendar);
}
END_TEST

START_TEST(the_next_working_day_is_not_today)
{
	static const struct {
		int line;
		const char *at, *next;
	} rows[] = {
		{ __LINE__, "2026-05-11T07:00:00+02:00", "2026-05-12T08:00:00+02:00" },
		{ __LINE__, "2026-05-13T23:59:59+02:00", "2026-05-15T08:00:00+02:00" },
		{ __LINE__, "2026-05-13T22:00:00Z", "2026-05-15T08:00:00+02:00" },
		{ __LINE__, "2026-03-27T12:00:00+01:00", "2026-03-30T08:00:00+02:00" },
	};
	struct plan plan = plan_with_calendar();
	struct ladder ladder = { .time = { 480 } };
	char text[RFC3339_TEXT];

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		struct instant at = INSTANT_NONE;

		ck_assert_int_eq(rfc3339_parse(rows[i].at, &at), 0);
		zone_format(ladder_next_workday(&plan, &ladder, at), text);
		ck_assert_msg(strcmp(text, rows[i].next) == 0, "line %d: %s", rows[i].line, text);
	}
	calendar_free(plan.calendar);
}
END_TEST

UNIT_TESTS("plan/ladder", UNIT_ROWS(the_steps_of_a_ladder_fire, UNIT_COUNT(ladders)),
	   UNIT(more_than_there_is_room_for_are_counted), UNIT(the_next_working_day_is_not_today))
