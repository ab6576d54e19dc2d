/* SPDX-License-Identifier: Apache-2.0 */
/* What a paper says has changed since what it is compared with, here a body's since its last meeting. */
#include "tests/unit/ask.h"

static const struct written tracked = {
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }",
	.meetings = "{ body='RS'; from='2026-03-17'; }, { body='RS'; from='2026-06-16'; }",
	.measures = "{ id='HSN-03'; title='Inhyrda'; owner='akut'; done_by='2026-06-30'; }",
	.deadlines = ASKING("RS-58", "meeting RS 2026-06", "responsible='ordf';"),
};

static json_t *report_of_body(struct world *w)
{
	json_t *rows = ask(w, QUERY_REPORT, "{'body':'RS'}");
	json_t *report = json_incref(json_array_get(rows, 0));

	json_decref(rows);
	return report;
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
	json_t *report;

	w->says = "stod";
	w->now = instant_of("2026-02-10 12:00");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-08-31','reference':'RS § 1'}");
	w->now = instant_of("2026-04-10 12:00");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-10-30','reference':'RS § 2'}");
	HEARD(w, "extend", "HSN-03",
	      "{'deadline':'RS-58','due':'2026-06-08','reference':'RS § 3'}");
	w->now = instant_of("2026-05-11 12:00");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-12-18','reference':'RS § 4'}");
	report = report_of_body(w);
	ck_assert_str_eq(moves_of(report), "HSN-03 2026-10-30 -> 2026-12-18, RS § 4\n"
					   "HSN-03 answer -> 2026-06-08, RS § 3\n"
					   "HSN-03 2026-08-31 -> 2026-10-30, RS § 2\n");
	json_decref(report);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/paper", UNIT(what_was_moved_since_is_told_from_where_it_stood))
