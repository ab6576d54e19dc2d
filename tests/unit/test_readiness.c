/* SPDX-License-Identifier: Apache-2.0 */
/* When /readyz says that the daemon is not ready. */
#include "control/readiness.h"

#include <string.h>

#include "unit.h"

#define NOW 1000000 /* seconds */
#define AGO(minutes) ((NOW - (minutes)*60) * INT64_C(1000000))
#define NEVER INT64_MAX

static const struct {
	unsigned line;
	bool full;
	int kept, attempts;	     /* seconds ago */
	int64_t decisions, messages; /* when due */
	const char *says;	     /* NULL: it is ready */
} rows[] = {
	{ __LINE__, false, 0, 0, NEVER, NEVER, NULL },
	{ __LINE__, false, 80, 0, NEVER, NEVER, NULL },
	{ __LINE__, true, 0, 0, NEVER, NEVER, "disk is full" },
	{ __LINE__, false, 100, 0, NEVER, NEVER, "store keeps nothing" },
	{ __LINE__, false, 0, 0, AGO(20), AGO(20), NULL },
	{ __LINE__, false, 0, 0, AGO(40), NEVER, "not decided" },
	{ __LINE__, false, 0, 60, NEVER, AGO(400), NULL }, /* many leave, one by one */
	{ __LINE__, false, 0, 3000, NEVER, AGO(20), NULL },
	{ __LINE__, false, 0, 3000, NEVER, AGO(40), "do not leave" },
	{ __LINE__, false, 0, 3000, AGO(-40), AGO(-40), NULL },
};

START_TEST(tells_what_is_missing)
{
	const struct signs s = {
		.full = rows[_i].full,
		.kept = SECONDS(rows[_i].kept),
		.attempts = SECONDS(rows[_i].attempts),
		.due = { { rows[_i].decisions == NEVER ? INSTANT_NONE.us : rows[_i].decisions },
			 { rows[_i].messages == NEVER ? INSTANT_NONE.us : rows[_i].messages } },
	};
	const char *why = readiness_judge(&s, (struct instant){ NOW * INT64_C(1000000) });

	ck_assert_msg(!why == !rows[_i].says && (!why || strstr(why, rows[_i].says)), "line %u: %s",
		      rows[_i].line, why ? why : "ready");
}
END_TEST

UNIT_TESTS("control/readiness", UNIT_ROWS(tells_what_is_missing, UNIT_COUNT(rows)))
