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
	plan_load(&plan, MAIN, false, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	ck_assert_msg((plan != NULL) == (findings.faults == 0), "line %d", rows[_i].line);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/mail", UNIT_ROWS(encryption_and_login, UNIT_COUNT(rows)))
