/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/due.h"

#include <string.h>

#include "base/zone.h"
#include "tests/unit/unit.h"

static struct civil_date date_of(const char *text)
{
	struct civil_date date = CIVIL_NONE;

	ck_assert_msg(!text || civil_parse(text, &date) == 0, "%s", text);
	return date;
}

static const struct body rs = { .id = { "RS" }, .papers = { -7, true }, .papers_given = true };

static struct step steps[] = {
	{ .at = { -10, true }, .text = "-10wd" },
	{ .at = { -14, false }, .text = "-14d" },
	{ .at = { 0, true }, .text = "0" },
};
static const struct ladder ladder = {
	.name = "standard", .time = { 480 }, .steps = steps, .step_count = 3
};

/* A plan that knows but a calendar; closed: one date or NULL. */
static struct plan plan_with(const char *closed)
{
	struct date_range range = { date_of(closed), date_of(closed) };
	struct calendar_settings settings = { .closed = &range,
					      .closed_count = closed != NULL,
					      .opens = { 450 },
					      .closes = { 1020 } };
	struct plan plan = { 0 };

	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	ck_assert_int_eq(calendar_new(&plan.calendar, &settings), 0);
	return plan;
}

static struct deadline deadline_of(enum due_kind kind, const char *date, const char *time, int year,
				   int month)
{
	struct deadline deadline = {
		.id = deadline_id("RS-58"),
		.due = { .kind = kind,
			 .date = date_of(date),
			 .time = TIME_OF_DAY_NONE,
			 .year = year,
			 .month = month,
			 .body = &rs },
		.opens_date = CIVIL_NONE,
		.ladder = &ladder,
	};

	ck_assert(!time || civil_parse_time(time, &deadline.due.time) == 0);
	return deadline;
}

static void check_date(int line, const char *what, struct civil_date date, const char *expected)
{
	char text[CIVIL_TEXT];

	ck_assert_msg(civil_equal(date, date_of(expected)), "line %d: %s is %s", line, what,
		      civil_format(date, text));
}

static void check_dates(int line, const struct dates *dates, const char *due, const char *papers,
			const char *base, const char *practical, const char *late)
{
	char text[RFC3339_TEXT];

	check_date(line, "due", dates->due, due);
	check_date(line, "papers", dates->papers, papers);
	check_date(line, "base", dates->base, base);
	check_date(line, "practical", dates->practical, practical);
	ck_assert_msg(strcmp(zone_format(dates->late_at, text), late) == 0, "line %d: late at %s",
		      line, text);
}

static const struct {
	int line;
	const char *date, *time;
	enum rounding round;
	const char *due, *base, *practical, *late;
} dated[] = {
	{ __LINE__, "2026-05-19", NULL, ROUND_BACK, "2026-05-19", "2026-05-19", "2026-05-19",
	  "2026-05-20T00:00:00+02:00" },
	{ __LINE__, "2026-05-15", "12:00", ROUND_BACK, "2026-05-15", "2026-05-15", "2026-05-13",
	  "2026-05-15T12:00:00+02:00" },
	{ __LINE__, "2026-05-16", "12:00", ROUND_BACK, "2026-05-15", "2026-05-15", "2026-05-13",
	  "2026-05-15T12:00:00+02:00" },
	/* mission.md: a statutory limit on Sat 31 October 2026, All Saints' Day. Late begins after the
	 * rounded date, but ladders count from the last working day on or before the stated one. */
	{ __LINE__, "2026-10-31", NULL, ROUND_FORWARD, "2026-11-02", "2026-10-30", "2026-11-02",
	  "2026-11-03T00:00:00+01:00" },
	{ __LINE__, "2026-10-31", "15:00", ROUND_FORWARD, "2026-11-02", "2026-10-30", "2026-11-02",
	  "2026-11-02T15:00:00+01:00" },
	{ __LINE__, "2026-10-31", NULL, ROUND_BACK, "2026-10-30", "2026-10-30", "2026-10-30",
	  "2026-10-31T00:00:00+01:00" },
	{ __LINE__, "2026-11-03", NULL, ROUND_FORWARD, "2026-11-03", "2026-11-03", "2026-11-03",
	  "2026-11-04T00:00:00+01:00" },
	{ __LINE__, "2026-12-26", NULL, ROUND_FORWARD, "2026-12-28", "2026-12-23", "2026-12-28",
	  "2026-12-29T00:00:00+01:00" },
	{ __LINE__, "2028-02-29", NULL, ROUND_BACK, "2028-02-29", "2028-02-29", "2028-02-29",
	  "2028-03-01T00:00:00+01:00" },
	/* The weekends on which the clock changes: the day lasts 23 and 25 hours. */
	{ __LINE__, "2026-03-29", NULL, ROUND_BACK, "2026-03-27", "2026-03-27", "2026-03-27",
	  "2026-03-28T00:00:00+01:00" },
	{ __LINE__, "2026-03-29", NULL, ROUND_FORWARD, "2026-03-30", "2026-03-27", "2026-03-30",
	  "2026-03-31T00:00:00+02:00" },
	{ __LINE__, "2026-10-25", NULL, ROUND_FORWARD, "2026-10-26", "2026-10-23", "2026-10-26",
	  "2026-10-27T00:00:00+01:00" },
};

