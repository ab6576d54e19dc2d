/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table says of itself how many columns it has and how wide each is (w:tblGrid), and word processors go by that. So
 * where the widest row has more cells or fewer, the grid is made anew from the widths that its cells ask for; and also
 * where it has as many, but one is to stand in less than half of what it asks for: what was repeated may come to as many
 * as there were with the cells of its tags, which are narrow. A table whose grid fits is left as it is, with whatever
 * cells were merged in it.
 */
#include "message/word_tables.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "message/word_xml.h"

#define COLUMNS_MAX 63 /* of Word */
#define EMPTY_PARAGRAPH "<w:p/>"

struct mending {
	const struct word_token *list;
	struct buffer out;
	int r;
};

static void put(struct mending *m, const char *text, size_t length)
{
	if (m->r == 0)
		m->r = buffer_add(&m->out, text, length);
}

static void put_token(struct mending *m, size_t at)
{
	put(m, m->list[at].text, m->list[at].length);
}

static bool opens(const struct mending *m, size_t at, const char *name)
{
	return m->list[at].kind == WORD_OPEN && word_token_is(&m->list[at], name);
}

/* The element behind the token, itself or what it encloses. */
static size_t after(const struct mending *m, size_t at)
{
	return (m->list[at].kind == WORD_OPEN ? m->list[at].partner : at) + 1;
}

/* The first child of this name, or where the element ends. */
static size_t find_child(const struct mending *m, size_t parent, const char *name)
{
	const size_t end = m->list[parent].partner;
	size_t at = parent + 1;

	while (at < end && !word_token_is(&m->list[at], name))
		at = after(m, at);
	return at;
}

/* The next sibling of this name, or where the parent ends. */
static size_t find_next(const struct mending *m, size_t at, size_t end, const char *name)
{
	for (at = after(m, at); at < end && !word_token_is(&m->list[at], name);)
		at = after(m, at);
	return at;
}

/* The number that the tag has as this attribute; otherwise: when it has none. */
static long attribute(const struct word_token *t, const char *name, long otherwise)
{
	char wanted[40];
	const char *at;

	snprintf(wanted, sizeof(wanted), " %s=\"", name);
	at = memmem(t->text, t->length, wanted, strlen(wanted));
	return at ? strtol(at + strlen(wanted), NULL, 10) : otherwise;
}

/* A property of a cell; 0 where it has none. */
static long cell_property(const struct mending *m, size_t cell, const char *property,
			  const char *name, long otherwise)
{
	const size_t all = m->list[cell].kind == WORD_OPEN ? find_child(m, cell, "w:tcPr") : cell;
	size_t at;

	if (!opens(m, all, "w:tcPr"))
		return otherwise;
	at = find_child(m, all, property);
	return at < m->list[all].partner ? attribute(&m->list[at], name, otherwise) : otherwise;
}

/* ---- one table ------------------------------------------------------------------------------------- */

struct row {
	size_t cells, columns;
	long widths[COLUMNS_MAX];
	bool asks; /* each cell has a width of its own, and none is a share */
};

/* Is its width in fiftieths of a per cent? */
static bool has_share(const struct mending *m, size_t cell)
{
	const size_t all = find_child(m, cell, "w:tcPr");
	size_t width;

	if (!opens(m, all, "w:tcPr"))
		return false;
	width = find_child(m, all, "w:tcW");
	return memmem(m->list[width].text, m->list[width].length, "\"pct\"", 5) != NULL;
}

static struct row read_row(const struct mending *m, size_t at)
{
	const size_t end = m->list[at].partner;
	struct row row = { .asks = true };

	for (size_t cell = find_child(m, at, "w:tc"); cell < end;
	     cell = find_next(m, cell, end, "w:tc")) {
		const long span = cell_property(m, cell, "w:gridSpan", "w:val", 1);
		const long width = cell_property(m, cell, "w:tcW", "w:w", 1000);

		row.cells++;
		row.asks &= cell_property(m, cell, "w:tcW", "w:w", 0) > 0 && !has_share(m, cell);
		for (long i = 0; i < span && row.columns < COLUMNS_MAX; i++)
			row.widths[row.columns++] = width / span;
	}
	return row;
}

/* The widest of its rows, and how many there are. */
static struct row widest_row(const struct mending *m, size_t table, size_t *ret_rows)
{
	const size_t end = m->list[table].partner;
	struct row widest = { 0 };

	*ret_rows = 0;
	for (size_t at = find_child(m, table, "w:tr"); at < end;
	     at = find_next(m, at, end, "w:tr")) {
		struct row row = { 0 };

		if (m->list[at].kind == WORD_OPEN)
			row = read_row(m, at);
		++*ret_rows;
		if (row.cells > widest.cells || widest.cells == 0)
			widest = row;
	}
	return widest;
}

