/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a steward deals with what a message tells of: a page of the desk. Its address is no secret: who opens it signs
 * in first. An act's page is that of the act alone, since a list to search in would be one more step on a phone.
 */
#include <stdio.h>
#include <string.h>

#include "message/template_view_internal.h"

enum desk_id { ID_ITEM, ID_DEADLINE, ID_MEASURE, ID_PERSON, ID_NONE };

/* What leads where; what has no row leads nowhere. */
static const struct {
	const char *page; /* what comes before the id */
	enum desk_id id;
} pages[ITEM_WHATS] = {
	[ITEM_ESCALATED] = { "/desk/item?item=", ID_ITEM },
	[ITEM_OFF_TRACK] = { "/desk/item?item=", ID_ITEM },
	[ITEM_NEEDS_SUPPORT] = { "/desk/item?item=", ID_ITEM },
	[ITEM_EFFECT_BELOW] = { "/desk/item?item=", ID_ITEM },
	[ITEM_LIGHT] = { "/desk/item?item=", ID_ITEM },
	[ITEM_UNREACHED] = { "/desk/item?item=", ID_ITEM },
	[ITEM_DISORDER] = { "/desk/item?item=", ID_ITEM },
	[ITEM_UNBOUND] = { "/desk/do?act=extend&item=", ID_DEADLINE },
	[ITEM_UNPROPOSED] = { "/desk/do?act=proposal&item=", ID_DEADLINE },
	[ITEM_UNDECIDED] = { "/desk/do?act=outcome&item=", ID_DEADLINE },
	[ITEM_NOT_MINE] = { "/desk/do?act=assign&item=", ID_MEASURE },
	[ITEM_ABSENT] = { "/desk/do?act=absence&item=", ID_PERSON },
	[ITEM_REQUESTED] = { "/desk/requests", ID_NONE },
	[ITEM_GONE] = { "/desk/outbox", ID_NONE },
	[ITEM_HOLD] = { "/desk/hold", ID_NONE },
	[ITEM_AWAY] = { "/desk/do?act=absence&item=", ID_PERSON },
};
static const char item_page[] = "/desk/item?item=";

static const char *id_of(const struct content_item *item, enum desk_id which)
{
	switch (which) {
	case ID_MEASURE:
		return item->measure.text;
	case ID_DEADLINE:
		return item->deadline.text;
	case ID_PERSON:
		return json_string_value(json_object_get(item->detail, "person"));
	case ID_ITEM:
		return item->measure.text ? item->measure.text : item->deadline.text;
	case ID_NONE:
		break;
	}
	return "";
}

void template_view_put_desk(struct template_view *v, const struct content_item *item)
{
	const char *page = pages[item->what].page;
	const char *id = id_of(item, pages[item->what].id);
	char url[LINK_URL];

	/* Who is told of the light of their own measure answers. */
	if (!item->on_desk || !v->options->links || !page ||
	    (item->what == ITEM_LIGHT && item->is_own))
		return;
	if (!id && item->deadline.text) { /* a deliverable's responsible stands in the plan */
		page = item_page;
		id = item->deadline.text;
	}
	if (!id)
		return;
	template_view_put_flag(v, "item_page", pages[item->what].id == ID_ITEM);
	template_view_put(v, "desk", links_page(v->options->links, page, id, url));
}

void template_view_desk_once(struct template_view *v, json_t *things)
{
	const json_t *before = NULL;
	bool any = false;
	char url[LINK_URL];
	json_t *thing;

	for (size_t i = json_array_size(things); i > 0; i--) {
		const json_t *desk;

		thing = json_array_get(things, i - 1);
		desk = json_object_get(thing, "desk");
		any |= desk != NULL;
		if (desk && before && json_equal(desk, before))
			json_object_del(thing, "desk");
		else
			before = desk;
	}
	if (any)
		template_view_put(v, "desk_today", links_page(v->options->links, "/desk", "", url));
}
