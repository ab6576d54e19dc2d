/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in calendars, and how its sequence grows. */
#include "engine/obligation/agenda.h"

#include "engine/inquiry/replay.h"
#include "tests/unit/engine_fixture.h"

static const struct written meeting = {
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }, "
		  "{ id='HSN'; name='Nämnden'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; until='2026-05-27'; }",
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", ""),
	.steps = "-5wd owner; 0 owner",
};

static const char *name_of_entry(const struct agenda_entry *entry, char out[static 200])
{
	char papers[CIVIL_TEXT];

	snprintf(out, 200, "%s%s%s %s #%d%s%s%s%s%s%s",
		 entry->what == AGENDA_MEETING ? "meeting" : entry->deadline,
		 entry->what == AGENDA_ANSWER	     ? "/"
		 : entry->what == AGENDA_DELIVERABLE ? "/-"
						     : "",
		 entry->measure, civil_format(entry->papers, papers) + 5, entry->sequence,
		 entry->asked ? " asked" : "", entry->answered ? " answered" : "",
		 entry->cancelled ? " cancelled" : "", entry->provisional ? " provisional" : "",
		 entry->provisional && !entry->tentative ? " settled" : "",
		 entry->title ? "" : " unnamed");
	return out;
}

static void tell_agenda(char *out, size_t size, const struct agenda *agenda)
{
	char name[200];

	for (size_t i = 0; i < agenda->count; i++)
		tell(out, size, "  %s\n", name_of_entry(&agenda->list[i], name));
}

/* Of each message that leaves: to whom, of which kind, and the entries that come with it. */
static void note_entries(struct world *w, const struct message *m)
{
	struct message_content *n;

	ck_assert_int_eq(message_content_load(&w->e, m, w->now, &n), 0);
	tell(w->userdata, 8000, "%s %s\n", m->to, message_kind_name(m->kind));
	tell_agenda(w->userdata, 8000, &n->agenda);
	message_content_free(n);
}

#define ENTRIES(expected)                          \
	do {                                       \
		ck_assert_str_eq(noted, expected); \
		noted[0] = '\0';                   \
	} while (0)

START_TEST(a_reminder_brings_what_is_owed_a_move_what_has_moved_and_a_new_owner_what_is_theirs)
{
	struct world *w = world_new("2026-05-04 12:00", &meeting);
	char noted[8000] = "";

	w->left = note_entries;
	w->userdata = noted;
	world_to(w, "2026-05-07 12:00");
	ENTRIES("ordf reminder\n  RS-58/- 05-15 #0 asked\n"
		"akut reminder\n  RS-58/HSN-03 05-15 #0 asked\n"
		"kir reminder\n  RS-58/HSN-07 05-15 #0 asked\n");
	/* To who owes something of it, what they owe; to the others, the whole. */
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	world_to(w, "2026-05-07 12:01");
	ENTRIES("ordf moved\n  RS-58/- 05-19 #1 asked\n"
		"akut moved\n  RS-58/HSN-03 05-19 #1 asked\n"
		"kir moved\n  RS-58/HSN-07 05-19 #1 asked\n"
		"reg moved\n  RS-58 05-19 #1\n");
	/* What is somebody else's now is taken away. */
	HEARD(w, "assign", "HSN-03", "{'owner':'kir'}");
	world_to(w, "2026-05-07 12:02");
	ENTRIES("kir assigned\n  RS-58/HSN-03 05-19 #2 asked\n"
		"akut assigned\n  RS-58/HSN-03 05-19 #2 cancelled\n");
	/* One measure's date: theirs, and to those informed as somebody else's. */
	HEARD(w, "extend", "HSN-03", "{'deadline':'RS-58','due':'2026-05-22','reference':'x'}");
	world_to(w, "2026-05-07 12:03");
	ENTRIES("kir moved\n  RS-58/HSN-03 05-22 #3 asked\n"
		"ordf moved\n  RS-58/HSN-03 05-22 #3\n"
		"reg moved\n  RS-58/HSN-03 05-22 #3\n");
	HEARD(w, "status", "HSN-07", "{'status':'off-track'}");
	world_to(w, "2026-05-07 12:04");
	ENTRIES("dir alert\nstod alert\n");
	world_free(w);
}
END_TEST

