/* SPDX-License-Identifier: Apache-2.0 */
/* The plan files: their tables, and what tables can't say. Deadlines are in items_deadline.c. */
#include <stdlib.h>
#include <string.h>

#include "plan/reader.h"

static const struct field root_fields[] = {
	{ "bodies", VALUE_GROUPS, .what = "boards and committees" },
	{ "meetings", VALUE_GROUPS, .what = "their meetings" },
	{ "people", VALUE_GROUPS, .what = "who owes, helps or is told" },
	{ "systems", VALUE_GROUPS, .what = "sources of events that are not people" },
	{ "measures", VALUE_GROUPS, .what = "what was decided" },
	{ "deadlines", VALUE_GROUPS, .what = "what must be answered, and when" },
	{ "assignments", VALUE_GROUPS, .decisions = true,
	  .what = "what one body gave another to do" },
	{ "periods", VALUE_GROUPS, .decisions = true,
	  .what = "the parts of the year that reports look back on" },
	{ "requirements", VALUE_GROUPS, .decisions = true,
	  .what = "what assignments are to give in a year" },
};
static const struct table root_table = TABLE("a plan file", NULL, root_fields);

static const struct field body_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct body, id),
	  .what = "its short name" },
	{ "name", VALUE_NAME, .required = true, .at = offsetof(struct body, name),
	  .what = "its full name" },
	{ "papers", VALUE_OFFSET, .at = offsetof(struct body, papers),
	  .given = offsetof(struct body, papers_given), .min = -OFFSET_DAYS_MAX, .max = 0,
	  .what = "when papers are due before its meetings, such as \"-7wd\"; default \"0\"" },
	{ "papers_late", VALUE_OFFSET, .at = offsetof(struct body, papers_late),
	  .given = offsetof(struct body, papers_late_given), .min = -OFFSET_DAYS_MAX, .max = 0,
	  .decisions = true, .what = "when those of a second sending are, such as \"-2wd\"" },
	{ "paper_template", VALUE_PRESENT, .at = offsetof(struct body, paper_template),
	  .what = "the Word document (.docx) that its papers are filled into, a copy of "
		  "report.docx "
		  "with its letterhead" },
	{ "words", VALUE_GROUP, .decisions = true,
	  .what = "its own, such as words = { on-track = \"Green\"; }" },
};
static const struct table body_table = TABLE("the body", "id", body_fields);

static const struct field meeting_fields[] = {
	{ "body", VALUE_BODY, .required = true, .at = offsetof(struct meeting, body),
	  .what = "whose meeting it is" },
	{ "from", VALUE_DATE, .required = true, .at = offsetof(struct meeting, from),
	  .what = "its first day" },
	{ "until", VALUE_DATE, .at = offsetof(struct meeting, until),
	  .what = "its last day; default its first" },
	{ "place", VALUE_NAME, .at = offsetof(struct meeting, place), .what = "where" },
};
static const struct table meeting_table = TABLE("the meeting", NULL, meeting_fields);

static const struct field person_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct person, id),
	  .what = "a short name" },
	{ "name", VALUE_NAME, .required = true, .at = offsetof(struct person, name),
	  .what = "as mails name them" },
	{ "mail", VALUE_ADDRESS, .at = offsetof(struct person, mail), .what = "one mailbox" },
	{ "manager", VALUE_PERSON, .at = offsetof(struct person, manager), .what = "a person" },
	{ "deputy", VALUE_PERSON, .at = offsetof(struct person, deputy), .what = "a person" },
	{ "roles", VALUE_ID, .list = true, .at = offsetof(struct person, roles),
	  .count = offsetof(struct person, role_count), .what = "that ladders and alerts name" },
	{ "language", VALUE_CHOICE, .at = offsetof(struct person, language),
	  .choices = reader_languages, .what = "of their messages; default that of paminnd.conf" },
	{ "channels", VALUE_CHANNEL, .required = false, .list = true,
	  .at = offsetof(struct person, channels), .count = offsetof(struct person, channel_count),
	  .what = "all of which they get each message by; default [ \"mail\" ]" },
	{ "key", VALUE_KEY, .at = offsetof(struct person, key),
	  .what = "the public key that they are known by from other machines" },
	{ "steward_of", VALUE_STEWARDED, .list = true, .at = offsetof(struct person, steward_of),
	  .count = offsetof(struct person, steward_of_count),
	  .what = "of a steward: the measures, deadlines, assignments and bodies that they see to, "
		  "\"*\" for any run of characters; default all" },
};
static const struct table person_table = TABLE("the person", "id", person_fields);

