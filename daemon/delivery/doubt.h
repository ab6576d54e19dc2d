/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom does a refusal of policy (VERDICT_POLICY) speak of: us, or the message's recipient? How the others
 * fare on the same route tells. One that is refused, and refused again when another was accepted since it
 * was first begun, is refused for its recipient's sake: for good. When DOUBT_RECIPIENTS in a row are
 * refused and nobody is accepted, it is for our sake: the server is as good as down. Until then it may be
 * either, and the message is tried again.
 *
 * Kept in memory: a daemon that starts anew is in doubt anew.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "engine/outbox/verdict.h"
#include "ledger/types.h"

#define DOUBT_RECIPIENTS 3
#define DOUBT_REMEMBERED 1000 /* messages refused; of more, the oldest is in doubt anew */

struct refused;
struct doubt {
	TAILQ_HEAD(, refused) refused; /* the oldest first */
	int count;		       /* of them */
	uint64_t accepted;	       /* messages, on this route, so far */
	bool told;		       /* the log has been told, since the last one */
};
/* How it stood when an attempt was begun. */
struct doubt_mark {
	uint64_t accepted;
	bool about_us;
};
/* Who was tried. */
struct tried {
	struct message_id message;
	const char *to; /* the address; NULL only where nothing is refused for policy */
	struct doubt_mark begun;
};

void doubt_init(struct doubt *d);
void doubt_done(struct doubt *d);
struct doubt_mark doubt_mark(const struct doubt *d);
/*
 * Learn how an attempt ended, and make LATER or REFUSED of a verdict POLICY: with result.server, when one
 * more is refused and it is about us. True when the log is to be told: a message has been refused twice,
 * it is not known for whose sake, and it has not been told yet.
 */
bool doubt_settle(struct doubt *d, const struct tried *who, struct result *result);
/* Is it us that the server refuses? */
bool doubt_is_about_us(const struct doubt *d);
