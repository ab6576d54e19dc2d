/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has become of an obligation: of what one owner owes for one deadline.
 *
 *	live                 it is owed. Waiting, open or late follow from its instants and from now
 *	answered             by a status of its measure; the deliverable by its hand-over
 *	withdrawn, because
 *	  measure closed     its measure is done or cancelled
 *	  submitted          the deadline's deliverable was handed over without it
 *	  removed            its measure or deadline left the plan
 *	  superseded         its occurrence was superseded by the next one
 *
 * It is created live, or withdrawn when there is nothing to ask for. From there:
 *
 *	live            →  answered, or withdrawn for any reason
 *	answered        →  live, when its deadline is returned
 *	measure closed  →  live, when the measure is under way again; or withdrawn for what else has
 *	                   closed its deadline meanwhile
 *	submitted       →  live, when its deadline is returned; or measure closed, if that is so by then
 *	removed         →  live, when it is put back; or withdrawn for what else has closed it meanwhile
 *	superseded      →  answered, when the deliverable is handed over after all
 *
 * A round begins with the obligation (1), and again when it is put back, extended, returned or moved at
 * least five working days later (obligation/dates.h). It has an instant from which it is known: of the
 * steps before that nobody is asked anew. A new owner continues the round.
 *
 * An example: created on 22 April, live, round 1; answered by a status on 7 May; its deadline is
 * returned on 26 May: live, round 2, and only a status after that answers it; its measure is done on
 * 3 June, by a status that lacks a required figure: withdrawn, measure closed.
 *
 * These functions change the obligation alone; the caller puts it, and drops the messages that have
 * become moot. They are the only ones that write phase, withdrawal, round, known_at and next_at. They
 * use nothing of the engine, so that every storey of it may use them.
 */
#pragma once
#include "ledger/ledger.h"

/* Is a measure closed, so that nobody is asked for it: done or cancelled by its newest status, or by the
 * body (obligation/closing.h)? */
bool measure_is_closed(const struct measure_row *row);

/* Was what stands of it said before an instant, or did the measure begin with it before? */
bool measure_stood_before(const struct measure_row *row, struct instant until);

/* The states above as one number, for the table. */
enum obligation_state {
	OBLIGATION_LIVE,
	OBLIGATION_ANSWERED,
	OBLIGATION_MEASURE_CLOSED,
	OBLIGATION_SUBMITTED,
	OBLIGATION_REMOVED,
	OBLIGATION_SUPERSEDED,
	OBLIGATION_STATES,
};
enum obligation_state obligation_state_of(const struct obligation *o);
/* Is it owed, and its last day past at an instant? */
bool obligation_is_late(const struct obligation *o, struct instant at);
/* May an obligation in the one state go over into the other? */
bool obligation_may(enum obligation_state from, enum obligation_state to);

/* One that comes into being at now, in round 1, live, to be looked at at once; without dates. */
struct obligation obligation_new(struct deadline_id deadline, struct measure_id measure,
				 struct person_id owner, struct instant now);
/* A new one, live, is to be looked at when its first step is due, or now if that is past. */
void obligation_open(struct obligation *o, struct instant first, struct instant now);
/* It is answered by the event of seq, which happened at a time. */
void obligation_answer(struct obligation *o, struct instant time, int64_t seq);
/* It ends without an answer. */
void obligation_withdraw(struct obligation *o, enum withdrawal withdrawal);
/* It is owed again, in the same round: its measure is under way again, or its deadline is back. */
void obligation_restore(struct obligation *o, struct instant now);
/* Its answer does not count any more: the deadline was returned at a time, and what is said later
 * answers it. It is owed again, and what was promised has been kept; measure_closed: there is nothing
 * to ask for. */
void obligation_reopen(struct obligation *o, struct instant after, bool measure_closed,
		       struct instant now);
/* Its ladder begins anew, also of one that is closed, should it come back. */
void obligation_renew_round(struct obligation *o, struct instant now);
/* Somebody else owes it from now on: nobody has reached them, nothing is promised by them. */
void obligation_assign(struct obligation *o, struct person_id owner, struct instant now);
/* Somebody has promised an answer: their steps are to be looked at anew. */
void obligation_promise(struct obligation *o, struct instant now);

/* Its entry in calendars is another from now on: its dates have changed. That it is another's, or in another
 * state, the functions above say themselves. One that nobody can have yet is still the first. */
void obligation_revise(struct obligation *o);

/* Its steps are to be looked at anew now: its dates, owner or ladder have changed. Not of a closed one. */
void obligation_look_again(struct obligation *o, struct instant now);
/* ... by then at the latest. */
void obligation_look_by(struct obligation *o, struct instant when);
/* It was looked at: next is when it must be again, INSTANT_NONE never. */
void obligation_looked_at(struct obligation *o, struct instant next);
/* A copy as it would be if it were still owed, for telling what would have come. */
struct obligation obligation_if_live(const struct obligation *o);
