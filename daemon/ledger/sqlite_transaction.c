/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger's engine on SQLite: transactions. One writing connection, WAL with synchronous=FULL, so a commit
 * that succeeded is on disk. The write-ahead log is copied into the file by us (sqlite_checkpoint.c), and not
 * by SQLite's own hook, which would swallow an error of fsync.
 */
#include <errno.h>
#include <string.h>

#include "ledger/sqlite.h"
#include "ledger/sqlite_log.h"

/* Whoever removes a store or puts another in its place must not be told that events were stored. */
static int check_place(struct sqlite *s)
{
	if (!s->file.path || store_file_is_there(&s->file))
		return 0;
	s->db.failure = "the store's file was removed or replaced";
	s->db.broken = true;
	return -EIO;
}

int sqlite_begin(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	int r = check_place(s);

	if (r == 0)
		r = db_run(&s->db, "BEGIN IMMEDIATE");
	if (r == 0)
		s->changes = sqlite3_total_changes64(s->handle);
	return r;
}

int sqlite_trial_begin(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	s->changes_before = sqlite3_total_changes64(s->handle) - s->changes;
	return db_run(&s->db, "SAVEPOINT trial");
}

int sqlite_trial_end(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	int r;

	/* A disk that is full, say, may have made SQLite roll back all of it. */
	if (sqlite3_get_autocommit(s->handle))
		return db->failed ? db->failed : -EIO;
	r = db_run(&s->db, "ROLLBACK TO trial");
	if (r == 0)
		r = db_run(&s->db, "RELEASE trial");
	s->changes = sqlite3_total_changes64(s->handle) - s->changes_before;
	return r;
}

bool sqlite_has_written(struct db *db)
{
	return sqlite3_total_changes64(sqlite_of(db)->handle) != sqlite_of(db)->changes;
}

void sqlite_rollback(struct db *db)
{
	struct sqlite *s = sqlite_of(db);

	/* Without effect where SQLite did it already; what can't be undone was never committed. */
	if (!sqlite3_get_autocommit(s->handle))
		(void)db_run(&s->db, "ROLLBACK");
}

static bool is_same(const struct sqlite_mark *a, const struct sqlite_mark *b)
{
	return a->seq == b->seq && a->frames == b->frames && a->salt[0] == b->salt[0] &&
	       a->salt[1] == b->salt[1] && strcmp(a->store, b->store) == 0;
}

/* Of what is on the disk now, before anybody hears of it. A log that has become shorter is a new one. */
static void keep_mark(struct sqlite *s)
{
	struct sqlite_mark mark = { .seq = s->db.mark.seq, .frames = (uint32_t)s->log_pages };

	if (s->mark_fd < 0 || !s->db.mark.store[0])
		return;
	memcpy(mark.store, s->db.mark.store, sizeof(mark.store));
	memcpy(mark.salt, s->mark.salt, sizeof(mark.salt));
	if (mark.frames <= s->mark.frames || !mark.salt[0])
		sqlite_log_salt(s->file.path, mark.salt);
	if (is_same(&mark, &s->mark))
		return;
	sqlite_mark_write(s->mark_fd, &mark);
	s->mark = mark;
}

int sqlite_commit(struct db *db)
{
	struct sqlite *s = sqlite_of(db);
	int r = sqlite_checkpoint_failed(s);

	if (r == 0)
		r = db_run(&s->db, "COMMIT");
	if (r < 0) {
		sqlite_rollback(db);
		return r == -ENOSPC ? r : -EIO;
	}
	keep_mark(s);
	r = sqlite_checkpoint(s);
	return r == 0 ? check_place(s) : r;
}
