/* SPDX-License-Identifier: Apache-2.0 */
/* A matter that passes bodies before its deadline's own: whose papers it counts from, and what follows when
 * they decide, move or keep silent. */
#include "engine/obligation/chain.h"

#include "engine/obligation/agenda.h"
#include "tests/unit/ask.h"

/* HSN meets on 21 May, papers ten working days before (on 6 May); RS on 16 June, papers on 5 June. */
#define TWO_BODIES                                                              \
	"{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; },"                  \
	"{ id='HSN'; name='Hälso- och sjukvårdsnämnden'; papers='-10wd'; }," \
	"{ id='RF'; name='Regionfullmäktige'; papers='-7wd'; }"
#define BOTH_MEET "{ body='HSN'; from='2026-05-21'; }, { body='RS'; from='2026-06-16'; }"
#define VIA_HSN "via=['meeting HSN 2026-05'];"
static const struct written via_hsn = {
	.bodies = TWO_BODIES,
	.meetings = BOTH_MEET,
	.steps = "-5wd owner; 0 owner",
	.measures = TWO_MEASURES,
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-06", VIA_HSN),
};
static const struct written via_last = {
	.bodies = TWO_BODIES,
	.meetings = BOTH_MEET,
	.steps = "-5wd owner; 0 owner",
	.deadlines = HANDED_IN("RS-58", "meeting RS 2026-06", "via=['meeting HSN'];"),
};

static struct link_row link_of(struct world *w, const char *deadline, const char *body)
{
	struct link_row link;
	bool found;

	ck_assert_int_eq(
		ledger_find_link(w->e.ledger, deadline_id(deadline), body_id(body), &link, &found),
		0);
	ck_assert(found);
	return link;
}

/* Where a deadline and what is owed of it stand: the meeting that it is due at, and the papers. */
static void stands(struct world *w, const char *due, const char *papers)
{
	const struct obligation whole = obligation_of(w, "RS-58", "");
	const struct deadline_row row = deadline_of(w, "RS-58");

	DAY_IS(row.due, due);
	DAY_IS(row.papers, papers);
	DAY_IS(whole.due, due);
	DAY_IS(whole.papers, papers);
}

static const char *warning_of(struct world *w)
{
	json_t *warnings = json_object_get(w->remarks, "warnings");

	return json_array_size(warnings) ? json_string_value(json_array_get(warnings, 0)) : "";
}

/* ---- dates ------------------------------------------------------------------------------------- */

