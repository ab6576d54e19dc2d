/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/asked_for.h"

#include "engine/obligation/requests.h"

/* due: "2026-10-20", "meeting RF 2026-10". A body that left the plan goes by its id, which is due's. */
static void put(const struct plan *plan, const char *due, struct content_item *item)
{
	const struct body *body;

	if (!event_due_parse(due, &item->asked_for) || !event_due_is_meeting(&item->asked_for))
		return;
	body = plan_body(plan, body_id(item->asked_for.body));
	item->asked_body = body ? body->name : NULL;
}

int content_asked_for(struct engine *e, const struct obligation *o, struct content_item *item)
{
	struct request_row request;
	bool found;
	int r = request_find_open(e, deadline_id(o->deadline), measure_id(o->measure), &request,
				  &found);

	if (r == 0 && found)
		put(e->plan, request.due, item);
	return r;
}

void content_asked_in_detail(const struct plan *plan, struct content_item *item)
{
	const char *due = json_string_value(json_object_get(item->detail, "asked"));

	if (due)
		put(plan, due, item);
}
