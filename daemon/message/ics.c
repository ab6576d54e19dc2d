/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Written by hand, and not with libical, because these sixty lines are all that is needed of it: no rule
 * recurs, every time is UTC, and libical would add a library to what the daemon loads for text that others
 * wrote, and more code here than there is now to build its objects property by property.
 */
#include "message/ics.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINE_BYTES 75 /* without the line's end */

int ics_begin(struct ics *ics)
{
	ics->out = text_stream_open(&ics->stream);
	return ics->out ? 0 : -ENOMEM;
}

char *ics_end(struct ics *ics, size_t *ret_length)
{
	return text_stream_close(&ics->stream, ret_length);
}

/* The bytes of the character at p, which is UTF-8. */
static size_t size_of(const char *p)
{
	size_t n = 1;

	while (((unsigned char)p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Begin a new line of the same value, if so many bytes would pass the end of this one. */
static void put(struct ics *ics, size_t *at, const char *bytes, size_t size)
{
	if (*at + size > LINE_BYTES) {
		fputs("\r\n ", ics->out);
		*at = 1;
	}
	fwrite(bytes, 1, size, ics->out);
	*at += size;
}

static size_t put_all(struct ics *ics, size_t at, const char *text)
{
	for (; *text; text += size_of(text))
		put(ics, &at, text, size_of(text));
	return at;
}

/* Controls have no place in a text, but for the line feeds, which are written "\n". */
static void put_text(struct ics *ics, size_t at, const char *text)
{
	for (; *text; text += size_of(text)) {
		const unsigned char ch = (unsigned char)*text;

		if (ch == '\n')
			put(ics, &at, "\\n", 2);
		else if (strchr("\\;,", ch))
			put(ics, &at, (char[]){ '\\', *text }, 2);
		else if (ch >= ' ' && ch != 0x7f)
			put(ics, &at, text, size_of(text));
	}
}

void ics_line(struct ics *ics, const char *name, const char *value)
{
	size_t at = put_all(ics, 0, name);

	put(ics, &at, ":", 1);
	put_all(ics, at, value);
	fputs("\r\n", ics->out);
}

void ics_text(struct ics *ics, const char *name, const char *text)
{
	size_t at;

	if (!text)
		return;
	at = put_all(ics, 0, name);
	put(ics, &at, ":", 1);
	put_text(ics, at, text);
	fputs("\r\n", ics->out);
}

void ics_date(struct ics *ics, const char *name, struct civil_date d)
{
	char text[CIVIL_TEXT], value[CIVIL_TEXT];

	civil_format(d, text);
	snprintf(value, sizeof(value), "%.4s%.2s%.2s", text, text + 5, text + 8);
	ics_line(ics, name, value);
}

void ics_instant(struct ics *ics, const char *name, struct instant t)
{
	const time_t seconds = (time_t)(t.us / 1000000);
	struct tm utc;
	char value[24];

	gmtime_r(&seconds, &utc);
	strftime(value, sizeof(value), "%Y%m%dT%H%M%SZ", &utc);
	ics_line(ics, name, value);
}

void ics_number(struct ics *ics, const char *name, int n)
{
	char value[16];

	snprintf(value, sizeof(value), "%d", n);
	ics_line(ics, name, value);
}
