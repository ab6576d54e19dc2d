/* SPDX-License-Identifier: Apache-2.0 */
/* paminn-rules(7), Who gets it: assign; paminnd.conf(5), FILES AGAINST EVENTS: of an owner. */
#include "tests/unit/engine_fixture.h"

#define TWO_DEADLINES ASKING("RS-58", "2026-05-15", "") ", " ASKING("RS-70", "2026-06-15", "")
static const struct written two_deadlines = { .deadlines = TWO_DEADLINES };

static struct measure_row measure_of(struct world *w, const char *id)
{
	struct measure_row row = { 0 };

	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id(id), &row), 0);
	free(row.note);
	free(row.needs_support);
	row.note = row.needs_support = NULL;
	return row;
}

START_TEST(the_new_owner_gets_one_message_naming_the_dates_instead_of_past_steps_the_old_is_told)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	world_to(w, "2026-05-08 10:00");
	w->tale[0] = '\0';
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-08 10:00 assigned kir: RS-58/HSN-03 assigned, RS-70/HSN-03 assigned\n"
		 "05-08 10:00 assigned akut: RS-58/HSN-03 unassigned\n"
		 "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n"
		 "05-15 08:00 reminder kir: RS-58/HSN-03 0\n");
	ck_assert_str_eq(obligation_of(w, "RS-70", "HSN-03").owner, "kir");
	ck_assert_str_eq(measure_of(w, "HSN-03").owner, "kir");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 1);
	world_free(w);
}
END_TEST

/* What was held for the old owner's manager or deputy goes to nobody, unless the new owner has the same. */
static const struct {
	int line;
	const char *kir, *tale;
} managed[] = {
	{ __LINE__, "manager='dir'; deputy='reg';",
	  "05-18 09:00 assigned kir: RS-58/HSN-03 assigned\n"
	  "05-19 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
	  "05-19 08:00 escalation reg: RS-58/HSN-03 +1wd\n" },
	{ __LINE__, "manager='dir'; deputy='stod';",
	  "05-18 09:00 assigned kir: RS-58/HSN-03 assigned\n"
	  "05-19 08:00 escalation dir: RS-58/HSN-03 +1wd\n" },
	{ __LINE__, "manager='ordf'; deputy='reg';",
	  "05-18 09:00 assigned kir: RS-58/HSN-03 assigned\n"
	  "05-19 08:00 escalation reg: RS-58/HSN-03 +1wd\n" },
	{ __LINE__, "", "05-18 09:00 assigned kir: RS-58/HSN-03 assigned\n" },
};

START_TEST(what_was_held_for_a_manager_goes_to_the_one_who_is_the_new_owners_too)
{
	struct written plan = { .steps = "0 owner; +1wd manager deputy" };
	char people[1000];
	struct world *w;

	snprintf(
		people, sizeof(people),
		PERSON("akut",
		       "manager='dir'; deputy='reg';") ", { id='kir'; name='K'; "
						       "mail='k@region.se'; %s }, " PERSON("dir", "") ", " PERSON(
							       "ordf",
							       "") ", " PERSON("stod",
									       "roles=['"
									       "support']"
									       ";") ","
										    " " PERSON(
											    "reg",
											    ""),
		managed[_i].kir);
	plan.people = people;
	w = world_new("2026-05-12 12:00", &plan);
	w->down = "akut";
	world_to(w, "2026-05-18 09:00");
	w->tale[0] = '\0';
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-20 12:00");
	ck_assert_msg(strcmp(w->tale, managed[_i].tale) == 0, "line %d: told\n%s", managed[_i].line,
		      w->tale);
	world_free(w);
}
END_TEST

START_TEST(steps_past_that_wait_for_the_opening_are_not_sent_besides)
{
	struct written plan = { .steps = "-5wd owner; -2wd owner; 0 owner" };
	struct world *w = world_new("2026-05-12 18:00", &plan);

	world_to(w, "2026-05-12 18:00");
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-13 07:30 assigned kir: RS-58/HSN-03 assigned\n"
		 "05-13 07:30 assigned akut: RS-58/HSN-03 unassigned\n"
		 "05-15 08:00 reminder kir: RS-58/HSN-03 0\n");
	world_free(w);
}
END_TEST

START_TEST(its_acceptance_counts_as_reached_but_not_as_asked)
{
	struct written plan = { .steps = "-2wd owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	world_to(w, "2026-05-13 10:00");
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 0);
	world_to(w, "2026-05-13 11:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").reached_round, 1);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").asked, 1);
	w->tale[0] = '\0';
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n");
	world_free(w);
}
END_TEST

START_TEST(nobody_is_escalated_over_the_head_of_the_new_owner)
{
	struct written plan = { .steps = "-2wd owner; +1wd manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	world_to(w, "2026-05-13 10:00");
	w->tale[0] = '\0';
	w->refused = "kir";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-13 10:00 assigned akut: RS-58/HSN-03 unassigned\n"
		 "05-13 10:00 alert stod: RS-58/HSN-03 unreached\n");
	world_free(w);
}
END_TEST

