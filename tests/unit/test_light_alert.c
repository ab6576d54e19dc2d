/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Light: who is told that it turns yellow or red, by a status, by time, and by a change of its date. */
#include "engine/obligation/light.h"
#include "tests/unit/ask.h"
#include "tests/unit/keeps_its_word.h"

/* Nothing else is told of here: the deadline is far away. */
#define FAR ASKING("RS-58", "2027-05-14", "")
#define BY(more) \
	"{ id='HSN-03'; title='Färre inhyrda'; owner='akut'; effect_planned=12000000; " more " }"
/* 30 June 2026: ten working days before it is 15 June, as Midsummer Eve is closed. */
#define JUNE BY("done_by='2026-06-30';")
#define LIGHTS "{ when='light'; to=['manager']; }"

static struct measure_row row_of(struct world *w, const char *id)
{
	struct measure_row row;

	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id(id), &row), 0);
	measure_row_done(&row); /* of its strings only NULL is left */
	return row;
}

#define LIT(world, expected)                                                                  \
	do {                                                                                  \
		const struct measure_row lit_ = row_of(world, "HSN-03");                      \
		const char *name_ = light_name(                                               \
			light_of_measure((world)->e.plan,                                     \
					 plan_measure((world)->e.plan, measure_id("HSN-03")), \
					 &lit_, zone_date((world)->now))                      \
				.light);                                                      \
		ck_assert_str_eq(name_ ? name_ : "", expected);                               \
	} while (0)

static struct world *world(const char *measures, const char *alerts)
{
	return asked_world(
		"2026-05-04 12:00",
		&(struct written){ .measures = measures, .alerts = alerts, .deadlines = FAR });
}

/* ---- time ---------------------------------------------------------------------------------------- */

START_TEST(time_turns_it_yellow_before_the_date_and_red_after_it)
{
	struct world *w = world(JUNE, LIGHTS);

	world_to(w, "2026-06-14 23:59");
	TELLS(w, "");
	LIT(w, "green");
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "06-15 07:30 alert dir: HSN-03 light\n07-01 07:30 alert dir: HSN-03 light\n");
	LIT(w, "red");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(a_closed_day_waits_for_the_next_opening)
{
	/* Done by Friday: it is past on Saturday, told on Monday; near from Sunday on. */
	struct world *w = world(BY("done_by='2026-06-12'; light_days='5d';"), LIGHTS);

	world_to(w, "2026-07-31 12:00");
	TELLS(w, "06-05 07:30 alert dir: HSN-03 light\n06-15 07:30 alert dir: HSN-03 light\n");
	asked_free(w);
}
END_TEST

START_TEST(what_is_done_in_time_turns_nothing)
{
	struct world *w = world(JUNE, LIGHTS);

	HEARD(w, "status", "HSN-03", "{'status':'on-track','progress':100}");
	world_to(w, "2026-06-20 12:00");
	TELLS(w, "");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "");
	LIT(w, "green");
	asked_free(w);
}
END_TEST

START_TEST(without_the_alert_nothing_is_looked_at_and_the_light_is_there_all_the_same)
{
	struct world *w = world(JUNE, "{ when='off-track'; to=['manager']; }");

	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "");
	LIT(w, "red");
	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	asked_free(w);
}
END_TEST

START_TEST(without_a_date_time_changes_nothing)
{
	struct world *w = world(ONE_MEASURE, LIGHTS);

	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	world_to(w, "2026-12-31 12:00");
	TELLS(w, "");
	asked_free(w);
}
END_TEST

/* ---- statuses ------------------------------------------------------------------------------------ */

#define REPORTS 5
static const struct {
	int line;
	struct {
		const char *data;
		bool told;
	} said[REPORTS];
} stories[] = {
	/* As it gets worse: to yellow, to red; not as it stays, nor as it gets better. */
	{ __LINE__,
	  { { "{'status':'at-risk'}", true },
	    { "{'status':'at-risk','note':'x'}", false },
	    { "{'status':'off-track'}", true },
	    { "{'status':'at-risk'}", false },
	    { "{'status':'off-track'}", true } } },
	{ __LINE__,
	  { { "{'status':'off-track'}", true },
	    { "{'status':'on-track'}", false },
	    { "{'status':'at-risk'}", true },
	    { "{'status':'done'}", false },
	    { "{'status':'at-risk'}", true } } },
	/* A forecast after the date; one that is left out stands. */
	{ __LINE__,
	  { { "{'status':'on-track','done_forecast':'2026-06-30'}", false },
	    { "{'status':'on-track','done_forecast':'2026-09-30'}", true },
	    { "{'status':'on-track'}", false },
	    { "{'status':'on-track','done_forecast':'2026-06-01'}", false },
	    { "{'status':'on-track','done_forecast':'2026-07-01'}", true } } },
};