START_TEST(all_count_from_the_papers_of_the_first_body)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	stands(w, "2026-06-16", "2026-05-06");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-06");
	world_to(w, "2026-05-07 00:00");
	TELLS(w, "04-28 08:00 reminder ordf: RS-58 -5wd\n"
		 "04-28 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "04-28 08:00 reminder kir: RS-58/HSN-07 -5wd\n"
		 "05-06 08:00 reminder ordf: RS-58 0\n"
		 "05-06 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-06 08:00 reminder kir: RS-58/HSN-07 0\n");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(a_link_that_moves_moves_what_stands_on_it)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "meeting", "HSN", "{'from':'2026-05-28','replaces':'2026-05-21'}");
	stands(w, "2026-06-16", "2026-05-13");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers_original, "2026-05-06");
	ask_verify(w);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-23','replaces':'2026-06-16'}");
	stands(w, "2026-06-23", "2026-05-13");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(a_link_that_is_cancelled_is_provisional_until_its_month_has_another)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "meeting", "HSN",
	      "{'from':'2026-05-21','replaces':'2026-05-21','cancelled':true}");
	stands(w, "2026-06-16", "2026-05-29");
	ck_assert(obligation_of(w, "RS-58", "").provisional);
	HEARD(w, "meeting", "HSN", "{'from':'2026-05-26'}");
	stands(w, "2026-06-16", "2026-05-11");
	ck_assert(!obligation_of(w, "RS-58", "").provisional);
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(without_a_month_it_is_the_last_meeting_before_the_next_bodys)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_last);

	stands(w, "2026-06-16", "2026-05-06");
	/* One that is later, but before RS; one that is not. */
	HEARD(w, "meeting", "HSN", "{'from':'2026-06-11'}");
	stands(w, "2026-06-16", "2026-05-28");
	HEARD(w, "meeting", "HSN", "{'from':'2026-06-17'}");
	stands(w, "2026-06-16", "2026-05-28");
	HEARD(w, "meeting", "RS", "{'from':'2026-06-09','replaces':'2026-06-16'}");
	stands(w, "2026-06-09", "2026-05-06");
	ask_verify(w);
	/* Too long before: nothing is known. */
	HEARD(w, "meeting", "RS", "{'from':'2026-12-15','replaces':'2026-06-09'}");
	stands(w, "2026-12-15", "2026-12-04");
	HEARD(w, "meeting", "HSN",
	      "{'from':'2026-06-17','replaces':'2026-06-17','cancelled':true}");
	stands(w, "2026-12-15", "2026-12-04");
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* Each occurrence passes the last HSN before it, and is over by the last body's papers. */
START_TEST(a_series_passes_the_last_meeting_before_each_of_its_own)
{
	static const struct written plan = {
		.bodies = TWO_BODIES,
		.meetings = BOTH_MEET ", { body='HSN'; from='2026-09-10'; }, "
				      "{ body='RS'; from='2026-09-22'; }",
		.steps = "-5wd owner; 0 owner",
		.deadlines = HANDED_IN("K", "meeting RS 2026-06",
				       "every='meeting RS'; via=['meeting HSN'];"),
	};
	struct world *w = asked_world("2026-04-20 12:00", &plan);

	DAY_IS(obligation_of(w, "K@2026-06-16", "HSN-03").papers, "2026-05-06");
	HEARD(w, "meeting", "HSN", "{'from':'2026-05-28','replaces':'2026-05-21'}");
	DAY_IS(obligation_of(w, "K@2026-06-16", "HSN-03").papers, "2026-05-13");
	ask_verify(w);
	world_to(w, "2026-08-22 00:00");
	DAY_IS(obligation_of(w, "K@2026-09-22", "HSN-03").papers, "2026-08-27");
	ck_assert_int_eq(deadline_of(w, "K@2026-06-16").state, DEADLINE_SUPERSEDED);
	ck_assert_int_eq(deadline_of(w, "K@2026-09-22").state, DEADLINE_OPEN);
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(an_occurrence_gives_way_by_the_papers_of_its_last_body)
{
	static const struct written plan = {
		.bodies = TWO_BODIES,
		.meetings =
			"{ body='HSN'; from='2026-06-11'; }, { body='RS'; from='2026-06-16'; }, "
			"{ body='RS'; from='2026-06-23'; }",
		.steps = "-5wd owner; 0 owner",
		.deadlines = HANDED_IN("K", "meeting RS 2026-06",
				       "every='meeting RS'; via=['meeting HSN'];"),
	};
	struct world *w = asked_world("2026-04-20 12:00", &plan);

	DAY_IS(obligation_of(w, "K@2026-06-16", "").papers, "2026-05-28");
	DAY_IS(obligation_of(w, "K@2026-06-23", "").papers, "2026-05-28");
	world_to(w, "2026-06-05 23:00");
	ck_assert_int_eq(deadline_of(w, "K@2026-06-16").state, DEADLINE_OPEN);
	world_to(w, "2026-06-06 00:00");
	ck_assert_int_eq(deadline_of(w, "K@2026-06-16").state, DEADLINE_SUPERSEDED);
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* What was promised of the round that is over holds nobody back in the next; what left the series stays away. */
START_TEST(a_promise_ends_with_the_round_of_the_body_that_decided)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	world_to(w, "2026-04-29 12:00");
	w->says = "ordf";
	HEARD(w, "seen", "RS-58", "{'answer_by':'2026-05-06'}");
	w->says = NULL;
	world_to(w, "2026-05-21 16:00");
	w->tale[0] = '\0';
	HEARD(w, "outcome", "RS-58", "{'outcome':'approved','reference':'HSN § 70','body':'HSN'}");
	ck_assert(!obligation_of(w, "RS-58", "").promised);
	world_to(w, "2026-06-06 00:00");
	TELLS(w, "05-21 16:00 confirmation reg: RS-58 passed\n"
		 "05-21 16:00 confirmation ordf: RS-58 passed\n"
		 "05-29 08:00 reminder ordf: RS-58 -5wd\n"
		 "06-05 08:00 reminder ordf: RS-58 0\n");
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* A measure that left the plan before is not put back by it. */
START_TEST(what_left_before_a_body_decided_stays_away)
{
	struct written without = via_hsn;
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	without.measures = ONE_MEASURE;
	world_adopt(w, &without);
	world_to(w, "2026-05-21 16:00");
	HEARD(w, "outcome", "RS-58", "{'outcome':'approved','reference':'HSN § 70','body':'HSN'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").withdrawal, WITHDRAWN_REMOVED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").withdrawal, WITHDRAWN_SUBMITTED);
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* ---- decisions --------------------------------------------------------------------------------- */

START_TEST(a_link_that_decides_begins_a_round_of_the_deliverable_towards_the_next_papers)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	world_to(w, "2026-05-06 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	HEARD(w, "submit", "RS-58", "{'reference':'HSN/12'}");
	world_to(w, "2026-05-21 16:00");
	TELLS(w, "04-28 08:00 reminder ordf: RS-58 -5wd\n"
		 "04-28 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "04-28 08:00 reminder kir: RS-58/HSN-07 -5wd\n"
		 "05-06 08:00 reminder ordf: RS-58 0\n"
		 "05-06 08:00 reminder akut: RS-58/HSN-03 0\n"
		 "05-06 08:00 reminder kir: RS-58/HSN-07 0\n"
		 "05-06 12:00 confirmation reg: RS-58 submitted\n");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'approved','reference':'HSN § 70','body':'HSN',"
	      "'link':'https://moten.region.se/70'}");
	ck_assert_str_eq(link_of(w, "RS-58", "HSN").evidence, "https://moten.region.se/70");
	stands(w, "2026-06-16", "2026-06-05");
	ck_assert_str_eq(link_of(w, "RS-58", "HSN").reference, "HSN § 70");
	ck_assert_int_eq(deadline_of(w, "RS-58").state, DEADLINE_OPEN);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").phase, PHASE_LIVE);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").round, 2);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_ANSWERED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-07").withdrawal, WITHDRAWN_SUBMITTED);
	ask_verify(w);
	world_to(w, "2026-06-06 00:00");
	TELLS(w, "05-21 16:00 confirmation reg: RS-58 passed\n"
		 "05-21 16:00 confirmation ordf: RS-58 passed\n"
		 "05-29 08:00 reminder ordf: RS-58 -5wd\n"
		 "06-05 08:00 reminder ordf: RS-58 0\n");
	HEARD(w, "submit", "RS-58", "{'reference':'RS/12'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 9','body':'RS'}");
	ck_assert_int_eq(deadline_of(w, "RS-58").state, DEADLINE_SUBMITTED);
	ck_assert_int_eq(deadline_of(w, "RS-58").outcome, OUTCOME_NOTED);
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(what_nobody_handed_over_to_a_link_it_has_got)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	world_to(w, "2026-05-21 16:00");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 70','body':'HSN'}");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").withdrawal, WITHDRAWN_SUBMITTED);
	ck_assert_int_eq(obligation_of(w, "RS-58", "").phase, PHASE_LIVE);
	ck_assert_str_eq(deadline_of(w, "RS-58").reference, "HSN § 70");
	ask_verify(w);
	/* Again: recorded, and nothing follows. */
	w->tale[0] = '\0';
	HEARD(w, "outcome", "RS-58", "{'outcome':'approved','reference':'HSN § 71','body':'HSN'}");
	ck_assert_msg(strstr(warning_of(w), "has gone on from HSN already"), "%s", warning_of(w));
	ck_assert_str_eq(link_of(w, "RS-58", "HSN").reference, "HSN § 71");
	ck_assert_int_eq(obligation_of(w, "RS-58", "").round, 2);
	world_to(w, "2026-05-22 12:00");
	TELLS(w, "05-21 16:00 confirmation reg: RS-58 passed\n"
		 "05-21 16:00 confirmation ordf: RS-58 passed\n");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(only_the_last_bodys_decision_closes_and_links_not_decided_are_passed_over)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 9'}");
	ck_assert_msg(strstr(warning_of(w), "what HSN decided of RS-58 is not recorded"), "%s",
		      warning_of(w));
	ck_assert_int_eq(deadline_of(w, "RS-58").state, DEADLINE_SUBMITTED);
	ck_assert(instant_is_none(deadline_of(w, "RS-58").next_at));
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(a_body_that_it_does_not_pass_decides_nothing)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);
	struct written dated = via_hsn;

	REFUSED(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RF § 1','body':'RF'}",
		REJECT_BAD_DATA, "RS-58 does not pass RF: its bodies are HSN, RS");
	dated.deadlines = HANDED_IN("RS-58", "2026-06-05", "");
	world_adopt(w, &dated);
	REFUSED(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RF § 1','body':'RF'}",
		REJECT_BAD_DATA, "RS-58 is due on a day, at no body's meeting: leave out `body`");
	asked_free(w);
}
END_TEST

