/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one clock. Everything else takes `now` as an argument; only clock.c reads time.
 *
 * In a real run clock_now is CLOCK_REALTIME. In a rehearsal it starts at a given instant, runs a given
 * number of times faster than CLOCK_MONOTONIC, and never passes the barrier nor the stand: it stands
 * still there until that is moved, and then goes on from where it stood.
 *
 * Errors, in all of daemon/: a negative return is a negative errno, fatal to the operation and
 * forwarded to whoever can judge; 0 is success; a positive value is one of the module's documented
 * enum, for the caller to handle. A function logs or returns an error, never both.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"

/*
 * Begin a rehearsal, speed times (≥ 1, fractions allowed) as fast as real time. It stands at start, so
 * that the machine's own haste is not seen, until clock_barrier says how far it may go.
 */
void clock_rehearse(struct instant start, double speed);
bool clock_is_rehearsal(void);

struct instant clock_now(void);
struct mono clock_mono(void); /* CLOCK_BOOTTIME: goes on while suspended */

/* A rehearsal's clock does not pass `at` (INSTANT_NONE: runs freely). Without effect in a real run. */
void clock_barrier(struct instant at);
/* Nor the stand (INSTANT_NONE: there is none). Timers beyond it are to be set again when it is moved. */
void clock_stand(struct instant at);
/* How long, in real time, until clock_now is `at`; 0 when it has passed or stands at it; at most a
 * day, and that when a stand comes before `at`. A barrier before `at` is not counted in. */
struct duration clock_until(struct instant at);
