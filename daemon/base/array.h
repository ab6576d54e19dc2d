/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arrays that grow: a list, how many it holds, and how many there is room for, which lie side by side
 * wherever their owner keeps them. All three begin as zero; free() ends the list.
 *
 *	r = array_grow(&a->list, a->count, &a->room);
 *	if (r < 0)
 *		return r;
 *	a->list[a->count++] = one;
 *
 * A place in one that is sorted is found by halves. bsearch of the C library finds an element that is
 * there, any of those that are equal; here the first, or where it would be.
 */
#pragma once
#include <errno.h>
#include <stddef.h>

/* Make room for one element after the first `count`, of whatever type *list is made of: 0, or -ENOMEM
 * and nothing has changed. Pointers into the list end with it. */
#define array_grow(list, count, room)                                                \
	({                                                                           \
		__typeof__(*(list)) array_grown =                                    \
			array_with_room(*(list), (count), (room), sizeof(**(list))); \
		if (array_grown)                                                     \
			*(list) = array_grown;                                       \
		array_grown ? 0 : -ENOMEM;                                           \
	})

/* The list, perhaps elsewhere now, with room for one more; NULL: no memory, and it is as it was. */
void *array_with_room(void *list, size_t count, size_t *room, size_t size);

/* The index of the first element that does not come before the key, in a list of count elements of
 * size bytes in order; count when all do. compare is called as by bsearch: with the key first. */
size_t array_place(const void *key, const void *list, size_t count, size_t size,
		   int (*compare)(const void *key, const void *element));
