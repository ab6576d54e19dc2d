/* SPDX-License-Identifier: Apache-2.0 */
/* What each event changes: paminn-rules(7), Answers. */
#include "engine/apply.h"

#include <errno.h>

#include "engine/inquiry/inquirer.h"
#include "tests/unit/engine_fixture.h"

#define STATE_IS(world, deadline, measure, expected)                                \
	do {                                                                        \
		struct obligation seen_ = obligation_of(world, deadline, measure);  \
		ck_assert_str_eq(obligation_state(&seen_, (world)->now), expected); \
	} while (0)

/* Two deadlines: RS-58's papers on 15 May, its window from 29 April; T2's on 16 September. */
static const struct written two_deadlines = {
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("RS-58", "2026-05-15", "") ", " ASKING("T2", "2026-09-16", ""),
	.alerts = "",
};

/* ---- states ------------------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *at, *state;
} states[] = {
	{ __LINE__, "2026-04-22 12:00", "waiting" },
	{ __LINE__, "2026-04-29 07:59", "waiting" },
	{ __LINE__, "2026-04-29 08:00", "open" }, /* at the ladder's first step */
	{ __LINE__, "2026-05-15 23:59", "open" },
	{ __LINE__, "2026-05-16 00:00", "late" }, /* at the midnight that ends the papers date */
};

START_TEST(an_obligation_waits_opens_and_is_late)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	world_to(w, states[_i].at);
	STATE_IS(w, "RS-58", "HSN-03", states[_i].state);
	STATE_IS(w, "RS-58", "", states[_i].state);
	world_free(w);
}
END_TEST

START_TEST(each_measure_owes_its_owner_s_answer_and_the_responsible_the_deliverable)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	ck_assert_str_eq(obligation_of(w, "RS-58", "HSN-03").owner, "akut");
	ck_assert_str_eq(obligation_of(w, "RS-58", "HSN-07").owner, "kir");
	ck_assert_str_eq(obligation_of(w, "RS-58", "").owner, "ordf");
	world_to(w, "2026-04-29 08:00");
	TELLS(w, "04-29 08:00 reminder ordf: RS-58 -10wd\n"
		 "04-29 08:00 reminder akut: RS-58/HSN-03 -10wd\n"
		 "04-29 08:00 reminder kir: RS-58/HSN-07 -10wd\n");
	world_free(w);
}
END_TEST

/* A deadline that asks no measure: all of it is the responsible's. */
START_TEST(of_the_deliverable_owner_means_the_responsible_and_manager_theirs)
{
	struct written plan = {
		.people = PERSON("akut", "manager='dir';") ", " PERSON("dir", "") ", " PERSON(
			"ordf", "manager='stod';") ", " PERSON("stod", "") ", " PERSON("reg", ""),
		.deadlines = "{ id='A'; title='Rapport'; due='2026-05-15'; responsible='ordf'; "
			     "inform=['reg']; ladder='standard'; }",
		.steps = "0 owner; +1wd manager",
		.alerts = "",
	};
	struct world *w = world_new("2026-05-04 12:00", &plan);

	ck_assert_str_eq(obligation_of(w, "A", "").owner, "ordf");
	world_to(w, "2026-05-31 12:00");
	TELLS(w, "05-15 08:00 reminder ordf: A 0\n"
		 "05-18 08:00 escalation stod: A +1wd\n");
	world_free(w);
}
END_TEST

/* A time of day, and windows of their own. */
START_TEST(late_begins_at_the_time_of_day_given)
{
	struct written plan = { .deadlines = ASKING("A", "2026-05-15T12:00", "") };
	struct world *w = world_new("2026-05-15 11:59", &plan);

	STATE_IS(w, "A", "HSN-03", "open");
	world_to(w, "2026-05-15 12:00");
	STATE_IS(w, "A", "HSN-03", "late");
	world_free(w);
}
END_TEST

