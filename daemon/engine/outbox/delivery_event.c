/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>

#include "base/zone.h"
#include "engine/outbox/delivery_event.h"

int delivery_event(struct ledger *ledger, const struct message *m, struct instant now, json_t **ret)
{
	char installation[100], id[160], subject[24], time[RFC3339_TEXT];
	int r = ledger_meta(ledger, META_INSTALLATION, installation, sizeof(installation));
	json_t *event;

	if (r < 0)
		return r;
	/* An attempt is recorded once, and comes back once, so the pair source and id is one for ever. */
	snprintf(id, sizeof(id), "%s-%lld-%d-%s", installation, (long long)m->id.n, m->attempts,
		 message_state_name(m->state));
	snprintf(subject, sizeof(subject), "%lld", (long long)m->id.n);
	event = json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:{s:I, s:s, s:s, s:s, s:s, s:i, s:i}}",
		"specversion", "1.0", "id", id, "source", "/paminn", "type", "paminn.delivery",
		"subject", subject, "time", zone_format(now, time), "datacontenttype",
		"application/json", "data", "message", (json_int_t)m->id.n, "to", m->to, "channel",
		m->channel, "kind", message_kind_name(m->kind), "state",
		message_state_name(m->state), "attempts", m->attempts, "unknown", m->unknown);
	if (!event)
		return -ENOMEM;
	*ret = event;
	return 0;
}
