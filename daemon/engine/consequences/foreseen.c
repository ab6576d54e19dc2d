/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages are compared item by item: what a message has besides, before or after, says nothing of the event. Both
 * forecasts' items are sorted, and those that both have are marked.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/consequences/internal.h"

#define NAMES 8

struct told {
	json_t *row, *item;
	const char *names[NAMES]; /* of the row and of the item, by which it is known again */
	bool both;
};
struct tellings {
	struct told *list; /* as the forecast has them */
	struct told **sorted;
	size_t count;
};

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* A reminder is an escalation to whom an item of somebody else's has joined it: both are steps of a ladder. */
static const char *kind_of(const json_t *row)
{
	const char *kind = member(row, "kind");

	return strcmp(kind, "escalation") == 0 ? "reminder" : kind;
}

static struct told tell_item(json_t *row, json_t *item)
{
	return (struct told){ row,
			      item,
			      { member(row, "when"), member(row, "to"), member(row, "channel"),
				kind_of(row), member(item, "deadline"), member(item, "measure"),
				member(item, "step"), member(item, "person") },
			      false };
}

static int compare(const void *x, const void *y)
{
	const struct told *a = *(struct told *const *)x, *b = *(struct told *const *)y;
	int order = 0;

	for (size_t i = 0; order == 0 && i < NAMES; i++)
		order = strcmp(a->names[i], b->names[i]);
	return order;
}

static size_t count_items(const json_t *rows)
{
	size_t i, count = 0;
	json_t *row;

	json_array_foreach (rows, i, row)
		count += json_array_size(json_object_get(row, "items"));
	return count;
}

static int gather(const json_t *rows, struct tellings *ret)
{
	const size_t count = count_items(rows);
	size_t i, k;
	json_t *row, *item;

	ret->list = calloc(count + 1, sizeof(*ret->list));
	ret->sorted = calloc(count + 1, sizeof(*ret->sorted));
	if (!ret->list || !ret->sorted)
		return -ENOMEM;
	json_array_foreach (rows, i, row)
		json_array_foreach (json_object_get(row, "items"), k, item) {
			ret->list[ret->count] = tell_item(row, item);
			ret->sorted[ret->count] = &ret->list[ret->count];
			ret->count++;
		}
	qsort(ret->sorted, ret->count, sizeof(*ret->sorted), compare);
	return 0;
}

static void tellings_done(struct tellings *t)
{
	free(t->list);
	free(t->sorted);
}

static void mark_both(struct tellings *in, struct tellings *out)
{
	size_t i = 0, k = 0;

	while (i < in->count && k < out->count) {
		int order = compare(&in->sorted[i], &out->sorted[k]);

		if (order == 0)
			in->sorted[i]->both = out->sorted[k]->both = true;
		i += order <= 0;
		k += order >= 0;
	}
}

/* The row again, with the items from at on that it alone has: none of them is no row. *at: the next row's first. */
static int add_row(const struct tellings *t, size_t *at, json_t *to)
{
	json_t *row = t->list[*at].row, *items = json_array(), *copy;

	for (; *at < t->count && t->list[*at].row == row; ++*at)
		if (!t->list[*at].both)
			json_array_append(items, t->list[*at].item);
	if (json_array_size(items) == 0) {
		json_decref(items);
		return 0;
	}
	copy = json_copy(row);
	if (json_object_set_new(copy, "items", items) < 0) {
		json_decref(copy);
		return -ENOMEM;
	}
	return json_array_append_new(to, copy) < 0 ? -ENOMEM : 0;
}

/* The rows with what is in this forecast alone. */
static int tell_alone(const struct tellings *t, json_t *row, const char *name)
{
	json_t *rows = json_array();
	int r = json_object_set_new(row, name, rows) < 0 ? -ENOMEM : 0;

	for (size_t i = 0; r == 0 && i < t->count;)
		r = add_row(t, &i, rows);
	return r;
}

int differences_tell(const json_t *before, const json_t *after, json_t *row)
{
	struct tellings was __attribute__((cleanup(tellings_done))) = { 0 };
	struct tellings is __attribute__((cleanup(tellings_done))) = { 0 };
	int r = gather(before, &was);

	if (r == 0)
		r = gather(after, &is);
	if (r < 0)
		return r;
	mark_both(&was, &is);
	r = tell_alone(&is, row, "leaves");
	return r < 0 ? r : tell_alone(&was, row, "dropped");
}
