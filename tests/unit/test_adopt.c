/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan that changed: paminnd.conf(5), FILES AGAINST EVENTS, and what leaves the plan and comes
 * back.
 */
#include "engine/plan_change.h"

#include "engine/inquiry/inquirer.h"
#include "tests/unit/engine_fixture.h"

static const struct written base = {
	.measures = TWO_MEASURES,
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-05-15", ""),
};

/* Apply another plan, and say what that did. */
static struct plan_change adopt(struct world *w, const struct written *plan)
{
	struct plan *p = plan_of(plan);
	struct plan_change done;

	ck_assert_int_eq(plan_change_apply(&w->e, p, w->now, &done), 0);
	plan_unref(p);
	return done;
}

START_TEST(the_first_plan_is_all_new_and_the_same_again_changes_nothing)
{
	struct ledger *store = store_in_memory();
	struct plan *plan = plan_of(&base);
	struct engine e = { 0 };
	struct plan_change done;
	char seq[24];

	ck_assert_int_eq(ledger_begin(store), 0);
	e.ledger = store;
	ck_assert_int_eq(plan_change_apply(&e, plan, instant_of("2026-04-22 12:00"), &done), 0);
	ck_assert_uint_eq(done.obligations_added, 5);
	ck_assert(!done.unchanged);
	ck_assert_ptr_eq(e.plan, plan);
	ck_assert_int_eq(ledger_meta(store, META_PLAN_SEQ, seq, sizeof(seq)), 0);
	ck_assert_str_eq(seq, "1");
	ck_assert_int_eq(plan_change_apply(&e, plan, instant_of("2026-06-22 12:00"), &done), 0);
	ck_assert(done.unchanged);
	ck_assert_uint_eq(done.obligations_added + done.obligations_withdrawn + done.dates_moved,
			  0);
	ck_assert_int_eq(ledger_meta(store, META_PLAN_SEQ, seq, sizeof(seq)), 0);
	ck_assert_str_eq(seq, "1");
	plan_unref(plan);
	plan_unref(e.plan);
	ledger_close(store);
}
END_TEST

/* The plan in force becomes another text in the log. */
static void log_as_plan(struct world *w, const char *text)
{
	const struct logged_event event = { .source = "/paminnd",
					    .id = "another",
					    .type = ADOPT_EVENT,
					    .subject = "",
					    .time = w->now,
					    .received = w->now,
					    .body = text };
	char number[24];
	int64_t seq;

	ck_assert_int_eq(ledger_append_event(w->e.ledger, &event, &seq), 0);
	snprintf(number, sizeof(number), "%lld", (long long)seq);
	ck_assert_int_eq(ledger_set_meta(w->e.ledger, META_PLAN_SEQ, number), 0);
}

/* A version that is stricter than the one which took the plan cannot tell what another would change. */
START_TEST(a_plan_in_the_log_that_cannot_be_read_is_said_with_its_fault_and_the_way_on)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
		{ "{\"main\":\"a.conf\",\"files\":[{\"name\":\"a.conf\",\"text\":\"\\nodd = "
		  "1;\"}]}",
		  "a.conf:1: " },
		{ "{}", "it is no plan" },
		{ "[", "it is no plan" },
	};
	struct written other = base;

	other.people = PEOPLE ", " PERSON("ny", "");
	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		struct world *w = world_new("2026-05-04 12:00", &base);
		struct plan *before = w->e.plan, *p = plan_of(&other);
		struct plan_change done;

		log_as_plan(w, rows[i].text);
		ck_assert_int_gt(plan_change_apply(&w->e, p, w->now, &done), 0);
		ck_assert_msg(strstr(done.refused, rows[i].fault) != NULL, "%s", done.refused);
		ck_assert_msg(strstr(done.refused, "event 2 of the log") != NULL, "%s",
			      done.refused);
		ck_assert_msg(strstr(done.refused, "the version that ran before") != NULL, "%s",
			      done.refused);
		ck_assert_ptr_eq(w->e.plan, before);
		plan_unref(p);
		world_free(w);
	}
}
END_TEST

