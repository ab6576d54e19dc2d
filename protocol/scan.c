/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Most of an event is plain characters, which are copied a run at a time; whatever needs a look (an escape, a
 * character beyond ASCII, the end) is taken one by one.
 */
#include "protocol/scan.h"

#include <string.h>

#include "protocol/ascii.h"
#include "protocol/text.h"

/* ---- strings ----------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* Four digits after \u, or -1. */
static int32_t take_hex(struct scan *s)
{
	int32_t code = 0;

	for (int i = 0; i < 4; i++, s->at++) {
		int digit = s->at < s->end ? hex_digit(*s->at) : -1;

		if (digit < 0)
			return -1;
		code = code * 16 + digit;
	}
	return code;
}

static void put_utf8(struct scan *s, uint32_t code)
{
	if (code < 0x80) {
		*s->out++ = (char)code;
		return;
	}
	if (code < 0x800) {
		*s->out++ = (char)(0xc0 | code >> 6);
	} else {
		if (code < 0x10000) {
			*s->out++ = (char)(0xe0 | code >> 12);
		} else {
			*s->out++ = (char)(0xf0 | code >> 18);
			*s->out++ = (char)(0x80 | (code >> 12 & 0x3f));
		}
		*s->out++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*s->out++ = (char)(0x80 | (code & 0x3f));
}

/* After \u: one character, of one or, as a surrogate pair, two escapes. */
static bool take_unicode(struct scan *s)
{
	int32_t code = take_hex(s), low;

	if (code == 0)
		return scan_fail(s, SCAN_HAS_NUL);
	if (code >= 0xd800 && code < 0xdc00) {
		if (s->end - s->at < 2 || s->at[0] != '\\' || s->at[1] != 'u')
			return scan_fail(s, SCAN_NO_JSON);
		s->at += 2;
		low = take_hex(s);
		if (low < 0xdc00 || low >= 0xe000)
			return scan_fail(s, SCAN_NO_JSON);
		code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
	} else if (code < 0 || (code >= 0xdc00 && code < 0xe000)) {
		return scan_fail(s, SCAN_NO_JSON);
	}
	put_utf8(s, (uint32_t)code);
	return true;
}

static bool take_escape(struct scan *s)
{
	static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char c = ++s->at < s->end ? *s->at : '\0';
	const char *known = c ? strchr(escapes, c) : NULL;

	if (c == 'u') {
		s->at++;
		return take_unicode(s);
	}
	if (!known)
		return scan_fail(s, SCAN_NO_JSON);
	s->at++;
	*s->out++ = meant[known - escapes];
	return true;
}

/* Characters up to one that needs a look. */
static void take_plain(struct scan *s)
{
	const size_t n = ascii_plain(s->at, (size_t)(s->end - s->at));

	memcpy(s->out, s->at, n);
	s->at += n;
	s->out += n;
}

const char *scan_string(struct scan *s, size_t *ret_length)
{
	char *text = s->out;
	uint32_t code;
	size_t n;

	if (!scan_is(s, '"'))
		return scan_fail(s, SCAN_NO_JSON), NULL;
	s->at++;
	for (;;) {
		take_plain(s);
		if (s->at == s->end)
			return scan_fail(s, SCAN_TOO_SOON), NULL;
		if (*s->at == '"')
			break;
		if (*s->at == '\\') {
			if (!take_escape(s))
				return NULL;
			continue;
		}
		n = text_utf8(s->at, (size_t)(s->end - s->at), &code);
		if (n == 0)
			return scan_fail(s, SCAN_NO_UTF8), NULL;
		if (n == 1 && code < 0x20) /* a control character, which has to be escaped */
			return scan_fail(s, code ? SCAN_NO_JSON : SCAN_HAS_NUL), NULL;
		memcpy(s->out, s->at, n);
		s->out += n;
		s->at += n;
	}
	s->at++;
	*ret_length = (size_t)(s->out - text);
	*s->out++ = '\0';
	return text;
}

/* ---- numbers and words ------------------------------------------------------------------------- */

static bool is_digit(const struct scan *s)
{
	return s->at < s->end && ascii_is_digit(*s->at);
}

static bool take_digits(struct scan *s)
{
	if (!is_digit(s))
		return scan_fail(s, SCAN_NO_JSON);
	while (is_digit(s))
		s->at++;
	return true;
}

bool scan_number(struct scan *s)
{
	if (scan_is(s, '-'))
		s->at++;
	if (scan_is(s, '0'))
		s->at++;
	else if (!take_digits(s))
		return false;
	if (scan_is(s, '.')) {
		s->at++;
		if (!take_digits(s))
			return false;
	}
	if (scan_is(s, 'e') || scan_is(s, 'E')) {
		s->at++;
		if (scan_is(s, '+') || scan_is(s, '-'))
			s->at++;
		return take_digits(s);
	}
	return true;
}

bool scan_word(struct scan *s, const char *word)
{
	const size_t n = strlen(word);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0)
		return scan_fail(s, SCAN_NO_JSON);
	s->at += n;
	return true;
}
