/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The deadlines of the plan files: their table, and what a table can't say: which measures are asked, and
 * whether a deadline that comes again and the date it is counted from fit together.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plan/due.h"
#include "plan/reader.h"
#include "plan/recur.h"

#define EACH_MAX 100 /* meetings; a body has some ten a year */

static const char *const roundings[] = { [ROUND_BACK] = "back", [ROUND_FORWARD] = "forward", NULL };
static const char *const sendings[] = {
	[SENDING_FIRST] = "first", [SENDING_SECOND] = "second", NULL
};
struct deadline_values {
	struct deadline deadline;
	struct opens opens;
	const char *const *answers_from;
	size_t answers_from_count;
	const int *require;
	size_t require_count;
	const int *months;
	size_t month_count;
};
#define IN_DEADLINE(member_) offsetof(struct deadline_values, deadline.member_)
static const struct field deadline_fields[] = {
	{ "id", VALUE_ID, .required = true, .at = IN_DEADLINE(id), .what = "its short name" },
	{ "title", VALUE_NAME, .required = true, .at = IN_DEADLINE(title),
	  .what = "what is asked" },
	{ "decision", VALUE_NAME, .at = IN_DEADLINE(decision),
	  .what = "what it rests on, such as \"RS 2026-04-22 § 58\"" },
	{ "proposal", VALUE_PROSE, .decisions = true, .at = IN_DEADLINE(proposal),
	  .what = "what the body is proposed to decide on it" },
	{ "due", VALUE_DUE, .required = true, .at = IN_DEADLINE(due),
	  .what = "a date, a date and time, a date counted from another (\"2m after "
		  "YYYY-MM-DD\"), a month or \"meeting BODY YYYY-MM\"" },
	{ "every", VALUE_EVERY, .at = IN_DEADLINE(every),
	  .what = "when it comes again: \"meeting BODY\" or \"RRULE:...\"" },
	{ "months", VALUE_INT, .list = true, .decisions = true, .min = 1, .max = 12,
	  .at = offsetof(struct deadline_values, months),
	  .count = offsetof(struct deadline_values, month_count),
	  .what = "of every meeting those of these months, such as [ 4, 11 ]; default all" },
	{ "each", VALUE_INT, .decisions = true, .min = 2, .max = EACH_MAX,
	  .at = IN_DEADLINE(every.each),
	  .what = "of every meeting each second, third ...; default all" },
	{ "via", VALUE_VIA, .list = true, .decisions = true, .at = IN_DEADLINE(via),
	  .count = IN_DEADLINE(via_count),
	  .what = "the bodies that it passes before that of due: \"meeting BODY YYYY-MM\"" },
	{ "round", VALUE_CHOICE, .at = IN_DEADLINE(round), .choices = roundings,
	  .what = "where a closed day moves it; default \"back\"" },
	{ "papers", VALUE_OFFSET, .at = IN_DEADLINE(papers), .given = IN_DEADLINE(papers_given),
	  .min = -OFFSET_DAYS_MAX, .max = 0,
	  .what = "before the meeting; default that of the body" },
	{ "sending", VALUE_CHOICE, .at = IN_DEADLINE(sending), .choices = sendings,
	  .decisions = true,
	  .what = "with which of the body's two sendings its papers leave; default \"first\"" },
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
	{ "officials", VALUE_TARGET, .list = true, .decisions = true, .at = IN_DEADLINE(officials),
	  .count = IN_DEADLINE(official_count), .min = 1,
	  .what = "who signs its paper; default the responsible" },
	{ "ladder", VALUE_LADDER, .required = true, .at = IN_DEADLINE(ladder),
	  .what = "the ladder of its reminders" },
	{ "assignment", VALUE_ASSIGNMENT, .decisions = true, .at = IN_DEADLINE(assignment),
	  .what = "the assignment that it answers" },
};
static const struct table deadline_table = TABLE("the deadline", "id", deadline_fields);

static bool matches(const struct deadline_values *values, const struct measure *measure)
{
	for (size_t i = 0; i < values->answers_from_count; i++)
		if (text_matches(values->answers_from[i], measure->id.text))
			return true;
	return false;
}

static int compare_places(const void *a, const void *b)
{
	const struct measure *const *x = a, *const *y = b;

	return (*x > *y) - (*x < *y);
}

/* Ids alone are looked up: their count. A plan may have as many deadlines that name a few measures as it has measures,
 * and to go through those for each took minutes. */
static size_t find_named(const struct plan *plan, const struct deadline_values *values,
			 const struct measure **found)
{
	const size_t count = values->answers_from_count;

	assert(count <= plan->measure_count); /* each is there, and named once */
	for (size_t i = 0; i < count; i++)
		found[i] = plan_measure(plan, measure_id(values->answers_from[i]));
	if (count)
		qsort(found, count, sizeof(*found), compare_places);
	return count;
}

static bool names_ids_alone(const struct deadline_values *values)
{
	for (size_t i = 0; i < values->answers_from_count; i++)
		if (strchr(values->answers_from[i], '*'))
			return false;
	return true;
}

#define SHARED_FROM \
	100 /* measures that are named: fewer take less memory than time to look for them */

