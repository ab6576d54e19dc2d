/* SPDX-License-Identifier: Apache-2.0 */
/* What a value in the data of an event may be, and the sentence for what it is instead. */
#include "protocol/event_value.h"

#include <string.h>

enum reject_code decode_status(const struct field *field, const struct parsed *value, void *ret,
			       struct rejection *ret_why)
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

enum reject_code decode_outcome(const struct field *field, const struct parsed *value, void *ret,
				struct rejection *ret_why)
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

enum reject_code decode_closure(const struct field *field, const struct parsed *value, void *ret,
				struct rejection *ret_why)
{
	const char *name = parsed_string(value);
	enum closure *closure = ret;

	*closure = name ? event_closure_parse(name) : CLOSURE_NONE;
	if (*closure != CLOSURE_NONE)
		return REJECT_NONE;
	return reject(ret_why, REJECT_BAD_DATA, "%s %s is not one of done, struck", field->name,
		      parsed_excerpt(value).text);
}

enum reject_code decode_integer(const struct field *field, const struct parsed *value, void *ret,
				struct rejection *ret_why)
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

enum reject_code decode_date(const struct field *field, const struct parsed *value, void *ret,
			     struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || civil_parse(text, ret) < 0)
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not a date that exists, written \"YYYY-MM-DD\"",
			      field->name, parsed_excerpt(value).text);
	return REJECT_NONE;
}

enum reject_code decode_due(const struct field *field, const struct parsed *value, void *ret,
			    struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || !event_due_parse(text, ret))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not a date that exists, written \"YYYY-MM-DD\", nor a "
			      "meeting, written \"meeting BODY YYYY-MM\"",
			      field->name, parsed_excerpt(value).text);
	return REJECT_NONE;
}

enum reject_code decode_bool(const struct field *field, const struct parsed *value, void *ret,
			     struct rejection *ret_why)
{
	if (value->kind != PARSED_TRUE && value->kind != PARSED_FALSE)
		return reject(ret_why, REJECT_BAD_DATA, "%s %s is neither true nor false",
			      field->name, parsed_excerpt(value).text);
	*(bool *)ret = value->kind == PARSED_TRUE;
	return REJECT_NONE;
}

enum reject_code decode_item(const struct field *field, const struct parsed *value, void *ret,
			     struct rejection *ret_why)
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

enum reject_code decode_id(const struct field *field, const struct parsed *value, void *ret,
			   struct rejection *ret_why)
{
	const char *text = parsed_string(value);

	if (!text || !text_is_id(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not an id (1 to %d of A-Z a-z 0-9 . _ -)", field->name,
			      parsed_excerpt(value).text, ID_MAX);
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
	if (lines && n > (size_t)field->max)
		n = text_length(text);
	if (n > (size_t)field->max)
		return reject(ret_why, REJECT_BAD_DATA, "%s has %zu %s; at most %lld are allowed",
			      field->name, n, lines ? "characters" : "bytes",
			      (long long)field->max);
	*ret = text;
	return REJECT_NONE;
}

enum reject_code decode_line(const struct field *field, const struct parsed *value, void *ret,
			     struct rejection *ret_why)
{
	return decode_text(field, value, false, ret, ret_why);
}

enum reject_code decode_note(const struct field *field, const struct parsed *value, void *ret,
			     struct rejection *ret_why)
{
	return decode_text(field, value, true, ret, ret_why);
}

static bool is_listed_before(const struct parsed *list, const struct parsed *value)
{
	for (const struct parsed *other = list + 1; other < value; other += other->nodes)
		if (strcmp(other->text, value->text) == 0)
			return true;
	return false;
}

enum reject_code decode_ids(const struct field *field, const struct parsed *value, void *ret,
			    struct rejection *ret_why)
{
	if (value->kind != PARSED_ARRAY || value->count < 1 || value->count > EVENT_IDS_MAX)
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is not a list of 1 to %d ids of events, such as [\"01J\"]",
			      field->name, parsed_excerpt(value).text, EVENT_IDS_MAX);
	parsed_foreach(value, id)
	{
		if (!id->text || !*id->text || text_length(id->text) > EVENT_ID_MAX ||
		    !text_is_clean(id->text, id->length, false))
			return reject(ret_why, REJECT_BAD_DATA,
				      "%s holds %s, which is no event's id: a string of 1 to %d "
				      "printable characters",
				      field->name, parsed_excerpt(id).text, EVENT_ID_MAX);
		if (is_listed_before(value, id))
			return reject(ret_why, REJECT_BAD_DATA, "%s names %s twice; name it once",
				      field->name, parsed_excerpt(id).text);
	}
	((struct event_ids *)ret)->list = value;
	return REJECT_NONE;
}
