/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages from a snapshot into another file, by SQLite's online backup. The snapshot's reading transaction
 * holds them as they are, so writers go on and the copy never begins anew. The file is flushed once, by
 * whoever made it, when it is whole; until then it has neither journal nor flushes of its own.
 */
#include <errno.h>
#include <stdlib.h>

#include "ledger/sqlite.h"

struct db_copy {
	sqlite3 *target;
	sqlite3_backup *backup;
};

static int error_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_NOMEM:
		return -ENOMEM;
	default:
		return -EIO;
	}
}

int db_copy_new(struct db_copy **ret, struct db *snapshot, const char *path)
{
	struct db_copy *c = calloc(1, sizeof(*c));
	int code;

	if (!c)
		return -ENOMEM;
	code = sqlite3_open_v2(path, &c->target, SQLITE_OPEN_READWRITE, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(c->target,
				    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL,
				    NULL, NULL);
	if (code == SQLITE_OK) {
		c->backup =
			sqlite3_backup_init(c->target, "main", sqlite_of(snapshot)->handle, "main");
		code = c->backup ? SQLITE_OK : sqlite3_errcode(c->target);
	}
	if (code != SQLITE_OK) {
		db_copy_free(c);
		return error_of(code);
	}
	*ret = c;
	return 0;
}

int db_copy_step(struct db_copy *c, int pages)
{
	int code = sqlite3_backup_step(c->backup, pages);

	return code == SQLITE_OK ? 1 : code == SQLITE_DONE ? 0 : error_of(code);
}

int db_copy_note(struct db_copy *c, const char *name, const char *value, int64_t checksum)
{
	static const char insert[] = "INSERT INTO fact (name, value, checksum) VALUES (?1, ?2, ?3)"
				     " ON CONFLICT (name) DO UPDATE SET value = excluded.value, "
				     "checksum = excluded.checksum";
	sqlite3_stmt *statement = NULL;

	sqlite3_backup_finish(c->backup);
	c->backup = NULL;
	int code = sqlite3_prepare_v2(c->target, insert, -1, &statement, NULL);
	if (code == SQLITE_OK) {
		sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
		sqlite3_bind_text(statement, 2, value, -1, SQLITE_STATIC);
		sqlite3_bind_int64(statement, 3, checksum);
		code = sqlite3_step(statement);
	}
	sqlite3_finalize(statement);
	return code == SQLITE_DONE ? 0 : error_of(code);
}

struct db_copy *db_copy_free(struct db_copy *c)
{
	if (!c)
		return NULL;
	sqlite3_backup_finish(c->backup);
	sqlite3_close(c->target);
	free(c);
	return NULL;
}
