/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The heartbeat: the ledger's note of what the daemon's clock last showed. Writing it is what a rehearsal
 * goes on from, and proof that loop and ledger both make progress.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/engine.h"

struct heartbeat;

/* The instant noted in the ledger, INSTANT_NONE when there is none; 0 or a negative errno. */
int heartbeat_last(struct ledger *ledger, struct instant *ret);

/* From now on noted at least every 30 s of real time, and in a rehearsal in each commit. */
/* With a shared store a turn is begun each second, which renews the daemon's lease, and beat is called in it. */
int heartbeat_new(struct heartbeat **ret, struct engine *e, sd_event *event,
		  void (*beat)(void *userdata), void *userdata);
/* Note the clock now: 0 when a turn came to its end with it, also one that found the disk full. */
int heartbeat_note(struct heartbeat *p);
/* Was the disk full when the store last had something to keep? */
bool heartbeat_is_full(const struct heartbeat *h);
/* When the store last kept something; the heartbeat itself has it do so every 30 s. */
struct mono heartbeat_kept(const struct heartbeat *h);
struct heartbeat *heartbeat_free(struct heartbeat *p);
