/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail over STARTTLS and TLS with login, against a real server under an authority made by the test.
 *
 * Row 12: no fall back to plain. Seen to fail with CURLUSESSL_TRY.
 */
#include <sodium.h>

#include "tests/unit/exchange.h"
#include "tests/unit/unit.h"

#define PEER "peer_tls"

struct tls_test {
	struct peer peer;
	sd_event *event;
	void *out;
	char url[64], ca_file[256], password_file[64];
	struct send_request request;
	char rest[8192];
};

static const char letter[] = "Message-ID: <17.1@paminn>\r\nSubject: Hej\r\n\r\nHej.\r\n";

static void write_password(struct tls_test *t, const char *password)
{
	FILE *f = fopen(t->password_file, "w");

	ck_assert_ptr_nonnull(f);
	fputs(password, f);
	fclose(f);
}

/* The first word of the mode is the way: that which is asked for, unless the test changes it. */
static void begin_test(struct tls_test *t, const char *mode, int connections)
{
	struct limits limits = limits_of(connections, PATIENT);
	int fd;

	memset(t, 0, sizeof(*t));
	strcpy(t->password_file, "/tmp/paminn-unit-password-XXXXXX");
	fd = mkstemp(t->password_file);
	ck_assert_int_ge(fd, 0);
	close(fd);
	write_password(t, "sesam\n");
	peer_start(&t->peer, PEER, mode);
	peer_line(&t->peer, t->ca_file, sizeof(t->ca_file));
	snprintf(t->url, sizeof(t->url), "smtp://localhost:%d", t->peer.port);
	ck_assert_int_ge(sd_event_new(&t->event), 0);
	ck_assert_int_eq(transport_smtp.new(&t->out, t->event, &limits), 0);
	t->request = (struct send_request){
		.channel = "mail",
		.url = t->url,
		.from = "paminn@region.se",
		.to = "ok@region.se",
		.bytes = letter,
		.length = strlen(letter),
		.private_allowed = true,
		.ca_file = t->ca_file,
		.tls = strncmp(mode, "none", 4) == 0  ? MAIL_PLAIN
		       : strncmp(mode, "tls", 3) == 0 ? MAIL_TLS
						      : MAIL_STARTTLS,
	};
}

static void log_in(struct tls_test *t)
{
	t->request.user = "paminn";
	t->request.password_file = t->password_file;
}

static void end_test(struct tls_test *t)
{
	transport_smtp.free(t->out);
	sd_event_unref(t->event);
	peer_stop(&t->peer, t->rest, sizeof(t->rest));
	unlink(t->password_file);
}

static struct result send_one(struct tls_test *t)
{
	return exchange(t->event, &transport_smtp, t->out, &t->request);
}

/* ---- accepted ------------------------------------------------------------------------------------ */

static const struct {
	const char *mode;
	bool login;
	const char *heard;
} good[] = {
	{ "starttls", false, "mail encrypted - ok@region.se " },
	{ "tls", false, "mail encrypted - ok@region.se " },
	{ "starttls-login", true, "mail encrypted paminn ok@region.se " },
	{ "tls-login", true, "mail encrypted paminn ok@region.se " },
	{ "none-login", true, "mail clear paminn ok@region.se " }, /* on loopback only */
};

START_TEST(encrypted_and_logged_in)
{
	struct tls_test t;
	struct result result;

	begin_test(&t, good[_i].mode, 1);
	if (good[_i].login)
		log_in(&t);
	result = send_one(&t);
	ck_assert_msg((int)result.verdict == VERDICT_ACCEPTED, "%s: \"%s\"", good[_i].mode,
		      result.answer);
	ck_assert_int_eq((int)send_one(&t).verdict, VERDICT_ACCEPTED); /* the connection again */
	end_test(&t);
	ck_assert_msg(strstr(t.rest, good[_i].heard), "%s: heard %s", good[_i].mode, t.rest);
}
END_TEST

START_TEST(many_and_large_over_tls)
{
	const size_t length = 300000;
	struct tls_test t;
	struct ended ended[12];
	char *bytes = malloc(length), line[256], hex[crypto_hash_sha256_BYTES * 2 + 1];
	unsigned char hash[crypto_hash_sha256_BYTES];

	for (size_t i = 0; i < length; i++)
		bytes[i] = i % 60 == 58 ? '\r' : i % 60 == 59 ? '\n' : '.';
	memcpy(bytes + length - 2, "\r\n", 2);
	crypto_hash_sha256(hash, (const unsigned char *)bytes, length);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	begin_test(&t, "starttls-login", 3);
	log_in(&t);
	t.request.bytes = bytes;
	t.request.length = length;
	for (int i = 0; i < 12; i++)
		begin(&transport_smtp, t.out, &t.request, &ended[i]);
	run_until(t.event, ended, 12);
	for (int i = 0; i < 12; i++) {
		ck_assert_msg((int)ended[i].result.verdict == VERDICT_ACCEPTED, "\"%s\"",
			      ended[i].result.answer);
		ck_assert_ptr_nonnull(strstr(peer_line(&t.peer, line, sizeof(line)), hex));
	}
	end_test(&t);
	free(bytes);
}
END_TEST

START_TEST(a_connection_that_died_idle_is_made_anew_encrypted)
{
	struct tls_test t;
	char line[256];

	begin_test(&t, "starttls-login-close", 1);
	log_in(&t);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq((int)send_one(&t).verdict, VERDICT_ACCEPTED);
		peer_line(&t.peer, line, sizeof(line));
		ck_assert_ptr_nonnull(strstr(line, "mail encrypted paminn"));
		usleep(50000);
	}
	end_test(&t);
}
END_TEST

