/* SPDX-License-Identifier: Apache-2.0 */
/* A later date is asked for, given or refused. */
#include "engine/obligation/requests.h"

#include "tests/unit/ask.h"

#define STEWARD ", " PERSON("reg2", "roles=['steward'];")
static const struct written plan = {
	.people = PEOPLE STEWARD,
	.measures = TWO_MEASURES,
	.meetings = "{ body='RS'; from='2026-05-26'; }",
	.bodies = "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }, { id='HSN'; name='x'; }",
	/* Papers of RS-58 on 15 May; T2 is akut's and kir's alone. */
	.deadlines =
		HANDED_IN("RS-58", "meeting RS 2026-05", "") ", " ASKING("T2", "2026-09-16", ""),
	.steps = "-5wd owner; 0 owner",
	.alerts = "",
};

static struct world *world_of_plan(const struct written *written)
{
	struct world *w = asked_world("2026-05-06 12:00", written);

	w->says = "akut";
	return w;
}

/* The ledger follows from its log, and nothing is left of the world. */
static void done(struct world *w)
{
	json_t *rows = ask(w, COMMAND_VERIFY, "{}");
	char *text = json_dumps(rows, JSON_COMPACT);

	ck_assert_str_eq(text, "[]");
	free(text);
	json_decref(rows);
	asked_free(w);
}

static const char *text_of_member(const json_t *row, const char *name)
{
	const char *text = json_string_value(json_object_get(row, name));

	return text ? text : "-";
}

/* The rows of `requests`, "deadline/measure due by state reference" each. */
static char *requests_of(struct world *w, const char *params)
{
	static char text[4000];
	json_t *rows = ask(w, QUERY_REQUESTS, params), *row;
	size_t i;

	text[0] = '\0';
	json_array_foreach (rows, i, row)
		tell(text, sizeof(text), "%s/%s %s %s %s %s\n", text_of_member(row, "deadline"),
		     text_of_member(row, "measure"), text_of_member(row, "due"),
		     text_of_member(row, "by"), text_of_member(row, "state"),
		     text_of_member(row, "reference"));
	json_decref(rows);
	return text;
}
#define REQUESTS_ARE(world, params, expected) ck_assert_str_eq(requests_of(world, params), expected)

#define ASK_UNTIL(due) "{'deadline':'RS-58','due':'" due "','reason':'Semester','progress':60}"
#define AS(world, who) (world)->says = who
/* A steward decides on requests: their ids, in the order in which the world heard them. */
#define GRANT(ids) "{'grants':[" ids "],'reference':'RS § 70'}"

/* ---- asking ------------------------------------------------------------------------------------ */

START_TEST(who_owes_it_asks_and_requests_lists_it)
{
	struct world *w = world_of_plan(&plan);
	json_t *rows;
	char *text;

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	rows = ask(w, QUERY_REQUESTS, "{}");
	text = json_dumps(rows, JSON_COMPACT);
	ck_assert_str_eq(text,
			 "[{\"id\":\"event-1\",\"by\":\"akut\",\"deadline\":\"RS-58\",\"measure\":"
			 "\"HSN-03\",\"title\":\"Färre inhyrda\",\"due\":\"2026-05-20\",\"reason\":"
			 "\"Semester\",\"progress\":60,\"stands\":\"2026-05-15\",\"asked_at\":"
			 "\"2026-05-06T12:00:00+02:00\",\"state\":\"open\",\"decided_at\":null,"
			 "\"reference\":null,\"answer\":null}]");
	free(text);
	json_decref(rows);
	done(w);
}
END_TEST

START_TEST(the_responsible_asks_for_the_deadline_as_a_whole)
{
	struct world *w = world_of_plan(&plan);

	AS(w, "ordf");
	HEARD(w, "request", "RS-58", "{'due':'2026-05-20','reason':'Revision'}");
	HEARD(w, "request", "T2", "{'due':'2026-10-01','reason':'Revision'}");
	REQUESTS_ARE(w, "{}", "RS-58/- 2026-05-20 ordf open -\nT2/- 2026-10-01 ordf open -\n");
	REQUESTS_ARE(w, "{'deadline':'T2'}", "T2/- 2026-10-01 ordf open -\n");
	REQUESTS_ARE(w, "{'body':'RS'}", "RS-58/- 2026-05-20 ordf open -\n");
	REQUESTS_ARE(w, "{'body':'HSN'}", "");
	REQUESTS_ARE(w, "{'state':'granted'}", "");
	done(w);
}
END_TEST

