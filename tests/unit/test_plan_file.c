/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "base/zone.h"
#include "plan/due.h"
#include "plan/ladder.h"
#include "plan/mail_address.h"
#include "tests/unit/plan_sample.h"

/* The plan in MAIN, in which nothing is wrong. */
static struct plan *load(bool rehearsal)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	int result = plan_read(
		&plan, &(struct plan_request){ .path = MAIN, .rehearsal = rehearsal }, &findings);
	char *text = sample_findings(&findings);

	ck_assert_msg(result == 0 && !*text, "%s", text);
	free(text);
	findings_done(&findings);
	return plan;
}

/* What is found in path, which is to hold so many faults. */
static char *faults(const char *path, int count)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	int result = plan_read(&plan, &(struct plan_request){ .path = path }, &findings);
	char *text = sample_findings(&findings);

	ck_assert_msg(result == count, "%d:\n%s", result, text);
	ck_assert_ptr_null(plan);
	findings_done(&findings);
	return text;
}

static void check_settings(const struct plan *plan)
{
	const struct settings *settings = &plan->settings;

	ck_assert_str_eq(settings->timezone, "Europe/Stockholm");
	ck_assert_int_eq(settings->language, LANGUAGE_SV);
	ck_assert_str_eq(settings->store, "paminn.db");
	ck_assert_ptr_nonnull(settings->templates);
	ck_assert_uint_eq(settings->endpoint_count[ENDPOINT_SUBMIT], 1);
	ck_assert_str_eq(settings->endpoints[ENDPOINT_SUBMIT][0].address,
			 "ipc:///run/x/submit.sock");
	ck_assert_uint_eq(settings->endpoint_count[ENDPOINT_FEED], 0);
	ck_assert_uint_eq(settings->endpoint_count[ENDPOINT_COLLECT], 0);
	ck_assert_uint_eq(settings->endpoint_count[ENDPOINT_SUBSCRIBE], 1);
	ck_assert_ptr_eq(settings->endpoints[ENDPOINT_SUBSCRIBE][0].publisher,
			 plan_publisher(plan, "ekonomi"));
	ck_assert_str_eq(settings->mail.server, "smtp://127.0.0.1:25");
	ck_assert_str_eq(settings->mail.from, "paminn@region.se");
	ck_assert_str_eq(settings->mail.from_name, "Påminn");
	ck_assert_str_eq(settings->mail.reply_to, "stod@region.se");
	ck_assert_int_eq(settings->mail.connections, 4);
	ck_assert_int_eq(settings->calendar.opens.minute, 450);
	ck_assert_int_eq(settings->calendar.closes.minute, 1020);
	ck_assert(!calendar_is_workday(plan->calendar, civil_from_ymd(2026, 12, 28)));
	ck_assert_uint_eq(plan->channel_count, 2);
	ck_assert_str_eq(plan->channels[0].name, "mail");
	ck_assert_ptr_eq(plan_channel(plan, "hsn-hook"), &plan->channels[1]);
	ck_assert_int_eq(plan->channels[1].type, CHANNEL_WEBHOOK);
	ck_assert_str_eq(plan->channels[1].secret_file, "secret");
}

static void check_items(const struct plan *plan)
{
	const struct person *chief = plan_person(plan, person_id("chef-akut")),
			    *head = plan_person(plan, person_id("hsd"));
	const struct measure *measure = plan_measure(plan, measure_id("HSN-03"));
	const struct deadline *deadline = plan_deadline(plan, deadline_id("RS-58"));

	ck_assert_ptr_eq(chief->manager, head);
	ck_assert_ptr_null(chief->deputy);
	ck_assert_ptr_eq(head->manager->manager, head); /* a circle does no harm */
	ck_assert_uint_eq(chief->channel_count, 2);
	ck_assert_uint_eq(head->channel_count, 1);
	ck_assert_ptr_eq(head->channels[0], plan->channels);
	ck_assert(person_has_role(chief, "owner") && !person_has_role(chief, "support"));
	ck_assert_str_eq(measure->title, "Minska inhyrd personal");
	ck_assert_ptr_eq(measure->owner, chief);
	ck_assert(measure->effect_given && measure->effect_planned == 12000000);
	ck_assert_str_eq(measure->tags[0], "bemanning");
	ck_assert_str_eq(plan_measure(plan, measure_id("HSN-07"))->decision, "");
	ck_assert(!plan_measure(plan, measure_id("HSN-07"))->effect_given);
	ck_assert(publisher_may_report(plan_publisher(plan, "ekonomi"), measure_id("HSN-03")));
	ck_assert(!publisher_may_report(plan_publisher(plan, "ekonomi"), measure_id("RS-58")));
	ck_assert_int_eq(deadline->due.kind, DUE_MEETING);
	ck_assert_ptr_eq(deadline->due.body, plan_body(plan, body_id("RS")));
	ck_assert_int_eq(deadline->due.month, 6);
	ck_assert_str_eq(deadline->due.text, "meeting RS 2026-06");
	ck_assert_uint_eq(deadline->measure_count, 2);
	ck_assert(deadline_asks(deadline, measure));
	ck_assert(deadline_asks(deadline, plan_measure(plan, measure_id("HSN-07"))));
	ck_assert_ptr_eq(deadline->responsible, head);
	ck_assert_ptr_eq(deadline->inform[0].person, plan_person(plan, person_id("registrator")));
	ck_assert_ptr_eq(deadline->ladder, plan->ladders);
	ck_assert(!deadline->opens_given && civil_is_none(deadline->opens_date));
	ck_assert_str_eq(deadline->where.file, PLAN);
	ck_assert_uint_eq(deadline->where.line, 20);
	ck_assert_uint_eq(plan->meeting_count, 2);
	ck_assert(civil_equal(plan->meetings[1].until, plan->meetings[1].from));
	ck_assert_uint_eq(plan->alert_count, 3);
	ck_assert_int_eq(plan->alerts[2].percent, 80);
	ck_assert_ptr_eq(plan->alerts[2].to[0].channel, &plan->channels[1]);
	ck_assert_ptr_null(plan_person(plan, person_id("nobody")));
	ck_assert_ptr_null(plan_measure(plan, measure_id("RS-58")));
	ck_assert_ptr_null(plan_deadline(plan, deadline_id("")));
}

