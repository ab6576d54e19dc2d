/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's due obligations, one after the other: walk, post what the walk rules, record each
 * ruling as a mark, put the obligation back with its next instant. A slice at a time; the instant of
 * a pass is the caller's, the same for all its slices, so that what is late merges.
 */
#include "engine/remind.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/away.h"
#include "engine/post.h"
#include "engine/succession.h"
#include "engine/walk.h"

struct recording {
	struct engine *e;
	const struct obligation *o;
	struct instant now;
};

static int post_ruling(const struct recording *rec, const struct ruling *ruling,
		       int64_t *ret_message)
{
	const struct obligation *o = rec->o;
	struct item item = {
		.obligation = o->id,
		.round = o->round,
		.repetition = ruling->firing.repetition,
		.what = ruling->owed ? ITEM_OWED : ITEM_ESCALATED,
		.late = ruling->late,
	};

	snprintf(item.deadline, sizeof(item.deadline), "%s", o->deadline);
	snprintf(item.measure, sizeof(item.measure), "%s", o->measure);
	snprintf(item.step, sizeof(item.step), "%s", ruling->step->text);
	return post_item(rec->e, ruling->to, &item, ruling->planned, rec->now, ret_message);
}

int remind_record(struct engine *e, const struct obligation *o, struct instant now,
		  const struct ruling *ruling)
{
	const struct recording rec = { e, o, now };
	struct mark m = {
		.obligation = o->id,
		.round = o->round,
		.repetition = ruling->firing.repetition,
		.decision = ruling->decision,
		.at = ruling->firing.open,
		.decided = now,
		.retry_at = ruling->retry_at,
		.late = ruling->late,
		.owed = ruling->owed,
		.absence = ruling->away.absence,
	};

	snprintf(m.step, sizeof(m.step), "%s", ruling->step->text);
	snprintf(m.reason, sizeof(m.reason), "%s", ruling->reason);
	recipient_id(ruling->to, m.recipient);
	if (ruling->decision == DECISION_SENT) {
		int r = post_ruling(&rec, ruling, &m.message);

		if (r < 0)
			return r;
	}
	if (ruling->decision == DECISION_HELD && ruling->away.absence) {
		int r = away_tell_step(e, ruling->to.person, &ruling->away, o, now);

		if (r < 0)
			return r;
	}
	return ledger_put_mark(e->ledger, &m);
}

int remind_new_walk(struct engine *e, struct instant now, struct walk **ret)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, e, now);

	return r < 0 ? r : walk_new(ret, e->plan, absences);
}

static int record(void *userdata, const struct ruling *ruling)
{
	const struct recording *rec = userdata;

	return remind_record(rec->e, rec->o, rec->now, ruling);
}

static int add_mark(void *userdata, const struct mark *m)
{
	return walk_mark(userdata, m);
}

static int add_promise(void *userdata, const struct promise *p)
{
	return walk_promise(userdata, p);
}

int remind_walk(struct engine *e, struct walk *w, struct obligation *o)
{
	const struct deadline *d = plan_deadline(e->plan, o->deadline);
	int r;

	if (!d || o->phase != PHASE_LIVE)
		return -ENOENT;
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
	struct message m;
	int r;

	if (item->moot || !item_reaches((enum item_what)item->what) || item->round != f->o->round)
		return 0;
	r = ledger_message(f->e->ledger, item->message, &m);
	if (r < 0 || m.state == MESSAGE_HELD)
		return r;
	if (m.state == MESSAGE_STARTED)
		m.next_attempt = f->now;
	m.next_attempt =
		calendar_next_open(f->e->plan->calendar, instant_max(m.next_attempt, f->now));
	f->accepted = instant_min(f->accepted, m.next_attempt);
	return 0;
}