START_TEST(what_could_not_be_granted_is_not_asked_for)
{
	struct world *w = world_of_plan(&plan);

	REFUSED(w, "request", "HSN-03", ASK_UNTIL("2026-05-15"), REJECT_BAD_DATA,
		"is not after 2026-05-15, the date that stands for RS-58 for HSN-03");
	REFUSED(w, "request", "HSN-03", ASK_UNTIL("2026-05-05"), REJECT_BAD_DATA,
		"has already passed");
	REFUSED(w, "request", "HSN-03", "{'due':'2026-05-20','reason':'x'}", REJECT_BAD_DATA,
		"as in `request HSN-03 --deadline RS-58`");
	REFUSED(w, "request", "HSN-99", ASK_UNTIL("2026-05-20"), REJECT_BAD_DATA,
		"`deadline` says RS-58 but the subject is HSN-99");
	w->now = instant_of("2026-05-08 12:00");
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	REFUSED(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"), REJECT_BAD_DATA,
		"nothing is unanswered in RS-58 for HSN-03");
	REQUESTS_ARE(w, "{'state':'all'}", "");
	done(w);
}
END_TEST

/* An extension may be corrected to an earlier day; nobody asks for that. */
START_TEST(what_is_asked_for_is_later_than_an_extension_too)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "extend", "HSN-03",
	      "{'deadline':'RS-58','due':'2026-05-22','reference':'RS § 1'}");
	REFUSED(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"), REJECT_BAD_DATA,
		"is not after 2026-05-22");
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-25"));
	done(w);
}
END_TEST

START_TEST(stewards_are_told_once_and_many_are_one_message)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-06 12:00 alert reg2: RS-58/HSN-03 requested, RS-58/HSN-07 requested\n");
	done(w);
}
END_TEST

START_TEST(a_steward_who_asks_for_somebody_is_not_told)
{
	struct written two = plan;
	struct world *w;

	two.people = PEOPLE STEWARD ", " PERSON("reg3", "roles=['steward'];");
	w = world_of_plan(&two);
	AS(w, "reg3");
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-06 12:00 alert reg2: RS-58/HSN-03 requested\n");
	done(w);
}
END_TEST

START_TEST(without_stewards_support_is_told)
{
	struct written none = plan;
	struct world *w;

	none.people = PEOPLE;
	w = world_of_plan(&none);
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-06 12:00 alert stod: RS-58/HSN-03 requested\n");
	done(w);
}
END_TEST

START_TEST(asking_pauses_nothing)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	world_to(w, "2026-05-06 16:00");
	w->tale[0] = '\0';
	world_to(w, "2026-05-08 12:00");
	TELLS(w, "05-07 08:00 reminder ordf: RS-58 -5wd\n"
		 "05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		 "05-07 08:00 reminder kir: RS-58/HSN-07 -5wd\n");
	done(w);
}
END_TEST

START_TEST(asking_anew_takes_the_place_of_what_was_asked_before)
{
	struct world *w = world_of_plan(&plan);

	w->now = instant_of("2026-05-06 19:00"); /* nothing leaves before the morning */
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-22"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	REQUESTS_ARE(w, "{'state':'all'}",
		     "RS-58/HSN-03 2026-05-20 akut replaced -\n"
		     "RS-58/HSN-03 2026-05-22 akut open -\n"
		     "RS-58/HSN-07 2026-05-21 kir open -\n");
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-07 07:30 alert reg2: RS-58/HSN-03 requested, RS-58/HSN-07 requested\n");
	done(w);
}
END_TEST

START_TEST(what_is_answered_is_not_asked_for_any_more)
{
	struct world *w = world_of_plan(&plan);

	world_to(w, "2026-05-08 19:00");
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	w->tale[0] = '\0';
	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	REQUESTS_ARE(w, "{}", "");
	REQUESTS_ARE(w, "{'state':'moot'}", "RS-58/HSN-03 2026-05-20 akut moot -\n");
	world_to(w, "2026-05-11 12:00");
	TELLS(w, "");
	REFUSED(w, "extend", "RS-58", GRANT("'event-1'"), REJECT_BAD_DATA,
		"request event-1 of HSN-03 is moot");
	/* What it was asked for is over when the deadline is returned: that gave a date. */
	HEARD(w, "outcome", "RS-58",
	      "{'outcome':'returned','reference':'RS § 70','due':'2026-05-18'}");
	REQUESTS_ARE(w, "{'state':'all'}", "RS-58/HSN-03 2026-05-20 akut moot -\n");
	done(w);
}
END_TEST

