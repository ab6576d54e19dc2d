/* SPDX-License-Identifier: Apache-2.0 */
/* outbox: every message, whatever has become of it. */
#include "engine/inquiry/inquirer.h"

#define OUTBOX_SLICE 200

static int work_outbox(struct inquiry *q)
{
	struct message batch[OUTBOX_SLICE];
	int r = 0,
	    count = ledger_messages(q->e.ledger, 0, message_id(q->after), batch, OUTBOX_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].id.n;
		r = inquiry_add_id(q, batch[i].id.n);
	}
	return r < 0 ? r : count;
}

static json_t *outbox_row(const struct inquiry *q, size_t i)
{
	struct message m;

	return ledger_message(q->e.ledger, message_id(q->ids.list[i]), &m) < 0
		       ? json_null()
		       : inquiry_message(&m);
}

const struct inquirer inquirer_outbox = { NULL, work_outbox, inquiry_count_ids, outbox_row };