START_TEST(a_change_of_something_else_touches_no_date_and_tells_nobody)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);
	struct plan_change done;

	world_to(w, "2026-05-04 12:00");
	w->tale[0] = '\0';
	plan.people = PEOPLE ", " PERSON("ny", "");
	done = adopt(w, &plan);
	ck_assert(!done.unchanged);
	ck_assert_uint_eq(done.obligations_added + done.obligations_withdrawn + done.dates_moved,
			  0);
	world_to(w, "2026-05-06 23:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

/* ---- files against events -------------------------------------------------------------------------- */

START_TEST(a_meeting_moved_by_an_event_stands_until_the_file_says_something_new)
{
	struct written plan = base;
	struct world *w = world_new("2026-04-22 12:00", &base);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-27','replaces':'2026-05-26'}");
	plan.people = PEOPLE ", " PERSON("ny", "");
	world_adopt(w, &plan); /* the file's 26 May is what it was */
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-27");
	plan.meetings = "{ body='RS'; from='2026-05-28'; }";
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-28");
	DAY_IS(deadline_of(w, "RS-58").due_original, "2026-05-26");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-28'}");
	plan.meetings = "{ body='RS'; from='2026-06-03'; }"; /* in the month that it was moved to */
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "RS-58").due, "2026-06-03");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-06-03'}");
	plan.meetings = "{ body='RS'; from='2026-06-03'; until='2026-06-04'; }";
	world_adopt(w, &plan); /* its own again, with another end */
	DAY_IS(deadline_of(w, "RS-58").due, "2026-06-03");
	world_free(w);
}
END_TEST

START_TEST(a_file_that_catches_up_with_an_event_or_lets_go_of_it_moves_nothing)
{
	struct written plan = base;
	struct world *w = world_new("2026-04-22 12:00", &base);

	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	plan.meetings = "{ body='RS'; from='2026-10-27'; }"; /* of the old date nothing new */
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "RS-58").due, "2026-06-02");
	plan.meetings = "{ body='RS'; from='2026-06-02'; }, { body='RS'; from='2026-06-30'; }";
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "RS-58").due, "2026-06-02");
	world_free(w);
}
END_TEST

START_TEST(a_meeting_moved_in_the_file_is_followed_within_its_month)
{
	struct written plan = base;
	struct world *w = world_new("2026-04-22 12:00", &base);

	plan.meetings = "{ body='RS'; from='2026-05-28'; }";
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-28");
	DAY_IS(deadline_of(w, "RS-58").due_original, "2026-05-26");
	plan.meetings = "";
	world_adopt(w, &plan);
	ck_assert(obligation_of(w, "RS-58", "HSN-03").provisional);
	DAY_IS(deadline_of(w, "RS-58").due, "2026-05-29");
	world_free(w);
}
END_TEST

START_TEST(an_extension_stands_until_the_file_s_own_date_changes)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);

	HEARD(w, "extend", "T2", "{'due':'2026-05-22','reference':'x'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-25','reference':'x','deadline':'T2'}");
	plan.alerts = "";
	world_adopt(w, &plan);
	DAY_IS(obligation_of(w, "T2", "HSN-03").papers, "2026-05-25");
	DAY_IS(obligation_of(w, "T2", "HSN-07").papers, "2026-05-22");
	plan.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-05-20", "");
	world_adopt(w, &plan);
	/* The file has no date of one measure's: a later one that was given to it stays. */
	DAY_IS(obligation_of(w, "T2", "HSN-03").papers, "2026-05-25");
	DAY_IS(obligation_of(w, "T2", "HSN-07").papers, "2026-05-20");
	DAY_IS(obligation_of(w, "T2", "HSN-07").papers_original, "2026-05-15");
	plan.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-05-27", "");
	world_adopt(w, &plan);
	DAY_IS(obligation_of(w, "T2", "HSN-03").papers, "2026-05-27");
	world_free(w);
}
END_TEST

