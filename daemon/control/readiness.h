/* SPDX-License-Identifier: Apache-2.0 */
/* Is the daemon ready: said once when it is, and whenever somebody asks. */
#pragma once
#include "base/loop.h"
#include "base/options.h"
#include "control/heartbeat.h"

/* To systemd and the log: what there is to be reminded of. */
void readiness_tell(struct loop *l, const struct engine *e, bool rehearsal);
/*
 * Why the daemon does not do what it is there for, as a sentence; NULL when it does. attempted: when an attempt
 * to deliver something last began or ended.
 */
const char *readiness_missing(const struct engine *e, const struct heartbeat *h,
			      struct mono attempted);