int remind_foresee(struct engine *e, struct walk *w, struct obligation *o, struct instant now)
{
	struct foreseeing f = { e, o, now, INSTANT_NONE };
	int r = remind_walk(e, w, o);

	if (r < 0 || o->reached_round >= o->round ||
	    (!walk_has_tried(w) && instant_is_none(o->assigned_at)))
		return r;
	r = ledger_open_items(e->ledger, o->id, o->deadline, foresee_item, &f);
	if (r >= 0 && !instant_is_none(f.accepted))
		walk_reached(w, f.accepted);
	return r;
}

int remind_unreached(struct engine *e, const struct obligation *o, const char *answer,
		     struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, o->deadline);
	const struct person *owes = d ? walk_owes(e->plan, d, o) : NULL;
	struct recipient_list support = { .count = 0 };
	struct item item = { .obligation = o->id, .round = o->round, .what = ITEM_UNREACHED };

	if (!owes)
		return 0;
	snprintf(item.deadline, sizeof(item.deadline), "%s", o->deadline);
	snprintf(item.measure, sizeof(item.measure), "%s", o->measure);
	recipient_add_support(&support, e->plan);
	return post_with_detail(e, &support, &item,
				json_pack("{ss*ss}", "answer", answer, "person", owes->id), now);
}

/* The instant an obligation is decided at: the one it was due at, unless that is long past. */
static struct instant deciding_at(const struct obligation *o, struct instant now)
{
	return instant_since(now, o->next_at).us <= WALK_GRACE.us ? o->next_at : now;
}

static int decide_obligation(struct engine *e, struct walk *w, struct obligation *o,
			     struct instant now)
{
	struct recording rec = { e, o, now };
	bool unreached = false;
	int r = remind_walk(e, w, o);

	if (r == -ENOENT)
		o->next_at = INSTANT_NONE;
	else if (r == 0)
		r = walk_on(w, deciding_at(o, now), record, &rec, &unreached);
	if (r < 0 && r != -ENOENT)
		return r;
	if (unreached) {
		r = remind_unreached(e, o, NULL, now);
		if (r < 0)
			return r;
	}
	return ledger_put_obligation(e->ledger, o);
}

/* A deadline wants a look: a series goes on, or the month of its meeting is over, and the meeting never
 * came. */
int remind_deadline(struct engine *e, struct deadline_row *row, struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, row->id);
	struct recipient_list support = { .count = 0 };
	struct item item = { .what = ITEM_UNBOUND };
	struct born born = { 0 };
	int r = 0;

	if (d && d->every.kind)
		return succession_look(e, d, now, &born);
	row->next_at = INSTANT_NONE;
	if (d && !row->closed && civil_is_none(row->bound) && !row->unbound_told) {
		row->unbound_told = true;
		snprintf(item.deadline, sizeof(item.deadline), "%s", row->id);
		recipient_add_support(&support, e->plan);
		r = post_to_all(e, &support, &item, now);
	}
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

int remind_due(struct engine *e, struct instant now, size_t max, bool *ret_more)
{
	struct obligation *list = calloc(max, sizeof(*list));
	struct deadline_row *deadlines = calloc(max, sizeof(*deadlines));
	struct walk *w = NULL;
	int count = 0, deadline_count = 0, r = list && deadlines ? 0 : -ENOMEM;

	if (r == 0)
		r = remind_new_walk(e, now, &w);
	if (r == 0)
		r = deadline_count = ledger_deadlines_due(e->ledger, now, deadlines, max);
	for (int i = 0; r >= 0 && i < deadline_count; i++)
		r = remind_deadline(e, &deadlines[i], now);
	if (r >= 0 && deadline_count < (int)max) /* who is superseded is asked no more */
		r = count = ledger_obligations_due(e->ledger, now, list, max);
	for (int i = 0; r >= 0 && i < count; i++)
		r = decide_obligation(e, w, &list[i], now);
	walk_free(w);
	free(deadlines);
	free(list);
	if (r < 0)
		return r;
	*ret_more = (size_t)count == max || (size_t)deadline_count == max;
	return 0;
}