START_TEST(a_link_that_returns_it_opens_all_of_it_anew)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "submit", "RS-58", "{'reference':'HSN/12'}");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'HSN § 70','body':'HSN','due':'2026-05-13'}");
	stands(w, "2026-06-16", "2026-05-13");
	ck_assert_int_eq(obligation_of(w, "RS-58", "HSN-03").phase, PHASE_LIVE);
	ck_assert_int_eq(link_of(w, "RS-58", "HSN").outcome, OUTCOME_RETURNED);
	ask_verify(w);
	world_to(w, "2026-05-20 12:00");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 71','body':'HSN'}");
	stands(w, "2026-06-16", "2026-06-05");
	ck_assert(civil_is_none(deadline_of(w, "RS-58").extended));
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(an_extension_is_for_the_round_that_is_under_way)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "extend", "RS-58", "{'due':'2026-05-12','reference':'HSN/13'}");
	stands(w, "2026-06-16", "2026-05-12");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 70','body':'HSN'}");
	stands(w, "2026-06-16", "2026-06-05");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(an_extension_beyond_the_next_papers_stands)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "extend", "RS-58", "{'due':'2026-06-10','reference':'HSN/13'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 70','body':'HSN'}");
	stands(w, "2026-06-16", "2026-06-10");
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* ---- another plan ------------------------------------------------------------------------------ */

