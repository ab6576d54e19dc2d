/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is tried when somebody asks: asking must not be a way to make the daemon write. What the heartbeat has
 * found within its half minute is good enough, and so is what the outbox shows.
 */
#include "control/readiness.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/zone.h"

#define KEPT_WITHIN SECONDS(90) /* three heartbeats */

void readiness_tell(struct loop *l, const struct engine *e, bool rehearsal)
{
	const struct plan *plan = e->plan;
	char line[200], now[RFC3339_TEXT];

	snprintf(line, sizeof(line), "ready: %zu deadlines, %zu measures, %zu people%s%s%s",
		 plan->deadline_count, plan->measure_count, plan->person_count,
		 rehearsal ? "; a rehearsal from " : "",
		 rehearsal ? zone_format_second(clock_now(), now) : "",
		 ledger_is_on_hold(e->ledger)
			 ? "; on hold, nothing leaves until \"paminn hold off\""
			 : "");
	loop_ready(l, line);
}

const char *readiness_missing(const struct engine *e, const struct heartbeat *h,
			      struct mono attempted)
{
	(void)e, (void)attempted;
	if (heartbeat_is_full(h))
		return "the disk is full: nothing new is taken in";
	if (clock_mono().us - heartbeat_kept(h).us > KEPT_WITHIN.us)
		return "the store keeps nothing: another program may hold it";
	return NULL;
}
