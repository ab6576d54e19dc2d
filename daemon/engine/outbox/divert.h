/* SPDX-License-Identifier: Apache-2.0 */
/* What an absence does to messages: those that wait go to the deputy or are held, and a manager is
 * told of what is held. Contracts § 3 "Who gets it". */
#pragma once
#include "engine/outbox/absence.h"
#include "engine/outbox/recipient.h"

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
