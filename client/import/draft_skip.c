/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a spreadsheet that are no measure: headings between the rows or once more, and sums (draft_sum.c). */
#include <string.h>

#include "client/import/drafting.h"
#include "client/import/ident.h"
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
		draft_sum_row(d, text_excerpt(first).text);
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
