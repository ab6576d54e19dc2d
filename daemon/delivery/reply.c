/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A reply is one or more lines, "NNN-text" and at last "NNN text" or "NNN". A line that is none of
 * these is passed over: it can't end a reply.
 */
#include <string.h>
#include <strings.h>

#include "base/harmless.h"
#include "delivery/reply.h"
#include "protocol/ascii.h"

/* The first line of a reply to EHLO has the server's name, each other one an offer, and what belongs to it behind a
 * space. 220 is the greeting, or the answer to STARTTLS. */
void offers_hear(struct offers *o, const char *line, size_t n)
{
	static const struct {
		const char *word;
		size_t at;
	} known[] = { { "DSN", offsetof(struct offers, dsn) },
		      { "8BITMIME", offsetof(struct offers, eightbit) } };
	const bool first = !o->within;
	size_t length = 0;

	o->within = n > 3 && line[3] == '-';
	if (n >= 3 && memcmp(line, "220", 3) == 0)
		o->dsn = o->eightbit = false;
	if (first || n < 4 || memcmp(line, "250", 3) != 0)
		return;
	while (4 + length < n && !strchr(" \r\n", line[4 + length]))
		length++;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i].word) == length &&
		    strncasecmp(line + 4, known[i].word, length) == 0)
			*(bool *)((char *)o + known[i].at) = true;
}

void reply_await(struct reply *r)
{
	r->code = 0;
	r->length = 0;
}

/* The line that has been heard ends a reply, or it does not. */
static void end_line(struct reply *r)
{
	const char *l = r->line;
	size_t n = r->length;

	r->length = 0;
	while (n > 0 && (l[n - 1] == '\r' || l[n - 1] == '\n'))
		n--;
	if (n < 3 || l[0] < '2' || l[0] > '5' || !ascii_is_digit(l[1]) || !ascii_is_digit(l[2]))
		return;
	if (n > 3 && l[3] != ' ')
		return;
	r->code = (l[0] - '0') * 100 + (l[1] - '0') * 10 + (l[2] - '0');
	harmless_line(r->text, sizeof(r->text), l, n);
}

size_t reply_hear(struct reply *r, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		r->heard++;
		if (r->length < sizeof(r->line))
			r->line[r->length++] = bytes[i];
		if (bytes[i] != '\n')
			continue;
		end_line(r);
		if (r->code != 0)
			return i + 1;
	}
	return n;
}