START_TEST(a_deliverable_that_is_another_s_now_is_taken_away)
{
	struct written other = meeting;
	struct world *w = world_new("2026-05-04 12:00", &meeting);
	char noted[8000] = "";

	w->left = note_entries;
	w->userdata = noted;
	other.deadlines = ASKING("RS-58", "meeting RS 2026-05", "responsible='dir';");
	world_adopt(w, &other);
	world_to(w, "2026-05-04 12:01");
	ENTRIES("dir assigned\n  RS-58/- 05-15 #1 asked\n"
		"ordf assigned\n  RS-58/- 05-15 #1 cancelled\n");
	world_free(w);
}
END_TEST

START_TEST(a_cancelled_meeting_leaves_a_provisional_day)
{
	struct world *w = world_new("2026-05-04 12:00", &meeting);
	char noted[8000] = "";

	w->left = note_entries;
	w->userdata = noted;
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	world_to(w, "2026-05-04 12:01");
	ENTRIES("ordf moved\n  RS-58/- 05-29 #1 asked provisional\n"
		"reg moved\n  RS-58 05-29 #1 provisional\n");
	world_free(w);
}
END_TEST

static void ck_person(struct world *w, const char *id, const char *expected)
{
	struct agenda agenda __attribute__((cleanup(agenda_done))) = { 0 };
	char told[2000] = "";

	ck_assert_int_eq(
		agenda_of_person(&agenda, &w->e, plan_person(w->e.plan, person_id(id)), w->now), 0);
	tell_agenda(told, sizeof(told), &agenda);
	ck_assert_str_eq(told, expected);
}

static void ck_body(struct world *w, const char *id, const char *expected)
{
	struct agenda agenda __attribute__((cleanup(agenda_done))) = { 0 };
	char told[2000] = "";

	ck_assert_int_eq(agenda_of_body(&agenda, &w->e, plan_body(w->e.plan, body_id(id)), w->now),
			 0);
	tell_agenda(told, sizeof(told), &agenda);
	ck_assert_str_eq(told, expected);
}

START_TEST(what_is_extended_or_answered_is_not_tentative_though_its_meeting_is)
{
	struct world *w = world_new("2026-05-04 12:00", &meeting);

	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	ck_person(w, "akut", "  RS-58/HSN-03 05-29 #1 asked provisional\n");
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-10','reference':'x'}");
	ck_person(w, "ordf", "  RS-58/- 06-10 #2 asked provisional settled\n");
	ck_body(w, "RS", "  RS-58 06-10 #2 provisional settled\n");
	world_free(w);
	w = world_new("2026-05-04 12:00", &meeting);
	HEARD(w, "meeting", "RS", "{'from':'2026-05-26','replaces':'2026-05-26','cancelled':true}");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	ck_person(w, "ordf", "  RS-58/- 05-29 #2 answered provisional settled\n");
	world_free(w);
}
END_TEST

START_TEST(a_person_s_has_all_they_owe_and_have_answered_lately)
{
	struct written two = meeting;
	struct world *w;

	two.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-09-16", "");
	w = world_new("2026-05-04 12:00", &two);
	ck_person(w, "akut", "  RS-58/HSN-03 05-15 #0 asked\n  T2/HSN-03 09-16 #0 asked\n");
	ck_person(w, "ordf", "  RS-58/- 05-15 #0 asked\n");
	ck_person(w, "dir", "");
	world_to(w, "2026-05-08 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	ck_person(w, "akut", "  RS-58/HSN-03 05-15 #1 answered\n  T2/HSN-03 09-16 #0 asked\n");
	/* Late is owed still, however long ago; what is answered leaves in the end. */
	world_to(w, "2026-06-15 12:00");
	ck_person(w, "akut", "  T2/HSN-03 09-16 #0 asked\n");
	ck_person(w, "kir", "  RS-58/HSN-07 05-15 #0 asked\n  T2/HSN-07 09-16 #0 asked\n");
	HEARD(w, "assign", "HSN-07", "{'owner':'akut'}");
	ck_person(w, "kir", "");
	world_free(w);
}
END_TEST

START_TEST(what_is_withdrawn_stays_as_cancelled_until_30_days_after_its_last_day)
{
	struct written two = meeting, one = meeting;
	struct world *w;

	two.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-05-20", "");
	one.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "");
	w = world_new("2026-05-04 12:00", &two);
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	ck_person(w, "kir", "  RS-58/HSN-07 05-15 #1 cancelled\n  T2/HSN-07 05-20 #0 asked\n");
	/* What left the plan as well, by its id. */
	world_adopt(w, &one);
	ck_person(w, "kir",
		  "  RS-58/HSN-07 05-15 #1 cancelled\n  T2/HSN-07 05-20 #1 cancelled unnamed\n");
	world_adopt(w, &two);
	ck_person(w, "kir", "  RS-58/HSN-07 05-15 #1 cancelled\n  T2/HSN-07 05-20 #2 asked\n");
	world_adopt(w, &one);
	world_to(w, "2026-06-15 12:00");
	ck_person(w, "kir", "  T2/HSN-07 05-20 #3 cancelled unnamed\n");
	world_to(w, "2026-06-22 12:00");
	ck_person(w, "kir", "");
	world_free(w);
}
END_TEST

