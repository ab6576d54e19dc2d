/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>
#include <string.h>

#include "base/harmless.h"
#include "protocol/text.h"

#define MASK "(address)"

static size_t append(char *out, size_t size, size_t used, const char *text, size_t length)
{
	if (used + length >= size)
		return used;
	memcpy(out + used, text, length);
	return used + length;
}

/* One word, its characters made harmless, or the mask when it holds a mail address. */
static size_t append_word(char *out, size_t size, size_t used, const char *word, size_t length)
{
	if (memchr(word, '@', length))
		return append(out, size, used, MASK, strlen(MASK));
	while (length > 0) {
		uint32_t code;
		size_t n = text_utf8(word, length, &code);
		bool clean = n > 0 && !text_is_control(code);

		used = append(out, size, used, clean ? word : "?", clean ? n : 1);
		word += n > 0 ? n : 1;
		length -= n > 0 ? n : 1;
	}
	return used;
}

void harmless_line(char *out, size_t size, const char *text, size_t length)
{
	size_t used = 0;

	while (length > 0 && strchr("\r\n ", text[length - 1]))
		length--;
	while (length > 0) {
		const char *space = memchr(text, ' ', length);
		size_t word = space ? (size_t)(space - text) : length;

		used = append_word(out, size, used, text, word);
		if (space)
			used = append(out, size, used, space, 1);
		text += space ? word + 1 : word;
		length -= space ? word + 1 : word;
	}
	out[used] = '\0';
}
