/* SPDX-License-Identifier: Apache-2.0 */
#include "control/rehearsal.h"

#include <inttypes.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/zone.h"
#include "tests/unit/store.h"

static struct local_time local(const char *text)
{
	struct local_time t = { .second = 0 };

	ck_assert_msg(civil_parse_local(text, &t) == 0, "%s", text);
	return t;
}

static struct ledger *noted(const char *text)
{
	struct ledger *l = store_begin();
	char note[32];

	if (text) {
		snprintf(note, sizeof(note), "%" PRId64, zone_local(local(text)).us);
		ck_assert_int_eq(ledger_set_meta(l, META_LAST_NOW, note), 0);
	}
	ck_assert_int_eq(ledger_commit(l), 0);
	return l;
}

static const struct {
	int line;
	bool rehearsal;
	const char *start, *stand;
	int code;
} bounds[] = {
	{ __LINE__, true, "2026-05-11T08:00", NULL, 0 },
	{ __LINE__, true, "2026-05-11T08:00", "2027-01-01T00:00", 0 },
	{ __LINE__, true, "1999-12-31T08:00", NULL, EX_USAGE },
	{ __LINE__, true, "2199-01-01T08:00", NULL, EX_USAGE },
	{ __LINE__, true, "2026-05-11T08:00", "2199-01-01T00:00", EX_USAGE },
	{ __LINE__, false, "1999-12-31T08:00", NULL, 0 },
};

START_TEST(it_reaches_as_far_as_holidays_are_known)
{
	const struct options o = { .rehearsal = bounds[_i].rehearsal,
				   .start = local(bounds[_i].start),
				   .stands = bounds[_i].stand,
				   .stand = local(bounds[_i].stand ? bounds[_i].stand
								   : bounds[_i].start) };

	ck_assert_msg(rehearsal_check(&o) == bounds[_i].code, "line %d", bounds[_i].line);
}
END_TEST

static const struct {
	int line;
	const char *noted, *begins; /* noted NULL: in a new store */
} notes[] = {
	{ __LINE__, NULL, "2026-05-11T08:00" },
	{ __LINE__, "2026-05-11T07:00", "2026-05-11T08:00" },
	{ __LINE__, "2026-05-14T23:59:59", "2026-05-14T23:59:59" },
};

START_TEST(it_begins_where_told_or_goes_on_from_the_stores_last_note)
{
	const struct options o = { .rehearsal = true,
				   .start = local("2026-05-11T08:00"),
				   .speed = 1 };
	struct ledger *l = noted(notes[_i].noted);

	ck_assert_int_eq(rehearsal_begin(&o, l), 0);
	ck_assert(clock_is_rehearsal());
	ck_assert_msg(clock_now().us == zone_local(local(notes[_i].begins)).us, "line %d",
		      notes[_i].line);
	store_done(l);
}
END_TEST

START_TEST(a_real_run_keeps_the_real_clock)
{
	const struct options o = { .start = local("2026-05-11T08:00") };
	struct ledger *l = noted("2026-05-14T08:00");

	ck_assert_int_eq(rehearsal_begin(&o, l), 0);
	ck_assert(!clock_is_rehearsal());
	store_done(l);
}
END_TEST

UNIT_TESTS_APART("control/rehearsal",
		 UNIT_ROWS(it_reaches_as_far_as_holidays_are_known, UNIT_COUNT(bounds)),
		 UNIT_ROWS(it_begins_where_told_or_goes_on_from_the_stores_last_note,
			   UNIT_COUNT(notes)),
		 UNIT(a_real_run_keeps_the_real_clock))
