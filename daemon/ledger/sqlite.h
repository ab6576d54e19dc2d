/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the SQLite engine share. */
#pragma once
#include <sqlite3.h>

#include "ledger/db_engine.h"
#include "ledger/sqlite_mark.h"
#include "ledger/store_file.h"

struct sqlite {
	struct db db;
	sqlite3 *handle;
	struct store_file
		file;	 /* of the connection that writes; path NULL: in memory, or a snapshot */
	int64_t changes; /* rows written in all, when the transaction was begun */
	int64_t changes_before;	       /* rows written in it, when a trial was begun */
	int log_pages;		       /* in the write-ahead log, after the last commit */
	int mark_fd;		       /* of sqlite_mark.h; -1: nothing is kept */
	struct sqlite_mark mark;       /* as it was written last */
	struct checkpoint *checkpoint; /* once the log has been long */
};
static inline struct sqlite *sqlite_of(struct db *db)
{
	return (struct sqlite *)db;
}
extern const struct db_engine sqlite_engine;

/* SQLite's (extended) result code as an errno; remembers what failed. */
int sqlite_error(struct sqlite *s, int code);

/* A second connection to the same store that may write: for another thread, which has it alone. */
int sqlite_second(struct sqlite *s, struct sqlite **ret);

/* After each commit: copy the write-ahead log into the file once it is long. 0, or the -EIO of a copy that failed, which
 * is the end of the handle. */
int sqlite_checkpoint(struct sqlite *s);
/* Before each commit: the -EIO of a copy that has failed meanwhile, else 0. */
int sqlite_checkpoint_failed(struct sqlite *s);
/* Waits for a copy that is under way. */
void sqlite_checkpoint_free(struct sqlite *s);

/* Of the table: sqlite_open.c, sqlite_transaction.c. */
int sqlite_snapshot(struct db *db, struct db **ret);
void sqlite_close(struct db *db);
int sqlite_migrate(struct db *db);
int sqlite_check(struct db *db, struct db_check **ret);
int sqlite_begin(struct db *db);
int sqlite_commit(struct db *db);
void sqlite_rollback(struct db *db);
int sqlite_trial_begin(struct db *db);
int sqlite_trial_end(struct db *db);
bool sqlite_has_written(struct db *db);
