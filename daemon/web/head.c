/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	GET /a/TOKEN?query HTTP/1.1		request line: one space between, CRLF at the end
 *	Host: paminn.kommun.se			a header a line: no space before ":", no folded lines
 *						an empty line ends it
 *
 * The header names that mean something here are a table. Each may stand once, but those that a proxy adds
 * to; all others are passed over.
 */
#include "web/head.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

bool piece_is(struct piece p, const char *text)
{
	return p.at && p.length == strlen(text) && memcmp(p.at, text, p.length) == 0;
}

bool piece_is_word(struct piece p, const char *text)
{
	return p.at && p.length == strlen(text) && strncasecmp(p.at, text, p.length) == 0;
}

/* ---- characters ------------------------------------------------------------------------------ */

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of a method or a header's name: a "token" of RFC 9110. */
static bool is_name_char(char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

/* Of a header's value. */
static bool is_value_char(char c)
{
	return c == '\t' || ((unsigned char)c >= ' ' && c != 0x7f);
}

/* Of a path or a query: what RFC 3986 has there, escapes included. */
static bool is_target_char(char c)
{
	return is_alnum(c) || (c && strchr("-._~!$&'()*+,;=:@/%?", c));
}

static bool all(struct piece p, bool (*is)(char c))
{
	for (size_t i = 0; i < p.length; i++)
		if (!is(p.at[i]))
			return false;
	return true;
}

struct piece piece_trimmed(struct piece p)
{
	while (p.length > 0 && (p.at[0] == ' ' || p.at[0] == '\t'))
		p.at++, p.length--;
	while (p.length > 0 && (p.at[p.length - 1] == ' ' || p.at[p.length - 1] == '\t'))
		p.length--;
	return p;
}

/* The piece up to the first c, which goes; rest is what follows, at NULL when c is not there. */
static struct piece cut(struct piece *rest, char c)
{
	const char *end = memchr(rest->at, c, rest->length);
	struct piece first = *rest;

	if (!end) {
		*rest = (struct piece){ NULL, 0 };
		return first;
	}
	first.length = (size_t)(end - first.at);
	rest->at = end + 1;
	rest->length -= first.length + 1;
	return first;
}

static unsigned count_of(struct piece p, char c)
{
	unsigned count = 0;

	for (size_t i = 0; i < p.length; i++)
		count += p.at[i] == c;
	return count;
}

/* ---- what header values say -------------------------------------------------------------------- */

/* A header that means something: false when its value can not be. */
typedef bool header_fn(struct head *h, struct piece value);

static bool read_host(struct head *h, struct piece value)
{
	h->host = value;
	return value.length > 0;
}

static bool read_length(struct head *h, struct piece value)
{
	size_t length = 0;

	if (value.length == 0 || value.length > 18)
		return false;
	for (size_t i = 0; i < value.length; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
		length = length * 10 + (size_t)(value.at[i] - '0');
	}
	h->body_length = length;
	h->length_given = true;
	return true;
}

/* Of the parameters only charset means anything, and only one value of it. */
static bool read_type(struct head *h, struct piece value)
{
	struct piece rest = value;
	const struct piece type = piece_trimmed(cut(&rest, ';'));

	h->content_given = true;
	h->urlencoded = piece_is_word(type, "application/x-www-form-urlencoded") &&
			(!rest.at || piece_is_word(piece_trimmed(rest), "charset=utf-8"));
	return true;
}

static bool read_origin(struct head *h, struct piece value)
{
	h->origin = value;
	return true;
}

static bool read_fetch_site(struct head *h, struct piece value)
{
	h->fetch_site = value;
	return true;
}

static bool read_forwarded(struct head *h, struct piece value)
{
	h->forwarded = value;
	return true;
}

const char *const cookie_names[COOKIES] = {
	[COOKIE_PLAIN] = "paminn_session",
	[COOKIE_SECURE] = "__Secure-paminn_session",
	[COOKIE_HOST] = "__Host-paminn_session",
};

/* "a=b; c=d": whatever else a browser has for our host is passed over, well formed or not. */
static bool read_cookies(struct head *h, struct piece value)
{
	for (struct piece rest = value; rest.at;) {
		struct piece content = cut(&rest, ';');
		const struct piece name = piece_trimmed(cut(&content, '='));

		for (size_t i = 0; content.at && i < COOKIES; i++)
			if (piece_is(name, cookie_names[i])) {
				h->cookies[i].value = piece_trimmed(content);
				h->cookies[i].count++;
			}
	}
	return true;
}

/* Nothing is expected but that, and nothing but that is answered by libmicrohttpd. */
static bool read_expect(struct head *h, struct piece value)
{
	h->expects_leave = piece_is_word(value, "100-continue");
	return h->expects_leave;
}

/* "0.8" in thousandths; what is none counts as nothing. */
static unsigned weight_of(struct piece parameters)
{
	unsigned weight, place = 100;

	if (!parameters.at)
		return 1000;
	parameters = piece_trimmed(parameters);
	if (parameters.length < 3 || strncasecmp(parameters.at, "q=", 2) != 0)
		return 0;
	weight = parameters.at[2] == '1' ? 1000 : 0;
	for (size_t i = 4; i < parameters.length && i < 7 && weight < 1000; i++, place /= 10)
		if (parameters.at[i] >= '0' && parameters.at[i] <= '9')
			weight += (unsigned)(parameters.at[i] - '0') * place;
	return weight;
}

/* "sv-SE, en;q=0.5": of the languages that we have, the one with the greatest weight, the first of equals. */
static bool read_languages(struct head *h, struct piece value)
{
	static const char *const ours[LANGUAGES] = { [LANGUAGE_SV] = "sv", [LANGUAGE_EN] = "en" };
	unsigned best = 0;

	for (struct piece rest = value; rest.at;) {
		struct piece parameters = cut(&rest, ','),
			     range = piece_trimmed(cut(&parameters, ';'));
		const unsigned weight = weight_of(parameters);
		const struct piece primary = cut(&range, '-');

		for (enum language l = 0; l < LANGUAGES; l++)
			if (weight > best && piece_is_word(primary, ours[l])) {
				best = weight;
				h->language = l;
				h->language_given = true;
			}
	}
	return true;
}

static const struct header {
	const char *name;
	header_fn *read;
	bool again; /* it may stand more than once, and the last counts */
} headers[] = {
	{ "Host", read_host },
	{ "Content-Length", read_length },
	{ "Content-Type", read_type },
	{ "Origin", read_origin },
	{ "Sec-Fetch-Site", read_fetch_site },
	{ "Expect", read_expect },
	{ "X-Forwarded-For", read_forwarded, .again = true },
	{ "Accept-Language", read_languages, .again = true },
	{ "Cookie", read_cookies, .again = true },
	{ "Transfer-Encoding", NULL },
	{ "Content-Encoding", NULL },
};
enum { HEADERS = sizeof(headers) / sizeof(headers[0]) };
#define ENCODED_TRANSFER (HEADERS - 2)
#define ENCODED_CONTENT (HEADERS - 1)

/* ---- lines --------------------------------------------------------------------------------------- */

/* seen: of which headers there was one. */
static enum refusal read_header(struct head *h, struct piece line, uint32_t *seen)
{
	struct piece value = line;
	const struct piece name = cut(&value, ':');

	if (!value.at || name.length == 0 || !all(name, is_name_char) || !all(value, is_value_char))
		return REFUSAL_MALFORMED;
	value = piece_trimmed(value);
	for (size_t i = 0; i < HEADERS; i++) {
		const uint32_t bit = UINT32_C(1) << i;

		if (!piece_is_word(name, headers[i].name))
			continue;
		if ((*seen & bit && !headers[i].again) ||
		    (headers[i].read && !headers[i].read(h, value)))
			return REFUSAL_MALFORMED;
		*seen |= bit;
	}
	return REFUSAL_NONE;
}

static const struct {
	const char *name;
	enum method method;
} methods[] = { { "GET", METHOD_GET }, { "HEAD", METHOD_HEAD }, { "POST", METHOD_POST } };

static enum refusal read_request_line(struct head *h, struct piece line, bool *ret_needs_host)
{
	struct piece version = line;
	const struct piece method = cut(&version, ' ');
	struct piece target;

	if (!version.at || method.length == 0 || !all(method, is_name_char))
		return REFUSAL_MALFORMED;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (piece_is(method, methods[i].name))
			h->method = methods[i].method;
	target = cut(&version, ' ');
	*ret_needs_host = piece_is(version, "HTTP/1.1");
	if (!*ret_needs_host && !piece_is(version, "HTTP/1.0"))
		return REFUSAL_MALFORMED;
	if (target.length == 0 || target.at[0] != '/' || !all(target, is_target_char))
		return REFUSAL_MALFORMED;
	h->query = target;
	h->path = cut(&h->query, '?');
	return count_of(h->query, '&') < HEAD_FIELDS_MAX ? REFUSAL_NONE : REFUSAL_HEAD_TOO_LARGE;
}

/* What the headers say together. */
static enum refusal weigh(const struct head *h, uint32_t seen, bool needs_host)
{
	const bool encoded = seen & (UINT32_C(1) << ENCODED_TRANSFER);

	if (needs_host && !h->host.at)
		return REFUSAL_MALFORMED;
	if (encoded && h->length_given)
		return REFUSAL_MALFORMED;
	if (encoded || (h->method == METHOD_POST && !h->length_given))
		return REFUSAL_NO_LENGTH;
	if (h->body_length > BODY_MAX)
		return REFUSAL_TOO_LARGE;
	if (h->method != METHOD_POST && h->body_length > 0)
		return REFUSAL_MALFORMED;
	if (seen & (UINT32_C(1) << ENCODED_CONTENT))
		return REFUSAL_NOT_A_FORM;
	return REFUSAL_NONE;
}

/* The next line, without its CRLF: false when there is no whole one. A line feed alone ends none. */
static bool next_line(struct piece *rest, struct piece *ret)
{
	const char *end = memmem(rest->at, rest->length, "\r\n", 2);

	if (!end)
		return false;
	*ret = (struct piece){ rest->at, (size_t)(end - rest->at) };
	rest->length -= ret->length + 2;
	rest->at = end + 2;
	return true;
}

unsigned head_find(const struct head *h, const char *name, struct piece *ret)
{
	struct piece rest = h->lines, line;
	unsigned count = 0;

	while (rest.at && next_line(&rest, &line)) {
		struct piece value = line;

		if (!piece_is_word(cut(&value, ':'), name))
			continue;
		*ret = piece_trimmed(value);
		count++;
	}
	return count;
}

/* A line that never ends is read no further than where it stops being one. */
static enum head_result unfinished(struct piece rest, size_t length, enum refusal *ret_why)
{
	*ret_why = length >= HEAD_MAX ? REFUSAL_HEAD_TOO_LARGE : REFUSAL_MALFORMED;
	if (length >= HEAD_MAX)
		return HEAD_REFUSED;
	for (size_t i = 0; i < rest.length; i++)
		if (!is_value_char(rest.at[i]) && !(rest.at[i] == '\r' && i + 1 == rest.length))
			return HEAD_REFUSED;
	return HEAD_INCOMPLETE;
}

enum head_result head_read(const char *bytes, size_t length, struct head *ret,
			   enum refusal *ret_why)
{
	struct piece rest = { bytes, length < HEAD_MAX ? length : HEAD_MAX }, line;
	bool needs_host = false;
	uint32_t seen = 0;
	unsigned lines = 0;

	*ret = (struct head){ .method = METHOD_OTHER };
	*ret_why = REFUSAL_NONE;
	while (next_line(&rest, &line)) {
		if (lines == 0) {
			*ret_why = read_request_line(ret, line, &needs_host);
			ret->lines.at = rest.at;
		} else if (line.length == 0) {
			ret->length = (size_t)(rest.at - bytes);
			ret->lines.length = (size_t)(line.at - ret->lines.at);
			*ret_why = weigh(ret, seen, needs_host);
			return *ret_why ? HEAD_REFUSED : HEAD_COMPLETE;
		} else {
			*ret_why = lines > HEAD_LINES_MAX ? REFUSAL_HEAD_TOO_LARGE
							  : read_header(ret, line, &seen);
		}
		if (*ret_why)
			return HEAD_REFUSED;
		lines++;
	}
	return unfinished(rest, length, ret_why);
}
