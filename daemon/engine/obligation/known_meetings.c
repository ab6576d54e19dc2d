/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/known_meetings.h"

static int add_known(void *userdata, const struct meeting_row *m)
{
	struct known_meetings *known = userdata;

	if (m->state == MEETING_KNOWN && known->count < KNOWN_MAX &&
	    (civil_is_none(known->from) || civil_compare(m->from, known->from) >= 0))
		known->list[known->count++].from = m->from;
	return 0;
}

int known_meetings_load(struct ledger *l, struct body_id body, struct civil_date from,
			struct known_meetings *ret)
{
	ret->count = 0;
	ret->from = from;
	return ledger_meetings(l, body, add_known, ret);
}
