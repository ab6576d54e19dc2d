/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A link to evidence: an https address, or a diary number as the archive writes it. What looks like an address
 * has to be one that can be opened; why it can't is said, as it is mostly typed or copied by a person.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "protocol/event_value.h"

#define COPY "copy the address from the browser's address bar"
#define SCHEME "https:"
#define CHARACTER 4 /* bytes of one in UTF-8, at most */

/* Does it begin as an address does: "javascript:", "http://"? Not "dnr: 2026/0170", which goes on with a space;
 * nor can there be a tag in it. */
static bool has_scheme(const char *text)
{
	const size_t n =
		strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

	return (n > 0 && text[n] == ':' && text[n + 1] != ' ') || strstr(text, "://") ||
	       strpbrk(text, "<>");
}

/* "www.akt.internal", "//akt.internal": what browsers complete by themselves, and mails don't. */
static bool lacks_scheme(const char *text)
{
	return strncasecmp(text, "www.", 4) == 0 || strncmp(text, "//", 2) == 0;
}

/* The first character that stands in no address; its bytes, or 0. */
static size_t find_foreign(const char *text, const char **ret)
{
	size_t n = 1;

	while (*text && (unsigned char)*text < 0x80 && !strchr(" \"<>\\^`{|}", *text))
		text++;
	*ret = text;
	if (!*text)
		return 0;
	while (n < CHARACTER && ((unsigned char)text[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* "%C3%A5". */
static void escape(const char *bytes, size_t n, char out[static 3 * CHARACTER + 1])
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < n; i++) {
		*out++ = '%';
		*out++ = digits[(unsigned char)bytes[i] >> 4];
		*out++ = digits[(unsigned char)bytes[i] & 15];
	}
	*out = '\0';
}

static bool has_bare_percent(const char *text)
{
	while ((text = strchr(text, '%')) != NULL) {
		if (!isxdigit((unsigned char)text[1]) || !isxdigit((unsigned char)text[2]))
			return true;
		text++;
	}
	return false;
}

/* One that begins with https, in capitals or not. */
static enum reject_code check_https(const char *name, const struct parsed *value, const char *text,
				    struct rejection *ret_why)
{
	const struct excerpt quoted = parsed_excerpt(value);
	const char *server = text + strlen(SCHEME) + strspn(text + strlen(SCHEME), "/");
	const char *at;
	const size_t n = find_foreign(text, &at);
	char escaped[3 * CHARACTER + 1];

	if (n > 0 && (unsigned char)*at >= 0x80 && at < server + strcspn(server, "/?#"))
		return reject(
			ret_why, REJECT_BAD_DATA,
			"%s %s has '%.*s' in the name of its server, which an address writes in "
			"letters a to z (xn--...): " COPY,
			name, quoted.text, (int)n, at);
	if (n > 0) {
		escape(at, n, escaped);
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s has '%.*s' in it, which an address writes as %s: " COPY, name,
			      quoted.text, (int)n, at, escaped);
	}
	if (has_bare_percent(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s has a %% that two hexadecimal digits don't follow: " COPY,
			      name, quoted.text);
	if (!text_is_url(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is no address that a browser could open: " COPY, name,
			      quoted.text);
	return REJECT_NONE;
}

/* Evidence. Other schemes than https are refused, so that nobody is led to what can be changed on the way. */
enum reject_code decode_link(const struct field *field, const struct parsed *value, void *ret,
			     struct rejection *ret_why)
{
	enum reject_code code = decode_line(field, value, ret, ret_why);
	const char *text = *(const char **)ret;

	if (code != REJECT_NONE)
		return code;
	if (text_length(text) > LINK_MAX)
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s has %zu characters; at most %d are allowed", field->name,
			      text_length(text), LINK_MAX);
	if (lacks_scheme(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is an address without its beginning: begin it with https://",
			      field->name, parsed_excerpt(value).text);
	if (strncasecmp(text, SCHEME, strlen(SCHEME)) == 0)
		return check_https(field->name, value, text, ret_why);
	if (has_scheme(text))
		return reject(ret_why, REJECT_BAD_DATA,
			      "%s %s is neither an https address nor a diary number", field->name,
			      parsed_excerpt(value).text);
	return REJECT_NONE;
}

bool event_is_link(const char *text)
{
	static const struct field field = { .name = "link", .max = LINK_MAX * CHARACTER };
	const struct parsed value = { .kind = PARSED_STRING,
				      .nodes = 1,
				      .text = text,
				      .length = strlen(text),
				      .begin = text,
				      .size = strlen(text) };
	struct rejection why;
	const char *link;

	return decode_link(&field, &value, &link, &why) == REJECT_NONE;
}
