/* SPDX-License-Identifier: Apache-2.0 */
/* list: what is owed, a row an obligation. */
#include <string.h>

#include "engine/inquiry/inquirer.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/series.h"

#define LIST_SLICE 200

static int begin_list(struct inquiry *q, struct rejection *ret_why)
{
	const char *owner = inquiry_text(q, "owner"), *deadline = inquiry_text(q, "deadline");

	if (owner && !plan_person(q->e.plan, person_id(owner)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id", owner);
	if (deadline && !plan_deadline(q->e.plan, deadline_id(deadline)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no deadline %s in the plan: check the id", deadline);
	return 0;
}

bool inquiry_is_owed(const struct inquiry *q, const struct obligation *o)
{
	struct deadline_row row;

	return o->phase == PHASE_LIVE && strcmp(obligation_state(o, q->now), "waiting") != 0 &&
	       ledger_deadline(q->e.ledger, deadline_id(o->deadline), &row) == 0 &&
	       !deadline_is_closed(&row);
}

static bool is_listed(const struct inquiry *q, const struct obligation *o)
{
	const char *owner = inquiry_text(q, "owner"), *deadline = inquiry_text(q, "deadline");

	if ((owner && strcmp(owner, o->owner) != 0) ||
	    (deadline && !series_has(deadline_id(deadline), deadline_id(o->deadline))) ||
	    (inquiry_flag(q, "late") && strcmp(obligation_state(o, q->now), "late") != 0))
		return false;
	return inquiry_flag(q, "all") || inquiry_is_owed(q, o);
}

int inquiry_sift(struct inquiry *q, obligation_is wanted)
{
	struct obligation batch[LIST_SLICE];
	int r = 0, count = ledger_obligations_after(q->e.ledger, obligation_id(q->after), batch,
						    LIST_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].id.n;
		if (wanted(q, &batch[i]))
			r = inquiry_add_id(q, batch[i].id.n);
	}
	return r < 0 ? r : count;
}

static int work_list(struct inquiry *q)
{
	return inquiry_sift(q, is_listed);
}

json_t *inquiry_listed(const struct inquiry *q, size_t i)
{
	struct obligation o;

	if (ledger_obligation(q->e.ledger, obligation_id(q->ids.list[i]), &o) < 0)
		return json_null();
	return inquiry_obligation(q, &o);
}

const struct inquirer inquirer_list = { begin_list, work_list, inquiry_count_ids, inquiry_listed };
