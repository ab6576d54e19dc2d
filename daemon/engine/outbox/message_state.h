/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A message's life in the outbox: its states, the schedule of retries, and what a result makes of it.
 * Here alone are state, next_attempt, finished and the counts of attempts written. Pure: the row is
 * changed, the caller stores it.
 */
#pragma once
#include "engine/outbox/verdict.h"
#include "ledger/messages.h"
#include "plan/calendar.h"

#define OUTBOX_UNKNOWN_MAX 3	/* attempts with unknown outcome, after which a message is held */
#define OUTBOX_LIFETIME DAYS(5) /* from the first attempt to the last */

#define OUTBOX_AT_ONCE MINUTES(15) /* from its making on, what leaves at once is worth sending */

/* May a message pass from one state to the other? */
bool outbox_may(enum message_state from, enum message_state to);
/* Is the state in the set (1 << state)? */
bool outbox_is_in(enum message_state state, unsigned set);
/* The states, as bits, of what a steward may have tried again, or drop. */
unsigned outbox_states_to_retry(void);
unsigned outbox_states_to_drop(void);
/* Does this state mean that nobody was reached, so that support must hear of it? */
bool outbox_is_unreached(enum message_state state);

/* A message, without recipient and channel, that is to leave at `planned`. */
struct message outbox_message(enum message_kind kind, struct instant planned, struct instant now);
/* When, from an instant on, it may leave: within open hours, unless it leaves at once. */
struct instant outbox_opens(const struct message *m, const struct calendar *calendar,
			    struct instant from);
/* One that waits leaves later, or sooner: its plan changes with it. */
void outbox_reschedule(struct message *m, struct instant planned);
/* One that waits is not to be tried before this. */
void outbox_postpone(struct message *m, struct instant until);
/* An attempt begins; to be committed before a byte leaves. */
void outbox_start(struct message *m, struct instant now);
/* The attempt that was started never began: as if it had not been. Ready again at `when`. */
void outbox_put_back(struct message *m, struct instant when);
/* The attempt has ended. Retries lie within open hours. The new state is in m. */
void outbox_settle(struct message *m, const struct result *result, const struct calendar *calendar,
		   struct instant now);
/* A steward wants it tried again, whether it waits, is held, has failed or has bounced: when it may leave next,
 * from now. Where an unknown outcome had it held, one more holds it again. */
void outbox_retry(struct message *m, const struct calendar *calendar, struct instant now);
/* A copy of it that had been accepted came back: what its server said. */
void outbox_bounce(struct message *m, const char *answer, struct instant now);
/* It will not leave any more: why, in a few words. */
void outbox_drop(struct message *m, const char *why, struct instant now);
