/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/outbox/arrivals.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/outbox/item.h"

void arrivals_done(struct arrivals *a)
{
	free(a->list);
	marks_done(&a->accepted);
}

static int add_arrival(void *userdata, const struct item *item)
{
	struct arrivals *a = userdata;
	struct message m;
	int r;

	if (item->moot || !item_traits((enum item_what)item->what)->reaches)
		return 0;
	r = ledger_message(a->e->ledger, item->message, &m);
	if (r >= 0)
		r = array_grow(&a->list, a->count, &a->room);
	if (r < 0)
		return r;
	a->list[a->count] = (struct arrival){ .item = *item, .at = m.finished };
	a->list[a->count].item.detail = NULL;
	memcpy(a->list[a->count++].to, m.to, sizeof(m.to));
	return 0;
}

static int add_accepted(void *userdata, const struct mark *mark)
{
	struct arrivals *a = userdata;
	int r = mark->accepted ? array_grow(&a->accepted.list, a->accepted.count, &a->accepted.room)
			       : 0;

	if (r == 0 && mark->accepted)
		a->accepted.list[a->accepted.count++] = *mark;
	return r;
}

int arrivals_load(struct engine *e, struct obligation_id id, struct arrivals *a)
{
	int r = ledger_marks(e->ledger, id, 0, add_accepted, a);

	a->e = e;
	return r < 0 ? r
		     : ledger_items_in(e->ledger, 1U << MESSAGE_DELIVERED,
				       (struct item_subject){ .obligation = id }, add_arrival, a);
}

bool arrival_is_of_mark(const struct item *item, const char *to, const struct mark *mark)
{
	return item->round == mark->round && item->repetition == mark->repetition &&
	       strcmp(item->step, mark->step) == 0 && strcmp(to, mark->recipient) == 0;
}

struct instant arrivals_accepted_at(const struct arrivals *a, const struct mark *mark)
{
	struct instant first = INSTANT_NONE;

	for (size_t i = 0; i < a->count; i++)
		if (arrival_is_of_mark(&a->list[i].item, a->list[i].to, mark))
			first = instant_min(first, a->list[i].at);
	return first;
}

/* Does it reach whoever owes the obligation now? A reminder to who owed it before does not. */
static bool counts_as_contact(const struct arrivals *a, const struct arrival *one,
			      const struct obligation *o)
{
	bool asks = item_traits((enum item_what)one->item.what)->asks, counted = !asks;

	for (size_t i = 0; !counted && i < a->accepted.count; i++)
		counted = arrival_is_of_mark(&one->item, one->to, &a->accepted.list[i]);
	return counted &&
	       (instant_is_none(o->assigned_at) || instant_compare(one->at, o->assigned_at) >= 0);
}

void arrivals_work_out_asked(const struct arrivals *a, struct obligation *o)
{
	struct instant last = INSTANT_NONE;

	for (size_t i = 0; i < a->accepted.count; i++) {
		const struct mark *mark = &a->accepted.list[i];
		struct instant at = arrivals_accepted_at(a, mark);

		at = instant_is_none(at) ? mark->decided : at;
		last = instant_is_none(last) ? at : instant_max(last, at);
	}
	o->last_asked = last;
}

void arrivals_work_out_reached(const struct arrivals *a, struct obligation *o)
{
	const int before = o->reached_round;

	o->reached_round = 0;
	o->reached_at = INSTANT_NONE;
	for (size_t i = 0; i < a->count; i++) {
		const struct arrival *one = &a->list[i];

		if (one->item.round > before || one->item.round < o->reached_round ||
		    !counts_as_contact(a, one, o))
			continue;
		if (one->item.round > o->reached_round)
			o->reached_at = one->at;
		o->reached_round = one->item.round;
		o->reached_at = instant_min(o->reached_at, one->at);
	}
}
