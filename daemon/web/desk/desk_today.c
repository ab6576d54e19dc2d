/* SPDX-License-Identifier: Apache-2.0 */
/* /desk: what needs a steward's hands, a section for each kind of thing that there is. */
#include <string.h>

#include "message/catalogue.h"
#include "web/desk/desk.h"

#define SHOWN 8 /* of a kind; where there are more, its section says how many and leads there */

static void put_thing(const struct page_reader *to, json_t *one, const json_t *row)
{
	desk_put_thing(to, one, "thing", desk_text(row, "item"));
	if (desk_text(row, "measure")[0])
		desk_put_thing(to, one, "of", desk_text(row, "deadline"));
	desk_put_who(to, one, "who", desk_text(row, "person"));
	desk_put_when(to, one, "papers", json_object_get(row, "papers"));
}

static void put_message(json_t *one, const json_t *row)
{
	const json_t *id = json_object_get(row, "message");

	if (!json_is_integer(id))
		return;
	page_put_count(one, "message", (size_t)json_integer_value(id));
	desk_put_kind(one, "kind", desk_text(row, "message_kind"));
	page_put(one, "last_answer", desk_text(row, "last_answer"));
}

static void put_rest(const struct page_reader *to, json_t *one, const json_t *row)
{
	desk_put_when(to, one, "practical", json_object_get(row, "practical"));
	desk_put_thing(to, one, "body", desk_text(row, "body"));
	page_put(one, "needs_support", desk_text(row, "needs_support"));
	desk_put_when(to, one, "due", json_object_get(row, "due"));
	desk_put_when(to, one, "until", json_object_get(row, "until"));
	desk_put_who(to, one, "gone", desk_text(row, "gone"));
	page_put(one, "reason", desk_text(row, "reason"));
	desk_put_when(to, one, "at", json_object_get(row, "at"));
	page_put(one, "subject", desk_text(row, "subject"));
	page_put(one, "text", desk_text(row, "text"));
}

/* The section of the row's kind, which is made when it is the first of it. */
static json_t *section_of(json_t *view, const char *kind)
{
	json_t *list = json_object_get(view, kind);

	if (!list) {
		list = json_array();
		if (json_object_set_new(view, kind, list) < 0 || !desk_add(list))
			return NULL;
		json_object_set_new(json_array_get(list, 0), "rows", json_array());
	}
	return json_array_get(list, 0);
}

/* Rows of a kind stand together: when another one comes, what there was of the last is counted. */
static void add_kind(const struct page_reader *to, json_t *view, json_t *const rows,
		     const char *kind)
{
	json_t *section = NULL, *row;
	size_t i, count = 0;

	json_array_foreach (rows, i, row) {
		json_t *one;

		if (strcmp(desk_text(row, "kind"), kind) != 0 || ++count > SHOWN)
			continue;
		section = section_of(view, kind);
		one = desk_add(json_object_get(section, "rows"));
		put_thing(to, one, row);
		put_message(one, row);
		put_rest(to, one, row);
		if (strcmp(kind, "late") == 0)
			desk_put_asked(to, one, row);
	}
	page_put_count(section, "count", count);
	page_put_flag(section, "several", count > 1);
	page_put_count(section, "more", count > SHOWN ? count - SHOWN : 0);
}

static void show(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	static const char *const kinds[] = { "late",	 "unreached", "held",	  "failed",
					     "proposal", "meeting",   "squeeze",  "support",
					     "request",	 "absence",   "automatic" };
	const struct page_reader to = desk_reader(w, x);
	json_t *view;

	if (why) {
		exchange_refuse(x, REFUSAL_BROKEN);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_TODAY);
	for (size_t i = 0; view && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		add_kind(&to, view, answers[0], kinds[i]);
	page_put_flag(view, "nothing", json_array_size(answers[0]) == 0);
	page_send(x, &to, 200, PAGE_DESK, view);
}

void desk_today(struct web *w, struct exchange *x)
{
	(void)w;
	desk_ask(x, QUERY_TODAY, NULL, show);
}
