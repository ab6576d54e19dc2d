/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a server that offers reports (DSN, RFC 3461), and of one that does not. */
#include "delivery/reply.h"
#include "tests/unit/mails.h"
#include "tests/unit/unit.h"

#define ENVID "41-1-aaaaaaaaaaaaaaaaaaaaaaaa"
#define ADDRESS "studs+" ENVID "@region.se"
#define MAIL_ASKED "MAIL FROM:<" ADDRESS "> RET=HDRS ENVID=" ENVID
#define MAIL_BARE "MAIL FROM:<" ADDRESS ">"
#define RCPT_ASKED "RCPT TO:<ok@region.se> NOTIFY=FAILURE,DELAY"
#define RCPT_BARE "RCPT TO:<ok@region.se>"

static void begin_reports(struct mail_test *t, const char *mode)
{
	begin_test(t, mode, 1);
	t->request.from = ADDRESS;
	t->request.envid = ENVID;
}

/* The next that the server has heard: a command, word for word. */
static void heard(struct mail_test *t, const char *expected)
{
	char line[300];

	peer_line(&t->peer, line, sizeof(line));
	ck_assert_msg(strncmp(line, "1 ", 2) == 0 && strcmp(line + 2, expected) == 0,
		      "\"%s\", not \"%s\"", line, expected);
}

/* ... and then a mail. */
static void heard_mail(struct mail_test *t)
{
	static const char expected[] = "1 ok@region.se ";
	char line[300];

	peer_line(&t->peer, line, sizeof(line));
	ck_assert_msg(strncmp(line, expected, strlen(expected)) == 0, "%s", line);
}

