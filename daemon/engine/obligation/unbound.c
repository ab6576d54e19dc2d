/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/unbound.h"

#include "engine/obligation/deadline_state.h"

int unbound_tell(struct sink *sink, const struct deadline *d, struct deadline_row *row)
{
	const struct posting posting = { .what = ITEM_UNBOUND, .deadline = d };
	struct recipient_list support = { .count = 0 };

	if (deadline_is_closed(row) || !civil_is_none(row->bound) ||
	    !instant_is_none(row->unbound_at))
		return 0;
	deadline_give_up_meeting(row, sink->now);
	recipient_add_support(&support, sink->plan);
	return sink_post_all(sink, &support, &posting);
}
