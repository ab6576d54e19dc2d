/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has become moot is struck out of the messages that wait, and a message of which nothing is left is dropped
 * (post.c).
 */
#include "engine/outbox/post.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/outbox/message_state.h"

/* The keys of items, gathered before anything is written. */
struct keys {
	struct key {
		struct message_id message;
		unsigned n;
	} * list;
	size_t count, room;
	const struct strike *strike;
};

static void keys_done(struct keys *keys)
{
	free(keys->list);
}

static int add_key(void *userdata, const struct item *item)
{
	struct keys *keys = userdata;
	int r;

	if (item->moot || !(keys->strike->whats & 1U << item->what) ||
	    (keys->strike->measure.text && strcmp(item->measure, keys->strike->measure.text) != 0))
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
	outbox_drop(m, why, now);
	return ledger_put_message(e->ledger, m);
}

/* Drop a message of which nothing is left to tell, if it waits to leave. */
static int drop_if_empty(struct engine *e, struct message *m, const char *why, struct instant now)
{
	bool waits = outbox_is_in(m->state, message_states_waiting());
	size_t live = 0;
	int r = ledger_items(e->ledger, m->id, count_live, &live);

	return r < 0 || live > 0 || !waits ? r : drop(e, m, why, now);
}

/* Of what may still leave, by itself or because a steward says so. */
static unsigned strikable(void)
{
	return message_states_open() | outbox_states_to_retry();
}

int outbox_strike(struct engine *e, const struct strike *strike, struct instant now)
{
	struct keys keys __attribute__((cleanup(keys_done))) = { .strike = strike };
	int r = ledger_items_in(e->ledger, strikable(),
				(struct item_subject){ strike->obligation, strike->deadline },
				add_key, &keys);

	for (size_t i = 0; r >= 0 && i < keys.count; i++) {
		struct message m;

		r = ledger_message(e->ledger, keys.list[i].message, &m);
		if (r < 0)
			return r;
		if (strike->recipient.text && strcmp(m.to, strike->recipient.text) != 0)
			continue;
		r = ledger_strike_item(e->ledger, m.id, keys.list[i].n);
		if (r >= 0)
			r = drop_if_empty(e, &m, strike->why, now);
	}
	return r;
}

int outbox_strike_one(struct engine *e, const struct item *item, const char *why,
		      struct instant now)
{
	struct message m;
	int r = ledger_message(e->ledger, item->message, &m);

	if (r >= 0)
		r = ledger_strike_item(e->ledger, m.id, item->n);
	return r < 0 ? r : drop_if_empty(e, &m, why, now);
}

#define DROP_BATCH 64

int post_drop_recipient(struct engine *e, struct recipient_id recipient, const char *why,
			struct instant now)
{
	const unsigned waiting = message_states_waiting();
	struct message batch[DROP_BATCH];
	struct message_id after = { 0 };
	int count;

	while ((count = ledger_messages(e->ledger, waiting, after, batch, DROP_BATCH)) > 0) {
		for (int i = 0; i < count; i++) {
			int r = strcmp(batch[i].to, recipient.text) == 0
					? drop(e, &batch[i], why, now)
					: 0;

			if (r < 0)
				return r;
		}
		after = batch[count - 1].id;
	}
	return count;
}
