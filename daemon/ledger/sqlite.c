/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's engine on SQLite: one file, one writing connection, WAL with synchronous=FULL, so a
 * commit that succeeded is on disk. The write-ahead log is copied into the file by us, after a
 * commit, and not by SQLite's own hook, which would swallow an error of fsync. A file that isn't
 * ours is told by its application id before anything in it is changed; a store is only ever created
 * where there was nothing. All that needs SQLite's header is here, hence the length.
 */
#include "ledger/db.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/schema.h"
#include "ledger/store_file.h"

#define APPLICATION_ID 0x50e56d6e /* "Påmn" in Latin-1 */
#define BUSY_WAIT_MS 1000	  /* a person's sqlite3 may hold the write lock for a moment */
#define CHECKPOINT_PAGES 4000	  /* 16 MiB of write-ahead log */
#define CACHE_KIB 8192
#define SNAPSHOT_KIB 2048
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
	char *path;
	int lock;	     /* -1: a snapshot */
	bool in_transaction; /* as begun by us; SQLite may have rolled back by itself */
	int64_t changes;     /* rows written in all, when it was begun */
	int failed;	     /* the error that spoilt this transaction; 0 */
	bool broken;	     /* a commit's outcome is unknown: never again */
	int log_pages;	     /* in the write-ahead log, after the last commit */
	const char *failure;
	uint64_t count; /* of statements carried out */
	size_t kept;	/* of those below */
	struct statement statements[STATEMENT_SLOTS];
};

/* ---- errors ---------------------------------------------------------------------------------- */

static const struct {
	int code; /* extended */
	const char *what;
} failures[] = {
	{ SQLITE_IOERR_FSYNC, "fsync" },     { SQLITE_IOERR_DIR_FSYNC, "fsync" },
	{ SQLITE_IOERR_WRITE, "write" },     { SQLITE_IOERR_READ, "read" },
	{ SQLITE_IOERR_SHORT_READ, "read" }, { SQLITE_IOERR_TRUNCATE, "truncate" },
	{ SQLITE_IOERR_SHMSIZE, "write" },   { SQLITE_IOERR_SHMMAP, "mmap" },
};

static const char *failure_name(int code)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
		if (failures[i].code == code)
			return failures[i].what;
	return sqlite3_errstr(code);
}

/* SQLite says FULL itself when a write finds no space, but not for its shared memory or a quota. */
static bool is_full(struct db *db, int code)
{
	if (code == SQLITE_FULL)
		return true;
	if (code != SQLITE_IOERR_WRITE && code != SQLITE_IOERR_SHMSIZE)
		return false;
	int error = sqlite3_system_errno(db->handle);
	return error == ENOSPC || error == EDQUOT;
}

/* SQLite's (extended) result code as an errno; remembers what failed. */
static int db_error(struct db *db, int code)
{
	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return -ENOMEM;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_CONSTRAINT:
		return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY
			       ? -EEXIST
			       : -EINVAL;
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG:
		return -EINVAL;
	default:
		if (code == SQLITE_IOERR_NOMEM)
			return -ENOMEM;
		db->failure = failure_name(code);
		return is_full(db, code) ? -ENOSPC : -EIO;
	}
}

static int fail_query(struct query *q, int error)
{
	struct db *db = q->db;

	q->error = error;
	if (db->in_transaction && error != -EEXIST && error != -EINVAL)
		db->failed = error;
	return error;
}

/* ---- statements ------------------------------------------------------------------------------ */

static int prepare(struct db *db, struct statement *s, const struct sql *sql)
{
	char *text = sql_compose(sql);

	if (!text)
		return -ENOMEM;
	int code = sqlite3_prepare_v3(db->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &s->handle,
				      NULL);
	free(text);
	if (code != SQLITE_OK)
		return db_error(db, code);
	s->sql = *sql;
	return 0;
}

static bool is_same(const struct sql *a, const struct sql *b)
{
	return a->text == b->text && a->row == b->row && a->verb == b->verb &&
	       a->changed == b->changed && a->joined == b->joined;
}

