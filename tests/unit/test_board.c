/* SPDX-License-Identifier: Apache-2.0 */
/* The board: what the report says, how it came about, and what comes; and which there are. */
#include "engine/inquiry/board.h"

#include <string.h>

#include "tests/unit/ask.h"

#define MONTHLY                                                                                \
	"{ id='HSN-03'; title='Färre inhyrda'; owner='akut'; effect_planned=( "               \
	"{ year=2026; month=3; amount=2000000L; }, { year=2026; month=6; amount=4000000L; }, " \
	"{ year=2027; amount=9000000L; } ); }"
#define YEARLY                                                                                \
	", { id='HSN-07'; title='Samordna inköp'; owner='kir'; effect_planned=3000000L; }, " \
	"{ id='HSN-09'; title='Utan plan'; owner='akut'; }"

static const struct written plan = {
	.measures = MONTHLY YEARLY,
	.meetings = "{ body='RS'; from='2026-05-26'; until='2026-05-27'; }, "
		    "{ body='RS'; from='2026-06-16'; }",
	.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-09-16", ""),
	.alerts = "",
};

/* The one row of a board; a new reference. */
static json_t *board(struct world *w, const char *params)
{
	json_t *rows = ask(w, QUERY_BOARD, params), *row;

	ck_assert_uint_eq(json_array_size(rows), 1);
	row = json_incref(json_array_get(rows, 0));
	json_decref(rows);
	return row;
}

/* A value in one line, with ' for ". */
#define VALUE_IS(value, expected)                                                \
	do {                                                                     \
		char *text_ = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT); \
		ck_assert_ptr_nonnull(text_);                                    \
		for (char *c_ = text_; *c_; c_++)                                \
			if (*c_ == '"')                                          \
				*c_ = '\'';                                      \
		ck_assert_str_eq(text_, expected);                               \
		free(text_);                                                     \
	} while (0)

/* Of each object of a list, one member. */
static json_t *members(const json_t *list, const char *name)
{
	json_t *all = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach (list, i, one) {
		json_t *value = json_object_get(one, name);

		json_array_append_new(all, value ? json_incref(value) : json_string("-"));
	}
	return all;
}

#define MEMBERS_ARE(list, name, expected)           \
	do {                                        \
		json_t *all_ = members(list, name); \
		VALUE_IS(all_, expected);           \
		json_decref(all_);                  \
	} while (0)

static json_t *row_of(const json_t *report, const char *measure)
{
	json_t *row;
	size_t i;

	json_array_foreach (json_object_get(report, "rows"), i, row)
		if (strcmp(json_string_value(json_object_get(row, "measure")), measure) == 0)
			return row;
	ck_abort_msg("no row of %s", measure);
}

/* ---- what it says ------------------------------------------------------------------------------- */

static struct world *spring(void)
{
	struct world *w = asked_world("2026-02-02 12:00", &plan);

	world_to(w, "2026-03-10 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','effect_achieved':1000000}");
	world_to(w, "2026-04-22 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','effect_forecast':5000000}");
	world_to(w, "2026-05-12 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'off-track','effect_achieved':1500000}");
	w->says = "kir";
	HEARD(w, "status", "HSN-07", "{'status':'done','effect_forecast':3000000}");
	w->says = NULL;
	return w;
}

/* Whatever the report of a plan that uses assignments and the like says; this plan doesn't. */
START_TEST(a_board_says_what_the_report_says)
{
	static const char *const same[] = { "effect_achieved", "effect_forecast", "effect_planned",
					    "deviation",       "status",	  "owner",
					    "answered_at",     "asked",		  "note" };
	struct world *w = spring();
	json_t *one = board(w, "{'of':'RS-58'}");
	json_t *rows = ask(w, QUERY_REPORT, "{'deadline':'RS-58'}");
	const json_t *report = json_array_get(rows, 0), *row;
	size_t i;

	json_array_foreach (json_object_get(report, "rows"), i, row) {
		const json_t *shown =
			row_of(one, json_string_value(json_object_get(row, "measure")));

		for (size_t k = 0; k < UNIT_COUNT(same); k++)
			ck_assert_msg(json_equal(json_object_get(row, same[k]),
						 json_object_get(shown, same[k])),
				      "%s of row %zu", same[k], i);
	}
	ck_assert_uint_eq(i, 3);
	VALUE_IS(json_object_get(one, "deadline"), "'RS-58'");
	VALUE_IS(json_object_get(one, "frozen_at"), "null");
	json_decref(rows);
	json_decref(one);
	asked_free(w);
}
END_TEST

