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
/* Longer than a whole plan takes after the daemon was down, and than a server of mail may take to answer: what waits
 * for a server that is down is put off, and so not due. */
#define OVERDUE MINUTES(30)

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

static bool is_overdue(struct instant due, struct instant now)
{
	return !instant_is_none(due) && instant_since(now, due).us > OVERDUE.us;
}

const char *readiness_judge(const struct signs *s, struct instant now)
{
	if (s->full)
		return "the disk is full: nothing new is taken in";
	if (s->kept.us > KEPT_WITHIN.us)
		return "the store keeps nothing: another program may hold it";
	if (is_overdue(s->due.decisions, now))
		return "reminders that are due are not decided";
	if (is_overdue(s->due.messages, now) && s->attempts.us > OVERDUE.us)
		return "messages that are due do not leave";
	return NULL;
}

const char *readiness_missing(const struct engine *e, const struct heartbeat *h,
			      struct mono attempted)
{
	const struct mono now = clock_mono();
	struct signs s = { .full = heartbeat_is_full(h),
			   .kept = { now.us - heartbeat_kept(h).us },
			   .attempts = { now.us - attempted.us } };

	if (ledger_next_due(e->ledger, &s.due) < 0)
		return "the store can not be read";
	if (ledger_is_on_hold(e->ledger))
		s.due.messages = INSTANT_NONE;
	if (clock_is_rehearsal()) /* its hours pass in no time, and stand still */
		s.due = (struct due_instants){ INSTANT_NONE, INSTANT_NONE };
	return readiness_judge(&s, clock_now());
}