START_TEST(a_date_that_has_moved_as_far_is_not_asked_for_any_more)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	HEARD(w, "meeting", "RS", "{'from':'2026-06-02','replaces':'2026-05-26'}");
	REQUESTS_ARE(w, "{'state':'all'}", "RS-58/HSN-03 2026-05-20 akut moot -\n");
	done(w);
}
END_TEST

/* What leaves to a person: the date that it says is asked for. */
struct watched {
	const char *to;
	char asked[EVENT_DUE_TEXT];
};

static void watch(struct world *w, const struct message *m)
{
	struct watched *watched = w->userdata;
	struct message_content *n = NULL;

	if (strcmp(m->to, watched->to) != 0)
		return;
	ck_assert_int_eq(message_content_load(&w->e, m, w->now, &n), 0);
	event_due_format(&n->items[0].asked_for, watched->asked);
	message_content_free(n);
}

START_TEST(a_reminder_and_an_escalation_say_what_is_asked_for_until_it_is_decided)
{
	struct written late = plan;
	struct watched watched = { .to = "akut" };
	struct world *w;

	late.steps = "-5wd owner; -4wd owner; 0 manager";
	w = world_of_plan(&late);
	w->left = watch;
	w->userdata = &watched;
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	world_to(w, "2026-05-07 12:00");
	ck_assert_str_eq(watched.asked, "2026-05-20");
	AS(w, "reg2");
	HEARD(w, "deny", "RS", "{'requests':['event-1'],'reason':'x'}");
	world_to(w, "2026-05-07 16:00");
	ck_assert_str_eq(watched.asked, "2026-05-20"); /* which is denied */
	world_to(w, "2026-05-08 12:00");
	ck_assert_str_eq(watched.asked, "");
	AS(w, "akut");
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-22"));
	watched.to = "dir";
	world_to(w, "2026-05-15 12:00");
	ck_assert_str_eq(watched.asked, "2026-05-22");
	done(w);
}
END_TEST

START_TEST(list_and_show_have_what_is_asked_for_only_where_something_is)
{
	struct world *w = world_of_plan(&plan);
	json_t *rows, *asked;

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	rows = ask(w, QUERY_LIST, "{'all':true,'deadline':'RS-58'}");
	ck_assert_ptr_null(json_object_get(json_array_get(rows, 0), "requested"));
	ck_assert_ptr_null(json_object_get(json_array_get(rows, 2), "requested"));
	asked = json_object_get(json_array_get(rows, 1), "requested");
	ck_assert_str_eq(text_of_member(asked, "due"), "2026-05-20");
	ck_assert_str_eq(text_of_member(asked, "id"), "event-1");
	ck_assert_str_eq(text_of_member(asked, "by"), "akut");
	json_decref(rows);
	rows = ask(w, QUERY_SHOW, "{'item':'HSN-03'}");
	asked = json_object_get(json_array_get(rows, 0), "obligations");
	ck_assert_str_eq(
		text_of_member(json_object_get(json_array_get(asked, 0), "requested"), "due"),
		"2026-05-20");
	json_decref(rows);
	done(w);
}
END_TEST

/* ---- granting ---------------------------------------------------------------------------------- */

START_TEST(many_are_granted_by_one_reference)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	world_to(w, "2026-05-06 16:00");
	w->tale[0] = '\0';
	AS(w, "reg2");
	HEARD(w, "extend", "RS", GRANT("'event-1','event-2'"));
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-20");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-21");
	DAY_IS(obligation_of(w, "RS-58", "").papers, "2026-05-15");
	REQUESTS_ARE(w, "{'state':'granted'}",
		     "RS-58/HSN-03 2026-05-20 akut granted RS § 70\n"
		     "RS-58/HSN-07 2026-05-21 kir granted RS § 70\n");
	world_to(w, "2026-05-07 07:00");
	REQUESTS_ARE(w, "{}", "");
	REFUSED(w, "extend", "RS", GRANT("'event-1'"), REJECT_BAD_DATA,
		"request event-1 of HSN-03 is granted");
	done(w);
}
END_TEST

START_TEST(or_by_one_date_for_all_of_them)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	HEARD(w, "extend", "RS-58",
	      "{'grants':['event-1','event-2'],'due':'2026-05-18','reference':'RS § 70'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-18");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-18");
	REQUESTS_ARE(w, "{}", "");
	done(w);
}
END_TEST

