/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a snapshot: list, show, report, forecast, outbox, page by page. */
#include "engine/inquiry.h"

#include "tests/unit/ask.h"

static const struct written plan = {
	.measures = TWO_MEASURES,
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-09-16", ""),
	.alerts = "",
};

/* Of each row of an answer, the members named, a line a row. */
static char *columns(json_t *rows, const char *const *names)
{
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);
	json_t *row;

	json_array_foreach (rows, i, row) {
		for (size_t n = 0; names[n]; n++) {
			json_t *value = json_object_get(row, names[n]);
			char *shown = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

			ck_assert_msg(value != NULL, "no %s", names[n]);
			fprintf(out, "%s%s", n ? " " : "", shown);
			free(shown);
		}
		fprintf(out, "\n");
	}
	fclose(out);
	for (char *c = text; *c; c++)
		if (*c == '"')
			*c = '\'';
	return text;
}

#define COLUMNS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define ROWS_ARE(world, which, params, names, expected)    \
	do {                                               \
		json_t *rows_ = ask(world, which, params); \
		char *text_ = columns(rows_, names);       \
		ck_assert_str_eq(text_, expected);         \
		free(text_);                               \
		json_decref(rows_);                        \
	} while (0)

/* ---- list ------------------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *params, *rows;
} lists[] = {
	/* What is not answered, in open windows of deadlines that are not closed. */
	{ __LINE__, "{}",
	  "'RS-58' null 'ordf' 'late'\n"
	  "'RS-58' 'HSN-07' 'kir' 'late'\n" },
	{ __LINE__, "{'owner':'akut'}", "" },
	{ __LINE__, "{'deadline':'RS-58','all':true}",
	  "'RS-58' null 'ordf' 'late'\n"
	  "'RS-58' 'HSN-03' 'akut' 'answered'\n"
	  "'RS-58' 'HSN-07' 'kir' 'late'\n" },
	{ __LINE__, "{'owner':'kir'}", "'RS-58' 'HSN-07' 'kir' 'late'\n" },
	{ __LINE__, "{'late':true}",
	  "'RS-58' null 'ordf' 'late'\n"
	  "'RS-58' 'HSN-07' 'kir' 'late'\n" },
	{ __LINE__, "{'deadline':'T2'}", "" },
	{ __LINE__, "{'deadline':'T2','all':true}",
	  "'T2' 'HSN-03' 'akut' 'waiting'\n"
	  "'T2' 'HSN-07' 'kir' 'waiting'\n" },
	/* In an order, and where words stand in a title, an id or a name. */
	{ __LINE__, "{'all':true,'order':'owner'}",
	  "'RS-58' 'HSN-03' 'akut' 'answered'\n"
	  "'T2' 'HSN-03' 'akut' 'waiting'\n"
	  "'RS-58' 'HSN-07' 'kir' 'late'\n"
	  "'T2' 'HSN-07' 'kir' 'waiting'\n"
	  "'RS-58' null 'ordf' 'late'\n" },
	{ __LINE__, "{'all':true,'order':'state'}",
	  "'RS-58' null 'ordf' 'late'\n"
	  "'RS-58' 'HSN-07' 'kir' 'late'\n"
	  "'T2' 'HSN-03' 'akut' 'waiting'\n"
	  "'T2' 'HSN-07' 'kir' 'waiting'\n"
	  "'RS-58' 'HSN-03' 'akut' 'answered'\n" },
	{ __LINE__, "{'all':true,'order':'deadline','search':'FÄRRE'}",
	  "'RS-58' 'HSN-03' 'akut' 'answered'\n"
	  "'T2' 'HSN-03' 'akut' 'waiting'\n" },
	{ __LINE__, "{'search':'namn inköp'}", "'RS-58' 'HSN-07' 'kir' 'late'\n" },
	{ __LINE__, "{'search':'saknas'}", "" },
};

START_TEST(list_shows_what_is_owed)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	world_to(w, "2026-05-18 12:00");
	ROWS_ARE(w, QUERY_LIST, lists[_i].params, COLUMNS("deadline", "measure", "owner", "state"),
		 lists[_i].rows);
	asked_free(w);
}
END_TEST

/* Old dates stay visible when they have moved. */
START_TEST(a_row_of_list_has_all_its_members)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	ROWS_ARE(
		w, QUERY_LIST, "{'all':true,'deadline':'RS-58'}",
		COLUMNS("measure", "due", "papers", "practical", "provisional", "due_original",
			"papers_original", "asked", "last_asked", "status", "answered_at"),
		"null '2026-05-28' '2026-05-19' '2026-05-19' false '2026-05-26' '2026-05-15' 2 "
		"'2026-05-07T08:00:00+02:00' null null\n"
		"'HSN-03' '2026-05-28' '2026-05-19' '2026-05-19' false '2026-05-26' '2026-05-15' 2 "
		"'2026-05-07T08:00:00+02:00' 'at-risk' '2026-05-11T12:00:00+02:00'\n"
		"'HSN-07' '2026-05-28' '2026-05-19' '2026-05-19' false '2026-05-26' '2026-05-15' 2 "
		"'2026-05-07T08:00:00+02:00' null null\n");
	asked_free(w);
}
END_TEST

