/* SPDX-License-Identifier: Apache-2.0 */
/* list: in groups, each with its heading, so that a deadline's title stands there once. */
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/show.h"
#include "client/view.h"

/* A table has all of them but the one by which it is grouped. */
static const struct listed {
	struct table_column column;
	struct cell cell;
	cell_fn *
		heading; /* of a group of those that have it in common; NULL: none are grouped by it */
} all[] = {
	{ { "DEADLINE", .wraps = true }, { "deadline", cell_deadline }, cell_deadline },
	{ { "MEASURE", .wraps = true }, { "measure", cell_measure }, NULL },
	{ { "OWNER" }, { "owner", cell_plain }, cell_plain },
	{ { "STATE" }, { "state", cell_state }, cell_phase },
	{ { "PAPERS" }, { "papers", cell_papers }, NULL },
	{ { "DUE", .below = true }, { "due", cell_due }, NULL },
	{ { "ASKED", .below = true }, { "asked", cell_asked }, NULL },
	{ { "STATUS", .below = true }, { "status", cell_status }, NULL },
};
#define LISTED (sizeof(all) / sizeof(*all))

static const struct listed *find_order(const char *order)
{
	for (size_t i = 0; i < LISTED; i++)
		if (all[i].heading && strcmp(all[i].cell.member, order) == 0)
			return &all[i];
	return NULL;
}

static struct view view_without(const struct listed *by)
{
	struct view view = { .request = QUERY_LIST, .late = "late" };
	size_t count = 0;

	for (size_t i = 0; i < LISTED; i++) {
		if (&all[i] == by)
			continue;
		view.columns[count] = all[i].column;
		view.cells[count++] = all[i].cell;
	}
	return view;
}

/* The rows by what their group is called, groups and rows in the order in which they come. */
static json_t *in_groups(const struct listed *by, const json_t *rows)
{
	json_t *groups = need(json_object()), *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		auto_free char *name = by->heading(row, by->cell.member);

		if (!json_object_get(groups, name))
			need_set(groups, name, need(json_array()));
		if (json_array_append(json_object_get(groups, name), row) < 0)
			need(NULL);
	}
	return groups;
}

void show_list(const char *order, const json_t *rows, FILE *out)
{
	const struct listed *by = find_order(order);
	const struct view view = view_without(by);
	auto_json json_t *groups = in_groups(by, rows);
	struct table *table;
	json_t *group, *row;
	const char *name;
	size_t i;

	table_new(&table, view.columns, view_columns(&view));
	json_object_foreach (groups, name, group) {
		table_head(table, need(strdup(name)));
		json_array_foreach (group, i, row)
			view_add(table, &view, row);
	}
	view_end(table, out);
}

int list_command(const struct call *call)
{
	const char *asked = call_value(call, "order"), *order = asked ? asked : all[0].cell.member;
	auto_json json_t *rows = NULL;
	json_t *params = NULL;
	struct fault fault;
	int code;

	if (!find_order(order)) {
		fprintf(stderr, "paminn: --order is deadline, owner or state\n");
		return EX_USAGE;
	}
	if (call_members(call, &params, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	need_set(params, "order", json_string(order));
	code = ask_for(call, QUERY_LIST, params, &rows);
	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else if (json_array_size(rows) > 0)
		show_list(order, rows, stdout);
	else
		puts(call_value(call, "search") ? "Nothing of that is owed."
		     : call_value(call, "late") ? "Nothing is late."
						: "Nothing is owed now.");
	return EX_OK;
}
