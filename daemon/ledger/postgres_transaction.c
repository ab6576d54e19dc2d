/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several daemons may share the store, and each of their turns is as if it were alone: a transaction begins by
 * locking the one row of `store`, so the next daemon's turn begins where this one's ended. The rules of
 * the engine rest on much that they only read (who is away, which meeting there is, what else was sent), so
 * nothing less would keep two daemons from deciding the same thing twice. What is slow (reading and judging
 * what comes in, pages, mails) is done outside of it, by each daemon for itself.
 *
 * store.turn counts the transactions that wrote. Whoever finds it changed forgets what it had kept in memory.
 *
 * Rejected: SERIALIZABLE with retries, since two daemons whose turns are full of the same measures would roll
 * each other back for ever; advisory locks, which not every engine with PostgreSQL's protocol has.
 *
 * A commit whose answer is lost may have happened or not: -EAGAIN, and nothing is acknowledged. What asks
 * again finds it done, or does it.
 */
#include <errno.h>

#include "ledger/postgres.h"
#include "ledger/schema.h"

/* The row of the store: its turn, and its version, which a newer daemon may have raised. */
static int take_turn(struct postgres *p)
{
	PGresult *row = NULL;
	int64_t turn, version;
	int r = postgres_send(p, "BEGIN");

	if (r == 0)
		r = postgres_send(p, "SELECT turn, version FROM store WHERE one = 1 FOR UPDATE");
	if (r == 0)
		r = postgres_settle(p, &row);
	if (r < 0)
		return r;
	bool there = PQntuples(row) == 1;
	turn = there ? strtoll(PQgetvalue(row, 0, 0), NULL, 10) : 0;
	version = there ? strtoll(PQgetvalue(row, 0, 1), NULL, 10) : 0;
	PQclear(row);
	if (!there || version > (int64_t)schema_migrations_count) {
		p->db.failure = there ? "a newer paminnd has changed the store's schema"
				      : "the table that says whose the store is is empty";
		return -EIO;
	}
	p->changed = p->changed || turn != p->turn;
	p->turn = turn;
	return 0;
}

int postgres_begin(struct db *db)
{
	struct postgres *p = postgres_of(db);
	int r = postgres_connect(p);

	if (r < 0)
		return r;
	p->wrote = false;
	db->count++;
	r = take_turn(p);
	if (r < 0)
		postgres_rollback(db);
	return r;
}

int postgres_commit(struct db *db)
{
	struct postgres *p = postgres_of(db);
	int r = 0;

	db->count++;
	postgres_drop_prefetched(p);
	if (p->wrote)
		r = postgres_send(p, "UPDATE store SET turn = turn + 1 WHERE one = 1");
	if (r == 0)
		r = postgres_send(p, "COMMIT");
	if (r == 0)
		r = postgres_settle(p, NULL);
	if (r < 0)
		postgres_rollback(db);
	else if (p->wrote)
		p->turn++;
	return r;
}

void postgres_rollback(struct db *db)
{
	struct postgres *p = postgres_of(db);

	postgres_drop_prefetched(p);
	/* What is pending may have failed: then the server does not hear what follows until it is settled. */
	if (p->ready)
		(void)postgres_settle(p, NULL);
	if (p->ready && postgres_send(p, "ROLLBACK") == 0)
		(void)postgres_settle(p, NULL);
}

int postgres_trial_begin(struct db *db)
{
	struct postgres *p = postgres_of(db);

	p->wrote_before = p->wrote;
	return postgres_send(p, "SAVEPOINT trial");
}

int postgres_trial_end(struct db *db)
{
	struct postgres *p = postgres_of(db);
	int r = postgres_send(p, "ROLLBACK TO trial");

	if (r == 0)
		r = postgres_send(p, "RELEASE trial");
	p->wrote = p->wrote_before;
	return r;
}

bool postgres_is_changed(struct db *db)
{
	struct postgres *p = postgres_of(db);
	bool changed = p->changed;

	p->changed = false;
	return changed;
}

bool postgres_has_written(struct db *db)
{
	return postgres_of(db)->wrote;
}