START_TEST(who_is_told_that_all_was_handed_in_has_their_own_withdrawn_answer_taken_away)
{
	struct written informed = meeting;
	struct world *w;
	char noted[8000] = "";

	informed.deadlines =
		"{ id='RS-58'; title='x'; due='meeting RS 2026-05'; responsible='ordf'; "
		"answers_from=['HSN-*']; inform=['kir','reg','akut']; ladder='standard'; }";
	w = world_new("2026-05-04 12:00", &informed);
	w->left = note_entries;
	w->userdata = noted;
	world_to(w, "2026-05-04 12:01");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	world_to(w, "2026-05-04 12:02");
	ENTRIES("kir confirmation\n  RS-58/HSN-07 05-15 #1 cancelled\n"
		"reg confirmation\nakut confirmation\n");
	world_free(w);
}
END_TEST

START_TEST(a_body_s_has_its_meetings_and_what_is_due_for_them)
{
	struct world *w = world_new("2026-05-04 12:00", &meeting);

	ck_body(w, "RS", "  RS-58 05-15 #0\n  meeting 05-26 #0\n");
	ck_body(w, "HSN", "");
	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-28'}");
	HEARD(w, "meeting", "HSN", "{'from':'2026-06-03'}");
	ck_body(w, "RS", "  RS-58 05-22 #2\n  meeting 06-02 #2\n");
	ck_body(w, "HSN", "  meeting 06-03 #0\n");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	ck_body(w, "RS", "  RS-58 05-22 #3 answered\n  meeting 06-02 #2\n");
	HEARD(w, "meeting", "HSN",
	      "{'from':'2026-06-03','replaces':'2026-06-03','cancelled':true}");
	ck_body(w, "HSN", "");
	world_to(w, "2026-07-10 12:00");
	ck_body(w, "RS", "");
	world_free(w);
}
END_TEST

/* Those of one day by their ids; what left the plan is none of it. */
START_TEST(a_body_s_are_in_order_and_without_what_left_the_plan)
{
	struct written two = meeting;
	struct world *w;

	two.deadlines = HANDED_IN("RS-9", "meeting RS 2026-05",
				  "") ", " HANDED_IN("RS-58", "meeting RS 2026-05", "");
	w = world_new("2026-05-04 12:00", &two);
	ck_body(w, "RS", "  RS-9 05-15 #0\n  RS-58 05-15 #0\n  meeting 05-26 #0\n");
	world_adopt(w, &meeting);
	ck_body(w, "RS", "  RS-58 05-15 #0\n  meeting 05-26 #0\n");
	world_free(w);
}
END_TEST

/* A board that meets every day for years: the five hundred that come first. */
START_TEST(of_very_many_those_furthest_ahead_are_left_out)
{
	struct written often = meeting;
	struct agenda agenda __attribute__((cleanup(agenda_done))) = { 0 };
	struct civil_date day = day_of("2026-05-05");
	char *meetings = NULL, text[CIVIL_TEXT];
	size_t size = 0;
	FILE *out = open_memstream(&meetings, &size);
	struct world *w;

	for (int i = 0; i < 510; i++, day = civil_add(day, 1))
		fprintf(out, "%s{ body='RS'; from='%s'; }", i ? ", " : "", civil_format(day, text));
	fclose(out);
	often.meetings = meetings;
	often.deadlines = ASKING("A", "2026-12-15", "");
	w = world_new("2026-05-04 12:00", &often);
	ck_assert_int_eq(
		agenda_of_body(&agenda, &w->e, plan_body(w->e.plan, body_id("RS")), w->now), 0);
	ck_assert_uint_eq(agenda.count, 500);
	DAY_IS(agenda.list[0].papers, "2026-05-05");
	DAY_IS(agenda.list[499].papers, "2027-09-16");
	world_free(w);
	free(meetings);
}
END_TEST