/* Is the grid that of the row? */
static bool grid_fits(const struct mending *m, size_t table, const struct row *row)
{
	const size_t grid = find_child(m, table, "w:tblGrid");
	size_t count = 0, end;
	bool too_narrow = false;

	if (!opens(m, grid, "w:tblGrid"))
		return row->columns == 0;
	end = m->list[grid].partner;
	for (size_t at = find_child(m, grid, "w:gridCol"); at < end;
	     at = find_next(m, at, end, "w:gridCol")) {
		if (count < row->columns)
			too_narrow |= 2 * attribute(&m->list[at], "w:w", row->widths[count]) <
				      row->widths[count];
		count++;
	}
	return count == row->columns && !(too_narrow && row->asks && row->cells == row->columns);
}

static void put_grid(struct mending *m, const struct row *widest)
{
	char column[60];

	put(m, "<w:tblGrid>", strlen("<w:tblGrid>"));
	for (size_t i = 0; i < widest->columns; i++) {
		snprintf(column, sizeof(column), "<w:gridCol w:w=\"%ld\"/>", widest->widths[i]);
		put(m, column, strlen(column));
	}
	put(m, "</w:tblGrid>", strlen("</w:tblGrid>"));
}

static void mend(struct mending *m, size_t from, size_t to);

/* The only cell of its row. Properties come first, and their span behind the width. */
static void put_only_cell(struct mending *m, size_t cell, size_t columns)
{
	const size_t all = find_child(m, cell, "w:tcPr"), end = m->list[cell].partner;
	const bool has = opens(m, all, "w:tcPr");
	char span[60];

	snprintf(span, sizeof(span), "<w:gridSpan w:val=\"%zu\"/>", columns);
	put_token(m, cell);
	put(m, "<w:tcPr>", strlen("<w:tcPr>"));
	if (!has)
		put(m, span, strlen(span));
	for (size_t at = all + 1; has && at < m->list[all].partner; at = after(m, at)) {
		const bool width = word_token_is(&m->list[at], "w:tcW");

		if (at == all + 1 && !width)
			put(m, span, strlen(span));
		if (!word_token_is(&m->list[at], "w:gridSpan"))
			mend(m, at, after(m, at));
		if (width)
			put(m, span, strlen(span));
	}
	put(m, "</w:tcPr>", strlen("</w:tcPr>"));
	mend(m, word_token_is(&m->list[all], "w:tcPr") ? after(m, all) : cell + 1, end + 1);
}

static void put_row(struct mending *m, size_t at, size_t columns)
{
	const size_t end = m->list[at].partner, cell = find_child(m, at, "w:tc");

	if (!opens(m, cell, "w:tc") || find_next(m, cell, end, "w:tc") < end) {
		mend(m, at, end + 1);
		return;
	}
	mend(m, at, at + 1);
	mend(m, at + 1, cell);
	put_only_cell(m, cell, columns);
	mend(m, after(m, cell), end + 1);
}

static void put_table(struct mending *m, size_t table)
{
	const size_t end = m->list[table].partner;
	size_t rows;
	const struct row widest = widest_row(m, table, &rows);
	const bool fits = grid_fits(m, table, &widest);

	if (rows == 0)
		return;
	put_token(m, table);
	for (size_t at = table + 1; at < end; at = after(m, at)) {
		if (!fits && word_token_is(&m->list[at], "w:tblGrid"))
			put_grid(m, &widest);
		else if (!fits && opens(m, at, "w:tr"))
			put_row(m, at, widest.columns);
		else
			mend(m, at, after(m, at));
	}
	put_token(m, end);
}

/* ---- all -------------------------------------------------------------------------------------------- */

/* Has the element that ends here to have a paragraph at its end, and has none? */
static bool lacks_paragraph(const struct mending *m, size_t at)
{
	static const char *const need[] = { "w:tc", "w:hdr", "w:ftr", "w:txbxContent" };
	bool needed = false;

	if (m->list[at].kind != WORD_CLOSE)
		return false;
	for (size_t i = 0; i < sizeof(need) / sizeof(*need); i++)
		needed |= word_token_is(&m->list[at], need[i]);
	while (needed && m->list[at - 1].kind == WORD_TEXT)
		at--;
	return needed && !word_token_is(&m->list[at - 1], "w:p");
}

/* Write the tokens from `from` up to `to`, that one not. */
static void mend(struct mending *m, size_t from, size_t to)
{
	for (size_t at = from; at < to; at++) {
		if (opens(m, at, "w:tbl")) {
			put_table(m, at);
			at = m->list[at].partner;
			continue;
		}
		if (lacks_paragraph(m, at))
			put(m, EMPTY_PARAGRAPH, strlen(EMPTY_PARAGRAPH));
		put_token(m, at);
	}
}

int word_tables_mend(const char *xml, size_t n, char **ret, size_t *ret_length)
{
	struct word_tokens tokens;
	struct mending m = { .r = word_tokens_new(&tokens, xml, n) };

	if (m.r < 0)
		return m.r;
	m.list = tokens.list;
	mend(&m, 0, tokens.count);
	word_tokens_done(&tokens);
	*ret_length = m.out.length;
	put(&m, "", 1);
	if (m.r < 0) {
		buffer_done(&m.out);
		return m.r;
	}
	*ret = m.out.bytes;
	return 0;
}
