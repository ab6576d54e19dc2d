/* SPDX-License-Identifier: Apache-2.0 */
/* How rows become a table for people: each column knows how its cell comes from a row. */
#pragma once
#include "client/cells.h"
#include "client/table.h"
#include "protocol/query.h"

#define VIEW_COLUMNS 10

struct cell {
	const char *member;
	cell_fn *text;
};
struct view {
	enum request request;
	const char *nothing; /* said when there are no rows */
	const char *late;    /* the value of "state" that is to be noticed, or NULL */
	struct table_column columns[VIEW_COLUMNS];
	struct cell cells[VIEW_COLUMNS];
};

size_t view_columns(const struct view *view);
/* Add the row to a table of the view's columns. */
void view_add(struct table *table, const struct view *view, const json_t *row);
/* Print it as the terminal has room, and free it. */
void view_end(struct table *table, FILE *out);
