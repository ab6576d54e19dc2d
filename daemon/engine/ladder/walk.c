/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ladder of an obligation is a row of firings in time order. A firing is decided once in a round,
 * for all its recipients together; a mark of the round says so. What remains open after that is only
 * what is held: an escalation waits until whoever owes the answer has been reached.
 *
 *   firing is past    →  round 1: the last past one for each person is sent late, the rest merge
 *                        later rounds: it merges silently, an extension is no reason to nag
 *   firing is due     →  to the one who owes it, or stands in: sent
 *                        to anyone else: sent, or held while nobody was reached
 *   firing is ahead   →  the obligation's next_at
 *
 * Who is away gives their place to a deputy, or is held until they are back. Who has promised an
 * answer is left alone until that day, and then reminded once.
 *
 * Here a walk begins, hears what is known of its round, and goes on; ladder/internal.h says what the
 * other files do.
 */
#include "engine/ladder/walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/ladder/internal.h"
#include "engine/obligation/state.h"

int walk_new(struct walk **ret, const struct plan *plan, struct absences *absences)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (!w) {
		absences_free(absences);
		return -ENOMEM;
	}
	w->plan = plan;
	w->absences = absences;
	*ret = w;
	return 0;
}

struct walk *walk_free(struct walk *w)
{
	if (w) {
		firing_cache_clear(w);
		absences_free(w->absences);
		free(w->held);
		free(w->candidates);
		free(w);
	}
	return NULL;
}

void walk_hold(struct walk *w)
{
	w->on_hold = true;
}

const struct absences *walk_absences(const struct walk *w)
{
	return w->absences;
}

const struct person *walk_owes(const struct plan *plan, const struct deadline *deadline,
			       const struct obligation *o)
{
	return o->measure[0] ? plan_person(plan, person_id(o->owner)) : deadline->responsible;
}

int walk_begin(struct walk *w, const struct deadline *deadline, struct obligation *o)
{
	int r = firing_cache_find(w, deadline->ladder, o->base);

	if (r < 0)
		return r;
	w->deadline = deadline;
	w->o = o;
	w->owes = walk_owes(w->plan, deadline, o);
	w->tried = false;
	w->held_count = 0;
	w->promise_count = 0;
	memset(w->decided, 0, w->firing_count);
	return 0;
}

struct civil_date walk_promised_until(const struct obligation *o, const struct promise *promise)
{
	return civil_compare(promise->answer_by, o->papers) <= 0 ? promise->answer_by : o->papers;
}

int walk_promise(struct walk *w, const struct promise *promise)
{
	const struct ladder *ladder = w->deadline->ladder;
	const struct calendar *c = w->plan->calendar;
	struct civil_date until = walk_promised_until(w->o, promise);
	struct civil_date day = calendar_forward(c, civil_add(until, 1));
	struct firing f = { .step = SEEN_STEP, .repetition = (unsigned)promise->seq };
	const struct person *person = plan_person(w->plan, person_id(promise->person));
	size_t to = w->firing_count;

	if (!person || w->promise_count == PROMISES_MAX)
		return 0;
	w->promises[w->promise_count++] = (struct promised){ person, until, f.repetition };
	f.at = zone_instant(day, ladder->time);
	f.open = calendar_next_open(c, f.at);
	if (w->firings != w->own)
		memcpy(w->own, w->firings, w->firing_count * sizeof(*w->own));
	w->firings = w->own;
	/* Before a step of the same instant, so that it merges into that. */
	for (; to > 0 && instant_compare(w->own[to - 1].at, f.at) >= 0; to--)
		w->own[to] = w->own[to - 1];
	w->own[to] = f;
	w->decided[w->firing_count++] = false;
	return 0;
}

static bool is_reached(const struct walk *w)
{
	return w->o->reached_round >= w->o->round;
}

void walk_reached(struct walk *w, struct instant at)
{
	if (is_reached(w) && instant_compare(w->o->reached_at, at) <= 0)
		return;
	w->o->reached_round = w->o->round;
	w->o->reached_at = at;
}

bool walk_is_stuck(const struct walk *w)
{
	for (size_t i = 0; i < w->firing_count; i++)
		if (!w->decided[i])
			return false;
	for (size_t i = 0; i < w->held_count; i++)
		if (w->held[i].absent)
			return false;
	return !is_reached(w);
}

/* Was it decided since its owner took it over? What was sent before reached somebody else. */
static bool is_since_assigned(const struct walk *w, const struct mark *mark)
{
	return instant_is_none(w->o->assigned_at) ||
	       instant_compare(mark->decided, w->o->assigned_at) >= 0;
}

int walk_mark(struct walk *w, const struct mark *mark)
{
	struct recipient to;

	if (mark->round != w->o->round)
		return 0;
	for (size_t i = 0; i < w->firing_count; i++) {
		if (w->firings[i].repetition != mark->repetition ||
		    strcmp(round_step_of(w, i)->text, mark->step) != 0)
			continue;
		w->decided[i] = true;
		if (!w->owes || !recipient_find(w->plan, recipient_id(mark->recipient), &to))
			break;
		if (mark->decision == DECISION_HELD)
			return round_hold(w, i, to, mark->retry_at, mark->absence != 0);
		w->tried |= mark->decision == DECISION_SENT && !mark->accepted && mark->owed &&
			    is_since_assigned(w, mark);
		break;
	}
	return 0;
}

bool walk_has_tried(const struct walk *w)
{
	return w->tried;
}

int walk_on(struct walk *w, struct instant when, decision_fn decided, void *userdata,
	    bool *ret_unreached)
{
	struct instant next = INSTANT_NONE;
	const struct deciding d = { when,    calendar_next_open(w->plan->calendar, when),
				    &next,   ret_unreached,
				    decided, userdata };
	bool asked = false;
	int r;

	*ret_unreached = false;
	if (!w->owes) {
		obligation_looked_at(w->o, INSTANT_NONE);
		return 0;
	}
	w->reached = is_reached(w) && instant_compare(w->o->reached_at, when) < 0;
	r = candidates_gather(w, &d);
	for (size_t i = 0; r >= 0 && i < w->candidate_count; i++) {
		struct decision_record record;

		r = decide_candidate(w, &d, &w->candidates[i], &record);
		if (r >= 0)
			r = decided(userdata, &record);
		asked |= record.owed && record.decision == DECISION_SENT;
	}
	if (r < 0)
		return r;
	w->tried |= asked;
	obligation_looked_at(w->o, next);
	return 0;
}

int walk_rest(struct walk *w, enum decision decision, const char *reason, decision_fn decided,
	      void *userdata)
{
	const struct decision_for_all all = { decision, reason, decided, userdata };
	int r = 0;

	if (!w->owes)
		return 0;
	for (size_t i = 0; r >= 0 && i < w->firing_count; i++)
		if (!w->decided[i])
			r = decide_for_all(w, i, &all);
	for (size_t i = 0; r >= 0 && i < w->held_count; i++) {
		struct decision_record record =
			decision_record_new(w, w->held[i].firing, w->held[i].to);

		record.decision = decision;
		snprintf(record.reason, sizeof(record.reason), "%s", reason);
		r = decided(userdata, &record);
	}
	w->held_count = 0;
	return r;
}

unsigned walk_repeated(const char *step, unsigned repetition)
{
	return strcmp(step, WALK_SEEN) == 0 ? 0 : repetition;
}
