/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's due obligations, one after the other: walk, post what the walk rules, record each
 * record as a mark, put the obligation back with its next instant. A slice at a time; the instant of
 * a pass is the caller's, the same for all its slices, so that what is late merges.
 */
#include "engine/remind.h"

#include <errno.h>
#include <stdlib.h>

#include "engine/ladder/decision_post.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/light_alert.h"
#include "engine/obligation/occurrences.h"
#include "engine/obligation/state.h"
#include "engine/obligation/unbound.h"
#include "engine/outbox/away.h"
#include "engine/outbox/post.h"

struct recording {
	struct ledger_sink out;
	const struct obligation *o;
};

static int record(void *userdata, const struct decision_record *record)
{
	struct recording *rec = userdata;

	return walk_from_ledger_record(&rec->out, rec->o, record);
}

/* The instant an obligation is decided at: the one it was due at, unless that is long past. */
static struct instant deciding_at(const struct obligation *o, struct instant now)
{
	return instant_since(now, o->next_at).us <= WALK_GRACE.us ? o->next_at : now;
}

static int decide_obligation(struct engine *e, struct walk *w, struct obligation *o,
			     struct instant now)
{
	struct recording rec = { ledger_sink_with(e, walk_absences(w), now), o };
	bool unreached = false;
	int r = walk_from_ledger_begin(e, w, o);

	if (r == WALK_NOTHING)
		obligation_looked_at(o, INSTANT_NONE);
	else if (r == 0)
		r = walk_on(w, deciding_at(o, now), record, &rec, &unreached);
	if (r < 0)
		return r;
	if (unreached) {
		r = decision_post_unreached(&rec.out.sink,
					    plan_deadline(e->plan, deadline_id(o->deadline)), o);
		if (r < 0)
			return r;
	}
	return ledger_put_obligation(e->ledger, o);
}

int remind_series(struct engine *e, struct series_row *row, struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(row->id));
	struct create_count born = { 0 };

	if (d && d->every.kind)
		return occurrences_update(e, d, now, &born);
	row->next_at = INSTANT_NONE; /* it left the plan */
	return ledger_put_series(e->ledger, row);
}

/* Of the measures that have a meeting of their own: those whose month has ended without it. */
static int tell_own_unbound(struct engine *e, struct sink *sink, const struct deadline *d,
			    struct deadline_row *row)
{
	struct own_meetings own __attribute__((cleanup(own_meetings_done))) = { 0 };
	int r = own_meetings_of(e->ledger, d->id, &own);

	for (size_t i = 0; r >= 0 && !deadline_is_closed(row) && i < own.count; i++) {
		if (instant_compare(unbound_own_at(e->plan, d, &own.list[i]), sink->now) > 0)
			continue;
		r = unbound_tell_own(sink, d, &own.list[i]);
		if (r >= 0)
			r = ledger_put_own_meeting(e->ledger, &own.list[i]);
	}
	own_meetings_look(e->plan, d, &own, row);
	return r;
}

/* An occurrence may be superseded at the same instant, so its series goes first, and the row is read
 * again. */
int remind_deadline(struct engine *e, struct deadline_row *row, struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(row->id));
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	struct create_count born = { 0 };
	struct chain chain;
	int r = 0;

	if (d && d->series) {
		r = occurrences_update(e, d->series, now, &born);
		if (r >= 0)
			r = ledger_deadline(e->ledger, d->id, row);
	}
	deadline_look_at(row, INSTANT_NONE);
	if (d && r >= 0)
		r = ledger_sink_open(&out, e, now);
	if (d && r >= 0)
		r = chain_load(e->ledger, d, &chain);
	if (d && r >= 0)
		r = unbound_tell(&out.sink, e->ledger, d, row, &chain);
	if (d && r >= 0)
		r = chain_put(e->ledger, &chain);
	if (d && r >= 0)
		r = tell_own_unbound(e, &out.sink, d, row);
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

/* Each kind of thing that is due: at most max of them. Returns how many there were. */

