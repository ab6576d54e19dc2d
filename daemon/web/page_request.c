/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for a later date, as part of the form of one thing: which meetings there are, and what is asked for already. */
#include "engine/obligation/requests.h"
#include "web/choices.h"

int page_put_request(const struct page_reader *to, json_t *form, const struct asked *a,
		     const char *chosen)
{
	const struct deadline *d = a->deadline;
	struct choices c = choices_begin(form, chosen);
	struct request_row row;
	bool found = false;
	int r = c.error;

	if (r == 0) {
		choices_add(&c, "", NULL);
		r = choices_add_meetings(&c, to, d->due.kind == DUE_MEETING ? d->due.body : NULL,
					 false);
	}
	page_put_flag(form, "any_groups", c.count > 1);
	if (r == 0)
		r = request_find_open(to->web->engine, d->id, measure_id(a->o.measure), &row,
				      &found);
	if (r >= 0 && found)
		page_put_due(to, form, "requested_until", row.due);
	return r < 0 ? r : c.error;
}
