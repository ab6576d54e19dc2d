/* SPDX-License-Identifier: Apache-2.0 */
/* What a narrower steward is answered: of each query the rows that are about something of theirs, and nothing else. */
#include "tests/unit/ask.h"

static const struct written plan = {
	.measures = TWO_MEASURES,
	.people = PEOPLE ", " PERSON("smal", "manager='dir'; roles=['steward'];"
					     " steward_of=['HSN-07'];"),
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") "); assignments=("
								  " { id='U-1'; title='T';"
								  " given_to='RS'; }",
};

static struct world *begin(void)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-18 12:00");
	HEARD(w, "absence", "akut", "{'from':'2026-05-18','until':'2026-05-22'}");
	HEARD(w, "request", "HSN-03", "{'deadline':'RS-58','due':'2026-06-20','reason':'r'}");
	return w;
}

/* The rows as text; or, when it may not be asked, its sentence. A viewer's id, or NULL. */
static char *answer(struct world *w, const char *viewer, enum request which, const char *text)
{
	json_t *params = params_of(text), *rows;
	struct question question = { which, params,
				     viewer ? plan_person(w->e.plan, person_id(viewer)) : NULL };
	struct rejection why = { .reason = "" };
	struct inquiry *q = NULL;
	char *out;
	int r;

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	r = inquiry_new(&q, &w->e, question, w->now, &why);
	ck_assert_int_ge(r, 0);
	while (r == 0 && (r = inquiry_work(q, (struct duration){ 1000 })) > 0)
		r = 0;
	rows = why.reason[0] ? NULL : inquiry_rows(q, 0, &(size_t){ 0 });
	out = rows ? json_dumps(rows, JSON_COMPACT) : strdup(why.reason);
	json_decref(rows);
	inquiry_free(q);
	json_decref(params);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	return out;
}

static const struct {
	int line;
	enum request which;
	const char *params;
	const char *has; /* of theirs; NULL: there is nothing */
} lists[] = {
	{ __LINE__, QUERY_LIST, "{'all':true}", "HSN-07" },
	{ __LINE__, QUERY_FORECAST, "{'month':'2026-05'}", "HSN-07" },
	{ __LINE__, QUERY_OUTBOX, "{'state':'delivered'}", "\"kir\"" },
	{ __LINE__, QUERY_TODAY, "{}", "HSN-07" },
	{ __LINE__, QUERY_PEOPLE, "{}", "\"kir\"" },
	/* Dates that a measure of theirs answers. */
	{ __LINE__, QUERY_CALENDAR, "{}", "RS-58" },
	{ __LINE__, QUERY_REQUESTS, "{}", NULL },
	{ __LINE__, QUERY_ASSIGNMENTS, "{}", NULL },
	{ __LINE__, QUERY_BODIES, "{}", NULL },
	{ __LINE__, QUERY_MEETINGS, "{}", NULL },
	{ __LINE__, QUERY_ABSENCES, "{}", NULL },
};

START_TEST(of_each_list_the_rows_that_are_theirs)
{
	struct world *w = begin();
	char *all = answer(w, NULL, lists[_i].which, lists[_i].params);
	char *theirs = answer(w, "smal", lists[_i].which, lists[_i].params);

	/* There is something that is not theirs, and they are not told of it. */
	ck_assert_msg(strcmp(all, "[]") != 0 && strcmp(all, theirs) != 0, "line %d: %s",
		      lists[_i].line, all);
	ck_assert_msg(!strstr(theirs, "HSN-03") && !strstr(theirs, "akut"), "line %d: %s",
		      lists[_i].line, theirs);
	ck_assert_msg(lists[_i].has ? strstr(theirs, lists[_i].has) != NULL
				    : strcmp(theirs, "[]") == 0,
		      "line %d: %s", lists[_i].line, theirs);
	free(all);
	free(theirs);
	asked_free(w);
}
END_TEST

static const struct {
	int line;
	enum request which;
	const char *params;
	const char *not_theirs; /* NULL: it is answered */
} asks[] = {
	{ __LINE__, QUERY_SHOW, "{'item':'HSN-07'}", NULL },
	{ __LINE__, QUERY_SHOW, "{'item':'kir'}", NULL },
	{ __LINE__, QUERY_SHOW, "{'item':'smal'}", NULL },
	{ __LINE__, QUERY_SHOW, "{'item':'HSN-03'}", "HSN-03" },
	{ __LINE__, QUERY_SHOW, "{'item':'akut'}", "akut" },
	{ __LINE__, QUERY_SHOW, "{'item':'RS-58'}", "RS-58" },
	{ __LINE__, QUERY_SHOW, "{'item':'RS'}", "RS" },
	{ __LINE__, QUERY_WHY, "{'item':'HSN-07'}", NULL },
	{ __LINE__, QUERY_WHY, "{'item':'HSN-03'}", "HSN-03" },
	{ __LINE__, QUERY_REPORT, "{'deadline':'RS-58'}", "RS-58" },
	/* What readers see. */
	{ __LINE__, QUERY_BOARD, "{}", NULL },
};

START_TEST(of_one_thing_what_is_theirs)
{
	struct world *w = begin();
	char *said = answer(w, "smal", asks[_i].which, asks[_i].params), expected[200];

	snprintf(expected, sizeof(expected),
		 "%s is not theirs: steward_of in the plan names what is",
		 asks[_i].not_theirs ? asks[_i].not_theirs : "");
	if (asks[_i].not_theirs)
		ck_assert_msg(strcmp(said, expected) == 0, "line %d: %s", asks[_i].line, said);
	else
		ck_assert_msg(said[0] == '[' && said[1] == '{', "line %d: %s", asks[_i].line, said);
	free(said);
	asked_free(w);
}
END_TEST

START_TEST(a_query_that_nobody_has_thought_of_answers_nothing)
{
	struct world *w = begin();
	char *said = answer(w, "smal", QUERY_SESSIONS, "{}");

	ck_assert_str_eq(said, "[]");
	free(said);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/sieve",
	   UNIT_ROWS(of_each_list_the_rows_that_are_theirs, UNIT_COUNT(lists)),
	   UNIT_ROWS(of_one_thing_what_is_theirs, UNIT_COUNT(asks)),
	   UNIT(a_query_that_nobody_has_thought_of_answers_nothing))
