/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The board: a paper (paper.h), made by the same code of the same snapshot, with what a reader wants to see beside
 * it: how the statuses and the effect came about, in which order things are pressing, and what comes. board.c asks
 * and tells which there are, board_rows.c adds to rows and sums, board_coming.c looks ahead.
 */
#pragma once
#include "engine/inquiry/paper.h"

#define BOARD_ROWS 100	  /* of a page; its lists have no more either */
#define BOARD_STATUSES 24 /* of a measure's course: the newest changes */
#define BOARD_COMING 20	  /* dates */
#define MONTHS 12

struct board {
	/* The paper as it was frozen, or NULL; then the board is of what was said before that, as its signature
	 * says, and what came later is among since_frozen. */
	json_t *frozen;
	struct instant end;	 /* what was said before it counts */
	struct civil_date as_of; /* its day */
	/* By month of the paper's year, over the rows of totals.same; of months that have begun. */
	struct {
		int64_t planned, achieved, forecast;
		size_t achieved_of, forecast_of; /* rows that had told it by then */
	} months[MONTHS];
	size_t of;	     /* such rows */
	size_t not_by_month; /* of these whose plan has no months */
	size_t month_count;  /* that have begun: 0 of a year to come */
};

/* The dates ahead of what the paper tells of: a new reference, or NULL. */
json_t *board_coming(const struct inquiry *q);