/* Handed in twice before it leaves: their own answer is taken away once. A measure that left is there by its id. */
START_TEST(what_a_message_says_twice_is_one_entry)
{
	struct written informed = meeting, without = meeting;
	struct world *w;
	char noted[8000] = "";

	informed.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "");
	informed.deadlines =
		"{ id='RS-58'; title='x'; due='meeting RS 2026-05'; responsible='ordf'; "
		"answers_from=['HSN-*']; inform=['akut']; ladder='standard'; }";
	informed.measures = TWO_MEASURES ", { id='HSN-09'; title='z'; owner='akut'; }";
	w = world_new("2026-05-04 12:00", &informed);
	w->left = note_entries;
	w->userdata = noted;
	world_to(w, "2026-05-04 18:00");
	HEARD(w, "submit", "RS-58", "{'reference':'x'}");
	HEARD(w, "submit", "RS-58", "{'reference':'y'}");
	world_to(w, "2026-05-05 12:00");
	ENTRIES("akut confirmation\n  RS-58/HSN-03 05-15 #1 cancelled\n"
		"  RS-58/HSN-09 05-15 #1 cancelled\n");
	without.deadlines = informed.deadlines;
	without.measures = TWO_MEASURES;
	world_adopt(w, &without);
	ck_person(w, "akut",
		  "  RS-58/HSN-03 05-15 #1 cancelled\n"
		  "  RS-58/HSN-09 05-15 #1 cancelled unnamed\n");
	world_free(w);
}
END_TEST

static void ck_same_sequences(struct world *w, struct ledger *replayed)
{
	struct obligation here[20], there;
	int count = ledger_obligations_after(w->e.ledger, obligation_id(0), here, 20);

	ck_assert_int_gt(count, 2);
	for (int i = 0; i < count; i++) {
		ck_assert_int_eq(ledger_obligation_of(replayed, deadline_id(here[i].deadline),
						      measure_id(here[i].measure), &there),
				 0);
		ck_assert_msg(here[i].sequence == there.sequence, "%s/%s: %d, replayed %d",
			      here[i].deadline, here[i].measure, here[i].sequence, there.sequence);
	}
}

static int refuse_none(void *userdata, int64_t seq, const char *why)
{
	(void)userdata;
	ck_abort_msg("event %lld: %s", (long long)seq, why);
}

/* Though verify doesn't compare it, since stores of earlier versions begin to count late. */
START_TEST(a_log_that_is_replayed_counts_the_same)
{
	struct world *w = world_new("2026-05-04 12:00", &meeting);
	struct replay *replay;
	struct deadline_row row;
	int r = 1;

	HEARD(w, "meeting", "RS", "{'from':'2026-05-28','replaces':'2026-05-26'}");
	world_to(w, "2026-05-12 12:00");
	HEARD(w, "assign", "HSN-07", "{'owner':'akut'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-22','reference':'x'}");
	world_to(w, "2026-05-20 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	HEARD(w, "submit", "RS-58", "{'reference':'y'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'returned','reference':'z','due':'2026-06-05'}");
	world_to(w, "2026-05-21 12:00");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").sequence, 6);
	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(replay_new(&replay, w->e.ledger, w->now), 0);
	while (r > 0)
		r = replay_work(replay, refuse_none, NULL);
	ck_assert_int_eq(r, 0);
	ck_same_sequences(w, replay_ledger(replay));
	ck_assert_int_eq(ledger_deadline(replay_ledger(replay), deadline_id("RS-58"), &row), 0);
	ck_assert_int_eq(row.sequence, deadline_of(w, "RS-58").sequence);
	replay_free(replay);
	world_free(w);
}
END_TEST

UNIT_TESTS(
	"engine/agenda",
	UNIT(a_reminder_brings_what_is_owed_a_move_what_has_moved_and_a_new_owner_what_is_theirs),
	UNIT(a_cancelled_meeting_leaves_a_provisional_day),
	UNIT(a_deliverable_that_is_another_s_now_is_taken_away),
	UNIT(a_person_s_has_all_they_owe_and_have_answered_lately),
	UNIT(what_is_extended_or_answered_is_not_tentative_though_its_meeting_is),
	UNIT(what_is_withdrawn_stays_as_cancelled_until_30_days_after_its_last_day),
	UNIT(who_is_told_that_all_was_handed_in_has_their_own_withdrawn_answer_taken_away),
	UNIT(a_body_s_has_its_meetings_and_what_is_due_for_them),
	UNIT(a_body_s_are_in_order_and_without_what_left_the_plan),
	UNIT(of_very_many_those_furthest_ahead_are_left_out),
	UNIT(what_a_message_says_twice_is_one_entry), UNIT(a_log_that_is_replayed_counts_the_same))
