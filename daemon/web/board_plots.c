/* SPDX-License-Identifier: Apache-2.0 */
/* What is drawn of the board, and what the drawings say in words. All figures are the query's. */
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "web/board_inside.h"

#define BARS_STEPS 3
#define COURSE_SHOWN 4	   /* statuses in words, the newest */
#define COURSE_STATUSES 24 /* more than the query has are none */
#define SPAN_DAYS 365	   /* that strips show at most */
#define SPAN_LEAST 30

static const char *const figures[PLOT_SERIES] = {
	[PLOT_PLANNED] = "effect_planned",
	[PLOT_ACHIEVED] = "effect_achieved",
	[PLOT_FORECAST] = "effect_forecast",
};

void board_draw(json_t *object, const char *name, char *svg)
{
	page_put(object, name, svg);
	free(svg);
}

/* ---- effects ------------------------------------------------------------------------------------ */

bool board_has_effect(const json_t *row)
{
	for (size_t i = 0; i < PLOT_SERIES; i++)
		if (board_amount(row, figures[i]).given)
			return true;
	return false;
}

struct plot_scale board_scale(const json_t *rows)
{
	int64_t least = 0, most = 0;
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		for (size_t k = 0; k < PLOT_SERIES; k++) {
			const struct optional amount = board_amount(row, figures[k]);

			if (amount.given && amount.value < least)
				least = amount.value;
			if (amount.given && amount.value > most)
				most = amount.value;
		}
	return plot_scale(least, most, BARS_STEPS);
}

void board_put_bars(const struct page_reader *to, json_t *measure, const json_t *row,
		    struct plot_scale scale)
{
	const struct catalogue_effects effects = {
		.planned = board_amount(row, figures[PLOT_PLANNED]),
		.achieved = board_amount(row, figures[PLOT_ACHIEVED]),
		.forecast = board_amount(row, figures[PLOT_FORECAST]),
	};
	char title[CATALOGUE_PLOT];
	struct plot_bars bars = { .scale = scale, .title = title };

	if (!board_has_effect(row))
		return;
	catalogue_effects(to->language, &effects, title);
	for (size_t i = 0; i < PLOT_SERIES; i++)
		bars.values[i] = board_amount(row, figures[i]);
	board_draw(measure, "bars", plot_bars(&bars));
}

/* ---- the year ----------------------------------------------------------------------------------- */

static void put_amount(const struct page_reader *to, json_t *object, const char *name,
		       struct optional amount)
{
	char text[CATALOGUE_AMOUNT];

	page_put(object, name,
		 amount.given ? catalogue_millions(to->language, amount.value, text) : "–");
}

/* A row of its table: a month of which there is something to tell. */
static void add_month(const struct page_reader *to, json_t *months, const json_t *told,
		      bool by_month)
{
	const int month = (int)json_integer_value(json_object_get(told, "month"));
	static const char *const cells[PLOT_SERIES] = { "planned", "achieved", "forecast" };
	char number[12];
	json_t *row = json_object();

	snprintf(number, sizeof(number), "%d", month);
	page_put(row, "month", number);
	page_put(row, "name", catalogue_month_name(to->language, month));
	page_put_flag(row, "full_year",
		      !board_amount(told, figures[PLOT_FORECAST]).given &&
			      !board_amount(told, figures[PLOT_ACHIEVED]).given && !by_month);
	page_put_count(row, "forecasts",
		       (size_t)json_integer_value(json_object_get(told, "forecasts")));
	for (size_t i = 0; i < PLOT_SERIES; i++) {
		put_amount(to, row, cells[i], board_amount(told, figures[i]));
		board_put_raw(row, figures[i], board_amount(told, figures[i]));
	}
	json_array_append_new(months, row);
}

/* What the lines end in. */
static void describe(const struct page_reader *to, const struct plot_year *year, int last,
		     char out[static CATALOGUE_PLOT])
{
	const struct catalogue_effects effects = {
		.planned = year->values[PLOT_PLANNED][PLOT_MONTHS - 1],
		.achieved = year->values[PLOT_ACHIEVED][last],
		.forecast = year->values[PLOT_FORECAST][last],
	};

	catalogue_year(to->language, &effects, catalogue_month_name(to->language, last + 1), out);
}

static void put_lines(json_t *view)
{
	board_draw(view, "line_planned", plot_key_line(PLOT_PLANNED));
	board_draw(view, "line_achieved", plot_key_line(PLOT_ACHIEVED));
	board_draw(view, "line_forecast", plot_key_line(PLOT_FORECAST));
}

