/* SPDX-License-Identifier: Apache-2.0 */
/* A measure that was over when the plan came to have it: paminnd.conf(5), `status` of a measure. */
#include "engine/obligation/light.h"
#include "engine/plan_change.h"
#include "tests/unit/ask.h"

#define OVER(id, owner, status, more) \
	"{ id='" id "'; title='Redan klar'; owner='" owner "'; status='" status "'; " more "}"
#define UNDER_WAY ", { id='HSN-07'; title='Samordna inköp'; owner='kir'; }"
#define LIGHTS "{ when = 'light'; to = [ 'owner', 'manager' ]; }"

static const struct written plan = {
	.measures = OVER("HSN-03", "akut", "done", "done_by='2026-03-01';") UNDER_WAY,
	.deadlines = ASKING("T2", "2026-05-15", ""),
	.alerts = LIGHTS,
};
static const struct written without = {
	.measures = "{ id='HSN-03'; title='Redan klar'; owner='akut'; done_by='2026-03-01'; "
		    "}" UNDER_WAY,
	.deadlines = ASKING("T2", "2026-05-15", ""),
	.alerts = "",
};

static struct measure_row row_of(struct world *w, const char *measure)
{
	struct measure_row row;

	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id(measure), &row), 0);
	return row;
}

/* What a measure stands as, as a word. */
static const char *stands(struct world *w, const char *measure)
{
	struct measure_row row = row_of(w, measure);
	const char *name = row.status == STATUS_NONE ? "-" : event_status_name(row.status);

	measure_row_done(&row);
	return name;
}

/* How many things the log, told anew, makes other than the store has them. */
static int verify(struct world *w)
{
	char now[24];
	json_t *rows;
	int differences;

	snprintf(now, sizeof(now), "%lld", (long long)w->now.us);
	ck_assert_int_eq(ledger_set_meta(w->e.ledger, META_LAST_NOW, now), 0);
	rows = ask(w, COMMAND_VERIFY, "{}");
	differences = (int)json_array_size(rows);
	json_decref(rows);
	return differences;
}

/* ---- from the first plan on ---------------------------------------------------------------------- */

START_TEST(what_is_over_when_the_first_plan_comes_asks_nobody_and_is_not_late)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct measure_row row;

	ck_assert_str_eq(stands(w, "HSN-03"), "done");
	ck_assert_int_eq(obligation_of(w, "T2", "HSN-03").withdrawal, WITHDRAWN_MEASURE_CLOSED);
	world_to(w, "2026-05-08 12:00");
	TELLS(w, "04-29 08:00 reminder kir: T2/HSN-07 -10wd\n"
		 "05-07 08:00 reminder kir: T2/HSN-07 -5wd\n");
	ck_assert_int_eq(verify(w), 0);
	row = row_of(w, "HSN-03");
	row.began = STATUS_CANCELLED;
	ck_assert_int_eq(ledger_put_measure(w->e.ledger, &row), 0);
	ck_assert_int_eq(verify(w), 1);
	asked_free(w);
}
END_TEST

START_TEST(any_status_that_is_reported_takes_over)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-01-10 09:00",
				    "{'status':'at-risk'}"),
			 0);
	ck_assert_str_eq(stands(w, "HSN-03"), "at-risk");
	ck_assert_int_eq(obligation_of(w, "T2", "HSN-03").phase, PHASE_LIVE);
	/* The key says how it began, and that it did; nobody refuses it for what came after. */
	world_adopt(w, &(struct written){ .measures = plan.measures,
					  .deadlines = ASKING("T2", "2026-05-20", "") });
	ck_assert_str_eq(stands(w, "HSN-03"), "at-risk");
	ck_assert_int_eq(verify(w), 0);
	asked_free(w);
}
END_TEST

/* ---- from a reload on ---------------------------------------------------------------------------- */

START_TEST(what_a_reload_brings_as_over_asks_nobody)
{
	struct written more = without;
	struct world *w = asked_world("2026-05-04 12:00", &without);

	world_to(w, "2026-05-08 12:00");
	more.measures =
		"{ id='HSN-03'; title='Redan klar'; owner='akut'; done_by='2026-03-01'; }" UNDER_WAY
		", " OVER("HSN-09", "dir", "cancelled", "");
	world_adopt(w, &more);
	ck_assert_str_eq(stands(w, "HSN-09"), "cancelled");
	ck_assert_int_eq(obligation_of(w, "T2", "HSN-09").withdrawal, WITHDRAWN_MEASURE_CLOSED);
	ck_assert_int_eq(verify(w), 0);
	asked_free(w);
}
END_TEST

