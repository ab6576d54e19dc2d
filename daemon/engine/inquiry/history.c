/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was handed over for a deadline, and what its body decided: each time, also what was returned or
 * replaced since. The log has it all; the deadline's row has the newest of each only.
 */
#include <errno.h>
#include <string.h>

#include "engine/inquiry/paper.h"

#define SHOWN_DECISIONS 20 /* the newest */

/* What an event says happened, or NULL: it is no hand-over and no decision. */
static const char *what_of(const struct logged_event *event, const json_t *data)
{
	if (strcmp(event->type, event_type_name(EVENT_SUBMIT)) == 0)
		return "submitted";
	if (strcmp(event->type, event_type_name(EVENT_OUTCOME)) == 0)
		return json_string_value(json_object_get(data, "outcome"));
	return NULL;
}

static int add_decision(void *userdata, const struct logged_event *event)
{
	json_t *history = userdata, *body = json_loads(event->body, 0, NULL);
	const json_t *data = json_object_get(body, "data");
	const char *what = event->undone == 0 ? what_of(event, data) : NULL;
	int r = 0;

	if (what)
		r = json_array_append_new(
			history,
			json_pack("{ss so ss so so ss* ss*}", "what", what, "at",
				  json_instant(event->time), "by", event->source, "due",
				  json_text(json_string_value(json_object_get(data, "due"))),
				  "reference",
				  json_text(json_string_value(json_object_get(data, "reference"))),
				  "body", json_string_value(json_object_get(data, "body")), "link",
				  json_string_value(json_object_get(data, "link"))));
	json_decref(body);
	if (json_array_size(history) > SHOWN_DECISIONS)
		json_array_remove(history, 0);
	return r < 0 ? -ENOMEM : 0;
}

static void name_body(const struct inquiry *q, json_t *step)
{
	const char *id = json_string_value(json_object_get(step, "body"));
	const struct body *body = id ? plan_body(q->e.plan, body_id(id)) : NULL;

	if (body)
		json_object_set_new(step, "body_name", json_string(body->name));
	paper_put_body(q, step, "due");
}

int inquiry_add_history(const struct inquiry *q, const char *deadline, json_t *row)
{
	json_t *history = json_array();
	int r = history ? ledger_events_of(q->e.ledger, deadline, add_decision, history) : -ENOMEM;

	for (size_t i = 0; i < json_array_size(history); i++)
		name_body(q, json_array_get(history, i));
	return json_object_set_new(row, "history", history) < 0 && r == 0 ? -ENOMEM : r;
}
