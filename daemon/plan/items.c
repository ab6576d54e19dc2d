/* SPDX-License-Identifier: Apache-2.0 */
/* The plan files: their tables, and what tables can't say. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plan/due.h"
#include "plan/reader.h"
#include "plan/recur.h"

#define DAYS_MAX 400
#define AMOUNT_MAX INT64_C(1000000000000000) /* a thousand billion thousands */

static const struct field root_fields[] = {
	{ "bodies", VALUE_GROUPS, .what = "boards and committees" },
	{ "meetings", VALUE_GROUPS, .what = "their meetings" },
	{ "people", VALUE_GROUPS, .what = "who owes, helps or is told" },
	{ "systems", VALUE_GROUPS, .what = "sources of events that are not people" },
	{ "measures", VALUE_GROUPS, .what = "what was decided" },
	{ "deadlines", VALUE_GROUPS, .what = "what must be answered, and when" },
};
static const struct table root_table = TABLE("a plan file", NULL, root_fields);

static const struct field body_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct body, id),
	  .what = "its short name" },
	{ "name", VALUE_NAME, .required = true, .at = offsetof(struct body, name),
	  .what = "its full name" },
	{ "papers", VALUE_OFFSET, .at = offsetof(struct body, papers),
	  .given = offsetof(struct body, papers_given), .min = -DAYS_MAX, .max = 0,
	  .what = "when papers are due before its meetings, such as \"-7wd\"; default \"0\"" },
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

static const struct field measure_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = offsetof(struct measure, id),
	  .what = "its short name" },
	{ "title", VALUE_NAME, .required = true, .at = offsetof(struct measure, title),
	  .what = "what is to be done" },
	{ "owner", VALUE_PERSON, .required = true, .at = offsetof(struct measure, owner),
	  .what = "the person who answers for it" },
	{ "decision", VALUE_NAME, .at = offsetof(struct measure, decision),
	  .what = "what it rests on, such as \"HSN 2026-02-12 § 15\"" },
	{ "effect_planned", VALUE_AMOUNT, .at = offsetof(struct measure, effect_planned),
	  .given = offsetof(struct measure, effect_given), .min = -AMOUNT_MAX, .max = AMOUNT_MAX,
	  .what = "the full year's, in whole currency units, such as 12000000L" },
	{ "tags", VALUE_NAME, .list = true, .at = offsetof(struct measure, tags),
	  .count = offsetof(struct measure, tag_count), .what = "words to group it by" },
};
static const struct table measure_table = TABLE("the measure", "id", measure_fields);

static const char *const roundings[] = { [ROUND_BACK] = "back", [ROUND_FORWARD] = "forward", NULL };
struct deadline_values {
	struct deadline deadline;
	struct opens opens;
	const char *const *answers_from;
	size_t answers_from_count;
	const int *require;
	size_t require_count;
};
#define IN_DEADLINE(member_) offsetof(struct deadline_values, deadline.member_)
static const struct field deadline_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = IN_DEADLINE(id), .what = "its short name" },
	{ "title", VALUE_NAME, .required = true, .at = IN_DEADLINE(title),
	  .what = "what is asked" },
	{ "decision", VALUE_NAME, .at = IN_DEADLINE(decision),
	  .what = "what it rests on, such as \"RS 2026-04-22 § 58\"" },
	{ "due", VALUE_DUE, .required = true, .at = IN_DEADLINE(due),
	  .what = "a date, a date and time, a month or \"meeting BODY YYYY-MM\"" },
	{ "every", VALUE_EVERY, .at = IN_DEADLINE(every),
	  .what = "when it comes again: \"meeting BODY\" or \"RRULE:...\"" },
	{ "round", VALUE_CHOICE, .at = IN_DEADLINE(round), .choices = roundings,
	  .what = "where a closed day moves it; default \"back\"" },
	{ "papers", VALUE_OFFSET, .at = IN_DEADLINE(papers), .given = IN_DEADLINE(papers_given),
	  .min = -DAYS_MAX, .max = 0, .what = "before the meeting; default that of the body" },
	{ "opens", VALUE_OPENS, .at = offsetof(struct deadline_values, opens),
	  .what = "from when answers count; default the ladder's first step" },
	{ "answers_from", VALUE_PATTERN, .list = true,
	  .at = offsetof(struct deadline_values, answers_from),
	  .count = offsetof(struct deadline_values, answers_from_count),
	  .what = "measures whose owners answer, \"*\" for any run of characters" },
	{ "require", VALUE_CHOICE, .list = true, .at = offsetof(struct deadline_values, require),
	  .count = offsetof(struct deadline_values, require_count), .choices = event_field_names,
	  .what = "what a status must give to answer it; default nothing" },
	{ "responsible", VALUE_PERSON, .at = IN_DEADLINE(responsible),
	  .what = "the person who hands over the whole" },
	{ "inform", VALUE_TARGET, .required = true, .list = true, .at = IN_DEADLINE(inform),
	  .count = IN_DEADLINE(inform_count), .min = 1,
	  .what = "name who is told when it is handed over or moved" },
	{ "ladder", VALUE_LADDER, .required = true, .at = IN_DEADLINE(ladder),
	  .what = "the ladder of its reminders" },
};
static const struct table deadline_table = TABLE("the deadline", "id", deadline_fields);

