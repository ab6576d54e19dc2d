/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A column is as wide as its widest cell. Where all of them are too much for the terminal, in this order:
 *
 *	1. those that wrap get narrower, down to NARROW
 *	2. those that may stand below do, the last first: on a line of their own under each row, with their titles
 *	3. all but numbers get narrower, the widest first, down to their longest word
 *	4. and down to NARROWEST, so that words are broken
 *
 * A cell that is too long goes on below itself, broken between words where it can be. Nothing is ever cut off: an
 * id has to be copied. Without a width, as into a file or another program, each row is one line.
 */
#include "client/table.h"

#include <assert.h>
#include <string.h>
#include <sys/ioctl.h>

#include "client/need.h"
#include "client/print.h"
#include "protocol/text.h"

#define GAP 2
#define NARROW 20    /* columns that text which wraps gets at least, while there is another way */
#define NARROWEST 6  /* that any column keeps */
#define LONG_WORD 30 /* longer ones are broken rather than give all the room to one column */
#define INDENT 4     /* of what stands below a row */
#define USUAL 80     /* of a terminal that does not know its width */
#define BOLD "\033[1m"
#define BOLD_OFF "\033[0m"
#define TABLE_COLS 16

struct table_row {
	char **cells; /* NULL: a heading */
	char *heading;
	size_t span; /* the cell that has the room of those behind it; 0: none has */
	bool emphasised;
};
struct table {
	const struct table_column *columns;
	size_t count, filled; /* cells of the last row */
	struct table_row *rows;
	size_t row_count, room;
};

/* How it is laid out on a terminal. */
struct layout {
	const struct table *table;
	FILE *out;
	int width; /* 0: no limit */
	int widths[TABLE_COLS];
	bool below[TABLE_COLS];
	size_t last; /* column that is not below */
};

void table_new(struct table **ret, const struct table_column *columns, size_t count)
{
	assert(count > 0 && count <= TABLE_COLS);
	*ret = need(calloc(1, sizeof(**ret)));
	(*ret)->columns = columns;
	(*ret)->count = (*ret)->filled = count;
}

static struct table_row *add_row(struct table *t)
{
	assert(t->filled == t->count);
	if (t->row_count == t->room) {
		t->room = t->room ? t->room * 2 : 64;
		t->rows = need(realloc(t->rows, t->room * sizeof(*t->rows)));
	}
	t->rows[t->row_count] = (struct table_row){ NULL };
	return &t->rows[t->row_count++];
}

void table_add(struct table *t, char *text)
{
	if (t->filled == t->count) {
		add_row(t)->cells = need(calloc(t->count, sizeof(char *)));
		t->filled = 0;
	}
	t->rows[t->row_count - 1].cells[t->filled++] = text;
}

void table_span(struct table *t, char *text)
{
	assert(t->filled > 0 && t->filled < t->count);
	t->rows[t->row_count - 1].span = t->filled;
	for (table_add(t, text); t->filled < t->count;)
		table_add(t, need(strdup("")));
}

void table_head(struct table *t, char *text)
{
	add_row(t)->heading = text;
}

void table_emphasise(struct table *t)
{
	assert(t->row_count > 0);
	t->rows[t->row_count - 1].emphasised = true;
}

/* ---- text in a width -------------------------------------------------------------------------------- */

/* Where the first line of text ends that is at most width columns wide: at a space, or in a word
 * that is longer than the line. */
static size_t line_end(const char *text, int width)
{
	size_t length, at = 0, space = 0, n = strlen(text);
	uint32_t code;

	for (int used = 0; at < n; at += length) {
		char one[8] = "";

		length = text_utf8(text + at, n - at, &code);
		length = length ? length : 1;
		memcpy(one, text + at, length);
		used += print_width(one);
		if (used > width && at > 0 && text[at] != ' ')
			return space ? space : at;
		if (text[at] == ' ')
			space = at;
	}
	return n;
}

