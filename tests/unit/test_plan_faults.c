/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every kind of fault and warning, each as one change of a plan that has none. What is found is
 * compared whole: the place, the sentence, and that there is nothing else.
 */
#include "tests/unit/plan_sample.h"

/* In Z85, with what would be a hole elsewhere. */
#define KEY "<fyll.i>90123456789012345678901234567890"

#define PERIOD "is not a time such as \"10y\", \"18m\" or \"400d\", from 90 days to 100 years\n"
#define QUOTE "a \" is missing on this line: every text begins and ends with one"

static const struct {
	int line;
	const char *file, *from, *to;
	const char *findings;
} rows[] = {
	/* Syntax stops its file only; the rest goes on, but what the file may name is not missed. */
	{ __LINE__, MAIN, "language = \"sv\";", "language \"sv\";",
	  "paminnd.conf:2: a = is missing after language\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"sv;", "paminnd.conf:2: " QUOTE "\n" },
	/* The quotation mark that is missing, not what its absence makes of the rest of the line. */
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = \"Akutchefen;",
	  "plan.d/a.conf:8: " QUOTE "\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = Akutchefen\";",
	  "plan.d/a.conf:8: " QUOTE "\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = Akutchefen; // \"",
	  "plan.d/a.conf:8: Akutchefen is where a value should be: text in quotes, a number, true, "
	  "false, [ ], ( ) or { }\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = “Akutchefen”;",
	  "plan.d/a.conf:8: “Akutchefen” has the quotation marks of a printed text: write "
	  "\"…\"\n" },
	/* What is never closed takes the rest of the file with it. */
	{ __LINE__, PLAN, "measures = (", "/* later: measures = (",
	  "plan.d/a.conf:15: a comment begins here with /* and is never closed: write */ where it "
	  "ends\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"sv\" /* of all;",
	  "paminnd.conf:2: a comment begins here with /* and is never closed: write */ where it "
	  "ends\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"sv\" /* of all */;", "" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"sv\"; store = \"other.db\";",
	  "paminnd.conf:3: a key that this group has already\n" },
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"", "title \"Minska inhyrd personal\"",
	  "plan.d/a.conf:16: a = is missing after title\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "@include \"other.conf\"",
	  "paminnd.conf:2: @include is not known here: name the files in plan\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = sv;",
	  "paminnd.conf:2: sv is where a value should be: text in quotes, a number, true, false, [ "
	  "], ( ) or { }\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"sv\"; }",
	  "paminnd.conf:2: } is where a key or the end of the file should be\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"sv\"; .x",
	  "paminnd.conf:2: .x is where a key or the end of the file should be\n" },
	{ __LINE__, MAIN, "feed = [ ];", "feed = [ \"a\" \"b\", ];",
	  "paminnd.conf:7: a , before ]: take it away\n" },
	{ __LINE__, MAIN, "feed = [ ];", "feed = [ \"a\", 1 ];",
	  "paminnd.conf:7: values of different types in one [ ]: use ( ), or make them alike\n" },
	{ __LINE__, MAIN, "feed = [ ];", "feed = [ \"a\"; ];",
	  "paminnd.conf:7: a , or ] is missing before ;\n" },
	{ __LINE__, MAIN, "channel:hsn-hook\" ]; } );", "channel:hsn-hook\" ]; }",
	  "paminnd.conf:25: a , or ) is missing before the end of the file\n" },
	{ __LINE__, MAIN, "alerts = (", "alerts = (((((((((((((((((",
	  "paminnd.conf:21: more than 16 brackets within each other\n" },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"\xe5"
	  "\";",
	  "paminnd.conf:2: bytes that are not UTF-8: save the file as UTF-8\n" },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; \x01"
	  "",
	  "paminnd.conf:2: a control character: the file is not plain text\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language = \"s\\x07v\";",
	  "paminnd.conf:2: language has a control character or bytes that are not UTF-8 in it\n" },
	/* libconfig would leave out the NUL in silence. */
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"", "title = \"Minska\\x00 inhyrd\"",
	  "plan.d/a.conf:16: \\x00 is not a character of a text: take it away\n" },
	/* What turns the direction of text would let a name read as another. */
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"", "title = \"Minska \u202einhyrd\"",
	  "plan.d/a.conf:16: title has U+202E in it, which turns the direction of text: take it "
	  "away\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\"", "name = \"\u2066Akutchefen\u2069\"",
	  "plan.d/a.conf:8: name has U+2066 in it, which turns the direction of text: take it "
	  "away\n" },
	{ __LINE__, PLAN, "place = \"Residenset\"", "place = \"Residenset\u202c\"",
	  "plan.d/a.conf:5: place has U+202C in it, which turns the direction of text: take it "
	  "away\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"P\u202aåminn <paminn@region.se>\"",
	  "paminnd.conf:10: from has U+202A in it, which turns the direction of text: take it "
	  "away\n" },
	/* Unknown keys, those of parts not built among them. */
	{ __LINE__, MAIN, "language = \"sv\";", "languages = \"sv\";",
	  "paminnd.conf:2: unknown key \"languages\" in paminnd.conf: the keys are timezone, "
	  "language, store, store_password_file, templates, plan, intake, mail, channels, web, "
	  "calendar, ladders, "
	  "alerts, retention\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "metrics = { events = \"10y\"; };",
	  "paminnd.conf:2: unknown key \"metrics\" in paminnd.conf: the keys are timezone, "
	  "language, store, store_password_file, templates, plan, intake, mail, channels, web, "
	  "calendar, ladders, "
	  "alerts, retention\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "people = ( );",
	  "paminnd.conf:2: unknown key \"people\" in paminnd.conf: the keys are timezone, "
	  "language, store, store_password_file, templates, plan, intake, mail, channels, web, "
	  "calendar, ladders, "
	  "alerts, retention\n" },
	{ __LINE__, MAIN, "feed = [ ];", "feed = [ ]; key_file = \"key\";",
	  "paminnd.conf:7: unknown key \"key_file\" in intake: the keys are submit, collect, feed, "
	  "subscribe, secret_key_file\n" },
	{ __LINE__, MAIN, "connections = 4;", "connections = 4; login = \"u\";",
	  "paminnd.conf:11: unknown key \"login\" in mail: the keys are server, from, reply_to, "
	  "return_path, tls, ca_file, user, password_file, oauth, connections, inbox\n" },
	{ __LINE__, MAIN, "name = \"hsn-hook\";", "name = \"hsn-hook\"; key = \"x\";",
	  "paminnd.conf:12: unknown key \"key\" in the channel: the keys are name, type, url, "
	  "secret_file, ca_file, format, allow_private\n" },
	{ __LINE__, MAIN, "half_days = false;", "half_days = false; halfdays = true;",
	  "paminnd.conf:14: unknown key \"halfdays\" in calendar: the keys are country, closed, "
	  "half_days, send_between\n" },
	{ __LINE__, MAIN, "name = \"standard\";", "name = \"standard\"; color = \"red\";",
	  "paminnd.conf:16: unknown key \"color\" in the ladder: the keys are name, time, "
	  "steps\n" },
	{ __LINE__, MAIN, "{ at = \"-10wd\";", "{ at = \"-10wd\"; after = \"x\";",
	  "paminnd.conf:17: unknown key \"after\" in the step: the keys are at, to, repeat, "
	  "until\n" },
	{ __LINE__, MAIN, "{ when = \"off-track\";", "{ when = \"off-track\"; unless = \"x\";",
	  "paminnd.conf:22: unknown key \"unless\" in the alert: the keys are when, percent, "
	  "to\n" },
	{ __LINE__, MAIN, "{ endpoint = \"ipc:///run/x/pub.sock\";",
	  "{ endpoint = \"ipc:///run/x/pub.sock\"; key = \"x\";",
	  "paminnd.conf:8: unknown key \"key\" in the subscription: the keys are endpoint, "
	  "system\n" },
	{ __LINE__, PLAN, "bodies = (", "body = ( );\nbodies = (",
	  "plan.d/a.conf:1: unknown key \"body\" in a plan file: the keys are bodies, meetings, "
	  "people, systems, measures, deadlines, assignments, periods, requirements\n" },
	{ __LINE__, PLAN, "{ id = \"RS\";", "{ id = \"RS\"; chair = \"x\";",
	  "plan.d/a.conf:2: unknown key \"chair\" in the body: the keys are id, name, papers, "
	  "papers_late, paper_template, words\n" },
	{ __LINE__, PLAN, "{ body = \"RS\";", "{ body = \"RS\"; time = \"09:00\";",
	  "plan.d/a.conf:5: unknown key \"time\" in the meeting: the keys are body, from, until, "
	  "place\n" },
	{ __LINE__, PLAN, "{ id = \"chef-akut\";", "{ id = \"chef-akut\"; keys = \"x\";",
	  "plan.d/a.conf:8: unknown key \"keys\" in the person: the keys are id, name, mail, "
	  "manager, deputy, roles, language, channels, key, steward_of\n" },
	{ __LINE__, PLAN, "{ id = \"ekonomi\";", "{ id = \"ekonomi\"; keys = \"x\";",
	  "plan.d/a.conf:14: unknown key \"keys\" in the system: the keys are id, may_report, "
	  "key\n" },
	/* Keys: 40 of Z85, whose angle brackets are no hole, and one holder each. */
	{ __LINE__, PLAN, "{ id = \"ekonomi\";", "{ id = \"ekonomi\"; key = \"" KEY "\";", "" },
	{ __LINE__, PLAN, "{ id = \"ekonomi\";", "{ id = \"ekonomi\"; key = \"" KEY "0\";",
	  "plan.d/a.conf:14: key \"" KEY "0\" is not a public key: the 40 characters that paminn "
	  "keygen prints\n" },
	{ __LINE__, PLAN, "{ id = \"chef-akut\";", "{ id = \"chef-akut\"; key = \"\";",
	  "plan.d/a.conf:8: key \"\" is not a public key: the 40 characters that paminn keygen "
	  "prints\n" },
	{ __LINE__, PLAN, "{ id = \"ekonomi\";",
	  "{ id = \"hr\"; key = \"" KEY "\"; },\n{ key = \"" KEY "\"; id = \"ekonomi\";",
	  "plan.d/a.conf:15: the key is there twice, so that its holders can't be told apart: the "
	  "first is at plan.d/a.conf:14\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ ]; secret_key_file = \"nowhere\"",
	  "paminnd.conf:7: secret_key_file \"nowhere\" is not there: make one with paminn "
	  "keygen\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ ]; secret_key_file = \"plan.d\"",
	  "paminnd.conf:7: secret_key_file \"plan.d\" is not a file\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ ]; secret_key_file = \"secret\"",
	  "paminnd.conf:7: secret_key_file \"secret\" is open to others than the daemon: chmod 600 "
	  "it, and if they may have read it, make a new key with paminn keygen\n" },
	{ __LINE__, PLAN, "{ id = \"HSN-03\";", "{ id = \"HSN-03\"; unit = \"x\";",
	  "plan.d/a.conf:16: unknown key \"unit\" in the measure: the keys are id, title, owner, "
	  "decision, effect_planned, tags, assignment, closing, from, done_by, light_days, "
	  "status\n" },
	{ __LINE__, PLAN, "{ id = \"RS-58\";", "{ id = \"RS-58\"; kind = \"meeting RS\";",
	  "plan.d/a.conf:20: unknown key \"kind\" in the deadline: the keys are id, title, "
	  "decision, proposal, due, every, months, each, via, round, papers, sending, opens, "
	  "answers_from, require, "
	  "responsible, inform, "
	  "officials, ladder, assignment\n" },
	{ __LINE__, PLAN, "{ id = \"RS-58\";",
	  "{ id = \"RS-58\"; require = [ \"note\", \"notes\" ];",
	  "plan.d/a.conf:20: require \"notes\" is not among its values: progress, effect_achieved, "
	  "effect_forecast, needs_support, note\n" },
	/* Numbers, which libconfig cuts off in silence. */
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 5000000000;",
	  "plan.d/a.conf:17: the number 5000000000 is too large without an L behind it: "
	  "5000000000L\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 5000000000L;", "" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = -0x10;",
	  "plan.d/a.conf:17: a hexadecimal number has no sign: write it in decimals\n" },
	/* Amounts as they are written elsewhere. */
	/* The quotation marks of a hole are left around the number. */
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"2 000 000\";",
	  "plan.d/a.conf:17: effect_planned \"2 000 000\" is a text, and must be a whole number: "
	  "write 2000000, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"-2.000.000L\";",
	  "plan.d/a.conf:17: effect_planned \"-2.000.000L\" is a text, and must be a whole number: "
	  "write -2000000, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"1,5 mnkr\";",
	  "plan.d/a.conf:17: effect_planned \"1,5 mnkr\" is a text, and must be a whole number: "
	  "write it in digits alone, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"2 147 483 648\";",
	  "plan.d/a.conf:17: effect_planned \"2 147 483 648\" is a text, and must be a whole "
	  "number: write 2147483648L, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"12 50\";",
	  "plan.d/a.conf:17: effect_planned \"12 50\" is a text, and must be a whole number: write "
	  "it in digits alone, without quotation marks\n" },
	{ __LINE__, MAIN, "percent = 80;", "percent = \"80\";",
	  "paminnd.conf:24: percent \"80\" is a text, and must be a whole number: write 80, "
	  "without "
	  "quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1 500 000;",
	  "plan.d/a.conf:17: 1 500 000 is not a number in digits alone: write 1500000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1\u00a0500\u202f000;",
	  "plan.d/a.conf:17: 1\u00a0500\u202f000 is not a number in digits alone: write "
	  "1500000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = -12.000.000;",
	  "plan.d/a.conf:17: -12.000.000 is not a number in digits alone: write -12000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 12'000'000;",
	  "plan.d/a.conf:17: 12'000'000 is not a number in digits alone: write 12000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1,5;",
	  "plan.d/a.conf:17: 1,5 is not a number in digits alone: write a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 12,50;",
	  "plan.d/a.conf:17: 12,50 is not a number in digits alone: write a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1 500 000,50;",
	  "plan.d/a.conf:17: 1 500 000,50 is not a number in digits alone: write a whole "
	  "number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 12 mnkr;",
	  "plan.d/a.conf:17: a = is missing after mnkr\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "done_by = 2026-05-26;",
	  "plan.d/a.conf:17: put the date between quotation marks: \"2026-05-26\"\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "done_by = 2026-05-26 14:00;",
	  "plan.d/a.conf:17: put the date between quotation marks: \"2026-05-26\"\n" },
	/* Hexadecimal ones that libconfig makes negative. */
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 0xb71b00;", "" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 0x80000000;",
	  "plan.d/a.conf:17: the number 0x80000000 is too large without an L behind it: "
	  "0x80000000L\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 0x8000000000000000L;",
	  "plan.d/a.conf:17: the number 0x8000000000000000 is too large\n"
	  "plan.d/a.conf:17: effect_planned must be -1000000000000000 to 1000000000000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 2147483648;",
	  "plan.d/a.conf:17: the number 2147483648 is too large without an L behind it: "
	  "2147483648L\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = -2147483648;", "" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = -2147483649;",
	  "plan.d/a.conf:17: the number -2147483649 is too large without an L behind it: "
	  "-2147483649L\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = -9223372036854775808L;",
	  "plan.d/a.conf:17: effect_planned must be -1000000000000000 to 1000000000000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 9223372036854775808L;",
	  "plan.d/a.conf:17: the number 9223372036854775808 is too large\n"
	  "plan.d/a.conf:17: effect_planned must be -1000000000000000 to 1000000000000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 99999999999999999999L;",
	  "plan.d/a.conf:17: the number 99999999999999999999 is too large\n"
	  "plan.d/a.conf:17: effect_planned must be -1000000000000000 to 1000000000000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 0x1ffffffff;",
	  "plan.d/a.conf:17: the number 0x1ffffffff is too large without an L behind it: "
	  "0x1ffffffffL\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 2000000000000000L;",
	  "plan.d/a.conf:17: effect_planned must be -1000000000000000 to 1000000000000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1.5;",
	  "plan.d/a.conf:17: effect_planned must be a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"12\";",
	  "plan.d/a.conf:17: effect_planned \"12\" is a text, and must be a whole number: write "
	  "12, without quotation marks\n" },
	{ __LINE__, MAIN, "connections = 4;", "connections = 65;",
	  "paminnd.conf:11: connections must be 1 to 64\n" },
	{ __LINE__, MAIN, "percent = 80;", "percent = 0;",
	  "paminnd.conf:24: percent must be 1 to 200\n" },
	/* Types. */
	{ __LINE__, MAIN, "language = \"sv\";", "language = 1;",
	  "paminnd.conf:2: language must be text in quotes\n" },
	{ __LINE__, MAIN, "half_days = false;", "half_days = 0;",
	  "paminnd.conf:14: half_days must be true or false\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ];", "closed = \"2026-12-28\";",
	  "paminnd.conf:14: closed must be a list: closed = [ \"…\" ];\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ];", "closed = [ 20261228 ];",
	  "paminnd.conf:14: closed must be text in quotes\n" },
	{ __LINE__, MAIN, "mail = {", "mail = \"x\"; e_mail = {",
	  "paminnd.conf:10: unknown key \"e_mail\" in paminnd.conf: the keys are timezone, "
	  "language, store, store_password_file, templates, plan, intake, mail, channels, web, "
	  "calendar, ladders, "
	  "alerts, retention\n"
	  "paminnd.conf:10: mail must be a group: mail = { … };\n" },
	{ __LINE__, MAIN, "alerts = (", "alerts = { }; former = (",
	  "paminnd.conf:21: unknown key \"former\" in paminnd.conf: the keys are timezone, "
	  "language, store, store_password_file, templates, plan, intake, mail, channels, web, "
	  "calendar, ladders, "
	  "alerts, retention\n"
	  "paminnd.conf:21: alerts must be a list of groups: alerts = ( { … }, { … } );\n" },
	{ __LINE__, PLAN, "{ id = \"HSN-07\";", "\"HSN-08\", { id = \"HSN-07\";",
	  "plan.d/a.conf:18: measures has something other than a { group } in it\n" },
	/* What is missing or empty. */
	{ __LINE__, MAIN, "store = \"paminn.db\";", "",
	  "paminnd.conf:1: paminnd.conf has no store: the file that everything is kept in, or "
	  "postgresql://USER@HOST/DATABASE\n" },
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];", "",
	  "paminnd.conf:1: paminnd.conf has no plan: the plan's files, such as [ \"plan.d/*.conf\" "
	  "]\n" },
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];", "plan = [ ];",
	  "paminnd.conf:4: plan is empty: the plan's files, such as [ \"plan.d/*.conf\" ]\n" },
	{ __LINE__, MAIN, "reply_to = \"stod@region.se\";", "",
	  "paminnd.conf:10: mail has no reply_to: the mailbox where a reply reaches people\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\";", "",
	  "paminnd.conf:10: mail has no server: the mail server, such as "
	  "\"smtp://127.0.0.1:25\"\n" },
	{ __LINE__, MAIN, "secret_file = \"secret\";", "",
	  "paminnd.conf:12: the channel hsn-hook has no secret_file: the file with the secret that "
	  "posts are signed with\n" },
	{ __LINE__, MAIN, "{ at = \"-10wd\"; to = [ \"owner\" ]; }", "{ at = \"-10wd\"; }",
	  "paminnd.conf:17: the step has no to: who gets it\n" },
	{ __LINE__, MAIN, "{ at = \"-10wd\"; to = [ \"owner\" ]; }",
	  "{ at = \"-10wd\"; to = [ ]; }", "paminnd.conf:17: to is empty: who gets it\n" },
	{ __LINE__, MAIN, "percent = 80;", "",
	  "paminnd.conf:24: the alert effect-below has no percent: below how much of the planned "
	  "effect\n" },
	{ __LINE__, MAIN, "{ when = \"off-track\";", "{ when = \"off-track\"; percent = 5;",
	  "paminnd.conf:22: percent is for effect-below only\n" },
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"", "title = \" \"",
	  "plan.d/a.conf:16: title is empty: what is to be done\n" },
	{ __LINE__, PLAN, "owner = \"chef-akut\";", "",
	  "plan.d/a.conf:16: the measure HSN-03 has no owner: the person who answers for it\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\";", "",
	  "plan.d/a.conf:8: the person chef-akut has no mail: one mailbox, unless their channels "
	  "are others\n" },
	{ __LINE__, PLAN, "channels = [ \"mail\", \"hsn-hook\" ];", "channels = [ ];",
	  "plan.d/a.conf:9: the person chef-akut has no channel, so that nothing would reach "
	  "them\n" },
	{ __LINE__, PLAN, "inform = [ \"registrator\" ];", "",
	  "plan.d/a.conf:20: the deadline RS-58 has no inform: name who is told when it is handed "
	  "over or moved\n" },
	{ __LINE__, PLAN, "inform = [ \"registrator\" ];", "inform = [ ];",
	  "plan.d/a.conf:24: inform is empty: name who is told when it is handed over or moved\n" },
	{ __LINE__, PLAN, "answers_from = [ \"HSN-*\" ]; responsible = \"hsd\";", "",
	  "plan.d/a.conf:20: the deadline RS-58 asks nobody: give it answers_from or "
	  "responsible\n" },
	{ __LINE__, PLAN, "answers_from = [ \"HSN-*\" ]; responsible = \"hsd\";",
	  "answers_from = [ ];",
	  "plan.d/a.conf:20: the deadline RS-58 asks nobody: give it answers_from or "
	  "responsible\n" },
	{ __LINE__, PLAN, "ladder = \"standard\";", "",
	  "plan.d/a.conf:20: the deadline RS-58 has no ladder: the ladder of its reminders\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\";", "",
	  "plan.d/a.conf:20: the deadline RS-58 has no due: a date, a date and time, a date "
	  "counted from another (\"2m after YYYY-MM-DD\"), a month or "
	  "\"meeting BODY YYYY-MM\"\n" },
	/* Ids: doubled, or naming nothing. */
	{ __LINE__, PLAN, "{ id = \"HSN-07\";", "{ id = \"HSN-03\";",
	  "plan.d/a.conf:18: \"HSN-03\" is there twice: the first is at plan.d/a.conf:16. Call one "
	  "of the two something else\n" },
	{ __LINE__, PLAN, "{ id = \"RS-58\";", "{ id = \"HSN-03\";",
	  "plan.d/a.conf:20: \"HSN-03\" is there twice: the first is at plan.d/a.conf:16. Call one "
	  "of the two something else\n" },
	{ __LINE__, PLAN, "{ id = \"hsd\";", "{ id = \"chef-akut\";",
	  "plan.d/a.conf:8: manager \"hsd\" is not among the people\n"
	  "plan.d/a.conf:10: \"chef-akut\" is there twice: the first is at plan.d/a.conf:8. Call "
	  "one of the two something else\n"
	  "plan.d/a.conf:11: manager \"hsd\" is not among the people\n"
	  "plan.d/a.conf:18: owner \"hsd\" is not among the people\n"
	  "plan.d/a.conf:23: responsible \"hsd\" is not among the people\n" },
	{ __LINE__, PLAN, "{ id = \"hsd\";", "{ id = \"manager\";",
	  "plan.d/a.conf:8: manager \"hsd\" is not among the people\n"
	  "plan.d/a.conf:10: \"manager\" is a word of ladders: choose another id\n"
	  "plan.d/a.conf:11: manager \"hsd\" is not among the people\n"
	  "plan.d/a.conf:18: owner \"hsd\" is not among the people\n"
	  "plan.d/a.conf:23: responsible \"hsd\" is not among the people\n" },
	{ __LINE__, PLAN, "{ id = \"HSN\";", "{ id = \"RS\";",
	  "plan.d/a.conf:3: \"RS\" is there twice: the first is at plan.d/a.conf:2. Call one of "
	  "the two something else\n" },
	{ __LINE__, PLAN, "{ id = \"HSN-07\";", "{ id = \"HSN 07\";",
	  "plan.d/a.conf:18: id \"HSN 07\" is not an id: 1 to 64 of A-Z, a-z, 0-9, \".\", \"_\" "
	  "and \"-\"\n" },
	{ __LINE__, MAIN, "name = \"hsn-hook\";", "name = \"mail\";",
	  "paminnd.conf:12: the channel \"mail\" is built in: choose another name\n"
	  "paminnd.conf:24: to \"channel:hsn-hook\" is not among the channels\n"
	  "plan.d/a.conf:9: channels \"hsn-hook\" is not among the channels\n" },
	{ __LINE__, MAIN, "ladders = (",
	  "ladders = ( { name = \"standard\"; steps = ( { at = \"0\"; to = [ \"owner\" ]; } ); },",
	  "paminnd.conf:16: \"standard\" is there twice: the first is at paminnd.conf:16. Call one "
	  "of the two something else\n" },
	{ __LINE__, MAIN, "{ at = \"-5wd\";", "{ at = \"-10wd\";",
	  "paminnd.conf:18: the step -10wd is there twice: put all in one \"to\"\n" },
	{ __LINE__, PLAN, "owner = \"chef-akut\";", "owner = \"chef-okand\";",
	  "plan.d/a.conf:16: owner \"chef-okand\" is not among the people\n" },
	/* A name, an address, or an id as it is not written: the id is told. */
	{ __LINE__, PLAN, "owner = \"hsd\";", "owner = \"direktören\";",
	  "plan.d/a.conf:18: owner \"direktören\" is not an id: write that of the person meant, "
	  "hsd\n" },
	{ __LINE__, PLAN, "owner = \"hsd\";", "owner = \"hsd@region.se\";",
	  "plan.d/a.conf:18: owner \"hsd@region.se\" is not an id: write that of the person meant, "
	  "hsd\n" },
	{ __LINE__, PLAN, "owner = \"hsd\";", "owner = \"HSD\";",
	  "plan.d/a.conf:18: owner \"HSD\" is not an id: write that of the person meant, hsd\n" },
	{ __LINE__, PLAN, "owner = \"hsd\";", "owner = \"Eva Nyström\";",
	  "plan.d/a.conf:18: owner \"Eva Nyström\" is not among the people, whom their ids name, "
	  "such as chef-akut\n" },
	{ __LINE__, PLAN, "inform = [ \"registrator\" ]", "inform = [ \"Registratorn\" ]",
	  "plan.d/a.conf:24: inform \"Registratorn\" is not an id: write that of the person meant, "
	  "registrator\n" },
	{ __LINE__, PLAN, "name = \"Registratorn\"; mail = \"reg@region.se\"; manager = \"hsd\"",
	  "name = \"Direktören\"; mail = \"reg@region.se\"; deputy = \"Direktören\"",
	  "plan.d/a.conf:11: deputy \"Direktören\" is not an id, and hsd and registrator are "
	  "called "
	  "so: write that of one\n" },
	{ __LINE__, PLAN, "{ body = \"RS\"; from = \"2026-10",
	  "{ body = \"Regionstyrelsen\"; from = \"2026-10",
	  "plan.d/a.conf:6: body \"Regionstyrelsen\" is not an id: write that of the body meant, "
	  "RS\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting Regionstyrelsen 2026-06\"",
	  "plan.d/a.conf:22: due \"meeting Regionstyrelsen 2026-06\" names a body that does not "
	  "exist: "
	  "Regionstyrelsen, whose id is RS\n" },
	{ __LINE__, PLAN, "manager = \"hsd\";", "manager = \"nobody\";",
	  "plan.d/a.conf:8: manager \"nobody\" is not among the people\n" },
	{ __LINE__, PLAN, "roles = [ \"owner\" ];", "deputy = \"nobody\"; roles = [ \"owner\" ];",
	  "plan.d/a.conf:9: deputy \"nobody\" is not among the people\n" },
	{ __LINE__, PLAN, "channels = [ \"mail\", \"hsn-hook\" ];",
	  "channels = [ \"mail\",\n \"pigeon\"\n ];",
	  "plan.d/a.conf:10: channels \"pigeon\" is not among the channels\n" },
	{ __LINE__, PLAN, "channels = [ \"mail\", \"hsn-hook\" ];",
	  "channels = [ \"mail\", \"mail\" ];",
	  "plan.d/a.conf:9: channels names \"mail\" twice\n" },
	{ __LINE__, PLAN, "{ body = \"RS\";", "{ body = \"KS\";",
	  "plan.d/a.conf:5: body \"KS\" is not among the bodies\n" },
	{ __LINE__, PLAN, "from = \"2026-10-27\"", "from = \"2026-06-16\"",
	  "plan.d/a.conf:6: the meeting of RS on that date is there twice: the first is at "
	  "plan.d/a.conf:5\n" },
	{ __LINE__, PLAN, "responsible = \"hsd\"", "responsible = \"nobody\"",
	  "plan.d/a.conf:23: responsible \"nobody\" is not among the people\n" },
	{ __LINE__, PLAN, "ladder = \"standard\"", "ladder = \"steep\"",
	  "plan.d/a.conf:25: ladder \"steep\" is not among the ladders\n" },
	{ __LINE__, PLAN, "inform = [ \"registrator\" ]",
	  "inform = [ \"role:clerk\", \"channel:fax\", \"nobody\", \"owner\", \"channel:mail\" ]",
	  "plan.d/a.conf:24: inform \"role:clerk\" reaches nobody: no person has the role\n"
	  "plan.d/a.conf:24: inform \"channel:fax\" is not among the channels\n"
	  "plan.d/a.conf:24: inform \"nobody\" is not among the people\n"
	  "plan.d/a.conf:24: inform \"owner\" is for steps and alerts: name a person, role:NAME or "
	  "channel:NAME\n"
	  "plan.d/a.conf:24: inform \"channel:mail\" names no mailbox: name a person\n" },
	{ __LINE__, MAIN, "to = [ \"owner\", \"manager\" ]",
	  "to = [ \"owner\", \"boss\", \"role:board\" ]",
	  "paminnd.conf:19: to \"boss\" is not among the people\n"
	  "paminnd.conf:19: to \"role:board\" reaches nobody: no person has the role\n" },
	{ __LINE__, MAIN, "system = \"ekonomi\"", "system = \"hr\"",
	  "paminnd.conf:8: system \"hr\" is not among the systems\n" },
	/* Patterns. */
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];",
	  "plan = [ \"plan.d/*.conf\",\n  \"more.d/*.conf\" ];",
	  "paminnd.conf:5: plan \"more.d/*.conf\" matches no file\n" },
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];",
	  "plan = [ \"plan.d/*.conf\", \"plan.d\" ];",
	  "plan.d: the file can't be read: Is a directory\n" },
	{ __LINE__, PLAN, "answers_from = [ \"HSN-*\" ]",
	  "answers_from = [ \"HSN-*\", \"KS-*\", \"HSN-99\" ]",
	  "plan.d/a.conf:23: answers_from \"KS-*\" matches no measure: correct it or add the "
	  "measure\n"
	  "plan.d/a.conf:23: answers_from \"HSN-99\" matches no measure: correct it or add the "
	  "measure\n" },
	{ __LINE__, PLAN, "may_report = [ \"HSN-*\" ]", "may_report = [ \"hsn-*\" ]",
	  "plan.d/a.conf:14: may_report \"hsn-*\" matches no measure: correct it or add the "
	  "measure\n" },
	/* Dates and times. */
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2026-02-29\"",
	  "plan.d/a.conf:22: due \"2026-02-29\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2026-05-15 24:00\"",
	  "plan.d/a.conf:22: due \"2026-05-15 24:00\" is not a time of day: HH:MM\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2101-01-07\"",
	  "plan.d/a.conf:22: due \"2101-01-07\" is outside 2005-2100, the years whose holidays are "
	  "known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2004-12\"",
	  "plan.d/a.conf:22: due \"2004-12\" is outside 2005-2100, the years whose holidays are "
	  "known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2026-13\"",
	  "plan.d/a.conf:22: due \"2026-13\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", "
	  "\"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY "
	  "next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"RS 2026-06\"",
	  "plan.d/a.conf:22: due \"RS 2026-06\" is no date: write \"meeting RS 2026-06\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"RS next\"",
	  "plan.d/a.conf:22: due \"RS next\" is no date: write \"meeting RS next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"meeting RS 2026-06-16\"",
	  "plan.d/a.conf:22: due \"meeting RS 2026-06-16\" is not a meeting: write its month, "
	  "\"meeting RS 2026-06\", which also stands when it is moved\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"RS\"",
	  "plan.d/a.conf:22: every \"RS\" is neither \"meeting BODY\" nor \"RRULE:...\": write "
	  "\"meeting RS\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"meeting RS later\"",
	  "plan.d/a.conf:22: due \"meeting RS later\" is not a meeting: \"meeting BODY YYYY-MM\" "
	  "or \"meeting BODY next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"meeting KS next\"",
	  "plan.d/a.conf:22: due \"meeting KS next\" names a body that does not exist: KS\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-31\"; every = \"monthly\"",
	  "plan.d/a.conf:22: every \"monthly\" is neither \"meeting BODY\" nor \"RRULE:...\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-31\"; every = \"meeting KS\"",
	  "plan.d/a.conf:22: every \"meeting KS\" names a body that does not exist: KS\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-31\"; every = \"meeting RS\"",
	  "plan.d/a.conf:22: every meeting of RS is counted from one of them: let due of RS-58 be "
	  "\"meeting RS YYYY-MM\" or \"meeting RS next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting HSN 2026-06\"; every = \"meeting RS\"",
	  "plan.d/a.conf:22: every meeting of RS is counted from one of them: let due of RS-58 be "
	  "\"meeting RS YYYY-MM\" or \"meeting RS next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01\"; every = \"RRULE:FREQ=MONTHLY\"",
	  "plan.d/a.conf:22: a rule is counted from a date: let due of RS-58 be one, such as "
	  "2026-01-31\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; every = \"RRULE:FREQ=FORTNIGHTLY\"",
	  "plan.d/a.conf:22: every \"RRULE:FREQ=FORTNIGHTLY\" has \"FREQ=FORTNIGHTLY\": FREQ takes "
	  "DAILY, WEEKLY, MONTHLY or YEARLY\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; every = \"RRULE:FREQ=HOURLY\"",
	  "plan.d/a.conf:22: every \"RRULE:FREQ=HOURLY\" goes by hours: the shortest step is a "
	  "day, and the time of day is that of due\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; every = \"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"",
	  "plan.d/a.conf:22: every \"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\" names no date "
	  "from due on\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; every = \"RRULE:FREQ=WEEKLY;BYDAY=MO,TH\"", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; every = \"RRULE:FREQ=DAILY\"", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; opens = \"2026-01-07\"; every = \"RRULE:FREQ=MONTHLY;COUNT=3\"",
	  "plan.d/a.conf:22: the deadline RS-58 comes again, so its opens is days such as "
	  "-20wd\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"meeting KS 2026-06\"",
	  "plan.d/a.conf:22: due \"meeting KS 2026-06\" names a body that does not exist: KS\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"soon\"",
	  "plan.d/a.conf:22: due \"soon\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", "
	  "\"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY "
	  "next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; round = \"up\"",
	  "plan.d/a.conf:22: round \"up\" is not among its values: back, forward\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; opens = \"+1wd\"",
	  "plan.d/a.conf:22: opens \"+1wd\" must not be after the papers date\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; opens = \"spring\"",
	  "plan.d/a.conf:22: opens \"spring\" is neither a date nor days such as -20wd\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; opens = \"2026-06-10\"",
	  "plan.d/a.conf:20: the deadline RS-58 opens on 2026-06-10, after its papers date "
	  "2026-06-05\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; papers = \"+1wd\"",
	  "plan.d/a.conf:22: papers \"+1wd\" must not be after: write -7wd or 0\n" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"7 days\"",
	  "plan.d/a.conf:2: papers \"7 days\" is not a number of days: -10wd (working days), +3d "
	  "(calendar days) or 0, at most 400\n" },
	{ __LINE__, PLAN, "until = \"2026-06-17\"", "until = \"2026-06-15\"",
	  "plan.d/a.conf:5: the meeting ends before it begins\n" },
	{ __LINE__, PLAN, "from = \"2026-06-16\"", "from = \"16 juni\"",
	  "plan.d/a.conf:5: from \"16 juni\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ]",
	  "closed = [ \"2026-12-28\", \"2026-07-31/2026-07-06\", \"2026-02-30\", \"2026-07-06/x\" "
	  "]",
	  "paminnd.conf:14: closed \"2026-07-31/2026-07-06\" ends before it begins\n"
	  "paminnd.conf:14: closed \"2026-02-30\" is not a date that exists: YYYY-MM-DD\n"
	  "paminnd.conf:14: closed \"2026-07-06/x\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ]",
	  "closed = [ \"2026-07-06 - 2026-07-31\", \"2026-07-06–2026-07-31\", \"6-31 juli\" ]",
	  "paminnd.conf:14: closed \"2026-07-06 - 2026-07-31\" is not a date or a range of dates: "
	  "write a range as \"2026-07-06/2026-07-31\"\n"
	  "paminnd.conf:14: closed \"2026-07-06–2026-07-31\" is not a date or a range of dates: "
	  "write a range as \"2026-07-06/2026-07-31\"\n"
	  "paminnd.conf:14: closed \"6-31 juli\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ]", "closed = [ \"2005-01-01/2100-12-31\" ]",
	  "paminnd.conf:14: closed leaves no working day at all\n" },
	/* For how long words are kept. */
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"10y\"; deliveries = \"18m\"; };", "" },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"90d\"; };", "" },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"89d\"; };",
	  "paminnd.conf:2: events \"89d\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"2m\"; };",
	  "paminnd.conf:2: events \"2m\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"101y\"; };",
	  "paminnd.conf:2: events \"101y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"y\"; };",
	  "paminnd.conf:2: events \"y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"10\"; };",
	  "paminnd.conf:2: events \"10\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"10 y\"; };",
	  "paminnd.conf:2: events \"10 y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"0y\"; };",
	  "paminnd.conf:2: events \"0y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"-1y\"; };",
	  "paminnd.conf:2: events \"-1y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"10w\"; };",
	  "paminnd.conf:2: events \"10w\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"1e9y\"; };",
	  "paminnd.conf:2: events \"1e9y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"99999999999999999999y\"; };",
	  "paminnd.conf:2: events \"99999999999999999999y\" " PERIOD },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { deliveries = \"x\"; };",
	  "paminnd.conf:2: deliveries \"x\" " PERIOD },
	{ __LINE__, MAIN, "send_between = [ \"07:30\", \"17:00\" ]",
	  "send_between = [ \"17:00\", \"07:30\" ]",
	  "paminnd.conf:15: send_between must be two times of day, the earlier first: [ \"07:30\", "
	  "\"17:00\" ]\n" },
	{ __LINE__, MAIN, "send_between = [ \"07:30\", \"17:00\" ]", "send_between = [ \"07:30\" ]",
	  "paminnd.conf:15: send_between must be two times of day, the earlier first: [ \"07:30\", "
	  "\"17:00\" ]\n" },
	{ __LINE__, MAIN, "send_between = [ \"07:30\", \"17:00\" ]",
	  "send_between = [ \"7.30\", \"17:00\" ]",
	  "paminnd.conf:15: send_between \"7.30\" is not a time of day: HH:MM\n"
	  "paminnd.conf:15: send_between must be two times of day, the earlier first: [ \"07:30\", "
	  "\"17:00\" ]\n" },
	{ __LINE__, MAIN, "time = \"08:00\"", "time = \"8\"",
	  "paminnd.conf:16: time \"8\" is not a time of day: HH:MM\n" },
	{ __LINE__, MAIN, "{ at = \"-10wd\"", "{ at = \"10 days before\"",
	  "paminnd.conf:17: at \"10 days before\" is not a number of days: -10wd (working days), "
	  "+3d (calendar days) or 0, at most 400\n" },
	{ __LINE__, MAIN, "repeat = \"2wd\"", "repeat = \"0wd\"",
	  "paminnd.conf:20: repeat \"0wd\" must be at least 1\n" },
	{ __LINE__, MAIN, "repeat = \"2wd\"; until = \"+10wd\"", "repeat = \"2wd\"",
	  "paminnd.conf:20: the step +3wd has repeat without until: they go together\n" },
	{ __LINE__, MAIN, "repeat = \"2wd\"; until = \"+10wd\"", "until = \"+10wd\"",
	  "paminnd.conf:20: the step +3wd has until without repeat: they go together\n" },
	{ __LINE__, MAIN, "until = \"+10wd\"", "until = \"+2wd\"",
	  "paminnd.conf:20: the step +3wd ends before it begins\n" },
	{ __LINE__, MAIN, "repeat = \"2wd\"; until = \"+10wd\"",
	  "repeat = \"1wd\"; until = \"+400wd\"",
	  "paminnd.conf:16: the ladder standard fires 401 times for one date: at most 256, so "
	  "repeat less often or stop sooner\n" },
	{ __LINE__, MAIN, "timezone = \"Europe/Stockholm\"", "timezone = \"Europe/Stokholm\"",
	  "paminnd.conf:1: timezone \"Europe/Stokholm\" is not a time zone of this system: write "
	  "\"Europe/Stockholm\"\n" },
	/* Values. */
	{ __LINE__, MAIN, "language = \"sv\"", "language = \"no\"",
	  "paminnd.conf:2: language \"no\" is not among its values: sv, en\n" },
	{ __LINE__, MAIN, "country = \"SE\"", "country = \"NO\"",
	  "paminnd.conf:14: country \"NO\" is not among its values: SE\n" },
	{ __LINE__, MAIN, "tls = \"none\"", "tls = \"maybe\"",
	  "paminnd.conf:11: tls \"maybe\" is not among its values: none, starttls, tls\n" },
	{ __LINE__, MAIN, "format = \"cloudevents\"", "format = \"slack\"",
	  "paminnd.conf:13: format \"slack\" is not among its values: cloudevents, teams\n" },
	{ __LINE__, MAIN, "secret_file = \"secret\"; format = \"cloudevents\"",
	  "format = \"teams\"", "" },
	{ __LINE__, MAIN, "type = \"webhook\"", "type = \"mail\"",
	  "paminnd.conf:12: type \"mail\" is not among its values: webhook\n" },
	{ __LINE__, MAIN, "{ when = \"off-track\"", "{ when = \"late\"",
	  "paminnd.conf:22: when \"late\" is not among its values: off-track, needs-support, "
	  "effect-below, light\n" },
	{ __LINE__, MAIN, "store = \"paminn.db\"", "store = \"postgresql://db/paminn\"", "" },
	{ __LINE__, MAIN, "store = \"paminn.db\"", "store = \"mysql://db/paminn\"",
	  "paminnd.conf:3: store \"mysql://db/paminn\" is neither the path of a file nor "
	  "postgresql://…\n" },
	{ __LINE__, MAIN, "store = \"paminn.db\"", "store = \"postgresql://a:b@db/paminn\"",
	  "paminnd.conf:3: store \"postgresql://a:b@db/paminn\" has a password, which whoever may "
	  "read "
	  "this file would know: put it in the file that store_password_file names\n" },
	{ __LINE__, MAIN, "store = \"paminn.db\"",
	  "store = \"postgresql://localhost/paminn?service=x\"",
	  "paminnd.conf:3: store \"postgresql://localhost/paminn?service=x\" names a service, "
	  "whose "
	  "file says where that is: write what it says here\n" },
	{ __LINE__, MAIN, "secret_file = \"secret\"", "secret_file = \"/dev/null\"",
	  "paminnd.conf:13: secret_file \"/dev/null\" can't be used: it is empty or blank\n" },
	{ __LINE__, MAIN, "secret_file = \"secret\"", "secret_file = \"absent\"",
	  "paminnd.conf:13: secret_file \"absent\" can't be read: No such file or directory\n" },
	{ __LINE__, MAIN, "url = \"https://", "url = \"http://",
	  "paminnd.conf:12: url \"http://hook.region.se/hsn\" is not https: use https, or say "
	  "allow_private = true\n" },
	{ __LINE__, MAIN, "url = \"https://hook.region.se/hsn\"", "url = \"hook.region.se\"",
	  "paminnd.conf:12: url \"hook.region.se\" is not a URL that begins with https:// and "
	  "names a host\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"", "server = \"127.0.0.1:25\"",
	  "paminnd.conf:10: server \"127.0.0.1:25\" is not smtp://HOST:PORT\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"", "server = \"smtp://127.0.0.1:0\"",
	  "paminnd.conf:10: server \"smtp://127.0.0.1:0\" is not smtp://HOST:PORT\n" },
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"",
	  "title = "
	  "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
	  "plan.d/a.conf:16: title "
	  "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" is longer than 200 "
	  "bytes\n" },
	/* Mailboxes: exactly one. */
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"akut\"",
	  "plan.d/a.conf:8: mail \"akut\" is not exactly one mail address\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"a@region.se, b@region.se\"",
	  "plan.d/a.conf:8: mail \"a@region.se, b@region.se\" is not exactly one mail address\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"Akut <akut@region.se>\"",
	  "plan.d/a.conf:8: mail \"Akut <akut@region.se>\" is a name with an address: write the "
	  "address alone, \"akut@region.se\"\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"<akut@region.se>\"",
	  "plan.d/a.conf:8: mail \"<akut@region.se>\" is a name with an address: write the "
	  "address alone, \"akut@region.se\"\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"mailto:akut@region.se\"",
	  "plan.d/a.conf:8: mail \"mailto:akut@region.se\" is not exactly one mail address\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"Påminn paminn@region.se\"",
	  "paminnd.conf:10: from \"Påminn paminn@region.se\" is not exactly one mail address\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"a <b@region.se> <paminn@region.se>\"",
	  "paminnd.conf:10: from \"a <b@region.se> <paminn@region.se>\" is not exactly one mail "
	  "address with a name: \"Name <local@domain>\"\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"Påminn <paminn@region.se>, b@region.se\"",
	  "paminnd.conf:10: from \"Påminn <paminn@region.se>, b@region.se\" is not exactly one "
	  "mail address\n" },
	{ __LINE__, MAIN, "reply_to = \"stod@region.se\"", "reply_to = \"stod\"",
	  "paminnd.conf:11: reply_to \"stod\" is not exactly one mail address\n" },
	/* An internationalised domain has a form in ASCII; what is before the @ has none. */
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"akut@gävle.se\"", "" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"Påminn <paminn@Göteborg.se>\"", "" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"åsa@region.se\"",
	  "plan.d/a.conf:8: mail \"åsa@region.se\" has letters beyond ASCII before the @, which "
	  "most mail servers refuse: write an address without them\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"Påminn <påminn@region.se>\"",
	  "paminnd.conf:10: from \"Påminn <påminn@region.se>\" has letters beyond ASCII before the "
	  "@, which most mail servers refuse: write an address without them\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"akut@gävle☺.se\"",
	  "plan.d/a.conf:8: mail \"akut@gävle☺.se\" names a domain that can't be: its "
	  "name has no form in ASCII\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"akut@gävle.test\"",
	  "plan.d/a.conf:8: mail \"akut@gävle.test\" is under a reserved domain, which nothing "
	  "reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse DAY\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"Åsa <asa@gävle.se>\"",
	  "plan.d/a.conf:8: mail \"Åsa <asa@gävle.se>\" is a name with an address: write the "
	  "address alone, \"asa@gävle.se\"\n" },
	/* Somebody who stands for themselves. */
	{ __LINE__, PLAN, "manager = \"hsd\";", "manager = \"chef-akut\";",
	  "plan.d/a.conf:8: warning: chef-akut is their own manager, so that no escalation leaves "
	  "them: name another person, or none\n" },
	{ __LINE__, PLAN, "manager = \"hsd\";", "manager = \"hsd\"; deputy = \"chef-akut\";",
	  "plan.d/a.conf:8: warning: chef-akut is their own deputy, so that nobody stands in for "
	  "them: name another person, or none\n" },
	/* A window that opens when some have been reminded already. */
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\";\n opens = \"-6wd\"",
	  "plan.d/a.conf:23: warning: RS-58 opens on 2026-05-28, after the first step of its "
	  "ladder "
	  "on 2026-05-22: an answer to that reminder would not count\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\";\n opens = \"2026-05-25\"",
	  "plan.d/a.conf:23: warning: RS-58 opens on 2026-05-25, after the first step of its "
	  "ladder "
	  "on 2026-05-22: an answer to that reminder would not count\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\";\n opens = \"2026-05-22\"", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-05\"; every = \"RRULE:FREQ=MONTHLY\";\n opens = \"-6wd\"",
	  "plan.d/a.conf:23: warning: RS-58 opens on 2026-05-28, after the first step of its "
	  "ladder "
	  "on 2026-05-22: an answer to that reminder would not count\n" },
	/* A chain of bodies. */
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN 2026-05\" ]", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN\" ]", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"HSN 2026-05\" ]",
	  "plan.d/a.conf:22: via \"HSN 2026-05\" is no meeting: write \"meeting HSN 2026-05\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"HSN\" ]",
	  "plan.d/a.conf:22: via \"HSN\" is no meeting: write \"meeting HSN\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"2026-05-21\" ]",
	  "plan.d/a.conf:22: via \"2026-05-21\" is neither \"meeting BODY YYYY-MM\" nor \"meeting "
	  "BODY\", its last one before the next body's\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN next\" ]",
	  "plan.d/a.conf:22: via \"meeting HSN next\" is neither \"meeting BODY YYYY-MM\" nor "
	  "\"meeting BODY\", its last one before the next body's\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN 2026-05-21\" ]",
	  "plan.d/a.conf:22: via \"meeting HSN 2026-05-21\" is neither \"meeting BODY YYYY-MM\" "
	  "nor \"meeting BODY\", its last one before the next body's\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting KS 2026-05\" ]",
	  "plan.d/a.conf:22: via \"meeting KS 2026-05\" names a body that does not exist: KS\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN 2004-05\" ]",
	  "plan.d/a.conf:22: via \"meeting HSN 2004-05\" is outside 2005-2100, the years whose "
	  "holidays are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-05\"; via = [ \"meeting HSN 2026-05\" ]",
	  "plan.d/a.conf:22: via leads to a meeting: let due of RS-58 be \"meeting BODY YYYY-MM\", "
	  "or leave out via\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting RS 2026-05\" ]",
	  "plan.d/a.conf:22: via of RS-58 names RS, whose meeting closes it: that is its due\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN 2026-05\", \"meeting HSN\" ]",
	  "plan.d/a.conf:22: via of RS-58 names HSN twice: a matter passes a body once\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN 2026-07\" ]",
	  "plan.d/a.conf:22: via \"meeting HSN 2026-07\" of RS-58 comes after \"meeting RS "
	  "2026-06\", which follows it in the chain: name the bodies in the order in which they "
	  "meet\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; via = [ \"meeting HSN 2026-05\" ]",
	  "plan.d/a.conf:22: RS-58 comes again, so its via has no month: write \"meeting HSN\", "
	  "its last one before that of the next body\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; via = [ \"meeting HSN\" ]", "" },
	{ __LINE__, PLAN,
	  "due = \"meeting RS 2026-06\";\n\t  answers_from = [ \"HSN-*\" ]; responsible = \"hsd\";",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN\" ];\n answers_from = [ \"HSN-*\" "
	  "];",
	  "plan.d/a.conf:20: warning: RS-58 has no responsible, whom its ladder names at +3wd\n"
	  "plan.d/a.conf:22: warning: RS-58 has no responsible: nobody is asked for the papers of "
	  "the bodies after the first\n" },
	/* A date that is counted. */
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2m after 2026-08-31\"", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2w after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"2w after 2026-08-31\" counts in no unit: write months as 2m, "
	  "days as 30d, working days as 10wd, and a week as 7d\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"0d after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"0d after 2026-08-31\" counts in no unit: write months as 2m, "
	  "days as 30d, working days as 10wd, and a week as 7d\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"two months after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"two months after 2026-08-31\" counts in no unit: write months "
	  "as "
	  "2m, days as 30d, working days as 10wd, and a week as 7d\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"99999d after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"99999d after 2026-08-31\" is outside 2005-2100, the years whose "
	  "holidays are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"900m after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"900m after 2026-08-31\" is outside 2005-2100, the years whose "
	  "holidays are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"27400d after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"27400d after 2026-08-31\" is outside 2005-2100, the years whose "
	  "holidays are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"27000wd after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"27000wd after 2026-08-31\" is outside 2005-2100, the years "
	  "whose "
	  "holidays are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2m after 2026-02-30\"",
	  "plan.d/a.conf:22: due \"2m after 2026-02-30\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2m after 2026-08\"",
	  "plan.d/a.conf:22: due \"2m after 2026-08\" is not a date that exists: YYYY-MM-DD\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2m after 2026-08-31 12:00\"",
	  "plan.d/a.conf:22: due \"2m after 2026-08-31 12:00\" is not a date that exists: "
	  "YYYY-MM-DD\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2m after 1999-08-31\"",
	  "plan.d/a.conf:22: due \"2m after 1999-08-31\" is outside 2005-2100, the years whose "
	  "holidays are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2m after meeting RS 2026-06\"",
	  "plan.d/a.conf:22: due \"2m after meeting RS 2026-06\" is not a date that exists: "
	  "YYYY-MM-DD\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"1m after 2026-05-31\"; papers=\"-2wd\"",
	  "plan.d/a.conf:22: warning: papers has no effect: without a meeting they are due when "
	  "the deadline is\n" },
	/* What is sent twice before a meeting. */
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7wd\"; papers_late = \"-2wd\"", "" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7wd\"; papers_late = \"0\"", "" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7wd\"; papers_late = \"2wd\"",
	  "plan.d/a.conf:2: papers_late \"2wd\" must not be after: write -7wd or 0\n" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7wd\"; papers_late = \"-8wd\"",
	  "plan.d/a.conf:2: papers_late of RS is not after its papers: the second sending is the "
	  "later one\n" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7wd\"; papers_late = \"-7wd\"",
	  "plan.d/a.conf:2: papers_late of RS is not after its papers: the second sending is the "
	  "later one\n" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers_late = \"-2wd\"",
	  "plan.d/a.conf:2: papers_late of RS is not after its papers: the second sending is the "
	  "later one\n" },
	/* In other units one can't be sure, since a holiday may be among the days. */
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7wd\"; papers_late = \"-9d\"", "" },
	{ __LINE__, PLAN, "papers = \"-7wd\"", "papers = \"-7d\"; papers_late = \"-6wd\"",
	  "plan.d/a.conf:2: warning: papers_late of RS is not after its papers: the second sending "
	  "is the later one\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; sending = \"first\"", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; sending = \"third\"",
	  "plan.d/a.conf:22: sending \"third\" is not among its values: first, second\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; sending = \"second\"",
	  "plan.d/a.conf:22: RS has no second sending: give it papers_late, such as \"-2wd\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; papers = \"-3wd\";\n sending = \"second\"",
	  "plan.d/a.conf:23: RS-58 has papers of its own, so that no sending of the body is "
	  "counted "
	  "from: leave out one of the two\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-16\"; sending = \"second\"",
	  "plan.d/a.conf:22: the second sending is one before a meeting: let due of RS-58 be "
	  "\"meeting "
	  "BODY YYYY-MM\", or leave out sending\n" },
	/* Some of the meetings. */
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; months = [ 6, 10 ]", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; each = 2", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; months = [ 6, 13 ]",
	  "plan.d/a.conf:22: months must be 1 to 12\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; months = [ \"june\" ]",
	  "plan.d/a.conf:22: months \"june\" is a text, and must be a whole number: write it in "
	  "digits alone, without quotation marks\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; months = 6",
	  "plan.d/a.conf:22: months must be a list: months = [ … ];\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; months = [ ]",
	  "plan.d/a.conf:22: months is empty: name some, such as [ 4, 11 ], or leave it out\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; months = [ 4, 11 ]",
	  "plan.d/a.conf:22: due of RS-58 is in a month that is none of its months: let it begin "
	  "in one of them\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; each = 1",
	  "plan.d/a.conf:22: each must be 2 to 100\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; every = \"meeting RS\"; each = 2; months = [ 6 ]",
	  "plan.d/a.conf:22: months and each of RS-58 say two things: leave out one of the two\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; months = [ 6 ]",
	  "plan.d/a.conf:22: months chooses among meetings: let every of RS-58 be \"meeting "
	  "BODY\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"meeting RS 2026-06\"; each = 2",
	  "plan.d/a.conf:22: each chooses among meetings: let every of RS-58 be \"meeting "
	  "BODY\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS next\"; every = \"meeting RS\"; months = [ 4, 11 ]", "" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-16\"; every = \"RRULE:FREQ=MONTHLY\"; months = [ 6 ]",
	  "plan.d/a.conf:22: months chooses among meetings, and every of RS-58 is a rule: let the "
	  "rule say it (BYMONTH), or every be \"meeting BODY\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-16\"; every = \"RRULE:FREQ=MONTHLY\"; each = 2",
	  "plan.d/a.conf:22: each chooses among meetings, and every of RS-58 is a rule: let the "
	  "rule say it (INTERVAL), or every be \"meeting BODY\"\n" },
	/* Holes. */
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"<fyll i belopp>\";",
	  "plan.d/a.conf:17: effect_planned has the hole \"<fyll i belopp>\" in it: fill it in\n" },
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"",
	  "title = \"Klicka här för att fylla i\"",
	  "plan.d/a.conf:16: title has the hole \"Klicka här\" in it: fill it in\n" },
	{ __LINE__, PLAN, "title = \"Minska inhyrd personal\"", "title = \"FYLL I titel\"",
	  "plan.d/a.conf:16: title has the hole \"FYLL I\" in it: fill it in\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\"", "name = \"Todo\"",
	  "plan.d/a.conf:8: name has the hole \"Todo\" in it: fill it in\n" },
	{ __LINE__, PLAN, "decision = \"RS 2026-04-22 § 58\"", "decision = \"RS <datum> § 58\"",
	  "plan.d/a.conf:21: decision has the hole \"<datum>\" in it: fill it in\n" },
	{ __LINE__, PLAN, "place = \"Residenset\"", "place = \"<sal>\"",
	  "plan.d/a.conf:5: place has the hole \"<sal>\" in it: fill it in\n" },
	{ __LINE__, MAIN, "name = \"hsn-hook\"", "name = \"TODO\"",
	  "paminnd.conf:12: name has the hole \"TODO\" in it: fill it in\n"
	  "paminnd.conf:24: to \"channel:hsn-hook\" is not among the channels\n"
	  "plan.d/a.conf:9: channels \"hsn-hook\" is not among the channels\n" },
	/* Reserved domains, outside a rehearsal. */
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"akut@region.example\"",
	  "plan.d/a.conf:8: mail \"akut@region.example\" is under a reserved domain, which nothing "
	  "reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse DAY\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"Påminn <paminn@example.org>\"",
	  "paminnd.conf:10: from \"Påminn <paminn@example.org>\" is under a reserved domain, which "
	  "nothing reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse "
	  "DAY\n" },
	{ __LINE__, MAIN, "reply_to = \"stod@region.se\"", "reply_to = \"stod@region.test\"",
	  "paminnd.conf:11: reply_to \"stod@region.test\" is under a reserved domain, which "
	  "nothing reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse "
	  "DAY\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"",
	  "server = \"smtp://mail.example.com:25\"",
	  "paminnd.conf:10: server \"smtp://mail.example.com:25\" is under a reserved domain, "
	  "which nothing reaches: write the real one. A rehearsal takes it as it is: "
	  "paminn-rehearse DAY\n" },
	{ __LINE__, MAIN, "url = \"https://hook.region.se/hsn\"",
	  "url = \"https://hook.invalid/hsn\"",
	  "paminnd.conf:12: url \"https://hook.invalid/hsn\" is under a reserved domain, which "
	  "nothing reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse "
	  "DAY\n" },
	/* What to do is said once: at the first of them. */
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\";\n\treply_to = \"stod@region.se\"",
	  "from = \"paminn@region.example\";\n\treply_to = \"stod@region.example\"",
	  "paminnd.conf:10: from \"paminn@region.example\" is under a reserved domain, which "
	  "nothing reaches: write the real one. A rehearsal takes it as it is: paminn-rehearse "
	  "DAY\n"
	  "paminnd.conf:11: reply_to \"stod@region.example\" is under a reserved domain\n" },
	/* Endpoints. */
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"tcp://192.0.2.7:7701\" ]",
	  "paminnd.conf:7: feed \"tcp://192.0.2.7:7701\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"tcp://*:7701\" ]",
	  "paminnd.conf:7: feed \"tcp://*:7701\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n" },
	{ __LINE__, MAIN, "feed = [ ]",
	  "feed = [ \"tcp://[::]:7701\", \"tcp://[::ffff:10.0.0.1]:7701\" ]",
	  "paminnd.conf:7: feed \"tcp://[::]:7701\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n"
	  "paminnd.conf:7: feed \"tcp://[::ffff:10.0.0.1]:7701\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"tcp://128.0.0.1:7701\", \"tcp://lo:7702\" ]",
	  "paminnd.conf:7: feed \"tcp://128.0.0.1:7701\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n"
	  "paminnd.conf:7: feed \"tcp://lo:7702\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n" },
	/* What can't be bound would fail at the start alone. */
	{ __LINE__, MAIN, "feed = [ ]",
	  "feed = [ \"tcp://127.0.0.1.se:7701\", \"tcp://127.1:7701\", \"tcp://paminn:7701\",\n"
	  "\"tcp://10.0.0.1;127.0.0.1:7701\" ]",
	  "paminnd.conf:7: feed \"tcp://127.0.0.1.se:7701\" is the name of a host, and only an "
	  "address of this machine can be listened at, such as 10.0.0.5, or * for all of them\n"
	  "paminnd.conf:7: feed \"tcp://127.1:7701\" is the name of a host, and only an "
	  "address of this machine can be listened at, such as 10.0.0.5, or * for all of them\n"
	  "paminnd.conf:7: feed \"tcp://paminn:7701\" is the name of a host, and only an "
	  "address of this machine can be listened at, such as 10.0.0.5, or * for all of them\n"
	  "paminnd.conf:8: feed \"tcp://10.0.0.1;127.0.0.1:7701\" is the name of a host, and only "
	  "an "
	  "address of this machine can be listened at, such as 10.0.0.5, or * for all of them\n" },
	/* One that is connected to may be a name. */
	{ __LINE__, MAIN, "endpoint = \"ipc:///run/x/pub.sock\"",
	  "endpoint = \"tcp://publisher.region.se:7701\"",
	  "paminnd.conf:8: endpoint \"tcp://publisher.region.se:7701\" is open to other machines: "
	  "give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n" },
	{ __LINE__, MAIN, "submit = [ \"ipc:///run/x/submit.sock\" ]",
	  "submit = [ \"tcp://localhost:7701\", \"tcp://127.0.0.1:7701\" ]",
	  "paminnd.conf:6: warning: tcp://localhost:7701 is open to every local user: each acts as "
	  "a "
	  "steward here; ipc:// has a mode and a group\n"
	  "paminnd.conf:6: warning: tcp://127.0.0.1:7701 is open to every local user: each acts as "
	  "a "
	  "steward here; ipc:// has a mode and a group\n"
	  "paminnd.conf:6: the endpoint tcp://127.0.0.1:7701 is named twice: the first is at "
	  "paminnd.conf:6\n" },
	{ __LINE__, MAIN, "feed = [ ]",
	  "feed = [ \"tcp://127.0.0.1:0\", \"tcp://127.0.0.1:65536\", \"tcp://127.0.0.1\", "
	  "\"tcp://127.0.0.1:*\" ]",
	  "paminnd.conf:7: feed \"tcp://127.0.0.1:0\" is not tcp://HOST:PORT with a port of 1 to "
	  "65535\n"
	  "paminnd.conf:7: feed \"tcp://127.0.0.1:65536\" is not tcp://HOST:PORT with a port of 1 "
	  "to 65535\n"
	  "paminnd.conf:7: feed \"tcp://127.0.0.1\" is not tcp://HOST:PORT with a port of 1 to "
	  "65535\n"
	  "paminnd.conf:7: feed \"tcp://127.0.0.1:*\" is not tcp://HOST:PORT with a port of 1 to "
	  "65535\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"ipc://\", \"ipc://@abstract\", \"ipc://*\" ]",
	  "paminnd.conf:7: feed \"ipc://\" is not the path of a socket: "
	  "ipc:///run/paminn/submit.sock\n"
	  "paminnd.conf:7: feed \"ipc://@abstract\" is not the path of a socket: "
	  "ipc:///run/paminn/submit.sock\n"
	  "paminnd.conf:7: feed \"ipc://*\" is not the path of a socket: "
	  "ipc:///run/paminn/submit.sock\n" },
	{ __LINE__, MAIN, "feed = [ ]",
	  "feed = [ "
	  "\"ipc:///"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxx\" ]",
	  "paminnd.conf:7: feed \"ipc:///xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" "
	  "has a path longer than 107 bytes, the system's limit for a socket\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"inproc://feed\" ]",
	  "paminnd.conf:7: feed \"inproc://feed\" is neither ipc://PATH nor tcp://HOST:PORT\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"ipc:///run/x/submit.sock\" ]",
	  "paminnd.conf:7: the endpoint ipc:///run/x/submit.sock is named twice: the first is at "
	  "paminnd.conf:6\n" },
	{ __LINE__, MAIN, "\"ipc:///run/x/pub.sock\"", "\"tcp://10.0.0.1:7711\"",
	  "paminnd.conf:8: endpoint \"tcp://10.0.0.1:7711\" is open to other machines: give "
	  "secret_key_file, or use ipc:// or a loopback address (127.0.0.1, [::1], localhost)\n" },
	/* Warnings. */
	{ __LINE__, MAIN, "feed = [ ]",
	  "feed = [ \"tcp://127.0.0.1:7701\", \"tcp://[::1]:7702\", \"tcp://localhost:7703\" ]",
	  "paminnd.conf:7: warning: tcp://127.0.0.1:7701 is open to every local user: each reads "
	  "all events here; ipc:// has a mode and a group\n"
	  "paminnd.conf:7: warning: tcp://[::1]:7702 is open to every local user: each reads all "
	  "events here; ipc:// has a mode and a group\n"
	  "paminnd.conf:7: warning: tcp://localhost:7703 is open to every local user: each reads "
	  "all events here; ipc:// has a mode and a group\n" },
	{ __LINE__, MAIN, "\"ipc:///run/x/submit.sock\"", "\"tcp://127.0.0.1:7700\"",
	  "paminnd.conf:6: warning: tcp://127.0.0.1:7700 is open to every local user: each acts as "
	  "a steward here; ipc:// has a mode and a group\n" },
	{ __LINE__, MAIN, "\"ipc:///run/x/pub.sock\"", "\"tcp://127.0.0.1:7711\"",
	  "paminnd.conf:8: warning: tcp://127.0.0.1:7711 is open to every local user: whoever "
	  "takes the port speaks as the system; ipc:// has a mode and a group\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"; manager = \"hsd\";",
	  "mail = \"akut@region.se\";",
	  "plan.d/a.conf:8: warning: chef-akut has no manager: nobody above hears of a missing "
	  "answer (+1wd) or a measure off track\n" },
	/* Nobody is above the support function, which is told of whatever is late itself. */
	{ __LINE__, PLAN,
	  "manager = \"hsd\";\n\t  roles = [ \"support\" ]; } );\nsystems = (\n\t{ id = "
	  "\"ekonomi\"; may_report = [ \"HSN-*\" ]; } );\nmeasures = (\n\t{ id = \"HSN-03\"; title "
	  "= \"Minska inhyrd personal\"; owner = \"chef-akut\";",
	  "roles = [ \"support\" ]; } );\nsystems = (\n\t{ id = \"ekonomi\"; may_report = [ "
	  "\"HSN-*\" ]; } );\nmeasures = (\n\t{ id = \"HSN-03\"; title = \"Minska inhyrd "
	  "personal\"; owner = \"registrator\";",
	  "" },
	{ __LINE__, MAIN, "to = [ \"owner\", \"manager\" ]", "to = [ \"owner\", \"deputy\" ]",
	  "plan.d/a.conf:8: warning: chef-akut and hsd have no deputy: nobody beside them hears "
	  "of a missing answer (+1wd)\n" },
	{ __LINE__, PLAN, "answers_from = [ \"HSN-*\" ]; responsible = \"hsd\";",
	  "answers_from = [ \"HSN-*\" ];",
	  "plan.d/a.conf:20: warning: RS-58 has no responsible, whom its ladder names at +3wd\n" },
	{ __LINE__, PLAN, "roles = [ \"support\" ]", "roles = [ \"help\" ]",
	  "paminnd.conf:4: warning: nobody holds the role support: nobody is told of what can't be "
	  "delivered\n"
	  "paminnd.conf:20: to \"role:support\" reaches nobody: no person has the role\n"
	  "paminnd.conf:22: to \"role:support\" reaches nobody: no person has the role\n"
	  "paminnd.conf:23: to \"role:support\" reaches nobody: no person has the role\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; papers = \"-22wd\"",
	  "plan.d/a.conf:20: warning: the papers of RS-58 are due on 2026-05-15, a squeeze day: "
	  "reminders also name 2026-05-13, the practical date\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2026-05-15\"",
	  "plan.d/a.conf:20: warning: the papers of RS-58 are due on 2026-05-15, a squeeze day: "
	  "reminders also name 2026-05-13, the practical date\n" },
	{ __LINE__, PLAN, "2026-10-27", "2026-10-25",
	  "plan.d/a.conf:6: warning: 2026-10-25 is no working day: check the date of the meeting "
	  "of RS\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ]", "closed = [ \"2026-10-27\" ]",
	  "plan.d/a.conf:6: warning: 2026-10-27 is no working day: check the date of the meeting "
	  "of RS\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"akut@måndag\"",
	  "plan.d/a.conf:8: warning: mail \"akut@måndag\" names a domain of one word: check that "
	  "nothing is missing\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000", "effect_planned = 0o17",
	  "plan.d/a.conf:17: 0o17 is not a number: write it in digits alone\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000", "effect_planned = 12M",
	  "plan.d/a.conf:17: 12M is not a number: write it in digits alone\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000", "effect_planned = 0x12G",
	  "plan.d/a.conf:17: 0x12G is not a number: write it in digits alone\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2026-06-16\"; papers = \"-7wd\"",
	  "plan.d/a.conf:22: warning: papers has no effect: without a meeting they are due when "
	  "the deadline is\n" },
	/* Endpoints and servers that can't be. */
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"",
	  "server = \"smtp://127.0.0.1:123456\"",
	  "paminnd.conf:10: server \"smtp://127.0.0.1:123456\" is not smtp://HOST:PORT\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"", "server = \"smtp://127.0.0.1:25x\"",
	  "paminnd.conf:10: server \"smtp://127.0.0.1:25x\" is not smtp://HOST:PORT\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"", "server = \"smtp://[::1:25\"",
	  "paminnd.conf:10: server \"smtp://[::1:25\" is not smtp://HOST:PORT\n" },
	{ __LINE__, MAIN, "server = \"smtp://127.0.0.1:25\"",
	  "server = "
	  "\"smtp://"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:25\"",
	  "paminnd.conf:10: server "
	  "\"smtp://xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" is not "
	  "smtp://HOST:PORT\n" },
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ \"tcp://[localhost]:7701\" ]",
	  "paminnd.conf:7: feed \"tcp://[localhost]:7701\" is the name of a host, and only an "
	  "address of this machine can be listened at, such as 10.0.0.5, or * for all of them\n" },
	/* Texts where a file has something else. */
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];", "plan = { a = \"nowhere.d/x\"; };",
	  "paminnd.conf:4: plan must be a list: plan = [ \"…\" ];\n" },
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];", "plan = \"plan.d/*.conf\";",
	  "paminnd.conf:4: plan must be a list: plan = [ \"…\" ];\n" },
	{ __LINE__, MAIN, "plan = [ \"plan.d/*.conf\" ];", "plan = ( \"plan.d/*.conf\", \"\", 1 );",
	  "paminnd.conf:4: plan is empty: the plan's files, such as [ \"plan.d/*.conf\" ]\n"
	  "paminnd.conf:4: plan must be text in quotes\n" },
	{ __LINE__, PLAN, "channels = [ \"mail\", \"hsn-hook\" ];",
	  "channels = [ \"mail\",\n \"pige\\x6fn\" ];",
	  "plan.d/a.conf:9: channels \"pigeon\" is not among the channels\n" },
	{ __LINE__, PLAN, "channels = [ \"mail\", \"hsn-hook\" ];", "channels = ( 1, \"mail\" );",
	  "plan.d/a.conf:9: channels must be text in quotes\n" },
	{ __LINE__, PLAN, "roles = [ \"owner\" ];", "roles = [ \"owner\", \" \" ];",
	  "plan.d/a.conf:9: roles is empty: that ladders and alerts name\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;",
	  "effect_planned = \"123456789012345678901\";",
	  "plan.d/a.conf:17: effect_planned \"123456789012345678901\" is a text, and must be a "
	  "whole number: write it in digits alone, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"1234 567\";",
	  "plan.d/a.conf:17: effect_planned \"1234 567\" is a text, and must be a whole number: "
	  "write it in digits alone, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"12x\";",
	  "plan.d/a.conf:17: effect_planned \"12x\" is a text, and must be a whole number: write "
	  "it in digits alone, without quotation marks\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = \"-3 000 000 000\";",
	  "plan.d/a.conf:17: effect_planned \"-3 000 000 000\" is a text, and must be a whole "
	  "number: write -3000000000L, without quotation marks\n" },
	{ __LINE__, MAIN, "ladders = (", "ladders = ( { name = \"none\"; steps = ( ); },",
	  "paminnd.conf:16: steps is empty: when to remind whom\n" },
	{ __LINE__, MAIN, "ladders = (", "ladders = ( { name = \"none\"; steps = \"x\"; },",
	  "paminnd.conf:16: steps must be a list of groups: steps = ( { … }, { … } );\n" },
	{ __LINE__, MAIN, "ladders = (", "ladders = ( { name = \"none\"; },",
	  "paminnd.conf:16: the ladder none has no steps: when to remind whom\n" },
	{ __LINE__, MAIN, "ladders = (",
	  "ladders = ( { name = \"none\"; steps = ( \"x\", { at = \"0\"; to = [ \"owner\" ]; } ); "
	  "},",
	  "paminnd.conf:16: steps has something other than a { group } in it\n" },
	{ __LINE__, MAIN, "ladders = (",
	  "ladders = ( { name = \"none\"; steps = ( { to = [ \"owner\" ]; }, { to = [ \"manager\" "
	  "]; } ); },",
	  "paminnd.conf:16: the step has no at: days from the papers date, such as \"-10wd\"\n"
	  "paminnd.conf:16: the step has no at: days from the papers date, such as \"-10wd\"\n" },
	{ __LINE__, MAIN, "subscribe = ( {", "subscribe = ( \"x\", {",
	  "paminnd.conf:8: subscribe has something other than a { group } in it\n" },
	{ __LINE__, MAIN,
	  "subscribe = ( { endpoint = \"ipc:///run/x/pub.sock\"; system = \"ekonomi\"; } )",
	  "subscribe = \"ipc:///run/x/pub.sock\"",
	  "paminnd.conf:8: subscribe must be a list of groups: subscribe = ( { … }, { … } );\n" },
	{ __LINE__, MAIN, "endpoint = \"ipc:///run/x/pub.sock\"; ", "",
	  "paminnd.conf:8: the subscription has no endpoint: where it publishes\n" },
	{ __LINE__, MAIN, "submit = [ \"ipc:///run/x/submit.sock\" ]",
	  "submit = [ \"x\", \"ipc:///run/x/submit.sock\" ]",
	  "paminnd.conf:6: submit \"x\" is neither ipc://PATH nor tcp://HOST:PORT\n" },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; retention = { events = \"10yy\"; };",
	  "paminnd.conf:2: events \"10yy\" is not a time such as \"10y\", \"18m\" or \"400d\", "
	  "from 90 days to 100 years\n" },
	{ __LINE__, MAIN, "language = \"sv\";",
	  "language = \"sv\"; templates = \"https://region.se\";",
	  "paminnd.conf:2: templates \"https://region.se\" is not the path of a file\n" },
	{ __LINE__, MAIN, "channels = (",
	  "channels = ( { name = \"hsn-hook\"; type = \"webhook\"; url = \"https://a.region.se/\"; "
	  "format = \"teams\"; },",
	  "paminnd.conf:12: \"hsn-hook\" is there twice: the first is at paminnd.conf:12. Call one "
	  "of the two something else\n" },
	/* Something without an id. */
	{ __LINE__, PLAN, "{ id = \"HSN-07\"; title = \"Samordna inköp\";",
	  "{ id = \"HSN 07\"; title = \" \";",
	  "plan.d/a.conf:18: id \"HSN 07\" is not an id: 1 to 64 of A-Z, a-z, 0-9, \".\", \"_\" "
	  "and \"-\"\n"
	  "plan.d/a.conf:18: title is empty: what is to be done\n" },
	{ __LINE__, PLAN, "{ id = \"HSN-03\";", "{ done_by = \"2026-06\";",
	  "plan.d/a.conf:16: the measure has no id: its short name\n"
	  "plan.d/a.conf:16: done_by of the measure is a month: write a date, or \"meeting BODY "
	  "2026-06\"\n" },
	{ __LINE__, PLAN, "{ id = \"HSN-03\";", "{ light_days = \"5wd\";",
	  "plan.d/a.conf:16: the measure has no id: its short name\n"
	  "plan.d/a.conf:16: warning: light_days has no effect: the measure has no done_by\n" },
	{ __LINE__, PLAN, "{ id = \"HSN-03\";",
	  "{ done_by = \"2026-01-01\"; from = \"2026-02-01\";",
	  "plan.d/a.conf:16: the measure has no id: its short name\n"
	  "plan.d/a.conf:16: the measure is to be done by 2026-01-01, before it begins on "
	  "2026-02-01\n" },
	{ __LINE__, PLAN, "{ id = \"RS-58\";", "{ via = [ \"meeting HSN 2026-07\" ];",
	  "plan.d/a.conf:20: the deadline has no id: its short name\n" },
	{ __LINE__, PLAN,
	  "{ id = \"RS-58\"; title = \"Återredovisning av handlingsplan\";\n\t  decision = \"RS "
	  "2026-04-22 § 58\";\n\t  due = \"meeting RS 2026-06\";",
	  "{ title = \"Återredovisning\"; due = \"2026-05-15\";",
	  "plan.d/a.conf:20: the deadline has no id: its short name\n" },
	{ __LINE__, PLAN, "{ id = \"registrator\";", "{ steward_of = [ \"HSN-*\" ];",
	  "plan.d/a.conf:10: manager \"registrator\" is not among the people\n"
	  "plan.d/a.conf:11: the person has no id: a short name\n"
	  "plan.d/a.conf:24: inform \"registrator\" is not among the people\n" },
	{ __LINE__, PLAN, "id = \"chef-akut\"; ", "",
	  "plan.d/a.conf:8: the person has no id: a short name\n"
	  "plan.d/a.conf:16: owner \"chef-akut\" is not among the people\n" },
	{ __LINE__, PLAN, "{ id = \"hsd\"; name = \"Direktören\"; mail = \"hsd@region.se\";",
	  "{ id = \"hsd\";",
	  "plan.d/a.conf:10: the person hsd has no name: as mails name them\n"
	  "plan.d/a.conf:10: the person hsd has no mail: one mailbox, unless their channels are "
	  "others\n" },
	/* Of a due that can't be read nothing more is said. */
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"soon\"; every = \"meeting RS\"; months = [ 4 ]",
	  "plan.d/a.conf:22: due \"soon\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", "
	  "\"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY "
	  "next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-31\"; every = \"meeting RS\"; months = [ 4 ]",
	  "plan.d/a.conf:22: every meeting of RS is counted from one of them: let due of RS-58 be "
	  "\"meeting RS YYYY-MM\" or \"meeting RS next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"soon\"; papers = \"-7wd\"",
	  "plan.d/a.conf:22: due \"soon\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", "
	  "\"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY "
	  "next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"soon\"; sending = \"second\"",
	  "plan.d/a.conf:22: due \"soon\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", "
	  "\"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY "
	  "next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"soon\"; via = [ \"meeting HSN 2026-05\" ]",
	  "plan.d/a.conf:22: due \"soon\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", "
	  "\"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting BODY "
	  "next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS next\"; via = [ \"meeting HSN 2026-05\" ]", "" },
	{ __LINE__, PLAN,
	  "due = \"meeting RS 2026-06\";\n\t  answers_from = [ \"HSN-*\" ]; responsible = \"hsd\"",
	  "due = \"meeting RS 2026-06\";\n\t  answers_from = [ \"HSN-*\" ]; via = [ \"meeting HSN "
	  "2026-05\" ]; responsible = \"nobody\"",
	  "plan.d/a.conf:23: responsible \"nobody\" is not among the people\n" },
	{ __LINE__, PLAN, "ladder = \"standard\"; }", "opens = \"-6wd\"; ladder = \"steep\"; }",
	  "plan.d/a.conf:25: ladder \"steep\" is not among the ladders\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"meeting RS\"",
	  "plan.d/a.conf:22: due \"meeting RS\" is not a meeting: \"meeting BODY YYYY-MM\" or "
	  "\"meeting BODY next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
	  "2026-06\"",
	  "plan.d/a.conf:22: due \"meeting xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" "
	  "is not a meeting: \"meeting BODY YYYY-MM\" or \"meeting BODY next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 2026-06\"",
	  "plan.d/a.conf:22: due \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" "
	  "is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", \"YYYY-MM\", \"2m after YYYY-MM-DD\", "
	  "\"meeting BODY YYYY-MM\" and \"meeting BODY next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2101-01\"",
	  "plan.d/a.conf:22: due \"2101-01\" is outside 2005-2100, the years whose holidays are "
	  "known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"2026-06-16_12:00\"",
	  "plan.d/a.conf:22: due \"2026-06-16_12:00\" is none of \"YYYY-MM-DD\", \"YYYY-MM-DD "
	  "HH:MM\", \"YYYY-MM\", \"2m after YYYY-MM-DD\", \"meeting BODY YYYY-MM\" and \"meeting "
	  "BODY next\"\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"", "due = \"999999d after 2026-08-31\"",
	  "plan.d/a.conf:22: due \"999999d after 2026-08-31\" counts in no unit: write months as "
	  "2m, days as 30d, working days as 10wd, and a week as 7d\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; opens = \"2004-06-01\"",
	  "plan.d/a.conf:22: opens \"2004-06-01\" is outside 2005-2100, the years whose holidays "
	  "are known\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting "
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 2026-05\" ]",
	  "plan.d/a.conf:22: via \"meeting xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" "
	  "is neither \"meeting BODY YYYY-MM\" nor \"meeting BODY\", its last one before the next "
	  "body's\n" },
	{ __LINE__, PLAN, "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-06\"; via = [ \"meeting HSN 2101-05\" ]",
	  "plan.d/a.conf:22: via \"meeting HSN 2101-05\" is outside 2005-2100, the years whose "
	  "holidays are known\n" },
	{ __LINE__, MAIN, "closed = [ \"2026-12-28\" ]",
	  "closed = [ \"2026-07-06 till och med 31 juli\", \"6 juli till och med 2026-07-31\", "
	  "\"från 2026-07-06/2026-07-31\", \"2026-02-30/2026-07-31\" ]",
	  "paminnd.conf:14: closed \"2026-07-06 till och med 31 juli\" is not a date that exists: "
	  "YYYY-MM-DD\n"
	  "paminnd.conf:14: closed \"6 juli till och med 2026-07-31\" is not a date that exists: "
	  "YYYY-MM-DD\n"
	  "paminnd.conf:14: closed \"från 2026-07-06/2026-07-31\" is not a date that exists: "
	  "YYYY-MM-DD\n"
	  "paminnd.conf:14: closed \"2026-02-30/2026-07-31\" is not a date that exists: "
	  "YYYY-MM-DD\n" },
	/* Keys. */
	{ __LINE__, MAIN, "feed = [ ]", "feed = [ ]; secret_key_file = \"secret/x\"",
	  "paminnd.conf:7: secret_key_file \"secret/x\" can't be read by the daemon: see to its "
	  "owner and mode\n" },
	/* A name with an address, and not one. */
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"Akut <akut@region.se> x>\"",
	  "plan.d/a.conf:8: mail \"Akut <akut@region.se> x>\" is not exactly one mail address\n" },
	/* Mailboxes. */
	{ __LINE__, PLAN, "mail = \"akut@region.se\"", "mail = \"Akut <akut>\"",
	  "plan.d/a.conf:8: mail has the hole \"<akut>\" in it: fill it in\n" },
	{ __LINE__, PLAN, "mail = \"akut@region.se\"",
	  "mail = "
	  "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@åa.åa.åa.åa.åa.åa.åa."
	  "åa.åa.åa.åa.åa.åa.åa.åa.åa.åa.åa.åa.åa.se\"",
	  "plan.d/a.conf:8: mail \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\" "
	  "names a domain that can't be: its name has no form in ASCII\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"\\\"Påminn <paminn@region.se>\"",
	  "paminnd.conf:10: from \"\"Påminn <paminn@region.se>\" is not exactly one mail address "
	  "with a name: \"Name <local@domain>\"\n" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = \"\\\"Påminn\\\" <paminn@region.se>\"", "" },
	{ __LINE__, MAIN, "from = \"Påminn <paminn@region.se>\"",
	  "from = "
	  "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	  "xxxxxxxxxxxxxxxxxxxxxxxxxxx <paminn@region.se>\"",
	  "paminnd.conf:10: from \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" "
	  "is not exactly one mail address with a name: \"Name <local@domain>\"\n" },
	{ __LINE__, MAIN, "reply_to = \"stod@region.se\";", "return_path = \"studs@region.se\";",
	  "paminnd.conf:10: mail has no reply_to: the mailbox where a reply reaches people\n" },
	/* Syntax. */
	{ __LINE__, MAIN, "language = \"sv\";", "*language = \"sv\";",
	  "paminnd.conf:2: unknown key \"*language\" in paminnd.conf: the keys are timezone, "
	  "language, store, store_password_file, templates, plan, intake, mail, channels, web, "
	  "calendar, ladders, alerts, retention\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = \"Akut\\\"chefen;",
	  "plan.d/a.conf:8: a \" is missing on this line: every text begins and ends with one\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = \"Akut\\\"chefen\\\";",
	  "plan.d/a.conf:8: a \" is missing on this line: every text begins and ends with one\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = \"Akutchefen\\\n\";",
	  "plan.d/a.conf:8: a \" is missing on this line: every text begins and ends with one\n" },
	{ __LINE__, PLAN, "name = \"Akutchefen\";", "name = \"Akut\\\"chefen\" x",
	  "plan.d/a.conf:8: a = is missing after x\n" },
	{ __LINE__, MAIN, "language = \"sv\";", "language /* of all",
	  "paminnd.conf:2: a comment begins here with /* and is never closed: write */ where it "
	  "ends\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;",
	  "effect_planned = 1 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 "
	  "000 000 000 000 000 000 000 000 000 000 000 000 000;",
	  "plan.d/a.conf:17: 1 000 000 000 000 000 000 000 000 000 000 000 000 000 000 00… is not "
	  "a number in digits alone: write a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1234 500;",
	  "plan.d/a.conf:17: 1234 500 is not a number in digits alone: write a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1 50 000;",
	  "plan.d/a.conf:17: 1 50 000 is not a number in digits alone: write a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1.5.3;",
	  "plan.d/a.conf:17: 1.5.3 is not a number in digits alone: write a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 1.5x;",
	  "plan.d/a.conf:17: 1.5x is not a number: write it in digits alone\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 0Xb71b00;", "" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = .5;",
	  "plan.d/a.conf:17: effect_planned must be a whole number\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = .x;",
	  "plan.d/a.conf:17: .x is where a value should be: text in quotes, a number, true, false, "
	  "[ ], ( ) or { }\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = +5;", "" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = -x;",
	  "plan.d/a.conf:17: -x is where a value should be: text in quotes, a number, true, false, "
	  "[ ], ( ) or { }\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 12_000_000;",
	  "plan.d/a.conf:17: 12_000_000 is not a number in digits alone: write 12000000\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = 12_;",
	  "plan.d/a.conf:17: 12_ is not a number: write it in digits alone\n" },
	{ __LINE__, PLAN, "effect_planned = 12000000;", "effect_planned = @;",
	  "plan.d/a.conf:17: @ is where a value should be: text in quotes, a number, true, false, "
	  "[ ], ( ) or { }\n" },
};

