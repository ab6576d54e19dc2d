/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from a person's reply: a note, what goes on, and what they are asked. */
#include "inbox/person_reply.h"

#include "engine/outbox/forwarded.h"
#include "engine/outbox/result.h"
#include "inbox/receive.h"
#include "ledger/lists.h"
#include "message/return_token.h"
#include "tests/unit/received.h"

static const struct written one_step = { .steps = "0 owner; +1wd manager" };
static const struct written two_measures = {
	.steps = "0 owner; +1wd manager",
	.measures = ONE_MEASURE ", { id='HSN-07'; title='Samordna inköp'; owner='akut'; }",
};

/* ---- the mails ------------------------------------------------------------------------------------- */

/* The newest message of a kind to them; id 0: there is none. */
static struct message newest(struct world *w, enum message_kind kind, const char *to)
{
	struct message page[64], found = { .id = { 0 } };
	int count = ledger_messages(w->e.ledger, 0, message_id(0), page, 64);

	for (int i = 0; i < count; i++)
		if (page[i].kind == kind && strcmp(page[i].to, to) == 0)
			found = page[i];
	return found;
}

static size_t count_of(struct world *w, enum message_kind kind)
{
	struct message page[64];
	int count = ledger_messages(w->e.ledger, 0, message_id(0), page, 64);
	size_t n = 0;

	for (int i = 0; i < count; i++)
		n += page[i].kind == kind;
	return n;
}

/* The owner has been asked, at nine, and there are pages. */
static struct world *asked(const struct written *written)
{
	struct world *w = world_new("2026-05-12 10:00", written);

	w->e.plan->settings.web.listen = "127.0.0.1:1";
	world_to(w, "2026-05-15 09:00");
	return w;
}

static char raw[2000];

/* Their reply to a message, numbered so that it is another mail each time. What became of it. */
static const char *reply(struct world *w, struct message_id to, int number, const char *text)
{
	static struct receipt receipt;
	const struct return_token token = { to, 1 };
	char written[RETURN_TOKEN];
	struct return_key key;
	struct mail_in mail = { .bytes = raw };

	ck_assert_int_eq(return_key_load(w->e.ledger, &key), 0);
	snprintf(raw, sizeof(raw),
		 "From: Akut <akut@region.se>\nTo: studs+%s@region.se\nSubject: SV: hej\n"
		 "Message-ID: <%d@region.se>\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		 return_token_write(&key, &token, written), number, text);
	mail.length = strlen(raw);
	ck_assert_int_eq(receive_in_turn(w, &mail, &receipt), RECEIVE_DONE);
	return received_name(receipt.what);
}

static struct message_id reminder(struct world *w)
{
	const struct message m = newest(w, KIND_REMINDER, "akut");

	ck_assert_int_ne(m.id.n, 0);
	return m.id;
}

/* "HSN-03 {…}" of each item that is told, in the message. */
static const char *items_of(struct world *w, struct message_id message)
{
	static char text[1000];
	struct items items __attribute__((cleanup(items_done))) = { NULL };

	ck_assert_int_eq(list_items(w->e.ledger, message, &items), 0);
	text[0] = '\0';
	for (size_t i = 0; i < items.count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s %s", i ? "; " : "",
			 items.list[i].measure, items.list[i].detail);
	return text;
}

struct notes {
	char text[1000];
};

static int add_note(void *userdata, const struct logged_event *event)
{
	struct notes *notes = userdata;
	json_t *body;

	if (strcmp(event->type, "paminn.note") != 0)
		return 0;
	body = json_loads(event->body, 0, NULL);
	snprintf(notes->text + strlen(notes->text), sizeof(notes->text) - strlen(notes->text),
		 "%s%s: %s", notes->text[0] ? "; " : "", event->source,
		 json_string_value(json_object_get(json_object_get(body, "data"), "note")));
	json_decref(body);
	return 0;
}

static const char *notes_of(struct world *w, const char *item)
{
	static struct notes notes;

	notes.text[0] = '\0';
	ck_assert_int_eq(ledger_events_of(w->e.ledger, item, add_note, &notes), 0);
	return notes.text;
}

/* ---- what follows -------------------------------------------------------------------------------------- */

START_TEST(it_is_kept_passed_on_and_asked_about)
{
	struct world *w = asked(&one_step);
	struct message m;
	char *bytes = NULL;
	size_t length = 0;
	bool found;

	ck_assert_str_eq(reply(w, reminder(w), 1, "Klar, prognos 1,2 mnkr."), "reply");
	ck_assert_str_eq(notes_of(w, "HSN-03"), "/people/akut: Klar, prognos 1,2 mnkr.");
	m = newest(w, KIND_REPLY, "akut");
	ck_assert_str_eq(items_of(w, m.id), "HSN-03 {\"data\":{\"status\":\"done\","
					    "\"effect_forecast\":1200000}}");
	m = newest(w, KIND_FORWARD, RECIPIENT_REPLY_TO);
	ck_assert_str_eq(items_of(w, m.id), "HSN-03 {\"incoming\":1,\"person\":\"akut\"}");
	ck_assert_int_eq(ledger_find_forward(w->e.ledger, 1, &bytes, &length, &found), 0);
	ck_assert(found && length == strlen(raw) && memcmp(bytes, raw, length) == 0);
	free(bytes);
	world_free(w);
}
END_TEST

/* What it is not: an answer, by itself. */
START_TEST(nothing_is_recorded_by_it)
{
	struct world *w = asked(&one_step);
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };

	reply(w, reminder(w), 1, "klar");
	ck_assert_int_eq(ledger_measure(w->e.ledger, measure_id("HSN-03"), &row), 0);
	ck_assert_int_eq(row.status, STATUS_NONE);
	world_free(w);
}
END_TEST