/* The whole settles what was asked for no later of one measure: that is passed over. */
START_TEST(of_the_whole_and_a_measure_of_it_both_are_granted)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "ordf");
	HEARD(w, "request", "RS-58", "{'due':'2026-05-22','reason':'x'}");
	AS(w, "reg2");
	HEARD(w, "extend", "RS",
	      "{'grants':['event-2','event-1'],'reference':'RS § 70','reason':'y'}");
	REQUESTS_ARE(w, "{'state':'all'}",
		     "RS-58/HSN-03 2026-05-20 akut granted RS § 70\n"
		     "RS-58/- 2026-05-22 ordf granted RS § 70\n");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-22");
	done(w);
}
END_TEST

/* What a request asks for may be there no more: then it is moot, and asks nobody. */
#define DATED(more) "{ id='HSN-03'; title='Färre'; owner='akut'; " more " }"
static const struct {
	int line;
	const char *data;			   /* of HSN-03 */
	const char *bodies, *measures, *deadlines; /* afterwards; NULL: as before */
	const char *state;
} gone[] = {
	{ __LINE__, "{'deadline':'RS-58','due':'2026-05-20','reason':'x'}", NULL, NULL, NULL,
	  "open" },
	{ __LINE__, "{'due':'2026-12-31','reason':'x'}", NULL, NULL, NULL, "open" },
	{ __LINE__, "{'deadline':'RS-58','due':'meeting HSN 2026-06','reason':'x'}", NULL, NULL,
	  NULL, "open" },
	/* Its deadline, its measure, or both are no more; or the one asks the other no more. */
	{ __LINE__, "{'deadline':'RS-58','due':'2026-05-20','reason':'x'}", NULL, NULL,
	  ASKING("T2", "2026-09-16", ""), "moot" },
	{ __LINE__, "{'deadline':'RS-58','due':'2026-05-20','reason':'x'}", NULL,
	  "{ id='HSN-07'; title='y'; owner='kir'; }", NULL, "moot" },
	{ __LINE__, "{'due':'2026-12-31','reason':'x'}", NULL,
	  "{ id='HSN-07'; title='y'; owner='kir'; }", NULL, "moot" },
	{ __LINE__, "{'deadline':'RS-58','due':'2026-05-20','reason':'x'}", NULL, NULL,
	  "{ id='RS-58'; title='U'; decision='d'; due='meeting RS 2026-05'; "
	  "answers_from=['HSN-07'];"
	  " inform=['reg']; ladder='standard'; }",
	  "moot" },
	/* The body whose meeting it names has left. */
	{ __LINE__, "{'deadline':'RS-58','due':'meeting HSN 2026-06','reason':'x'}",
	  "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }", NULL, NULL, "moot" },
	{ __LINE__, "{'due':'meeting HSN 2027-01','reason':'x'}",
	  "{ id='RS'; name='Regionstyrelsen'; papers='-7wd'; }", NULL, NULL, "moot" },
	/* It has no date of its own any more, or a later one. */
	{ __LINE__, "{'due':'2026-12-31','reason':'x'}", NULL, TWO_MEASURES, NULL, "moot" },
	{ __LINE__, "{'due':'2026-12-31','reason':'x'}", NULL, DATED("done_by='2027-06-30';"), NULL,
	  "moot" },
};

START_TEST(what_is_there_no_more_is_asked_for_no_more)
{
	struct written dated = plan, after;
	struct world *w;
	json_t *rows;

	dated.measures =
		DATED("done_by='2026-09-30';") ", { id='HSN-07'; title='y'; owner='kir'; }";
	w = world_of_plan(&dated);
	HEARD(w, "request", "HSN-03", gone[_i].data);
	after = dated;
	after.bodies = gone[_i].bodies ? gone[_i].bodies : dated.bodies;
	after.measures = gone[_i].measures ? gone[_i].measures : dated.measures;
	after.deadlines = gone[_i].deadlines ? gone[_i].deadlines : dated.deadlines;
	world_adopt(w, &after);
	rows = ask(w, QUERY_REQUESTS, "{'state':'all'}");
	ck_assert_uint_eq(json_array_size(rows), 1);
	ck_assert_msg(strcmp(text_of_member(json_array_get(rows, 0), "state"), gone[_i].state) == 0,
		      "line %d: %s", gone[_i].line,
		      text_of_member(json_array_get(rows, 0), "state"));
	json_decref(rows);
	AS(w, "reg2");
	ck_assert_int_eq(world_hear(w, "paminn.deny", "HSN-07", "",
				    "{'requests':['event-1'],'reason':'nej'}") == 0,
			 strcmp(gone[_i].state, "open") == 0);
	done(w);
}
END_TEST

