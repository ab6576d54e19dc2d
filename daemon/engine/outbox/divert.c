/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk and post_to_all ask who is away as they decide; here is what was decided already when an
 * absence became known. A reminder goes back to its step: its mark says "suppressed" and the deputy
 * gets one of their own, or it says "held" and the walk sends it on the day of return. Other messages
 * are put into the deputy's outbox, or wait in their own until that day. What has begun to leave
 * leaves.
 */
#include "engine/outbox/divert.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/gather.h"
#include "engine/outbox/post.h"

/* ---- one message that waits --------------------------------------------------------------------- */

/* A message on its way to somebody else, or to another day. */
struct diversion {
	struct engine *e;
	struct message *m;
	const struct person *person;
	struct stand_in away;
	struct instant now;
	struct recipient deputy;
	const struct item *item; /* the one looked at, for the callbacks */
	struct mark mark;
	bool found, deputy_has;
};

static int find_mark(void *userdata, const struct mark *mark)
{
	struct diversion *d = userdata;

	if (mark->repetition != d->item->repetition || strcmp(mark->step, d->item->step) != 0)
		return 0;
	if (mark->message == d->m->id && strcmp(mark->recipient, d->m->to) == 0) {
		d->mark = *mark;
		d->found = true;
	}
	d->deputy_has |= d->away.to && strcmp(mark->recipient, d->away.to->id) == 0;
	return 0;
}

/* The deputy's reminder in place of this one. */
static int step_to_deputy(struct diversion *d)
{
	struct instant open = calendar_next_open(d->e->plan->calendar, d->now);
	struct mark mark = d->mark;
	int r;

	if (d->deputy_has)
		return 0;
	mark.decision = DECISION_SENT;
	mark.decided = d->now;
	recipient_id(d->deputy, mark.recipient);
	r = post_item(d->e, d->deputy, d->item, instant_max(d->m->planned, open), d->now,
		      &mark.message);
	return r < 0 ? r : ledger_put_mark(d->e->ledger, &mark);
}

/* The step waits for their return; the walk sends it then. */
static int step_held(struct diversion *d, struct mark *mark)
{
	const struct deadline *deadline = plan_deadline(d->e->plan, d->item->deadline);
	struct obligation o;
	int r = ledger_obligation(d->e->ledger, d->item->obligation, &o);

	if (r < 0 || !deadline)
		return r;
	mark->decision = DECISION_HELD;
	mark->retry_at = calendar_next_open(d->e->plan->calendar,
					    zone_instant(d->away.back, deadline->ladder->time));
	mark->message = 0;
	o.next_at = instant_min(o.next_at, mark->retry_at);
	r = ledger_put_obligation(d->e->ledger, &o);
	return r < 0 ? r : post_tell_held_step(d->e, d->person, &d->away, &o, d->now);
}

static int divert_step(struct diversion *d)
{
	struct mark mark;
	int r;

	d->found = d->deputy_has = false;
	r = ledger_marks(d->e->ledger, d->item->obligation, d->item->round, find_mark, d);
	if (r < 0 || !d->found) /* not its first channel: the mark is of that */
		return r;
	r = d->away.to ? step_to_deputy(d) : 0;
	if (r < 0)
		return r;
	mark = d->mark;
	mark.decision = DECISION_SUPPRESSED;
	mark.decided = d->now;
	mark.absence = d->away.absence;
	absence_reason(&d->away, mark.reason, sizeof(mark.reason));
	if (!d->away.to)
		r = step_held(d, &mark);
	return r < 0 ? r : ledger_put_mark(d->e->ledger, &mark);
}

static int find_same(void *userdata, const struct item *item)
{
	struct diversion *d = userdata;
	struct message m;
	int r;

	if (item->moot || item->what != d->item->what ||
	    strcmp(item->measure, d->item->measure) != 0 || !item->detail != !d->item->detail ||
	    (item->detail && strcmp(item->detail, d->item->detail) != 0))
		return 0;
	r = ledger_message(d->e->ledger, item->message, &m);
	d->deputy_has |= r == 0 && strcmp(m.to, d->away.to->id) == 0;
	return r;
}

