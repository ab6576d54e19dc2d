/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a paper tells of: what has changed since what it is compared with, what is asked for of what it is about, and the
 * bytes that were frozen.
 *
 * Seen to fail: without due_then in engine/inquiry/past.c; without is_moot, is_later or the assignment's deadlines in
 * paper_requests.c, without the assignment in is_last of paper_people.c, without the last condition of paper_track_bare, and with
 * parts of a frozen paper that end anywhere.
 */
#include "engine/obligation/freeze_time.h"
#include "ledger/frozen_rows.h"
#include "tests/unit/ask.h"

static const struct written tracked = {
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }",
	.meetings = "{ body='RS'; from='2026-03-17'; }, { body='RS'; from='2026-06-16'; }",
	.measures = "{ id='HSN-03'; title='Inhyrda'; owner='akut'; done_by='2026-06-30'; }",
	.deadlines = ASKING("RS-58", "meeting RS 2026-06", "responsible='ordf';"),
};

static json_t *report(struct world *w, const char *params)
{
	json_t *rows = ask(w, QUERY_REPORT, params);
	json_t *one = json_incref(json_array_get(rows, 0));

	json_decref(rows);
	return one;
}

/* "of_answer from -> to (reference)" a line. */
static const char *moves_of(const json_t *report)
{
	static char text[2000];
	size_t i;
	json_t *one;

	text[0] = '\0';
	json_array_foreach (json_object_get(json_object_get(report, "changes"), "moved"), i, one)
		tell(text, sizeof(text), "%s%s%s -> %s, %s\n",
		     json_string_value(json_object_get(one, "measure")),
		     json_is_true(json_object_get(one, "of_answer")) ? " answer" : " ",
		     json_is_string(json_object_get(one, "from"))
			     ? json_string_value(json_object_get(one, "from"))
			     : "",
		     json_string_value(json_object_get(one, "to")),
		     json_string_value(json_object_get(one, "reference")));
	return text;
}

START_TEST(what_was_moved_since_is_told_from_where_it_stood)
{
	struct world *w = asked_world("2026-01-07 12:00", &tracked);
	json_t *one;

	w->says = "stod";
	w->now = instant_of("2026-02-10 12:00");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-08-31','reference':'RS § 1'}");
	w->now = instant_of("2026-04-10 12:00");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-10-30','reference':'RS § 2'}");
	HEARD(w, "extend", "HSN-03",
	      "{'deadline':'RS-58','due':'2026-06-08','reference':'RS § 3'}");
	w->now = instant_of("2026-05-11 12:00");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-12-18','reference':'RS § 4'}");
	one = report(w, "{'body':'RS'}");
	ck_assert_str_eq(moves_of(one), "HSN-03 2026-10-30 -> 2026-12-18, RS § 4\n"
					"HSN-03 answer -> 2026-06-08, RS § 3\n"
					"HSN-03 2026-08-31 -> 2026-10-30, RS § 2\n");
	json_decref(one);
	asked_free(w);
}
END_TEST

/* ---- what is asked for ------------------------------------------------------------------------------- */

/* An assignment of the body's, one of its own measures beside it, and a deadline that a date answers. */
static const struct written assigned = {
	.people = PEOPLE ", " PERSON("nils", "roles=['steward'];"),
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }, { id='HSN'; "
		  "name='Nämnden'; }",
	.meetings = "{ body='RS'; from='2026-03-17'; }, { body='RS'; from='2026-06-16'; }",
	.measures = "{ id='HSN-03'; title='Inhyrda'; owner='akut'; done_by='2026-06-30'; "
		    "assignment='U-1'; }, "
		    "{ id='HSN-07'; title='Inköp'; owner='kir'; assignment='U-1'; }, "
		    "{ id='M-1'; title='Annat'; owner='kir'; done_by='2026-06-30'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-06",
			       "assignment='U-1';") ", "
						    "{ id='D-1'; title='Svar'; due='2026-05-20'; "
						    "assignment='U-1'; responsible='dir'; "
						    "inform=['stod']; ladder='standard'; "
						    "answers_from=['HSN-07']; }, "
						    "{ id='D-2'; title='Annat'; due='2026-05-20'; "
						    "responsible='kir'; inform=['reg']; "
						    "ladder='standard'; answers_from=['M-1']; }"
						    "); periods=( { name='T1'; from='2026-01-01'; "
						    "until='2026-04-30'; }, "
						    "{ name='T2'; from='2026-05-01'; "
						    "until='2026-08-31'; } ); assignments=( "
						    "{ id='U-1'; title='Ett'; given_by='RS'; "
						    "given_to='RS'; closing='body'; }, "
						    "{ id='U-2'; title='Två'; given_by='RS'; "
						    "given_to='HSN'; closing='body'; }",
};

/* A member of each entry of a list: "a b". */
static const char *members(const json_t *list, const char *const *names)
{
	static char text[2000];
	size_t i;
	json_t *one;

	text[0] = '\0';
	json_array_foreach (list, i, one) {
		tell(text, sizeof(text), "%s", i ? " " : "");
		for (size_t n = 0; names[n]; n++) {
			const char *value = json_string_value(json_object_get(one, names[n]));

			tell(text, sizeof(text), "%s%s", n ? "/" : "", value ? value : "");
		}
	}
	return text;
}

#define LIST_IS(world, params, list, expected, ...)                                   \
	do {                                                                          \
		json_t *one_ = report(world, params);                                 \
		ck_assert_str_eq(members(json_object_get(one_, list),                 \
					 (const char *const[]){ __VA_ARGS__, NULL }), \
				 expected);                                           \
		json_decref(one_);                                                    \
	} while (0)
