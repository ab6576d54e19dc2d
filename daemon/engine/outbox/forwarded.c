/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/outbox/forwarded.h"

#include "engine/outbox/message_state.h"
#include "ledger/incoming_rows.h"
#include "ledger/lists.h"

#define KEPT DAYS(14) /* what was accepted: servers try for five days or so, then they report */

int64_t forwarded_incoming(struct engine *e, const struct message *m)
{
	struct items items __attribute__((cleanup(items_done))) = { NULL };
	json_t *detail = NULL;
	int64_t id;
	int r = list_items(e->ledger, m->id, &items);

	if (r < 0)
		return r;
	if (items.count > 0)
		detail = json_loads(items.list[0].detail, 0, NULL);
	id = json_integer_value(json_object_get(detail, "incoming"));
	json_decref(detail);
	return id;
}

int forwarded_forget(struct engine *e, const struct message *m, struct instant now)
{
	const struct instant since = instant_add(now, (struct duration){ -KEPT.us });
	int r = ledger_forget_forwarded(e->ledger, since);
	int64_t incoming;

	if (r < 0 || m->kind != KIND_FORWARD ||
	    !outbox_is_in(m->state, message_states_finished() & ~outbox_states_to_retry()))
		return r < 0 ? r : 0;
	incoming = forwarded_incoming(e, m);
	if (incoming > 0)
		r = m->state == MESSAGE_DELIVERED ? ledger_put_forwarded(e->ledger, incoming, now)
						  : ledger_forget_forward(e->ledger, incoming);
	return incoming < 0 ? (int)incoming : r < 0 ? r : 0;
}
