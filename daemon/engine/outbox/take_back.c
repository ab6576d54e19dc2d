/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What waits is looked through, as for an absence that becomes known: it is little, and this is seldom. A message
 * that was tried may have arrived when its outcome is unknown: it stays, and its recipient counts as told. Of the
 * channels of a person the first speaks for all.
 */
#include "engine/outbox/take_back.h"

#include <string.h>

#include "engine/outbox/message_state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

#define BATCH 64

/* Nothing else is in messages of its kind. */
static bool is_meant(const struct taking_back *t, const struct item *item)
{
	json_t *detail;
	const char *person;
	bool same;

	if (!t->person.text)
		return true;
	detail = json_loads(item->detail, 0, NULL);
	person = json_string_value(json_object_get(detail, "person"));
	same = person && strcmp(person, t->person.text) == 0;
	json_decref(detail);
	return same;
}

/* Whom it was for: the recipient, or who is away and whom they stand in for. */
static void add_untold(struct engine *e, const struct message *m, const struct item *item,
		       struct recipient_list *ret)
{
	const struct person *to = plan_person(e->plan, person_id(m->to));

	if (!to || strcmp(to->channels[0]->name, m->channel) != 0)
		return;
	if (item->stands_for[0])
		to = plan_person(e->plan, person_id(item->stands_for));
	if (to)
		recipient_add_one(ret, (struct recipient){ .person = to });
}

static int take_from(struct engine *e, const struct taking_back *t, const struct message *m,
		     struct instant now, struct recipient_list *ret)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	int r = list_items(e->ledger, m->id, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		if (!is_meant(t, &items.list[i]))
			continue;
		add_untold(e, m, &items.list[i], ret);
		r = outbox_strike_one(e, &items.list[i], t->why, now);
	}
	return r;
}

int take_back(struct engine *e, const struct taking_back *t, struct instant now,
	      struct recipient_list *ret)
{
	struct message batch[BATCH];
	struct message_id after = { 0 };
	int count, r = 0;

	ret->count = 0;
	do {
		count = ledger_messages(e->ledger, message_states_waiting(), after, batch, BATCH);
		for (int i = 0; r >= 0 && i < count; i++) {
			after = batch[i].id;
			if (batch[i].kind == item_kind(t->what) && batch[i].unknown == 0)
				r = take_from(e, t, &batch[i], now, ret);
		}
	} while (r >= 0 && count == BATCH);
	return count < 0 ? count : r < 0 ? r : 0;
}

void recipient_leave_out(struct recipient_list *list, const struct recipient_list *others)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		bool is_other = false;

		for (size_t k = 0; k < others->count; k++)
			is_other |= recipient_same(list->list[i], others->list[k]);
		if (!is_other)
			list->list[kept++] = list->list[i];
	}
	list->count = kept;
}