/* Sat 31 Oct 2026 is All Saints' Day: a statutory limit is met on Mon 2 Nov, a wise reminder says Fri. */
START_TEST(a_statutory_limit_is_late_after_the_next_working_day_and_asked_for_before_it)
{
	struct written plan = { .deadlines = ASKING("A", "2026-10-31", "round='forward';"),
				.steps = "0 owner; +1wd owner" };
	struct world *w = world_new("2026-10-01 12:00", &plan);

	DAY_IS(obligation_of(w, "A", "HSN-03").due, "2026-11-02");
	world_to(w, "2026-11-02 23:59");
	STATE_IS(w, "A", "HSN-03", "open");
	world_to(w, "2026-11-03 00:00");
	STATE_IS(w, "A", "HSN-03", "late");
	TELLS(w, "10-30 08:00 reminder akut: A/HSN-03 0\n"
		 "11-02 08:00 reminder akut: A/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

/* Between the day that steps count from and the last day the answer is still in time. */
START_TEST(before_a_statutory_limit_is_late_only_who_owes_it_is_reminded)
{
	struct written plan = { .deadlines = ASKING("A", "2026-10-31", "round='forward';"),
				.steps = "0 owner; +1wd owner manager role:support channel:hook; "
					 "+2wd owner manager" };
	struct world *w = world_new("2026-10-30 12:00", &plan);

	world_to(w, "2026-11-02 23:59");
	MARKS_ARE(w, "A", "HSN-03",
		  "1 0.0 akut sent: on 2026-10-30 (late after 2026-11-02); sent late, the step was "
		  "already past\n"
		  "1 +1wd.0 akut sent: the answer is in time until 2026-11-02\n"
		  "1 +1wd.0 channel:hook suppressed: the answer is in time until 2026-11-02: only "
		  "who owes it is reminded\n"
		  "1 +1wd.0 dir suppressed: the answer is in time until 2026-11-02: only who owes "
		  "it is reminded\n"
		  "1 +1wd.0 stod suppressed: the answer is in time until 2026-11-02: only who owes "
		  "it is reminded\n");
	world_to(w, "2026-11-03 23:59");
	TELLS(w, "10-30 12:00 reminder akut: A/HSN-03 0 late\n"
		 "11-02 08:00 reminder akut: A/HSN-03 +1wd\n"
		 "11-03 08:00 reminder akut: A/HSN-03 +2wd\n"
		 "11-03 08:00 escalation dir: A/HSN-03 +2wd\n");
	world_free(w);
}
END_TEST

/* Who stands in gets it in the place of who owes it; a limit of a time of day ends at that. */
START_TEST(until_a_statutory_limit_s_time_of_day_who_stands_in_is_reminded)
{
	struct written plan = {
		.deadlines = ASKING("A", "2026-10-31 09:00", "round='forward';"),
		.people = PERSON("akut", "manager='dir'; deputy='kir';") ", " PERSON(
			"kir", "") ", " PERSON("dir", "") ", " PERSON("reg", ""),
		.alerts = "",
		.steps = "+1wd owner manager",
	};
	struct world *w = world_new("2026-10-30 12:00", &plan);

	HEARD(w, "absence", "akut", "{'from':'2026-11-01','until':'2026-11-06'}");
	world_to(w, "2026-11-02 23:59");
	TELLS(w, "11-02 08:00 reminder kir: A/HSN-03 +1wd\n");
	world_free(w);
	plan.time = "10:00";
	w = world_new("2026-10-30 12:00", &plan);
	world_to(w, "2026-11-03 23:59"); /* late, and told of it once they have been asked */
	TELLS(w, "11-02 10:00 reminder akut: A/HSN-03 +1wd\n"
		 "11-03 10:00 escalation dir: A/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(the_window_opens_when_it_is_written_to)
{
	struct written plan = {
		.deadlines = ASKING("A", "2026-05-15", "opens='2026-03-02';") ", " ASKING(
			"B", "2026-05-15", "opens='-20wd';")
	};
	struct world *w = world_new("2026-03-01 23:59", &plan);

	STATE_IS(w, "A", "HSN-03", "waiting");
	world_to(w, "2026-03-02 00:00");
	STATE_IS(w, "A", "HSN-03", "open");
	world_to(w, "2026-04-14 23:59");
	STATE_IS(w, "B", "HSN-03", "waiting");
	world_to(w, "2026-04-15 00:00");
	STATE_IS(w, "B", "HSN-03", "open");
	TELLS(w, ""); /* steps come when they come */
	world_free(w);
}
END_TEST

/* Open since 29 April it stays open when the date moves far ahead, and when it is long late. */
START_TEST(the_window_does_not_close)
{
	struct written plan = { .meetings = "{ body='RS'; from='2026-05-26'; }",
				.deadlines = ASKING("A", "meeting RS 2026-05", "") };
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-04-29 08:00");
	HEARD(w, "meeting", "RS", "{'from':'2026-09-15','replaces':'2026-05-26'}");
	STATE_IS(w, "A", "HSN-03", "open");
	plan.steps = "-5wd owner";
	world_adopt(w, &plan);
	STATE_IS(w, "A", "HSN-03", "open");
	world_to(w, "2027-09-15 12:00");
	STATE_IS(w, "A", "HSN-03", "late");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	STATE_IS(w, "A", "HSN-03", "answered");
	world_free(w);
}
END_TEST

/* ---- status ------------------------------------------------------------------------------------- */

/* Whatever the value, what is open is answered; only done and cancelled reach what is not open yet:
 * that is withdrawn, as later obligations are born. */
static const struct {
	int line;
	const char *now, *time, *status, *near, *far;
} answers[] = {
	{ __LINE__, "2026-05-11 12:00", "", "on-track", "answered", "waiting" },
	{ __LINE__, "2026-05-11 12:00", "", "not-started", "answered", "waiting" },
	{ __LINE__, "2026-05-11 12:00", "", "off-track", "answered", "waiting" },
	{ __LINE__, "2026-05-20 12:00", "", "at-risk", "answered", "waiting" }, /* late, too */
	{ __LINE__, "2026-05-11 12:00", "", "done", "answered", "withdrawn" },
	{ __LINE__, "2026-05-11 12:00", "", "cancelled", "answered", "withdrawn" },
	/* Before the window. */
	{ __LINE__, "2026-04-27 12:00", "", "on-track", "waiting", "waiting" },
	{ __LINE__, "2026-04-27 12:00", "", "done", "withdrawn", "withdrawn" },
	/* The window must hold the status's time, not its receipt. */
	{ __LINE__, "2026-05-11 12:00", "2026-04-29 08:00", "on-track", "answered", "waiting" },
	{ __LINE__, "2026-05-11 12:00", "2026-04-29 07:59", "on-track", "open", "waiting" },
	{ __LINE__, "2026-05-11 12:00", "2026-04-28 12:00", "done", "withdrawn", "withdrawn" },
};

START_TEST(a_status_answers_what_is_open)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);
	char data[80];

	world_to(w, answers[_i].now);
	snprintf(data, sizeof(data), "{'status':'%s'}", answers[_i].status);
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", answers[_i].time, data), 0);
	STATE_IS(w, "RS-58", "HSN-03", answers[_i].near);
	STATE_IS(w, "T2", "HSN-03", answers[_i].far);
	STATE_IS(w, "T2", "HSN-07", "waiting"); /* another measure's is its own */
	world_free(w);
}
END_TEST

/* RS-58 is late on 20 May, T1 open and T2's window far ahead. */
START_TEST(a_status_answers_every_open_or_late_obligation_of_its_measure)
{
	struct written plan = two_deadlines;
	struct world *w;

	plan.deadlines = HANDED_IN("RS-58", "2026-05-15", "") ", " ASKING(
		"T1", "2026-05-29", "") ", " ASKING("T2", "2026-09-16", "");
	w = world_new("2026-04-22 12:00", &plan);
	world_to(w, "2026-05-20 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	STATE_IS(w, "RS-58", "HSN-03", "answered");
	STATE_IS(w, "T1", "HSN-03", "answered");
	STATE_IS(w, "T2", "HSN-03", "waiting");
	STATE_IS(w, "RS-58", "HSN-07", "late");
	STATE_IS(w, "RS-58", "", "late");
	world_free(w);
}
END_TEST

START_TEST(who_has_answered_is_not_asked_again_and_nobody_is_told_of_him)
{
	struct world *w = world_new("2026-04-22 12:00", &(struct written){ 0 });
	struct obligation o;

	world_to(w, "2026-05-11 12:00");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_int_eq(o.answered_at.us, w->now.us);
	ck_assert_int_gt(o.answered_seq, 0);
	ck_assert_int_eq(o.asked, 2);
	world_to(w, "2026-12-31 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(an_answer_drops_what_waits)
{
	struct world *w = world_new("2026-04-22 12:00", &(struct written){ 0 });

	w->down = "*";
	world_to(w, "2026-05-18 08:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->down = NULL;
	world_to(w, "2026-12-31 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(the_rest_of_a_merged_message_is_told)
{
	struct written plan = {
		.measures = TWO_MEASURES,
		.people = PERSON("akut", "manager='dir';") ", " PERSON(
			"kir", "manag"
			       "er='"
			       "dir'"
			       ";") ", " PERSON("dir", "") ", " PERSON("stod", "roles=['support']"
									       ";") ", " PERSON("r"
												"e"
												"g",
												""),
		.alerts = ""
	};
	struct world *w = world_new("2026-04-22 12:00", &plan);

	world_to(w, "2026-05-17 12:00");
	w->tale[0] = '\0';
	w->down = "dir";
	world_to(w, "2026-05-18 08:04");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->down = NULL;
	world_to(w, "2026-05-18 12:00");
	TELLS(w, "05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		 "05-18 08:00 reminder kir: RS-58/HSN-07 +1wd\n"
		 "05-18 08:05 escalation dir: RS-58/HSN-07 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(the_newest_status_is_by_time_then_by_receipt)
{
	struct world *w = world_new("2026-05-11 12:00", &(struct written){ 0 });
	struct measure_row row;

	HEARD(w, "status", "HSN-03", "{'status':'at-risk','progress':40,'effect_forecast':7}");
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-05-11 11:00",
				    "{'status':'done','progress':100,'note':'x'}"),
			 0);
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &row), 0);
	ck_assert_int_eq(row.status, STATUS_AT_RISK); /* the older one is history */
	ck_assert_int_eq(row.progress.value, 40);
	ck_assert_ptr_null(row.note);
	measure_row_done(&row);
	HEARD(w, "status", "HSN-03", "{'status':'on-track','note':'y'}"); /* at the same instant */
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &row), 0);
	ck_assert_int_eq(row.status, STATUS_ON_TRACK);
	ck_assert_int_eq(row.progress.value, 40); /* left out: the last reported stands */
	ck_assert_int_eq(row.effect_forecast.value, 7);
	ck_assert_str_eq(row.note, "y");
	measure_row_done(&row);
	world_free(w);
}
END_TEST

/* A newer other status restores those whose papers date is ahead. */
START_TEST(a_measure_under_way_again_owes_what_can_still_be_met)
{
	struct world *w = world_new("2026-04-27 12:00", &two_deadlines);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	STATE_IS(w, "RS-58", "HSN-03", "withdrawn");
	world_to(w, "2026-05-18 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}");
	STATE_IS(w, "RS-58", "HSN-03", "withdrawn"); /* its papers date has passed */
	STATE_IS(w, "T2", "HSN-03", "waiting");
	world_to(w, "2026-09-01 12:00");
	w->tale[0] = '\0';
	world_to(w, "2026-09-02 12:00");
	TELLS(w, "09-02 08:00 reminder akut: T2/HSN-03 -10wd\n"
		 "09-02 08:00 reminder kir: T2/HSN-07 -10wd\n");
	world_free(w);
}
END_TEST

/* A newer other status restores those whose papers date is ahead: the one that stands now, since the
 * deadline was extended while the measure was done. */
START_TEST(it_comes_back_by_the_date_its_deadline_was_extended_to)
{
	struct world *w = world_new("2026-04-27 12:00", &two_deadlines);
	struct obligation o;

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	world_to(w, "2026-04-28 12:00");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-29','reference':'x'}");
	world_to(w, "2026-05-18 12:00"); /* after the old date */
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-04-28 12:00",
				    "{'status':'on-track'}"),
			 0); /* before the window, which it does not answer */
	o = obligation_of(w, "RS-58", "HSN-03");
	ck_assert_str_eq(obligation_state(&o, w->now), "open");
	DAY_IS(o.papers, "2026-05-29");
	DAY_IS(o.papers_original, "2026-05-15");
	ck_assert_int_eq(o.round, 2);
	world_free(w);
}
END_TEST

START_TEST(what_came_back_within_its_window_is_answered_at_once)
{
	struct world *w = world_new("2026-04-27 12:00", &two_deadlines);

	HEARD(w, "status", "HSN-03", "{'status':'cancelled'}");
	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	STATE_IS(w, "RS-58", "HSN-03", "answered");
	world_free(w);
}
END_TEST

START_TEST(an_older_status_restores_nothing)
{
	struct world *w = world_new("2026-04-27 12:00", &two_deadlines);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	ck_assert_int_eq(world_hear(w, "paminn.status", "HSN-03", "2026-04-26 12:00",
				    "{'status':'on-track'}"),
			 0);
	STATE_IS(w, "T2", "HSN-03", "withdrawn");
	world_free(w);
}
END_TEST

START_TEST(nobody_is_asked_for_what_is_closed)
{
	struct world *w = world_new("2026-04-27 12:00", &two_deadlines);

	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "submit", "RS-58", "{'reference':'HSN § 70'}");
	world_to(w, "2026-04-28 12:00");
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'at-risk'}"); /* restores, but not this one */
	STATE_IS(w, "RS-58", "HSN-03", "withdrawn");
	STATE_IS(w, "T2", "HSN-03", "waiting");
	world_to(w, "2026-06-30 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

/* ---- submit ------------------------------------------------------------------------------------- */

static int last_submitted(void *userdata, const struct message *m, const struct item *item)
{
	(void)m;
	if (item->what == ITEM_SUBMITTED)
		snprintf(userdata, 200, "%s", item->detail);
	return 0;
}

/* Does the last confirmation say that it is of a supplement? */
static bool told_as_supplement(struct world *w, const char *deadline)
{
	char detail[200] = "";

	ck_assert_int_eq(ledger_items_about(w->e.ledger, deadline_id(deadline), measure_id(""),
					    last_submitted, detail),
			 0);
	return strstr(detail, "\"supplement\":true") != NULL;
}

/* Those to be informed are told; a second submit is a supplement, told anew. */
START_TEST(submit_answers_the_deliverable_withdraws_the_rest_and_is_confirmed)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->tale[0] = '\0';
	HEARD(w, "submit", "RS-58", "{'reference':'HSN 2026-05-21 § 70'}");
	STATE_IS(w, "RS-58", "", "answered");
	STATE_IS(w, "RS-58", "HSN-03", "answered");
	STATE_IS(w, "RS-58", "HSN-07", "withdrawn");
	DEADLINE_IS(w, "RS-58", SUBMITTED);
	ck_assert_str_eq(deadline_of(w, "RS-58").reference, "HSN 2026-05-21 § 70");
	world_to(w, "2026-08-31 12:00");
	TELLS(w, "05-11 12:00 confirmation reg: RS-58 submitted\n");
	ck_assert(!told_as_supplement(w, "RS-58"));
	HEARD(w, "submit", "RS-58", "{'reference':'HSN 2026-08-27 § 99','note':'bilaga'}");
	world_to(w, "2026-08-31 12:00"); /* a supplement, told anew */
	TELLS(w, "08-31 12:00 confirmation reg: RS-58 submitted\n");
	ck_assert(told_as_supplement(w, "RS-58"));
	ck_assert_str_eq(deadline_of(w, "RS-58").reference, "HSN 2026-08-27 § 99");
	world_free(w);
}
END_TEST

START_TEST(a_deadline_that_nobody_hands_in_can_be_closed_too)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	HEARD(w, "submit", "T2", "{'reference':'x'}");
	DEADLINE_IS(w, "T2", SUBMITTED);
	STATE_IS(w, "T2", "HSN-03", "withdrawn");
	world_free(w);
}
END_TEST

