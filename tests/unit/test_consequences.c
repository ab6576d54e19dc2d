/* SPDX-License-Identifier: Apache-2.0 */
/* What would follow from an event is told, and nothing of it happens. */
#include "engine/consequences.h"
#include "tests/unit/ask.h"
#include "tests/unit/occurrences.h"
#include "tests/unit/unit.h"

static struct event event_of(struct world *w, struct parser *parser, const char *type,
			     const char *subject, const char *data)
{
	char body[2000], quoted[1000];
	struct event event;

	snprintf(quoted, sizeof(quoted), "%s", data);
	for (char *c = quoted; *c; c++)
		if (*c == '\'')
			*c = '"';
	snprintf(
		body, sizeof(body),
		"{\"specversion\":\"1.0\",\"id\":\"try\",\"source\":\"/people/%s\",\"type\":\"%s\","
		"\"subject\":\"%s\",\"data\":%s}",
		w->says ? w->says : "akut", type, subject, quoted);
	const struct parsed *json = parser_parse(parser, body, strlen(body), &w->why);
	ck_assert_msg(json != NULL, "%s", w->why.reason);
	ck_assert_int_eq(event_envelope(json, w->now, &event, &w->why), REJECT_NONE);
	ck_assert_msg(event_data(&event, &w->why) == REJECT_NONE, "%s", w->why.reason);
	return event;
}

static void commit(struct world *w)
{
	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
}

/* What would follow from it, as JSON; the reject code is in w->why when it is NULL. */
static json_t *foretell(struct world *w, const char *type, const char *subject, const char *data)
{
	struct parser *parser = NULL;
	struct event event;
	struct foretelling *f = NULL;
	json_t *row = NULL;
	int r;

	ck_assert_int_eq(parser_new(&parser), 0);
	event = event_of(w, parser, type, subject, data);
	commit(w);
	r = foretelling_new(&f, &w->e, &event, w->now, &w->why);
	ck_assert_int_ge(r, 0);
	parser_free(parser);
	if (r > 0)
		return NULL;
	while ((r = foretelling_work(f)) > 0)
		;
	ck_assert_int_eq(r, 0);
	row = foretelling_row(f);
	foretelling_free(f);
	return row;
}

static const char *text_of_member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "-";
}

static void tell_list(char *out, const json_t *row, const char *name)
{
	size_t i;
	json_t *one;

	json_array_foreach (json_object_get(row, name), i, one) {
		tell(out, 8000, "%s %s/%s %s", name, text_of_member(one, "deadline"),
		     text_of_member(one, "measure"), text_of_member(one, "owner"));
		if (strcmp(name, "closes") == 0)
			tell(out, 8000, " %s", text_of_member(one, "as"));
		if (strcmp(name, "moves") == 0)
			tell(out, 8000, " %s/%s from %s/%s", text_of_member(one, "due"),
			     text_of_member(one, "papers"), text_of_member(one, "due_before"),
			     text_of_member(one, "papers_before"));
		if (strcmp(name, "owners") == 0)
			tell(out, 8000, " from %s", text_of_member(one, "owner_before"));
		tell(out, 8000, "\n");
	}
}

static void tell_messages(char *out, const json_t *row, const char *name)
{
	size_t i, k;
	json_t *one, *item;

	json_array_foreach (json_object_get(row, name), i, one) {
		const char *when = text_of_member(one, "when");

		tell(out, 8000, "%s %.5s %.5s %s %s:", name, when + 5, when + 11,
		     text_of_member(one, "kind"), text_of_member(one, "to"));
		json_array_foreach (json_object_get(one, "items"), k, item)
			tell(out, 8000, " %s/%s %s", text_of_member(item, "deadline"),
			     text_of_member(item, "measure"), text_of_member(item, "step"));
		tell(out, 8000, "\n");
	}
}

static void tell_lists(char *out, const json_t *row)
{
	static const char *const lists[] = { "closes", "opens", "moves", "owners" };

	for (size_t i = 0; i < 4; i++)
		tell_list(out, row, lists[i]);
}

