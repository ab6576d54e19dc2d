/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store in a database: the tables of one schema, the first on the connection's search path, which has nothing
 * else in it. The table `store` says whose they are; it has one row:
 *
 *	application   "paminn"
 *	version       of the schema, as the migrations count it
 *	turn          see postgres_transaction.c
 *
 * A snapshot is a transaction of its own on another connection, which is kept for the next one.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger/postgres.h"
#include "ledger/schema.h"

#define IDLE_MAX 4
#define TRIES 3 /* of two daemons that make the store at once, one is told that it is there */

static const char make_store[] =
	"BEGIN;"
	"CREATE TABLE store (one BIGINT PRIMARY KEY CHECK (one = 1), application TEXT NOT NULL,"
	" version BIGINT NOT NULL, turn BIGINT NOT NULL);"
	"INSERT INTO store (one, application, version, turn) VALUES (1, 'paminn', 0, 1);"
	"COMMIT";

static int make(struct postgres *p)
{
	int r = postgres_script(p, make_store);

	if (r < 0 && p->ready)
		(void)postgres_script(p, "ROLLBACK");
	return r;
}

/* 0, DB_NOT_OURS, or a negative errno; a database without tables becomes a store, or is DB_NONE. */
static int identify(struct postgres *p, bool is_there)
{
	int64_t tables = 0, stores = 0, ours = 0;
	int r = postgres_number(p,
				"SELECT count(*) FROM information_schema.tables"
				" WHERE table_schema = current_schema()",
				&tables);

	if (r == 0 && tables == 0)
		return is_there ? DB_NONE : make(p);
	if (r == 0)
		r = postgres_number(p,
				    "SELECT count(*) FROM information_schema.columns WHERE"
				    " table_schema = current_schema() AND table_name = 'store'"
				    " AND column_name IN ('application', 'version', 'turn')",
				    &stores);
	if (r < 0 || stores != 3)
		return r < 0 ? r : DB_NOT_OURS;
	r = postgres_number(p, "SELECT count(*) FROM store WHERE application = 'paminn'", &ours);
	return r < 0 ? r : ours == 1 ? 0 : DB_NOT_OURS;
}

static int newest_is_known(struct postgres *p)
{
	int64_t version = 0;
	int r = postgres_number(p, "SELECT version FROM store WHERE one = 1", &version);

	return r < 0 ? r : version <= (int64_t)schema_migrations_count ? 0 : DB_NOT_OURS;
}

int postgres_open(struct db **ret, const struct store_place *place, char ret_reason[static 256])
{
	struct postgres *p = postgres_new(place->at, place->password_file);
	int r = -ENOMEM;

	if (!p)
		return r;
	p->patient = place->patient;
	r = postgres_connect_now(p);
	for (int i = 0; r == 0 && i < TRIES; i++) {
		r = identify(p, place->is_there);
		/* Another daemon is at it: what it made is looked at then. */
		if (r != -EIO && r != -EEXIST)
			break;
		nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
		r = p->ready ? 0 : -EAGAIN;
	}
	if (r == 0)
		r = newest_is_known(p);
	if (r != 0) {
		snprintf(ret_reason, 256, "%s", p->db.failure ? p->db.failure : "");
		db_close(&p->db);
		return r;
	}
	*ret = &p->db;
	return 0;
}

int postgres_migrate(struct db *db)
{
	struct postgres *p = postgres_of(db);
	char text[80];
	int64_t version;
	int r = postgres_number(p, "SELECT version FROM store WHERE one = 1", &version);

	if (r < 0 || version == (int64_t)schema_migrations_count)
		return r;
	assert(version == 0 || version >= (int64_t)schema_whole_version);
	size_t next = version == 0 ? 0 : (size_t)version - schema_whole_version + 1;
	for (; r == 0 && next <= schema_migrations_count - schema_whole_version; next++)
		r = postgres_script(p, schema_postgres[next]);
	if (r < 0)
		return r;
	snprintf(text, sizeof(text), "UPDATE store SET version = %zu WHERE one = 1",
		 schema_migrations_count);
	p->wrote = true;
	return postgres_script(p, text);
}

/* ---- snapshots ------------------------------------------------------------------------------- */

static struct postgres *take_idle(struct postgres *home)
{
	struct postgres *p = home->idle;

	if (!p)
		return NULL;
	home->idle = p->idle;
	home->idle_count--;
	p->idle = NULL;
	return p;
}

/* The first look fixes the moment. */
static int begin_snapshot(struct postgres *p)
{
	int64_t turn;
	int r = postgres_send(p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

	return r == 0 ? postgres_number(p, "SELECT turn FROM store WHERE one = 1", &turn) : r;
}

int postgres_snapshot(struct db *db, struct db **ret)
{
	struct postgres *home = postgres_of(db), *p;
	int r = -EAGAIN;

	/* One that was kept may have been ended by the server meanwhile. */
	while (r == -EAGAIN && (p = take_idle(home))) {
		r = begin_snapshot(p);
		if (r < 0) {
			p->home = NULL; /* it is kept no more */
			db_close(&p->db);
		}
	}
	if (r == -EAGAIN) {
		p = home->ready ? postgres_new(home->url, home->password_file) : NULL;
		if (!p)
			return home->ready ? -ENOMEM : -EAGAIN;
		p->home = home;
		r = postgres_connect_now(p);
		if (r == 0)
			r = postgres_script(p, "SET idle_in_transaction_session_timeout = 0");
		if (r == 0)
			r = begin_snapshot(p);
		if (r < 0) {
			p->home = NULL;
			db_close(&p->db);
		}
	}
	if (r == 0)
		*ret = &p->db;
	return r;
}

bool postgres_keep(struct db *db)
{
	struct postgres *p = postgres_of(db), *home = p->home;

	if (!home || !p->ready || home->idle_count >= IDLE_MAX || postgres_settle(p, NULL) < 0)
		return false;
	if (postgres_send(p, "ROLLBACK") < 0 || postgres_settle(p, NULL) < 0)
		return false;
	p->idle = home->idle;
	home->idle = p;
	home->idle_count++;
	return true;
}

void postgres_close(struct db *db)
{
	struct postgres *p = postgres_of(db), *idle;

	while ((idle = take_idle(p))) {
		idle->home = NULL;
		db_close(&idle->db);
	}
	postgres_free(p);
}