START_TEST(the_most_pressing_comes_first)
{
	struct world *w = spring();
	json_t *one = board(w, "{'of':'RS-58'}");

	MEMBERS_ARE(json_object_get(one, "rows"), "measure", "['HSN-03','HSN-09','HSN-07']");
	VALUE_IS(json_object_get(one, "by_status"), "[{'word':'off-track','words':null,'count':1},"
						    "{'word':'no-data','words':null,'count':1},"
						    "{'word':'done','words':null,'count':1}]");
	MEMBERS_ARE(json_object_get(one, "unanswered"), "measure", "['HSN-09']");
	json_decref(one);
	asked_free(w);
}
END_TEST

START_TEST(where_its_deadline_stands_is_told)
{
	struct world *w = spring();
	json_t *one = board(w, "{'of':'RS-58'}");

	VALUE_IS(json_object_get(one, "state"), "'open'");
	VALUE_IS(json_object_get(one, "late"), "false");
	json_decref(one);
	world_to(w, "2026-05-16 12:00");
	one = board(w, "{'of':'RS-58'}");
	VALUE_IS(json_object_get(one, "late"), "true");
	json_decref(one);
	HEARD(w, "submit", "RS-58", "{'reference':'RS 2026/1'}");
	one = board(w, "{'of':'RS-58'}");
	VALUE_IS(json_object_get(one, "state"), "'submitted'");
	VALUE_IS(json_object_get(one, "late"), "false");
	json_decref(one);
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'§ 1','due':'2026-06-10'}");
	one = board(w, "{'of':'RS-58'}");
	VALUE_IS(json_object_get(one, "state"), "'returned'");
	json_decref(one);
	HEARD(w, "submit", "RS-58", "{'reference':'RS 2026/2'}");
	one = board(w, "{'of':'RS-58'}");
	VALUE_IS(json_object_get(one, "state"), "'submitted'");
	json_decref(one);
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'§ 2'}");
	one = board(w, "{'of':'RS-58'}");
	VALUE_IS(json_object_get(one, "state"), "'noted'");
	json_decref(one);
	asked_free(w);
}
END_TEST

/* Also what was said before the window opened, and what came later than it is said to have happened. */
START_TEST(the_course_of_a_status_is_told_from_the_log)
{
	struct world *w = spring();
	const json_t *statuses;
	json_t *one;

	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-04-30 09:00",
				    "{'status':'at-risk'}"),
			 0);
	one = board(w, "{'of':'RS-58'}");
	statuses = json_object_get(row_of(one, "HSN-03"), "statuses");
	MEMBERS_ARE(statuses, "status", "['on-track','at-risk','off-track']");
	MEMBERS_ARE(statuses, "at",
		    "['2026-03-10T12:00:00+01:00','2026-04-30T09:00:00+02:00',"
		    "'2026-05-12T12:00:00+02:00']");
	MEMBERS_ARE(statuses, "word", "['on-track','at-risk','off-track']");
	VALUE_IS(json_object_get(row_of(one, "HSN-09"), "statuses"), "[]");
	json_decref(one);
	asked_free(w);
}
END_TEST

/* Of the rows that the paper's sums are of: they end in those sums. HSN-07 has no months, so the plan is told of
 * the year. */