START_TEST(all_that_is_written_is_in_the_plan)
{
	struct plan *plan;

	sample_folder();
	sample_files(NULL, NULL, NULL);
	plan = load(false);
	ck_assert_str_eq(zone_name(), "Europe/Stockholm");
	check_settings(plan);
	check_items(plan);
	ck_assert_ptr_eq(plan_ref(plan), plan);
	ck_assert_ptr_null(plan_unref(plan));
	check_items(plan);
	plan_unref(plan);
	ck_assert_ptr_null(plan_unref(NULL));
	sample_done();
}
END_TEST

START_TEST(an_internationalised_domain_is_written_in_ascii)
{
	struct findings findings;
	struct plan *plan = NULL;

	sample_folder();
	sample_files(PLAN, "akut@region.se", "Akut.1@GÄVLE.se");
	ck_assert_int_eq(plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings), 0);
	ck_assert_str_eq(plan_person(plan, person_id("chef-akut"))->mail, "Akut.1@xn--gvle-loa.se");
	ck_assert_str_eq(plan_person(plan, person_id("hsd"))->mail, "hsd@region.se");
	plan_unref(plan);
	findings_done(&findings);
	sample_files(MAIN, "<paminn@region.se>", "<paminn@göteborg.se>");
	ck_assert_int_eq(plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings), 0);
	ck_assert_str_eq(plan->settings.mail.from, "paminn@xn--gteborg-90a.se");
	ck_assert_str_eq(plan->settings.mail.from_name, "Påminn");
	plan_unref(plan);
	findings_done(&findings);
	sample_done();
}
END_TEST

/* What is asked for each firing of a step must not ask every person of the plan. */
START_TEST(a_role_is_found_with_its_holders_in_order)
{
	const struct role_holders *owner, *support;
	struct findings findings;
	struct plan *plan = NULL;

	sample_folder();
	sample_files(PLAN, "manager = \"registrator\"; }",
		     "manager = \"registrator\"; roles = [ \"support\", \"owner\" ]; }");
	ck_assert_int_eq(plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings), 0);
	owner = plan_role(plan, "owner");
	support = plan_role(plan, "support");
	ck_assert_uint_eq(owner->count, 2);
	ck_assert_ptr_eq(owner->people[0], plan_person(plan, person_id("chef-akut")));
	ck_assert_ptr_eq(owner->people[1], plan_person(plan, person_id("hsd")));
	ck_assert_uint_eq(support->count, 2);
	ck_assert_ptr_eq(support->people[0], plan_person(plan, person_id("hsd")));
	ck_assert_ptr_eq(support->people[1], plan_person(plan, person_id("registrator")));
	ck_assert_uint_eq(support->where.line, 10);
	ck_assert_ptr_null(plan_role(plan, "board"));
	plan_unref(plan);
	findings_done(&findings);
	sample_done();
}
END_TEST

