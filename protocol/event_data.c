/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The data of an event: a table per type says which fields there are, what each holds and where in
 * struct event it goes; one decoder a kind of field does the rest. What a table can't say, how
 * fields depend on each other, is in the type's check.
 */
#include "protocol/event_value.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define EFFECT_MAX INT64_C(1000000000000000) /* whole currency units */
#define FIELDS_MAX 8

static enum reject_code check_meeting(const struct event *event, struct rejection *ret_why)
{
	const struct event_meeting *meeting = &event->meeting;
	char from[CIVIL_TEXT], until[CIVIL_TEXT];

	if (!civil_is_none(meeting->until) && civil_compare(meeting->until, meeting->from) < 0)
		return reject(ret_why, REJECT_BAD_DATA,
			      "until %s is before from %s; a meeting ends on its first "
			      "day or later",
			      civil_format(meeting->until, until),
			      civil_format(meeting->from, from));
	if (meeting->cancelled && civil_is_none(meeting->replaces))
		return reject(ret_why, REJECT_BAD_DATA,
			      "cancelled needs replaces, the date of the meeting that is "
			      "cancelled");
	return REJECT_NONE;
}

static enum reject_code check_outcome(const struct event *event, struct rejection *ret_why)
{
	const struct event_outcome *outcome = &event->outcome;
	bool due = event_due_is_given(&outcome->due);

	if (outcome->outcome == OUTCOME_RETURNED && !due)
		return reject(ret_why, REJECT_BAD_DATA,
			      "returned needs due, the date by which it is to be handed in again");
	if (outcome->outcome != OUTCOME_RETURNED && due)
		return reject(ret_why, REJECT_BAD_DATA,
			      "due belongs to returned only; what is %s is closed",
			      event_outcome_name(outcome->outcome));
	return REJECT_NONE;
}

/* A grant gives each request what it asks for, unless it says another date for all of them. */
static enum reject_code check_extend(const struct event *event, struct rejection *ret_why)
{
	const struct event_extend *extend = &event->extend;

	if (!extend->grants.list && !event_due_is_given(&extend->due))
		return reject(ret_why, REJECT_BAD_DATA, "data has no due, which %s requires",
			      event_type_name(event->type));
	if (extend->grants.list && extend->deadline)
		return reject(ret_why, REJECT_BAD_DATA,
			      "deadline does not go with grants: each request says what it is "
			      "about; leave it out");
	return REJECT_NONE;
}

static enum reject_code check_absence(const struct event *event, struct rejection *ret_why)
{
	const struct event_absence *absence = &event->absence;
	char from[CIVIL_TEXT], until[CIVIL_TEXT];

	if (civil_compare(absence->until, absence->from) < 0)
		return reject(ret_why, REJECT_BAD_DATA,
			      "until %s is before from %s; give the last day of the absence, that "
			      "day included",
			      civil_format(absence->until, until),
			      civil_format(absence->from, from));
	if (absence->cancelled && absence->deputy)
		return reject(ret_why, REJECT_BAD_DATA,
			      "deputy does not go with cancelled: nobody is away then; leave it "
			      "out");
	return REJECT_NONE;
}

/* What is yet to be filled in is no proposal: it would stand in a paper that is frozen. */
static enum reject_code check_proposal(const struct event *event, struct rejection *ret_why)
{
	size_t length;
	const char *hole = text_placeholder(event->proposal.text, &length);

	if (!hole)
		return REJECT_NONE;
	return reject(ret_why, REJECT_BAD_DATA, "text has the hole \"%s\" in it: fill it in",
		      text_excerpt_of(hole, length).text);
}

#define AT(member) .offset = offsetof(struct event, member)
#define NOTE(member, most) .decode = decode_note, AT(member), .max = (most)
#define LINE(member) .decode = decode_line, AT(member), .max = LINE_MAX_BYTES
#define LINK(member) .decode = decode_link, AT(member), .max = LINK_MAX * 4
#define DUE(member) .decode = decode_due, AT(member)
#define IDS(member) .decode = decode_ids, AT(member)
#define DATE(member) .decode = decode_date, AT(member)
#define EFFECT(member) .decode = decode_integer, AT(member), .min = -EFFECT_MAX, .max = EFFECT_MAX

