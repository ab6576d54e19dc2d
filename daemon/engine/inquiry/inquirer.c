/* SPDX-License-Identifier: Apache-2.0 */
/* What those who answer queries ask of their inquiry: its parameters, and the obligations it is about. */
#include "engine/inquiry/inquirer.h"

#include "base/array.h"
#include "ledger/lists.h"

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

int inquiry_gather(struct inquiry *q, const char *item)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = plan_measure(q->e.plan, measure_id(item))
			? list_of_measure(q->e.ledger, measure_id(item), &all)
			: list_of_deadline(q->e.ledger, deadline_id(item), &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++)
		r = inquiry_add_id(q, all.list[i].id.n);
	return r;
}

int inquiry_check_item(const struct inquiry *q, const char *item, struct rejection *ret_why)
{
	if (plan_measure(q->e.plan, measure_id(item)) ||
	    plan_deadline(q->e.plan, deadline_id(item)))
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure or deadline %s in the plan: check the id", item);
}
