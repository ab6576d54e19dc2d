/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/notice.h"

#include <string.h>

#include "client/need.h"

#define ROWS_SHOWN 8 /* of one text, at most */

void notice(struct notices *notices, struct notice_at of, const char *format, ...)
{
	va_list arguments;

	notices->list =
		array_more(notices->list, notices->count, &notices->room, sizeof(*notices->list));
	va_start(arguments, format);
	notices->list[notices->count] = (struct notice){
		.of = of,
		.text = keep_vprint(&notices->keep, format, arguments),
		.at = notices->count,
	};
	va_end(arguments);
	notices->count++;
}

/* The text with its id, of the notices' keep. */
static const char *text_of(struct notices *notices, const struct notice *one)
{
	const char *at = one->of.id ? strstr(one->text, "ID") : NULL;

	return at ? keep_print(&notices->keep, "%.*s%s%s", (int)(at - one->text), one->text,
			       one->of.id, at + strlen("ID"))
		  : one->text;
}

/* By row; those of one row as they were made. */
static int by_row(const void *left, const void *right)
{
	const struct notice *a = left, *b = right;

	if (a->of.row != b->of.row)
		return a->of.row > b->of.row ? 1 : -1;
	return a->at > b->at ? 1 : -1;
}

static void sort(struct notices *notices)
{
	if (notices->count)
		qsort(notices->list, notices->count, sizeof(*notices->list), by_row);
}

/* By kind and text; those of one by row. */
static int by_text(const void *left, const void *right)
{
	const struct notice *const *a = left, *const *b = right;
	const int order = strcmp((*a)->text, (*b)->text);

	if ((*a)->of.kind != (*b)->of.kind)
		return (*a)->of.kind > (*b)->of.kind ? 1 : -1;
	return order ? order : by_row(*a, *b);
}

void notices_only(struct notices *notices, const bool *rows, size_t count)
{
	for (size_t i = 0; i < notices->count; i++) {
		struct notice *one = &notices->list[i];
		const size_t row = one->of.row;

		one->hidden = !one->of.always && (row == 0 || row >= count || !rows[row]);
	}
}

bool notices_shown(const struct notices *notices)
{
	size_t shown = 0;

	for (size_t i = 0; i < notices->count; i++)
		shown += !notices->list[i].hidden && notices->list[i].of.kind != NOTICE_PLAIN;
	return shown > 0;
}

/* "4", or "4 (A-2)": its row, and whose that is. */
static const char *row_of(struct notices *notices, const struct notice *one)
{
	return one->of.id ? keep_print(&notices->keep, "%zu (%s)", one->of.row, one->of.id)
			  : keep_print(&notices->keep, "%zu", one->of.row);
}

/* What is said of several rows is said once, at the first. */
static void merge(struct notices *notices)
{
	struct notice **all = need(calloc(notices->count + 1, sizeof(struct notice *)));
	struct keep *keep = &notices->keep;
	size_t count = 0, rows;

	for (size_t i = 0; i < notices->count; i++)
		if (!notices->list[i].hidden)
			all[count++] = &notices->list[i];
	qsort(all, count, sizeof(struct notice *), by_text);
	for (size_t i = 0; i < count; i += rows) {
		struct notice *first = all[i];

		first->rows = row_of(notices, first);
		for (rows = 1; first->of.row && i + rows < count &&
			       all[i + rows]->of.kind == first->of.kind &&
			       strcmp(all[i + rows]->text, first->text) == 0;
		     rows++) {
			all[i + rows]->again = true;
			if (rows < ROWS_SHOWN)
				first->rows = keep_print(keep, "%s, %s", first->rows,
							 row_of(notices, all[i + rows]));
			else if (rows == ROWS_SHOWN)
				first->rows = keep_print(keep, "%s and more", first->rows);
		}
	}
	free(all);
}

static void print_one(struct notices *notices, const struct notice *one, FILE *out)
{
	const bool several = strchr(one->rows, ',');

	if (one->of.row)
		fprintf(out, "row%s %s: ", several ? "s" : "", one->rows);
	/* Of several it is ID that stands there, for each one's. */
	fprintf(out, "%s\n", several ? one->text : text_of(notices, one));
}

void notices_print(struct notices *notices, struct notice_kinds kinds, const char *head, FILE *out)
{
	size_t shown = 0;

	sort(notices);
	merge(notices);
	for (size_t i = 0; i < notices->count; i++) {
		const struct notice *one = &notices->list[i];

		if (one->hidden || one->again || one->of.kind < kinds.first ||
		    one->of.kind > kinds.last)
			continue;
		if (head)
			fprintf(out, "%s\n", head);
		head = NULL;
		if (!one->of.row || ++shown <= NOTICES_SHOWN)
			print_one(notices, one, out);
	}
	if (shown > NOTICES_SHOWN)
		fprintf(out, "%zu more of this kind; --json has all of them\n",
			shown - NOTICES_SHOWN);
}

json_t *notices_json(struct notices *notices)
{
	json_t *array = need(json_array());

	sort(notices);
	for (size_t i = 0; i < notices->count; i++) {
		const struct notice *one = &notices->list[i];
		json_t *row = one->of.row ? json_integer((json_int_t)one->of.row) : json_null();

		if (json_array_append_new(
			    array, need(json_pack("{s:o,s:s,s:s?}", "row", need(row), "text",
						  text_of(notices, one), "id", one->of.id))) < 0)
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
