/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/zone.h"
#include "message/catalogue.h"

#define PAIRS_MAX 8
#define PAGE_MOST 100000 /* nobody asks for such a page */

struct page_reader desk_reader(struct web *w, const struct exchange *x)
{
	return page_reader(w, x, exchange_signed_in(x)->person, clock_now());
}

const char *desk_asked(const struct exchange *x, const char *name)
{
	const char *value = fields_value(&exchange_request(x)->asked, name);

	return value ? value : "";
}

void desk_ask(struct exchange *x, enum request which, json_t *params, looked_up_fn *then)
{
	lookup(x, &(struct question){ which, params }, 1, then);
	json_decref(params);
}

/* ---- values of rows ------------------------------------------------------------------------------- */

const char *desk_text(const json_t *row, const char *member)
{
	const char *text = json_string_value(json_object_get(row, member));

	return text ? text : "";
}

void desk_put_when(const struct page_reader *to, json_t *object, const char *name,
		   const json_t *value)
{
	const char *text = json_string_value(value);
	struct civil_date day;
	struct instant at;

	if (text && civil_parse(text, &day) == 0)
		page_put_day(to, object, name, day);
	else if (text && rfc3339_parse(text, &at) == 0)
		page_put_instant(to, object, name, at);
	else
		page_put(object, name, text); /* a meeting whose day is not known */
}

void desk_put_short(const struct page_reader *to, json_t *object, const char *name,
		    const json_t *value)
{
	const struct civil_date today = zone_date(to->now);
	const char *text = json_string_value(value);
	char out[CATALOGUE_DATE];
	struct civil_date day;
	struct time_of_day time = TIME_OF_DAY_NONE;
	struct instant at;

	if (text && civil_parse(text, &day) != 0) {
		if (rfc3339_parse(text, &at) != 0) {
			page_put(object, name, text);
			return;
		}
		zone_civil(at, &day, &time);
	}
	if (text) {
		catalogue_short(to->language, day, today, out);
		page_put(object, name, catalogue_add_time(to->language, time, out));
	}
}

void desk_put_step(const struct page_reader *to, json_t *one, const json_t *row)
{
	const json_int_t repeated = json_integer_value(json_object_get(row, "repetition"));
	const char *step = desk_text(row, "step");
	char words[CATALOGUE_STEP], times[CATALOGUE_TIME];
	char all[CATALOGUE_STEP + CATALOGUE_TIME + 2];
	struct offset offset;

	if (!step[0] || offset_parse(step, &offset) != 0)
		return;
	catalogue_step(to->language, offset, false, words);
	if (repeated > 0)
		snprintf(all, sizeof(all), "%s, %s", words,
			 catalogue_time(to->language, (size_t)repeated + 1, times));
	page_put(one, "step", repeated > 0 ? all : words);
}

json_t *desk_add(json_t *array)
{
	json_t *one = json_object();

	return json_array_append_new(array, one) < 0 ? NULL : one;
}

/* A list of one, to be filled. */
static json_t *put_one(json_t *object, const char *name)
{
	json_t *list = json_array();

	return json_object_set_new(object, name, list) < 0 ? NULL : desk_add(list);
}

size_t desk_put_rows(const struct page_reader *to, json_t *view, const char *name,
		     const json_t *rows, desk_row_fn *put)
{
	json_t *list = json_array();
	const json_t *row;
	size_t i;

	if (json_object_set_new(view, name, list) < 0)
		return 0;
	json_array_foreach (rows, i, row)
		put(to, desk_add(list), row);
	return json_array_size(rows);
}

static const char *title_of(const struct plan *plan, const char *id)
{
	const struct measure *m = plan_measure(plan, measure_id(id));
	const struct deadline *d = plan_deadline(plan, deadline_id(id));
	const struct assignment *a = plan_assignment(plan, assignment_id(id));
	const struct body *b = plan_body(plan, body_id(id));
	const struct person *p = plan_person(plan, person_id(id));

	return m ? m->title : d ? d->title : a ? a->title : b ? b->name : p ? p->name : NULL;
}

void desk_put_thing(const struct page_reader *to, json_t *object, const char *name, const char *id)
{
	json_t *one = id[0] ? put_one(object, name) : NULL;

	if (!one)
		return;
	page_put(one, "item", id);
	page_put_id(to, one, "id", id);
	page_put(one, "title", title_of(to->web->engine->plan, id));
}

