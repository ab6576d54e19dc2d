/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/sheet.h"

#include <csv.h>
#include <errno.h>
#include <string.h>

#include "client/need.h"
#include "protocol/text.h"

struct reading {
	struct sheet *sheet;
	struct fault *fault;
	const char **cells; /* of the row being read */
	size_t count, room, number;
	bool blank, failed;
};

static void fail(struct reading *r, const char *what)
{
	if (!r->failed)
		snprintf(r->fault->text, sizeof(r->fault->text), "row %zu has %s", r->number, what);
	r->failed = true;
}

static bool is_unseen(uint32_t code)
{
	return text_is_control(code) || code == 0xad || (code >= 0x200b && code <= 0x200f) ||
	       text_turns(code) || (code >= 0x2060 && code <= 0x2065) || code == 0xfeff;
}

static bool is_space(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
	       code == 0x202f || code == 0x205f || code == 0x3000;
}

char *sheet_clean(char *text)
{
	char *to = text;
	size_t left = strlen(text), n;
	char space = '\0';

	for (const char *at = text; left > 0; at += n, left -= n) {
		uint32_t code = 0;

		n = text_utf8(at, left, &code);
		if (n == 0)
			n = 1;
		if (is_space(code)) {
			if (to != text && space != '\n')
				space = code == '\n' ? '\n' : ' ';
			continue;
		}
		if (is_unseen(code))
			continue;
		if (space)
			*to++ = space;
		space = '\0';
		memmove(to, at, n);
		to += n;
	}
	*to = '\0';
	return text;
}

static void take_cell(void *bytes, size_t n, void *data)
{
	struct reading *r = data;
	char *cell;

	if (n > SHEET_CELL)
		fail(r, "a cell of more than 64 KiB: is a quotation mark missing?");
	if (r->count >= SHEET_COLUMNS)
		fail(r, "more than 1000 columns");
	if (r->failed)
		return;
	cell = sheet_clean(keep_text(&r->sheet->keep, bytes ? bytes : "", n));
	r->blank &= !*cell;
	r->cells = array_more(r->cells, r->count, &r->room, sizeof(*r->cells));
	r->cells[r->count++] = cell;
}

static void take_row(int end, void *data)
{
	struct reading *r = data;
	struct sheet *sheet = r->sheet;

	(void)end;
	if (r->number > SHEET_ROWS)
		fail(r, "a number above 100000, the most that are read");
	if (!r->blank && !r->failed) {
		const char **cells = keep_bytes(&sheet->keep, r->count * sizeof(*cells));

		memcpy(cells, r->cells, r->count * sizeof(*cells));
		sheet->rows =
			array_more(sheet->rows, sheet->count, &sheet->room, sizeof(*sheet->rows));
		sheet->rows[sheet->count++] = (struct sheet_row){ r->number, cells, r->count };
	}
	r->number++;
	r->count = 0;
	r->blank = true;
}

static void csv_donep(struct csv_parser *parser)
{
	csv_free(parser);
}

int sheet_read(struct sheet *ret, const char *text, size_t length, char separator,
	       struct fault *ret_fault)
{
	struct csv_parser parser __attribute__((cleanup(csv_donep)));
	struct reading r = { .sheet = ret, .fault = ret_fault, .number = 1, .blank = true };

	*ret = (struct sheet){ .separator = separator };
	/* Every line end is reported, so that blank rows count too. */
	if (csv_init(&parser, CSV_REPALL_NL) != 0)
		need(NULL);
	csv_set_delim(&parser, (unsigned char)separator);
	/* By the line, so that what is too large ends soon. */
	for (size_t at = 0, n; at < length && !r.failed; at += n) {
		const char *end = memchr(text + at, '\n', length - at);

		n = end ? (size_t)(end - text) + 1 - at : length - at;
		if (csv_parse(&parser, text + at, n, take_cell, take_row, &r) != n)
			need(NULL); /* without CSV_STRICT it fails for want of memory alone */
		if (parser.entry_pos > SHEET_CELL)
			fail(&r, "a cell of more than 64 KiB: is a quotation mark missing?");
	}
	csv_set_opts(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
	if (!r.failed && csv_fini(&parser, take_cell, take_row, &r) != 0)
		fail(&r, "a quotation mark that is never closed");
	free(r.cells);
	return r.failed ? -EINVAL : 0;
}

void sheet_done(struct sheet *sheet)
{
	free(sheet->rows);
	keep_done(&sheet->keep);
	*sheet = (struct sheet){ 0 };
}

const char *sheet_line(struct keep *keep, const char *cell)
{
	char *line;

	if (!strchr(cell, '\n'))
		return cell;
	line = keep_text(keep, cell, strlen(cell));
	for (char *end = line; (end = strchr(end, '\n'));)
		*end = ' ';
	return line;
}

bool sheet_is_dash(const char *cell)
{
	static const char *const dashes[] = {
		"-", "\u2010", "\u2012", "\u2013", "\u2014", "\u2212"
	};
	size_t n = 1;

	for (const char *at = cell; n; at += n) {
		if (!*at)
			return at > cell;
		n = 0;
		for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++)
			if (strncmp(at, dashes[i], strlen(dashes[i])) == 0)
				n = strlen(dashes[i]);
	}
	return false;
}

const char *sheet_cell(const struct sheet_row *row, size_t column)
{
	return column < row->count ? row->cells[column] : "";
}

char *sheet_letters(size_t column, char out[static SHEET_LETTERS])
{
	char *at = out + SHEET_LETTERS - 1;

	*at = '\0';
	do {
		*--at = (char)('A' + column % 26);
		column /= 26;
	} while (column-- > 0 && at > out);
	return memmove(out, at, strlen(at) + 1);
}
