/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checks are allow-lists: each names the characters a kind of text is made of, and everything
 * else is refused, so that no writer further on meets a character it has not been made for. They
 * are independent of the locale, and look at bytes wherever all that is allowed is ASCII.
 */
#include "protocol/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "protocol/civil.h"

#define ADDRESS_MAX 254 /* RFC 5321 § 4.5.3.1.3, less the angle brackets */
#define LOCAL_MAX 64	/* § 4.5.3.1.1 */
#define DOMAIN_MAX 253
#define LABEL_MAX 63 /* RFC 1035 § 2.3.4 */
#define URL_MAX 2000

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is it a letter, a digit or one of the others? */
static bool is_among(char c, const char *others)
{
	return is_letter(c) || is_digit(c) || (c != '\0' && strchr(others, c));
}

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

bool text_is_clean(const char *text, size_t n, bool lines)
{
	for (size_t i = 0, length; i < n; i += length) {
		uint32_t code;

		length = 1;
		if (text[i] >= ' ' && text[i] < 0x7f) /* as most are, so that it is quick */
			continue;
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
		if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
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
	return text[strspn(text, " \t\r\n")] == '\0';
}

static bool is_id(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_among(text[i], "._-"))
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

/* Which letters there are. */
enum letters { LETTERS_ASCII, LETTERS_ANY };

static bool is_beyond(char c, enum letters letters)
{
	return letters == LETTERS_ANY && (unsigned char)c >= 0x80;
}

/* Are the n bytes labels of letters, digits and inner hyphens, joined by dots? Is the last one a
 * name, rather than the end of an IPv4 address? */
static bool is_domain(const char *text, size_t n, enum letters letters, bool *ret_name)
{
	size_t label = 0;
	bool name = false;

	if (n > DOMAIN_MAX)
		return false;
	for (size_t i = 0; i <= n; i++) {
		if (i == n || text[i] == '.') {
			if (label == 0 || label > LABEL_MAX || text[i - 1] == '-')
				return false;
			label = 0;
			name = name && i == n;
		} else {
			if (!is_among(text[i], label ? "-" : "") && !is_beyond(text[i], letters))
				return false;
			name = name || is_letter(text[i]) || is_beyond(text[i], letters);
			label++;
		}
	}
	*ret_name = name;
	return true;
}

/* A dot-atom: no dot at either end, no two together. */
static bool is_local_part(const char *text, size_t n, enum letters letters)
{
	bool dot = true; /* before the first character, and after each dot */

	for (size_t i = 0; i < n; i++) {
		if (!is_among(text[i], dot ? "!#$%&'*+-/=?^_`{|}~" : "!#$%&'*+-/=?^_`{|}~.") &&
		    !is_beyond(text[i], letters))
			return false;
		dot = text[i] == '.';
	}
	return !dot && n <= LOCAL_MAX;
}

static bool is_address(const char *text, size_t n, enum letters letters)
{
	const char *at = memchr(text, '@', n);
	size_t local;
	bool name;

	if (!at || n > ADDRESS_MAX)
		return false;
	local = (size_t)(at - text);
	return is_local_part(text, local, letters) &&
	       is_domain(at + 1, n - local - 1, letters, &name) && name;
}

bool text_is_address(const char *text)
{
	return is_address(text, strlen(text), LETTERS_ASCII);
}

bool text_is_address_beyond_ascii(const char *text)
{
	return is_address(text, strlen(text), LETTERS_ANY);
}

/* "" or ":1" to ":65535". */
static bool is_port(const char *text, size_t n)
{
	unsigned value = 0;

	if (n == 0)
		return true;
	if (text[0] != ':' || n < 2 || n > 6)
		return false;
	for (size_t i = 1; i < n; i++) {
		if (!is_digit(text[i]))
			return false;
		value = value * 10 + (unsigned)(text[i] - '0');
	}
	return value >= 1 && value <= 65535;
}

/* host or host:port; the host may be an IPv6 address in brackets. */
static bool is_authority(const char *text, size_t n)
{
	const char *colon, *end;
	bool name;
	size_t host;

	if (n > 0 && text[0] == '[') {
		end = memchr(text, ']', n);
		host = end ? (size_t)(end - text) : 0;
		return host > 2 && strspn(text + 1, "0123456789abcdefABCDEF:.") == host - 1 &&
		       is_port(end + 1, n - host - 1);
	}
	colon = memchr(text, ':', n);
	host = colon ? (size_t)(colon - text) : n;
	return is_domain(text, host, LETTERS_ASCII, &name) && is_port(text + host, n - host);
}

bool text_is_url(const char *text)
{
	size_t scheme = strncasecmp(text, "https://", 8) == 0  ? 8
			: strncasecmp(text, "http://", 7) == 0 ? 7
							       : 0;
	size_t authority;

	if (scheme == 0 || strlen(text) > URL_MAX)
		return false;
	text += scheme;
	authority = strcspn(text, "/?#");
	if (!is_authority(text, authority))
		return false;
	for (text += authority; *text; text++)
		if (!is_among(*text, "-._~:/?#[]@!$&'()*+,;=%"))
			return false;
	return true;
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

/* The next character in lower case, every kind of blank as a space; 0 at the end. */
static uint32_t next_folded(const char **text)
{
	uint32_t code = 0;
	size_t length = text_utf8(*text, strnlen(*text, 4), &code);

	if (length == 0 && **text) { /* not UTF-8: a character like no other */
		code = 0xfffd;
		length = 1;
	}
	*text += length;
	if ((code >= 'A' && code <= 'Z') || (code >= 0xc0 && code <= 0xde && code != 0xd7))
		return code + 0x20;
	return code == '\t' || code == '\n' || code == '\r' || code == 0xa0 ? ' ' : code;
}

/* A letter (of the Latin alphabets) or digit. */
static bool is_of_word(uint32_t code)
{
	return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
	       (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7);
}

/* Where the phrase that text begins with ends, if it does and a word ends there; a blank in the
 * phrase stands for any number of them. */
static const char *after_phrase(const char *phrase, const char *text)
{
	const char *ahead = text;

	while (*phrase) {
		uint32_t wanted = next_folded(&phrase);

		if (next_folded(&text) != wanted)
			return NULL;
		for (ahead = text; wanted == ' ' && next_folded(&ahead) == ' ';)
			text = ahead;
	}
	ahead = text;
	return is_of_word(next_folded(&ahead)) ? NULL : text;
}

/* Where the angle bracket that text begins with is closed, if what it holds is not an address. */
static const char *after_bracket(const char *text)
{
	size_t n = strcspn(text + 1, "<>");

	if (text[n + 1] != '>' || is_address(text + 1, n, LETTERS_ANY))
		return NULL;
	return text + n + 2;
}

const char *text_placeholder(const char *text, size_t *ret_length)
{
	/* The second "här" has its dots as a combining character, as some systems write it. */
	static const char *const phrases[] = { "fyll i", "klicka här", "klicka ha\u0308r", "todo" };
	const char *at = text, *end = NULL;
	uint32_t before = 0;

	while (*at) {
		if (*at == '<')
			end = after_bracket(at);
		for (size_t i = 0;
		     !end && !is_of_word(before) && i < sizeof(phrases) / sizeof(*phrases); i++)
			end = after_phrase(phrases[i], at);
		if (end) {
			*ret_length = (size_t)(end - at);
			return at;
		}
		before = next_folded(&at);
	}
	return NULL;
}

/* The host's name in a URL (of any scheme), an address, or a bare host. */
static const char *host_of(const char *text, size_t *ret_length)
{
	const char *authority = strstr(text, "://"), *at;
	size_t n;

	if (!authority) {
		at = strrchr(text, '@');
		text = at ? at + 1 : text;
		n = strlen(text);
	} else {
		text = authority + 3;
		n = strcspn(text, "/?#");
		at = memrchr(text, '@', n);
		if (at) {
			n -= (size_t)(at + 1 - text);
			text = at + 1;
		}
		at = memchr(text, ':', n);
		n = at ? (size_t)(at - text) : n;
	}
	*ret_length = n > 0 && text[n - 1] == '.' ? n - 1 : n;
	return text;
}

bool text_is_reserved_domain(const char *address_or_url)
{
	static const char *const reserved[] = { "example",     "test",	      "invalid",
						"example.com", "example.net", "example.org" };
	size_t n, length;
	const char *host = host_of(address_or_url, &n);

	for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++) {
		length = strlen(reserved[i]);
		if (n >= length && strncasecmp(host + n - length, reserved[i], length) == 0 &&
		    (n == length || host[n - length - 1] == '.'))
			return true;
	}
	return false;
}

/* The longest beginning of text that fits in max bytes and ends between characters. */
static size_t fitting(const char *text, size_t max)
{
	size_t n = strnlen(text, max + 1);

	if (n <= max)
		return n;
	for (n = max; n > 0 && (text[n] & 0xc0) == 0x80;)
		n--;
	return n;
}

struct excerpt text_excerpt(const char *text)
{
	struct excerpt out;
	size_t n = fitting(text, EXCERPT_MAX);

	memcpy(out.text, text, n);
	strcpy(out.text + n, text[n] ? "…" : "");
	return out;
}

void text_list_add(struct text_list *list, const char *name)
{
	size_t used = strlen(list->text), length = strlen(name);

	if (used + length + 3 > sizeof(list->text))
		return;
	snprintf(list->text + used, sizeof(list->text) - used, "%s%s", used ? ", " : "", name);
}
