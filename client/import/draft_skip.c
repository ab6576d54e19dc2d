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

void draft_sum_unread(struct drafting *d, const struct column *column, struct member *hole)
{
	struct sum *sum = &d->sums[column - d->columns->list];

	sum->unread++;
	sum->hole = hole;
	sum->row = d->row->number;
}

/* What a sum says of its column, against what stands above it. */
struct compared {
	struct sum *sum;
	const struct column *column;
	int64_t says,
		off; /* kronor; off: from all of it, 0 also when from what is below the sum before */
	bool first;  /* there is no sum before, so that it is of all */
};

/* false: the column has no amounts, or the cell is none. */
static bool compare_sum(struct drafting *d, size_t at, struct compared *ret)
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
	*ret = (struct compared){ .sum = sum,
				  .column = column,
				  .says = amount.kronor,
				  .off = amount.kronor == part ? 0 : amount.kronor - sum->all,
				  .first = part == sum->all };
	return true;
}

/* How many columns of effect there are, one for each year. */
static size_t count_effects(const struct columns *columns)
{
	size_t count = 0;

	for (size_t i = 0; i < columns->count; i++)
		count += columns->list[i].field == COLUMN_EFFECT;
	return count;
}

/* The one amount that can't be read is what the sum lacks: its hole says so, as it is to be typed. */
static void fill_hole(struct drafting *d, const struct compared *c)
{
	struct keep *keep = &d->draft->keep;

	if (c->sum->unread != 1 || c->off <= 0 || !c->first || count_effects(d->columns) > 1)
		return;
	draft_amount_hole(d, c->sum->hole,
			  keep_print(keep, "; summan %s går ihop med %s",
				     draft_cell_unit(d, c->column), draft_number(keep, c->off)));
}

/* The sum is another than what stands above it. */
static void tell_off(struct drafting *d, const struct compared *c, const char *called)
{
	char texts[3][PRINT_NUMBER], unread[80] = "";

	if (c->sum->unread == 1 && c->off > 0)
		snprintf(unread, sizeof(unread), ", as row %zu would be, which can't be read",
			 c->sum->row);
	else if (c->sum->unread)
		snprintf(unread, sizeof(unread), ", without %zu row%s that can't be read",
			 c->sum->unread, c->sum->unread == 1 ? "" : "s");
	notice(d->notices, (struct notice_at){ NOTICE_LOOK, d->row->number, .always = true },
	       "\"%s\" is a sum: no measure. It is %s kronor, and the amounts above it "
	       "come to %s, %s %s%s",
	       called, print_number(c->says, texts[0]), print_number(c->says - c->off, texts[1]),
	       print_number(llabs(c->off), texts[2]), c->off > 0 ? "less" : "more", unread);
}

/* A row with sums is no measure, and tells when an amount is missing or was misread. */
static void tell_sum(struct drafting *d, const char *called)
{
	struct compared c = { .sum = NULL };
	char unread[80] = "";

	for (size_t i = 0; i < d->columns->count; i++) {
		if (!compare_sum(d, i, &c))
			continue;
		fill_hole(d, &c);
		if (c.off != 0) {
			tell_off(d, &c, called);
			return;
		}
	}
	if (c.sum && c.sum->unread == 1)
		snprintf(unread, sizeof(unread), " without row %zu, which can't be read",
			 c.sum->row);
	else if (c.sum && c.sum->unread)
		snprintf(unread, sizeof(unread), " without %zu rows that can't be read",
			 c.sum->unread);
	notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
	       "\"%s\" is %s%s: no measure", called, c.sum ? "the sum of the rows" : "a sum",
	       unread);
}

/* ---- rows ------------------------------------------------------------------------------------------ */

bool draft_is_skipped(struct drafting *d)
{
	const char *title = draft_cell(d, COLUMN_TITLE), *id = draft_cell(d, COLUMN_MEASURE);
	const char *first = "";

	for (size_t i = 0; i < d->row->count && !*first; i++)
		first = sheet_line(&d->draft->keep, d->row->cells[i]);
	if (is_heading(d))
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "the headings again: no measure");
	else if ((is_sum(title) || is_sum(id) || is_sum(first)) && !*draft_cell(d, COLUMN_OWNER))
		tell_sum(d, text_excerpt(first).text);
	else if (filled(d->row) == 1 && filled(&d->sheet->rows[d->columns->first - 1]) > 2)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "\"%s\" stands alone and is taken for a heading between the rows: no "
		       "measure",
		       text_excerpt(first).text);
	else if (!*title && !*id)
		notice(d->notices, (struct notice_at){ NOTICE_READ, d->row->number },
		       "has neither an id nor a title: no measure");
	else
		return false;
	return true;
}