void board_put_year(const struct page_reader *to, json_t *view, const json_t *board)
{
	char title[CATALOGUE_PLOT], description[CATALOGUE_PLOT];
	struct plot_year year = {
		.language = to->language, .id = "year", .title = title, .description = description
	};
	json_t *months = json_array();
	const json_t *told;
	int last = -1;
	size_t i;

	json_array_foreach (json_object_get(board, "over_year"), i, told) {
		if (i == PLOT_MONTHS)
			break;
		for (size_t k = 0; k < PLOT_SERIES; k++)
			year.values[k][i] = board_amount(told, figures[k]);
		if (year.values[PLOT_FORECAST][i].given)
			last = (int)i;
		if (board_has_effect(told))
			add_month(to, months, told, year.values[PLOT_PLANNED][0].given);
	}
	json_object_set_new(view, "months", months);
	if (last < 0)
		return;
	page_put_flag(view, "planned_by_month", year.values[PLOT_PLANNED][0].given);
	/* Of a plan without months the year's is a line to be reached. */
	if (!year.values[PLOT_PLANNED][0].given)
		for (i = 0; i < PLOT_MONTHS; i++)
			year.values[PLOT_PLANNED][i] = year.values[PLOT_PLANNED][PLOT_MONTHS - 1];
	catalogue_year_title(to->language, (int)json_integer_value(json_object_get(board, "year")),
			     title);
	describe(to, &year, last, description);
	board_draw(view, "year_plot", plot_year(&year));
	put_lines(view);
}

void board_put_keys(json_t *view)
{
	board_draw(view, "patterns", plot_patterns());
	board_draw(view, "key_planned", plot_key_bar(PLOT_PLANNED));
	board_draw(view, "key_achieved", plot_key_bar(PLOT_ACHIEVED));
	board_draw(view, "key_forecast", plot_key_bar(PLOT_FORECAST));
}

/* ---- statuses ----------------------------------------------------------------------------------- */

/* From the first of what was said on, a year back at most; a month at least, so that a day is no line. */
struct plot_span board_span(const json_t *rows, struct instant now)
{
	struct plot_span span = { .until = zone_date(now) };
	const struct civil_date year_ago = civil_add(span.until, -SPAN_DAYS);
	const json_t *row;
	size_t i;

	span.from = civil_add(span.until, -SPAN_LEAST);
	json_array_foreach (rows, i, row) {
		const struct civil_date first =
			board_day(json_array_get(json_object_get(row, "statuses"), 0), "at");

		if (!civil_is_none(first) && civil_compare(first, span.from) < 0)
			span.from = first;
	}
	if (civil_compare(span.from, year_ago) < 0)
		span.from = year_ago;
	return span;
}

static void put_words(const struct page_reader *to, json_t *measure, const json_t *statuses)
{
	const size_t count = json_array_size(statuses);
	const size_t from = count > COURSE_SHOWN ? count - COURSE_SHOWN : 0;
	json_t *course = json_array();

	for (size_t i = from; i < count; i++) {
		const json_t *status = json_array_get(statuses, i);
		const struct civil_date on = board_day(status, "at");
		char day[CATALOGUE_DATE];
		json_t *one = json_object();

		if (!civil_is_none(on))
			page_put(one, "day", catalogue_day(to->language, on, day));
		page_put(one, "words", board_words(to->language, status));
		json_array_append_new(course, one);
	}
	json_object_set_new(measure, "course", course);
	page_put_flag(measure, "any_course", count > 0);
	page_put_count(measure, "earlier", from);
}

/* The day from which on it stood so, on the strip: what did from the start began with it. */
static struct civil_date place_on(struct plot_span span, const json_t *status)
{
	const struct civil_date on = board_day(status, "at");

	return civil_is_none(on) ? span.from : on;
}

void board_put_course(const struct page_reader *to, json_t *measure, const json_t *row,
		      struct plot_span span)
{
	const json_t *statuses = json_object_get(row, "statuses"), *status, *last;
	struct plot_change changes[COURSE_STATUSES];
	struct catalogue_course course = { NULL };
	char title[CATALOGUE_PLOT];
	struct plot_strip strip = { span, changes, 0, title };
	size_t i;

	json_array_foreach (statuses, i, status)
		if (strip.count < COURSE_STATUSES)
			changes[strip.count++] = (struct plot_change){
				place_on(span, status),
				event_status_parse(board_text(status, "status")),
			};
	last = json_array_get(statuses,
			      json_array_size(statuses) - (json_array_size(statuses) > 0));
	if (last)
		course = (struct catalogue_course){ board_words(to->language, last),
						    board_day(last, "at"),
						    json_array_size(statuses) - 1 };
	catalogue_course(to->language, &course, title);
	board_draw(measure, "strip", plot_strip(&strip));
	put_words(to, measure, statuses);
}
