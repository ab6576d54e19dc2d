/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A response is a line, in which literals may stand: "{1234}", a line end, and so many bytes, after which the line
 * goes on.
 *
 *	* 12 FETCH (UID 4 BODY[] {1234}<CRLF>…1234 bytes…)<CRLF>
 *
 * Only FETCH is taken to have any, and one at most: nothing else is asked for that may come as one, and the words of
 * a status response may end with anything.
 *
 * All is bounded. A line is kept as far as IMAP_LINE goes, and counted to IMAP_TALK_MAX; a literal is kept as far as
 * it is wanted, and heard to IMAP_LITERAL_MAX, so that a mail somewhat larger than its announced size costs no
 * connection.
 */
#include "inbox/imap_reply.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "protocol/ascii.h"

/* ---- bytes into responses --------------------------------------------------------------------------- */

void imap_reply_await(struct imap_reply *r)
{
	r->talked = 0;
}

void imap_reply_done(struct imap_reply *r)
{
	buffer_done(&r->literal);
}

static void begin(struct imap_reply *r)
{
	r->length = 0;
	r->line[0] = '\0';
	r->cut = r->has_literal = r->complete = false;
	r->literal_left = r->literal_size = 0;
	buffer_clear(&r->literal);
}

/* The number at *at, which then points behind it: false when there is none, or it is greater than max. */
static bool read_number(const char **at, uint64_t max, uint64_t *ret)
{
	uint64_t n = 0;
	const char *p = *at;

	for (; ascii_is_digit(*p); p++) {
		n = n * 10 + (uint64_t)(*p - '0');
		if (n > max)
			return false;
	}
	if (p == *at)
		return false;
	*at = p;
	*ret = n;
	return true;
}

/* Does the text begin with the word, without regard to case, and then end or go on with a space? */
static const char *after_word(const char *text, const char *word)
{
	const size_t n = strlen(word);

	if (strncasecmp(text, word, n) != 0 || (text[n] && text[n] != ' '))
		return NULL;
	return text[n] ? text + n + 1 : text + n;
}

/* What follows "* 12 FETCH ", or NULL. */
static const char *after_fetch(const char *line)
{
	const char *at = line + 2;
	uint64_t number;

	if (strncmp(line, "* ", 2) != 0 || !read_number(&at, UINT32_MAX, &number) || *at != ' ')
		return NULL;
	return after_word(at + 1, "FETCH");
}

/* Does the line end with a literal's size? */
static bool announces_literal(const struct imap_reply *r, uint64_t *ret_size)
{
	const char *brace =
		r->length && r->line[r->length - 1] == '}' ? strrchr(r->line, '{') : NULL;
	const char *at = brace ? brace + 1 : NULL;

	return brace && after_fetch(r->line) && read_number(&at, UINT32_MAX, ret_size) &&
	       strcmp(at, "}") == 0;
}

/* The line has come to a line end. */
static enum imap_heard end_line(struct imap_reply *r)
{
	uint64_t size;

	if (r->length && r->line[r->length - 1] == '\r')
		r->line[--r->length] = '\0';
	if (r->cut || !announces_literal(r, &size)) {
		r->complete = true;
		return IMAP_RESPONSE;
	}
	if (r->has_literal)
		return IMAP_GARBAGE;
	if (size > IMAP_LITERAL_MAX)
		return IMAP_ENDLESS;
	r->has_literal = true;
	r->literal_size = r->literal_left = (size_t)size;
	return IMAP_MORE;
}

static enum imap_heard hear_byte(struct imap_reply *r, char c)
{
	if (++r->talked > IMAP_TALK_MAX)
		return IMAP_ENDLESS;
	if (c == '\n')
		return end_line(r);
	if (c == '\0')
		return IMAP_GARBAGE;
	if (r->length + 1 < sizeof(r->line)) {
		r->line[r->length++] = c;
		r->line[r->length] = '\0';
	} else {
		r->cut = true;
	}
	return IMAP_MORE;
}

/* Keep what is wanted of a literal's bytes: how many were heard, 0 when there is no memory. */
static size_t hear_literal(struct imap_reply *r, const char *bytes, size_t n)
{
	const size_t heard = n < r->literal_left ? n : r->literal_left;
	const size_t room = r->want > r->literal.length ? r->want - r->literal.length : 0;

	if (buffer_add(&r->literal, bytes, heard < room ? heard : room) < 0)
		return 0;
	r->literal_left -= heard;
	return heard;
}

size_t imap_hear(struct imap_reply *r, const char *bytes, size_t n, enum imap_heard *ret)
{
	size_t used = 0;

	if (r->complete)
		begin(r);
	*ret = IMAP_MORE;
	while (used < n && *ret == IMAP_MORE) {
		if (r->literal_left) {
			const size_t heard = hear_literal(r, bytes + used, n - used);

			if (heard == 0)
				*ret = IMAP_ENDLESS;
			used += heard;
		} else {
			*ret = hear_byte(r, bytes[used++]);
		}
	}
	return used;
}

/* ---- what a response says ------------------------------------------------------------------------------ */

