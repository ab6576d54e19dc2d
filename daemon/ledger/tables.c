/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The migrations are carried out in a store in memory, which is then asked what it has. Both engines have the
 * same tables (schema/embed.cmake), so what is said of one is true of the other.
 *
 * The facts that say that a store is being moved (move.h) are about that store alone, and are no rows here.
 */
#include "ledger/tables.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ledger/db.h"
#include "protocol/text_stream.h"

#define OWN_FACTS "name NOT IN ('moved-to', 'moving-from')"
#define SAID_FACTS \
	"name NOT IN ('moved-to', 'moving-from', 'checksum-key')" /* a new store has a key */

/* ---- what the schema has --------------------------------------------------------------------- */

static int add_column(struct table *t, const char *name, const char *type, int64_t key)
{
	int r = array_grow(&t->columns, t->count, &t->room);

	if (r < 0)
		return r;
	if (key > TABLE_KEY_MAX)
		return -E2BIG;
	if (key > 0) {
		t->key[key - 1] = t->count;
		t->key_count++;
	}
	t->columns[t->count] = (struct column){
		.name = strdup(name),
		.kind = strcmp(type, "INTEGER") == 0 ? COLUMN_NUMBER
			: strcmp(type, "BLOB") == 0  ? COLUMN_BYTES
						     : COLUMN_TEXT,
	};
	return t->columns[t->count++].name ? 0 : -ENOMEM;
}

static int read_columns(struct table *t, struct db *db)
{
	struct query q;
	char name[64];
	int r = 0;

	query_begin(&q, db, "SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid");
	query_bind_text(&q, t->name);
	while (r == 0 && query_step(&q) > 0) {
		snprintf(name, sizeof(name), "%s", query_text(&q));
		const char *type = query_text(&q);
		r = add_column(t, name, type, query_int(&q));
	}
	int ended = query_end(&q);
	return ended < 0 ? ended : r;
}

static int read_names(struct tables *t, struct db *db)
{
	struct query q;
	int r = 0;

	query_begin(&q, db,
		    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'daemon'"
		    " ORDER BY name");
	while (r == 0 && query_step(&q) > 0) {
		r = array_grow(&t->list, t->count, &t->room);
		if (r < 0)
			break;
		t->list[t->count] = (struct table){ .name = strdup(query_text(&q)) };
		r = t->list[t->count++].name ? 0 : -ENOMEM;
	}
	int ended = query_end(&q);
	return ended < 0 ? ended : r;
}

/* ---- what is said to it ---------------------------------------------------------------------- */

static void put_names(FILE *out, const struct table *t)
{
	for (size_t i = 0; i < t->count; i++)
		fprintf(out, "%s\"%s\"", i ? ", " : "", t->columns[i].name);
}

static void put_key(FILE *out, const struct table *t)
{
	for (size_t i = 0; i < t->key_count; i++)
		fprintf(out, "%s\"%s\"", i ? ", " : "", t->columns[t->key[i]].name);
}

static void put_parameters(FILE *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s$%zu", i ? ", " : "", i + 1);
}

static void put_page(FILE *out, const struct table *t, const char *own, bool after)
{
	fputs("SELECT ", out);
	put_names(out, t);
	fprintf(out, " FROM %s WHERE %s", t->name, own);
	if (after) {
		fputs(" AND (", out);
		put_key(out, t);
		fputs(") > (", out);
		put_parameters(out, t->key_count);
		fputs(")", out);
	}
	fputs(" ORDER BY ", out);
	put_key(out, t);
	fprintf(out, " LIMIT $%zu", after ? t->key_count + 1 : 1);
}

static int compose(struct table *t)
{
	const char *own = strcmp(t->name, "fact") == 0 ? OWN_FACTS : "1 = 1";
	char **const texts[] = { &t->first, &t->next, &t->insert, &t->any, &t->clear };
	struct text_stream stream;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		FILE *out = text_stream_open(&stream);
		if (!out)
			return -ENOMEM;
		if (texts[i] == &t->first || texts[i] == &t->next)
			put_page(out, t, own, texts[i] == &t->next);
		else if (texts[i] == &t->any)
			fprintf(out,
				"SELECT CASE WHEN EXISTS (SELECT 1 FROM %s WHERE %s) THEN 1 ELSE 0 "
				"END",
				t->name, strcmp(own, OWN_FACTS) == 0 ? SAID_FACTS : own);
		else if (texts[i] == &t->clear)
			fprintf(out, "DELETE FROM %s WHERE %s", t->name, own);
		else {
			fprintf(out, "INSERT INTO %s (", t->name);
			put_names(out, t);
			fputs(") VALUES (", out);
			put_parameters(out, t->count);
			fputs(")", out);
		}
		*texts[i] = text_stream_close(&stream, NULL);
		if (!*texts[i])
			return -ENOMEM;
	}
	return 0;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int read_tables(struct tables *t, struct db *db)
{
	int r = db_migrate(db);

	if (r == 0)
		r = read_names(t, db);
	for (size_t i = 0; r == 0 && i < t->count; i++) {
		r = read_columns(&t->list[i], db);
		if (r == 0 && t->list[i].key_count == 0)
			r = -EINVAL; /* it could not be gone through in pages */
		if (r == 0)
			r = compose(&t->list[i]);
	}
	return r;
}

int tables_new(struct tables **ret)
{
	struct tables *t = calloc(1, sizeof(*t));
	struct db *db = NULL;
	int r = t ? db_open(&db, STORE_AT(DB_IN_MEMORY), &(struct store_refusal){ 0 }) : -ENOMEM;

	if (r == 0)
		r = db_begin(db);
	if (r == 0) {
		r = read_tables(t, db);
		db_rollback(db);
	}
	db_close(db);
	if (r != 0) {
		tables_free(t);
		return r < 0 ? r : -EIO;
	}
	*ret = t;
	return 0;
}

struct tables *tables_free(struct tables *t)
{
	if (!t)
		return NULL;
	for (size_t i = 0; i < t->count; i++) {
		struct table *one = &t->list[i];

		for (size_t j = 0; j < one->count; j++)
			free(one->columns[j].name);
		free(one->columns);
		free(one->name);
		free(one->first);
		free(one->next);
		free(one->insert);
		free(one->any);
		free(one->clear);
	}
	free(t->list);
	free(t);
	return NULL;
}
