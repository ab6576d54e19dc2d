/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A column is as wide as its widest cell. Where that is too much for the terminal, the column that
 * wraps gets what the others leave, and its text goes on below itself, broken between words. Nothing
 * is ever cut off.
 */
#include "client/table.h"

#include <assert.h>
#include <string.h>
#include <sys/ioctl.h>

#include "client/need.h"
#include "client/print.h"
#include "protocol/text.h"

#define GAP 2
#define NARROWEST 20 /* columns that text which wraps gets at least */
#define BOLD "\033[1m"
#define BOLD_OFF "\033[0m"
#define TABLE_COLS 16

struct table {
	const struct table_column *columns;
	size_t count, cells, room;
	char **texts;
	bool *emphasised; /* by row */
};

void table_new(struct table **ret, const struct table_column *columns, size_t count)
{
	assert(count > 0 && count <= TABLE_COLS);
	*ret = need(calloc(1, sizeof(**ret)));
	(*ret)->columns = columns;
	(*ret)->count = count;
}

void table_add(struct table *t, char *text)
{
	if (t->cells == t->room) {
		t->room = t->room ? t->room * 2 : 64 * t->count;
		t->texts = need(realloc(t->texts, t->room * sizeof(*t->texts)));
		t->emphasised = need(realloc(t->emphasised, t->room / t->count));
	}
	if (t->cells % t->count == 0)
		t->emphasised[t->cells / t->count] = false;
	t->texts[t->cells++] = text;
}

void table_emphasise(struct table *t)
{
	assert(t->cells > 0);
	t->emphasised[(t->cells - 1) / t->count] = true;
}

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

static void pad(FILE *out, int n)
{
	for (; n > 0; n--)
		fputc(' ', out);
}

/* One row; its wrapping cell goes on in further lines. */
static void print_row(const struct table *t, FILE *out, const char *const *texts, const int *widths)
{
	const char *rest = "";
	int before = 0, indent = 0;

	for (size_t i = 0; i < t->count; i++) {
		const char *text = texts[i];
		auto_free char *line = NULL;
		int space;

		if (t->columns[i].wraps) {
			size_t end = line_end(text, widths[i]);

			line = need(strndup(text, end));
			rest = text + end + strspn(text + end, " ");
			text = line;
			indent = before;
		}
		space = widths[i] - print_width(text);
		if (t->columns[i].right)
			pad(out, space);
		fputs(text, out);
		if (i + 1 < t->count)
			pad(out, GAP + (t->columns[i].right ? 0 : space));
		before += widths[i] + GAP;
	}
	for (size_t i = 0; *rest && i < t->count; i++) {
		while (t->columns[i].wraps && *rest) {
			size_t end = line_end(rest, widths[i]);

			fputc('\n', out);
			pad(out, indent);
			fwrite(rest, 1, end, out);
			rest += end + strspn(rest + end, " ");
		}
	}
}

static void measure(const struct table *t, int width, int widths[static TABLE_COLS])
{
	int all = 0;

	for (size_t i = 0; i < t->count; i++)
		widths[i] = print_width(t->columns[i].title);
	for (size_t i = 0; i < t->cells; i++) {
		int cell = print_width(t->texts[i]), *column = &widths[i % t->count];

		*column = cell > *column ? cell : *column;
	}
	for (size_t i = 0; i < t->count; i++)
		all += widths[i] + (i > 0 ? GAP : 0);
	for (size_t i = 0; width > 0 && all > width && i < t->count; i++) {
		int less = widths[i] - (all - width);

		if (t->columns[i].wraps && widths[i] > NARROWEST)
			widths[i] = less > NARROWEST ? less : NARROWEST;
	}
}

void table_print(const struct table *t, FILE *out, int width, bool emphasis)
{
	const char *titles[TABLE_COLS];
	int widths[TABLE_COLS];

	assert(t->cells % t->count == 0);
	measure(t, width, widths);
	for (size_t i = 0; i < t->count; i++)
		titles[i] = t->columns[i].title;
	print_row(t, out, titles, widths);
	fputc('\n', out);
	for (size_t row = 0; row < t->cells / t->count; row++) {
		bool bold = emphasis && t->emphasised[row];

		fputs(bold ? BOLD : "", out);
		print_row(t, out, (const char *const *)&t->texts[row * t->count], widths);
		fputs(bold ? BOLD_OFF "\n" : "\n", out);
	}
}

struct table *table_free(struct table *t)
{
	if (!t)
		return NULL;
	for (size_t i = 0; i < t->cells; i++)
		free(t->texts[i]);
	free(t->texts);
	free(t->emphasised);
	free(t);
	return NULL;
}

int table_width(FILE *out)
{
	struct winsize size;

	if (!isatty(fileno(out)) || ioctl(fileno(out), TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

bool table_emphasis(FILE *out)
{
	const char *off = getenv("NO_COLOR");

	return isatty(fileno(out)) && !(off && *off);
}
