/* SPDX-License-Identifier: Apache-2.0 */
/* The body closes measures and assignments: what follows, and what is said of it. */
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/state.h"

#include "tests/unit/engine_fixture.h"

/* Put behind a plan's deadlines. */
#define AND_ASSIGNMENTS(list) "); assignments=( " list
#define ITS_BODY_CLOSES                                                            \
	"{ id='HSN-03'; title='Färre inhyrda'; owner='akut'; closing='body'; }, " \
	"{ id='HSN-07'; title='Samordna inköp'; owner='kir'; closing='body'; }"
static const struct written plan = { .steps = "-2wd owner", .measures = ITS_BODY_CLOSES };
static const struct written owners = { .steps = "-2wd owner", .measures = TWO_MEASURES };

static struct measure_row measure_of(struct world *w, const char *id)
{
	struct measure_row row = { 0 };

	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id(id), &row), 0);
	return row;
}

#define STANDS(world, id, closed, counts, by_owner)                                       \
	do {                                                                              \
		const struct measure *m_ = plan_measure((world)->e.plan, measure_id(id)); \
		struct measure_row row_ = measure_of(world, id);                          \
		ck_assert_int_eq(measure_is_closed(&row_), closed);                       \
		ck_assert_int_eq(measure_counts_as_closed(m_, &row_), counts);            \
		ck_assert_int_eq(measure_is_done_by_owner(m_, &row_), by_owner);          \
		measure_row_done(&row_);                                                  \
	} while (0)
#define WITHDRAWN_IS(world, deadline, measure, expected) \
	ck_assert_int_eq(obligation_of(world, deadline, measure).withdrawal, WITHDRAWN_##expected)

START_TEST(the_owners_word_answers_and_nobody_nags_until_the_body_closes_it)
{
	struct world *w = world_new("2026-05-11 12:00", &plan);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	STANDS(w, "HSN-03", true, false, true);
	STANDS(w, "HSN-07", false, false, false);
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "05-12 08:00 reminder kir: RS-58/HSN-07 -2wd\n");
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS 2026-06-16 § 90'}");
	ck_assert_ptr_null(w->remarks);
	STANDS(w, "HSN-03", true, true, false);
	world_free(w);
}
END_TEST

START_TEST(one_that_its_owner_closes_is_closed_by_the_owners_word)
{
	struct world *w = world_new("2026-05-11 12:00", &owners);

	HEARD(w, "status", "HSN-03", "{'status':'cancelled'}");
	STANDS(w, "HSN-03", true, true, false);
	world_free(w);
}
END_TEST

