/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from a report that a message, which a server had accepted, will not arrive. */
#pragma once
#include "engine/engine.h"

/* A failure report. Texts are borrowed. */
struct bounce {
	struct message_id message;
	int attempt;	    /* which of the message's came back; 0: the report does not say */
	const char *answer; /* what the server said, one line; "" */
	const char *status; /* "5.1.1"; "" */
};
enum bounced {
	BOUNCED_DONE,  /* it has bounced by this, and all that follows from that is done */
	BOUNCED_LATER, /* an attempt is under way, whose result is not known yet: try again later */
	BOUNCED_ALREADY, /* nothing has changed: it is known, or about a copy that counts no more */
	BOUNCED_NOT_OURS, /* no mail of this number has left by such an attempt */
};
/*
 * Inside a turn. Of a message that is DELIVERED, RETRY or HELD by then: it is BOUNCED, who was asked and reached by it
 * was not, what was to tell others that they had been is held again, and support is told.
 */
int bounce_apply(struct engine *e, const struct bounce *b, struct instant now, enum bounced *ret);
