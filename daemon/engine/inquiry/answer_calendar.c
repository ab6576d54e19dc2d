/* SPDX-License-Identifier: Apache-2.0 */
/*
 * calendar: what a time holds, a row a date: the papers dates of deadlines, occurrences that have not come into being
 * among them; the meetings; and how many messages will leave in each month that is ahead, by the forecast's own code.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/inquiry/row_order.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/series.h"

#define ROWS_A_SLICE 300

enum phase {
	PHASE_DEADLINES,
	PHASE_COMING,
	PHASE_MEETINGS,
	PHASE_MESSAGES,
	PHASE_COUNT,
	PHASE_SORT
};

struct span {
	struct civil_date from, until;
};

/* The year that it is, unless other days are asked for. */
static struct span span_of(const struct inquiry *q)
{
	const char *from = inquiry_text(q, "from"), *until = inquiry_text(q, "until");
	const int year = zone_year(q->now);
	struct span s = { civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31) };

	if (from && civil_parse(from, &s.from) == 0 && !until)
		s.until = civil_add(s.from, 364);
	if (until)
		civil_parse(until, &s.until);
	return s;
}

static bool holds(struct span s, struct civil_date d)
{
	return !civil_is_none(d) && civil_compare(s.from, d) <= 0 && civil_compare(d, s.until) <= 0;
}

static int begin_calendar(struct inquiry *q, struct rejection *ret_why)
{
	const struct span s = span_of(q);

	if (civil_compare(s.until, s.from) < 0)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "`until` is before `from`: give the later date as `until`");
	if (!calendar_in_range(s.from) || !calendar_in_range(s.until) ||
	    civil_compare(civil_add(s.from, 370), s.until) < 0)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "a calendar is of a year at most, from 2005 to 2100: check the "
				   "dates");
	return 0;
}

/* ---- deadlines ------------------------------------------------------------------------------------- */

/* How it stands, as one word: what a row of the ledger says, and late or not. */
static const char *state_of(const struct inquiry *q, const struct deadline_row *row)
{
	if (row->state != DEADLINE_OPEN)
		return deadline_state_name(row->state);
	return series_is_over(row->papers, q->now) ? "late" : "open";
}

static int add_papers(struct inquiry *q, const struct deadline *d, const struct dates *dates,
		      const char *state)
{
	json_t *row = json_pack(
		"{ss so ss ss so sb ss so}", "what", "papers", "date", json_date(dates->papers),
		"deadline", d->id.text, "title", d->title, "due", json_date(dates->due),
		"provisional", dates->provisional, "state", state, "body",
		d->due.kind == DUE_MEETING ? json_string(d->due.body->id.text) : json_null());

	return json_array_append_new(q->rows, row) < 0 ? -ENOMEM : 0;
}

static int add_deadline(void *userdata, const struct deadline_row *row)
{
	struct inquiry *q = userdata;
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(row->id));
	struct dates dates = { .due = row->due, .papers = row->papers };

	if (!d || row->state == DEADLINE_REMOVED || !holds(span_of(q), row->papers))
		return 0;
	dates.provisional = d->due.kind == DUE_MEETING && civil_is_none(row->bound) &&
			    civil_is_none(row->extended);
	return add_papers(q, d, &dates, state_of(q, row));
}

/* Of one series: what its rule or its body's meetings will bring. */
static int add_coming(struct inquiry *q, const struct deadline *d)
{
	const struct span s = span_of(q);
	const struct instant end = zone_midnight(civil_add(s.until, 1));
	struct series series;
	int r = series_load(&series, &q->e, d, q->now, end);

	if (r < 0)
		return r;
	for (size_t i = 0; r == 0 && i < series.coming_count; i++)
		if (holds(s, series.coming[i].dates.papers))
			r = add_papers(q, &series.coming[i].deadline, &series.coming[i].dates,
				       "coming");
	series_done(&series);
	return r;
}

/* ---- meetings -------------------------------------------------------------------------------------- */

