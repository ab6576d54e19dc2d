/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of each firing that is due, and of what was held until now, every recipient is considered: one who
 * has promised an answer is left alone, one who is away gives their place to a deputy or is held, and
 * the rest are candidates. A firing that was past before the round began, or before its owner took it
 * over, merges silently; a late one waits for open hours.
 */
#include "engine/ladder/internal.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"

/* One who stands in may be named by the step besides: they get it once. */
static int add_candidate(struct walk *w, const struct candidate *c)
{
	int r;

	for (struct candidate *k = w->candidates; k < w->candidates + w->candidate_count; k++)
		if (k->firing == c->firing && recipient_same(k->to, c->to)) {
			k->owed |= c->owed;
			k->stands_for = k->stands_for == c->stands_for ? k->stands_for : NULL;
			return 0;
		}
	r = array_grow(&w->candidates, w->candidate_count, &w->candidate_room);
	if (r == 0)
		w->candidates[w->candidate_count++] = *c;
	return r;
}

/* Past before its owner took it over: they were told so instead. */
static bool is_before_owner(const struct walk *w, size_t firing)
{
	return !instant_is_none(w->o->assigned_at) &&
	       instant_compare(w->firings[firing].open, w->o->assigned_at) < 0;
}

static int suppress_nobody(struct walk *w, const struct deciding *d, size_t firing)
{
	struct decision_record record = {
		.step = round_step_of(w, firing),
		.firing = w->firings[firing],
		.decision = DECISION_SUPPRESSED,
		.planned = INSTANT_NONE,
		.retry_at = INSTANT_NONE,
	};

	snprintf(record.reason, sizeof(record.reason),
		 "the step reaches nobody: %s has no manager or deputy named in the plan",
		 w->owes->id.text);
	return d->decided(d->userdata, &record);
}

/* They have promised an answer: nothing until that day. */
static int suppress_promised(struct walk *w, const struct deciding *d, size_t firing,
			     struct recipient to, const struct promised *promise)
{
	struct decision_record record = decision_record_new(w, firing, to);
	char date[CIVIL_TEXT];

	record.decision = DECISION_SUPPRESSED;
	snprintf(record.reason, sizeof(record.reason), "seen: an answer is promised by %s",
		 civil_format(promise->answer_by, date));
	return d->decided(d->userdata, &record);
}

/* The answer is in time still: nobody else is told of lateness. */
static int suppress_in_time(struct walk *w, const struct deciding *d, const struct candidate *c)
{
	struct decision_record record = decision_record_new(w, c->firing, c->to);
	char date[CIVIL_TEXT];

	record.decision = DECISION_SUPPRESSED;
	snprintf(record.reason, sizeof(record.reason),
		 "the answer is in time until %s: only who owes it is reminded",
		 civil_format(w->o->papers, date));
	return d->decided(d->userdata, &record);
}

/* They are away: it goes to who stands in, or is held until they are back. */
static int decide_away(struct walk *w, const struct deciding *d, const struct candidate *c,
		       const struct stand_in *away)
{
	struct decision_record record = decision_record_new(w, c->firing, c->to);
	int r = 0;

	record.decision = away->to ? DECISION_SUPPRESSED : DECISION_HELD;
	record.away = *away;
	absence_reason(away, record.reason, sizeof(record.reason));
	if (!away->to) {
		record.again = c->held;
		record.retry_at = calendar_next_open(
			w->plan->calendar, zone_instant(away->back, w->deadline->ladder->time));
		*d->next = instant_min(*d->next, record.retry_at);
		r = round_hold(w, c->firing, c->to, record.retry_at, true);
	}
	return r < 0 ? r : d->decided(d->userdata, &record);
}

/* One recipient of a firing that is due, or that was held until now. */
static int consider(struct walk *w, const struct deciding *d, struct candidate c)
{
	struct civil_date today = zone_date(d->when);
	struct civil_date day = c.held ? today : zone_date(w->firings[c.firing].open);
	const struct promised *promise = round_promised_until(w, c.to, day);
	struct stand_in away = round_find_away(w, c.to, today);
	int r;

	c.owed = round_is_owed_by(w, c.firing, c.to, today);
	if (promise)
		return suppress_promised(w, d, c.firing, c.to, promise);
	if (!c.owed && round_is_in_time(w, c.firing))
		return suppress_in_time(w, d, &c);
	if (away.absence) {
		r = decide_away(w, d, &c, &away);
		if (r < 0 || !away.to)
			return r;
		c.stands_for = c.to.person;
		c.to.person = away.to;
		c.owed |= away.to == w->owes;
		promise = round_promised_until(w, c.to, day);
		if (promise)
			return suppress_promised(w, d, c.firing, c.to, promise);
	}
	return add_candidate(w, &c);
}

static int gather_firing(struct walk *w, const struct deciding *d, size_t firing)
{
	const struct recipient_list *list = round_resolve(w, firing);
	int r = 0;

	w->decided[firing] = true;
	for (size_t k = 0; r >= 0 && k < list->count; k++)
		r = consider(w, d, (struct candidate){ .firing = firing, .to = list->list[k] });
	return r >= 0 && list->count == 0 ? suppress_nobody(w, d, firing) : r;
}

static int gather_held(struct walk *w, const struct deciding *d)
{
	size_t count = w->held_count, kept = 0;
	int r = 0;

	/* What is held anew goes to the end. */
	for (size_t i = 0; r >= 0 && i < count; i++) {
		struct held h = w->held[i];
		struct instant at = instant_max(h.retry_at, d->open);

		if (instant_compare(at, d->when) > 0) {
			*d->next = instant_min(*d->next, at);
			w->held[kept++] = h;
			continue;
		}
		r = consider(
			w, d,
			(struct candidate){
				.firing = h.firing, .to = h.to, .held = true, .absent = h.absent });
	}
	if (w->held_count > count)
		memmove(w->held + kept, w->held + count,
			(w->held_count - count) * sizeof(*w->held));
	w->held_count -= count - kept;
	return r;
}

static int merge_past(struct walk *w, const struct deciding *d, size_t firing, const char *reason)
{
	return decide_for_all(
		w, firing,
		&(struct decision_for_all){ DECISION_MERGED, reason, d->decided, d->userdata });
}

int candidates_gather(struct walk *w, const struct deciding *d)
{
	int r = 0;

	w->candidate_count = 0;
	for (size_t i = 0; r >= 0 && i < w->firing_count; i++) {
		if (w->decided[i])
			continue;
		if (instant_compare(w->firings[i].open, d->when) > 0) {
			*d->next = instant_min(*d->next, w->firings[i].open);
			break;
		}
		if (round_is_silent(w, i))
			r = merge_past(w, d, i, "already past when this round began");
		else if (is_before_owner(w, i))
			r = merge_past(w, d, i, "already past when it was taken over");
		else if (round_is_late(w, i, d->when) && instant_compare(d->open, d->when) > 0)
			*d->next = instant_min(*d->next, d->open);
		else
			r = gather_firing(w, d, i);
	}
	return r < 0 ? r : gather_held(w, d);
}