/* Papers on Fri 15 May, practically on the Wednesday before Ascension. */
START_TEST(a_practical_date_is_shown_until_it_has_passed)
{
	struct world *w = asked_world("2026-05-13 18:00", &plan);
	const char *const *names = COLUMNS("papers", "practical");

	ROWS_ARE(w, QUERY_LIST, "{'deadline':'RS-58','owner':'akut'}", names,
		 "'2026-05-15' '2026-05-13'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS-58'}", names, "'2026-05-15' '2026-05-13'\n");
	w->now = instant_of("2026-05-14 08:00");
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'RS-58','owner':'akut'}", names,
		 "'2026-05-15' '2026-05-15'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS-58'}", names, "'2026-05-15' '2026-05-15'\n");
	asked_free(w);
}
END_TEST

/* A statutory limit on Sat 31 Oct is late after Mon 2 Nov; its ladder counts from the Friday. */
START_TEST(show_and_list_have_the_same_practical_date)
{
	struct written forward = plan;
	struct world *w;
	const char *const *names = COLUMNS("papers", "practical");

	forward.deadlines = ASKING("S", "2026-10-31", "round='forward';");
	w = asked_world("2026-10-20 12:00", &forward);
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'S','owner':'akut'}", names,
		 "'2026-11-02' '2026-11-02'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'S'}", names, "'2026-11-02' '2026-11-02'\n");
	HEARD(w, "extend", "S", "{'due':'2026-12-26','reference':'x'}");
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'S','owner':'akut'}", names,
		 "'2026-12-28' '2026-12-28'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'S'}", names, "'2026-12-28' '2026-12-28'\n");
	asked_free(w);
}
END_TEST

START_TEST(a_time_of_day_is_in_the_rows)
{
	struct written timed = plan;
	struct world *w;

	timed.deadlines = ASKING("T", "2026-05-05 14:00", "");
	w = asked_world("2026-05-04 12:00", &timed);
	ROWS_ARE(w, QUERY_LIST, "{}", COLUMNS("measure", "papers", "time"),
		 "'HSN-03' '2026-05-05' '14:00'\n'HSN-07' '2026-05-05' '14:00'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'T'}", COLUMNS("papers", "time"),
		 "'2026-05-05' '14:00'\n");
	ROWS_ARE(w, QUERY_REPORT, "{'deadline':'T'}", COLUMNS("papers", "time"),
		 "'2026-05-05' '14:00'\n");
	HEARD(w, "extend", "T", "{'due':'2026-05-08','reference':'x'}"); /* a whole day */
	ROWS_ARE(w, QUERY_LIST, "{}", COLUMNS("measure", "papers", "time"),
		 "'HSN-03' '2026-05-08' null\n'HSN-07' '2026-05-08' null\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'T'}", COLUMNS("papers", "time"), "'2026-05-08' null\n");
	asked_free(w);
}
END_TEST

/* Its only meeting was cancelled, and the month it was to begin in is past: there is nothing to say. */
START_TEST(of_a_series_without_an_occurrence_all_say_the_same)
{
	struct written series = plan;
	struct world *w;

	series.meetings = "{ body='RS'; from='2026-06-30'; }";
	series.deadlines = ASKING("K", "meeting RS 2026-03", "every='meeting RS';");
	w = asked_world("2026-05-04 12:00", &series);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-30','replaces':'2026-06-30','cancelled':true}");
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'K'}", COLUMNS("deadline"), "");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'K'}",
		 COLUMNS("deadline", "due", "practical", "provisional", "closed", "obligations"),
		 "'K' null null false false []\n");
	ROWS_ARE(w, QUERY_REPORT, "{'deadline':'K'}",
		 COLUMNS("deadline", "due", "provisional", "rows"), "'K' null false []\n");
	/* The one that was withdrawn can be asked about by its own name. */
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'K','all':true}",
		 COLUMNS("deadline", "measure", "state"),
		 "'K@2026-06-30' 'HSN-03' 'withdrawn'\n'K@2026-06-30' 'HSN-07' 'withdrawn'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'K@2026-06-30'}", COLUMNS("deadline", "closed"),
		 "'K@2026-06-30' true\n");
	asked_free(w);
}
END_TEST

START_TEST(what_is_closed_is_in_all_only)
{
	struct world *w = asked_world("2026-05-11 12:00", &plan);

	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	ROWS_ARE(w, QUERY_LIST, "{}", COLUMNS("deadline", "measure", "state"), "");
	ROWS_ARE(w, QUERY_LIST, "{'all':true,'deadline':'RS-58'}",
		 COLUMNS("deadline", "measure", "state"),
		 "'RS-58' null 'answered'\n"
		 "'RS-58' 'HSN-03' 'withdrawn'\n"
		 "'RS-58' 'HSN-07' 'withdrawn'\n");
	asked_free(w);
}
END_TEST

