/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite's own check of the store's pages: that trees are in order and that each index has what its table has, which no
 * row's checksum tells. It takes seconds in a large store and can't be cut into pieces, so it runs on a thread of its
 * own, by a connection of its own, which sees what was committed when it began.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/sqlite.h"
#include "protocol/text_stream.h"

#define FAULTS "20" /* that are told */

struct db_check {
	char *path;
	pthread_t thread;
	atomic_bool stopped, ended;
	int result;
	char *faults; /* a line each */
};

static int is_stopped(void *userdata)
{
	return atomic_load(&((struct db_check *)userdata)->stopped);
}

static int add_fault(void *userdata, int columns, char **values, char **names)
{
	(void)columns, (void)names;
	return fprintf(userdata, "%s\n", values[0] ? values[0] : "") < 0;
}

static int look(struct db_check *c)
{
	struct text_stream stream;
	FILE *out = text_stream_open(&stream);
	sqlite3 *handle = NULL;
	int code;

	if (!out)
		return -ENOMEM;
	code = sqlite3_open_v2(c->path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK) {
		sqlite3_progress_handler(handle, 10000, is_stopped, c);
		code = sqlite3_exec(handle, "PRAGMA integrity_check(" FAULTS ")", add_fault, out,
				    NULL);
	}
	if (code != SQLITE_OK && code != SQLITE_INTERRUPT)
		fprintf(out, "%s\n", sqlite3_errmsg(handle));
	sqlite3_close(handle);
	c->faults = text_stream_close(&stream, NULL);
	return c->faults ? 0 : -ENOMEM;
}

static void *run(void *userdata)
{
	struct db_check *c = userdata;

	c->result = look(c);
	atomic_store(&c->ended, true);
	return NULL;
}

int sqlite_check(struct db *db, struct db_check **ret)
{
	const char *path = sqlite3_db_filename(sqlite_of(db)->handle, "main");
	struct db_check *c = NULL;
	sigset_t all, before;

	*ret = NULL;
	if (!path || !*path) /* in memory */
		return 0;
	c = calloc(1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	c->path = strdup(path);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int r = c->path ? -pthread_create(&c->thread, NULL, run, c) : -ENOMEM;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (r < 0) {
		free(c->path);
		free(c);
		return r;
	}
	*ret = c;
	return 0;
}

int db_check_poll(struct db_check *c, const char **ret_faults)
{
	if (!atomic_load(&c->ended))
		return 1;
	*ret_faults = c->faults;
	return c->result;
}

struct db_check *db_check_free(struct db_check *c)
{
	if (!c)
		return NULL;
	atomic_store(&c->stopped, true);
	pthread_join(c->thread, NULL);
	free(c->faults);
	free(c->path);
	free(c);
	return NULL;
}