/* ---- refused by us: not a word of the letter leaves ------------------------------------------------ */

static const struct {
	int line;
	const char *mode;
	const char *fault; /* a part of it */
} bad[] = {
	{ __LINE__, "starttls-other", "unable to get local issuer certificate" },
	{ __LINE__, "tls-other", "unable to get local issuer certificate" },
	{ __LINE__, "starttls-name", "'localhost'" },
	{ __LINE__, "tls-name", "'localhost'" },
	{ __LINE__, "starttls-expired", "certificate has expired" },
	{ __LINE__, "tls-expired", "certificate has expired" },
	{ __LINE__, "plain", "offers no STARTTLS, and nothing is sent unencrypted" },
	{ __LINE__, "starttls-busy", "\"454 4.7.0 TLS is not to be had\"" },
	{ __LINE__, "starttls-inject", "" },
	{ __LINE__, "tlsless", "" },
	{ __LINE__, "starttls-nologin", "offers no login" },
	{ __LINE__, "starttls-noauth", "offers no login" },
	{ __LINE__, "tls-noauth", "offers no login" },
	{ __LINE__, "tls-nologin", "offers no login" },
	{ __LINE__, "none-nologin", "offers no login" },
};

START_TEST(no_falling_back)
{
	struct tls_test t;
	struct result result;

	begin_test(&t, bad[_i].mode, 1);
	log_in(&t);
	for (int i = 0; i < 2; i++) {
		result = send_one(&t);
		ck_assert_msg((int)result.verdict == VERDICT_LATER && result.server,
			      "line %d: verdict %d, \"%s\"", bad[_i].line, (int)result.verdict,
			      result.answer);
		ck_assert_msg(strstr(result.fault, bad[_i].fault), "line %d: \"%s\"", bad[_i].line,
			      result.fault);
	}
	end_test(&t);
	ck_assert_msg(t.rest[0] == '\0', "line %d: heard %s", bad[_i].line, t.rest);
}
END_TEST

/* The authority that is named is trusted instead of the system's, not besides; and none is not all. */
START_TEST(without_the_authority_nobody_is_trusted)
{
	struct tls_test t;
	struct result result;

	begin_test(&t, "starttls", 1);
	t.request.ca_file = NULL;
	result = send_one(&t);
	ck_assert(result.server && (int)result.verdict == VERDICT_LATER);
	ck_assert_ptr_nonnull(strstr(result.fault, "certificate"));
	t.request.ca_file = "/nonexistent/ca.pem";
	result = send_one(&t);
	ck_assert(result.server && (int)result.verdict == VERDICT_LATER);
	ck_assert_ptr_nonnull(strstr(result.fault, "/nonexistent/ca.pem"));
	end_test(&t);
	ck_assert_str_eq(t.rest, "");
}
END_TEST

/* ---- the login --------------------------------------------------------------------------------------- */

static const struct {
	const char *mode, *password, *fault;
} logins[] = {
	{ "starttls-login", "wrong", "the login was \"535 5.7.8 no such login for (address)\"" },
	{ "tls-login", "wrong", "the login was \"535 5.7.8 no such login for (address)\"" },
	{ "tls-login", "", "can't be used: it is empty" },
	{ "tls-login", NULL, "can't be used: No such file or directory" },
};

START_TEST(a_wrong_password_is_tried_again)
{
	struct tls_test t;
	struct result result;

	begin_test(&t, logins[_i].mode, 1);
	log_in(&t);
	if (logins[_i].password)
		write_password(&t, logins[_i].password);
	else
		unlink(t.password_file);
	result = send_one(&t);
	ck_assert_int_eq((int)result.verdict, VERDICT_LATER);
	ck_assert(result.server);
	ck_assert_msg(strstr(result.fault, logins[_i].fault), "\"%s\"", result.fault);
	ck_assert_ptr_null(strstr(result.fault, "wrong"));
	write_password(&t, "sesam"); /* corrected: without a reload */
	result = send_one(&t);
	ck_assert_msg((int)result.verdict == VERDICT_ACCEPTED, "\"%s\"", result.answer);
	end_test(&t);
	ck_assert_ptr_nonnull(strstr(t.rest, "mail encrypted paminn ok@region.se"));
	ck_assert_ptr_null(strstr(strchr(t.rest, '\n') + 1, "mail"));
}
END_TEST

START_TEST(a_login_that_is_asked_for_and_not_given)
{
	struct tls_test t;
	struct result result;

	begin_test(&t, "tls-login", 1);
	result = send_one(&t);
	ck_assert(result.server && (int)result.verdict == VERDICT_LATER);
	ck_assert_ptr_nonnull(strstr(result.fault, "MAIL was \"530 "));
	end_test(&t);
	ck_assert_str_eq(t.rest, "");
}
END_TEST

UNIT_TESTS("delivery/smtp_tls", UNIT_ROWS(encrypted_and_logged_in, UNIT_COUNT(good)),
	   UNIT(many_and_large_over_tls), UNIT(a_connection_that_died_idle_is_made_anew_encrypted),
	   UNIT_ROWS(no_falling_back, UNIT_COUNT(bad)),
	   UNIT(without_the_authority_nobody_is_trusted),
	   UNIT_ROWS(a_wrong_password_is_tried_again, UNIT_COUNT(logins)),
	   UNIT(a_login_that_is_asked_for_and_not_given))
