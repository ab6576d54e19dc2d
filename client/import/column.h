/* SPDX-License-Identifier: Apache-2.0 */
/* Which column of a spreadsheet holds what: known by its heading, or told on the command line. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "client/import/notice.h"
#include "client/import/sheet.h"

enum column_kind {
	COLUMN_MEASURE, /* its id */
	COLUMN_TITLE,
	COLUMN_OWNER, /* their name */
	COLUMN_MAIL,  /* the owner's */
	COLUMN_EFFECT,
	COLUMN_DECISION,
	COLUMN_DONE_BY,
	COLUMN_FROM,
	COLUMN_TAGS,
	COLUMN_MANAGER,
	COLUMN_MANAGER_MAIL,
	COLUMN_DEPUTY,
	COLUMN_BODY,
	COLUMN_ASSIGNMENT,
	COLUMN_STATUS, /* how it stands, which is not of a plan */
	COLUMN_NOTE,
	COLUMN_KINDS,
};
extern const char
	*const column_kind_names[COLUMN_KINDS + 1]; /* as --column has them; ends with NULL */

struct column {
	enum column_kind field;
	size_t at;	     /* counted from 0 */
	const char *heading; /* as it stands */
	int64_t unit;	     /* that the heading names, see amount_unit; 0: none */
	int year;	     /* that it names; 0: none */
};

/* Of --column FIELD=HEADING, where a column's letters serve as well. */
struct column_wish {
	enum column_kind field;
	const char *heading;
};
struct column_wishes {
	struct column_wish *list;
	size_t count;
};

struct columns {
	struct column *list; /* in the spreadsheet's order; of the sheet's keep */
	size_t count;
	size_t first; /* the first row below the headings, as an index of the sheet's rows */
};

/* The first cell that stands alone in its row above the headings, the spreadsheet's title; NULL. */
const char *columns_above(const struct sheet *sheet, const struct columns *columns);
/* How many headings among the first rows are known, in the row that has most; ret_row: which that is. */
size_t columns_known(const struct sheet *sheet, const struct column_wishes *wishes,
		     size_t *ret_row);
/*
 * Find the headings, and say of each column what it is taken for. 0; or -EINVAL and a sentence: no headings, a
 * heading that was wished for is not there, neither measures' ids nor titles.
 */
int columns_find(struct sheet *sheet, const struct column_wishes *wishes, struct columns *ret,
		 struct notices *notices, struct fault *ret_fault);
/* The first column of the field; NULL when there is none. */
const struct column *columns_of(const struct columns *columns, enum column_kind field);
