/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the bytes of a part to clean text: its transfer encoding is undone, then its character set, then, of HTML, its
 * marks; what may not stand in a text goes last, since any of these may have brought it. Each step reads a bounded
 * beginning of what it is given, so that a part costs the same however large it is.
 */
#include "message/incoming_decode.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

#include "message/incoming_html.h"
#include "protocol/text.h"

#define ENCODED_MAX (4 * DECODE_MAX) /* bytes of a part that are looked at: "=0A" is one byte */

/* ---- transfer encoding -------------------------------------------------------------------------- */

static int undo_encoding(const struct part *part, struct buffer *out)
{
	const size_t n = part->body.length < ENCODED_MAX ? part->body.length : ENCODED_MAX;
	GMimeEncoding state;
	int r;

	g_mime_encoding_init_decode(&state, g_mime_content_encoding_from_string(part->encoding));
	r = buffer_reserve(out, g_mime_encoding_outlen(&state, n) + 1);
	if (r < 0)
		return r;
	out->length = g_mime_encoding_step(&state, part->body.at, n, out->bytes);
	if (out->length > DECODE_MAX)
		out->length = DECODE_MAX;
	return 0;
}

/* ---- character sets ----------------------------------------------------------------------------- */

/* Those that are asked for by mails; the C library knows hundreds, which no mail is written in. */
static const char *const known_sets[] = {
	"iso-8859-", "iso8859-",    "iso_8859-", "windows-125", "cp125",     "koi8-",
	"utf-16",    "utf-7",	    "utf-32",	 "gb",		"big5",	     "euc-",
	"shift_jis", "iso-2022-jp", "ks_c_5601", "macintosh",	"tis-620",   "windows-874",
	"cp850",     "cp865",	    "hp-roman8", "x-mac-roman", "shift-jis", "windows-31j",
};

/* What the part's text is in: what says that it is ASCII or Latin-1, and isn't, is Windows' superset of both. */
static const char *set_of(const struct part *part)
{
	const char *set = part->charset;

	if (strcmp(set, "utf-8") == 0 || strcmp(set, "utf8") == 0)
		return "utf-8";
	if (strcmp(set, "iso-8859-1") == 0)
		return "windows-1252";
	for (size_t i = 0; i < sizeof(known_sets) / sizeof(known_sets[0]); i++)
		if (strncmp(set, known_sets[i], strlen(known_sets[i])) == 0)
			return set;
	return "";
}

/* Of the characters that are not ASCII, those that are UTF-8, and the bytes that are not. */
struct beyond {
	size_t characters, others;
};

static struct beyond count_beyond(const struct buffer *b)
{
	struct beyond count = { 0 };
	uint32_t code;

	for (size_t i = 0, n; i < b->length; i += n) {
		n = text_utf8(b->bytes + i, b->length - i, &code);
		if (n == 0 && b->length == DECODE_MAX && b->length - i < 4)
			break; /* a character that the bound has cut is none that is wrong */
		count.characters += n > 1;
		count.others += n == 0;
		n += n == 0;
	}
	return count;
}

/*
 * Is it UTF-8? That is told from the text where its part does not say, and where it says something else that can't be
 * right: what programs put together from two mails is labelled as one of them.
 */
static bool is_utf8(const char *set, const struct buffer *bytes)
{
	const struct beyond count = count_beyond(bytes);

	if (strcmp(set, "utf-8") == 0)
		return count.characters > 0 || count.others == 0;
	return count.others == 0 &&
	       (!set[0] || (count.characters > 0 && strcmp(set, "windows-1252") == 0));
}

/* What can't be read is "?". */
static int convert(const char *set, const struct buffer *from, struct buffer *out)
{
	iconv_t with = g_mime_iconv_open("utf-8", set);
	char *in = from->bytes;
	size_t left = from->length;
	int r = buffer_reserve(out, 3 * from->length + 16);

	if (with == (iconv_t)-1)
		with = g_mime_iconv_open("utf-8", "windows-1252");
	while (r == 0 && with != (iconv_t)-1 && left > 0) {
		char *to = out->bytes + out->length;
		size_t room = out->room - out->length;
		const size_t before = room;
		const bool read = iconv(with, &in, &left, &to, &room) != (size_t)-1;

		out->length += before - room;
		if (read || errno != EILSEQ || room == 0)
			break;
		out->bytes[out->length++] = '?';
		in++;
		left--;
	}
	if (with != (iconv_t)-1)
		iconv_close(with);
	return r;
}

static int undo_set(const struct part *part, struct buffer *bytes, struct buffer *out)
{
	const char *set = set_of(part);
	const bool utf8 = is_utf8(set, bytes);

	if (utf8)
		return buffer_add(out, bytes->bytes, bytes->length);
	return convert(set[0] && strcmp(set, "utf-8") != 0 ? set : "windows-1252", bytes, out);
}

/* ---- clean text --------------------------------------------------------------------------------- */

