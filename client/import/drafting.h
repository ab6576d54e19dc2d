/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that make a draft share. */
#pragma once
#include "client/import/amount.h"
#include "client/import/day.h"
#include "client/import/draft.h"

struct drafting {
	struct draft *draft;
	const struct sheet *sheet;
	const struct columns *columns;
	const struct draft_wishes *wishes;
	struct notices *notices;
	struct day_style days;
	bool kronor; /* amounts without any unit are kronor: none of them is so small that it can be another */
	const struct sheet_row *row; /* the one being read */
	void *owners;		     /* a tree of all that the column of owners has, as ids */
	struct {
		const char *cell, *id; /* the first */
		size_t row, count;
	} renamed; /* measures' ids that are written otherwise than the spreadsheet has them */
};

/* ---- rows ------------------------------------------------------------------------------------------ */

/* Is the row being read no measure? It is said then. */
bool draft_is_skipped(struct drafting *d);
/* An amount of the column was read, or could not be. */
void draft_sum(struct drafting *d, const struct column *column, int64_t kronor);
void draft_sum_unread(struct drafting *d, const struct column *column, struct group *measure);
/* The row is one with sums, and called that. */
void draft_sum_row(struct drafting *d, const char *called);

/* ---- groups ---------------------------------------------------------------------------------------- */

/* A new one, in the section under its id, which nothing there has. */
struct group *draft_add(struct drafting *d, enum section section, const char *id);
/* The row being read is one of the group's. */
void draft_names_row(struct drafting *d, struct group *group);
/* A key of it; value NULL: none. Returns the member. */
struct member *draft_put(struct group *group, const char *key, const char *value, const char *cell);

/* ---- values ---------------------------------------------------------------------------------------- */

/* A cell of the row being read, on one line; "" when it is a dash. */
const char *draft_cell_at(struct drafting *d, size_t at);
/* The same of a field; "" without such a column. */
const char *draft_cell(struct drafting *d, enum column_kind field);
/* The heading of the field's column; without one the field's name. */
const char *draft_heading(const struct drafting *d, enum column_kind field);
/* At most `most` bytes of the text, whole characters, from between words where one ends in the last third. */
char *draft_cut(struct keep *keep, const char *text, size_t most);
/* Text in quotes, as a plan file has it, of d's keep. */
const char *draft_quote(struct drafting *d, const char *text);
const char *draft_quoted(struct keep *keep, const char *text); /* of keep */
/* A hole that says what is wanted and, unless that is empty, what the spreadsheet has. */
void draft_hole(struct drafting *d, struct member *member, const char *wanted);
/* Why the member is one, by the cell of the row being read; it is said. */
__attribute__((format(printf, 3, 4))) void draft_why(struct drafting *d, struct member *member,
						     const char *format, ...);
/* The hole of an amount. hint: what is known of it, behind what the spreadsheet has; "". Of keep. */
void draft_amount_hole(struct keep *keep, struct member *member, const char *hint);
/* A number as a plan file has it: with an L only where libconfig would not take it without. Of keep. */
const char *draft_number(struct keep *keep, int64_t number);
/* The cell as a text of a plan: at most LINE_MAX_BYTES, said when it is cut; a hole when it has one in it. */
void draft_text(struct drafting *d, struct group *group, const char *key, const char *cell);
void draft_effect(struct drafting *d, struct group *measure);
void draft_date(struct drafting *d, struct group *measure, enum column_kind field);
/* What the row says of how the measure stands: of a plan only that it is over. */
void draft_status(struct drafting *d, struct group *measure);
/* The unit of an amount in the column that has none; 0: nothing says. */
int64_t draft_unit(const struct drafting *d, const struct column *column);
void draft_tags(struct drafting *d, struct group *measure);
/* See what the columns of amounts and dates tell of how they are written. */
void draft_see_styles(struct drafting *d);

/* ---- people ---------------------------------------------------------------------------------------- */

/* See who is in the column of owners; draft_forget_owners lets go of them. */
void draft_see_owners(struct drafting *d);
void draft_forget_owners(struct drafting *d);
/* The owner of the measure of the row being read, who becomes one of the people, with what the row says of
 * them. */
void draft_owner(struct drafting *d, struct group *measure);
/* Give the holes of owners an id of somebody who is there, as an example. */
void draft_name_owners(struct drafting *d);
/* Say which people look like each other. */
void draft_compare_people(struct drafting *d);
