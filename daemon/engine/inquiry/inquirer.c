/* SPDX-License-Identifier: Apache-2.0 */
/* What those who answer queries ask of their inquiry: its parameters, and the obligations it is about. */
#include "engine/inquiry/inquirer.h"

#include "base/array.h"

const char *inquiry_text(const struct inquiry *q, const char *name)
{
	return json_string_value(json_object_get(q->params, name));
}

bool inquiry_flag(const struct inquiry *q, const char *name)
{
	return json_is_true(json_object_get(q->params, name));
}

int inquiry_add_id(struct inquiry *q, int64_t id)
{
	struct ids *ids = &q->ids;
	int r = array_grow(&ids->list, ids->count, &ids->room);

	if (r == 0)
		ids->list[ids->count++] = id;
	return r;
}

size_t inquiry_count_ids(const struct inquiry *q)
{
	return q->ids.count;
}

static int gather(void *userdata, const struct obligation *o)
{
	return inquiry_add_id(userdata, o->id.n);
}

int inquiry_gather(struct inquiry *q, const char *item)
{
	return plan_measure(q->e.plan, measure_id(item))
		       ? ledger_obligations_of_measure(q->e.ledger, measure_id(item), gather, q)
		       : ledger_obligations_of_deadline(q->e.ledger, deadline_id(item), gather, q);
}

int inquiry_check_item(const struct inquiry *q, const char *item, struct rejection *ret_why)
{
	if (plan_measure(q->e.plan, measure_id(item)) ||
	    plan_deadline(q->e.plan, deadline_id(item)))
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure or deadline %s in the plan: check the id", item);
}