/* ---- show -------------------------------------------------------------------------------------- */

START_TEST(show_knows_all_of_a_measure)
{
	struct world *w = asked_world("2026-05-11 12:00", &plan);
	json_t *rows;

	HEARD(w, "status", "HSN-03", "{'status':'at-risk','progress':40,'note':'n'}");
	HEARD(w, "note", "HSN-03", "{'note':'sjuk'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'HSN-03'}",
		 COLUMNS("measure", "title", "owner", "decision", "status", "reported_at",
			 "progress", "effect_planned", "effect_achieved", "note"),
		 "'HSN-03' 'Färre inhyrda' 'akut' null 'at-risk' '2026-05-11T12:00:00+02:00' 40 "
		 "12000000 null 'n'\n");
	rows = ask(w, QUERY_SHOW, "{'item':'HSN-03'}");
	ck_assert_uint_eq(json_array_size(json_object_get(json_array_get(rows, 0), "obligations")),
			  2);
	ck_assert_uint_eq(json_array_size(json_object_get(json_array_get(rows, 0), "events")), 2);
	json_decref(rows);
	asked_free(w);
}
END_TEST

START_TEST(show_knows_all_of_a_deadline)
{
	struct world *w = asked_world("2026-05-11 12:00", &plan);

	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS-58'}",
		 COLUMNS("deadline", "decision", "due_as_written", "due", "papers", "practical",
			 "provisional", "responsible", "inform", "ladder", "closed", "submitted"),
		 "'RS-58' 'RS 2026-04-22 § 58' 'meeting RS 2026-05' '2026-05-26' '2026-05-15' "
		 "'2026-05-13' false 'ordf' ['reg'] 'standard' true "
		 "{'at':'2026-05-11T12:00:00+02:00','reference':'HSN § 70'}\n");
	asked_free(w);
}
END_TEST

/* What is about to be sent to them is what the forecast has for them, what waits among it: of 31 days. */
START_TEST(show_knows_what_is_about_to_be_sent_to_a_person)
{
	static const char *const people[] = { "akut", "dir", "reg" };
	struct world *w = asked_world("2026-05-07 06:00", &plan);
	json_t *forecast, *shown, *theirs, *row;
	char params[40];
	size_t i;

	w->down = "*";
	world_to(w, "2026-05-07 08:00"); /* the first reminder waits */
	forecast = ask(w, QUERY_FORECAST, "{}");
	for (size_t k = 0; k < UNIT_COUNT(people); k++) {
		theirs = json_array();
		json_array_foreach (forecast, i, row)
			if (strcmp(json_string_value(json_object_get(row, "to")), people[k]) == 0)
				json_array_append(theirs, row);
		snprintf(params, sizeof(params), "{'item':'%s'}", people[k]);
		shown = ask(w, QUERY_SHOW, params);
		ck_assert_msg(
			json_equal(json_object_get(json_array_get(shown, 0), "coming"), theirs),
			"%s", people[k]);
		ck_assert_msg((json_array_size(theirs) > 0) == (k < 2), "%s", people[k]);
		json_decref(theirs);
		json_decref(shown);
	}
	json_decref(forecast);
	asked_free(w);
}
END_TEST

/* What they owe now, not what they answered or what waits; when they are away, and for whom they stand in. */
START_TEST(show_knows_what_a_person_owes_and_when_they_are_away)
{
	struct written people = plan;
	struct world *w;
	json_t *shown, *owed, *row;

	people.people =
		PERSON("akut", "manager='dir'; deputy='reg';") ", " PERSON("kir", "") ", " PERSON(
			"dir",
			"") ", " PERSON("ordf",
					"") ", " PERSON("reg",
							"") ", " PERSON("stod",
									"roles=['support'];");
	w = asked_world("2026-05-11 12:00", &people);
	HEARD(w, "absence", "kir", "{'from':'2026-05-04','until':'2026-05-11','deputy':'akut'}");
	HEARD(w, "absence", "akut", "{'from':'2026-05-14','until':'2026-05-15','deputy':'kir'}");
	HEARD(w, "absence", "akut", "{'from':'2026-07-06','until':'2026-07-31'}");
	HEARD(w, "absence", "reg", "{'from':'2026-07-01','until':'2026-08-31'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'akut'}",
		 COLUMNS("person", "name", "roles", "manager", "deputy", "away", "stands_in_for",
			 "absences"),
		 "'akut' 'Namn akut' [] 'dir' 'reg' false ['kir'] "
		 "[{'from':'2026-05-14','until':'2026-05-15','deputy':'kir','state':'coming',"
		 "'held_until':null},"
		 "{'from':'2026-07-06','until':'2026-07-31','deputy':null,'state':'coming',"
		 "'held_until':'2026-08-03'}]\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'kir'}", COLUMNS("roles", "away", "stands_in_for"),
		 "[] true []\n");
	ROWS_ARE(w, QUERY_LIST, "{'owner':'akut'}", COLUMNS("deadline", "measure"),
		 "'RS-58' 'HSN-03'\n");
	shown = ask(w, QUERY_SHOW, "{'item':'akut'}");
	owed = ask(w, QUERY_LIST, "{'owner':'akut'}");
	row = json_array_get(shown, 0);
	ck_assert(json_equal(json_object_get(row, "obligations"), owed));
	ck_assert_uint_eq(json_array_size(json_object_get(row, "events")), 2);
	json_decref(shown);
	json_decref(owed);
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'akut'}", COLUMNS("obligations"), "[]\n");
	/* What is over is no more. */
	world_to(w, "2026-05-18 12:00");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'kir'}", COLUMNS("away", "absences"), "false []\n");
	asked_free(w);
}
END_TEST

