/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/answered.h"

static int count(void *userdata, const struct obligation *o)
{
	struct content_item *item = userdata;

	if (!o->measure[0] || o->phase == PHASE_WITHDRAWN)
		return 0;
	item->answerers++;
	item->answered += o->phase == PHASE_ANSWERED;
	return 0;
}

int content_answered(struct engine *e, const struct obligation *deliverable,
		     struct content_item *item)
{
	return ledger_obligations_of_deadline(e->ledger, deadline_id(deliverable->deadline), count,
					      item);
}
