/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /desk/items: all that is owed, grouped by deadline, owner or state, a hundred rows a page. The order and the search
 * are the daemon's, so that of a thousand things only a page's rows are made.
 */
#include <string.h>

#include "web/desk/desk.h"

#define EACH 100

const struct field_rule desk_items_query[] = {
	{ "search", 200 }, { "group", 16 }, { "show", 8 }, { "page", 6 }, { NULL },
};

/* "deadline" unless another is asked for; NULL: there is none such. */
static const char *group_of(const struct exchange *x)
{
	static const char *const groups[] = { "deadline", "owner", "state" };
	const char *asked = desk_asked(x, "group");

	if (!asked[0])
		return groups[0];
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strcmp(groups[i], asked) == 0)
			return groups[i];
	return NULL;
}

static bool shows_all(const struct exchange *x)
{
	return strcmp(desk_asked(x, "show"), "all") == 0;
}

/* By what the row is in its group. */
static const char *key_of(const json_t *row, const char *group)
{
	return desk_text(row, group);
}

static void begin_group(const struct page_reader *to, json_t *one, const json_t *row,
			const char *group)
{
	if (strcmp(group, "deadline") == 0) {
		desk_put_thing(to, one, "thing", desk_text(row, "deadline"));
		desk_put_when(to, one, "papers", json_object_get(row, "papers"));
	} else if (strcmp(group, "owner") == 0) {
		desk_put_who(to, one, "who", desk_text(row, "owner"));
	} else {
		desk_put_kind(one, "state", desk_text(row, "state"));
	}
	json_object_set_new(one, "rows", json_array());
}

static void put_row(const struct page_reader *to, json_t *one, const json_t *row)
{
	const char *measure = desk_text(row, "measure");

	desk_put_thing(to, one, "thing", measure[0] ? measure : desk_text(row, "deadline"));
	page_put_flag(one, "deliverable", !measure[0]);
	if (measure[0])
		desk_put_thing(to, one, "of", desk_text(row, "deadline"));
	desk_put_who(to, one, "who", desk_text(row, "owner"));
	desk_put_kind(one, "state", desk_text(row, "state"));
	desk_put_short(to, one, "papers", json_object_get(row, "papers"));
	page_put_flag(one, "provisional", json_is_true(json_object_get(row, "provisional")));
	desk_put_status(to, one, row);
	desk_put_asked(to, one, row);
	desk_put_short(to, one, "answered", json_object_get(row, "answered_at"));
	page_put_flag(one, "requested", json_object_get(row, "requested") != NULL);
}

static void put_groups(const struct page_reader *to, json_t *view, json_t *const rows,
		       const char *group)
{
	json_t *groups = json_array(), *one = NULL, *row;
	const char *key = NULL;
	size_t i;

	json_object_set_new(view, "groups", groups);
	json_array_foreach (rows, i, row) {
		const char *now = key_of(row, group);

		if (!key || strcmp(key, now) != 0) {
			one = desk_add(groups);
			begin_group(to, one, row, group);
			key = now;
		}
		put_row(to, desk_add(json_object_get(one, "rows")), row);
	}
}

static void show(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const char *group = group_of(x), *search = desk_asked(x, "search");
	const char *const pairs[] = { "search", search,
				      "group",	desk_asked(x, "group"),
				      "show",	desk_asked(x, "show"),
				      NULL };
	const size_t total = lookup_total(x, 0);
	json_t *view;

	if (why) {
		exchange_not_found(x);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_ITEMS);
	page_put(view, "search", search);
	desk_put_kind(view, "by", group);
	page_put_flag(view, "all", shows_all(x));
	page_put_count(view, "count", total);
	page_put_flag(view, "several", total > 1);
	put_groups(&to, view, answers[0], group);
	desk_put_pages(x, view, total, EACH, pairs);
	page_send(x, &to, 200, PAGE_DESK_ITEMS, view);
}

void desk_items(struct web *w, struct exchange *x)
{
	const char *group = group_of(x), *search = desk_asked(x, "search");
	json_t *params;

	(void)w;
	if (!group) {
		exchange_not_found(x);
		return;
	}
	params = json_pack("{ss sb ss*}", "order", group, "all", shows_all(x), "search",
			   search[strspn(search, " ")] ? search : NULL);
	desk_ask(x, QUERY_LIST, params, show);
	lookup_range(x, 0, (desk_page_of(x) - 1) * EACH, EACH);
}
