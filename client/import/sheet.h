/* SPDX-License-Identifier: Apache-2.0 */
/* A spreadsheet's export as rows of cells, numbered as the spreadsheet numbers them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "client/command.h"
#include "client/import/keep.h"

#define SHEET_BYTES (16 << 20) /* of a file, at most */
#define SHEET_ROWS 100000      /* of a file, at most */
#define SHEET_CELL (64 << 10)  /* bytes of a cell, at most */
#define SHEET_COLUMNS 1000     /* of a row, at most */

struct sheet_row {
	size_t number; /* as the spreadsheet numbers it: blank rows count, line breaks in cells don't */
	const char **cells; /* clean, see sheet_clean; never NULL */
	size_t count;
};

struct sheet {
	struct keep keep;
	struct sheet_row *rows; /* without blank ones */
	size_t count, room;
	char separator;
};

/*
 * All cells of the text, which is UTF-8, apart by separator, with their row's number. A cell in quotes may
 * hold separators, line ends and doubled quotes. 0; or -EINVAL and a sentence: a bound above, or a quotation
 * mark that is never closed. sheet_done releases ret either way.
 */
int sheet_read(struct sheet *ret, const char *text, size_t length, char separator,
	       struct fault *ret_fault);
void sheet_done(struct sheet *sheet);

/* Is there nothing in the cell but dashes? That is how people write that there is none. */
bool sheet_is_dash(const char *cell);
/* The cell, "" beyond the row's end. */
const char *sheet_cell(const struct sheet_row *row, size_t column);

/*
 * Clean text, in place: each run of white space of whatever kind becomes one space, or one line end if there is
 * one in it, and none at the ends of the text; what can't be seen (control characters, soft hyphens, zero-width
 * characters, marks that turn the direction of text) goes. Returns text.
 */
char *sheet_clean(char *text);
/* A clean cell on one line: itself, or a copy. */
const char *sheet_line(struct keep *keep, const char *cell);

/* "A", "Z", "AA", as spreadsheets name their columns, counted from 0. Returns out. */
#define SHEET_LETTERS 8
char *sheet_letters(size_t column, char out[static SHEET_LETTERS]);
