/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a steward may order of one message. What is under way or finished is past ordering, but for what
 * has failed: whatever was wrong may have been mended. A message whose items have all become moot has
 * nothing to tell any more: retrying it drops it.
 */
#include <assert.h>
#include <errno.h>

#include "delivery/attempt.h"

static int count_live(void *userdata, const struct item *item)
{
	size_t *live = userdata;

	*live += !item->moot;
	return 0;
}

/* Why the order can't be carried out. */
static int refuse(const struct message *m, enum request order, struct rejection *ret_why)
{
	if (m->state == MESSAGE_STARTED)
		return (int)reject(ret_why, RETRY_BUSY,
				   "message %lld is on its way; see what becomes of it, then say "
				   "it again",
				   (long long)m->id.n);
	if (m->state == MESSAGE_PENDING)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "message %lld has not been tried yet: it leaves by itself when "
				   "it is planned",
				   (long long)m->id.n);
	return (int)reject(ret_why, REJECT_BAD_DATA,
			   "message %lld is %s for good: there is nothing left to %s",
			   (long long)m->id.n, message_state_name(m->state),
			   request_kinds[order].name);
}

static int retry(struct delivery *d, struct message *m, struct instant now)
{
	size_t live = 0;
	int r = ledger_items(d->engine->ledger, m->id, count_live, &live);

	if (r < 0)
		return r;
	if (live > 0)
		outbox_retry(m, d->engine->plan->calendar, now);
	else
		outbox_drop(m, "moot: nothing was left to tell", now);
	return 0;
}

int delivery_order(struct delivery *d, enum request order, struct message *message,
		   struct instant now, struct rejection *ret_why)
{
	struct message m;
	enum message_state before;
	bool found;
	int r = ledger_find_message(d->engine->ledger, message->id, &m, &found);

	assert(order == COMMAND_RETRY || order == COMMAND_DROP);
	if (r == 0 && !found)
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no message %lld in the outbox: check its number",
				   (long long)message->id.n);
	if (r < 0)
		return r;
	before = m.state;
	if (!outbox_is_in(before, order == COMMAND_DROP ? outbox_states_to_drop()
							: outbox_states_to_retry()))
		return refuse(&m, order, ret_why);
	if (order == COMMAND_DROP)
		outbox_drop(&m, "dropped by a steward", now);
	else
		r = retry(d, &m, now);
	if (r == 0)
		r = ledger_put_message(d->engine->ledger, &m);
	if (r == 0 && m.state != before)
		r = attempt_tell(d, &m, now);
	if (r == 0)
		*message = m;
	return r;
}
