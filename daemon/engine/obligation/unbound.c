/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/unbound.h"

int unbound_tell(struct sink *sink, const struct deadline *d, struct deadline_row *row)
{
	const struct posting posting = { .what = ITEM_UNBOUND, .deadline = d };
	struct recipient_list support = { .count = 0 };

	if (row->closed || !civil_is_none(row->bound) || row->unbound_told)
		return 0;
	row->unbound_told = true;
	recipient_add_support(&support, sink->plan);
	return sink_post_all(sink, &support, &posting);
}
