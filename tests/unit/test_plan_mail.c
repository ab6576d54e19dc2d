/* SPDX-License-Identifier: Apache-2.0 */
/* What the table mail may say of encryption and login. */
#include "tests/unit/plan_sample.h"

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
	  "paminnd.conf:10: user needs a password_file: the file with the user's password\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; password_file = \"secret\";",
	  "paminnd.conf:10: password_file needs a user: whom to log in as\n" },
	{ __LINE__, 0600, "server = \"smtp://127.0.0.1:25\"; ca_file = \"secret\";",
	  "paminnd.conf:10: warning: ca_file has no effect: tls is \"none\"\n" },
	{ __LINE__, 0604,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"secret\";",
	  "paminnd.conf:10: password_file \"secret\" is open to others than the daemon: chmod 600 "
	  "it, and if they may have read it, change the password\n" },
	{ __LINE__, 0660,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"secret\";",
	  "paminnd.conf:10: password_file \"secret\" is open to others than the daemon: chmod 600 "
	  "it, and if they may have read it, change the password\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"plan.d\";",
	  "paminnd.conf:10: password_file \"plan.d\" is not a file\n" },
	{ __LINE__, 0600,
	  "server = \"smtp://127.0.0.1:25\"; user = \"paminn\"; password_file = \"absent\";",
	  "paminnd.conf:10: password_file \"absent\" can't be read: No such file or directory\n" },
};

static const char sample_mail[] =
	"mail = { server = \"smtp://127.0.0.1:25\"; from = \"Påminn <paminn@region.se>\";\n"
	"	reply_to = \"stod@region.se\"; tls = \"none\"; connections = 4; };\n"
	"channels";

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
	   UNIT_ROWS(secrets_are_read_by_a_check, UNIT_COUNT(contents)))