/* The measures asked, in the plan's order. Deadlines that ask the same share one array. */
static void find_measures(struct reader *r, struct deadline_values *values)
{
	const struct plan *plan = r->plan;
	struct deadline *deadline = &values->deadline;
	const struct measure **found = r->scratch;
	const struct deadline *other = plan->deadlines;
	const bool named = names_ids_alone(values);
	size_t count = 0, size;

	if (named)
		count = find_named(plan, values, found);
	else
		for (size_t i = 0; i < plan->measure_count; i++)
			if (matches(values, &plan->measures[i]))
				found[count++] = &plan->measures[i];
	size = count * sizeof(*found);
	deadline->measure_count = count;
	for (size_t i = named && count < SHARED_FROM ? plan->deadline_count : 0;
	     i < plan->deadline_count; i++, other++) {
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
	struct plan_private *own = r->plan->private;
	struct every *every = &deadline->every;
	const char *rule = every->text + strlen("RRULE:");
	char wrong[RECUR_FAULT];
	int error;

	for (size_t i = 0; i < own->rule_count; i++)
		if (recurrence_is(own->rules[i], rule, deadline->due.date)) {
			every->rule = own->rules[i];
			return;
		}
	error = array_grow(&own->rules, own->rule_count, &own->rule_room);
	if (error == 0)
		error = recurrence_new(&every->rule, rule, deadline->due.date, wrong);
	if (error > 0 && !r->present)
		error = recurrence_new(&every->rule, ONLY_START, deadline->due.date, wrong);
	if (error < 0)
		reader_out_of_memory(r);
	if (error > 0)
		fault(r, where, "every \"%s\" %s", text_excerpt(every->text).text, wrong);
	else
		own->rules[own->rule_count++] = every->rule;
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

/* Check that there is a second sending to count from, if that is asked for. */
static void check_sending(struct reader *r, config_setting_t *group,
			  const struct deadline *deadline)
{
	const struct due_spec *due = &deadline->due;
	const struct where where = where_key(r, group, "sending");

	if (deadline->sending != SENDING_SECOND || !due->text)
		return;
	if (due->kind != DUE_MEETING)
		fault(r, where,
		      "the second sending is one before a meeting: let due of %s be \"meeting BODY "
		      "YYYY-MM\", or leave out sending",
		      deadline->id.text);
	else if (deadline->papers_given)
		fault(r, where,
		      "%s has papers of its own, so that no sending of the body is counted from: "
		      "leave out one of the two",
		      deadline->id.text);
	else if (!due->body->papers_late_given)
		fault(r, where, "%s has no second sending: give it papers_late, such as \"-2wd\"",
		      due->body->id.text);
}

/* A series that is not held for all of a body's meetings: by months, or by each. */
static void read_some(struct reader *r, config_setting_t *group, struct deadline_values *values)
{
	struct deadline *deadline = &values->deadline;
	config_setting_t *months = config_setting_get_member(group, "months");
	const bool by_months = months, by_number = config_setting_get_member(group, "each");
	const char *key = by_months ? "months" : "each";
	const struct due_spec *due = &deadline->due;
	const struct where where = where_key(r, group, key);

	for (size_t i = 0; i < values->month_count; i++)
		deadline->every.months |= 1U << values->months[i];
	if (!by_months && !by_number)
		return;
	if (by_months && by_number)
		fault(r, where, "months and each of %s say two things: leave out one of the two",
		      deadline->id.text);
	else if (by_months && is_aggregate(months) && config_setting_length(months) == 0)
		fault(r, where, "months is empty: name some, such as [ 4, 11 ], or leave it out");
	else if (!config_setting_get_member(group, "every"))
		fault(r, where, "%s chooses among meetings: let every of %s be \"meeting BODY\"",
		      key, deadline->id.text);
	else if (deadline->every.kind == EVERY_RULE)
		fault(r, where,
		      "%s chooses among meetings, and every of %s is a rule: let the rule say it "
		      "(%s), or every be \"meeting BODY\"",
		      key, deadline->id.text, by_months ? "BYMONTH" : "INTERVAL");
	else if (deadline->every.months && due->text && due->kind == DUE_MEETING && !due->next &&
		 !(deadline->every.months & 1U << due->month))
		fault(r, where,
		      "due of %s is in a month that is none of its months: let it begin in one of "
		      "them",
		      deadline->id.text);
}

/* What belongs together in it. */
static void read_together(struct reader *r, config_setting_t *group, struct deadline_values *values)
{
	struct deadline *deadline = &values->deadline;
	config_setting_t *papers = config_setting_get_member(group, "papers");

	if (!config_setting_get_member(group, "responsible") &&
	    is_left_empty(group, "answers_from"))
		fault(r, deadline->where,
		      "the deadline %s asks nobody: give it answers_from or "
		      "responsible",
		      deadline->id.text);
	if (papers && deadline->due.text && deadline->due.kind != DUE_MEETING)
		warning(r, where_of(r, papers),
			"papers has no effect: without a meeting they are due when the deadline "
			"is");
	check_sending(r, group, deadline);
	if (config_setting_get_member(group, "every"))
		read_series(r, group, deadline);
	read_some(r, group, values);
	if (config_setting_get_member(group, "via"))
		check_chain(r, group, deadline);
}

static void read_deadline(struct reader *r, config_setting_t *group, void *thing)
{
	struct deadline *deadline = thing;
	struct deadline_values values = { .deadline = *deadline, .opens = { .date = CIVIL_NONE } };

	values.deadline.decision = values.deadline.proposal = "";
	read_group(r, &deadline_table, group, &values);
	values.deadline.opens_given = values.opens.given;
	values.deadline.opens = values.opens.offset;
	values.deadline.opens_date = values.opens.date;
	values.deadline.opens_where = where_key(r, group, "opens");
	/* All further is said of its id: once it has one. */
	if (*values.deadline.id.text)
		read_together(r, group, &values);
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
