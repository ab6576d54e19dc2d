/* SPDX-License-Identifier: Apache-2.0 */
/* The list of assignments, one of them, and what rows say of a measure that its body closes. */
#include "engine/inquiry.h"

#include "tests/unit/ask.h"

#define AND_ASSIGNMENTS(list) "); assignments=( " list
static const struct written plan = {
	.bodies =
		"{ id='RF'; name='Fullmäktige'; }, { id='RS'; name='Styrelsen'; papers='-7wd'; }, "
		"{ id='HSN'; name='Nämnden'; }",
	.meetings = "{ body='RF'; from='2026-06-16'; }",
	.measures = "{ id='HSN-03'; title='x'; owner='akut'; assignment='U-2'; closing='body'; }, "
		    "{ id='HSN-07'; title='y'; owner='kir'; assignment='U-2'; }",
	.deadlines = HANDED_IN("RF-1", "meeting RF 2026-06",
			       "assignment='U-1';") ", " HANDED_IN("T2", "2026-09-16", "")
		AND_ASSIGNMENTS(
			"{ id='U-3'; title='Utan datum'; given_to='RS'; }, "
			"{ id='U-2'; title='Korta köerna'; given='2025-03-01'; given_by='RS'; "
			"given_to='HSN'; answer_by='2026-12-15'; }, "
			"{ id='U-1'; title='Medborgarförslag'; decision='RF 2024-11-27 § 130'; "
			"reference='RS/1019/2025'; origin='budget 2023'; given='2024-11-27'; "
			"given_by='RF'; given_to='RS'; answer_by='meeting RF 2026-06'; "
			"closing='body'; }, "
			"{ id='U-0'; title='Samma dag'; given='2025-03-01'; given_by='RF'; }"),
	.alerts = "",
};

/* The values of some members, a row a line, with ' for ". */
static char *columns(json_t *rows, const char *const *names)
{
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);
	json_t *row;

	json_array_foreach (rows, i, row) {
		for (size_t n = 0; names[n]; n++) {
			json_t *value = json_object_get(row, names[n]);
			char *shown = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT)
					    : strdup("-");

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

START_TEST(all_of_them_are_listed_oldest_first)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{}",
		 COLUMNS("assignment", "given", "age_days", "given_by", "given_to"),
		 "'U-1' '2024-11-27' 523 'RF' 'RS'\n"
		 "'U-0' '2025-03-01' 429 'RF' null\n"
		 "'U-2' '2025-03-01' 429 'RS' 'HSN'\n"
		 "'U-3' null null null 'RS'\n");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RS'}", COLUMNS("assignment"),
		 "'U-1'\n'U-2'\n'U-3'\n");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'HSN'}", COLUMNS("assignment"), "'U-2'\n");
	asked_free(w);
}
END_TEST

START_TEST(a_row_says_what_was_given_and_how_it_stands)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RF'}",
		 COLUMNS("title", "decision", "reference", "origin", "closing", "state"),
		 "'Medborgarförslag' 'RF 2024-11-27 § 130' 'RS/1019/2025' 'budget 2023' 'body' "
		 "'open'\n"
		 "'Samma dag' null null null 'owner' 'open'\n");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{}",
		 COLUMNS("assignment", "answer_by", "answer_by_original", "provisional", "measures",
			 "open_measures", "done_by_owner", "deadlines", "open_deadlines"),
		 "'U-1' '2026-06-16' null false 0 0 0 1 1\n"
		 "'U-0' null null false 0 0 0 0 0\n"
		 "'U-2' '2026-12-15' null false 2 2 0 0 0\n"
		 "'U-3' null null false 0 0 0 0 0\n");
	HEARD(w, "meeting", "RF", "{'from':'2026-06-23','replaces':'2026-06-16'}");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RF'}",
		 COLUMNS("assignment", "answer_by", "answer_by_original"),
		 "'U-1' '2026-06-23' '2026-06-16'\n'U-0' null null\n");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'HSN'}",
		 COLUMNS("measures", "open_measures", "done_by_owner"), "2 1 1\n");
	asked_free(w);
}
END_TEST

START_TEST(what_is_closed_says_how_and_is_left_out_where_only_the_open_are_asked_for)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RF'}",
		 COLUMNS("closed_as", "closed_reference", "closed_at", "closed_link"),
		 "null null null -\nnull null null -\n");
	HEARD(w, "close", "U-1", "{'as':'struck','reference':'RF § 9','link':'RS/1/2026'}");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RF'}",
		 COLUMNS("assignment", "state", "closed_as", "closed_reference", "closed_at",
			 "closed_link"),
		 "'U-1' 'closed' 'struck' 'RF § 9' '2026-05-04T12:00:00+02:00' 'RS/1/2026'\n"
		 "'U-0' 'open' null null null -\n");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'open':true}", COLUMNS("assignment"),
		 "'U-0'\n'U-2'\n'U-3'\n");
	asked_free(w);
}
END_TEST

