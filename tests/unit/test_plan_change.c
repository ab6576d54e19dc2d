/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows when a file says something else than before: which extensions end, whose the measures are, where meetings
 * are, which occurrences stay. That all of it follows from the log as well is asked after each.
 */
#include "engine/plan_change.h"

#include "tests/unit/ask.h"
#include "tests/unit/occurrences.h"

#define RS(papers) "{ id='RS'; name='Regionstyrelsen'; " papers " }"
#define HSN "{ id='HSN'; name='Nämnden'; }"
#define OF(body, date) "{ body='" body "'; from='" date "'; }"

/* The log, told anew, makes the store what it is. */
static void verified(struct world *w)
{
	ask_verify(w);
	asked_free(w);
}

/* ---- when it is -------------------------------------------------------------------------------- */

/* A deadline that was extended to 2026-05-20; ends: whether the file's new words end that. */
#define DUE "meeting RS 2026-05"
static const struct {
	int line;
	const char *deadline;
	bool ends;
} dues[] = {
	{ __LINE__, HANDED_IN("RS-58", DUE, ""), false },
	{ __LINE__, ASKING("RS-58", DUE, "opens='-15wd';"), false },
	{ __LINE__, ASKING("RS-58", "meeting RS 2026-06", ""), true },
	{ __LINE__, ASKING("RS-58", "2026-05-26", ""), true },
	{ __LINE__, ASKING("RS-58", DUE, "papers='-7wd';"), true }, /* its own, though the same */
	{ __LINE__, ASKING("RS-58", DUE, "papers='-8wd';"), true },
	{ __LINE__, ASKING("RS-58", DUE, "papers='-7d';"), true },
};

START_TEST(an_extension_ends_when_the_file_says_anew_when_it_is)
{
	struct written plan = {
		.bodies = RS("papers='-7wd';"),
		.meetings = OF("RS", "2026-05-26") ", " OF("RS", "2026-06-30"),
		.deadlines = ASKING("RS-58", DUE, ""),
	};
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	DAY_IS(deadline_of(w, "RS-58").extended, "2026-05-20");
	plan.deadlines = dues[_i].deadline;
	world_adopt(w, &plan);
	ck_assert_msg(civil_is_none(deadline_of(w, "RS-58").extended) == dues[_i].ends, "line %d",
		      dues[_i].line);
	verified(w);
}
END_TEST

/* The same day, counted or rounded another way. */
static const struct {
	int line;
	const char *before, *after;
} as_good_as[] = {
	{ __LINE__, ASKING("A", "2026-05-15", ""), ASKING("A", "2026-05-15", "round='forward';") },
	{ __LINE__, ASKING("A", "meeting RS 2026-05", "papers='-7d';"),
	  ASKING("A", "meeting RS 2026-05", "papers='-7wd';") },
};

START_TEST(an_extension_ends_when_the_day_is_counted_another_way)
{
	struct written plan = {
		.bodies = RS("papers='-7wd';"),
		.meetings = OF("RS", "2026-05-26"),
		.deadlines = as_good_as[_i].before,
	};
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "extend", "A", "{'due':'2026-05-20','reference':'x'}");
	plan.deadlines = as_good_as[_i].after;
	world_adopt(w, &plan);
	ck_assert_msg(civil_is_none(deadline_of(w, "A").extended), "line %d", as_good_as[_i].line);
	verified(w);
}
END_TEST

/* Other bodies before its own, or others of their meetings. */
#define VIA(via) ASKING("A", "meeting RF 2026-06", "via=" via ";")
static const struct {
	int line;
	const char *after;
	bool ends;
} vias[] = {
	{ __LINE__,
	  VIA("['meeting HSN 2026-05', 'meeting RS 2026-05']") ", " ASKING("B", "2026-08-14", ""),
	  false },
	{ __LINE__, VIA("['meeting HSN 2026-04', 'meeting RS 2026-05']"), true },
	{ __LINE__, VIA("['meeting HSN 2026-05', 'meeting RS 2026-06']"), true },
	{ __LINE__, VIA("['meeting HSN 2026-05']"), true },
	{ __LINE__, ASKING("A", "meeting RF 2026-06", ""), true },
};