START_TEST(a_status_tells_as_it_gets_worse)
{
	struct world *w = world(JUNE, LIGHTS);
	char minute[20], expected[80];

	for (size_t i = 0; i < REPORTS && stories[_i].said[i].data; i++) {
		snprintf(minute, sizeof(minute), "2026-05-04 12:%02zu", i + 1);
		world_to(w, minute);
		HEARD(w, "status", "HSN-03", stories[_i].said[i].data);
		world_to(w, minute);
		snprintf(expected, sizeof(expected), "05-04 12:%02zu alert dir: HSN-03 light\n",
			 i + 1);
		ck_assert_msg(strcmp(w->tale, stories[_i].said[i].told ? expected : "") == 0,
			      "line %d, report %zu: %s", stories[_i].line, i, w->tale);
		w->tale[0] = '\0';
	}
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(who_hears_of_both_hears_of_them_in_one_message)
{
	struct world *w = world(JUNE, "{ when='off-track'; to=['manager']; }, " LIGHTS);

	HEARD(w, "status", "HSN-03", "{'status':'off-track'}");
	world_to(w, "2026-05-04 12:01");
	TELLS(w, "05-04 12:00 alert dir: HSN-03 off-track, HSN-03 light\n");
	asked_free(w);
}
END_TEST

START_TEST(what_a_status_has_told_is_not_told_again_by_time)
{
	struct world *w = world(JUNE, LIGHTS);

	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-04 12:00 alert dir: HSN-03 light\n");
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "07-01 07:30 alert dir: HSN-03 light\n");
	asked_free(w);
}
END_TEST

START_TEST(what_a_status_leaves_out_stands)
{
	struct world *w = world(JUNE, LIGHTS);

	HEARD(w, "status", "HSN-03", "{'status':'on-track','done_forecast':'2026-09-30'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','progress':40}");
	DAY_IS(row_of(w, "HSN-03").done_forecast, "2026-09-30");
	LIT(w, "yellow");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(what_the_body_closes_turns_nothing_any_more)
{
	static const char *const lights[] = { "green", "" };
	static const char *const closings[] = { "{'as':'done','reference':'§ 90'}",
						"{'as':'struck','reference':'§ 90'}" };
	struct world *w = world(JUNE, LIGHTS);

	w->says = "reg";
	HEARD(w, "close", "HSN-03", closings[_i]);
	LIT(w, lights[_i]);
	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "");
	asked_free(w);
}
END_TEST

/* ---- its date ------------------------------------------------------------------------------------ */

