/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as people write them in a spreadsheet: "2026-12-31", "31 december 2026", "31/12/2026", "20261231",
 * "31/12 2026", "dec 2026", "Q4 2026". What can be read two ways is not read, unless other cells of the column say
 * which way it is.
 */
#pragma once
#include <stdbool.h>

#include "protocol/civil.h"

/* The orders that numbers may stand in. */
enum day_order { DAY_YMD, DAY_DMY, DAY_MDY, DAY_ORDERS };

/* Which orders there are in a column, by the cells of it that can be read one way only. */
struct day_style {
	bool seen[DAY_ORDERS];
};

struct day {
	int count; /* of the ways it can be read: 0, it is no date; up to 3 */
	struct civil_date dates[DAY_ORDERS]; /* the ways, each another date */
	enum day_order orders[DAY_ORDERS];   /* of each */
	bool silent; /* on the order: its month is a word, or two of the ways come to one date */
	int months; /* of a part of the year, a month or a quarter: dates[0] is its first day; 0: a day */
	bool assumed;	 /* the order, though the numbers alone would allow two */
	bool two_digits; /* the year has but two digits */
};

/* The ways to read the cell, clean and not empty. */
void day_read(const char *cell, struct day *ret);
/* See what a cell tells of the column's order. */
void day_see(const struct day *day, struct day_style *style);
/* Leave the one way that the column's style allows, if it allows just one. */
void day_choose(struct day *day, const struct day_style *style);
/* The last day of the one way. */
struct civil_date day_last(const struct day *day);
/* Today, on this machine. */
struct civil_date day_today(void);
