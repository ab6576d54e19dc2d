/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words go out one by one; what stands between two words of a paragraph is either the spaces it had
 * or, where the next word would pass the width, a line end and the hanging indent. A word is never
 * broken, and no-break spaces are within it: they become plain ones when all is laid out.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/layout.h"
#include "protocol/text.h"
#include "protocol/text_stream.h"

#define VERBATIM 4 /* spaces from which on a line stands as it is */

struct layout {
	FILE *out;
	size_t width;
	size_t column; /* 0: nothing on the line yet */
	size_t hang;
	bool begun; /* something has been written */
	bool blank; /* a blank line is due before what follows */
	bool open;  /* in a paragraph that a further line may continue */
};

/* Characters, not bytes. */
static size_t width_of(const char *word, size_t length)
{
	size_t width = 0;

	for (size_t i = 0; i < length; i++)
		width += ((unsigned char)word[i] & 0xc0) != 0x80;
	return width;
}

static void begin_line(struct layout *l)
{
	if (l->begun)
		fputs(l->blank ? "\n\n" : "\n", l->out);
	l->begun = true;
	l->blank = false;
	l->column = 0;
}

static void put_spaces(struct layout *l, size_t count)
{
	while (count-- > 0)
		putc_unlocked(' ', l->out);
}

/* The words of line, after `gap` spaces where there is something before them. */
static void put_words(struct layout *l, const char *line, size_t length, size_t gap)
{
	for (size_t at = 0; at < length;) {
		const char *end = memchr(line + at, ' ', length - at);
		const size_t size = end ? (size_t)(end - line) - at : length - at;
		const size_t columns = width_of(line + at, size);

		if (l->width && l->column > l->hang && l->column + gap + columns > l->width) {
			putc_unlocked('\n', l->out);
			put_spaces(l, l->hang);
			l->column = l->hang;
			gap = 0;
		}
		put_spaces(l, gap);
		fwrite_unlocked(line + at, 1, size, l->out);
		l->column += gap + columns;
		at += size;
		for (gap = 0; at < length && line[at] == ' '; at++)
			gap++;
	}
}

static void put_line(struct layout *l, const char *line, size_t length)
{
	while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	if (length == 0) {
		l->blank = l->begun;
		l->open = false;
		return;
	}
	const size_t indent = strspn(line, " ");

	if (indent >= VERBATIM || line[0] == '\t') {
		begin_line(l);
		fwrite_unlocked(line, 1, length, l->out);
		l->open = false;
		return;
	}
	const bool item = length > indent + 2 && !strncmp(line + indent, "- ", 2);

	if (l->open && !item && indent == 0) {
		put_words(l, line, length, 1);
		return;
	}
	begin_line(l);
	l->hang = indent + (item ? 2 : 0);
	l->open = indent == 0;
	put_spaces(l, indent);
	fputs_unlocked(item ? "- " : "", l->out);
	l->column = l->hang;
	put_words(l, line + l->hang, length - l->hang, 0);
}

int layout_text(const char *text, size_t width, char **ret)
{
	struct text_stream stream;
	char *laid;
	struct layout l = { .width = width };

	l.out = text_stream_open(&stream);
	if (!l.out)
		return -ENOMEM;
	while (*text) {
		const size_t length = strcspn(text, "\n");

		put_line(&l, text, length);
		text += length + (text[length] == '\n');
	}
	if (l.begun)
		fputc('\n', l.out);
	laid = text_stream_close(&stream, NULL);
	if (!laid)
		return -ENOMEM;
	*ret = text_break_spaces(laid);
	return 0;
}
