/* SPDX-License-Identifier: Apache-2.0 */
#include "gate/rejects.h"
#include "unit.h"

#include <string.h>

#include "protocol/text.h"

static int64_t count_of(const json_t *rows, const char *source, const char *code)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		if (strcmp(json_string_value(json_object_get(row, "source")), source) == 0 &&
		    strcmp(json_string_value(json_object_get(row, "code")), code) == 0)
			return json_integer_value(json_object_get(row, "count"));
	return 0;
}

START_TEST(counts_by_source_and_code)
{
	struct rejection data = { .code = REJECT_BAD_DATA, .reason = "x" },
			 type = { .code = REJECT_UNKNOWN_TYPE, .reason = "y" };
	struct rejects *t;
	json_t *rows;

	ck_assert_int_eq(rejects_new(&t), 0);
	for (int i = 0; i < 5; i++)
		rejects_event(t, "/systems/a", &data, (struct mono){ i });
	rejects_event(t, "/systems/a", &type, (struct mono){ 6 });
	rejects_event(t, "/systems/b", &type, (struct mono){ 7 });
	rows = rejects_rows(t);
	ck_assert_uint_eq(json_array_size(rows), 3);
	ck_assert_int_eq(count_of(rows, "/systems/a", "bad-data"), 5);
	ck_assert_int_eq(count_of(rows, "/systems/a", "unknown-type"), 1);
	ck_assert_int_eq(count_of(rows, "/systems/b", "unknown-type"), 1);
	json_decref(rows);
	rejects_free(t);
}
END_TEST

START_TEST(is_bounded_and_loses_no_count)
{
	struct rejection why = { .code = REJECT_NOT_ALLOWED, .reason = "x" };
	char source[400];
	struct rejects *t;
	json_t *rows, *row;
	int64_t sum = 0;
	size_t i;

	ck_assert_int_eq(rejects_new(&t), 0);
	for (int n = 0; n < 5000; n++) {
		memset(source, 'x', sizeof(source));
		snprintf(source, sizeof(source), "%d", n % 2500);
		source[strlen(source)] = 'x';
		source[n % 2 ? sizeof(source) - 1 : SOURCE_MAX] = '\0'; /* too long: cut */
		source[sizeof(source) - 1] = '\0';
		rejects_event(t, source, &why, (struct mono){ n });
	}
	rows = rejects_rows(t);
	ck_assert_uint_le(json_array_size(rows), 256);
	json_array_foreach (rows, i, row)
		sum += json_integer_value(json_object_get(row, "count"));
	ck_assert_int_eq(sum, 5000);
	json_decref(rows);
	rejects_free(t);
}
END_TEST

UNIT_TESTS("gate/rejects", UNIT(counts_by_source_and_code), UNIT(is_bounded_and_loses_no_count))
