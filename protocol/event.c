/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The envelope. Each attribute that Påminn reads is a row of a table with its decoder; the rows
 * are decoded in the table's order, the id first, since every answer names it. What remains are
 * extensions, which stay in the JSON as they are and are only checked for being what CloudEvents
 * 1.0 allows there. null is the same as left out (CloudEvents JSON format § 2.2).
 *
 * Nothing is copied: the strings are the parser's, valid UTF-8 without NUL.
 */
#include "protocol/event.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "protocol/ascii.h"

#define AHEAD_MAX_US (INT64_C(5) * 60 * 1000000)
#define SEQUENCE_TEXT 19 /* digits of 2^63 - 1 */

static const char *const type_names[EVENT_TYPES] = {
	[EVENT_STATUS] = "paminn.status",     [EVENT_SUBMIT] = "paminn.submit",
	[EVENT_OUTCOME] = "paminn.outcome",   [EVENT_SEEN] = "paminn.seen",
	[EVENT_EXTEND] = "paminn.extend",     [EVENT_ASSIGN] = "paminn.assign",
	[EVENT_ABSENCE] = "paminn.absence",   [EVENT_MEETING] = "paminn.meeting",
	[EVENT_NOTE] = "paminn.note",	      [EVENT_CLOSE] = "paminn.close",
	[EVENT_REQUEST] = "paminn.request",   [EVENT_DENY] = "paminn.deny",
	[EVENT_PROPOSAL] = "paminn.proposal", [EVENT_UNDO] = "paminn.undo",
};

static const char *const status_names[STATUSES] = {
	[STATUS_NOT_STARTED] = "not-started",
	[STATUS_ON_TRACK] = "on-track",
	[STATUS_AT_RISK] = "at-risk",
	[STATUS_OFF_TRACK] = "off-track",
	[STATUS_DONE] = "done",
	[STATUS_CANCELLED] = "cancelled",
};

static const char *const outcome_names[OUTCOMES] = {
	[OUTCOME_NOTED] = "noted",
	[OUTCOME_APPROVED] = "approved",
	[OUTCOME_RETURNED] = "returned",
};

static const char *const closure_names[CLOSURES] = {
	[CLOSURE_DONE] = "done",
	[CLOSURE_STRUCK] = "struck",
};

const char *const event_field_names[STATUS_FIELDS + 1] = {
	[FIELD_PROGRESS] = "progress",
	[FIELD_EFFECT_ACHIEVED] = "effect_achieved",
	[FIELD_EFFECT_FORECAST] = "effect_forecast",
	[FIELD_NEEDS_SUPPORT] = "needs_support",
	[FIELD_NOTE] = "note",
};

const char *event_type_name(enum event_type type)
{
	assert(type < EVENT_TYPES);
	return type_names[type];
}

const char *event_status_name(enum measure_status status)
{
	assert(status > STATUS_NONE && status < STATUSES);
	return status_names[status];
}

bool event_status_is_over(enum measure_status status)
{
	return status == STATUS_DONE || status == STATUS_CANCELLED;
}

enum measure_status event_status_parse(const char *name)
{
	const size_t status = text_find(name, status_names, STATUSES);

	return status < STATUSES ? (enum measure_status)status : STATUS_NONE;
}

const char *event_outcome_name(enum outcome outcome)
{
	assert(outcome > OUTCOME_NONE && outcome < OUTCOMES);
	return outcome_names[outcome];
}

enum outcome event_outcome_parse(const char *name)
{
	const size_t outcome = text_find(name, outcome_names, OUTCOMES);

	return outcome < OUTCOMES ? (enum outcome)outcome : OUTCOME_NONE;
}

const char *event_closure_name(enum closure closure)
{
	assert(closure > CLOSURE_NONE && closure < CLOSURES);
	return closure_names[closure];
}

enum closure event_closure_parse(const char *name)
{
	const size_t closure = text_find(name, closure_names, CLOSURES);

	return closure < CLOSURES ? (enum closure)closure : CLOSURE_NONE;
}

unsigned event_fields(const struct event_status *s)
{
	return (s->progress.given ? 1u << FIELD_PROGRESS : 0) |
	       (s->effect_achieved.given ? 1u << FIELD_EFFECT_ACHIEVED : 0) |
	       (s->effect_forecast.given ? 1u << FIELD_EFFECT_FORECAST : 0) |
	       (s->needs_support ? 1u << FIELD_NEEDS_SUPPORT : 0) |
	       (s->note ? 1u << FIELD_NOTE : 0);
}

struct excerpt event_value(const json_t *value)
{
	const json_type type = json_typeof(value);
	struct excerpt out;
	size_t n;