static void tell_row(char *out, const json_t *row)
{
	tell_lists(out, row);
	tell_messages(out, row, "leaves");
	tell_messages(out, row, "dropped");
}

/* It would be so, and nothing has happened. */
#define FORETELLS(world, type, subject, data, expected)                        \
	do {                                                                   \
		json_t *row_ = foretell(world, "paminn." type, subject, data); \
		char told_[8000] = "";                                         \
		ck_assert_msg(row_ != NULL, "%s", (world)->why.reason);        \
		tell_row(told_, row_);                                         \
		json_decref(row_);                                             \
		ck_assert_str_eq(told_, expected);                             \
	} while (0)

START_TEST(a_status_answers_and_what_was_to_be_asked_is_dropped)
{
	struct world *w = asked_world("2026-05-06 09:00", &(struct written){ 0 });

	FORETELLS(w, "status", "HSN-03", "{'status':'on-track'}",
		  "closes RS-58/HSN-03 akut answered\n"
		  "dropped 05-06 09:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "dropped 05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "dropped 05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "dropped 05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "dropped 05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		  "dropped 05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		  "dropped 05-20 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-22 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-26 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-28 08:00 escalation stod: RS-58/HSN-03 +3wd\n");
	asked_free(w);
}
END_TEST

START_TEST(a_hand_over_closes_the_deadline_and_informs)
{
	struct world *w =
		asked_world("2026-05-06 09:00",
			    &(struct written){ .measures = TWO_MEASURES,
					       .deadlines = HANDED_IN("RS-58", "2026-05-15", "") });

	FORETELLS(w, "submit", "RS-58", "{'reference':'dnr 1'}",
		  "closes RS-58/- ordf answered\n"
		  "closes RS-58/HSN-03 akut withdrawn\n"
		  "closes RS-58/HSN-07 kir withdrawn\n"
		  "leaves 05-06 09:00 confirmation reg: RS-58/- -\n"
		  "dropped 05-06 09:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "dropped 05-06 09:00 reminder kir: RS-58/HSN-07 -10wd\n"
		  "dropped 05-06 09:00 reminder ordf: RS-58/- -10wd\n"
		  "dropped 05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "dropped 05-07 08:00 reminder kir: RS-58/HSN-07 -5wd\n"
		  "dropped 05-07 08:00 reminder ordf: RS-58/- -5wd\n"
		  "dropped 05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "dropped 05-12 08:00 reminder kir: RS-58/HSN-07 -2wd\n"
		  "dropped 05-12 08:00 reminder ordf: RS-58/- -2wd\n"
		  "dropped 05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "dropped 05-15 08:00 reminder kir: RS-58/HSN-07 0\n"
		  "dropped 05-15 08:00 reminder ordf: RS-58/- 0\n"
		  "dropped 05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		  "dropped 05-18 08:00 reminder kir: RS-58/HSN-07 +1wd\n"
		  "dropped 05-18 08:00 escalation dir: RS-58/HSN-03 +1wd RS-58/HSN-07 +1wd\n"
		  "dropped 05-18 08:00 reminder ordf: RS-58/- +1wd\n"
		  "dropped 05-20 08:00 escalation stod: RS-58/- +3wd RS-58/HSN-03 +3wd "
		  "RS-58/HSN-07 +3wd\n"
		  "dropped 05-22 08:00 escalation stod: RS-58/- +3wd RS-58/HSN-03 +3wd "
		  "RS-58/HSN-07 +3wd\n"
		  "dropped 05-26 08:00 escalation stod: RS-58/- +3wd RS-58/HSN-03 +3wd "
		  "RS-58/HSN-07 +3wd\n"
		  "dropped 05-28 08:00 escalation stod: RS-58/- +3wd RS-58/HSN-03 +3wd "
		  "RS-58/HSN-07 +3wd\n");
	asked_free(w);
}
END_TEST

