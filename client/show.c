/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row for people whatever its members are: a line for each plain value, the names aligned; a table for
 * a list of objects; a further level of indentation for an object.
 */
#include "client/show.h"

#include <string.h>

#include "client/ask.h"
#include "client/forecast.h"
#include "client/need.h"
#include "client/print.h"
#include "client/run.h"
#include "client/table.h"

#define COLUMNS_MAX 12
#define DEPTH_MAX 8
#define EFFECT "effect_" /* so begin the names of amounts of money */

/* A member's name as words: "due original". */
static char *words(const char *name)
{
	char *text = print_clean(name, false);

	for (char *at = text; *at; at++)
		if (*at == '_')
			*at = ' ';
	return text;
}

/* A plain value; amounts of money with their separators. */
static char *value_text(const char *name, const json_t *value)
{
	char number[PRINT_NUMBER];

	if (json_is_integer(value) && strncmp(name, EFFECT, strlen(EFFECT)) == 0)
		return need(strdup(print_number(json_integer_value(value), number)));
	return print_value(value);
}

static bool is_table(const json_t *value)
{
	return json_is_object(json_array_get(value, 0));
}

static void show_level(json_t *row, int depth, FILE *out);

/* What has more members than a table has room for is shown one by one. */
static void show_each(const json_t *list, FILE *out)
{
	json_t *row;
	size_t i;

	json_array_foreach (list, i, row) {
		fputs(i > 0 ? "\n" : "", out);
		show_level(row, 1, out);
	}
}

/* What any row of a list has, in the order in which they have it: some have what others lack. */
static json_t *members_of(const json_t *list)
{
	json_t *all = need(json_object()), *row;
	size_t i;

	json_array_foreach (list, i, row)
		json_object_update_missing(all, row);
	return all;
}

static void show_table(json_t *all, const json_t *list, FILE *out)
{
	struct table_column columns[COLUMNS_MAX] = { 0 };
	const char *members[COLUMNS_MAX], *name;
	char *titles[COLUMNS_MAX];
	json_t *row, *value;
	struct table *table;
	size_t i, count = 0;

	json_object_foreach (all, name, value) {
		titles[count] = words(name);
		members[count] = name;
		columns[count] =
			(struct table_column){ titles[count], json_is_number(value), false };
		count++;
	}
	columns[count - 1].wraps = true;
	table_new(&table, columns, count);
	json_array_foreach (list, i, row)
		for (size_t column = 0; column < count; column++)
			table_add(table, print_value(json_object_get(row, members[column])));
	table_print(table, out, table_width(out), false);
	table_free(table);
	for (size_t column = 0; column < count; column++)
		free(titles[column]);
}

static void show_rows_of(const char *name, const json_t *list, FILE *out)
{
	auto_json json_t *all = members_of(list);
	const size_t members = json_object_size(all);

	if (strcmp(name, "obligations") == 0)
		show_list("deadline", list, out);
	else if (strcmp(name, "coming") == 0)
		show_forecast(list, out);
	else if (members == 0 || members > COLUMNS_MAX)
		show_each(list, out);
	else
		show_table(all, list, out);
}

static void show_level(json_t *row, int depth, FILE *out)
{
	const char *name;
	json_t *value;
	int width = 0;

	json_object_foreach (row, name, value)
		if (!json_is_object(value) && !is_table(value) && print_width(name) > width)
			width = print_width(name);
	json_object_foreach (row, name, value) {
		auto_free char *title = words(name), *text = NULL;

		if (json_is_object(value) && depth < DEPTH_MAX) {
			fprintf(out, "%*s%s\n", depth * 2, "", title);
			show_level(value, depth + 1, out);
		} else if (is_table(value)) {
			fprintf(out, "\n%s\n", title);
			show_rows_of(name, value, out);
		} else {
			text = value_text(name, value);
			fprintf(out, "%*s%s%*s  %s\n", depth * 2, "", title,
				width - print_width(title), "", text);
		}
	}
}

void show(json_t *row, FILE *out)
{
	show_level(row, 0, out);
}

int show_one(const struct call *call, const json_t *rows, void (*tell)(json_t *row))
{
	json_t *row = json_array_get(rows, 0);

	if (!row) {
		fprintf(stderr, "paminn: the daemon has nothing to show\n");
		return EX_DATAERR;
	}
	if (call->json)
		print_json(stdout, row);
	else
		tell(row);
	return EX_OK;
}

static void in_words(json_t *row)
{
	show(row, stdout);
}

int show_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	int code = ask(call, &rows);

	return code == EX_OK ? show_one(call, rows, in_words) : code;
}
