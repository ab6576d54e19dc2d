/* SPDX-License-Identifier: Apache-2.0 */
/* A server that does not let us in, in words that have been seen: the way out, if its reply shows one. */
#include "delivery/smtp_verdict.h"
#include "tests/unit/unit.h"

enum login { NONE, PASSWORD, TOKEN };

static const struct {
	int line;
	enum smtp_phase phase;
	enum login login;
	const char *reply, *advice; /* a part of it; NULL: none */
} rows[] = {
	{ __LINE__, LOGIN, PASSWORD,
	  "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. "
	  "[GV3P280CA0099.SWEP280.PROD.OUTLOOK.COM]",
	  "give oauth instead of password_file, or send through a relay" },
	{ __LINE__, LOGIN, PASSWORD,
	  "550 5.7.30 Basic authentication is not supported for Client Submission.",
	  "give oauth instead of password_file" },
	{ __LINE__, DATA, PASSWORD,
	  "550 5.7.30 Basic authentication is not supported for Client Submission.",
	  "give oauth instead of password_file" },
	{ __LINE__, LOGIN, PASSWORD,
	  "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
	  "Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
	  "authenticated SMTP turned on" },
	{ __LINE__, LOGIN, TOKEN,
	  "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
	  "Tenant.",
	  "authenticated SMTP turned on" },
	/* The same code for a password that is wrong: that is all there is to say. */
	{ __LINE__, LOGIN, PASSWORD,
	  "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", NULL },
	{ __LINE__, LOGIN, PASSWORD, "535 5.7.8 Authentication credentials invalid", NULL },
	{ __LINE__, LOGIN, TOKEN, "535 5.7.3 Authentication unsuccessful [DU2PR04CA0123]",
	  "check user and scope" },
	{ __LINE__, LOGIN, TOKEN, "454 4.7.0 Temporary authentication failure", NULL },
	{ __LINE__, LOGIN, PASSWORD, "454 4.7.0 basic authentication is tired", NULL },
	{ __LINE__, MAIL, NONE, "530 5.7.57 Client not authenticated to send mail.",
	  "give user and oauth, or send through a relay" },
	{ __LINE__, RCPT, NONE,
	  "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail",
	  "or a connector" },
	{ __LINE__, MAIL, NONE, "530 5.7.0 Authentication Required", NULL },
	{ __LINE__, RCPT, TOKEN, "550 5.1.1 unknown", NULL },
	{ __LINE__, RCPT, NONE, "550 5.1.1 unknown", NULL },
};

START_TEST(a_refusal_of_us_says_what_to_do)
{
	const struct oauth_settings oauth = { "" };
	const struct send_request request = {
		.user = rows[_i].login == NONE ? NULL : "paminn",
		.password_file = rows[_i].login == PASSWORD ? "password" : NULL,
		.oauth = rows[_i].login == TOKEN ? &oauth : NULL,
	};
	struct reply reply = { .code = atoi(rows[_i].reply) };
	const char *way;

	snprintf(reply.text, sizeof(reply.text), "%s", rows[_i].reply);
	way = smtp_way_out(rows[_i].phase, &reply, &request);
	if (rows[_i].advice)
		ck_assert_msg(way && strstr(way, rows[_i].advice), "line %d: %s", rows[_i].line,
			      way);
	else
		ck_assert_msg(!way, "line %d: %s", rows[_i].line, way);
}
END_TEST

UNIT_TESTS("delivery/smtp_verdict", UNIT_ROWS(a_refusal_of_us_says_what_to_do, UNIT_COUNT(rows)))
