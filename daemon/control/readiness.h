/* SPDX-License-Identifier: Apache-2.0 */
/* Is the daemon ready: said once when it is, and whenever somebody asks. */
#pragma once
#include "base/loop.h"
#include "control/heartbeat.h"

/* To systemd and the log: what there is to be reminded of. */
void readiness_tell(struct loop *l, const struct engine *e, bool rehearsal);

/* What shows that the daemon does what it is there for. */
struct signs {
	bool full;	      /* the disk is */
	struct duration kept; /* since the store last kept something */
	struct duration
		attempts; /* since an attempt to deliver something last ended, or the start */
	struct due_instants due; /* INSTANT_NONE of messages while they are on hold */
};
/* Why it does not, as a sentence; NULL when it does. Pure. */
const char *readiness_judge(const struct signs *s, struct instant now);
/* The same of the daemon as it is. */
const char *readiness_missing(const struct engine *e, const struct heartbeat *h,
			      struct mono attempted);