	if (type == JSON_OBJECT || type == JSON_ARRAY)
		return text_excerpt(type == JSON_OBJECT ? "an object" : "an array");
	if (type == JSON_STRING) {
		snprintf(out.text, sizeof(out.text), "\"%.*s\"", EXCERPT_MAX + 3,
			 text_excerpt(json_string_value(value)).text);
	} else {
		n = json_dumpb(value, out.text, sizeof(out.text) - 1,
			       JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		assert(n < sizeof(out.text)); /* a number, true, false or null */
		out.text[n] = '\0';
	}
	return out;
}

json_t *event_json(const char *bytes, size_t length, struct rejection *ret_why)
{
	struct parser *parser = NULL;
	json_t *json = NULL;
	json_error_t error;

	if (parser_new(&parser) < 0) {
		parsed_no_memory(ret_why);
		return NULL;
	}
	if (parser_parse(parser, bytes, length, ret_why)) {
		json = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
		if (!json && json_error_code(&error) == json_error_numeric_overflow)
			reject(ret_why, REJECT_BAD_JSON,
			       "a number is too large; at most %lld is possible",
			       (long long)INT64_MAX);
		else if (!json) /* all else that jansson refuses the parser has refused */
			parsed_no_memory(ret_why);
	}
	parser_free(parser);
	return json;
}

typedef enum reject_code decoder(const struct parsed *value, struct event *ret,
				 struct rejection *ret_why);

static enum reject_code decode_id(const struct parsed *value, struct event *ret,
				  struct rejection *ret_why)
{
	const char *id = parsed_string(value);

	if (!id || !*id || text_length(id) > EVENT_ID_MAX ||
	    !text_is_clean(id, value->length, false))
		return reject(ret_why, REJECT_BAD_EVENT,
			      "id %s is not a string of 1 to %d printable characters",
			      parsed_excerpt(value).text, EVENT_ID_MAX);
	ret->id = id;
	return REJECT_NONE;
}

static enum reject_code decode_specversion(const struct parsed *value, struct event *ret,
					   struct rejection *ret_why)
{
	const char *version = parsed_string(value);

	(void)ret;
	if (!version || strcmp(version, "1.0") != 0)
		return reject(ret_why, REJECT_BAD_EVENT,
			      "specversion %s is not \"1.0\", the only one known",
			      parsed_excerpt(value).text);
	return REJECT_NONE;
}

static enum reject_code decode_source(const struct parsed *value, struct event *ret,
				      struct rejection *ret_why)
{
	const char *source = parsed_string(value);
	size_t n = value->length;

	if (!source || n < 1 || n > SOURCE_MAX || !text_is_clean(source, n, false))
		return reject(ret_why, REJECT_BAD_EVENT,
			      "source %s is not a string of 1 to %d bytes of printable characters, "
			      "such as \"/people/ID\" or \"/systems/ID\"",
			      parsed_excerpt(value).text, SOURCE_MAX);
	ret->source = source;
	return REJECT_NONE;
}

static enum reject_code decode_type(const struct parsed *value, struct event *ret,
				    struct rejection *ret_why)
{
	const char *name = parsed_string(value);
	struct text_list known = { "" };
	size_t type;

	if (!name || !*name)
		return reject(ret_why, REJECT_BAD_EVENT, "type %s is not the name of a type",
			      parsed_excerpt(value).text);
	type = text_find(name, type_names, EVENT_TYPES);
	if (type < EVENT_TYPES) {
		ret->type = (enum event_type)type;
		return REJECT_NONE;
	}
	for (type = 0; type < EVENT_TYPES; type++)
		text_list_add(&known, type_names[type]);
	return reject(ret_why, REJECT_UNKNOWN_TYPE, "type %s is not one of %s",
		      parsed_excerpt(value).text, known.text);
}

static enum reject_code decode_subject(const struct parsed *value, struct event *ret,
				       struct rejection *ret_why)
{
	const char *subject = parsed_string(value);

	if (!subject || !text_is_item(subject))
		return reject(
			ret_why, REJECT_BAD_EVENT,
			"subject %s is not an id (1 to %d of A-Z a-z 0-9 . _ -), nor ID@YYYY-MM-DD",
			parsed_excerpt(value).text, ID_MAX);
	ret->subject = subject;
	return REJECT_NONE;
}

static enum reject_code decode_time(const struct parsed *value, struct event *ret,
				    struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || rfc3339_parse(text, &ret->time) < 0)
		return reject(ret_why, REJECT_BAD_EVENT,
			      "time %s is not an RFC 3339 time with an offset, such as "
			      "\"2026-05-11T09:30:00+02:00\"",
			      parsed_excerpt(value).text);
	return REJECT_NONE;
}

static enum reject_code decode_sequence(const struct parsed *value, struct event *ret,
					struct rejection *ret_why)
{
	const char *text = parsed_string(value);
	size_t n = value->length;
	uint64_t number = 0;

