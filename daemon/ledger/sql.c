/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQL that both engines speak: INSERT … ON CONFLICT is PostgreSQL's, which SQLite took over.
 */
#include "ledger/sql.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/text_stream.h"

/* A list of columns: "a, b" of all, or for each a text of its own. */
struct list {
	FILE *out;
	const char *between;
	unsigned count; /* of what it has so far */
	unsigned bound; /* parameters so far */
};

static void next(struct list *list)
{
	if (list->count++ > 0)
		fputs(list->between, list->out);
}

static void put_column(struct list *list, const struct row_type *row, const char *column,
		       bool in_full)
{
	next(list);
	if (in_full)
		fprintf(list->out, "%s.", row->table);
	fputs(column, list->out);
}

static void put_columns(struct list *list, const struct row_type *row, bool in_full)
{
	for (size_t i = 0; i < row->count; i++)
		put_column(list, row, row->fields[i].column, in_full);
	if (!row->is_passing)
		put_column(list, row, "checksum", in_full);
}

static size_t column_count(const struct row_type *row)
{
	return row->count + !row->is_passing;
}

static void put_parameters(struct list *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		next(list);
		fprintf(list->out, "$%u", ++list->bound);
	}
}

static size_t key_count(const struct row_type *row)
{
	size_t count = 0;

	while (count < row->count && row->fields[count].roles & FIELD_KEY)
		count++;
	return count;
}

/* "a = $1 AND b = $2" of the first `count` of the key. */
static void put_key(FILE *out, const struct row_type *row, size_t count, unsigned bound)
{
	struct list list = { .out = out, .between = " AND ", .bound = bound };

	for (size_t i = 0; i < count; i++) {
		next(&list);
		fprintf(out, "%s = $%u", row->fields[i].column, ++list.bound);
	}
}

static void select_columns(FILE *out, const struct sql *sql)
{
	struct list list = { .out = out, .between = ", " };

	fputs("SELECT ", out);
	put_columns(&list, sql->row, true);
	if (sql->joined)
		put_columns(&list, sql->joined, true);
	if (sql->text) {
		fprintf(out, " %s", sql->text);
	} else {
		fprintf(out, " FROM %s WHERE ", sql->row->table);
		put_key(out, sql->row, key_count(sql->row), 0);
	}
}

/* The key's columns, or parameters for them. */
static void put_key_list(FILE *out, const struct row_type *row, bool as_columns)
{
	struct list list = { .out = out, .between = ", " };

	fputs("(", out);
	if (as_columns)
		for (size_t i = 0; i < key_count(row); i++)
			put_column(&list, row, row->fields[i].column, false);
	else
		put_parameters(&list, key_count(row));
	fputs(")", out);
}

static void page(FILE *out, const struct sql *sql)
{
	const struct row_type *row = sql->row;
	struct list list = { .out = out, .between = ", " };

	fputs("SELECT ", out);
	put_columns(&list, row, true);
	fprintf(out, " FROM %s", row->table);
	if (sql->verb == SQL_PAGE) {
		fputs(" WHERE ", out);
		put_key_list(out, row, true);
		fputs(" > ", out);
		put_key_list(out, row, false);
	}
	fputs(" ORDER BY ", out);
	list.count = 0;
	for (size_t i = 0; i < key_count(row); i++)
		put_column(&list, row, row->fields[i].column, false);
	fprintf(out, " LIMIT $%zu", sql->verb == SQL_PAGE ? key_count(row) + 1 : 1);
}

static void insert(FILE *out, const struct sql *sql)
{
	const struct row_type *row = sql->row;
	struct list columns = { .out = out, .between = ", " }, values = columns;
	size_t last = key_count(row) - 1;

	fprintf(out, "INSERT INTO %s (", row->table);
	put_columns(&columns, row, false);
	fputs(") VALUES (", out);
	if (sql->verb == SQL_APPEND) {
		put_parameters(&values, last);
		next(&values);
		fprintf(out, "(SELECT coalesce(max(%s) + 1, 0) FROM %s WHERE ",
			row->fields[last].column, row->table);
		put_key(out, row, last, 0);
		fputs(")", out);
		put_parameters(&values, column_count(row) - last - 1);
	} else {
		put_parameters(&values, column_count(row));
	}
	fputs(")", out);
}

static void upsert(FILE *out, const struct sql *sql)
{
	const struct row_type *row = sql->row;
	struct list columns = { .out = out, .between = ", " };

	insert(out, sql);
	fputs(" ON CONFLICT ", out);
	put_key_list(out, row, true);
	fputs(" DO UPDATE SET ", out);
	for (size_t i = key_count(row); i < row->count; i++) {
		next(&columns);
		fprintf(out, "%1$s = excluded.%1$s", row->fields[i].column);
	}
	if (!row->is_passing) {
		next(&columns);
		fputs("checksum = excluded.checksum", out);
	}
}

static void update(FILE *out, const struct sql *sql)
{
	struct list list = { .out = out, .between = ", " };

	assert(!(sql->changed & ~sql_unkeyed(sql->row)));
	fprintf(out, "UPDATE %s SET ", sql->row->table);
	for (size_t i = 0; i < sql->row->count; i++)
		if (sql->changed >> i & 1) {
			next(&list);
			fprintf(out, "%s = $%u", sql->row->fields[i].column, ++list.bound);
		}
	if (!sql->row->is_passing) {
		next(&list);
		fprintf(out, "checksum = $%u", ++list.bound);
	}
	fputs(" WHERE ", out);
	put_key(out, sql->row, key_count(sql->row), list.bound);
}

static void delete (FILE *out, const struct sql *sql)
{
	fprintf(out, "DELETE FROM %s WHERE ", sql->row->table);
	put_key(out, sql->row, key_count(sql->row), 0);
}

static void text(FILE *out, const struct sql *sql)
{
	fputs(sql->text, out);
}

uint64_t sql_unkeyed(const struct row_type *row)
{
	return ~UINT64_C(0) >> (64 - row->count) & ~UINT64_C(0) << key_count(row);
}

uint64_t sql_changeable(const struct row_type *row)
{
	uint64_t set = 0;

	for (size_t i = 0; i < row->count; i++)
		if (!(row->fields[i].roles & (FIELD_KEY | FIELD_FIXED)))
			set |= UINT64_C(1) << i;
	return set;
}

uint64_t sql_inserted(enum sql_verb verb, const struct row_type *row)
{
	return verb == SQL_APPEND ? ~(UINT64_C(1) << (key_count(row) - 1)) : UINT64_MAX;
}

char *sql_compose(const struct sql *sql)
{
	static void (*const composers[])(FILE * out, const struct sql *sql) = {
		[SQL_TEXT] = text,     [SQL_SELECT] = select_columns,
		[SQL_INSERT] = insert, [SQL_APPEND] = insert,
		[SQL_UPSERT] = upsert, [SQL_DELETE] = delete,
		[SQL_UPDATE] = update, [SQL_FIRST] = page,
		[SQL_PAGE] = page,
	};
	struct text_stream stream;
	FILE *out = text_stream_open(&stream);

	if (!out)
		return NULL;
	composers[sql->verb](out, sql);
	return text_stream_close(&stream, NULL);
}
