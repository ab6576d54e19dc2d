/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What waits in the outbox is one message for each (recipient, channel, instant), of ladder items, or
 * for each (recipient, channel, kind) of the others; posting either joins it or opens it. An item
 * that has become moot stays in its row, struck out, so that `why` can tell; a message of which
 * nothing is left is dropped while it waits to leave. One under way ends by itself, and one that is
 * held stays so until a steward retries or drops it.
 */
#include "engine/outbox/post.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static const enum message_kind kinds[ITEM_WHATS] = {
	[ITEM_OWED] = KIND_REMINDER,
	[ITEM_ESCALATED] = KIND_ESCALATION,
	[ITEM_OFF_TRACK] = KIND_ALERT,
	[ITEM_NEEDS_SUPPORT] = KIND_ALERT,
	[ITEM_EFFECT_BELOW] = KIND_ALERT,
	[ITEM_UNREACHED] = KIND_ALERT,
	[ITEM_UNBOUND] = KIND_ALERT,
	[ITEM_MOVED] = KIND_MOVED,
	[ITEM_SUBMITTED] = KIND_CONFIRMATION,
	[ITEM_TEST] = KIND_TEST,
	[ITEM_GONE] = KIND_ALERT,
	[ITEM_ASSIGNED] = KIND_ASSIGNED,
	[ITEM_UNASSIGNED] = KIND_ASSIGNED,
	[ITEM_ABSENT] = KIND_ALERT,
	[ITEM_OUTCOME] = KIND_CONFIRMATION,
	[ITEM_RETURNED] = KIND_MOVED,
};

enum message_kind item_kind(enum item_what what)
{
	return kinds[what];
}

bool item_reaches(enum item_what what)
{
	return what == ITEM_OWED || what == ITEM_ASSIGNED;
}

bool kind_is_ladder(enum message_kind kind)
{
	return kind == KIND_REMINDER || kind == KIND_ESCALATION;
}

/* The waiting message that an item of this kind joins: 0, or -ENOENT. A test joins nothing. */
static int find_message(struct engine *e, const char *to, const char *channel,
			enum message_kind kind, struct instant planned, struct message *ret)
{
	int r;

	if (kind == KIND_TEST)
		return -ENOENT;
	if (!kind_is_ladder(kind))
		return ledger_message_to_join(e->ledger, to, channel, kind, INSTANT_NONE, ret);
	r = ledger_message_to_join(e->ledger, to, channel, KIND_REMINDER, planned, ret);
	if (r == -ENOENT)
		r = ledger_message_to_join(e->ledger, to, channel, KIND_ESCALATION, planned, ret);
	if (r == 0 && kind == KIND_REMINDER && ret->kind == KIND_ESCALATION) {
		ret->kind = KIND_REMINDER;
		r = ledger_put_message(e->ledger, ret);
	}
	return r;
}

static int post_on(struct engine *e, const char *to, const struct channel *channel,
		   const struct item *item, struct instant planned, struct instant now,
		   int64_t *ret_message)
{
	enum message_kind kind = item_kind((enum item_what)item->what);
	struct message m;
	struct item placed = *item;
	int r = find_message(e, to, channel->name, kind, planned, &m);

	if (r == -ENOENT) {
		m = (struct message){
			.kind = kind,
			.state = MESSAGE_PENDING,
			.created = now,
			.planned = planned,
			.next_attempt = planned,
			.first_attempt = INSTANT_NONE,
			.finished = INSTANT_NONE,
		};
		snprintf(m.to, sizeof(m.to), "%s", to);
		snprintf(m.channel, sizeof(m.channel), "%s", channel->name);
		r = ledger_put_message(e->ledger, &m);
	}
	if (r < 0)
		return r;
	placed.message = m.id;
	r = ledger_next_item(e->ledger, m.id, &placed.n);
	if (r < 0)
		return r;
	*ret_message = m.id;
	return ledger_put_item(e->ledger, &placed);
}

