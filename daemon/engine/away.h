/* SPDX-License-Identifier: Apache-2.0 */
/* What an absence does to messages: those that wait go to the deputy or are held, and a manager is
 * told of what is held. Contracts § 3 "Who gets it". */
#pragma once
#include "engine/absence.h"
#include "engine/recipient.h"

/*
 * Somebody's absences have changed: bring what waits for them in line, in the outbox and on the
 * ladders.
 */
int away_changed(struct engine *e, const struct person *person, struct instant now);
/*
 * Is the message's recipient away on the day it is to leave? Then it goes to the deputy, or is held.
 * Only for a message that was never started. 1: it was diverted; 0: it may leave.
 */
int away_divert(struct engine *e, const struct absences *absences, struct message *m,
		struct instant now);

/* Tell the manager (without one: support), once an absence: a step of this obligation is held. */
int away_tell_step(struct engine *e, const struct person *person, const struct stand_in *away,
		   const struct obligation *o, struct instant now);
/* ... or: messages of this item's kind are held. */
int away_tell_item(struct engine *e, const struct person *person, const struct stand_in *away,
		   const struct item *item, struct instant now);
/* Who that is, for the forecast as well. */
void away_whom(struct engine *e, const struct person *person, struct recipient_list *to);
