/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text that somebody has yet to fill in. It is read a character at a time as if all were lower case and every
 * blank a space, whatever the locale: the letters that matter are those of Swedish and English.
 */
#include "protocol/text.h"

#include <string.h>

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

	if (text[n + 1] != '>' || text_is_address_beyond_ascii(text + 1, n))
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
