/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /desk/forecast: every message of a month, as a list by day, or counted in a calendar of its weeks whose days lead to
 * the list. Both are the rows of `forecast`.
 */
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "web/desk/desk.h"

#define EACH 200
#define ITEMS_SHOWN 8 /* of a message */

const struct field_rule desk_forecast_query[] = {
	{ "month", 7 },
	{ "view", 8 },
	{ "page", 6 },
	{ NULL },
};

struct month {
	int year, month;
};

/* The one that is asked for, or this one; false: what is asked for is none. */
static bool month_of(const struct page_reader *to, const struct exchange *x, struct month *ret)
{
	const char *asked = desk_asked(x, "month");
	int day;

	if (!asked[0])
		civil_to_ymd(zone_date(to->now), &ret->year, &ret->month, &day);
	else if (civil_parse_month(asked, &ret->year, &ret->month) != 0)
		return false;
	return ret->year >= CALENDAR_FIRST_YEAR && ret->year <= CALENDAR_LAST_YEAR;
}

static bool is_calendar(const struct exchange *x)
{
	return strcmp(desk_asked(x, "view"), "calendar") == 0;
}

/* "2026-05" of the month so many away. */
static void put_month(json_t *view, const char *name, struct month m, int away)
{
	const int months = m.year * 12 + m.month - 1 + away;
	char text[24];

	snprintf(text, sizeof(text), "%04d-%02d", months / 12, months % 12 + 1);
	page_put(view, name, text);
}

/* ---- the list --------------------------------------------------------------------------------------- */

static void put_items(const struct page_reader *to, json_t *one, const json_t *row)
{
	json_t *items = json_array();
	const json_t *item;
	size_t i;

	json_array_foreach (json_object_get(row, "items"), i, item) {
		const char *measure = desk_text(item, "measure");
		const char *deadline = desk_text(item, "deadline");
		json_t *about;

		if (i >= ITEMS_SHOWN)
			break;
		about = desk_add(items);
		desk_put_thing(to, about, "thing",
			       measure[0]    ? measure
			       : deadline[0] ? deadline
					     : desk_text(item, "person"));
		if (measure[0])
			desk_put_thing(to, about, "of", deadline);
		desk_put_step(to, about, item);
	}
	json_object_set_new(one, "items", items);
	i = json_array_size(json_object_get(row, "items"));
	page_put_count(one, "more", i > ITEMS_SHOWN ? i - ITEMS_SHOWN : 0);
}

static void put_list(const struct page_reader *to, json_t *view, json_t *const rows)
{
	json_t *days = json_array(), *day = NULL;
	char last[CIVIL_TEXT] = "";
	const json_t *row;
	size_t i;

	json_object_set_new(view, "days", days);
	json_array_foreach (rows, i, row) {
		const char *when = desk_text(row, "when");
		char date[CIVIL_TEXT], clock[6];
		json_t *one;

		snprintf(date, sizeof(date), "%.10s", when);
		if (strcmp(date, last) != 0) {
			json_t *text = json_string(date);

			day = desk_add(days);
			desk_put_when(to, day, "day", text);
			page_put(day, "date", date);
			json_object_set_new(day, "rows", json_array());
			json_decref(text);
			strcpy(last, date);
		}
		one = desk_add(json_object_get(day, "rows"));
		snprintf(clock, sizeof(clock), "%.5s", strlen(when) > 11 ? when + 11 : "");
		page_put(one, "at", clock);
		desk_put_who(to, one, "who", desk_text(row, "to"));
		desk_put_kind(one, "kind", desk_text(row, "kind"));
		put_items(to, one, row);
	}
}

/* ---- the calendar ------------------------------------------------------------------------------------ */

/* What the kinds of a day's messages are called, each with its count. */
static void count_row(json_t *day, const json_t *row)
{
	const char *kind = desk_text(row, "kind");
	json_t *counts = json_object_get(day, "by_kind");
	const json_int_t before = json_integer_value(json_object_get(counts, kind));

	json_object_set_new(counts, kind, json_integer(before + 1));
}

