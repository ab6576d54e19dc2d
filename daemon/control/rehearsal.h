/* SPDX-License-Identifier: Apache-2.0 */
/* A rehearsal's clock, as the command line asks for it. Of a real run these let everything be. */
#pragma once
#include "base/options.h"
#include "ledger/ledger.h"

/* Does it lie within the years whose holidays are known? 0, or EX_USAGE with an error in the log. */
int rehearsal_check(const struct options *o);
/*
 * Set the clock: a rehearsal begins where it is told to, or goes on from what its store last noted when that is
 * later. It stands there until the schedule has looked. 0 or a negative errno.
 */
int rehearsal_begin(const struct options *o, struct ledger *ledger);
