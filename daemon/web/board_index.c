/* SPDX-License-Identifier: Apache-2.0 */
/* The view of which follow-ups there are: the open ones by date, what was given, the bodies, what is over. */
#include <errno.h>
#include <string.h>

#include "web/board_inside.h"

static json_t *subject_of(const struct page_reader *to, const json_t *row)
{
	const json_int_t measures = board_amount(row, "measures").value;
	json_t *subject = json_object();

	page_put(subject, "id", board_text(row, "id"));
	board_put_item(to, subject, board_text(row, "title"), board_text(row, "id"));
	board_put_day(to, subject, "day", board_day(row, "due"));
	page_put_flag(subject, "provisional", json_is_true(json_object_get(row, "provisional")));
	page_put(subject, "body", board_text(row, "body_name"));
	page_put(subject, "decision", board_text(row, "decision"));
	page_put_count(subject, "measures", (size_t)measures);
	return subject;
}

int boards_put(const struct page_reader *to, json_t *view, const json_t *rows)
{
	static const struct {
		const char *what, *list, *any;
		bool over;
	} lists[] = {
		{ "deadline", "open", "any_open", false },
		{ "deadline", "over", "any_over", true },
		{ "assignment", "assignments", "any_assignments", false },
		{ "body", "bodies", "any_bodies", false },
	};
	const json_t *row;
	size_t i;

	for (size_t k = 0; view && k < sizeof(lists) / sizeof(*lists); k++) {
		json_t *list = json_array();

		json_array_foreach (rows, i, row)
			if (strcmp(board_text(row, "what"), lists[k].what) == 0 &&
			    json_is_true(json_object_get(row, "over")) == lists[k].over)
				json_array_append_new(list, subject_of(to, row));
		page_put_flag(view, lists[k].any, json_array_size(list) > 0);
		json_object_set_new(view, lists[k].list, list);
	}
	page_put_flag(view, "nothing", json_array_size(rows) == 0);
	return view ? 0 : -ENOMEM;
}
