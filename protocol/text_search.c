/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/text_search.h"

#include <string.h>

/*
 * The small form of the byte at text[i]. ASCII by itself; the capitals of Latin-1, U+00C0 to U+00DE, are in UTF-8
 * C3 and 80 to 9E, their small forms C3 and A0 to BE, but for the sign × (97). So a comparison goes byte by byte.
 */
static unsigned char small(const char *text, size_t i)
{
	const unsigned char c = (unsigned char)text[i];
	const bool latin = i > 0 && (unsigned char)text[i - 1] == 0xc3;

	if (c >= 'A' && c <= 'Z')
		return (unsigned char)(c + ('a' - 'A'));
	return latin && c >= 0x80 && c <= 0x9e && c != 0x97 ? (unsigned char)(c + 0x20) : c;
}

static bool has(const char *text, const char *word, size_t length)
{
	for (size_t at = 0; text[at]; at++) {
		size_t i = 0;

		while (i < length && text[at + i] && small(text, at + i) == small(word, i))
			i++;
		if (i == length)
			return true;
	}
	return false;
}

static bool stands(const char *const *texts, const char *word, size_t length)
{
	for (; *texts; texts++)
		if (has(*texts, word, length))
			return true;
	return false;
}

bool text_has_words(const char *const *texts, const char *words)
{
	for (;;) {
		size_t length;

		words += strspn(words, " \t\n");
		length = strcspn(words, " \t\n");
		if (length == 0)
			return true;
		if (!stands(texts, words, length))
			return false;
		words += length;
	}
}

char *text_small(char *text)
{
	for (size_t i = 0; text[i]; i++)
		text[i] = (char)small(text, i);
	return text;
}
