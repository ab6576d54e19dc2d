/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rehearsal's clock is a straight line through (anchor, anchor_real) with the slope `speed`, cut
 * off at the barrier and at the stand, whichever comes first. Moving one of them puts a new anchor
 * where the clock is, so it never jumps and never runs backwards, wherever they are put.
 *
 * Two of them, because they have two owners: the schedule puts the barrier at each due instant, many
 * times a day; the stand is where whoever rehearses wants to look around.
 */
#include <assert.h>
#include <time.h>

#include "base/clock.h"

static struct {
	bool on;
	double speed;
	struct instant anchor, barrier, stand;
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

/* Where the line is at a real instant, barrier and stand regarded. */
static struct instant line_at(struct mono real)
{
	double run = (double)(real.us - rehearsal.anchor_real.us) * rehearsal.speed;
	struct instant first = instant_min(rehearsal.barrier, rehearsal.stand);
	struct instant stop = instant_max(rehearsal.anchor, first);

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
	rehearsal.stand = INSTANT_NONE;
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

/* The line begins anew where it is: what cuts it off may be moved then. */
static void anchor_here(void)
{
	struct mono real = real_now();

	rehearsal.anchor = line_at(real);
	rehearsal.anchor_real = real;
}

void clock_barrier(struct instant at)
{
	if (!rehearsal.on)
		return;
	anchor_here();
	rehearsal.barrier = at;
}

void clock_stand(struct instant at)
{
	if (!rehearsal.on)
		return;
	anchor_here();
	rehearsal.stand = at;
}

struct duration clock_until(struct instant at)
{
	const struct duration longest = DAYS(1);
	struct instant now = clock_now();
	double wait;

	if (instant_compare(at, now) <= 0)
		return (struct duration){ 0 };
	if (rehearsal.on && instant_compare(rehearsal.stand, at) < 0)
		return longest;
	wait = (double)(at.us - now.us);
	if (rehearsal.on)
		wait /= rehearsal.speed;
	if (wait >= (double)longest.us)
		return longest;
	return (struct duration){ (int64_t)wait + rehearsal.on }; /* rounded up: never early */
}