START_TEST(a_date_is_rounded_as_it_says)
{
	struct plan plan = plan_with(NULL);
	struct deadline deadline = deadline_of(DUE_DATE, dated[_i].date, dated[_i].time, 0, 0);
	struct dates dates;

	deadline.round = dated[_i].round;
	dates = due_dates(&plan, &deadline, CIVIL_NONE);
	/* Without a meeting papers are due when the deadline is. */
	check_dates(dated[_i].line, &dates, dated[_i].due, dated[_i].due, dated[_i].base,
		    dated[_i].practical, dated[_i].late);
	ck_assert(!dates.provisional);
	calendar_free(plan.calendar);
}
END_TEST

static const struct {
	int line;
	enum due_kind kind;
	int year, month;
	const char *bound;
	const char *own; /* the deadline's own papers */
	const char *closed;
	const char *due, *papers, *practical, *late;
} others[] = {
	{ __LINE__, DUE_MONTH, 2026, 5, NULL, NULL, NULL, "2026-05-29", "2026-05-29", "2026-05-29",
	  "2026-05-30T00:00:00+02:00" },
	{ __LINE__, DUE_MONTH, 2026, 10, NULL, NULL, NULL, "2026-10-30", "2026-10-30", "2026-10-30",
	  "2026-10-31T00:00:00+01:00" },
	/* Provisional: nothing comes off before a meeting that is not known. */
	{ __LINE__, DUE_MEETING, 2026, 5, NULL, NULL, NULL, "2026-05-29", "2026-05-29",
	  "2026-05-29", "2026-05-30T00:00:00+02:00" },
	{ __LINE__, DUE_MEETING, 2026, 5, NULL, "-3wd", NULL, "2026-05-29", "2026-05-29",
	  "2026-05-29", "2026-05-30T00:00:00+02:00" },
	/* mission.md: seven working days before Tue 26 May is the squeeze day after Ascension. */
	{ __LINE__, DUE_MEETING, 2026, 5, "2026-05-26", NULL, NULL, "2026-05-26", "2026-05-15",
	  "2026-05-13", "2026-05-16T00:00:00+02:00" },
	{ __LINE__, DUE_MEETING, 2026, 5, "2026-05-26", NULL, "2026-05-15", "2026-05-26",
	  "2026-05-13", "2026-05-13", "2026-05-14T00:00:00+02:00" },
	{ __LINE__, DUE_MEETING, 2026, 5, "2026-05-26", "-3wd", NULL, "2026-05-26", "2026-05-21",
	  "2026-05-21", "2026-05-22T00:00:00+02:00" },
	{ __LINE__, DUE_MEETING, 2026, 5, "2026-05-26", "-10d", NULL, "2026-05-26", "2026-05-15",
	  "2026-05-13", "2026-05-16T00:00:00+02:00" },
	/* A meeting is never rounded, not even a Saturday's; its papers always are. */
	{ __LINE__, DUE_MEETING, 2026, 5, "2026-05-30", "0", NULL, "2026-05-30", "2026-05-29",
	  "2026-05-29", "2026-05-30T00:00:00+02:00" },
	/* Moved into June. */
	{ __LINE__, DUE_MEETING, 2026, 5, "2026-06-09", NULL, NULL, "2026-06-09", "2026-05-29",
	  "2026-05-29", "2026-05-30T00:00:00+02:00" },
};

