/* SPDX-License-Identifier: Apache-2.0 */
/* What the table web may say: where pages are, who may read a link on its way, what signs it. */
#include "tests/unit/plan_sample.h"

#define LISTEN "listen = \"127.0.0.1:7780\"; "
#define URL "public_url = \"https://paminn.region.se\"; "
#define SECRET "secret_file = \"secret\"; "
/* In Z85, with what would be a hole elsewhere. */
#define KEY "<fyll.i>90123456789012345678901234567890"
#define FIFTY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PROXY "proxies = [ \"127.0.0.1\" ]; "
#define NO_ADDRESS \
	" is not an address with a port of 1 to 65535, such as 127.0.0.1:7780 or [::1]:7780\n"
#define OPEN                                                                                    \
	" is open to other machines, without TLS: listen at 127.0.0.1 or [::1] with a reverse " \
	"proxy before it, or name in proxies the one that comes from elsewhere\n"
#define NO_PROXY(n)                                                                             \
	"paminnd.conf:12: warning: web names no proxies: everybody counts as one address, the " \
	"proxy's, and shares its " n " connections\n"
#define AT "paminnd.conf:12: "

static const char seal[] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n";

static const struct {
	int line;
	mode_t mode; /* of the secret's file */
	const char *seal, *web, *findings;
} rows[] = {
	{ __LINE__, 0600, seal, LISTEN URL SECRET PROXY, "" },
	{ __LINE__, 0640, seal, LISTEN URL SECRET PROXY, "" },
	{ __LINE__, 0600, seal, "listen = \"[::1]:1\"; " URL SECRET "proxies = [ \"::1\" ];", "" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"https://region.se/paminn/\"; " SECRET PROXY,
	  "" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"http://127.0.0.1:7780\"; " SECRET, "" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"http://localhost:7780/\"; " SECRET, "" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"http://[::1]:7780\"; " SECRET, "" },
	{ __LINE__, 0600, seal, LISTEN URL SECRET PROXY "connections = 8;", "" },
	{ __LINE__, 0600, "01234567890123456789012345678901", LISTEN URL SECRET PROXY, "" },
	/* What is missing. */
	{ __LINE__, 0600, seal, "",
	  AT
	  "web has no listen: the address and port of the pages, such as \"127.0.0.1:7780\"\n" AT
	  "web has no public_url: what links begin with, such as \"https://paminn.region.se\"\n" AT
	  "web has no secret_file: the file with what links are signed with: make it with "
	  "openssl rand -base64 32\n" },
	{ __LINE__, 0600, seal, LISTEN URL SECRET PROXY "port = 1;",
	  AT "unknown key \"port\" in web: the keys are listen, public_url, secret_file, proxies, "
	     "proxy_user_header, connections, connections_per_address\n" },
	/* Where. */
	{ __LINE__, 0600, seal, "listen = \"7780\"; " URL SECRET PROXY,
	  AT "listen \"7780\"" NO_ADDRESS },
	{ __LINE__, 0600, seal, "listen = \"localhost:7780\"; " URL SECRET PROXY,
	  AT "listen \"localhost:7780\"" NO_ADDRESS },
	{ __LINE__, 0600, seal, "listen = \"127.0.0.1:0\"; " URL SECRET PROXY,
	  AT "listen \"127.0.0.1:0\"" NO_ADDRESS },
	{ __LINE__, 0600, seal, "listen = \"127.0.0.1:65536\"; " URL SECRET PROXY,
	  AT "listen \"127.0.0.1:65536\"" NO_ADDRESS },
	{ __LINE__, 0600, seal, "listen = \"::1:7780\"; " URL SECRET PROXY,
	  AT "listen \"::1:7780\"" NO_ADDRESS },
	{ __LINE__, 0600, seal, "listen = \"*:7780\"; " URL SECRET PROXY,
	  AT "listen \"*:7780\"" NO_ADDRESS },
	{ __LINE__, 0600, seal, "listen = \"0.0.0.0:7780\"; " URL SECRET,
	  AT "listen \"0.0.0.0:7780\"" OPEN },
	{ __LINE__, 0600, seal, "listen = \"[::]:7780\"; " URL SECRET,
	  AT "listen \"[::]:7780\"" OPEN },
	{ __LINE__, 0600, seal,
	  "listen = \"10.1.2.3:7780\"; " URL SECRET "proxies = [ \"10.1.2.9\" ];", "" },
	{ __LINE__, 0600, seal, LISTEN URL SECRET "proxies = [ \"proxy\", \"10.0.0.0/8\" ];",
	  AT "proxies \"proxy\" is not an address of IP, such as 127.0.0.1 or ::1\n" AT
	     "proxies \"10.0.0.0/8\" is not an address of IP, such as 127.0.0.1 or ::1\n" },
	{ __LINE__, 0600, seal, LISTEN URL SECRET, NO_PROXY("32") },
	{ __LINE__, 0600, seal, LISTEN URL SECRET "connections = 8;", NO_PROXY("8") },
	/* What links begin with. */
	{ __LINE__, 0600, seal, LISTEN "public_url = \"http://paminn.region.se\"; " SECRET PROXY,
	  AT "public_url \"http://paminn.region.se\" is not https: whoever reads a link on its way "
	     "can answer with it\n" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"http://127.0.0.1.region.se\"; " SECRET PROXY,
	  AT "public_url \"http://127.0.0.1.region.se\" is not https: whoever reads a link on its "
	     "way can answer with it\n" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"paminn.region.se\"; " SECRET PROXY,
	  AT "public_url \"paminn.region.se\" is not a URL that begins with https:// and names a "
	     "host\n" },
	{ __LINE__, 0600, seal,
	  LISTEN "public_url = \"https://paminn.region.se/?to=a\"; " SECRET PROXY,
	  AT "public_url \"https://paminn.region.se/?to=a\" has a query or a fragment: links are "
	     "put behind it, as in https://paminn.region.se\n" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"https://region.se/%2e\"; " SECRET PROXY,
	  AT "public_url \"https://region.se/%2e\" has a path of other than A-Z, a-z, 0-9, \"-\", "
	     "\"_\" and single \"/\"\n" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"https://region.se//\"; " SECRET PROXY,
	  AT "public_url \"https://region.se//\" has a path of other than A-Z, a-z, 0-9, \"-\", "
	     "\"_\" and single \"/\"\n" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"https://paminn.example\"; " SECRET PROXY,
	  AT "public_url \"https://paminn.example\" is under a reserved domain, which nothing "
	     "reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse DAY\n" },
	{ __LINE__, 0600, seal, LISTEN "public_url = \"http://" FIFTY ".se\"; " SECRET PROXY,
	  AT "public_url \"http://" FIFTY ".se\" is not https: whoever reads a link on its way can "
	     "answer with it\n" },
	{ __LINE__, 0600, seal,
	  LISTEN "public_url = \"https://a.region.se/" FIFTY FIFTY FIFTY
		 "123456789012345678901234567890\"; " SECRET PROXY,
	  "" },
	{ __LINE__, 0600, seal,
	  LISTEN "public_url = \"https://a.region.se/" FIFTY FIFTY FIFTY
		 "1234567890123456789012345678901\"; " SECRET PROXY,
	  AT
	  "public_url \"https://a.region.se/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" is longer "
	  "than 200 bytes\n" },
	/* What signs them. */
	{ __LINE__, 0604, seal, LISTEN URL SECRET PROXY,
	  AT
	  "secret_file \"secret\" is open to others than the daemon: chmod 600 it, and if they "
	  "may have read it, make a new one with openssl rand -base64 32, after which older links "
	  "lead nowhere\n" },
	{ __LINE__, 0600, "0123456789012345678901234567890\n", LISTEN URL SECRET PROXY,
	  AT "secret_file \"secret\" holds fewer than 32 bytes: make it with openssl rand -base64 "
	     "32\n" },
	{ __LINE__, 0600, "\n", LISTEN URL SECRET PROXY,
	  AT "secret_file \"secret\" can't be used: it is empty or blank\n" },
	{ __LINE__, 0600, seal, LISTEN URL PROXY "secret_file = \"plan.d\";",
	  AT "secret_file \"plan.d\" is not a file\n" },
	{ __LINE__, 0600, seal, LISTEN URL PROXY "secret_file = \"absent\";",
	  AT "secret_file \"absent\" can't be read: No such file or directory\n" },
	/* How many. */
	{ __LINE__, 0600, seal, LISTEN URL SECRET PROXY "connections = 0;",
	  AT "connections must be 1 to 4096\n" },
	{ __LINE__, 0600, seal,
	  LISTEN URL SECRET PROXY "connections = 8; connections_per_address = 9;",
	  AT "connections_per_address, 9, is more than connections, 8\n" },
};

