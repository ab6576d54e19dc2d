/* SPDX-License-Identifier: Apache-2.0 */
#include "control/show_message.h"

#include <string.h>

#include "base/clock.h"
#include "message/return_token.h"
#include "message/shown.h"

json_t *show_message(const struct command *c)
{
	const json_int_t id = json_integer_value(json_object_get(c->params, "id"));
	char installation[100];
	struct return_key returns;
	struct composing with = { .settings = &c->engine->plan->settings,
				  .installation = installation,
				  .now = clock_now(),
				  .returns = &returns };
	struct rejection why;
	json_t *row = NULL;
	int r = ledger_meta(c->engine->ledger, META_INSTALLATION, installation,
			    sizeof(installation));

	if (r == 0)
		r = return_key_load(c->engine->ledger, &returns);
	c->calls->words(c->userdata, &with);
	if (r == 0)
		r = message_shown(&with, c->engine, message_id(id), &row, &why);
	if (r < 0)
		reject(&why, RETRY_BUSY, "it could not be composed (%s): see the log",
		       strerror(-r));
	return r == 0 ? answer_rows(json_pack("[o]", row), NULL) : answer_refused(NULL, &why);
}