START_TEST(the_same_again_is_nothing_new)
{
	struct world *w = asked(&one_step);
	const struct message_id to = reminder(w);

	reply(w, to, 1, "klar");
	ck_assert_str_eq(reply(w, to, 1, "klar"), "replayed");
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 1);
	ck_assert_uint_eq(count_of(w, KIND_FORWARD), 1);
	ck_assert_str_eq(notes_of(w, "HSN-03"), "/people/akut: klar");
	world_free(w);
}
END_TEST

START_TEST(they_are_asked_once_in_a_day)
{
	struct world *w = asked(&one_step);
	const struct message_id to = reminder(w);

	reply(w, to, 1, "klar");
	world_to(w, "2026-05-15 16:00");
	ck_assert_int_eq(newest(w, KIND_REPLY, "akut").state, MESSAGE_DELIVERED);
	reply(w, to, 2, "försenad");
	reply(w, newest(w, KIND_REPLY, "akut").id, 3, "klar"); /* to the question itself */
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 1);
	ck_assert_uint_eq(count_of(w, KIND_FORWARD), 3);
	world_to(w, "2026-05-18 10:00");
	reply(w, to, 4, "försenad");
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 2);
	world_free(w);
}
END_TEST

/* On the eve of a weekend: what is said last is what is asked about. */
START_TEST(one_that_waits_is_about_the_newest_reply)
{
	struct world *w = asked(&one_step);
	const struct message_id to = reminder(w);

	world_to(w, "2026-05-15 18:00");
	reply(w, to, 1, "klar");
	world_to(w, "2026-05-17 10:00");
	reply(w, to, 2, "försenad till 3 juni");
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 1);
	ck_assert_str_eq(items_of(w, newest(w, KIND_REPLY, "akut").id),
			 "HSN-03 {\"data\":{\"status\":\"off-track\","
			 "\"done_forecast\":\"2026-06-03\"}}");
	world_free(w);
}
END_TEST

START_TEST(of_several_the_named_one_is_meant)
{
	struct world *w = asked(&two_measures);

	reply(w, reminder(w), 1, "klar");
	ck_assert_str_eq(items_of(w, newest(w, KIND_REPLY, "akut").id),
			 "HSN-03 {\"several\":true}; HSN-07 {\"several\":true}");
	ck_assert_str_eq(notes_of(w, "HSN-03"), "/people/akut: klar");
	ck_assert_str_eq(notes_of(w, "HSN-07"), "/people/akut: klar");
	world_to(w, "2026-05-18 10:00");
	reply(w, reminder(w), 2, "hsn-07 klar");
	ck_assert_str_eq(items_of(w, newest(w, KIND_REPLY, "akut").id),
			 "HSN-07 {\"data\":{\"status\":\"done\"}}");
	ck_assert_str_eq(notes_of(w, "HSN-03"), "/people/akut: klar");
	world_free(w);
}
END_TEST

START_TEST(what_is_no_answer_is_not_asked_about)
{
	static const char *const texts[] = { "Inte klar än.", "Är den klar?", "> klar" };
	struct world *w = asked(&one_step);

	for (int i = 0; i < (int)UNIT_COUNT(texts); i++)
		reply(w, reminder(w), i, texts[i]);
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 0);
	ck_assert_uint_eq(count_of(w, KIND_FORWARD), UNIT_COUNT(texts));
	world_free(w);
}
END_TEST