static int remind_each_series(struct engine *e, struct instant now, size_t max)
{
	struct series_row *list = calloc(max, sizeof(*list));
	int count = list ? ledger_series_due(e->ledger, now, list, max) : -ENOMEM, r = 0;

	for (int i = 0; r >= 0 && i < count; i++)
		r = remind_series(e, &list[i], now);
	free(list);
	return r < 0 ? r : count;
}

static int remind_deadlines(struct engine *e, struct instant now, size_t max)
{
	struct deadline_row *list = calloc(max, sizeof(*list));
	int count = list ? ledger_deadlines_due(e->ledger, now, list, max) : -ENOMEM, r = 0;

	for (int i = 0; r >= 0 && i < count; i++)
		r = remind_deadline(e, &list[i], now);
	free(list);
	return r < 0 ? r : count;
}

/* The rounds' marks, and what a reminder to whoever owes it, at the instant of the step, would join. */
static int prefetch(struct engine *e, const struct obligation *list, int count, struct instant now)
{
	int r = 0;

	for (int i = 0; r == 0 && ledger_prefetches(e->ledger) && i < count; i++) {
		const struct obligation *o = &list[i];
		const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
		const struct person *owes = d ? walk_owes(e->plan, d, o) : NULL;

		if (!owes || o->phase != PHASE_LIVE)
			continue;
		r = ledger_prefetch_marks(e->ledger, o->id, o->round);
		if (r == 0)
			r = post_prefetch(e, owes, ITEM_OWED, deciding_at(o, now));
	}
	return r;
}

static int remind_obligations(struct engine *e, struct instant now, size_t max)
{
	struct obligation *list = calloc(max, sizeof(*list));
	struct walk *w = NULL;
	int count = list ? ledger_obligations_due(e->ledger, now, list, max) : -ENOMEM;
	int r = count > 0 ? walk_from_ledger_new(e, now, &w) : 0;

	if (r >= 0 && count > 0)
		r = prefetch(e, list, count, now);
	for (int i = 0; r >= 0 && i < count; i++)
		r = decide_obligation(e, w, &list[i], now);
	walk_free(w);
	free(list);
	return r < 0 ? r : count;
}

static int remind_lights(struct engine *e, struct instant now, size_t max)
{
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	struct measure_place place = MEASURE_PLACE_FIRST;
	struct measure_row *list = calloc(max, sizeof(*list));
	int count = list ? ledger_measures_timed(e->ledger, now, &place, list, max) : -ENOMEM;
	int r = count > 0 ? ledger_sink_open(&out, e, now) : 0;

	for (int i = 0; i < count; i++) {
		const struct measure *m = plan_measure(e->plan, measure_id(list[i].id));

		if (!m)
			list[i].light_at = INSTANT_NONE; /* it left the plan */
		else if (r >= 0)
			r = light_alert(e, &out.sink, m, &list[i]);
		if (r >= 0)
			r = ledger_put_measure(e->ledger, &list[i]);
		measure_row_done(&list[i]);
	}
	free(list);
	return r < 0 ? r : count;
}

static int remind_away(struct engine *e, struct instant now, size_t max)
{
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	struct away_row *list = calloc(max, sizeof(*list));
	int count = list ? ledger_away_due(e->ledger, now, person_id(""), list, max) : -ENOMEM;
	int r = count > 0 ? ledger_sink_open(&out, e, now) : 0;

	for (int i = 0; r >= 0 && i < count; i++) {
		r = away_look(&out, &list[i]);
		if (r >= 0)
			r = ledger_put_away(e->ledger, &list[i]);
	}
	free(list);
	return r < 0 ? r : count;
}

int remind_due(struct engine *e, struct instant now, size_t max, bool *ret_more)
{
	/* In this order: that somebody is away is told before what waits because of it, and who is superseded is
	 * asked no more. */
	static int (*const kinds[])(struct engine * e, struct instant now, size_t max) = {
		remind_away,	    remind_each_series, remind_deadlines,
		remind_obligations, remind_lights,
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		int count = kinds[i](e, now, max);

		if (count < 0)
			return count;
		*ret_more = (size_t)count == max;
		if (*ret_more)
			return 0;
	}
	return 0;
}
