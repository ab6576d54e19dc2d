/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A series is a row of dates: the rule's, or the known meetings from the first one on, each followed
 * to where it was moved. A date with a row in the ledger has occurred; the others come. Dates that
 * rounding makes one are one occurrence.
 *
 *	dates      ──┬──────┬──────┬──────┬──────┬──────→
 *	known        1      2      3                        rows of the ledger
 *	coming                            4      5          up to `until`; further: when 6 opens
 */
#include "engine/obligation/series.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series_meetings.h"
#include "plan/recur.h"

#define BACK_DAYS 500  /* a window opens at most some 400 days before its date */
#define AHEAD_DAYS 700 /* 400 working days at the most */

/* ---- what has occurred ------------------------------------------------------------------------- */

struct civil_date series_date(const struct deadline *d, const struct deadline_row *row)
{
	struct civil_date date = row->rule_date;
	const char *at = strchr(row->id, '@');

	if (d->due.kind == DUE_MEETING && at)
		civil_parse(at + 1, &date);
	return date;
}

struct gathering {
	struct series *s;
	const struct plan *plan;
	struct date_list *taken; /* a rule's dates, or meetings */
	size_t room;
};

/* One that is in the ledger, with its dates as they stand. */
static struct occurred occurred_of(const struct plan *plan, const struct deadline *d,
				   const struct deadline_row *row)
{
	const struct dates dates = deadline_dates(plan, d, row);
	struct occurred o = {
		.row = *row,
		.deadline = d,
		.due = due_dates(plan, d, deadline_bound_in_plan(row)).due,
		.last_papers = row->papers,
		.opens_at = due_opens(plan, d, &dates),
	};

	if (d->via_count) {
		struct deadline last = deadline_in_force(plan, d, row);

		last.chain.given = false;
		o.last_papers = due_standing(plan, &last, row->bound, row->extended).papers;
	}
	return o;
}

/* What was removed by a new count of every n-th meeting comes again if another one brings it back. */
static bool is_counted_anew(const struct deadline *d, const struct deadline_row *row)
{
	return d->every.each && row->state == DEADLINE_REMOVED;
}

static int add_known(void *userdata, const struct deadline_row *row)
{
	struct gathering *g = userdata;
	const struct deadline *d = plan_deadline(g->plan, deadline_id(row->id));
	bool by_rule = g->s->d->due.kind != DUE_MEETING;
	struct civil_date taken = by_rule ? row->rule_date : deadline_bound_in_plan(row);
	bool takes = g->taken && !civil_is_none(taken) && !is_counted_anew(g->s->d, row);
	int r = takes ? date_list_add(g->taken, taken) : 0;

	if (r < 0 || row->state == DEADLINE_REMOVED || !d)
		return r;
	r = array_grow(&g->s->known, g->s->known_count, &g->room);
	if (r == 0)
		g->s->known[g->s->known_count++] = occurred_of(g->plan, d, row);
	return r;
}

static int compare_known(const void *a, const void *b)
{
	const struct occurred *x = a, *y = b;
	int order = civil_compare(x->due, y->due);

	return order ? order : strcmp(x->row.id, y->row.id);
}

static int load_known(struct series *s, struct engine *e, struct date_list *taken)
{
	struct gathering g = { .s = s, .plan = e->plan, .taken = taken };
	int r = ledger_occurrences(e->ledger, s->d->id, add_known, &g);

	if (s->known_count)
		qsort(s->known, s->known_count, sizeof(*s->known), compare_known);
	for (size_t i = 0; r >= 0 && taken && s->d->due.kind == DUE_MEETING && i < taken->count;
	     i++)
		r = series_follow(e, s->d->due.body->id, &taken->list[i]);
	return r;
}

int series_load_known(struct series *ret, struct engine *e, const struct deadline *d)
{
	struct series s = { .d = d, .further = INSTANT_NONE };
	int r = load_known(&s, e, NULL);

	if (r < 0)
		series_done(&s);
	else
		*ret = s;
	return r;
}

void series_done(struct series *s)
{
	free(s->known);
	free(s->coming);
}

