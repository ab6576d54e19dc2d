/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an engine is to db.c, which has all that does not depend on it: statements that are kept, the
 * error that spoils a transaction, the order of calls. An engine is one table of functions; its own
 * state stands behind a struct db, which is the first member of its struct.
 *
 * Unless said otherwise they return 0 or a negative errno, as db.h tells them; what failed is left in
 * db->failure.
 */
#pragma once
#include "ledger/checksum.h"
#include "ledger/damage.h"
#include "ledger/db.h"

#define DAMAGE_SAID (DAMAGE_NAME + 64)
#define STATEMENT_SLOTS 256 /* a power of two, and more than twice the statements there are */
#define STATEMENTS_KEPT (STATEMENT_SLOTS * 3 / 4) /* UPDATE has one for each set of columns */

struct statement {
	struct sql sql;
	void *handle; /* the engine's; NULL: the slot is empty */
	bool busy;
	bool passing; /* not kept: the kept one is in use, or there is no room for one more */
};

struct db_engine {
	int (*snapshot)(struct db *db, struct db **ret);
	/* A snapshot that is closed: is it kept, to be had again by the next one? NULL: never. */
	bool (*keep)(struct db *db);
	/* Frees it, when all its statements are finalized. */
	void (*close)(struct db *db);
	int (*migrate)(struct db *db);
	/* A check of the store's pages that goes on by itself; *ret stays NULL where there is none. NULL: never. */
	int (*check)(struct db *db, struct db_check **ret);

	int (*begin)(struct db *db);
	/* Of a transaction that nothing has spoilt; it is over also when it fails. */
	int (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	int (*trial_begin)(struct db *db);
	int (*trial_end)(struct db *db);
	bool (*has_written)(struct db *db);

	bool (*is_changed)(struct db *db); /* NULL: never */
	const char *select_clock;	   /* or NULL */
	bool is_utf8;			   /* texts that are none are refused */

	/* A statement, in both engines' words; text is the caller's. */
	int (*prepare)(struct db *db, const char *text, void **ret);
	void (*finalize)(struct db *db, void *handle);
	/* The use of it ends: rows that were not read are dropped. */
	void (*reset)(struct db *db, void *handle);
	/* Parameter n, from 1. What is bound is borrowed until the reset. */
	int (*bind_int)(void *handle, int n, int64_t value);
	int (*bind_text)(void *handle, int n, const char *text); /* NULL: none */
	int (*bind_bytes)(void *handle, int n, const void *bytes, size_t length);
	int (*count_parameters)(void *handle);
	bool (*is_reading)(void *handle);
	/* 1: a row; 0: no more. */
	int (*step)(struct db *db, void *handle);
	/* What is bound will be asked for in this transaction. NULL, like those below: nothing is gained by it. */
	int (*prefetch)(struct db *db, void *handle);
	/* That of one statement, as bound, holds no more; is there any? */
	void (*forget)(struct db *db, void *handle);
	bool (*has_prefetched)(const struct db *db);
	void (*drop_prefetched)(struct db *db);
	/* Column n, from 0. */
	bool (*is_none)(void *handle, int n);
	int64_t (*get_int)(void *handle, int n);
	const char *(*get_text)(void *handle, int n); /* NULL: none */
	const void *(*get_bytes)(void *handle, int n, size_t *ret_length);
};

/* Up to where a store was acknowledged, for an engine that can keep it elsewhere. */
struct db_mark {
	char store[17]; /* its installation id; "": not known */
	int64_t seq;	/* of the newest event; 0: none */
};

struct db {
	const struct db_engine *engine;
	struct db_mark mark;  /* with the next commit */
	struct db_mark found; /* before the opening */
	bool in_transaction;  /* as begun by us; the engine may have rolled back by itself */
	bool is_snapshot;
	int failed;  /* the error that spoilt this transaction, or snapshot; 0 */
	bool broken; /* a commit's outcome is unknown: never again */
	const char *failure;
	uint64_t count;		   /* of statements carried out */
	struct checksum checksum;  /* of the rows: row.c */
	struct damage *damage;	   /* what was met of it; NULL: nobody keeps it */
	char damaged[DAMAGE_SAID]; /* failure, when it is a damaged row */
	size_t kept;		   /* of those below */
	struct statement statements[STATEMENT_SLOTS];
};

/* Open as db_open does. postgres_open: -EAGAIN when there is no way to the database, what is wrong in ret_reason;
 * -EPROTONOSUPPORT from a build without libpq. */
int sqlite_open(struct db **ret, const struct store_place *place, struct store_refusal *ret_why);
int postgres_open(struct db **ret, const struct store_place *place, char ret_reason[static 256]);

/* Finalize all statements that are kept. */
void db_forget_statements(struct db *db);
/* A statement without parameters or rows, whatever the state of the transaction. */
int db_run(struct db *db, const char *text);
/* The number that a statement gives; 0 for none. */
int db_number(struct db *db, const char *text, int64_t *ret);