#define REQUESTS_ARE(world, params, expected) \
	LIST_IS(world, params, "requests", expected, "deadline", "measure")

START_TEST(what_is_asked_for_is_told_where_it_is_of)
{
	struct world *w = asked_world("2026-05-04 12:00", &assigned);

	HEARD(w, "request", "HSN-03", "{'due':'2026-10-30','reason':'Ett.'}");
	w->says = "kir";
	HEARD(w, "request", "HSN-07", "{'deadline':'RS-58','due':'2026-06-12','reason':'Två.'}");
	HEARD(w, "request", "M-1", "{'due':'2026-10-30','reason':'Tre.'}");
	w->says = "ordf";
	HEARD(w, "request", "RS-58", "{'due':'2026-06-12','reason':'Fyra.'}");
	w->says = "dir";
	HEARD(w, "request", "D-1", "{'due':'2026-06-12','reason':'Fem.'}");
	REQUESTS_ARE(w, "{'deadline':'RS-58'}", "/HSN-03 RS-58/HSN-07 RS-58/");
	REQUESTS_ARE(w, "{'deadline':'D-1'}", "D-1/");
	REQUESTS_ARE(w, "{'deadline':'D-2'}", "/M-1");
	REQUESTS_ARE(w, "{'assignment':'U-1'}", "/HSN-03 RS-58/HSN-07 RS-58/ D-1/");
	REQUESTS_ARE(w, "{'body':'RS'}", "/HSN-03 RS-58/HSN-07 RS-58/ D-1/");
	REQUESTS_ARE(w, "{'body':'HSN'}", "");
	/* Asked for in the next period. */
	REQUESTS_ARE(w, "{'deadline':'RS-58','period':'T1'}", "");
	REQUESTS_ARE(w, "{'deadline':'RS-58','period':'T2'}", "/HSN-03 RS-58/HSN-07 RS-58/");
	/* Once the papers' date has passed, or they are handed in, the time that was asked for them is no news. */
	w->now = instant_of("2026-06-06 12:00");
	REQUESTS_ARE(w, "{'deadline':'RS-58'}", "/HSN-03 RS-58/HSN-07");
	asked_free(w);
}
END_TEST

START_TEST(who_has_to_do_with_a_bodys_matters)
{
	struct world *w = asked_world("2026-05-04 12:00", &assigned);

	LIST_IS(w, "{'body':'RS'}", "officials", "ordf dir", "id");
	LIST_IS(w, "{'body':'RS'}", "extract_to", "reg stod", "id");
	LIST_IS(w, "{'assignment':'U-1'}", "officials", "ordf dir", "id");
	w->says = "nils";
	HEARD(w, "outcome", "D-1", "{'outcome':'noted','reference':'RS § 1'}");
	LIST_IS(w, "{'body':'RS'}", "extract_to", "reg", "id");
	asked_free(w);
}
END_TEST

/* An assignment without measures is on the body's list until it is closed, and then in the next list of what was. */
START_TEST(an_assignment_without_measures_is_tracked)
{
	struct world *w = asked_world("2026-02-04 12:00", &assigned);

	LIST_IS(w, "{'body':'RS'}", "live", "U-1/HSN-03 U-1/HSN-07 U-2/", "assignment", "measure");
	w->says = "nils";
	HEARD(w, "close", "U-2", "{'as':'done','reference':'RS § 1'}");
	LIST_IS(w, "{'body':'RS'}", "live", "U-1/HSN-03 U-1/HSN-07", "assignment", "measure");
	LIST_IS(w, "{'body':'RS'}", "completed", "U-2/", "assignment", "measure");
	w->now = instant_of("2026-05-04 12:00");
	LIST_IS(w, "{'body':'RS'}", "completed", "", "assignment", "measure");
	asked_free(w);
}
END_TEST

/* ---- what was frozen --------------------------------------------------------------------------------- */

#define PART 49152

/* A letter of two bytes stands across the end of the first part, and one across that of the second. */
START_TEST(a_long_paper_comes_in_parts_that_are_text)
{
	static char content[2 * PART + 100], whole[sizeof(content)];
	struct world *w = asked_world("2026-02-04 12:00", &assigned);
	struct frozen_row frozen = {
		.deadline = "RS-58", .n = 1, .at = w->now, .content = content
	};
	struct deadline_row row = deadline_of(w, "RS-58");
	json_t *rows, *one;
	size_t i;

	memset(content, 'x', sizeof(content) - 1);
	memcpy(content + PART - 1, "å", 2);
	memcpy(content + 2 * PART - 2, "å", 2);
	freeze_hash(content, frozen.sha256);
	frozen.late_at = w->now;
	ck_assert_int_eq(ledger_put_frozen(w->e.ledger, &frozen), 0);
	row.frozen_n = 1;
	ck_assert_int_eq(ledger_put_deadline(w->e.ledger, &row), 0);
	rows = ask(w, QUERY_REPORT, "{'deadline':'RS-58','frozen':true}");
	whole[0] = '\0';
	json_array_foreach (rows, i, one)
		strcat(whole, json_string_value(json_object_get(one, "text")));
	ck_assert_uint_eq(i, 3);
	ck_assert_str_eq(whole, content);
	json_decref(rows);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/paper", UNIT(what_was_moved_since_is_told_from_where_it_stood),
	   UNIT(what_is_asked_for_is_told_where_it_is_of), UNIT(who_has_to_do_with_a_bodys_matters),
	   UNIT(an_assignment_without_measures_is_tracked),
	   UNIT(a_long_paper_comes_in_parts_that_are_text))
