/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fields of a form: what is read is clean, bounded, known, and each there once.
 */
#include "web/fields.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "protocol/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct field_rule rules[] = {
	{ "status", .max = 20 },
	{ "note", .max = 200, .lines = true },
	{ "progress", .max = 10, .numbered = true },
	{ NULL },
};

static void judge(const struct fields *f)
{
	assert(f->count <= FIELDS_MAX);
	for (size_t i = 0; i < f->count; i++) {
		const struct form_field *field = &f->list[i];
		const bool note = strcmp(field->name, "note") == 0;

		assert(note || strcmp(field->name, "status") == 0 ||
		       strncmp(field->name, "progress", 8) == 0);
		assert(strlen(field->name) <= FIELD_NAME_MAX);
		assert(strlen(field->value) <= 200);
		assert(text_is_clean(field->value, strlen(field->value), note));
		assert(fields_value(f, field->name) == field->value);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fields f;

	if (fields_read(&f, (const char *)data, size, rules) != FIELDS_READ)
		return 0;
	judge(&f);
	fields_done(&f);
	return 0;
}
