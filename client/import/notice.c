/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/notice.h"

#include <string.h>

#include "client/need.h"

void notice(struct notices *notices, size_t row, const char *format, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	need(text);
	notices->list =
		array_more(notices->list, notices->count, &notices->room, sizeof(*notices->list));
	notices->list[notices->count] = (struct notice){
		.row = row,
		.text = keep_text(&notices->keep, text, strlen(text)),
		.at = notices->count,
	};
	notices->count++;
	free(text);
}

/* By row; those of one row as they were made. */
static int by_row(const void *left, const void *right)
{
	const struct notice *a = left, *b = right;

	if (a->row != b->row)
		return a->row > b->row ? 1 : -1;
	return a->at > b->at ? 1 : -1;
}

static void sort(struct notices *notices)
{
	if (notices->count)
		qsort(notices->list, notices->count, sizeof(*notices->list), by_row);
}

void notices_print(struct notices *notices, const char *file, FILE *out)
{
	size_t shown = 0;

	sort(notices);
	for (size_t i = 0; i < notices->count; i++) {
		const struct notice *one = &notices->list[i];

		if (one->row == 0)
			fprintf(out, "%s: %s\n", file, one->text);
		else if (++shown <= NOTICES_SHOWN)
			fprintf(out, "%s, row %zu: %s\n", file, one->row, one->text);
	}
	if (shown > NOTICES_SHOWN)
		fprintf(out, "%s: %zu more of this kind; --json has all of them\n", file,
			shown - NOTICES_SHOWN);
}

json_t *notices_json(struct notices *notices)
{
	json_t *array = need(json_array());

	sort(notices);
	for (size_t i = 0; i < notices->count; i++) {
		const struct notice *one = &notices->list[i];
		json_t *row = one->row ? json_integer((json_int_t)one->row) : json_null();

		if (json_array_append_new(array, need(json_pack("{s:o,s:s}", "row", need(row),
								"text", one->text))) < 0)
			need(NULL);
	}
	return array;
}

void notices_done(struct notices *notices)
{
	free(notices->list);
	keep_done(&notices->keep);
	*notices = (struct notices){ 0 };
}
