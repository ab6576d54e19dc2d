/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A checkpoint copies the write-ahead log into the store's file and flushes that, 30 to 60 ms for 16 MiB on
 * the disks that we know. So it runs on a thread of its own, by a connection of its own, while turns go on:
 *
 *	the log is long ──▶ a thread copies what was committed by then
 *	                      │ meanwhile turns add a little to the log
 *	  much is left  ◀─────┤
 *	  (another one)       │ little is left: we copy it ourselves, within a commit, so that
 *	                      ▼ nobody adds to it and SQLite begins the log anew
 *
 * A log that grows faster than the disk can follow is copied by us, whatever is left: then turns wait.
 *
 * The thread has nothing of ours but its struct checkpoint until it has said `ended`; then it is joined.
 *
 * A checkpoint whose flush has failed may not be tried again, since the kernel forgets after its first word
 * what it could not write. So the thread's failure is that of the next commit, before anything of that one
 * is written: the handle is not used any more, and the log, which was flushed, has all that was answered.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "ledger/sqlite.h"

#define LONG_PAGES 4000	 /* of 4 KiB: then the log is copied */
#define MOST_PAGES 16000 /* the disk can't follow: turns wait for it */
#define LITTLE_PAGES 250 /* some milliseconds */

struct checkpoint {
	struct sqlite *connection;
	pthread_t thread;
	bool begun;	   /* the thread, and not joined yet */
	atomic_bool ended; /* the thread's last word */
	int result, copied;
};

/* A reader in the way, or a full disk, only puts it off; ret_copied: pages of the log that the file has. */
static int copy_log(struct sqlite *s, int *ret_copied)
{
	int pages, code = sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_PASSIVE,
						    &pages, ret_copied);
	int r = code == SQLITE_OK ? 0 : sqlite_error(s, code);

	if (code != SQLITE_OK)
		*ret_copied = 0;
	return r == -EIO ? r : 0;
}

static void *run(void *userdata)
{
	struct checkpoint *c = userdata;

	c->result = copy_log(c->connection, &c->copied);
	atomic_store(&c->ended, true);
	return NULL;
}

/* Signals are the loop's. */
static int start(struct checkpoint *c)
{
	sigset_t all, before;

	atomic_store(&c->ended, false);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	c->begun = pthread_create(&c->thread, NULL, run, c) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return c->begun ? 0 : -EAGAIN;
}

/* Wait for the thread; 0, or the error that ends the use of the store. */
static int join(struct sqlite *s)
{
	struct checkpoint *c = s->checkpoint;

	if (!c || !c->begun)
		return 0;
	pthread_join(c->thread, NULL);
	c->begun = false;
	if (c->result < 0)
		s->db.failure = c->connection->db.failure;
	return c->result;
}

int sqlite_checkpoint_failed(struct sqlite *s)
{
	const bool ended =
		s->checkpoint && s->checkpoint->begun && atomic_load(&s->checkpoint->ended);

	return ended && s->checkpoint->result < 0 ? join(s) : 0;
}

static int make(struct sqlite *s)
{
	s->checkpoint = calloc(1, sizeof(*s->checkpoint));
	if (!s->checkpoint)
		return -ENOMEM;
	int r = sqlite_second(s, &s->checkpoint->connection);
	if (r < 0) {
		free(s->checkpoint);
		s->checkpoint = NULL;
	}
	return r;
}

int sqlite_checkpoint(struct sqlite *s)
{
	int copied, r;

	if (s->log_pages < LONG_PAGES)
		return 0;
	if (!s->checkpoint && make(s) < 0)
		return copy_log(s, &copied);
	struct checkpoint *c = s->checkpoint;
	if (!c->begun)
		return start(c) < 0 ? copy_log(s, &copied) : 0;
	if (!atomic_load(&c->ended) && s->log_pages < MOST_PAGES)
		return 0;
	r = join(s);
	if (r == 0 && (s->log_pages - c->copied <= LITTLE_PAGES || s->log_pages >= MOST_PAGES))
		r = copy_log(s, &copied);
	return r;
}

void sqlite_checkpoint_free(struct sqlite *s)
{
	if (!s->checkpoint)
		return;
	(void)join(s);
	db_close(&s->checkpoint->connection->db);
	free(s->checkpoint);
	s->checkpoint = NULL;
}
