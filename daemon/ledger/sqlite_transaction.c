/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's engine on SQLite: transactions. One writing connection, WAL with synchronous=FULL, so a commit
 * that succeeded is on disk. The write-ahead log is copied into the file by us, after a commit, and not by
 * SQLite's own hook, which would swallow an error of fsync.
 */
#include <assert.h>
#include <errno.h>

#include "ledger/sqlite.h"

#define CHECKPOINT_PAGES 4000 /* 16 MiB of write-ahead log */

/* Whoever removes a store or puts another in its place must not be told that events were stored. */
static int check_place(struct db *db)
{
	if (!db->file.path || store_file_is_there(&db->file))
		return 0;
	db->failure = "the store's file was removed or replaced";
	db->broken = true;
	return -EIO;
}

int db_begin(struct db *db)
{
	assert(!db->in_transaction);
	int r = db->broken ? -EIO : check_place(db);
	if (r == 0)
		r = sqlite_run(db, "BEGIN IMMEDIATE");
	if (r < 0)
		return r;
	db->failed = 0;
	db->in_transaction = true;
	db->changes = sqlite3_total_changes64(db->handle);
	return 0;
}

int db_trial_begin(struct db *db)
{
	assert(db->in_transaction);
	db->changes_before = sqlite3_total_changes64(db->handle) - db->changes;
	return db->failed ? db->failed : sqlite_run(db, "SAVEPOINT trial");
}

int db_trial_end(struct db *db)
{
	int r;

	assert(db->in_transaction);
	/* A disk that is full, say, may have made SQLite roll back all of it. */
	if (sqlite3_get_autocommit(db->handle))
		return db->failed ? db->failed : -EIO;
	r = sqlite_run(db, "ROLLBACK TO trial");
	if (r == 0)
		r = sqlite_run(db, "RELEASE trial");
	db->changes = sqlite3_total_changes64(db->handle) - db->changes_before;
	if (r < 0 && !db->failed)
		db->failed = r;
	return db->failed;
}

bool db_has_written(const struct db *db)
{
	return sqlite3_total_changes64(db->handle) != db->changes;
}

void db_rollback(struct db *db)
{
	assert(db->in_transaction);
	/* Without effect where SQLite did it already; what can't be undone was never committed. */
	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite_run(db, "ROLLBACK");
	db->in_transaction = false;
}

/* Copy the write-ahead log into the file once it is long. A reader in the way, or a full disk, only
 * puts it off. */
static int checkpoint(struct db *db)
{
	if (db->log_pages < CHECKPOINT_PAGES)
		return 0;
	int code =
		sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	int r = code == SQLITE_OK ? 0 : sqlite_error(db, code);
	return r == -EIO ? r : 0;
}

int db_commit(struct db *db)
{
	assert(db->in_transaction);
	int r = db->failed;
	if (r == 0) {
		r = sqlite_run(db, "COMMIT");
		if (r < 0 && r != -ENOSPC)
			r = -EIO;
	}
	if (r < 0)
		db_rollback(db);
	else
		r = checkpoint(db);
	if (r == 0)
		r = check_place(db);
	db->in_transaction = false;
	db->broken = r == -EIO;
	return r;
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

int db_spoilt(const struct db *db)
{
	return db->in_transaction ? db->failed : 0;
}

const char *db_failure(const struct db *db)
{
	return db->failure;
}
