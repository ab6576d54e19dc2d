/* SPDX-License-Identifier: Apache-2.0 */
/* What the table mail may say of encryption and login. */
#include "tests/unit/plan_sample.h"

#define LABEL "a234567890123456789012345678901234567890123456789"
#define REST "client_id = \"c\"; client_secret_file = \"secret\"; scope = \"s\";"
#define RETURNED "server = \"smtp://127.0.0.1:25\"; return_path = \"paminn-studs@region.se\";"
#define INBOX "inbox = { url = \"imaps://post.region.se\"; user = \"studs\";"
#define OAUTH "token_url = \"https://login.region.se/token\"; " REST

static const struct {
	int line;
	mode_t mode; /* of the password's file */
	const char *mail;
	const char *findings;
} rows[] = {
	{ __LINE__, 0600, "server = \"smtp://post.region.se:587\"; tls = \"starttls\";", "" },
	{ __LINE__, 0600, "server = \"smtp://post.region.se:465\"; tls = \"tls\";", "" },
	{ __LINE__, 0600,
	  "server = \"smtp://post.region.se:465\"; tls = \"tls\"; ca_file = \"secret\";", "" },
	{ __LINE__, 0600,
	  "server = \"smtp://post.region.se:587\"; tls = \"starttls\"; user = \"paminn\";\n"
	  "password_file = \"secret\";",
	  "" },
	{ __LINE__, 0640,
	  "server = \"smtp://post.region.se:465\"; tls = \"tls\"; user = \"paminn\";\n"
	  "password_file = \"secret\";",
	  "" },
	/* Nobody listens on this machine's own wire. */
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"secret\";", "" },
	{ __LINE__, 0600,
	  "server = \"smtp://[::1]:25\"; user = \"paminn\"; password_file = \"secret\";", "" },
	{ __LINE__, 0600,
	  "server = \"smtp://localhost:25\"; user = \"paminn\"; password_file = \"secret\";", "" },
	{ __LINE__, 0600,
	  "server = \"smtp://post.region.se:25\"; user = \"paminn\"; password_file = \"secret\";",
	  "paminnd.conf:10: the password would leave this machine unencrypted: say tls = "
	  "\"starttls\" or tls = \"tls\"\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://10.0.0.1:25\"; tls = \"none\"; user = \"paminn\";\n"
	  "password_file = \"secret\";",
	  "paminnd.conf:10: the password would leave this machine unencrypted: say tls = "
	  "\"starttls\" or tls = \"tls\"\n" },
	{ __LINE__, 0600, "server = \"smtps://post.region.se:465\"; tls = \"tls\";",
	  "paminnd.conf:10: server \"smtps://post.region.se:465\" is not smtp://HOST:PORT: for TLS "
	  "from the first byte, say tls = \"tls\"\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; user = \"paminn\";",
	  "paminnd.conf:10: user needs a password_file, the file with the user's password, or "
	  "oauth, which says where tokens are given\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; password_file = \"secret\";",
	  "paminnd.conf:10: password_file needs a user: whom to log in as\n" },
	/* Tokens instead of a password. */
	{ __LINE__, 0600,
	  "server = \"smtp://smtp.region.se:587\"; tls = \"starttls\"; user = "
	  "\"paminn@region.se\"; "
	  "oauth = { " OAUTH " };",
	  "" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { token_url = "
	  "\"http://127.0.0.1:8080/token\"; " REST " };",
	  "" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { token_url = "
	  "\"http://localhost/token\"; ca_file = \"secret\"; " REST " };",
	  "" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { token_url = "
	  "\"http://login.region.se/token\"; " REST " };",
	  "paminnd.conf:10: token_url \"http://login.region.se/token\" is not https: whoever reads "
	  "the secret on its way can log in with it\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { token_url = "
	  "\"http://localhost.evil.se/token\"; " REST " };",
	  "paminnd.conf:10: token_url \"http://localhost.evil.se/token\" is not https: whoever "
	  "reads "
	  "the secret on its way can log in with it\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"u\"; password_file = \"secret\"; oauth = "
	  "{ " OAUTH " };",
	  "paminnd.conf:10: password_file and oauth are two ways to log in: keep the one that the "
	  "mail server takes\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; oauth = { " OAUTH " };",
	  "paminnd.conf:10: oauth needs a user: the mailbox to log in to\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = \"x\";",
	  "paminnd.conf:10: oauth must be a group: oauth = { … };\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { " REST " };",
	  "paminnd.conf:10: oauth has no token_url: where tokens are given, such as "
	  "\"https://login.microsoftonline.com/TENANT/oauth2/v2.0/token\"\n" },
	{ __LINE__, 0600, "user = \"paminn\"; password_file = \"secret\";",
	  "paminnd.conf:10: mail has no server: the mail server, such as "
	  "\"smtp://127.0.0.1:25\"\n" },
	/* An inbox may be who needs it. */
	{ __LINE__, 0600, RETURNED " oauth = { " OAUTH " }; inbox = \"x\";",
	  "paminnd.conf:10: inbox must be a group: inbox = { … };\n"
	  "paminnd.conf:10: oauth needs a user: the mailbox to log in to\n" },
	{ __LINE__, 0600, RETURNED " oauth = { " OAUTH " };" INBOX " };", "" },
	{ __LINE__, 0600,
	  RETURNED " oauth = { " OAUTH " };" INBOX " password_file = \"secret\"; };",
	  "paminnd.conf:10: oauth needs a user: the mailbox to log in to\n" },
	{ __LINE__, 0600,
	  RETURNED " user = \"u\"; password_file = \"secret\"; oauth = { " OAUTH " };" INBOX " };",
	  "" },
	{ __LINE__, 0600,
	  RETURNED " user = \"u\"; password_file = \"secret\"; oauth = { " OAUTH " };" INBOX
		   " password_file = \"secret\"; };",
	  "paminnd.conf:10: password_file and oauth are two ways to log in: keep the one that the "
	  "mail server takes\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://smtp.region.se:25\"; user = \"u\"; oauth = { " OAUTH " };",
	  "paminnd.conf:10: the token would leave this machine unencrypted: say tls = "
	  "\"starttls\" or tls = \"tls\"\n" },
	{ __LINE__, 0604, "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { " OAUTH " };",
	  "paminnd.conf:10: client_secret_file \"secret\" is open to others than the daemon: chmod "
	  "600 it, and if they may have read it, change what it holds\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"u\"; oauth = { token_url = "
	  "\"https://login.region.se/token\"; client_secret_file = \"absent\"; };",
	  "paminnd.conf:10: oauth has no client_id: what the token server calls this program\n"
	  "paminnd.conf:10: client_secret_file \"absent\" can't be read: No such file or "
	  "directory\n"
	  "paminnd.conf:10: oauth has no scope: what the tokens are for, such as "
	  "\"https://outlook.office365.com/.default\"\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; ca_file = \"secret\";",
	  "paminnd.conf:10: warning: ca_file has no effect: tls is \"none\"\n" },
	{ __LINE__, 0604,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"secret\";",
	  "paminnd.conf:10: password_file \"secret\" is open to others than the daemon: chmod 600 "
	  "it, and if they may have read it, change what it holds\n" },
	{ __LINE__, 0660,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"secret\";",
	  "paminnd.conf:10: password_file \"secret\" is open to others than the daemon: chmod 600 "
	  "it, and if they may have read it, change what it holds\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"plan.d\";",
	  "paminnd.conf:10: password_file \"plan.d\" is not a file\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"absent\";",
	  "paminnd.conf:10: password_file \"absent\" can't be read: No such file or directory\n" },
/* Where mail comes back to. */
#define RETURNS(path_) "server = \"smtp://127.0.0.1:25\"; return_path = \"" path_ "\";"
	{ __LINE__, 0600, RETURNS("paminn-studs@region.se"), "" },
	{ __LINE__, 0600, RETURNS("paminn-studs@g\xc3\xb6teborg.se"), "" },
	{ __LINE__, 0600, RETURNS("a23456789012345678901234@region.se"), "" },
	{ __LINE__, 0600, RETURNS("a234567890123456789012345@region.se"),
	  "paminnd.conf:10: return_path has 25 characters before the @, and may have 24: \"+\" and "
	  "a "
	  "token of up to 39 are put behind them, and servers take 64\n" },
	{ __LINE__, 0600, RETURNS("studs@" LABEL "." LABEL "." LABEL "." LABEL "aaaaaa.se"), "" },
	{ __LINE__, 0600, RETURNS("studs@" LABEL "." LABEL "." LABEL "." LABEL "aaaaaaa.se"),
	  "paminnd.conf:10: return_path has 215 characters, and may have 214: \"+\" and a token of "
	  "up to 39 are put before the @, and servers take 254\n" },
#define ONE_MAILBOX                                                                            \
	"paminnd.conf:10: return_path and reply_to are one mailbox: replies that came to the " \
	"first are passed on to the second, and would come back\n"
	{ __LINE__, 0600, RETURNS("stod@region.se"), ONE_MAILBOX },
	{ __LINE__, 0600, RETURNS("Stod@Region.SE"), ONE_MAILBOX },
	{ __LINE__, 0600, RETURNS("sto@region.se"), "" },
	{ __LINE__, 0600, RETURNS("stod@kommun.se"), "" },
	{ __LINE__, 0600, RETURNS("svar@region.se"), "" },
	{ __LINE__, 0600, RETURNS("paminn@region.se"), "" },
	{ __LINE__, 0600, RETURNS("Studs <studs@region.se>"),
	  "paminnd.conf:10: return_path \"Studs <studs@region.se>\" is a name with an address: "
	  "write the address alone, \"studs@region.se\"\n" },
	{ __LINE__, 0600, RETURNS("studs@region.example"),
	  "paminnd.conf:10: return_path \"studs@region.example\" is under a reserved domain, which "
	  "nothing reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse "
	  "DAY\n" },
};

static const char sample_mail[] =
	"mail = { server = \"smtp://127.0.0.1:25\"; from = \"Påminn <paminn@region.se>\";\n"
	"	reply_to = \"stod@region.se\"; tls = \"none\"; connections = 4; };\n"
	"channels";

/* A mailbox and one behind a "+" of it; on the wire its domain is in ASCII. */
START_TEST(where_mail_comes_back_to)
{
	static const char *const reply_to[] = { "stod@region.se", "studs+svar@g\xc3\xb6teborg.se" };

	for (size_t i = 0; i < UNIT_COUNT(reply_to); i++) {
		struct plan *plan = NULL;
		struct findings findings = { 0 };
		char mail[600], *text;

		sample_folder();
		snprintf(mail, sizeof(mail),
			 "mail = { from = \"paminn@region.se\"; reply_to = \"%s\"; " RETURNS(
				 "studs@g\xc3\xb6teborg.se") " };\nchannels",
			 reply_to[i]);
		sample_files(MAIN, sample_mail, mail);
		plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
		text = sample_findings(&findings);
		ck_assert_str_eq(text, i == 0 ? "" : ONE_MAILBOX);
		if (i == 0)
			ck_assert_str_eq(plan->settings.mail.return_path,
					 "studs@xn--gteborg-90a.se");
		free(text);
		findings_done(&findings);
		plan_unref(plan);
		sample_done();
	}
}
END_TEST

START_TEST(encryption_and_login)
{
	struct plan *plan = NULL;
	struct findings findings = { 0 };
	char mail[600], *text;

	sample_folder();
	snprintf(mail, sizeof(mail),
		 "mail = { from = \"paminn@region.se\"; reply_to = \"stod@region.se\"; %s };\n"
		 "channels",
		 rows[_i].mail);
	sample_files(MAIN, sample_mail, mail);
	ck_assert_int_eq(chmod("secret", rows[_i].mode), 0);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	ck_assert_msg((plan != NULL) == (findings.faults == 0), "line %d", rows[_i].line);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

static const struct {
	int line;
	const char *content;  /* of the file that is both the password's and the hook's secret */
	const char *password; /* what is wrong with either, or NULL */
	const char *secret;
} contents[] = {
	{ __LINE__, "sesam\n", NULL, NULL },
	{ __LINE__, "", "it is empty or blank", "it is empty or blank" },
	{ __LINE__, "  \n", "it is empty or blank", "it is empty or blank" },
	{ __LINE__, "\n", "it is empty or blank", "it is empty or blank" },
	{ __LINE__, "\xef\xbb\xbf\n", "it is empty or blank", "it is empty or blank" },
	{ __LINE__, "\xff\xfes", "it is UTF-16: save it as UTF-8",
	  "it is UTF-16: save it as UTF-8" },
	{ __LINE__, "whsec_!!", NULL, "what follows whsec_ is not base64" },
	{ __LINE__, "whsec_", NULL, "what follows whsec_ is not base64" },
	{ __LINE__, "\xef\xbb\xbfwhsec_c2VzYW0=\r\n", NULL, NULL },
};

/* What could not be used when the first message leaves is a fault of the files. */
START_TEST(secrets_are_read_by_a_check)
{
	struct plan *plan = NULL;
	struct findings findings = { 0 };
	char *text, expected[300] = "";
	size_t n = 0;

	sample_folder();
	sample_files(MAIN, "tls = \"none\";",
		     "tls = \"none\"; user = \"paminn\"; password_file = \"secret\";");
	sample_write("secret", contents[_i].content, NULL, NULL);
	ck_assert_int_eq(chmod("secret", 0600), 0);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	if (contents[_i].password)
		n = (size_t)snprintf(
			expected, sizeof(expected),
			"paminnd.conf:11: password_file \"secret\" can't be used: %s\n",
			contents[_i].password);
	if (contents[_i].secret)
		snprintf(expected + n, sizeof(expected) - n,
			 "paminnd.conf:13: secret_file \"secret\" can't be used: %s\n",
			 contents[_i].secret);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, expected) == 0, "line %d:\n%s", contents[_i].line, text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/mail", UNIT_ROWS(encryption_and_login, UNIT_COUNT(rows)),
	   UNIT(where_mail_comes_back_to),
	   UNIT_ROWS(secrets_are_read_by_a_check, UNIT_COUNT(contents)))