START_TEST(all_of_them_are_granted_or_none)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-18"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	AS(w, "reg2");
	REFUSED(w, "extend", "RS", GRANT("'event-2','nonesuch'"), REJECT_BAD_DATA,
		"no request has the id nonesuch");
	world_to(w, "2026-05-19 12:00");
	REFUSED(w, "extend", "RS", GRANT("'event-2','event-1'"), REJECT_BAD_DATA,
		"request event-1 can't be granted, and nothing was changed: `due` 2026-05-18 has "
		"already passed");
	ck_assert_int_eq(w->why.cause, CAUSE_DATE_PAST);
	REFUSED(w, "extend", "nothing", GRANT("'event-2'"), REJECT_UNKNOWN_SUBJECT,
		"no measure, deadline, assignment or body nothing");
	DAY_IS(obligation_of(w, "RS-58", "HSN-07").papers, "2026-05-15");
	REQUESTS_ARE(w, "{}",
		     "RS-58/HSN-03 2026-05-18 akut open -\nRS-58/HSN-07 2026-05-21 kir open -\n");
	done(w);
}
END_TEST

START_TEST(a_plain_extension_of_the_same_grants_what_was_asked_for)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	HEARD(w, "extend", "HSN-03",
	      "{'deadline':'RS-58','due':'2026-05-18','reference':'RS § 1'}");
	REQUESTS_ARE(w, "{'state':'all'}",
		     "RS-58/HSN-03 2026-05-20 akut granted RS § 1\n"
		     "RS-58/HSN-07 2026-05-21 kir open -\n");
	done(w);
}
END_TEST

START_TEST(an_extension_of_the_whole_grants_what_was_asked_for_no_later)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-22"));
	AS(w, "ordf");
	HEARD(w, "request", "RS-58", "{'due':'2026-05-29','reason':'x'}");
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-20','reference':'RS § 1'}");
	REQUESTS_ARE(w, "{'state':'all'}",
		     "RS-58/HSN-03 2026-05-20 akut granted RS § 1\n"
		     "RS-58/HSN-07 2026-05-22 kir open -\n"
		     "RS-58/- 2026-05-29 ordf granted RS § 1\n");
	done(w);
}
END_TEST

/* In whatever order they are named, the later of the two dates stands. */
START_TEST(a_deadline_and_a_measure_of_it_are_granted_together)
{
	static const char *const orders[] = { GRANT("'event-1','event-2'"),
					      GRANT("'event-2','event-1'") };
	const bool later = _i >= 2;
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", later ? ASK_UNTIL("2026-05-29") : ASK_UNTIL("2026-05-20"));
	AS(w, "ordf");
	HEARD(w, "request", "RS-58", "{'due':'2026-05-25','reason':'x'}");
	HEARD(w, "extend", "RS", orders[_i % 2]);
	DAY_IS(obligation_of(w, "RS-58", "").papers, "2026-05-25");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, later ? "2026-05-29" : "2026-05-25");
	REQUESTS_ARE(w, "{}", "");
	done(w);
}
END_TEST

START_TEST(who_asked_is_told_by_the_message_on_the_new_date)
{
	struct world *w = world_of_plan(&plan);

	world_to(w, "2026-05-08 12:00");
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	world_to(w, "2026-05-08 16:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "RS", GRANT("'event-1'"));
	world_to(w, "2026-05-08 16:30");
	TELLS(w, "05-08 16:00 moved akut: RS-58/HSN-03 moved\n"
		 "05-08 16:00 moved ordf: RS-58/HSN-03 moved\n"
		 "05-08 16:00 moved reg: RS-58/HSN-03 moved\n");
	done(w);
}
END_TEST

/* Before the window opens the owner hears of no dates; and a steward who asked is none of those who do. */
START_TEST(else_by_one_of_their_own)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", "{'deadline':'T2','due':'2026-10-01','reason':'Semester'}");
	AS(w, "reg2");
	HEARD(w, "request", "HSN-07", "{'deadline':'T2','due':'2026-10-02','reason':'Semester'}");
	world_to(w, "2026-05-06 16:00");
	w->tale[0] = '\0';
	HEARD(w, "extend", "T2", GRANT("'event-1','event-2'"));
	world_to(w, "2026-05-07 07:00");
	TELLS(w, "05-06 16:00 moved reg: T2/HSN-03 moved, T2/HSN-07 moved\n"
		 "05-06 16:00 confirmation akut: T2/HSN-03 granted\n"
		 "05-06 16:00 confirmation reg2: T2/HSN-07 granted\n");
	done(w);
}
END_TEST

