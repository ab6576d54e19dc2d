/* SPDX-License-Identifier: Apache-2.0 */
/* The room doubles, so that n elements cost n copies and no more; an array never shrinks. */
#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

#define FIRST_ROOM 16

void *array_with_room(void *list, size_t count, size_t *room, size_t size)
{
	size_t more = *room ? 2 * *room : FIRST_ROOM;
	void *grown;

	assert(count <= *room);
	if (count < *room)
		return list;
	grown = reallocarray(list, more, size);
	if (grown)
		*room = more;
	return grown;
}

size_t array_place(const void *key, const void *list, size_t count, size_t size,
		   int (*compare)(const void *key, const void *element))
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(key, (const char *)list + middle * size) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