START_TEST(a_link_that_the_file_puts_in_another_month_is_bound_anew)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);
	struct written june = via_hsn;

	HEARD(w, "meeting", "HSN", "{'from':'2026-06-11'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-12','reference':'HSN/13'}");
	stands(w, "2026-06-16", "2026-05-12");
	june.deadlines = HANDED_IN("RS-58", "meeting RS 2026-06", "via=['meeting HSN 2026-06'];");
	world_adopt(w, &june);
	stands(w, "2026-06-16", "2026-05-28");
	ask_verify(w);
	/* Without a chain. */
	june.deadlines = HANDED_IN("RS-58", "meeting RS 2026-06", "");
	world_adopt(w, &june);
	stands(w, "2026-06-16", "2026-06-05");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(a_link_is_of_its_month_again_when_an_extension_to_another_meeting_ends)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "meeting", "HSN", "{'from':'2026-09-10'}");
	HEARD(w, "meeting", "RS", "{'from':'2026-09-22'}");
	HEARD(w, "extend", "RS-58", "{'due':'meeting RS 2026-09','reference':'RS/13'}");
	stands(w, "2026-09-22", "2026-08-27");
	ask_verify(w);
	HEARD(w, "extend", "RS-58", "{'due':'2026-06-01','reference':'RS/14'}");
	DAY_IS(link_of(w, "RS-58", "HSN").due, "2026-05-21");
	stands(w, "2026-06-16", "2026-06-01");
	ask_verify(w);
	asked_free(w);
}
END_TEST

/* ---- what is said of it ------------------------------------------------------------------------- */

/* Of each item of a message about an obligation: the meeting that it names, and how many bodies it passes. */
static void note_meetings(struct world *w, const struct message *m)
{
	struct message_content *n;
	char due[CIVIL_TEXT];

	ck_assert_int_eq(message_content_load(&w->e, m, w->now, &n), 0);
	for (size_t i = 0; i < n->count; i++)
		tell(w->userdata, 4000, "%s %s %s %s %zu\n", m->to, message_kind_name(m->kind),
		     n->items[i].body, civil_format(n->items[i].due, due),
		     n->items[i].passing_count);
	message_content_free(n);
}

static size_t links_in_rows_of(struct world *w, const char *measure)
{
	json_t *rows = ask(w, QUERY_LIST, "{'all':true}"), *row;
	size_t i, count = 0;

	json_array_foreach (rows, i, row) {
		const char *of = json_string_value(json_object_get(row, "measure"));

		if (of && strcmp(of, measure) == 0)
			count += json_array_size(json_object_get(row, "via"));
	}
	json_decref(rows);
	return count;
}

