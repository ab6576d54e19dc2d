/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail over SMTP against a server that tells each story, and against one that is not ours.
 *
 * Row 12: malformed and endless replies. Seen to fail when what a server says has no bound: the exchange never ends.
 */
#include <poll.h>
#include <sodium.h>

#include "tests/unit/mails.h"
#include "tests/unit/unit.h"

static const char *sha256(const char *bytes, size_t length)
{
	static char hex[crypto_hash_sha256_BYTES * 2 + 1];
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)bytes, length);
	return sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
}

/* ---- what a reply means, by when it comes ---------------------------------------------------- */

static const struct {
	int line;
	const char *to;
	enum verdict verdict;
	bool server;
	const char *answer; /* begins with */
} stories[] = {
	{ __LINE__, "ok@region.se", VERDICT_ACCEPTED, false, "250 2.0.0 taken" },
	{ __LINE__, "rcpt450@region.se", VERDICT_LATER, false, "450 4.2.1 mailbox busy" },
	{ __LINE__, "rcpt550@region.se", VERDICT_REFUSED, false, "550 5.1.1 no such user" },
	{ __LINE__, "rcpt421@region.se", VERDICT_LATER, true, "421 4.3.2 shutting down" },
	{ __LINE__, "rcptrelay@region.se", VERDICT_POLICY, false, "554 5.7.1 relay" },
	{ __LINE__, "rcptlist@region.se", VERDICT_REFUSED, false, "550 5.7.2 not" },
	{ __LINE__, "rcptgroup@region.se", VERDICT_REFUSED, false, "550 5.7.133 senders" },
	{ __LINE__, "rcpthelo@region.se", VERDICT_POLICY, false, "504 5.5.2 helo" },
	{ __LINE__, "rcptold@region.se", VERDICT_POLICY, false, "504 helo" },
	{ __LINE__, "rcptlogin@region.se", VERDICT_POLICY, false, "530 5.7.0 log in" },
	{ __LINE__, "rcptsyntax@region.se", VERDICT_POLICY, false, "500 what?" },
	{ __LINE__, "rcptname@region.se", VERDICT_REFUSED, false, "504 5.1.3 no" },
	{ __LINE__, "rcptbare@region.se", VERDICT_REFUSED, false, "550 no" },
	{ __LINE__, "rcptexim@region.se", VERDICT_POLICY, false, "550 relay not permitted" },
	{ __LINE__, "rcptdenied@region.se", VERDICT_POLICY, false, "554 relay denied" },
	{ __LINE__, "rcptsender@region.se", VERDICT_POLICY, false, "550 Sender verify failed" },
	{ __LINE__, "rcptours@region.se", VERDICT_POLICY, false, "550 5.1.8 sender" },
	{ __LINE__, "rcptundefined@region.se", VERDICT_POLICY, false, "550 5.0.0 we do" },
	{ __LINE__, "rcptnamed@region.se", VERDICT_REFUSED, false, "550 5.1.1 no such" },
	{ __LINE__, "bodysender@region.se", VERDICT_POLICY, false, "550 5.7.60 not" },
	{ __LINE__, "bodyexim@region.se", VERDICT_POLICY, false, "550 Administrative" },
	{ __LINE__, "rcptfull@region.se", VERDICT_REFUSED, false, "552 5.2.2" },
	{ __LINE__, "dataus@region.se", VERDICT_POLICY, false, "554 5.7.1 client" },
	{ __LINE__, "bodyspf@region.se", VERDICT_POLICY, false, "550 5.7.26 not" },
	{ __LINE__, "rcptdrop@region.se", VERDICT_LATER, false, "" },
	{ __LINE__, "data451@region.se", VERDICT_LATER, false, "451 4.3.0 not now" },
	{ __LINE__, "data554@region.se", VERDICT_REFUSED, false, "554 5.5.1 no" },
	{ __LINE__, "datadrop@region.se", VERDICT_LATER, false, "" },
	{ __LINE__, "middrop@region.se", VERDICT_UNKNOWN, false, "" },
	{ __LINE__, "body450@region.se", VERDICT_LATER, false, "450 4.2.0 later" },
	{ __LINE__, "body550@region.se", VERDICT_POLICY, false, "550 5.7.1 spam" },
	{ __LINE__, "body251@region.se", VERDICT_ACCEPTED, false, "251 2.1.5 forwarded" },
	{ __LINE__, "bodydrop@region.se", VERDICT_UNKNOWN, false, "" },
	{ __LINE__, "control@region.se", VERDICT_LATER, false, "450 4.2.1 b?usy ?? ?[31mred" },
	{ __LINE__, "endless@region.se", VERDICT_LATER, false, "the server talks without end" },
	{ __LINE__, "endlessline@region.se", VERDICT_LATER, false, "the server talks without end" },
};

