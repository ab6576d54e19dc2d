/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every record of a walk that goes on to the end of the time asked about, or until the occurrence gives
 * way to the next. Each delivery succeeds, so a reminder reaches as it leaves.
 */
#include "engine/forecast/internal.h"

#include <errno.h>

#include "engine/ladder/decision_post.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/create.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/state.h"

#define COMING (-1) /* the id of an obligation still to be created, which is in no row */

static int add_decision(void *userdata, const struct decision_record *decision)
{
	struct forecast *f = userdata;
	struct message_id message;

	if (decision->decision == DECISION_SENT && decision->owed)
		walk_reached(f->walk, decision->planned);
	return decision_post(&f->sink, f->d, f->o, decision, &message);
}

/* The walk has begun: on to the end of the time asked about, or of the occurrence. */
static int walk_to(struct forecast *f, struct obligation *o, struct instant end)
{
	int r = 0;

	f->o = o;
	forecast_forget_notices(f);
	while (r >= 0 && instant_compare(o->next_at, end) < 0) {
		bool unreached;

		f->sink.now = instant_max(o->next_at, f->now);
		r = walk_on(f->walk, f->sink.now, add_decision, f, &unreached);
		if (r >= 0 && unreached)
			r = decision_post_unreached(&f->sink, f->d, o);
	}
	return r;
}

static int walk_known(struct forecast *f, struct obligation *o)
{
	const struct deadline *d;
	int r = walk_from_ledger_foresee(f->e, f->walk, o, f->now);

	if (r != 0)
		return r < 0 ? r : 0;
	d = plan_deadline(f->e->plan, deadline_id(o->deadline));
	if (d != f->d)
		forecast_turn_to(f, d, forecast_ends(f, d));
	return walk_to(f, o, instant_min(f->end, f->d_ends));
}

int forecast_add_obligation(struct forecast *f, struct obligation *o)
{
	return o->phase == PHASE_LIVE && instant_compare(o->next_at, f->end) < 0 ? walk_known(f, o)
										 : 0;
}

int forecast_obligations(struct forecast *f)
{
	int r = 0,
	    count = ledger_obligations_after(f->e->ledger, f->last_obligation, f->page, PAGE);

	for (int i = 0; r >= 0 && i < count; i++) {
		f->last_obligation = f->page[i].id;
		r = forecast_add_obligation(f, &f->page[i]);
	}
	if (count == 0)
		f->stage = STAGE_COMING;
	return count < 0 ? count : r < 0 ? r : 1;
}

/* ---- what comes -------------------------------------------------------------------------------- */

/* An obligation of one to come, as it will be created. */
static int walk_coming(struct forecast *f, const struct creation *b, struct measure_id measure,
		       const struct measure_row *row, struct instant end)
{
	struct instant created = instant_add(b->opens_at, (struct duration){ -SERIES_AHEAD.us });
	struct obligation o =
		creation_obligation(f->e->plan, b, measure, person_id(row ? row->owner : ""),
				    instant_max(created, f->now));
	int r = walk_begin(f->walk, b->d, &o);

	o.id = obligation_id(COMING);
	forecast_turn_to(f, b->d, end);
	return r < 0 ? r : walk_to(f, &o, end);
}

/* Support hears of its meeting if that is not known by then, and of the links of its chain. */
static int foresee_silence(struct forecast *f, const struct occurrence *next,
			   struct deadline_row row, struct instant end)
{
	struct deadline d = next->deadline;
	struct instant look = INSTANT_NONE;
	struct chain chain;
	int r = chain_foresee(f->e, &d, next->bound, f->now, &chain);

	if (r >= 0)
		r = chain_next_look(f->e->ledger, f->e->plan, &chain, &look);
	if (civil_is_none(next->bound))
		look = instant_min(look, due_month_over(&d));
	deadline_look_at(&row, look);
	return r < 0 ? r : forecast_unbound(f, &next->deadline, row, &chain, end);
}

/* Some of the measures that an occurrence to come asks, its deliverable first. */
static int walk_some(struct forecast *f, const struct series *s)
{
	const struct occurrence *next = &s->coming[f->coming];
	const struct instant end = instant_min(f->end, series_coming_ends(s, f->coming));
	struct deadline_row row = deadline_row_new(deadline_id(next->id));
	struct creation b;
	int r = 0;

	row.bound = next->bound;
	b = creation_of(f->e->plan, &next->deadline, &row);

	if (f->measure == 0 && (b.dates.provisional || next->deadline.via_count))
		r = foresee_silence(f, next, row, end);
	if (r >= 0 && f->measure == 0)
		r = forecast_coming_freeze(f, &next->deadline, &row, &b.dates);
	if (r >= 0 && f->measure == 0 && next->deadline.responsible)
		r = walk_coming(f, &b, measure_id(""), NULL, end);
	for (size_t n = 0; r >= 0 && n < PAGE && f->measure < next->deadline.measure_count; n++) {
		struct measure_row m __attribute__((cleanup(measure_row_done))) = { 0 };
		const struct measure_id id = next->deadline.measures[f->measure++]->id;

		r = ledger_measure(f->e->ledger, id, &m);
		if (r >= 0 && !measure_is_closed(&m))
			r = walk_coming(f, &b, id, &m, end);
	}
	if (f->measure == next->deadline.measure_count) {
		f->measure = 0;
		f->coming++;
	}
	return r;
}

int forecast_coming(struct forecast *f)
{
	int r;

	while (f->at < f->e->plan->deadline_count && f->coming == f->series[f->at].coming_count) {
		f->at++;
		f->coming = 0;
	}
	if (f->at == f->e->plan->deadline_count) {
		f->stage = STAGE_GROUP;
		return 1;
	}
	r = walk_some(f, &f->series[f->at]);
	return r < 0 ? r : 1;
}