START_TEST(an_answer_extended_to_a_meeting_of_its_own_names_that_one_and_not_the_chain)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);
	char said[4000] = "";

	HEARD(w, "meeting", "RS", "{'from':'2026-09-22'}");
	world_to(w, "2026-04-29 12:00");
	w->left = note_meetings;
	w->userdata = said;
	HEARD(w, "extend", "HSN-03",
	      "{'deadline':'RS-58','due':'meeting RS 2026-09','reference':'RS/13'}");
	world_to(w, "2026-04-30 12:00");
	ck_assert_str_eq(said, "akut moved Regionstyrelsen 2026-09-22 0\n"
			       "ordf moved Regionstyrelsen 2026-09-22 0\n"
			       "reg moved Regionstyrelsen 2026-09-22 0\n");
	ck_assert_uint_eq(links_in_rows_of(w, "HSN-03"), 0);
	ck_assert_uint_eq(links_in_rows_of(w, "HSN-07"), 1);
	said[0] = '\0';
	world_to(w, "2026-05-07 00:00");
	ck_assert_str_eq(said, "ordf reminder Regionstyrelsen 2026-06-16 2\n"
			       "kir reminder Regionstyrelsen 2026-06-16 2\n");
	world_to(w, "2026-09-03 00:00");
	said[0] = '\0';
	world_to(w, "2026-09-05 00:00");
	ck_assert_str_eq(said, "akut reminder Regionstyrelsen 2026-09-22 0\n");
	asked_free(w);
}
END_TEST

START_TEST(a_chains_history_says_which_body_decided_where_that_was_said)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);
	static const char *const queries[][2] = {
		[0] = { "show", "{'item':'RS-58'}" },
		[1] = { "report", "{'deadline':'RS-58'}" },
	};

	HEARD(w, "submit", "RS-58", "{'reference':'HSN/12'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 70','body':'HSN'}");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 71'}");
	for (size_t i = 0; i < 2; i++) {
		json_t *rows = ask(w, i ? QUERY_REPORT : QUERY_SHOW, queries[i][1]), *row;
		json_t *history = json_object_get(json_array_get(rows, 0), "history");
		char said[400] = "";
		size_t j;

		json_array_foreach (history, j, row) {
			const json_t *body = json_object_get(row, "body");

			tell(said, sizeof(said), "%s %s\n",
			     json_string_value(json_object_get(row, "reference")),
			     body ? json_string_value(body) : "-");
		}
		ck_assert_msg(strcmp(said, "HSN/12 -\nHSN § 70 HSN\nRS § 71 -\n") == 0, "%s: %s",
			      queries[i][0], said);
		json_decref(rows);
	}
	asked_free(w);
}
END_TEST

/* ---- calendars --------------------------------------------------------------------------------- */

/* The papers that a body's calendar has, or a person's (body NULL). */
static void has_papers(struct world *w, const char *body, const char *expected)
{
	const char *person = "ordf";
	struct agenda agenda = { 0 };
	char said[200] = "", papers[CIVIL_TEXT], due[CIVIL_TEXT];
	int r = body ? agenda_of_body(&agenda, &w->e, plan_body(w->e.plan, body_id(body)), w->now)
		     : agenda_of_person(&agenda, &w->e, plan_person(w->e.plan, person_id(person)),
					w->now);

	ck_assert_int_eq(r, 0);
	for (size_t i = 0; i < agenda.count; i++) {
		const struct agenda_entry *entry = &agenda.list[i];

		if (entry->what != AGENDA_MEETING)
			tell(said, sizeof(said), "%s %s for %s%s;",
			     civil_format(entry->papers, papers), entry->body.text,
			     civil_format(entry->due, due), entry->answered ? ", answered" : "");
	}
	agenda_done(&agenda);
	ck_assert_str_eq(said, expected);
}

START_TEST(calendars_have_the_papers_of_the_body_that_is_next_and_each_body_its_own)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	has_papers(w, NULL, "2026-05-06 HSN for 2026-05-21;");
	has_papers(w, "HSN", "2026-05-06 HSN for 2026-05-21;");
	has_papers(w, "RS", "2026-06-05 RS for 2026-06-16;");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 70','body':'HSN'}");
	has_papers(w, NULL, "2026-06-05 RS for 2026-06-16;");
	has_papers(w, "HSN", "2026-05-06 HSN for 2026-05-21, answered;");
	has_papers(w, "RS", "2026-06-05 RS for 2026-06-16;");
	asked_free(w);
}
END_TEST

/* ---- silence, and disorder --------------------------------------------------------------------- */

