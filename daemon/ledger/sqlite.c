/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's engine on SQLite: errors and statements. */
#include "ledger/sqlite.h"

#include <errno.h>

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

/* SQLite says FULL itself when a write finds no space, but not for a quota; nor for its shared memory, of whose failed
 * write it keeps no errno when that was in a commit: nothing lasts there, and nothing but space can be amiss. */
static bool is_full(struct sqlite *s, int code)
{
	if (code == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE)
		return true;
	if (code != SQLITE_IOERR_WRITE)
		return false;
	int error = sqlite3_system_errno(s->handle);
	return error == ENOSPC || error == EDQUOT;
}

int sqlite_error(struct sqlite *s, int code)
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
		s->db.failure = failure_name(code);
		return is_full(s, code) ? -ENOSPC : -EIO;
	}
}

/* ---- statements ------------------------------------------------------------------------------ */

static int prepare(struct db *db, const char *text, void **ret)
{
	struct sqlite *s = sqlite_of(db);
	sqlite3_stmt *handle;
	int code =
		sqlite3_prepare_v3(s->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

	if (code != SQLITE_OK)
		return sqlite_error(s, code);
	*ret = handle;
	return 0;
}

static void finalize(struct db *db, void *handle)
{
	(void)db;
	sqlite3_finalize(handle);
}

static void reset(struct db *db, void *handle)
{
	(void)db;
	sqlite3_reset(handle);
}

/* Only what is no parameter of the statement, or too long for a row, can't be bound. */
static int bound(int code)
{
	return code == SQLITE_OK ? 0 : code == SQLITE_NOMEM ? -ENOMEM : -EINVAL;
}

static int bind_int(void *handle, int n, int64_t value)
{
	return bound(sqlite3_bind_int64(handle, n, value));
}

static int bind_text(void *handle, int n, const char *text)
{
	return bound(sqlite3_bind_text(handle, n, text, -1, SQLITE_STATIC));
}

static int bind_bytes(void *handle, int n, const void *bytes, size_t length)
{
	return bound(sqlite3_bind_blob64(handle, n, bytes, length, SQLITE_STATIC));
}

static int count_parameters(void *handle)
{
	return sqlite3_bind_parameter_count(handle);
}

static bool is_reading(void *handle)
{
	return sqlite3_stmt_readonly(handle);
}

static int step(struct db *db, void *handle)
{
	int code = sqlite3_step(handle);

	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : sqlite_error(sqlite_of(db), code);
}

static bool is_none(void *handle, int n)
{
	return sqlite3_column_type(handle, n) == SQLITE_NULL;
}

static int64_t get_int(void *handle, int n)
{
	return sqlite3_column_int64(handle, n);
}

static const char *get_text(void *handle, int n)
{
	return (const char *)sqlite3_column_text(handle, n);
}

static const void *get_bytes(void *handle, int n, size_t *ret_length)
{
	const void *bytes = sqlite3_column_blob(handle, n);

	*ret_length = (size_t)sqlite3_column_bytes(handle, n);
	return bytes;
}

const struct db_engine sqlite_engine = {
	.snapshot = sqlite_snapshot,
	.close = sqlite_close,
	.migrate = sqlite_migrate,
	.check = sqlite_check,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.trial_begin = sqlite_trial_begin,
	.trial_end = sqlite_trial_end,
	.has_written = sqlite_has_written,
	.prepare = prepare,
	.finalize = finalize,
	.reset = reset,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_bytes = bind_bytes,
	.count_parameters = count_parameters,
	.is_reading = is_reading,
	.step = step,
	.is_none = is_none,
	.get_int = get_int,
	.get_text = get_text,
	.get_bytes = get_bytes,
};
