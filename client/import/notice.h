/* SPDX-License-Identifier: Apache-2.0 */
/* What was decided while a spreadsheet was read, and what is left open: nothing of it happens in silence. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "client/import/keep.h"

struct notice {
	size_t row;	  /* of the spreadsheet; 0: of the file */
	const char *text; /* where it is of an id, the word ID stands for that in it */
	const char *id;	  /* NULL: of none */
	size_t at;	  /* in the order of their making */
	bool always; /* it is of interest even where the row is as it was when it was imported before */
	/* Of those with one text, for people: the rows of all at the first, "4, 9", and the rest left out. */
	const char *rows;
	const char *ids; /* of the others, "A-3, A-5"; "" */
	bool again;
	bool hidden; /* from people: notices_only */
};

struct notices {
	struct keep keep;
	struct notice *list;
	size_t count, room;
};

__attribute__((format(printf, 3, 4))) void notice(struct notices *notices, size_t row,
						  const char *format, ...);
/* The same, of interest even where the row has been imported before. */
__attribute__((format(printf, 3, 4))) void notice_always(struct notices *notices, size_t row,
							 const char *format, ...);
/* Both of one id, for which the word ID stands in it: of several rows with one text, the others' ids are told too. */
__attribute__((format(printf, 4, 5))) void notice_of(struct notices *notices, size_t row,
						     const char *id, const char *format, ...);
__attribute__((format(printf, 4, 5))) void notice_of_always(struct notices *notices, size_t row,
							    const char *id, const char *format,
							    ...);
/* Those of the file first, then by row, what is said of several rows once; of more than NOTICES_SHOWN of rows the rest as a number. */
/* Of those of rows people are shown the ones of these alone, and what is always of interest; rows[number] for each row up
 * to `count`. */
void notices_only(struct notices *notices, const bool *rows, size_t count);
/* Is there any for people? */
bool notices_shown(const struct notices *notices);
#define NOTICES_SHOWN 200
void notices_print(struct notices *notices, const char *file, FILE *out);
/* [{"row":4,"text":…}], a new array; a row of null is the file. */
json_t *notices_json(struct notices *notices);
void notices_done(struct notices *notices);
