/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as one message of a peer: an event, an array of them or a request. Besides what the
 * sanitizers see, it holds the protocol to its word: a refusal has a code and a clean sentence,
 * what is accepted has what the envelope requires. JSON is parsed as another library parses it. Row 17: forged
 * parts, bad UTF-8.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/event.h"
#include "protocol/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool word)
{
	if (!word)
		abort();
}

static void check_refusal(enum reject_code code, const struct rejection *why, const char *id)
{
	json_t *answer = answer_refused(id, why);

	hold(code > REJECT_NONE && code == why->code);
	hold(*why->reason && text_is_clean(why->reason, strlen(why->reason), false));
	hold(answer != NULL);
	json_decref(answer);
}

static void check_event(const struct parsed *json)
{
	const struct instant now = { INT64_C(1778486400000000) };
	struct rejection why = { .code = REJECT_NONE };
	struct event event;
	enum reject_code code = event_envelope(json, now, &event, &why);

	if (code == REJECT_NONE) {
		hold(event.id && event.source && text_is_item(event.subject));
		code = event_data(&event, &why);
	}
	if (code != REJECT_NONE)
		check_refusal(code, &why, event.id);
}

/* ---- parsed as jansson parses it ------------------------------------------------------------- */

static void compare(const struct parsed *parsed, const json_t *json)
{
	static const enum parsed_kind kinds[] = {
		[JSON_OBJECT] = PARSED_OBJECT, [JSON_ARRAY] = PARSED_ARRAY,
		[JSON_STRING] = PARSED_STRING, [JSON_INTEGER] = PARSED_NUMBER,
		[JSON_REAL] = PARSED_NUMBER,   [JSON_TRUE] = PARSED_TRUE,
		[JSON_FALSE] = PARSED_FALSE,   [JSON_NULL] = PARSED_NULL,
	};
	size_t at = 0;
	int64_t number;

	hold(parsed->kind == kinds[json_typeof(json)]);
	if (json_is_string(json))
		hold(parsed->length == json_string_length(json) &&
		     memcmp(parsed->text, json_string_value(json), parsed->length) == 0);
	if (json_is_integer(json) && json_integer_value(json) > INT64_MIN)
		hold(parsed_integer(parsed, &number) && number == json_integer_value(json));
	if (parsed->kind != PARSED_OBJECT && parsed->kind != PARSED_ARRAY) {
		hold(parsed->nodes == 1 && parsed->count == 0);
		return;
	}
	hold(parsed->count ==
	     (json_is_array(json) ? json_array_size(json) : json_object_size(json)));
	parsed_foreach(parsed, inside)
		compare(inside, json_is_array(json) ? json_array_get(json, at++)
						    : json_object_get(json, inside->name));
}

/* Both take the same, but that numbers may be of any size here. */
static void compare_parsers(const struct parsed *parsed, const char *bytes, size_t size)
{
	json_error_t error;
	json_t *json = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);

	hold(parsed || !json);
	hold(json || !parsed || json_error_code(&error) == json_error_numeric_overflow);
	if (json)
		compare(parsed, json);
	json_decref(json);
}

static void check_request(json_t *json)
{
	struct rejection why = { .code = REJECT_NONE };
	enum request request = REQUESTS;
	json_t *params = NULL;
	enum reject_code code = request_parse(json, &request, &params, &why);

	if (code == REJECT_NONE)
		hold(request < REQUESTS && json_is_object(params));
	else
		check_refusal(code, &why, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct rejection why = { .code = REJECT_NONE };
	struct parser *parser = NULL;
	const struct parsed *parsed;
	json_t *json;

	hold(parser_new(&parser) == 0);
	parsed = parser_parse(parser, bytes, size, &why);
	if (!parsed) {
		check_refusal(why.code, &why, NULL);
		parser_free(parser);
		return 0;
	}
	compare_parsers(parsed, bytes, size);
	json = request_is(parsed) ? event_json(bytes, size, &why) : NULL;
	if (json)
		check_request(json);
	json_decref(json);
	check_event(parsed);
	if (parsed->kind == PARSED_ARRAY)
		parsed_foreach(parsed, one) check_event(one);
	parser_free(parser);
	return 0;
}