/* Where the statement is kept, or would be. */
static struct statement *slot_of(struct db *db, const struct sql *sql)
{
	uint64_t hash = (uintptr_t)sql->text ^ (uintptr_t)sql->row << 7 ^
			sql->changed * 0x9e3779b97f4a7c15u ^ (uint64_t)sql->verb << 40;
	size_t i = hash * 0x9e3779b97f4a7c15u >> 32;

	for (;; i++) {
		struct statement *s = &db->statements[i % STATEMENT_SLOTS];
		if (!s->handle || is_same(&s->sql, sql))
			return s;
	}
}

static int take_passing(struct db *db, const struct sql *sql, struct statement **ret)
{
	struct statement *s = calloc(1, sizeof(*s));
	int r = s ? prepare(db, s, sql) : -ENOMEM;

	if (r < 0) {
		free(s);
		return r;
	}
	s->passing = true;
	*ret = s;
	return 0;
}

static int take_statement(struct db *db, const struct sql *sql, struct statement **ret)
{
	struct statement *s = slot_of(db, sql);

	if (s->busy || (!s->handle && db->kept >= STATEMENTS_KEPT))
		return take_passing(db, sql, ret);
	if (!s->handle) {
		int r = prepare(db, s, sql);
		if (r < 0)
			return r;
		db->kept++;
	}
	s->busy = true;
	*ret = s;
	return 0;
}

static void give_back_statement(struct statement *s)
{
	if (s->passing) {
		sqlite3_finalize(s->handle);
		free(s);
		return;
	}
	sqlite3_reset(s->handle);
	s->busy = false;
}

void query_begin_sql(struct query *q, struct db *db, const struct sql *sql)
{
	*q = (struct query){ .db = db };
	if (db->in_transaction && db->failed) {
		q->error = db->failed;
		return;
	}
	int r = take_statement(db, sql, &q->statement);
	if (r < 0)
		fail_query(q, r);
	else
		db->count++;
}

void query_begin(struct query *q, struct db *db, const char *text)
{
	query_begin_sql(q, db, &(struct sql){ .verb = SQL_TEXT, .text = text });
}

static void bound(struct query *q, int code)
{
	if (code != SQLITE_OK)
		fail_query(q, db_error(q->db, code));
}

void query_bind_int(struct query *q, int64_t value)
{
	if (!q->error)
		bound(q, sqlite3_bind_int64(q->statement->handle, ++q->bound, value));
}

void query_bind_text(struct query *q, const char *text)
{
	if (!q->error)
		bound(q,
		      sqlite3_bind_text(q->statement->handle, ++q->bound, text, -1, SQLITE_STATIC));
}

void query_bind_none(struct query *q)
{
	if (!q->error)
		bound(q, sqlite3_bind_null(q->statement->handle, ++q->bound));
}

int query_step(struct query *q)
{
	if (q->error)
		return q->error;
	sqlite3_stmt *handle = q->statement->handle;
	assert(q->bound == sqlite3_bind_parameter_count(handle));
	assert(q->db->in_transaction || sqlite3_stmt_readonly(handle));

	q->read = 0;
	int code = sqlite3_step(handle);
	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : fail_query(q, db_error(q->db, code));
}

bool query_is_none(struct query *q)
{
	return sqlite3_column_type(q->statement->handle, q->read) == SQLITE_NULL;
}

int64_t query_int(struct query *q)
{
	return sqlite3_column_int64(q->statement->handle, q->read++);
}

const char *query_text(struct query *q)
{
	const unsigned char *text = sqlite3_column_text(q->statement->handle, q->read++);

	return text ? (const char *)text : "";
}

int query_end(struct query *q)
{
	if (q->statement)
		give_back_statement(q->statement);
	q->statement = NULL;
	return q->error;
}

int query_run(struct query *q)
{
	while (query_step(q) > 0)
		;
	return query_end(q);
}

int64_t db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

uint64_t db_statements(const struct db *db)
{
	return db->count;
}

/* ---- transactions ---------------------------------------------------------------------------- */