/* ---- what comes -------------------------------------------------------------------------------- */

/* The dates that a series has, ascending: one of them may be its first month's, without a meeting. */
struct row_of_dates {
	const struct civil_date *list;
	size_t count;
	struct civil_date provisional; /* CIVIL_NONE: all are known */
};

/* A series while what comes of it is found: as seen at `now`, up to windows that open at `until`. */
struct loading {
	struct engine *e;
	struct series s;
	struct instant now, until;
	struct date_list taken;	   /* dates that have occurred, none of which comes again */
	struct date_list meetings; /* of the body: the dates of a series of meetings */
	struct row_of_dates dates;
};

static void loading_done(struct loading *l)
{
	date_list_done(&l->taken);
	date_list_done(&l->meetings);
}

static int occurrence_at(struct loading *l, size_t i, struct occurrence *ret)
{
	const struct plan *plan = l->e->plan;
	const struct deadline *d = l->s.d;
	const struct civil_date date = l->dates.list[i];
	bool bound = d->due.kind == DUE_MEETING && !civil_equal(date, l->dates.provisional);
	struct occurrence o = { .date = date, .bound = bound ? date : CIVIL_NONE };
	struct chain chain;
	int r = 0;

	o.deadline = deadline_occurrence(d, deadline_id(""), date);
	o.last_papers = due_dates(plan, &o.deadline, o.bound).papers;
	if (d->via_count)
		r = chain_foresee(l->e, &o.deadline, o.bound, l->now, &chain);
	o.dates = due_dates(plan, &o.deadline, o.bound);
	o.opens_at = due_opens(plan, &o.deadline, &o.dates);
	*ret = o;
	return r;
}

/* The first date that is not superseded at once; what is before it is over. */
static int find_current(struct loading *l, size_t *ret)
{
	struct civil_date early = civil_add(zone_date(l->now), -BACK_DAYS);
	const struct row_of_dates *dates = &l->dates;
	size_t current = 0;
	struct occurrence o;
	int r;

	while (current + 1 < dates->count && civil_compare(dates->list[current + 1], early) < 0)
		current++;
	r = occurrence_at(l, current, &o);
	while (r >= 0 && current + 1 < dates->count && series_is_over(o.last_papers, l->now)) {
		r = occurrence_at(l, current + 1, &o);
		if (instant_compare(o.opens_at, l->now) > 0)
			break;
		current++;
	}
	*ret = current;
	return r;
}

/* Would it be superseded at once, or do two dates of a rule round to the same day, and so are one? */
static bool is_needless(const struct series *s, const struct occurrence *o, struct instant now)
{
	bool by_rule = s->d->due.kind != DUE_MEETING;

	for (size_t i = 0; by_rule && i < s->known_count; i++)
		if (civil_equal(s->known[i].due, o->dates.due))
			return true;
	if (by_rule && s->coming_count > 0 &&
	    civil_equal(s->coming[s->coming_count - 1].dates.due, o->dates.due))
		return true;
	return series_would_be_superseded(s, o->dates.due, o->last_papers, now);
}

static bool is_taken_id(const struct series *s, size_t given, struct deadline_id id)
{
	for (size_t i = 0; i < given; i++)
		if (strcmp(s->coming[i].id, id.text) == 0)
			return true;
	for (size_t i = 0; i < s->known_count; i++)
		if (strcmp(s->known[i].row.id, id.text) == 0)
			return true;
	return false;
}

/* Ids are given when all are there: they must not move any more. One that another meeting took, which
 * has been moved since, is the next day's. */
static void give_ids(struct series *s)
{
	for (size_t i = 0; i < s->coming_count; i++) {
		struct occurrence *o = &s->coming[i];
		struct civil_date date = o->dates.due;
		char text[CIVIL_TEXT];

		do {
			snprintf(o->id, sizeof(o->id), "%s@%s", s->d->id.text,
				 civil_format(date, text));
			date = civil_add(date, 1);
		} while (is_taken_id(s, i, deadline_id(o->id)));
		o->deadline.id = deadline_id(o->id);
	}
}