START_TEST(of_an_item_and_a_person_of_one_id_the_item_is_shown_and_says_so)
{
	struct written same = plan;
	struct world *w;
	json_t *rows;

	same.people =
		PEOPLE ", " PERSON("HSN-03", "") ", " PERSON("RS-58", "") ", " PERSON("RS", "");
	w = asked_world("2026-05-11 12:00", &same);
	ROWS_ARE(w, QUERY_SHOW, "{'item':'HSN-03'}", COLUMNS("measure", "also"),
		 "'HSN-03' 'HSN-03 is a person\'s id too: list --owner HSN-03 says what they "
		 "owe'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS-58'}", COLUMNS("deadline", "also"),
		 "'RS-58' 'RS-58 is a person\'s id too: list --owner RS-58 says what they owe'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS'}", COLUMNS("body", "also"),
		 "'RS' 'RS is a person\'s id too: list --owner RS says what they owe'\n");
	rows = ask(w, QUERY_SHOW, "{'item':'HSN-07'}");
	ck_assert_ptr_null(json_object_get(json_array_get(rows, 0), "also"));
	json_decref(rows);
	asked_free(w);
}
END_TEST

/* ---- report ------------------------------------------------------------------------------------ */

START_TEST(the_report_compiles_itself)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *rows, *report;
	char *text;

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03",
	      "{'status':'at-risk','progress':40,'effect_forecast':9000000,'effect_achieved':1}");
	world_to(w, "2026-05-12 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'off-track','note':'n'}"); /* figures left out */
	rows = ask(w, QUERY_REPORT, "{'deadline':'RS-58'}");
	report = json_array_get(rows, 0);
	text = columns(json_object_get(report, "rows"),
		       COLUMNS("measure", "title", "owner", "status", "progress", "effect_planned",
			       "effect_achieved", "effect_forecast", "deviation", "answered_at",
			       "asked", "last_asked", "note"));
	ck_assert_str_eq(text,
			 "'HSN-03' 'Färre inhyrda' 'akut' 'off-track' 40 12000000 1 9000000 "
			 "-3000000 '2026-05-11T12:00:00+02:00' 2 '2026-05-07T08:00:00+02:00' 'n'\n"
			 "'HSN-07' 'Samordna inköp' 'kir' null null null null null null null 3 "
			 "'2026-05-12T08:00:00+02:00' null\n");
	free(text);
	text = columns(rows, COLUMNS("deadline", "decision", "due", "papers", "frozen_at", "sha256",
				     "totals"));
	ck_assert_str_eq(text,
			 "'RS-58' 'RS 2026-04-22 § 58' '2026-05-26' '2026-05-15' null null "
			 "{'measures':2,'answered':1,'effect_planned':{'sum':12000000,'of':1},"
			 "'effect_achieved':{'sum':1,'of':1},'effect_forecast':{'sum':9000000,"
			 "'of':1},'deviation':{'sum':-3000000,'of':1}}\n");
	free(text);
	json_decref(rows);
	asked_free(w);
}
END_TEST

START_TEST(a_status_from_before_the_window_is_no_answer)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *rows;
	char *text;

	HEARD(w, "status", "HSN-03", "{'status':'on-track','effect_forecast':7}");
	world_to(w, "2026-05-11 12:00");
	rows = ask(w, QUERY_REPORT, "{'deadline':'RS-58'}");
	text = columns(json_object_get(json_array_get(rows, 0), "rows"),
		       COLUMNS("measure", "status", "effect_forecast", "answered_at"));
	ck_assert_str_eq(text, "'HSN-03' null 7 null\n"
			       "'HSN-07' null null null\n");
	free(text);
	json_decref(rows);
	asked_free(w);
}
END_TEST

/* Of a report: its counts, and of each measure what it said and whether that answered. */
static void answered_are(struct world *w, const char *counts, const char *expected)
{
	json_t *rows = ask(w, QUERY_REPORT, "{'deadline':'RS-58'}");
	json_t *report = json_array_get(rows, 0), *totals = json_array();
	char *text;

	json_array_append(totals, json_object_get(report, "totals"));
	text = columns(totals, COLUMNS("answered", "measures"));
	ck_assert_str_eq(text, counts);
	free(text);
	text = columns(json_object_get(report, "rows"), COLUMNS("measure", "status", "answered"));
	ck_assert_str_eq(text, expected);
	free(text);
	json_decref(totals);
	json_decref(rows);
}

