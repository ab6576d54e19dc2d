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
