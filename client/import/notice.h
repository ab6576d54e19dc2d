/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was decided while a spreadsheet was read, and what is left open: nothing of it happens in silence. What wants
 * something of the reader stands apart from what does not.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "client/import/keep.h"

enum notice_kind {
	NOTICE_READ,  /* how something was read that was not plain: there is nothing to do */
	NOTICE_LOOK,  /* it may be wanted otherwise */
	NOTICE_HOLE,  /* it could not be read: there is a hole to fill in */
	NOTICE_PLAIN, /* what is as it seems: for programs, and where nothing came of the file */
	NOTICE_KINDS,
};

/* What a notice is of. */
struct notice_at {
	enum notice_kind kind;
	size_t row;	/* of the spreadsheet; 0: of the file */
	const char *id; /* of a measure or person, told behind the row; NULL: of none */
	bool always; /* it is of interest even where the row is as it was when it was imported before */
};

struct notice {
	struct notice_at of;
	const char *text; /* the word ID stands for of.id in it */
	size_t at;	  /* in the order of their making */
	/* Of those with one text, for people: the rows of all at the first, "4, 9 (A-7)", and the rest left out. */
	const char *rows;
	bool again;
	bool hidden; /* from people: notices_only */
};

struct notices {
	struct keep keep;
	struct notice *list;
	size_t count, room;
};

__attribute__((format(printf, 3, 4))) void notice(struct notices *notices, struct notice_at of,
						  const char *format, ...);
/* Of those of rows people are shown the ones of these alone, and what is always of interest; rows[number] for each row up
 * to `count`. */
void notices_only(struct notices *notices, const bool *rows, size_t count);
/* Is there any for people, besides plain ones? */
bool notices_shown(const struct notices *notices);
#define NOTICES_SHOWN 200
/*
 * Those of the kinds from first to last, below a line with the head, if there are any: of the file first, then by row;
 * what is said of several rows once; of more than NOTICES_SHOWN of rows the rest as a number. head NULL: no such line.
 */
struct notice_kinds {
	enum notice_kind first, last;
};
void notices_print(struct notices *notices, struct notice_kinds kinds, const char *head, FILE *out);
/* [{"row":4,"text":…}], a new array; a row of null is the file. */
json_t *notices_json(struct notices *notices);
void notices_done(struct notices *notices);
