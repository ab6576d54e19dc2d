/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/unbound.h"

#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"

/* Of its own meeting: once the month is over. */
static int tell_unbound(struct sink *sink, const struct deadline *d, struct deadline_row *row)
{
	const struct deadline in_force = deadline_in_force(sink->plan, d, row);
	const struct posting posting = { .what = ITEM_UNBOUND, .deadline = d };
	struct recipient_list support = { .count = 0 };
	struct instant over;

	if (in_force.due.kind != DUE_MEETING || deadline_is_closed(row) ||
	    !civil_is_none(row->bound) || !instant_is_none(row->unbound_at))
		return 0;
	over = due_month_over(&in_force);
	if (instant_compare(over, sink->now) > 0) {
		deadline_look_at(row, over);
		return 0;
	}
	deadline_give_up_meeting(row, sink->now);
	recipient_add_support(&support, sink->plan);
	return sink_post_all(sink, &support, &posting);
}

int unbound_tell(struct sink *sink, struct ledger *l, const struct deadline *d,
		 struct deadline_row *row, struct chain *chain)
{
	struct instant look = INSTANT_NONE;
	int r;

	deadline_look_at(row, INSTANT_NONE);
	r = tell_unbound(sink, d, row);
	if (r < 0 || chain_is_over(d, row))
		return r;
	r = chain_tell_undecided(sink, l, d, chain);
	if (r >= 0)
		r = chain_next_look(l, sink->plan, chain, &look);
	if (r >= 0)
		deadline_look_at_link(row, look);
	return r;
}

struct instant unbound_own_at(const struct plan *plan, const struct deadline *d,
			      const struct own_meeting *own)
{
	struct deadline at;

	if (!civil_is_none(own->bound) || !instant_is_none(own->unbound_at) ||
	    !own_meeting_in_force(plan, d, own, &at))
		return INSTANT_NONE;
	return due_month_over(&at);
}

int unbound_tell_own(struct sink *sink, const struct deadline *d, struct own_meeting *own)
{
	const struct posting posting = { .what = ITEM_UNBOUND,
					 .deadline = d,
					 .measure = measure_id(own->measure) };
	struct recipient_list support = { .count = 0 };

	own->unbound_at = sink->now;
	recipient_add_support(&support, sink->plan);
	return sink_post_all(sink, &support, &posting);
}