START_TEST(support_is_told_once_of_a_link_that_met_and_said_nothing)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "submit", "RS-58", "{'reference':'HSN/12'}");
	world_to(w, "2026-05-22 00:00");
	w->tale[0] = '\0';
	world_to(w, "2026-06-30 00:00");
	TELLS(w, "05-22 07:30 alert stod: RS-58 undecided\n");
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(nobody_is_told_of_a_link_that_decided_in_time)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "submit", "RS-58", "{'reference':'HSN/12'}");
	world_to(w, "2026-05-21 16:00");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'HSN § 70','body':'HSN'}");
	world_to(w, "2026-05-22 00:00");
	w->tale[0] = '\0';
	world_to(w, "2026-05-27 00:00");
	TELLS(w, "");
	asked_free(w);
}
END_TEST

START_TEST(nobody_is_told_of_a_link_that_returned_it)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	world_to(w, "2026-05-21 16:00");
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'HSN § 70','body':'HSN','due':'2026-06-02'}");
	world_to(w, "2026-05-27 00:00");
	ck_assert_ptr_null(strstr(w->tale, "undecided"));
	ask_verify(w);
	asked_free(w);
}
END_TEST

START_TEST(a_meeting_that_moves_out_of_the_chains_order_is_told_to_support_and_in_the_answer)
{
	struct world *w = asked_world("2026-04-20 12:00", &via_hsn);

	HEARD(w, "meeting", "HSN", "{'from':'2026-06-17','replaces':'2026-05-21'}");
	ck_assert_msg(strstr(warning_of(w), "HSN meets on 2026-06-17, not before RS on 2026-06-16"),
		      "%s", warning_of(w));
	world_to(w, "2026-04-22 00:00");
	TELLS(w, "04-20 12:00 moved ordf: RS-58 moved\n"
		 "04-20 12:00 moved reg: RS-58 moved\n"
		 "04-20 12:00 alert stod: RS-58 disorder\n");
	ask_verify(w);
	HEARD(w, "meeting", "RS", "{'from':'2026-06-23','replaces':'2026-06-16'}");
	ck_assert_str_eq(warning_of(w), "");
	world_to(w, "2026-04-23 00:00");
	ck_assert_ptr_null(strstr(w->tale, "disorder"));
	ask_verify(w);
	asked_free(w);
}
END_TEST

UNIT_TESTS("engine/obligation/chain", UNIT(all_count_from_the_papers_of_the_first_body),
	   UNIT(a_link_that_moves_moves_what_stands_on_it),
	   UNIT(a_link_that_is_cancelled_is_provisional_until_its_month_has_another),
	   UNIT(without_a_month_it_is_the_last_meeting_before_the_next_bodys),
	   UNIT(a_series_passes_the_last_meeting_before_each_of_its_own),
	   UNIT(an_occurrence_gives_way_by_the_papers_of_its_last_body),
	   UNIT(a_promise_ends_with_the_round_of_the_body_that_decided),
	   UNIT(what_left_before_a_body_decided_stays_away),
	   UNIT(a_link_that_decides_begins_a_round_of_the_deliverable_towards_the_next_papers),
	   UNIT(what_nobody_handed_over_to_a_link_it_has_got),
	   UNIT(only_the_last_bodys_decision_closes_and_links_not_decided_are_passed_over),
	   UNIT(a_body_that_it_does_not_pass_decides_nothing),
	   UNIT(a_link_that_returns_it_opens_all_of_it_anew),
	   UNIT(an_extension_is_for_the_round_that_is_under_way),
	   UNIT(an_extension_beyond_the_next_papers_stands),
	   UNIT(a_link_that_the_file_puts_in_another_month_is_bound_anew),
	   UNIT(a_link_is_of_its_month_again_when_an_extension_to_another_meeting_ends),
	   UNIT(an_answer_extended_to_a_meeting_of_its_own_names_that_one_and_not_the_chain),
	   UNIT(a_chains_history_says_which_body_decided_where_that_was_said),
	   UNIT(calendars_have_the_papers_of_the_body_that_is_next_and_each_body_its_own),
	   UNIT(support_is_told_once_of_a_link_that_met_and_said_nothing),
	   UNIT(nobody_is_told_of_a_link_that_decided_in_time),
	   UNIT(nobody_is_told_of_a_link_that_returned_it),
	   UNIT(a_meeting_that_moves_out_of_the_chains_order_is_told_to_support_and_in_the_answer))
