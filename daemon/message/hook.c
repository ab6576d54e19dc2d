/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What others' systems get: facts in data.items and the plain text for people, without addresses
 * and without what owners wrote. The webhook-id is the event's id and the same for every copy.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/layout.h"
#include "message/template_view.h"
#include "message/templates.h"
#include "plan/due.h"

static json_t *date_json(struct civil_date d)
{
	char text[CIVIL_TEXT];

	return civil_is_none(d) ? json_null() : json_string(civil_format(d, text));
}

/* The bodies that it passes before that of `due`; NULL: none. */
static json_t *via_json(const struct content_item *item)
{
	json_t *list = item->passing_count ? json_array() : NULL;

	for (size_t i = 0; i + 1 < item->passing_count; i++) {
		const struct content_link *link = &item->passing[i];

		json_array_append_new(
			list, json_pack("{s:s, s:s, s:o, s:o, s:b}", "body", link->id.text, "name",
					link->body, "meeting", date_json(link->due), "papers",
					date_json(link->papers), "provisional", link->provisional));
	}
	return list;
}

static json_t *item_json(const struct content_item *item, struct instant now)
{
	struct civil_date practical =
		due_practical_shown(item->practical, item->papers, zone_date(now));
	const char *title = item->measure.text ? item->measure_title : item->deadline_title;
	json_t *away = item->what == ITEM_AWAY ? json_object_get(item->detail, "person") : NULL;

	return json_pack("{s:s?, s:s?, s:s?, s:s?, s:o, s:o, s:o, s:b, s:o*, s:O*}", "deadline",
			 item->deadline.text, "measure", item->measure.text, "title", title, "step",
			 item->step, "due", date_json(item->due), "papers", date_json(item->papers),
			 "practical", date_json(practical), "provisional", item->provisional, "via",
			 via_json(item), "person", away);
}

/* The text part: each paragraph on one line, for whatever shows it to wrap. */
static int hook_text(const struct composing *with, const struct message_content *n, char **ret)
{
	const struct template_view_options options = { .now = composed_at(with, n),
						       .web = with->settings->web.listen != NULL };
	const struct template_key key = { n->language, n->message.kind, PART_TEXT };
	json_t *view = NULL;
	char *text = NULL;
	int r = template_view_new(&view, n, &options);

	if (r == 0)
		r = templates_render(with->templates, key, view, &text);
	if (r == 0)
		r = layout_text(text, LAYOUT_WIDE, ret);
	free(text);
	json_decref(view);
	return r;
}

int hook_compose(const struct composing *with, const struct message_content *n,
		 struct composed *ret)
{
	const struct instant now = composed_at(with, n);
	struct composed c = { .type = "application/cloudevents+json" };
	json_t *event, *items = json_array();
	char time[RFC3339_TEXT], *text = NULL;
	int r;

	assert(n->count > 0);
	snprintf(c.id, sizeof(c.id), "msg_%s_%lld", with->installation, (long long)n->message.id.n);
	r = hook_text(with, n, &text);
	if (r < 0) {
		json_decref(items);
		return r;
	}
	for (size_t i = 0; i < n->count; i++)
		if (n->items[i].what != ITEM_TEST && /* it is about nothing */
		    json_array_append_new(items, item_json(&n->items[i], now)) < 0)
			r = -ENOMEM;
	event = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s, s:o, s:s}}", "specversion",
			  "1.0", "id", c.id, "source", "/paminn", "type", "paminn.reminder", "time",
			  zone_format(now, time), "datacontenttype", "application/json", "data",
			  "kind", message_kind_name(n->message.kind), "to", n->message.to, "items",
			  items, "text", text);
	c.bytes = event && r == 0 ? json_dumps(event, JSON_COMPACT) : NULL;
	json_decref(event);
	free(text);
	if (!c.bytes)
		return -ENOMEM;
	c.length = strlen(c.bytes);
	*ret = c;
	return 0;
}
