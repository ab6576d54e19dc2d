/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pulse: the ledger's note of what the daemon's clock last showed. Writing it is what a rehearsal
 * goes on from, and proof that loop and ledger both make progress.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/engine.h"

struct pulse;

/* The instant noted in the ledger, INSTANT_NONE when there is none; 0 or a negative errno. */
int pulse_last(struct ledger *ledger, struct instant *ret);

/* From now on noted at least every 30 s of real time, and in a rehearsal in each commit. */
int pulse_new(struct pulse **ret, struct engine *e, sd_event *event);
/* Note the clock now: 0 when a turn came to its end with it, also one that found the disk full. */
int pulse_beat(struct pulse *p);
struct pulse *pulse_free(struct pulse *p);