START_TEST(each_fault_is_found_in_its_place)
{
	struct plan *plan = NULL;
	struct findings findings = { 0 };
	bool only_warnings = true;
	char *text;
	int result;

	sample_folder();
	sample_files(rows[_i].file, rows[_i].from, rows[_i].to);
	result = plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, rows[_i].findings) == 0, "line %d:\n%s", rows[_i].line, text);
	for (size_t i = 0; i < findings.count; i++)
		only_warnings &= findings.list[i].warning;
	ck_assert_msg(result >= 0 && (size_t)result == findings.faults, "line %d", rows[_i].line);
	ck_assert_msg(only_warnings == (result == 0) && only_warnings == (plan != NULL), "line %d",
		      rows[_i].line);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* It has no web, and its owners no keys. */
#define NO_PAGES                                                                                \
	"paminnd.conf:10: warning: without web, mails tell 2 people to answer with a command; " \
	"with it, by a button. It can wait until the first morning\n"

/* What only a first load shows, beside all else. */
static const struct {
	int line;
	const char *today, *from, *to;
	const char *findings;
} first_loads[] = {
	/* That of October is none of its months. */
	{ __LINE__, "2026-08-01", "due = \"meeting RS 2026-06\";",
	  "due = \"meeting RS 2026-07\"; every = \"meeting RS\"; months = [ 7 ];",
	  "plan.d/a.conf:20: warning: the first month of RS-58, 2026-07, is past, and no meeting "
	  "of RS "
	  "from then on is known: nobody is asked until there is one\n" },
	{ __LINE__, "2026-08-01", "due = \"meeting RS 2026-06\";",
	  "due = \"meeting RS 2026-07\"; every = \"meeting RS\"; months = [ 7, 10 ];", "" },
	{ __LINE__, "2026-06-05", NULL, NULL, "" },
	{ __LINE__, "2026-06-06", NULL, NULL,
	  "plan.d/a.conf:20: warning: the last day of RS-58, 2026-06-05, is past: unless it was "
	  "loaded before, whoever owes it is told at once that it is late\n" },
	{ __LINE__, "2026-06-06", "due = \"meeting RS 2026-06\"",
	  "due = \"2026-01-30\"; every = \"RRULE:FREQ=MONTHLY\"", "" },
	/* A meeting may still be told of, or is known. */
	{ __LINE__, "2026-12-31", "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-12\"; every = \"meeting RS\"", "" },
	{ __LINE__, "2026-10-28", "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-03\"; every = \"meeting RS\"", "" },
	{ __LINE__, "2027-01-01", "due = \"meeting RS 2026-06\"",
	  "due = \"meeting RS 2026-12\"; every = \"meeting RS\"",
	  "plan.d/a.conf:20: warning: the first month of RS-58, 2026-12, is past, and no meeting "
	  "of RS from then on is known: nobody is asked until there is one\n" },
	/* Of what can't be read, or doesn't fit, the fault alone is told. */
	{ __LINE__, "2026-08-01", "due = \"meeting RS 2026-06\";",
	  "due = \"2026-09-01\"; every = \"meeting RS\";",
	  "plan.d/a.conf:22: every meeting of RS is counted from one of them: let due of RS-58 be "
	  "\"meeting RS YYYY-MM\" or \"meeting RS next\"\n" },
	{ __LINE__, "2026-08-01", "due = \"meeting RS 2026-06\";",
	  "due = \"meeting KS 2026-06\"; every = \"meeting RS\";",
	  "plan.d/a.conf:22: due \"meeting KS 2026-06\" names a body that does not exist: KS\n" },
	{ __LINE__, "2026-10-27", "due = \"meeting RS 2026-06\"", "due = \"meeting RS next\"", "" },
	{ __LINE__, "2026-10-28", "due = \"meeting RS 2026-06\"", "due = \"meeting RS next\"",
	  "plan.d/a.conf:20: due \"meeting RS next\" of RS-58 finds no meeting from today on: add "
	  "it to meetings\n" },
	{ __LINE__, "2026-10-28", "due = \"meeting RS 2026-06\";",
	  "due = \"meeting HSN next\"; x = 1;",
	  "plan.d/a.conf:20: due \"meeting HSN next\" of RS-58 finds no meeting from today on: add "
	  "it to meetings\n"
	  "plan.d/a.conf:22: unknown key \"x\" in the deadline: the keys are id, title, decision, "
	  "proposal, due, every, months, each, via, round, papers, sending, opens, answers_from, "
	  "require, "
	  "responsible, inform, "
	  "officials, ladder, assignment\n" },
};

