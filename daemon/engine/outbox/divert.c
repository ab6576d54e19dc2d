/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk and sink_post_all ask who is away as they decide; here is what was decided already when an
 * absence became known. A reminder goes back to its step: its mark says "suppressed" and the deputy
 * gets one of their own, or it says "held" and the walk sends it on the day of return. Other messages
 * are put into the deputy's outbox, or wait in their own until that day. What has begun to leave
 * leaves.
 */
#include "engine/outbox/divert.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/state.h"
#include "engine/outbox/divert_back.h"
#include "engine/outbox/message_state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

/* ---- the rule ----------------------------------------------------------------------------------- */

bool divert_find(const struct plan *plan, const struct absences *absences, const struct message *m,
		 struct instant now, struct diversion *ret)
{
	struct instant open = calendar_next_open(plan->calendar, now);
	struct recipient to;

	if (m->state != MESSAGE_PENDING || m->kind == KIND_TEST || m->kind == KIND_SIGN_IN ||
	    m->kind == KIND_REPLY || !recipient_find(plan, recipient_id(m->to), &to) || !to.person)
		return false;
	ret->person = to.person;
	ret->leaves = kind_is_ladder(m->kind) ? instant_max(m->planned, open) : open;
	ret->away = absences_find(absences, plan, to.person, zone_date(ret->leaves));
	return true;
}

struct instant divert_held_until(const struct plan *plan, const struct diversion *d,
				 const struct item *item)
{
	const struct deadline *deadline = plan_deadline(plan, deadline_id(item->deadline));

	if (!kind_is_ladder(item_kind((enum item_what)item->what)) || !deadline)
		return resume_instant(plan, &d->away);
	return calendar_next_open(plan->calendar,
				  zone_instant(d->away.back, deadline->ladder->time));
}

/* Looking for what an item says among what its deputy is told. */
struct search {
	struct engine *e;
	const struct item *item;
	struct person_id deputy;
	bool found;
};

/* One that is held has told them nothing: it becomes the reminder. */
static int compare_mark(void *userdata, const struct mark *mark)
{
	struct search *s = userdata;

	s->found |= mark->decision != DECISION_HELD && mark->repetition == s->item->repetition &&
		    strcmp(mark->step, s->item->step) == 0 &&
		    strcmp(mark->recipient, s->deputy.text) == 0;
	return 0;
}

static int compare_item(void *userdata, const struct item *item)
{
	struct search *s = userdata;
	struct message m;
	int r;

	if (item->moot || item->what != s->item->what ||
	    strcmp(item->measure, s->item->measure) != 0 || !item->detail != !s->item->detail ||
	    (item->detail && strcmp(item->detail, s->item->detail) != 0))
		return 0;
	r = ledger_message(s->e->ledger, item->message, &m);
	s->found |= r == 0 && strcmp(m.to, s->deputy.text) == 0;
	return r;
}

int divert_deputy_has(struct engine *e, const struct diversion *d, const struct item *item,
		      bool *ret_has)
{
	struct search s = { .e = e, .item = item, .deputy = d->away.to->id };
	int r = kind_is_ladder(item_kind((enum item_what)item->what))
			? ledger_marks(e->ledger, item->obligation, item->round, compare_mark, &s)
			: ledger_items_in(e->ledger, message_states_open(),
					  (struct item_subject){ item->obligation,
								 deadline_id(item->deadline) },
					  compare_item, &s);

	if (r >= 0)
		*ret_has = s.found;
	return r;
}

int divert_tell_held(struct sink *sink, const struct diversion *d, const struct item *item)
{
	const struct posting about = posting_of_item(sink->plan, item);

	return kind_is_ladder(item_kind(about.what))
		       ? sink_tell_held_step(sink, d->person, &d->away, &about)
		       : sink_tell_held_item(sink, d->person, &d->away, &about);
}

/* ---- one message that waits --------------------------------------------------------------------- */

/* A message on its way to somebody else, or to another day. */
struct diverting {
	struct ledger_sink out;
	struct engine *e;
	struct message *m;
	struct diversion d;
	const struct item *item; /* the one looked at */
	struct mark mark;	 /* that of its step */
	bool found;
};

static int find_mark(void *userdata, const struct mark *mark)
{
	struct diverting *v = userdata;

	if (mark->repetition == v->item->repetition && strcmp(mark->step, v->item->step) == 0 &&
	    mark->message.n == v->m->id.n) {
		v->mark = *mark;
		v->found = true;
	}
	return 0;
}

/* The item in the deputy's messages, unless they have it already. */
static int put_to_deputy(struct diverting *v, bool *ret_has, struct message_id *ret_message)
{
	struct posting posting = posting_of_item(v->e->plan, v->item);
	const struct recipient deputy = { .person = v->d.away.to };
	int r = divert_deputy_has(v->e, &v->d, v->item, ret_has);

	if (!posting.stands_for.text)
		posting.stands_for = v->d.person->id;
	return r < 0 || *ret_has
		       ? r
		       : v->out.sink.put(&v->out.sink, deputy, &posting, v->d.leaves, ret_message);
}

/* The deputy's reminder in place of this one. */
static int step_to_deputy(struct diverting *v)
{
	struct mark mark = v->mark;
	bool has;
	int r = put_to_deputy(v, &has, &mark.message);

	if (r < 0 || has)
		return r;
	mark.decision = DECISION_SENT;
	mark.decided = v->out.sink.now;
	recipient_id_of((struct recipient){ .person = v->d.away.to }, mark.recipient);
	return ledger_put_mark(v->e->ledger, &mark);
}

