/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Behind a relay a refused address shows late: the relay accepts the mail, and a report comes back. What then follows
 * is what would have followed had the address been refused at once.
 *
 *	taken back	the step counts as asked no more, unless another channel of that person accepted it. When its
 *			obligation was last asked about, and when its round reached them, is worked out anew from what
 *			stays accepted, messages of a new owner among it
 *	held again	while nothing of the round reaches them any more: escalations that were decided and have not left,
 *			so that the ladder sends them once a reminder was accepted
 *	told		support, as of any message that reached nobody; but not of what has become moot since it left: an
 *			answer, a later round, another owner
 *
 * A report may come twice, or late. Only of the newest copy that was accepted does one change anything, and only the
 * first: the attempt is then noted as BOUNCED.
 */
#include "engine/outbox/bounce.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/obligation/state.h"
#include "engine/outbox/arrivals.h"
#include "engine/outbox/message_state.h"
#include "engine/outbox/post.h"
#include "engine/outbox/result.h"
#include "ledger/lists.h"
#include "plan/ladder.h"

#define ANSWER_MAX sizeof(((struct message *)0)->last_answer)

/* ---- which copy ------------------------------------------------------------------------------------- */

/* The attempts of a message that are known, as far as a copy may have arrived by them. */
struct copies {
	int wanted;	    /* 0: the newest */
	int found, bounced; /* the newest of each; 0: none */
	int kept;
};

static int look_at_copy(void *userdata, const struct attempt_row *a)
{
	struct copies *c = userdata;

	c->kept++;
	if (!a->text)
		return 0;
	if (c->wanted == 0 || a->n == c->wanted)
		c->found = a->n;
	if (a->state == MESSAGE_BOUNCED)
		c->bounced = a->n;
	return 0;
}

/* Of one that is tried further: has the copy been accepted, as is clear now, and not come back before? An earlier
 * version kept no attempts. */
static int is_news_of_open(struct engine *e, const struct message *m, int wanted, int *ret_n)
{
	struct copies c = { .wanted = wanted };
	int r = ledger_attempts(e->ledger, m->id, look_at_copy, &c);

	*ret_n = c.found > c.bounced ? c.found : c.kept == 0 && m->unknown > 0 ? m->attempts : 0;
	return r;
}

/* *ret_n: the attempt that came back, when the result is BOUNCED_DONE. */
static int judge(struct engine *e, const struct message *m, const struct bounce *b,
		 enum bounced *ret, int *ret_n)
{
	int r = 0;

	*ret = BOUNCED_DONE;
	*ret_n = m->attempts;
	if (strcmp(m->channel, "mail") != 0 || m->attempts == 0 || b->attempt > m->attempts)
		*ret = BOUNCED_NOT_OURS;
	else if (m->state == MESSAGE_STARTED)
		*ret = BOUNCED_LATER;
	else if (!outbox_may(m->state, MESSAGE_BOUNCED) ||
		 (m->state == MESSAGE_DELIVERED && b->attempt && b->attempt < m->attempts))
		*ret = BOUNCED_ALREADY;
	else if (m->state != MESSAGE_DELIVERED)
		r = is_news_of_open(e, m, b->attempt, ret_n);
	if (*ret == BOUNCED_DONE && *ret_n == 0)
		*ret = BOUNCED_ALREADY;
	return r;
}

/* ---- taking back ------------------------------------------------------------------------------------ */

/* The marks of this item that count for nothing any more. */
static int take_back_marks(struct arrivals *a, const struct item *item, const char *to,
			   struct obligation *o)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < a->accepted.count; i++) {
		struct mark *mark = &a->accepted.list[i];

		if (!arrival_is_of_mark(item, to, mark) ||
		    !instant_is_none(arrivals_accepted_at(a, mark)))
			continue;
		mark->accepted = false;
		r = ledger_put_mark(a->e->ledger, mark);
		o->asked--;
		a->accepted.list[i--] = a->accepted.list[--a->accepted.count];
	}
	return r;
}

/* ---- holding again ---------------------------------------------------------------------------------- */

/* The items of the escalation that a mark decided: some may have left, on one channel or another. */
struct escalation {
	struct engine *e;
	const struct mark *mark;
	struct items items;
	bool left;
};

static int look_at_escalation(void *userdata, const struct item *item)
{
	struct escalation *x = userdata;
	struct message m;
	int r;

	if (item->moot || item->what != ITEM_ESCALATED)
		return 0;
	r = ledger_message(x->e->ledger, item->message, &m);
	if (r < 0 || !arrival_is_of_mark(item, m.to, x->mark))
		return r;
	x->left |= !outbox_is_in(m.state, message_states_waiting()) || m.unknown > 0;
	r = array_grow(&x->items.list, x->items.count, &x->items.room);
	if (r < 0)
		return r;
	x->items.list[x->items.count] = *item;
	x->items.list[x->items.count++].detail = NULL;
	return 0;
}

static int hold_mark(struct engine *e, struct mark mark, const struct obligation *o,
		     struct instant retry, struct instant now)
{
	struct escalation x = { .e = e, .mark = &mark };
	int r = ledger_items_in(e->ledger, ~0U, (struct item_subject){ .obligation = o->id },
				look_at_escalation, &x);