START_TEST(a_body_that_is_not_there_is_refused)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	json_t *params = params_of("{'body':'KS'}");
	struct rejection why = { .reason = "" };
	struct inquiry *q = NULL;

	ck_assert_int_eq(inquiry_new(&q, &w->e, (struct question){ QUERY_ASSIGNMENTS, params },
				     w->now, &why),
			 REJECT_UNKNOWN_SUBJECT);
	ck_assert_str_eq(why.reason, "there is no body KS in the plan: check the id");
	json_decref(params);
	asked_free(w);
}
END_TEST

START_TEST(one_is_shown_with_what_is_below_it)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "close", "U-2", "{'as':'done','reference':'RS § 9'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'U-2'}", COLUMNS("assignment", "state", "measures_below"),
		 "'U-2' 'closed' [{'measure':'HSN-03','title':'x','owner':'akut','status':'done',"
		 "'closed':'done-by-owner'},{'measure':'HSN-07','title':'y','owner':'kir',"
		 "'status':null,'closed':null}]\n");
	HEARD(w, "close", "HSN-03", "{'as':'struck','reference':'RS § 9'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'U-2'}", COLUMNS("assignment", "measures_below"),
		 "'U-2' [{'measure':'HSN-03','title':'x','owner':'akut','status':'done',"
		 "'closed':'struck'},{'measure':'HSN-07','title':'y','owner':'kir',"
		 "'status':null,'closed':null}]\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'U-1'}", COLUMNS("deadlines_below"),
		 "[{'deadline':'RF-1','title':'Uppföljning','due':'2026-06-16','due_original':null,"
		 "'papers':'2026-06-16','state':'open','outcome':null}]\n");
	json_t *rows = ask(w, QUERY_SHOW, "{'item':'U-2'}");
	json_t *events = json_object_get(json_array_get(rows, 0), "events");

	ck_assert_uint_eq(json_array_size(events), 1);
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(events, 0), "type")),
			 "paminn.close");
	json_decref(rows);
	asked_free(w);
}
END_TEST

START_TEST(rows_of_a_measure_say_whose_word_closes_it_where_that_is_the_bodys)
{
	const char *const *names = COLUMNS("measure", "closing", "done_by_owner", "closed");
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	ROWS_ARE(w, QUERY_SHOW, "{'item':'HSN-07'}", names, "'HSN-07' - - -\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'HSN-03'}", names, "'HSN-03' 'body' false null\n");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'HSN-03'}", names, "'HSN-03' 'body' true null\n");
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'RF-1','all':true}", names,
		 "null - - -\n'HSN-03' 'body' true null\n'HSN-07' - - -\n");
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS § 9'}");
	HEARD(w, "close", "HSN-07", "{'as':'struck','reference':'RS § 9','link':'RS/1/2026'}");
	ROWS_ARE(w, QUERY_LIST, "{'deadline':'RF-1','all':true}", names,
		 "null - - -\n"
		 "'HSN-03' 'body' false {'as':'done','at':'2026-05-04T12:00:00+02:00',"
		 "'reference':'RS § 9'}\n"
		 "'HSN-07' 'owner' false {'as':'struck','at':'2026-05-04T12:00:00+02:00',"
		 "'reference':'RS § 9','link':'RS/1/2026'}\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'HSN-03'}", COLUMNS("assignment"), "'U-2'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'RF-1'}", COLUMNS("assignment"), "'U-1'\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'T2'}", COLUMNS("assignment"), "-\n");
	asked_free(w);
}
END_TEST

#define NO_DIFFERENCE(world) \
	ROWS_ARE(world, COMMAND_VERIFY, "{}", COLUMNS("what", "item", "field", "store", "log"), "")

START_TEST(what_is_closed_and_dated_follows_from_the_log)
{
	struct written changed = plan;
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "close", "U-1", "{'as':'struck','reference':'RF § 9','link':'RS/1/2026'}");
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RF § 9','link':'RS/1/2026'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "meeting", "RF", "{'from':'2026-06-23','replaces':'2026-06-16'}");
	NO_DIFFERENCE(w);
	changed.measures = TWO_MEASURES;
	changed.deadlines = HANDED_IN("RF-1", "meeting RF 2026-06", "")
		AND_ASSIGNMENTS("{ id='U-1'; title='x'; answer_by='2026-12-01'; }");
	world_adopt(w, &changed);
	NO_DIFFERENCE(w);
	world_adopt(w, &plan);
	NO_DIFFERENCE(w);
	asked_free(w);
}
END_TEST

