/* SPDX-License-Identifier: Apache-2.0 */
/* In which order people see what has numbers in its id: VON-2 before VON-10, wherever it is listed. */
#include "plan/id.h"
#include "tests/unit/ask.h"

/* ---- two ids ------------------------------------------------------------------------------------ */

static const struct {
	int line;
	const char *first, *then;
} pairs[] = {
	{ __LINE__, "VON-1", "VON-2" },
	{ __LINE__, "VON-2", "VON-10" },
	{ __LINE__, "VON-9", "VON-100" },
	{ __LINE__, "VON", "VON-1" },
	{ __LINE__, "U-2-10", "U-10-2" },
	/* With zeros before them they are as many digits, and in order too. */
	{ __LINE__, "HSN-02", "HSN-10" },
	{ __LINE__, "HSN-09", "HSN-10" },
	{ __LINE__, "HSN-099", "HSN-100" },
	/* They are two ids, with and without. */
	{ __LINE__, "HSN-07", "HSN-7" },
	{ __LINE__, "rapport@2026-02-28", "rapport@2026-12-15" },
	{ __LINE__, "rapport@2026-09-30", "rapport@2026-10-01" },
	{ __LINE__, "HSN-1", "KS-1" },
	{ __LINE__, "A", "a" },
};

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

START_TEST(ids_go_by_their_numbers)
{
	const char *first = pairs[_i].first, *then = pairs[_i].then;

	ck_assert_int_eq(sign(id_compare(first, then)), -1);
	ck_assert_int_eq(sign(id_compare(then, first)), 1);
	ck_assert_int_eq(id_compare(first, first), 0);
}
END_TEST

#define LETTERS "019-a"
#define LONGEST 3
#define TEXTS (1 + 5 + 25 + 125)

/* A sort needs one order of all: whatever is before what is before a third is before that too. */
START_TEST(all_ids_are_in_one_order)
{
	static char texts[TEXTS][LONGEST + 1];
	size_t count = 1, before[TEXTS] = { 0 };

	for (size_t at = 0; count < TEXTS; at++)
		for (const char *c = LETTERS; *c; c++)
			*stpcpy(texts[count++], texts[at]) = *c;
	for (size_t i = 0; i < TEXTS; i++)
		for (size_t k = 0; k < TEXTS; k++)
			before[i] += id_compare(texts[k], texts[i]) < 0;
	for (size_t i = 0; i < TEXTS; i++)
		for (size_t k = 0; k < TEXTS; k++)
			ck_assert_int_eq(sign((int)before[i] - (int)before[k]),
					 sign(id_compare(texts[i], texts[k])));
}
END_TEST

/* ---- what is listed ----------------------------------------------------------------------------- */

/* The plan has the third before the second, as a decision may. */
static const struct written plan = {
	.measures = "{ id='HSN-10'; title='Tionde'; owner='kir'; }, "
		    "{ id='HSN-2'; title='Andra'; owner='kir'; }, "
		    "{ id='HSN-1'; title='Första'; owner='kir'; }",
	.bodies = "{ id='N-10'; name='Tionde'; papers='-7wd'; }, { id='N-9'; name='Nionde'; "
		  "papers='-7wd'; }",
	.meetings = "{ body='N-10'; from='2026-06-16'; }, { body='N-9'; from='2026-06-16'; }",
	.deadlines = ASKING("RS-58", "2026-05-15", "") ", " ASKING("RS-6", "2026-05-15", ""),
	.alerts = "",
};

/* Of each row, or of those in a member of the one row, a member, each followed by a blank. */
static char *named(json_t *rows, const char *within, const char *member)
{
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);
	json_t *list = within ? json_object_get(json_array_get(rows, 0), within) : rows, *row;

	json_array_foreach (list, i, row)
		fprintf(out, "%s ", json_string_value(json_object_get(row, member)) ?: "-");
	fclose(out);
	return text;
}