START_TEST(what_may_be_left_out_has_a_default)
{
	static const char least[] =
		"store = \"paminn.db\"; plan = [ \"plan.d/*.conf\" ];\n"
		"mail = { server = \"smtp://[::1]:2525\"; from = \"paminn@region.se\";\n"
		"  reply_to = \"stod@region.se\"; };\n"
		"ladders = ( { name = \"standard\"; steps = ( { at = \"0\"; to = [ \"owner\" ]; } "
		"); } );\n";
	static const char people[] = "people = ( { id = \"a\"; name = \"A\"; mail = "
				     "\"a@region.se\"; roles = ( \"support\" ); } );\n"
				     "deadlines = ( { id = \"D\"; title = \"T\"; due = "
				     "\"2026-05-18\"; responsible = \"a\";\n"
				     "  inform = [ \"a\" ]; ladder = \"standard\"; } );\n";
	const struct settings *settings;
	struct plan *plan;

	sample_folder();
	sample_write(MAIN, least, NULL, NULL);
	sample_write(PLAN, people, NULL, NULL);
	plan = load(false);
	settings = &plan->settings;
	ck_assert_str_eq(settings->timezone, "Europe/Stockholm");
	ck_assert_str_eq(settings->endpoints[ENDPOINT_SUBMIT][0].address,
			 "ipc:///run/paminn/submit.sock");
	ck_assert_int_eq(settings->mail.connections, 4);
	ck_assert_str_eq(settings->mail.from_name, "");
	ck_assert_int_eq(settings->calendar.opens.minute, 450);
	ck_assert_int_eq(settings->calendar.closes.minute, 1020);
	ck_assert(!settings->calendar.half_days);
	ck_assert_int_eq(plan->ladders[0].time.minute, 480);
	ck_assert_int_eq(plan->people[0].language, LANGUAGE_SV);
	ck_assert_uint_eq(plan->people[0].channel_count, 1);
	ck_assert_str_eq(plan->people[0].channels[0]->name, "mail");
	ck_assert_uint_eq(plan->deadlines[0].measure_count, 0);
	ck_assert_str_eq(plan->deadlines[0].decision, "");
	ck_assert_uint_eq(plan->alert_count, 0);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* From another folder, whose name would be a pattern. */
START_TEST(paths_are_relative_to_the_file_that_names_them)
{
	struct plan *plan = NULL;
	struct findings findings = { 0 };
	char *text;

	sample_folder();
	sample_files(MAIN, "submit = [ \"ipc:///run/x/submit.sock\" ]",
		     "submit = [ \"ipc://submit.sock\" ]");
	ck_assert_int_eq(mkdir("[a]*", 0700), 0);
	ck_assert_int_eq(mkdir("[a]*/plan.d", 0700), 0);
	ck_assert_int_eq(rename(MAIN, "[a]*/" MAIN), 0);
	ck_assert_int_eq(rename(PLAN, "[a]*/" PLAN), 0);
	ck_assert_int_eq(rename("secret", "[a]*/secret"), 0);
	ck_assert_int_eq(
		plan_read(&plan, &(struct plan_request){ .path = "[a]*/" MAIN }, &findings), 0);
	ck_assert_str_eq(plan->settings.store, "[a]*/paminn.db");
	ck_assert_str_eq(plan->settings.endpoints[ENDPOINT_SUBMIT][0].address,
			 "ipc://[a]*/submit.sock");
	ck_assert_str_eq(plan->channels[1].secret_file, "[a]*/secret");
	ck_assert_str_eq(plan->people[0].where.file, "[a]*/" PLAN);
	plan_unref(plan);
	findings_done(&findings);

	ck_assert_int_eq(unlink("[a]*/" PLAN), 0);
	text = faults("[a]*/" MAIN, 1);
	ck_assert_ptr_nonnull(
		strstr(text, "[a]*/paminnd.conf:4: plan \"plan.d/*.conf\" matches no file\n"));
	free(text);
	unlink("[a]*/" MAIN);
	unlink("[a]*/secret");
	rmdir("[a]*/plan.d");
	rmdir("[a]*");
	sample_done();
}
END_TEST

START_TEST(files_that_cannot_be_read_are_faults)
{
	char *text;

	sample_folder();
	text = faults("absent.conf", 1);
	ck_assert_str_eq(text, "absent.conf: the file can't be read: No such file or directory\n");
	free(text);
	text = faults("plan.d", 1);
	ck_assert_str_eq(text, "plan.d: the file can't be read: Is a directory\n");
	free(text);
	sample_done();
}
END_TEST

START_TEST(faults_of_all_files_are_found_in_one_run_in_order)
{
	char *text;

	sample_folder();
	sample_files(MAIN, "tls = \"none\"", "tls = \"yes\"");
	sample_write(PLAN, sample_plan, "HSN 2026-02-12 § 15", "TODO");
	sample_write(
		"plan.d/b.conf",
		"measures = ( { id = \"HSN-03\"; title = \"X\"; owner = \"y\"; color = 1; } )\n"
		"bodies = ( { id = \"B\"; } );\n",
		NULL, NULL);
	text = faults(MAIN, 6);
	ck_assert_str_eq(
		text,
		"paminnd.conf:11: tls \"yes\" is not among its values: none, starttls, tls\n"
		"plan.d/a.conf:17: decision has the hole \"TODO\" in it: fill it in\n"
		"plan.d/b.conf:1: \"HSN-03\" is there twice: the first is at plan.d/a.conf:16. "
		"Call one of the two something else\n"
		"plan.d/b.conf:1: unknown key \"color\" in the measure: the keys are id, title, "
		"owner, "
		"decision, effect_planned, tags, assignment, closing, from, done_by, light_days, "
		"status\n"
		"plan.d/b.conf:1: owner \"y\" is not among the people\n"
		"plan.d/b.conf:2: the body B has no name: its full name\n");
	free(text);

	/* A file that can't be parsed does not keep the others from being looked at. */
	sample_write("plan.d/b.conf", "measures = (\n", NULL, NULL);
	text = faults(MAIN, 3);
	ck_assert_ptr_nonnull(strstr(text, "paminnd.conf:11: "));
	ck_assert_ptr_nonnull(strstr(text, "plan.d/a.conf:17: "));
	ck_assert_ptr_nonnull(
		strstr(text, "plan.d/b.conf:2: the end of the file is where a value"));
	free(text);
	sample_done();
}
END_TEST

START_TEST(a_file_matched_twice_is_read_once)
{
	struct plan *plan;

	sample_folder();
	sample_files(MAIN, "plan = [ \"plan.d/*.conf\" ]",
		     "plan = [ \"plan.d/*.conf\", \"plan.d/a.conf\", \"*.conf\" ]");
	plan = load(false);
	ck_assert_uint_eq(plan->measure_count, 2);
	plan_unref(plan);
	sample_done();
}
END_TEST

/* What an editor of another system leaves behind. */
START_TEST(line_ends_of_other_systems_do_no_harm)
{
	struct plan *plan;
	char text[sizeof(sample_plan) * 2];
	size_t length = 0;

	sample_folder();
	sample_files(NULL, NULL, NULL);
	for (const char *p = sample_plan; *p; p++) {
		if (*p == '\n')
			text[length++] = '\r';
		text[length++] = *p;
	}
	text[length] = '\0';
	sample_write(PLAN, text, NULL, NULL);
	plan = load(false);
	check_items(plan);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(reserved_domains_are_for_rehearsals)
{
	struct plan *plan;
	char *text;

	sample_folder();
	sample_files(PLAN, "akut@region.se", "akut@region.example");
	text = faults(MAIN, 1);
	free(text);
	plan = load(true);
	ck_assert_str_eq(plan->people[0].mail, "akut@region.example");
	plan_unref(plan);
	sample_done();
}
END_TEST

/* One change each, after which there is still nothing to find. */
static const struct {
	int line;
	const char *file, *from, *to;
} forms[] = {
	{ __LINE__, MAIN, "language = \"sv\";", "language: \"en\"" },
	{ __LINE__, MAIN, "language = \"sv\";", "# \"\n// {\n/* ( \n */ language = \"sv\", /**/" },
	{ __LINE__, MAIN, "language = \"sv\";", "" },
	{ __LINE__, MAIN, "timezone = ", "\xef\xbb\xbftimezone = " },
	{ __LINE__, MAIN, "\"Påminn <paminn@region.se>\"", "\"paminn@region.se\"" },
	{ __LINE__, MAIN, "\"Påminn <paminn@region.se>\"",
	  "\"\\\"Påminn, HSN\\\" <paminn@region.se>\"" },
	{ __LINE__, MAIN, "\"Påminn <paminn@region.se>\"", "\"<paminn@region.se>\"" },
	{ __LINE__, MAIN, "\"stod@region.se\"", "\"stod@\"\n \"region.se\"" },
	{ __LINE__, MAIN, "smtp://127.0.0.1:25", "smtp://[::1]:65535" },
	{ __LINE__, MAIN, "smtp://127.0.0.1:25", "smtp://mail-1.region.se:25" },
	{ __LINE__, MAIN,
	  "hsn\";\n\tsecret_file = \"secret\"; format = \"cloudevents\"; allow_private = false;",
	  "hsn\"; secret_file = \"secret\"; allow_private = TRUE;" },
	{ __LINE__, MAIN, "half_days = false", "half_days = true" },
	{ __LINE__, MAIN, "[ \"2026-12-28\" ]", "( \"2026-07-06/2026-07-31\", \"2026-12-28\" )" },
	{ __LINE__, MAIN, "feed = [ ];", "feed = [ \"ipc:///run/x/a\", \"ipc:///run/x/b\" ];" },
	{ __LINE__, MAIN, "intake = {", "templates = \"templates\"; intake = {" },
	{ __LINE__, MAIN, "repeat = \"2wd\"; until = \"+10wd\"",
	  "repeat = \"7d\"; until = \"+10wd\"" },
	{ __LINE__, PLAN, "effect_planned = 12000000", "effect_planned = 0x10" },
	{ __LINE__, PLAN, "effect_planned = 12000000", "effect_planned = 0xffffffffffL" },
	{ __LINE__, PLAN, "id = \"ekonomi\"; may_report = [ \"HSN-*\" ]", "id = \"ekonomi\"" },
	{ __LINE__, PLAN, "mail = \"hsd@region.se\";", "channels = [ \"hsn-hook\" ];" },
	{ __LINE__, PLAN, "meeting RS 2026-06", "meeting RS 2026-07" },
	{ __LINE__, PLAN, "meeting RS 2026-06", "2026-06" },
	{ __LINE__, PLAN, "decision = \"RS 2026-04-22 § 58\";",
	  "decision = \"\"; papers = \"0\";" },
	{ __LINE__, PLAN, "inform = [ \"registrator\" ]",
	  "inform = [ \"registrator\", \"role:support\" ]" },
};

START_TEST(other_forms_are_as_good)
{
	sample_folder();
	sample_files(forms[_i].file, forms[_i].from, forms[_i].to);
	plan_unref(load(false));
	sample_done();
}
END_TEST

START_TEST(steps_are_in_order_of_time)
{
	static const char *const expected[] = { "-14d", "-9wd", "-5wd", "-6d", "0", "+3wd" };
	struct plan *plan;

	sample_folder();
	sample_files(
		MAIN, "{ at = \"-10wd\"; to = [ \"owner\" ]; }",
		"{ at = \"0\"; to = [ \"owner\" ]; }, { at = \"-9wd\"; to = [ \"owner\" ]; },\n"
		"{ at = \"-6d\"; to = [ \"owner\" ]; }, { at = \"-14d\"; to = [ \"owner\" ]; }");
	sample_write(PLAN, sample_plan, NULL, NULL);
	plan = load(false);
	ck_assert_uint_eq(plan->ladders[0].step_count, 7);
	for (size_t i = 0; i < 5; i++)
		ck_assert_str_eq(plan->ladders[0].steps[i].text, expected[i]);
	ck_assert_str_eq(plan->ladders[0].steps[6].text, expected[5]);
	ck_assert_uint_eq(plan->ladders[0].steps[6].where.line, 21);
	ck_assert(plan->ladders[0].steps[6].repeats);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(deadlines_that_ask_the_same_share_it)
{
	struct plan *plan;

	sample_folder();
	sample_files(
		PLAN, "deadlines = (",
		"deadlines = ( { id = \"A\"; title = \"A\"; due = \"2026-05-18 12:00\"; round = "
		"\"forward\";\n"
		"answers_from = [ \"*-0*\" ]; inform = [ \"role:support\" ]; ladder = "
		"\"standard\";\n"
		"opens = \"-20wd\"; responsible = \"hsd\"; },\n"
		"{ id = \"B\"; title = \"B\"; due = \"2026-05-18T12:00\"; opens = \"2026-04-30\";\n"
		"answers_from = [ \"HSN-07\" ]; inform = [ \"channel:hsn-hook\" ]; ladder = "
		"\"standard\";\n"
		"responsible = \"hsd\"; },");
	plan = load(false);
	ck_assert_uint_eq(plan->deadline_count, 3);
	ck_assert_ptr_eq(plan->deadlines[0].measures, plan->deadlines[2].measures);
	ck_assert_uint_eq(plan->deadlines[1].measure_count, 1);
	ck_assert(!deadline_asks(&plan->deadlines[1], plan_measure(plan, measure_id("HSN-03"))));
	ck_assert(deadline_asks(&plan->deadlines[1], plan_measure(plan, measure_id("HSN-07"))));
	ck_assert_int_eq(plan->deadlines[0].due.time.minute, 720);
	ck_assert_int_eq(plan->deadlines[1].due.time.minute, 720);
	ck_assert_int_eq(plan->deadlines[0].round, ROUND_FORWARD);
	ck_assert(plan->deadlines[0].opens_given && civil_is_none(plan->deadlines[0].opens_date));
	ck_assert_int_eq(plan->deadlines[0].opens.days, -20);
	ck_assert(civil_equal(plan->deadlines[1].opens_date, civil_from_ymd(2026, 4, 30)));
	ck_assert_int_eq(plan->deadlines[0].inform[0].kind, TARGET_ROLE);
	ck_assert_int_eq(plan->deadlines[1].inform[0].kind, TARGET_CHANNEL);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(measures_that_are_named_are_asked_in_the_order_of_the_plan)
{
	struct plan *plan;
	const struct deadline *d;

	sample_folder();
	sample_files(PLAN, "answers_from = [ \"HSN-*\" ]",
		     "answers_from = [ \"HSN-07\", \"HSN-03\" ]");
	plan = load(false);
	d = plan_deadline(plan, deadline_id("RS-58"));
	ck_assert_uint_eq(d->measure_count, 2);
	ck_assert_str_eq(d->measures[0]->id.text, "HSN-03");
	ck_assert_str_eq(d->measures[1]->id.text, "HSN-07");
	plan_unref(plan);
	sample_done();
}
END_TEST

/* Deadlines that name many by their ids have one list of them. */
START_TEST(many_that_are_named_are_kept_once)
{
	struct plan *plan;
	FILE *file;

	sample_folder();
	sample_files(NULL, NULL, NULL);
	file = fopen("plan.d/b.conf", "w");
	ck_assert_ptr_nonnull(file);
	fputs("measures = (", file);
	for (int i = 0; i < 101; i++)
		fprintf(file, "%s{ id = \"M-%d\"; title = \"M\"; owner = \"hsd\"; }", i ? "," : "",
			i);
	fputs(" );\ndeadlines = (", file);
	for (int d = 0; d < 3; d++) {
		fprintf(file,
			"%s{ id = \"D-%d\"; title = \"D\"; due = \"2026-05-18\"; inform = [ "
			"\"registrator\" ]; ladder = \"standard\"; responsible = \"hsd\"; "
			"answers_from = [",
			d ? "," : "", d);
		for (int i = 0; i < 100; i++)
			fprintf(file, "%s\"M-%d\"", i ? "," : "", i + (d == 2));
		fputs("]; }", file);
	}
	fputs(" );\n", file);
	ck_assert_int_eq(fclose(file), 0);
	plan = load(false);
	ck_assert_uint_eq(plan_deadline(plan, deadline_id("D-0"))->measure_count, 100);
	ck_assert_ptr_eq(plan_deadline(plan, deadline_id("D-0"))->measures,
			 plan_deadline(plan, deadline_id("D-1"))->measures);
	ck_assert_str_eq(plan_deadline(plan, deadline_id("D-0"))->measures[0]->id.text, "M-0");
	ck_assert_str_eq(plan_deadline(plan, deadline_id("D-2"))->measures[0]->id.text, "M-1");
	plan_unref(plan);
	sample_done();
}
END_TEST

/* A trial may be made again and again: nothing of it stays in the plan, and it takes no memory twice. */
START_TEST(what_a_trial_adds_is_gone_after_it)
{
	const struct deadline_id ids[] = { deadline_id("RS-58@2026-02-27"),
					   deadline_id("RS-58@2026-03-31") };
	const struct civil_date dates[] = { civil_from_ymd(2026, 2, 27),
					    civil_from_ymd(2026, 3, 31) };
	const struct deadline *series, *first = NULL;
	struct plan *plan;

	sample_folder();
	sample_files(PLAN, "due = \"meeting RS 2026-06\"",
		     "due = \"2026-01-30\"; every = \"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"");
	plan = load(false);
	series = plan_deadline(plan, deadline_id("RS-58"));
	ck_assert_int_eq(plan_add_occurrence(plan, series, ids[0], dates[0]), 0);
	for (int i = 0; i < 2; i++) {
		plan_trial_begin(plan);
		ck_assert_int_eq(plan_add_occurrence(plan, series, ids[1], dates[1]), 0);
		ck_assert_int_eq(plan_add_occurrence(plan, series, deadline_id("RS-58@2026-04-30"),
						     civil_from_ymd(2026, 4, 30)),
				 0);
		ck_assert(!first || plan_deadline(plan, ids[1]) == first);
		first = plan_deadline(plan, ids[1]);
		ck_assert(first && civil_equal(first->due.date, dates[1]));
		plan_trial_end(plan);
		ck_assert_ptr_null(plan_deadline(plan, ids[1]));
		ck_assert_ptr_nonnull(plan_deadline(plan, ids[0]));
	}
	ck_assert_int_eq(plan_add_occurrence(plan, series, ids[1], dates[1]), 0);
	plan_trial_begin(plan);
	plan_trial_end(plan);
	ck_assert_ptr_nonnull(plan_deadline(plan, ids[1]));
	plan_unref(plan);
	sample_done();
}
END_TEST

#define KEY "0123456789012345678901234567890123456789"
#define AT_KEY ":7: warning: the secret key can be read by the file's group: chmod 600 it\n"

static const struct {
	int line;
	mode_t mode;
	const char *feed, *endpoint, *findings;
} secrets[] = {
	{ __LINE__, 0600, "", "ipc:///run/x/pub.sock", "" },
	{ __LINE__, 0640, "", "ipc:///run/x/pub.sock", MAIN AT_KEY },
	/* Who connects from another machine is known by a key; who is connected to, by one of theirs. */
	{ __LINE__, 0600, "\"tcp://*:7701\"", "ipc:///run/x/pub.sock", "" },
	{ __LINE__, 0600, "", "tcp://10.0.0.1:7711",
	  MAIN
	  ":8: endpoint \"tcp://10.0.0.1:7711\" is on another machine and the system ekonomi has "
	  "no key to know it by\n" },
};

START_TEST(a_secret_key_opens_endpoints_to_those_who_have_keys)
{
	struct findings findings = { 0 };
	struct plan *plan = NULL;
	char intake[400], *text;

	sample_folder();
	snprintf(intake, sizeof(intake),
		 "feed = [ %s ]; secret_key_file = \"secret\";\n"
		 "\tsubscribe = ( { endpoint = \"%s\"",
		 secrets[_i].feed, secrets[_i].endpoint);
	sample_files(MAIN, "feed = [ ];\n\tsubscribe = ( { endpoint = \"ipc:///run/x/pub.sock\"",
		     intake);
	sample_write("secret", KEY, NULL, NULL);
	ck_assert_int_eq(chmod("secret", secrets[_i].mode), 0);
	plan_read(&plan, &(struct plan_request){ .path = MAIN }, &findings);
	text = sample_findings(&findings);
	ck_assert_msg(strcmp(text, secrets[_i].findings) == 0, "line %d:\n%s", secrets[_i].line,
		      text);
	if (plan)
		ck_assert_str_eq(plan->settings.secret_key, KEY);
	free(text);
	findings_done(&findings);
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(a_file_of_another_folder_is_read_and_one_that_is_no_plan_is_not)
{
	char folder[200], pattern[300], *text;
	struct plan *plan;

	sample_folder();
	ck_assert_ptr_nonnull(getcwd(folder, sizeof(folder)));
	snprintf(pattern, sizeof(pattern), "%s/plan.d/a.conf", folder);
	sample_files(MAIN, "plan.d/*.conf", pattern);
	plan = load(false);
	ck_assert_str_eq(plan->people[0].where.file, pattern);
	plan_unref(plan);

	sample_files(NULL, NULL, NULL);
	sample_write("plan.d/b.conf", "", NULL, NULL);
	ck_assert_int_eq(truncate("plan.d/b.conf", (64 << 20) + 1), 0);
	text = faults(MAIN, 1);
	ck_assert_str_eq(text, "plan.d/b.conf: the file can't be read: File too large\n");
	free(text);
	sample_done();
}
END_TEST

START_TEST(an_address_has_a_form_in_ascii_or_none)
{
	static const char *const rows[][2] = {
		{ "akut@gävle.se", "akut@xn--gvle-loa.se" },
		{ "akut@region.se", "akut@region.se" },
		{ "akut", NULL },
		{ "akut@gävle☺.se", NULL },
	};
	char *shown = mail_address_shown("akut");

	for (size_t i = 0; i < UNIT_COUNT(rows); i++) {
		char *ascii = mail_address_ascii(rows[i][0]);

		ck_assert_msg(rows[i][1] ? ascii && strcmp(ascii, rows[i][1]) == 0 : !ascii, "%s",
			      rows[i][0]);
		free(ascii);
	}
	ck_assert_str_eq(shown, "akut");
	free(shown);
}
END_TEST

START_TEST(a_zone_that_is_set_stays)
{
	struct plan *plan;

	sample_folder();
	ck_assert_int_eq(zone_set("Europe/Stockholm"), 0);
	sample_files(MAIN, "Europe/Stockholm", "Europe/Helsinki");
	plan = load(false);
	ck_assert_str_eq(zone_name(), "Europe/Stockholm");
	ck_assert_str_eq(plan->settings.timezone, "Europe/Helsinki");
	plan_unref(plan);
	sample_done();
}
END_TEST

START_TEST(the_text_of_a_plan_is_the_plan)
{
	struct plan *plan, *again = NULL;
	json_t *text, *other;
	char *one, *two;

	sample_folder();
	sample_files(PLAN, "akut@region.se", "akut@region.example");
	plan = load(true);
	text = plan_text(plan);
	plan_unref(plan);
	ck_assert_str_eq(json_string_value(json_object_get(text, "main")), MAIN);
	/* The files have gone since. */
	sample_done();
	ck_assert_int_eq(plan_from_text(&again, text, NULL), 0);
	check_items(again);
	check_settings(again);
	other = plan_text(again);
	one = json_dumps(text, JSON_SORT_KEYS);
	two = json_dumps(other, JSON_SORT_KEYS);
	ck_assert_str_eq(one, two);
	free(one);
	free(two);
	json_decref(other);
	plan_unref(again);
	json_decref(text);
}
END_TEST

static const struct {
	int line;
	const char *text;
	int result; /* 1: some faults */
} texts[] = {
	{ __LINE__, "{}", -EINVAL },
	{ __LINE__, "[]", -EINVAL },
	{ __LINE__, "{\"files\":[],\"main\":\"a\"}", -EINVAL },
	{ __LINE__, "{\"files\":{},\"main\":\"a\"}", -EINVAL },
	{ __LINE__, "{\"files\":[{\"name\":\"a\",\"text\":1}],\"main\":\"a\"}", -EINVAL },
	{ __LINE__, "{\"files\":[{\"name\":\"a\"}],\"main\":\"a\"}", -EINVAL },
	{ __LINE__, "{\"files\":[{\"name\":\"a\",\"text\":\"\"},1],\"main\":\"a\"}", -EINVAL },
	{ __LINE__, "{\"files\":[{\"name\":\"a\",\"text\":\"\"}],\"main\":\"b\"}", -EINVAL },
	{ __LINE__, "{\"files\":[{\"name\":\"a\",\"text\":\"\"}],\"main\":\"a\"}", 1 },
	{ __LINE__, "{\"files\":[{\"name\":\"a\",\"text\":\"x\\u0000y\"}],\"main\":\"a\"}", 1 },
};

START_TEST(what_is_no_plan_is_refused)
{
	json_t *json = json_loads(texts[_i].text, JSON_ALLOW_NUL, NULL);
	struct plan *plan = NULL;
	int result;

	ck_assert_msg(json, "line %d", texts[_i].line);
	result = plan_from_text(&plan, json, NULL);
	ck_assert_msg((result > 0 ? 1 : result) == texts[_i].result, "line %d: %d", texts[_i].line,
		      result);
	ck_assert_ptr_null(plan);
	json_decref(json);
}
END_TEST

/*
 * The log holds the plans that earlier versions let in, and a store must open in the next one: what is
 * refused only since then is read as it was.
 */
static const struct {
	int line;
	const char *from, *to;
} earlier[] = {
	{ __LINE__, "ladder = \"standard\"; } );", "ladder = \"standard\"; } ); /* the rest" },
	{ __LINE__, "effect_planned = 12000000;", "effect_planned = 0xffffffff;" },
	{ __LINE__, "title = \"Minska inhyrd", "title = \"Minska\\x00 inhyrd" },
	{ __LINE__, "name = \"Akutchefen\"", "name = \"Akut\u202echefen\"" },
	{ __LINE__, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-01\"; every = \"RRULE:FREQ=WEEKLY;BYDAY=1MO\"" },
	{ __LINE__, "due = \"meeting RS 2026-06\"",
	  "due = \"2026-06-01\"; every = \"RRULE:FREQ=MONTHLY;UNTIL=20270231\"" },
};

START_TEST(a_plan_of_an_earlier_version_can_still_be_read)
{
	struct plan *plan = NULL;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	const char *at = strstr(sample_plan, earlier[_i].from);
	json_t *json;

	ck_assert_msg(at, "line %d", earlier[_i].line);
	fprintf(out, "%.*s%s%s", (int)(at - sample_plan), sample_plan, earlier[_i].to,
		at + strlen(earlier[_i].from));
	fclose(out);
	json = json_pack("{s:s, s:[{s:s, s:s}, {s:s, s:s}]}", "main", MAIN, "files", "name", MAIN,
			 "text", sample_main, "name", PLAN, "text", text);
	ck_assert_msg(plan_from_text(&plan, json, NULL) == 0, "line %d", earlier[_i].line);
	ck_assert_ptr_nonnull(plan_deadline(plan, deadline_id("RS-58")));
	plan_unref(plan);
	json_decref(json);
	free(text);
}
END_TEST

UNIT_TESTS("plan/plan_file", UNIT(all_that_is_written_is_in_the_plan),
	   UNIT(an_internationalised_domain_is_written_in_ascii),
	   UNIT(a_role_is_found_with_its_holders_in_order),
	   UNIT(what_may_be_left_out_has_a_default),
	   UNIT(paths_are_relative_to_the_file_that_names_them),
	   UNIT(files_that_cannot_be_read_are_faults),
	   UNIT(faults_of_all_files_are_found_in_one_run_in_order),
	   UNIT(a_file_matched_twice_is_read_once), UNIT(line_ends_of_other_systems_do_no_harm),
	   UNIT_ROWS(other_forms_are_as_good, UNIT_COUNT(forms)),
	   UNIT(reserved_domains_are_for_rehearsals), UNIT(steps_are_in_order_of_time),
	   UNIT(deadlines_that_ask_the_same_share_it),
	   UNIT(measures_that_are_named_are_asked_in_the_order_of_the_plan),
	   UNIT(many_that_are_named_are_kept_once), UNIT(what_a_trial_adds_is_gone_after_it),
	   UNIT_ROWS(a_secret_key_opens_endpoints_to_those_who_have_keys, UNIT_COUNT(secrets)),
	   UNIT(a_file_of_another_folder_is_read_and_one_that_is_no_plan_is_not),
	   UNIT(an_address_has_a_form_in_ascii_or_none), UNIT(a_zone_that_is_set_stays),
	   UNIT(the_text_of_a_plan_is_the_plan),
	   UNIT_ROWS(a_plan_of_an_earlier_version_can_still_be_read, UNIT_COUNT(earlier)),
	   UNIT_ROWS(what_is_no_plan_is_refused, UNIT_COUNT(texts)))