START_TEST(an_extension_ends_when_it_passes_other_meetings)
{
	struct written plan = {
		.bodies = "{ id='RF'; name='Fullmäktige'; papers='-7wd'; }, " RS("") ", " HSN,
		.meetings = OF("RF", "2026-06-16") ", " OF("RS", "2026-05-26") ", " OF(
			"RS", "2026-06-02") ", " OF("HSN", "2026-05-12") ", " OF("HSN",
										 "2026-04-28"),
		.deadlines = VIA("['meeting HSN 2026-05', 'meeting RS 2026-05']"),
	};
	struct world *w = asked_world("2026-04-06 12:00", &plan);

	HEARD(w, "extend", "A", "{'due':'2026-06-12','reference':'x'}");
	ck_assert(!civil_is_none(deadline_of(w, "A").extended));
	plan.deadlines = vias[_i].after;
	world_adopt(w, &plan);
	ck_assert_msg(civil_is_none(deadline_of(w, "A").extended) == vias[_i].ends, "line %d",
		      vias[_i].line);
	verified(w);
}
END_TEST

/* ---- the ladder -------------------------------------------------------------------------------- */

/* The steps of a ladder that is 15 May's, before and after, on 11 May; what is told from then on. */
static const struct {
	int line;
	const char *before, *after, *tale;
} ladders[] = {
	/* The same instant in other words is the same step no more: it is there anew. */
	{ __LINE__, "-1wd owner; 0 owner", "-2d owner; 0 owner",
	  "05-13 08:00 reminder akut: RS-58/HSN-03 -2d\n"
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	{ __LINE__, "-1wd owner; 0 owner", "-1wd owner every 1wd until 0",
	  "05-13 08:00 reminder akut: RS-58/HSN-03 -1wd\n"
	  "05-15 08:00 reminder akut: RS-58/HSN-03 -1wd\n" },
	{ __LINE__, "-1wd owner; 0 owner", "-2wd owner; 0 owner",
	  "05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
	{ __LINE__, "-1wd owner; 0 owner", "0 owner",
	  "05-15 08:00 reminder akut: RS-58/HSN-03 0\n" },
};

START_TEST(other_steps_are_those_that_come)
{
	struct written plan = { .steps = ladders[_i].before };
	struct world *w = asked_world("2026-05-11 12:00", &plan);

	plan.steps = ladders[_i].after;
	world_adopt(w, &plan);
	world_to(w, "2026-06-15 12:00");
	ck_assert_msg(strcmp(w->tale, ladders[_i].tale) == 0, "line %d: told\n%s", ladders[_i].line,
		      w->tale);
	verified(w);
}
END_TEST

/* ---- whose it is ------------------------------------------------------------------------------- */

START_TEST(an_owner_whom_an_event_named_and_who_left_gives_way_to_the_files)
{
	struct written plan = { .measures = ONE_MEASURE }, without = plan;
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	struct measure_row row;

	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_adopt(w, &(struct written){ .deadlines = ASKING("RS-58", "2026-05-18", "") });
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &row), 0);
	ck_assert_str_eq(row.owner, "kir"); /* the file says nothing new of it */
	measure_row_done(&row);
	without.people = PERSON("akut", "manager='dir';") ", " PERSON("dir", "") ", " PERSON(
		"stod", "roles=['support'];") ", " PERSON("reg", "");
	world_adopt(w, &without);
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &row), 0);
	ck_assert_str_eq(row.owner, "akut");
	measure_row_done(&row);
	ck_assert_str_eq(obligation_of(w, "RS-58", "HSN-03").owner, "akut");
	verified(w);
}
END_TEST