START_TEST(reminders_that_wait_for_the_old_owner_are_moot)
{
	struct world *w = world_new("2026-05-11 10:00", &(struct written){ .steps = "-2wd owner" });

	w->now = instant_of("2026-05-12 08:00");
	world_decide(w);
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-12 08:00 assigned kir: RS-58/HSN-03 assigned\n"
		 "05-12 08:00 assigned akut: RS-58/HSN-03 unassigned\n");
	world_free(w);
}
END_TEST

START_TEST(what_was_held_for_the_old_owners_manager_goes_to_nobody)
{
	struct written plan = { .steps = "-2wd owner; 0 manager" };
	struct world *w = world_new("2026-05-11 10:00", &plan);

	w->down = "akut";
	world_to(w, "2026-05-15 12:00");
	w->tale[0] = '\0';
	HEARD(w, "assign", "HSN-03", "{'owner':'ordf'}"); /* who has no manager */
	w->down = NULL;
	world_to(w, "2026-05-29 10:00");
	TELLS(w, "05-15 12:00 assigned ordf: RS-58/HSN-03 assigned\n"
		 "05-15 12:00 assigned akut: RS-58/HSN-03 unassigned\n");
	world_free(w);
}
END_TEST

START_TEST(an_answered_one_stays_its_owners)
{
	struct world *w = world_new("2026-04-22 12:00", &two_deadlines);

	world_to(w, "2026-05-08 10:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	w->tale[0] = '\0';
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-15 12:00");
	TELLS(w, "05-08 10:00 assigned kir: RS-70/HSN-03 assigned\n"
		 "05-08 10:00 assigned akut: RS-70/HSN-03 unassigned\n");
	ck_assert_str_eq(obligation_of(w, "RS-58", "HSN-03").owner, "akut");
	world_free(w);
}
END_TEST

START_TEST(the_same_owner_is_no_change_and_an_unknown_one_refused)
{
	struct world *w = world_new("2026-05-08 10:00", &(struct written){ 0 });

	world_to(w, "2026-05-08 10:00");
	w->tale[0] = '\0';
	HEARD(w, "assign", "HSN-03", "{'owner':'akut'}");
	REFUSED(w, "assign", "HSN-03", "{'owner':'nemo'}", REJECT_BAD_DATA, "nemo is no person");
	REFUSED(w, "assign", "RS-58", "{'owner':'kir'}", REJECT_UNKNOWN_SUBJECT, "is a deadline");
	world_to(w, "2026-05-08 12:00");
	TELLS(w, "");
	world_free(w);
}
END_TEST

START_TEST(it_outranks_the_file_until_the_files_own_value_changes)
{
	struct written plan = { .steps = "0 owner" };
	struct world *w = world_new("2026-05-08 10:00", &plan);

	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	plan.steps = "0 owner; +1wd owner";
	world_adopt(w, &plan);
	ck_assert_str_eq(measure_of(w, "HSN-03").owner, "kir");
	plan.measures = "{ id='HSN-03'; title='Färre inhyrda'; owner='ordf'; }";
	world_adopt(w, &plan);
	ck_assert_str_eq(measure_of(w, "HSN-03").owner, "ordf");
	world_to(w, "2026-05-08 12:00");
	/* akut was told of kir, kir never became it: both messages were still waiting. */
	TELLS(w, "05-08 10:00 assigned ordf: RS-58/HSN-03 assigned\n"
		 "05-08 10:00 assigned kir: RS-58/HSN-03 unassigned\n");
	world_free(w);
}
END_TEST

/* It left the plan, and is in it again as somebody else's: what it is asked is theirs from now on. */
START_TEST(a_measure_put_back_with_another_owner_names_the_dates)
{
	struct written plan = two_deadlines;
	struct world *w;

	plan.measures = TWO_MEASURES;
	w = world_new("2026-05-04 12:00", &plan);
	world_to(w, "2026-05-08 10:00");
	plan.measures = "{ id='HSN-07'; title='x'; owner='kir'; }";
	world_adopt(w, &plan);
	plan.measures = "{ id='HSN-03'; title='Färre inhyrda'; owner='kir'; }, "
			"{ id='HSN-07'; title='x'; owner='kir'; }";
	w->tale[0] = '\0';
	world_adopt(w, &plan);
	world_to(w, "2026-05-08 12:00");
	TELLS(w, "05-08 10:00 assigned akut: HSN-03 unassigned\n"
		 "05-08 10:00 assigned kir: RS-58/HSN-03 assigned, RS-70/HSN-03 assigned\n");
	ck_assert_str_eq(obligation_of(w, "RS-58", "HSN-03").owner, "kir");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").round, 2);
	world_free(w);
}
END_TEST

static int keep_seq(void *userdata, const struct logged_event *event)
{
	*(int64_t *)userdata = event->seq;
	return 1;
}

/* ---- not mine ------------------------------------------------------------------------------------- */

#define NOT_MINE "{'note':'Flyttad till kirurgin','not_mine':true}"

START_TEST(that_it_is_not_theirs_is_told_to_support_and_to_whoever_assigned_it_and_changes_nothing)
{
	struct world *w = world_new("2026-05-08 10:00", &two_deadlines);

	w->says = "dir";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-11 10:00");
	w->tale[0] = '\0';
	w->says = "kir";
	HEARD(w, "note", "HSN-03", "{'note':'Inget nytt'}");
	HEARD(w, "note", "HSN-03", "{'note':'Inget nytt','not_mine':false}");
	world_to(w, "2026-05-11 11:00");
	TELLS(w, "");
	HEARD(w, "note", "HSN-03", NOT_MINE);
	world_to(w, "2026-05-12 12:00");
	TELLS(w, "05-11 11:00 alert stod: HSN-03 not-mine\n"
		 "05-11 11:00 alert dir: HSN-03 not-mine\n"
		 "05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n");
	ck_assert_str_eq(measure_of(w, "HSN-03").owner, "kir");
	world_free(w);
}
END_TEST

/* An assignment that was taken back names nobody: who named the owner before it is told. */
START_TEST(that_it_is_not_theirs_is_told_to_whoever_named_the_owner_that_stands)
{
	struct written plan = two_deadlines;
	struct world *w;
	struct events_back back = { .max = 1 };
	int64_t seq = 0;
	char data[40];

	plan.people = PEOPLE
		", " PERSON("bea", "roles=['steward'];") ", " PERSON("ann", "roles=['steward'];");
	w = world_new("2026-05-08 18:00", &plan);
	w->says = "bea";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	w->says = "ann";
	HEARD(w, "assign", "HSN-03", "{'owner':'akut'}");
	ck_assert_int_ge(ledger_events_back(w->e.ledger, "HSN-03", &back, keep_seq, &seq), 0);
	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	snprintf(data, sizeof(data), "{'seq':%lld}", (long long)seq);
	HEARD(w, "undo", "HSN-03", data);
	world_to(w, "2026-05-11 10:00");
	w->tale[0] = '\0';
	w->says = "kir";
	HEARD(w, "note", "HSN-03", NOT_MINE);
	world_to(w, "2026-05-11 11:00");
	TELLS(w, "05-11 10:00 alert stod: HSN-03 not-mine\n"
		 "05-11 10:00 alert bea: HSN-03 not-mine\n");
	world_free(w);
}
END_TEST

/* Who assigned it to another than its owner has nothing to do with it, and support is one person once. */
START_TEST(that_it_is_not_theirs_is_told_to_support_alone_where_the_plan_named_the_owner)
{
	struct written plan = { .deadlines = HANDED_IN("RS-58", "2026-05-15", ""),
				.steps = "0 owner" };
	struct world *w = world_new("2026-05-08 10:00", &plan);

	HEARD(w, "note", "HSN-03", NOT_MINE);
	w->says = "stod";
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-08 10:01");
	w->tale[0] = '\0';
	w->says = "kir";
	HEARD(w, "note", "HSN-03", NOT_MINE);
	w->says = "dir";
	HEARD(w, "assign", "HSN-03", "{'owner':'akut'}");
	plan.measures = "{ id='HSN-03'; title='Färre inhyrda'; owner='kir'; }";
	world_adopt(w, &plan);
	world_to(w, "2026-05-08 10:02");
	w->tale[0] = '\0';
	w->says = "kir";
	HEARD(w, "note", "HSN-03", NOT_MINE);
	w->says = "ordf";
	HEARD(w, "note", "RS-58", NOT_MINE);
	world_to(w, "2026-05-08 10:03");
	TELLS(w, "05-08 10:02 alert stod: HSN-03 not-mine, RS-58 not-mine\n");
	world_free(w);
}
END_TEST

UNIT_TESTS(
	"engine/assign",
	UNIT(that_it_is_not_theirs_is_told_to_support_and_to_whoever_assigned_it_and_changes_nothing),
	UNIT(that_it_is_not_theirs_is_told_to_whoever_named_the_owner_that_stands),
	UNIT(that_it_is_not_theirs_is_told_to_support_alone_where_the_plan_named_the_owner),
	UNIT(the_new_owner_gets_one_message_naming_the_dates_instead_of_past_steps_the_old_is_told),
	UNIT_ROWS(what_was_held_for_a_manager_goes_to_the_one_who_is_the_new_owners_too,
		  UNIT_COUNT(managed)),
	UNIT(steps_past_that_wait_for_the_opening_are_not_sent_besides),
	UNIT(its_acceptance_counts_as_reached_but_not_as_asked),
	UNIT(nobody_is_escalated_over_the_head_of_the_new_owner),
	UNIT(reminders_that_wait_for_the_old_owner_are_moot),
	UNIT(what_was_held_for_the_old_owners_manager_goes_to_nobody),
	UNIT(an_answered_one_stays_its_owners),
	UNIT(the_same_owner_is_no_change_and_an_unknown_one_refused),
	UNIT(it_outranks_the_file_until_the_files_own_value_changes),
	UNIT(a_measure_put_back_with_another_owner_names_the_dates))
