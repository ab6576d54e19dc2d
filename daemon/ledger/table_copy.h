/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All rows of all tables (tables.h) from one store into another of whichever engine, or compared with it: a page of
 * a table at a step, so that neither is ever in memory. Both stores are in a transaction, or snapshots.
 */
#pragma once
#include <stdint.h>

#include "ledger/db.h"
#include "ledger/tables.h"

struct table_copy;
enum table_work {
	TABLE_COPY,    /* into `to`, whose tables are empty and which is in a transaction */
	TABLE_COMPARE, /* every column of every row, in the order of the keys */
};
/*
 * What is borrowed outlives it. changed: of a text that is no UTF-8, which an engine may not keep: each of its bytes that
 * is none becomes U+FFFD, and this is told where (a phrase). Compared is what it became.
 */
int table_copy_new(struct table_copy **ret, enum table_work work, const struct tables *tables,
		   struct db *from, struct db *to);
void table_copy_tell(struct table_copy *c, void (*changed)(void *userdata, const char *where),
		     void *userdata);
/* 1 there is more; 0 done; a negative errno: -EUCLEAN when the two differ (table_copy_place says where). */
int table_copy_step(struct table_copy *c);
/* The table it has come to, or NULL; rows so far; where they differ, as a phrase. */
const char *table_copy_table(const struct table_copy *c);
int64_t table_copy_rows(const struct table_copy *c);
/* Had a text to be changed, so that a row is no longer that of its checksum? */
bool table_copy_has_mended(const struct table_copy *c);
const char *table_copy_place(const struct table_copy *c);
struct table_copy *table_copy_free(struct table_copy *c);
