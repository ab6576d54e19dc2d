/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts in kronor are shown in millions with one decimal, each rounded by itself. Whoever adds up or compares what is
 * shown may come to another last decimal than the paper, which counts in kronor; only then is that said.
 */
#include <string.h>

#include "message/paper_view_internal.h"

#define TENTH 100000 /* kronor in the last decimal that is shown */

/* As it is shown: in tenths of a million, halves away from nothing, as catalogue_millions rounds. */
static json_int_t tenths(json_int_t amount)
{
	return (amount < 0 ? amount - TENTH / 2 : amount + TENTH / 2) / TENTH;
}

static json_int_t shown(const json_t *object, const char *name)
{
	return tenths(json_integer_value(json_object_get(object, name)));
}

static bool has(const json_t *object, const char *name)
{
	return json_is_integer(json_object_get(object, name));
}

/* forecast - planned = deviation, of a row or a sum. */
static bool differs_across(const json_t *object)
{
	return has(object, "deviation") &&
	       shown(object, "effect_forecast") - shown(object, "effect_planned") !=
		       shown(object, "deviation");
}

/* Is the sum of two, as it is shown, that of what is shown of each? */
static bool adds_up(const json_t *one, const json_t *other, const char *name)
{
	return shown(one, name) + shown(other, name) ==
	       tenths(json_integer_value(json_object_get(one, name)) +
		      json_integer_value(json_object_get(other, name)));
}

/* deviation = more - late - less. */
static bool parts_differ(const json_t *same)
{
	return shown(same, "more") - shown(same, "late") - shown(same, "less") !=
	       shown(same, "deviation");
}

/* Are the columns of the rows with a forecast, and what is known of those without, the sums that are shown? */
static bool columns_differ(const json_t *rows, const json_t *same, const json_t *without)
{
	static const char *const names[] = { "effect_planned", "effect_achieved", "effect_forecast",
					     "deviation" };
	json_int_t sums[sizeof(names) / sizeof(*names)] = { 0 }, rest = 0, achieved = 0;
	const json_t *row;
	bool differ = false;
	size_t i, k;

	json_array_foreach (rows, i, row) {
		if (!has(row, "effect_forecast") && has(row, "effect_planned")) {
			rest += shown(row, "effect_planned");
			achieved += shown(row, "effect_achieved");
		}
		for (k = 0; has(row, "deviation") && k < sizeof(names) / sizeof(*names); k++)
			sums[k] += shown(row, names[k]);
		differ |= differs_across(row);
	}
	for (k = 0; k < sizeof(names) / sizeof(*names); k++)
		differ |= has(same, names[k]) && sums[k] != shown(same, names[k]);
	return differ || rest != shown(without, "effect_planned") ||
	       (has(without, "effect_achieved") && achieved != shown(without, "effect_achieved"));
}

/* Of a requirement: what covers it, and what is given up. */
static json_int_t shown_planned(const json_t *row)
{
	return tenths(json_integer_value(json_object_get(row, "covered")) +
		      json_integer_value(json_object_get(row, "struck")));
}

static bool requirements_differ(const json_t *requirements)
{
	const json_t *row;
	size_t i;

	json_array_foreach (requirements, i, row)
		if (shown(row, "uncovered") > 0 &&
		    shown(row, "amount") - shown_planned(row) + shown(row, "struck") !=
			    shown(row, "uncovered"))
			return true;
	return false;
}

void paper_put_rounding(struct template_view *v, const json_t *report)
{
	const json_t *totals = json_object_get(report, "totals");
	const json_t *same = json_object_get(totals, "same"),
		     *without = json_object_get(totals, "without_forecast"),
		     *all = json_object_get(totals, "effect_planned");
	const bool has_rows = !json_is_string(json_object_get(report, "of")) ||
			      strcmp(paper_text_of(report, "of"), "body") != 0;

	template_view_put_flag(
		v, "rounded",
		differs_across(same) || parts_differ(same) ||
			(json_integer_value(json_object_get(without, "of")) > 0 &&
			 (shown(same, "effect_planned") + shown(without, "effect_planned") !=
				  shown(all, "sum") ||
			  !adds_up(same, without, "effect_achieved"))) ||
			requirements_differ(json_object_get(report, "requirements")) ||
			(has_rows &&
			 columns_differ(json_object_get(report, "rows"), same, without)));
}
