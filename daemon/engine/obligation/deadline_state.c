/* SPDX-License-Identifier: Apache-2.0 */
/* The table of deadline_state.h. A transition that it does not have is our own bug, and asserts. */
#include "engine/obligation/deadline_state.h"

#include <assert.h>
#include <stdio.h>

#define TO(state) (1U << DEADLINE_##state)

static const struct {
	const char *name;
	unsigned to; /* the states that may follow */
	enum withdrawal withdrawal;
} states[DEADLINE_STATES] = {
	[DEADLINE_OPEN] = { "open", TO(OPEN) | TO(SUBMITTED) | TO(SUPERSEDED) | TO(REMOVED),
			    WITHDRAWN_NOT },
	[DEADLINE_SUBMITTED] = { "submitted", TO(OPEN) | TO(SUBMITTED) | TO(REMOVED),
				 WITHDRAWN_SUBMITTED },
	[DEADLINE_SUPERSEDED] = { "superseded", TO(SUBMITTED) | TO(REMOVED), WITHDRAWN_SUPERSEDED },
	[DEADLINE_REMOVED] = { "removed", TO(OPEN) | TO(SUBMITTED) | TO(SUPERSEDED),
			       WITHDRAWN_REMOVED },
};

bool deadline_may(enum deadline_state from, enum deadline_state to)
{
	return states[from].to & 1U << to;
}

const char *deadline_state_name(enum deadline_state state)
{
	return states[state].name;
}

bool deadline_is_closed(const struct deadline_row *row)
{
	return row->state != DEADLINE_OPEN;
}

enum withdrawal deadline_withdrawal(const struct deadline_row *row)
{
	return states[row->state].withdrawal;
}

static void move(struct deadline_row *row, enum deadline_state to)
{
	assert(deadline_may(row->state, to));
	row->sequence += row->state != to;
	row->state = to;
	if (to != DEADLINE_OPEN)
		row->next_at = INSTANT_NONE;
}

void deadline_submit(struct deadline_row *row, int64_t seq, struct instant time,
		     const char *reference)
{
	move(row, DEADLINE_SUBMITTED);
	row->submitted_seq = seq;
	row->submitted_at = time;
	snprintf(row->reference, sizeof(row->reference), "%s", reference);
}

void deadline_return(struct deadline_row *row)
{
	move(row, DEADLINE_OPEN);
}

void deadline_supersede(struct deadline_row *row)
{
	move(row, DEADLINE_SUPERSEDED);
}

void deadline_remove(struct deadline_row *row)
{
	move(row, DEADLINE_REMOVED);
}

void deadline_pass(struct deadline_row *row, int64_t seq)
{
	move(row, DEADLINE_OPEN);
	row->passed_seq = seq;
}

/* Was the newest hand-over neither returned nor for a body that has passed it on? */
static bool is_handed_in(const struct deadline_row *row)
{
	return row->submitted_seq > row->passed_seq &&
	       (row->outcome != OUTCOME_RETURNED || row->outcome_seq < row->submitted_seq);
}

void deadline_restore(struct deadline_row *row, bool was_superseded)
{
	move(row, is_handed_in(row) ? DEADLINE_SUBMITTED
		  : was_superseded  ? DEADLINE_SUPERSEDED
				    : DEADLINE_OPEN);
}

void deadline_open_window(struct deadline_row *row, struct instant now)
{
	assert(instant_is_none(row->opened_at));
	row->opened_at = now;
}

void deadline_close_window(struct deadline_row *row)
{
	row->opened_at = INSTANT_NONE;
}

void deadline_give_up_meeting(struct deadline_row *row, struct instant now)
{
	row->unbound_at = now;
	row->next_at = INSTANT_NONE;
}

void deadline_await_meeting(struct deadline_row *row)
{
	row->unbound_at = INSTANT_NONE;
}

void deadline_look_at(struct deadline_row *row, struct instant when)
{
	row->next_at = deadline_is_closed(row) ? INSTANT_NONE : when;
}

void deadline_look_at_link(struct deadline_row *row, struct instant when)
{
	if (row->state == DEADLINE_OPEN || row->state == DEADLINE_SUBMITTED)
		row->next_at = instant_min(row->next_at, when);
}