START_TEST(the_effect_over_the_year_ends_in_the_sums)
{
	struct world *w = spring();
	json_t *one = board(w, "{'of':'RS-58'}");
	const json_t *months = json_object_get(one, "over_year"),
		     *same = json_object_get(json_object_get(one, "totals"), "same");

	MEMBERS_ARE(months, "effect_achieved",
		    "[null,null,1000000,1000000,1500000,null,null,null,null,null,null,null]");
	MEMBERS_ARE(months, "effect_forecast",
		    "[null,null,null,5000000,8000000,null,null,null,null,null,null,null]");
	MEMBERS_ARE(months, "forecasts", "[0,0,0,1,2,0,0,0,0,0,0,0]");
	MEMBERS_ARE(months, "effect_planned",
		    "[null,null,null,null,null,null,null,null,null,null,null,9000000]");
	VALUE_IS(json_object_get(same, "effect_achieved"), "1500000");
	VALUE_IS(json_object_get(same, "effect_forecast"), "8000000");
	VALUE_IS(json_object_get(same, "effect_planned"), "9000000");
	json_decref(one);
	asked_free(w);
}
END_TEST

static const struct written monthly = {
	.measures = MONTHLY,
	.deadlines = HANDED_IN("RS-58", "2027-02-26", ""),
	.alerts = "",
};

/* Of another year nothing counts where the plan has effects by year, and its plan is told by month. */
START_TEST(a_plan_by_month_is_told_by_month)
{
	struct world *w = asked_world("2026-02-02 12:00", &monthly);
	json_t *one;

	HEARD(w, "status", "HSN-03",
	      "{'status':'on-track','effect_forecast':6000000,'effect_achieved':1}");
	one = board(w, "{'of':'RS-58'}");
	VALUE_IS(json_object_get(one, "year"), "2027");
	VALUE_IS(json_object_get(one, "over_year"), "[]");
	json_decref(one);
	world_to(w, "2027-02-10 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','effect_forecast':7000000}");
	one = board(w, "{'of':'RS-58'}");
	MEMBERS_ARE(json_object_get(one, "over_year"), "effect_forecast",
		    "[null,7000000,null,null,null,null,null,null,null,null,null,null]");
	/* Nobody has said what was achieved. */
	MEMBERS_ARE(json_object_get(one, "over_year"), "effect_achieved",
		    "[null,null,null,null,null,null,null,null,null,null,null,null]");
	json_decref(one);
	asked_free(w);
}
END_TEST

START_TEST(what_comes_is_told_by_date)
{
	struct world *w = spring();
	json_t *one = board(w, "{'of':'RS-58'}");
	const json_t *coming = json_object_get(one, "coming");

	MEMBERS_ARE(coming, "date", "['2026-05-15','2026-05-26','2026-06-16','2026-09-16']");
	MEMBERS_ARE(coming, "what", "['papers','due','meeting','due']");
	MEMBERS_ARE(coming, "deadline", "['RS-58','RS-58','-','T2']");
	MEMBERS_ARE(coming, "body", "['RS','RS','RS','-']");
	json_decref(one);
	world_to(w, "2026-05-20 12:00");
	one = board(w, "{'of':'RS-58'}");
	MEMBERS_ARE(json_object_get(one, "coming"), "date",
		    "['2026-05-26','2026-06-16','2026-09-16']");
	json_decref(one);
	asked_free(w);
}
END_TEST

static const struct written chained = {
	.measures = ONE_MEASURE,
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-2wd'; }, "
		  "{ id='HSN'; name='Nämnden'; papers='-5wd'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; }, { body='HSN'; from='2026-05-21'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "via=['meeting HSN 2026-05'];"),
	.alerts = "",
};

START_TEST(each_body_of_a_chain_has_its_dates)
{
	struct world *w = asked_world("2026-05-04 12:00", &chained);
	json_t *one = board(w, "{'of':'RS-58'}");
	const json_t *coming = json_object_get(one, "coming");

	MEMBERS_ARE(coming, "date", "['2026-05-13','2026-05-21','2026-05-22','2026-05-26']");
	MEMBERS_ARE(coming, "what", "['papers','due','papers','due']");
	MEMBERS_ARE(coming, "body", "['HSN','HSN','RS','RS']");
	json_decref(one);
	asked_free(w);
}
END_TEST

static const struct written series = {
	.measures = ONE_MEASURE,
	.deadlines = ASKING("IK", "2026-05-15", "every='RRULE:FREQ=MONTHLY;INTERVAL=3';"),
	.alerts = "",
};

