/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checks are allow-lists: each names the characters a kind of text is made of, and everything
 * else is refused, so that no writer further on meets a character it has not been made for. They
 * are independent of the locale, and look at bytes wherever all that is allowed is ASCII.
 */
#include "protocol/text.h"

#include <stdio.h>
#include <string.h>

#include "protocol/ascii.h"
#include "protocol/civil.h"

size_t text_utf8(const char *text, size_t n, uint32_t *ret_code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800,
					  0x10000 }; /* by length: not overlong */
	const unsigned char *p = (const unsigned char *)text;
	uint32_t code;
	size_t length;

	if (n == 0)
		return 0;
	code = p[0];
	if (code < 0x80) {
		*ret_code = code;
		return 1;
	}
	length = code >= 0xf0 ? 4 : code >= 0xe0 ? 3 : 2;
	if (code < 0xc0 || code > 0xf4 || n < length)
		return 0;
	code &= 0x7fu >> length;
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*ret_code = code;
	return length;
}

bool text_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_is_clean(const char *text, size_t n, bool lines)
{
	for (size_t i = 0, length; (i += ascii_plain(text + i, n - i)) < n; i += length) {
		uint32_t code;

		length = text_utf8(text + i, n - i, &code);
		if (length == 0)
			return false;
		if (text_is_control(code) && !(lines && (code == '\n' || code == '\t')))
			return false;
	}
	return true;
}

uint32_t text_turn(const char *text)
{
	uint32_t code;

	for (size_t n; (n = text_utf8(text, strnlen(text, 4), &code)); text += n)
		if (text_turns(code))
			return code;
	return 0;
}

size_t text_length(const char *text)
{
	size_t length = 0;

	for (; *text; text++)
		length += (*text & 0xc0) != 0x80;
	return length;
}

bool text_is_blank(const char *text)
{
	while (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
		text++;
	return !*text;
}

char *text_break_spaces(char *text)
{
	static const struct {
		const char *bytes, *instead;
	} spaces[] = { { "\u00a0", " " }, { "\u2007", " " }, { "\u202f", " " }, { "\u2060", "" } };
	char *to = text;

	for (const char *from = text; *from;) {
		size_t i = 0;

		if ((unsigned char)*from < 0x80) { /* as most are, so that it is quick */
			*to++ = *from++;
			continue;
		}
		while (i < sizeof(spaces) / sizeof(spaces[0]) &&
		       strncmp(from, spaces[i].bytes, strlen(spaces[i].bytes)) != 0)
			i++;
		if (i == sizeof(spaces) / sizeof(spaces[0])) {
			*to++ = *from++;
			continue;
		}
		from += strlen(spaces[i].bytes);
		to += strlen(strcpy(to, spaces[i].instead));
	}
	*to = '\0';
	return text;
}

static bool is_id(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ascii_is_among(text[i], "._-"))
			return false;
	return n >= 1 && n <= ID_MAX;
}

bool text_is_id(const char *text)
{
	return is_id(text, strlen(text));
}

bool text_is_item(const char *text)
{
	size_t n = strcspn(text, "@");
	struct civil_date date;

	return is_id(text, n) && (text[n] == '\0' || civil_parse(text + n + 1, &date) == 0);
}

bool text_matches(const char *pattern, const char *text)
{
	const char *star = NULL,
		   *resume = NULL; /* the last star, and where what follows it began */

	while (*text || *pattern) {
		if (*pattern == '*') {
			star = ++pattern;
			resume = text;
		} else if (*text && *pattern == *text) {
			pattern++;
			text++;
		} else if (star && *resume) { /* let the star take one character more */
			pattern = star;
			text = ++resume;
		} else {
			return false;
		}
	}
	return true;
}

/* The longest beginning of length bytes of text that fits in max bytes and ends between characters. */
static size_t fitting(const char *text, size_t length, size_t max)
{
	size_t n;

	if (length <= max)
		return length;
	for (n = max; n > 0 && (text[n] & 0xc0) == 0x80;)
		n--;
	return n;
}

size_t text_copy(char *out, size_t size, const char *text)
{
	const size_t n = strnlen(text, size - 1);

	memcpy(out, text, n);
	out[n] = '\0';
	return n;
}

struct excerpt text_excerpt_of(const char *text, size_t length)
{
	struct excerpt out;
	const size_t n = fitting(text, length, EXCERPT_MAX);

	memcpy(out.text, text, n);
	strcpy(out.text + n, n < length ? "…" : "");
	return out;
}

struct excerpt text_excerpt(const char *text)
{
	return text_excerpt_of(text, strnlen(text, EXCERPT_MAX + 1));
}

size_t text_find(const char *name, const char *const *names, size_t count)
{
	size_t i = 0;

	while (i < count && !text_equal(name, names[i]))
		i++;
	return i;
}

bool text_list_has(const struct text_list *list, const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = list->text; (at = strstr(at, name)); at++)
		if ((at == list->text || at[-1] == ' ') && (!at[length] || at[length] == ','))
			return true;
	return false;
}

void text_list_add(struct text_list *list, const char *name)
{
	size_t used = strlen(list->text), length = strlen(name);

	if (used + length + 3 > sizeof(list->text))
		return;
	snprintf(list->text + used, sizeof(list->text) - used, "%s%s", used ? ", " : "", name);
}
