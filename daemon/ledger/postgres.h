/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the PostgreSQL engine share.
 *
 *	postgres_connection.c   the connection: made, watched, made again
 *	postgres_pipeline.c     what is sent, and what comes back
 *	postgres_prefetch.c     what is asked ahead of its use
 *	postgres.c              statements
 *	postgres_transaction.c  transactions, one daemon's at a time
 *	postgres_open.c         the store in it: whose it is, its schema, snapshots
 */
#pragma once
#include <libpq-fe.h>

#include "base/instant.h"
#include "ledger/db_engine.h"

struct postgres {
	struct db db;
	char *url, *password_file; /* or NULL */
	bool patient;		   /* store_place's */
	PGconn *conn;		   /* NULL: none */
	bool ready;		   /* it is made, and set up */
	struct mono next_try;	   /* without a connection: not before */
	struct duration pause;	   /* until the try after that */
	unsigned epoch; /* of the connections: what was prepared in an earlier one is gone */
	unsigned names; /* of statements, given so far */
	uint64_t sent;	/* commands, on any connection */
	size_t pending; /* of those: the result is not read yet */
	int error;	/* the first of the pending ones that came back as one; 0 */
	bool wrote, wrote_before; /* in the transaction; before the trial in it */
	int64_t turn;		  /* of the store, as this daemon last saw it */
	bool changed;		  /* others have written since the last transaction */
	char failure[256];
	/* Of a snapshot: the connection that it was taken from, which gets it back. Of that one: those idle. */
	struct postgres *home;
	struct postgres *idle;
	unsigned idle_count;
	struct postgres_prefetch *prefetch; /* NULL: none yet */
};
static inline struct postgres *postgres_of(struct db *db)
{
	return (struct postgres *)db;
}
extern const struct db_engine postgres_engine;

/* ---- the connection -------------------------------------------------------------------------- */

/* Without a connection. NULL: no memory. */
struct postgres *postgres_new(const char *url, const char *password_file);
void postgres_free(struct postgres *p);
/* Is there a connection? Else make one, as far as that goes without waiting: 0 or -EAGAIN, and when the next try is
 * not yet due -EAGAIN as well. */
int postgres_connect(struct postgres *p);
/* The same, waiting until it is there or can't be had: 0 or -EAGAIN, what is wrong in db.failure. */
int postgres_connect_now(struct postgres *p);
/* It is of no use any more: -EAGAIN, and whatever was under way is lost. */
int postgres_lose(struct postgres *p, const char *why);
/* Send all that libpq holds. 0 or -EAGAIN. */
int postgres_flush(struct postgres *p);
/* The next result; *ret NULL between those of two commands. 0 or -EAGAIN. */
int postgres_next_result(struct postgres *p, PGresult **ret);
/* The first line of what libpq or the server says, for db.failure. */
void postgres_note_failure(struct postgres *p, const char *text);

/* ---- what is sent ---------------------------------------------------------------------------- */

/* Send a statement that gives no rows; whether it came through is known at the next postgres_settle. */
int postgres_send(struct postgres *p, const char *text);
/* Before more is sent: perhaps settle what is pending. 0 or its error. */
int postgres_make_room(struct postgres *p);
/* libpq took a command, or not (0): it is pending. */
int postgres_sent(struct postgres *p, int taken);
/* Read the results of all that is pending. The last one's into *ret, if wanted, for the caller to clear. 0 or the
 * error of the first that failed. */
int postgres_settle(struct postgres *p, PGresult **ret);
/* The number that a statement gives, at once; 0 for none. */
int postgres_number(struct postgres *p, const char *text, int64_t *ret);
/* Several statements in one text, outside of the pipeline and at once. */
int postgres_script(struct postgres *p, const char *text);

/* ---- what is asked ahead --------------------------------------------------------------------- */

/* A statement and its values, all of them texts. May it be sent ahead: it is not there already, and there is room? */
bool postgres_may_prefetch(struct postgres *p, const void *statement, const char *const *values,
			   int count);
/* It was sent, as the last command. 0 or -ENOMEM. */
int postgres_note_prefetched(struct postgres *p, const void *statement, const char *const *values,
			     int count);
/* Where the answer of the command of this number is to be kept; NULL: nowhere. Its results are read in their order. */
PGresult **postgres_answer_of(struct postgres *p, uint64_t number);
/* Take the answer out, for the caller to clear; *ret NULL: it was not asked ahead. 0, or what settling came to. */
int postgres_take_prefetched(struct postgres *p, const void *statement, const char *const *values,
			     int count, PGresult **ret);
/* Forget that of one statement and its values. */
void postgres_forget(struct postgres *p, const void *statement, const char *const *values,
		     int count);
bool postgres_has_prefetched(const struct postgres *p);
/* Forget all of it; answers that are still to come are not kept. */
void postgres_drop_prefetched(struct postgres *p);

/* ---- transactions ---------------------------------------------------------------------------- */

int postgres_begin(struct db *db);
int postgres_commit(struct db *db);
void postgres_rollback(struct db *db);
int postgres_trial_begin(struct db *db);
int postgres_trial_end(struct db *db);
bool postgres_has_written(struct db *db);
bool postgres_is_changed(struct db *db);

/* ---- the store in it ------------------------------------------------------------------------- */

int postgres_migrate(struct db *db);
int postgres_snapshot(struct db *db, struct db **ret);
bool postgres_keep(struct db *db);
void postgres_close(struct db *db);