/* ---- extend ------------------------------------------------------------------------------------- */

/* It gives the date the answer is in instead of papers, and starts a new round. */
START_TEST(an_extension_of_a_deadline_covers_what_is_unanswered_and_the_deliverable)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	world_to(w, "2026-05-11 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-24','reference':'RS § 3'}"); /* a Sunday */
	world_to(w, "2026-05-11 12:00");
	TELLS(w, "05-11 12:00 moved ordf: RS-58 moved\n"
		 "05-11 12:00 moved kir: RS-58 moved\n"
		 "05-11 12:00 moved reg: RS-58 moved\n");
	DAY_IS(obligation_of(w, "RS-58", "").papers, "2026-05-22");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-22");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers_original, "2026-05-15");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-15");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").round, 2);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 1);
	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-22");
	DAY_IS(deadline_of(w, "RS-58").papers_original, "2026-05-15");
	world_free(w);
}
END_TEST

START_TEST(an_extension_of_a_measure_is_its_own)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	world_to(w, "2026-05-11 12:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-22','reference':'x','deadline':'RS-58'}");
	world_to(w, "2026-05-11 12:00");
	TELLS(w, "05-11 12:00 moved akut: RS-58/HSN-03 moved\n"
		 "05-11 12:00 moved ordf: RS-58/HSN-03 moved\n"
		 "05-11 12:00 moved reg: RS-58/HSN-03 moved\n");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-22");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-15");
	DAY_IS(deadline_of(w, "RS-58").papers, "2026-05-15");
	world_free(w);
}
END_TEST

