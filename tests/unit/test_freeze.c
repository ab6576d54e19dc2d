/* SPDX-License-Identifier: Apache-2.0 */
/* When a paper is frozen, and when not: what became of its deadline before its time came. */
#include "engine/freeze.h"

#include "tests/unit/engine_fixture.h"

#define AND_ASSIGNMENT(more) "); assignments=( { id='U-1'; title='Uppdrag'; " more " }"
#define FROZEN(due) HANDED_IN("RS-58", due, "") AND_ASSIGNMENT("")
static const struct written plan = { .deadlines = FROZEN("2026-05-15"),
				     .steps = "+200d owner",
				     .alerts = "" };

static struct world *papers_of(const char *begins, const struct written *written)
{
	struct world *w = world_new(begins, written);

	w->tells_papers = true;
	w->says = "/local/anna";
	return w;
}

/* The day of its newest paper; "": it has none. */
static const char *dated(struct world *w, char out[static CIVIL_TEXT])
{
	struct frozen_row newest __attribute__((cleanup(frozen_row_done))) = { .content = NULL };
	json_t *content;
	bool found;

	ck_assert_int_eq(ledger_find_frozen(w->e.ledger, deadline_id("RS-58"), &newest, &found), 0);
	out[0] = '\0';
	if (!found)
		return out;
	content = json_loads(newest.content, 0, NULL);
	snprintf(out, CIVIL_TEXT, "%s", json_string_value(json_object_get(content, "dated")));
	json_decref(content);
	return out;
}

/* It has the last day on which it could be answered, or the earlier one on which it was handed over. */
static const struct {
	int line;
	const char *due, *submitted, *dated;
} days[] = {
	{ __LINE__, "2026-05-15", NULL, "2026-05-15" },
	{ __LINE__, "2026-05-15 12:00", NULL, "2026-05-15" },
	{ __LINE__, "2026-05-15 12:00", "2026-05-15 10:00", "2026-05-15" },
	{ __LINE__, "2026-05-15", "2026-05-11 10:00", "2026-05-11" },
};

START_TEST(a_paper_has_the_day_on_which_it_could_be_answered_at_last)
{
	struct written timed = plan;
	char deadline[600], day[CIVIL_TEXT];
	struct world *w;

	snprintf(
		deadline, sizeof(deadline),
		"{ id='RS-58'; title='U'; decision='d'; due='%s'; responsible='ordf';"
		" answers_from=['HSN-*']; inform=['reg']; ladder='standard'; } " AND_ASSIGNMENT(""),
		days[_i].due);
	timed.deadlines = deadline;
	w = papers_of("2026-05-04 12:00", &timed);
	if (days[_i].submitted) {
		world_to(w, days[_i].submitted);
		HEARD(w, "submit", "RS-58", "{'reference':'dnr 1'}");
	}
	world_to(w, "2026-05-18 12:00");
	ck_assert_msg(strcmp(dated(w, day), days[_i].dated) == 0, "line %d: %s", days[_i].line,
		      day);
	world_free(w);
}
END_TEST

START_TEST(what_left_the_plan_has_no_paper)
{
	struct written without = plan;
	struct world *w = papers_of("2026-05-04 12:00", &plan);
	char day[CIVIL_TEXT];

	without.deadlines = ASKING("B", "2026-08-14", "");
	world_adopt(w, &without);
	world_to(w, "2026-05-18 12:00");
	ck_assert_str_eq(dated(w, day), "");
	ck_assert_ptr_null(strstr(w->tale, "frozen"));
	world_free(w);
}
END_TEST

/* A store that is older than freezing: of what is past by then there is no paper any more. */
static const struct {
	int line;
	const char *at, *dated;
} older[] = {
	{ __LINE__, "2026-05-15 12:00", "2026-05-15" },
	{ __LINE__, "2026-05-18 12:00", "" },
};

START_TEST(a_store_without_freezing_begins_with_what_is_ahead)
{
	struct world *w = papers_of("2026-05-04 12:00", &plan);
	struct deadline_row row = deadline_of(w, "RS-58");
	char day[CIVIL_TEXT];

	row.freeze_at = (struct instant){ 0 };
	row.frozen_for = INSTANT_NONE;
	ck_assert_int_eq(ledger_put_deadline(w->e.ledger, &row), 0);
	world_sleep(w, older[_i].at);
	world_to(w, "2026-05-19 12:00");
	ck_assert_msg(strcmp(dated(w, day), older[_i].dated) == 0, "line %d: %s", older[_i].line,
		      day);
	world_free(w);
}
END_TEST

/* Who decides on it has to have something proposed: by the plan, of it or of its assignment, or by a steward. */
static const struct {
	int line;
	const char *more, *assignment, *proposes; /* of what a steward does */
	const char *tale;
} proposals[] = {
	{ __LINE__, "assignment='U-1';", "given_by='RS';", NULL,
	  "05-18 07:30 alert stod: RS-58 unproposed\n" },
	{ __LINE__, "assignment='U-1';", "", NULL, "05-18 07:30 rereport ordf: RS-58 frozen\n" },
	{ __LINE__, "", "given_by='RS';", NULL, "05-18 07:30 rereport ordf: RS-58 frozen\n" },
	{ __LINE__, "assignment='U-1'; proposal='Att notera.';", "given_by='RS';", NULL,
	  "05-18 07:30 rereport ordf: RS-58 frozen\n" },
	{ __LINE__, "assignment='U-1';", "given_by='RS'; proposal='Att notera.';", NULL,
	  "05-18 07:30 rereport ordf: RS-58 frozen\n" },
	{ __LINE__, "assignment='U-1';", "given_by='RS';", "RS-58",
	  "05-18 07:30 rereport ordf: RS-58 frozen\n" },
	{ __LINE__, "assignment='U-1';", "given_by='RS';", "U-1",
	  "05-18 07:30 rereport ordf: RS-58 frozen\n" },
};

START_TEST(a_paper_without_a_proposal_waits_for_one)
{
	struct written decided = plan;
	char deadlines[700];
	struct world *w;

	snprintf(deadlines, sizeof(deadlines),
		 "{ id='RS-58'; title='U'; decision='d'; due='2026-05-15'; responsible='ordf'; %s"
		 " answers_from=['HSN-*']; inform=['reg']; ladder='standard'; } ); assignments=( "
		 "{ id='U-1'; title='Uppdrag'; %s }",
		 proposals[_i].more, proposals[_i].assignment);
	decided.deadlines = deadlines;
	w = papers_of("2026-05-04 12:00", &decided);
	if (proposals[_i].proposes)
		HEARD(w, "proposal", proposals[_i].proposes, "{'text':'Att tacka.'}");
	world_to(w, "2026-05-18 12:00");
	ck_assert_msg(strcmp(w->tale, proposals[_i].tale) == 0, "line %d: told\n%s",
		      proposals[_i].line, w->tale);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/freeze",
	   UNIT_ROWS(a_paper_has_the_day_on_which_it_could_be_answered_at_last, UNIT_COUNT(days)),
	   UNIT(what_left_the_plan_has_no_paper),
	   UNIT_ROWS(a_store_without_freezing_begins_with_what_is_ahead, UNIT_COUNT(older)),
	   UNIT_ROWS(a_paper_without_a_proposal_waits_for_one, UNIT_COUNT(proposals)))
