/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <time.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static struct instant at(const char *text)
{
	struct instant t = INSTANT_NONE;

	ck_assert_msg(rfc3339_parse(text, &t) == 0, "%s", text);
	return t;
}

static const char *const start = "2026-05-11T07:59:00+02:00";

START_TEST(a_real_run_has_the_real_time)
{
	int64_t before = (int64_t)time(NULL) * 1000000;
	struct instant now = clock_now();

	ck_assert(!clock_is_rehearsal());
	ck_assert_int_ge(now.us, before);
	ck_assert_int_lt(now.us, before + 60 * 1000000LL);
	clock_barrier((struct instant){ 0 });
	ck_assert_int_ge(clock_now().us, now.us);
	ck_assert_int_eq(clock_until(now).us, 0);
	ck_assert_int_le(clock_until(instant_add(clock_now(), SECONDS(10))).us, SECONDS(10).us);
	ck_assert_int_gt(clock_until(instant_add(clock_now(), SECONDS(10))).us, SECONDS(9).us);
	ck_assert_int_eq(clock_until(INSTANT_NONE).us, DAYS(1).us);
	ck_assert_int_eq(clock_until(instant_add(now, DAYS(3))).us, DAYS(1).us);
}
END_TEST

/* A rehearsal that runs freely. */
static void rehearse(double speed)
{
	clock_rehearse(at(start), speed);
	clock_barrier(INSTANT_NONE);
}

START_TEST(a_rehearsal_stands_at_its_start_until_it_is_let_go)
{
	clock_rehearse(at(start), 1e7);
	usleep(1000);
	ck_assert_int_eq(clock_now().us, at(start).us);
	clock_barrier(instant_add(at(start), HOURS(1)));
	usleep(1000);
	ck_assert_int_eq(clock_now().us, instant_add(at(start), HOURS(1)).us);
}
END_TEST

START_TEST(a_rehearsal_runs_so_many_times_faster)
{
	struct mono before = clock_mono();
	struct duration run, real;

	rehearse(600);
	ck_assert(clock_is_rehearsal());
	usleep(20000);
	run = instant_since(clock_now(), at(start));
	real.us = clock_mono().us - before.us;
	ck_assert_int_ge(run.us, 20000LL * 600);
	ck_assert_int_le(run.us, (real.us + 1000) * 600);
	/* Ten minutes are a second. */
	real = clock_until(instant_add(clock_now(), MINUTES(10)));
	ck_assert_int_le(real.us, SECONDS(1).us + 1);
	ck_assert_int_gt(real.us, SECONDS(1).us / 2);
	ck_assert_int_eq(clock_until(INSTANT_NONE).us, DAYS(1).us);
}
END_TEST

START_TEST(after_the_wait_it_is_never_early)
{
	struct instant then;

	rehearse(777.7);
	for (int i = 1; i < 40; i++) {
		then = instant_add(clock_now(), (struct duration){ i * 7919 });
		usleep((useconds_t)clock_until(then).us);
		ck_assert_int_ge(clock_now().us, then.us);
	}
}
END_TEST

START_TEST(it_stands_at_the_barrier_and_goes_on_from_there)
{
	struct instant barrier = at("2026-05-11T08:00:00+02:00"), now;
	struct mono before;

	clock_rehearse(at(start), 60000);
	clock_barrier(barrier);
	usleep(20000); /* twenty minutes */
	ck_assert_int_eq(clock_now().us, barrier.us);
	ck_assert_int_eq(clock_until(barrier).us, 0);
	usleep(20000);
	ck_assert_int_eq(clock_now().us, barrier.us);
	/* A barrier on the way to an instant is not counted in. */
	ck_assert_int_gt(clock_until(instant_add(barrier, HOURS(1))).us, 0);

	/* None of the time that it stood is made up for. */
	before = clock_mono();
	clock_barrier(INSTANT_NONE);
	now = clock_now();
	ck_assert_int_ge(now.us, barrier.us);
	ck_assert_int_le(now.us - barrier.us, (clock_mono().us - before.us + 1000) * 60000);
	usleep(10000);
	ck_assert_int_ge(clock_now().us, instant_add(barrier, MINUTES(10)).us);
}
END_TEST

START_TEST(it_never_runs_backwards)
{
	struct instant before, later;

	rehearse(100000);
	usleep(5000);
	before = clock_now();
	clock_barrier(at(start)); /* in the past: it stands where it is */
	later = clock_now();
	ck_assert_int_ge(later.us, before.us);
	usleep(5000);
	ck_assert_int_eq(clock_now().us, later.us);
	clock_barrier(instant_add(later, SECONDS(1)));
	usleep(5000);
	ck_assert_int_eq(clock_now().us, instant_add(later, SECONDS(1)).us);
}
END_TEST

START_TEST(it_stands_where_it_is_told_to_wherever_the_barrier_is)
{
	const struct instant stand = at("2026-05-11T09:00:00+02:00");
	const struct instant before = at("2026-05-11T08:30:00+02:00");

	rehearse(1e9);
	clock_stand(stand);
	usleep(2000); /* twenty-three days */
	ck_assert_int_eq(clock_now().us, stand.us);
	clock_barrier(instant_add(stand, HOURS(1)));
	usleep(2000);
	ck_assert_int_eq(clock_now().us, stand.us);
	/* Back: it stays where it is. */
	clock_stand(before);
	usleep(2000);
	ck_assert_int_eq(clock_now().us, stand.us);
	/* On, as far as the barrier lets it. */
	clock_stand(instant_add(stand, HOURS(2)));
	usleep(2000);
	ck_assert_int_eq(clock_now().us, instant_add(stand, HOURS(1)).us);
	clock_barrier(INSTANT_NONE);
	usleep(2000);
	ck_assert_int_eq(clock_now().us, instant_add(stand, HOURS(2)).us);
}
END_TEST

START_TEST(what_lies_beyond_the_stand_is_as_far_away_as_can_be)
{
	const struct instant stand = at("2026-05-11T09:00:00+02:00");

	rehearse(600);
	clock_stand(stand);
	ck_assert_int_le(clock_until(stand).us, SECONDS(7).us);
	ck_assert_int_eq(clock_until(instant_add(stand, SECONDS(1))).us, DAYS(1).us);
	clock_stand(INSTANT_NONE);
	ck_assert_int_le(clock_until(instant_add(stand, SECONDS(1))).us, SECONDS(7).us);
}
END_TEST

UNIT_TESTS("base/clock", UNIT(a_real_run_has_the_real_time),
	   UNIT(a_rehearsal_stands_at_its_start_until_it_is_let_go),
	   UNIT(a_rehearsal_runs_so_many_times_faster), UNIT(after_the_wait_it_is_never_early),
	   UNIT(it_stands_at_the_barrier_and_goes_on_from_there), UNIT(it_never_runs_backwards),
	   UNIT(it_stands_where_it_is_told_to_wherever_the_barrier_is),
	   UNIT(what_lies_beyond_the_stand_is_as_far_away_as_can_be))