START_TEST(what_answers_nothing_is_not_counted_as_an_answer)
{
	struct written requiring = plan;
	struct world *w;

	requiring.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "require=['note'];");
	w = asked_world("2026-05-11 12:00", &requiring);
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}"); /* lacks its note */
	answered_are(w, "0 2\n", "'HSN-03' 'at-risk' false\n'HSN-07' null false\n");
	HEARD(w, "status", "HSN-07", "{'status':'on-track','note':'n'}");
	answered_are(w, "1 2\n", "'HSN-03' 'at-risk' false\n'HSN-07' 'on-track' true\n");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'x'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','note':'too late'}");
	answered_are(w, "1 2\n", "'HSN-03' 'on-track' false\n'HSN-07' 'on-track' true\n");
	asked_free(w);
}
END_TEST

START_TEST(what_is_done_before_anybody_asked_counts_as_an_answer)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	answered_are(w, "1 2\n", "'HSN-03' 'done' true\n'HSN-07' null false\n");
	asked_free(w);
}
END_TEST

/* ---- what was handed over and decided ------------------------------------------------------------ */

START_TEST(every_hand_over_and_decision_stays_as_history)
{
	static const struct {
		const char *day, *by, *type, *data, *entry;
	} told[] = {
		{ "2026-05-07 10:00", "ordf", "paminn.submit", "{'reference':'D1'}",
		  "{'what':'submitted','at':'2026-05-07T10:00:00+02:00','by':'/people/ordf',"
		  "'due':null,'reference':'D1'}" },
		{ "2026-05-08 10:00", "reg", "paminn.outcome",
		  "{'outcome':'returned','reference':'R1','due':'2026-05-29'}",
		  "{'what':'returned','at':'2026-05-08T10:00:00+02:00','by':'/people/reg',"
		  "'due':'2026-05-29','reference':'R1'}" },
		{ "2026-05-08 11:00", "reg", "paminn.note", "{'note':'no part of it'}", "" },
		{ "2026-05-11 10:00", "akut", "paminn.submit", "{'reference':'D2'}",
		  "{'what':'submitted','at':'2026-05-11T10:00:00+02:00','by':'/people/akut',"
		  "'due':null,'reference':'D2'}" },
		{ "2026-05-12 10:00", "reg", "paminn.outcome",
		  "{'outcome':'noted','reference':'R2'}",
		  "{'what':'noted','at':'2026-05-12T10:00:00+02:00','by':'/people/reg',"
		  "'due':null,'reference':'R2'}" },
	};
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	char expected[1000] = "[";

	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS-58'}", COLUMNS("history"), "[]\n");
	ROWS_ARE(w, QUERY_REPORT, "{'deadline':'RS-58'}", COLUMNS("history"), "[]\n");
	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
		world_to(w, told[i].day);
		w->says = told[i].by;
		ck_assert_int_eq(world_hear(w, told[i].type, "RS-58", "", told[i].data), 0);
		if (i > 0 && told[i].entry[0])
			strcat(expected, ",");
		strcat(expected, told[i].entry);
	}
	strcat(expected, "]\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RS-58'}", COLUMNS("history"), expected);
	ROWS_ARE(w, QUERY_REPORT, "{'deadline':'RS-58'}", COLUMNS("history"), expected);
	asked_free(w);
}
END_TEST

START_TEST(of_a_long_history_the_newest_twenty_are_shown)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	char data[64];
	json_t *rows, *history;

	for (int i = 1; i <= 25; i++) {
		snprintf(data, sizeof(data), "{'reference':'D%d'}", i);
		HEARD(w, "submit", "RS-58", data);
	}
	rows = ask(w, QUERY_SHOW, "{'item':'RS-58'}");
	history = json_object_get(json_array_get(rows, 0), "history");
	ck_assert_uint_eq(json_array_size(history), 20);
	ck_assert_str_eq(
		json_string_value(json_object_get(json_array_get(history, 0), "reference")), "D6");
	json_decref(rows);
	asked_free(w);
}
END_TEST

/* ---- forecast and outbox ------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *params, *first, *last; /* the days of the first and last row */
} months[] = {
	{ __LINE__, "{}", "2026-04-29", "2026-05-22" }, /* from now, thirty days */
	{ __LINE__, "{'month':'2026-05'}", "2026-05-07", "2026-05-28" },
	{ __LINE__, "{'month':'2026-04'}", "2026-04-29", "2026-04-29" },
	{ __LINE__, "{'from':'2026-05-12','until':'2026-05-15'}", "2026-05-12", "2026-05-15" },
	{ __LINE__, "{'until':'2026-05-12'}", "2026-04-29", "2026-05-12" },
};

