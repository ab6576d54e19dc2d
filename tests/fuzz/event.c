/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as one message of a peer: an event, an array of them or a request. Besides what the
 * sanitizers see, it holds the protocol to its word: a refusal has a code and a clean sentence,
 * what is accepted has what the envelope requires, and its JSON can be written again.
 */
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

static void check_event(json_t *json)
{
	const struct instant now = { INT64_C(1778486400000000) };
	struct rejection why = { REJECT_NONE, "" };
	struct event event;
	enum reject_code code = event_envelope(json, now, &event, &why);
	char *text;

	if (code == REJECT_NONE) {
		hold(event.id && event.source && text_is_item(event.subject));
		code = event_data(&event, &why);
	}
	if (code == REJECT_NONE) {
		text = json_dumps(event.json, JSON_COMPACT);
		hold(text != NULL);
		free(text);
	} else {
		check_refusal(code, &why, event.id);
	}
	event_done(&event);
}

static void check_request(json_t *json)
{
	struct rejection why = { REJECT_NONE, "" };
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
	struct rejection why = { REJECT_NONE, "" };
	json_t *json = event_json((const char *)data, size, &why), *value;
	size_t i;

	if (!json) {
		check_refusal(why.code, &why, NULL);
		return 0;
	}
	if (request_is(json))
		check_request(json);
	check_event(json);
	json_array_foreach (json, i, value) {
		check_event(value);
	}
	json_decref(json);
	return 0;
}
