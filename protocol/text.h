/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checked text: what came from outside becomes one of these types once, and is trusted after that.
 * None of them holds a control character, a NUL or invalid UTF-8; each is bounded.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ID_MAX 64	   /* of plan ids: [A-Za-z0-9._-]{1,64} */
#define EVENT_ID_MAX 128   /* of an event's id: printable, UTF-8 without controls, in characters */
#define SOURCE_MAX 160	   /* of an event's source */
#define LINE_MAX_BYTES 200 /* of a person's or thing's name, title, reference, place: bytes */
#define NOTE_MAX 4000	   /* of a note, in characters (code points) */
#define SUPPORT_MAX 1000   /* of needs_support, in characters */
#define LINK_MAX 500	   /* of a link to evidence, in characters */

/*
 * Length in bytes of the UTF-8 sequence that the n bytes at text begin with, its code point in
 * ret_code; 0 when there is no valid one (overlong, surrogate, above U+10FFFF, cut short, n = 0).
 */
size_t text_utf8(const char *text, size_t n, uint32_t *ret_code);
/* Is it one of the control characters C0, DEL and C1 (Unicode's general category Cc)? */
static inline bool text_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}
/*
 * Does it turn the direction of the text around it (U+202A-202E, U+2066-2069: Unicode's embeddings, overrides and
 * isolates), by which a name can be made to read as another?
 */
static inline bool text_turns(uint32_t code)
{
	return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}
/* Are they the same? As strcmp, but quicker where most differ in their first character. */
static inline bool text_equal(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}
/* As much of text as goes into size bytes with a NUL, of which there is one at least; returns its length. For text
 * that is known to fit, or is ASCII. */
size_t text_copy(char *out, size_t size, const char *text);
/* Are two texts the same, either of which may be none (NULL)? Two that are none are. */
bool text_same(const char *a, const char *b);
/* True when text is 1-64 of [A-Za-z0-9._-]. */
bool text_is_id(const char *text);
/* True for an occurrence's or plan's deadline id: an id, optionally "@YYYY-MM-DD". */
bool text_is_item(const char *text);
/* True when the n bytes are valid UTF-8 without NUL and without C0/C1 controls and DEL; lines =
 * true also allows \n and \t (notes). */
bool text_is_clean(const char *text, size_t n, bool lines);
/* The first character that turns the direction of the text around it; 0 when there is none. For text that is
 * clean. */
uint32_t text_turn(const char *text);
/* Number of code points of valid UTF-8. */
size_t text_length(const char *text);
/* True when there is nothing but spaces, tabs and line ends in it, or nothing at all. */
bool text_is_blank(const char *text);
/* Each no-break space (U+00A0, U+2007, U+202F) becomes a plain one, in place; the word joiner (U+2060)
 * goes. For what is plain text: there nothing shows where a line may break. Returns text. */
char *text_break_spaces(char *text);
/*
 * True for exactly one mailbox's addr-spec, local@domain, as a dot-atom (RFC 5321 § 4.1.2): ASCII,
 * no controls, spaces, quotation marks, commas or brackets; a domain of dot-separated labels that
 * is not an IP address; at most 254 bytes, 64 before the @ (§ 4.5.3.1).
 */
bool text_is_address(const char *text);
/* The same of the n bytes at text, with letters beyond ASCII wherever there may be some: such an address may
 * have a form in ASCII. */
bool text_is_address_beyond_ascii(const char *text, size_t n);
/* True for http:// or https:// with a host, no controls, spaces or user part, only characters of
 * RFC 3986; at most 2,000 bytes. Which hosts may be reached is the webhook's business. */
bool text_is_url(const char *text);
/* "*" in pattern is any run of characters, all else is literal. */
bool text_matches(const char *pattern, const char *text);
/*
 * Is there a hole in the text: "fyll i", "klicka här", the word TODO, angle brackets around anything
 * but a mail address, all case-insensitive (the å/ä/ö of Swedish too)? Phrases are whole words, so
 * that "uppfyll innan" is none. Returns where it begins and its length in bytes, or NULL.
 */
const char *text_placeholder(const char *text, size_t *ret_length);
/* Is the host of this address or URL under a reserved domain (RFC 2606: example, test, invalid,
 * example.com/.net/.org; RFC 6761)? */
bool text_is_reserved_domain(const char *address_or_url);

/* The beginning of a text, for a sentence: at most EXCERPT_MAX bytes, cut between characters and
 * then ended by "…". Made to be used at once: text_excerpt(value).text. */
#define EXCERPT_MAX 60
struct excerpt {
	char text[EXCERPT_MAX + 8];
};
struct excerpt text_excerpt(const char *text);
/* The same of a part of it, of so many bytes. */
struct excerpt text_excerpt_of(const char *text, size_t length);

/* Where the name stands among count names; count when it is none of them. */
size_t text_find(const char *name, const char *const *names, size_t count);

/* "a, b, c": names joined for a sentence; a name for which there is no room is left out. */
struct text_list {
	char text[240];
};
void text_list_add(struct text_list *list, const char *name);
/* Is the name, which has no space or comma in it and is not empty, among them? */
bool text_list_has(const struct text_list *list, const char *name);
