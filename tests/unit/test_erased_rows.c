/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of mails is a person's when they are erased: their own go, those of whoever has their id now stay, and what others wrote
 * goes on only if it names them in none of the ways in which a mail may have it.
 *
 * Seen to fail: without erase_is_before in erased_rows.c and in passed_on.c, without QUOTED_LEAST, and without any one of the
 * cases of unquote_printable and put_utf8.
 */
#include "engine/erase.h"

#include "engine/outbox/forwarded.h"
#include "ledger/attempts.h"
#include "ledger/incoming_rows.h"
#include "ledger/lists.h"
#include "tests/unit/engine_fixture.h"

#define HSD(name, mail) "{ id='hsd'; name='" name "'; mail='" mail "@region.se'; manager='dir'; }, "
#define OWNED "{ id='HSN-03'; title='Inhyrda'; owner='hsd'; }"

static const struct written with_asa = { .people = HSD("Åsa Ek", "asa") PEOPLE, .measures = OWNED };
static const struct written without = { .people = PEOPLE };

static void erase(struct world *w, bool former)
{
	const struct erasure which = { "hsd", former, "" };
	json_t *done = NULL;

	ck_assert_msg(erase_person(&w->e, &which, w->now, &done, &w->why) == 0, "%s",
		      w->why.reason);
	json_decref(done);
}

static struct incoming_row came_in(struct world *w, const char *person, const char *key)
{
	struct incoming_row row = { .what = INCOMING_PERSON,
				    .at = w->now,
				    .subject = "SV: hej",
				    .text = strdup("Jag ringer.") };

	snprintf(row.key, sizeof(row.key), "%s", key);
	snprintf(row.person, sizeof(row.person), "%s", person);
	ck_assert_int_eq(ledger_put_incoming(w->e.ledger, &row), 0);
	return row;
}

static bool is_kept(struct world *w, const char *key)
{
	struct incoming_row row;
	bool found = false, kept;

	ck_assert_int_eq(ledger_find_incoming(w->e.ledger, key, &row, &found), 0);
	ck_assert(found);
	kept = row.text != NULL;
	ck_assert(kept == (row.subject[0] != '\0'));
	incoming_row_done(&row);
	return kept;
}

/* ---- what goes on ------------------------------------------------------------------------------------ */

/* A mail of the person's is to be passed on; the number of the message. */
static struct message_id pass_on(struct world *w, const char *person, const char *bytes,
				 size_t length)
{
	struct incoming_row row = came_in(w, person, person);
	struct message m = { .to = RECIPIENT_REPLY_TO,
			     .channel = "mail",
			     .kind = KIND_FORWARD,
			     .created = w->now,
			     .planned = w->now,
			     .next_attempt = w->now };
	char detail[40];

	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	snprintf(detail, sizeof(detail), "{\"incoming\":%lld}", (long long)row.id);
	ck_assert_int_eq(ledger_add_item(w->e.ledger, &(struct item){ .message = m.id,
								      .measure = "HSN-03",
								      .detail = detail }),
			 0);
	ck_assert_int_eq(ledger_put_forward(w->e.ledger, row.id, bytes, length), 0);
	incoming_row_done(&row);
	return m.id;
}

static bool goes_on(struct world *w, struct message_id id)
{
	struct message m;

	ck_assert_int_eq(ledger_message(w->e.ledger, id, &m), 0);
	if (m.state == MESSAGE_DROPPED)
		ck_assert_str_eq(m.last_answer, "it is of somebody who was erased, or names them");
	return m.state == MESSAGE_PENDING;
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	int line;
	const char *bytes;
	size_t length;
	bool goes_on;
} mails[] = {
	{ __LINE__, BYTES("Jag ringer i morgon."), true },
	{ __LINE__, BYTES("Fråga Åsa Ek."), false },
	{ __LINE__, BYTES("Fr\xe5ga \xc5sa Ek."), false }, /* Latin-1 */
	{ __LINE__, BYTES("\xc5sa\0Ek"), false },
	{ __LINE__, BYTES("\xff\0\xc3"), true },
	/* Quoted-printable, in either case, across the end of a line, and as a header has it. */
	{ __LINE__, BYTES("=C3=85sa Ek"), false },
	{ __LINE__, BYTES("=c3=85sa Ek"), false },
	{ __LINE__, BYTES("=C5sa Ek"), false },
	{ __LINE__, BYTES("=C3=85s=\r\na Ek"), false },
	{ __LINE__, BYTES("=C3=85s=\na Ek"), false },
	{ __LINE__, BYTES("=?utf-8?q?=C3=85sa_Ek?="), false },
	{ __LINE__, BYTES("=C3=85s=\r\nt Ek"), true },
	{ __LINE__, BYTES("=C3=8=85sa Ek =C"), true }, /* which is none */
	{ __LINE__, BYTES("=Xsa =CX Ek ="), true },
	/* Base64: none, one and two blanks before the name; across a line; behind what is a letter of it, too. */
	{ __LINE__, BYTES("\nw4VzYSBFaw==\n"), false },
	{ __LINE__, BYTES("\nIMOFc2EgRWs=\n"), false },
	{ __LINE__, BYTES("\nICDDhXNhIEVr\n"), false },
	{ __LINE__, BYTES("\nIMOFc2\r\nEgRWs=\n"), false },
	{ __LINE__, BYTES("abw4VzYSBFaw"), false },
	{ __LINE__, BYTES("\nICDDhXN0IEVr\n"), true },
};