	if (!text || n < 1 || n > SEQUENCE_TEXT || strspn(text, "0123456789") != n)
		number = UINT64_MAX;
	for (size_t i = 0; number != UINT64_MAX && i < n; i++)
		number = number * 10 + (uint64_t)(text[i] - '0');
	if (number > INT64_MAX)
		return reject(ret_why, REJECT_BAD_EVENT,
			      "sequence %s is not a string of decimal digits, such as \"17\", of "
			      "at most %lld",
			      parsed_excerpt(value).text, (long long)INT64_MAX);
	ret->sequence = (struct optional){ true, (int64_t)number };
	return REJECT_NONE;
}

/* Parameters, such as a charset, say nothing new: what has been parsed is UTF-8. */
static bool is_json(const char *type)
{
	size_t n = strlen("application/json");

	if (strncasecmp(type, "application/json", n) != 0)
		return false;
	n += strspn(type + n, " \t");
	return type[n] == '\0' || type[n] == ';';
}

static enum reject_code decode_content_type(const struct parsed *value, struct event *ret,
					    struct rejection *ret_why)
{
	const char *type = parsed_string(value);

	(void)ret;
	if (!type || !is_json(type))
		return reject(ret_why, REJECT_BAD_EVENT,
			      "datacontenttype %s is not \"application/json\", the only one known",
			      parsed_excerpt(value).text);
	return REJECT_NONE;
}

static const struct attribute {
	const char *name;
	bool required;
	decoder *decode;
} attributes[] = {
	{ "id", true, decode_id },
	{ "specversion", true, decode_specversion },
	{ "source", true, decode_source },
	{ "type", true, decode_type },
	{ "subject", true, decode_subject },
	{ "time", false, decode_time },
	{ "sequence", false, decode_sequence },
	{ "datacontenttype", false, decode_content_type },
};

/* Is the name what CloudEvents allows an attribute to be called? */
static bool is_attribute_name(const char *name)
{
	return *name && name[ascii_lower(name)] == '\0';
}

/* A boolean, a whole number, a string without control characters, or null. */
static bool is_attribute_value(const struct parsed *value)
{
	int64_t number;

	if (value->text)
		return text_is_clean(parsed_string(value), value->length, false);
	return value->kind == PARSED_TRUE || value->kind == PARSED_FALSE ||
	       parsed_integer(value, &number) || parsed_is_null(value);
}

static enum reject_code check_extensions(const struct parsed *json, struct rejection *ret_why)
{
	parsed_foreach(json, value)
	{
		const char *name = value->name;

		if (text_equal(name, "data"))
			continue;
		if (text_equal(name, "data_base64"))
			return reject(ret_why, REJECT_BAD_EVENT,
				      "data_base64 is not taken; send data as a JSON object");
		if (!is_attribute_name(name))
			return reject(ret_why, REJECT_BAD_EVENT,
				      "\"%s\" can not be an attribute of an event: their names are "
				      "made of a-z and 0-9",
				      text_excerpt(name).text);
		if (!is_attribute_value(value))
			return reject(
				ret_why, REJECT_BAD_EVENT,
				"attribute %s is %s; an attribute is a string without control "
				"characters, a whole number or a boolean",
				text_excerpt(name).text, parsed_excerpt(value).text);
	}
	return REJECT_NONE;
}

static enum reject_code check_time(const struct event *event, struct instant now,
				   struct rejection *ret_why)
{
	char clock[RFC3339_TEXT];

	if (instant_is_none(event->time) || event->time.us - AHEAD_MAX_US <= now.us)
		return REJECT_NONE;
	return reject(
		ret_why, REJECT_BAD_EVENT,
		"time %s is more than 5 minutes ahead of the daemon's clock, %s; set the sender's "
		"clock, or leave time out",
		parsed_excerpt(parsed_get(event->json, "time")).text,
		rfc3339_format(now, 0, clock));
}

enum reject_code event_envelope(const struct parsed *json, struct instant now, struct event *ret,
				struct rejection *ret_why)
{
	*ret = (struct event){ .json = json, .time = INSTANT_NONE };

	if (json->kind != PARSED_OBJECT)
		return reject(ret_why, REJECT_BAD_EVENT, "an event is a JSON object, not %s",
			      parsed_excerpt(json).text);
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		const struct attribute *attribute = &attributes[i];
		const struct parsed *value = parsed_get(json, attribute->name);
		enum reject_code code = REJECT_NONE;

		if (value && !parsed_is_null(value))
			code = attribute->decode(value, ret, ret_why);
		else if (attribute->required)
			code = reject(ret_why, REJECT_BAD_EVENT, "the event has no %s; add it",
				      attribute->name);
		if (code != REJECT_NONE)
			return code;
	}
	if (!parsed_get(json, "data"))
		return reject(ret_why, REJECT_BAD_EVENT,
			      "the event has no data; add it as an object");
	if (check_extensions(json, ret_why) != REJECT_NONE)
		return ret_why->code;
	return check_time(ret, now, ret_why);
}
