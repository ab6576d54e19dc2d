/* SPDX-License-Identifier: Apache-2.0 */
/* What a paper's rows come to: each sum over rows that it names. */
#include "engine/inquiry/paper.h"

/* Sums of the same rows: those that have both a plan and a forecast, so that the one taken from the other
 * is the deviation. */
static json_t *same_rows(json_t *rows)
{
	static const char *const names[] = { "effect_planned",
					     "effect_achieved",
					     "effect_forecast",
					     "deviation",
					     "more",
					     "late",
					     "less" };
	json_int_t sums[sizeof(names) / sizeof(*names)] = { 0 }, of = 0, achieved = 0, earlier = 0;
	json_t *row, *same = json_object();
	size_t i, k;

	json_array_foreach (rows, i, row) {
		if (!json_is_integer(json_object_get(row, "deviation")))
			continue;
		of++;
		achieved += json_is_integer(json_object_get(row, "effect_achieved"));
		earlier += json_is_true(json_object_get(row, "forecast_earlier"));
		for (k = 0; k < sizeof(names) / sizeof(*names); k++)
			sums[k] += json_integer_value(json_object_get(row, names[k]));
	}
	json_object_set_new(same, "of", json_integer(of));
	for (k = 0; k < sizeof(names) / sizeof(*names); k++)
		json_object_set_new(same, names[k], json_integer(sums[k]));
	json_object_set_new(same, "achieved_of", json_integer(achieved));
	json_object_set_new(same, "earlier_of", json_integer(earlier));
	if (achieved == 0)
		json_object_set_new(same, "effect_achieved", json_null()); /* nobody has said so */
	return same;
}

/* What is planned for, and has been achieved by, the rows that have a plan and no forecast. With `same` they are all
 * that have a plan. */
static json_t *rows_without_forecast(json_t *rows)
{
	json_int_t of = 0, sum = 0, achieved = 0, achieved_of = 0;
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		const json_t *planned = json_object_get(row, "effect_planned");

		if (!json_is_integer(planned) ||
		    json_is_integer(json_object_get(row, "effect_forecast")))
			continue;
		of++;
		sum += json_integer_value(planned);
		achieved += json_integer_value(json_object_get(row, "effect_achieved"));
		achieved_of += json_is_integer(json_object_get(row, "effect_achieved"));
	}
	return json_pack("{sI sI so sI}", "of", of, "effect_planned", sum, "effect_achieved",
			 achieved_of ? json_integer(achieved) : json_null(), "achieved_of",
			 achieved_of);
}

/* What was planned for measures that were struck or broken off. */
static json_t *rows_given_up(json_t *rows)
{
	json_int_t of = 0, sum = 0;
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		if (json_is_true(json_object_get(row, "given_up"))) {
			of++;
			sum += json_integer_value(json_object_get(row, "effect_planned"));
		}
	return json_pack("{sI sI}", "of", of, "effect_planned", sum);
}

/* The row that is furthest below its plan; null: none is. */
static json_t *largest_shortfall(json_t *rows)
{
	json_int_t least = 0;
	json_t *row, *found = NULL;
	size_t i;

	json_array_foreach (rows, i, row)
		if (json_integer_value(json_object_get(row, "deviation")) < least) {
			least = json_integer_value(json_object_get(row, "deviation"));
			found = row;
		}
	if (!found)
		return json_null();
	return json_pack("{sO sO sI sO sO}", "measure", json_object_get(found, "measure"), "title",
			 json_object_get(found, "title"), "deviation", least, "late",
			 json_object_get(found, "late"), "word", json_object_get(found, "word"));
}

static void put_asked(json_t *totals, json_t *rows)
{
	json_int_t asked = 0, answered = 0;
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		const bool is_asked = json_is_true(json_object_get(row, "is_asked"));

		asked += is_asked;
		answered += is_asked && json_is_true(json_object_get(row, "answered"));
	}
	json_object_set_new(totals, "asked", json_integer(asked));
	json_object_set_new(totals, "answered", json_integer(answered));
}

json_t *paper_totals(json_t *rows)
{
	json_t *totals = report_add_up(rows);

	put_asked(totals, rows);
	json_object_set_new(totals, "same", same_rows(rows));
	json_object_set_new(totals, "without_forecast", rows_without_forecast(rows));
	json_object_set_new(totals, "given_up", rows_given_up(rows));
	json_object_set_new(totals, "largest_shortfall", largest_shortfall(rows));
	return totals;
}
