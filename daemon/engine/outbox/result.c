/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a delivery's result means for obligations.
 *
 * A reminder was accepted: `asked` grows by one for its step, whatever the number of channels, and the
 * round counts as contacted, which releases the escalations that are held. An escalation in the same
 * message counts for nothing.
 *
 * A message failed for good: support is told of each thing it said; of who owes an answer once a round,
 * and never of a message that itself told support. A reply that could not be passed on is told to stewards,
 * for nobody was to be reached by it.
 */
#include "engine/outbox/result.h"

#include <errno.h>
#include <string.h>

#include "engine/outbox/post.h"
#include "ledger/lists.h"

/* The mark of an item for the recipient. */
struct asked {
	const struct item *item;
	struct recipient_id recipient;
	struct mark mark;
	bool found;
};

static int find_asked(void *userdata, const struct mark *m)
{
	struct asked *asked = userdata;

	if (m->repetition == asked->item->repetition && strcmp(m->step, asked->item->step) == 0 &&
	    strcmp(m->recipient, asked->recipient.text) == 0) {
		asked->mark = *m;
		asked->found = true;
	}
	return 0;
}

static int accept_item(struct engine *e, const struct message *m, const struct item *item,
		       struct instant now)
{
	struct asked asked = { .item = item, .recipient = recipient_id(m->to) };
	struct obligation o;
	int r = ledger_marks(e->ledger, item->obligation, item->round, find_asked, &asked);

	/* One step reminds one person: whoever owes it, or who stands in. On another channel of theirs it was
	 * accepted, and counted, already. */
	if (r < 0 || !asked.found || asked.mark.accepted)
		return r;
	asked.mark.accepted = true;
	r = ledger_put_mark(e->ledger, &asked.mark);
	if (r < 0)
		return r;
	r = ledger_obligation(e->ledger, item->obligation, &o);
	if (r < 0)
		return r;
	o.asked++;
	o.last_asked = now;
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
	int r = item->obligation.n ? ledger_obligation(e->ledger, item->obligation, &o) : 0;

	if (!item->obligation.n || r < 0 || o.reached_round >= item->round)
		return r;
	o.reached_round = item->round;
	o.reached_at = now;
	return ledger_put_obligation(e->ledger, &o);
}

/* What accept_item and reach_item will ask. */
static int prefetch_accepted(struct ledger *l, const struct items *items)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < items->count; i++) {
		const struct item *item = &items->list[i];
		const struct item_traits *traits = item_traits((enum item_what)item->what);

		if (!item->obligation.n || !(traits->asks || traits->reaches))
			continue;
		r = ledger_prefetch_obligation(l, item->obligation);
		if (r == 0 && traits->asks)
			r = ledger_prefetch_marks(l, item->obligation, item->round);
	}
	return r;
}

int result_accepted(struct engine *e, const struct message *m, struct instant now)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	int r = 0;

	if (m->kind != KIND_REMINDER && m->kind != KIND_ASSIGNED)
		return 0;
	r = list_items(e->ledger, m->id, &items);
	if (r >= 0 && ledger_prefetches(e->ledger))
		r = prefetch_accepted(e->ledger, &items);
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
 * a held escalation need not tell it again. */
static int is_news(struct engine *e, const struct item *item, bool *ret_news)
{
	const struct item_traits *traits = item_traits((enum item_what)item->what);
	struct obligation o;
	int r;

	*ret_news = !traits->tells_failure;
	if (!traits->reaches || !item->obligation.n)
		return 0;
	r = ledger_obligation(e->ledger, item->obligation, &o);
	*ret_news = r >= 0 && o.told_round < item->round;
	if (r < 0 || !*ret_news)
		return r;
	o.told_round = item->round;
	return ledger_put_obligation(e->ledger, &o);
}

/* Does an item before this one speak of the same? */
static bool is_repeated(const struct items *items, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(items->list[k].deadline, items->list[i].deadline) == 0 &&
		    strcmp(items->list[k].measure, items->list[i].measure) == 0)
			return true;
	return false;
}

static int tell_support(struct engine *e, const struct message *m, const struct item *about,
			struct instant now)
{
	struct recipient_list all = { .count = 0 }, support = { .count = 0 };
	const struct posting notice = {
		.what = ITEM_UNREACHED,
		.deadline = plan_deadline(e->plan, deadline_id(about->deadline)),
		.measure = measure_id(about->measure[0] ? about->measure : NULL),
		.obligation = about->obligation,
		.round = about->round
	};
	json_t *detail = json_pack("{ss ss}", "person", m->to, "answer", m->last_answer);

	recipient_add_support(&all, e->plan);
	for (size_t i = 0; i < all.count; i++)
		if (strcmp(all.list[i].person->id.text, m->to) != 0)
			recipient_add_one(&support, all.list[i]);
	return post_with_detail(e, &support, &notice, detail, now);
}

/* What somebody replied is not passed on: those who keep the service are told of it, once. */
static int tell_unforwarded(struct engine *e, const struct message *m, const struct item *about,
			    struct instant now)
{
	struct recipient_list stewards = { .count = 0 };
	const struct posting notice = {
		.what = ITEM_UNFORWARDED,
		.deadline = plan_deadline(e->plan, deadline_id(about->deadline)),
		.measure = measure_id(about->measure[0] ? about->measure : NULL)
	};
	json_t *before = json_loads(about->detail, 0, NULL);
	json_t *detail = json_pack("{sO* ss}", "person", json_object_get(before, "person"),
				   "answer", m->last_answer);

	json_decref(before);
	recipient_add_stewards(&stewards, e->plan);
	return post_with_detail(e, &stewards, &notice, detail, now);
}

int result_unreached(struct engine *e, const struct message *m, struct instant now)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	int r;

	if (m->kind == KIND_TEST || m->kind == KIND_SIGN_IN)
		return 0; /* who asked for it is told, or sees that none comes */
	r = list_items(e->ledger, m->id, &items);
	if (m->kind == KIND_FORWARD)
		return r < 0 || items.count == 0 ? r : tell_unforwarded(e, m, items.list, now);
	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		bool news;

		r = is_news(e, &items.list[i], &news);
		if (r >= 0 && news && !is_repeated(&items, i))
			r = tell_support(e, m, &items.list[i], now);
	}
	return r;
}

int result_gone(struct engine *e, const char *channel, struct instant now)
{
	struct recipient_list stewards = { .count = 0 };
	const struct posting notice = { .what = ITEM_GONE };

	recipient_add_stewards(&stewards, e->plan);
	return post_with_detail(e, &stewards, &notice, json_pack("{ss}", "channel", channel), now);
}