static bool ends_line(uint32_t code)
{
	return (code >= '\n' && code <= '\r') || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* Nothing that is seen: controls, what turns the direction, byte order marks, soft hyphens and joiners of words. */
static bool is_unseen(uint32_t code)
{
	return (text_is_control(code) && code != '\t') || text_turns(code) ||
	       (code >= 0x2060 && code <= 0x2065) || code == 0xad || code == 0x200b ||
	       code == 0x200e || code == 0x200f || code == 0xfeff;
}

/* Adds it clean; out has room for it as it is, and for a line end. */
static void add_clean(struct buffer *out, const struct buffer *from)
{
	const char *text = from->bytes;
	uint32_t code;

	for (size_t left = from->length, n; left > 0; text += n, left -= n) {
		n = text_utf8(text, left, &code);
		if (n == 0) {
			n = 1;
			out->bytes[out->length++] = '?';
		} else if (code == '\r' && left > 1 && text[1] == '\n') {
			continue;
		} else if (ends_line(code)) {
			out->bytes[out->length++] = '\n';
		} else if (code == 0xa0 || code == 0x202f || code == 0x2007) {
			out->bytes[out->length++] = ' ';
		} else if (!is_unseen(code)) {
			memcpy(out->bytes + out->length, text, n);
			out->length += n;
		}
	}
	if (out->length > 0 && out->bytes[out->length - 1] != '\n')
		out->bytes[out->length++] = '\n';
}

int part_text(const struct part *part, struct buffer *out)
{
	struct buffer bytes = { NULL }, text = { NULL }, seen = { NULL };
	struct buffer *read = &text;
	int r = undo_encoding(part, &bytes);

	if (r == 0)
		r = undo_set(part, &bytes, &text);
	if (r == 0 && part_is(part, "text", "html")) {
		r = html_text((struct slice){ text.bytes, text.length }, &seen);
		read = &seen;
	}
	if (r == 0)
		r = buffer_reserve(out, read->length + 1);
	if (r == 0)
		add_clean(out, read);
	buffer_done(&bytes);
	buffer_done(&text);
	buffer_done(&seen);
	return r;
}

/* ---- the mail's text ---------------------------------------------------------------------------- */

/* In a paragraph that flows, a line that ends with a space goes on in the next one (RFC 3676). */
static void unfold(struct buffer *text, size_t from, bool del_sp)
{
	char *to = text->bytes + from;

	for (size_t i = from; i < text->length; i++) {
		const char c = text->bytes[i];
		const bool soft = c == ' ' && i + 1 < text->length && text->bytes[i + 1] == '\n' &&
				  !(to - text->bytes >= 2 && memcmp(to - 2, "--", 2) == 0);

		if (!soft) {
			*to++ = c;
			continue;
		}
		if (i + 2 < text->length && strchr(">\n", text->bytes[i + 2])) {
			continue;
		}
		if (!del_sp)
			*to++ = ' ';
		i++;
	}
	text->length = (size_t)(to - text->bytes);
}

static bool is_text(const struct part *part, const char *subtype)
{
	return part_is(part, "text", subtype) && !part->attached;
}

static bool is_blank(const struct buffer *text, size_t from)
{
	while (from < text->length && strchr(" \t\n", text->bytes[from]))
		from++;
	return from == text->length;
}

/* Does the part stand within the other, however far? */
static bool is_within(const struct parts *parts, size_t i, size_t other)
{
	while (i != other && i > 0)
		i = parts->part[i].parent;
	return i == other;
}

/* Is the HTML one of several ways to say what one of the plain texts that said something says? */
static bool says_the_same(const struct parts *parts, size_t html, const bool *said)
{
	for (size_t up = html; up > 0;) {
		up = parts->part[up].parent;
		if (!part_is(&parts->part[up], "multipart", "alternative"))
			continue;
		for (size_t i = 0; i < parts->count; i++)
			if (said[i] && is_within(parts, i, up))
				return true;
	}
	return false;
}

static int add_part(const struct part *part, struct buffer *text)
{
	const size_t from = text->length;
	int r = part_text(part, text);

	if (r == 0 && strcmp(part->format, "flowed") == 0)
		unfold(text, from, part->del_sp);
	return r;
}

int parts_text(const struct parts *parts, struct buffer *out)
{
	bool said[PARTS_MAX] = { false };
	int r = 0;

	for (size_t i = 0; i < parts->count && r == 0 && out->length < DECODE_MAX; i++) {
		const size_t from = out->length;

		if (!is_text(&parts->part[i], "plain") &&
		    !(is_text(&parts->part[i], "html") && !says_the_same(parts, i, said)))
			continue;
		r = add_part(&parts->part[i], out);
		said[i] = r == 0 && is_text(&parts->part[i], "plain") && !is_blank(out, from);
	}
	return r;
}

/* ---- fields ------------------------------------------------------------------------------------- */

void field_line(const char *value, char *out, size_t size)
{
	char *decoded = g_mime_utils_header_decode_text(NULL, value);
	struct buffer from = { decoded, strlen(decoded), 0 }, clean = { NULL };
	size_t n;

	out[0] = '\0';
	if (buffer_reserve(&clean, from.length + 2) == 0) {
		add_clean(&clean, &from);
		for (n = 0; n < clean.length; n++)
			if (clean.bytes[n] == '\n' || clean.bytes[n] == '\t')
				clean.bytes[n] = ' ';
		n = clean.length < size ? clean.length : size - 1;
		while (n < clean.length && n > 0 && ((unsigned char)clean.bytes[n] & 0xc0) == 0x80)
			n--;
		while (n > 0 && clean.bytes[n - 1] == ' ')
			n--;
		memcpy(out, clean.bytes, n);
		out[n] = '\0';
	}
	buffer_done(&clean);
	g_free(decoded);
}
