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

/* The meetings that a series is held for, ascending. One that counted still does when it was moved. */
int series_meetings(struct engine *e, const struct deadline *d, struct date_list *ret);
