/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/keep.h"

#include <stdint.h>
#include <string.h>

#include "client/need.h"

#define BLOCK_BYTES 512 /* the first one; each next has twice as much, up to BLOCK_MOST */
#define BLOCK_MOST 65536

struct keep_block {
	struct keep_block *next;
	size_t used, size;
	max_align_t bytes[];
};

void *keep_bytes(struct keep *keep, size_t n)
{
	struct keep_block *block = keep->blocks;
	const size_t align = sizeof(max_align_t), rounded = (n + align - 1) / align * align;
	void *at;

	if (!block || block->size - block->used < rounded) {
		size_t size = !block			 ? BLOCK_BYTES
			      : block->size < BLOCK_MOST ? 2 * block->size
							 : BLOCK_MOST;

		size = size > rounded ? size : rounded;

		block = need(calloc(1, sizeof(*block) + size));
		block->size = size;
		block->next = keep->blocks;
		keep->blocks = block;
	}
	at = (char *)block->bytes + block->used;
	block->used += rounded;
	return at;
}

char *keep_text(struct keep *keep, const char *text, size_t n)
{
	char *copy = keep_bytes(keep, n + 1);

	memcpy(copy, text, n);
	return copy;
}

char *keep_vprint(struct keep *keep, const char *format, va_list arguments)
{
	auto_free char *text = need_vtext(format, arguments);

	return keep_text(keep, text, strlen(text));
}

char *keep_print(struct keep *keep, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = keep_vprint(keep, format, arguments);
	va_end(arguments);
	return text;
}

void keep_done(struct keep *keep)
{
	while (keep->blocks) {
		struct keep_block *next = keep->blocks->next;

		free(keep->blocks);
		keep->blocks = next;
	}
}

void *array_more(void *array, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return array;
	*room = *room ? 2 * *room : 16;
	return need(reallocarray(array, *room, size));
}
