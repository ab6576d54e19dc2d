/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of a paper's view: paper_view_row.c makes rows and entries, paper_view_sums.c the sums,
 * paper_view.c the whole, of what is in paper_view_words.c. */
#pragma once
#include "message/paper_view.h"
#include "message/template_view_internal.h"

#define PAPER_TEXT 600
#define PAPER_NOTHING "–" /* in a cell */

/* A member's text; NULL for none and for "". */
const char *paper_text_of(const json_t *row, const char *name);
/* An object within the view. */
struct template_view paper_inner(const struct template_view *v);
/* A text, or a dash; or nothing at all. */
void paper_put_cell(struct template_view *v, const char *name, const char *text);
void paper_put_optional(struct template_view *v, const char *name, const char *text);
/* What somebody wrote, where more is said behind it: with a full stop, unless it ends as a sentence does. */
void paper_put_ended(struct template_view *v, const char *name, const char *text);
/* The day of the member, or its meeting, in words within a sentence; nothing for none. */
void paper_put_date(struct template_view *v, const char *name, const json_t *row,
		    const char *member);
/* The same; and the flag "NAME_day": it is a day, and no meeting. */
void paper_put_until(struct template_view *v, const char *name, const json_t *row,
		     const char *member);
/* "2026-10-20" or an instant: its day; "meeting RF 2026-10": "Regionfullmäktige (RF), oktober 2026", the name
 * from the row's member beside it. NULL for nothing. */
char *paper_words_of_date(const struct template_view *v, const json_t *row, const char *member,
			  char out[static PAPER_TEXT]);
/* Dates of a narrow cell, in place: a line may end before the year, since a date in one piece is cut through it. */
char *paper_loosened(char *text);
/* "Title (id)", "Enligt plan (grön)": either may be NULL, and the other stands alone. */
void paper_put_titled(struct template_view *v, const char *name, const char *title, const char *id);
/* The same of an id, as it is shown. */
void paper_put_named(struct template_view *v, const char *name, const char *title, const char *id);
/* The same with the id in one piece, as paper_held has it. */
void paper_put_held(struct template_view *v, const char *name, const char *title, const char *id);
/* An id, and as "NAME_held" the same in one piece; a dash for NULL. */
void paper_put_id(struct template_view *v, const char *name, const char *id);
#define PAPER_REFERENCE 48 /* bytes of a reference that a line has room for */
/* A decision's or a diary's reference likewise; nothing for NULL. What is longer is in as many pieces as it has words. */
void paper_put_reference(struct template_view *v, const char *name, const char *text);
/* An id or a reference in one piece: no line ends at its hyphens and blanks. For Word, which ends lines at the others; in a
 * table, where who looks for an id finds it, they stay as they are. Returns out. */
char *paper_held(const char *id, char *out, size_t size);
/* What a row is of: "item", the same with its id in one piece, "item_held", and its title and its id apart. */
void paper_put_item(struct template_view *v, const char *title, const char *id);
/* An amount in millions, or a dash; nothing unless it is more than nothing. */
void paper_put_millions(struct template_view *v, const char *name, const json_t *value);
/* Likewise of a difference, which has its sign. */
void paper_put_difference(struct template_view *v, const char *name, const json_t *value);
void paper_put_some(struct template_view *v, const char *name, const json_t *value);
void paper_put_count(struct template_view *v, const char *name, size_t n);
/* How many in words, for a sentence that knows one from several: the flag "NAME_one", or "NAME_several". */
void paper_put_counted(struct template_view *v, const char *name, size_t n);
/* The name of a body or a person within a sentence (catalogue_within). A dash for NULL. */
void paper_put_within(struct template_view *v, const char *name, const char *text);
/* Whether a sum or a difference of what is shown, which is rounded, is another than what is shown of it. */
void paper_put_rounding(struct template_view *v, const json_t *report);
/* The sums of the report's totals, and how many have answered. */
void paper_put_sums(struct template_view *v, const json_t *report);

/* What it is of, its assignment, and when and where it is reported; "of_deadline" and the like first. */
void paper_put_description(struct template_view *v, const json_t *report);

/* The bodies that it passes, as of the paper's own day; and to which its papers are due. */
void paper_put_via(struct template_view *v, const json_t *report, struct civil_date today);
/* What has changed since it was frozen. */
void paper_put_since_frozen(struct template_view *v, const json_t *report);
/* A list of the text's paragraphs; of NULL an empty one. */
void paper_put_paragraphs(struct template_view *v, const char *name, const char *text);

/* The flag any_periods and the names of the periods that anybody has said anything in; before the rows. */
void paper_put_periods(struct template_view *v, const json_t *report);
/* Is it one of those, of the whole's view? */
bool paper_shows_period(const struct template_view *v, const json_t *period);
/* Whether rows are by measure, by assignment or by both; and of the i-th row which assignment stands above it then. */
void paper_put_groups(struct template_view *v, const json_t *report);
void paper_put_group(const struct template_view *v, json_t *shown, const json_t *rows, size_t i);
/* Each table that the paper has, one, two, three: after all that says which it has. */
void paper_put_table_numbers(struct template_view *v);
/* What was handed over and decided. */
void paper_put_history(struct template_view *v, const json_t *report);

/* A measure's row, and an entry of a list: new references. */
json_t *paper_row_view(const struct template_view *outer, const json_t *row);
json_t *paper_entry_view(const struct template_view *outer, const json_t *row);
