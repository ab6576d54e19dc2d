/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may say what. A peer is whoever sits at the other end of a connection; a source is whom an
 * event says it comes from. First the source must be somebody the peer may speak for, then it must
 * be somebody who may say such an event. Contracts § 1.
 */
#pragma once
#include <stdbool.h>

#include "plan/plan.h"
#include "protocol/event.h"

enum peer_kind {
	PEER_LOCAL,  /* over ipc or loopback: acts as steward */
	PEER_SYSTEM, /* the publisher of a subscribe entry */
};
struct peer {
	enum peer_kind kind;
	const struct publisher *system; /* PEER_SYSTEM */
};

/* May the endpoint be used without keys? Only ipc with a path, and loopback. REJECT_NONE, or the
 * sentence. */
enum reject_code access_endpoint(const char *address, struct rejection *ret_why);

/* Does the source name somebody, and may the peer speak for them? REJECT_NONE or the code. */
enum reject_code access_source(const struct plan *plan, const struct peer *peer, const char *source,
			       struct rejection *ret_why);
/* May the peer, whose source was found good, say this event? REJECT_NONE or the code. */
enum reject_code access_event(const struct peer *peer, const struct event *event,
			      struct rejection *ret_why);