static int load_coming(struct loading *l)
{
	const struct row_of_dates *dates = &l->dates;
	struct series *s = &l->s;
	size_t room = 0, current = 0;
	int r = dates->count ? find_current(l, &current) : 0;

	for (size_t i = current; r >= 0 && i < dates->count; i++) {
		struct occurrence o;

		if (date_list_has(&l->taken, dates->list[i]))
			continue;
		r = occurrence_at(l, i, &o);
		if (r < 0 || is_needless(s, &o, l->now))
			continue;
		if (instant_compare(o.opens_at, l->until) > 0) {
			s->further = o.opens_at;
			break;
		}
		r = array_grow(&s->coming, s->coming_count, &room);
		if (r >= 0)
			s->coming[s->coming_count++] = o;
	}
	give_ids(s);
	return r;
}

/*
 * The first month's, when it goes on without a meeting and nothing stands for it yet, joins the
 * meetings. It is created while that month goes on, or never.
 */
static int add_provisional(struct loading *l)
{
	const struct series *s = &l->s;
	const struct due_spec *due = &s->d->due;
	struct civil_date last = calendar_month_end(l->e->plan->calendar, due->year, due->month);
	bool awaited = false;
	int r = series_first_is_awaited(l->e, s->d, last, l->now, &awaited);

	for (size_t i = 0; awaited && i < s->known_count; i++)
		awaited = due_month_over(s->known[i].deadline).us != due_month_over(s->d).us;
	if (r < 0 || !awaited)
		return r;
	l->dates.provisional = last;
	r = date_list_add(&l->meetings, last);
	date_list_sort(&l->meetings);
	return r;
}

/* The dates of the series, as far as the last one whose window opens up to `until`, and one more. */
static int load_dates(struct loading *l)
{
	const struct deadline *d = l->s.d;
	int r;

	if (d->every.kind == EVERY_RULE)
		return recurrence_until(d->every.rule, civil_add(zone_date(l->until), AHEAD_DAYS),
					&l->dates.list, &l->dates.count);
	r = series_meetings(l->e, d, &l->meetings, &(bool){ false });
	if (r >= 0 && !d->due.next)
		r = add_provisional(l);
	if (r >= 0 && d->every.each)
		r = series_keep_each(l->e, &l->s, &l->meetings);
	l->dates.list = l->meetings.list;
	l->dates.count = l->meetings.count;
	return r;
}

int series_load(struct series *ret, struct engine *e, const struct deadline *d, struct instant now,
		struct instant until)
{
	struct loading l __attribute__((cleanup(loading_done))) = {
		.e = e,
		.s = { .d = d, .further = INSTANT_NONE },
		.now = now,
		.until = until,
		.dates = { .provisional = CIVIL_NONE },
	};
	int r = load_known(&l.s, e, &l.taken);

	if (r >= 0)
		r = load_dates(&l);
	if (r >= 0)
		r = load_coming(&l);
	if (r < 0) {
		series_done(&l.s);
		return r;
	}
	*ret = l.s;
	return 0;
}

/* ---- how it stands --------------------------------------------------------------------------- */

int series_standing(struct ledger *l, const struct deadline *d, struct deadline_row *ret)
{
	if (d->every.kind == EVERY_NEVER)
		return ledger_deadline(l, d->id, ret);
	*ret = deadline_row_new(d->id);
	return 0;
}

int series_is_open(struct engine *e, const struct deadline *d, struct instant now, bool *ret)
{
	struct deadline_row row;
	bool open = false;
	struct series s;
	int r;

	if (d->every.kind == EVERY_NEVER) {
		r = ledger_deadline(e->ledger, d->id, &row);
		if (r >= 0)
			*ret = !deadline_is_closed(&row);
		return r;
	}
	r = series_load_known(&s, e, d);
	if (r < 0)
		return r;
	for (size_t i = 0; i < s.known_count; i++)
		open |= !deadline_is_closed(&s.known[i].row) &&
			(series_has_opened(&s.known[i]) ||
			 instant_compare(s.known[i].opens_at, now) <= 0);
	series_done(&s);
	*ret = open;
	return 0;
}