static void put_counts(json_t *cell, const json_t *day)
{
	json_t *list = json_array();
	json_int_t total = 0;
	const char *kind;
	json_t *count;

	json_object_foreach (json_object_get(day, "by_kind"), kind, count) {
		json_t *one = desk_add(list);

		desk_put_kind(one, "kind", kind);
		page_put_count(one, "count", (size_t)json_integer_value(count));
		total += json_integer_value(count);
	}
	page_put_flag(cell, "any", total > 0);
	json_object_set_new(cell, "counts", list);
}

static void put_cell(const struct page_reader *to, json_t *cells, struct civil_date d,
		     const json_t *days)
{
	const struct calendar *c = to->web->engine->plan->calendar;
	json_t *cell = desk_add(cells);
	char date[CIVIL_TEXT], number[8];
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	snprintf(number, sizeof(number), "%d", day);
	page_put(cell, "number", number);
	page_put(cell, "date", civil_format(d, date));
	page_put_day(to, cell, "day", d);
	page_put_flag(cell, "closed", !calendar_is_workday(c, d));
	page_put_flag(cell, "today", civil_equal(d, zone_date(to->now)));
	put_counts(cell, json_object_get(days, date));
}

static void put_calendar(const struct page_reader *to, json_t *view, json_t *const rows,
			 struct month m)
{
	const struct civil_date first = civil_from_ymd(m.year, m.month, 1);
	const struct civil_date end = civil_add(first, civil_month_days(m.year, m.month));
	struct civil_date d = civil_add(first, -(int)civil_weekday(first));
	json_t *weeks = json_array(), *days = json_object();
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		char date[CIVIL_TEXT];

		snprintf(date, sizeof(date), "%.10s", desk_text(row, "when"));
		if (!json_object_get(days, date))
			json_object_set_new(days, date, json_pack("{s{}}", "by_kind"));
		count_row(json_object_get(days, date), row);
	}
	while (civil_compare(d, end) < 0) {
		json_t *cells = json_array(), *week = desk_add(weeks);

		json_object_set_new(week, "cells", cells);
		for (int n = 0; n < 7; n++, d = civil_add(d, 1)) {
			if (civil_compare(d, first) < 0 || civil_compare(d, end) >= 0)
				page_put_flag(desk_add(cells), "outside", true);
			else
				put_cell(to, cells, d, days);
		}
	}
	json_decref(days);
	json_object_set_new(view, "weeks", weeks);
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static void show(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const char *const pairs[] = { "month", desk_asked(x, "month"), NULL };
	const size_t total = lookup_total(x, 0);
	char name[CATALOGUE_DATE];
	struct month m;
	json_t *view;

	if (why || !month_of(&to, x, &m)) {
		exchange_not_found(x);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_FORECAST);
	page_put(view, "month_name", catalogue_month(to.language, m.year, m.month, name));
	put_month(view, "month", m, 0);
	put_month(view, "month_before", m, -1);
	put_month(view, "month_after", m, 1);
	page_put_flag(view, "as_calendar", is_calendar(x));
	page_put_count(view, "count", total);
	page_put_flag(view, "several", total > 1);
	if (is_calendar(x)) {
		put_calendar(&to, view, answers[0], m);
		page_put_flag(view, "cut", total > LOOKUP_ROWS);
	} else {
		put_list(&to, view, answers[0]);
		desk_put_pages(x, view, total, EACH, pairs);
	}
	page_send(x, &to, 200, PAGE_DESK_FORECAST, view);
}

void desk_forecast(struct web *w, struct exchange *x)
{
	const struct page_reader to = desk_reader(w, x);
	char text[24];
	struct month m;

	if (!month_of(&to, x, &m)) {
		exchange_not_found(x);
		return;
	}
	snprintf(text, sizeof(text), "%04d-%02d", m.year, m.month);
	desk_ask(x, QUERY_FORECAST, json_pack("{ss}", "month", text), show);
	if (!is_calendar(x))
		lookup_range(x, 0, (desk_page_of(x) - 1) * EACH, EACH);
}
