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
 * The meetings that a series is held for, ascending. One that counted still does when it was moved.
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
