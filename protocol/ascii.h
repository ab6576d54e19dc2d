/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of ASCII characters, whatever the locale. Bytes of other characters are none of them. */
#pragma once
#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline bool ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* In each byte of eight that is below n, or is c, the highest bit is set; so it may be in bytes after such a one. */
#define ASCII_EACH(c) ((c)*UINT64_C(0x0101010101010101))
#define ASCII_BELOW(eight, n) (((eight)-ASCII_EACH(n)) & ~(eight)&ASCII_EACH(0x80))
#define ASCII_IS(eight, c) ASCII_BELOW((eight) ^ ASCII_EACH(c), 1)

/*
 * How many of the n bytes at text, from the first on, are printable ASCII other than quotation marks and
 * backslashes: what stands in JSON as it is. Eight at a time, since most of an event are such bytes.
 */
static inline size_t ascii_plain(const char *text, size_t n)
{
	size_t i = 0;

	for (uint64_t eight, other; i + sizeof(eight) <= n; i += sizeof(eight)) {
		memcpy(&eight, text + i, sizeof(eight));
		eight = le64toh(eight); /* so that the first is the lowest */
		other = (eight & ASCII_EACH(0x80)) | ASCII_BELOW(eight, 0x20) |
			ASCII_IS(eight, '"') | ASCII_IS(eight, '\\') | ASCII_IS(eight, 0x7f);
		if (other)
			return i + (size_t)__builtin_ctzll(other) / 8;
	}
	while (i < n && text[i] >= ' ' && text[i] < 0x7f && text[i] != '"' && text[i] != '\\')
		i++;
	return i;
}

/* How many bytes of text, from the first on, are of a-z and 0-9. */
static inline size_t ascii_lower(const char *text)
{
	size_t n = 0;

	while ((text[n] >= 'a' && text[n] <= 'z') || ascii_is_digit(text[n]))
		n++;
	return n;
}

/* Is it a letter, a digit or one of the others? NUL is none. */
static inline bool ascii_is_among(char c, const char *others)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || (c != '\0' && strchr(others, c));
}
