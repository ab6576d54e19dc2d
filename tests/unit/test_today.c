/* SPDX-License-Identifier: Apache-2.0 */
/* What needs a steward's hands today: each kind of thing, when it is there and when it is not. */
#include "engine/inquiry.h"

#include "tests/unit/ask.h"

static const struct written plan = {
	.measures = TWO_MEASURES,
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; },"
		  "{ id='HSN'; name='Nämnden'; papers='-3wd'; }",
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING(
		"H-1", "meeting HSN 2026-06", "") ", " ASKING("T2", "2026-12-16", ""),
	.alerts = "",
};

/* The rows of a kind, as "item person" in their order. */
static char *told(struct world *w, const char *kind)
{
	static char text[2000];
	json_t *rows = ask(w, QUERY_TODAY, "{}"), *row;
	size_t i;

	text[0] = '\0';
	json_array_foreach (rows, i, row) {
		const json_t *item = json_object_get(row, "item");
		const json_t *person = json_object_get(row, "person");

		if (strcmp(json_string_value(json_object_get(row, "kind")), kind) == 0)
			tell(text, sizeof(text), "%s%s%s;", item ? json_string_value(item) : "",
			     item && person ? " " : "", person ? json_string_value(person) : "");
	}
	json_decref(rows);
	return text;
}
#define TOLD(world, kind, expected) ck_assert_str_eq(told(world, kind), expected)

static json_t *first_of(struct world *w, const char *kind)
{
	json_t *rows = ask(w, QUERY_TODAY, "{}"), *row, *found = NULL;
	size_t i;

	json_array_foreach (rows, i, row)
		if (!found && strcmp(json_string_value(json_object_get(row, "kind")), kind) == 0)
			found = json_incref(row);
	json_decref(rows);
	ck_assert_msg(found != NULL, "no %s", kind);
	return found;
}

START_TEST(what_is_late_is_told_with_how_often_it_was_asked)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *row;

	world_to(w, "2026-05-15 12:00");
	TOLD(w, "late", "");
	world_to(w, "2026-05-18 12:00");
	TOLD(w, "late", "RS-58 ordf;HSN-03 akut;HSN-07 kir;");
	row = first_of(w, "late");
	ck_assert_int_ge(json_integer_value(json_object_get(row, "asked")), 4);
	ck_assert(json_is_string(json_object_get(row, "last_asked")));
	json_decref(row);
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	TOLD(w, "late", "RS-58 ordf;HSN-03 akut;");
	HEARD(w, "submit", "RS-58", "{'reference':'§ 1'}");
	TOLD(w, "late", "");
	asked_free(w);
}
END_TEST

START_TEST(who_is_not_reached_and_what_was_given_up)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	w->refused = "kir";
	world_to(w, "2026-05-11 12:00");
	TOLD(w, "unreached", "HSN-07 kir;");
	ck_assert_str_ne(told(w, "failed"), "");
	HEARD(w, "status", "HSN-07", "{'status':'on-track'}");
	TOLD(w, "unreached", "");
	w->refused = NULL;
	world_sleep(w, "2026-05-20 12:00"); /* a week later it is shown no more */
	TOLD(w, "failed", "");
	asked_free(w);
}
END_TEST

START_TEST(what_is_held_is_told_and_that_all_is)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct message m = { .to = "akut",
			     .channel = "mail",
			     .state = MESSAGE_HELD,
			     .created = w->now,
			     .planned = w->now,
			     .finished = INSTANT_NONE,
			     .next_attempt = INSTANT_NONE,
			     .first_attempt = INSTANT_NONE };
	json_t *row;

	TOLD(w, "held", "");
	TOLD(w, "hold", "");
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	world_hold(w, true);
	row = first_of(w, "held");
	ck_assert_int_eq(json_integer_value(json_object_get(row, "message")), m.id.n);
	json_decref(row);
	TOLD(w, "hold", ";");
	asked_free(w);
}
END_TEST