START_TEST(a_forecast_is_asked_for_by_month_or_by_days)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *rows = ask(w, QUERY_FORECAST, months[_i].params);
	size_t count = json_array_size(rows);

	ck_assert_uint_gt(count, 0);
	ck_assert_int_eq(
		strncmp(json_string_value(json_object_get(json_array_get(rows, 0), "when")),
			months[_i].first, 10),
		0);
	ck_assert_int_eq(
		strncmp(json_string_value(json_object_get(json_array_get(rows, count - 1), "when")),
			months[_i].last, 10),
		0);
	json_decref(rows);
	asked_free(w);
}
END_TEST

START_TEST(the_outbox_has_a_row_a_message)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	w->down = "kir";
	world_to(w, "2026-04-29 08:00");
	ROWS_ARE(w, QUERY_OUTBOX, "{}",
		 COLUMNS("id", "to", "channel", "kind", "state", "planned", "attempts", "unknown",
			 "next_attempt", "last_answer"),
		 "1 'ordf' 'mail' 'reminder' 'delivered' '2026-04-29T08:00:00+02:00' 1 0 null '250 "
		 "ok'\n"
		 "2 'akut' 'mail' 'reminder' 'delivered' '2026-04-29T08:00:00+02:00' 1 0 null '250 "
		 "ok'\n"
		 "3 'kir' 'mail' 'reminder' 'retry' '2026-04-29T08:00:00+02:00' 1 0 "
		 "'2026-04-29T08:00:05+02:00' 'no connection'\n");
	ROWS_ARE(w, QUERY_OUTBOX, "{'newest':true}", COLUMNS("id", "to"),
		 "3 'kir'\n2 'akut'\n1 'ordf'\n");
	ROWS_ARE(w, QUERY_OUTBOX, "{'newest':true,'state':'delivered'}", COLUMNS("id", "to"),
		 "2 'akut'\n1 'ordf'\n");
	asked_free(w);
}
END_TEST

/* ---- what is refused ------------------------------------------------------------------------------ */

static const struct {
	int line;
	enum request which;
	const char *params, *reason;
} refusals[] = {
	{ __LINE__, QUERY_LIST, "{'owner':'x'}", "there is no person x in the plan: check the id" },
	{ __LINE__, QUERY_LIST, "{'deadline':'x'}",
	  "there is no deadline x in the plan: check the id" },
	{ __LINE__, QUERY_SHOW, "{'item':'x'}",
	  "there is no measure, deadline, assignment, body or person x in the plan: check the id" },
	{ __LINE__, QUERY_WHY, "{'item':'x'}",
	  "there is no measure or deadline x in the plan: check the id" },
	{ __LINE__, QUERY_WHY, "{'item':'HSN-03','person':'x'}",
	  "there is no person x in the plan: check the id" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'HSN-03'}",
	  "there is no deadline HSN-03 in the plan: check the id" },
	{ __LINE__, QUERY_FORECAST, "{'month':'2026-05','from':'2026-05-01'}",
	  "`month` already says from when until when: leave out `from` and `until`" },
	{ __LINE__, QUERY_FORECAST, "{'from':'2026-05-02','until':'2026-05-01'}",
	  "`until` is before `from`: give the later date as `until`" },
	{ __LINE__, QUERY_FORECAST, "{'month':'2150-05'}",
	  "a forecast reaches from 2005 to 2100: check the years" },
	{ __LINE__, QUERY_FORECAST, "{'month':'2026-05','until':'2026-05-31'}",
	  "`month` already says from when until when: leave out `from` and `until`" },
	{ __LINE__, QUERY_FORECAST, "{'from':'2026-05-01','until':'2101-01-01'}",
	  "a forecast reaches from 2005 to 2100: check the years" },
	{ __LINE__, QUERY_CALENDAR, "{'from':'2026-05-02','until':'2026-05-01'}",
	  "`until` is before `from`: give the later date as `until`" },
	{ __LINE__, QUERY_CALENDAR, "{'from':'2004-12-31'}",
	  "a calendar is of a year at most, from 2005 to 2100: check the dates" },
	{ __LINE__, QUERY_CALENDAR, "{'from':'2100-06-01','until':'2101-01-01'}",
	  "a calendar is of a year at most, from 2005 to 2100: check the dates" },
	{ __LINE__, QUERY_CALENDAR, "{'from':'2026-01-01','until':'2027-01-07'}",
	  "a calendar is of a year at most, from 2005 to 2100: check the dates" },
	{ __LINE__, QUERY_LIST, "{'order':'none'}",
	  "order \"none\" is none of deadline, owner and state" },
	{ __LINE__, QUERY_REQUESTS, "{'state':'x'}",
	  "state \"x\" is none of open, granted, denied, moot, replaced and all" },
	{ __LINE__, QUERY_REQUESTS, "{'body':'x'}",
	  "there is no body x in the plan: check the id" },
	{ __LINE__, QUERY_REQUESTS, "{'deadline':'x'}",
	  "there is no deadline x in the plan: check the id" },
	{ __LINE__, QUERY_OUTBOX, "{'state':'x'}",
	  "no message is \"x\"; pending, started, delivered, retry, failed, held, expired, dropped "
	  "and bounced are the states" },
	{ __LINE__, QUERY_ABSENCES, "{'person':'x'}",
	  "there is no person x in the plan: check the id" },
	{ __LINE__, QUERY_ASSIGNMENTS, "{'body':'x'}",
	  "there is no body x in the plan: check the id" },
	{ __LINE__, QUERY_MEETINGS, "{'body':'x'}",
	  "there is no body x in the plan: check the id" },
	{ __LINE__, QUERY_ACTS, "{'seq':999}", "there is no event 999" },
	{ __LINE__, QUERY_BOARD, "{'of':'x'}",
	  "there is no deadline, assignment or body x in the plan: check the id" },
	{ __LINE__, QUERY_REPORT, "{}", "a report is of one of deadline, assignment and body" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'RS-58','body':'RS'}",
	  "a report is of one of deadline, assignment and body" },
	{ __LINE__, QUERY_REPORT, "{'body':'x'}", "there is no body x in the plan: check the id" },
	{ __LINE__, QUERY_REPORT, "{'assignment':'x'}",
	  "there is no assignment x in the plan: check the id" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'RS-58','period':'T1'}",
	  "there is no period T1 in the plan: there are none" },
	{ __LINE__, QUERY_REPORT, "{'frozen':true}",
	  "a report is of one of deadline, assignment and body" },
	{ __LINE__, QUERY_REPORT, "{'body':'RS','frozen':true}",
	  "what is frozen is the paper of a deadline: name one" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'x','frozen':true}",
	  "there is no deadline x in the plan: check the id" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'T2','frozen':true}",
	  "T2 has no paper that is frozen: nobody is responsible for it" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'RS-58','frozen':true}",
	  "RS-58 has no paper that is frozen: the plan uses none of the keys that make a report a "
	  "paper" },
};