static const struct {
	int line;
	const char *said;   /* before the plan changes; NULL: nothing */
	const char *before; /* the key in the last plan, and */
	const char *now;    /* in the new one */
	const char *stands; /* afterwards */
	bool refused;
} reloads[] = {
	{ __LINE__, NULL, "", "status='done';", "-", true },
	{ __LINE__, "on-track", "", "status='done';", "on-track", true },
	{ __LINE__, "done", "", "status='cancelled';", "done", true },
	{ __LINE__, "done", "", "status='done';", "done", false },
	{ __LINE__, NULL, "status='done';", "status='cancelled';", "done", true },
	{ __LINE__, "cancelled", "status='done';", "status='cancelled';", "cancelled", false },
	{ __LINE__, NULL, "status='done';", "", "done", false },
	{ __LINE__, "on-track", "status='done';", "status='done';", "on-track", false },
};

static struct written with_key(const char *key, char *text, size_t size)
{
	struct written written = without;

	snprintf(text, size,
		 "{ id='HSN-03'; title='Redan klar'; owner='akut'; %s }, "
		 "{ id='HSN-07'; title='Samordna inköp'; owner='kir'; }",
		 key);
	written.measures = text;
	return written;
}

START_TEST(a_status_of_what_the_plan_has_had_is_refused_with_the_way_to_report_it)
{
	char before[300], now[300], command[80];
	struct written first = with_key(reloads[_i].before, before, sizeof(before)),
		       next = with_key(reloads[_i].now, now, sizeof(now));
	struct world *w = asked_world("2026-05-04 12:00", &first);
	struct plan *in_force, *p;
	struct plan_change done;
	int r;

	if (reloads[_i].said) {
		snprintf(command, sizeof(command), "{'status':'%s'}", reloads[_i].said);
		HEARD(w, "status", "HSN-03", command);
	}
	next.people = PEOPLE ", " PERSON("ny", "");
	in_force = w->e.plan;
	p = plan_of(&next);
	r = plan_change_apply(&w->e, p, w->now, &done);
	ck_assert_msg((r > 0) == reloads[_i].refused, "line %d: %d", reloads[_i].line, r);
	ck_assert_msg((w->e.plan == in_force) == reloads[_i].refused, "line %d", reloads[_i].line);
	ck_assert_str_eq(stands(w, "HSN-03"), reloads[_i].stands);
	snprintf(command, sizeof(command), "paminn status HSN-03 %s",
		 strstr(reloads[_i].now, "cancelled") ? "cancelled" : "done");
	if (r > 0)
		ck_assert_msg(strncmp(done.refused, "p.conf:1: ", 10) == 0 &&
				      strstr(done.refused, command),
			      "line %d: %s", reloads[_i].line, done.refused);
	ck_assert_int_eq(verify(w), 0);
	plan_unref(p);
	asked_free(w);
}
END_TEST

/* As when a spreadsheet is imported anew over a plan that runs. */
START_TEST(of_many_that_are_refused_some_are_named_and_the_rest_counted)
{
	struct written many = { .deadlines = ASKING("T2", "2026-05-15", "") };
	char texts[2][4000] = { "", "" };
	struct plan_change done;
	struct world *w;
	struct plan *p;

	for (int i = 0; i < 30; i++)
		for (int over = 0; over < 2; over++)
			tell(texts[over], sizeof(texts[over]),
			     "%s{ id='HSN-%02d'; title='A'; owner='akut'; %s }", i ? ", " : "", i,
			     over ? "status='done';" : "");
	many.measures = texts[0];
	w = asked_world("2026-05-04 12:00", &many);
	many.measures = texts[1];
	p = plan_of(&many);
	ck_assert_int_eq(plan_change_apply(&w->e, p, w->now, &done), 30);
	ck_assert_msg(strstr(done.refused, "paminn status HSN-00 done\n") &&
			      strstr(done.refused, "\nand 24 more of these") &&
			      strstr(done.refused, "paminn status HSN-05 done\nand"),
		      "%s", done.refused);
	plan_unref(p);
	asked_free(w);
}
END_TEST

