/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a query or a command: a byte for which, then its parameters, or, after a byte beyond all of them, the
 * whole of it. What is taken has only parameters that its table names, of their kinds; what is refused is refused
 * with a code and a clean sentence, and the same is said of the parameters alone.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/event.h"
#include "protocol/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_params(enum request which, json_t *params)
{
	const struct request_param *known = request_kinds[which].params;
	const char *name;
	json_t *value;

	json_object_foreach (params, name, value) {
		size_t i = 0;

		while (known[i].name && strcmp(known[i].name, name) != 0)
			i++;
		assert(known[i].name || strcmp(name, "after") == 0 || strcmp(name, "limit") == 0);
	}
	for (size_t i = 0; known[i].name; i++)
		assert(!known[i].required || json_object_get(params, known[i].name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rejection why = { .code = REJECT_NONE }, again = { .code = REJECT_NONE };
	enum request which = REQUESTS;
	json_t *json, *params = NULL;
	enum reject_code code;

	if (size < 1)
		return 0;
	json = event_json((const char *)data + 1, size - 1, &why);
	if (json && data[0] < REQUESTS)
		json = json_pack("{s:s, s:o}", request_kinds[data[0]].command ? "command" : "query",
				 request_kinds[data[0]].name, "params", json);
	if (!json)
		return 0;
	code = request_parse(json, &which, &params, &why);
	if (code == REJECT_NONE) {
		assert(which < REQUESTS && json_is_object(params));
		assert(request_check(which, params, &again) == REJECT_NONE);
		check_params(which, params);
	} else {
		assert(code == why.code && *why.reason);
		assert(text_is_clean(why.reason, strlen(why.reason), false));
	}
	json_decref(json);
	return 0;
}
