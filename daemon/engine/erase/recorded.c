/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/erase.h"

struct looking {
	const char *deadline;
	int n;
	json_t *found;
};

static bool is_it(const struct looking *x, const json_t *paper)
{
	const char *deadline = json_string_value(json_object_get(paper, "deadline"));

	return deadline && strcmp(deadline, x->deadline) == 0 &&
	       json_integer_value(json_object_get(paper, "n")) == x->n;
}

static int take(struct looking *x, const struct logged_event *event, const json_t *body,
		const json_t *paper)
{
	char at[RFC3339_TEXT];

	return json_array_append_new(x->found,
				     json_pack("{ss sO? sO? sO?}", "at",
					       zone_format(event->received, at), "person",
					       json_object_get(body, "person"), "sha256_before",
					       json_object_get(paper, "sha256_before"), "sha256",
					       json_object_get(paper, "sha256"))) < 0
		       ? -ENOMEM
		       : 0;
}

static int look_at(void *userdata, const struct logged_event *event)
{
	struct looking *x = userdata;
	json_t *body = json_loads(event->body, 0, NULL), *paper;
	size_t i;
	int r = 0;

	json_array_foreach (json_object_get(body, "papers"), i, paper)
		if (r == 0 && is_it(x, paper))
			r = take(x, event, body, paper);
	json_decref(body);
	return r;
}

int erase_recorded(struct ledger *l, const char *deadline, int n, json_t **ret)
{
	struct looking x = { deadline, n, json_array() };
	int r = x.found ? ledger_events_of(l, ERASED_SUBJECT, look_at, &x) : -ENOMEM;

	if (r < 0)
		json_decref(x.found);
	else
		*ret = x.found;
	return r;
}
