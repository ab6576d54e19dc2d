/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/row_order.h"

#include <errno.h>
#include <stdlib.h>

#include "plan/id.h"

struct placed {
	json_t *row;
	size_t at; /* where it stood */
};
struct sorting {
	row_order *order;
	const void *userdata;
};

static int compare(const void *a, const void *b, void *userdata)
{
	const struct sorting *s = userdata;
	const struct placed *x = a, *y = b;
	const int order = s->order(x->row, y->row, s->userdata);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

int rows_sort(json_t *rows, row_order *order, const void *userdata)
{
	const size_t count = json_array_size(rows);
	struct placed *list = calloc(count + 1, sizeof(*list));

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		list[i] = (struct placed){ json_incref(json_array_get(rows, i)), i };
	qsort_r(list, count, sizeof(*list), compare, &(struct sorting){ order, userdata });
	for (size_t i = 0; i < count; i++)
		json_array_set_new(rows, i, list[i].row);
	free(list);
	return 0;
}

static const char *text_of(const json_t *row, const char *member)
{
	const char *text = json_string_value(json_object_get(row, member));

	return text ? text : "";
}

int row_compare_by(const json_t *a, const json_t *b, const char *member)
{
	return id_compare(text_of(a, member), text_of(b, member));
}
