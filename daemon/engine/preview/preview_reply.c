/* SPDX-License-Identifier: Apache-2.0 */
/* What a mail server, or who got a mail, might have answered. */
#include "engine/preview/internal.h"

json_t *preview_unreached_detail(const struct previewing *p)
{
	return json_pack("{ss ss}", "person", preview_owes(p), "answer",
			 "550 5.1.1 No such user here");
}

/* "klar, prognos …": the forecast is what was planned, where something was. */
json_t *preview_reply_detail(const struct previewing *p)
{
	const struct measure *m = plan_measure(p->e->plan, measure_id(p->o.measure));

	if (!m)
		return json_pack("{sb}", "deliverable", 1);
	if (!m->effect_given)
		return json_pack("{s{ss}}", "data", "status", "done");
	return json_pack("{s{ss sI}}", "data", "status", "done", "effect_forecast",
			 (json_int_t)m->effect_planned);
}
