/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "base/array.h"
#include "unit.h"

struct pair {
	int first;
	int64_t second;
};

START_TEST(what_is_there_stays_while_it_grows)
{
	struct pair *list = NULL;
	size_t count = 0, room = 0;

	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(array_grow(&list, count, &room), 0);
		ck_assert_uint_lt(count, room);
		list[count++] = (struct pair){ i, -i };
	}
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(list[i].first, i);
		ck_assert_int_eq(list[i].second, -i);
	}
	free(list);
}
END_TEST

START_TEST(it_does_not_grow_while_there_is_room)
{
	int *list = NULL, *before;
	size_t room = 0, full;

	ck_assert_int_eq(array_grow(&list, 0, &room), 0);
	full = room;
	before = list;
	ck_assert_int_eq(array_grow(&list, full - 1, &room), 0);
	ck_assert_ptr_eq(list, before);
	ck_assert_uint_eq(room, full);
	ck_assert_int_eq(array_grow(&list, full, &room), 0);
	ck_assert_uint_gt(room, full);
	free(list);
}
END_TEST

static int compare_first(const void *key, const void *element)
{
	const struct pair *pair = element;

	return *(const int *)key - pair->first;
}

START_TEST(a_place_is_the_first_of_equals_or_where_it_would_be)
{
	const struct pair list[] = { { 1, 0 }, { 3, 0 }, { 3, 0 }, { 3, 0 }, { 8, 0 } };
	const size_t places[] = { 0, 0, 1, 1, 4, 4, 4, 4, 4, 5 };

	for (int key = 0; key < (int)UNIT_COUNT(places); key++) {
		ck_assert_uint_eq(array_place(&key, list, 5, sizeof(*list), compare_first),
				  places[key]);
		ck_assert_uint_eq(array_place(&key, NULL, 0, sizeof(*list), compare_first), 0);
	}
}
END_TEST

UNIT_TESTS("base/array", UNIT(a_place_is_the_first_of_equals_or_where_it_would_be),
	   UNIT(what_is_there_stays_while_it_grows), UNIT(it_does_not_grow_while_there_is_room))
