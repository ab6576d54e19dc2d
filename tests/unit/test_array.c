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

UNIT_TESTS("base/array", UNIT(what_is_there_stays_while_it_grows),
	   UNIT(it_does_not_grow_while_there_is_room))
