/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/alerted.h"

#include "engine/obligation/series.h"

int alerted_find(struct engine *e, const struct alert *alert, const struct alert_about *about,
		 struct recipient_list *to)
{
	struct recipient_context context = { .owes = plan_person(e->plan, about->owner) };
	bool by_deadline = false;

	for (size_t i = 0; i < alert->to_count; i++)
		by_deadline |= alert->to[i].kind == TARGET_RESPONSIBLE;
	recipient_add(to, e->plan, alert->to, alert->to_count, &context);
	for (size_t i = 0; by_deadline && i < e->plan->deadline_count; i++) {
		const struct deadline *d = &e->plan->deadlines[i];
		bool open;
		int r;

		if (!deadline_asks(d, about->measure))
			continue;
		r = series_is_open(e, d, about->now, &open);
		if (r < 0)
			return r;
		context.responsible = open ? d->responsible : NULL;
		recipient_add(to, e->plan, alert->to, alert->to_count, &context);
	}
	return 0;
}
