/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages are compared item by item: what a message has besides, before or after, says nothing of the event. Both
 * forecasts' items are sorted, and those that both have are marked.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/consequences/internal.h"

struct told {
	json_t *row, *item;
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

static int compare(const void *x, const void *y)
{
	static const char *const of_row[] = { "when", "to", "channel" };
	static const char *const of_item[] = { "deadline", "measure", "step" };
	const struct told *a = *(struct told *const *)x, *b = *(struct told *const *)y;
	int order = 0;

	for (size_t i = 0; order == 0 && i < 3; i++)
		order = strcmp(member(a->row, of_row[i]), member(b->row, of_row[i]));
	if (order == 0)
		order = strcmp(kind_of(a->row), kind_of(b->row));
	for (size_t i = 0; order == 0 && i < 3; i++)
		order = strcmp(member(a->item, of_item[i]), member(b->item, of_item[i]));
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
			ret->list[ret->count] = (struct told){ row, item, false };
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
			in->sorted[i]->both = true;
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

json_t *difference_of(const json_t *in, const json_t *out)
{
	struct tellings a __attribute__((cleanup(tellings_done))) = { 0 };
	struct tellings b __attribute__((cleanup(tellings_done))) = { 0 };
	json_t *rows = json_array();
	int r = rows ? gather(in, &a) : -ENOMEM;

	if (r == 0)
		r = gather(out, &b);
	if (r == 0)
		mark_both(&a, &b);
	for (size_t i = 0; r == 0 && i < a.count;)
		r = add_row(&a, &i, rows);
	if (r == 0)
		return rows;
	json_decref(rows);
	return NULL;
}

int foresee(struct engine *e, const struct touched *t, struct instant now, json_t **ret)
{
	const struct forecast_scope scope = touched_scope(t);
	struct forecast *f = NULL;
	json_t *rows = json_array();
	int r = rows ? forecast_new(&f, e, now, zone_date(now), t->until) : -ENOMEM;

	if (r == 0)
		forecast_narrow(f, &scope);
	while (r == 0 && (r = forecast_work(f)) > 0)
		r = 0;
	for (size_t i = 0; r == 0 && i < forecast_count(f); i++)
		r = json_array_append_new(rows, forecast_row(f, i)) < 0 ? -ENOMEM : 0;
	forecast_free(f);
	if (r < 0)
		json_decref(rows);
	else
		*ret = rows;
	return r;
}