START_TEST(the_next_follow_ups_of_a_series_are_told)
{
	struct world *w = asked_world("2026-05-04 12:00", &series);
	json_t *one = board(w, "{'of':'IK'}");

	VALUE_IS(json_object_get(one, "deadline"), "'IK@2026-05-15'");
	MEMBERS_ARE(json_object_get(one, "coming"), "date",
		    "['2026-05-15','2026-08-14','2026-11-13','2027-02-15']");
	json_decref(one);
	asked_free(w);
}
END_TEST

/* ---- a page's worth ----------------------------------------------------------------------------- */

#define MANY 230

/* So many measures that a page doesn't hold them: the sums are of all. */
START_TEST(a_board_is_given_a_hundred_rows_at_a_time)
{
	static char text[MANY * 100];
	struct written many = { .measures = text,
				.deadlines = ASKING("RS-58", "2026-05-15", ""),
				.alerts = "" };
	size_t length = 0;
	struct world *w;
	json_t *one;

	for (int i = 0; i < MANY; i++)
		length += (size_t)snprintf(text + length, sizeof(text) - length,
					   "%s{ id='HSN-%03d'; title='Åtgärd'; owner='akut'; "
					   "effect_planned=1000L; }",
					   i ? ", " : "", i);
	w = asked_world("2026-05-04 12:00", &many);
	world_to(w, "2026-05-13 12:00");
	one = board(w, "{'of':'RS-58'}");
	ck_assert_uint_eq(json_array_size(json_object_get(one, "rows")), 100);
	VALUE_IS(json_object_get(one, "row_count"), "230");
	VALUE_IS(json_object_get(one, "from"), "1");
	VALUE_IS(json_object_get(json_object_get(one, "totals"), "effect_planned"),
		 "{'sum':230000,'of':230}");
	ck_assert_uint_eq(json_array_size(json_object_get(one, "unanswered")), 100);
	VALUE_IS(json_object_get(json_object_get(one, "listed"), "unanswered"), "230");
	json_decref(one);
	one = board(w, "{'of':'RS-58','from':201}");
	ck_assert_uint_eq(json_array_size(json_object_get(one, "rows")), 30);
	VALUE_IS(json_object_get(json_array_get(json_object_get(one, "rows"), 0), "measure"),
		 "'HSN-200'");
	json_decref(one);
	one = board(w, "{'of':'RS-58','from':231}");
	VALUE_IS(json_object_get(one, "rows"), "[]");
	json_decref(one);
	asked_free(w);
}
END_TEST

/* ---- which there are ---------------------------------------------------------------------------- */

START_TEST(without_of_it_says_which_there_are)
{
	struct world *w = spring();
	json_t *rows = ask(w, QUERY_BOARD, "{}");

	MEMBERS_ARE(rows, "what", "['deadline','deadline','body']");
	MEMBERS_ARE(rows, "id", "['RS-58','T2','RS']");
	MEMBERS_ARE(rows, "over", "[false,false,false]");
	json_decref(rows);
	HEARD(w, "submit", "RS-58", "{'reference':'RS 2026/1'}");
	rows = ask(w, QUERY_BOARD, "{}");
	MEMBERS_ARE(rows, "id", "['T2','RS-58','RS']");
	MEMBERS_ARE(rows, "over", "[false,true,false]");
	json_decref(rows);
	asked_free(w);
}
END_TEST

/* The open ones by date, then of those that are over the twenty newest, the newest first; and a body that only gave
 * something, with what it gave. */
