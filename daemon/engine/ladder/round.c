/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is so in a round, at any instant: nothing here decides. Who has promised an answer is left alone
 * until that day, and then reminded once: that is a firing of its own, "seen", whose repetition is the
 * promise's seq.
 */
#include "engine/ladder/internal.h"

#include "base/array.h"
#include "base/zone.h"

static const struct step seen_step = { .text = WALK_SEEN };

const struct step *round_step_of(const struct walk *w, size_t firing)
{
	unsigned step = w->firings[firing].step;

	return step == SEEN_STEP ? &seen_step : &w->deadline->ladder->steps[step];
}

const struct promised *round_promise_of(const struct walk *w, size_t firing)
{
	for (size_t i = 0; w->firings[firing].step == SEEN_STEP && i < w->promise_count; i++)
		if (w->promises[i].seq == w->firings[firing].repetition)
			return &w->promises[i];
	return NULL;
}

const struct promised *round_promised_until(const struct walk *w, struct recipient to,
					    struct civil_date day)
{
	for (size_t i = 0; to.person && i < w->promise_count; i++)
		if (w->promises[i].person == to.person &&
		    civil_compare(day, w->promises[i].answer_by) <= 0)
			return &w->promises[i];
	return NULL;
}

int round_hold(struct walk *w, size_t firing, struct recipient to, struct instant retry_at,
	       bool absent)
{
	int r = array_grow(&w->held, w->held_count, &w->held_room);

	if (r == 0)
		w->held[w->held_count++] = (struct held){ firing, to, retry_at, absent };
	return r;
}

const struct recipient_list *round_resolve(struct walk *w, size_t firing)
{
	const struct recipient_context context = { w->owes, w->deadline->responsible };
	const struct promised *promise = round_promise_of(w, firing);
	const struct step *s = round_step_of(w, firing);

	w->recipients.count = 0;
	if (promise)
		recipient_add_one(&w->recipients, (struct recipient){ .person = promise->person });
	recipient_add(&w->recipients, w->plan, s->to, s->to_count, &context);
	return &w->recipients;
}

bool round_is_owed_by(const struct walk *w, size_t firing, struct recipient to,
		      struct civil_date day)
{
	if (!to.person)
		return false;
	return to.person == w->owes || round_step_of(w, firing) == &seen_step ||
	       to.person == absences_find(w->absences, w->plan, w->owes, day).to;
}

bool round_is_in_time(const struct walk *w, size_t firing)
{
	const struct firing *f = &w->firings[firing];

	return civil_compare(zone_date(f->at), w->o->base) > 0 &&
	       instant_compare(f->open, w->o->late_at) < 0;
}

bool round_is_silent(const struct walk *w, size_t firing)
{
	return w->o->round > 1 && instant_compare(w->firings[firing].open, w->o->known_at) < 0;
}

bool round_is_late(const struct walk *w, size_t firing, struct instant when)
{
	struct instant open = w->firings[firing].open;

	return instant_compare(open, w->o->known_at) < 0 ||
	       instant_since(when, open).us > WALK_GRACE.us;
}

struct stand_in round_find_away(const struct walk *w, struct recipient to, struct civil_date day)
{
	return absences_find(w->absences, w->plan, to.person, day);
}
