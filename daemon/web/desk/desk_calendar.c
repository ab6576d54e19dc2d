/* SPDX-License-Identifier: Apache-2.0 */
/* /desk/calendar: a year's follow-ups, month by month: papers dates, meetings, and how many messages each month that is
 * ahead will bring. The rows of `calendar`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "web/desk/desk.h"

const struct field_rule desk_calendar_query[] = { { "year", 4 }, { NULL } };

/* 0: what is asked for is no year. */
static int year_of(const struct page_reader *to, const struct exchange *x)
{
	const char *asked = desk_asked(x, "year");
	const int year = asked[0] ? atoi(asked) : zone_year(to->now);

	return strspn(asked, "0123456789") == strlen(asked) && year >= CALENDAR_FIRST_YEAR &&
			       year <= CALENDAR_LAST_YEAR
		       ? year
		       : 0;
}

static void put_year(json_t *view, const char *name, int year)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", year);
	page_put(view, name, text);
}

static void put_row(const struct page_reader *to, json_t *month, const json_t *row)
{
	const char *what = desk_text(row, "what");
	json_t *one;

	if (strcmp(what, "messages") == 0) {
		page_put_count(month, "messages",
			       (size_t)json_integer_value(json_object_get(row, "count")));
		return;
	}
	one = desk_add(json_object_get(month, "rows"));
	desk_put_kind(one, "what", what);
	desk_put_short(to, one, "date", json_object_get(row, "date"));
	page_put(one, "coming",
		 strcmp(desk_text(row, "state"), "coming") == 0 ? desk_text(row, "title") : NULL);
	if (!json_object_get(one, "coming"))
		desk_put_thing(to, one, "thing",
			       desk_text(row, strcmp(what, "meeting") ? "deadline" : "body"));
	desk_put_kind(one, "state", desk_text(row, "state"));
	page_put_flag(one, "provisional", json_is_true(json_object_get(row, "provisional")));
	page_put(one, "place", desk_text(row, "place"));
	if (!json_equal(json_object_get(row, "date"), json_object_get(row, "due")))
		desk_put_short(to, one, "due", json_object_get(row, "due"));
	page_put_flag(month, "any", true);
}

static void put_months(const struct page_reader *to, json_t *view, json_t *const rows, int year)
{
	json_t *months = json_array();
	const json_t *row;
	size_t i;

	for (int month = 1; month <= 12; month++) {
		json_t *one = desk_add(months);
		char text[CATALOGUE_DATE];

		page_put(one, "name", catalogue_month(to->language, year, month, text));
		snprintf(text, sizeof(text), "%04d-%02d", year, month);
		page_put(one, "month", text);
		json_object_set_new(one, "rows", json_array());
	}
	json_array_foreach (rows, i, row) {
		const char *date = desk_text(row, "date");
		const int month = strlen(date) > 7 ? atoi(date + 5) : 0;

		if (month >= 1 && month <= 12)
			put_row(to, json_array_get(months, (size_t)month - 1), row);
	}
	json_object_set_new(view, "months", months);
}

static void show(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const int year = year_of(&to, x);
	json_t *view;

	if (why) {
		exchange_not_found(x);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_CALENDAR);
	put_year(view, "year", year);
	put_year(view, "year_before", year - 1);
	put_year(view, "year_after", year + 1);
	put_months(&to, view, answers[0], year);
	page_put_flag(view, "cut", lookup_total(x, 0) > LOOKUP_ROWS);
	page_send(x, &to, 200, PAGE_DESK_CALENDAR, view);
}

void desk_calendar(struct web *w, struct exchange *x)
{
	const struct page_reader to = desk_reader(w, x);
	const int year = year_of(&to, x);
	char from[16], until[16];

	if (!year) {
		exchange_not_found(x);
		return;
	}
	snprintf(from, sizeof(from), "%04d-01-01", year);
	snprintf(until, sizeof(until), "%04d-12-31", year);
	desk_ask(x, QUERY_CALENDAR, json_pack("{ss ss}", "from", from, "until", until), show);
}
