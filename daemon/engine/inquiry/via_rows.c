/* SPDX-License-Identifier: Apache-2.0 */
/* The bodies that a deadline passes, as rows tell of them. */
#include <errno.h>

#include "engine/inquiry/inquirer.h"
#include "engine/obligation/chain.h"

int inquiry_add_via(const struct inquiry *q, const struct deadline *d, json_t *row)
{
	struct chain chain;
	json_t *via;
	int r;

	if (!d || !d->via_count || d->every.kind)
		return 0;
	r = chain_load(q->e.ledger, d, &chain);
	if (r < 0)
		return r;
	via = json_array();
	for (size_t i = 0; i < chain.count; i++) {
		const struct link_row *link = &chain.links[i].row;

		json_array_append_new(
			via, json_pack("{ss so so sb so so ss*}", "body", link->body, "meeting",
				       json_date(link->due), "papers", json_date(link->papers),
				       "provisional", link->provisional, "outcome",
				       link->outcome == OUTCOME_NONE
					       ? json_null()
					       : json_string(event_outcome_name(link->outcome)),
				       "reference", json_text(link->reference), "link",
				       link->evidence[0] ? link->evidence : NULL));
	}
	return json_object_set_new(row, "via", via) < 0 ? -ENOMEM : 0;
}