START_TEST(the_reply_and_its_place_decide)
{
	struct mail_test t;
	struct result result;

	begin_test(&t, "plain", 1);
	result = mail_to(&t, stories[_i].to);
	ck_assert_msg(result.verdict == stories[_i].verdict, "line %d: verdict %d, \"%s\"",
		      stories[_i].line, (int)result.verdict, result.answer);
	ck_assert_msg(result.server == stories[_i].server, "line %d: server", stories[_i].line);
	ck_assert_str_ne(result.answer, "");
	ck_assert_msg(strncmp(result.answer, stories[_i].answer, strlen(stories[_i].answer)) == 0,
		      "line %d: \"%s\"", stories[_i].line, result.answer);
	ck_assert_int_eq(result.server || result.verdict == VERDICT_POLICY,
			 result.fault[0] != '\0');
	end_test(&t);
}
END_TEST

static const struct {
	int line;
	const char *mode;
	enum verdict verdict;
	bool server;
	const char *fault; /* a part of it */
} servers[] = {
	{ __LINE__, "greeting554", VERDICT_LATER, true, "connection was \"554 go away\"" },
	{ __LINE__, "greeting421", VERDICT_LATER, true, "connection was \"421 go away\"" },
	{ __LINE__, "mail550", VERDICT_LATER, true, "MAIL was \"550 5.7.1 not you\"" },
	{ __LINE__, "ehlo502", VERDICT_ACCEPTED, false, "" },
	{ __LINE__, "nonsense", VERDICT_LATER, true, "" },
	{ __LINE__, "endless", VERDICT_LATER, true, "" },
	{ __LINE__, "helo502", VERDICT_LATER, true, "connection was \"502 no\"" },
};

START_TEST(before_the_recipient_it_is_the_servers_fault)
{
	struct mail_test t;
	struct result result;

	begin_test(&t, servers[_i].mode, 1);
	result = mail_to(&t, "ok@region.se");
	ck_assert_msg(result.verdict == servers[_i].verdict, "line %d: verdict %d, \"%s\"",
		      servers[_i].line, (int)result.verdict, result.answer);
	ck_assert_msg(result.server == servers[_i].server, "line %d: server", servers[_i].line);
	ck_assert_msg(strstr(result.fault, servers[_i].fault), "line %d: \"%s\"", servers[_i].line,
		      result.fault);
	end_test(&t);
}
END_TEST

static const struct {
	const char *mode, *to;
	enum verdict verdict;
	bool server;
} silences[] = {
	{ "silent", "ok@region.se", VERDICT_LATER, true },
	{ "plain", "bodyhang@region.se", VERDICT_UNKNOWN, false },
	{ "plain", "bodyodd@region.se", VERDICT_UNKNOWN, false },
};

START_TEST(one_that_says_nothing_of_use_is_given_up)
{
	struct mail_test t;
	struct result result;

	begin_limited(&t, silences[_i].mode, 1, 2);
	result = mail_to(&t, silences[_i].to);
	ck_assert_int_eq(result.verdict, silences[_i].verdict);
	ck_assert_int_eq(result.server, silences[_i].server);
	ck_assert_str_ne(result.answer, "");
	end_test(&t);
}
END_TEST

/* Each answer may take as long as the RFC says, and all of them together longer. */
START_TEST(a_slow_server_is_waited_for)
{
	struct mail_test t;

	begin_limited(&t, "slow", 1, 2);
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	end_test(&t);
}
END_TEST