/* Whose day is not known when it is asked for, nor when it is granted. */
START_TEST(a_meeting_is_asked_for_and_followed_once_granted)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03",
	      "{'deadline':'RS-58','due':'meeting RS 2026-06','reason':'x'}");
	AS(w, "ordf");
	REFUSED(w, "request", "RS-58", "{'due':'meeting RF 2026-10','reason':'x'}", REJECT_BAD_DATA,
		"RF");
	HEARD(w, "request", "RS-58", "{'due':'meeting RS 2026-10','reason':'x'}");
	REQUESTS_ARE(w, "{}",
		     "RS-58/HSN-03 meeting RS 2026-06 akut open -\n"
		     "RS-58/- meeting RS 2026-10 ordf open -\n");
	AS(w, "reg2");
	HEARD(w, "extend", "RS", GRANT("'event-1'"));
	HEARD(w, "meeting", "RS", "{'from':'2026-06-16'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due, "2026-06-16");
	DAY_IS(obligation_of(w, "RS-58", "").due, "2026-05-26");
	HEARD(w, "extend", "RS", GRANT("'event-3'"));
	HEARD(w, "meeting", "RS", "{'from':'2026-10-20'}");
	DAY_IS(obligation_of(w, "RS-58", "").due, "2026-10-20");
	REQUESTS_ARE(w, "{}", "");
	done(w);
}
END_TEST

/* ---- a measure's own date ---------------------------------------------------------------------- */

static const struct written own_dates = {
	.people = PEOPLE STEWARD,
	.measures = "{ id='HSN-03'; title='x'; owner='akut'; done_by='2026-05-15'; },"
		    " { id='HSN-07'; title='y'; owner='kir'; done_by='meeting RS 2026-06'; }",
	.deadlines = ASKING("T2", "2026-09-16", ""),
	.alerts = "",
};

START_TEST(a_measures_own_date_is_asked_for_and_granted)
{
	struct world *w = world_of_plan(&own_dates);

	w->now = instant_of("2026-05-06 19:00");
	REFUSED(w, "request", "HSN-03", "{'due':'2026-05-15','reason':'x'}", REJECT_BAD_DATA,
		"is not after 2026-05-15");
	HEARD(w, "request", "HSN-03", "{'due':'2026-05-20','reason':'x'}");
	HEARD(w, "request", "HSN-03", "{'due':'2026-05-22','reason':'x'}");
	AS(w, "kir");
	HEARD(w, "request", "HSN-07", "{'due':'meeting RS 2026-09','reason':'x'}");
	HEARD(w, "request", "HSN-07", "{'deadline':'T2','due':'2026-09-20','reason':'x'}");
	REQUESTS_ARE(w, "{'state':'all'}",
		     "-/HSN-03 2026-05-20 akut replaced -\n"
		     "-/HSN-03 2026-05-22 akut open -\n"
		     "-/HSN-07 meeting RS 2026-09 kir open -\n"
		     "T2/HSN-07 2026-09-20 kir open -\n");
	AS(w, "akut"); /* it takes the place of their own, and of nobody else's */
	HEARD(w, "request", "HSN-03", "{'due':'2026-05-25','reason':'x'}");
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-07 07:30 alert reg2: HSN-07 requested, T2/HSN-07 requested, HSN-03 "
		 "requested\n");
	AS(w, "reg2");
	HEARD(w, "extend", "HSN-03", GRANT("'event-6','event-4'"));
	REQUESTS_ARE(w, "{'state':'granted'}",
		     "-/HSN-07 meeting RS 2026-09 kir granted RS § 70\n"
		     "-/HSN-03 2026-05-25 akut granted RS § 70\n");
	world_to(w, "2026-05-07 12:00");
	TELLS(w, "05-07 07:45 moved akut: HSN-03 done-by\n05-07 07:45 moved kir: HSN-07 done-by\n");
	done(w);
}
END_TEST