START_TEST(an_extension_of_a_meeting_s_deadline_moves_the_papers_and_not_the_meeting)
{
	struct written plan = { .meetings = "{ body='RS'; from='2026-05-26'; }",
				.deadlines = ASKING("RS-58", "meeting RS 2026-05", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-20");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due, "2026-05-26");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due_original, "");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-20");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due, "2026-05-28");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due_original, "2026-05-26");
	world_free(w);
}
END_TEST

START_TEST(the_old_date_stays_visible_although_it_was_provisional)
{
	struct written plan = { .deadlines = ASKING("RS-58", "meeting RS 2026-05", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	HEARD(w, "extend", "RS-58", "{'due':'2026-06-05','reference':'x'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers_original, "2026-05-29");
	DAY_IS(deadline_of(w, "RS-58").papers_original, "2026-05-29");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due, "2026-05-26");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due_original, "");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers_original, "2026-05-29");
	world_free(w);
}
END_TEST

START_TEST(a_measure_s_own_extension_survives_the_deadline_s_move)
{
	struct written plan = { .measures = TWO_MEASURES,
				.meetings = "{ body='RS'; from='2026-05-26'; }",
				.deadlines = ASKING("RS-58", "meeting RS 2026-05", "") };
	struct world *w = world_new("2026-05-04 12:00", &plan);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'x'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-22','reference':'y','deadline':'RS-58'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-22");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-20");
	world_free(w);
}
END_TEST