START_TEST(an_extension_moves_and_its_steps_begin_anew)
{
	struct world *w = asked_world("2026-05-06 09:00", &(struct written){ 0 });

	FORETELLS(w, "extend", "RS-58", "{'due':'2026-05-29','reference':'dnr 1'}",
		  "moves RS-58/HSN-03 akut 2026-05-29/2026-05-29 from 2026-05-15/2026-05-15\n"
		  "leaves 05-06 09:00 moved akut: RS-58/- -\n"
		  "leaves 05-06 09:00 moved reg: RS-58/- -\n"
		  "leaves 05-15 08:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "leaves 05-22 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "leaves 05-27 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "leaves 05-29 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "leaves 06-01 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		  "leaves 06-01 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		  "leaves 06-03 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "leaves 06-05 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "leaves 06-09 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "leaves 06-11 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-06 09:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "dropped 05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "dropped 05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "dropped 05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "dropped 05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		  "dropped 05-18 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		  "dropped 05-20 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-22 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-26 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 05-28 08:00 escalation stod: RS-58/HSN-03 +3wd\n");
	asked_free(w);
}
END_TEST

START_TEST(a_new_owner_is_told_and_asked_in_place_of_the_old_one)
{
	struct world *w = asked_world("2026-05-06 09:00", &(struct written){ 0 });

	FORETELLS(w, "assign", "HSN-03", "{'owner':'kir'}",
		  "owners RS-58/HSN-03 kir from akut\n"
		  "owners -/HSN-03 kir from akut\n"
		  "leaves 05-06 09:00 assigned akut: RS-58/HSN-03 -\n"
		  "leaves 05-06 09:00 assigned kir: RS-58/HSN-03 -\n"
		  "leaves 05-07 08:00 reminder kir: RS-58/HSN-03 -5wd\n"
		  "leaves 05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n"
		  "leaves 05-15 08:00 reminder kir: RS-58/HSN-03 0\n"
		  "leaves 05-18 08:00 reminder kir: RS-58/HSN-03 +1wd\n"
		  "dropped 05-06 09:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "dropped 05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "dropped 05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "dropped 05-15 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "dropped 05-18 08:00 reminder akut: RS-58/HSN-03 +1wd\n");
	asked_free(w);
}
END_TEST

START_TEST(a_meeting_that_nobody_knew_of_moves_what_waited_for_it)
{
	struct world *w = asked_world(
		"2026-05-06 09:00",
		&(struct written){ .deadlines = ASKING("RS-58", "meeting RS 2026-06", "") });

	FORETELLS(w, "meeting", "RS", "{'from':'2026-06-16'}",
		  "moves RS-58/HSN-03 akut 2026-06-16/2026-06-05 from 2026-06-30/2026-06-30\n"
		  "leaves 05-06 09:00 moved reg: RS-58/- -\n"
		  "leaves 05-22 08:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "leaves 05-29 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "leaves 06-03 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "leaves 06-05 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "leaves 06-08 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		  "leaves 06-08 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		  "leaves 06-10 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "leaves 06-12 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "leaves 06-16 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "leaves 06-18 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 06-15 08:00 reminder akut: RS-58/HSN-03 -10wd\n"
		  "dropped 06-23 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "dropped 06-26 08:00 reminder akut: RS-58/HSN-03 -2wd\n"
		  "dropped 06-30 08:00 reminder akut: RS-58/HSN-03 0\n"
		  "dropped 07-01 07:30 alert stod: RS-58/- -\n"
		  "dropped 07-01 08:00 reminder akut: RS-58/HSN-03 +1wd\n"
		  "dropped 07-01 08:00 escalation dir: RS-58/HSN-03 +1wd\n"
		  "dropped 07-03 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 07-07 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 07-09 08:00 escalation stod: RS-58/HSN-03 +3wd\n"
		  "dropped 07-13 08:00 escalation stod: RS-58/HSN-03 +3wd\n");
	asked_free(w);
}
END_TEST

START_TEST(an_absence_sends_what_waits_to_the_deputy)
{
	struct world *w = asked_world("2026-05-06 09:00", &(struct written){ 0 });

	FORETELLS(w, "absence", "akut", "{'from':'2026-05-07','until':'2026-05-12','deputy':'kir'}",
		  "leaves 05-07 08:00 reminder kir: RS-58/HSN-03 -5wd\n"
		  "leaves 05-12 08:00 reminder kir: RS-58/HSN-03 -2wd\n"
		  "dropped 05-07 08:00 reminder akut: RS-58/HSN-03 -5wd\n"
		  "dropped 05-12 08:00 reminder akut: RS-58/HSN-03 -2wd\n");
	asked_free(w);
}
END_TEST

/* Only what changes of what is owed, not the messages. */
#define CHANGES_ARE(world, type, subject, data, expected)                      \
	do {                                                                   \
		json_t *row_ = foretell(world, "paminn." type, subject, data); \
		char told_[8000] = "";                                         \
		ck_assert_msg(row_ != NULL, "%s", (world)->why.reason);        \
		tell_lists(told_, row_);                                       \
		json_decref(row_);                                             \
		ck_assert_str_eq(told_, expected);                             \
	} while (0)

/* Nobody's answer closes it, nor opens it again. */
START_TEST(what_nobody_hands_in_closes_by_what_is_decided)
{
	struct world *w =
		asked_world("2026-05-06 09:00", &(struct written){ .measures = TWO_MEASURES });

	HEARD(w, "status", "HSN-03", "{'status':'on-track'}");
	CHANGES_ARE(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 7'}",
		    "closes RS-58/HSN-07 kir withdrawn\n"
		    "closes RS-58/- - closed\n");
	HEARD(w, "outcome", "RS-58", "{'outcome':'noted','reference':'RS § 7'}");
	CHANGES_ARE(w, "outcome", "RS-58",
		    "{'outcome':'returned','reference':'RS § 8','due':'2026-05-29'}",
		    "opens RS-58/HSN-03 akut\n"
		    "opens RS-58/HSN-07 kir\n"
		    "opens RS-58/- -\n"
		    "moves RS-58/HSN-03 akut 2026-05-29/2026-05-29 from 2026-05-15/2026-05-15\n"
		    "moves RS-58/HSN-07 kir 2026-05-29/2026-05-29 from 2026-05-15/2026-05-15\n");
	asked_free(w);
}
END_TEST

START_TEST(a_body_closes_an_assignment)
{
	struct world *w = asked_world(
		"2026-05-06 09:00",
		&(struct written){ .deadlines = ASKING("RS-58", "2026-05-15",
						       "") "); assignments=("
							   " { id='U-1'; title='U'; given_by='RS'; "
							   "given_to='RS'; closing='body'; "
							   "answer_by='2026-06-30'; }" });

	CHANGES_ARE(w, "close", "U-1", "{'as':'done','reference':'RS § 7'}",
		    "closes -/- - closed\n");
	HEARD(w, "close", "U-1", "{'as':'done','reference':'RS § 7'}");
	CHANGES_ARE(w, "close", "U-1", "{'as':'struck','reference':'RS § 8'}", "");
	asked_free(w);
}
END_TEST

/* What comes into being by the meeting is asked for. */
START_TEST(a_series_takes_a_new_meeting)
{
	static const struct written series = {
		.meetings = "{ body='RS'; from='2026-05-26'; }",
		.deadlines = ASKING("K", "meeting RS 2026-05", "every='meeting RS';"),
		.steps = "0 owner",
	};
	struct world *w = asked_world("2026-05-06 09:00", &series);

	FORETELLS(w, "meeting", "RS", "{'from':'2026-06-16'}",
		  "opens K@2026-06-16/HSN-03 akut\n"
		  "leaves 06-05 08:00 reminder akut: K@2026-06-16/HSN-03 0\n");
	asked_free(w);
}
END_TEST

/* What HSN-07's steward would be told. */
static json_t *foretell_narrow(struct world *w, const char *type, const char *subject,
			       const char *data)
{
	json_t *row = foretell(w, type, subject, data);

	ck_assert_msg(row != NULL, "%s", w->why.reason);
	ck_assert_int_eq(
		consequences_narrow(w->e.plan, plan_person(w->e.plan, person_id("smal")), row), 0);
	return row;
}

#define NARROWED(world, type, subject, data, expected, others)                               \
	do {                                                                                 \
		json_t *row_ = foretell_narrow(world, "paminn." type, subject, data);        \
		char told_[8000] = "";                                                       \
		tell_row(told_, row_);                                                       \
		ck_assert_str_eq(told_, expected);                                           \
		ck_assert_int_eq(json_integer_value(json_object_get(row_, "more")), others); \
		json_decref(row_);                                                           \
	} while (0)

START_TEST(a_narrower_steward_is_told_of_what_is_theirs_and_how_much_else)
{
	struct world *w = asked_world(
		"2026-05-06 09:00",
		&(struct written){
			.measures = TWO_MEASURES ", { id='UTV-1'; title='T'; owner='smal'; }",
			.people = PEOPLE ", " PERSON("smal", "manager='dir'; roles=['steward'];"
							     " steward_of=['HSN-07'];"),
			.deadlines = HANDED_IN("RS-58", "2026-05-15", "") ", " ASKING(
				"RS-59", "2026-05-20",
				"") ", { id='UT'; title='T'; due='2026-05-18'; "
				    "answers_from=['UTV-*'];"
				    " inform=['reg']; ladder='standard'; }",
			.steps = "-10wd owner; +1wd manager",
		});

	NARROWED(w, "submit", "RS-58", "{'reference':'dnr 1'}",
		 "closes RS-58/HSN-07 kir withdrawn\n"
		 "dropped 05-06 09:00 reminder kir: RS-58/HSN-07 -10wd\n"
		 "dropped 05-18 08:00 escalation dir: RS-58/HSN-07 +1wd\n",
		 2); /* its deliverable, and HSN-03 */
	NARROWED(w, "status", "HSN-03", "{'status':'on-track'}", "",
		 2); /* in RS-58, and in RS-59 */
	/* What they owe themself is theirs. */
	NARROWED(w, "status", "UTV-1", "{'status':'on-track'}",
		 "closes UT/UTV-1 smal answered\n"
		 "dropped 05-06 09:00 reminder smal: UT/UTV-1 -10wd\n"
		 "dropped 05-19 08:00 escalation dir: UT/UTV-1 +1wd\n",
		 0);
	asked_free(w);
}
END_TEST

/* The same in slices; before each of them something else is heard, and stays. */
static json_t *foretell_in_slices(struct world *w, const char *type, const char *subject,
				  const char *data, int *ret_slices)
{
	static const char *const others[] = { "{'status':'done'}", "{'status':'on-track'}",
					      "{'status':'off-track'}" };
	struct foretelling *f = NULL;
	struct parser *parser = NULL;
	struct event event;
	json_t *row;
	int r;

	ck_assert_int_eq(parser_new(&parser), 0);
	event = event_of(w, parser, type, subject, data);
	commit(w);
	ck_assert_int_eq(foretelling_new(&f, &w->e, &event, w->now, &w->why), 0);
	memset(&event, 0xaa, sizeof(event));
	parser_free(parser);
	*ret_slices = 0;
	do {
		HEARD(w, "status", "HSN-03", others[*ret_slices % 3]);
		if (*ret_slices == 0)
			HEARD(w, "submit", "RS-58", "{'reference':'dnr 2'}");
		commit(w);
		++*ret_slices;
		r = foretelling_work(f);
	} while (r > 0);
	ck_assert_int_eq(r, 0);
	row = foretelling_row(f);
	foretelling_free(f);
	return row;
}

START_TEST(in_slices_it_is_what_stood_at_the_first_whatever_is_said_between)
{
	static const char *const acts[][3] = {
		{ "paminn.extend", "RS-58", "{'due':'2026-05-29','reference':'dnr 1'}" },
		{ "paminn.submit", "RS-58", "{'reference':'dnr 1'}" },
		{ "paminn.absence", "akut", "{'from':'2026-05-07','until':'2026-05-12'}" },
		{ "paminn.assign", "HSN-03", "{'owner':'kir'}" },
		{ "paminn.meeting", "RS", "{'from':'2026-06-16'}" },
		{ "paminn.status", "HSN-07", "{'status':'on-track'}" },
	};
	const struct written plan = {
		.measures = TWO_MEASURES,
		.deadlines = HANDED_IN("RS-58", "2026-05-15",
				       "") ", " ASKING("RS-59", "meeting RS 2026-06", ""),
	};

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		struct world *w = world_in(store_begin(), "2026-05-06 09:00", &plan);
		json_t *whole = foretell(w, acts[i][0], acts[i][1], acts[i][2]);
		int slices;
		json_t *sliced = foretell_in_slices(w, acts[i][0], acts[i][1], acts[i][2], &slices);

		ck_assert_int_gt(slices, 3);
		ck_assert(json_array_size(json_object_get(whole, "leaves")) +
				  json_array_size(json_object_get(whole, "dropped")) >
			  0);
		ck_assert_msg(json_equal(whole, sliced), "%s: %s\nin slices: %s", acts[i][0],
			      json_dumps(whole, 0), json_dumps(sliced, 0));
		json_decref(whole);
		json_decref(sliced);
		store_done(w->e.ledger);
		plan_unref(w->e.plan);
		json_decref(w->remarks);
		free(w);
	}
}
END_TEST