static int add_meeting(void *userdata, const struct meeting_row *m)
{
	struct inquiry *q = userdata;
	const struct body *body = plan_body(q->e.plan, body_id(m->body));

	if (!body || m->state != MEETING_KNOWN || !holds(span_of(q), m->from))
		return 0;
	return json_array_append_new(q->rows,
				     json_pack("{ss so ss ss so so}", "what", "meeting", "date",
					       json_date(m->from), "body", m->body, "title",
					       body->name, "until", json_date(m->until), "place",
					       json_text(m->place))) < 0
		       ? -ENOMEM
		       : 0;
}

/* ---- messages -------------------------------------------------------------------------------------- */

/* The row of the month that a message leaves in, counted up. */
static int count_message(struct inquiry *q, struct instant when)
{
	const size_t rows = json_array_size(q->rows);
	json_t *last = rows ? json_array_get(q->rows, rows - 1) : NULL;
	char date[CIVIL_TEXT];

	civil_format(zone_date(when), date);
	memcpy(date + strlen("YYYY-MM-"), "01", strlen("01"));
	if (!last || strcmp(json_string_value(json_object_get(last, "what")), "messages") != 0 ||
	    strcmp(json_string_value(json_object_get(last, "date")), date) != 0) {
		last = json_pack("{ss ss si}", "what", "messages", "date", date, "count", 0);
		if (json_array_append_new(q->rows, last) < 0)
			return -ENOMEM;
	}
	return json_object_set_new(
		       last, "count",
		       json_integer(json_integer_value(json_object_get(last, "count")) + 1)) < 0
		       ? -ENOMEM
		       : 0;
}

static int count_messages(struct inquiry *q)
{
	const size_t end = q->at + ROWS_A_SLICE;
	int r = 0;

	for (; q->forecast && r == 0 && q->at < forecast_count(q->forecast) && q->at < end; q->at++)
		r = count_message(q, forecast_when(q->forecast, q->at));
	return r < 0 ? r : q->forecast && q->at < forecast_count(q->forecast);
}

static int work_on_forecast(struct inquiry *q)
{
	const struct span s = span_of(q);
	const struct civil_date today = zone_date(q->now);

	if (civil_compare(s.until, today) < 0)
		return 0; /* all of it is past */
	if (!q->forecast) {
		const struct civil_date from = civil_compare(s.from, today) < 0 ? today : s.from;
		int r = forecast_new(&q->forecast, &q->e, q->now, from, s.until);

		return r < 0 ? r : 1;
	}
	return forecast_work(q->forecast);
}

/* ---- in order -------------------------------------------------------------------------------------- */

/* By what a row is, of those of one day, then by what it is of. */
static const char *const order[] = { "date", "what", "deadline", "body", NULL };

static int work_on_series(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	int r = 0;

	while (q->at < plan->deadline_count && plan->deadlines[q->at].every.kind == EVERY_NEVER)
		q->at++;
	if (q->at < plan->deadline_count)
		r = add_coming(q, &plan->deadlines[q->at++]);
	return r < 0 ? r : q->at < plan->deadline_count;
}

static int work_on_meetings(struct inquiry *q)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < q->e.plan->body_count; i++)
		r = ledger_meetings(q->e.ledger, q->e.plan->bodies[i].id, add_meeting, q);
	return r < 0 ? r : 0;
}

static int work_on(struct inquiry *q)
{
	switch ((enum phase)q->after) {
	case PHASE_DEADLINES:
		return ledger_deadlines(q->e.ledger, add_deadline, q);
	case PHASE_COMING:
		return work_on_series(q);
	case PHASE_MEETINGS:
		return work_on_meetings(q);
	case PHASE_MESSAGES:
		return work_on_forecast(q);
	case PHASE_COUNT:
		return count_messages(q);
	case PHASE_SORT:
		return rows_sort(q->rows, order);
	}
	return -EINVAL;
}

static int work_calendar(struct inquiry *q)
{
	int r = work_on(q);

	if (r != 0)
		return r < 0 ? r : 1;
	q->at = 0;
	return ++q->after <= PHASE_SORT;
}

const struct inquirer inquirer_calendar = { begin_calendar, work_calendar, NULL, NULL };
