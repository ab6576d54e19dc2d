/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's due obligations, one after the other: walk, post what the walk rules, record each
 * ruling as a mark, put the obligation back with its next instant. A slice at a time; the instant of
 * a pass is the caller's, the same for all its slices, so that what is late merges.
 */
#include "engine/remind.h"

#include <errno.h>
#include <stdlib.h>

#include "engine/ladder/decision_post.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/occurrences.h"
#include "engine/obligation/unbound.h"

struct recording {
	struct ledger_sink out;
	const struct obligation *o;
};

static int record(void *userdata, const struct decision_record *ruling)
{
	struct recording *rec = userdata;

	return walk_from_ledger_record(&rec->out, rec->o, ruling);
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

	if (r == -ENOENT)
		o->next_at = INSTANT_NONE;
	else if (r == 0)
		r = walk_on(w, deciding_at(o, now), record, &rec, &unreached);
	if (r < 0 && r != -ENOENT)
		return r;
	if (unreached) {
		r = decision_post_unreached(&rec.out.sink, plan_deadline(e->plan, o->deadline), o);
		if (r < 0)
			return r;
	}
	return ledger_put_obligation(e->ledger, o);
}

/* It is time for a deadline: a series goes on, or the month of its meeting is over. An occurrence may
 * be superseded at the same instant, so its series goes first, and the row is read again. */
int remind_deadline(struct engine *e, struct deadline_row *row, struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, row->id);
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	struct create_count born = { 0 };
	int r = 0;

	if (d && d->every.kind)
		return occurrences_update(e, d, now, &born);
	if (d && d->series) {
		r = occurrences_update(e, d->series, now, &born);
		if (r >= 0)
			r = ledger_deadline(e->ledger, d->id, row);
	}
	row->next_at = INSTANT_NONE;
	if (d && r >= 0)
		r = ledger_sink_open(&out, e, now);
	if (d && r >= 0)
		r = unbound_tell(&out.sink, d, row);
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

int remind_due(struct engine *e, struct instant now, size_t max, bool *ret_more)
{
	struct obligation *list = calloc(max, sizeof(*list));
	struct deadline_row *deadlines = calloc(max, sizeof(*deadlines));
	struct walk *w = NULL;
	int count = 0, deadline_count = 0, r = list && deadlines ? 0 : -ENOMEM;

	if (r == 0)
		r = walk_from_ledger_new(e, now, &w);
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
