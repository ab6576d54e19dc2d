/* SPDX-License-Identifier: Apache-2.0 */
/* What was said of an item, an event a row: in the words of the page, with who said it. */
#include <string.h>

#include "message/catalogue.h"
#include "web/desk/desk_item_inside.h"

/* "/people/ID" by name, a system by its id; of somebody at a terminal of ours no name is known. */
static void put_source(const struct page_reader *to, json_t *one, const char *source)
{
	static const char people[] = "/people/", systems[] = "/systems/";

	if (strncmp(source, people, strlen(people)) == 0)
		desk_put_who(to, one, "who", source + strlen(people));
	else if (strncmp(source, systems, strlen(systems)) == 0)
		page_put(one, "system", source + strlen(systems));
}

static void put_dates(const struct page_reader *to, json_t *one, const json_t *data)
{
	static const char *const dates[] = { "due",	 "from",      "until",
					     "replaces", "answer_by", "done_forecast" };

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		desk_put_when(to, one, dates[i], json_object_get(data, dates[i]));
}

static void put_texts(json_t *one, const json_t *data)
{
	static const char *const texts[] = { "reference", "reason", "note", "needs_support",
					     "place",	  "text",   "body" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		page_put(one, texts[i], desk_text(data, texts[i]));
	page_put(one, strncmp(desk_text(data, "link"), "https://", 8) == 0 ? "link" : "evidence",
		 desk_text(data, "link"));
}

static void put_figures(const struct page_reader *to, json_t *one, const json_t *data)
{
	const json_t *progress = json_object_get(data, "progress");

	if (json_is_number(progress))
		json_object_set_new(one, "progress",
				    json_sprintf("%lld", (long long)json_number_value(progress)));
	page_put_amount(to, one, "effect_achieved", json_object_get(data, "effect_achieved"));
	page_put_amount(to, one, "effect_forecast", json_object_get(data, "effect_forecast"));
}

static void put_event(const struct page_reader *to, json_t *one, const json_t *event)
{
	static const char prefix[] = "paminn.";
	const json_t *data = json_object_get(event, "data");
	const char *type = desk_text(event, "type"), *status = desk_text(data, "status");

	desk_put_when(to, one, "at", json_object_get(event, "time"));
	put_source(to, one, desk_text(event, "source"));
	if (strncmp(type, prefix, strlen(prefix)) == 0)
		desk_put_kind(one, "said", type + strlen(prefix));
	page_put(one, "status", status[0] ? catalogue_word(to->language, status) : NULL);
	desk_put_kind(one, "outcome", desk_text(data, "outcome"));
	desk_put_kind(one, "as", desk_text(data, "as"));
	page_put_flag(one, "cancelled", json_is_true(json_object_get(data, "cancelled")));
	desk_put_thing(to, one, "deadline", desk_text(data, "deadline"));
	desk_put_who(to, one, "owner", desk_text(data, "owner"));
	desk_put_who(to, one, "deputy", desk_text(data, "deputy"));
	put_dates(to, one, data);
	put_texts(one, data);
	put_figures(to, one, data);
}

void desk_put_history(const struct page_reader *to, json_t *view, const json_t *events)
{
	json_t *rows = json_array();

	json_object_set_new(view, "history", rows);
	for (size_t i = json_array_size(events); i-- > 0;)
		put_event(to, desk_add(rows), json_array_get(events, i));
	page_put_flag(view, "any_history", json_array_size(rows) > 0);
}