static char main_text[6000];

/* The sample with a table web on its 12th line, and with no channel that needs the secret. */
static struct plan *read_with(const char *web, const char *content, mode_t mode, char **ret_text)
{
	const char *channels = strstr(sample_main, "channels");
	struct findings findings = { 0 };
	struct plan *plan = NULL;

	sample_folder();
	sample_files(NULL, NULL, NULL);
	sample_write("secret", content, NULL, NULL);
	snprintf(main_text, sizeof(main_text), "%.*sweb = { %s };\n%s",
		 (int)(channels - sample_main), sample_main, web, channels);
	sample_write(MAIN, main_text, "secret_file = \"secret\"; format = \"cloudevents\"",
		     "format = \"teams\"");
	ck_assert_int_eq(chmod("secret", mode), 0);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	*ret_text = sample_findings(&findings);
	ck_assert((plan != NULL) == (findings.faults == 0));
	findings_done(&findings);
	return plan;
}

START_TEST(every_fault_is_a_sentence)
{
	char *text;
	struct plan *plan = read_with(rows[_i].web, rows[_i].seal, rows[_i].mode, &text);

	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	free(text);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(what_is_left_out_has_a_default)
{
	char *text;
	struct plan *plan = read_with(LISTEN URL SECRET PROXY, seal, 0600, &text);
	const struct web_settings *web = &plan->settings.web;

	ck_assert_str_eq(web->listen, "127.0.0.1:7780");
	ck_assert_str_eq(web->host, "127.0.0.1");
	ck_assert_uint_eq(web->port, 7780);
	ck_assert_str_eq(web->public_url, "https://paminn.region.se");
	ck_assert_str_eq(web->secret_file, "secret");
	ck_assert_uint_eq(web->proxy_count, 1);
	ck_assert_str_eq(web->proxies[0], "127.0.0.1");
	ck_assert_int_eq(web->connections, 512);
	ck_assert_int_eq(web->connections_per_address, 32);
	free(text);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* Addresses are compared as texts by those who use them, and links are put behind the URL. */
START_TEST(addresses_and_the_url_have_one_form)
{
	char *text;
	struct plan *plan = read_with("listen = \"[0:0::1]:7780\"; public_url = "
				      "\"https://region.se/a/b/\"; connections = 8; " SECRET
				      "proxies = [ \"0::0:1\", \"FE80::A\" ];",
				      seal, 0600, &text);
	const struct web_settings *web = &plan->settings.web;

	ck_assert_str_eq(web->host, "::1");
	ck_assert_str_eq(web->public_url, "https://region.se/a/b");
	ck_assert_uint_eq(web->proxy_count, 2);
	ck_assert_str_eq(web->proxies[0], "::1");
	ck_assert_str_eq(web->proxies[1], "fe80::a");
	ck_assert_int_eq(web->connections_per_address, 8);
	free(text);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* The log has the path of the secret and nothing of what is in it; the file is not looked at again. */
START_TEST(the_log_knows_the_path_alone)
{
	struct findings findings = { 0 };
	struct plan *again = NULL;
	char *text, *logged;
	struct plan *plan = read_with(LISTEN URL SECRET PROXY, seal, 0600, &text);
	json_t *json = plan_text(plan);

	logged = json_dumps(json, 0);
	ck_assert_ptr_null(strstr(logged, "MDEyMzQ1"));
	unlink("secret");
	ck_assert_int_eq(plan_from_text(&again, json, &findings), 0);
	ck_assert_str_eq(again->settings.web.secret_file, "secret");
	findings_done(&findings);
	free(logged);
	free(text);
	json_decref(json);
	plan_unref(again);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* Of whom a first load says that they have no way to answer but a command that they may not have. */
static const struct {
	int line;
	const char *from, *to; /* of the plan */
	const char *findings;
} commands[] = {
	{ __LINE__, NULL, NULL,
	  "paminnd.conf:10: warning: without web, mails tell 2 people to answer with a command; "
	  "with it, by a button. It can wait until the first morning\n" },
	/* Who has a key has the command; so has who follows up. */
	{ __LINE__, "mail = \"akut@region.se\";", "mail = \"akut@region.se\"; key = \"" KEY "\";",
	  "paminnd.conf:10: warning: without web, mails tell 1 person to answer with a command; "
	  "with it, by a button. It can wait until the first morning\n" },
	{ __LINE__, "mail = \"hsd@region.se\";",
	  "mail = \"hsd@region.se\"; roles = [ \"steward\" ];",
	  "paminnd.conf:10: warning: without web, mails tell 1 person to answer with a command; "
	  "with it, by a button. It can wait until the first morning\n" },
	/* Nobody is told how to answer of what was over before. */
	{ __LINE__, "effect_planned = 12000000;", "status = \"done\";",
	  "paminnd.conf:10: warning: without web, mails tell 1 person to answer with a command; "
	  "with it, by a button. It can wait until the first morning\n" },
};

START_TEST(without_pages_it_is_said_who_is_told_a_command)
{
	struct plan_request request = { .path = MAIN, .first_load = true };
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	ck_assert_int_eq(civil_parse("2026-05-04", &request.today), 0);
	sample_folder();
	sample_files(PLAN, commands[_i].from, commands[_i].to);
	plan_read(&plan, &request, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, commands[_i].findings) == 0, "line %d:\n%s", commands[_i].line,
		      text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* A rehearsal's pages are of this machine; links in mails that leave are for others. */
START_TEST(links_that_open_on_this_machine_alone_are_warned_of)
{
	static const char warned[] =
		"paminnd.conf:12: warning: public_url \"http://127.0.0.1:7780\" is this machine: "
		"links in mails open on no other, so name the https address of the reverse "
		"proxy\n";
	struct plan_request request = { .path = MAIN, .first_load = true, .rehearsal = _i };
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	ck_assert_int_eq(civil_parse("2026-05-04", &request.today), 0);
	plan_unref(read_with(LISTEN "public_url = \"http://127.0.0.1:7780\"; " SECRET, seal, 0600,
			     &text));
	free(text);
	plan_read(&plan, &request, &findings);
	text = sample_findings(&findings);
	ck_assert_str_eq(text, _i ? "" : warned);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

UNIT_TESTS("the table web", UNIT_ROWS(every_fault_is_a_sentence, sizeof(rows) / sizeof(rows[0])),
	   UNIT(what_is_left_out_has_a_default), UNIT(addresses_and_the_url_have_one_form),
	   UNIT(the_log_knows_the_path_alone),
	   UNIT_ROWS(without_pages_it_is_said_who_is_told_a_command,
		     sizeof(commands) / sizeof(commands[0])),
	   UNIT_ROWS(links_that_open_on_this_machine_alone_are_warned_of, 2))