START_TEST(an_impossible_question_is_refused_with_a_sentence)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct inquiry *q;
	struct rejection why;
	json_t *params = params_of(refusals[_i].params);

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_gt(inquiry_new(&q, &w->e, (struct question){ refusals[_i].which, params },
				     w->now, &why),
			 0);
	ck_assert_msg(strcmp(why.reason, refusals[_i].reason) == 0, "line %d: %s",
		      refusals[_i].line, why.reason);
	json_decref(params);
	asked_free(w);
}
END_TEST

/* ---- pages ---------------------------------------------------------------------------------------- */

START_TEST(a_long_answer_comes_in_pages)
{
	char *measures = calloc(1, 200000);
	struct written many = plan;
	struct world *w;
	struct inquiry *q;
	struct rejection why;
	json_t *params = params_of("{'all':true}"), *page;
	size_t next, seen = 0;
	int r;

	for (int i = 0; i < 1500; i++)
		tell(measures, 200000, "%s{ id='HSN-%04d'; title='x'; owner='akut'; }",
		     i ? ", " : "", i);
	many.measures = measures;
	w = asked_world("2026-04-22 12:00", &many);
	free(measures);
	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(
		inquiry_new(&q, &w->e, (struct question){ QUERY_LIST, params }, w->now, &why), 0);
	while ((r = inquiry_work(q, (struct duration){ 1000 })) > 0)
		;
	ck_assert_int_eq(r, 0);
	for (size_t from = 0;; from = next) {
		page = inquiry_rows(q, from, &next);
		ck_assert_uint_le(json_array_size(page), QUERY_ROWS_MAX);
		seen += json_array_size(page);
		json_decref(page);
		if (next == 0)
			break;
		ck_assert_uint_eq(next, seen);
	}
	ck_assert_uint_eq(seen, 3001);
	inquiry_free(q);
	json_decref(params);
	asked_free(w);
}
END_TEST

START_TEST(an_answer_is_of_the_moment_it_was_asked)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct inquiry *q;
	struct rejection why;
	json_t *params = params_of("{}"), *rows;
	size_t next;

	world_to(w, "2026-05-11 12:00");
	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(
		inquiry_new(&q, &w->e, (struct question){ QUERY_LIST, params }, w->now, &why), 0);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	while (inquiry_work(q, (struct duration){ 1000 }) > 0)
		;
	rows = inquiry_rows(q, 0, &next);
	ck_assert_uint_eq(json_array_size(rows), 3);
	json_decref(rows);
	inquiry_free(q);
	json_decref(params);
	asked_free(w);
}
END_TEST

/* ---- verify ------------------------------------------------------------------------------------ */

/* An occurrence that time alone has made follows from the log at once, though nothing in the log, nor
 * a note of the clock, says yet that it has become so late. */
