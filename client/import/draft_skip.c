/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a spreadsheet that are no measure: headings between the rows or once more, and sums, which are compared
 * with what stands above them.
 */
#include <stdlib.h>
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
#include "client/print.h"
#include "protocol/text.h"

/* How many cells of the row have something in them. */
static size_t filled(const struct sheet_row *row)
{
	size_t count = 0;

	for (size_t i = 0; i < row->count; i++)
		count += *row->cells[i] != '\0';
	return count;
}

static bool is_sum(const char *text)
{
	static const char *const words[] = {
		"summa", "totalt", "total", "sum", "delsumma", "totals"
	};
	struct keep keep = { 0 };
	const char *id = ident_make(&keep, text);
	bool found = false;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		found |= strncmp(id, words[i], strlen(words[i])) == 0 &&
			 (id[strlen(words[i])] == '\0' || id[strlen(words[i])] == '-');
	keep_done(&keep);
	return found;
}

/* Has the row the headings again, as on a new page? */
static bool is_heading(const struct drafting *d)
{
	const struct sheet_row *headings = &d->sheet->rows[d->columns->first - 1];

	for (size_t i = 0; i < d->columns->count; i++) {
		const size_t at = d->columns->list[i].at;

		if (strcmp(sheet_cell(headings, at), sheet_cell(d->row, at)) != 0)
			return false;
	}
	return true;
}

/* ---- sums ------------------------------------------------------------------------------------------ */

void draft_sum(struct drafting *d, const struct column *column, int64_t kronor)
{
	struct sum *sum = &d->sums[column - d->columns->list];

	sum->all += kronor;
	sum->part += kronor;
}

void draft_sum_unread(struct drafting *d, const struct column *column)
{
	d->sums[column - d->columns->list].unread++;
}

/* How far the cell of the row with a sum is from what stands above it in its column: from all of it, or from what is
 * below the sum before. false: it is no amount. */
static bool compare_sum(struct drafting *d, size_t at, int64_t *ret_says, int64_t *ret_off)
{
	const struct column *column = &d->columns->list[at];
	struct sum *sum = &d->sums[at];
	const char *cell = draft_cell_at(d, column->at);
	const int64_t part = sum->part;
	struct amount amount;

	if (column->field != COLUMN_EFFECT || !*cell)
		return false;
	sum->part = 0;
	if (amount_read(cell, draft_unit(d, column), &d->amounts, &amount) != AMOUNT_READ)
		return false;
	*ret_says = amount.kronor;
	*ret_off = amount.kronor == part ? 0 : amount.kronor - sum->all;
	return true;
}

/* A row with sums is no measure, and tells when an amount is missing or was misread. */
static void tell_sum(struct drafting *d, const char *called)
{
	char texts[3][PRINT_NUMBER], unread[60] = "";
	bool compared = false;
	int64_t says, off;

	for (size_t i = 0; i < d->columns->count; i++) {
		const struct sum *sum = &d->sums[i];

		if (!compare_sum(d, i, &says, &off))
			continue;
		compared = true;
		if (off == 0)
			continue;
		if (sum->unread == 1 && off > 0)
			snprintf(unread, sizeof(unread),
				 ", as the one that can't be read would be");
		else if (sum->unread)
			snprintf(unread, sizeof(unread), ", without %zu that can't be read",
				 sum->unread);
		notice_always(
			d->notices, d->row->number,
			"\"%s\" is a sum: no measure. It is %s kronor, and the amounts above it "
			"come to %s, %s %s%s",
			called, print_number(says, texts[0]), print_number(says - off, texts[1]),
			print_number(llabs(off), texts[2]), off > 0 ? "less" : "more", unread);
		return;
	}
	notice(d->notices, d->row->number, "\"%s\" is a sum%s: no measure", called,
	       compared ? ", that of the rows" : "");
}

/* ---- rows ------------------------------------------------------------------------------------------ */

bool draft_is_skipped(struct drafting *d)
{
	const char *title = draft_cell(d, COLUMN_TITLE), *id = draft_cell(d, COLUMN_MEASURE);
	const char *first = "";

	for (size_t i = 0; i < d->row->count && !*first; i++)
		first = sheet_line(&d->draft->keep, d->row->cells[i]);
	if (is_heading(d))
		notice(d->notices, d->row->number, "the headings again: no measure");
	else if ((is_sum(title) || is_sum(id) || is_sum(first)) && !*draft_cell(d, COLUMN_OWNER))
		tell_sum(d, text_excerpt(first).text);
	else if (filled(d->row) == 1 && filled(&d->sheet->rows[d->columns->first - 1]) > 2)
		notice(d->notices, d->row->number,
		       "\"%s\" stands alone and is taken for a heading between the rows: no "
		       "measure",
		       text_excerpt(first).text);
	else if (!*title && !*id)
		notice(d->notices, d->row->number, "has neither an id nor a title: no measure");
	else
		return false;
	return true;
}
