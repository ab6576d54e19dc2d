/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All tables of the schema with their columns and keys, as the schema itself has them: for who copies a store
 * without knowing what its rows mean. A table that a migration adds is among them.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define TABLE_KEY_MAX 8

enum column_kind { COLUMN_NUMBER, COLUMN_TEXT, COLUMN_BYTES };
struct column {
	char *name;
	enum column_kind kind;
};
struct table {
	char *name;
	struct column *columns;
	size_t count, room;
	size_t key[TABLE_KEY_MAX]; /* places in columns, in the order of the key */
	size_t key_count;
	/* SQL, all columns in their order: a page from the beginning ($1 rows), a page after a key (bound first),
	 * one row more, whether there is any (0 or 1), none any more. */
	char *first, *next, *insert, *any, *clear;
};
struct tables {
	struct table *list;
	size_t count, room;
};
/* Those whose rows are the store's; `daemon`, which says who has it open, is none. 0 or a negative errno. The
 * statements are known by where they are (db.h): the tables outlive every store they are used on. */
int tables_new(struct tables **ret);
struct tables *tables_free(struct tables *t);