static void read_body(struct reader *r, config_setting_t *group, void *thing)
{
	read_group(r, &body_table, group, thing);
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

/* Is the list of a key left out or without elements? */
static bool is_empty(config_setting_t *group, const char *key)
{
	config_setting_t *list = config_setting_get_member(group, key);

	return !list || config_setting_length(list) == 0;
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
	} else if (is_empty(group, "channels")) {
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

	measure->decision = "";
	read_group(r, &measure_table, group, measure);
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
}

static bool matches(const struct deadline_values *values, const struct measure *measure)
{
	for (size_t i = 0; i < values->answers_from_count; i++)
		if (text_matches(values->answers_from[i], measure->id.text))
			return true;
	return false;
}

/* The measures asked, in the plan's order. Deadlines that ask the same share one array. */
static void find_measures(struct reader *r, struct deadline_values *values)
{
	const struct plan *plan = r->plan;
	struct deadline *deadline = &values->deadline;
	const struct measure **found = r->scratch;
	const struct deadline *other = plan->deadlines;
	size_t count = 0, size;

	for (size_t i = 0; i < plan->measure_count; i++)
		if (matches(values, &plan->measures[i]))
			found[count++] = &plan->measures[i];
	size = count * sizeof(*found);
	deadline->measure_count = count;
	for (size_t i = 0; i < plan->deadline_count; i++, other++) {
		if (!other->measures || other->measure_count != count ||
		    memcmp(other->measures, found, size) != 0)
			continue;
		deadline->measures = other->measures;
		return;
	}
	deadline->measures =
		count ? memcpy(reader_alloc(r, count, sizeof(*found)), found, size) : NULL;
}

/* What a rule is taken for that an earlier version let in: a plan from the log has to be read. */
#define ONLY_START "FREQ=DAILY;COUNT=1"

/* The rule, counted from due. Series that say the same share it. */
static void find_rule(struct reader *r, struct where where, struct deadline *deadline)
{
	struct plan_private *private = r->plan->private;
	struct every *every = &deadline->every;
	const char *rule = every->text + strlen("RRULE:");
	char wrong[RECUR_FAULT];
	int error;

	for (size_t i = 0; i < private->rule_count; i++)
		if (recurrence_is(private->rules[i], rule, deadline->due.date)) {
			every->rule = private->rules[i];
			return;
		}
	error = array_grow(&private->rules, private->rule_count, &private->rule_room);
	if (error == 0)
		error = recurrence_new(&every->rule, rule, deadline->due.date, wrong);
	if (error > 0 && !r->present)
		error = recurrence_new(&every->rule, ONLY_START, deadline->due.date, wrong);
	if (error < 0)
		reader_out_of_memory(r);
	if (error > 0)
		fault(r, where, "every \"%s\" %s", text_excerpt(every->text).text, wrong);
	else
	private->rules[private->rule_count++] = every->rule;
}

/* Check that a series and the `due` it is counted from fit together. */
static void read_series(struct reader *r, config_setting_t *group, struct deadline *deadline)
{
	const struct due_spec *due = &deadline->due;
	const struct every *every = &deadline->every;
	struct where where = where_key(r, group, "every");

	if (deadline->opens_given && !civil_is_none(deadline->opens_date))
		fault(r, where_key(r, group, "opens"),
		      "the deadline %s comes again, so its opens is days such as -20wd",
		      deadline->id.text);
	if (!due->text || every->kind == EVERY_NEVER)
		return;
	if (every->kind == EVERY_RULE && due->kind == DUE_DATE)
		find_rule(r, where, deadline);
	else if (every->kind == EVERY_RULE)
		fault(r, where,
		      "a rule is counted from a date: let due of %s be one, such as 2026-01-31",
		      deadline->id.text);
	else if (due->kind != DUE_MEETING || due->body != every->body)
		fault(r, where,
		      "every meeting of %s is counted from one of them: let due of %s be \"meeting "
		      "%s YYYY-MM\" or \"meeting %s next\"",
		      every->body->id.text, deadline->id.text, every->body->id.text,
		      every->body->id.text);
}

static void read_deadline(struct reader *r, config_setting_t *group, void *thing)
{
	struct deadline *deadline = thing;
	struct deadline_values values = { .deadline = *deadline, .opens = { .date = CIVIL_NONE } };
	config_setting_t *papers = config_setting_get_member(group, "papers");

	values.deadline.decision = "";
	read_group(r, &deadline_table, group, &values);
	values.deadline.opens_given = values.opens.given;
	values.deadline.opens = values.opens.offset;
	values.deadline.opens_date = values.opens.date;
	values.deadline.opens_where = where_key(r, group, "opens");
	if (!config_setting_get_member(group, "responsible") && is_empty(group, "answers_from"))
		fault(r, deadline->where,
		      "the deadline %s asks nobody: give it answers_from or "
		      "responsible",
		      deadline->id.text);
	if (papers && values.deadline.due.text && values.deadline.due.kind != DUE_MEETING)
		warning(r, where_of(r, papers),
			"papers has no effect: without a meeting they are due when the deadline "
			"is");
	if (config_setting_get_member(group, "every"))
		read_series(r, group, &values.deadline);
	for (size_t i = 0; i < values.require_count; i++)
		values.deadline.require |= 1U << values.require[i];
	find_measures(r, &values);
	*deadline = values.deadline;
}

void read_deadlines(struct reader *r)
{
	r->scratch = calloc(r->plan->measure_count + 1, sizeof(struct measure *));
	if (!r->scratch)
		reader_out_of_memory(r);
	read_section(r, SECTION_DEADLINES, read_deadline);
}
