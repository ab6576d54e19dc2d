/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a mail that came in: what is believed of it, and in which order it is asked. */
#include "inbox/receive.h"
#include "message/incoming.h"
#include "tests/unit/received.h"

static const struct written one_step = { .steps = "0 owner; +1wd manager" };

/* ---- the mails ------------------------------------------------------------------------------------- */

static struct message message_to(struct world *w, const char *to)
{
	static struct message page[256];
	struct message found = { .id = { 0 } };
	int count = ledger_messages(w->e.ledger, 0, message_id(0), page, 256);

	for (int i = 0; i < count; i++)
		if (strcmp(page[i].to, to) == 0)
			found = page[i];
	ck_assert_msg(found.id.n != 0, "nothing to %s", to);
	return found;
}

/* The token of the message to that person, or of another number. */
static char *token_of(struct world *w, struct message_id message, int attempt,
		      char out[static RETURN_TOKEN])
{
	const struct return_token token = { message, attempt };
	struct return_key key;

	ck_assert_int_eq(return_key_load(w->e.ledger, &key), 0);
	return return_token_write(&key, &token, out);
}

enum form { A_FAILURE, A_DELAY, AN_AUTOMATIC_REPLY, A_REPLY };

/* A mail that came to the token's address, with the words in it. */
static char *write_mail(enum form form, const char *token, const char *words)
{
	static char text[4000];

	if (form == A_FAILURE || form == A_DELAY)
		snprintf(text, sizeof(text),
			 "From: MAILER-DAEMON@mx.region.se\n"
			 "To: studs+%s@region.se\n"
			 "Subject: Undelivered Mail\n"
			 "Message-ID: <%d.%zu@mx.region.se>\n"
			 "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"
			 "\n"
			 "--b\n\n%s\n\n--b\n"
			 "Content-Type: message/delivery-status\n"
			 "\n"
			 "Reporting-MTA: dns; mx.region.se\n"
			 "\n"
			 "Final-Recipient: rfc822; akut@region.se\n"
			 "Action: %s\n"
			 "Status: %s\n"
			 "Diagnostic-Code: smtp; 550 no such mailbox\n"
			 "\n"
			 "--b--\n",
			 token, (int)form, strlen(words), words,
			 form == A_FAILURE ? "failed" : "delayed",
			 form == A_FAILURE ? "5.1.1" : "4.4.1");
	else
		snprintf(text, sizeof(text),
			 "From: akut@region.se\n"
			 "To: studs+%s@region.se\n"
			 "Subject: SV: hej\n"
			 "Message-ID: <%d.%zu@region.se>\n"
			 "%s\n"
			 "%s\n",
			 token, (int)form, strlen(words),
			 form == A_REPLY ? "" : "Auto-Submitted: auto-replied\n", words);
	return text;
}

static struct receipt receipt;

/* What becomes of it, as its name; "later". */
static const char *receive(struct world *w, const char *text)
{
	const struct mail_in mail = { text, strlen(text), NULL };
	const int r = receive_in_turn(w, &mail, &receipt);

	ck_assert_int_ge(r, 0);
	return r == RECEIVE_LATER ? "later" : received_name(receipt.what);
}

#define BECOMES(world, text, name) ck_assert_str_eq(receive(world, text), name)

static int count_row(void *userdata, const struct incoming_row *row)
{
	(void)row;
	(*(int *)userdata)++;
	return 0;
}

static int rows_of(struct world *w, struct message_id message)
{
	int count = 0;

	ck_assert_int_eq(ledger_incoming(w->e.ledger, message, count_row, &count), 0);
	return count;
}

/* At 09:00, when the owner has been asked. */
static struct world *asked(void)
{
	struct world *w = world_new("2026-05-12 10:00", &one_step);

	world_to(w, "2026-05-15 09:00");
	ck_assert_int_eq(message_to(w, "akut").state, MESSAGE_DELIVERED);
	return w;
}

