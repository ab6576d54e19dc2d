/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/own_date.h"

#include "base/zone.h"
#include "engine/obligation/series.h"

#define KNOWN_MAX 512 /* meetings of one body; later ones than these are not looked at */

struct known {
	struct known_meeting list[KNOWN_MAX];
	size_t count;
};

static int add_known(void *userdata, const struct meeting_row *m)
{
	struct known *known = userdata;

	if (m->state != MEETING_KNOWN || known->count == KNOWN_MAX)
		return 0;
	known->list[known->count++] = (struct known_meeting){ m->from };
	return 0;
}

int own_date_bind(struct engine *e, const struct due_spec *due, struct instant now,
		  struct civil_date *bound, struct dates *ret)
{
	const struct deadline as = { .due = *due, .papers_given = true };
	struct known known = { .count = 0 };
	int r = 0;

	if (due->kind == DUE_MEETING) {
		r = series_follow(e, due->body->id, bound);
		if (r >= 0)
			r = ledger_meetings(e->ledger, due->body->id, add_known, &known);
		if (r < 0)
			return r;
	}
	*bound = due_bind(e->plan, &as,
			  &(struct binding){ known.list, known.count, *bound, zone_date(now) });
	*ret = due_dates(e->plan, &as, *bound);
	return 0;
}
