/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where something can be sent: mail addresses, URLs, and the hosts in them. Less is taken than the RFCs allow:
 * no quoted local part, no address literal and no user in a URL, which a reader may take for one thing and a
 * server for another.
 */
#include "protocol/text.h"

#include <string.h>
#include <strings.h>

#include "protocol/ascii.h"

#define ADDRESS_MAX 254 /* RFC 5321 § 4.5.3.1.3, less the angle brackets */
#define LOCAL_MAX 64	/* § 4.5.3.1.1 */
#define DOMAIN_MAX 253
#define LABEL_MAX 63 /* RFC 1035 § 2.3.4 */
#define URL_MAX 2000

/* ---- mail addresses ---------------------------------------------------------------------------- */

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
			if (!ascii_is_among(text[i], label ? "-" : "") &&
			    !is_beyond(text[i], letters))
				return false;
			name = name || ascii_is_letter(text[i]) || is_beyond(text[i], letters);
			label++;
		}
	}
	*ret_name = name;
	return true;
}

/* A dot-atom: no dot at either end, no two together. Nor "=?", with which an encoded word begins, so that whoever reads
 * the header might decode it to anything. */
static bool is_local_part(const char *text, size_t n, enum letters letters)
{
	bool dot = true; /* before the first character, and after each dot */

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '?' && i > 0 && text[i - 1] == '=')
			return false;
		if (!ascii_is_among(text[i],
				    dot ? "!#$%&'*+-/=?^_`{|}~" : "!#$%&'*+-/=?^_`{|}~.") &&
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

bool text_is_address_beyond_ascii(const char *text, size_t n)
{
	return is_address(text, n, LETTERS_ANY);
}

/* ---- URLs -------------------------------------------------------------------------------------- */

/* "" or ":1" to ":65535". */
static bool is_port(const char *text, size_t n)
{
	unsigned value = 0;

	if (n == 0)
		return true;
	if (text[0] != ':' || n < 2 || n > 6)
		return false;
	for (size_t i = 1; i < n; i++) {
		if (!ascii_is_digit(text[i]))
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
		if (!ascii_is_among(*text, "-._~:/?#[]@!$&'()*+,;=%"))
			return false;
	return true;
}

/* ---- hosts ------------------------------------------------------------------------------------- */

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
