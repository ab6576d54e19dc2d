/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows that every item of its kind needs, as content.c reads them. What only some need is asked when it is
 * needed: to miss one here costs time and nothing else.
 */
#include "engine/content/ahead.h"

#include "engine/outbox/post.h"

static int prefetch_step(struct ledger *l, const struct item *item)
{
	int r = ledger_prefetch_marks(l, item->obligation, item->round);

	return r < 0 ? r
		     : ledger_prefetch_open_request(l, deadline_id(item->deadline),
						    measure_id(item->measure));
}

static int prefetch_item(struct ledger *l, const struct item *item)
{
	int r = 0;

	if (item->obligation.n)
		r = ledger_prefetch_obligation(l, item->obligation);
	if (r == 0 && item->measure[0])
		r = ledger_prefetch_measure(l, measure_id(item->measure));
	if (r == 0 && (item->what == ITEM_OWED || item->what == ITEM_ESCALATED))
		r = prefetch_step(l, item);
	return r;
}

int content_prefetch(struct engine *e, const struct item *items, size_t count)
{
	int r = 0;

	if (!ledger_prefetches(e->ledger))
		return 0;
	for (size_t i = 0; r == 0 && i < count; i++)
		r = prefetch_item(e->ledger, &items[i]);
	return r;
}