START_TEST(months_and_meetings_have_dates)
{
	struct plan plan = plan_with(others[_i].closed);
	struct deadline deadline =
		deadline_of(others[_i].kind, NULL, NULL, others[_i].year, others[_i].month);
	struct dates dates;

	deadline.papers_given = others[_i].own;
	ck_assert(!others[_i].own || offset_parse(others[_i].own, &deadline.papers) == 0);
	for (deadline.round = ROUND_BACK; deadline.round <= ROUND_FORWARD; deadline.round++) {
		dates = due_dates(&plan, &deadline, date_of(others[_i].bound));
		check_dates(others[_i].line, &dates, others[_i].due, others[_i].papers,
			    others[_i].papers, others[_i].practical, others[_i].late);
		ck_assert_msg(dates.provisional ==
				      (others[_i].kind == DUE_MEETING && !others[_i].bound),
			      "line %d", others[_i].line);
	}
	calendar_free(plan.calendar);
}
END_TEST

/* Papers of Tue 26 May when the second sending leaves so many days before it. */
static const struct {
	int line;
	const char *late, *bound;
	const char *due, *papers, *practical, *late_at;
	bool provisional;
} sendings[] = {
	{ __LINE__, "-2wd", "2026-05-26", "2026-05-26", "2026-05-22", "2026-05-22",
	  "2026-05-23T00:00:00+02:00" },
	{ __LINE__, "-4d", "2026-05-26", "2026-05-26", "2026-05-22", "2026-05-22",
	  "2026-05-23T00:00:00+02:00" },
	{ __LINE__, "-2d", "2026-05-26", "2026-05-26", "2026-05-22", "2026-05-22",
	  "2026-05-23T00:00:00+02:00" },
	{ __LINE__, "0", "2026-05-26", "2026-05-26", "2026-05-26", "2026-05-26",
	  "2026-05-27T00:00:00+02:00" },
	{ __LINE__, "-2wd", NULL, "2026-05-29", "2026-05-29", "2026-05-29",
	  "2026-05-30T00:00:00+02:00", true },
	/* A body without one has its papers but once. */
	{ __LINE__, NULL, "2026-05-26", "2026-05-26", "2026-05-15", "2026-05-13",
	  "2026-05-16T00:00:00+02:00" },
};

START_TEST(the_second_sending_has_a_papers_date_of_its_own)
{
	struct plan plan = plan_with(NULL);
	struct deadline deadline = deadline_of(DUE_MEETING, NULL, NULL, 2026, 5);
	struct body body = rs;
	struct dates dates;

	body.papers_late_given = sendings[_i].late;
	ck_assert(!sendings[_i].late || offset_parse(sendings[_i].late, &body.papers_late) == 0);
	deadline.due.body = &body;
	deadline.sending = SENDING_SECOND;
	dates = due_dates(&plan, &deadline, date_of(sendings[_i].bound));
	check_dates(sendings[_i].line, &dates, sendings[_i].due, sendings[_i].papers,
		    sendings[_i].papers, sendings[_i].practical, sendings[_i].late_at);
	ck_assert_int_eq(dates.provisional, sendings[_i].provisional);
	/* What is sent first is due when it was. */
	deadline.sending = SENDING_FIRST;
	dates = due_dates(&plan, &deadline, date_of("2026-05-26"));
	check_date(sendings[_i].line, "papers", dates.papers, "2026-05-15");
	calendar_free(plan.calendar);
}
END_TEST

static const struct {
	int line;
	enum due_kind kind;
	enum rounding round;
	const char *bound, *to;
	const char *due, *papers, *base, *practical, *late;
} extensions[] = {
	/* The meeting stays; the answer is due on the date. */
	{ __LINE__, DUE_MEETING, ROUND_BACK, "2026-05-26", "2026-05-22", "2026-05-26", "2026-05-22",
	  "2026-05-22", "2026-05-22", "2026-05-23T00:00:00+02:00" },
	{ __LINE__, DUE_MEETING, ROUND_BACK, "2026-05-26", "2026-05-24", "2026-05-26", "2026-05-22",
	  "2026-05-22", "2026-05-22", "2026-05-23T00:00:00+02:00" },
	{ __LINE__, DUE_MEETING, ROUND_BACK, NULL, "2026-06-05", "2026-05-29", "2026-06-05",
	  "2026-06-05", "2026-06-05", "2026-06-06T00:00:00+02:00" },
	/* A date moves whole, and its time of day was that of the old date. */
	{ __LINE__, DUE_DATE, ROUND_BACK, NULL, "2026-05-15", "2026-05-15", "2026-05-15",
	  "2026-05-15", "2026-05-13", "2026-05-16T00:00:00+02:00" },
	{ __LINE__, DUE_DATE, ROUND_FORWARD, NULL, "2026-10-31", "2026-11-02", "2026-11-02",
	  "2026-10-30", "2026-11-02", "2026-11-03T00:00:00+01:00" },
};