/* A statement without parameters or rows, whatever the state of the transaction. */
static int run(struct db *db, const char *text)
{
	struct statement *s;
	int r = take_statement(db, &(struct sql){ .verb = SQL_TEXT, .text = text }, &s);

	if (r < 0)
		return r;
	int code = sqlite3_step(s->handle);
	give_back_statement(s);
	db->count++;
	return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : db_error(db, code);
}

int db_begin(struct db *db)
{
	assert(!db->in_transaction);
	if (db->broken)
		return -EIO;
	int r = run(db, "BEGIN IMMEDIATE");
	if (r < 0)
		return r;
	db->failed = 0;
	db->in_transaction = true;
	db->changes = sqlite3_total_changes64(db->handle);
	return 0;
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
		(void)run(db, "ROLLBACK");
	db->in_transaction = false;
}

static int note_log_pages(void *userdata, sqlite3 *handle, const char *name, int pages)
{
	struct db *db = userdata;

	(void)handle, (void)name;
	db->log_pages = pages;
	return SQLITE_OK;
}

/* Copy the write-ahead log into the file once it is long. A reader in the way, or a full disk, only
 * puts it off. */
static int checkpoint(struct db *db)
{
	if (db->log_pages < CHECKPOINT_PAGES)
		return 0;
	int code =
		sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	int r = code == SQLITE_OK ? 0 : db_error(db, code);
	return r == -EIO ? r : 0;
}

