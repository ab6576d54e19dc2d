/* SPDX-License-Identifier: Apache-2.0 */
/* A table for people: columns aligned by what a terminal shows, not by bytes. */
#pragma once
#include <stdbool.h>
#include <stdio.h>

struct table_column {
	const char *title;
	bool right; /* numbers */
	bool wraps; /* takes several lines where the terminal is too narrow, before any other does */
	bool below; /* may stand under its row then, with its title */
};
struct table;

/* columns is borrowed. */
void table_new(struct table **ret, const struct table_column *columns, size_t count);
/* The next cell of the row, a row's end begins the next one. text is taken over and freed; it is clean
 * already (print_clean). */
void table_add(struct table *t, char *text);
/* The next cell, which has the room of all that are left of its row and ends it; not a row's first. */
void table_span(struct table *t, char *text);
/* A line of its own between rows. text is taken over, as a cell's. */
void table_head(struct table *t, char *text);
/* What has been added last stands in a row to be noticed. */
void table_emphasise(struct table *t);
/* width: columns of the terminal, 0 for no limit. emphasis: may it be shown? */
void table_print(const struct table *t, FILE *out, int width, bool emphasis);
struct table *table_free(struct table *t);

/* The width of the terminal that out is, or what the environment's COLUMNS says; 0: neither, there is no limit. */
int table_width(FILE *out);
/* Is out a terminal, and is emphasis not switched off by NO_COLOR? */
bool table_emphasis(FILE *out);