START_TEST(what_is_closed_undone_is_withdrawn_and_told_in_the_answer)
{
	struct world *w = world_new("2026-05-04 12:00", &owners);
	struct measure_row row;

	world_to(w, "2026-05-12 12:00");
	w->tale[0] = '\0';
	HEARD(w, "close", "HSN-03",
	      "{'as':'struck','reference':'RS 2026-05-12 § 7','link':'https://x.se/7'}");
	ck_assert_str_eq(
		json_string_value(json_array_get(json_object_get(w->remarks, "warnings"), 0)),
		"1 answer is withdrawn unanswered: nobody is asked for what the "
		"body has closed");
	WITHDRAWN_IS(w, "RS-58", "HSN-03", MEASURE_CLOSED);
	WITHDRAWN_IS(w, "RS-58", "HSN-07", NOT);
	row = measure_of(w, "HSN-03");
	ck_assert_int_eq(row.closed_as, CLOSURE_STRUCK);
	ck_assert_str_eq(row.closed_reference, "RS 2026-05-12 § 7");
	ck_assert_str_eq(row.closed_link, "https://x.se/7");
	ck_assert_int_eq(row.closed_at.us, w->now.us);
	measure_row_done(&row);
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(a_later_status_is_kept_and_restores_nothing)
{
	struct world *w = world_new("2026-05-04 12:00", &owners);
	struct measure_row row;

	HEARD(w, "close", "HSN-03", "{'as':'struck','reference':'RS 2026-05-12 § 7'}");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','note':'Vi fortsätter.'}");
	ck_assert_ptr_nonnull(strstr(
		json_string_value(json_array_get(json_object_get(w->remarks, "warnings"), 0)),
		"the body closed HSN-03 as struck on 2026-05-04 (RS 2026-05-12 § 7)"));
	row = measure_of(w, "HSN-03");
	ck_assert_int_eq(row.status, STATUS_ON_TRACK);
	ck_assert_str_eq(row.note, "Vi fortsätter.");
	measure_row_done(&row);
	STANDS(w, "HSN-03", true, true, false);
	WITHDRAWN_IS(w, "RS-58", "HSN-03", MEASURE_CLOSED);
	world_free(w);
}
END_TEST

START_TEST(nobody_is_asked_for_what_the_body_closed_by_a_later_deadline)
{
	struct written more = owners;
	struct world *w = world_new("2026-05-04 12:00", &owners);

	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS 2026-05-04 § 7'}");
	more.deadlines = ASKING("RS-58", "2026-05-15", "") ", " ASKING("RS-59", "2026-06-15", "");
	world_adopt(w, &more);
	WITHDRAWN_IS(w, "RS-59", "HSN-03", MEASURE_CLOSED);
	WITHDRAWN_IS(w, "RS-59", "HSN-07", NOT);
	world_free(w);
}
END_TEST

START_TEST(said_again_it_is_recorded_anew)
{
	struct world *w = world_new("2026-05-04 12:00", &owners);
	struct measure_row row;

	HEARD(w, "close", "HSN-03", "{'as':'struck','reference':'RS § 7','link':'https://x.se/7'}");
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS § 8'}");
	ck_assert_ptr_nonnull(strstr(
		json_string_value(json_array_get(json_object_get(w->remarks, "warnings"), 0)),
		"HSN-03 was closed already, as struck on 2026-05-04 (RS § 7)"));
	row = measure_of(w, "HSN-03");
	ck_assert_int_eq(row.closed_as, CLOSURE_DONE);
	ck_assert_str_eq(row.closed_reference, "RS § 8");
	ck_assert_ptr_null(row.closed_link);
	measure_row_done(&row);
	world_free(w);
}
END_TEST

START_TEST(a_return_asks_nobody_for_what_the_body_closed)
{
	struct written handed_in = owners;
	struct world *w;

	handed_in.deadlines = HANDED_IN("RS-58", "2026-05-15", "");
	w = world_new("2026-05-04 12:00", &handed_in);
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS § 7'}");
	HEARD(w, "submit", "RS-58", "{'reference':'RS § 8'}");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 9','due':'2026-06-15'}");
	WITHDRAWN_IS(w, "RS-58", "HSN-03", MEASURE_CLOSED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

START_TEST(what_can_not_be_closed_is_told_apart)
{
	struct world *w = world_new("2026-05-04 12:00", &owners);
	const char *data = "{'as':'done','reference':'RS § 7'}";

	REFUSED(w, "close", "RS-58", data, REJECT_UNKNOWN_SUBJECT,
		"RS-58 is a deadline, which its outcome closes");
	REFUSED(w, "close", "X", data, REJECT_UNKNOWN_SUBJECT,
		"there is no measure or assignment X in the plan");
	world_free(w);
}
END_TEST

START_TEST(a_closing_that_changes_in_the_file_changes_how_it_reads_and_nothing_else)
{
	struct world *w = world_new("2026-05-04 12:00", &owners);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	STANDS(w, "HSN-03", true, true, false);
	world_adopt(w, &plan);
	STANDS(w, "HSN-03", true, false, true);
	WITHDRAWN_IS(w, "RS-58", "HSN-07", NOT);
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS § 7'}");
	world_adopt(w, &owners);
	STANDS(w, "HSN-03", true, true, false);
	world_free(w);
}
END_TEST

START_TEST(one_that_left_the_plan_is_closed_still_when_it_is_back)
{
	struct written without = owners;
	struct world *w = world_new("2026-05-04 12:00", &owners);

	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS § 7'}");
	without.measures = "{ id='HSN-07'; title='Samordna inköp'; owner='kir'; }";
	world_adopt(w, &without);
	world_adopt(w, &owners);
	STANDS(w, "HSN-03", true, true, false);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_WITHDRAWN);
	world_free(w);
}
END_TEST

/* ---- assignments ----------------------------------------------------------------------------------- */

#define U_12(more) AND_ASSIGNMENTS("{ id='U-12'; title='Korta köerna'; " more " }")
#define IN_U_12(more)                                                             \
	"{ id='HSN-03'; title='x'; owner='akut'; assignment='U-12'; " more " }, " \
	"{ id='HSN-07'; title='y'; owner='kir'; assignment='U-12'; " more " }"

static struct assignment_row assignment_of(struct world *w, const char *id)
{
	struct assignment_row row = { 0 };
	bool found;

	ck_assert_int_eq(ledger_find_assignment(w->e.ledger, assignment_id(id), &row, &found), 0);
	ck_assert(found);
	return row;
}

/* "open 1/2/0 due 2026-05-15": measures open, done by their owners, deadlines open. */
static const char *standing(struct world *w, const char *id, char out[static 200])
{
	const struct assignment *a = plan_assignment(w->e.plan, assignment_id(id));
	struct assignment_row row = assignment_of(w, id);
	struct below below;
	struct answer_by by;
	char date[CIVIL_TEXT] = "", original[CIVIL_TEXT] = "";

	ck_assert_int_eq(below_look_all(&w->e, a, &below), 0);
	by = assignment_answer_by(a, &row, &below);
	snprintf(out, 200, "%s %zu/%zu/%zu %s%s%s%s",
		 assignment_state_name(assignment_state(a, &row, &below)), below.open_measures,
		 below.done_by_owner, below.open_deadlines,
		 civil_is_none(by.date) ? "" : civil_format(by.date, date),
		 by.provisional ? " prel" : "", civil_is_none(by.original) ? "" : " was ",
		 civil_is_none(by.original) ? "" : civil_format(by.original, original));
	assignment_row_done(&row);
	return out;
}
#define ASSIGNMENT_IS(world, id, expected) \
	ck_assert_str_eq(standing(world, id, (char[200]){ 0 }), expected)

static void estimate_is(struct world *w, const char *id, const char *expected)
{
	struct below below;

	ck_assert_int_eq(
		below_look_all(&w->e, plan_assignment(w->e.plan, assignment_id(id)), &below), 0);
	DAY_IS(below.estimate, expected);
}

START_TEST(an_assignment_of_its_owner_is_closed_when_all_below_it_is)
{
	const struct written below = {
		.measures = IN_U_12(""),
		.deadlines = HANDED_IN("RS-58", "2026-05-15", "assignment='U-12';") U_12(""),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);

	ASSIGNMENT_IS(w, "U-12", "open 2/0/1 2026-05-15");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	ASSIGNMENT_IS(w, "U-12", "open 1/0/1 2026-05-15");
	HEARD(w, "submit", "RS-58", "{'reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "answered 1/0/0 2026-05-15");
	HEARD(w, "status", "HSN-07", "{'status':'cancelled'}");
	ASSIGNMENT_IS(w, "U-12", "answered 0/0/0 2026-05-15");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 2'}");
	ASSIGNMENT_IS(w, "U-12", "closed 0/0/0 2026-05-15");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 3','due':'2026-06-15'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-06-15 was 2026-05-15");
	HEARD(w, "submit", "RS-58", "{'reference':'RS § 4'}");
	ASSIGNMENT_IS(w, "U-12", "answered 0/0/0 2026-06-15 was 2026-05-15");
	world_free(w);
}
END_TEST

START_TEST(without_deadlines_it_is_answered_by_its_measures)
{
	const struct written below = {
		.measures = IN_U_12("closing='body';"),
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12("answer_by='2026-06-06';"),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);

	ASSIGNMENT_IS(w, "U-12", "open 2/0/0 2026-06-05");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "status", "HSN-07", "{'status':'done'}");
	ASSIGNMENT_IS(w, "U-12", "answered 0/2/0 2026-06-05");
	HEARD(w, "close", "HSN-03", "{'as':'done','reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "answered 0/1/0 2026-06-05");
	HEARD(w, "close", "HSN-07", "{'as':'struck','reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "closed 0/0/0 2026-06-05");
	world_free(w);
}
END_TEST

START_TEST(the_estimate_is_the_latest_day_that_an_owner_expects)
{
	const struct written below = {
		.measures = IN_U_12(""),
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12(""),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);

	estimate_is(w, "U-12", "");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','done_forecast':'2026-09-01'}");
	estimate_is(w, "U-12", "2026-09-01");
	HEARD(w, "status", "HSN-07", "{'status':'on-track','done_forecast':'2026-12-01'}");
	estimate_is(w, "U-12", "2026-12-01");
	HEARD(w, "status", "HSN-03", "{'status':'on-track','done_forecast':'2026-10-01'}");
	estimate_is(w, "U-12", "2026-12-01");
	HEARD(w, "status", "HSN-07", "{'status':'done'}");
	estimate_is(w, "U-12", "2026-10-01");
	HEARD(w, "close", "HSN-03", "{'as':'struck','reference':'RS § 1'}");
	estimate_is(w, "U-12", "");
	world_free(w);
}
END_TEST

START_TEST(one_with_nothing_below_it_is_open_until_its_body_closes_it)
{
	const struct written alone = {
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12(""),
	};
	struct world *w = world_new("2026-05-04 12:00", &alone);

	ASSIGNMENT_IS(w, "U-12", "open 0/0/0 ");
	HEARD(w, "close", "U-12", "{'as':'done','reference':'RF § 1','link':'RS/1/2026'}");
	ck_assert_ptr_null(w->remarks);
	ASSIGNMENT_IS(w, "U-12", "closed 0/0/0 ");
	world_free(w);
}
END_TEST

START_TEST(its_body_closes_it_whatever_is_below_and_the_answer_says_what_is)
{
	const struct written below = {
		.measures = IN_U_12(""),
		.deadlines = HANDED_IN("RS-58", "2026-05-15", "assignment='U-12';")
			U_12("closing='body';"),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);
	struct assignment_row row;

	HEARD(w, "close", "U-12", "{'as':'struck','reference':'RF § 1','link':'RS/1/2026'}");
	ck_assert_str_eq(
		json_string_value(json_array_get(json_object_get(w->remarks, "warnings"), 0)),
		"below U-12 2 measures and 1 deadline are open, and go on as before: "
		"close them, or let their owners end them");
	ASSIGNMENT_IS(w, "U-12", "closed 2/0/1 2026-05-15");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	row = assignment_of(w, "U-12");
	ck_assert_int_eq(row.closed_as, CLOSURE_STRUCK);
	ck_assert_str_eq(row.closed_reference, "RF § 1");
	ck_assert_str_eq(row.closed_link, "RS/1/2026");
	assignment_row_done(&row);
	HEARD(w, "close", "U-12", "{'as':'done','reference':'RF § 2'}");
	row = assignment_of(w, "U-12");
	ck_assert_int_eq(row.closed_as, CLOSURE_DONE);
	ck_assert_ptr_null(row.closed_link);
	assignment_row_done(&row);
	world_free(w);
}
END_TEST

START_TEST(what_is_said_of_an_assignment_that_is_for_what_is_below_it_is_refused_and_says_so)
{
	const struct written alone = {
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12(""),
	};
	struct world *w = world_new("2026-05-04 12:00", &alone);

	REFUSED(w, "status", "U-12", "{'status':'done'}", REJECT_UNKNOWN_SUBJECT,
		"U-12 is an assignment: name one of its measures");
	REFUSED(w, "submit", "U-12", "{'reference':'x'}", REJECT_UNKNOWN_SUBJECT,
		"U-12 is an assignment: name one of its deadlines");
	REFUSED(w, "extend", "U-12", "{'reference':'x','due':'2026-06-01'}", REJECT_UNKNOWN_SUBJECT,
		"U-12 is an assignment: name one of its deadlines");
	world_free(w);
}
END_TEST

START_TEST(where_its_body_closes_it_what_is_below_does_not)
{
	const struct written below = {
		.measures = IN_U_12(""),
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12("closing='body';"),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "status", "HSN-07", "{'status':'done'}");
	ASSIGNMENT_IS(w, "U-12", "answered 0/0/0 ");
	world_free(w);
}
END_TEST

START_TEST(its_date_follows_its_meeting)
{
	const struct written dated = {
		.meetings = "{ body='RS'; from='2026-06-16'; }",
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12(
			"answer_by='meeting RS 2026-06'; given='2024-11-27';") ", { id='U-13'; "
									       "title='x'; "
									       "answer_by='meeting "
									       "RS 2026-10'; }",
	};
	struct world *w = world_new("2026-05-04 12:00", &dated);

	ASSIGNMENT_IS(w, "U-12", "open 0/0/0 2026-06-16");
	ASSIGNMENT_IS(w, "U-13", "open 0/0/0 2026-10-30 prel");
	HEARD(w, "meeting", "RS", "{'from':'2026-07-01','replaces':'2026-06-16'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/0 2026-07-01 was 2026-06-16");
	HEARD(w, "meeting", "RS", "{'from':'2026-10-20'}");
	ASSIGNMENT_IS(w, "U-13", "open 0/0/0 2026-10-20");
	HEARD(w, "meeting", "RS", "{'from':'2026-10-20','replaces':'2026-10-20','cancelled':true}");
	ASSIGNMENT_IS(w, "U-13", "open 0/0/0 2026-10-30 prel was 2026-10-20");
	world_free(w);
}
END_TEST

START_TEST(the_files_date_changes_and_the_one_before_stays_visible)
{
	struct written dated = {
		.meetings = "{ body='RS'; from='2026-06-16'; }, { body='RS'; from='2026-10-20'; }",
		.deadlines =
			ASKING("RS-58", "2026-05-15", "") U_12("answer_by='meeting RS 2026-06';"),
	};
	struct world *w = world_new("2026-05-04 12:00", &dated);

	dated.deadlines = ASKING("RS-58", "2026-05-15", "") U_12("answer_by='meeting RS 2026-10';");
	world_adopt(w, &dated);
	ASSIGNMENT_IS(w, "U-12", "open 0/0/0 2026-10-20 was 2026-06-16");
	dated.deadlines = ASKING("RS-58", "2026-05-15", "") U_12("answer_by='2026-06-16';");
	world_adopt(w, &dated);
	ASSIGNMENT_IS(w, "U-12", "open 0/0/0 2026-06-16");
	dated.deadlines = ASKING("RS-58", "2026-05-15", "") U_12("");
	world_adopt(w, &dated);
	ASSIGNMENT_IS(w, "U-12", "open 0/0/0 ");
	world_free(w);
}
END_TEST

START_TEST(one_that_left_the_plan_is_as_it_was_when_it_is_back)
{
	struct written with = {
		.deadlines = ASKING("RS-58", "2026-05-15", "") U_12(""),
	};
	struct written without = { .deadlines = ASKING("RS-58", "2026-05-15", "") };
	struct world *w = world_new("2026-05-04 12:00", &with);

	HEARD(w, "close", "U-12", "{'as':'done','reference':'RF § 1'}");
	world_adopt(w, &without);
	REFUSED(w, "close", "U-12", "{'as':'done','reference':'RF § 1'}", REJECT_UNKNOWN_SUBJECT,
		"there is no measure or assignment U-12 in the plan");
	world_adopt(w, &with);
	ASSIGNMENT_IS(w, "U-12", "closed 0/0/0 ");
	world_free(w);
}
END_TEST

START_TEST(of_its_deadlines_the_open_one_due_last_says_when)
{
	const struct written below = {
		.deadlines = HANDED_IN("RS-57", "2026-05-15", "assignment='U-12';") ", " HANDED_IN(
			"RS-58", "2026-06-15",
			"assignment='U-12';") ", " HANDED_IN("RS-59", "2026-08-17",
							     "assignment='U-12';")
			U_12("answer_by='2026-12-15';"),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);

	ASSIGNMENT_IS(w, "U-12", "open 0/0/3 2026-08-17");
	HEARD(w, "submit", "RS-59", "{'reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/2 2026-06-15");
	HEARD(w, "extend", "RS-57", "{'reference':'RS § 1','due':'2026-06-30'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/2 2026-06-30 was 2026-05-15");
	HEARD(w, "submit", "RS-57", "{'reference':'RS § 2'}");
	HEARD(w, "submit", "RS-58", "{'reference':'RS § 2'}");
	ASSIGNMENT_IS(w, "U-12", "answered 0/0/0 2026-08-17");
	world_free(w);
}
END_TEST

START_TEST(what_is_extended_past_its_meeting_is_answered_on_the_day_that_gives)
{
	const struct written below = {
		.meetings = "{ body='RS'; from='2026-05-26'; }",
		.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "assignment='U-12';")
			U_12("answer_by='2026-12-15';"),
	};
	struct world *w = world_new("2026-05-04 12:00", &below);

	HEARD(w, "extend", "RS-58", "{'reference':'RS § 1','due':'2026-05-20'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-05-26");
	HEARD(w, "extend", "RS-58", "{'reference':'RS § 1','due':'2026-06-30'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-06-30 was 2026-05-26");
	HEARD(w, "extend", "RS-58", "{'reference':'RS § 1','due':'meeting RS 2026-10'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-10-30 prel was 2026-05-26");
	HEARD(w, "meeting", "RS", "{'from':'2026-10-20'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-10-20 was 2026-05-26");
	world_free(w);
}
END_TEST

START_TEST(a_series_below_it_is_open_as_long_as_it_goes_on)
{
	const struct written meetings = {
		.meetings = "{ body='RS'; from='2026-05-26'; }",
		.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05",
				       "every='meeting RS'; assignment='U-12';") U_12(""),
	};
	const struct written rule = {
		.deadlines = HANDED_IN("RS-58", "2026-05-15",
				       "every='RRULE:FREQ=MONTHLY;COUNT=2'; assignment='U-12';")
			U_12(""),
	};
	const struct written yearly = {
		.deadlines =
			HANDED_IN("RS-58", "2026-05-15",
				  "every='RRULE:FREQ=YEARLY;COUNT=2'; assignment='U-12';") U_12(""),
	};
	struct world *w = world_new("2026-05-04 12:00", &meetings);

	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-05-26");
	HEARD(w, "outcome", "RS-58@2026-05-26", "{'outcome':'noted','reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-05-26");
	world_free(w);
	w = world_new("2026-05-04 12:00", &rule);
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-05-15");
	HEARD(w, "outcome", "RS-58@2026-05-15", "{'outcome':'noted','reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-06-15");
	world_to(w, "2026-06-10 12:00");
	HEARD(w, "submit", "RS-58@2026-06-15", "{'reference':'RS § 1'}");
	world_to(w, "2026-06-30 12:00");
	ASSIGNMENT_IS(w, "U-12", "answered 0/0/0 2026-06-15");
	HEARD(w, "outcome", "RS-58@2026-06-15", "{'outcome':'noted','reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "closed 0/0/0 2026-06-15");
	world_free(w);
	w = world_new("2026-05-04 12:00", &yearly); /* the next is not there yet */
	HEARD(w, "outcome", "RS-58@2026-05-15", "{'outcome':'noted','reference':'RS § 1'}");
	ASSIGNMENT_IS(w, "U-12", "open 0/0/1 2026-05-15");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/apply/close",
	   UNIT(the_owners_word_answers_and_nobody_nags_until_the_body_closes_it),
	   UNIT(one_that_its_owner_closes_is_closed_by_the_owners_word),
	   UNIT(what_is_closed_undone_is_withdrawn_and_told_in_the_answer),
	   UNIT(a_later_status_is_kept_and_restores_nothing),
	   UNIT(nobody_is_asked_for_what_the_body_closed_by_a_later_deadline),
	   UNIT(said_again_it_is_recorded_anew),
	   UNIT(a_return_asks_nobody_for_what_the_body_closed),
	   UNIT(what_can_not_be_closed_is_told_apart),
	   UNIT(a_closing_that_changes_in_the_file_changes_how_it_reads_and_nothing_else),
	   UNIT(one_that_left_the_plan_is_closed_still_when_it_is_back),
	   UNIT(an_assignment_of_its_owner_is_closed_when_all_below_it_is),
	   UNIT(without_deadlines_it_is_answered_by_its_measures),
	   UNIT(the_estimate_is_the_latest_day_that_an_owner_expects),
	   UNIT(one_with_nothing_below_it_is_open_until_its_body_closes_it),
	   UNIT(its_body_closes_it_whatever_is_below_and_the_answer_says_what_is),
	   UNIT(what_is_said_of_an_assignment_that_is_for_what_is_below_it_is_refused_and_says_so),
	   UNIT(where_its_body_closes_it_what_is_below_does_not),
	   UNIT(its_date_follows_its_meeting),
	   UNIT(the_files_date_changes_and_the_one_before_stays_visible),
	   UNIT(one_that_left_the_plan_is_as_it_was_when_it_is_back),
	   UNIT(of_its_deadlines_the_open_one_due_last_says_when),
	   UNIT(what_is_extended_past_its_meeting_is_answered_on_the_day_that_gives),
	   UNIT(a_series_below_it_is_open_as_long_as_it_goes_on))