/* Those whose papers are two months ahead at most, and each deadline once. */
START_TEST(meetings_that_are_not_known_and_papers_on_squeeze_days)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *row;

	TOLD(w, "meeting", "");
	TOLD(w, "squeeze", "RS-58;");
	row = first_of(w, "squeeze");
	ck_assert_str_eq(json_string_value(json_object_get(row, "papers")), "2026-05-15");
	ck_assert_str_eq(json_string_value(json_object_get(row, "practical")), "2026-05-13");
	json_decref(row);
	world_to(w, "2026-05-14 12:00"); /* the practical day is past, and no help any more */
	TOLD(w, "squeeze", "");
	TOLD(w, "meeting", "H-1;");
	row = first_of(w, "meeting");
	ck_assert_str_eq(json_string_value(json_object_get(row, "body")), "HSN");
	json_decref(row);
	w->says = "stod";
	HEARD(w, "meeting", "HSN", "{'from':'2026-06-11'}");
	TOLD(w, "meeting", "");
	asked_free(w);
}
END_TEST

/* Of a plan that has papers: none is frozen without what it proposes to decide. */
START_TEST(papers_that_wait_for_a_proposal)
{
	struct written papers = plan;
	struct world *w;
	json_t *row;

	papers.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " HANDED_IN(
		"RS-60", "meeting RS 2026-05", "proposal='Att notera.';");
	w = asked_world("2026-04-22 12:00", &papers);
	world_to(w, "2026-05-15 12:00");
	TOLD(w, "proposal", "");
	world_to(w, "2026-05-18 12:00");
	TOLD(w, "proposal", "RS-58 ordf;");
	row = first_of(w, "proposal");
	ck_assert_str_eq(json_string_value(json_object_get(row, "papers")), "2026-05-15");
	json_decref(row);
	HEARD(w, "submit", "RS-58", "{'reference':'§ 1'}"); /* the paper is still missing */
	TOLD(w, "proposal", "RS-58 ordf;");
	w->says = "stod";
	HEARD(w, "proposal", "RS-58", "{'text':'Att godkänna.'}");
	world_to(w, "2026-05-18 12:01");
	TOLD(w, "proposal", "");
	asked_free(w);
}
END_TEST

/* Nobody waits for a paper on which the body has decided without it. */
START_TEST(what_was_decided_without_a_proposal_needs_none)
{
	struct written papers = plan;
	struct world *w;

	papers.deadlines = HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " HANDED_IN(
		"RS-60", "meeting RS 2026-05", "proposal='Att notera.';");
	w = asked_world("2026-04-22 12:00", &papers);
	world_to(w, "2026-05-18 12:00");
	HEARD(w, "submit", "RS-58", "{'reference':'§ 1'}");
	TOLD(w, "proposal", "RS-58 ordf;");
	w->says = "stod";
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'§ 2'}");
	TOLD(w, "proposal", "");
	asked_free(w);
}
END_TEST

START_TEST(support_and_later_dates_that_are_asked_for)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *row;

	world_to(w, "2026-05-05 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'at-risk','needs_support':'Bemanning'}");
	TOLD(w, "support", "HSN-03 akut;");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	TOLD(w, "support", "");
	w->says = "kir";
	HEARD(w, "request", "HSN-07",
	      "{'deadline':'RS-58','due':'2026-05-20','reason':'Semester'}");
	TOLD(w, "request", "HSN-07 kir;");
	row = first_of(w, "request");
	ck_assert_str_eq(json_string_value(json_object_get(row, "reason")), "Semester");
	json_decref(row);
	asked_free(w);
}
END_TEST

START_TEST(who_is_away_without_a_deputy)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	w->says = "akut";
	HEARD(w, "absence", "akut", "{'from':'2026-04-23','until':'2026-04-24'}");
	w->says = "kir";
	HEARD(w, "absence", "kir", "{'from':'2026-04-23','until':'2026-04-24','deputy':'dir'}");
	TOLD(w, "absence", "");
	world_to(w, "2026-04-23 12:00");
	TOLD(w, "absence", "akut;");
	world_to(w, "2026-04-25 12:00");
	TOLD(w, "absence", "");
	asked_free(w);
}
END_TEST

/* A mail of somebody that a program has answered. */
static void reply(struct world *w, const char *person, const char *text)
{
	static int key;
	struct message m = { .state = MESSAGE_DELIVERED,
			     .channel = "mail",
			     .created = w->now,
			     .planned = w->now,
			     .finished = w->now,
			     .next_attempt = INSTANT_NONE,
			     .first_attempt = w->now,
			     .attempts = 1 };
	struct incoming_row row = { .what = INCOMING_AUTOMATIC,
				    .at = w->now,
				    .subject = "Frånvarande",
				    .text = strdup(text) };

	snprintf(m.to, sizeof(m.to), "%s", person);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	row.message = m.id;
	snprintf(row.person, sizeof(row.person), "%s", person);
	snprintf(row.key, sizeof(row.key), "%d", key++);
	ck_assert_int_eq(ledger_put_incoming(w->e.ledger, &row), 0);
	incoming_row_done(&row);
}

