/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's engine on SQLite: errors and statements. */
#include "ledger/sqlite.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

/* ---- errors ---------------------------------------------------------------------------------- */

static const struct {
	int code; /* extended */
	const char *what;
} failures[] = {
	{ SQLITE_IOERR_FSYNC, "fsync failed" },	    { SQLITE_IOERR_DIR_FSYNC, "fsync failed" },
	{ SQLITE_IOERR_WRITE, "write failed" },	    { SQLITE_IOERR_READ, "read failed" },
	{ SQLITE_IOERR_SHORT_READ, "read failed" }, { SQLITE_IOERR_TRUNCATE, "truncate failed" },
	{ SQLITE_IOERR_SHMSIZE, "write failed" },   { SQLITE_IOERR_SHMMAP, "mmap failed" },
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

int sqlite_error(struct db *db, int code)
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
		return sqlite_error(db, code);
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
		fail_query(q, sqlite_error(q->db, code));
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

void query_bind_bytes(struct query *q, const void *bytes, size_t length)
{
	if (!q->error)
		bound(q, sqlite3_bind_blob64(q->statement->handle, ++q->bound, bytes, length,
					     SQLITE_STATIC));
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
	return code == SQLITE_DONE ? 0 : fail_query(q, sqlite_error(q->db, code));
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

const void *query_bytes(struct query *q, size_t *ret_length)
{
	const void *bytes = sqlite3_column_blob(q->statement->handle, q->read);

	*ret_length = (size_t)sqlite3_column_bytes(q->statement->handle, q->read++);
	return bytes;
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

/* ---- of the engine's own --------------------------------------------------------------------- */

int sqlite_run(struct db *db, const char *text)
{
	struct statement *s;
	int r = take_statement(db, &(struct sql){ .verb = SQL_TEXT, .text = text }, &s);

	if (r < 0)
		return r;
	int code = sqlite3_step(s->handle);
	give_back_statement(s);
	db->count++;
	return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : sqlite_error(db, code);
}

int sqlite_number(struct db *db, const char *text, int64_t *ret)
{
	struct query q;

	query_begin(&q, db, text);
	int64_t value = query_step(&q) > 0 ? query_int(&q) : 0;
	int r = query_end(&q);
	if (r == 0)
		*ret = value;
	return r;
}
