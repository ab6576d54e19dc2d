/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/measure.h"

#include "base/zone.h"
#include "engine/obligation/done_by.h"
#include "ledger/lists.h"

/* Where the owner may answer of the measure: of what is asked for now, the one whose papers come first. */
static int find_answer(const struct content_reading *r, const struct measure *m,
		       struct content_item *ni)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int error = list_of_measure(r->e->ledger, m->id, &all);

	for (size_t i = 0; error >= 0 && i < all.count; i++) {
		const struct obligation *o = &all.list[i];
		const struct deadline *d = plan_deadline(r->e->plan, deadline_id(o->deadline));

		if (!d || o->phase != PHASE_LIVE || instant_compare(o->opens_at, r->now) > 0 ||
		    (ni->answer_in.text && civil_compare(ni->answer_papers, o->papers) <= 0))
			continue;
		ni->answer_in = d->id;
		ni->answer_papers = o->papers;
	}
	return error < 0 ? error : 0;
}

int content_measure(const struct content_reading *r, struct measure_id id, struct content_item *ni)
{
	const struct measure *m = plan_measure(r->e->plan, id);
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	const struct person *owner;
	int read;

	if (!m)
		return 0;
	read = ledger_measure(r->e->ledger, id, &row);
	if (read < 0)
		return read;
	ni->measure = m->id;
	ni->measure_title = m->title;
	if (!ni->decision && m->decision[0])
		ni->decision = m->decision;
	owner = plan_person(r->e->plan, person_id(row.owner));
	if (!ni->deadline.text && owner)
		ni->owner = owner->name;
	ni->status = row.status;
	ni->status_at = row.status == STATUS_NONE ? INSTANT_NONE : row.time;
	ni->progress = row.progress;
	ni->effect_achieved = row.effect_achieved;
	ni->effect_planned = measure_effect(m, zone_year(r->now));
	ni->effect_forecast = row.effect_forecast;
	ni->done_by = row.done_by;
	ni->done_by_before = row.done_by_original;
	ni->done_by_provisional = done_by_is_provisional(&row);
	ni->done_forecast = row.done_forecast;
	ni->is_own = owner && owner == r->reader;
	return ni->is_own && ni->what == ITEM_LIGHT ? find_answer(r, m, ni) : 0;
}
