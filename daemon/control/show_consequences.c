/* SPDX-License-Identifier: Apache-2.0 */
#include "control/show_consequences.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gate/accept.h"

enum reject_code begin_consequences(struct engine *e, const struct peer *peer, const json_t *params,
				    struct foretelling **ret, struct rejection *ret_why)
{
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	struct submission s = { .peer = peer, .now = clock_now() };
	char *text = json_dumps(json_object_get(params, "event"), JSON_COMPACT);
	enum reject_code code;

	if (!text || parser_new(&parser) < 0) {
		free(text);
		return parsed_no_memory(ret_why);
	}
	s.json = parser_parse(parser, text, strlen(text), ret_why);
	code = s.json ? accept_foretelling(e, &s, ret, ret_why) : ret_why->code;
	free(text);
	return code;
}

json_t *show_consequences(const struct foretelling *f)
{
	return answer_rows(json_pack("[o]", foretelling_row(f)), NULL);
}
