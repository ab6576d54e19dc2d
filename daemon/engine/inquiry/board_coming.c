/* SPDX-License-Identifier: Apache-2.0 */
/* What comes: meetings of the bodies that the paper goes to, papers for them, and the next follow-ups of the same
 * measures. */
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/board.h"
#include "engine/inquiry/row_order.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "ledger/meetings.h"

#define FURTHER 3      /* occurrences of a series that are not there yet */
#define SERIES_MOST 20 /* of which they are looked for */
#define SEEN DAYS(400) /* so far ahead */

struct coming {
	const struct inquiry *q;
	struct civil_date today;
	const struct body *body; /* whose meetings are looked at */
	json_t *list;
};

static bool is_ahead(const struct coming *c, struct civil_date day)
{
	return !civil_is_none(day) && civil_compare(day, c->today) >= 0;
}

static const char *or_null(const struct body *body, bool name)
{
	return !body ? NULL : name ? body->name : body->id.text;
}

/* ---- deadlines ---------------------------------------------------------------------------------- */

struct date_of {
	const char *what; /* "papers", "due" */
	const char *id;
	const struct deadline *d;
	const struct body *body;
	struct civil_date on;
	bool provisional;
};

static void add(struct coming *c, const struct date_of *date)
{
	if (!is_ahead(c, date->on))
		return;
	json_array_append_new(
		c->list, json_pack("{so ss ss ss ss* ss* sb}", "date", json_date(date->on), "what",
				   date->what, "deadline", date->id, "title", date->d->title,
				   "body", or_null(date->body, false), "body_name",
				   or_null(date->body, true), "provisional", date->provisional));
}

/* Its papers, and the day itself where that is another. */
static void add_dates(struct coming *c, struct date_of *date, struct civil_date papers,
		      struct civil_date due)
{
	date->what = "papers";
	date->on = papers;
	if (!civil_equal(papers, due))
		add(c, date);
	date->what = "due";
	date->on = due;
	add(c, date);
}

/* Of a chain each body that has yet to decide, with its own papers. */
static int add_stops(struct coming *c, const struct deadline *d, const struct deadline_row *row,
		     struct date_of *date)
{
	struct engine e = c->q->e;
	struct chain chain;
	struct chain_stop last;
	int r = chain_load(e.ledger, d, &chain);

	if (r >= 0)
		r = chain_find_stop(&e, d, row, date->body, &last);
	if (r < 0)
		return r;
	add_dates(c, date, last.papers, row->due);
	for (size_t i = chain.first; i < chain.count; i++) {
		const struct link_row *link = &chain.links[i].row;

		date->body = chain.links[i].via->body;
		date->provisional = link->provisional;
		add_dates(c, date, link->papers, link->due);
	}
	return 0;
}

static bool is_followed(const struct paper *p, const struct deadline *d)
{
	if (paper_concerns(p, d) || (p->d && p->d->series && d->series == p->d->series))
		return true;
	for (size_t i = 0; p->of != PAPER_OF_BODY && i < d->measure_count; i++)
		if (paper_tells_of(p, d->measures[i]))
			return true;
	return false;
}

static int add_known(void *userdata, const struct deadline_row *row)
{
	struct coming *c = userdata;
	const struct plan *plan = c->q->e.plan;
	const struct deadline *d = plan_deadline(plan, deadline_id(row->id));
	struct deadline in_force;
	struct date_of date;

	if (!d || deadline_is_closed(row) || !is_followed(c->q->paper, d))
		return 0;
	in_force = deadline_in_force(plan, d, row);
	date = (struct date_of){
		.id = row->id,
		.d = d,
		.body = in_force.due.kind == DUE_MEETING ? in_force.due.body : NULL,
		.provisional = deadline_dates(plan, d, row).provisional,
	};
	if (d->via_count && !d->every.kind && date.body)
		return add_stops(c, d, row, &date);
	add_dates(c, &date, row->papers, row->due);
	return 0;
}

/* Those that the ledger does not know yet. */
static int add_further(struct coming *c, const struct deadline *d)
{
	struct engine e = c->q->e;
	struct series series;
	int r = series_load(&series, &e, d, c->q->now, instant_add(c->q->now, SEEN));

	for (size_t i = 0; r >= 0 && i < series.coming_count && i < FURTHER; i++) {
		const struct occurrence *o = &series.coming[i];
		struct date_of date = {
			.id = o->id,
			.d = &o->deadline,
			.body = d->every.kind == EVERY_MEETING ? d->every.body : NULL,
			.provisional = o->dates.provisional,
		};

		add_dates(c, &date, o->dates.papers, o->dates.due);
	}
	if (r >= 0)
		series_done(&series);
	return r < 0 ? r : 0;
}

static int add_series(struct coming *c)
{
	const struct plan *plan = c->q->e.plan;
	int r = 0;

	for (size_t i = 0, found = 0; r == 0 && i < plan->deadline_count && found < SERIES_MOST;
	     i++) {
		const struct deadline *d = &plan->deadlines[i];

		if (!d->every.kind || !is_followed(c->q->paper, d))
			continue;
		r = add_further(c, d);
		found++;
	}
	return r;
}

/* ---- meetings ----------------------------------------------------------------------------------- */

/* Does something fall due there already? Then that names the meeting. */
static bool is_named(const struct coming *c, const struct meeting_row *m)
{
	char day[CIVIL_TEXT];
	const json_t *date;
	size_t i;

	civil_format(m->from, day);
	json_array_foreach (c->list, i, date) {
		const char *body = json_string_value(json_object_get(date, "body"));

		if (body && strcmp(body, m->body) == 0 &&
		    strcmp(json_string_value(json_object_get(date, "date")), day) == 0 &&
		    strcmp(json_string_value(json_object_get(date, "what")), "due") == 0)
			return true;
	}
	return false;
}

static int add_meeting(void *userdata, const struct meeting_row *m)
{
	struct coming *c = userdata;

	if (m->state != MEETING_KNOWN || !is_ahead(c, m->from) || is_named(c, m))
		return 0;
	json_array_append_new(c->list, json_pack("{so ss so ss ss sb}", "date", json_date(m->from),
						 "what", "meeting", "until", json_date(m->until),
						 "body", c->body->id.text, "body_name",
						 c->body->name, "provisional", false));
	return 0;
}

/* ---- all of it ---------------------------------------------------------------------------------- */

/* Of one day the papers before the meeting and what is due at it. */
static const char *const order[] = { "date", "-what", "deadline", NULL };

json_t *board_coming(const struct inquiry *q)
{
	struct coming c = {
		.q = q, .today = zone_date(q->now), .body = q->paper->body, .list = json_array()
	};
	int r = c.list ? ledger_deadlines(q->e.ledger, add_known, &c) : -1;

	if (r >= 0)
		r = add_series(&c);
	if (r >= 0 && c.body)
		r = ledger_meetings(q->e.ledger, c.body->id, add_meeting, &c);
	if (r >= 0)
		r = rows_sort(c.list, order);
	while (r >= 0 && json_array_size(c.list) > BOARD_COMING)
		json_array_remove(c.list, json_array_size(c.list) - 1);
	if (r >= 0)
		return c.list;
	json_decref(c.list);
	return NULL;
}
