/* SPDX-License-Identifier: Apache-2.0 */
/* What the table mail.inbox may say: where the mailbox is, and who reads a password on its way there. */
#include "tests/unit/plan_sample.h"

#define URL "url = \"imaps://post.region.se/INBOX\"; "
#define LOGIN "user = \"paminn\"; password_file = \"secret\"; "
#define AT "paminnd.conf:11: "
#define NO_MAILBOX                                                                             \
	"names a mailbox with other than printable ASCII, or with a quote or a backslash, or " \
	"longer than 100 bytes\n"
#define TEN "aaaaaaaaaa"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
	int line;
	const char *inbox, *findings;
} rows[] = {
	{ __LINE__, URL LOGIN, "" },
	{ __LINE__, "url = \"imap://post.region.se\"; " LOGIN "tls = \"starttls\"; poll = 1;", "" },
	{ __LINE__, "url = \"imap://127.0.0.1:1143/\"; " LOGIN "tls = \"none\"; poll = 3600;", "" },
	{ __LINE__, "url = \"imaps://[2001:db8::1]:9993/a/b%20c\"; " LOGIN "tls = \"tls\";", "" },
	{ __LINE__, URL LOGIN "ca_file = \"secret\";", "" },
	/* What is missing. */
	{ __LINE__, "",
	  AT "inbox has no url: the server and the mailbox, such as "
	     "\"imaps://mail.region.se/INBOX\"\n" AT "inbox has no user: whom to log in as\n" },
	{ __LINE__, URL "user = \"paminn\";",
	  AT "user needs a password_file, the file with the user's password, or mail an oauth, "
	     "which says where tokens are given\n" },
	{ __LINE__, URL LOGIN "port = 1;",
	  AT "unknown key \"port\" in inbox: the keys are url, user, password_file, tls, ca_file, "
	     "poll\n" },
	/* Where. */
	{ __LINE__, "url = \"post.region.se\"; " LOGIN,
	  AT "url \"post.region.se\" is not imaps://HOST/MAILBOX or imap://HOST/MAILBOX\n" },
	{ __LINE__, "url = \"https://post.region.se\"; " LOGIN,
	  AT
	  "url \"https://post.region.se\" is not imaps://HOST/MAILBOX or imap://HOST/MAILBOX\n" },
	{ __LINE__, "url = \"imaps:///INBOX\"; " LOGIN,
	  AT "url \"imaps:///INBOX\" does not name a host, or has a port other than 1 to 65535\n" },
	{ __LINE__, "url = \"imaps://a@post.region.se/\"; " LOGIN,
	  AT "url \"imaps://a@post.region.se/\" does not name a host, or has a port other than 1 "
	     "to 65535\n" },
	{ __LINE__, "url = \"imaps://post.region.se:0/\"; " LOGIN,
	  AT "url \"imaps://post.region.se:0/\" does not name a host, or has a port other than 1 "
	     "to 65535\n" },
	{ __LINE__, "url = \"imaps://post.region.se/a%0d%0ab\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a%0d%0ab\" names a mailbox with other than printable "
	     "ASCII, or with a quote or a backslash, or longer than 100 bytes\n" },
	{ __LINE__, "url = \"imaps://post.region.se/a%22b\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a%22b\" names a mailbox with other than printable "
	     "ASCII, or with a quote or a backslash, or longer than 100 bytes\n" },
	{ __LINE__, "url = \"imaps://post.region.se/a%2\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a%2\" names a mailbox with other than printable "
	     "ASCII, or with a quote or a backslash, or longer than 100 bytes\n" },
	{ __LINE__, "url = \"imaps://post.region.se/a%\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a%\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://post.region.se/a%-1\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a%-1\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://post.region.se/a%+1\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a%+1\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://post.region.se/å\"; " LOGIN,
	  AT "url \"imaps://post.region.se/å\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://post.region.se/a\\\\b\"; " LOGIN,
	  AT "url \"imaps://post.region.se/a\\b\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://post.region.se/" HUNDRED "\"; " LOGIN, "" },
	{ __LINE__, "url = \"imaps://post.region.se/" HUNDRED "a\"; " LOGIN,
	  AT "url \"imaps://post.region.se/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://post.region.se/" HUNDRED HUNDRED HUNDRED "a\"; " LOGIN,
	  AT "url \"imaps://post.region.se/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" " NO_MAILBOX },
	{ __LINE__, "url = \"imaps://" HUNDRED HUNDRED HUNDRED "\"; " LOGIN,
	  AT "url \"imaps://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" does not name "
	     "a host, or has a port other than 1 to 65535\n" },
	/* Who reads it on its way. */
	{ __LINE__, "url = \"imap://post.region.se\"; " LOGIN "tls = \"none\";",
	  AT "what logs in would leave this machine unencrypted: say tls = \"starttls\", or "
	     "imaps:// in the url\n" },
	{ __LINE__, URL LOGIN "tls = \"none\";",
	  AT "tls does not fit the url: imaps:// is encrypted from the first byte, imap:// by "
	     "STARTTLS or not at all\n" },
	{ __LINE__, URL LOGIN "tls = \"starttls\";",
	  AT "tls does not fit the url: imaps:// is encrypted from the first byte, imap:// by "
	     "STARTTLS or not at all\n" },
	{ __LINE__, "url = \"imap://post.region.se\"; " LOGIN "tls = \"tls\";",
	  AT "tls does not fit the url: imaps:// is encrypted from the first byte, imap:// by "
	     "STARTTLS or not at all\n" },
	/* What comes back goes there, or to from. */
	{ __LINE__, URL "user = \"Paminn@region.se\"; password_file = \"secret\";", "" },
	{ __LINE__, URL "user = \"pamimm\"; password_file = \"secret\";",
	  AT
	  "warning: without return_path what comes back goes to from, \"paminn@region.se\": it is "
	  "heard only if this inbox is that mailbox, and replies, which go to reply_to, are "
	  "not\n" },
	{ __LINE__, URL "user = \"paminn-studs\"; password_file = \"secret\";",
	  AT
	  "warning: without return_path what comes back goes to from, \"paminn@region.se\": it is "
	  "heard only if this inbox is that mailbox, and replies, which go to reply_to, are "
	  "not\n" },
	/* When. */
	{ __LINE__, URL LOGIN "poll = 0;", AT "poll must be 1 to 3600\n" },
	{ __LINE__, URL LOGIN "poll = 3601;", AT "poll must be 1 to 3600\n" },
};

static char main_text[6000];

/* What stands beside inbox in mail: of the text that sample_files writes. */
static const char *beside = "";

static struct plan *read_with(const char *inbox, char **ret_text)
{
	const char *rest = strstr(sample_main, "\treply_to");
	struct findings findings = { 0 };
	struct plan *plan = NULL;

	sample_folder();
	sample_files(NULL, NULL, NULL);
	sample_write("secret", "hemligt\n", NULL, NULL);
	snprintf(main_text, sizeof(main_text), "%.*s\t%s inbox = { %s }; %s",
		 (int)(rest - sample_main), sample_main, beside, inbox, rest + 1);
	sample_write(MAIN, main_text, "secret_file = \"secret\"; format = \"cloudevents\"",
		     "format = \"teams\"");
	ck_assert_int_eq(chmod("secret", 0600), 0);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	*ret_text = sample_findings(&findings);
	ck_assert((plan != NULL) == (findings.faults == 0));
	findings_done(&findings);
	return plan;
}

START_TEST(every_fault_is_a_sentence)
{
	char *text;
	struct plan *plan = read_with(rows[_i].inbox, &text);

	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	free(text);
	plan_unref(plan);
	sample_done();
}
END_TEST

static const struct {
	int line;
	const char *inbox, *server, *mailbox;
	enum mail_tls tls;
	int poll;
} urls[] = {
	{ __LINE__, URL LOGIN, "imaps://post.region.se:993", "INBOX", MAIL_TLS, 60 },
	{ __LINE__, "url = \"imap://post.region.se/\"; " LOGIN, "imap://post.region.se:143",
	  "INBOX", MAIL_STARTTLS, 60 },
	{ __LINE__, "url = \"imap://127.0.0.1:1143\"; tls = \"none\"; poll = 5; " LOGIN,
	  "imap://127.0.0.1:1143", "INBOX", MAIL_PLAIN, 5 },
	{ __LINE__, "url = \"imaps://[::1]/Studs%2Fp%61minn\"; " LOGIN, "imaps://[::1]:993",
	  "Studs/paminn", MAIL_TLS, 60 },
	{ __LINE__, "url = \"imaps://[::1]:99/a/b c\"; " LOGIN, "imaps://[::1]:99", "a/b c",
	  MAIL_TLS, 60 },
};

START_TEST(the_url_says_where)
{
	char *text;
	struct plan *plan = read_with(urls[_i].inbox, &text);
	const struct inbox_settings *inbox;

	ck_assert_msg(plan != NULL, "line %d: %s", urls[_i].line, text);
	inbox = &plan->settings.mail.inbox;
	ck_assert_str_eq(inbox->server, urls[_i].server);
	ck_assert_str_eq(inbox->mailbox, urls[_i].mailbox);
	ck_assert_int_eq(inbox->tls, urls[_i].tls);
	ck_assert_int_eq(inbox->poll, urls[_i].poll);
	ck_assert_str_eq(inbox->user, "paminn");
	free(text);
	plan_unref(plan);
	sample_done();
}
END_TEST

#define OAUTH                                                                          \
	"oauth = { token_url = \"https://login.region.se/token\"; client_id = \"c\"; " \
	"client_secret_file = \"secret\"; scope = \"s\"; };"

static const struct {
	const char *beside, *inbox;
	bool of_mail, of_inbox;
} logins[] = {
	{ OAUTH, URL "user = \"paminn\";", true, true },
	{ "user = \"u\"; " OAUTH, URL LOGIN, true, false },
	{ "user = \"u\"; password_file = \"secret\"; " OAUTH, URL "user = \"paminn\";", false,
	  true },
};

START_TEST(a_mailbox_without_a_password_is_logged_in_to_with_tokens)
{
	const struct mail_settings *mail;
	struct plan *plan;
	char *text;

	beside = logins[_i].beside;
	plan = read_with(logins[_i].inbox, &text);
	beside = "";
	ck_assert_msg(plan != NULL, "%s", text);
	mail = &plan->settings.mail;
	ck_assert_int_eq(mail->oauth != NULL, logins[_i].of_mail);
	ck_assert_int_eq(mail->inbox.oauth != NULL, logins[_i].of_inbox);
	free(text);
	plan_unref(plan);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/plan_inbox", UNIT_ROWS(every_fault_is_a_sentence, UNIT_COUNT(rows)),
	   UNIT_ROWS(a_mailbox_without_a_password_is_logged_in_to_with_tokens, UNIT_COUNT(logins)),
	   UNIT_ROWS(the_url_says_where, UNIT_COUNT(urls)))