/* The file names another meeting, body or kind of date: the one it was bound to is left. */
static const struct {
	int line;
	const char *due, *expected, *original;
	bool provisional;
} other_dues[] = {
	{ __LINE__, "meeting RS 2026-06", "2026-06-16", "2026-05-26" },
	{ __LINE__, "meeting RS 2026-08", "2026-08-31", "2026-05-26", true },
	{ __LINE__, "meeting HSN 2026-05", "2026-05-21", "2026-05-26" },
	{ __LINE__, "meeting RS next", "2026-05-26", "" },
	{ __LINE__, "2026-06-10", "2026-06-10", "2026-05-26" },
};

START_TEST(a_deadline_that_the_file_gives_another_meeting_leaves_the_old_one)
{
	struct written plan = {
		.bodies = "{ id='RS'; name='RS'; papers='-7wd'; }, { id='HSN'; name='HSN'; }",
		.meetings = "{ body='RS'; from='2026-05-26'; }, { body='RS'; from='2026-06-16'; }, "
			    "{ body='HSN'; from='2026-05-21'; }",
		.deadlines = ASKING("A", "meeting RS 2026-05", ""),
	};
	struct world *w = world_new("2026-04-22 12:00", &plan);
	char deadline[400];

	snprintf(deadline, sizeof(deadline), ASKING("A", "%s", ""), other_dues[_i].due);
	plan.deadlines = deadline;
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "A").due, other_dues[_i].expected);
	DAY_IS(obligation_of(w, "A", "HSN-03").due, other_dues[_i].expected);
	DAY_IS(deadline_of(w, "A").due_original, other_dues[_i].original);
	DAY_IS(obligation_of(w, "A", "HSN-03").due_original, other_dues[_i].original);
	ck_assert_int_eq(obligation_of(w, "A", "HSN-03").provisional, other_dues[_i].provisional);
	plan.deadlines = ASKING("A", "meeting RS 2026-05", "");
	world_adopt(w, &plan); /* and back, where no old date is left to see */
	DAY_IS(deadline_of(w, "A").due, "2026-05-26");
	DAY_IS(deadline_of(w, "A").due_original, "");
	DAY_IS(obligation_of(w, "A", "HSN-03").due_original, "");
	world_free(w);
}
END_TEST

START_TEST(nobody_is_told_that_a_meeting_is_unknown_which_the_file_waits_for_no_more)
{
	struct written plan = { .deadlines = ASKING("A", "meeting RS 2026-05", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	plan.deadlines = ASKING("A", "2026-06-30", "");
	world_adopt(w, &plan);
	world_to(w, "2026-06-01 23:59");
	TELLS(w, "04-22 12:00 moved reg: A moved\n");
	world_free(w);
}
END_TEST

START_TEST(a_meeting_that_is_followed_is_not_left_for_new_papers_or_rounding)
{
	struct written plan = { .meetings = "{ body='RS'; from='2026-05-26'; }",
				.deadlines = ASKING("A", "meeting RS 2026-05",
						    "") ", " ASKING("N", "meeting RS next", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-05-26'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28'}");
	plan.deadlines = ASKING("A", "meeting RS 2026-05", "papers='-3wd';") ", " ASKING(
		"N", "meeting RS next", "papers='-3wd';");
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "A").due, "2026-06-09");
	DAY_IS(deadline_of(w, "A").papers, "2026-06-04");
	DAY_IS(deadline_of(w, "N").due, "2026-06-09");
	DAY_IS(deadline_of(w, "N").papers, "2026-06-04");
	world_free(w);
}
END_TEST

START_TEST(an_owner_changed_in_the_file_owes_it_from_then_on)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);

	world_to(w, "2026-05-06 18:00");
	w->tale[0] = '\0';
	plan.measures =
		"{ id='HSN-03'; title='Färre inhyrda'; owner='kir'; effect_planned=12000000; "
		"}, { id='HSN-07'; title='Samordna inköp'; owner='kir'; }";
	ck_assert_uint_eq(adopt(w, &plan).owners_changed, 1);
	ck_assert_str_eq(obligation_of(w, "T2", "HSN-03").owner, "kir");
	world_to(w, "2026-05-07 12:00");
	TELLS(w, "05-07 07:30 assigned kir: RS-58/HSN-03 assigned, T2/HSN-03 assigned\n"
		 "05-07 07:30 assigned akut: RS-58/HSN-03 unassigned\n"
		 "05-07 08:00 reminder ordf: RS-58 -5wd\n"
		 "05-07 08:00 reminder kir: RS-58/HSN-03 -5wd, RS-58/HSN-07 -5wd, T2/HSN-03 -5wd, "
		 "T2/HSN-07 -5wd\n");
	world_free(w);
}
END_TEST

