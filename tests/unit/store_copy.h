/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stores for tests that begin as a copy of one with nothing in it but the schema: to make that anew was two
 * thirds of the work of a unit test.
 */
#ifndef TESTS_UNIT_STORE_COPY_H
#define TESTS_UNIT_STORE_COPY_H

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ledger/ledger.h"
#include "ledger/sqlite.h"
#include "tests/unit/unit.h"

static struct {
	unsigned char *bytes; /* what the ledger's own migration makes */
	sqlite3_int64 size;
	bool awaited; /* is the next database that SQLite opens to be a copy? */
} store_schema;

/* Called by SQLite for each database that it opens. */
static inline int store_schema_give(sqlite3 *handle, char **error, const void *functions)
{
	unsigned char *bytes;

	(void)error, (void)functions;
	if (!store_schema.awaited)
		return SQLITE_OK;
	store_schema.awaited = false;
	bytes = sqlite3_malloc64((sqlite3_uint64)store_schema.size);
	ck_assert_ptr_nonnull(bytes);
	memcpy(bytes, store_schema.bytes, (size_t)store_schema.size);
	return sqlite3_deserialize(handle, "main", bytes, store_schema.size, store_schema.size,
				   SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
}

static inline void store_schema_make(void)
{
	struct store_refusal why = { 0 };
	struct db *db = NULL;

	ck_assert_int_eq(db_open(&db, STORE_AT(DB_IN_MEMORY), &why), DB_OPENED);
	ck_assert_int_eq(db_begin(db), 0);
	ck_assert_int_eq(db_migrate(db), 0);
	ck_assert_int_eq(db_commit(db), 0);
	store_schema.bytes =
		sqlite3_serialize(sqlite_of(db)->handle, "main", &store_schema.size, 0);
	ck_assert_ptr_nonnull(store_schema.bytes);
	db_close(db);
	sqlite3_auto_extension((void (*)(void))store_schema_give);
}

/* A store in memory. */
static inline struct ledger *store_in_memory(void)
{
	struct ledger *l = NULL;

	if (!store_schema.bytes)
		store_schema_make();
	store_schema.awaited = true;
	ck_assert_int_eq(
		ledger_open(&l, STORE_AT(DB_IN_MEMORY), false, &(struct store_refusal){ 0 }),
		LEDGER_OPENED);
	return l;
}

/* A store at path, where nothing is. */
static inline void store_write_copy(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (!store_schema.bytes)
		store_schema_make();
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, store_schema.bytes, (size_t)store_schema.size),
			 store_schema.size);
	close(fd);
}

#endif
