/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/notice.h"

#include <string.h>

#include "client/need.h"

#define ROWS_SHOWN 8 /* of one text, at most */

static void add(struct notices *notices, size_t row, bool always, const char *format,
		va_list arguments)
{
	notices->list =
		array_more(notices->list, notices->count, &notices->room, sizeof(*notices->list));
	notices->list[notices->count] = (struct notice){
		.row = row,
		.text = keep_vprint(&notices->keep, format, arguments),
		.at = notices->count,
		.always = always,
	};
	notices->count++;
}

void notice(struct notices *notices, size_t row, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(notices, row, false, format, arguments);
	va_end(arguments);
}

void notice_always(struct notices *notices, size_t row, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(notices, row, true, format, arguments);
	va_end(arguments);
}

void notice_of(struct notices *notices, size_t row, const char *id, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(notices, row, false, format, arguments);
	va_end(arguments);
	notices->list[notices->count - 1].id = id;
}

void notice_of_always(struct notices *notices, size_t row, const char *id, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(notices, row, true, format, arguments);
	va_end(arguments);
	notices->list[notices->count - 1].id = id;
}

/* The text with its id, of the notices' keep. */
static const char *text_of(struct notices *notices, const struct notice *one)
{
	const char *at = one->id ? strstr(one->text, "ID") : NULL;

	return at ? keep_print(&notices->keep, "%.*s%s%s", (int)(at - one->text), one->text,
			       one->id, at + strlen("ID"))
		  : one->text;
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

/* By text; those of one by row. */
static int by_text(const void *left, const void *right)
{
	const struct notice *const *a = left, *const *b = right;
	const int order = strcmp((*a)->text, (*b)->text);

	return order ? order : by_row(*a, *b);
}

void notices_only(struct notices *notices, const bool *rows, size_t count)
{
	for (size_t i = 0; i < notices->count; i++) {
		struct notice *one = &notices->list[i];

		one->hidden =
			!one->always && (one->row == 0 || one->row >= count || !rows[one->row]);
	}
}

bool notices_shown(const struct notices *notices)
{
	size_t shown = 0;

	for (size_t i = 0; i < notices->count; i++)
		shown += !notices->list[i].hidden;
	return shown > 0;
}

/* Another of the same text, behind `rows` of them. */
static void add_row(struct notices *notices, struct notice *first, const struct notice *other,
		    size_t rows)
{
	struct keep *keep = &notices->keep;

	if (rows < ROWS_SHOWN) {
		first->rows = keep_print(keep, "%s, %zu", first->rows, other->row);
		if (other->id)
			first->ids = keep_print(keep, "%s%s%s", first->ids, *first->ids ? ", " : "",
						other->id);
	} else if (rows == ROWS_SHOWN) {
		first->rows = keep_print(keep, "%s and more", first->rows);
		if (other->id)
			first->ids = keep_print(keep, "%s and more", first->ids);
	}
}

/* What is said of several rows is said once, at the first. */
static void merge(struct notices *notices)
{
	struct notice **all = need(calloc(notices->count + 1, sizeof(struct notice *)));
	size_t count = 0, rows;

	for (size_t i = 0; i < notices->count; i++)
		if (!notices->list[i].hidden)
			all[count++] = &notices->list[i];
	qsort(all, count, sizeof(struct notice *), by_text);
	for (size_t i = 0; i < count; i += rows) {
		struct notice *first = all[i];

		first->rows = keep_print(&notices->keep, "%zu", first->row);
		first->ids = "";
		for (rows = 1; first->row && i + rows < count &&
			       strcmp(all[i + rows]->text, first->text) == 0;
		     rows++) {
			all[i + rows]->again = true;
			add_row(notices, first, all[i + rows], rows);
		}
	}
	free(all);
}

void notices_print(struct notices *notices, const char *file, FILE *out)
{
	size_t shown = 0;

	sort(notices);
	merge(notices);
	for (size_t i = 0; i < notices->count; i++) {
		const struct notice *one = &notices->list[i];

		if (one->hidden)
			continue;
		if (one->row == 0)
			fprintf(out, "%s: %s\n", file, one->text);
		else if (!one->again && ++shown <= NOTICES_SHOWN)
			fprintf(out, "row%s %s: %s%s%s\n", strchr(one->rows, ' ') ? "s" : "",
				one->rows, text_of(notices, one),
				*one->ids ? "; the same with " : "", one->ids);
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
								"text", text_of(notices, one)))) <
		    0)
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
