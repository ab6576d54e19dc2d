/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/field.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static char **string_at(const struct field *f, void *row)
{
	return (char **)((char *)row + f->offset);
}

static int compare_strings(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int compare_longs(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* What is none comes before all else. */
static int compare_optionals(const struct optional *a, const struct optional *b)
{
	if (!a->given || !b->given)
		return a->given - b->given;
	return compare_longs(a->value, b->value);
}

/* 0 when the store could not tell them apart. */
static int compare(const struct field *f, const void *a, const void *b)
{
	switch (f->kind) {
	case FIELD_TEXT:
		return strcmp(a, b);
	case FIELD_STRING:
		return compare_strings(*(char *const *)a, *(char *const *)b);
	case FIELD_NUMBER:
		return compare_longs(*(const int *)a, *(const int *)b);
	case FIELD_LONG:
		return compare_longs(*(const int64_t *)a, *(const int64_t *)b);
	case FIELD_FLAG:
		return *(const bool *)a - *(const bool *)b;
	case FIELD_DATE:
		return civil_compare(*(const struct civil_date *)a, *(const struct civil_date *)b);
	case FIELD_INSTANT:
		return compare_longs(((const struct instant *)a)->us,
				     ((const struct instant *)b)->us);
	case FIELD_OPTIONAL:
		return compare_optionals(a, b);
	}
	return 0;
}

uint64_t row_difference(const struct row_type *type, const void *a, const void *b)
{
	uint64_t difference = 0;

	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];

		if (compare(f, field_at(f, a), field_at(f, b)) != 0)
			difference |= UINT64_C(1) << i;
	}
	return difference;
}

int row_compare(const struct row_type *type, const void *a, const void *b)
{
	const struct field *f = type->fields;
	int order = 0;

	for (; order == 0 && f < type->fields + type->count && f->roles & FIELD_KEY; f++)
		order = compare(f, field_at(f, a), field_at(f, b));
	return order;
}

int row_copy(const struct row_type *type, void *to, const void *from)
{
	int r = 0;

	memcpy(to, from, type->size);
	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];
		if (f->kind != FIELD_STRING)
			continue;
		char **string = string_at(f, to);
		if (*string)
			*string = r == 0 ? strdup(*string) : NULL;
		if (!*string && *(char *const *)field_at(f, from))
			r = -ENOMEM;
	}
	if (r < 0)
		row_done(type, to);
	return r;
}

int row_assign(const struct row_type *type, void *to, const void *from, uint64_t fields)
{
	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];
		if (!(fields >> i & 1))
			continue;
		if (f->kind != FIELD_STRING) {
			memcpy((char *)to + f->offset, field_at(f, from), f->size);
			continue;
		}
		const char *text = *(char *const *)field_at(f, from);
		char *copy = text ? strdup(text) : NULL;
		if (text && !copy)
			return -ENOMEM;
		free(*string_at(f, to));
		*string_at(f, to) = copy;
	}
	return 0;
}

void row_done(const struct row_type *type, void *row)
{
	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];
		if (f->kind != FIELD_STRING)
			continue;
		free(*string_at(f, row));
		*string_at(f, row) = NULL;
	}
}