START_TEST(an_extension_gives_the_date_of_the_answer)
{
	struct plan plan = plan_with(NULL);
	struct deadline deadline =
		deadline_of(extensions[_i].kind, "2026-05-04",
			    extensions[_i].kind == DUE_DATE ? "12:00" : NULL, 2026, 5);
	struct dates dates;

	deadline.round = extensions[_i].round;
	dates = due_extended(&plan, &deadline, date_of(extensions[_i].bound),
			     date_of(extensions[_i].to));
	check_dates(extensions[_i].line, &dates, extensions[_i].due, extensions[_i].papers,
		    extensions[_i].base, extensions[_i].practical, extensions[_i].late);
	calendar_free(plan.calendar);
}
END_TEST

static const struct {
	int line;
	const char *known[3];
	const char *bound, *today, *to;
} binds[] = {
	{ __LINE__, { NULL }, NULL, "2026-05-01", NULL },
	{ __LINE__, { "2026-05-26" }, NULL, "2026-05-01", "2026-05-26" },
	{ __LINE__, { "2026-06-02", "2026-04-28" }, NULL, "2026-05-01", NULL },
	{ __LINE__, { "2026-05-26", "2026-05-05" }, NULL, "2026-04-01", "2026-05-05" },
	{ __LINE__, { "2025-05-05", "2026-05-26" }, NULL, "2026-04-01", "2026-05-26" },
	/* Bound, it stays with what turns up later. */
	{ __LINE__, { "2026-05-26", "2026-05-28" }, "2026-05-26", "2026-05-01", "2026-05-26" },
	/* An earlier one is taken until the papers date, Fri 15 May, has passed. */
	{ __LINE__, { "2026-05-26", "2026-05-22" }, "2026-05-26", "2026-05-14", "2026-05-22" },
	{ __LINE__, { "2026-05-26", "2026-05-22" }, "2026-05-26", "2026-05-15", "2026-05-22" },
	{ __LINE__, { "2026-05-26", "2026-05-22" }, "2026-05-26", "2026-05-16", "2026-05-26" },
	/* Moved into June it stays with its meeting. */
	{ __LINE__, { "2026-06-09", "2026-05-28" }, "2026-06-09", "2026-05-01", "2026-06-09" },
	{ __LINE__, { "2026-06-09" }, "2026-06-09", "2026-05-01", "2026-06-09" },
	/* Cancelled (bound to nothing): the month's next one, or provisional. */
	{ __LINE__, { "2026-05-28" }, NULL, "2026-05-20", "2026-05-28" },
	/* What it is bound to need not be known: its removal is the caller's to judge. */
	{ __LINE__, { NULL }, "2026-05-26", "2026-05-20", "2026-05-26" },
};

START_TEST(a_deadline_binds_to_a_meeting)
{
	struct plan plan = plan_with(NULL);
	struct deadline deadline = deadline_of(DUE_MEETING, NULL, NULL, 2026, 5);
	struct known_meeting known[3];
	struct civil_date to;
	char text[CIVIL_TEXT];
	size_t count = 0;

	for (; count < 3 && binds[_i].known[count]; count++)
		known[count].from = date_of(binds[_i].known[count]);
	to = due_bind(&plan, &deadline,
		      &(struct binding){ known, count, date_of(binds[_i].bound),
					 date_of(binds[_i].today) });
	ck_assert_msg(civil_equal(to, date_of(binds[_i].to)), "line %d: %s", binds[_i].line,
		      civil_format(to, text));
	deadline.due.kind = DUE_MONTH;
	to = due_bind(&plan, &deadline,
		      &(struct binding){ known, count, date_of(binds[_i].bound),
					 date_of(binds[_i].today) });
	ck_assert_msg(civil_is_none(to), "line %d", binds[_i].line);
	calendar_free(plan.calendar);
}
END_TEST

