/* SPDX-License-Identifier: Apache-2.0 */
/* How often one address may ask for links to sign in. */
#include "web/askers.h"

#include <string.h>

#include "unit.h"

#define BEGINS HOURS(100).us
#define EVERY (HOURS(1).us / ASKS_AN_HOUR)

static struct askers askers;

static bool let(const char *who, int64_t after)
{
	struct remote remote;

	ck_assert(remote_parse(who, strlen(who), &remote));
	return askers_let(&askers, &remote, (struct mono){ BEGINS + after });
}

static void use_up(const char *who, int64_t after)
{
	for (int i = 0; i < ASKS_AN_HOUR; i++)
		ck_assert_msg(let(who, after), "%d", i);
	ck_assert(!let(who, after));
}

START_TEST(an_hours_asks_are_let_and_no_more)
{
	use_up("192.0.2.1", 0);
	/* What is refused does not count, so that it is not refused for longer. */
	for (int i = 0; i < 1000; i++)
		ck_assert(!let("192.0.2.1", 1));
	/* One comes back for each part of the hour. */
	ck_assert(!let("192.0.2.1", EVERY - 1));
	ck_assert(let("192.0.2.1", EVERY));
	ck_assert(!let("192.0.2.1", EVERY));
	ck_assert(let("192.0.2.1", 3 * EVERY));
	ck_assert(let("192.0.2.1", 3 * EVERY));
	ck_assert(!let("192.0.2.1", 3 * EVERY));
	/* And an hour later all, but never more than those of an hour. */
	use_up("192.0.2.1", HOURS(30).us);
}
END_TEST

START_TEST(each_address_counts_alone)
{
	use_up("192.0.2.1", 0);
	ck_assert(let("192.0.2.2", 0));
	ck_assert(let("2001:db8::1", 0));
	/* Whoever has one address of such a network has them all. */
	use_up("2001:db8:0:1::1", 0);
	ck_assert(!let("2001:db8:0:1:ffff::2", 0));
	ck_assert(let("2001:db8:0:2::1", 0));
}
END_TEST

START_TEST(where_there_is_no_room_the_one_who_asked_least_is_forgotten)
{
	char who[40];

	use_up("192.0.2.1", 0);
	use_up("192.0.2.2", 0);
	for (int i = 0; i < ASKERS + 100; i++) {
		snprintf(who, sizeof(who), "10.1.%d.%d", i / 250, i % 250 + 1);
		ck_assert(let(who, 1));
	}
	/* Whoever is over it stays so, however many others come. */
	ck_assert(!let("192.0.2.1", 2));
	ck_assert(!let("192.0.2.2", 2));
	ck_assert_uint_eq(askers.count, ASKERS);
}
END_TEST

UNIT_TESTS_APART("web/askers", UNIT(an_hours_asks_are_let_and_no_more),
		 UNIT(each_address_counts_alone),
		 UNIT(where_there_is_no_room_the_one_who_asked_least_is_forgotten))
