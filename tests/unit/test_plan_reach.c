/* SPDX-License-Identifier: Apache-2.0 */
/* Who has nobody above or beside them to be told: one warning of a cause, with all that it leads to. */
#include "tests/unit/plan_sample.h"

/* clang-format off */
#define MANAGED(id) "{ id='" id "'; name='A'; mail='a@region.se'; manager='dir'; },\n"
#define ALONE(id) "{ id='" id "'; name='A'; mail='a@region.se'; },\n"
#define OWNS(id, owner, more) "{ id='" id "'; title='A'; owner='" owner "'; " more "},\n"
#define DEADLINE(id, more) "{ id='" id "'; title='A'; due='2026-06-16'; inform=['stod']; ladder='standard'; " more "}\n"
#define SEVEN \
	ALONE("a") ALONE("b") ALONE("c") ALONE("d") ALONE("e") ALONE("f") ALONE("g")
#define SEVENS(more) \
	OWNS("A-1", "a", "") OWNS("A-2", "b", "") OWNS("A-3", "c", "") OWNS("A-4", "d", "") \
	OWNS("A-5", "e", "") OWNS("A-6", "f", more) OWNS("A-7", "g", "")
#define ASKS DEADLINE("RS-1", "answers_from=['A-*'];")
#define LATE "{ at='+1wd'; to=['owner', 'manager']; }"
/* clang-format on */

/* The first of the people is on line 2 of the plan. */
static const struct {
	int line;
	const char *people, *measures, *deadlines, *steps, *alerts, *findings;
} rows[] = {
	{ __LINE__, MANAGED("a"), OWNS("A-1", "a", ""), ASKS, LATE, "", "" },
	{ __LINE__, ALONE("a"), OWNS("A-1", "a", ""), ASKS, LATE, "",
	  PLAN ":2: warning: a has no manager: nobody above hears of a missing answer (+1wd)\n" },
	{ __LINE__, ALONE("a") MANAGED("b") ALONE("c"),
	  OWNS("A-1", "c", "") OWNS("A-2", "a", "") OWNS("A-3", "b", ""), ASKS, LATE,
	  "{ when='off-track'; to=['manager']; }",
	  PLAN ":2: warning: a and c have no manager: nobody above hears of a missing answer "
	       "(+1wd) or a measure off track\n" },
	/* All that it leads to, each once. */
	{ __LINE__, MANAGED("b") ALONE("a"), OWNS("A-1", "a", ""), ASKS,
	  "{ at='0'; to=['manager', 'deputy']; }, " LATE,
	  "{ when='needs-support'; to=['manager']; }, { when='light'; to=['manager']; }, "
	  "{ when='effect-below'; percent=80; to=['manager']; }, "
	  "{ when='effect-below'; percent=50; to=['manager']; }",
	  PLAN ":3: warning: a has no manager: nobody above hears of a missing answer (0, +1wd), a "
	       "measure that needs support, an effect below its plan or a light that turns yellow "
	       "or red\n" PLAN
	       ":3: warning: a has no deputy: nobody beside them hears of a missing answer (0)\n" },
	{ __LINE__, ALONE("a"), OWNS("A-1", "a", ""), ASKS, "{ at='0'; to=['owner']; }",
	  "{ when='off-track'; to=['manager']; }",
	  PLAN ":2: warning: a has no manager: nobody above hears of a measure off track\n" },
	/* Of many, the first: the line tells where they are. */
	{ __LINE__, SEVEN, SEVENS(""), ASKS, LATE, "",
	  PLAN ":2: warning: a, b, c and 4 more have no manager: nobody above hears of a missing "
	       "answer (+1wd)\n" },
	/* Somebody of whom nothing is asked misses nothing. */
	{ __LINE__, SEVEN, SEVENS("status='done'; "), ASKS, LATE, "",
	  PLAN ":2: warning: a, b, c, d, e and g have no manager: nobody above hears of a missing "
	       "answer (+1wd)\n" },
	{ __LINE__, ALONE("a"), OWNS("A-1", "a", "status='cancelled'; "), ASKS, LATE,
	  "{ when='off-track'; to=['manager']; }", "" },
	{ __LINE__, ALONE("a"), OWNS("A-1", "a", ""), "", LATE, "", "" },
	/* Who hands over the whole; nobody is above the support function. */
	{ __LINE__, ALONE("a") MANAGED("b"), OWNS("A-1", "b", ""),
	  DEADLINE("RS-1", "answers_from=['A-*']; responsible='a';"), LATE, "",
	  PLAN ":2: warning: a has no manager: nobody above hears of a missing answer (+1wd)\n" },
	{ __LINE__, MANAGED("b"), OWNS("A-1", "b", ""),
	  DEADLINE("RS-1", "answers_from=['A-*']; responsible='stod';"), LATE, "", "" },
	/* A deadline without a responsible, whom steps name. */
	{ __LINE__, MANAGED("b"), OWNS("A-1", "b", ""), ASKS,
	  "{ at='0'; to=['responsible']; }, { at='+3wd'; to=['responsible', 'owner']; }", "",
	  PLAN ":9: warning: RS-1 has no responsible, whom its ladder names at 0, +3wd\n" },
	/* What could not be read is not known to lack anything. */
	{ __LINE__, "{ id='a'; name='A'; mail='a@region.se'; manager='boss'; },\n",
	  OWNS("A-1", "a", ""), ASKS, LATE, "",
	  PLAN ":2: manager \"boss\" is not among the people\n" },
};

/* With ' for ". */
static void put(FILE *file, const char *text)
{
	for (; *text; text++)
		fputc(*text == '\'' ? '"' : *text, file);
}

static void write_plan(int row)
{
	char ladders[1000];
	const char *from = strstr(sample_main, "ladders = (");
	FILE *file = fopen(PLAN, "w");

	ck_assert_ptr_nonnull(file);
	put(file, "systems = ( { id='ekonomi'; } ); people = (\n");
	put(file, rows[row].people);
	put(file, "{ id='dir'; name='A'; mail='a@region.se'; },\n"
		  "{ id='stod'; name='A'; mail='a@region.se'; roles=['support']; } );\n"
		  "measures = (\n");
	put(file, rows[row].measures);
	put(file, "{ id='Z-1'; title='A'; owner='stod'; } );\ndeadlines = (\n");
	put(file, rows[row].deadlines);
	put(file, ");\n");
	ck_assert_int_eq(fclose(file), 0);
	snprintf(ladders, sizeof(ladders),
		 "ladders = ( { name='standard'; steps=( %s ); } ); alerts = ( %s );\n",
		 rows[row].steps, rows[row].alerts);
	file = fopen(MAIN, "w");
	ck_assert_ptr_nonnull(file);
	fprintf(file, "%.*s", (int)(from - sample_main), sample_main);
	put(file, ladders);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(what_somebody_lacks_is_told_once_with_what_it_leads_to)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	sample_folder();
	sample_files(NULL, NULL, NULL);
	write_plan(_i);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/review_reach",
	   UNIT_ROWS(what_somebody_lacks_is_told_once_with_what_it_leads_to, UNIT_COUNT(rows)))