START_TEST(a_forward_extension_keeps_both_its_roundings)
{
	struct written plan = { .meetings = "{ body='RS'; from='2026-10-20'; }",
				.deadlines =
					ASKING("A", "meeting RS 2026-10", "round='forward';") };
	struct world *w = world_new("2026-10-01 12:00", &plan);

	HEARD(w, "extend", "HSN-03", "{'due':'2026-10-31','reference':'x','deadline':'A'}");
	DAY_IS(obligation_of(w, "A", "HSN-03").papers, "2026-11-02");
	DAY_IS(obligation_of(w, "A", "HSN-03").base, "2026-10-30");
	HEARD(w, "meeting", "RS", "{'from':'2026-10-21','replaces':'2026-10-20'}");
	DAY_IS(obligation_of(w, "A", "HSN-03").papers, "2026-11-02");
	DAY_IS(obligation_of(w, "A", "HSN-03").base, "2026-10-30");
	world_free(w);
}
END_TEST

/* ---- what is refused ----------------------------------------------------------------------------- */

static const struct {
	int line;
	const char *type, *subject, *data;
	enum reject_code code;
	const char *reason;
} refused[] = {
	{ __LINE__, "paminn.status", "HSN-99", "{'status':'done'}", REJECT_UNKNOWN_SUBJECT,
	  "there is no measure HSN-99 in the plan: check the id" },
	{ __LINE__, "paminn.status", "RS-58", "{'status':'done'}", REJECT_UNKNOWN_SUBJECT,
	  "RS-58 is a deadline, not a measure: name one of its measures" },
	{ __LINE__, "paminn.submit", "HSN-03", "{'reference':'x'}", REJECT_UNKNOWN_SUBJECT,
	  "HSN-03 is a measure, not a deadline: name the deadline" },
	{ __LINE__, "paminn.submit", "RS-99", "{'reference':'x'}", REJECT_UNKNOWN_SUBJECT,
	  "there is no deadline RS-99 in the plan: check the id" },
	{ __LINE__, "paminn.extend", "HSN-03", "{'due':'2026-06-01','reference':'x'}",
	  REJECT_BAD_DATA,
	  "HSN-03 is a measure: say which of its deadlines is extended, as in `extend RS-58 "
	  "--measure HSN-03` (`deadline` in an event)" },
	{ __LINE__, "paminn.extend", "OTHER-1", "{'due':'2026-06-01','reference':'x'}",
	  REJECT_BAD_DATA,
	  "OTHER-1 is a measure: say which of its deadlines is extended, as in `extend DEADLINE "
	  "--measure OTHER-1` (`deadline` in an event)" },
	{ __LINE__, "paminn.extend", "RS-58",
	  "{'due':'2026-06-01','reference':'x','deadline':'T2'}", REJECT_BAD_DATA,
	  "`deadline` says T2 but the subject is RS-58: name the measure as subject, or leave "
	  "`deadline` out" },
	{ __LINE__, "paminn.extend", "RS-58", "{'due':'2026-05-10','reference':'x'}",
	  REJECT_BAD_DATA, "`due` 2026-05-10 has already passed: give a date from today on" },
	{ __LINE__, "paminn.extend", "OTHER-1",
	  "{'due':'2026-06-01','reference':'x','deadline':'RS-58'}", REJECT_BAD_DATA,
	  "RS-58 does not ask OTHER-1: there is nothing to extend" },
	{ __LINE__, "paminn.extend", "HSN-07",
	  "{'due':'2026-06-01','reference':'x','deadline':'RS-58'}", REJECT_BAD_DATA,
	  "nothing is unanswered in RS-58 for HSN-07: there is nothing to extend" },
	{ __LINE__, "paminn.meeting", "KF", "{'from':'2026-06-01'}", REJECT_UNKNOWN_SUBJECT,
	  "there is no body KF in the plan: check the id" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2026-06-01','replaces':'2026-05-05'}",
	  REJECT_BAD_DATA,
	  "RS has no meeting on 2026-05-05 to replace: give the date it is known by" },
	{ __LINE__, "paminn.meeting", "RS", "{'from':'2101-06-01'}", REJECT_BAD_DATA,
	  "`from` 2101-06-01 is outside 2005-2100: check the year" },
	{ __LINE__, "paminn.note", "RS-99", "{'note':'x'}", REJECT_UNKNOWN_SUBJECT,
	  "there is no measure or deadline RS-99 in the plan: check the id" },
};

