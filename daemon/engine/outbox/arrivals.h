/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What servers have accepted of an obligation, as far as that stands: reminders, and messages to a new owner. From it
 * follows when it was asked about last, and which round has reached whoever owes it, and when.
 */
#pragma once
#include "engine/engine.h"
#include "ledger/lists.h"

/* An item that was accepted. */
struct arrival {
	struct item item; /* without its detail */
	char to[RECIPIENT_ID];
	struct instant at;
};
struct arrivals {
	struct engine *e;
	struct arrival *list;
	size_t count, room;
	struct marks accepted; /* those that count in `asked`, of all rounds */
};
/* *a: zeros, and in the end arrivals_done also when this fails. */
int arrivals_load(struct engine *e, struct obligation_id obligation, struct arrivals *a);
void arrivals_done(struct arrivals *a);

/* Is the item, in a message to this recipient, what the mark decided? */
bool arrival_is_of_mark(const struct item *item, const char *to, const struct mark *mark);
/* When the mark's step was accepted first, on any channel; INSTANT_NONE: nothing of it stands. */
struct instant arrivals_accepted_at(const struct arrivals *a, const struct mark *mark);

/* Set last_asked. */
void arrivals_work_out_asked(const struct arrivals *a, struct obligation *o);
/* Set reached_round, to no later one than it is, and reached_at. */
void arrivals_work_out_reached(const struct arrivals *a, struct obligation *o);