/* Another kind of item, to the deputy unless they are told the same already. */
static int item_to_deputy(struct diversion *d)
{
	struct instant open = calendar_next_open(d->e->plan->calendar, d->now);
	int r;

	d->deputy_has = false;
	r = ledger_open_items(d->e->ledger, d->item->obligation, d->item->deadline, find_same, d);
	return r < 0 || d->deputy_has ? r : post_item(d->e, d->deputy, d->item, open, d->now, NULL);
}

static int divert_items(struct diversion *d)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	bool first = strcmp(d->m->channel, d->person->channels[0]->name) == 0;
	int r = gather_items(d->e, d->m->id, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		d->item = &items.list[i];
		if (kind_is_ladder(d->m->kind))
			r = divert_step(d);
		else if (d->away.to && first)
			r = item_to_deputy(d);
		else if (!d->away.to)
			r = post_tell_held_item(d->e, d->person, &d->away, d->item, d->now);
	}
	return r;
}

static int put_off(struct diversion *d, struct instant until)
{
	d->m->planned = d->m->next_attempt = until;
	return ledger_put_message(d->e->ledger, d->m);
}

static int drop(struct diversion *d)
{
	d->m->state = MESSAGE_DROPPED;
	d->m->finished = d->now;
	d->m->next_attempt = INSTANT_NONE;
	absence_reason(&d->away, d->m->last_answer, sizeof(d->m->last_answer));
	return ledger_put_message(d->e->ledger, d->m);
}

int divert_message(struct engine *e, const struct absences *absences, struct message *m,
		   struct instant now)
{
	struct instant open = calendar_next_open(e->plan->calendar, now);
	struct instant leaves = kind_is_ladder(m->kind) ? instant_max(m->planned, open) : open;
	struct diversion d = { .e = e, .m = m, .now = now };
	struct recipient to;
	int r;

	if (m->state != MESSAGE_PENDING || m->attempts > 0 || m->kind == KIND_TEST ||
	    !recipient_find(e->plan, m->to, &to) || !to.person)
		return 0;
	d.person = to.person;
	d.away = absences_find(absences, e->plan, to.person, zone_date(leaves));
	d.deputy.person = d.away.to;
	if (!d.away.absence) { /* it may have been held by an absence that is no more */
		if (instant_compare(m->planned, leaves) <= 0)
			return 0;
		r = put_off(&d, leaves);
		return r < 0 ? r : 1;
	}
	r = divert_items(&d);
	if (r >= 0)
		r = kind_is_ladder(m->kind) || d.away.to
			    ? drop(&d)
			    : put_off(&d, resume_instant(e->plan, &d.away));
	return r < 0 ? r : 1;
}

/* ---- an absence becomes known -------------------------------------------------------------------- */

#define BATCH 64

static int divert_all(struct engine *e, const struct absences *absences,
		      const struct person *person, struct instant now)
{
	struct message batch[BATCH];
	int64_t after = 0;
	int count, r = 0;

	do {
		count = ledger_messages(e->ledger, 1U << MESSAGE_PENDING, after, batch, BATCH);
		for (int i = 0; r >= 0 && i < count; i++) {
			after = batch[i].id;
			if (strcmp(batch[i].to, person->id) == 0)
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
	int r = gather_held_absent(e, person->id, &marks);

	for (size_t i = 0; r >= 0 && i < marks.count; i++) {
		struct mark *mark = &marks.list[i];
		struct obligation o;

		r = ledger_obligation(e->ledger, mark->obligation, &o);
		if (r < 0 || o.phase != PHASE_LIVE || o.round != mark->round)
			continue;
		mark->retry_at = open;
		o.next_at = instant_min(o.next_at, open);
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
		r = divert_all(e, absences, person, now);
	if (r >= 0)
		r = look_again(e, person, now);
	absences_free(absences);
	return r < 0 ? r : 0;
}