START_TEST(what_time_alone_has_made_follows_from_the_log)
{
	static const struct written monthly = {
		.measures = TWO_MEASURES,
		.meetings = "{ body='RS'; from='2026-05-26'; }",
		.deadlines = ASKING("LAGE", "2026-05-29", "every='RRULE:FREQ=MONTHLY';"),
		.alerts = "",
	};
	struct world *w = asked_world("2026-04-22 12:00", &monthly);

	for (const char *const *at = (const char *const[]){ "2026-04-22 12:01", "2026-05-08 12:00",
							    "2026-07-20 09:00", NULL };
	     *at; at++) {
		world_to(w, *at);
		ROWS_ARE(w, COMMAND_VERIFY, "{}", COLUMNS("what", "item", "field"), "");
	}
	ck_assert_str_eq(obligation_of(w, "LAGE@2026-07-29", "HSN-03").deadline, "LAGE@2026-07-29");
	asked_free(w);
}
END_TEST

/* Of whatever kind it is, and on whichever side there is nothing. */
START_TEST(what_was_changed_behind_the_log_is_told)
{
	static char other[] = "https://elsewhere.se/2";
	struct world *w = asked_world("2026-05-11 12:00", &plan);
	struct measure_row m = { .status = STATUS_NONE };

	HEARD(w, "status", "HSN-03",
	      "{'status':'at-risk','progress':40,'link':'https://region.se/1'}");
	w->says = "kir";
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	ROWS_ARE(w, COMMAND_VERIFY, "{}", COLUMNS("item"), "");
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &m), 0);
	free(m.link);
	m.link = other;
	m.progress = (struct optional){ false, 0 };
	ck_assert_int_eq(ledger_put_measure(w->e.ledger, &m), 0);
	m.link = NULL;
	measure_row_done(&m);
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-07"), &m), 0);
	m.link = other;
	ck_assert_int_eq(ledger_put_measure(w->e.ledger, &m), 0);
	m.link = NULL;
	measure_row_done(&m);
	ROWS_ARE(w, COMMAND_VERIFY, "{}", COLUMNS("what", "item", "field", "store", "log"),
		 "'measure' 'HSN-03' 'progress' null 40\n"
		 "'measure' 'HSN-03' 'link' 'https://elsewhere.se/2' 'https://region.se/1'\n"
		 "'measure' 'HSN-07' 'link' 'https://elsewhere.se/2' null\n");
	asked_free(w);
}
END_TEST

/* A version may be stricter than the one which took a plan: what cannot be told anew is named. */
START_TEST(a_plan_in_the_log_that_cannot_be_read_is_a_difference_with_its_fault)
{
	const struct logged_event event = {
		.source = "/paminnd", .id = "odd", .type = ADOPT_EVENT, .subject = "", .body = "{}"
	};
	struct ledger *store = store_begin();
	struct world *w;
	int64_t seq;

	ck_assert_int_eq(ledger_append_event(store, &event, &seq), 0);
	store_event(store, "2", "HSN-03"); /* about a measure of that plan */
	w = world_in(store, "2026-04-22 12:00", &plan);
	ROWS_ARE(w, COMMAND_VERIFY, "{}", COLUMNS("what", "item", "field", "log"),
		 "'event' '1' 'accepted' 'this version cannot read this plan: it is no plan'\n"
		 "'event' '2' 'accepted' 'no plan before it can be read'\n");
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry", UNIT_ROWS(list_shows_what_is_owed, UNIT_COUNT(lists)),
	   UNIT(a_row_of_list_has_all_its_members),
	   UNIT(a_practical_date_is_shown_until_it_has_passed),
	   UNIT(show_and_list_have_the_same_practical_date), UNIT(what_is_closed_is_in_all_only),
	   UNIT(of_a_series_without_an_occurrence_all_say_the_same),
	   UNIT(a_time_of_day_is_in_the_rows), UNIT(show_knows_all_of_a_measure),
	   UNIT(show_knows_all_of_a_deadline),
	   UNIT(show_knows_what_is_about_to_be_sent_to_a_person),
	   UNIT(show_knows_what_a_person_owes_and_when_they_are_away),
	   UNIT(of_an_item_and_a_person_of_one_id_the_item_is_shown_and_says_so),
	   UNIT(the_report_compiles_itself), UNIT(a_status_from_before_the_window_is_no_answer),
	   UNIT(what_answers_nothing_is_not_counted_as_an_answer),
	   UNIT(what_is_done_before_anybody_asked_counts_as_an_answer),
	   UNIT(every_hand_over_and_decision_stays_as_history),
	   UNIT(of_a_long_history_the_newest_twenty_are_shown),
	   UNIT_ROWS(a_forecast_is_asked_for_by_month_or_by_days, UNIT_COUNT(months)),
	   UNIT(the_outbox_has_a_row_a_message),
	   UNIT_ROWS(an_impossible_question_is_refused_with_a_sentence, UNIT_COUNT(refusals)),
	   UNIT(a_long_answer_comes_in_pages), UNIT(an_answer_is_of_the_moment_it_was_asked),
	   UNIT(what_time_alone_has_made_follows_from_the_log),
	   UNIT(what_was_changed_behind_the_log_is_told),
	   UNIT(a_plan_in_the_log_that_cannot_be_read_is_a_difference_with_its_fault))