START_TEST(what_was_asked_of_it_is_denied_or_moot)
{
	struct world *w = world_of_plan(&own_dates);
	json_t *rows;

	w->now = instant_of("2026-05-06 19:00");
	HEARD(w, "request", "HSN-03", "{'due':'2026-05-20','reason':'x'}");
	AS(w, "reg2");
	HEARD(w, "request", "HSN-07", "{'due':'2026-07-20','reason':'x'}");
	HEARD(w, "deny", "HSN-07", "{'requests':['event-2'],'reason':'x'}");
	HEARD(w, "extend", "HSN-03", "{'due':'2026-05-18','reference':'x'}");
	REQUESTS_ARE(w, "{'state':'all'}",
		     "-/HSN-03 2026-05-20 akut granted x\n-/HSN-07 2026-07-20 reg2 denied -\n");
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-07 07:30 confirmation reg2: HSN-07 denied\n"
		 "05-07 07:30 confirmation kir: HSN-07 denied\n"
		 "05-07 07:30 moved akut: HSN-03 done-by\n");
	AS(w, "akut");
	/* It might be corrected to that day, but nobody asks for it. */
	REFUSED(w, "request", "HSN-03", "{'due':'2026-05-16','reason':'x'}", REJECT_BAD_DATA,
		"is not after 2026-05-18");
	HEARD(w, "request", "HSN-03", "{'due':'2026-05-20','reason':'x'}");
	rows = ask(w, QUERY_SHOW, "{'item':'HSN-03'}");
	ck_assert_str_eq(
		text_of_member(json_object_get(json_array_get(rows, 0), "requested"), "due"),
		"2026-05-20");
	json_decref(rows);
	HEARD(w, "status", "HSN-03", "{'status':'done'}");
	REQUESTS_ARE(w, "{'state':'moot'}", "-/HSN-03 2026-05-20 akut moot -\n");
	done(w);
}
END_TEST

/* ---- denying ----------------------------------------------------------------------------------- */

START_TEST(what_is_denied_stands_and_who_asked_is_told)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "dir");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	world_to(w, "2026-05-06 16:00");
	w->tale[0] = '\0';
	AS(w, "reg2");
	HEARD(w, "deny", "RS", "{'requests':['event-1','event-2'],'reason':'Nämnden väntar'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-05-15");
	REQUESTS_ARE(w, "{}", "");
	REQUESTS_ARE(w, "{'state':'denied'}",
		     "RS-58/HSN-03 2026-05-20 akut denied -\n"
		     "RS-58/HSN-07 2026-05-21 dir denied -\n");
	world_to(w, "2026-05-07 07:00");
	TELLS(w, "05-06 16:00 confirmation akut: RS-58/HSN-03 denied\n"
		 "05-06 16:00 confirmation dir: RS-58/HSN-07 denied\n"
		 "05-06 16:00 confirmation kir: RS-58/HSN-07 denied\n");
	REFUSED(w, "deny", "RS", "{'requests':['event-1'],'reason':'x'}", REJECT_BAD_DATA,
		"request event-1 of HSN-03 is denied");
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	done(w);
}
END_TEST

START_TEST(what_is_decided_before_stewards_are_told_is_not_told_them)
{
	struct world *w = world_of_plan(&plan);

	w->now = instant_of("2026-05-06 19:00");
	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "ordf");
	HEARD(w, "request", "RS-58", "{'due':'2026-05-25','reason':'x'}");
	AS(w, "reg2");
	HEARD(w, "deny", "RS", "{'requests':['event-1','event-2'],'reason':'x'}");
	world_to(w, "2026-05-07 07:45");
	TELLS(w, "05-07 07:30 confirmation akut: RS-58/HSN-03 denied\n"
		 "05-07 07:30 confirmation ordf: RS-58 denied\n");
	done(w);
}
END_TEST

START_TEST(all_of_them_are_denied_or_none)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	REFUSED(w, "deny", "RS", "{'requests':['event-1','event-9'],'reason':'x'}", REJECT_BAD_DATA,
		"no request has the id event-9");
	REQUESTS_ARE(w, "{}", "RS-58/HSN-03 2026-05-20 akut open -\n");
	done(w);
}
END_TEST

