/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk hears of its round from the ledger: the promises, the marks, and what is known of reminders that
 * wait. Each of its decisions becomes a mark, and what is sent an item of the outbox.
 */
#include "engine/ladder/from_ledger.h"

#include <errno.h>
#include <stdio.h>

#include "engine/ladder/decision_post.h"

int walk_from_ledger_new(struct engine *e, struct instant now, struct walk **ret)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, e, now);

	r = r < 0 ? r : walk_new(ret, e->plan, absences);
	if (r >= 0 && ledger_is_on_hold(e->ledger))
		walk_hold(*ret);
	return r;
}

static int add_mark(void *userdata, const struct mark *m)
{
	return walk_mark(userdata, m);
}

static int add_promise(void *userdata, const struct promise *p)
{
	return walk_promise(userdata, p);
}

int walk_from_ledger_begin(struct engine *e, struct walk *w, struct obligation *o)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
	int r;

	if (!d || o->phase != PHASE_LIVE)
		return WALK_NOTHING;
	r = walk_begin(w, d, o);
	if (r >= 0 && o->promised)
		r = ledger_promises(e->ledger, o->id, add_promise, w);
	return r < 0 ? r : ledger_marks(e->ledger, o->id, o->round, add_mark, w);
}

struct foreseeing {
	struct engine *e;
	const struct obligation *o;
	struct instant now, accepted;
};

static int foresee_item(void *userdata, const struct item *item)
{
	struct foreseeing *f = userdata;
	struct instant leaves;
	struct message m;
	int r;

	if (item->moot || !item_traits((enum item_what)item->what)->reaches ||
	    item->round != f->o->round)
		return 0;
	r = ledger_message(f->e->ledger, item->message, &m);
	if (r < 0 || m.state == MESSAGE_HELD)
		return r;
	leaves = m.state == MESSAGE_STARTED ? f->now : instant_max(m.next_attempt, f->now);
	leaves = calendar_next_open(f->e->plan->calendar, leaves);
	f->accepted = instant_min(f->accepted, leaves);
	return 0;
}

int walk_from_ledger_foresee(struct engine *e, struct walk *w, struct obligation *o,
			     struct instant now)
{
	struct foreseeing f = { e, o, now, INSTANT_NONE };
	int r = walk_from_ledger_begin(e, w, o);

	if (r != 0 || o->reached_round >= o->round ||
	    (!walk_has_tried(w) && instant_is_none(o->assigned_at)))
		return r;
	r = ledger_items_in(e->ledger, message_states_open(),
			    (struct item_subject){ .obligation = o->id }, foresee_item, &f);
	if (r >= 0 && !instant_is_none(f.accepted))
		walk_reached(w, f.accepted);
	return r;
}

static int add_reminded(void *userdata, const struct decision_record *decision)
{
	if (decision->decision == DECISION_SENT && decision->owed)
		recipient_add_one(userdata, decision->to);
	return 0;
}

int walk_from_ledger_reminds(struct engine *e, struct walk *w, const struct obligation *o,
			     struct instant when, struct recipient_list *to)
{
	struct obligation copy = *o;
	bool unreached;
	int r = walk_from_ledger_begin(e, w, &copy);

	if (r != 0)
		return r < 0 ? r : 0;
	return walk_on(w, when, add_reminded, to, &unreached);
}

int walk_from_ledger_record(struct ledger_sink *out, const struct obligation *o,
			    const struct decision_record *record)
{
	struct mark m = {
		.obligation = o->id,
		.round = o->round,
		.repetition = record->firing.repetition,
		.decision = record->decision,
		.at = record->firing.open,
		.decided = out->sink.now,
		.retry_at = record->retry_at,
		.late = record->late,
		.owed = record->owed,
		.absence = record->away.absence,
	};
	int r = decision_post(&out->sink, plan_deadline(out->e->plan, deadline_id(o->deadline)), o,
			      record, &m.message);

	if (r < 0)
		return r;
	snprintf(m.step, sizeof(m.step), "%s", record->step->text);
	snprintf(m.reason, sizeof(m.reason), "%s", record->reason);
	recipient_id_of(record->to, m.recipient);
	return ledger_put_mark(out->e->ledger, &m);
}
