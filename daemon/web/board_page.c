/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The board's page is made of one row of the query board, so that it shows no figure that the client doesn't. What
 * it is of stands behind the "?"; with nothing there it is the one follow-up that there is, or with several
 * the list of what there is.
 *
 * A link for readers is of a person too, and ends when they leave the plan: it shows the same, without the frame of
 * who is signed in.
 */
#include "web/board_page.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "web/board_inside.h"
#include "web/lookup.h"

#define ROWS_DIGITS 7 /* of the first row asked for */

const struct field_rule board_rules[] = {
	{ "of", ITEM_ID },
	{ "from", ROWS_DIGITS },
	{ NULL },
};

/* ---- for whom ----------------------------------------------------------------------------------- */

static bool is_by_link(const struct exchange *x)
{
	return exchange_request(x)->token[0];
}

static struct page_reader reader_of(struct web *w, const struct exchange *x)
{
	const struct person *person =
		is_by_link(x) ? plan_person(w->engine->plan, person_id(exchange_link(x)->who))
			      : exchange_signed_in(x)->person;

	return page_reader(w, x, person, clock_now());
}

static json_t *new_view(const struct page_reader *to, const struct exchange *x)
{
	json_t *view;

	if (is_by_link(x))
		return page_new(to);
	view = page_new_signed_in(to, x, DESK_BOARD);
	page_put_flag(view, "by_session", true);
	return view;
}

static void show(struct exchange *x, const struct page_reader *to, enum page page, json_t *view,
		 int r)
{
	if (r < 0) {
		json_decref(view);
		view = NULL;
	}
	page_send(x, to, 200, page, view);
}

/* ---- one follow-up ------------------------------------------------------------------------------ */

static void show_one(struct web *w, struct exchange *x, json_t *const answers[],
		     const struct rejection *why)
{
	const struct page_reader to = reader_of(w, x);
	const json_t *board = why ? NULL : json_array_get(answers[0], 0);
	json_t *view;

	if (!board) {
		exchange_not_found(x);
		return;
	}
	view = new_view(&to, x);
	show(x, &to, PAGE_BOARD, view, board_put(&to, view, board));
}

/* Digits alone, from 1 on; 0: it is no number. */
static json_int_t number_of(const char *text)
{
	json_int_t number = 0;

	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return 0;
		number = number * 10 + (*text - '0');
	}
	return number;
}

static void ask_for(struct exchange *x, const char *of, const char *from)
{
	json_t *params = json_pack("{ss}", "of", of);

	if (params && from)
		json_object_set_new(params, "from", json_integer(number_of(from)));
	lookup(x, &(struct question){ QUERY_BOARD, params }, 1, show_one);
	json_decref(params);
}

/* ---- which there are ---------------------------------------------------------------------------- */

/* The one follow-up that there is, besides the bodies that it goes to; NULL: there are several. */
static const char *only_one(const json_t *rows)
{
	const char *only = NULL;
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		const char *what = board_text(row, "what");

		if (strcmp(what, "body") == 0)
			continue;
		if (only || strcmp(what, "deadline") != 0)
			return NULL;
		only = board_text(row, "id");
	}
	return only;
}

static void show_all(struct web *w, struct exchange *x, json_t *const answers[],
		     const struct rejection *why)
{
	const struct page_reader to = reader_of(w, x);
	const char *only = why ? NULL : only_one(answers[0]);
	json_t *view;

	if (why) {
		exchange_not_found(x);
		return;
	}
	if (only) {
		ask_for(x, only, NULL);
		return;
	}
	view = new_view(&to, x);
	show(x, &to, PAGE_BOARDS, view, boards_put(&to, view, answers[0]));
}

static void ask(struct exchange *x)
{
	const struct fields *asked = &exchange_request(x)->asked;
	const char *of = fields_value(asked, "of"), *from = fields_value(asked, "from");

	if (of)
		ask_for(x, of, from);
	else if (from)
		exchange_not_found(x);
	else
		lookup(x, &(struct question){ QUERY_BOARD, NULL }, 1, show_all);
}

/* ---- who asks ----------------------------------------------------------------------------------- */

void board_handle(struct web *w, struct exchange *x)
{
	(void)w;
	ask(x);
}

void board_handle_link(struct web *w, struct exchange *x)
{
	const struct page_reader to = reader_of(w, x);
	const bool expired = civil_compare(zone_date(to.now), exchange_link(x)->until) > 0;
	json_t *view;

	if (to.person && !expired) {
		ask(x);
		return;
	}
	view = page_new(&to);
	page_put_flag(view, to.person ? "board_expired" : "left", true);
	page_send(x, &to, 410, PAGE_ENDED, view);
}