static const struct field system_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct publisher, id),
	  .what = "its short name" },
	{ "may_report", VALUE_PATTERN, .list = true, .at = offsetof(struct publisher, may_report),
	  .count = offsetof(struct publisher, may_report_count),
	  .what = "measures it may report on, \"*\" for any run of characters; default none" },
	{ "key", VALUE_KEY, .at = offsetof(struct publisher, key),
	  .what = "the public key that it is known by from other machines" },
};
static const struct table system_table = TABLE("the system", "id", system_fields);

const char *const reader_closings[] = {
	[CLOSED_BY_OWNER] = "owner", [CLOSED_BY_BODY] = "body", NULL
};

static const struct field measure_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct measure, id),
	  .what = "its short name" },
	{ "title", VALUE_NAME, .required = true, .at = offsetof(struct measure, title),
	  .what = "what is to be done" },
	{ "owner", VALUE_PERSON, .required = true, .at = offsetof(struct measure, owner),
	  .what = "the person who answers for it" },
	{ "decision", VALUE_NAME, .at = offsetof(struct measure, decision),
	  .what = "what it rests on, such as \"HSN 2026-02-12 § 15\"" },
	{ "effect_planned", VALUE_EFFECT, .at = offsetof(struct measure, effect_planned),
	  .given = offsetof(struct measure, effect_given), .min = -AMOUNT_MAX, .max = AMOUNT_MAX,
	  .what = "the full year's, in whole currency units, such as 12000000L, or a list by year "
		  "and month" },
	{ "tags", VALUE_NAME, .list = true, .at = offsetof(struct measure, tags),
	  .count = offsetof(struct measure, tag_count), .what = "words to group it by" },
	{ "assignment", VALUE_ASSIGNMENT, .decisions = true,
	  .at = offsetof(struct measure, assignment), .what = "the assignment that it is part of" },
	{ "closing", VALUE_CHOICE, .decisions = true, .at = offsetof(struct measure, closing),
	  .choices = reader_closings,
	  .what = "whose word closes it: \"owner\" or \"body\"; default \"owner\"" },
	{ "from", VALUE_DATE, .decisions = true, .at = offsetof(struct measure, from),
	  .what = "when it begins" },
	{ "done_by", VALUE_DUE, .decisions = true, .at = offsetof(struct measure, done_by),
	  .what = "when it is to be done: a date or \"meeting BODY YYYY-MM\"" },
	{ "light_days", VALUE_OFFSET, .decisions = true, .at = offsetof(struct measure, light_days),
	  .min = 0, .max = OFFSET_DAYS_MAX,
	  .what = "how long before done_by its light turns yellow; default \"10wd\"" },
	{ "status", VALUE_OVER, .at = offsetof(struct measure, over),
	  .what = "\"done\" or \"cancelled\", if it was over before the plan had it" },
};
static const struct table measure_table = TABLE("the measure", "id", measure_fields);

/*
 * The second sending is the later one. In different units that depends on the holidays among the days,
 * so there it is a warning only, and only where the days without any holiday say so.
 */
static void check_sendings(struct reader *r, config_setting_t *group, const struct body *body)
{
	static const char sentence[] =
		"papers_late of %s is not after its papers: the second sending is the later one";
	const struct where where = where_key(r, group, "papers_late");

	if (!body->papers_late_given)
		return;
	if (!offset_same_unit(body->papers, body->papers_late)) {
		if (offset_rough(body->papers_late) < offset_rough(body->papers))
			warning(r, where, sentence, body->id.text);
	} else if (body->papers_late.days <= body->papers.days) {
		fault(r, where, sentence, body->id.text);
	}
}

