/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a narrower steward is told of an act of theirs: an absence, or a meeting of their body, touches what is
 * others', too, and what that is they would not see in a list either. That there is such is told, as a number.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/consequences/internal.h"
#include "plan/stewardship.h"

struct narrowing {
	const struct plan *plan;
	const struct person *viewer;
	json_t *theirs, *others; /* names of what is told and of what is not, each once */
};

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static bool is_theirs(const struct narrowing *n, const json_t *about, const char *name)
{
	static const char *const names[] = { "measure", "deadline", "assignment", "person" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (steward_covers(n->plan, n->viewer, member(about, names[i])))
			return true;
	return strcmp(member(about, "owner"), n->viewer->id.text) == 0 ||
	       json_object_get(n->theirs, name); /* messages' items name no owner */
}

/* 1, 0 or -ENOMEM. */
static int keeps(struct narrowing *n, const json_t *about)
{
	char name[4 * ITEM_ID + 1];
	bool theirs;

	snprintf(name, sizeof(name), "%s%s%s/%s", member(about, "assignment"),
		 member(about, "person"), member(about, "deadline"), member(about, "measure"));
	theirs = is_theirs(n, about, name);
	return json_object_set_new(theirs ? n->theirs : n->others, name, json_true()) < 0 ? -ENOMEM
											  : theirs;
}

static int narrow_list(struct narrowing *n, json_t *rows)
{
	for (size_t i = json_array_size(rows); i-- > 0;) {
		const int kept = keeps(n, json_array_get(rows, i));

		if (kept < 0)
			return kept;
		if (!kept)
			json_array_remove(rows, i);
	}
	return 0;
}

static int narrow_messages(struct narrowing *n, json_t *rows)
{
	for (size_t i = json_array_size(rows); i-- > 0;) {
		json_t *items = json_object_get(json_array_get(rows, i), "items");
		const int r = narrow_list(n, items);

		if (r < 0)
			return r;
		if (json_array_size(items) == 0)
			json_array_remove(rows, i);
	}
	return 0;
}

/* What is owed comes first: messages are of that. */
static const struct narrowed_list {
	const char *name;
	int (*narrow)(struct narrowing *n, json_t *rows);
} lists[] = {
	{ "closes", narrow_list },	{ "opens", narrow_list },   { "moves", narrow_list },
	{ "owners", narrow_list },	{ "decides", narrow_list }, { "leaves", narrow_messages },
	{ "dropped", narrow_messages },
};

int consequences_narrow(const struct plan *plan, const struct person *viewer, json_t *row)
{
	struct narrowing n = { plan, viewer, json_object(), json_object() };
	const json_int_t more = json_integer_value(json_object_get(row, "more"));
	int r = n.theirs && n.others ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < sizeof(lists) / sizeof(lists[0]); i++)
		r = lists[i].narrow(&n, json_object_get(row, lists[i].name));
	if (r == 0)
		r = json_object_set_new(
			row, "more", json_integer(more + (json_int_t)json_object_size(n.others)));
	json_decref(n.theirs);
	json_decref(n.others);
	return r < 0 ? -ENOMEM : 0;
}
