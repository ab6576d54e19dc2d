/* SPDX-License-Identifier: Apache-2.0 */
/* What the outbox gets of what a walk decides. The same for what is sent and what is foretold. */
#pragma once
#include "engine/ladder/walk.h"
#include "engine/outbox/sink.h"

/*
 * A decision about an obligation of a deadline: its item when it is sent, and the manager's notice when
 * an absence holds it. *ret_message: its row on the first channel, 0 when nothing is sent.
 */
int decision_post(struct sink *sink, const struct deadline *d, const struct obligation *o,
		  const struct decision_record *decision, struct message_id *ret_message);
/* Support hears that whoever owes the obligation can't be reached. */
int decision_post_unreached(struct sink *sink, const struct deadline *d,
			    const struct obligation *o);
