/* SPDX-License-Identifier: Apache-2.0 */
/* /desk/people: who is in the plan, what each owes, who is away and who stands in. /desk/meetings: the bodies and
 * their meetings to come, with what is due at each. */
#include <string.h>

#include "web/desk/desk.h"

#define EACH 100

const struct field_rule desk_people_query[] = { { "page", 6 }, { NULL } };

static void put_person(const struct page_reader *to, json_t *one, const json_t *row)
{
	desk_put_who(to, one, "who", desk_text(row, "person"));
	page_put_count(one, "owes", (size_t)json_integer_value(json_object_get(row, "owes")));
	page_put_count(one, "late", (size_t)json_integer_value(json_object_get(row, "late")));
	desk_put_who(to, one, "manager", desk_text(row, "manager"));
	desk_put_who(to, one, "deputy", desk_text(row, "deputy"));
	desk_put_short(to, one, "away_until", json_object_get(row, "away_until"));
	desk_put_who(to, one, "stands_in", desk_text(row, "stands_in"));
}

static void put_absence(const struct page_reader *to, json_t *one, const json_t *row)
{
	desk_put_who(to, one, "who", desk_text(row, "person"));
	desk_put_short(to, one, "from", json_object_get(row, "from"));
	desk_put_short(to, one, "until", json_object_get(row, "until"));
	desk_put_who(to, one, "deputy", desk_text(row, "deputy"));
	desk_put_kind(one, "absence", desk_text(row, "state"));
	desk_put_short(to, one, "held_until", json_object_get(row, "held_until"));
}

static void show_people(struct web *w, struct exchange *x, json_t *const answers[],
			const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const size_t total = lookup_total(x, 0);
	json_t *view = why ? NULL : page_new_signed_in(&to, x, DESK_ELSEWHERE);

	desk_put_rows(&to, view, "rows", answers[0], put_person);
	page_put_flag(view, "any_absences",
		      desk_put_rows(&to, view, "absences", answers[1], put_absence) > 0);
	page_put_count(view, "count", total);
	desk_put_pages(x, view, total, EACH, (const char *const[]){ NULL });
	page_send(x, &to, 200, PAGE_DESK_PEOPLE, view);
}

void desk_people(struct web *w, struct exchange *x)
{
	(void)w;
	lookup(x, (const struct question[]){ { QUERY_PEOPLE, NULL }, { QUERY_ABSENCES, NULL } }, 2,
	       show_people);
	lookup_range(x, 0, (desk_page_of(x) - 1) * EACH, EACH);
}

/* ---- meetings ---------------------------------------------------------------------------------------- */

static void put_body(const struct page_reader *to, json_t *one, const json_t *row)
{
	desk_put_thing(to, one, "thing", desk_text(row, "body"));
	desk_put_short(to, one, "next_meeting", json_object_get(row, "next_meeting"));
	desk_put_short(to, one, "next_papers", json_object_get(row, "next_papers"));
	page_put_count(one, "meetings",
		       (size_t)json_integer_value(json_object_get(row, "meetings")));
	page_put_count(one, "deadlines",
		       (size_t)json_integer_value(json_object_get(row, "deadlines")));
}

static void put_meeting(const struct page_reader *to, json_t *one, const json_t *row)
{
	json_t *due = json_array();
	const json_t *id;
	size_t i;

	desk_put_thing(to, one, "thing", desk_text(row, "body"));
	desk_put_short(to, one, "from", json_object_get(row, "from"));
	if (!json_equal(json_object_get(row, "from"), json_object_get(row, "until")))
		desk_put_short(to, one, "until", json_object_get(row, "until"));
	page_put(one, "place", desk_text(row, "place"));
	desk_put_short(to, one, "papers", json_object_get(row, "papers"));
	desk_put_short(to, one, "papers_late", json_object_get(row, "papers_late"));
	json_array_foreach (json_object_get(row, "deadlines"), i, id)
		desk_put_thing(to, desk_add(due), "thing", json_string_value(id));
	page_put_flag(one, "any_due", json_array_size(due) > 0);
	json_object_set_new(one, "due", due);
}

static void show_meetings(struct web *w, struct exchange *x, json_t *const answers[],
			  const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	json_t *view = why ? NULL : page_new_signed_in(&to, x, DESK_CALENDAR);

	desk_put_rows(&to, view, "bodies", answers[0], put_body);
	page_put_flag(view, "any_meetings",
		      desk_put_rows(&to, view, "meetings", answers[1], put_meeting) > 0);
	page_send(x, &to, 200, PAGE_DESK_MEETINGS, view);
}

void desk_meetings(struct web *w, struct exchange *x)
{
	(void)w;
	lookup(x, (const struct question[]){ { QUERY_BODIES, NULL }, { QUERY_MEETINGS, NULL } }, 2,
	       show_meetings);
}