int db_commit(struct db *db)
{
	assert(db->in_transaction);
	int r = db->failed;
	if (r == 0) {
		r = run(db, "COMMIT");
		if (r < 0 && r != -ENOSPC)
			r = -EIO;
	}
	if (r < 0)
		db_rollback(db);
	else
		r = checkpoint(db);
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

/* ---- opening --------------------------------------------------------------------------------- */

static int read_int(struct db *db, const char *sql, int64_t *ret)
{
	struct query q;

	query_begin(&q, db, sql);
	int64_t value = query_step(&q) > 0 ? query_int(&q) : 0;
	int r = query_end(&q);
	if (r == 0)
		*ret = value;
	return r;
}

int db_migrate(struct db *db)
{
	char pragma[64];
	int64_t version;
	int r = read_int(db, "PRAGMA user_version", &version);

	if (r < 0 || version == (int64_t)schema_migrations_count)
		return r;
	for (size_t i = (size_t)version; i < schema_migrations_count; i++) {
		int code = sqlite3_exec(db->handle, schema_migrations[i], NULL, NULL, NULL);
		if (code != SQLITE_OK)
			return db_error(db, code);
	}
	snprintf(pragma, sizeof(pragma), "PRAGMA application_id = %d; PRAGMA user_version = %zu",
		 APPLICATION_ID, schema_migrations_count);
	int code = sqlite3_exec(db->handle, pragma, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : db_error(db, code);
}

/* Is it a store of this program, of this version or an older one, or a database without anything? */
static int identify(struct db *db)
{
	int64_t id = 0, version = 0, tables = 0;
	int r = read_int(db, "PRAGMA application_id", &id);

	if (r == 0)
		r = read_int(db, "PRAGMA user_version", &version);
	if (r == 0)
		r = read_int(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r < 0)
		return sqlite3_errcode(db->handle) == SQLITE_NOTADB ? DB_NOT_OURS : r;
	if (id == APPLICATION_ID)
		return version >= 1 && version <= (int64_t)schema_migrations_count ? 0
										   : DB_NOT_OURS;
	return id == 0 && version == 0 && tables == 0 ? 0 : DB_NOT_OURS;
}

static int set_up(struct db *db, const char *pragmas, int cache_kib)
{
	static const int off[] = { SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML,
				   SQLITE_DBCONFIG_TRUSTED_SCHEMA };
	char text[256];

	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		sqlite3_db_config(db->handle, off[i], 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_busy_timeout(db->handle, BUSY_WAIT_MS);
	snprintf(text, sizeof(text), "%s; PRAGMA cache_size = -%d", pragmas, cache_kib);
	int code = sqlite3_exec(db->handle, text, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : db_error(db, code);
}

static int is_wal(void *userdata, int columns, char **values, char **names)
{
	(void)columns, (void)names;
	*(bool *)userdata = strcmp(values[0], "wal") == 0;
	return 0;
}

/* Where the write-ahead log is not possible (a network file system), SQLite silently does without. */
static int check_log(struct db *db)
{
	bool wal = false;
	int code = sqlite3_exec(db->handle, "PRAGMA journal_mode", is_wal, &wal, NULL);

	if (code != SQLITE_OK)
		return db_error(db, code);
	return wal ? 0 : -EOPNOTSUPP;
}

static int connect_to(struct db **ret, const char *path, int flags)
{
	struct db *db = calloc(1, sizeof(*db));
	int r = -ENOMEM;

	if (!db)
		return r;
	db->lock = -1;
	db->path = strdup(path);
	int code = sqlite3_open_v2(path, &db->handle,
				   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (db->path && code == SQLITE_OK) {
		*ret = db;
		return 0;
	}
	if (db->handle && (code & 0xff) == SQLITE_CANTOPEN && sqlite3_system_errno(db->handle) > 0)
		r = -sqlite3_system_errno(db->handle);
	db_close(db);
	return r;
}

/* Everything of opening that follows the lock. */
static int open_locked(struct db **ret, const char *path)
{
	struct db *db;
	int r = store_file_prepare(path);

	if (r != 0)
		return r < 0 ? r : DB_NOT_OURS;
	r = connect_to(&db, path, SQLITE_OPEN_READWRITE);
	if (r < 0)
		return r;
	r = sqlite3_db_readonly(db->handle, "main") ? -EACCES : identify(db);
	if (r == 0)
		r = set_up(db,
			   "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
			   "PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY;"
			   "PRAGMA cell_size_check = ON",
			   CACHE_KIB);
	if (r == 0)
		r = check_log(db);
	if (r != 0) {
		db_close(db);
		return r;
	}
	sqlite3_wal_hook(db->handle, note_log_pages, db);
	*ret = db;
	return 0;
}

/* No file, no lock, no flush: what a check or a test throws away. */
static int open_in_memory(struct db **ret)
{
	struct db *db;
	int r = connect_to(&db, DB_IN_MEMORY, SQLITE_OPEN_READWRITE);

	if (r < 0)
		return r;
	r = set_up(db, "PRAGMA temp_store = MEMORY", CACHE_KIB);
	if (r < 0) {
		db_close(db);
		return r;
	}
	*ret = db;
	return 0;
}

int db_open(struct db **ret, const char *path, int *ret_pid)
{
	if (strcmp(path, DB_IN_MEMORY) == 0)
		return open_in_memory(ret);

	struct db *db;
	char lock_path[4096];
	int lock = -1;

	if (snprintf(lock_path, sizeof(lock_path), "%s.lock", path) >= (int)sizeof(lock_path))
		return -ENAMETOOLONG;
	int r = store_file_lock(lock_path, &lock, ret_pid);
	if (r != 0)
		return r < 0 ? r : DB_IN_USE;
	r = open_locked(&db, path);
	if (r != 0) {
		close(lock);
		return r;
	}
	db->lock = lock;
	*ret = db;
	return 0;
}

int db_snapshot(struct db *db, struct db **ret)
{
	struct db *snapshot;
	int64_t tables;
	int r = connect_to(&snapshot, db->path, SQLITE_OPEN_READONLY);

	if (r < 0)
		return r;
	r = set_up(snapshot, "PRAGMA temp_store = MEMORY", SNAPSHOT_KIB);
	if (r == 0)
		r = run(snapshot, "BEGIN");
	if (r == 0) /* the first look fixes the moment */
		r = read_int(snapshot, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r < 0) {
		db_close(snapshot);
		return r;
	}
	*ret = snapshot;
	return 0;
}

struct db *db_close(struct db *db)
{
	if (!db)
		return NULL;
	for (size_t i = 0; i < STATEMENT_SLOTS; i++)
		sqlite3_finalize(db->statements[i].handle);
	if (db->broken) /* what the disk did not take is left to the next start's recovery */
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close_v2(db->handle);
	if (db->lock >= 0)
		close(db->lock);
	free(db->path);
	free(db);
	return NULL;
}
