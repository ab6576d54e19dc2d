/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A change of a deadline as a whole, or its return, is one item, whatever the recipient owes in it: their own
 * measures are looked up as it leaves, so that it names none which was answered meanwhile. Of a change of one
 * obligation it is that one, when it is theirs. Of a paper that was frozen: is it still to be handed in?
 */
#include "engine/content/own.h"

#include <errno.h>
#include <stdlib.h>

#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "engine/outbox/absence.h"
#include "ledger/lists.h"

/* Whose, in what. */
struct owing {
	struct engine *e;
	const struct person *person;
	const struct deadline *d;
	const struct content_item *item;
	const struct absences *absences;
	struct instant now;
};

/* Is it among what the item is about? What stands on a day of its own is none of the deadline's change. */
static bool is_meant(const struct content_item *item, const struct obligation *o)
{
	return item->obligation.n ? o->id.n == item->obligation.n
				  : civil_equal(o->papers, item->papers);
}

/* Who is asked for it today: who owes it, or stands in for them. */
static const struct person *asked_for(const struct owing *owing, const struct person *owes)
{
	return owes ? absences_find(owing->absences, owing->e->plan, owes, zone_date(owing->now)).to
		    : NULL;
}

static bool is_own(const struct owing *owing, const struct obligation *o)
{
	const struct plan *plan = owing->e->plan;
	const struct person *owes = walk_owes(plan, owing->d, o);

	return o->phase == PHASE_LIVE && is_meant(owing->item, o) &&
	       (owes == owing->person || asked_for(owing, owes) == owing->person) &&
	       (!o->measure[0] || plan_measure(plan, measure_id(o->measure)));
}

/* What was returned is open anew, and so is what goes on to the next body: it may be answered before its window
 * too. */
static bool is_answerable(const struct owing *owing, const struct obligation *o)
{
	return owing->item->what == ITEM_RETURNED || owing->item->what == ITEM_PASSED ||
	       instant_compare(o->opens_at, owing->now) <= 0;
}

/* Those of the list, which has the deliverable first; returns how many. */
static size_t pick(const struct owing *owing, const struct obligations *all,
		   struct content_item *item, struct content_owed *own)
{
	struct content_owed deliverable = { .obligation = obligation_id(0) };
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct obligation *o = &all->list[i];
		const struct measure *m = plan_measure(owing->e->plan, measure_id(o->measure));
		const bool answerable = is_answerable(owing, o);
		const struct person *owes;

		if (!is_own(owing, o))
			continue;
		owes = walk_owes(owing->e->plan, owing->d, o);
		if (owes != owing->person)
			item->own_for = owes->name;
		if (m)
			own[count++] = (struct content_owed){ o->id,	       m->id,
							      m->title,	       owing->d->require,
							      m->effect_given, answerable };
		else
			deliverable = (struct content_owed){ .obligation = o->id,
							     .title = owing->d->title,
							     .answerable = answerable };
	}
	if (deliverable.obligation.n)
		own[count++] = deliverable;
	return count;
}

int content_own(struct engine *e, const struct person *person, struct instant now,
		struct content_item *item, struct content_owed **ret_own)
{
	const bool changed = item->what == ITEM_MOVED || item->what == ITEM_RETURNED ||
			     item->what == ITEM_PASSED || item->what == ITEM_FROZEN;
	struct owing owing = { e, person, NULL, item, NULL, now };
	struct absences *absences;
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct content_owed *own;
	int r;

	if (!changed || !person || !item->deadline.text)
		return 0;
	owing.d = plan_deadline(e->plan, item->deadline);
	r = list_of_deadline(e->ledger, item->deadline, &all);
	if (r < 0)
		return r;
	own = calloc(all.count + 1, sizeof(*own));
	if (!own)
		return -ENOMEM;
	item->own = *ret_own = own;
	r = absences_new(&absences, e, now);
	if (r < 0)
		return r;
	owing.absences = absences;
	item->own_count = pick(&owing, &all, item, own);
	absences_free(absences);
	return 0;
}