/* A chain, the further meetings that the files know, and what is found at the deadline's 22nd line. */
static const struct {
	int line;
	const char *via, *meetings, *found;
} chains[] = {
	{ __LINE__, "\"meeting HSN 2026-05\"", "{ body = \"HSN\"; from = \"2026-05-21\"; }", "" },
	/* The papers of RS are due on 5 June. */
	{ __LINE__, "\"meeting HSN 2026-06\"", "{ body = \"HSN\"; from = \"2026-06-05\"; }", "" },
	{ __LINE__, "\"meeting HSN 2026-06\"", "{ body = \"HSN\"; from = \"2026-06-08\"; }",
	  "warning: HSN meets on 2026-06-08, after 2026-06-05, when the papers of RS-58 for RS are "
	  "due: its decision can't stand in them, unless they leave later (sending = \"second\", "
	  "or papers)" },
	{ __LINE__, "\"meeting HSN\"",
	  "{ body = \"HSN\"; from = \"2026-05-21\"; }, { body = \"HSN\"; from = \"2026-06-23\"; }",
	  "" },
	{ __LINE__, "\"meeting HSN 2026-06\"", "{ body = \"HSN\"; from = \"2026-06-16\"; }",
	  "HSN meets on 2026-06-16, not before RS, which meets on 2026-06-16 and follows it in the "
	  "chain of RS-58: correct via or meetings" },
};

