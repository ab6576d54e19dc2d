/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing by FNV-1a, at most half full, so that a free slot is always near. */
#include "plan/index.h"

#include <string.h>

#define FNV_BASIS 0xcbf29ce484222325
#define FNV_PRIME 0x100000001b3

const struct named *index_at(const struct index *index, size_t n)
{
	return (const struct named *)(const void *)(index->things + n * index->stride);
}

static size_t hash(const char *id)
{
	uint64_t h = FNV_BASIS;

	for (; *id; id++)
		h = (h ^ (unsigned char)*id) * FNV_PRIME;
	return (size_t)(h ^ h >> 32);
}

/* The slot that holds the id, or the free one where it would go. */
static uint32_t *slot_of(const struct index *index, const char *id)
{
	for (size_t i = hash(id);; i++) {
		uint32_t *slot = &index->slots[i & index->mask];

		if (!*slot || strcmp(index_at(index, *slot - 1)->id, id) == 0)
			return slot;
	}
}

const void *index_find(const struct index *index, const char *id)
{
	uint32_t n = index->slots ? *slot_of(index, id) : 0;

	return n ? index_at(index, n - 1) : NULL;
}

const struct named *index_add(struct index *index, size_t n)
{
	uint32_t *slot = slot_of(index, index_at(index, n)->id);

	if (*slot)
		return index_at(index, *slot - 1);
	*slot = (uint32_t)(n + 1);
	return NULL;
}