START_TEST(an_assignment_that_was_changed_behind_the_log_is_a_difference)
{
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	struct assignment_row row;
	bool found;

	HEARD(w, "close", "U-1", "{'as':'struck','reference':'RF § 9'}");
	ck_assert_int_eq(ledger_find_assignment(w->e.ledger, assignment_id("U-1"), &row, &found),
			 0);
	row.closed_as = CLOSURE_DONE;
	row.answer_by = civil_from_ymd(2027, 1, 1);
	ck_assert_int_eq(ledger_put_assignment(w->e.ledger, &row), 0);
	ROWS_ARE(w, COMMAND_VERIFY, "{}", COLUMNS("what", "item", "field", "store", "log"),
		 "'assignment' 'U-1' 'answer_by' '2027-01-01' '2026-06-16'\n"
		 "'assignment' 'U-1' 'closed_as' 0 1\n");
	assignment_row_done(&row);
	asked_free(w);
}
END_TEST

/* One forecast of what is asked of whom, before and after. */
START_TEST(the_forecast_has_nothing_of_what_the_body_has_closed)
{
	struct written series = plan;
	struct world *w;

	series.deadlines = ASKING("T2", "2026-05-29", "every='RRULE:FREQ=MONTHLY';");
	series.measures = ONE_MEASURE;
	series.steps = "0 owner";
	w = asked_world("2026-05-04 12:00", &series);
	ROWS_ARE(w, QUERY_FORECAST, "{'from':'2026-05-04','until':'2026-07-31'}",
		 COLUMNS("when", "to"),
		 "'2026-05-29T08:00:00+02:00' 'akut'\n'2026-06-29T08:00:00+02:00' 'akut'\n"
		 "'2026-07-29T08:00:00+02:00' 'akut'\n");
	HEARD(w, "close", "HSN-03", "{'as':'struck','reference':'RS § 7'}");
	ROWS_ARE(w, QUERY_FORECAST, "{'from':'2026-05-04','until':'2026-07-31'}",
		 COLUMNS("when", "to"), "");
	asked_free(w);
}
END_TEST

START_TEST(however_many_deadlines_are_below_it_they_are_counted_whole)
{
	struct written many = plan;
	char *deadlines = NULL;
	size_t size;
	FILE *out = open_memstream(&deadlines, &size);
	struct world *w;

	for (int i = 0; i < 45; i++)
		fprintf(out,
			"{ id='D-%d'; title='x'; due='2026-09-16'; responsible='dir'; "
			"inform=['reg']; "
			"ladder='standard'; assignment='U-1'; }, ",
			i);
	fputs(plan.deadlines, out);
	fclose(out);
	many.deadlines = deadlines;
	w = asked_world("2026-05-04 12:00", &many);
	HEARD(w, "submit", "D-44", "{'reference':'x'}");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RF'}",
		 COLUMNS("assignment", "deadlines", "open_deadlines"), "'U-1' 46 45\n'U-0' 0 0\n");
	asked_free(w);
	free(deadlines);
}
END_TEST

/* More is below it than one slice looks at. */
START_TEST(however_much_is_below_it_is_counted_whole)
{
	struct written many = plan;
	char *measures = NULL;
	size_t size;
	FILE *out = open_memstream(&measures, &size);
	struct world *w;

	for (int i = 0; i < 450; i++)
		fprintf(out, "%s{ id='M-%d'; title='x'; owner='akut'; assignment='U-%d'; }",
			i ? ", " : "", i, 2 + i % 2);
	fprintf(out, ", " ONE_MEASURE);
	fclose(out);
	many.measures = measures;
	w = asked_world("2026-05-04 12:00", &many);
	HEARD(w, "status", "M-448", "{'status':'done'}");
	ROWS_ARE(w, QUERY_ASSIGNMENTS, "{'body':'RS'}",
		 COLUMNS("assignment", "measures", "open_measures"),
		 "'U-1' 0 0\n'U-2' 225 224\n'U-3' 225 225\n");
	ROWS_ARE(w, QUERY_SHOW, "{'item':'U-2'}", COLUMNS("open_measures"), "224\n");
	asked_free(w);
	free(measures);
}
END_TEST

UNIT_TESTS("engine/inquiry/assignments", UNIT(all_of_them_are_listed_oldest_first),
	   UNIT(a_row_says_what_was_given_and_how_it_stands),
	   UNIT(what_is_closed_says_how_and_is_left_out_where_only_the_open_are_asked_for),
	   UNIT(a_body_that_is_not_there_is_refused), UNIT(one_is_shown_with_what_is_below_it),
	   UNIT(rows_of_a_measure_say_whose_word_closes_it_where_that_is_the_bodys),
	   UNIT(what_is_closed_and_dated_follows_from_the_log),
	   UNIT(an_assignment_that_was_changed_behind_the_log_is_a_difference),
	   UNIT(the_forecast_has_nothing_of_what_the_body_has_closed),
	   UNIT(however_many_deadlines_are_below_it_they_are_counted_whole),
	   UNIT(however_much_is_below_it_is_counted_whole))
