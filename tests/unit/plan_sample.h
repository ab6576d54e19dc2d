/* SPDX-License-Identifier: Apache-2.0 */
/* A plan without a fault or warning, which tests change; and what is found in it, as text. */
#pragma once
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan/plan.h"
#include "tests/unit/unit.h"

#define MAIN "paminnd.conf"
#define PLAN "plan.d/a.conf"

/* clang-format off */
static const char sample_main[] =
"timezone = \"Europe/Stockholm\";\n"
"language = \"sv\";\n"
"store = \"paminn.db\";\n"
"plan = [ \"plan.d/*.conf\" ];\n"
"intake = {\n"
"	submit = [ \"ipc:///run/x/submit.sock\" ];\n"
"	feed = [ ];\n"
"	subscribe = ( { endpoint = \"ipc:///run/x/pub.sock\"; system = \"ekonomi\"; } );\n"
"};\n"
"mail = { server = \"smtp://127.0.0.1:25\"; from = \"Påminn <paminn@region.se>\";\n"
"	reply_to = \"stod@region.se\"; tls = \"none\"; connections = 4; };\n"
"channels = ( { name = \"hsn-hook\"; type = \"webhook\"; url = \"https://hook.region.se/hsn\";\n"
"	secret_file = \"secret\"; format = \"cloudevents\"; allow_private = false; } );\n"
"calendar = { country = \"SE\"; closed = [ \"2026-12-28\" ]; half_days = false;\n"
"	send_between = [ \"07:30\", \"17:00\" ]; };\n"
"ladders = ( { name = \"standard\"; time = \"08:00\"; steps = (\n"
"	{ at = \"-10wd\"; to = [ \"owner\" ]; },\n"
"	{ at = \"-5wd\"; to = [ \"owner\" ]; },\n"
"	{ at = \"+1wd\"; to = [ \"owner\", \"manager\" ]; },\n"
"	{ at = \"+3wd\"; to = [ \"role:support\", \"responsible\" ]; repeat = \"2wd\"; until = \"+10wd\"; } ); } );\n"
"alerts = (\n"
"	{ when = \"off-track\"; to = [ \"manager\", \"role:support\" ]; },\n"
"	{ when = \"needs-support\"; to = [ \"role:support\" ]; },\n"
"	{ when = \"effect-below\"; percent = 80; to = [ \"channel:hsn-hook\" ]; } );\n";

static const char sample_plan[] =
"bodies = (\n"
"	{ id = \"RS\"; name = \"Regionstyrelsen\"; papers = \"-7wd\"; },\n"
"	{ id = \"HSN\"; name = \"Hälso- och sjukvårdsnämnden\"; } );\n"
"meetings = (\n"
"	{ body = \"RS\"; from = \"2026-06-16\"; until = \"2026-06-17\"; place = \"Residenset\"; },\n"
"	{ body = \"RS\"; from = \"2026-10-27\"; } );\n"
"people = (\n"
"	{ id = \"chef-akut\"; name = \"Akutchefen\"; mail = \"akut@region.se\"; manager = \"hsd\";\n"
"	  roles = [ \"owner\" ]; language = \"sv\"; channels = [ \"mail\", \"hsn-hook\" ]; },\n"
"	{ id = \"hsd\"; name = \"Direktören\"; mail = \"hsd@region.se\"; manager = \"registrator\"; },\n"
"	{ id = \"registrator\"; name = \"Registratorn\"; mail = \"reg@region.se\"; manager = \"hsd\";\n"
"	  roles = [ \"support\" ]; } );\n"
"systems = (\n"
"	{ id = \"ekonomi\"; may_report = [ \"HSN-*\" ]; } );\n"
"measures = (\n"
"	{ id = \"HSN-03\"; title = \"Minska inhyrd personal\"; owner = \"chef-akut\";\n"
"	  decision = \"HSN 2026-02-12 § 15\"; effect_planned = 12000000; tags = [ \"bemanning\" ]; },\n"
"	{ id = \"HSN-07\"; title = \"Samordna inköp\"; owner = \"hsd\"; } );\n"
"deadlines = (\n"
"	{ id = \"RS-58\"; title = \"Återredovisning av handlingsplan\";\n"
"	  decision = \"RS 2026-04-22 § 58\";\n"
"	  due = \"meeting RS 2026-06\";\n"
"	  answers_from = [ \"HSN-*\" ]; responsible = \"hsd\";\n"
"	  inform = [ \"registrator\" ];\n"
"	  ladder = \"standard\"; } );\n";
/* clang-format on */

/* A new folder to work in. */
static inline void sample_folder(void)
{
	char folder[] = "/tmp/paminn-plan-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	ck_assert_int_eq(mkdir("plan.d", 0700), 0);
}

/* The folder is left as empty as it was made, and gone. */
static inline void sample_done(void)
{
	char folder[200];

	unlink(MAIN);
	unlink(PLAN);
	unlink("plan.d/b.conf");
	unlink("secret");
	rmdir("plan.d");
	ck_assert_ptr_nonnull(getcwd(folder, sizeof(folder)));
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}

/* Write text to a file, with the first `from` in it replaced by `to` (NULL: as it is). */
static inline void sample_write(const char *path, const char *text, const char *from,
				const char *to)
{
	FILE *file = fopen(path, "w");
	const char *at = from ? strstr(text, from) : NULL;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fchmod(fileno(file), 0644), 0); /* whatever the umask */
	ck_assert_msg(!from || at, "%s is not in %s", from, path);
	if (at)
		fprintf(file, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	else
		fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

/* The sample, changed in one file. */
static inline void sample_files(const char *path, const char *from, const char *to)
{
	const bool main = path && strcmp(path, MAIN) == 0, plan = path && strcmp(path, PLAN) == 0;

	sample_write(MAIN, sample_main, main ? from : NULL, to);
	sample_write(PLAN, sample_plan, plan ? from : NULL, to);
	sample_write("secret", "whsec_c2VzYW0=", NULL, NULL);
}

/* "file:line: reason" a line, as paminnd --check prints them; free it. */
static inline char *sample_findings(const struct findings *findings)
{
	char *text = NULL, line[2000];
	size_t length;
	FILE *file = open_memstream(&text, &length);

	ck_assert_ptr_nonnull(file);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		fprintf(file, "%s\n", finding_format(finding, line, sizeof(line)));
	}
	fclose(file);
	return text;
}