START_TEST(what_can_not_be_is_refused_with_a_sentence_and_changes_nothing)
{
	struct written plan = two_deadlines;
	struct due_instants before, after;
	struct world *w;
	int64_t seq;

	plan.measures = TWO_MEASURES ", { id='OTHER-1'; title='Annat'; owner='kir'; }";
	w = world_new("2026-05-11 12:00", &plan);
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	ck_assert_int_eq(ledger_next_due(w->e.ledger, &before), 0);
	ck_assert_int_eq(world_hear(w, refused[_i].type, refused[_i].subject, "", refused[_i].data),
			 (int)refused[_i].code);
	ck_assert_str_eq(w->why.reason, refused[_i].reason);
	ck_assert(!IS_THERE(ledger_find_event, w->e.ledger, "/people/akut", "event-2", &seq));
	ck_assert_int_eq(ledger_next_due(w->e.ledger, &after), 0);
	ck_assert_int_eq(before.decisions.us, after.decisions.us);
	ck_assert_int_eq(before.messages.us, after.messages.us);
	world_free(w);
}
END_TEST

START_TEST(a_note_is_kept_and_changes_nothing)
{
	struct world *w = world_new("2026-05-11 12:00", &two_deadlines);
	int64_t seq;

	HEARD(w, "note", "HSN-03", "{'note':'sjuk'}");
	HEARD(w, "note", "RS-58", "{'note':'sjuk'}");
	ck_assert(IS_THERE(ledger_find_event, w->e.ledger, "/people/akut", "event-2", &seq));
	STATE_IS(w, "RS-58", "HSN-03", "open");
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/apply", UNIT_ROWS(an_obligation_waits_opens_and_is_late, UNIT_COUNT(states)),
	   UNIT(each_measure_owes_its_owner_s_answer_and_the_responsible_the_deliverable),
	   UNIT(a_statutory_limit_is_late_after_the_next_working_day_and_asked_for_before_it),
	   UNIT(before_a_statutory_limit_is_late_only_who_owes_it_is_reminded),
	   UNIT(until_a_statutory_limit_s_time_of_day_who_stands_in_is_reminded),
	   UNIT(of_the_deliverable_owner_means_the_responsible_and_manager_theirs),
	   UNIT(late_begins_at_the_time_of_day_given), UNIT(the_window_opens_when_it_is_written_to),
	   UNIT(the_window_does_not_close),
	   UNIT_ROWS(a_status_answers_what_is_open, UNIT_COUNT(answers)),
	   UNIT(a_status_answers_every_open_or_late_obligation_of_its_measure),
	   UNIT(who_has_answered_is_not_asked_again_and_nobody_is_told_of_him),
	   UNIT(an_answer_drops_what_waits), UNIT(the_rest_of_a_merged_message_is_told),
	   UNIT(the_newest_status_is_by_time_then_by_receipt),
	   UNIT(a_measure_under_way_again_owes_what_can_still_be_met),
	   UNIT(it_comes_back_by_the_date_its_deadline_was_extended_to),
	   UNIT(what_came_back_within_its_window_is_answered_at_once),
	   UNIT(an_older_status_restores_nothing), UNIT(nobody_is_asked_for_what_is_closed),
	   UNIT(submit_answers_the_deliverable_withdraws_the_rest_and_is_confirmed),
	   UNIT(a_deadline_that_nobody_hands_in_can_be_closed_too),
	   UNIT(an_extension_of_a_deadline_covers_what_is_unanswered_and_the_deliverable),
	   UNIT(an_extension_of_a_measure_is_its_own),
	   UNIT(an_extension_of_a_meeting_s_deadline_moves_the_papers_and_not_the_meeting),
	   UNIT(the_old_date_stays_visible_although_it_was_provisional),
	   UNIT(a_measure_s_own_extension_survives_the_deadline_s_move),
	   UNIT(a_forward_extension_keeps_both_its_roundings),
	   UNIT_ROWS(what_can_not_be_is_refused_with_a_sentence_and_changes_nothing,
		     UNIT_COUNT(refused)),
	   UNIT(a_note_is_kept_and_changes_nothing))
