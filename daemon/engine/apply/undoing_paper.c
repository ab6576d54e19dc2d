/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An act that says when a deadline's paper is to be frozen changes freeze_at of its row. It is time that freezes then,
 * after the act: so what has a higher number than the row had then, came of it. Where freezing waits for a proposal,
 * freeze_waits has moved instead, and support was told.
 */
#include "engine/apply/undoing_paper.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "engine/apply/undoing.h"
#include "engine/outbox/item.h"
#include "engine/outbox/message_state.h"
#include "engine/outbox/post.h"

/* Does it rest with the act when it was frozen since? */
static bool is_of_act(const struct kept_change *c)
{
	const struct deadline_row *before = c->before, *after = c->after;

	return before && after && instant_compare(before->freeze_at, after->freeze_at) != 0;
}

/* ---- what tells of it ---------------------------------------------------------------------------- */

struct told_item {
	struct message m;
	struct item item;
};

struct telling {
	const struct deadline_row *after; /* as the act has left it */
	bool waits;			  /* it has begun to wait for a proposal since */
	struct told_item *list;
	size_t count, room;
};

static bool tells_of_paper(const struct telling *t, const struct item *item)
{
	json_t *detail;
	bool since;

	if (item->moot || item->what != ITEM_FROZEN || !item->detail)
		return false;
	detail = json_loads(item->detail, 0, NULL);
	since = json_integer_value(json_object_get(detail, "n")) > t->after->frozen_n;
	json_decref(detail);
	return since;
}

static int add_item(void *userdata, const struct message *m, const struct item *item)
{
	struct telling *t = userdata;
	const bool hole = t->waits && !item->moot && item->what == ITEM_UNPROPOSED;
	int r;

	if (!hole && !tells_of_paper(t, item))
		return 0;
	r = array_grow(&t->list, t->count, &t->room);
	if (r < 0)
		return r;
	t->list[t->count] = (struct told_item){ *m, *item };
	t->list[t->count++].item.detail = NULL;
	return 0;
}

int undoing_each_paper_item(struct application *a, const struct kept_change *c,
			    int (*row)(void *userdata, const struct message *m,
				       const struct item *item),
			    void *userdata)
{
	struct telling t = { .after = c->after };
	struct deadline_row now;
	bool found;
	int r;

	if (!is_of_act(c))
		return 0;
	r = ledger_find_deadline(a->e->ledger, deadline_id(t.after->id), &now, &found);
	if (r < 0 || !found)
		return r;
	t.waits = instant_compare(now.freeze_waits, t.after->freeze_waits) != 0;
	r = ledger_items_about(a->e->ledger, deadline_id(now.id), measure_id(""), add_item, &t);
	for (size_t i = 0; r == 0 && i < t.count; i++)
		r = row(userdata, &t.list[i].m, &t.list[i].item);
	free(t.list);
	return r;
}

/* ---- taking it back ------------------------------------------------------------------------------ */

static int strike(void *userdata, const struct message *m, const struct item *item)
{
	struct application *a = userdata;

	return outbox_is_in(m->state, message_states_waiting())
		       ? outbox_strike_one(a->e, item, TAKEN_BACK, a->now)
		       : 0;
}

int undoing_restore_paper(struct application *a, const struct kept_change *c,
			  struct deadline_row *row)
{
	const struct deadline_row *before = c->before;
	int r = undoing_each_paper_item(a, c, strike, a);

	if (r < 0 || !is_of_act(c))
		return r;
	for (; r >= 0 && row->frozen_n > before->frozen_n; row->frozen_n--) {
		struct frozen_row paper = { .n = row->frozen_n };

		snprintf(paper.deadline, sizeof(paper.deadline), "%s", row->id);
		r = ledger_drop_row(a->e->ledger, &frozen_type, &paper);
	}
	row->frozen_for = before->frozen_for;
	row->freeze_waits = before->freeze_waits;
	return r;
}
