/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of a file the pages are copied by the store itself (db_copy), into a file that this file has made and nobody else
 * could: O_EXCL for the part, a link for the whole, which never takes the place of anything. Of a shared store the
 * rows are, into a new store in that part: as a move, which is why a daemon can go on from it.
 */
#include "ledger/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "ledger/db_engine.h"
#include "ledger/ledger.h"
#include "ledger/store_file.h"
#include "ledger/table_copy.h"
#include "ledger/working_set.h"

#define PIECE 256 /* pages: a MiB, some milliseconds with the flush */

struct ledger_copy {
	struct ledger *snapshot;
	struct db_copy *pages; /* of a file */
	struct tables *tables; /* of a shared store, with the two below */
	struct table_copy *rows;
	struct db *target;
	char *path, *part;
	int fd; /* of the part, which is ours to remove; -1: there is none */
	int64_t bytes;
};

static int make_part(struct ledger_copy *c)
{
	if (access(c->path, F_OK) == 0)
		return -EEXIST;
	c->fd = open(c->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return c->fd < 0 ? -errno : 0;
}

static int forget_key(struct db *db)
{
	struct query q;

	query_begin(&q, db, "DELETE FROM fact WHERE name = 'checksum-key'");
	return query_run(&q);
}

/* A new store instead of the empty part, and its transaction. */
static int begin_rows(struct ledger_copy *c)
{
	struct store_refusal why;
	int r = tables_new(&c->tables);

	if (r == 0 && unlink(c->part) < 0)
		r = -errno;
	if (r == 0)
		r = db_open(&c->target, STORE_AT(c->part), &why);
	if (r > 0) /* somebody else's, in the moment between */
		r = -EEXIST;
	if (r == 0)
		r = db_begin(c->target);
	if (r == 0)
		r = db_migrate(c->target);
	if (r == 0) /* that of the rows comes with them */
		r = forget_key(c->target);
	if (r == 0)
		r = table_copy_new(&c->rows, TABLE_COPY, c->tables, c->snapshot->db, c->target);
	return r;
}

int ledger_copy_new(struct ledger_copy **ret, struct ledger *l, const char *path)
{
	struct ledger_copy *c = calloc(1, sizeof(*c));
	int r;

	if (!c)
		return -ENOMEM;
	c->fd = -1;
	c->path = strdup(path);
	if (!c->path || asprintf(&c->part, "%s.part", path) < 0)
		c->part = NULL;
	r = c->part ? make_part(c) : -ENOMEM;
	if (r == 0)
		r = ledger_snapshot(l, &c->snapshot);
	if (r == 0)
		r = ledger_is_shared(l) ? begin_rows(c)
					: db_copy_new(&c->pages, c->snapshot->db, c->part);
	if (r < 0) {
		ledger_copy_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

/* All is in the part: on the disk, it becomes the whole. */
static int complete(struct ledger_copy *c)
{
	struct stat status;
	int r = fsync(c->fd) < 0 || fstat(c->fd, &status) < 0 ? -errno : 0;

	if (r == 0)
		r = store_file_place(c->part, c->path);
	if (r < 0)
		return r;
	close(c->fd);
	c->fd = -1;
	c->bytes = status.st_size;
	return 0;
}

/* The copy says that it is one, so that a daemon that finds it in its store's place knows why it is older. */
static int note_copied(struct ledger_copy *c)
{
	char value[] = "yes";
	struct fact fact = { .name = META_COPIED_NAME, .value = value };
	struct query q;
	int64_t sum;
	int r = checksum_row(&c->snapshot->db->checksum, &fact_type, &fact, &sum);

	if (r < 0)
		return r;
	if (c->pages)
		return db_copy_note(c->pages, fact.name, value, sum);
	query_begin(
		&q, c->target,
		"INSERT INTO fact (name, value, checksum) VALUES ($1, $2, $3) ON CONFLICT (name)"
		" DO UPDATE SET value = excluded.value, checksum = excluded.checksum");
	query_bind_text(&q, fact.name);
	query_bind_text(&q, value);
	query_bind_int(&q, sum);
	return query_run(&q);
}

/* Flushed as it grows: all of a large store at once would hold the loop for seconds. */
static int work_pages(struct ledger_copy *c)
{
	int r = db_copy_step(c->pages, PIECE);

	if (r > 0 && fdatasync(c->fd) < 0)
		r = -errno;
	if (r == 0)
		r = note_copied(c);
	if (r == 0)
		c->pages = db_copy_free(c->pages); /* nothing is written to the part any more */
	return r;
}

/* The write-ahead log is in the part, and gone, when the store is closed. */
static int work_rows(struct ledger_copy *c)
{
	int r = table_copy_step(c->rows);

	if (r == 0)
		r = note_copied(c);
	if (r != 0)
		return r;
	r = db_commit(c->target);
	c->target = db_close(c->target);
	if (r < 0)
		return r;
	close(c->fd);
	c->fd = open(c->part, O_WRONLY | O_CLOEXEC);
	return c->fd < 0 ? -errno : 0;
}

int ledger_copy_work(struct ledger_copy *c, struct duration budget)
{
	int64_t until = clock_mono().us + budget.us;
	int r;

	do
		r = c->rows ? work_rows(c) : work_pages(c);
	while (r > 0 && clock_mono().us < until);
	return r == 0 ? complete(c) : r;
}

int64_t ledger_copy_bytes(const struct ledger_copy *c)
{
	return c->bytes;
}

/* What the target's store has beside it while it is open is gone with its closing. */
struct ledger_copy *ledger_copy_free(struct ledger_copy *c)
{
	if (!c)
		return NULL;
	db_copy_free(c->pages);
	table_copy_free(c->rows);
	if (c->target && db_in_transaction(c->target))
		db_rollback(c->target);
	db_close(c->target);
	tables_free(c->tables);
	ledger_close(c->snapshot);
	if (c->fd >= 0) {
		unlink(c->part);
		close(c->fd);
	}
	free(c->part);
	free(c->path);
	free(c);
	return NULL;
}
