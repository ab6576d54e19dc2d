/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A change of a deadline as a whole, or its return, is one item, whatever the recipient owes in it: their own
 * measures are looked up as it leaves, so that it names none which was answered meanwhile.
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
	struct civil_date papers; /* the deadline's: what stands on a day of its own is left out */
	const struct absences *absences;
	struct civil_date today;
};

/* Who is asked for it today: who owes it, or stands in for them. */
static const struct person *asked_for(const struct owing *owing, const struct person *owes)
{
	return owes ? absences_find(owing->absences, owing->e->plan, owes, owing->today).to : NULL;
}

static bool is_own(const struct owing *owing, const struct obligation *o)
{
	const struct plan *plan = owing->e->plan;
	const struct person *owes = walk_owes(plan, owing->d, o);

	return o->phase == PHASE_LIVE && civil_equal(o->papers, owing->papers) &&
	       (owes == owing->person || asked_for(owing, owes) == owing->person) &&
	       (!o->measure[0] || plan_measure(plan, measure_id(o->measure)));
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
		const struct person *owes;

		if (!is_own(owing, o))
			continue;
		owes = walk_owes(owing->e->plan, owing->d, o);
		if (owes != owing->person)
			item->own_for = owes->name;
		if (m)
			own[count++] = (struct content_owed){ o->id, m->id, m->title };
		else
			deliverable =
				(struct content_owed){ o->id, measure_id(NULL), owing->d->title };
	}
	if (deliverable.obligation.n)
		own[count++] = deliverable;
	return count;
}

int content_own(struct engine *e, const struct person *person, struct instant now,
		struct content_item *item, struct content_owed **ret_own)
{
	const bool whole =
		(item->what == ITEM_MOVED || item->what == ITEM_RETURNED) && !item->obligation.n;
	struct owing owing = { e, person, NULL, item->papers, NULL, zone_date(now) };
	struct absences *absences;
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct content_owed *own;
	int r;

	if (!whole || !person || !item->deadline.text)
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
