/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A reply is passed on as it came, byte for byte, so what it says of somebody can't be taken out of it. One that is theirs, or
 * names them, isn't passed on any more; what it said as a note is in the log, where it can be. It is looked through as it
 * stands, and as quoted-printable and base64 have it (RFC 2045, RFC 2047), without asking which of its parts are what.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/erase/internal.h"
#include "engine/outbox/forwarded.h"
#include "engine/outbox/message_state.h"
#include "protocol/text.h"

/* Bytes beyond ASCII that are no UTF-8 are Latin-1's, a NUL is a blank: at most twice as long. */
static void put_utf8(const char *bytes, size_t length, char *out)
{
	uint32_t code;
	size_t n;

	for (size_t i = 0; i < length; i += n) {
		const unsigned char c = (unsigned char)bytes[i];

		n = c ? text_utf8(bytes + i, length - i, &code) : 0;
		if (n > 0) {
			memcpy(out, bytes + i, n);
			out += n;
			continue;
		}
		n = 1;
		if (c >= 0x80)
			*out++ = (char)(0xc0 | c >> 6);
		*out++ = (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : ' ');
	}
	*out = '\0';
}

/* 1: one of them stands in it; 0 or -ENOMEM. */
static int looks(const struct erasing *x, const char *bytes, size_t length)
{
	char *text = malloc(2 * length + 1);
	int r = -ENOMEM;
	bool found;

	if (!text)
		return r;
	put_utf8(bytes, length, text);
	found = trace_find(erase_names(x), text, &r) != NULL;
	free(text);
	return r < 0 ? r : found;
}

static int digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : toupper((unsigned char)c) - 'A' + 10;
}

/* In place, a header's "_" being a blank; its length. */
static size_t unquote_printable(char *bytes, size_t length)
{
	size_t to = 0;

	for (size_t i = 0; i < length; i++) {
		const bool quoted = bytes[i] == '=' && i + 2 < length;

		if (quoted && isxdigit((unsigned char)bytes[i + 1]) &&
		    isxdigit((unsigned char)bytes[i + 2])) {
			bytes[to++] = (char)(digit(bytes[i + 1]) * 16 + digit(bytes[i + 2]));
			i += 2;
		} else if (quoted && (bytes[i + 1] == '\n' || bytes[i + 1] == '\r')) {
			i += bytes[i + 1] == '\r' ? 2 : 1;
		} else {
			bytes[to++] = bytes[i] == '_' ? ' ' : bytes[i];
		}
	}
	return to;
}

#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define BASE64_LEAST 8

/* What letters of base64 say, those of one run but for the first ones, across the ends of lines; its length. */
static size_t unquote_base64(const char *run, size_t length, size_t skip, char *out)
{
	unsigned bits = 0, count = 0;
	size_t to = 0;

	for (size_t i = 0; i < length; i++) {
		const char *letter = strchr(BASE64, run[i]);

		if (!letter || (skip > 0 && skip--))
			continue;
		bits = bits << 6 | (unsigned)(letter - BASE64);
		count += 6;
		if (count >= 8) {
			count -= 8;
			out[to++] = (char)(bits >> count & 0xff);
		}
	}
	return to;
}

/* Each run of its letters, whether it is meant so or not. Words of a header may be the beginning of one, so any of its first
 * four letters may be the first of three bytes. */
static int look_in_base64(const struct erasing *x, const char *bytes, char *room)
{
	int r = 0;

	while (r == 0 && *(bytes += strcspn(bytes, BASE64))) {
		const size_t run = strspn(bytes, BASE64 "\r\n");

		for (size_t skip = 0; r == 0 && run >= BASE64_LEAST && skip < 4; skip++)
			r = looks(x, room, unquote_base64(bytes, run, skip, room));
		bytes += run;
	}
	return r;
}

static int names_them(const struct erasing *x, const char *bytes, size_t length)
{
	char *copy = malloc(length + 1);
	int r = copy ? looks(x, bytes, length) : -ENOMEM;

	if (r == 0)
		r = look_in_base64(x, bytes, copy);
	if (r == 0) {
		memcpy(copy, bytes, length);
		r = looks(x, copy, unquote_printable(copy, length));
	}
	free(copy);
	return r;
}

/* What came in, of which this is passed on, is theirs. */
static int is_from_them(const struct erasing *x, int64_t id)
{
	struct incoming_row row = { .text = NULL };
	bool found = false;
	int r = ledger_find_incoming_by_id(x->e->ledger, id, &row, &found);

	if (r < 0 || !found)
		return r;
	r = strcmp(row.person, x->which->person) == 0 && erase_is_before(x, row.at);
	incoming_row_done(&row);
	return r;
}

int erase_passed_on(struct erasing *x, struct message *m)
{
	const int64_t id = m->kind == KIND_FORWARD ? forwarded_incoming(x->e, m) : 0;
	char *bytes = NULL;
	size_t length;
	bool found = false;
	int r = id > 0 ? is_from_them(x, id) : (int)id;

	if (r == 0 && id > 0)
		r = ledger_find_forward(x->e->ledger, id, &bytes, &length, &found);
	if (r == 0 && found)
		r = names_them(x, bytes, length);
	free(bytes);
	if (r <= 0)
		return r;
	r = ledger_forget_forward(x->e->ledger, id);
	if (r < 0 || !outbox_is_in(m->state, outbox_states_to_drop()))
		return r;
	outbox_drop(m, "it is of somebody who was erased, or names them", x->now);
	return 1;
}
