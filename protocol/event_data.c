/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The data of an event: a table per type says which fields there are, what each holds and where in
 * struct event it goes; one decoder a kind of field does the rest. What a table can't say, how
 * fields depend on each other, is in the type's check.
 */
#include "protocol/event.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define EFFECT_MAX INT64_C(1000000000000000) /* whole currency units */
#define FIELDS_MAX 6

struct field {
	const char *name;
	enum reject_code (*decode)(const struct field *field, const struct parsed *value, void *ret,
				   struct rejection *ret_why);
	size_t offset; /* in struct event */
	bool required;
	int64_t min, max; /* of a number; max: bytes of a line, characters of a note */
};

static enum reject_code decode_status(const struct field *field, const struct parsed *value,
				      void *ret, struct rejection *ret_why)
{
	const char *name = parsed_string(value);
	enum measure_status *status = ret;
	struct text_list known = { "" };

	*status = name ? event_status_parse(name) : STATUS_NONE;
	if (*status != STATUS_NONE)
		return REJECT_NONE;
	for (int i = 0; i < STATUSES; i++)
		text_list_add(&known, event_status_name((enum measure_status)i));
	return reject(ret_why, REJECT_BAD_DATA, "%s %s is not one of %s", field->name,
		      parsed_excerpt(value).text, known.text);
}

static enum reject_code decode_outcome(const struct field *field, const struct parsed *value,
				       void *ret, struct rejection *ret_why)
{
	const char *name = parsed_string(value);
	enum outcome *outcome = ret;
	struct text_list known = { "" };

	*outcome = name ? event_outcome_parse(name) : OUTCOME_NONE;
	if (*outcome != OUTCOME_NONE)
		return REJECT_NONE;
	for (int i = 0; i < OUTCOMES; i++)
		text_list_add(&known, event_outcome_name((enum outcome)i));
	return reject(ret_why, REJECT_BAD_DATA, "%s %s is not one of %s", field->name,
		      parsed_excerpt(value).text, known.text);
}

static enum reject_code decode_integer(const struct field *field, const struct parsed *value,
				       void *ret, struct rejection *ret_why)
{
	int64_t number;

	if (!parsed_integer(value, &number) || number < field->min || number > field->max)
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not a whole number from %lld to %lld", field->name,
			      parsed_excerpt(value).text, (long long)field->min,
			      (long long)field->max);
	*(struct optional *)ret = (struct optional){ true, number };
	return REJECT_NONE;
}

static enum reject_code decode_date(const struct field *field, const struct parsed *value,
				    void *ret, struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || civil_parse(text, ret) < 0)
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not a date that exists, written \"YYYY-MM-DD\"",
			      field->name, parsed_excerpt(value).text);
	return REJECT_NONE;
}

static enum reject_code decode_bool(const struct field *field, const struct parsed *value,
				    void *ret, struct rejection *ret_why)
{
	if (value->kind != PARSED_TRUE && value->kind != PARSED_FALSE)
		return reject(ret_why, REJECT_BAD_DATA, "%s %s is neither true nor false",
			      field->name, parsed_excerpt(value).text);
	*(bool *)ret = value->kind == PARSED_TRUE;
	return REJECT_NONE;
}

static enum reject_code decode_item(const struct field *field, const struct parsed *value,
				    void *ret, struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || !text_is_item(text))
		return reject(
			ret_why, REJECT_BAD_DATA,
			"%s %s is not an id (1 to %d of A-Z a-z 0-9 . _ -), nor ID@YYYY-MM-DD",
			field->name, parsed_excerpt(value).text, ID_MAX);
	*(const char **)ret = text;
	return REJECT_NONE;
}

static enum reject_code decode_id(const struct field *field, const struct parsed *value, void *ret,
				  struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || !text_is_id(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not a person's id (1 to %d of A-Z a-z 0-9 . _ -)",
			      field->name, parsed_excerpt(value).text, ID_MAX);
	*(const char **)ret = text;
	return REJECT_NONE;
}