START_TEST(who_answers_by_a_program_until_an_absence_is_registered)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	json_t *row;

	TOLD(w, "automatic", "");
	reply(w, "akut", "Jag är ledig.");
	reply(w, "kir", "Hej!\nJag är ledig till och med 15 maj.\n\nHälsningar\nKim");
	reply(w, "gone", "Jag har slutat.");
	reply(w, "akut", "Jag är ledig än.");
	TOLD(w, "automatic", "akut;kir;");
	row = first_of(w, "automatic");
	ck_assert_str_eq(json_string_value(json_object_get(row, "text")), "Jag är ledig än.");
	ck_assert_str_eq(json_string_value(json_object_get(row, "subject")), "Frånvarande");
	ck_assert_str_eq(json_string_value(json_object_get(row, "from")), "2026-04-22");
	ck_assert(json_is_null(json_object_get(row, "until")));
	json_decref(row);
	w->says = "akut";
	HEARD(w, "absence", "akut", "{'from':'2026-04-22','until':'2026-04-24'}");
	TOLD(w, "automatic", "kir;");
	row = first_of(w, "automatic");
	ck_assert_str_eq(json_string_value(json_object_get(row, "until")), "2026-05-15");
	ck_assert_str_eq(json_string_value(json_object_get(row, "text")),
			 "Hej!\nJag är ledig till och med 15 maj.\n…");
	json_decref(row);
	world_sleep(w, "2026-05-06 12:00"); /* two weeks later */
	TOLD(w, "automatic", "kir;");
	world_sleep(w, "2026-05-07 12:00");
	TOLD(w, "automatic", "");
	asked_free(w);
}
END_TEST

START_TEST(who_is_back_by_what_they_said_is_shown_no_more)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);

	reply(w, "kir", "Åter måndag 27 april");
	world_sleep(w, "2026-04-26 12:00");
	TOLD(w, "automatic", "kir;");
	world_sleep(w, "2026-04-27 12:00");
	TOLD(w, "automatic", "");
	asked_free(w);
}
END_TEST

START_TEST(a_long_reply_is_cut_between_characters)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	char text[801] = "";
	json_t *row;

	for (int i = 0; i < 400; i++)
		strcat(text, "ö");
	reply(w, "kir", text);
	row = first_of(w, "automatic");
	text[296] = '\0';
	strcat(text, "…");
	ck_assert_str_eq(json_string_value(json_object_get(row, "text")), text);
	json_decref(row);
	asked_free(w);
}
END_TEST

START_TEST(what_came_back_is_told_as_what_was_given_up)
{
	struct world *w = asked_world("2026-04-22 12:00", &plan);
	struct message m = { .to = "akut",
			     .channel = "mail",
			     .state = MESSAGE_BOUNCED,
			     .created = w->now,
			     .planned = w->now,
			     .finished = w->now,
			     .next_attempt = INSTANT_NONE,
			     .first_attempt = w->now,
			     .attempts = 1,
			     .last_answer = "550 5.1.1 no such user" };

	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	TOLD(w, "failed", "akut;");
	world_sleep(w, "2026-04-30 12:00");
	TOLD(w, "failed", "");
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/inquiry/today", UNIT(what_is_late_is_told_with_how_often_it_was_asked),
	   UNIT(who_is_not_reached_and_what_was_given_up),
	   UNIT(what_is_held_is_told_and_that_all_is),
	   UNIT(meetings_that_are_not_known_and_papers_on_squeeze_days),
	   UNIT(papers_that_wait_for_a_proposal),
	   UNIT(what_was_decided_without_a_proposal_needs_none),
	   UNIT(support_and_later_dates_that_are_asked_for), UNIT(who_is_away_without_a_deputy),
	   UNIT(who_answers_by_a_program_until_an_absence_is_registered),
	   UNIT(who_is_back_by_what_they_said_is_shown_no_more),
	   UNIT(a_long_reply_is_cut_between_characters),
	   UNIT(what_came_back_is_told_as_what_was_given_up))
