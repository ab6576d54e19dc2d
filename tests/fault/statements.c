/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into a program: what it has SQLite do fails, at the places that places.h tells. SQLite itself does nothing
 * then, and says what it says of a disk that can't be read or written.
 *
 *	PAMINN_STATEMENTS_FULL	set: the disk is full instead, so that only what writes fails
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "places.h"

/* A place is the program's way to the statement. */
const struct frames place_frames[OWNERS] = { [PROGRAM] = { 12, 0 } };
const int place_depth = 24;

/* Of the last that failed, and what it said, until SQLite is asked for something else. */
static _Thread_local struct {
	sqlite3 *handle;
	int code;
} last;

static bool fails(void *asker, sqlite3 *handle, int code)
{
	const bool is_read = code == SQLITE_IOERR_READ, is_full = getenv("PAMINN_STATEMENTS_FULL");

	last.handle = NULL;
	if ((is_full && is_read) || !place_fails(asker))
		return false;
	last.handle = handle;
	last.code = is_full ? SQLITE_FULL : code;
	return true;
}

static int error_of_step(sqlite3_stmt *statement)
{
	const char *text = sqlite3_sql(statement);

	if (text && strncasecmp(text, "COMMIT", strlen("COMMIT")) == 0)
		return SQLITE_IOERR_FSYNC;
	return sqlite3_stmt_readonly(statement) ? SQLITE_IOERR_READ : SQLITE_IOERR_WRITE;
}

int sqlite3_step(sqlite3_stmt *statement)
{
	NEXT(int, "sqlite3_step", sqlite3_stmt *);
	return fails(ASKER, sqlite3_db_handle(statement), error_of_step(statement))
		       ? last.code
		       : next(statement);
}

int sqlite3_prepare_v2(sqlite3 *handle, const char *text, int length, sqlite3_stmt **ret,
		       const char **ret_tail)
{
	NEXT(int, "sqlite3_prepare_v2", sqlite3 *, const char *, int, sqlite3_stmt **,
	     const char **);
	if (!fails(ASKER, handle, SQLITE_IOERR_READ))
		return next(handle, text, length, ret, ret_tail);
	*ret = NULL;
	return last.code;
}

int sqlite3_prepare_v3(sqlite3 *handle, const char *text, int length, unsigned flags,
		       sqlite3_stmt **ret, const char **ret_tail)
{
	NEXT(int, "sqlite3_prepare_v3", sqlite3 *, const char *, int, unsigned, sqlite3_stmt **,
	     const char **);
	if (!fails(ASKER, handle, SQLITE_IOERR_READ))
		return next(handle, text, length, flags, ret, ret_tail);
	*ret = NULL;
	return last.code;
}

int sqlite3_exec(sqlite3 *handle, const char *text, int (*row)(void *, int, char **, char **),
		 void *userdata, char **ret_error)
{
	NEXT(int, "sqlite3_exec", sqlite3 *, const char *, int (*)(void *, int, char **, char **),
	     void *, char **);
	return fails(ASKER, handle, SQLITE_IOERR_READ)
		       ? last.code
		       : next(handle, text, row, userdata, ret_error);
}

int sqlite3_backup_step(sqlite3_backup *backup, int pages)
{
	NEXT(int, "sqlite3_backup_step", sqlite3_backup *, int);
	return fails(ASKER, NULL, SQLITE_IOERR_WRITE) ? last.code : next(backup, pages);
}

int sqlite3_wal_checkpoint_v2(sqlite3 *handle, const char *name, int mode, int *ret_pages,
			      int *ret_copied)
{
	NEXT(int, "sqlite3_wal_checkpoint_v2", sqlite3 *, const char *, int, int *, int *);
	return fails(ASKER, handle, SQLITE_IOERR_FSYNC)
		       ? last.code
		       : next(handle, name, mode, ret_pages, ret_copied);
}

/* ---- what is said of it ------------------------------------------------------------------------ */

int sqlite3_errcode(sqlite3 *handle)
{
	NEXT(int, "sqlite3_errcode", sqlite3 *);
	return handle && handle == last.handle ? last.code : next(handle);
}

const char *sqlite3_errmsg(sqlite3 *handle)
{
	NEXT(const char *, "sqlite3_errmsg", sqlite3 *);
	return handle && handle == last.handle ? sqlite3_errstr(last.code) : next(handle);
}
