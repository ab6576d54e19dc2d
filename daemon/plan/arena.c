/* SPDX-License-Identifier: Apache-2.0 */
/* A list of chunks, the newest first. A large allocation has a chunk of its own, which is put second. */
#include "plan/arena.h"

#include <stdint.h>
#include <stdlib.h>

#define CHUNK 65536

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_chunk *chunk = arena->chunks;
	void *ret;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + align - 1) / align * align;
	if (!chunk || chunk->size - chunk->used < size) {
		size_t bytes = size > CHUNK / 4 ? size : CHUNK;

		chunk = calloc(1, sizeof(*chunk) + bytes);
		if (!chunk)
			return NULL;
		chunk->size = bytes;
		/* A large one is put second: the first has space left for small ones. */
		chunk->next = arena->chunks && bytes == size ? arena->chunks->next : arena->chunks;
		if (arena->chunks && bytes == size)
			arena->chunks->next = chunk;
		else
			arena->chunks = chunk;
	}
	ret = chunk->bytes + chunk->used;
	chunk->used += size;
	return ret;
}

void arena_done(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunks, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	arena->chunks = NULL;
}