static const struct {
	int line;
	enum request which;
	const char *params, *within, *member, *ids;
} lists[] = {
	{ __LINE__, QUERY_LIST, "{'all':true,'order':'deadline'}", NULL, "measure",
	  "HSN-1 HSN-2 HSN-10 HSN-1 HSN-2 HSN-10 " },
	{ __LINE__, QUERY_LIST, "{'all':true,'order':'deadline'}", NULL, "deadline",
	  "RS-6 RS-6 RS-6 RS-58 RS-58 RS-58 " },
	{ __LINE__, QUERY_LIST, "{'all':true,'order':'owner','deadline':'RS-58'}", NULL, "measure",
	  "HSN-1 HSN-2 HSN-10 " },
	{ __LINE__, QUERY_LIST, "{'all':true,'order':'state','deadline':'RS-58'}", NULL, "measure",
	  "HSN-1 HSN-2 HSN-10 " },
	{ __LINE__, QUERY_SHOW, "{'item':'RS-58'}", "obligations", "measure",
	  "HSN-1 HSN-2 HSN-10 " },
	{ __LINE__, QUERY_BOARD, "{}", NULL, "id", "RS-6 RS-58 " },
	{ __LINE__, QUERY_BOARD, "{'of':'RS-58'}", "coming", "deadline", "RS-6 RS-58 " },
	{ __LINE__, QUERY_CALENDAR, "{'from':'2026-05-01','until':'2026-05-31'}", NULL, "deadline",
	  "- RS-6 RS-58 " },
	{ __LINE__, QUERY_MEETINGS, "{}", NULL, "body", "N-9 N-10 " },
	{ __LINE__, QUERY_REPORT, "{'deadline':'RS-58'}", "rows", "measure",
	  "HSN-1 HSN-2 HSN-10 " },
	/* A paper, and so the board's page, tells of them as the plan does, which is as they were decided. */
	{ __LINE__, QUERY_BOARD, "{'of':'RS-58'}", "rows", "measure", "HSN-10 HSN-2 HSN-1 " },
};

START_TEST(lists_go_by_the_numbers_in_ids_and_a_paper_by_the_plan)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *rows = ask(w, lists[_i].which, lists[_i].params);
	char *ids = named(rows, lists[_i].within, lists[_i].member);

	ck_assert_str_eq(ids, lists[_i].ids);
	free(ids);
	json_decref(rows);
	asked_free(w);
}
END_TEST

START_TEST(absences_go_by_person_and_what_is_due_at_a_meeting_by_id)
{
	const struct written further = {
		.people = PEOPLE ", " PERSON("p-10", "") ", " PERSON("p-2", ""),
		.meetings = "{ body='RS'; from='2026-06-16'; }",
		.deadlines = ASKING("RS-58", "meeting RS 2026-06",
				    "") ", " ASKING("RS-6", "meeting RS 2026-06", ""),
		.alerts = "",
	};
	struct world *w = asked_world("2026-04-22 12:00", &further);
	json_t *rows = ask(w, QUERY_MEETINGS, "{}"), *due;
	char *people;

	due = json_object_get(json_array_get(rows, 0), "deadlines");
	ck_assert_str_eq(json_string_value(json_array_get(due, 0)), "RS-6");
	ck_assert_str_eq(json_string_value(json_array_get(due, 1)), "RS-58");
	json_decref(rows);
	HEARD(w, "absence", "p-10", "{'from':'2026-05-04','until':'2026-05-05'}");
	HEARD(w, "absence", "p-2", "{'from':'2026-05-04','until':'2026-05-05'}");
	HEARD(w, "absence", "p-10", "{'from':'2026-06-04','until':'2026-06-05'}");
	rows = ask(w, QUERY_ABSENCES, "{}");
	people = named(rows, NULL, "person");
	ck_assert_str_eq(people, "p-2 p-10 p-10 ");
	free(people);
	json_decref(rows);
	asked_free(w);
}
END_TEST

UNIT_TESTS("plan/order", UNIT_ROWS(ids_go_by_their_numbers, UNIT_COUNT(pairs)),
	   UNIT(all_ids_are_in_one_order),
	   UNIT(absences_go_by_person_and_what_is_due_at_a_meeting_by_id),
	   UNIT_ROWS(lists_go_by_the_numbers_in_ids_and_a_paper_by_the_plan, UNIT_COUNT(lists)))
