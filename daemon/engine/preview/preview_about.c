/* SPDX-License-Identifier: Apache-2.0 */
/* What a preview is about: what it was told, or the first of its kind that there is. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "engine/preview/internal.h"

static const struct instant the_end = { INT64_MAX };

/* ---- what --item names --------------------------------------------------------------------------- */

static const char *named(const struct previewing *p)
{
	return p->asked->item;
}

/* Of a series the occurrence that an event would mean. */
static int find_deadline(struct previewing *p, const struct deadline *d)
{
	char id[ITEM_ID];
	bool found;
	int r = series_resolve(p->e, d->id, true, id, &found);

	if (r < 0)
		return r;
	p->deadline = found ? plan_deadline(p->e->plan, deadline_id(id)) : NULL;
	if (p->deadline)
		return 0;
	return (int)reject(p->why, REJECT_BAD_DATA, "%s has no occurrence yet", d->id.text);
}

static int find_channel(struct previewing *p)
{
	const struct plan *plan = p->e->plan;

	for (size_t i = 0; i < plan->channel_count; i++)
		if (plan->channels[i].type != CHANNEL_MAIL &&
		    (!named(p) || strcmp(plan->channels[i].name, named(p)) == 0)) {
			p->channel = &plan->channels[i];
			return 0;
		}
	return (int)reject(p->why, named(p) ? REJECT_UNKNOWN_SUBJECT : REJECT_BAD_DATA,
			   named(p) ? "there is no channel %s in the configuration: check the name"
				    : "the configuration has no channel besides mail%s",
			   named(p) ? named(p) : "");
}

int preview_find_named(struct previewing *p)
{
	const struct deadline *d;

	if (p->kind->about == ABOUT_CHANNEL)
		return find_channel(p);
	if (!named(p) || p->kind->about == ABOUT_NOTHING)
		return 0;
	p->measure = plan_measure(p->e->plan, measure_id(named(p)));
	d = plan_deadline(p->e->plan, deadline_id(named(p)));
	if (p->measure)
		return 0;
	if (d)
		return find_deadline(p, d);
	return (int)reject(p->why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure or deadline %s in the plan: check the id",
			   named(p));
}

/* ---- the rest ------------------------------------------------------------------------------------ */

static int add_live(void *userdata, const struct obligation *o)
{
	struct obligations *all = userdata;
	int r = o->phase == PHASE_LIVE ? array_grow(&all->list, all->count, &all->room) : 0;

	if (r == 0 && o->phase == PHASE_LIVE)
		all->list[all->count++] = *o;
	return r;
}

/* Of all that is owed the soonest, but for what this person owes. */
static int add_soonest(struct previewing *p, struct obligations *ret)
{
	struct obligation *batch = calloc(PREVIEW_LOOK, sizeof(*batch));
	const char *owner = p->to.person ? p->to.person->id.text : "";
	int r = 0, count;

	if (!batch)
		return -ENOMEM;
	count = ledger_obligations_due(p->e->ledger, the_end, batch, PREVIEW_LOOK);
	for (int i = 0; r == 0 && i < count; i++)
		if (strcmp(batch[i].owner, owner) != 0)
			r = add_live(ret, &batch[i]);
	free(batch);
	p->cut = count == PREVIEW_LOOK;
	return count < 0 ? count : r;
}

static int by_next(const void *a, const void *b)
{
	const struct obligation *x = a, *y = b;

	return instant_compare(x->next_at, y->next_at);
}

int preview_candidates(struct previewing *p, struct obligations *ret)
{
	const struct civil_date ever = { 0 };
	struct ledger *l = p->e->ledger;
	int r = 0;

	if (p->measure)
		r = ledger_obligations_of_measure(l, p->measure->id, add_live, ret);
	else if (p->deadline)
		r = ledger_obligations_of_deadline(l, p->deadline->id, add_live, ret);
	else if (p->to.person)
		r = ledger_obligations_of_owner(l, p->to.person->id, ever, add_live, ret);
	if (r >= 0 && !p->measure && !p->deadline)
		r = add_soonest(p, ret);
	if (r < 0 || ret->count == 0)
		return r;
	qsort(ret->list, ret->count, sizeof(*ret->list), by_next);
	p->cut |= ret->count > PREVIEW_LOOK;
	if (ret->count > PREVIEW_LOOK)
		ret->count = PREVIEW_LOOK;
	return 0;
}

