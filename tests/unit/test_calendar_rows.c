/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a year: papers dates, of what is yet to come too, meetings, and how many messages each month brings. */
#include "engine/inquiry.h"

#include "tests/unit/ask.h"

static const struct written plan = {
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-16'; },"
		    "{ body='RS'; from='2026-12-15'; }",
	.deadlines = ASKING("RS-58", "meeting RS 2026-05", "") ", " ASKING(
		"Q", "2026-06-15", "every='RRULE:FREQ=MONTHLY;INTERVAL=3';"),
	.alerts = "",
};

/* "05-15 papers RS-58 late;" a row. */
static char *told(struct world *w, const char *params)
{
	static char text[4000];
	json_t *rows = ask(w, QUERY_CALENDAR, params), *row;
	size_t i;

	text[0] = '\0';
	json_array_foreach (rows, i, row) {
		const char *what = json_string_value(json_object_get(row, "what"));
		const json_t *of = json_object_get(row, what[1] == 'a' ? "deadline" : "body");
		const json_t *state = json_object_get(row, "state");

		if (strcmp(what, "messages") == 0)
			continue;
		tell(text, sizeof(text), "%s %s %s%s%s;",
		     json_string_value(json_object_get(row, "date")) + 5, what,
		     json_string_value(of), state ? " " : "",
		     state ? json_string_value(state) : "");
	}
	json_decref(rows);
	return text;
}

START_TEST(a_year_has_its_papers_and_meetings)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	ck_assert_str_eq(told(w, "{'from':'2026-01-01','until':'2026-07-31'}"),
			 "05-15 papers RS-58 open;05-26 meeting RS;06-15 papers Q@2026-06-15 open;"
			 "06-16 meeting RS;");
	world_to(w, "2026-05-18 12:00");
	ck_assert_str_eq(told(w, "{'until':'2026-05-31'}"),
			 "05-15 papers RS-58 late;05-26 meeting RS;");
	ck_assert_str_eq(told(w, "{'from':'2026-08-01','until':'2026-12-31'}"),
			 "09-15 papers Q@2026-09-15 coming;12-15 meeting RS;12-15 papers "
			 "Q@2026-12-15 coming;");
	ck_assert_str_eq(told(w, "{'from':'2025-01-01','until':'2025-12-31'}"), "");
	asked_free(w);
}
END_TEST

START_TEST(each_month_says_how_many_messages_it_brings)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *all = ask(w, QUERY_FORECAST, "{'from':'2026-04-22','until':'2026-12-31'}");
	json_t *rows = ask(w, QUERY_CALENDAR, "{'from':'2026-01-01','until':'2026-12-31'}"), *row;
	json_int_t sum = 0;
	size_t i;

	json_array_foreach (rows, i, row)
		sum += json_integer_value(json_object_get(row, "count"));
	ck_assert_int_gt(sum, 0);
	ck_assert_int_eq(sum, (json_int_t)json_array_size(all));
	json_decref(all);
	json_decref(rows);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/answer_calendar", UNIT(a_year_has_its_papers_and_meetings),
	   UNIT(each_month_says_how_many_messages_it_brings))
