/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A turn: all that the loop has read since the last commit, in one transaction. Whoever is about to
 * write joins the turn; the commit runs once nothing else of normal priority is ready in the loop, or
 * after 10 ms if that never comes. What must wait for the disk (answers, the feed, the start of a
 * delivery) listens for the end.
 */
#pragma once
#include <systemd/sd-event.h>

#include "ledger/ledger.h"

struct turn;
enum turn_end {
	TURN_COMMITTED,
	TURN_FULL, /* rolled back: the disk is full; nothing of it happened */
	TURN_LOST, /* the way to a shared store broke: none of it happened or, if that was at the commit, perhaps all */
};

/* fatal: called once when the store has become unusable; the loop must stop with the exit code given. */
int turn_new(struct turn **ret, struct ledger *ledger, sd_event *loop,
	     void (*fatal)(void *userdata, int error), void *userdata);
struct turn *turn_free(struct turn *t);

/* Open the transaction unless it is open. 0, or a negative errno (nothing may be written then). */
int turn_join(struct turn *t);
/* Mark the open turn as failed with this error of a ledger call: it will be rolled back at its end
 * (-ENOSPC: TURN_FULL, -EAGAIN: TURN_LOST; anything else is fatal). Further joins in the turn return the error. */
void turn_fail(struct turn *t, int error);
/* End the turn now rather than at the loop's leisure; for teardown and tests. */
void turn_end_now(struct turn *t);
/* End it now, for work whose outcome is wanted at once and which came out as error (0 or negative, a failure
 * of turn_join too): 0 when the turn has committed, else the error that it was rolled back for. */
int turn_finish(struct turn *t, int error);

/* One call within each turn that has written, as its last before the commit; its negative errno fails the turn. */
void turn_last(struct turn *t, int (*last)(void *userdata), void *userdata);

typedef void turn_end_fn(void *userdata, enum turn_end end);
/*
 * Called at the end of each turn, in the order of registration: a listener sees to what it kept of the
 * turn that has ended, and must not join the next one. A follower is called when every listener has
 * heard of the end; it may join. 0 or -ENOMEM.
 */
int turn_listen(struct turn *t, turn_end_fn *ended, void *userdata);
int turn_follow(struct turn *t, turn_end_fn *ended, void *userdata);
/* Whoever listens or follows with this userdata goes: they hear of no further end. Not from a call. */
void turn_forget(struct turn *t, const void *userdata);
