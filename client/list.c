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

/* By what they are grouped. */
static const struct grouped {
	const char *order;
	struct cell heading;
	struct view view;
} lists[] = {
	{ "deadline",
	  { "deadline", cell_deadline },
	  { QUERY_LIST,
	    NULL,
	    "late",
	    { { "MEASURE", .wraps = true },
	      { "OWNER" },
	      { "STATE" },
	      { "PAPERS" },
	      { "DUE", .below = true },
	      { "ASKED", .below = true },
	      { "STATUS", .below = true } },
	    { { "measure", cell_measure },
	      { "owner", cell_plain },
	      { "state", cell_state },
	      { "papers", cell_papers },
	      { "due", cell_due },
	      { "asked", cell_asked },
	      { "status", cell_status } } } },
	{ "owner",
	  { "owner", cell_plain },
	  { QUERY_LIST,
	    NULL,
	    "late",
	    { { "DEADLINE", .wraps = true },
	      { "MEASURE", .wraps = true },
	      { "STATE" },
	      { "PAPERS" },
	      { "DUE", .below = true },
	      { "ASKED", .below = true },
	      { "STATUS", .below = true } },
	    { { "deadline", cell_deadline },
	      { "measure", cell_measure },
	      { "state", cell_state },
	      { "papers", cell_papers },
	      { "due", cell_due },
	      { "asked", cell_asked },
	      { "status", cell_status } } } },
	{ "state",
	  { "state", cell_plain },
	  { QUERY_LIST,
	    NULL,
	    "late",
	    { { "DEADLINE", .wraps = true },
	      { "MEASURE", .wraps = true },
	      { "OWNER" },
	      { "PAPERS" },
	      { "DUE", .below = true },
	      { "ASKED", .below = true },
	      { "STATUS", .below = true } },
	    { { "deadline", cell_deadline },
	      { "measure", cell_measure },
	      { "owner", cell_plain },
	      { "papers", cell_papers },
	      { "due", cell_due },
	      { "asked", cell_asked },
	      { "status", cell_status } } } },
};

static const struct grouped *find_order(const char *order)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcmp(lists[i].order, order) == 0)
			return &lists[i];
	return NULL;
}

/* The rows by what their group is called, groups and rows in the order in which they come. */
static json_t *in_groups(const struct grouped *list, const json_t *rows)
{
	json_t *groups = need(json_object()), *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		auto_free char *name = list->heading.text(row, list->heading.member);

		if (!json_object_get(groups, name))
			need_set(groups, name, need(json_array()));
		if (json_array_append(json_object_get(groups, name), row) < 0)
			need(NULL);
	}
	return groups;
}

void show_list(const char *order, const json_t *rows, FILE *out)
{
	const struct grouped *list = find_order(order);
	auto_json json_t *groups = in_groups(list, rows);
	struct table *table;
	json_t *group, *row;
	const char *name;
	size_t i;

	table_new(&table, list->view.columns, view_columns(&list->view));
	json_object_foreach (groups, name, group) {
		table_head(table, need(strdup(name)));
		json_array_foreach (group, i, row)
			view_add(table, &list->view, row);
	}
	view_end(table, out);
}

int list_command(const struct call *call)
{
	const char *asked = call_value(call, "order"), *order = asked ? asked : lists[0].order;
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
	if (!call->json) /* programs get them as they came into being, unless they ask */
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