int post_item(struct engine *e, struct recipient to, const struct item *item,
	      struct instant planned, struct instant now, int64_t *ret_message)
{
	char id[RECIPIENT_ID];
	int64_t first = 0, message;
	int r = 0;

	recipient_id(to, id);
	if (to.channel)
		r = post_on(e, id, to.channel, item, planned, now, &first);
	else
		for (size_t i = 0; r >= 0 && i < to.person->channel_count; i++) {
			r = post_on(e, id, to.person->channels[i], item, planned, now, &message);
			if (i == 0)
				first = message;
		}
	if (r >= 0 && ret_message)
		*ret_message = first;
	return r;
}

int post_test(struct engine *e, const struct person *to, const struct channel *channel,
	      struct instant now, int64_t *ret_message)
{
	const struct item item = { .what = ITEM_TEST };

	return post_on(e, to->id, channel, &item, now, now, ret_message);
}

/* The keys of items, gathered before anything is written. */
struct keys {
	struct key {
		int64_t message;
		unsigned n;
	} * list;
	size_t count, room;
	unsigned whats;
};

static void keys_done(struct keys *keys)
{
	free(keys->list);
}

static int add_key(void *userdata, const struct item *item)
{
	struct keys *keys = userdata;
	int r;

	if (item->moot || !(keys->whats & 1U << item->what))
		return 0;
	r = array_grow(&keys->list, keys->count, &keys->room);
	if (r == 0)
		keys->list[keys->count++] = (struct key){ item->message, item->n };
	return r;
}

static int count_live(void *userdata, const struct item *item)
{
	size_t *live = userdata;

	*live += !item->moot;
	return 0;
}

static int drop(struct engine *e, struct message *m, const char *why, struct instant now)
{
	m->state = MESSAGE_DROPPED;
	m->finished = now;
	m->next_attempt = INSTANT_NONE;
	snprintf(m->last_answer, sizeof(m->last_answer), "%s", why);
	return ledger_put_message(e->ledger, m);
}

/* Drop a message of which nothing is left to tell, if it waits to leave. */
static int drop_if_empty(struct engine *e, struct message *m, const char *why, struct instant now)
{
	bool waits = m->state == MESSAGE_PENDING || m->state == MESSAGE_RETRY;
	size_t live = 0;
	int r = ledger_items(e->ledger, m->id, count_live, &live);

	return r < 0 || live > 0 || !waits ? r : drop(e, m, why, now);
}

int outbox_strike_for(struct engine *e, int64_t obligation, const char *deadline, unsigned whats,
		      const char *recipient, const char *why, struct instant now)
{
	struct keys keys __attribute__((cleanup(keys_done))) = { .whats = whats };
	int r = ledger_open_items(e->ledger, obligation, deadline, add_key, &keys);

	for (size_t i = 0; r >= 0 && i < keys.count; i++) {
		struct message m;

		r = ledger_message(e->ledger, keys.list[i].message, &m);
		if (r < 0)
			return r;
		if (recipient && strcmp(m.to, recipient) != 0)
			continue;
		r = ledger_strike_item(e->ledger, m.id, keys.list[i].n);
		if (r >= 0)
			r = drop_if_empty(e, &m, why, now);
	}
	return r;
}

int outbox_strike(struct engine *e, int64_t obligation, const char *deadline, unsigned whats,
		  const char *why, struct instant now)
{
	return outbox_strike_for(e, obligation, deadline, whats, NULL, why, now);
}

#define DROP_BATCH 64

int post_drop_recipient(struct engine *e, const char *recipient, const char *why,
			struct instant now)
{
	const unsigned waiting = 1U << MESSAGE_PENDING | 1U << MESSAGE_RETRY;
	struct message batch[DROP_BATCH];
	int64_t after = 0;
	int count;

	while ((count = ledger_messages(e->ledger, waiting, after, batch, DROP_BATCH)) > 0) {
		for (int i = 0; i < count; i++) {
			int r = strcmp(batch[i].to, recipient) == 0 ? drop(e, &batch[i], why, now)
								    : 0;

			if (r < 0)
				return r;
		}
		after = batch[count - 1].id;
	}
	return count;
}