START_TEST(a_mail_goes_on_that_does_not_name_them)
{
	struct world *w = world_new("2026-05-04 12:00", &with_asa);
	struct message_id id = pass_on(w, "akut", mails[_i].bytes, mails[_i].length);
	bool found = false;
	char *bytes = NULL;
	size_t length;

	world_adopt(w, &without);
	erase(w, false);
	ck_assert_msg(goes_on(w, id) == mails[_i].goes_on, "line %d", mails[_i].line);
	ck_assert(is_kept(w, "akut"));
	ck_assert_int_eq(ledger_find_forward(w->e.ledger, 1, &bytes, &length, &found), 0);
	ck_assert(found == mails[_i].goes_on);
	free(bytes);
	world_free(w);
}
END_TEST

START_TEST(a_mail_of_theirs_does_not_go_on_whatever_it_says)
{
	struct world *w = world_new("2026-05-04 12:00", &with_asa);
	struct message_id id = pass_on(w, "hsd", BYTES("Klart."));

	world_adopt(w, &without);
	erase(w, false);
	ck_assert(!goes_on(w, id));
	ck_assert(!is_kept(w, "hsd"));
	world_free(w);
}
END_TEST

/* ---- before and after -------------------------------------------------------------------------------- */

static void put_attempt(struct world *w, struct message_id message, const char *text)
{
	static char headers[] = "Subject: hej";

	ck_assert_int_eq(
		ledger_put_attempt(w->e.ledger,
				   &(struct attempt_row){ .message = message,
							  .n = 1,
							  .begun = w->now,
							  .ended = w->now,
							  .state = MESSAGE_DELIVERED,
							  .answer = "250 ok",
							  .headers = headers,
							  .text = (char *)(uintptr_t)text }),
		0);
}

static int take_attempt(void *userdata, const struct attempt_row *a)
{
	struct attempt_row *ret = userdata;

	ret->text = strdup(a->text);
	ret->headers = a->headers ? strdup(a->headers) : NULL;
	return 0;
}

static void attempt_is(struct world *w, struct message_id message, const char *text, bool headers)
{
	struct attempt_row a = { .text = NULL };

	ck_assert_int_eq(ledger_attempts(w->e.ledger, message, take_attempt, &a), 0);
	ck_assert_str_eq(a.text, text);
	ck_assert((a.headers != NULL) == headers);
	attempt_row_done(&a);
}

static struct message_id mailed(struct world *w, const char *to)
{
	struct message m = { .channel = "mail",
			     .kind = KIND_ALERT,
			     .state = MESSAGE_DELIVERED,
			     .created = w->now,
			     .planned = w->now,
			     .next_attempt = INSTANT_NONE,
			     .first_attempt = w->now,
			     .finished = w->now,
			     .attempts = 1 };

	snprintf(m.to, sizeof(m.to), "%s", to);
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	ck_assert_int_eq(ledger_add_item(w->e.ledger, &(struct item){ .message = m.id,
								      .measure = "HSN-03",
								      .what = ITEM_OFF_TRACK }),
			 0);
	return m.id;
}

/* Mails to the one who had the id are theirs, and to the next one not. */
START_TEST(what_came_and_left_after_them_stays)
{
	static const struct written now = { .people = HSD("Åke Sjö", "ake") PEOPLE,
					    .measures = OWNED };
	struct world *w = world_new("2026-05-04 12:00", &with_asa);
	struct message_id before, after, forwarded;
	struct incoming_row row = came_in(w, "hsd", "before");

	incoming_row_done(&row);
	before = mailed(w, "hsd");
	put_attempt(w, before, "Hej, ni ska svara.");
	world_to(w, "2026-05-04 13:00");
	world_adopt(w, &now);
	world_to(w, "2026-05-04 14:00");
	row = came_in(w, "hsd", "after");
	incoming_row_done(&row);
	after = mailed(w, "hsd");
	put_attempt(w, after, "Hej, ni ska svara.");
	forwarded = pass_on(w, "hsd", BYTES("Klart."));
	erase(w, true);
	ck_assert(!is_kept(w, "before"));
	ck_assert(is_kept(w, "after"));
	attempt_is(w, before, "–", false);
	attempt_is(w, after, "Hej, ni ska svara.", true);
	ck_assert(goes_on(w, forwarded));
	world_free(w);
}
END_TEST

/* A word that many write is in a mail of another's as it was; a sentence of theirs isn't. */
START_TEST(what_they_wrote_goes_out_of_mails_to_others)
{
	struct world *w = world_new("2026-05-04 12:00", &with_asa);
	struct message_id id;

	w->says = "hsd";
	HEARD(w, "note", "HSN-03", "{'note':'Klart'}");
	HEARD(w, "note", "HSN-03", "{'note':'Leverantören har överklagat.'}");
	id = mailed(w, "dir");
	put_attempt(w, id, "Klart är det inte. Leverantören har överklagat. Mvh");
	world_adopt(w, &without);
	erase(w, false);
	attempt_is(w, id, "Klart är det inte. – Mvh", true);
	world_free(w);
}
END_TEST

UNIT_TESTS("engine/erased_rows",
	   UNIT_ROWS(a_mail_goes_on_that_does_not_name_them, UNIT_COUNT(mails)),
	   UNIT(a_mail_of_theirs_does_not_go_on_whatever_it_says),
	   UNIT(what_came_and_left_after_them_stays),
	   UNIT(what_they_wrote_goes_out_of_mails_to_others))