START_TEST(the_known_meetings_of_a_chain_are_in_its_order_and_far_enough_apart)
{
	struct plan_request request = { .path = MAIN };
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char text[400], due[200], *found;

	sample_folder();
	snprintf(due, sizeof(due), "due = \"meeting RS 2026-06\"; via = [ %s ];", chains[_i].via);
	sample_files(PLAN, "due = \"meeting RS 2026-06\";", due);
	snprintf(text, sizeof(text), "meetings = ( %s );\n", chains[_i].meetings);
	sample_write("plan.d/b.conf", text, NULL, NULL);
	plan_read(&plan, &request, &findings);
	found = sample_findings(&findings);
	snprintf(text, sizeof(text), "%s%s%s", *chains[_i].found ? "plan.d/a.conf:22: " : "",
		 chains[_i].found, *chains[_i].found ? "\n" : "");
	ck_assert_msg(strcmp(found, text) == 0, "line %d:\n%s", chains[_i].line, found);
	free(found);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(what_only_a_first_load_shows_is_found_beside_all_else)
{
	struct plan_request request = { .path = MAIN, .first_load = true };
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	ck_assert_int_eq(civil_parse(first_loads[_i].today, &request.today), 0);
	sample_folder();
	sample_files(PLAN, first_loads[_i].from, first_loads[_i].to);
	plan_read(&plan, &request, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strncmp(text, NO_PAGES, strlen(NO_PAGES)) == 0, "line %d:\n%s",
		      first_loads[_i].line, text);
	ck_assert_msg(strcmp(text + strlen(NO_PAGES), first_loads[_i].findings) == 0,
		      "line %d:\n%s", first_loads[_i].line, text);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(without_zone_files_it_is_said_what_is_missing)
{
	static const char *const zones[] = { "timezone = \"Europe/Stockholm\";", "" };
	static const char *const expected[] = {
		"paminnd.conf:1: timezone \"Europe/Stockholm\" is not a time zone of this system, "
		"which has no zone files: install the package tzdata\n",
		"paminnd.conf: the system has no time zone \"Europe/Stockholm\", which holds "
		"unless "
		"timezone names another: install its zone files, the package tzdata\n",
	};
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char *text;

	ck_assert_int_eq(setenv("TZDIR", "/nowhere", 1), 0);
	sample_folder();
	sample_files(MAIN, zones[0], zones[_i]);
	ck_assert_int_eq(plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings), 1);
	text = sample_findings(&findings);
	ck_assert_str_eq(text, expected[_i]);
	free(text);
	findings_done(&findings);
	sample_done();
}
END_TEST

UNIT_TESTS("plan/faults", UNIT_ROWS(each_fault_is_found_in_its_place, UNIT_COUNT(rows)),
	   UNIT_ROWS(what_only_a_first_load_shows_is_found_beside_all_else,
		     UNIT_COUNT(first_loads)),
	   UNIT_ROWS(the_known_meetings_of_a_chain_are_in_its_order_and_far_enough_apart,
		     UNIT_COUNT(chains)),
	   UNIT_ROWS(without_zone_files_it_is_said_what_is_missing, 2))
