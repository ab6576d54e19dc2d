/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a board has besides a paper's rows. The effect over the year is added up of the rows that the paper's sums
 * are of, those with a plan and a forecast: its last month, the present one, is those sums. Before that a month
 * tells what had been reported by its end; as a row does, a figure that a status leaves out carries on, but not
 * into another year where the plan has effects by year.
 *
 * Once its paper is frozen the figures are the paper's, what is planned too, and all of this ends when that was. Of
 * a measure that has left the plan since, there is what the paper says of it, and not how that came about.
 *
 * The totals are of all rows, of which a page's worth leaves: the most pressing first.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/board.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"

struct board *board_free(struct board *board)
{
	if (board)
		json_decref(board->frozen);
	free(board);
	return NULL;
}

/* ---- how its status moved ----------------------------------------------------------------------- */

static json_t *status_json(const struct paper *p, const struct paper_measure *pm,
			   const struct uttered *said)
{
	json_t *json = json_pack("{so so}", "at", json_instant(said->time), "status",
				 json_status(said->status));

	paper_put_word(p, json, pm, said->status);
	return json;
}

/* Was it said before the paper was frozen, where it is? */
static bool is_told(const struct paper *p, const struct uttered *said)
{
	return !p->board->frozen || instant_is_none(said->time) ||
	       instant_compare(said->time, p->board->end) < 0;
}

/* Where it changed, oldest first. */
static json_t *statuses_of(const struct paper *p, const struct paper_measure *pm)
{
	const struct course *course = &p->past.course;
	json_t *list = json_array();

	for (size_t i = 0; i < course->count; i++) {
		if ((i > 0 && course->list[i].status == course->list[i - 1].status) ||
		    !is_told(p, &course->list[i]))
			continue;
		json_array_append_new(list, status_json(p, pm, &course->list[i]));
		if (json_array_size(list) > BOARD_STATUSES)
			json_array_remove(list, 0);
	}
	return list;
}

/* ---- the effect over the year ------------------------------------------------------------------- */

struct reported {
	struct optional achieved, forecast;
};

static struct optional amount_of(const json_t *row, const char *member)
{
	const json_t *value = json_object_get(row, member);

	return (struct optional){ json_is_integer(value), json_integer_value(value) };
}

static json_int_t whole_of(const json_t *part, const char *member)
{
	return json_integer_value(json_object_get(part, member));
}

/* What the row plans to have come by the end of a month, 1 to 12: what is of a whole year, by its end. The plan in
 * force may have come to say another thing since the paper was frozen. */
static int64_t planned_by(const json_t *row, int year, int month)
{
	const json_t *parts = json_object_get(row, "planned"), *part;
	int64_t sum = 0;
	size_t i;

	if (!parts)
		return month == MONTHS ? amount_of(row, "effect_planned").value : 0;
	json_array_foreach (parts, i, part) {
		const json_int_t of_month = whole_of(part, "month");

		if (whole_of(part, "year") == year && (of_month ? of_month : MONTHS) <= month)
			sum += whole_of(part, "amount");
	}
	return sum;
}

static bool is_by_month(const json_t *row, int year)
{
	const json_t *parts = json_object_get(row, "planned"), *part;
	size_t i;

	json_array_foreach (parts, i, part)
		if (whole_of(part, "year") == year && whole_of(part, "month") == 0)
			return false;
	return parts != NULL;
}

/* The last that was said of either before an instant, where anything was. */
static struct reported reported_by(const struct paper *p, const json_t *row, struct instant end)
{
	const bool by_year = json_object_get(row, "planned") != NULL;
	const struct instant begin = zone_midnight(civil_from_ymd(p->year, 1, 1));
	const struct course *course = &p->past.course;
	struct reported reported = { .achieved = { .given = false } };

	for (size_t i = 0; i < course->count; i++) {
		const struct uttered *said = &course->list[i];

		if (instant_compare(said->time, end) >= 0 || !is_told(p, said) ||
		    (by_year && instant_compare(said->time, begin) < 0))
			continue;
		if (said->achieved.given)
			reported.achieved = said->achieved;
		if (said->forecast.given)
			reported.forecast = said->forecast;
	}
	return reported;
}