START_TEST(a_deliverable_without_a_responsible_is_owed_by_nobody)
{
	struct written plan = { .deadlines = HANDED_IN("RS-58", "2026-05-15", "") };
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	plan.deadlines = ASKING("RS-58", "2026-05-15", "");
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").phase, PHASE_WITHDRAWN);
	world_to(w, "2026-05-14 12:00");
	ck_assert_ptr_null(strstr(w->tale, "reminder ordf: RS-58 -2wd"));
	plan.deadlines = HANDED_IN("RS-58", "2026-05-15", "");
	world_adopt(w, &plan);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").phase, PHASE_LIVE);
	verified(w);
}
END_TEST

/* ---- meetings ---------------------------------------------------------------------------------- */

static struct meeting_row meeting_on(struct world *w, const char *date)
{
	struct meeting_row row;

	ck_assert_int_eq(ledger_meeting(w->e.ledger, body_id("RS"), day_of(date), &row), 0);
	return row;
}

START_TEST(another_place_or_end_in_the_file_is_taken)
{
	struct written plan = { .meetings = OF("RS", "2026-05-26") };
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	plan.meetings = "{ body='RS'; from='2026-05-26'; place='Salen'; }";
	world_adopt(w, &plan);
	ck_assert_str_eq(meeting_on(w, "2026-05-26").place, "Salen");
	plan.meetings = "{ body='RS'; from='2026-05-26'; place='Residenset'; }";
	world_adopt(w, &plan);
	ck_assert_str_eq(meeting_on(w, "2026-05-26").place, "Residenset");
	plan.meetings = "{ body='RS'; from='2026-05-26'; until='2026-05-27'; place='Residenset'; }";
	world_adopt(w, &plan);
	DAY_IS(meeting_on(w, "2026-05-26").until, "2026-05-27");
	verified(w);
}
END_TEST

/* An event has moved the meeting from 26 May to 2 June; then the file says another. Where A is due. */
static const struct {
	int line;
	const char *meetings, *due;
} moves[] = {
	{ __LINE__, OF("RS", "2026-05-26") ", " OF("HSN", "2026-05-28"), "2026-06-02" },
	{ __LINE__, OF("RS", "2026-05-28"), "2026-05-28" },
	{ __LINE__, OF("RS", "2026-06-09"), "2026-06-09" },
	{ __LINE__, OF("RS", "2026-06-02"), "2026-06-02" }, /* what the event said */
	{ __LINE__, OF("RS", "2027-05-27"), "2026-06-02" }, /* of another year */
	{ __LINE__, OF("RS", "2026-05-26") ", " OF("RS", "2026-06-30"), "2026-06-02" },
	{ __LINE__, "{ body='RS'; from='2026-05-26'; place='Salen'; }", "2026-05-26" },
};

START_TEST(a_meeting_that_an_event_moved_stays_until_the_file_says_something_new_of_it)
{
	struct written plan = {
		.bodies = RS("papers='-7wd';") ", " HSN,
		.meetings = OF("RS", "2026-05-26"),
		.deadlines = ASKING("A", "meeting RS 2026-05", ""),
	};
	struct world *w = asked_world("2026-05-04 12:00", &plan);

	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	DAY_IS(deadline_of(w, "A").due, "2026-06-02");
	plan.meetings = moves[_i].meetings;
	world_adopt(w, &plan);
	ck_assert_msg(civil_equal(deadline_of(w, "A").due, day_of(moves[_i].due)), "line %d: %s",
		      moves[_i].line,
		      civil_format(deadline_of(w, "A").due, (char[CIVIL_TEXT]){ 0 }));
	verified(w);
}
END_TEST

/* ---- "next" ------------------------------------------------------------------------------------ */

