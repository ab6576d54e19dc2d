/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /desk/requests: the later dates that are asked for, to be granted or denied several at once. Its form goes to
 * /desk/do, where what would follow is shown first; the rows are those of `paminn requests`.
 */
#include <stdio.h>

#include "web/desk/desk.h"
#include "web/say.h"

#define SHOWN_MAX 200 /* of them: a form has room for so many */

static void put_request(const struct page_reader *to, json_t *list, const json_t *row, size_t n)
{
	json_t *one = desk_add(list);
	const json_t *progress = json_object_get(row, "progress");
	const char *measure = desk_text(row, "measure"), *deadline = desk_text(row, "deadline");

	page_put_count(one, "n", n);
	page_put(one, "value", desk_text(row, "id"));
	desk_put_thing(to, one, "thing", *measure ? measure : deadline);
	if (*measure)
		desk_put_thing(to, one, "of", deadline);
	desk_put_who(to, one, "who", desk_text(row, "by"));
	page_put_due(to, one, "asks", desk_text(row, "due"));
	desk_put_when(to, one, "stands", json_object_get(row, "stands"));
	desk_put_when(to, one, "asked_at", json_object_get(row, "asked_at"));
	page_put(one, "reason", desk_text(row, "reason"));
	if (json_is_integer(progress))
		json_object_set_new(one, "progress",
				    json_sprintf("%lld", (long long)json_integer_value(progress)));
}

static void found(struct web *w, struct exchange *x, json_t *const answers[],
		  const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const json_t *rows = why ? NULL : answers[0], *row;
	json_t *view = page_new_signed_in(&to, x, DESK_ITEMS), *list = json_array();
	char nonce[SAY_NONCE_MAX];
	size_t i;

	json_object_set_new(view, "requests", list);
	json_array_foreach (rows, i, row)
		if (i < SHOWN_MAX)
			put_request(&to, list, row, i + 1);
	page_put(view, "event", say_nonce(nonce));
	page_put_flag(view, "any_requests", json_array_size(rows) > 0);
	page_put_count(view, "more", json_array_size(rows) - json_array_size(list));
	page_send(x, &to, 200, PAGE_REQUESTS, view);
}

void desk_requests(struct web *w, struct exchange *x)
{
	(void)w;
	desk_ask(x, QUERY_REQUESTS, json_object(), found);
}
