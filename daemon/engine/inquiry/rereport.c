/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The re-report: what a deadline's measures have answered, their effects, and who has not answered
 * though asked. A sum says of how many measures it is; a deviation counts only those measures where
 * both plan and forecast are known.
 */
#include <errno.h>

#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"

#define REPORT_SLICE 100

struct sum {
	int64_t sum;
	size_t of;
};
enum summed { PLANNED, ACHIEVED, FORECAST, DEVIATION, SUMMED };
static const char *const sum_names[SUMMED] = {
	[PLANNED] = "effect_planned",
	[ACHIEVED] = "effect_achieved",
	[FORECAST] = "effect_forecast",
	[DEVIATION] = "deviation",
};

static int begin_report(struct inquiry *q, struct rejection *ret_why)
{
	const char *id = inquiry_text(q, "deadline");

	if (!!id + !!inquiry_text(q, "assignment") + !!inquiry_text(q, "body") != 1)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "a report is of one of deadline, assignment and body");
	if (inquiry_flag(q, "frozen"))
		return paper_begin_frozen(q, ret_why);
	if (paper_is_asked_for(q))
		return paper_begin(q, ret_why);
	if (!plan_deadline(q->e.plan, deadline_id(id)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no deadline %s in the plan: check the id", id);
	return inquiry_gather(q, id);
}

struct optional report_difference(struct optional a, struct optional b)
{
	return (struct optional){ a.given && b.given, a.given && b.given ? a.value - b.value : 0 };
}

/* Was the measure's newest status given in the deadline's window, or did its owner close the measure with it? */
bool report_has_status(const struct obligation *o, const struct measure_row *m)
{
	if (m->status == STATUS_NONE)
		return false;
	if (o->withdrawal == WITHDRAWN_MEASURE_CLOSED && !measure_is_closed_by_body(m))
		return true;
	return instant_compare(m->time, o->opens_at) >= 0 &&
	       (instant_is_none(o->answers_after) ||
		instant_compare(m->time, o->answers_after) > 0);
}

/* What `list` calls answered, and what nobody is asked for because the measure is done or cancelled: a status
 * in the window may lack what the deadline requires, or come when it is closed. */
bool report_has_answered(const struct obligation *o)
{
	return o->phase == PHASE_ANSWERED || o->withdrawal == WITHDRAWN_MEASURE_CLOSED;
}

static int add_row(struct inquiry *q, const struct obligation *o)
{
	const struct measure *m = plan_measure(q->e.plan, measure_id(o->measure));
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	struct optional planned, deviation;
	bool said;
	int r;

	if (!m || o->withdrawal == WITHDRAWN_REMOVED)
		return 0;
	r = ledger_measure(q->e.ledger, m->id, &row);
	if (r < 0)
		return r;
	said = report_has_status(o, &row);
	planned = measure_effect(m, zone_year(q->now));
	deviation = report_difference(row.effect_forecast, planned);
	return json_array_append_new(
		q->measures,
		json_pack("{ss ss so so so so so so so so si so so ss sb}", "measure", m->id.text,
			  "title", m->title, "owner", json_text(o->owner), "status",
			  said ? json_string(event_status_name(row.status)) : json_null(),
			  "progress", json_optional(row.progress), "effect_planned",
			  json_optional(planned), "effect_achieved",
			  json_optional(row.effect_achieved), "effect_forecast",
			  json_optional(row.effect_forecast), "deviation", json_optional(deviation),
			  "answered_at", json_instant(o->answered_at), "asked", o->asked,
			  "last_asked", json_instant(o->last_asked), "note",
			  said ? json_text(row.note) : json_null(), "state",
			  obligation_state(o, q->now), "answered", report_has_answered(o)));
}

json_t *report_add_up(json_t *rows)
{
	struct sum sums[SUMMED] = { 0 };
	size_t answered = 0, i;
	json_t *row, *totals;

	json_array_foreach (rows, i, row) {
		answered += json_is_true(json_object_get(row, "answered"));
		for (size_t k = 0; k < SUMMED; k++) {
			const json_t *value = json_object_get(row, sum_names[k]);

			sums[k].of += json_is_integer(value);
			sums[k].sum += json_integer_value(value);
		}
	}
	totals = json_pack("{sI sI}", "measures", (json_int_t)json_array_size(rows), "answered",
			   (json_int_t)answered);
	for (size_t k = 0; k < SUMMED; k++)
		json_object_set_new(totals, sum_names[k],
				    json_pack("{sI sI}", "sum", (json_int_t)sums[k].sum, "of",
					      (json_int_t)sums[k].of));
	return totals;
}

json_t *report_of_deadline(const struct inquiry *q, const struct deadline *d,
			   const struct deadline_row *row, json_t *rows)
{
	const bool stands = row->state != DEADLINE_OPEN;
	const struct dates dates = deadline_dates(q->e.plan, d, row);

	return json_pack(
		"{ss ss so so so so so so sb sb so so so so so so so sO}", "deadline", d->id.text,
		"title", d->title, "decision", json_text(d->decision), "due", json_date(row->due),
		"papers", json_date(row->papers), "time",
		json_time(due_time_limit(dates.late_at, row->papers)), "due_original",
		json_date(row->due_original), "papers_original", json_date(row->papers_original),
		"provisional", dates.provisional, "extended", deadline_is_due_later(d, row),
		"submitted_at", json_instant(stands ? row->submitted_at : INSTANT_NONE),
		"reference", json_text(stands ? row->reference : NULL), "submitted_before",
		json_submitted(row, false), "outcome", json_outcome(row), "frozen_at", json_null(),
		"sha256", json_null(), "totals", report_add_up(rows), "rows", rows);
}

static int finish(struct inquiry *q)
{
	const struct deadline *d =
		plan_deadline(q->e.plan, deadline_id(inquiry_text(q, "deadline")));
	struct deadline_row row;
	json_t *report;
	int r = series_standing(q->e.ledger, d, &row);

	if (r < 0)
		return r;
	report = report_of_deadline(q, d, &row, q->measures);
	if (!report)
		return -ENOMEM;
	r = inquiry_add_history(q, row.id, report);
	return json_array_append_new(q->rows, report) < 0 ? -ENOMEM : r;
}

static int work_report(struct inquiry *q)
{
	if (inquiry_flag(q, "frozen"))
		return 0;
	if (q->paper)
		return paper_work(q);
	if (!q->measures)
		q->measures = json_array();
	for (size_t end = q->at + REPORT_SLICE; q->at < q->ids.count && q->at < end; q->at++) {
		struct obligation o;
		int r = ledger_obligation(q->e.ledger, obligation_id(q->ids.list[q->at]), &o);

		if (r == 0)
			r = add_row(q, &o);
		if (r < 0)
			return r;
	}
	return q->at < q->ids.count ? 1 : finish(q);
}

const struct inquirer inquirer_report = { begin_report, work_report, NULL, NULL };