/* The next line of *text, a copy, and *text moved behind it. width 0: all of it. */
static char *take_line(const char **text, int width)
{
	size_t end = width > 0 ? line_end(*text, width) : strlen(*text), shown = end;

	while (shown > 0 && (*text)[shown - 1] == ' ' && (*text)[end])
		shown--;
	char *line = need(strndup(*text, shown));

	*text += end;
	*text += strspn(*text, " ");
	return line;
}

/* The width of the longest word, where that is to be kept whole. */
static int longest_word(const char *text)
{
	int longest = 0;

	while (*text) {
		size_t n = strcspn(text, " ");
		auto_free char *word = need(strndup(text, n));
		int width = print_width(word);

		longest = width > longest ? width : longest;
		text += n + strspn(text + n, " ");
	}
	return longest < LONG_WORD ? longest : LONG_WORD;
}

static void pad(FILE *out, int n)
{
	for (; n > 0; n--)
		fputc(' ', out);
}

/* ---- the layout ------------------------------------------------------------------------------------- */

static int total(const struct layout *l)
{
	int all = 0;

	for (size_t i = 0; i < l->table->count; i++)
		if (!l->below[i])
			all += l->widths[i] + (all > 0 ? GAP : 0);
	return all;
}

/* Of a row, how many have the room of their columns. */
static size_t own_cells(const struct table *t, const struct table_row *row)
{
	return row->span ? row->span : t->count;
}

static void measure(struct layout *l, int words[static TABLE_COLS])
{
	const struct table *t = l->table;

	for (size_t i = 0; i < t->count; i++) {
		l->widths[i] = print_width(t->columns[i].title);
		words[i] = t->columns[i].right ? l->widths[i] : longest_word(t->columns[i].title);
	}
	for (size_t row = 0; row < t->row_count; row++)
		for (size_t i = 0; t->rows[row].cells && i < own_cells(t, &t->rows[row]); i++) {
			const char *text = t->rows[row].cells[i];
			const int width = print_width(text);
			const int word = t->columns[i].right ? width
					 : l->width > 0	     ? longest_word(text)
							     : 0;

			l->widths[i] = width > l->widths[i] ? width : l->widths[i];
			words[i] = word > words[i] ? word : words[i];
		}
}

/* Take from the widest column that may be narrower, until they fit or none may. */
static void shrink(struct layout *l, bool only_wrapping, const int least[static TABLE_COLS])
{
	const struct table *t = l->table;

	while (total(l) > l->width) {
		size_t widest = TABLE_COLS;

		for (size_t i = 0; i < t->count; i++)
			if (!l->below[i] && !t->columns[i].right && l->widths[i] > least[i] &&
			    (!only_wrapping || t->columns[i].wraps) &&
			    (widest == TABLE_COLS || l->widths[i] > l->widths[widest]))
				widest = i;
		if (widest == TABLE_COLS)
			return;
		l->widths[widest]--;
	}
}

static void lay_out(struct layout *l)
{
	const struct table *t = l->table;
	int words[TABLE_COLS], narrow[TABLE_COLS], narrowest[TABLE_COLS];

	measure(l, words);
	for (size_t i = 0; i < t->count; i++) {
		narrow[i] = NARROW;
		narrowest[i] = NARROWEST;
	}
	if (l->width > 0)
		shrink(l, true, narrow);
	for (size_t i = t->count; l->width > 0 && total(l) > l->width && i-- > 0;)
		l->below[i] = t->columns[i].below;
	if (l->width > 0) {
		/* What went below may have left more room than is needed. */
		measure(l, words);
		shrink(l, true, narrow);
		shrink(l, false, words);
		shrink(l, false, narrowest);
	}
	for (size_t i = 0; i < t->count; i++)
		if (!l->below[i])
			l->last = i;
}

/* ---- printing --------------------------------------------------------------------------------------- */

/* What is left of a line for a cell that begins at this column; 0: no limit. */
static int room_behind(const struct layout *l, size_t column)
{
	int used = 0;

	for (size_t i = 0; i < column; i++)
		used += l->below[i] ? 0 : l->widths[i] + GAP;
	return l->width == 0 ? 0 : l->width - used > NARROWEST ? l->width - used : NARROWEST;
}

