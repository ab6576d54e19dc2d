/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Somebody else owes it now: by an event, or because the file says so. See paminn-rules(7), Who
 * gets it.
 */
#pragma once
#include "engine/engine.h"

/* A measure, its owners before and after, and whose event it was (NULL: the file says so). */
struct owner_change {
	struct measure_id measure;
	struct person_id from, to; /* "": nobody */
	const char *by;
};
/*
 * The measure's owner has changed from one id to another (its row says so already): what is unanswered
 * goes over, the new owner gets one message that names the dates, the old one is told.
 */
int owner_changed(struct engine *e, const struct owner_change *c, struct instant now);
/* Of a measure that is put back with another owner: the old one is told; the new one with each of its
 * obligations, as that goes on (owner_take_over). */
int owner_returns(struct engine *e, const struct owner_change *c, struct instant now);
/* An obligation that goes on with an owner of its measure who never had it: they get the message. */
int owner_take_over(struct engine *e, struct obligation *o, struct person_id to,
		    struct instant now);
/* The same for one deadline's deliverable, whose responsible has changed. */
int owner_give_deliverable(struct engine *e, struct obligation *o, struct person_id to,
			   struct instant now);
