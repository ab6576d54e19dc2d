/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's side of the outbox's door: an item posted here is merged with what waits for the same
 * person, channel and instant, and its message leaves. paminn-rules(7) "When".
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/sink.h"

/* The outbox of the ledger, for as long as something is being posted at one instant. */
struct ledger_sink {
	struct sink sink;
	struct engine *e;
	struct absences *own; /* to be freed with it; NULL: somebody else's are used */
};
/* Reads who is away from the ledger. */
int ledger_sink_open(struct ledger_sink *ret, struct engine *e, struct instant now);
/* With absences that have been read already: borrowed. */
struct ledger_sink ledger_sink_with(struct engine *e, const struct absences *absences,
				    struct instant now);
void ledger_sink_close(struct ledger_sink *s);

/* sink_post_all into the ledger's outbox. */
int post_to_all(struct engine *e, const struct recipient_list *to, const struct posting *posting,
		struct instant now);
/* The same with this detail, which is stolen; NULL: there was no memory for it. */
int post_with_detail(struct engine *e, const struct recipient_list *to,
		     const struct posting *posting, json_t *detail, struct instant now);
/* What a reminder or the like to them, planned for then, would join will be asked for in this transaction. */
int post_prefetch(struct engine *e, const struct person *to, enum item_what what,
		  struct instant planned);
/* Post a test for a person on one of their channels: a message of its own, to leave at once, whatever
 * the hour. *ret_message: its row. */
int post_test(struct engine *e, const struct person *to, const struct channel *channel,
	      struct instant now, struct message_id *ret_message);

/* Whom a list reaches when it is posted now: who stands in for those who are away. */
int resolve_absences(struct engine *e, const struct recipient_list *to, struct instant now,
		     struct reached *ret);

/* What has become moot. */
struct strike {
	struct obligation_id obligation; /* 0: said of the deadline as a whole */
	struct deadline_id deadline;
	unsigned whats;		       /* which items: bits 1 << enum item_what */
	struct recipient_id recipient; /* in messages to them only; NULL: to anybody */
	const char *why;	       /* a message left without an item was dropped */
	struct measure_id measure;     /* of this one only; NULL: whatever it is about */
};
/* Strike it out. Messages left without an item are dropped if they wait to leave. */
int outbox_strike(struct engine *e, const struct strike *strike, struct instant now);
/* Strike this item out, in the same way. */
int outbox_strike_one(struct engine *e, const struct item *item, const char *why,
		      struct instant now);
/* Drop all that waits to leave for a recipient who left the plan. */
int post_drop_recipient(struct engine *e, struct recipient_id recipient, const char *why,
			struct instant now);