static enum reject_code decode_text(const struct field *field, const struct parsed *value,
				    bool lines, const char **ret, struct rejection *ret_why)
{
	const char *text = parsed_string(value);
	size_t n = value->length;

	if (!text)
		return reject(ret_why, REJECT_BAD_DATA, "%s %s is not a string", field->name,
			      parsed_excerpt(value).text);
	if (text_is_blank(text))
		return reject(ret_why, REJECT_BAD_DATA, "%s is empty; %s", field->name,
			      field->required ? "it is required" : "fill it in or leave it out");
	if (!text_is_clean(text, n, lines))
		return reject(ret_why, REJECT_BAD_DATA, "%s holds a control character; %s",
			      field->name,
			      lines ? "only line feeds and tabs may stand in it"
				    : "it has to be one line of text");
	if (!lines && text_turn(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s holds U+%04X, which turns the direction of text; leave it out",
			      field->name, text_turn(text));
	n = lines ? text_length(text) : n;
	if (n > (size_t)field->max)
		return reject(ret_why, REJECT_BAD_DATA, "%s has %zu %s; at most %lld are allowed",
			      field->name, n, lines ? "characters" : "bytes",
			      (long long)field->max);
	*ret = text;
	return REJECT_NONE;
}

static enum reject_code decode_line(const struct field *field, const struct parsed *value,
				    void *ret, struct rejection *ret_why)
{
	return decode_text(field, value, false, ret, ret_why);
}

static enum reject_code decode_note(const struct field *field, const struct parsed *value,
				    void *ret, struct rejection *ret_why)
{
	return decode_text(field, value, true, ret, ret_why);
}

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
	bool due = !civil_is_none(outcome->due);

	if (outcome->outcome == OUTCOME_RETURNED && !due)
		return reject(ret_why, REJECT_BAD_DATA,
			      "returned needs due, the date by which it is to be handed in again");
	if (outcome->outcome != OUTCOME_RETURNED && due)
		return reject(ret_why, REJECT_BAD_DATA,
			      "due belongs to returned only; what is %s is closed",
			      event_outcome_name(outcome->outcome));
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
	return REJECT_NONE;
}

#define AT(member) .offset = offsetof(struct event, member)
#define NOTE(member, most) .decode = decode_note, AT(member), .max = (most)
#define LINE(member) .decode = decode_line, AT(member), .max = LINE_MAX_BYTES
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
	}},
	[EVENT_SUBMIT] = {.fields = {
		{"reference", LINE(submit.reference), .required = true},
		{"note", NOTE(submit.note, NOTE_MAX)},
	}},
	[EVENT_OUTCOME] = {.check = check_outcome, .fields = {
		{"outcome", .decode = decode_outcome, AT(outcome.outcome), .required = true},
		{"reference", LINE(outcome.reference), .required = true},
		{"due", DATE(outcome.due)},
	}},
	[EVENT_SEEN] = {.fields = {
		{"answer_by", DATE(seen.answer_by), .required = true},
	}},
	[EVENT_EXTEND] = {.fields = {
		{"deadline", .decode = decode_item, AT(extend.deadline)},
		{"due", DATE(extend.due), .required = true},
		{"reference", LINE(extend.reference), .required = true},
		{"reason", LINE(extend.reason)},
	}},
	[EVENT_ASSIGN] = {.fields = {
		{"owner", .decode = decode_id, AT(assign.owner), .required = true},
	}},
	[EVENT_ABSENCE] = {.check = check_absence, .fields = {
		{"from", DATE(absence.from), .required = true},
		{"until", DATE(absence.until), .required = true},
		{"deputy", .decode = decode_id, AT(absence.deputy)},
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
	if (event->type == EVENT_MEETING)
		event->meeting.until = event->meeting.replaces = CIVIL_NONE;
	if (event->type == EVENT_OUTCOME)
		event->outcome.due = CIVIL_NONE;

	parsed_foreach(data, value)
	{
		for (field = kind->fields; field->name && strcmp(field->name, value->name) != 0;)
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