START_TEST(who_cannot_answer_is_not_asked)
{
	struct world *w = asked(&one_step);
	struct message m;

	world_to(w, "2026-05-18 10:00");
	m = newest(w, KIND_ESCALATION, "dir");
	ck_assert_int_ne(m.id.n, 0);
	reply(w, m.id, 1, "klar");
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 0);
	ck_assert_str_eq(notes_of(w, "HSN-03"), "/people/dir: klar");
	world_free(w);
}
END_TEST

START_TEST(of_who_is_away_it_is_passed_on_only)
{
	struct world *w = asked(&one_step);

	world_hear(w, "paminn.absence", "akut", "2026-05-15 09:00",
		   "{'from':'2026-05-15','until':'2026-05-20'}");
	reply(w, reminder(w), 1, "klar");
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 0);
	ck_assert_str_eq(notes_of(w, "HSN-03"), "");
	ck_assert_uint_eq(count_of(w, KIND_FORWARD), 1);
	world_free(w);
}
END_TEST

START_TEST(to_who_reads_replies_their_own_is_not_passed_on)
{
	struct world *w = asked(&one_step);

	w->e.plan->settings.mail.reply_to = "Akut@region.se";
	reply(w, reminder(w), 1, "klar");
	ck_assert_uint_eq(count_of(w, KIND_FORWARD), 0);
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 1);
	world_free(w);
}
END_TEST

static bool is_kept(struct world *w)
{
	char *bytes = NULL;
	size_t length;
	bool found = true;

	ck_assert_int_eq(ledger_find_forward(w->e.ledger, 1, &bytes, &length, &found), 0);
	free(bytes);
	return found;
}

/* By the delivery, which records that it has left. */
START_TEST(what_has_left_is_forgotten)
{
	struct world *w = asked(&one_step);
	struct message m;

	reply(w, reminder(w), 1, "Vi återkommer.");
	m = newest(w, KIND_FORWARD, RECIPIENT_REPLY_TO);
	ck_assert_int_eq(forwarded_forget(&w->e, &m, w->now), 0);
	ck_assert(is_kept(w)); /* it has not */
	m.state = MESSAGE_DELIVERED;
	ck_assert_int_eq(forwarded_forget(&w->e, &m, w->now), 0);
	m.kind = KIND_REMINDER; /* whichever message it is */
	ck_assert_int_eq(forwarded_forget(&w->e, &m, instant_add(w->now, DAYS(14))), 0);
	ck_assert(is_kept(w)); /* it may come back */
	ck_assert_int_eq(forwarded_forget(&w->e, &m, instant_add(w->now, DAYS(15))), 0);
	ck_assert(!is_kept(w));
	world_free(w);
}
END_TEST

START_TEST(what_cannot_be_passed_on_is_told_once)
{
	struct world *w = asked(&one_step);
	struct message m;

	reply(w, reminder(w), 1, "Vi återkommer.");
	m = newest(w, KIND_FORWARD, RECIPIENT_REPLY_TO);
	m.state = MESSAGE_FAILED;
	ck_assert_int_eq(result_unreached(&w->e, &m, w->now), 0);
	m = newest(w, KIND_ALERT, "stod");
	ck_assert_str_eq(items_of(w, m.id), "HSN-03 {\"person\":\"akut\",\"answer\":\"\"}");
	world_free(w);
}
END_TEST

START_TEST(without_pages_nothing_is_asked)
{
	struct world *w = asked(&one_step);

	w->e.plan->settings.web.listen = NULL;
	reply(w, reminder(w), 1, "klar");
	ck_assert_uint_eq(count_of(w, KIND_REPLY), 0);
	ck_assert_uint_eq(count_of(w, KIND_FORWARD), 1);
	world_free(w);
}
END_TEST

UNIT_TESTS("inbox/person_reply", UNIT(it_is_kept_passed_on_and_asked_about),
	   UNIT(nothing_is_recorded_by_it), UNIT(the_same_again_is_nothing_new),
	   UNIT(they_are_asked_once_in_a_day), UNIT(one_that_waits_is_about_the_newest_reply),
	   UNIT(of_several_the_named_one_is_meant), UNIT(what_is_no_answer_is_not_asked_about),
	   UNIT(who_cannot_answer_is_not_asked), UNIT(of_who_is_away_it_is_passed_on_only),
	   UNIT(to_who_reads_replies_their_own_is_not_passed_on), UNIT(what_has_left_is_forgotten),
	   UNIT(what_cannot_be_passed_on_is_told_once), UNIT(without_pages_nothing_is_asked))