/* The step waits for their return; the walk sends it then. */
static int step_held(struct diverting *v, struct mark *mark)
{
	struct obligation o;
	int r = ledger_obligation(v->e->ledger, v->item->obligation, &o);

	if (r < 0)
		return r;
	mark->decision = DECISION_HELD;
	mark->retry_at = divert_held_until(v->e->plan, &v->d, v->item);
	mark->message = message_id(0);
	obligation_look_by(&o, mark->retry_at);
	r = ledger_put_obligation(v->e->ledger, &o);
	return r < 0 ? r : divert_tell_held(&v->out.sink, &v->d, v->item);
}

static int divert_step(struct diverting *v)
{
	struct mark mark;
	int r;

	v->found = false;
	r = ledger_marks(v->e->ledger, v->item->obligation, v->item->round, find_mark, v);
	if (r < 0 || !v->found) /* not its first channel: the mark is of that */
		return r;
	r = v->d.away.to ? step_to_deputy(v) : 0;
	if (r < 0)
		return r;
	mark = v->mark;
	mark.decision = DECISION_SUPPRESSED;
	mark.decided = v->out.sink.now;
	mark.absence = v->d.away.absence;
	absence_reason(&v->d.away, mark.reason, sizeof(mark.reason));
	if (!v->d.away.to)
		r = step_held(v, &mark);
	return r < 0 ? r : ledger_put_mark(v->e->ledger, &mark);
}

static int divert_items(struct diverting *v)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	bool first = strcmp(v->m->channel, v->d.person->channels[0]->name) == 0, has;
	int r = list_items(v->e->ledger, v->m->id, &items);
	struct message_id message;

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		v->item = &items.list[i];
		if (kind_is_ladder(v->m->kind))
			r = divert_step(v);
		else if (v->d.away.to && first)
			r = put_to_deputy(v, &has, &message);
		else if (!v->d.away.to)
			r = divert_tell_held(&v->out.sink, &v->d, v->item);
	}
	return r;
}

static int put_off(struct diverting *v, struct instant until)
{
	outbox_reschedule(v->m, until);
	return ledger_put_message(v->e->ledger, v->m);
}

static int drop(struct diverting *v)
{
	char why[sizeof(v->m->last_answer)];

	absence_reason(&v->d.away, why, sizeof(why));
	outbox_drop(v->m, why, v->out.sink.now);
	return ledger_put_message(v->e->ledger, v->m);
}

int divert_message(struct engine *e, const struct absences *absences, struct message *m,
		   struct instant now)
{
	struct diverting v = { .out = ledger_sink_with(e, absences, now), .e = e, .m = m };
	int r;

	if (!divert_find(e->plan, absences, m, now, &v.d))
		return 0;
	if (!v.d.away.absence) { /* it may have been held by an absence that is no more */
		if (instant_compare(m->planned, v.d.leaves) <= 0)
			return 0;
		r = put_off(&v, v.d.leaves);
		return r < 0 ? r : 1;
	}
	r = divert_items(&v);
	if (r >= 0)
		r = kind_is_ladder(m->kind) || v.d.away.to
			    ? drop(&v)
			    : put_off(&v, resume_instant(e->plan, &v.d.away));
	return r < 0 ? r : 1;
}

/* ---- an absence becomes known -------------------------------------------------------------------- */

#define BATCH 64

static int divert_all(struct engine *e, const struct absences *absences,
		      const struct person *person, struct instant now)
{
	struct message batch[BATCH];
	struct message_id after = { 0 };
	int count, r = 0;

	do {
		count = ledger_messages(e->ledger, 1U << MESSAGE_PENDING, after, batch, BATCH);
		for (int i = 0; r >= 0 && i < count; i++) {
			after = batch[i].id;
			if (strcmp(batch[i].to, person->id.text) == 0)
				r = divert_message(e, absences, &batch[i], now);
		}
	} while (r >= 0 && count == BATCH);
	return count < 0 ? count : r;
}

/* What an absence holds is decided again now: they may be back sooner, or have a deputy. */
static int look_again(struct engine *e, const struct person *person, struct instant now)
{
	struct instant open = calendar_next_open(e->plan->calendar, now);
	struct marks marks __attribute__((cleanup(marks_done))) = { 0 };
	int r = list_held_absent(e->ledger, person->id, &marks);

	for (size_t i = 0; r >= 0 && i < marks.count; i++) {
		struct mark *mark = &marks.list[i];
		struct obligation o;

		r = ledger_obligation(e->ledger, mark->obligation, &o);
		if (r < 0 || o.phase != PHASE_LIVE || o.round != mark->round)
			continue;
		mark->retry_at = open;
		obligation_look_by(&o, open);
		r = ledger_put_mark(e->ledger, mark);
		if (r >= 0)
			r = ledger_put_obligation(e->ledger, &o);
	}
	return r;
}

int divert_changed(struct engine *e, const struct person *person, struct instant now)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, e, now);

	if (r >= 0)
		r = divert_back(e, absences, person, now);
	if (r >= 0)
		r = divert_all(e, absences, person, now);
	if (r >= 0)
		r = look_again(e, person, now);
	absences_free(absences);
	return r < 0 ? r : 0;
}
