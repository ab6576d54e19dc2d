/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening and closing a store in SQLite. A file that isn't ours is told by its application id before
 * anything in it is changed. A new store is made beside its place and moved there once it says that it is
 * ours, and only where there was nothing: a file of no bytes is never taken for a new store.
 */
#include "ledger/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/schema.h"
#include "ledger/sqlite_log.h"

#define APPLICATION_ID 0x50e56d6e /* "Påmn" in Latin-1 */
#define OPEN_WAIT_MS 1000	  /* a person's sqlite3 may have the write lock for a moment */
#define BUSY_WAIT_MS 20		  /* the same while the loop runs */
#define CACHE_KIB 8192
#define SNAPSHOT_KIB 2048

int sqlite_migrate(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	char pragma[80];
	int64_t version;
	int r = db_number(db, "PRAGMA user_version", &version);

	/* It has the write lock now; from here on it is the loop that would wait. */
	sqlite3_busy_timeout(s->handle, BUSY_WAIT_MS);
	if (r < 0 || version == (int64_t)schema_migrations_count)
		return r;
	for (size_t i = (size_t)version; i < schema_migrations_count; i++) {
		int code = sqlite3_exec(s->handle, schema_migrations[i], NULL, NULL, NULL);
		if (code != SQLITE_OK)
			return sqlite_error(s, code);
	}
	snprintf(pragma, sizeof(pragma), "PRAGMA application_id = %d; PRAGMA user_version = %zu",
		 APPLICATION_ID, schema_migrations_count);
	int code = sqlite3_exec(s->handle, pragma, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : sqlite_error(s, code);
}

/* Is it a store of this program, of this version or an older one, or a database without anything? */
static int identify(struct sqlite *s)
{
	int64_t id = 0, version = 0, tables = 0;
	int r = db_number(&s->db, "PRAGMA application_id", &id);

	if (r == 0)
		r = db_number(&s->db, "PRAGMA user_version", &version);
	if (r == 0)
		r = db_number(&s->db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r < 0)
		return sqlite3_errcode(s->handle) == SQLITE_NOTADB ? DB_NOT_OURS : r;
	/* What was only begun has no tables yet; earlier versions began without their id. */
	if (version == 0)
		return (id == APPLICATION_ID || id == 0) && tables == 0 ? 0 : DB_NOT_OURS;
	return id == APPLICATION_ID && version <= (int64_t)schema_migrations_count ? 0
										   : DB_NOT_OURS;
}

static int set_up(struct sqlite *s, const char *pragmas, int cache_kib)
{
	static const int off[] = { SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_DQS_DML,
				   SQLITE_DBCONFIG_TRUSTED_SCHEMA };
	char text[256];

	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		sqlite3_db_config(s->handle, off[i], 0, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_busy_timeout(s->handle, OPEN_WAIT_MS);
	snprintf(text, sizeof(text), "%s; PRAGMA cache_size = -%d", pragmas, cache_kib);
	int code = sqlite3_exec(s->handle, text, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : sqlite_error(s, code);
}

static int is_wal(void *userdata, int columns, char **values, char **names)
{
	(void)columns, (void)names;
	*(bool *)userdata = strcmp(values[0], "wal") == 0;
	return 0;
}

/* Where the write-ahead log is not possible (a network file system), SQLite silently does without. */
static int check_log(struct sqlite *s)
{
	bool wal = false;
	int code = sqlite3_exec(s->handle, "PRAGMA journal_mode", is_wal, &wal, NULL);

	if (code != SQLITE_OK)
		return sqlite_error(s, code);
	return wal ? 0 : -EOPNOTSUPP;
}

static int connect_to(struct sqlite **ret, const char *path, int flags)
{
	struct sqlite *s = calloc(1, sizeof(*s));
	int r = -ENOMEM;

	if (!s)
		return r;
	s->db.engine = &sqlite_engine;
	s->mark_fd = -1;
	/* SQLite would lock a mutex for its statistics with each allocation; refused once it has begun. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int code = sqlite3_open_v2(path, &s->handle,
				   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (code == SQLITE_OK) {
		*ret = s;
		return 0;
	}
	if (s->handle && (code & 0xff) == SQLITE_CANTOPEN && sqlite3_system_errno(s->handle) > 0)
		r = -sqlite3_system_errno(s->handle);
	db_close(&s->db);
	return r;
}

static int note_log_pages(void *userdata, sqlite3 *handle, const char *name, int pages)
{
	struct sqlite *s = userdata;

	(void)handle, (void)name;
	s->log_pages = pages;
	return SQLITE_OK;
}

/* Before SQLite recovers the log, and forgets what it can't read. 0, DB_DAMAGED, or a negative errno. */
static int look_at_log(const char *path, const struct sqlite_mark *mark, bool accepts_loss,
		       char why[static 256])
{
	struct sqlite_log log;
	int r = sqlite_log_read(path, mark, &log);

	if (r < 0 || !log.is_damaged || accepts_loss)
		return r;
	snprintf(why, 256,
		 "its write-ahead log is damaged: after frame %u it can't be read, and what was "
		 "committed "
		 "after that would be lost",
		 log.valid);
	return DB_DAMAGED;
}

/* So that no frame stays that a loss of power may have left of a transaction: sqlite_log.c counts on it. A disk that is
 * full, or a reader, only puts it off. */
static int begin_log(struct sqlite *s)
{
	int code =
		sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	int r = code == SQLITE_OK ? 0 : sqlite_error(s, code);

	return r == -EIO ? r : 0;
}

/* Everything of opening that follows the lock. */
static int open_held(struct sqlite **ret, const struct store_place *place, const char *path,
		     char why[static 256])
{
	struct sqlite_mark mark;
	struct sqlite *s;

	sqlite_mark_read(path, &mark);
	int r = look_at_log(path, &mark, place->accepts_loss, why);
	if (r == 0)
		r = connect_to(&s, path, SQLITE_OPEN_READWRITE);
	if (r != 0)
		return r;
	r = sqlite3_db_readonly(s->handle, "main") ? -EACCES : identify(s);
	if (r == 0)
		r = set_up(s,
			   "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
			   "PRAGMA journal_size_limit = 33554432; PRAGMA temp_store = MEMORY;"
			   "PRAGMA cell_size_check = ON",
			   CACHE_KIB);
	if (r == 0)
		r = check_log(s);
	if (r == 0)
		r = begin_log(s);
	if (r == 0 && place->accepts_loss) /* what is in no index is found again */
		r = db_run(&s->db, "REINDEX");
	if (r != 0) {
		db_close(&s->db);
		return r;
	}
	s->mark_fd = sqlite_mark_open(path);
	s->db.found.seq = mark.seq;
	memcpy(s->db.found.store, mark.store, sizeof(mark.store));
	sqlite3_wal_hook(s->handle, note_log_pages, s);
	*ret = s;
	return 0;
}

/* Write, at path, a database that says nothing but whose it is. */
static int write_new(const char *path)
{
	struct sqlite *s;
	char pragma[64];
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	close(fd);
	int r = connect_to(&s, path, SQLITE_OPEN_READWRITE);
	if (r < 0)
		return r;
	snprintf(pragma, sizeof(pragma), "PRAGMA application_id = %d", APPLICATION_ID);
	int code = sqlite3_exec(s->handle, pragma, NULL, NULL, NULL);
	r = code == SQLITE_OK ? 0 : sqlite_error(s, code);
	db_close(&s->db);
	return r;
}

/* A new store, in one step for whoever looks at path. Another may have made it meanwhile: that is one. */
static int make(const char *path)
{
	char fresh[PATH_MAX], journal[PATH_MAX];

	if (snprintf(journal, sizeof(journal), "%s.%d.new-journal", path, (int)getpid()) >=
	    (int)sizeof(journal))
		return -ENAMETOOLONG;
	snprintf(fresh, sizeof(fresh), "%.*s", (int)(strlen(journal) - strlen("-journal")),
		 journal);
	int r = write_new(fresh);
	if (r == 0)
		r = store_file_place(fresh, path);
	if (r < 0) {
		unlink(fresh);
		unlink(journal);
	}
	return r == -EEXIST ? 0 : r;
}

/* No lock, no flush: what a check, a verification or a test throws away. */
static int open_passing(struct db **ret, const char *path)
{
	struct sqlite *s;
	int r = connect_to(&s, path, SQLITE_OPEN_READWRITE);

	if (r < 0)
		return r;
	r = set_up(s, "PRAGMA temp_store = MEMORY", CACHE_KIB);
	if (r < 0) {
		db_close(&s->db);
		return r;
	}
	*ret = &s->db;
	return 0;
}

int sqlite_open(struct db **ret, const struct store_place *place, struct store_refusal *ret_why)
{
	const char *path = place->at;

	if (strcmp(path, DB_IN_MEMORY) == 0 || strcmp(path, DB_PASSING) == 0)
		return open_passing(ret, path);

	static const enum db_open_result results[] = {
		[STORE_FILE_NONE] = DB_EMPTY, /* gone as soon as it was made */
		[STORE_FILE_IN_USE] = DB_IN_USE,
		[STORE_FILE_EMPTY] = DB_EMPTY,
		[STORE_FILE_FOREIGN] = DB_NOT_OURS,
	};
	struct store_file file;
	struct sqlite *s;
	int r = store_file_hold(path, &file, &ret_why->pid);

	if (r == STORE_FILE_NONE && place->is_there)
		return DB_NONE;
	if (r == STORE_FILE_NONE) {
		r = make(path);
		if (r == 0)
			r = store_file_hold(path, &file, &ret_why->pid);
	}
	if (r != STORE_FILE_HELD)
		return r < 0 ? r : (int)results[r];
	r = open_held(&s, place, file.path, ret_why->reason);
	if (r != 0) {
		store_file_release(&file);
		return r;
	}
	s->file = file;
	*ret = &s->db;
	return 0;
}

int sqlite_second(struct sqlite *s, struct sqlite **ret)
{
	struct sqlite *second;
	int64_t tables;
	int r = connect_to(&second, s->file.path, SQLITE_OPEN_READWRITE);

	if (r < 0)
		return r;
	r = set_up(second, "PRAGMA synchronous = FULL", SNAPSHOT_KIB);
	if (r == 0) /* before its first look it does not know that there is a log */
		r = db_number(&second->db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r < 0)
		db_close(&second->db);
	else
		*ret = second;
	return r;
}

int sqlite_snapshot(struct db *db, struct db **ret)
{
	struct sqlite *s;
	int64_t tables;
	int r = connect_to(&s, sqlite_of(db)->file.path, SQLITE_OPEN_READONLY);

	if (r < 0)
		return r;
	r = set_up(s, "PRAGMA temp_store = MEMORY", SNAPSHOT_KIB);
	if (r == 0)
		r = db_run(&s->db, "BEGIN");
	if (r == 0) /* the first look fixes the moment */
		r = db_number(&s->db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r < 0) {
		db_close(&s->db);
		return r;
	}
	*ret = &s->db;
	return 0;
}

void sqlite_close(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	sqlite_checkpoint_free(s);
	if (db->broken) /* what the disk did not take is left to the next start's recovery */
		sqlite3_db_config(s->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close_v2(s->handle);
	if (s->mark_fd >= 0)
		close(s->mark_fd);
	store_file_release(&s->file);
	free(s);
}
