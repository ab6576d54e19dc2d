/* SPDX-License-Identifier: Apache-2.0 */
/* outbox: every message, whatever has become of it, or those in one state. */
#include "engine/inquiry/inquirer.h"

#include <string.h>

#define OUTBOX_SLICE 200

/* The state that is asked for; MESSAGE_STATES: any. */
static enum message_state state_of(const struct inquiry *q)
{
	const char *name = inquiry_text(q, "state");
	enum message_state state = 0;

	while (state < MESSAGE_STATES && (!name || strcmp(message_state_name(state), name) != 0))
		state++;
	return state;
}

static int begin_outbox(struct inquiry *q, struct rejection *ret_why)
{
	const char *name = inquiry_text(q, "state");

	if (!name || state_of(q) < MESSAGE_STATES)
		return 0;
	return (int)reject(
		ret_why, REJECT_BAD_DATA,
		"no message is \"%s\"; pending, started, delivered, retry, failed, held, "
		"expired, dropped and bounced are the states",
		text_excerpt(name).text);
}

static int work_outbox(struct inquiry *q)
{
	const unsigned states = state_of(q) < MESSAGE_STATES ? 1U << state_of(q) : 0;
	struct message batch[OUTBOX_SLICE];
	int r = 0,
	    count = ledger_messages(q->e.ledger, states, message_id(q->after), batch, OUTBOX_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].id.n;
		r = inquiry_add_id(q, batch[i].id.n);
	}
	return r < 0 ? r : count;
}

static json_t *outbox_row(const struct inquiry *q, size_t i)
{
	const size_t at = inquiry_flag(q, "newest") ? q->ids.count - 1 - i : i;
	struct message m;

	return ledger_message(q->e.ledger, message_id(q->ids.list[at]), &m) < 0
		       ? json_null()
		       : inquiry_message(&m);
}

const struct inquirer inquirer_outbox = { begin_outbox, work_outbox, inquiry_count_ids,
					  outbox_row };