static void read_body(struct reader *r, config_setting_t *group, void *thing)
{
	struct body *body = thing;

	body->paper_template_where = where_key(r, group, "paper_template");
	read_group(r, &body_table, group, thing);
	check_sendings(r, group, thing);
	read_words(r, group, thing);
}

static void read_meeting(struct reader *r, config_setting_t *group, void *thing)
{
	struct meeting *meeting = thing;
	const struct meeting *other = r->plan->meetings;

	meeting->from = meeting->until = CIVIL_NONE;
	read_group(r, &meeting_table, group, meeting);
	if (civil_is_none(meeting->from) || !meeting->body)
		return;
	if (civil_is_none(meeting->until))
		meeting->until = meeting->from;
	if (civil_compare(meeting->until, meeting->from) < 0)
		fault(r, where_key(r, group, "until"), "the meeting ends before it begins");
	for (; other != meeting; other++)
		if (other->body == meeting->body && civil_equal(other->from, meeting->from))
			fault(r, meeting->where,
			      "the meeting of %s on that date is there twice: the first is at "
			      "%s:%u",
			      meeting->body->id.text, other->where.file, other->where.line);
}

static bool takes_mail(const struct person *person)
{
	for (size_t i = 0; i < person->channel_count; i++)
		if (person->channels[i]->type == CHANNEL_MAIL)
			return true;
	return false;
}

/* Warn of a person who is their own manager or deputy: an escalation would go to them. */
static void check_self(struct reader *r, config_setting_t *group, const struct person *person)
{
	if (person->manager == person)
		warning(r, where_key(r, group, "manager"),
			"%s is their own manager, so that no escalation leaves them: name another "
			"person, or none",
			person->id.text);
	if (person->deputy == person)
		warning(r, where_key(r, group, "deputy"),
			"%s is their own deputy, so that nobody stands in for them: name another "
			"person, or none",
			person->id.text);
}

static void read_person(struct reader *r, config_setting_t *group, void *thing)
{
	static const char *const words[] = { "owner", "deputy", "manager", "responsible" };
	struct person *person = thing;
	const struct channel **mail;

	person->language = r->plan->settings.language;
	read_group(r, &person_table, group, person);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(person->id.text, words[i]) == 0)
			fault(r, where_key(r, group, "id"),
			      "\"%s\" is a word of ladders: choose another id", words[i]);
	if (!config_setting_get_member(group, "channels")) {
		mail = reader_alloc(r, 1, sizeof(*mail));
		*mail = r->plan->channels;
		person->channels = mail;
		person->channel_count = 1;
	} else if (is_left_empty(group, "channels")) {
		fault(r, where_key(r, group, "channels"),
		      "the person %s has no channel, so that nothing would reach them",
		      person->id.text);
	}
	check_self(r, group, person);
	if (!config_setting_get_member(group, "mail") && takes_mail(person))
		fault(r, person->where,
		      "the person %s has no mail: one mailbox, unless their channels "
		      "are others",
		      person->id.text);
}

static void read_system(struct reader *r, config_setting_t *group, void *thing)
{
	read_group(r, &system_table, group, thing);
}

static void read_measure(struct reader *r, config_setting_t *group, void *thing)
{
	struct measure *measure = thing;
	config_setting_t *effect = config_setting_get_member(group, "effect_planned");

	measure->decision = "";
	measure->from = CIVIL_NONE;
	measure->over = STATUS_NONE;
	measure->over_where = where_key(r, group, "status");
	read_group(r, &measure_table, group, measure);
	read_own_dates(r, group, measure);
	if (effect && config_setting_is_list(effect))
		read_effects(r, effect, measure);
}

void read_items(struct reader *r)
{
	for (r->source = 1; r->source < r->plan->private->source_count; r->source++)
		read_group(r, &root_table, config_root_setting(&r->open[r->source].config), NULL);
	read_section(r, SECTION_BODIES, read_body);
	read_section(r, SECTION_MEETINGS, read_meeting);
	read_section(r, SECTION_PEOPLE, read_person);
	read_roles(r);
	read_section(r, SECTION_SYSTEMS, read_system);
	read_section(r, SECTION_MEASURES, read_measure);
	read_periods(r);
	read_requirements(r);
}