/* It was in a plan before, so that what was said of it then stands. */
START_TEST(what_is_put_back_as_over_is_refused_unless_it_is)
{
	struct written away = without;
	struct world *w = asked_world("2026-05-04 12:00", &without);
	struct plan *p = plan_of(&plan);
	struct plan_change done;

	away.measures = "{ id='HSN-07'; title='Samordna inköp'; owner='kir'; }";
	world_adopt(w, &away);
	ck_assert_int_gt(plan_change_apply(&w->e, p, w->now, &done), 0);
	world_adopt(w, &without);
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	world_adopt(w, &away);
	ck_assert_int_eq(plan_change_apply(&w->e, p, w->now, &done), 0);
	plan_unref(p);
	asked_free(w);
}
END_TEST

/* ---- what is said of it -------------------------------------------------------------------------- */

static json_t *row_in(json_t *rows, const char *measure)
{
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		const char *id = json_string_value(json_object_get(row, "measure"));

		if (id && strcmp(id, measure) == 0)
			return row;
	}
	ck_abort_msg("no row of %s", measure);
}

#define TEXT_IS(object, member, expected) \
	ck_assert_str_eq(json_string_value(json_object_get(object, member)), expected)

START_TEST(show_list_and_board_say_that_it_is_done_and_not_since_when)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *shown = ask(w, QUERY_SHOW, "{'item':'HSN-03'}"),
	       *list = ask(w, QUERY_LIST, "{'all':true}"),
	       *board = ask(w, QUERY_BOARD, "{'of':'T2'}"), *course;

	TEXT_IS(json_array_get(shown, 0), "status", "done");
	ck_assert(json_is_null(json_object_get(json_array_get(shown, 0), "reported_at")));
	TEXT_IS(row_in(list, "HSN-03"), "status", "done");
	TEXT_IS(row_in(list, "HSN-03"), "state", "withdrawn");
	/* The one that was withdrawn for that. */
	ck_assert(json_is_true(json_object_get(row_in(list, "HSN-03"), "over")));
	ck_assert_ptr_null(json_object_get(row_in(list, "HSN-07"), "over"));
	course = json_object_get(
		row_in(json_object_get(json_array_get(board, 0), "rows"), "HSN-03"), "statuses");
	ck_assert_uint_eq(json_array_size(course), 1);
	TEXT_IS(json_array_get(course, 0), "status", "done");
	ck_assert(json_is_null(json_object_get(json_array_get(course, 0), "at")));
	json_decref(shown);
	json_decref(list);
	json_decref(board);
	asked_free(w);
}
END_TEST

/* Of a plan that uses nothing that has a paper, and of one whose deadline was handed in before. */
START_TEST(a_plain_report_says_it_too)
{
	static const struct written plain = {
		.measures = OVER("HSN-03", "akut", "done", "") UNDER_WAY,
		.deadlines = HANDED_IN("T2", "2026-05-15", ""),
	};
	struct written more = plain;
	struct world *w = asked_world("2026-04-22 12:00", &plain);
	json_t *report;

	world_to(w, "2026-05-08 12:00");
	w->says = "ordf";
	HEARD(w, "submit", "T2", "{'reference':'1'}");
	more.measures = OVER("HSN-03", "akut", "done", "") UNDER_WAY
		", " OVER("HSN-09", "dir", "cancelled", "");
	world_adopt(w, &more);
	report = ask(w, QUERY_REPORT, "{'deadline':'T2'}");
	TEXT_IS(row_in(json_object_get(json_array_get(report, 0), "rows"), "HSN-03"), "status",
		"done");
	TEXT_IS(row_in(json_object_get(json_array_get(report, 0), "rows"), "HSN-09"), "status",
		"cancelled");
	json_decref(report);
	ck_assert_int_eq(verify(w), 0);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/over", UNIT(what_is_over_when_the_first_plan_comes_asks_nobody_and_is_not_late),
	   UNIT(any_status_that_is_reported_takes_over),
	   UNIT(what_a_reload_brings_as_over_asks_nobody),
	   UNIT_ROWS(a_status_of_what_the_plan_has_had_is_refused_with_the_way_to_report_it,
		     UNIT_COUNT(reloads)),
	   UNIT(of_many_that_are_refused_some_are_named_and_the_rest_counted),
	   UNIT(what_is_put_back_as_over_is_refused_unless_it_is),
	   UNIT(show_list_and_board_say_that_it_is_done_and_not_since_when),
	   UNIT(a_plain_report_says_it_too))