#define NEXT HANDED_IN("N", "meeting RS next", "")
/* The meetings before and with the plan that asks for the next one, on 22 April; "": refused. */
static const struct {
	int line;
	const char *before, *with, *due;
} nexts[] = {
	{ __LINE__, OF("RS", "2026-05-26"), OF("RS", "2026-05-26"), "2026-05-26" },
	{ __LINE__, OF("RS", "2026-05-05") ", " OF("RS", "2026-05-26"), OF("RS", "2026-05-26"),
	  "2026-05-26" }, /* one leaves with it */
	{ __LINE__, OF("RS", "2026-05-26"), OF("RS", "2026-05-05") ", " OF("RS", "2026-05-26"),
	  "2026-05-05" },
	{ __LINE__, OF("RS", "2026-05-26"), OF("HSN", "2026-05-26"), "" }, /* another body's */
	{ __LINE__, OF("HSN", "2026-05-05") ", " OF("RS", "2026-05-26"),
	  OF("HSN", "2026-05-05") ", " OF("RS", "2026-05-26"), "2026-05-26" },
	{ __LINE__, OF("RS", "2026-04-21"), OF("RS", "2026-04-21"), "" }, /* past */
};

START_TEST(the_next_meeting_is_one_that_the_plan_still_has)
{
	struct written plan = {
		.bodies = RS("papers='-7wd';") ", " HSN,
		.meetings = nexts[_i].before,
		.deadlines = ASKING("A", "2026-08-14", ""),
	};
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct plan *next;
	struct plan_change done;
	int r;

	plan.meetings = nexts[_i].with;
	plan.deadlines = NEXT;
	next = plan_of(&plan);
	r = plan_change_apply(&w->e, next, w->now, &done);
	ck_assert_msg(r == 0 ? *nexts[_i].due != '\0' : !*nexts[_i].due, "line %d: %s",
		      nexts[_i].line, r ? done.refused : "");
	if (r == 0)
		DAY_IS(deadline_of(w, "N").due, nexts[_i].due);
	plan_unref(next);
	verified(w);
}
END_TEST

/* Two of them are told, each in a line. */
START_TEST(each_deadline_that_finds_no_meeting_is_named)
{
	struct written plan = { 0 };
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct plan *next;
	struct plan_change done;

	plan.meetings = OF("RS", "2026-04-21");
	plan.deadlines = NEXT ", " HANDED_IN("M", "meeting RS next", "");
	next = plan_of(&plan);
	ck_assert_int_eq(plan_change_apply(&w->e, next, w->now, &done), 2);
	ck_assert_str_eq(done.refused,
			 "p.conf:1: due \"meeting RS next\" of N finds no meeting from today on: "
			 "add it to meetings\n"
			 "p.conf:1: due \"meeting RS next\" of M finds no meeting from today on: "
			 "add it to meetings");
	plan_unref(next);
	verified(w);
}
END_TEST

/* A single date that becomes the next meeting binds then, and a new "next" looks again. */
START_TEST(another_deadline_that_becomes_next_binds_then)
{
	struct written plan = { .meetings = OF("RS", "2026-05-26") ", " OF("RS", "2026-06-30"),
				.deadlines = HANDED_IN("N", "2026-05-15", "") };
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	plan.deadlines = NEXT;
	world_adopt(w, &plan);
	DAY_IS(deadline_of(w, "N").due, "2026-05-26");
	verified(w);
}
END_TEST

/* ---- series ------------------------------------------------------------------------------------ */

