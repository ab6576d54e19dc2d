/* SPDX-License-Identifier: Apache-2.0 */
/* The table of state.h. A transition that it does not have is our own bug, and asserts. */
#include "engine/obligation/state.h"

#include <assert.h>
#include <stdio.h>

bool measure_is_closed(const struct measure_row *row)
{
	return event_status_is_over(row->status) || row->closed_seq != 0;
}

bool measure_stood_before(const struct measure_row *row, struct instant until)
{
	return instant_is_none(row->time) || instant_compare(row->time, until) < 0;
}

/* ---- the table --------------------------------------------------------------------------------- */

#define TO(state) (1U << OBLIGATION_##state)

static const struct {
	enum obligation_phase phase;
	enum withdrawal withdrawal;
	unsigned to; /* the states that may follow */
} states[OBLIGATION_STATES] = {
	[OBLIGATION_LIVE] = { PHASE_LIVE, WITHDRAWN_NOT,
			      TO(LIVE) | TO(ANSWERED) | TO(MEASURE_CLOSED) | TO(SUBMITTED) |
				      TO(REMOVED) | TO(SUPERSEDED) },
	[OBLIGATION_ANSWERED] = { PHASE_ANSWERED, WITHDRAWN_NOT, TO(LIVE) },
	[OBLIGATION_MEASURE_CLOSED] = { PHASE_WITHDRAWN, WITHDRAWN_MEASURE_CLOSED,
					TO(LIVE) | TO(MEASURE_CLOSED) | TO(SUBMITTED) |
						TO(REMOVED) | TO(SUPERSEDED) },
	[OBLIGATION_SUBMITTED] = { PHASE_WITHDRAWN, WITHDRAWN_SUBMITTED,
				   TO(LIVE) | TO(MEASURE_CLOSED) },
	[OBLIGATION_REMOVED] = { PHASE_WITHDRAWN, WITHDRAWN_REMOVED,
				 TO(LIVE) | TO(MEASURE_CLOSED) | TO(SUBMITTED) | TO(SUPERSEDED) },
	[OBLIGATION_SUPERSEDED] = { PHASE_WITHDRAWN, WITHDRAWN_SUPERSEDED, TO(ANSWERED) },
};

/* What an obligation withdrawn for a reason is in; of WITHDRAWN_NOT, one that is not withdrawn. */
static const enum obligation_state withdrawn[] = {
	[WITHDRAWN_NOT] = OBLIGATION_LIVE,
	[WITHDRAWN_MEASURE_CLOSED] = OBLIGATION_MEASURE_CLOSED,
	[WITHDRAWN_SUBMITTED] = OBLIGATION_SUBMITTED,
	[WITHDRAWN_REMOVED] = OBLIGATION_REMOVED,
	[WITHDRAWN_SUPERSEDED] = OBLIGATION_SUPERSEDED,
};

enum obligation_state obligation_state_of(const struct obligation *o)
{
	return o->phase == PHASE_ANSWERED ? OBLIGATION_ANSWERED : withdrawn[o->withdrawal];
}

bool obligation_is_late(const struct obligation *o, struct instant at)
{
	return o->phase == PHASE_LIVE && instant_compare(o->late_at, at) <= 0;
}

bool obligation_may(enum obligation_state from, enum obligation_state to)
{
	return states[from].to & 1U << to;
}

void obligation_revise(struct obligation *o)
{
	if (o->id.n != 0)
		o->sequence++;
}

/* Only what is live is looked at. */
static void move(struct obligation *o, enum obligation_state to, struct instant next)
{
	assert(obligation_may(obligation_state_of(o), to));
	if (to != obligation_state_of(o))
		obligation_revise(o);
	o->phase = states[to].phase;
	o->withdrawal = states[to].withdrawal;
	o->next_at = to == OBLIGATION_LIVE ? next : INSTANT_NONE;
}

/* ---- transitions ------------------------------------------------------------------------------- */

struct obligation obligation_new(struct deadline_id deadline, struct measure_id measure,
				 struct person_id owner, struct instant now)
{
	struct obligation o = {
		.phase = PHASE_LIVE,
		.round = 1,
		.known_at = now,
		.next_at = now,
		.due_original = CIVIL_NONE,
		.papers_original = CIVIL_NONE,
		.last_asked = INSTANT_NONE,
		.answered_at = INSTANT_NONE,
		.reached_at = INSTANT_NONE,
		.answers_after = INSTANT_NONE,
		.assigned_at = INSTANT_NONE,
	};

	snprintf(o.deadline, sizeof(o.deadline), "%s", deadline.text);
	snprintf(o.measure, sizeof(o.measure), "%s", measure.text);
	snprintf(o.owner, sizeof(o.owner), "%s", owner.text);
	return o;
}

void obligation_open(struct obligation *o, struct instant first, struct instant now)
{
	move(o, OBLIGATION_LIVE, instant_max(first, now));
}

void obligation_answer(struct obligation *o, struct instant time, int64_t seq)
{
	move(o, OBLIGATION_ANSWERED, INSTANT_NONE);
	o->answered_at = time;
	o->answered_seq = seq;
}

void obligation_withdraw(struct obligation *o, enum withdrawal withdrawal)
{
	assert(withdrawal != WITHDRAWN_NOT);
	move(o, withdrawn[withdrawal], INSTANT_NONE);
}

void obligation_restore(struct obligation *o, struct instant now)
{
	move(o, OBLIGATION_LIVE, now);
}

void obligation_reopen(struct obligation *o, struct instant after, bool measure_closed,
		       struct instant now)
{
	move(o, measure_closed ? OBLIGATION_MEASURE_CLOSED : OBLIGATION_LIVE, now);
	o->opens_at = instant_min(o->opens_at, now);
	o->answers_after = after;
	o->promised = false;
	o->answered_at = INSTANT_NONE;
	o->answered_seq = 0;
}

void obligation_renew_round(struct obligation *o, struct instant now)
{
	o->round++;
	o->known_at = now;
	obligation_look_again(o, now);
}

void obligation_assign(struct obligation *o, struct person_id owner, struct instant now)
{
	snprintf(o->owner, sizeof(o->owner), "%s", owner.text);
	obligation_revise(o);
	o->promised = false;
	o->reached_round = o->told_round = 0;
	o->reached_at = INSTANT_NONE;
	o->assigned_at = now;
	obligation_look_again(o, now);
}

void obligation_promise(struct obligation *o, struct instant now)
{
	assert(o->phase == PHASE_LIVE);
	o->promised = true;
	o->next_at = now;
}

/* ---- when it is looked at ---------------------------------------------------------------------- */

void obligation_look_again(struct obligation *o, struct instant now)
{
	if (o->phase == PHASE_LIVE)
		o->next_at = now;
}

void obligation_look_by(struct obligation *o, struct instant when)
{
	if (o->phase == PHASE_LIVE)
		o->next_at = instant_min(o->next_at, when);
}

void obligation_looked_at(struct obligation *o, struct instant next)
{
	o->next_at = next;
}

struct obligation obligation_if_live(const struct obligation *o)
{
	struct obligation live = *o;

	live.phase = PHASE_LIVE;
	live.withdrawal = WITHDRAWN_NOT;
	return live;
}
