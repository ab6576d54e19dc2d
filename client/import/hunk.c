/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/hunk.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "client/need.h"
#include "protocol/text_stream.h"

#define CONTEXT 3 /* lines around a change */

/* Whole lines that others take the place of. */
struct piece {
	const char *old, *old_end; /* of the text */
	char *text;		   /* what is there instead, of the piece */
	size_t line;		   /* of old, counted from 0 */
};

struct hunks {
	FILE *out;
	const char *text;
	struct piece *pieces;
	size_t count;
	const char *counted; /* the line up to which lines have been counted, and its number */
	size_t line;
	long shift; /* how many lines more there are by the pieces that have been written */
};

static int by_place(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;

	if (a->begin != b->begin)
		return a->begin > b->begin ? 1 : -1;
	return (a->end > b->end) - (a->end < b->end);
}

static size_t lines_of(const char *from, const char *until)
{
	size_t count = 0;

	for (const char *at = from; at < until; count++) {
		const char *end = memchr(at, '\n', (size_t)(until - at));

		at = end ? end + 1 : until;
	}
	return count;
}

/* Behind the line end that follows. */
static const char *line_end(const char *at)
{
	at += strcspn(at, "\n");
	return at + (*at == '\n');
}

/* The beginning of the line. */
static const char *line_begin(const char *text, const char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	return at;
}

static void print_lines(FILE *out, char sign, const char *from, const char *until)
{
	while (from < until) {
		const char *end = memchr(from, '\n', (size_t)(until - from));
		const size_t n = (size_t)((end ? end : until) - from);

		fprintf(out, "%c%.*s\n", sign, (int)n, from);
		if (!end)
			fputs("\\ No newline at end of file\n", out);
		from += n + (end != NULL);
	}
}

/* ---- pieces ------------------------------------------------------------------------------------------ */

/* Lines that both begin with are no part of the change. */
static char *trim(struct piece *piece, char *now)
{
	while (piece->old < piece->old_end && *now) {
		const size_t n = (size_t)(line_end(piece->old) - piece->old);

		if (strncmp(piece->old, now, n) != 0)
			break;
		piece->old += n;
		piece->line++;
		now += n;
	}
	return now;
}

static bool is_whole(const char *text)
{
	const size_t n = strlen(text);

	return n > 0 && text[n - 1] == '\n';
}

/* The edits of lines that touch become one piece; returns how many edits that are. */
static size_t take_piece(struct hunks *h, const struct edit *edits, size_t count, struct piece *ret)
{
	const char *at = line_begin(h->text, h->text + edits->begin);
	struct text_stream stream;
	size_t used = 0;
	char *now;
	FILE *out = need(text_stream_open(&stream));

	h->line += lines_of(h->counted, at);
	h->counted = at;
	*ret = (struct piece){ .old = at, .old_end = at, .line = h->line };
	while (used < count && (used == 0 || h->text + edits[used].begin < ret->old_end)) {
		const struct edit *edit = &edits[used++];

		fprintf(out, "%.*s%s", (int)(h->text + edit->begin - at), at, edit->text);
		at = h->text + edit->end;
		/* Where whole lines go, the one behind them is no part of it. */
		ret->old_end =
			at == line_begin(h->text, at) && is_whole(edit->text) ? at : line_end(at);
	}
	fprintf(out, "%.*s", (int)(ret->old_end - at), at);
	now = need(text_stream_close(&stream, NULL));
	ret->text = need(strdup(trim(ret, now)));
	free(now);
	return used;
}

/* ---- hunks ------------------------------------------------------------------------------------------- */

/* So many lines before or behind. */
static const char *go_back(const char *text, const char *at, size_t lines)
{
	while (lines-- && at > text)
		at = line_begin(text, at - 1);
	return at;
}

static const char *go_on(const char *at, size_t lines)
{
	while (lines-- && *at)
		at = line_end(at);
	return at;
}

/* The pieces from `first` on that share their context; returns how many they are. */
static size_t write_hunk(struct hunks *h, size_t first)
{
	const struct piece *pieces = h->pieces + first;
	const char *begin = go_back(h->text, pieces->old, CONTEXT), *end, *at = begin;
	const size_t line = pieces->line - lines_of(begin, pieces->old);
	size_t count = 1, old, now;
	long more = 0;

	while (first + count < h->count &&
	       pieces[count].old <= go_on(pieces[count - 1].old_end, 2 * CONTEXT))
		count++;
	end = go_on(pieces[count - 1].old_end, CONTEXT);
	for (size_t i = 0; i < count; i++)
		more += (long)lines_of(pieces[i].text, pieces[i].text + strlen(pieces[i].text)) -
			(long)lines_of(pieces[i].old, pieces[i].old_end);
	old = lines_of(begin, end);
	now = (size_t)((long)old + more);
	fprintf(h->out, "@@ -%zu,%zu +%ld,%zu @@\n", line + 1, old, (long)line + 1 + h->shift, now);
	h->shift += more;
	for (size_t i = 0; i < count; i++) {
		print_lines(h->out, ' ', at, pieces[i].old);
		print_lines(h->out, '-', pieces[i].old, pieces[i].old_end);
		print_lines(h->out, '+', pieces[i].text, pieces[i].text + strlen(pieces[i].text));
		at = pieces[i].old_end;
	}
	print_lines(h->out, ' ', at, end);
	return count;
}

void hunks_write(FILE *out, const char *text, struct edit *edits, size_t count)
{
	struct hunks h = { .out = out, .text = text, .counted = text };

	if (count == 0)
		return;
	qsort(edits, count, sizeof(*edits), by_place);
	h.pieces = need(calloc(count, sizeof(*h.pieces)));
	for (size_t i = 0; i < count;)
		i += take_piece(&h, edits + i, count - i, &h.pieces[h.count++]);
	for (size_t i = 0; i < h.count;)
		i += write_hunk(&h, i);
	for (size_t i = 0; i < h.count; i++)
		free(h.pieces[i].text);
	free(h.pieces);
}

void hunk_new(FILE *out, const char *text)
{
	fprintf(out, "@@ -0,0 +1,%zu @@\n", lines_of(text, text + strlen(text)));
	print_lines(out, '+', text, text + strlen(text));
}