/* RFC 5321 § 4.5.3.2, in its order; a command is MAIL or RCPT. */
START_TEST(the_patience_is_that_of_the_rfc)
{
	ck_assert_int_ge(smtp_patience.greeting, 5 * 60);
	ck_assert_int_ge(smtp_patience.command, 5 * 60);
	ck_assert_int_ge(smtp_patience.data, 2 * 60);
	ck_assert_int_ge(smtp_patience.block, 3 * 60);
	ck_assert_int_ge(smtp_patience.end, 10 * 60);
}
END_TEST

/* What is given up has an unknown outcome once its body has begun, and else is as if not sent. */
static const struct {
	const char *mode, *to;
	enum verdict verdict;
} given_up[] = {
	{ "silent", "ok@region.se", VERDICT_UNBEGUN },
	{ "plain", "rcpthang@region.se", VERDICT_UNBEGUN },
	{ "plain", "datahang@region.se", VERDICT_UNBEGUN },
	{ "plain", "bodyhang@region.se", VERDICT_UNKNOWN },
};

START_TEST(what_is_given_up_has_begun_or_not)
{
	struct mail_test t;
	struct ended under_way, waiting;

	begin_test(&t, given_up[_i].mode, 1);
	t.request.to = given_up[_i].to;
	begin(&transport_smtp, t.out, &t.request, &under_way);
	begin(&transport_smtp, t.out, &t.request, &waiting);
	for (int i = 0; i < 30; i++)
		transport_smtp.run(t.out, (struct duration){ 10000 });
	transport_smtp.abandon(t.out);
	ck_assert(under_way.over && waiting.over);
	ck_assert_int_eq(under_way.result.verdict, given_up[_i].verdict);
	ck_assert_int_eq(waiting.result.verdict, VERDICT_UNBEGUN);
	end_test(&t);
}
END_TEST

START_TEST(nobody_listens)
{
	struct mail_test t;
	struct result result;
	char url[64];

	begin_test(&t, "plain", 1);
	snprintf(url, sizeof(url), "%s", t.url);
	peer_stop(&t.peer, t.rest, sizeof(t.rest));
	result = mail_to(&t, "ok@region.se");
	ck_assert_int_eq(result.verdict, VERDICT_LATER);
	ck_assert(result.server);
	ck_assert_ptr_nonnull(strstr(result.fault, strrchr(url, ':') + 1));
	transport_smtp.free(t.out);
	sd_event_unref(t.event);
}
END_TEST

/* ---- what leaves --------------------------------------------------------------------------------- */

START_TEST(the_same_bytes_again_after_an_unknown_outcome)
{
	struct mail_test t;
	char first[256], again[256];

	begin_test(&t, "plain", 1);
	ck_assert_int_eq(mail_to(&t, "bodydrop@region.se").verdict, VERDICT_UNKNOWN);
	ck_assert_int_eq(mail_to(&t, "bodydrop@region.se").verdict, VERDICT_UNKNOWN);
	peer_line(&t.peer, first, sizeof(first));
	peer_line(&t.peer, again, sizeof(again));
	ck_assert_str_eq(strchr(first, ' '), strchr(again, ' ')); /* but for the connection */
	ck_assert_ptr_nonnull(strstr(first, "17.1@paminn"));
	ck_assert_ptr_nonnull(strstr(first, sha256(letter, strlen(letter))));
	end_test(&t);
}
END_TEST

static const char *const dots[] = {
	"Subject: x\r\n\r\n.\r\n..\r\n...\r\nend\r\n",
	"Subject: x\r\n\r\n.\r\n",
	"Subject: x\r\n\r\nMAIL FROM:<evil@x.se>\r\n.\r\nRCPT TO:<evil@x.se>\r\n",
	".begins with a dot\r\n.\r\n.\r\n",
	"Subject: x\r\n\r\nlast line without an end",
};

static void check_dots(const char *mode, const char *bytes, size_t length)
{
	struct mail_test t;
	char line[256], *expected = malloc(length + 2);

	begin_test(&t, mode, 1);
	t.request.bytes = bytes;
	t.request.length = length;
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	memcpy(expected, bytes, length);
	memcpy(expected + length, "\r\n", 2);
	if (bytes[length - 1] != '\n')
		length += 2; /* a body ends with a line end */
	peer_line(&t.peer, line, sizeof(line));
	ck_assert_ptr_nonnull(strstr(line, sha256(expected, length)));
	free(expected);
	end_test(&t);
	ck_assert_ptr_null(strstr(t.rest, "@"));
}

