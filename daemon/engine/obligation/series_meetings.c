/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A meeting that was moved is followed from the day it was first known by to the one it has now; one
 * that was cancelled on the way is none.
 */
#include "engine/obligation/series_meetings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/obligation/in_force.h"

#define REPLACED_MAX 64 /* a chain of moved meetings, so that a circle ends */

void date_list_done(struct date_list *dates)
{
	free(dates->list);
}

bool date_list_has(const struct date_list *dates, struct civil_date date)
{
	for (size_t i = 0; i < dates->count; i++)
		if (civil_equal(dates->list[i], date))
			return true;
	return false;
}

int date_list_add(struct date_list *dates, struct civil_date date)
{
	int r = array_grow(&dates->list, dates->count, &dates->room);

	if (r == 0)
		dates->list[dates->count++] = date;
	return r;
}

static bool in_first_month(const struct deadline *d, struct civil_date date)
{
	int year, month, day;

	civil_to_ymd(date, &year, &month, &day);
	return !d->due.next && year == d->due.year && month == d->due.month;
}

static int compare_dates(const void *a, const void *b)
{
	const struct civil_date *x = a, *y = b;

	return civil_compare(*x, *y);
}

void date_list_sort(struct date_list *dates)
{
	if (dates->count)
		qsort(dates->list, dates->count, sizeof(*dates->list), compare_dates);
}

int series_follow(struct engine *e, struct body_id body, struct civil_date *meeting)
{
	struct meeting_row m;

	for (int i = 0; i < REPLACED_MAX && !civil_is_none(*meeting); i++) {
		bool found;
		int r = ledger_find_meeting(e->ledger, body, *meeting, &m, &found);

		if (r < 0)
			return r;
		if (found && m.state == MEETING_KNOWN)
			return 0;
		*meeting = r == 0 && m.state == MEETING_REPLACED ? m.replaced_by : CIVIL_NONE;
	}
	return 0;
}

struct counting {
	const struct deadline *d;
	struct date_list *roots;
	struct civil_date floor;
};

static int add_root(void *userdata, const struct meeting_row *m)
{
	struct counting *c = userdata;

	if (civil_compare(m->from, c->floor) < 0 || !every_has_month(&c->d->every, m->from))
		return 0;
	return date_list_add(c->roots, m->from);
}

/* From when on meetings count: the month's first day, or the day of the first load. */
static int find_floor(struct engine *e, const struct deadline *d, struct civil_date *ret)
{
	struct series_row row;
	int r;

	if (!d->due.next) {
		*ret = civil_from_ymd(d->due.year, d->due.month, 1);
		return 0;
	}
	r = ledger_series(e->ledger, d->id, &row);
	if (r >= 0)
		*ret = row.first_load;
	return r;
}

int series_meetings(struct engine *e, const struct deadline *d, struct date_list *ret,
		    bool *ret_first)
{
	struct date_list roots __attribute__((cleanup(date_list_done))) = { 0 };
	struct counting c = { .d = d, .roots = &roots };
	bool first = false;
	int r = find_floor(e, d, &c.floor);

	if (r >= 0)
		r = ledger_meetings(e->ledger, d->due.body->id, add_root, &c);
	for (size_t i = 0; r >= 0 && i < roots.count; i++) {
		struct civil_date meeting = roots.list[i];

		r = series_follow(e, d->due.body->id, &meeting);
		if (r < 0 || civil_is_none(meeting))
			continue;
		first |= in_first_month(d, roots.list[i]);
		if (!date_list_has(ret, meeting))
			r = date_list_add(ret, meeting);
	}
	date_list_sort(ret);
	*ret_first = first;
	return r;
}

int series_first_is_awaited(struct engine *e, const struct deadline *d, struct civil_date date,
			    struct instant now, bool *ret)
{
	struct date_list meetings __attribute__((cleanup(date_list_done))) = { 0 };
	bool first = true;
	int r = 0;

	if (in_first_month(d, date) && instant_compare(now, due_month_over(d)) < 0)
		r = series_meetings(e, d, &meetings, &first);
	*ret = !first;
	return r;
}

/* ---- every n-th -------------------------------------------------------------------------------- */

/* The meeting of the last occurrence that exists, or, where it has none, its date; CIVIL_NONE: there is no
 * occurrence, or only such as were before the first meeting that counts. */
static int find_last(struct engine *e, const struct series *s, const struct date_list *meetings,
		     struct civil_date *ret)
{
	struct civil_date last = CIVIL_NONE;
	int r = 0;

	for (size_t k = 0; r >= 0 && k < s->known_count; k++) {
		const struct occurred *o = &s->known[k];
		struct civil_date date = deadline_bound_in_plan(&o->row);

		r = series_follow(e, s->d->due.body->id, &date);
		if (civil_is_none(date))
			date = o->due;
		else if (!date_list_has(meetings, date))
			continue;
		if (civil_is_none(last) || civil_compare(date, last) > 0)
			last = date;
	}
	*ret = last;
	return r;
}

int series_keep_each(struct engine *e, const struct series *s, struct date_list *meetings)
{
	const int each = s->d->every.each;
	struct civil_date last = CIVIL_NONE;
	int r = find_last(e, s, meetings, &last);
	int since = civil_is_none(last) ? each - 1 : 0; /* the first one of all counts */
	size_t kept = 0;

	for (size_t i = 0; r >= 0 && i < meetings->count; i++) {
		const struct civil_date date = meetings->list[i];

		if (!civil_is_none(last) && civil_compare(date, last) <= 0)
			continue;
		if (++since == each) {
			meetings->list[kept++] = date;
			since = 0;
		}
	}
	meetings->count = kept;
	return r;
}

int series_free_meetings(struct engine *e, const struct deadline *d, struct known_meeting *list,
			 size_t max, size_t *ret_count)
{
	struct date_list meetings __attribute__((cleanup(date_list_done))) = { 0 };
	struct series s = { 0 };
	size_t count = 0;
	int r = series_load_known(&s, e, d->series);

	if (r < 0)
		return r;
	r = series_meetings(e, d->series, &meetings, &(bool){ false });
	for (size_t i = 0; r >= 0 && i < meetings.count && count < max; i++) {
		bool taken = false;

		for (size_t k = 0; r >= 0 && k < s.known_count; k++) {
			struct civil_date meeting = deadline_bound_in_plan(&s.known[k].row);

			if (strcmp(s.known[k].row.id, d->id.text) == 0)
				continue;
			r = series_follow(e, d->due.body->id, &meeting);
			taken |= civil_equal(meeting, meetings.list[i]);
		}
		if (!taken)
			list[count++].from = meetings.list[i];
	}
	series_done(&s);
	*ret_count = count;
	return r < 0 ? r : 0;
}