/* A series of RS's meetings from May on, as the file says it next, on 4 May, when May's is open. */
static const struct {
	int line;
	const char *deadlines, *occurrences;
} series[] = {
	{ __LINE__, SERIES("L", "meeting RS 2026-05", "meeting RS", "opens='-15wd';"),
	  "L@2026-05-26 2026-05-26 opened\nL@2026-06-16 2026-06-16\n" },
	/* By a rule, or for another body: another series, under the same name. */
	{ __LINE__, SERIES("L", "2026-05-29", "RRULE:FREQ=MONTHLY;COUNT=1", ""),
	  "L@2026-05-26 2026-05-26 opened removed\nL@2026-05-29 2026-05-29\n"
	  "L@2026-06-16 2026-06-16 removed\n" },
	{ __LINE__, SERIES("L", "meeting HSN 2026-05", "meeting HSN", ""),
	  "L@2026-05-26 2026-05-26 opened removed\nL@2026-05-28 2026-05-28\n"
	  "L@2026-06-16 2026-06-16 removed\n" },
	/* From June on. */
	{ __LINE__, SERIES("L", "meeting RS 2026-06", "meeting RS", ""),
	  "L@2026-05-26 2026-05-26 opened removed\nL@2026-06-16 2026-06-16\n" },
	/* For the meetings of some months. */
	{ __LINE__, SERIES("L", "meeting RS 2026-05", "meeting RS", "months=[5];"),
	  "L@2026-05-26 2026-05-26 opened\nL@2026-06-16 2026-06-16 removed\n" },
	{ __LINE__, SERIES("L", "meeting RS 2026-06", "meeting RS", "months=[6];"),
	  "L@2026-05-26 2026-05-26 opened removed\nL@2026-06-16 2026-06-16\n" },
};

START_TEST(a_series_keeps_the_occurrences_that_it_still_has)
{
	struct written plan = {
		.bodies = RS("papers='-7wd';") ", " HSN,
		.meetings = OF("RS", "2026-05-26") ", " OF("RS", "2026-06-16") ", " OF(
			"HSN", "2026-05-28"),
		.deadlines = SERIES("L", "meeting RS 2026-05", "meeting RS", ""),
		.steps = "-10wd owner",
	};
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	char rows[4000] = "";

	plan.deadlines = series[_i].deadlines;
	world_adopt(w, &plan);
	ck_assert_int_eq(ledger_occurrences(w->e.ledger, deadline_id("L"), tell_occurrence, rows),
			 0);
	ck_assert_msg(strcmp(rows, series[_i].occurrences) == 0, "line %d:\n%s", series[_i].line,
		      rows);
	verified(w);
}
END_TEST

/* Every second of RS's four meetings: a count that becomes another keeps what somebody was asked for. */
static const struct {
	int line;
	const char *more, *due, *occurrences;
} counts[] = {
	{ __LINE__, "each=2; opens='-9wd';", "meeting RS 2026-05",
	  "L@2026-05-26 2026-05-26 opened\nL@2026-06-30 2026-06-30\n" },
	{ __LINE__, "each=3;", "meeting RS 2026-05",
	  "L@2026-05-26 2026-05-26 opened\nL@2026-06-30 2026-06-30 removed\n" },
	{ __LINE__, "", "meeting RS 2026-05",
	  "L@2026-05-26 2026-05-26 opened\nL@2026-06-09 2026-06-09\n"
	  "L@2026-06-30 2026-06-30\n" },
	{ __LINE__, "each=2;", "meeting RS 2026-06",
	  "L@2026-05-26 2026-05-26 opened removed\nL@2026-06-09 2026-06-09\n"
	  "L@2026-06-30 2026-06-30 removed\n" },
};

START_TEST(another_count_leaves_what_was_asked_for)
{
	struct written plan = {
		.bodies = RS("papers='-7wd';"),
		.meetings = OF("RS", "2026-05-26") ", " OF("RS", "2026-06-09") ", " OF(
			"RS", "2026-06-30") ", " OF("RS", "2026-08-25"),
		.deadlines = SERIES("L", "meeting RS 2026-05", "meeting RS", "each=2;"),
		.steps = "-10wd owner",
	};
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	char rows[4000] = "", deadline[400];

	snprintf(
		deadline, sizeof(deadline),
		"{ id='L'; title='U'; decision='d'; due='%s'; every='meeting RS'; %s"
		" answers_from=['HSN-*']; inform=['reg']; responsible='ordf'; ladder='standard'; }",
		counts[_i].due, counts[_i].more);
	plan.deadlines = deadline;
	world_adopt(w, &plan);
	ck_assert_int_eq(ledger_occurrences(w->e.ledger, deadline_id("L"), tell_occurrence, rows),
			 0);
	ck_assert_msg(strcmp(rows, counts[_i].occurrences) == 0, "line %d:\n%s", counts[_i].line,
		      rows);
	verified(w);
}
END_TEST