START_TEST(dots_arrive_as_they_are)
{
	check_dots("plain", dots[_i], strlen(dots[_i]));
	check_dots("aiosmtpd", dots[_i], strlen(dots[_i]));
}
END_TEST

START_TEST(many_dots_arrive_as_they_are)
{
	const size_t length = 300000;
	char *bytes = malloc(length);

	for (size_t i = 0; i < length; i++)
		bytes[i] = ".\r\n."[i % 3 == 0 ? 0 : i % 3];
	memcpy(bytes + length - 2, "\r\n", 2);
	check_dots("plain", bytes, length);
	free(bytes);
}
END_TEST

/* ---- connections ------------------------------------------------------------------------------------ */

START_TEST(a_connection_is_used_again)
{
	struct mail_test t;
	char line[256];

	begin_test(&t, "plain", 2);
	for (int i = 0; i < 5; i++) {
		ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
		ck_assert_int_eq(atoi(peer_line(&t.peer, line, sizeof(line))), 1);
	}
	end_test(&t);
	ck_assert_str_eq(t.rest, "1 quit\n");
}
END_TEST

START_TEST(no_more_connections_than_allowed)
{
	struct mail_test t;
	struct ended ended[20];
	char line[256];

	begin_test(&t, "plain", 3);
	for (int i = 0; i < 20; i++)
		begin(&transport_smtp, t.out, &t.request, &ended[i]);
	run_until(t.event, ended, 20);
	for (int i = 0; i < 20; i++) {
		ck_assert_int_eq(ended[i].result.verdict, VERDICT_ACCEPTED);
		ck_assert_int_le(atoi(peer_line(&t.peer, line, sizeof(line))), 3);
	}
	end_test(&t);
}
END_TEST

/* After a refusal the connection is used again; a server that never answers QUIT stops nothing. */
START_TEST(a_quit_without_answer_holds_up_nothing)
{
	struct mail_test t;
	int64_t begun;

	begin_test(&t, "quithang", 1);
	begun = clock_mono().us;
	ck_assert_int_eq(mail_to(&t, "rcpt550@region.se").verdict, VERDICT_REFUSED);
	ck_assert_int_eq(mail_to(&t, "data554@region.se").verdict, VERDICT_REFUSED);
	ck_assert_int_eq(mail_to(&t, "body550@region.se").verdict, VERDICT_POLICY);
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	end_test(&t);
	ck_assert_int_lt(clock_mono().us - begun, SECONDS(PATIENT).us);
	ck_assert_ptr_nonnull(strstr(t.rest, "1 ok@region.se"));
	ck_assert_ptr_nonnull(strstr(t.rest, "1 quit\n"));
}
END_TEST

/* Nobody waits for the answer to a QUIT after a greeting that refuses, either. */
START_TEST(a_refused_greeting_holds_up_nothing)
{
	struct mail_test t;
	int64_t begun;

	begin_test(&t, "greeting554hang", 1);
	begun = clock_mono().us;
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_LATER);
	ck_assert_int_lt(clock_mono().us - begun, SECONDS(PATIENT).us);
	end_test(&t);
}
END_TEST

/* The server closes the waiting connection: nobody notices but the next letter's connection. */
START_TEST(a_connection_that_died_idle_costs_nothing)
{
	struct mail_test t;
	char line[256];

	begin_test(&t, "closeafter", 1);
	for (int i = 1; i <= 3; i++) {
		ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
		ck_assert_int_eq(atoi(peer_line(&t.peer, line, sizeof(line))), i);
	}
	end_test(&t);
}
END_TEST