START_TEST(an_extension_gives_it_a_later_date_and_a_light_of_that)
{
	struct world *w = world(JUNE, LIGHTS);

	world_to(w, "2026-06-16 12:00");
	TELLS(w, "06-15 07:30 alert dir: HSN-03 light\n");
	w->says = "reg";
	HEARD(w, "extend", "HSN-03", "{'due':'2026-09-30','reference':'HSN § 80'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-09-30");
	DAY_IS(row_of(w, "HSN-03").done_by_original, "2026-06-30");
	LIT(w, "green");
	world_to(w, "2026-10-31 12:00");
	TELLS(w, "06-16 12:00 moved akut: HSN-03 done-by\n"
		 "09-16 07:30 alert dir: HSN-03 light\n10-01 07:30 alert dir: HSN-03 light\n");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(of_what_is_done_a_moved_date_is_told_to_nobody)
{
	struct world *w = world(BY("done_by='meeting RS 2026-06';"), LIGHTS);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	w->says = "reg";
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-06-16");
	world_to(w, "2026-05-05 12:00");
	TELLS(w, "");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(an_extension_is_refused_where_there_is_nothing_to_extend)
{
	struct world *w = world(JUNE ", { id='HSN-07'; title='Utan datum'; owner='kir'; }", LIGHTS);

	REFUSED(w, "extend", "HSN-07", "{'due':'2026-09-30','reference':'§ 80'}", REJECT_BAD_DATA,
		"say which of its deadlines");
	REFUSED(w, "extend", "HSN-03", "{'due':'2026-06-30','reference':'§ 80'}", REJECT_BAD_DATA,
		"is not after 2026-06-30");
	REFUSED(w, "extend", "HSN-03", "{'due':'2026-05-03','reference':'§ 80'}", REJECT_BAD_DATA,
		"has already passed");
	REFUSED(w, "extend", "HSN-03", "{'due':'2101-05-03','reference':'§ 80'}", REJECT_BAD_DATA,
		"outside 2005-2100");
	REFUSED(w, "extend", "HSN-03", "{'due':'meeting KF 2026-10','reference':'§ 80'}",
		REJECT_BAD_DATA, "the body KF, which is not in the plan: its bodies are RS");
	REFUSED(w, "extend", "HSN-03", "{'due':'meeting RS 2026-05','reference':'§ 80'}",
		REJECT_BAD_DATA,
		"meeting RS 2026-05, which is 2026-05-29, is not after 2026-06-30");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-09-30','reference':'§ 80'}");
	/* What was extended is corrected, to the original date or later. */
	HEARD(w, "extend", "HSN-03", "{'due':'2026-08-31','reference':'§ 80'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-08-31");
	DAY_IS(row_of(w, "HSN-03").done_by_original, "2026-06-30");
	REFUSED(w, "extend", "HSN-03", "{'due':'2026-06-29','reference':'§ 80'}", REJECT_BAD_DATA,
		"is not after");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	REFUSED(w, "extend", "HSN-03", "{'due':'2026-12-31','reference':'§ 81'}", REJECT_BAD_DATA,
		"is done or cancelled");
	asked_free(w);
}
END_TEST

START_TEST(a_meeting_is_followed_wherever_it_is_moved)
{
	struct world *w = world(BY("done_by='meeting RS 2026-06';"), LIGHTS);

	DAY_IS(row_of(w, "HSN-03").done_by, "2026-06-30"); /* provisional: its last working day */
	w->says = "reg";
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-06-16");
	DAY_IS(row_of(w, "HSN-03").done_by_original, "");
	HEARD(w, "meeting", "RS", "{'from':'2026-08-25','replaces':'2026-06-16'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-08-25");
	DAY_IS(row_of(w, "HSN-03").done_by_original, "2026-06-16");
	world_to(w, "2026-08-26 12:00");
	TELLS(w, "05-04 12:00 moved akut: HSN-03 done-by, HSN-03 done-by\n"
		 "08-11 07:30 alert dir: HSN-03 light\n08-26 07:30 alert dir: HSN-03 light\n");
	HEARD(w, "meeting", "RS", "{'from':'2026-08-25','replaces':'2026-08-25','cancelled':true}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-06-30");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(it_may_be_extended_to_a_meeting_and_follows_that)
{
	struct world *w = world(JUNE, LIGHTS);

	w->says = "reg";
	HEARD(w, "extend", "HSN-03", "{'due':'meeting RS 2026-10','reference':'§ 80'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-10-30");
	ck_assert_str_eq(row_of(w, "HSN-03").done_by_meeting, "RS 2026-10");
	HEARD(w, "meeting", "RS", "{'from':'2026-10-27'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-10-27");
	HEARD(w, "meeting", "RS", "{'from':'2026-11-03','replaces':'2026-10-27'}");
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-11-03");
	DAY_IS(row_of(w, "HSN-03").done_by_original, "2026-06-30");
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* ---- the plan ------------------------------------------------------------------------------------ */

static void adopt(struct world *w, const char *measures, const char *alerts)
{
	world_adopt(w,
		    &(struct written){ .measures = measures, .alerts = alerts, .deadlines = FAR });
}

START_TEST(what_an_event_said_stands_until_the_file_says_something_new)
{
	struct world *w = world(JUNE, LIGHTS);

	w->says = "reg";
	HEARD(w, "extend", "HSN-03", "{'due':'2026-09-30','reference':'§ 80'}");
	adopt(w, BY("done_by='2026-06-30'; tags=['x'];"), LIGHTS);
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-09-30");
	adopt(w, BY("done_by='2026-08-31';"), LIGHTS);
	DAY_IS(row_of(w, "HSN-03").done_by, "2026-08-31");
	adopt(w, ONE_MEASURE, LIGHTS);
	DAY_IS(row_of(w, "HSN-03").done_by, "");
	DAY_IS(row_of(w, "HSN-03").done_by_original, "");
	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(an_alert_that_comes_into_the_plan_tells_of_what_is_yellow_then)
{
	struct world *w = world(JUNE, "");

	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	adopt(w, JUNE, LIGHTS);
	world_to(w, "2026-05-04 12:00");
	TELLS(w, "05-04 12:00 alert dir: HSN-03 light\n");
	/* The same plan again, or another number of days, tells nothing anew. */
	adopt(w, BY("done_by='2026-06-30'; light_days='20wd';"), LIGHTS);
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "");
	adopt(w, JUNE, "");
	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	world_to(w, "2026-07-30 12:00");
	TELLS(w, "");
	asked_free(w);
}
END_TEST

START_TEST(what_left_the_plan_is_not_looked_at)
{
	struct world *w = world(JUNE ", { id='HSN-07'; title='Kvar'; owner='kir'; }", LIGHTS);

	adopt(w, "{ id='HSN-07'; title='Kvar'; owner='kir'; }", LIGHTS);
	world_to(w, "2026-07-31 12:00");
	TELLS(w, "");
	ck_assert(instant_is_none(row_of(w, "HSN-03").light_at));
	adopt(w, JUNE ", { id='HSN-07'; title='Kvar'; owner='kir'; }", LIGHTS);
	world_to(w, "2026-07-31 12:01");
	TELLS(w, "07-31 12:00 alert dir: HSN-03 light\n");
	asked_free(w);
}
END_TEST

/* ---- what is foretold ---------------------------------------------------------------------------- */

static const char *const foretold[] = {
	"",
	"{'status':'on-track','progress':100}",
	"{'status':'at-risk'}",
	"{'status':'on-track','done_forecast':'2026-09-30'}",
	"{'status':'off-track'}",
	"{'status':'done'}",
};

START_TEST(the_forecast_tells_of_those_that_time_will_turn)
{
	struct world *w = world(JUNE ", { id='HSN-07'; title='x'; owner='kir'; "
				     "done_by='meeting RS 2026-06'; light_days='3d'; }",
				"{ when='light'; to=['owner','manager']; }, "
				"{ when='light'; to=['role:support','channel:hook']; }");

	if (*foretold[_i])
		HEARD(w, "status", "HSN-03", foretold[_i]);
	keeps_its_word(w, "2026-08-31");
	asked_free(w);
}
END_TEST

/* "06-15 07:30 dir planned: reason", a line a row. */
static void why_is(struct world *w, const char *expected)
{
	json_t *rows = ask(w, QUERY_WHY, "{'item':'HSN-03'}"), *row;
	char text[4000] = "";
	size_t i;

	json_array_foreach (rows, i, row) {
		const char *when = json_string_value(json_object_get(row, "when"));

		if (!json_is_null(json_object_get(row, "deadline")))
			continue;
		tell(text, sizeof(text), "%.5s %.5s %s %s: %s\n", when + 5, when + 11,
		     json_string_value(json_object_get(row, "person")),
		     json_string_value(json_object_get(row, "decision")),
		     json_string_value(json_object_get(row, "reason")));
	}
	ck_assert_str_eq(text, expected);
	json_decref(rows);
}

START_TEST(why_says_what_turned_it_and_what_time_will)
{
	struct world *w = world(JUNE, LIGHTS);

	HEARD(w, "status", "HSN-03", "{'status':'at-risk','done_forecast':'2026-09-30'}");
	world_to(w, "2026-05-04 12:01");
	why_is(w, "05-04 12:00 dir sent: alert: the light turns yellow; it is at risk; it is "
		  "expected to be done only by 2026-09-30; accepted 2026-05-04 12:00\n"
		  "07-01 07:30 dir planned: alert: the light turns red; 2026-06-30, by which it is "
		  "to be done, has passed\n");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','done_forecast':'2026-06-30'}");
	why_is(w, "05-04 12:00 dir sent: alert: the light turns yellow; it is at risk; it is "
		  "expected to be done only by 2026-09-30; accepted 2026-05-04 12:00\n"
		  "06-15 07:30 dir planned: alert: the light turns yellow; 2026-06-30, by which it "
		  "is to be done, is near\n"
		  "07-01 07:30 dir planned: alert: the light turns red; 2026-06-30, by which it is "
		  "to be done, has passed\n");
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/obligation/light_alert",
	   UNIT(time_turns_it_yellow_before_the_date_and_red_after_it),
	   UNIT(a_closed_day_waits_for_the_next_opening), UNIT(what_is_done_in_time_turns_nothing),
	   UNIT(without_the_alert_nothing_is_looked_at_and_the_light_is_there_all_the_same),
	   UNIT(without_a_date_time_changes_nothing),
	   UNIT_ROWS(a_status_tells_as_it_gets_worse, UNIT_COUNT(stories)),
	   UNIT(who_hears_of_both_hears_of_them_in_one_message),
	   UNIT(what_a_status_has_told_is_not_told_again_by_time),
	   UNIT(what_a_status_leaves_out_stands),
	   UNIT_ROWS(what_the_body_closes_turns_nothing_any_more, 2),
	   UNIT(an_extension_gives_it_a_later_date_and_a_light_of_that),
	   UNIT(of_what_is_done_a_moved_date_is_told_to_nobody),
	   UNIT(an_extension_is_refused_where_there_is_nothing_to_extend),
	   UNIT(a_meeting_is_followed_wherever_it_is_moved),
	   UNIT(it_may_be_extended_to_a_meeting_and_follows_that),
	   UNIT(what_an_event_said_stands_until_the_file_says_something_new),
	   UNIT(an_alert_that_comes_into_the_plan_tells_of_what_is_yellow_then),
	   UNIT(what_left_the_plan_is_not_looked_at),
	   UNIT_ROWS(the_forecast_tells_of_those_that_time_will_turn, UNIT_COUNT(foretold)),
	   UNIT(why_says_what_turned_it_and_what_time_will))
