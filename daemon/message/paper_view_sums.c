/* SPDX-License-Identifier: Apache-2.0 */
/* The sums of a paper, each over rows that it names, and how many have answered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/paper_view_internal.h"

#define GAP_SHOWN 50000 /* kronor; what is less is 0,0 in millions */

void paper_put_counted(struct template_view *v, const char *name, size_t n)
{
	char member[40];

	snprintf(member, sizeof(member), "%s_one", name);
	template_view_put_flag(v, member, n == 1);
	snprintf(member, sizeof(member), "%s_several", name);
	if (n > 1)
		template_view_put_words(v, member, n);
}

static size_t count_in(const json_t *object, const char *name)
{
	const json_int_t n = json_integer_value(json_object_get(object, name));

	return n > 0 ? (size_t)n : 0;
}

/* The parts of the deviation, each with its sign: what is late or less is taken from it. */
static void put_parts(struct template_view *v, const json_t *same)
{
	static const struct {
		const char *name, *member;
		int sign;
	} parts[] = { { "sum_more", "more", 1 },
		      { "sum_late", "late", -1 },
		      { "sum_less", "less", -1 } };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const json_t *amount = json_object_get(same, parts[i].member);
		json_t *part = json_integer(parts[i].sign * json_integer_value(amount));

		paper_put_difference(v, parts[i].name, part);
		json_decref(part);
	}
}

static void put_gap(struct template_view *v, const json_t *deviation)
{
	const json_int_t gap = json_integer_value(deviation);
	json_t *size = json_integer(gap < 0 ? -gap : gap);

	template_view_put_flag(v, "gap_none", llabs(gap) < GAP_SHOWN);
	if (llabs(gap) >= GAP_SHOWN)
		paper_put_millions(v, gap < 0 ? "gap_less" : "gap_more", size);
	json_decref(size);
}

/* Two that are compared have one form: in words where both are up to twelve, else as numbers. */
static void put_compared(struct template_view *v, const char *name, size_t n, size_t of)
{
	if (of > CATALOGUE_IN_WORDS)
		paper_put_count(v, name, n);
	else
		template_view_put_words(v, name, n);
}

static void put_answered(struct template_view *v, const json_t *totals, size_t measures)
{
	const size_t asked = count_in(totals, "asked"), answered = count_in(totals, "answered");

	template_view_put_flag(v, "asked_any", asked > 0);
	template_view_put_flag(v, "asked_one", asked == 1);
	template_view_put_flag(v, "answered_none", asked > 0 && answered == 0);
	paper_put_count(v, "of_asked", asked);
	template_view_put_words(v, "of_asked_words", asked);
	template_view_put_flag(v, "asked_all", asked == measures);
	template_view_put_flag(v, "answered_whole", asked > 0 && answered >= asked);
	if (asked == 0)
		return;
	paper_put_count(v, "answered", answered);
	if (answered > 0)
		put_compared(v, "answered_several", answered, asked);
	if (answered > 0 && answered < asked)
		put_compared(v, "answered_part", answered, asked);
}

/* Of the rows that have both a plan and a forecast. */
static void put_same(struct template_view *v, const json_t *same, size_t rows)
{
	const size_t of = count_in(same, "of"), earlier = count_in(same, "earlier_of");

	if (of > 0)
		paper_put_count(v, "same_of", of);
	template_view_put_flag(v, "same_all", of == rows);
	paper_put_counted(v, "same", of);
	template_view_put_flag(v, "earlier_all", of > 0 && earlier == of);
	paper_put_counted(v, "earlier", earlier < of ? earlier : 0);
	paper_put_millions(v, "sum_planned", json_object_get(same, "effect_planned"));
	paper_put_millions(v, "sum_achieved", json_object_get(same, "effect_achieved"));
	paper_put_millions(v, "sum_forecast", json_object_get(same, "effect_forecast"));
	paper_put_difference(v, "sum_deviation", json_object_get(same, "deviation"));
	put_parts(v, same);
	put_gap(v, json_object_get(same, "deviation"));
}