/* One line of a row: *rest moves on; false when there is none left. */
static bool print_line(const struct layout *l, size_t span, const char *rest[static TABLE_COLS],
		       bool first)
{
	int owed = 0; /* spaces, once anything follows */
	bool any = first;

	for (size_t i = 0; i < l->table->count; i++)
		any |= !l->below[i] && *rest[i];
	for (size_t i = 0; any && i < l->table->count; i++) {
		int space;

		if (l->below[i])
			continue;
		const int room = span && i == span ? room_behind(l, i)
				 : l->width > 0	   ? l->widths[i]
						   : 0;
		auto_free char *line = take_line(&rest[i], room);

		space = l->widths[i] - print_width(line);
		if (*line) {
			pad(l->out, owed + (l->table->columns[i].right ? space : 0));
			fputs(line, l->out);
			owed = 0;
		} else {
			owed += l->table->columns[i].right ? space : 0;
		}
		owed += GAP + (l->table->columns[i].right ? 0 : space);
	}
	if (any)
		fputc('\n', l->out);
	return any;
}

/* "papers Fri 15 May; asked 3" under a row, of what has anything to say. */
static void print_below(const struct layout *l, char *const *cells)
{
	auto_free char *all = need(strdup(""));
	const char *rest;

	for (size_t i = 0; i < l->table->count; i++) {
		if (!l->below[i] || !*cells[i] || strcmp(cells[i], PRINT_NONE) == 0)
			continue;
		char *more = need_text("%s%s%s %s", all, *all ? "; " : "",
				       l->table->columns[i].title, cells[i]);

		free(all);
		all = more;
	}
	for (rest = all; *rest;) {
		auto_free char *line = take_line(&rest, l->width - INDENT);

		fprintf(l->out, "%*s%s\n", INDENT, "", line);
	}
}

static void print_row(const struct layout *l, size_t span, const char *const *texts)
{
	const char *rest[TABLE_COLS];

	memcpy(rest, texts, l->table->count * sizeof(*rest));
	for (bool first = true; print_line(l, span, rest, first); first = false)
		;
}

static void print_heading(const struct layout *l, const char *text)
{
	fputc('\n', l->out);
	while (*text) {
		auto_free char *line = take_line(&text, l->width);

		fprintf(l->out, "%s\n", line);
	}
}

void table_print(const struct table *t, FILE *out, int width, bool emphasis)
{
	struct layout l = { .table = t, .out = out, .width = width };
	const char *titles[TABLE_COLS];

	assert(t->filled == t->count);
	lay_out(&l);
	for (size_t i = 0; i < t->count; i++)
		titles[i] = t->columns[i].title;
	print_row(&l, 0, titles);
	for (size_t i = 0; i < t->row_count; i++) {
		const struct table_row *row = &t->rows[i];

		if (!row->cells) {
			print_heading(&l, row->heading);
			continue;
		}
		fputs(emphasis && row->emphasised ? BOLD : "", out);
		print_row(&l, row->span, (const char *const *)row->cells);
		print_below(&l, row->cells);
		fputs(emphasis && row->emphasised ? BOLD_OFF : "", out);
	}
}

struct table *table_free(struct table *t)
{
	if (!t)
		return NULL;
	for (size_t i = 0; i < t->row_count; i++) {
		for (size_t k = 0; t->rows[i].cells && k < t->count; k++)
			free(t->rows[i].cells[k]);
		free(t->rows[i].cells);
		free(t->rows[i].heading);
	}
	free(t->rows);
	free(t);
	return NULL;
}

/* ---- the terminal ------------------------------------------------------------------------------------ */

int table_width(FILE *out)
{
	const char *columns = getenv("COLUMNS");
	const long asked = columns ? strtol(columns, NULL, 10) : 0;
	struct winsize size = { 0 };

	if (asked >= NARROW && asked <= 10000)
		return (int)asked;
	if (!isatty(fileno(out)))
		return 0;
	if (ioctl(fileno(out), TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return USUAL;
	return size.ws_col;
}

bool table_emphasis(FILE *out)
{
	const char *off = getenv("NO_COLOR");

	return isatty(fileno(out)) && !(off && *off);
}
