/* SPDX-License-Identifier: Apache-2.0 */
/* Something to be remembered beside a measure or deadline; nothing follows from it. */
#include "engine/apply/application.h"

int apply_note(struct application *a)
{
	const char *id = a->event->subject;

	if (!plan_measure(a->e->plan, measure_id(id)) &&
	    !plan_deadline(a->e->plan, deadline_id(id)))
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no measure or deadline %s in the plan: check the id",
				   id);
	return application_append(a);
}