/* ---- what comes and goes ----------------------------------------------------------------------------- */

START_TEST(a_measure_that_is_added_owes_an_answer)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);
	struct plan_change done;

	world_to(w, "2026-05-13 12:00");
	w->tale[0] = '\0';
	plan.measures = TWO_MEASURES ", { id='HSN-09'; title='Ny'; owner='dir'; }";
	done = adopt(w, &plan);
	ck_assert_uint_eq(done.obligations_added, 2);
	world_to(w, "2026-05-13 23:00"); /* its last past step, late */
	TELLS(w, "05-13 12:00 reminder dir: RS-58/HSN-09 -2wd late, T2/HSN-09 -2wd late\n");
	world_free(w);
}
END_TEST

START_TEST(a_measure_that_is_removed_is_asked_no_more_and_what_waits_is_dropped)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);
	struct obligation o;
	struct plan_change done;

	world_to(w, "2026-05-11 12:00");
	w->down = "*";
	world_to(w, "2026-05-12 08:01");
	w->tale[0] = '\0';
	plan.measures = "{ id='HSN-07'; title='Samordna inköp'; owner='kir'; }";
	done = adopt(w, &plan);
	ck_assert_uint_eq(done.obligations_withdrawn, 2);
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_str_eq(obligation_state(&o, w->now), "withdrawn");
	w->down = NULL;
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-12 08:05 reminder ordf: RS-58 -2wd\n"
		 "05-12 08:05 reminder kir: RS-58/HSN-07 -2wd, T2/HSN-07 -2wd\n"
		 "05-15 08:00 reminder ordf: RS-58 0\n"
		 "05-15 08:00 reminder kir: RS-58/HSN-07 0, T2/HSN-07 0\n");
	world_free(w);
}
END_TEST

START_TEST(what_is_put_back_resumes_in_a_new_round_and_answers_stay)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);
	struct obligation o;

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	plan.deadlines = ASKING("T2", "2026-05-15", "");
	world_adopt(w, &plan);
	DEADLINE_IS(w, "RS-58", REMOVED);
	world_adopt(w, &base);
	DEADLINE_IS(w, "RS-58", OPEN);
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_str_eq(obligation_state(&o, w->now), "open");
	ck_assert_int_eq(o.round, 2);
	o = obligation_of(w, "RS-58", "HSN-07");
	ck_assert_str_eq(obligation_state(&o, w->now), "answered");
	ck_assert_int_eq(o.round, 1);
	w->tale[0] = '\0';
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-12 08:00 reminder ordf: RS-58 -2wd\n"
		 "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd, T2/HSN-03 -2wd\n");
	world_free(w);
}
END_TEST

START_TEST(a_submitted_deadline_that_is_put_back_is_still_closed)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);

	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	plan.deadlines = ASKING("T2", "2026-05-15", "");
	world_adopt(w, &plan);
	world_adopt(w, &base);
	DEADLINE_IS(w, "RS-58", SUBMITTED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_WITHDRAWN);
	world_free(w);
}
END_TEST