/* An id is of one source. Two that are open by the same one are told apart by asking anew for one of them. */
START_TEST(of_two_by_one_id_it_is_said_how_to_name_each)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "HSN-03", ASK_UNTIL("2026-05-20"));
	AS(w, "kir");
	w->events = 0;
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	AS(w, "reg2");
	REFUSED(w, "extend", "RS", GRANT("'event-1'"), REJECT_BAD_DATA,
		"2 open requests have the id event-1, one of them of HSN-07: ask anew for the same "
		"as "
		"that one, which takes its place under another id, or extend each by itself; "
		"nothing "
		"was changed");
	REFUSED(w, "deny", "RS", "{'requests':['event-1'],'reason':'x'}", REJECT_BAD_DATA,
		"ask anew for the same as that one, which takes its place under another id; "
		"nothing "
		"was changed");
	/* The one that was named; akut's has the id alone then. */
	AS(w, "kir");
	w->events = 10;
	HEARD(w, "request", "HSN-07", ASK_UNTIL("2026-05-21"));
	AS(w, "reg2");
	HEARD(w, "deny", "RS", "{'requests':['event-1','event-11'],'reason':'x'}");
	REQUESTS_ARE(w, "{}", "");
	done(w);
}
END_TEST

/* Open while its papers are later than what stands, and granted as it was asked for. */
START_TEST(a_meeting_may_be_asked_for_and_given)
{
	struct world *w = world_of_plan(&plan);

	HEARD(w, "request", "RS-58", "{'due':'meeting HSN 2026-06','reason':'x'}");
	ck_assert_str_eq(requests_of(w, "{}"), "RS-58/- meeting HSN 2026-06 akut open -\n");
	REFUSED(w, "request", "RS-58", "{'due':'meeting KF 2026-06','reason':'x'}", REJECT_BAD_DATA,
		"`due` names the body KF, which is not in the plan");
	HEARD(w, "meeting", "HSN", "{'from':'2026-06-18'}");
	HEARD(w, "extend", "RS-58", "{'grants':['event-1'],'reference':'§ 4'}");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").due, "2026-06-18");
	DAY_IS(obligation_of(w, "RS-58", "HSN-03").papers, "2026-06-18");
	ck_assert_str_eq(requests_of(w, "{'state':'granted'}"),
			 "RS-58/- meeting HSN 2026-06 akut granted § 4\n");
	done(w);
}
END_TEST

UNIT_TESTS("engine/requests", UNIT(who_owes_it_asks_and_requests_lists_it),
	   UNIT(the_responsible_asks_for_the_deadline_as_a_whole),
	   UNIT(what_could_not_be_granted_is_not_asked_for),
	   UNIT(what_is_asked_for_is_later_than_an_extension_too),
	   UNIT(stewards_are_told_once_and_many_are_one_message),
	   UNIT(a_steward_who_asks_for_somebody_is_not_told),
	   UNIT(without_stewards_support_is_told), UNIT(asking_pauses_nothing),
	   UNIT(asking_anew_takes_the_place_of_what_was_asked_before),
	   UNIT(what_is_answered_is_not_asked_for_any_more),
	   UNIT(a_date_that_has_moved_as_far_is_not_asked_for_any_more),
	   UNIT(a_reminder_and_an_escalation_say_what_is_asked_for_until_it_is_decided),
	   UNIT(list_and_show_have_what_is_asked_for_only_where_something_is),
	   UNIT(many_are_granted_by_one_reference), UNIT(or_by_one_date_for_all_of_them),
	   UNIT(of_the_whole_and_a_measure_of_it_both_are_granted),
	   UNIT_ROWS(what_is_there_no_more_is_asked_for_no_more, UNIT_COUNT(gone)),
	   UNIT(all_of_them_are_granted_or_none),
	   UNIT(a_plain_extension_of_the_same_grants_what_was_asked_for),
	   UNIT(an_extension_of_the_whole_grants_what_was_asked_for_no_later),
	   UNIT_ROWS(a_deadline_and_a_measure_of_it_are_granted_together, 4),
	   UNIT(who_asked_is_told_by_the_message_on_the_new_date), UNIT(else_by_one_of_their_own),
	   UNIT(a_meeting_is_asked_for_and_followed_once_granted),
	   UNIT(a_measures_own_date_is_asked_for_and_granted),
	   UNIT(what_was_asked_of_it_is_denied_or_moot),
	   UNIT(what_is_denied_stands_and_who_asked_is_told),
	   UNIT(what_is_decided_before_stewards_are_told_is_not_told_them),
	   UNIT(all_of_them_are_denied_or_none), UNIT(of_two_by_one_id_it_is_said_how_to_name_each),
	   UNIT(a_meeting_may_be_asked_for_and_given))
