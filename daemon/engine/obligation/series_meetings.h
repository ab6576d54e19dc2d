/* SPDX-License-Identifier: Apache-2.0 */
/* The meetings that a series is held for, and lists of dates. */
#pragma once
#include "engine/obligation/series.h"

struct date_list {
	struct civil_date *list;
	size_t count, room;
};
void date_list_done(struct date_list *dates);
bool date_list_has(const struct date_list *dates, struct civil_date date);
int date_list_add(struct date_list *dates, struct civil_date date);
/* Into ascending order. */
void date_list_sort(struct date_list *dates);

/*
 * The meetings that a series may be held for, ascending: from the first one on, those of its months. One
 * that counted still does when it was moved, and one that is moved into such a month counts from then on.
 * ret_first: is one of the month that the series is counted from among them, wherever it was moved?
 */
int series_meetings(struct engine *e, const struct deadline *d, struct date_list *ret,
		    bool *ret_first);
/*
 * Is a date in the month that the series is counted from, while that goes on without a known meeting?
 * Then the occurrence of that month is provisional, as a single deadline would be. Never of "next".
 */
int series_first_is_awaited(struct engine *e, const struct deadline *d, struct civil_date date,
			    struct instant now, bool *ret);
/*
 * Of the meetings that a series may be held for, ascending, keep every n-th (every.each) that comes yet: from
 * the first one on, or, once there are occurrences, from the last of them on. Those keep their place whatever
 * meeting comes in between, and no other one comes before the last.
 */
int series_keep_each(struct engine *e, const struct series *s, struct date_list *meetings);