static int count_mark(void *userdata, const struct mark *mark)
{
	int *count = userdata;

	*count += mark->decision == DECISION_SUPPRESSED;
	return 0;
}

START_TEST(the_real_act_keeps_what_its_round_did_not_do)
{
	struct world *w = asked_world("2026-05-06 09:00", &(struct written){ 0 });
	json_t *row = foretell(w, "paminn.extend", "RS-58", "{'due':'2026-05-29','reference':'x'}");
	struct obligation o;
	int count = 0;

	json_decref(row);
	ck_assert(!ledger_is_on_trial(w->e.ledger));
	HEARD(w, "extend", "RS-58", "{'due':'2026-05-29','reference':'x'}");
	ck_assert_int_eq(
		ledger_obligation_of(w->e.ledger, deadline_id("RS-58"), measure_id("HSN-03"), &o),
		0);
	ck_assert_int_eq(o.round, 2);
	ck_assert_int_eq(ledger_marks(w->e.ledger, o.id, 1, count_mark, &count), 0);
	ck_assert_int_gt(count, 5);
	asked_free(w);
}
END_TEST

UNIT_TESTS("consequences", UNIT(a_status_answers_and_what_was_to_be_asked_is_dropped),
	   UNIT(a_hand_over_closes_the_deadline_and_informs),
	   UNIT(an_extension_moves_and_its_steps_begin_anew),
	   UNIT(a_new_owner_is_told_and_asked_in_place_of_the_old_one),
	   UNIT(a_meeting_that_nobody_knew_of_moves_what_waited_for_it),
	   UNIT(an_absence_sends_what_waits_to_the_deputy),
	   UNIT(what_nobody_hands_in_closes_by_what_is_decided), UNIT(a_body_closes_an_assignment),
	   UNIT(a_series_takes_a_new_meeting),
	   UNIT(a_narrower_steward_is_told_of_what_is_theirs_and_how_much_else),
	   UNIT(in_slices_it_is_what_stood_at_the_first_whatever_is_said_between),
	   UNIT(the_real_act_keeps_what_its_round_did_not_do))