START_TEST(of_what_is_over_the_newest_are_told)
{
	/* Some of them on one day, since it is a weekend. */
	static const char expected[] =
		"['OPEN-1','OPEN-2','D-20','D-21','D-22','D-19','D-18','D-17','D-16','D-13','D-14',"
		"'D-15','D-12','D-11','D-10','D-09','D-08','D-07','D-04','D-05','D-06','D-03','U-1'"
		","
		"'RS']";
	char deadlines[22 * 300] = "", id[ID_MAX + 1];
	struct written many = { .measures = ONE_MEASURE, .alerts = "" };
	struct world *w;
	json_t *rows, *row;
	size_t i;

	for (int n = 1; n <= 22; n++)
		tell(deadlines, sizeof(deadlines),
		     "{ id='D-%02d'; title='x'; due='2026-%02d-%02d'; responsible='ordf'; "
		     "answers_from=['HSN-03']; inform=['reg']; ladder='standard'; }, ",
		     n, n <= 11 ? 9 : 10, n <= 11 ? n : n - 11);
	tell(deadlines, sizeof(deadlines), "%s",
	     ASKING("OPEN-2", "2026-12-01", "") ", " ASKING(
		     "OPEN-1", "2026-11-02",
		     "") "); "
			 "assignments=( { id='U-1'; title='Ett'; given_by='RS'; }, "
			 "{ id='U-2'; title='Två'; given_by='RS'; closing='body'; }");
	many.deadlines = deadlines;
	w = asked_world("2026-05-04 12:00", &many);
	for (int n = 1; n <= 22; n++) {
		snprintf(id, sizeof(id), "D-%02d", n);
		HEARD(w, "submit", id, "{'reference':'RS 2026/1'}");
	}
	HEARD(w, "close", "U-2", "{'as':'done','reference':'RS § 1'}");
	rows = ask(w, QUERY_BOARD, "{}");
	MEMBERS_ARE(rows, "id", expected);
	json_array_foreach (rows, i, row)
		ck_assert(json_is_true(json_object_get(row, "over")) == (i >= 2 && i < 22));
	json_decref(rows);
	asked_free(w);
}
END_TEST

/* A body of a chain that has decided has nothing to come, and one that gave it back has. */
START_TEST(a_body_that_returned_it_has_its_dates_again)
{
	struct world *w = asked_world("2026-05-04 12:00", &chained);
	json_t *one;

	w->says = "stod";
	HEARD(w, "submit", "RS-58", "{'reference':'dnr 1'}");
	HEARD(w, "outcome", "RS-58",
	      "{'body':'HSN','outcome':'returned','reference':'HSN § 1','due':'2026-05-19'}");
	one = board(w, "{'of':'RS-58'}");
	MEMBERS_ARE(json_object_get(one, "coming"), "date",
		    "['2026-05-13','2026-05-19','2026-05-21','2026-05-26']");
	MEMBERS_ARE(json_object_get(one, "coming"), "body", "['HSN','RS','HSN','RS']");
	json_decref(one);
	HEARD(w, "outcome", "RS-58", "{'body':'HSN','outcome':'approved','reference':'HSN § 2'}");
	one = board(w, "{'of':'RS-58'}");
	MEMBERS_ARE(json_object_get(one, "coming"), "body", "['RS','RS']");
	json_decref(one);
	asked_free(w);
}
END_TEST

/* A body, by its id; what is nothing of it is refused. */
START_TEST(a_board_is_of_a_body_too)
{
	struct world *w = spring();
	struct rejection why = { .reason = "" };
	struct inquiry *q = NULL;
	json_t *one = board(w, "{'of':'RS'}"), *params = params_of("{'of':'HSN-03'}");

	VALUE_IS(json_object_get(one, "of"), "'body'");
	VALUE_IS(json_object_get(one, "row_count"), "3");
	json_decref(one);
	ck_assert_int_eq(
		inquiry_new(&q, &w->e, (struct question){ QUERY_BOARD, params }, w->now, &why),
		REJECT_UNKNOWN_SUBJECT);
	ck_assert_str_eq(why.reason, "there is no deadline, assignment or body HSN-03 in the plan: "
				     "check the id");
	json_decref(params);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/board", UNIT(a_board_says_what_the_report_says),
	   UNIT(the_most_pressing_comes_first), UNIT(where_its_deadline_stands_is_told),
	   UNIT(the_course_of_a_status_is_told_from_the_log),
	   UNIT(the_effect_over_the_year_ends_in_the_sums), UNIT(a_plan_by_month_is_told_by_month),
	   UNIT(what_comes_is_told_by_date), UNIT(each_body_of_a_chain_has_its_dates),
	   UNIT(the_next_follow_ups_of_a_series_are_told),
	   UNIT(a_board_is_given_a_hundred_rows_at_a_time),
	   UNIT(without_of_it_says_which_there_are), UNIT(of_what_is_over_the_newest_are_told),
	   UNIT(a_body_that_returned_it_has_its_dates_again), UNIT(a_board_is_of_a_body_too))