START_TEST(a_measure_under_way_again_while_its_deadline_was_away_owes_it_when_it_is_back)
{
	struct written plan = base;
	struct world *w = world_new("2026-04-22 12:00", &base);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	plan.deadlines = ASKING("T2", "2026-05-15", "");
	world_adopt(w, &plan);
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_WITHDRAWN);
	world_adopt(w, &base);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

START_TEST(a_measure_done_while_its_deadline_was_away_owes_it_when_it_is_under_way_again)
{
	struct written plan = base;
	struct world *w = world_new("2026-04-22 12:00", &base);

	plan.deadlines = ASKING("T2", "2026-05-15", "");
	world_adopt(w, &plan);
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	world_adopt(w, &base);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_WITHDRAWN);
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

START_TEST(what_waits_for_a_person_who_left_is_dropped)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);

	w->down = "*";
	world_to(w, "2026-05-18 08:01");
	w->tale[0] = '\0';
	plan.people =
		PERSON("akut", "manager='ordf';") ", " PERSON("kir", "manager='ordf';") ", " PERSON(
			"ordf",
			"roles=['presidium'];") ", " PERSON("stod",
							    "roles=['support'];") ", " PERSON("reg",
											      "");
	world_adopt(w, &plan);
	w->down = NULL;
	world_to(w, "2026-05-18 08:30");
	ck_assert_ptr_null(strstr(w->tale, " dir:"));
	ck_assert_ptr_nonnull(strstr(w->tale, " akut:"));
	world_free(w);
}
END_TEST

START_TEST(later_obligations_of_a_closed_measure_are_born_withdrawn)
{
	struct written plan = base;
	struct world *w = world_new("2026-04-22 12:00", &base);

	HEARD(w, "status", "HSN-03", _i ? "{'status':'done'}" : "{'status':'cancelled'}");
	plan.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING(
		"T2", "2026-05-15", "") ", " ASKING("T3", "2026-09-16", "");
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "T3", "HSN-03").phase, PHASE_WITHDRAWN);
	ck_assert_int_eq(obligation_of(w, "T3", "HSN-07").phase, PHASE_LIVE);
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_assert_int_eq(obligation_of(w, "T3", "HSN-03").phase, PHASE_LIVE);
	plan.deadlines = ASKING("T4", "2026-09-16", ""); /* only while that stands */
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "T4", "HSN-03").phase, PHASE_LIVE);
	world_free(w);
}
END_TEST

START_TEST(a_ladder_that_changed_is_walked_from_now)
{
	struct written plan = base;
	struct world *w = world_new("2026-05-04 12:00", &base);

	plan.deadlines = ASKING("T2", "2026-05-15", "");
	world_adopt(w, &plan);
	world_to(w, "2026-05-08 12:00");
	w->tale[0] = '\0';
	plan.steps = "-5wd owner; -1wd owner; +1wd owner"; /* -5wd is done with, -1wd is new */
	world_adopt(w, &plan);
	world_to(w, "2026-05-18 12:00");
	TELLS(w, "05-13 08:00 reminder akut: T2/HSN-03 -1wd\n"
		 "05-13 08:00 reminder kir: T2/HSN-07 -1wd\n"
		 "05-18 08:00 reminder akut: T2/HSN-03 +1wd\n"
		 "05-18 08:00 reminder kir: T2/HSN-07 +1wd\n");
	world_free(w);
}
END_TEST

/* So many measures, and two deadlines that each asks all of them. */
static struct plan *large_plan(size_t measures)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct plan *plan;

	for (size_t i = 0; i < measures; i++)
		fprintf(out, "%s{ id='HSN-%zu'; title='T'; owner='%s'; }", i ? ", " : "", i,
			i % 2 ? "akut" : "kir");
	fclose(out);
	plan = plan_of(&(struct written){
		.measures = text,
		.deadlines =
			HANDED_IN("RS-58", "2026-05-15", "") ", " ASKING("T2", "2026-06-15", "") });
	free(text);
	return plan;
}

