/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	trial begins ─▶ apply_event ─▶ what has changed ─▶ forecast ─▶ trial ends ┆ forecast ─▶ the difference
 *
 * The trial takes back whatever was written, and drops what is kept in memory: the working set, absences, facts,
 * occurrences that the plan has come to know. Nothing else is told of an event before its turn has committed.
 *
 * Up to the end of the trial is one slice, since nobody may come between. It looks ahead for no more rows than are
 * told, so that it takes little longer than the event itself will. The rest needs the rows as they are without the
 * event: it reads a snapshot that was made before the trial, and so whatever is said meanwhile changes nothing of
 * the answer, which is of one moment. To begin again after each event was rejected: on a busy day it never ends.
 */
#include "engine/consequences.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/apply.h"
#include "engine/consequences/internal.h"

struct foretelling {
	struct engine e; /* with a plan of its own reference, and no turn */
	struct instant now;
	struct journal *journal; /* whose texts the scope borrows */
	struct touched touched;
	struct forecast_scope scope;
	struct forecast *forecast; /* of the time before the event, while it is worked on */
	const struct person *viewer;
	json_t *row;		/* that is being told */
	json_t *before, *after; /* forecasts' rows */
	bool is_told;		/* their difference has been */
};

struct foretelling *foretelling_free(struct foretelling *f)
{
	if (!f)
		return NULL;
	forecast_free(f->forecast);
	touched_done(&f->touched);
	journal_free(f->journal);
	ledger_close(f->e.ledger);
	plan_unref(f->e.plan);
	json_decref(f->row);
	json_decref(f->before);
	json_decref(f->after);
	free(f);
	return NULL;
}

/* ---- the trial ----------------------------------------------------------------------------------- */

static int add_remarks(json_t *row, struct remarks *remarks)
{
	json_t *json = answer_remarks(remarks);

	remarks_done(remarks);
	return json_object_set_new(row, "remarks", json) < 0 ? -ENOMEM : 0;
}

/* A forecast of what was touched, as e's ledger stands. */
static int begin_forecast(struct foretelling *f, struct engine *e, struct forecast **ret)
{
	int r = forecast_new(ret, e, f->now, zone_date(f->now), f->touched.until);

	if (r == 0)
		forecast_narrow(*ret, &f->scope);
	return r;
}

/* Some of its work: 1 there is more, 0 and its rows, or a negative errno. */
static int work_forecast(struct forecast *forecast, json_t **ret)
{
	int r = forecast_work(forecast);

	if (r != 0)
		return r;
	*ret = json_array();
	for (size_t i = 0; *ret && i < forecast_count(forecast); i++)
		if (json_array_append_new(*ret, forecast_row(forecast, i)) < 0)
			return -ENOMEM;
	return *ret ? 0 : -ENOMEM;
}

/* It has been applied: what of it is seen now. */
static int look(struct foretelling *f, struct engine *e, const struct event *event)
{
	struct forecast *forecast = NULL;
	int r = touched_gather(e, event, f->now, &f->touched);

	f->scope = touched_scope(&f->touched);
	if (r == 0)
		r = changes_tell(e, &f->touched, f->row);
	if (r == 0)
		r = begin_forecast(f, e, &forecast);
	if (r == 0)
		while ((r = work_forecast(forecast, &f->after)) > 0)
			;
	forecast_free(forecast);
	return r;
}

static int try(struct foretelling *f, struct engine *e, const struct event *event,
	       struct rejection *ret_why)
{
	struct applied applied = { 0 };
	int r = ledger_journal_open(e->ledger), ended;

	if (r < 0)
		return r;
	r = ledger_trial_begin(e->ledger);
	if (r < 0) {
		ledger_journal_close(e->ledger);
		return r;
	}
	plan_trial_begin(e->plan);
	r = apply_event(e, event, f->now, &applied, ret_why);
	if (r == 0)
		r = add_remarks(f->row, &applied.remarks);
	if (r == 0)
		r = look(f, e, event);
	ended = ledger_trial_end(e->ledger);
	plan_trial_end(e->plan);
	f->journal = ledger_journal_take(e->ledger);
	return ended < 0 ? ended : r;
}

static int begin(struct foretelling *f, struct engine *e, const struct event *event,
		 struct rejection *ret_why)
{
	int r = f->row ? try(f, e, event, ret_why) : -ENOMEM;

	return r == 0 ? begin_forecast(f, &f->e, &f->forecast) : r;
}

static struct foretelling *new_of(struct engine *e, struct instant now)
{
	struct foretelling *f = calloc(1, sizeof(*f));

	if (f)
		*f = (struct foretelling){ .e.plan = plan_ref(e->plan),
					   .now = now,
					   .row = json_object() };
	return f;
}

int foretelling_new(struct foretelling **ret, struct engine *e, const struct event *event,
		    struct instant now, struct rejection *ret_why)
{
	struct foretelling *f = new_of(e, now);
	int r = f ? ledger_snapshot(e->ledger, &f->e.ledger) : -ENOMEM;

	if (r == 0)
		r = begin(f, e, event, ret_why);
	else /* nothing has happened to the turn */
		r = (int)reject(ret_why, RETRY_BUSY,
				"the store could not be read (%s); ask again later", strerror(-r));
	if (r == 0)
		*ret = f;
	else
		foretelling_free(f);
	return r;
}

/* ---- the rest ------------------------------------------------------------------------------------ */

void foretelling_narrow(struct foretelling *f, const struct person *viewer)
{
	f->viewer = viewer;
}

static int work(struct foretelling *f)
{
	int r;

	if (f->forecast) {
		r = work_forecast(f->forecast, &f->before);
		if (r == 0)
			f->forecast = forecast_free(f->forecast);
		return r < 0 ? r : 1;
	}
	if (!f->is_told) {
		r = differences_tell(f->before, f->after, f->row);
		f->is_told = r == 0;
		return r < 0 ? r : 1;
	}
	return f->viewer ? consequences_narrow(f->e.plan, f->viewer, f->row) : 0;
}

int foretelling_work(struct foretelling *f)
{
	const int r = work(f), spoilt = ledger_spoilt(f->e.ledger);

	return r >= 0 && spoilt < 0 ? spoilt : r; /* something of it may be missing */
}

json_t *foretelling_row(const struct foretelling *f)
{
	return json_incref(f->row);
}