static void one_mail(struct mail_test *t, const char *mail, const char *rcpt)
{
	ck_assert_int_eq(mail_to(t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	heard(t, mail);
	heard(t, rcpt);
	heard_mail(t);
}

START_TEST(reports_are_asked_for_where_they_are_offered)
{
	struct mail_test t;

	begin_reports(&t, "dsn");
	one_mail(&t, MAIL_ASKED, RCPT_ASKED);
	one_mail(&t, MAIL_ASKED, RCPT_ASKED);
	end_test(&t);
}
END_TEST

/* Without a return address nothing could hear them. */
START_TEST(without_a_return_address_none_are_asked_for)
{
	struct mail_test t;

	begin_test(&t, "dsn", 1);
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	end_test(&t);
	ck_assert_int_eq(strncmp(t.rest,
				 "1 MAIL FROM:<paminn@region.se>\n1 RCPT TO:<ok@region.se>\n",
				 strlen("1 MAIL FROM:<paminn@region.se>\n"
					"1 RCPT TO:<ok@region.se>\n")),
			 0);
}
END_TEST

START_TEST(bytes_beyond_ascii_are_announced)
{
	struct mail_test t;

	begin_reports(&t, "dsn");
	t.request.bytes = "Subject: Hej\r\n\r\nD\xc3\xa5.\r\n";
	t.request.length = strlen(t.request.bytes);
	one_mail(&t, MAIL_BARE " BODY=8BITMIME RET=HDRS ENVID=" ENVID, RCPT_ASKED);
	t.request.envid = NULL;
	one_mail(&t, MAIL_BARE " BODY=8BITMIME", RCPT_BARE);
	end_test(&t);
}
END_TEST

/* The mail leaves on the same connection, and the next one asks for nothing. */
static const struct {
	const char *mode;
	const char *first[4];
} refusing[] = {
	{ "dsnmail555", { MAIL_ASKED, MAIL_BARE, RCPT_BARE } },
	{ "dsnrcpt504", { MAIL_ASKED, RCPT_ASKED, RCPT_BARE } },
};

START_TEST(a_server_that_refuses_what_it_offers_gets_its_mail_all_the_same)
{
	struct mail_test t;

	begin_reports(&t, refusing[_i].mode);
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	for (size_t i = 0; refusing[_i].first[i]; i++)
		heard(&t, refusing[_i].first[i]);
	heard_mail(&t);
	one_mail(&t, MAIL_BARE, RCPT_BARE);
	end_test(&t);
}
END_TEST

/* The same code can speak of the recipient: then the next mail asks again. */
START_TEST(a_recipient_that_is_refused_either_way_is_refused)
{
	struct mail_test t;
	struct result result;

	begin_reports(&t, "dsn");
	result = mail_to(&t, "rcptname@region.se");
	ck_assert_int_eq(result.verdict, VERDICT_REFUSED);
	heard(&t, MAIL_ASKED);
	heard(&t, "RCPT TO:<rcptname@region.se> NOTIFY=FAILURE,DELAY");
	heard(&t, "RCPT TO:<rcptname@region.se>");
	one_mail(&t, MAIL_ASKED, RCPT_ASKED);
	end_test(&t);
}
END_TEST

/* Its answer stands in the log, where nobody may find a token. */
START_TEST(what_a_server_repeats_has_no_token)
{
	struct mail_test t;
	struct result result;

	begin_reports(&t, "dsnechoes");
	result = mail_to(&t, "ok@region.se");
	ck_assert_int_eq(result.verdict, VERDICT_LATER);
	ck_assert(result.server);
	ck_assert_str_eq(result.answer, "501 5.5.4 what is MAIL (address) RET=HDRS ENVID=41-1-…?");
	ck_assert_ptr_null(strstr(result.fault, "aaaaaaaa"));
	heard(&t, MAIL_ASKED);
	heard(&t, MAIL_BARE);
	end_test(&t);
	ck_assert_str_eq(t.rest, "1 quit\n");
}
END_TEST

static const struct {
	int line;
	const char *replies; /* a line each */
	bool dsn, eightbit;
} greetings[] = {
	{ __LINE__, "220 peer\n250-peer\n250-DSN\n250 8BITMIME\n", true, true },
	{ __LINE__, "220 peer\n250-peer\n250 dsn\n", true, false },
	{ __LINE__, "220 peer\n250-peer\n250-DSNX\n250-DS\n250 8BITMIME BINARY\n", false, true },
	/* The server's name is no offer. */
	{ __LINE__, "220-DSN\n220 DSN\n250-DSN\n250 SIZE 10\n", false, false },
	{ __LINE__, "220 peer\n502 no\n250 DSN\n", false, false },
	/* What was offered before encryption was said by anybody. */
	{ __LINE__,
	  "220 peer\n250-peer\n250-DSN\n250 STARTTLS\n220 go on\n250-peer\n250 8BITMIME\n", false,
	  true },
	{ __LINE__, "220 peer\n250-peer\n250-DSN\n250 AUTH PLAIN\n334 \n235 you are in\n", true,
	  false },
	{ __LINE__, "220 peer\n250-peer\n250-\n250- DSN\n25\n\n250 DSN DSN\n", false, false },
};

START_TEST(what_is_offered_is_what_the_last_greeting_says)
{
	struct offers o = { false };

	for (const char *l = greetings[_i].replies, *end; *l; l = end + 1) {
		end = strchr(l, '\n');
		offers_hear(&o, l, (size_t)(end + 1 - l));
	}
	ck_assert_msg(o.dsn == greetings[_i].dsn && o.eightbit == greetings[_i].eightbit, "line %d",
		      greetings[_i].line);
}
END_TEST

UNIT_TESTS("delivery/smtp_reports", UNIT(reports_are_asked_for_where_they_are_offered),
	   UNIT(without_a_return_address_none_are_asked_for),
	   UNIT(bytes_beyond_ascii_are_announced),
	   UNIT_ROWS(a_server_that_refuses_what_it_offers_gets_its_mail_all_the_same,
		     UNIT_COUNT(refusing)),
	   UNIT(a_recipient_that_is_refused_either_way_is_refused),
	   UNIT(what_a_server_repeats_has_no_token),
	   UNIT_ROWS(what_is_offered_is_what_the_last_greeting_says, UNIT_COUNT(greetings)))
