/* SPDX-License-Identifier: Apache-2.0 */
/* A steward refuses what was asked for: all of what is named, or nothing. The dates stay as they are. */
#include "engine/apply/granting.h"
#include "engine/obligation/requests.h"

int apply_deny(struct application *a)
{
	const struct event_deny *deny = &a->event->deny;
	struct request_decision decision = { .at = a->time,
					     .answer = deny->reason,
					     .by = a->event->source };
	struct requests named __attribute__((cleanup(requests_done))) = { 0 };
	int r = granting_find(a, &deny->requests, &named);

	if (r == 0)
		r = application_append(a);
	decision.seq = a->seq;
	for (size_t i = 0; r == 0 && i < named.count; i++)
		r = request_deny(a->e, &named.list[i], &decision, a->now);
	return r;
}