static struct instant end_of_month(int year, int month)
{
	return zone_midnight(civil_from_ymd(year + month / MONTHS, month % MONTHS + 1, 1));
}

static void add_up(const struct paper *p, const json_t *row)
{
	struct board *b = p->board;

	b->of++;
	b->not_by_month += !is_by_month(row, p->year);
	for (size_t i = 0; i < MONTHS; i++) {
		const struct instant end = end_of_month(p->year, (int)i + 1);
		struct reported reported;

		b->months[i].planned += planned_by(row, p->year, (int)i + 1);
		if (i >= b->month_count)
			continue;
		reported = reported_by(p, row, end);
		/* What stands is what the row says. */
		if (civil_compare(b->as_of, zone_date(end)) < 0)
			reported = (struct reported){ amount_of(row, "effect_achieved"),
						      amount_of(row, "effect_forecast") };
		b->months[i].achieved += reported.achieved.value;
		b->months[i].achieved_of += reported.achieved.given;
		b->months[i].forecast += reported.forecast.value;
		b->months[i].forecast_of += reported.forecast.given;
	}
}

/* Is the row one of those that the paper's sums are of? */
static bool has_sums(const json_t *row)
{
	return json_is_integer(json_object_get(row, "deviation"));
}

int board_add_measure(struct inquiry *q, const struct paper_measure *pm, json_t *row)
{
	const struct paper *p = q->paper;
	const json_t *frozen = json_object_get(p->board->frozen, "rows");
	const json_t *told =
		frozen ? paper_find_row(frozen, row, json_array_size(q->measures)) : row;

	if (has_sums(told))
		add_up(p, told);
	return json_object_set_new(row, "statuses", statuses_of(p, pm)) < 0 ? -ENOMEM : 0;
}

void board_keep_courses(struct paper *p, json_t *frozen, const json_t *now)
{
	const json_t *rows = json_object_get(now, "rows");
	json_t *row;
	size_t i;

	p->past.course.count = 0; /* of the measure that was looked at last */
	json_array_foreach (json_object_get(frozen, "rows"), i, row) {
		const json_t *stands = paper_find_row(rows, row, i);

		if (stands)
			json_object_set(row, "statuses", json_object_get(stands, "statuses"));
		else if (has_sums(row))
			add_up(p, row);
	}
}

static json_t *if_any(size_t of, int64_t sum)
{
	return of ? json_integer(sum) : json_null();
}

/* A plan without months is told of the year alone, not spread over them. */
static json_t *over_year(const struct paper *p)
{
	const struct board *b = p->board;
	const bool by_month = !b->not_by_month;
	json_t *list = json_array();

	for (size_t i = 0; i < MONTHS && b->of; i++)
		json_array_append_new(
			list,
			json_pack("{si so so so sI}", "month", (int)i + 1, "effect_planned",
				  by_month || i + 1 == MONTHS ? json_integer(b->months[i].planned)
							      : json_null(),
				  "effect_achieved",
				  if_any(b->months[i].achieved_of, b->months[i].achieved),
				  "effect_forecast",
				  if_any(b->months[i].forecast_of, b->months[i].forecast),
				  "forecasts", (json_int_t)b->months[i].forecast_of));
	return list;
}

/* ---- by status ---------------------------------------------------------------------------------- */

/* What wants a reader's eye comes first. */
static const enum word pressing[] = {
	WORD_OFF_TRACK,
	WORD_AT_RISK,
	WORD_NO_DATA,
	WORD_NOT_STARTED,
	WORD_ON_TRACK,
	WORD_DONE_BY_OWNER,
	WORD_CANCELLED_BY_OWNER,
	WORD_DONE,
	WORD_CANCELLED,
	WORD_STRUCK,
};
#define PRESSING (sizeof(pressing) / sizeof(*pressing))

static size_t place_of(const json_t *row)
{
	const char *word = json_string_value(json_object_get(row, "word"));
	size_t place = 0;

	while (place < PRESSING && strcmp(word_name(pressing[place]), word) != 0)
		place++;
	return place;
}