/* Is more than half of what is planned without a forecast? */
static bool is_most(const json_t *without, const json_t *all)
{
	return 2 * json_integer_value(json_object_get(without, "effect_planned")) >
	       json_integer_value(json_object_get(all, "sum"));
}

/* What has been achieved, of those without a forecast and of all; a paper that an older version froze doesn't say. */
static void put_achieved(struct template_view *v, const json_t *totals, size_t of)
{
	const json_t *same = json_object_get(totals, "same"),
		     *without = json_object_get(totals, "without_forecast");
	const size_t told = count_in(same, "achieved_of") + count_in(without, "achieved_of");
	const bool is_known = json_object_get(without, "effect_achieved") && told > 0;
	json_t *all = json_integer(json_integer_value(json_object_get(same, "effect_achieved")) +
				   json_integer_value(json_object_get(without, "effect_achieved")));

	paper_put_millions(v, "without_achieved", json_object_get(without, "effect_achieved"));
	paper_put_millions(v, "all_achieved", is_known ? all : NULL);
	if (told > 0 && told < of)
		template_view_put_words(v, "achieved_some", told);
	json_decref(all);
}

/* Of all rows that have a plan, and of those of them that have no forecast. */
static void put_planned(struct template_view *v, const json_t *totals, size_t measures)
{
	const json_t *all = json_object_get(totals, "effect_planned");
	const json_t *without = json_object_get(totals, "without_forecast");
	const size_t of = count_in(all, "of");

	if (of > 0)
		paper_put_millions(v, "all_planned", json_object_get(all, "sum"));
	paper_put_count(v, "all_of", of);
	template_view_put_flag(v, "all_some", of < measures);
	template_view_put_flag(v, "without_any", count_in(without, "of") > 0);
	paper_put_counted(v, "without", count_in(without, "of"));
	paper_put_count(v, "without_of", count_in(without, "of"));
	paper_put_millions(v, "without_planned", json_object_get(without, "effect_planned"));
	template_view_put_flag(v, "without_most", is_most(without, all));
	put_achieved(v, totals, of);
	paper_put_some(v, "given_up_planned",
		       json_object_get(json_object_get(totals, "given_up"), "effect_planned"));
}

/* Is it over without its effect, and how? */
static void put_given_up(struct template_view *v, const json_t *largest)
{
	const char *word = paper_text_of(largest, "word");

	template_view_put_flag(v, "largest_struck", word && strcmp(word, "struck") == 0);
	template_view_put_flag(v, "largest_cancelled",
			       word && strncmp(word, "cancelled", strlen("cancelled")) == 0);
}

/* Which is furthest below its plan, where there are several to say it of. */
static void put_largest(struct template_view *v, const json_t *largest, size_t of)
{
	json_t *less = json_integer(-json_integer_value(json_object_get(largest, "deviation")));

	if (json_is_object(largest) && of > 1)
		paper_put_millions(v, "largest_less", less);
	template_view_put_flag(v, "largest_late",
			       json_is_integer(json_object_get(largest, "late")) &&
				       json_equal(json_object_get(largest, "late"), less));
	paper_put_cell(v, "largest_title", paper_text_of(largest, "title"));
	paper_put_id(v, "largest_id", paper_text_of(largest, "measure"));
	put_given_up(v, largest);
	json_decref(less);
}

void paper_put_sums(struct template_view *v, const json_t *report)
{
	const json_t *totals = json_object_get(report, "totals");
	const json_t *rows = json_object_get(report, "rows"), *row;
	size_t measures = 0, i;

	json_array_foreach (rows, i, row)
		measures += json_is_string(json_object_get(row, "measure"));
	put_answered(v, totals, measures);
	paper_put_count(v, "of_measures", json_array_size(rows));
	template_view_put_flag(v, "measures_any", measures > 0);
	paper_put_counted(v, "measures", measures);
	put_same(v, json_object_get(totals, "same"), json_array_size(rows));
	put_planned(v, totals, measures);
	put_largest(v, json_object_get(totals, "largest_shortfall"),
		    count_in(json_object_get(totals, "same"), "of"));
}
