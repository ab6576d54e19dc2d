/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a paper: their numbers, and what stands side by side in that of periods. */
#include <stdio.h>

#include "message/paper_view_internal.h"
#include "protocol/text.h"

/* ---- numbers ------------------------------------------------------------------------------------ */

static bool has(const struct template_view *v, const char *name)
{
	const json_t *value = json_object_get(v->object, name);

	return value && !json_is_false(value);
}

void paper_put_table_numbers(struct template_view *v)
{
	/* In their order. Of one kind of paper, where it says so; where there is anything in it. */
	static const struct {
		const char *number, *only, *never, *where, *and;
	} tables[] = {
		{ "number_counts", "of_body", NULL, NULL, NULL },
		{ "number_live", "of_body", NULL, "live_any", NULL },
		{ "number_rows", NULL, "of_body", "any_rows", NULL },
		{ "number_sums", NULL, NULL, "any_money", "same_of" },
		{ "number_requirements", NULL, NULL, "any_requirements", NULL },
		{ "number_periods", NULL, NULL, "any_periods", NULL },
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if ((!tables[i].only || has(v, tables[i].only)) &&
		    (!tables[i].never || !has(v, tables[i].never)) &&
		    (!tables[i].where || has(v, tables[i].where)) &&
		    (!tables[i].and || has(v, tables[i].and)))
			paper_put_count(v, tables[i].number, ++n);
}

/* ---- periods ------------------------------------------------------------------------------------ */

/* Has anybody said anything in it? A period before all of this began says nothing of it. */
static bool is_told_of(const json_t *rows, size_t period)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		if (paper_text_of(json_array_get(json_object_get(row, "periods"), period),
				  "status"))
			return true;
	return false;
}

void paper_put_periods(struct template_view *v, const json_t *report)
{
	const json_t *rows = json_object_get(report, "rows"), *name;
	json_t *names = json_array();
	size_t i;

	json_array_foreach (json_object_get(report, "periods"), i, name)
		if (is_told_of(rows, i))
			json_array_append_new(names, json_pack("{sO}", "name", name));
	template_view_put_flag(v, "any_periods", json_array_size(names) > 0);
	json_object_set_new(v->object, "period_names", names);
}

bool paper_shows_period(const struct template_view *v, const json_t *period)
{
	const json_t *shown;
	size_t i;

	json_array_foreach (json_object_get(v->object, "period_names"), i, shown)
		if (json_equal(json_object_get(shown, "name"), json_object_get(period, "name")))
			return true;
	return false;
}

/* ---- measures by their assignments -------------------------------------------------------------- */

/* What the rows are by. */
enum order {
	BY_MEASURE,    /* all are of one assignment, or of none */
	BY_ASSIGNMENT, /* each is an assignment, or all that it has */
	BY_BOTH,       /* some assignments have several measures */
};

static const char *assignment_of(const json_t *row)
{
	return row ? paper_text_of(row, "assignment") : NULL;
}

static bool is_same(const json_t *row, const json_t *other)
{
	return text_same(assignment_of(row), assignment_of(other));
}

/* Is the measure one of several that its assignment has? */
static bool is_one(const json_t *row)
{
	return json_is_string(json_object_get(row, "measure")) &&
	       json_is_true(json_object_get(row, "one_of_several"));
}

static enum order order_of(const json_t *rows)
{
	bool differ = false, several = false;
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		differ |= !is_same(row, json_array_get(rows, 0));
		several |= is_one(row);
	}
	return !differ ? BY_MEASURE : several ? BY_BOTH : BY_ASSIGNMENT;
}

/* A list of one assignment, or of none. */
static json_t *assignment_view(const struct template_view *v, const json_t *row, bool is_shown)
{
	struct template_view view = paper_inner(v);
	json_t *list = json_array();

	paper_put_item(&view, paper_text_of(row, "assignment_title"), assignment_of(row));
	if (is_shown)
		json_array_append(list, view.object);
	json_decref(view.object);
	return list;
}

void paper_put_groups(struct template_view *v, const json_t *report)
{
	const enum order order = order_of(json_object_get(report, "rows"));

	template_view_put_flag(v, "by_assignment", order == BY_ASSIGNMENT);
	template_view_put_flag(v, "by_both", order == BY_BOTH);
}

void paper_put_group(const struct template_view *v, json_t *shown, const json_t *rows, size_t i)
{
	const json_t *row = json_array_get(rows, i);
	const json_t *before = i > 0 ? json_array_get(rows, i - 1) : NULL;
	const bool both = has(v, "by_both");
	const bool begins = both && !(before && is_same(row, before));
	const bool is_alone =
		(both || has(v, "by_assignment")) && assignment_of(row) && !is_one(row);

	json_object_set_new(shown, "group", assignment_view(v, row, begins && is_one(row)));
	json_object_set_new(shown, "group_other", json_boolean(begins && !assignment_of(row)));
	json_object_set_new(shown, "assigned", assignment_view(v, row, is_alone));
}