/* ---- proposals --------------------------------------------------------------------------------- */

static const char *proposed(struct world *w, const char *item, char out[static 100])
{
	struct proposal_row row __attribute__((cleanup(proposal_row_done))) = { .text = NULL };
	bool found;

	ck_assert_int_eq(ledger_find_proposal(w->e.ledger, item, &row, &found), 0);
	snprintf(out, 100, "%s", row.text ? row.text : "");
	return out;
}

START_TEST(a_proposal_of_what_left_the_plan_is_kept_until_the_file_says_another)
{
	struct written plan = { .deadlines = HANDED_IN("RS-58", "2026-05-15", "") }, without = plan;
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	char text[100];

	HEARD(w, "proposal", "RS-58", "{'text':'Sekreterarens.'}");
	without.deadlines = HANDED_IN("B", "2026-05-15", "");
	world_adopt(w, &without);
	ck_assert_str_eq(proposed(w, "RS-58", text), "Sekreterarens.");
	world_adopt(w, &plan);
	ck_assert_str_eq(proposed(w, "RS-58", text), "");
	plan.deadlines = HANDED_IN("RS-58", "2026-05-15", "proposal='Planens.';");
	world_adopt(w, &plan);
	ck_assert_str_eq(proposed(w, "RS-58", text), "");
	verified(w);
}
END_TEST

/* When its loss has been accepted. */
START_TEST(a_store_that_lost_what_its_plan_was_takes_the_next_one_up)
{
	struct written plan = { .measures = "{ id='HSN-03'; title='X'; owner='akut'; }" };
	struct world *w = asked_world("2026-05-04 12:00", &plan);
	struct measure_row row
		__attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };

	w->says = "stina";
	HEARD(w, "proposal", "RS-58", "{'text':'Att bifalla.'}");
	ck_assert_int_eq(ledger_set_meta(w->e.ledger, META_PLAN_SEQ, ""), 0);
	plan.measures = "{ id='HSN-03'; title='X'; owner='kir'; }";
	world_adopt(w, &plan);
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &row), 0);
	ck_assert_str_eq(row.owner, "kir");
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/plan_change",
	   UNIT_ROWS(an_extension_ends_when_the_file_says_anew_when_it_is, UNIT_COUNT(dues)),
	   UNIT_ROWS(an_extension_ends_when_the_day_is_counted_another_way, UNIT_COUNT(as_good_as)),
	   UNIT_ROWS(an_extension_ends_when_it_passes_other_meetings, UNIT_COUNT(vias)),
	   UNIT_ROWS(other_steps_are_those_that_come, UNIT_COUNT(ladders)),
	   UNIT(an_owner_whom_an_event_named_and_who_left_gives_way_to_the_files),
	   UNIT(a_deliverable_without_a_responsible_is_owed_by_nobody),
	   UNIT(another_place_or_end_in_the_file_is_taken),
	   UNIT_ROWS(a_meeting_that_an_event_moved_stays_until_the_file_says_something_new_of_it,
		     UNIT_COUNT(moves)),
	   UNIT_ROWS(the_next_meeting_is_one_that_the_plan_still_has, UNIT_COUNT(nexts)),
	   UNIT(each_deadline_that_finds_no_meeting_is_named),
	   UNIT(another_deadline_that_becomes_next_binds_then),
	   UNIT_ROWS(a_series_keeps_the_occurrences_that_it_still_has, UNIT_COUNT(series)),
	   UNIT_ROWS(another_count_leaves_what_was_asked_for, UNIT_COUNT(counts)),
	   UNIT(a_proposal_of_what_left_the_plan_is_kept_until_the_file_says_another),
	   UNIT(a_store_that_lost_what_its_plan_was_takes_the_next_one_up))
