/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/row_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A value that is none has no text: NULL, as when there is no memory, which the caller tells by *ret_none. */
static json_t *number(int64_t value, bool none, bool *ret_none)
{
	*ret_none = none;
	return none ? NULL : json_integer((json_int_t)value);
}

static json_t *text(const char *value, bool *ret_none)
{
	*ret_none = !value || !value[0];
	return *ret_none ? NULL : json_string(value);
}

static json_t *value_of(const struct field *f, const void *at, bool *ret_none)
{
	int64_t n;

	switch (f->kind) {
	case FIELD_TEXT:
		return text(at, ret_none);
	case FIELD_STRING:
		*ret_none = !*(char *const *)at;
		return *ret_none ? NULL : json_string(*(char *const *)at);
	case FIELD_NUMBER:
		n = *(const int *)at;
		return number(n, n == 0, ret_none);
	case FIELD_LONG:
		n = *(const int64_t *)at;
		return number(n, n == 0, ret_none);
	case FIELD_FLAG:
		return number(1, !*(const bool *)at, ret_none);
	case FIELD_DATE:
		n = ((const struct civil_date *)at)->day;
		return number(n, civil_is_none(*(const struct civil_date *)at), ret_none);
	case FIELD_INSTANT:
		n = ((const struct instant *)at)->us;
		return number(n, instant_is_none(*(const struct instant *)at), ret_none);
	case FIELD_OPTIONAL:
		return number(((const struct optional *)at)->value,
			      !((const struct optional *)at)->given, ret_none);
	}
	return NULL;
}

json_t *row_text(const struct row_type *type, const void *row)
{
	json_t *object = json_object();
	int r = object ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < type->count; i++) {
		const struct field *f = &type->fields[i];
		bool none = false;
		json_t *value = value_of(f, field_at(f, row), &none);

		if (!none)
			r = json_object_set_new(object, f->column, value);
	}
	if (r == 0)
		return object;
	json_decref(object);
	return NULL;
}

static int read_text(const struct field *f, const json_t *value, char *at)
{
	const char *text = json_string_value(value);

	at[0] = '\0';
	if (!value)
		return 0;
	if (!text || strlen(text) >= f->size)
		return -EIO;
	memcpy(at, text, strlen(text) + 1);
	return 0;
}

static int read_string(const json_t *value, char **at)
{
	const char *text = json_string_value(value);

	*at = text ? strdup(text) : NULL;
	return text && !*at ? -ENOMEM : 0;
}

static int read_value(const struct field *f, const json_t *value, void *at)
{
	const int64_t n = json_integer_value(value);

	switch (f->kind) {
	case FIELD_TEXT:
		return read_text(f, value, at);
	case FIELD_STRING:
		return read_string(value, at);
	case FIELD_NUMBER:
		*(int *)at = (int)n;
		break;
	case FIELD_LONG:
		*(int64_t *)at = n;
		break;
	case FIELD_FLAG:
		*(bool *)at = n != 0;
		break;
	case FIELD_DATE:
		*(struct civil_date *)at = value ? (struct civil_date){ (int32_t)n } : CIVIL_NONE;
		break;
	case FIELD_INSTANT:
		*(struct instant *)at = value ? (struct instant){ n } : INSTANT_NONE;
		break;
	case FIELD_OPTIONAL:
		*(struct optional *)at = (struct optional){ value != NULL, n };
		break;
	}
	return 0;
}

int row_of_text(const struct row_type *type, const json_t *text, void *row)
{
	int r = 0;

	memset(row, 0, type->size);
	for (size_t i = 0; i < type->count; i++) {
		const struct field *f = &type->fields[i];
		int error =
			read_value(f, json_object_get(text, f->column), (char *)row + f->offset);

		r = r < 0 ? r : error;
	}
	if (r < 0)
		row_done(type, row);
	return r;
}