/* "250 taken" and more in one breath: taken it is, but the connection is not trusted any more. */
START_TEST(a_server_that_speaks_out_of_turn_loses_the_connection)
{
	struct mail_test t;
	char line[256];

	begin_test(&t, "plain", 1);
	ck_assert_int_eq(mail_to(&t, "bodytwice@region.se").verdict, VERDICT_ACCEPTED);
	ck_assert_int_eq(mail_to(&t, "rcpt550@region.se").verdict, VERDICT_REFUSED);
	ck_assert_int_eq(mail_to(&t, "ok@region.se").verdict, VERDICT_ACCEPTED);
	ck_assert_int_eq(atoi(peer_line(&t.peer, line, sizeof(line))), 1);
	ck_assert_int_eq(atoi(peer_line(&t.peer, line, sizeof(line))), 2);
	end_test(&t);
}
END_TEST

START_TEST(one_that_hangs_holds_up_no_other)
{
	struct mail_test t;
	struct ended hung, good[10];

	begin_test(&t, "plain", 2);
	t.request.to = "bodyhang@region.se";
	begin(&transport_smtp, t.out, &t.request, &hung);
	t.request.to = "ok@region.se";
	for (int i = 0; i < 10; i++)
		begin(&transport_smtp, t.out, &t.request, &good[i]);
	run_until(t.event, good, 10);
	ck_assert(!hung.over);
	end_test(&t);
}
END_TEST

START_TEST(stopping_by_hand_lets_an_exchange_end)
{
	struct mail_test t;
	struct ended ended;

	begin_test(&t, "plain", 1);
	begin(&transport_smtp, t.out, &t.request, &ended);
	while (!ended.over)
		transport_smtp.run(t.out, (struct duration){ 10000 });
	ck_assert_int_eq(ended.result.verdict, VERDICT_ACCEPTED);
	end_test(&t);
}
END_TEST

START_TEST(letting_go_calls_nobody)
{
	struct mail_test t;
	struct ended ended;
	char line[256];

	begin_test(&t, "plain", 1);
	t.request.to = "bodyhang@region.se";
	begin(&transport_smtp, t.out, &t.request, &ended);
	while (poll(&(struct pollfd){ fileno(t.peer.out), POLLIN, 0 }, 1, 0) == 0)
		transport_smtp.run(t.out, (struct duration){ 10000 });
	peer_line(&t.peer, line, sizeof(line)); /* the body is there, no reply to it */
	end_test(&t);
	ck_assert(!ended.over);
}
END_TEST

START_TEST(a_rehearsal_refuses_other_machines)
{
	struct mail_test t;
	struct result result;

	begin_test(&t, "plain", 1);
	t.request.url = "smtp://192.0.2.1:25";
	t.request.loopback_only = true;
	result = mail_to(&t, "ok@region.se");
	ck_assert_int_eq(result.verdict, VERDICT_REFUSED);
	ck_assert_str_eq(result.answer,
			 "rehearsal: 192.0.2.1 is not this machine, so nothing was sent");
	end_test(&t);
}
END_TEST

UNIT_TESTS("delivery/smtp", UNIT_ROWS(the_reply_and_its_place_decide, UNIT_COUNT(stories)),
	   UNIT_ROWS(before_the_recipient_it_is_the_servers_fault, UNIT_COUNT(servers)),
	   UNIT_ROWS(one_that_says_nothing_of_use_is_given_up, UNIT_COUNT(silences)),
	   UNIT(a_slow_server_is_waited_for), UNIT(the_patience_is_that_of_the_rfc),
	   UNIT_ROWS(what_is_given_up_has_begun_or_not, UNIT_COUNT(given_up)), UNIT(nobody_listens),
	   UNIT(the_same_bytes_again_after_an_unknown_outcome),
	   UNIT_ROWS(dots_arrive_as_they_are, UNIT_COUNT(dots)), UNIT(many_dots_arrive_as_they_are),
	   UNIT(a_connection_is_used_again), UNIT(no_more_connections_than_allowed),
	   UNIT(a_quit_without_answer_holds_up_nothing), UNIT(a_refused_greeting_holds_up_nothing),
	   UNIT(a_connection_that_died_idle_costs_nothing),
	   UNIT(a_server_that_speaks_out_of_turn_loses_the_connection),
	   UNIT(one_that_hangs_holds_up_no_other), UNIT(stopping_by_hand_lets_an_exchange_end),
	   UNIT(letting_go_calls_nobody), UNIT(a_rehearsal_refuses_other_machines))
