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
	const char *const *members;
};

static const char *text_of(const json_t *row, const char *member)
{
	const char *text = json_string_value(json_object_get(row, member));

	return text ? text : "";
}

static int compare_by(const json_t *a, const json_t *b, const char *member)
{
	return member[0] == '-' ? id_compare(text_of(b, member + 1), text_of(a, member + 1))
				: id_compare(text_of(a, member), text_of(b, member));
}

static int compare(const void *a, const void *b, void *userdata)
{
	const struct sorting *s = userdata;
	const struct placed *x = a, *y = b;
	int order = 0;

	for (const char *const *member = s->members; order == 0 && *member; member++)
		order = compare_by(x->row, y->row, *member);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

int rows_sort(json_t *rows, const char *const members[])
{
	const size_t count = json_array_size(rows);
	struct placed *list = calloc(count + 1, sizeof(*list));

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		list[i] = (struct placed){ json_incref(json_array_get(rows, i)), i };
	qsort_r(list, count, sizeof(*list), compare, &(struct sorting){ members });
	for (size_t i = 0; i < count; i++)
		json_array_set_new(rows, i, list[i].row);
	free(list);
	return 0;
}