static enum imap_kind kind_of_untagged(const char *text, const char **ret_text)
{
	static const struct {
		const char *word;
		enum imap_kind kind;
	} kinds[] = {
		{ "BYE", IMAP_BYE },
		{ "CAPABILITY", IMAP_CAPABILITY },
		{ "SEARCH", IMAP_SEARCH },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const char *after = after_word(text, kinds[i].word);

		if (after) {
			*ret_text = after;
			return kinds[i].kind;
		}
	}
	*ret_text = text;
	return IMAP_OTHER;
}

enum imap_kind imap_kind(const char *line, const char *tag, const char **ret_text)
{
	static const char *const words[] = {
		[IMAP_OK] = "OK", [IMAP_NO] = "NO", [IMAP_BAD] = "BAD"
	};
	const char *rest = strncmp(line, "* ", 2) == 0 ? line + 2 : after_word(line, tag);
	const char *fetched = after_fetch(line);

	*ret_text = line;
	if (!rest)
		return IMAP_WRONG;
	if (fetched) {
		*ret_text = fetched;
		return IMAP_FETCH;
	}
	if (*line == '*')
		return kind_of_untagged(rest, ret_text);
	for (enum imap_kind kind = IMAP_OK; kind <= IMAP_BAD; kind++) {
		const char *after = after_word(rest, words[kind]);

		if (after) {
			*ret_text = after;
			return kind;
		}
	}
	return IMAP_WRONG;
}

bool imap_has_word(const char *text, const char *word)
{
	static const char between[] = " []";

	while (*text) {
		const size_t n = strcspn(text, between);

		if (n == strlen(word) && strncasecmp(text, word, n) == 0)
			return true;
		text += n;
		text += strspn(text, between);
	}
	return false;
}

int imap_search(const char *text, bool cut, uint32_t *out, size_t max)
{
	size_t count = 0;

	while (*text) {
		uint64_t number;

		if (count == max)
			return (int)count;
		if (!read_number(&text, UINT32_MAX, &number) || number == 0)
			return -1;
		if (*text == '\0' && cut)
			return (int)count;
		if (*text && *text != ' ')
			return *text == '(' ? (int)count : -1;
		out[count++] = (uint32_t)number;
		text += strspn(text, " ");
		if (*text == '(') /* "(MODSEQ 7)", RFC 7162 */
			break;
	}
	return (int)count;
}

/* ---- FETCH ------------------------------------------------------------------------------------------------ */

/* Unquote the string at *at, whose first character is a quote, where it stands. */
static bool read_quoted(char **at, struct imap_fetched *ret)
{
	char *in = *at + 1, *out = in;

	ret->body = out;
	while (*in && *in != '"') {
		if (*in == '\\' && !*++in)
			return false;
		*out++ = *in++;
	}
	if (*in != '"')
		return false;
	ret->body_length = (size_t)(out - ret->body);
	ret->has_body = true;
	*at = in + 1;
	return true;
}

/* Pass over a value that is not asked for: an atom, a quoted string, or a list of them. */
static bool pass_over(char **at)
{
	struct imap_fetched unused = { 0 };
	int depth = 0;
	char *p = *at;

	do {
		if (*p == '"') {
			if (!read_quoted(&p, &unused))
				return false;
		} else if (*p == '(') {
			depth++, p++;
		} else if (*p == ')') {
			if (depth-- == 0)
				return false;
			p++;
		} else if (*p == ' ' && depth > 0) {
			p++;
		} else {
			const size_t n = strcspn(p, " ()\"");

			if (n == 0)
				return false;
			p += n;
		}
	} while (depth > 0);
	*at = p;
	return true;
}

static bool read_body(char **at, struct imap_fetched *ret)
{
	const char *p = *at + 1;
	uint64_t size;

	if (**at == '"')
		return read_quoted(at, ret);
	if (strncasecmp(*at, "NIL", 3) == 0) {
		*at += 3;
		ret->has_body = true;
		ret->body_length = 0;
		return true;
	}
	if (**at != '{' || !read_number(&p, UINT32_MAX, &size) || *p != '}')
		return false;
	ret->has_body = ret->in_literal = true;
	*at += p + 1 - *at;
	return true;
}

static bool read_item(char **at, struct imap_fetched *ret)
{
	const char *name = *at;
	const size_t n = strcspn(name, " )");
	const char *value;
	uint64_t number;

	if (n == 0 || name[n] != ' ')
		return false;
	*at += n + 1;
	value = *at;
	if (n == 6 && strncasecmp(name, "BODY[]", n) == 0)
		return read_body(at, ret);
	if (n == 3 && strncasecmp(name, "UID", n) == 0) {
		if (!read_number(&value, UINT32_MAX, &number))
			return false;
		ret->uid = (uint32_t)number;
	} else if (n == 11 && strncasecmp(name, "RFC822.SIZE", n) == 0) {
		if (!read_number(&value, INT64_MAX / 10, &number))
			return false;
		ret->size = number;
		ret->has_size = true;
	} else {
		return pass_over(at);
	}
	*at += value - *at;
	return true;
}

bool imap_fetch(char *text, struct imap_fetched *ret)
{
	*ret = (struct imap_fetched){ .uid = 0 };
	if (*text++ != '(')
		return false;
	for (;;) {
		if (!read_item(&text, ret))
			return false;
		if (*text == ')')
			return text[1] == '\0';
		if (*text++ != ' ')
			return false;
	}
}
