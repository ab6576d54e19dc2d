/* SPDX-License-Identifier: Apache-2.0 */
/* The log replayed: what follows from it, in a store of its own that passes (ledger_open). */
#pragma once
#include "engine/engine.h"

struct replay;

/* Of what is in the log of `from` (borrowed, a snapshot taken at `now`). */
int replay_new(struct replay **ret, struct ledger *from, struct instant now);
struct replay *replay_free(struct replay *r);
/*
 * A few events further, or a piece of a plan: 1 there is more, 0 done, or a negative errno. refused is told of an
 * event that the log has and that can't be applied any more, with the sentence.
 */
int replay_work(struct replay *r, int (*refused)(void *userdata, int64_t seq, const char *why),
		void *userdata);
/* What has come of it. */
struct ledger *replay_ledger(const struct replay *r);
