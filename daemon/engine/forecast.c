/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What will leave is gathered from the outbox, what waits there; from the absences, of which stewards hear; from
 * the deadlines, the meetings that never come; from the measures, the lights that time turns; from the obligations,
 * and those that will be created for occurrences to come, every decision of a walk that goes on to the end of the
 * time asked about, or until the occurrence is superseded. All of it goes through the outbox's own door
 * (engine/outbox/sink.h), into buckets in place of the ledger.
 */
#include "engine/forecast.h"

#include <errno.h>
#include <stdlib.h>

#include "base/zone.h"
#include "engine/forecast/internal.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/unbound.h"

int forecast_new(struct forecast **ret, struct engine *e, struct instant now,
		 struct civil_date from, struct civil_date until)
{
	struct forecast *f = calloc(1, sizeof(*f));
	int r = f ? 0 : -ENOMEM;

	if (r == 0) {
		f->e = e;
		f->now = now;
		f->last_light = MEASURE_PLACE_FIRST;
		f->from = instant_max(now, zone_midnight(from));
		f->end = zone_midnight(civil_add(until, 1));
		f->page = calloc(PAGE, sizeof(*f->page));
		f->series = calloc(e->plan->deadline_count + 1, sizeof(*f->series));
		r = f->page && f->series ? walk_from_ledger_new(e, now, &f->walk) : -ENOMEM;
	}
	if (r == 0)
		r = virtual_outbox_new(&f->outbox, e->plan);
	if (r == 0)
		f->sink = forecast_sink(f);
	if (r < 0) {
		forecast_free(f);
		return r;
	}
	*ret = f;
	return 0;
}

struct forecast *forecast_free(struct forecast *f)
{
	if (f) {
		for (size_t i = 0; f->series && i < f->e->plan->deadline_count; i++)
			series_done(&f->series[i]);
		free(f->series);
		walk_free(f->walk);
		free(f->page);
		virtual_outbox_free(f->outbox);
		free(f->noted);
		free(f);
	}
	return NULL;
}

/* ---- series ------------------------------------------------------------------------------------ */

/* An occurrence that opens after its first steps has come into being when those are sent. */
static struct instant last_opening(const struct forecast *f, const struct deadline *d)
{
	return d->opens_given ? instant_add(f->end, SERIES_AHEAD) : f->end;
}

/* What it has and what comes of it in the time asked about. */
int forecast_add_series(struct forecast *f, const struct deadline *d)
{
	return series_load(&f->series[d - f->e->plan->deadlines], f->e, d, f->now,
			   last_opening(f, d));
}

/* A series a slice. */
static int work_series(struct forecast *f)
{
	const struct plan *plan = f->e->plan;

	while (f->at < plan->deadline_count && !plan->deadlines[f->at].every.kind)
		f->at++;
	if (f->at < plan->deadline_count) {
		int r = forecast_add_series(f, &plan->deadlines[f->at++]);

		return r < 0 ? r : 1;
	}
	f->at = 0;
	f->stage = STAGE_QUEUED;
	return 1;
}

/* ---- meetings that never come ------------------------------------------------------------------ */

int forecast_unbound(struct forecast *f, const struct deadline *d, struct deadline_row row,
		     struct chain *chain, struct instant ends)
{
	const struct instant end = instant_min(f->end, ends);
	int r = 0;

	if (instant_compare(row.next_at, end) >= 0)
		return 0;
	forecast_turn_to(f, d, ends);
	while (r >= 0 && instant_compare(row.next_at, end) < 0) {
		f->sink.now = instant_max(row.next_at, f->now);
		r = unbound_tell(&f->sink, f->e->ledger, d, &row, chain);
	}
	return r;
}

int forecast_add_unbound(struct forecast *f, const struct deadline_row *row)
{
	const struct deadline *d = plan_deadline(f->e->plan, deadline_id(row->id));
	struct own_meetings own __attribute__((cleanup(own_meetings_done))) = { 0 };
	struct instant ends;
	struct chain chain;
	int r;

	if (!d || d->every.kind || instant_is_none(row->next_at))
		return 0;
	ends = forecast_ends(f, d);
	r = own_meetings_of(f->e->ledger, d->id, &own);
	if (r >= 0)
		r = chain_load(f->e->ledger, d, &chain);
	if (r >= 0)
		r = forecast_unbound(f, d, *row, &chain, ends);
	for (size_t i = 0; r >= 0 && i < own.count; i++) {
		const struct instant at = unbound_own_at(f->e->plan, d, &own.list[i]);

		if (deadline_is_closed(row) || instant_compare(at, instant_min(f->end, ends)) >= 0)
			continue;
		forecast_turn_to(f, d, ends);
		f->sink.now = instant_max(at, f->now);
		r = unbound_tell_own(&f->sink, d, &own.list[i]);
	}
	return r;
}

static int add_unbound(void *userdata, const struct deadline_row *row)
{
	int r = forecast_add_unbound(userdata, row);

	return r < 0 ? r : forecast_add_freeze(userdata, row);
}

static int work_deadlines(struct forecast *f)
{
	int r = ledger_deadlines(f->e->ledger, add_unbound, f);

	f->stage = STAGE_LIGHTS;
	return r < 0 ? r : 1;
}

/* ---- the whole --------------------------------------------------------------------------------- */

static int work_group(struct forecast *f)
{
	int r = virtual_outbox_group(f->outbox);

	if (r == 0)
		f->stage = STAGE_DONE;
	return r;
}

int forecast_work(struct forecast *f)
{
	static const struct {
		int (*whole)(struct forecast *f), (*narrow)(struct forecast *f);
	} stages[] = {
		[STAGE_SERIES] = { work_series, forecast_narrow_series },
		[STAGE_QUEUED] = { forecast_queued, forecast_narrow_queued },
		[STAGE_AWAY] = { forecast_away, forecast_narrow_away },
		[STAGE_DEADLINES] = { work_deadlines, forecast_narrow_deadlines },
		[STAGE_LIGHTS] = { forecast_lights, forecast_narrow_lights },
		[STAGE_OBLIGATIONS] = { forecast_obligations, forecast_narrow_obligations },
		[STAGE_COMING] = { forecast_coming, forecast_coming },
		[STAGE_GROUP] = { work_group, work_group },
	};

	if (f->stage == STAGE_DONE)
		return 0;
	return f->scope ? stages[f->stage].narrow(f) : stages[f->stage].whole(f);
}

void forecast_narrow(struct forecast *f, const struct forecast_scope *scope)
{
	f->scope = scope;
}

size_t forecast_count(const struct forecast *f)
{
	return virtual_outbox_count(f->outbox);
}

struct instant forecast_when(const struct forecast *f, size_t i)
{
	return virtual_outbox_when(f->outbox, i);
}

struct recipient forecast_to(const struct forecast *f, size_t i)
{
	return virtual_outbox_to(f->outbox, i);
}

int forecast_write(const struct forecast *f, size_t i, struct buffer *out)
{
	return virtual_outbox_write(f->outbox, i, out);
}

json_t *forecast_row(const struct forecast *f, size_t i)
{
	return virtual_outbox_row(f->outbox, i);
}
