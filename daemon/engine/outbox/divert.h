/* SPDX-License-Identifier: Apache-2.0 */
/* What an absence does to messages: those that wait go to the deputy or are held, and a manager is
 * told of what is held. paminn-rules(7) "Who gets it". */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/sink.h"

/*
 * Somebody's absences have changed: bring what waits for them in line, in the outbox and on the
 * ladders.
 */
int divert_changed(struct engine *e, const struct person *person, struct instant now);
/*
 * Is the message's recipient away on the day it is to leave? Then it goes to the deputy, or is held.
 * Only for a message that was never started. 1: it was diverted; 0: it may leave.
 */
int divert_message(struct engine *e, const struct absences *absences, struct message *m,
		   struct instant now);

/* What becomes of a message that waits to leave: the forecast asks the same. */
struct diversion {
	const struct person *person; /* its recipient */
	struct stand_in away;	     /* absence 0: they are there, and it leaves */
	struct instant leaves;	     /* when it leaves, or left if they were there */
};
/* False: nobody's absence keeps it: it was started, or it is a test, or a channel's own. */
bool divert_find(const struct plan *plan, const struct absences *absences, const struct message *m,
		 struct instant now, struct diversion *ret);
/* When an item of it leaves, if nobody stands in: a step at its ladder's time. */
struct instant divert_held_until(const struct plan *plan, const struct diversion *d,
				 const struct item *item);
/* Does who stands in have the same step, or is told the same, already? */
int divert_deputy_has(struct engine *e, const struct diversion *d, const struct item *item,
		      bool *ret_has);
/* The manager hears, once, that it waits. */
int divert_tell_held(struct sink *sink, const struct diversion *d, const struct item *item);
