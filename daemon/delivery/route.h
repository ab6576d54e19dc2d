/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One server and what leads to it: the mail server, or a channel's hook. Knows how many attempts it may
 * have at once, and whether the server is down. Routes share nothing, so that a slow server holds up
 * only what goes to it.
 */
#pragma once
#include <sys/queue.h>

#include "delivery/doubt.h"
#include "delivery/transport.h"
#include "plan/plan.h"

struct route {
	LIST_ENTRY(route) link;
	struct plan *plan; /* a reference: the channel is part of it */
	const struct channel *channel;
	const struct transport *transport;
	void *out; /* what the transport made */
	int connections;
	int waiting;   /* attempts started and not ended, those under way among them */
	int in_flight; /* attempts under way */
	bool retired;  /* no longer in the plan as it was: let what is under way end */
	bool disabled; /* the server answered 410: nothing more until a reload */
	int failures;  /* in a row; 0: the server is well */
	struct instant down_since, closed_until;
	struct timer *hour;	      /* the next line about it, while it is down */
	char fault[ANSWER_SIZE + 64]; /* the last one */
	struct doubt doubt;
};

int route_new(struct route **ret, sd_event *event, struct plan *plan,
	      const struct channel *channel);
/* Lets go of what is under way. */
struct route *route_free(struct route *r);

/* Does it lead where the channel of another plan leads, by the same means? */
bool route_same(const struct route *r, const struct plan *plan, const struct channel *channel);
/* Go on under another plan, of which route_same was true. */
void route_adopt(struct route *r, struct plan *plan, const struct channel *channel);

/* How many attempts may be started now. One at a time tries a server that is down. */
int route_room(const struct route *r, struct instant now);
/* When nothing may be started before a later instant: that instant, else now. */
struct instant route_opens(const struct route *r, struct instant now);
/* How the server did in an attempt: one line when it goes down, one an hour, one when it is back. What a
 * refusal of policy comes to is settled in the result. True when it has gone down or come back. */
bool route_note(struct route *r, const struct tried *who, struct result *result,
		struct instant now);
