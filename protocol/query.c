/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/query.h"

#include <stdint.h>
#include <string.h>

#include "protocol/civil.h"
#include "protocol/event.h"
#include "protocol/rfc3339.h"
#include "protocol/text.h"

#define PARAM_TEXT_MAX 500 /* bytes */

/* Every query can be paged. */
static const struct request_param paging[] = {
	{ "after", PARAM_TEXT, false, "the next of the page before" },
	{ "limit", PARAM_INTEGER, false, "rows of a page at most" },
	{ NULL, PARAM_TEXT, false, NULL },
};

static bool is_id(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && text_is_item(text);
}

static bool is_date(const json_t *value)
{
	const char *text = json_string_value(value);
	struct civil_date date;

	return text && civil_parse(text, &date) == 0;
}

static bool is_month(const json_t *value)
{
	const char *text = json_string_value(value);
	int year, month;

	return text && civil_parse_month(text, &year, &month) == 0;
}

static bool is_bool(const json_t *value)
{
	return json_typeof(value) == JSON_TRUE || json_typeof(value) == JSON_FALSE;
}

/* A number without a fraction, as events have it: 10, 10.0, 1e1; 0 is none, as is what does not fit. */
static json_int_t whole(const json_t *value)
{
	const double real = json_real_value(value); /* 0 of what is none */

	if (json_typeof(value) == JSON_INTEGER)
		return json_integer_value(value);
	return real >= 1 && real < 0x1p53 && real == (double)(json_int_t)real ? (json_int_t)real
									      : 0;
}

static bool is_integer(const json_t *value)
{
	return whole(value) >= 1 && whole(value) <= QUERY_ROWS_MAX;
}

static bool is_message(const json_t *value)
{
	return whole(value) >= 1;
}

static bool is_time(const json_t *value)
{
	const char *text = json_string_value(value);
	struct local_time local;
	struct instant instant;

	return text && (civil_parse_local(text, &local) == 0 || rfc3339_parse(text, &instant) == 0);
}

static bool is_text(const json_t *value)
{
	const size_t n = json_string_length(value); /* 0 of what is none */

	return n >= 1 && n <= PARAM_TEXT_MAX && text_is_clean(json_string_value(value), n, false);
}

/* What it says is judged as if it had been sent. */
static bool is_event(const json_t *value)
{
	return json_typeof(value) == JSON_OBJECT;
}

/* Of base64 only how long it may be: whoever takes the bytes out sees whether it is that. */
static bool is_bytes(const json_t *value)
{
	return json_typeof(value) == JSON_STRING &&
	       json_string_length(value) <= (QUERY_PIECE_MAX + 2) / 3 * 4;
}

static const struct {
	bool (*holds)(const json_t *value);
	const char *what;
} param_kinds[] = {
	[PARAM_ID] = { is_id, "an id" },
	[PARAM_DATE] = { is_date, "a date that exists, written \"YYYY-MM-DD\"" },
	[PARAM_MONTH] = { is_month, "a month, written \"YYYY-MM\"" },
	[PARAM_BOOL] = { is_bool, "true or false" },
	[PARAM_INTEGER] = { is_integer, "a whole number from 1 to 1000" },
	[PARAM_MESSAGE] = { is_message, "the number of a message, as outbox lists it" },
	[PARAM_NUMBER] = { is_message, "a whole number from 1 on" },
	[PARAM_TIME] = { is_time, "a time such as \"2026-05-11T09:30\"" },
	[PARAM_TEXT] = { is_text, "a line of text of at most 500 bytes" },
	[PARAM_EVENT] = { is_event, "an event, as it would be sent" },
	[PARAM_BYTES] = { is_bytes, "base64 of at most 512 KiB" },
};

static const struct request_param *find_param(const struct request_param *params, const char *name)
{
	for (; params->name; params++)
		if (strcmp(params->name, name) == 0)
			return params;
	return NULL;
}

static enum reject_code unknown_param(const struct request_kind *kind, const char *name,
				      struct rejection *ret_why)
{
	struct text_list known = { "" };

	for (const struct request_param *param = kind->params; param->name; param++)
		text_list_add(&known, param->name);
	for (const struct request_param *param = paging; !kind->command && param->name; param++)
		text_list_add(&known, param->name);
	return reject(ret_why, REJECT_BAD_DATA, "params has an unknown member \"%s\"; %s takes %s",
		      text_excerpt(name).text, kind->name, *known.text ? known.text : "none");
}

static enum reject_code check_params(const struct request_kind *kind, json_t *params,
				     struct rejection *ret_why)
{
	const struct request_param *param;
	const char *name;
	json_t *value;

	if (json_typeof(params) != JSON_OBJECT)
		return reject(ret_why, REJECT_BAD_DATA, "params is %s; it has to be an object",
			      event_value(params).text);
	json_object_foreach (params, name, value) {
		param = find_param(kind->params, name);
		if (!param && !kind->command)
			param = find_param(paging, name);
		if (!param)
			return unknown_param(kind, name, ret_why);
		if (!param_kinds[param->kind].holds(value))
			return reject(ret_why, REJECT_BAD_DATA, "%s %s is not %s", name,
				      event_value(value).text, param_kinds[param->kind].what);
		/* Whoever reads it reads an integer. */
		if (json_typeof(value) == JSON_REAL &&
		    json_object_set_new(params, name, json_integer(whole(value))) < 0)
			return parsed_no_memory(ret_why);
	}
	for (param = kind->params; param->name; param++)
		if (param->required && !json_object_get(params, param->name))
			return reject(ret_why, REJECT_BAD_DATA,
				      "params has no %s (%s), which %s requires", param->name,
				      param->what, kind->name);
	return REJECT_NONE;
}

static enum reject_code find_kind(const json_t *name, bool command, enum request *ret,
				  struct rejection *ret_why)
{
	const char *word = command ? "command" : "query", *text = json_string_value(name);
	struct text_list known = { "" };

	for (enum request request = 0; request < REQUESTS; request++) {
		if (request_kinds[request].command != command)
			continue;
		if (text && strcmp(text, request_kinds[request].name) == 0) {
			*ret = request;
			return REJECT_NONE;
		}
		text_list_add(&known, request_kinds[request].name);
	}
	return reject(ret_why, REJECT_UNKNOWN_TYPE, "%s %s is not one of %s", word,
		      event_value(name).text, known.text);
}

enum reject_code request_check(enum request which, json_t *params, struct rejection *ret_why)
{
	return check_params(&request_kinds[which], params, ret_why);
}

bool request_is(const struct parsed *json)
{
	return (parsed_get(json, "query") || parsed_get(json, "command")) &&
	       !parsed_get(json, "specversion");
}

enum reject_code request_parse(json_t *json, enum request *ret, json_t **ret_params,
			       struct rejection *ret_why)
{
	json_t *command = json_object_get(json, "command"), *query = json_object_get(json, "query");
	json_t *params = json_object_get(json, "params");
	enum request request;
	enum reject_code code;

	if (!query == !command || json_object_size(json) != (params ? 2u : 1u))
		return reject(
			ret_why, REJECT_BAD_EVENT,
			"a request is an object with either query or command, and params at most");
	code = find_kind(command ? command : query, command != NULL, &request, ret_why);
	if (code != REJECT_NONE)
		return code;
	if (!params) {
		params = json_object();
		if (json_object_set_new(json, "params", params) < 0)
			return parsed_no_memory(ret_why);
	}
	code = check_params(&request_kinds[request], params, ret_why);
	if (code != REJECT_NONE)
		return code;
	*ret = request;
	*ret_params = params;
	return REJECT_NONE;
}
