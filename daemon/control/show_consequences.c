/* SPDX-License-Identifier: Apache-2.0 */
#include "control/show_consequences.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gate/accept.h"

static enum reject_code ask(struct engine *e, const struct peer *peer, const char *text,
			    json_t **ret, struct rejection *ret_why)
{
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	struct submission s = { .peer = peer, .now = clock_now() };

	if (!text || parser_new(&parser) < 0)
		return parsed_no_memory(ret_why);
	s.json = parser_parse(parser, text, strlen(text), ret_why);
	return s.json ? accept_consequences(e, &s, ret, ret_why) : ret_why->code;
}

json_t *show_consequences(struct engine *e, const struct peer *peer, const json_t *params)
{
	char *text = json_dumps(json_object_get(params, "event"), JSON_COMPACT);
	struct rejection why;
	json_t *row = NULL;
	enum reject_code code = ask(e, peer, text, &row, &why);

	free(text);
	return code == REJECT_NONE ? answer_rows(json_pack("[o]", row), NULL)
				   : answer_refused(NULL, &why);
}