/* Of each status that any row has: how many, and which. A row is in its place of the paper within them. */
static json_t *sort(json_t *rows, json_t *sorted)
{
	json_t *counts = json_array(), *row;
	size_t i;

	for (size_t place = 0; place <= PRESSING; place++) {
		const json_t *first = NULL;
		json_int_t count = 0;

		json_array_foreach (rows, i, row) {
			if (place_of(row) != place)
				continue;
			first = first ? first : row;
			json_array_append(sorted, row);
			count++;
		}
		if (first)
			json_array_append_new(
				counts, json_pack("{sO sO sI}", "word",
						  json_object_get(first, "word"), "words",
						  json_object_get(first, "words"), "count", count));
	}
	return counts;
}

/* ---- where its deadline stands ------------------------------------------------------------------- */

/* What its body has decided, else what has become of it. */
static const char *state_of(const struct deadline_row *row)
{
	const bool is_returned = row->outcome == OUTCOME_RETURNED;
	const bool decides = row->state == DEADLINE_SUBMITTED
				     ? row->outcome != OUTCOME_NONE && !is_returned
				     : row->state == DEADLINE_OPEN && is_returned;

	return decides ? event_outcome_name(row->outcome) : deadline_state_name(row->state);
}

static void put_state(const struct inquiry *q, json_t *report)
{
	const struct paper *p = q->paper;
	struct dates dates;

	if (!p->d)
		return;
	dates = deadline_dates(q->e.plan, p->d, &p->deadline);
	json_object_set_new(report, "state", json_string(state_of(&p->deadline)));
	json_object_set_new(report, "late",
			    json_boolean(p->deadline.state == DEADLINE_OPEN &&
					 instant_compare(dates.late_at, q->now) <= 0));
}

/* ---- a page's worth ----------------------------------------------------------------------------- */

static json_int_t first_row(const struct inquiry *q)
{
	const json_t *from = json_object_get(q->params, "from");

	return from ? json_integer_value(from) - 1 : 0;
}

static json_t *page_of(const struct inquiry *q, const json_t *sorted)
{
	const size_t from = (size_t)first_row(q), count = json_array_size(sorted);
	json_t *page = json_array();

	for (size_t i = from; i < count && i - from < BOARD_ROWS; i++)
		json_array_append(page, json_array_get(sorted, i));
	return page;
}

/* Cut each list of the object to a page's worth; how long it was is a member of counts, by its name. */
static void cut_lists(json_t *object, json_t *counts)
{
	static const char *const names[] = { "unanswered",  "support",	 "requests",	"live",
					     "completed",   "to_struck", "outstanding", "new",
					     "closed",	    "moved",	 "worse",	"better",
					     "since_frozen" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		json_t *list = json_object_get(object, names[i]), *shown;
		const size_t count = json_array_size(list);

		if (!json_is_array(list))
			continue;
		json_object_set_new(counts, names[i], json_integer((json_int_t)count));
		if (count <= BOARD_ROWS)
			continue;
		shown = json_array();
		for (size_t k = 0; k < BOARD_ROWS; k++)
			json_array_append(shown, json_array_get(list, k));
		json_object_set_new(object, names[i], shown);
	}
}

int board_finish(struct inquiry *q, json_t *report)
{
	const struct paper *p = q->paper;
	json_t *rows = json_object_get(report, "rows"), *sorted = json_array();
	json_t *counts = json_object();

	put_state(q, report);
	json_object_set_new(report, "by_status", sort(rows, sorted));
	json_object_set_new(report, "row_count", json_integer((json_int_t)json_array_size(rows)));
	json_object_set_new(report, "measure_count",
			    json_integer((json_int_t)(json_array_size(rows) - p->bare_count)));
	json_object_set_new(report, "from", json_integer(first_row(q) + 1));
	cut_lists(report, counts);
	cut_lists(json_object_get(report, "changes"), counts);
	json_object_set_new(report, "listed", counts);
	json_object_set_new(report, "over_year", over_year(p));
	json_object_set_new(report, "rows", page_of(q, sorted));
	json_decref(sorted);
	return json_object_set_new(report, "coming", board_coming(q)) < 0 ? -ENOMEM : 0;
}
