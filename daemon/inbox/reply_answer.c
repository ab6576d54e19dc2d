/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked for is found first: of each thing that the reply is about what its writer may answer, the soonest. Of
 * one measure the mail says how the reply was understood; of a deliverable, whose reference no line can be trusted to
 * tell, and of several things it leads to their form.
 */
#include "inbox/reply_answer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "engine/outbox/answerer.h"
#include "engine/outbox/item.h"
#include "engine/outbox/message_state.h"
#include "message/reply_words.h"

/* ---- what may be answered ---------------------------------------------------------------------------------- */

struct answerable {
	struct obligation list[REPLY_ABOUT_MAX]; /* one of each thing */
	size_t count;
};

static bool may_answer(const struct replied *x, const struct obligation *o)
{
	const struct deadline *d = plan_deadline(x->e->plan, deadline_id(o->deadline));
	const struct person *owes = d ? walk_owes(x->e->plan, d, o) : NULL;

	return o->phase == PHASE_LIVE && owes &&
	       answerer_may(
		       answerer_of(x->person, owes, x->e->plan, x->absences, zone_date(x->now)),
		       o->measure[0] != '\0');
}

static int find_one(const struct replied *x, const struct reply_about *about,
		    struct answerable *ret)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	const struct obligation *soonest = NULL;
	int r = about->measure ? list_of_measure(x->e->ledger, measure_id(about->id), &all)
			       : list_of_deadline(x->e->ledger, deadline_id(about->id), &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		const struct obligation *o = &all.list[i];

		if (!about->measure == !o->measure[0] && may_answer(x, o) &&
		    (!soonest || civil_compare(o->papers, soonest->papers) < 0))
			soonest = o;
	}
	if (soonest)
		ret->list[ret->count++] = *soonest;
	return r < 0 ? r : 0;
}

/* ---- what was said --------------------------------------------------------------------------------------------- */

static bool read_words(const struct replied *x, struct reply_words *ret)
{
	const struct plan *plan = x->e->plan;
	const struct body_words **own = calloc(plan->body_count + 1, sizeof(*own));
	const char *items[REPLY_ABOUT_MAX];
	struct reply_reading reading = { .language = x->person->language,
					 .today = zone_date(x->now),
					 .items = items,
					 .item_count = x->count,
					 .own = own };
	bool answer;

	for (size_t i = 0; i < x->count; i++)
		items[i] = x->about[i].id;
	for (size_t i = 0; own && i < plan->body_count; i++)
		own[reading.own_count++] = &plan->bodies[i].words;
	answer = reply_words_read(x->reply->row->text, &reading, ret);
	free(own);
	return answer;
}

static json_t *optional(struct optional number)
{
	return number.given ? json_integer(number.value) : NULL;
}

/* As the data of an event. */
static json_t *data_of(const struct reply_words *words)
{
	char day[CIVIL_TEXT];

	return json_pack(
		"{ss so* so* so* ss*}", "status", event_status_name(words->status), "progress",
		optional(words->progress), "effect_achieved", optional(words->effect_achieved),
		"effect_forecast", optional(words->effect_forecast), "done_forecast",
		civil_is_none(words->done_forecast) ? NULL
						    : civil_format(words->done_forecast, day));
}

static json_t *detail_of(const struct reply_words *words, const struct answerable *asked)
{
	if (asked->count > 1)
		return json_pack("{sb}", "several", 1);
	if (!asked->list[0].measure[0])
		return json_pack("{sb}", "deliverable", 1);
	return json_pack("{so}", "data", data_of(words));
}

/* ---- the mail ---------------------------------------------------------------------------------------------------- */

/* The message that is to say it: a new one, or the one that waits, whose items are moot now. *ret_may: they are not
 * to be asked again yet. */
static int find_message(const struct replied *x, struct message *ret, bool *ret_may)
{
	struct ledger *l = x->e->ledger;
	struct items before __attribute__((cleanup(items_done))) = { NULL };
	bool found;
	int r = ledger_find_last_reply(l, x->person->id, ret, &found);

	if (r < 0)
		return r;
	*ret_may = true;
	if (found && ret->state == MESSAGE_PENDING && ret->attempts == 0) {
		r = list_items(l, ret->id, &before);
		for (size_t i = 0; r >= 0 && i < before.count; i++)
			r = ledger_strike_item(l, ret->id, before.list[i].n);
		return r < 0 ? r : 0;
	}
	if (found && ret->state != MESSAGE_DROPPED) {
		const struct instant left =
			instant_is_none(ret->first_attempt) ? ret->created : ret->first_attempt;

		*ret_may = instant_compare(instant_add(left, REPLY_ASKED_EVERY), x->now) <= 0 &&
			   !outbox_is_in(ret->state, message_states_waiting());
	}
	*ret = outbox_message(KIND_REPLY, calendar_next_open(x->e->plan->calendar, x->now), x->now);
	snprintf(ret->to, sizeof(ret->to), "%s", x->person->id.text);
	snprintf(ret->channel, sizeof(ret->channel), "mail");
	return *ret_may ? ledger_put_message(l, ret) : 0;
}

static int put_item(const struct replied *x, const struct message *m, const struct obligation *o,
		    const char *detail)
{
	struct item item = { .message = m->id,
			     .obligation = o->id,
			     .round = o->round,
			     .what = ITEM_REPLIED,
			     .detail = strdup(detail) };
	int r = item.detail ? ledger_next_item(x->e->ledger, m->id, &item.n) : -ENOMEM;

	snprintf(item.deadline, sizeof(item.deadline), "%s", o->deadline);
	snprintf(item.measure, sizeof(item.measure), "%s", o->measure);
	if (r >= 0)
		r = ledger_put_item(x->e->ledger, &item);
	item_done(&item);
	return r;
}

static int post(const struct replied *x, const struct answerable *asked, const char *detail)
{
	struct message m;
	bool may;
	int r = find_message(x, &m, &may);

	for (size_t i = 0; r >= 0 && may && i < asked->count; i++)
		r = put_item(x, &m, &asked->list[i], detail);
	return r < 0 ? r : 0;
}

int reply_answer(const struct replied *x)
{
	struct reply_words words;
	struct answerable asked = { .count = 0 };
	json_t *detail;
	char *text;
	int r = 0;

	if (!x->e->plan->settings.web.listen || !x->person->mail || !read_words(x, &words))
		return 0;
	for (size_t i = 0; r == 0 && i < x->count; i++)
		if (x->about[i].meant)
			r = find_one(x, &x->about[i], &asked);
	if (r < 0 || asked.count == 0)
		return r;
	detail = detail_of(&words, &asked);
	text = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	r = text ? post(x, &asked, text) : -ENOMEM;
	free(text);
	return r;
}
