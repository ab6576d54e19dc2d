/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An accepted reminder makes its obligations asked once a step, whatever the channels and whoever else
 * it went to, and reached in its round: that is what lets held escalations go. A message that did not
 * arrive is told to support once, and never about what was itself meant for telling support.
 */
#include "engine/outbox/result.h"

#include <errno.h>
#include <string.h>

#include "engine/gather.h"
#include "engine/outbox/post.h"

/* The mark of an item for the recipient, and whether the step counts as asked already. */
struct asked {
	const struct item *item;
	const char *recipient;
	struct mark mark;
	bool found, counted;
};

static int find_asked(void *userdata, const struct mark *m)
{
	struct asked *asked = userdata;

	if (m->repetition != asked->item->repetition || strcmp(m->step, asked->item->step) != 0)
		return 0;
	asked->counted |= m->accepted;
	if (strcmp(m->recipient, asked->recipient) == 0) {
		asked->mark = *m;
		asked->found = true;
	}
	return 0;
}

static int accept_item(struct engine *e, const struct message *m, const struct item *item,
		       struct instant now)
{
	struct asked asked = { .item = item, .recipient = m->to };
	struct obligation o;
	int r = ledger_marks(e->ledger, item->obligation, item->round, find_asked, &asked);

	if (r < 0 || !asked.found || asked.mark.accepted)
		return r;
	asked.mark.accepted = true;
	r = ledger_put_mark(e->ledger, &asked.mark);
	if (r < 0)
		return r;
	r = ledger_obligation(e->ledger, item->obligation, &o);
	if (r < 0)
		return r;
	if (!asked.counted) {
		o.asked++;
		o.last_asked = now;
	}
	if (o.reached_round < item->round) {
		o.reached_round = item->round;
		o.reached_at = now;
	}
	return ledger_put_obligation(e->ledger, &o);
}

/* They who owe it know of it, though nobody has asked yet. */
static int reach_item(struct engine *e, const struct item *item, struct instant now)
{
	struct obligation o;
	int r = item->obligation ? ledger_obligation(e->ledger, item->obligation, &o) : 0;

	if (!item->obligation || r < 0 || o.reached_round >= item->round)
		return r;
	o.reached_round = item->round;
	o.reached_at = now;
	return ledger_put_obligation(e->ledger, &o);
}

int result_accepted(struct engine *e, const struct message *m, struct instant now)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	int r = 0;

	if (m->kind != KIND_REMINDER && m->kind != KIND_ASSIGNED)
		return 0;
	r = gather_items(e, m->id, &items);
	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		const struct item_traits *traits = item_traits((enum item_what)items.list[i].what);

		if (traits->asks)
			r = accept_item(e, m, &items.list[i], now);
		else if (traits->reaches)
			r = reach_item(e, &items.list[i], now);
	}
	return r;
}

/* Is this an item that support is to hear of? A round's owner is told of once; that is noted, so that
 * a held escalation need not tell it again. 1, 0, or a negative errno. */
static int is_news(struct engine *e, const struct item *item)
{
	struct obligation o;
	int r;

	if (!item_traits((enum item_what)item->what)->reaches || !item->obligation)
		return !item_traits((enum item_what)item->what)->tells_failure;
	r = ledger_obligation(e->ledger, item->obligation, &o);
	if (r < 0 || o.told_round >= item->round)
		return r == -ENOENT ? 0 : r;
	o.told_round = item->round;
	r = ledger_put_obligation(e->ledger, &o);
	return r < 0 ? r : 1;
}

static int tell_support(struct engine *e, const struct message *m, const struct item *about,
			struct instant now)
{
	struct recipient_list all = { .count = 0 }, support = { .count = 0 };
	const struct posting notice = { .what = ITEM_UNREACHED,
					.deadline = plan_deadline(e->plan, about->deadline),
					.measure = about->measure[0] ? about->measure : NULL,
					.obligation = about->obligation,
					.round = about->round };
	json_t *detail = json_pack("{ss ss}", "person", m->to, "answer", m->last_answer);

	recipient_add_support(&all, e->plan);
	for (size_t i = 0; i < all.count; i++)
		if (strcmp(all.list[i].person->id, m->to) != 0)
			recipient_add_one(&support, all.list[i]);
	return post_with_detail(e, &support, &notice, detail, now);
}

int result_unreached(struct engine *e, const struct message *m, struct instant now)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	const struct item *news = NULL;
	int r;

	if (m->kind == KIND_TEST)
		return 0; /* who asked for it is told */
	r = gather_items(e, m->id, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		r = is_news(e, &items.list[i]);
		if (r > 0 && !news)
			news = &items.list[i];
	}
	return r < 0 ? r : news ? tell_support(e, m, news, now) : 0;
}

int result_gone(struct engine *e, const char *channel, struct instant now)
{
	struct recipient_list stewards = { .count = 0 };
	const struct posting notice = { .what = ITEM_GONE };

	recipient_add_stewards(&stewards, e->plan);
	return post_with_detail(e, &stewards, &notice, json_pack("{ss}", "channel", channel), now);
}