/* The fields of each type end with a NULL name. */
static const struct data_kind {
	struct field fields[FIELDS_MAX + 1];
	enum reject_code (*check)(const struct event *event, struct rejection *ret_why);
} kinds[EVENT_TYPES] = {
	[EVENT_STATUS] = {.fields = {
		{"status", .decode = decode_status, AT(status.status), .required = true},
		{"progress", .decode = decode_integer, AT(status.progress), .max = 100},
		{"effect_achieved", EFFECT(status.effect_achieved)},
		{"effect_forecast", EFFECT(status.effect_forecast)},
		{"needs_support", NOTE(status.needs_support, SUPPORT_MAX)},
		{"note", NOTE(status.note, NOTE_MAX)},
		{"done_forecast", DATE(status.done_forecast)},
		{"link", LINK(status.link)},
	}},
	[EVENT_SUBMIT] = {.fields = {
		{"reference", LINE(submit.reference), .required = true},
		{"note", NOTE(submit.note, NOTE_MAX)},
		{"link", LINK(submit.link)},
	}},
	[EVENT_OUTCOME] = {.check = check_outcome, .fields = {
		{"outcome", .decode = decode_outcome, AT(outcome.outcome), .required = true},
		{"reference", LINE(outcome.reference), .required = true},
		{"due", DUE(outcome.due)},
		{"body", .decode = decode_id, AT(outcome.body)},
		{"link", LINK(outcome.link)},
	}},
	[EVENT_SEEN] = {.fields = {
		{"answer_by", DATE(seen.answer_by), .required = true},
	}},
	[EVENT_EXTEND] = {.check = check_extend, .fields = {
		{"deadline", .decode = decode_item, AT(extend.deadline)},
		{"due", DUE(extend.due)},
		{"reference", LINE(extend.reference), .required = true},
		{"reason", LINE(extend.reason)},
		{"grants", IDS(extend.grants)},
	}},
	[EVENT_ASSIGN] = {.fields = {
		{"owner", .decode = decode_id, AT(assign.owner), .required = true},
	}},
	[EVENT_ABSENCE] = {.check = check_absence, .fields = {
		{"from", DATE(absence.from), .required = true},
		{"until", DATE(absence.until), .required = true},
		{"deputy", .decode = decode_id, AT(absence.deputy)},
		{"cancelled", .decode = decode_bool, AT(absence.cancelled)},
	}},
	[EVENT_MEETING] = {.check = check_meeting, .fields = {
		{"from", DATE(meeting.from), .required = true},
		{"until", DATE(meeting.until)},
		{"replaces", DATE(meeting.replaces)},
		{"cancelled", .decode = decode_bool, AT(meeting.cancelled)},
		{"place", LINE(meeting.place)},
	}},
	[EVENT_NOTE] = {.fields = {
		{"note", NOTE(note.note, NOTE_MAX), .required = true},
		{"not_mine", .decode = decode_bool, AT(note.not_mine)},
	}},
	[EVENT_CLOSE] = {.fields = {
		{"as", .decode = decode_closure, AT(close.as), .required = true},
		{"reference", LINE(close.reference), .required = true},
		{"link", LINK(close.link)},
	}},
	[EVENT_REQUEST] = {.fields = {
		{"deadline", .decode = decode_item, AT(request.deadline)},
		{"due", DUE(request.due), .required = true},
		{"reason", LINE(request.reason), .required = true},
		{"progress", .decode = decode_integer, AT(request.progress), .max = 100},
	}},
	[EVENT_PROPOSAL] = {.check = check_proposal, .fields = {
		{"text", NOTE(proposal.text, NOTE_MAX), .required = true},
	}},
	[EVENT_UNDO] = {.fields = {
		{"seq", .decode = decode_integer, AT(undo.seq), .min = 1, .max = INT64_MAX, .required = true},
	}},
	[EVENT_DENY] = {.fields = {
		{"requests", IDS(deny.requests), .required = true},
		{"reason", LINE(deny.reason), .required = true},
	}},
};

static enum reject_code unknown_field(const char *name, enum event_type type,
				      struct rejection *ret_why)
{
	struct text_list known = { "" };

	for (const struct field *field = kinds[type].fields; field->name; field++)
		text_list_add(&known, field->name);
	return reject(ret_why, REJECT_BAD_DATA, "data has an unknown field \"%s\"; %s takes %s",
		      text_excerpt(name).text, event_type_name(type), known.text);
}

/* No date is a value of its own, so what is left out has to be said. */
static void leave_out_dates(struct event *event)
{
	if (event->type == EVENT_STATUS)
		event->status.done_forecast = CIVIL_NONE;
	if (event->type == EVENT_MEETING)
		event->meeting.until = event->meeting.replaces = CIVIL_NONE;
	if (event->type == EVENT_OUTCOME)
		event->outcome.due.date = CIVIL_NONE;
	if (event->type == EVENT_EXTEND)
		event->extend.due.date = CIVIL_NONE;
	if (event->type == EVENT_REQUEST)
		event->request.due.date = CIVIL_NONE;
}

enum reject_code event_data(struct event *event, struct rejection *ret_why)
{
	const struct data_kind *kind = &kinds[event->type];
	const struct parsed *data = parsed_get(event->json, "data");
	const struct field *field;
	enum reject_code code;
	unsigned given = 0; /* a bit for each field */

	if (data->kind != PARSED_OBJECT)
		return reject(ret_why, REJECT_BAD_DATA, "data is %s; it has to be an object",
			      parsed_excerpt(data).text);
	leave_out_dates(event);
	parsed_foreach(data, value)
	{
		for (field = kind->fields; field->name && !text_equal(field->name, value->name);)
			field++;
		if (!field->name)
			return unknown_field(value->name, event->type, ret_why);
		if (parsed_is_null(value)) /* as if it were left out */
			continue;
		code = field->decode(field, value, (char *)event + field->offset, ret_why);
		if (code != REJECT_NONE)
			return code;
		given |= 1u << (field - kind->fields);
	}
	for (field = kind->fields; field->name; field++)
		if (field->required && !(given & 1u << (field - kind->fields)))
			return reject(ret_why, REJECT_BAD_DATA, "data has no %s, which %s requires",
				      field->name, event_type_name(event->type));
	return kind->check ? kind->check(event, ret_why) : REJECT_NONE;
}