/* ---- what is believed -------------------------------------------------------------------------------- */

START_TEST(a_token_of_ours_says_which_message_it_is_about)
{
	static const char *const names[] = { "failure", "delay", "automatic", "reply" };
	struct world *w = asked();
	const struct message m = message_to(w, "akut");
	char token[RETURN_TOKEN];

	for (enum form form = A_FAILURE; form <= A_REPLY; form++) {
		BECOMES(w, write_mail(form, token_of(w, m.id, 1, token), "hej"), names[form]);
		ck_assert_int_eq(receipt.message.n, m.id.n);
		ck_assert_int_eq(rows_of(w, m.id), (int)form + 1);
	}
	ck_assert_int_eq(message_to(w, "akut").state, MESSAGE_BOUNCED);
	world_free(w);
}
END_TEST

/* Every character of it counts, and another store's is another's. */
START_TEST(a_token_that_we_did_not_sign_changes_nothing)
{
	struct world *w = asked();
	const struct message m = message_to(w, "akut");
	char token[RETURN_TOKEN], wrong[RETURN_TOKEN];

	token_of(w, m.id, 1, token);
	for (size_t i = 0; i < strlen(token); i++) {
		strcpy(wrong, token);
		if (wrong[i] == '-')
			continue;
		wrong[i] = (char)(wrong[i] == '2' ? '3' : '2');
		BECOMES(w, write_mail(A_FAILURE, wrong, "hej"), "forged");
		ck_assert_int_eq(receipt.message.n, 0);
	}
	ck_assert_int_eq(message_to(w, "akut").state, MESSAGE_DELIVERED);
	ck_assert_int_eq(rows_of(w, m.id), 0);
	/* In capital letters it is the same. */
	for (char *c = token; *c; c++)
		*c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
	BECOMES(w, write_mail(A_FAILURE, token, "hej"), "failure");
	world_free(w);
}
END_TEST

START_TEST(what_is_about_nothing_of_ours_is_foreign)
{
	struct world *w = asked();
	char token[RETURN_TOKEN];

	BECOMES(w, write_mail(A_FAILURE, "nobody", "hej"), "foreign");
	BECOMES(w, write_mail(A_REPLY, "nobody", "klar"), "foreign");
	/* A message that is in the store no more, and an attempt that never was. */
	BECOMES(w, write_mail(A_FAILURE, token_of(w, message_id(4711), 1, token), "hej"),
		"foreign");
	BECOMES(w, write_mail(A_REPLY, token_of(w, message_id(4711), 0, token), "hej"), "foreign");
	token_of(w, message_to(w, "akut").id, 7, token);
	BECOMES(w, write_mail(A_FAILURE, token, "hej"), "foreign");
	ck_assert_int_eq(message_to(w, "akut").state, MESSAGE_DELIVERED);
	world_free(w);
}
END_TEST

START_TEST(the_same_mail_again_is_replayed)
{
	struct world *w = asked();
	const struct message m = message_to(w, "akut");
	char token[RETURN_TOKEN];

	token_of(w, m.id, 1, token);
	for (enum form form = A_FAILURE; form <= A_REPLY; form++) {
		receive(w, write_mail(form, token, "hej"));
		BECOMES(w, write_mail(form, token, "hej"), "replayed");
		ck_assert_int_eq(receipt.message.n, m.id.n);
	}
	ck_assert_int_eq(rows_of(w, m.id), 4);
	BECOMES(w, write_mail(A_REPLY, token, "hej igen"), "reply");
	world_free(w);
}
END_TEST

