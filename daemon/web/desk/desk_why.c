/* SPDX-License-Identifier: Apache-2.0 */
/* Why each reminder of an item was sent or was not, or will be, person by person. */
#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/reason.h"
#include "web/desk/desk_item_inside.h"

#define SHOWN \
	300 /* rows in all: the ladders of a deadline with hundreds of measures are asked of each of those */

static void put_reason(const struct page_reader *to, json_t *one, const char *reason)
{
	char words[REASON_TEXT];
	const char *rest;

	page_put(one, "reason", reason_in(to->language, reason, words, &rest));
	page_put(one, "foreign", rest);
}

static json_t *rows_of(const struct page_reader *to, json_t *people, json_t *by_id, const char *id)
{
	json_t *person = json_object_get(by_id, id);

	if (!person) {
		person = desk_add(people);
		desk_put_who(to, person, "who", id);
		json_object_set_new(person, "rows", json_array());
		json_object_set(by_id, id, person);
	}
	return json_object_get(person, "rows");
}

void desk_put_why(const struct page_reader *to, json_t *view, const json_t *rows)
{
	json_t *people = json_array(), *by_id = json_object();
	const json_t *row;
	size_t i;

	json_object_set_new(view, "why", people);
	json_array_foreach (rows, i, row) {
		json_t *one;

		if (i >= SHOWN)
			break;
		one = desk_add(rows_of(to, people, by_id, desk_text(row, "person")));
		desk_put_short(to, one, "at", json_object_get(row, "when"));
		desk_put_kind(one, "decision", desk_text(row, "decision"));
		desk_put_thing(to, one, "of", desk_text(row, "deadline"));
		desk_put_step(to, one, row);
		put_reason(to, one, desk_text(row, "reason"));
	}
	json_decref(by_id);
	page_put_flag(view, "any_why", json_array_size(people) > 0);
	page_put_flag(view, "more_why", json_array_size(rows) > SHOWN);
}
