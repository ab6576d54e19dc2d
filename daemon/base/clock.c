/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rehearsal's clock is a straight line through (anchor, anchor_real) with the slope `speed`, cut
 * off at the barrier. Moving the barrier puts a new anchor where the clock stands, so it never jumps
 * and never runs backwards, wherever the barrier is put.
 */
#include <assert.h>
#include <time.h>

#include "base/clock.h"

static struct {
	bool on;
	double speed;
	struct instant anchor, barrier;
	struct mono anchor_real;
} rehearsal;

static int64_t read_clock(clockid_t id)
{
	struct timespec now;
	int failed = clock_gettime(id, &now);

	assert(!failed);
	(void)failed;
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct mono real_now(void)
{
	return (struct mono){ read_clock(CLOCK_MONOTONIC) };
}

/* Where the line is at a real instant, the barrier regarded. */
static struct instant line_at(struct mono real)
{
	double run = (double)(real.us - rehearsal.anchor_real.us) * rehearsal.speed;
	struct instant stop = instant_max(rehearsal.anchor, rehearsal.barrier);

	if (run >= (double)(stop.us - rehearsal.anchor.us))
		return stop;
	return (struct instant){ rehearsal.anchor.us + (int64_t)run };
}

void clock_rehearse(struct instant start, double speed)
{
	assert(speed >= 1);
	rehearsal.on = true;
	rehearsal.speed = speed;
	rehearsal.anchor = start;
	rehearsal.anchor_real = real_now();
	rehearsal.barrier = start;
}

bool clock_is_rehearsal(void)
{
	return rehearsal.on;
}

struct instant clock_now(void)
{
	return rehearsal.on ? line_at(real_now()) : (struct instant){ read_clock(CLOCK_REALTIME) };
}

struct mono clock_mono(void)
{
	return (struct mono){ read_clock(CLOCK_BOOTTIME) };
}

void clock_barrier(struct instant at)
{
	struct mono real = real_now();

	if (!rehearsal.on)
		return;
	rehearsal.anchor = line_at(real);
	rehearsal.anchor_real = real;
	rehearsal.barrier = at;
}

struct duration clock_until(struct instant at)
{
	const struct duration longest = DAYS(1);
	struct instant now = clock_now();
	double wait;

	if (instant_compare(at, now) <= 0)
		return (struct duration){ 0 };
	wait = (double)(at.us - now.us);
	if (rehearsal.on)
		wait /= rehearsal.speed;
	if (wait >= (double)longest.us)
		return longest;
	return (struct duration){ (int64_t)wait + rehearsal.on }; /* rounded up: never early */
}