/* A piece is so few obligations that the loop hears others soon, however many measures a deadline asks: first of a store
 * that has none, then of one in which half of them go. */
START_TEST(a_plan_takes_effect_in_pieces_as_it_does_at_once)
{
	struct plan *plans[] = { large_plan(1400), large_plan(700) };
	struct ledger *store = NULL;
	struct engine e = { 0 };
	struct world *w = world_new("2026-04-22 12:00", &base);

	ck_assert_int_eq(ledger_open(&store, STORE_AT(""), false, &(struct store_refusal){ 0 }),
			 LEDGER_OPENED);
	ck_assert_int_eq(ledger_begin(store), 0);
	e.ledger = store;
	for (size_t i = 0; i < 2; i++) {
		struct plan_changing *changing = NULL;
		struct plan_change done, whole;
		size_t pieces = 1;

		ck_assert_int_eq(plan_changing_new(&changing, &e, plans[i], NULL, w->now), 0);
		while (plan_changing_work(changing) > 0) {
			pieces++;
			ck_assert_int_eq(ledger_commit(store), 0);
			ck_assert_int_eq(ledger_begin(store), 0);
		}
		plan_changing_end(changing, &done);
		ck_assert_uint_ge(pieces, i == 0 ? 14 : 10);
		ck_assert_ptr_eq(e.plan, plans[i]);
		if (i == 0)
			ck_assert_uint_eq(done.obligations_added, 2801);
		ck_assert_int_eq(plan_change_apply(&w->e, plans[i], w->now, &whole), 0);
		if (i == 1) {
			ck_assert_uint_eq(done.obligations_withdrawn, 1400);
			ck_assert_uint_eq(whole.obligations_withdrawn, 1400);
		}
		plan_unref(plans[i]);
	}
	plan_unref(e.plan);
	ledger_close(store);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/adopt", UNIT(the_first_plan_is_all_new_and_the_same_again_changes_nothing),
	   UNIT(a_plan_in_the_log_that_cannot_be_read_is_said_with_its_fault_and_the_way_on),
	   UNIT(a_plan_takes_effect_in_pieces_as_it_does_at_once),
	   UNIT(a_change_of_something_else_touches_no_date_and_tells_nobody),
	   UNIT(a_meeting_moved_by_an_event_stands_until_the_file_says_something_new),
	   UNIT(a_file_that_catches_up_with_an_event_or_lets_go_of_it_moves_nothing),
	   UNIT(a_meeting_moved_in_the_file_is_followed_within_its_month),
	   UNIT(an_extension_stands_until_the_file_s_own_date_changes),
	   UNIT_ROWS(a_deadline_that_the_file_gives_another_meeting_leaves_the_old_one,
		     UNIT_COUNT(other_dues)),
	   UNIT(nobody_is_told_that_a_meeting_is_unknown_which_the_file_waits_for_no_more),
	   UNIT(a_meeting_that_is_followed_is_not_left_for_new_papers_or_rounding),
	   UNIT(an_owner_changed_in_the_file_owes_it_from_then_on),
	   UNIT(a_measure_that_is_added_owes_an_answer),
	   UNIT(a_measure_that_is_removed_is_asked_no_more_and_what_waits_is_dropped),
	   UNIT(what_is_put_back_resumes_in_a_new_round_and_answers_stay),
	   UNIT(a_submitted_deadline_that_is_put_back_is_still_closed),
	   UNIT(a_measure_under_way_again_while_its_deadline_was_away_owes_it_when_it_is_back),
	   UNIT(a_measure_done_while_its_deadline_was_away_owes_it_when_it_is_under_way_again),
	   UNIT(what_waits_for_a_person_who_left_is_dropped),
	   UNIT_ROWS(later_obligations_of_a_closed_measure_are_born_withdrawn, 2),
	   UNIT(a_ladder_that_changed_is_walked_from_now))