/* "meeting BODY next" has found its first one: an earlier one of that month is not what was meant. */
START_TEST(a_deadline_of_the_next_meeting_binds_to_none_before_the_one_it_has_found)
{
	struct plan plan = plan_with(NULL);
	struct deadline deadline = deadline_of(DUE_MEETING, NULL, NULL, 2026, 5);
	struct known_meeting known[] = { { .from = date_of("2026-05-12") },
					 { .from = date_of("2026-05-28") } };
	const struct binding b = { known, 2, CIVIL_NONE, date_of("2026-05-01") };

	deadline.due.next = true;
	deadline.due.date = date_of("2026-05-26");
	ck_assert(civil_equal(due_bind(&plan, &deadline, &b), date_of("2026-05-28")));
	deadline.due.date = date_of("2026-05-12");
	ck_assert(civil_equal(due_bind(&plan, &deadline, &b), date_of("2026-05-12")));
	calendar_free(plan.calendar);
}
END_TEST

static const struct {
	int line;
	const char *offset, *date; /* both NULL: opens is left out */
	const char *at;
} windows[] = {
	/* -10wd from 15 May is Wed 29 April, -14d is Thu 30 April (Fri 1 May is closed). */
	{ __LINE__, NULL, NULL, "2026-04-29T08:00:00+02:00" },
	{ __LINE__, "-20wd", NULL, "2026-04-15T00:00:00+02:00" },
	{ __LINE__, "-60d", NULL, "2026-03-16T00:00:00+01:00" },
	{ __LINE__, NULL, "2026-05-01", "2026-05-01T00:00:00+02:00" },
};

START_TEST(the_window_opens)
{
	struct plan plan = plan_with(NULL);
	struct deadline deadline = deadline_of(DUE_MEETING, NULL, NULL, 2026, 5);
	struct dates dates;
	char text[RFC3339_TEXT];

	deadline.opens_given = windows[_i].offset || windows[_i].date;
	deadline.opens_date = date_of(windows[_i].date);
	ck_assert(!windows[_i].offset || offset_parse(windows[_i].offset, &deadline.opens) == 0);
	dates = due_dates(&plan, &deadline, date_of("2026-05-26"));
	zone_format(due_opens(&plan, &deadline, &dates), text);
	ck_assert_msg(strcmp(text, windows[_i].at) == 0, "line %d: %s", windows[_i].line, text);
	calendar_free(plan.calendar);
}
END_TEST

START_TEST(a_month_is_over_at_midnight)
{
	static const struct {
		int line, year, month;
		const char *at;
	} rows[] = {
		{ __LINE__, 2026, 5, "2026-06-01T00:00:00+02:00" },
		{ __LINE__, 2026, 12, "2027-01-01T00:00:00+01:00" },
		{ __LINE__, 2028, 2, "2028-03-01T00:00:00+01:00" },
	};
	struct plan plan = plan_with(NULL);
	char text[RFC3339_TEXT];

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		struct deadline deadline =
			deadline_of(DUE_MEETING, NULL, NULL, rows[i].year, rows[i].month);

		zone_format(due_month_over(&deadline), text);
		ck_assert_msg(strcmp(text, rows[i].at) == 0, "line %d: %s", rows[i].line, text);
	}
	calendar_free(plan.calendar);
}
END_TEST

UNIT_TESTS("plan/due", UNIT_ROWS(a_date_is_rounded_as_it_says, UNIT_COUNT(dated)),
	   UNIT_ROWS(months_and_meetings_have_dates, UNIT_COUNT(others)),
	   UNIT_ROWS(the_second_sending_has_a_papers_date_of_its_own, UNIT_COUNT(sendings)),
	   UNIT_ROWS(an_extension_gives_the_date_of_the_answer, UNIT_COUNT(extensions)),
	   UNIT_ROWS(a_deadline_binds_to_a_meeting, UNIT_COUNT(binds)),
	   UNIT(a_deadline_of_the_next_meeting_binds_to_none_before_the_one_it_has_found),
	   UNIT_ROWS(the_window_opens, UNIT_COUNT(windows)), UNIT(a_month_is_over_at_midnight))