	for (size_t i = 0; r >= 0 && !x.left && i < x.items.count; i++)
		r = outbox_strike_one(e, &x.items.list[i], "the reminder that it follows came back",
				      now);
	if (r >= 0 && !x.left && x.items.count > 0) {
		mark.decision = DECISION_HELD;
		mark.retry_at = retry;
		mark.message = message_id(0);
		snprintf(mark.reason, sizeof(mark.reason),
			 "held: the reminder that had reached %s came back", o->owner);
		r = ledger_put_mark(e->ledger, &mark);
	}
	items_done(&x.items);
	return r;
}

static int add_escalated(void *userdata, const struct mark *mark)
{
	struct marks *marks = userdata;
	int r;

	if (mark->decision != DECISION_SENT || mark->owed)
		return 0;
	r = array_grow(&marks->list, marks->count, &marks->room);
	if (r == 0)
		marks->list[marks->count++] = *mark;
	return r;
}

/* Nobody has been reached in this round any more: others do not hear of it before that. */
static int hold_escalations(struct engine *e, struct obligation *o, struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
	struct marks sent __attribute__((cleanup(marks_done))) = { 0 };
	struct instant retry;
	int r;

	if (!d || o->phase != PHASE_LIVE)
		return 0;
	retry = calendar_next_open(e->plan->calendar, ladder_next_workday(e->plan, d->ladder, now));
	r = ledger_marks(e->ledger, o->id, o->round, add_escalated, &sent);
	for (size_t i = 0; r >= 0 && i < sent.count; i++)
		r = hold_mark(e, sent.list[i], o, retry, now);
	obligation_look_by(o, retry);
	return r;
}

/* ---- one item --------------------------------------------------------------------------------------- */

/* Has what it told become moot since it left? It would have been struck out, had it waited. */
static bool is_moot(const struct item *item, const struct obligation *o, struct instant left)
{
	const unsigned of_round = 1U << ITEM_OWED | 1U << ITEM_ESCALATED;
	const unsigned of_owner = of_round | 1U << ITEM_ASSIGNED | 1U << ITEM_UNASSIGNED;

	return o->phase != PHASE_LIVE || (of_round >> item->what & 1 && o->round > item->round) ||
	       (of_owner >> item->what & 1 && !instant_is_none(o->assigned_at) &&
		instant_compare(left, o->assigned_at) < 0);
}

static int take_back_item(struct engine *e, const struct message *m, const struct item *item,
			  struct instant now)
{
	struct arrivals a __attribute__((cleanup(arrivals_done))) = { .e = e };
	struct obligation o;
	int reached, r = ledger_obligation(e->ledger, item->obligation, &o);

	if (r >= 0)
		r = arrivals_load(e, o.id, &a);
	if (r >= 0)
		r = take_back_marks(&a, item, m->to, &o);
	if (r < 0)
		return r;
	reached = o.reached_round;
	arrivals_work_out_asked(&a, &o);
	arrivals_work_out_reached(&a, &o);
	if (o.reached_round < o.round && reached >= o.round)
		r = hold_escalations(e, &o, now);
	return r < 0 ? r : ledger_put_obligation(e->ledger, &o);
}

static int strike_if_moot(struct engine *e, const struct item *item, struct instant left)
{
	struct obligation o;
	int r = ledger_obligation(e->ledger, item->obligation, &o);

	if (r < 0 || !is_moot(item, &o, left))
		return r;
	return ledger_strike_item(e->ledger, item->message, item->n);
}

/* left: when it had been accepted, or was tried. */
static int take_back(struct engine *e, const struct message *m, struct instant left,
		     struct instant now)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	int r = list_items(e->ledger, m->id, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		const struct item *item = &items.list[i];

		if (!item->obligation.n)
			continue;
		if (item_traits((enum item_what)item->what)->reaches)
			r = take_back_item(e, m, item, now);
		if (r >= 0)
			r = strike_if_moot(e, item, left);
	}
	return r;
}

/* ---- all of it -------------------------------------------------------------------------------------- */

/* An answer begins with the reply's code, as "550 5.1.1 no such user" does; else with the report's status. */
static const char *say_answer(const struct bounce *b, char out[static ANSWER_MAX])
{
	const bool coded = strspn(b->answer, "0123456789") == 3 || !b->status[0] ||
			   strncmp(b->answer, b->status, strlen(b->status)) == 0;

	if (!b->answer[0] && !b->status[0])
		return "the report does not say why";
	snprintf(out, ANSWER_MAX, "%s%s%s", coded ? "" : b->status,
		 coded || !b->answer[0] ? "" : " ", b->answer);
	return out;
}

int bounce_apply(struct engine *e, const struct bounce *b, struct instant now, enum bounced *ret)
{
	char text[ANSWER_MAX];
	const char *answer = say_answer(b, text);
	enum bounced result = BOUNCED_NOT_OURS;
	struct instant left;
	struct message m;
	bool found;
	int n = 0, r = ledger_find_message(e->ledger, b->message, &m, &found);

	if (r >= 0 && found)
		r = judge(e, &m, b, &result, &n);
	if (r < 0 || result != BOUNCED_DONE) {
		*ret = r < 0 ? *ret : result;
		return r < 0 ? r : 0;
	}
	left = m.state == MESSAGE_DELIVERED ? m.finished : now;
	outbox_bounce(&m, answer, now);
	r = ledger_put_message(e->ledger, &m);
	if (r >= 0)
		r = ledger_set_attempt_state(e->ledger, m.id, n, m.state);
	if (r >= 0)
		r = take_back(e, &m, left, now);
	if (r >= 0)
		r = result_unreached(e, &m, now);
	if (r >= 0)
		*ret = result;
	return r < 0 ? r : 0;
}
