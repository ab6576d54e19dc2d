/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam between the ledger and the engines that store it. Above it is SQL and the mapping of rows
 * to structs; below it db.c, what they have in common, and the files of each engine (db_engine.h).
 *
 * SQL is written once, in static constants or by the description of a row (sql.h). Their addresses are
 * the key under which the prepared statement is kept for the life of the connection. Parameters are
 * $1, $2, … in the order of their first appearance, which is also the order in which they are bound.
 *
 * Errors: -ENOSPC (disk full), -EIO (the store is unusable), -EEXIST (a unique key is taken),
 * -EINVAL (a row the schema refuses), -ENOMEM, -EBUSY (a foreign process holds the store's write lock),
 * -EAGAIN (a shared store can't be reached, or its server gave up the transaction: nothing of it happened,
 * or, when it comes from a commit, that isn't known). What a write came to may be told by a later call.
 * After an error in a transaction every call in it returns that error until the rollback: a transaction is
 * whole or nothing, even when somebody overlooks an error. So it is with a snapshot, to its end. After -EIO
 * from a commit the handle never begins another.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "ledger/sql.h"
#include "ledger/types.h"

struct db;

enum db_open_result {
	DB_OPENED = 0,
	DB_IN_USE = 1,	 /* by another process */
	DB_NOT_OURS = 2, /* of another program, damaged in its head, or from a newer version */
	DB_EMPTY = 3,	 /* a file of no bytes, which is no new store */
	DB_NONE = 4,	 /* nothing is there, and nothing was to be made */
	DB_DAMAGED = 5,	 /* what was acknowledged is missing: ret_why->reason */
};
#define DB_IN_MEMORY ":memory:" /* as path: a store without a file, which has no snapshots */
/* As path: the same, but what does not fit into the cache stands in a file without a name, in the system's folder for
 * temporary files (SQLITE_TMPDIR, TMPDIR, /var/tmp, /tmp). */
#define DB_PASSING ""
int db_open(struct db **ret, const struct store_place *place, struct store_refusal *ret_why);
/* A second, read-only connection to the same store, which sees this moment and nothing later. */
int db_snapshot(struct db *db, struct db **ret);
/* All pages of a snapshot into a file that is there, and empty: a few at a step, 1 when there are more. */
struct db_copy;
int db_copy_new(struct db_copy **ret, struct db *snapshot, const char *path);
int db_copy_step(struct db_copy *c, int pages);
/* When all are: a fact that the copy alone has. */
int db_copy_note(struct db_copy *c, const char *name, const char *value, int64_t checksum);
struct db_copy *db_copy_free(struct db_copy *c);
struct db *db_close(struct db *db);
/* The engine's own check of its pages, which goes on by itself; NULL where it has none. 0 or a negative errno. */
struct db_check;
int db_check_new(struct db_check **ret, struct db *db);
/* 1: it goes on; 0: it has ended, with a line for each fault, or "ok"; or a negative errno. */
int db_check_poll(struct db_check *c, const char **ret_faults);
struct db_check *db_check_free(struct db_check *c);

/* Bring the schema to the newest version; in an open transaction. */
int db_migrate(struct db *db);

int db_begin(struct db *db);
int db_commit(struct db *db);
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/* Within the open transaction, one at a time: what is written from the beginning on is taken back at the end. */
int db_trial_begin(struct db *db);
int db_trial_end(struct db *db);
/* Has the open transaction written anything? */
bool db_has_written(struct db *db);

/* The error that spoils the open transaction, or the snapshot, or 0. */
int db_spoilt(const struct db *db);

/* Have others written since the last transaction was begun? Asked once in each. */
bool db_is_changed(struct db *db);
/* A statement that gives the store's clock, in microseconds; NULL: nobody else has it open. */
const char *db_select_clock(const struct db *db);
/* Is anything gained by a prefetch? Whoever would do work for it asks first. */
bool db_prefetches(const struct db *db);
/* Is there anything that was prefetched and not used? */
bool db_has_prefetched(const struct db *db);
/* What was prefetched holds no more. */
void db_drop_prefetched(struct db *db);
/* Does it refuse texts that are no UTF-8? */
bool db_is_utf8(const struct db *db);
/* How many statements were carried out since the opening, those of transactions too. */
uint64_t db_statements(const struct db *db);
/* What failed, as a clause ("fsync failed"), after -EIO or -ENOSPC; NULL when nothing has. */
const char *db_failure(const struct db *db);

/*
 * One use of a statement: begin, bind all parameters in order, step while it returns a positive
 * value, read the columns in order, end. The first error sticks: later calls do nothing and end
 * returns it. What is bound is borrowed until the end, what is read until the next step.
 * Writing outside a transaction is a bug, and asserted.
 */
struct query {
	struct db *db;
	struct statement *statement;
	int error;
	int bound, read;
	bool tells; /* a row whose checksum does not hold is read as it is, and told by the next */
	bool is_damaged; /* the row that was read last */
};
void query_begin_sql(struct query *q, struct db *db, const struct sql *sql);
void query_begin(struct query *q, struct db *db, const char *text);
void query_bind_int(struct query *q, int64_t value);
void query_bind_text(struct query *q, const char *text);		  /* NULL: none */
void query_bind_bytes(struct query *q, const void *bytes, size_t length); /* at least one */
void query_bind_none(struct query *q);
/* 1: a row; 0: no more; or a negative errno. */
int query_step(struct query *q);
bool query_is_none(struct query *q); /* of the column that is read next */
int64_t query_int(struct query *q);
const char *query_text(struct query *q); /* "" for none */
const void *query_bytes(struct query *q, size_t *ret_length);
int query_end(struct query *q);

/*
 * In place of the first step, and it ends: what was begun and bound will be asked for in this transaction. With an engine
 * that is far away it is sent, and not waited for; its first use with the same parameters has the answer, as it was before
 * what this transaction writes until then. So whoever writes what such a statement would read says so: query_forget for
 * the statement and its parameters, as bound, or db_drop_prefetched for all there is. 0 or the error.
 */
int query_prefetch(struct query *q);
int query_forget(struct query *q);

/* Step to the end, and end: for a statement without rows. */
int query_run(struct query *q);