START_TEST(what_was_forwarded_by_us_and_led_back_is_dropped)
{
	struct world *w = asked();
	const struct message m = message_to(w, "akut");
	char token[RETURN_TOKEN], text[4200];

	snprintf(text, sizeof(text), "Resent-Message-ID: <paminn.x.%s@region.se>\n%s",
		 token_of(w, m.id, 0, token), write_mail(A_REPLY, token, "klar"));
	BECOMES(w, text, "foreign");
	ck_assert(receipt.looped);
	ck_assert_int_eq(rows_of(w, m.id), 0);
	world_free(w);
}
END_TEST

/* ---- what would never end --------------------------------------------------------------------------------- */

START_TEST(of_one_message_a_hundred_mails_are_kept)
{
	struct world *w = asked();
	const struct message m = message_to(w, "akut");
	char token[RETURN_TOKEN], words[40];

	token_of(w, m.id, 0, token);
	for (int i = 0; i < 100; i++) {
		snprintf(words, sizeof(words), "Hej %d", i);
		BECOMES(w, write_mail(A_REPLY, token, words), "reply");
	}
	BECOMES(w, write_mail(A_REPLY, token, "Hej igen"), "too-many");
	ck_assert_uint_gt(strlen(receipt.why), 10);
	BECOMES(w, write_mail(A_REPLY, token, "Hej 7"), "replayed");
	ck_assert_int_eq(rows_of(w, m.id), 100);
	/* Another one is heard as ever. */
	world_to(w, "2026-05-19 09:00");
	token_of(w, message_to(w, "dir").id, 0, token);
	BECOMES(w, write_mail(A_REPLY, token, "Hej"), "reply");
	world_free(w);
}
END_TEST

/* ---- what can't be read --------------------------------------------------------------------------------- */

START_TEST(what_can_not_be_read_is_told_and_kept_nowhere)
{
	struct world *w = asked();
	const struct mail_in large = { "", INCOMING_MAX + 1, NULL };

	BECOMES(w, "", "unreadable");
	ck_assert_uint_gt(strlen(receipt.why), 10);
	/* Its bytes are not looked at. */
	ck_assert_int_eq(receive_in_turn(w, &large, &receipt), RECEIVE_DONE);
	ck_assert_int_eq(receipt.what, RECEIVED_TOO_LARGE);
	world_free(w);
}
END_TEST

/* ---- what comes too early --------------------------------------------------------------------------------- */

START_TEST(a_report_before_the_attempts_own_result_comes_later)
{
	struct world *w = asked();
	struct message m = message_to(w, "akut");
	char token[RETURN_TOKEN];

	token_of(w, m.id, 1, token);
	m.state = MESSAGE_STARTED;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	BECOMES(w, write_mail(A_FAILURE, token, "hej"), "later");
	ck_assert_int_eq(rows_of(w, m.id), 0);
	/* A reply is as good as ever. */
	BECOMES(w, write_mail(A_REPLY, token, "hej"), "reply");
	m.state = MESSAGE_DELIVERED;
	ck_assert_int_eq(ledger_put_message(w->e.ledger, &m), 0);
	BECOMES(w, write_mail(A_FAILURE, token, "hej"), "failure");
	world_free(w);
}
END_TEST

START_TEST(each_is_named)
{
	for (enum received what = 0; what < RECEIVED_KINDS; what++) {
		ck_assert_ptr_nonnull(received_name(what));
		ck_assert_int_eq(received_is_handled(what), what <= RECEIVED_REPLAYED);
	}
}
END_TEST

UNIT_TESTS("inbox/receive", UNIT(a_token_of_ours_says_which_message_it_is_about),
	   UNIT(a_token_that_we_did_not_sign_changes_nothing),
	   UNIT(what_is_about_nothing_of_ours_is_foreign), UNIT(the_same_mail_again_is_replayed),
	   UNIT(what_was_forwarded_by_us_and_led_back_is_dropped),
	   UNIT(of_one_message_a_hundred_mails_are_kept),
	   UNIT(what_can_not_be_read_is_told_and_kept_nowhere),
	   UNIT(a_report_before_the_attempts_own_result_comes_later), UNIT(each_is_named))
