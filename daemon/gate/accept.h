/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way of an event, the same for every socket: envelope, identity, duplicate, data, permission,
 * and what follows from it; all within the turn.
 */
#pragma once
#include "base/buffer.h"
#include "engine/consequences.h"
#include "gate/access.h"
#include "protocol/event.h"

struct acceptance {
	struct event event;	   /* its id is NULL when it could not be read */
	enum answer_result result; /* accepted, duplicate, rejected or retry */
	bool identified;	   /* the source is good, and the peer may speak for it */
	int64_t seq;		   /* accepted, duplicate */
	struct remarks remarks;	   /* accepted */
	struct rejection why;	   /* rejected, retry */
};

/* An event as it comes in. */
struct submission {
	const struct peer *peer;   /* who says it */
	const struct parsed *json; /* borrowed, until the acceptance is done with */
	struct instant now;
};

/*
 * Judge what was submitted, and apply it when all is well. ret is always set; acceptance_done releases it.
 * What the ledger refuses fails the turn. The answer holds only once the turn has committed.
 */
void accept_event(struct engine *e, const struct submission *s, struct acceptance *ret);
/* What was parsed, an event or an array of them, will be submitted in this turn: what its judgement will ask of the
 * ledger may be asked ahead, all at once. Nothing is said of it yet, however bad it is. */
void accept_prefetch(struct engine *e, const struct parsed *json);
/* Is anything gained by that? */
bool accept_prefetches(const struct engine *e);
/* An event as it would come in. */
struct supposition {
	const struct peer *peer; /* who would say it */
	const json_t *event;	 /* borrowed while it is judged */
	struct instant now;
};
/* What would follow from it: judged in the same way, and nothing of it happens. REJECT_NONE and *ret, to be worked on,
 * of the store as it stands now, narrowed for a narrower steward; or the code with the sentence, as the event would be
 * answered. The open turn is ended first, so that what was said before is seen in it. */
enum reject_code accept_foretelling(struct engine *e, const struct supposition *s,
				    struct foretelling **ret, struct rejection *ret_why);
/* The answer, written at the end of out: 0, or -ENOMEM. */
int acceptance_write(const struct acceptance *a, struct buffer *out);
void acceptance_done(struct acceptance *a);