/* The soonest; what the reader owes before what others do. */
static bool is_better(const struct previewing *p, const struct obligation *o)
{
	const struct person *reader = p->to.person;
	const bool own = reader && strcmp(o->owner, reader->id.text) == 0;
	const bool best_own = reader && strcmp(p->o.owner, reader->id.text) == 0;

	if (!p->o.id.n || own != best_own)
		return !p->o.id.n || own;
	return civil_compare(o->papers, p->o.papers) < 0;
}

static int find_obligation(struct previewing *p)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	const bool whole = p->kind->what == ITEM_RETURNED; /* only a deliverable */
	const bool measured = p->kind->what == ITEM_UNASSIGNED;
	int r = preview_candidates(p, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		const struct obligation *o = &all.list[i];

		if (plan_deadline(p->e->plan, deadline_id(o->deadline)) &&
		    (!whole || !o->measure[0]) && (!measured || o->measure[0]) && is_better(p, o))
			p->o = *o;
	}
	if (r < 0)
		return r;
	if (!p->o.id.n)
		return (int)reject(p->why, REJECT_BAD_DATA,
				   named(p) ? "nobody owes an answer about %s now%s"
					    : "nobody owes an answer now%s%s",
				   named(p) ? named(p) : "",
				   whole ? " that could be returned" : "");
	p->deadline = plan_deadline(p->e->plan, deadline_id(p->o.deadline));
	p->measure = p->o.measure[0] ? plan_measure(p->e->plan, measure_id(p->o.measure)) : NULL;
	return 0;
}

/* What the reader owns, else the first; one with a planned effect where that is spoken of. */
static int find_measure(struct previewing *p)
{
	const struct plan *plan = p->e->plan;
	const bool effect = p->kind->what == ITEM_EFFECT_BELOW;
	const struct measure *first = NULL;

	if (p->deadline)
		return (int)reject(p->why, REJECT_BAD_DATA,
				   "%s is a deadline, and %s is said of a measure", named(p),
				   p->kind->name);
	for (size_t i = 0; !p->measure && i < plan->measure_count; i++) {
		const struct measure *m = &plan->measures[i];

		if (effect && measure_effect(m, zone_year(p->now)).value <= 0)
			continue;
		first = first ? first : m;
		if (p->to.person && m->owner == p->to.person)
			p->measure = m;
	}
	p->measure = p->measure ? p->measure : first;
	if (!p->measure)
		return (int)reject(p->why, REJECT_BAD_DATA, "the plan has no measure%s",
				   effect ? " with a planned effect" : "");
	return 0;
}

int preview_is_unbound(struct previewing *p, const struct deadline *d, bool *ret)
{
	struct deadline_row row;
	int r = series_standing(p->e->ledger, d, &row);

	*ret = r >= 0 && deadline_dates(p->e->plan, d, &row).provisional;
	return r < 0 ? r : 0;
}

/* Of the plan the first; where its meeting is spoken of as not set, the first of which that is so. */
static int find_first_deadline(struct previewing *p)
{
	const struct plan *plan = p->e->plan;
	const bool unbound = p->kind->what == ITEM_UNBOUND, chain = p->kind->about == ABOUT_CHAIN;
	bool fits = false;
	int r = 1;

	if (p->measure)
		return (int)reject(p->why, REJECT_BAD_DATA,
				   "%s is a measure, and %s is said of a deadline", named(p),
				   p->kind->name);
	if (p->deadline && chain && !p->deadline->via_count)
		return (int)reject(p->why, REJECT_BAD_DATA, "%s passes no body before its own",
				   named(p));
	if (p->deadline)
		return 0;
	for (size_t i = 0; r >= 0 && !fits && i < plan->deadline_count; i++) {
		r = find_deadline(p, &plan->deadlines[i]);
		fits = r == 0 && (!chain || p->deadline->via_count);
		if (r == 0 && unbound)
			r = preview_is_unbound(p, p->deadline, &fits);
	}
	if (r < 0 || fits)
		return r < 0 ? r : 0;
	return (int)reject(p->why, REJECT_BAD_DATA,
			   unbound ? "no deadline is due at a meeting that is yet to be set"
			   : chain ? "no deadline passes a body before its own"
				   : "the plan has no deadline that has begun");
}

int preview_find_about(struct previewing *p)
{
	switch (p->kind->about) {
	case ABOUT_MEASURE:
		return find_measure(p);
	case ABOUT_DEADLINE:
	case ABOUT_CHAIN:
		return find_first_deadline(p);
	case ABOUT_OBLIGATION:
		return find_obligation(p);
	default:
		return 0;
	}
}
