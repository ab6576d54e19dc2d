/* SPDX-License-Identifier: Apache-2.0 */
/* From an event to what follows from it; all inside the turn's transaction. */
#pragma once
#include "engine/engine.h"
#include "protocol/event.h"

/* What an event that was applied is answered with. */
struct applied {
	int64_t seq;
	struct remarks remarks; /* for remarks_done */
};

/*
 * Apply an event whose envelope and data are decoded, whose speaker may say it, and which is no
 * duplicate: check its subject, append it to the log, change what it changes. 0 and ret; a positive enum
 * reject_code with the sentence in ret_why, nothing changed; or a negative errno.
 */
int apply_event(struct engine *e, const struct event *event, struct instant now,
		struct applied *ret, struct rejection *ret_why);
