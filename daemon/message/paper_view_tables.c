/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a paper: their numbers, and what stands side by side in that of periods. */
#include <stdio.h>
#include <string.h>

#include "message/paper_view_internal.h"

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

static json_t *group_of(const struct template_view *v, const json_t *row)
{
	struct template_view group = paper_inner(v);
	json_t *list = json_array();

	paper_put_item(&group, paper_text_of(row, "assignment_title"),
		       paper_text_of(row, "assignment"));
	json_array_append_new(list, group.object);
	return list;
}

/* Above a row of another assignment than the row before has: the assignment, or that it is of none. */
static void put_group(struct template_view *v, const json_t *row, json_t *shown)
{
	const bool is_of_none = json_is_null(json_object_get(row, "assignment"));

	json_object_set_new(shown, "group", is_of_none ? json_array() : group_of(v, row));
	json_object_set_new(shown, "group_other", json_boolean(is_of_none));
}

void paper_put_groups(struct template_view *v, const json_t *report)
{
	const json_t *rows = json_object_get(report, "rows"), *row, *before = NULL;
	json_t *shown = json_object_get(v->object, "rows");
	bool several = false;
	size_t i;

	json_array_foreach (rows, i, row)
		several |= !json_equal(json_object_get(json_array_get(rows, 0), "assignment"),
				       json_object_get(row, "assignment"));
	template_view_put_flag(v, "by_assignment", several);
	json_array_foreach (rows, i, row) {
		const bool is_bare = json_is_null(json_object_get(row, "measure"));

		json_object_set_new(json_array_get(shown, i), "whole",
				    json_boolean(several && is_bare));
		if (several && !is_bare &&
		    (!before || !json_equal(json_object_get(before, "assignment"),
					    json_object_get(row, "assignment"))))
			put_group(v, row, json_array_get(shown, i));
		before = row;
	}
}