/* A channel's messages go to nobody: its name alone. */
void desk_put_who(const struct page_reader *to, json_t *object, const char *name, const char *id)
{
	static const char channel[] = "channel:";
	const struct person *p = plan_person(to->web->engine->plan, person_id(id));
	const bool is_channel = strncmp(id, channel, strlen(channel)) == 0;
	json_t *one = id[0] ? put_one(object, name) : NULL;

	if (!one)
		return;
	page_put(one, "person", p ? id : NULL);
	page_put(one, "name", p ? p->name : is_channel ? id + strlen(channel) : id);
}

void desk_put_kind(json_t *object, const char *prefix, const char *value)
{
	char name[80];

	if (!value || !value[0])
		return;
	snprintf(name, sizeof(name), "%s_%s", prefix, value);
	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	page_put_flag(object, name, true);
}

/* What a date says of a measure of which nothing was ever reported; NULL: nothing. */
static const char *date_words(const struct page_reader *to, const json_t *row)
{
	const json_t *reasons = json_object_get(row, "light_reasons"), *reason;
	size_t i;

	json_array_foreach (reasons, i, reason) {
		const bool past = strcmp(json_string_value(reason), "past") == 0;

		if (past || strcmp(json_string_value(reason), "near") == 0)
			return catalogue_paper(to->language,
					       past ? PAPER_WORD_PAST : PAPER_WORD_NEAR);
	}
	return NULL;
}

void desk_put_status(const struct page_reader *to, json_t *object, const json_t *row)
{
	const char *light = desk_text(row, "light"), *status = desk_text(row, "status");
	const char *closed = desk_text(json_object_get(row, "closed"), "as");

	if (closed[0])
		status = strcmp(closed, "struck") == 0 ? "struck" : "done";
	else if (json_is_true(json_object_get(row, "done_by_owner")))
		status = strcmp(status, "cancelled") == 0 ? "cancelled-by-owner" : "done-by-owner";
	if (!status[0] && strcmp(light, "green") == 0)
		light = ""; /* it would be read as what was reported */
	page_put(object, "status",
		 status[0] ? catalogue_word(to->language, status) : date_words(to, row));
	desk_put_kind(object, "light", light);
	page_put(object, "light", light[0] ? catalogue_word(to->language, light) : NULL);
}

void desk_put_asked(const struct page_reader *to, json_t *object, const json_t *row)
{
	const json_int_t asked = json_integer_value(json_object_get(row, "asked"));
	char words[CATALOGUE_NUMBER];

	page_put_flag(object, "asked_never", asked == 0);
	page_put_flag(object, "asked_once", asked == 1);
	if (asked > 1)
		page_put(object, "asked_times",
			 catalogue_number(to->language, (size_t)asked, words));
	desk_put_short(to, object, "last_asked", json_object_get(row, "last_asked"));
}

/* ---- links ------------------------------------------------------------------------------------------ */

char *desk_query(const char *const pairs[])
{
	struct buffer out __attribute__((cleanup(buffer_done))) = { NULL };
	int r = 0;

	for (; r == 0 && pairs[0]; pairs += 2) {
		if (!pairs[1] || !pairs[1][0])
			continue;
		r = buffer_add_text(&out, out.length ? "&" : "?");
		if (r == 0)
			r = buffer_add_text(&out, pairs[0]);
		if (r == 0)
			r = buffer_add_text(&out, "=");
		if (r == 0)
			r = fields_escape(&out, pairs[1]);
	}
	return r == 0 ? buffer_take(&out) : NULL;
}

size_t desk_page_of(const struct exchange *x)
{
	const char *text = desk_asked(x, "page");
	const long page = strspn(text, "0123456789") == strlen(text) ? atol(text) : 1;

	return page >= 1 && page <= PAGE_MOST ? (size_t)page : 1;
}

static void put_page_link(json_t *view, const char *name, size_t page, const char *const pairs[])
{
	const char *all[2 * PAIRS_MAX + 3];
	char number[24];
	char *query;
	size_t n = 0;

	for (; pairs[n] && n < 2 * PAIRS_MAX; n++)
		all[n] = pairs[n];
	snprintf(number, sizeof(number), "%zu", page);
	all[n++] = "page";
	all[n++] = number;
	all[n] = NULL;
	query = desk_query(all);
	page_put(view, name, query);
	free(query);
}

void desk_put_pages(const struct exchange *x, json_t *view, size_t total, size_t each,
		    const char *const pairs[])
{
	const size_t pages = (total + each - 1) / each, page = desk_page_of(x);

	if (pages < 2)
		return;
	page_put_count(view, "page", page);
	page_put_count(view, "pages", pages);
	if (page > 1)
		put_page_link(view, "before", page - 1 < pages ? page - 1 : pages, pairs);
	if (page < pages)
		put_page_link(view, "after", page + 1, pairs);
}
