/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The desk's reading pages: what they share. Each asks the client's own queries (web/lookup.h) and makes its view of
 * their rows, so that a figure is the same on a page and in a terminal; names and titles come from the plan.
 *
 * In a view a thing of the plan is a list of one, {item, id, title}, so that its template can say it in one partial,
 * page_thing.html; a person likewise, {person, name}: page_who.html.
 */
#pragma once
#include "web/lookup.h"
#include "web/page.h"

handler_fn desk_today, desk_items, desk_item, desk_forecast, desk_calendar, desk_outbox,
	desk_message, desk_hold, desk_people, desk_meetings, desk_requests;
/* /desk/do, an act from its form to what would follow, and done; /desk/done, what one has just recorded. */
handler_fn desk_act, desk_done;
/* What may stand behind the "?" of their paths, and in their forms. */
extern const struct field_rule desk_items_query[], desk_item_query[], desk_forecast_query[],
	desk_calendar_query[], desk_outbox_query[], desk_message_query[], desk_outbox_fields[],
	desk_hold_fields[], desk_people_query[], desk_act_query[], desk_act_fields[],
	desk_done_query[];

/* What can be done with the thing of this id: the view's `acts`, which page_acts.html shows. */
void act_links_put(const struct page_reader *to, json_t *view, const char *id);

/* Whom the page is for, in their language. */
struct page_reader desk_reader(struct web *w, const struct exchange *x);
/* What stands behind the "?": "" when it does not. */
const char *desk_asked(const struct exchange *x, const char *name);
/* A question without parameters, or with those of a pack of jansson's; the caller frees params. */
void desk_ask(struct exchange *x, enum request which, json_t *params, looked_up_fn *then);

/* A member of a row that is text; "" when it is none. */
const char *desk_text(const json_t *row, const char *member);
/* A date or an instant of a row, in words; nothing for null. */
void desk_put_when(const struct page_reader *to, json_t *object, const char *name,
		   const json_t *value);
/* The same for a table: "fre 15 maj", with its year where that is not this one; "fre 15 maj 08.00". */
void desk_put_short(const struct page_reader *to, json_t *object, const char *name,
		    const json_t *value);
/* {item, id, title} of what has this id, {person, name} of who has; nothing for "". */
void desk_put_thing(const struct page_reader *to, json_t *object, const char *name, const char *id);
void desk_put_who(const struct page_reader *to, json_t *object, const char *name, const char *id);
/* The flag prefix_value, as "state_late"; a "-" of the value becomes "_". Nothing for "". */
void desk_put_kind(json_t *object, const char *prefix, const char *value);
/* A status and a light as words and flags: `status`, light_green and so on, `light`. */
void desk_put_status(const struct page_reader *to, json_t *object, const json_t *row);
/* How often it was asked, and when last: asked_never, asked_once or asked_times, last_asked. */
void desk_put_asked(const struct page_reader *to, json_t *object, const json_t *row);
/* A row's step, "+3wd", as `step`: "tre arbetsdagar efter sista dagen, för tredje gången", when it is not the first;
 * a promise's reminder has another name, and no such words. */
void desk_put_step(const struct page_reader *to, json_t *object, const json_t *row);
/* Add to an array, or drop when there is no memory. */
json_t *desk_add(json_t *array);
/* Put a list in the view, of an object for each row, which `put` fills. How many there are. */
typedef void desk_row_fn(const struct page_reader *to, json_t *one, const json_t *row);
size_t desk_put_rows(const struct page_reader *to, json_t *view, const char *name,
		     const json_t *rows, desk_row_fn *put);

/* The query of a link, "?search=f%C3%A4rre&page=2": pairs of name and value, ended by NULL; those with a value of ""
 * or NULL are left out. Of a page's number, desk_page_link. The caller frees it; NULL: no memory. */
char *desk_query(const char *const pairs[]);

/* A page of many: which one is asked for, from 1. */
size_t desk_page_of(const struct exchange *x);
/* `page`, `pages`, `before`, `after` (queries of links) of a list of total rows, so many a page, where there are
 * several pages. */
void desk_put_pages(const struct exchange *x, json_t *view, size_t total, size_t each,
		    const char *const pairs[]);
