/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the SQLite engine share. */
#pragma once
#include <sqlite3.h>

#include "ledger/db.h"
#include "ledger/store_file.h"

#define STATEMENT_SLOTS 256 /* a power of two, and more than twice the statements there are */
#define STATEMENTS_KEPT (STATEMENT_SLOTS * 3 / 4) /* UPDATE has one for each set of columns */

struct statement {
	struct sql sql;
	sqlite3_stmt *handle;
	bool busy;
	bool passing; /* not kept: the kept one is in use, or there is no room for one more */
};

struct db {
	sqlite3 *handle;
	struct store_file
		file; /* of the connection that writes; path NULL: in memory, or a snapshot */
	bool in_transaction;	/* as begun by us; SQLite may have rolled back by itself */
	int64_t changes;	/* rows written in all, when it was begun */
	int64_t changes_before; /* rows written in it, when a trial was begun */
	int failed;		/* the error that spoilt this transaction; 0 */
	bool broken;		/* a commit's outcome is unknown: never again */
	int log_pages;		/* in the write-ahead log, after the last commit */
	const char *failure;
	uint64_t count; /* of statements carried out */
	size_t kept;	/* of those below */
	struct statement statements[STATEMENT_SLOTS];
};

/* SQLite's (extended) result code as an errno; remembers what failed. */
int sqlite_error(struct db *db, int code);
/* A statement without parameters or rows, whatever the state of the transaction. */
int sqlite_run(struct db *db, const char *text);
/* The number that a statement gives; 0 for none. */
int sqlite_number(struct db *db, const char *text, int64_t *ret);
