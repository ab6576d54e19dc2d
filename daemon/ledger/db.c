/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A use of a statement is the same with each engine: it is taken from those that are kept, or prepared,
 * or, where the kept one is in use (a list's callback that asks for the same list), prepared for this once.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "ledger/db_engine.h"
#include "plan/store_url.h"

/* ---- the store ------------------------------------------------------------------------------- */

int db_open(struct db **ret, const struct store_place *place, struct store_refusal *ret_why)
{
	return store_url_is(place->at) ? postgres_open(ret, place, ret_why->reason)
				       : sqlite_open(ret, place, ret_why);
}

int db_snapshot(struct db *db, struct db **ret)
{
	int r = db->engine->snapshot(db, ret);

	if (r == 0)
		(*ret)->is_snapshot = true;
	return r;
}

int db_check_new(struct db_check **ret, struct db *db)
{
	*ret = NULL;
	return db->engine->check ? db->engine->check(db, ret) : 0;
}

struct db *db_close(struct db *db)
{
	if (!db)
		return NULL;
	if (!db_spoilt(db) && db->engine->keep && db->engine->keep(db))
		return NULL;
	db_forget_statements(db);
	checksum_done(&db->checksum);
	db->engine->close(db);
	return NULL;
}

int db_migrate(struct db *db)
{
	return db->engine->migrate(db);
}

/* ---- transactions ---------------------------------------------------------------------------- */

int db_begin(struct db *db)
{
	assert(!db->in_transaction);
	int r = db->broken ? -EIO : db->engine->begin(db);

	if (r < 0)
		return r;
	db->failed = 0;
	db->in_transaction = true;
	return 0;
}

int db_commit(struct db *db)
{
	assert(db->in_transaction);
	int r = db->failed;

	if (r < 0)
		db->engine->rollback(db);
	else
		r = db->engine->commit(db);
	db->in_transaction = false;
	db->broken = r == -EIO;
	return r;
}

void db_rollback(struct db *db)
{
	assert(db->in_transaction);
	db->engine->rollback(db);
	db->in_transaction = false;
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

int db_trial_begin(struct db *db)
{
	assert(db->in_transaction);
	db_drop_prefetched(db);
	return db->failed ? db->failed : db->engine->trial_begin(db);
}

int db_trial_end(struct db *db)
{
	assert(db->in_transaction);
	db_drop_prefetched(db);
	int r = db->engine->trial_end(db);

	if (r < 0 && !db->failed)
		db->failed = r;
	return db->failed;
}

bool db_has_written(struct db *db)
{
	return db->engine->has_written(db);
}

bool db_is_changed(struct db *db)
{
	return db->engine->is_changed && db->engine->is_changed(db);
}

const char *db_select_clock(const struct db *db)
{
	return db->engine->select_clock;
}

bool db_is_utf8(const struct db *db)
{
	return db->engine->is_utf8;
}

int db_spoilt(const struct db *db)
{
	return db->in_transaction || db->is_snapshot ? db->failed : 0;
}

bool db_prefetches(const struct db *db)
{
	return db->engine->prefetch != NULL;
}

bool db_has_prefetched(const struct db *db)
{
	return db->engine->has_prefetched && db->engine->has_prefetched(db);
}

void db_drop_prefetched(struct db *db)
{
	if (db->engine->drop_prefetched)
		db->engine->drop_prefetched(db);
}

const char *db_failure(const struct db *db)
{
	return db->failure;
}

uint64_t db_statements(const struct db *db)
{
	return db->count;
}

/* ---- statements ------------------------------------------------------------------------------ */

static int prepare(struct db *db, struct statement *s, const struct sql *sql)
{
	char *text = sql_compose(sql);
	int r = text ? db->engine->prepare(db, text, &s->handle) : -ENOMEM;

	free(text);
	if (r == 0)
		s->sql = *sql;
	return r;
}

static bool is_same(const struct sql *a, const struct sql *b)
{
	return a->text == b->text && a->row == b->row && a->verb == b->verb &&
	       a->changed == b->changed && a->joined == b->joined;
}

/* Where the statement is kept, or would be. */
static struct statement *slot_of(struct db *db, const struct sql *sql)
{
	uint64_t hash = (uintptr_t)sql->text ^ (uintptr_t)sql->row << 7 ^
			sql->changed * 0x9e3779b97f4a7c15u ^ (uint64_t)sql->verb << 40;
	size_t i = hash * 0x9e3779b97f4a7c15u >> 32;

	for (;; i++) {
		struct statement *s = &db->statements[i % STATEMENT_SLOTS];
		if (!s->handle || is_same(&s->sql, sql))
			return s;
	}
}

static int take_passing(struct db *db, const struct sql *sql, struct statement **ret)
{
	struct statement *s = calloc(1, sizeof(*s));
	int r = s ? prepare(db, s, sql) : -ENOMEM;

	if (r < 0) {
		free(s);
		return r;
	}
	s->passing = true;
	*ret = s;
	return 0;
}

static int take_statement(struct db *db, const struct sql *sql, struct statement **ret)
{
	struct statement *s = slot_of(db, sql);

	if (s->busy || (!s->handle && db->kept >= STATEMENTS_KEPT))
		return take_passing(db, sql, ret);
	if (!s->handle) {
		int r = prepare(db, s, sql);
		if (r < 0)
			return r;
		db->kept++;
	}
	s->busy = true;
	*ret = s;
	return 0;
}

static void give_back_statement(struct db *db, struct statement *s)
{
	db->engine->reset(db, s->handle);
	if (s->passing) {
		db->engine->finalize(db, s->handle);
		free(s);
		return;
	}
	s->busy = false;
}

void db_forget_statements(struct db *db)
{
	for (size_t i = 0; i < STATEMENT_SLOTS; i++)
		if (db->statements[i].handle) {
			db->engine->finalize(db, db->statements[i].handle);
			db->statements[i] = (struct statement){ .handle = NULL };
		}
	db->kept = 0;
}

/* ---- a use of one ---------------------------------------------------------------------------- */

static int fail(struct query *q, int error)
{
	struct db *db = q->db;

	q->error = error;
	if (db->in_transaction || db->is_snapshot)
		db->failed = error;
	return error;
}

void query_begin_sql(struct query *q, struct db *db, const struct sql *sql)
{
	*q = (struct query){ .db = db, .error = db_spoilt(db) };
	if (q->error)
		return;
	int r = take_statement(db, sql, &q->statement);
	if (r < 0)
		fail(q, r);
	else
		db->count++;
}

void query_begin(struct query *q, struct db *db, const char *text)
{
	query_begin_sql(q, db, &(struct sql){ .verb = SQL_TEXT, .text = text });
}

static void bound(struct query *q, int r)
{
	if (r < 0)
		fail(q, r);
}

void query_bind_int(struct query *q, int64_t value)
{
	if (!q->error)
		bound(q, q->db->engine->bind_int(q->statement->handle, ++q->bound, value));
}

void query_bind_text(struct query *q, const char *text)
{
	if (!q->error)
		bound(q, q->db->engine->bind_text(q->statement->handle, ++q->bound, text));
}

void query_bind_bytes(struct query *q, const void *bytes, size_t length)
{
	if (!q->error)
		bound(q,
		      q->db->engine->bind_bytes(q->statement->handle, ++q->bound, bytes, length));
}

void query_bind_none(struct query *q)
{
	query_bind_text(q, NULL);
}

int query_step(struct query *q)
{
	const struct db_engine *engine = q->db->engine;

	if (q->error)
		return q->error;
	assert(q->bound == engine->count_parameters(q->statement->handle));
	assert(q->db->in_transaction || engine->is_reading(q->statement->handle));
	q->read = 0;
	int r = engine->step(q->db, q->statement->handle);
	return r < 0 ? fail(q, r) : r;
}

int query_prefetch(struct query *q)
{
	const struct db_engine *engine = q->db->engine;

	if (!q->error && engine->prefetch && q->db->in_transaction && !q->statement->passing) {
		assert(engine->is_reading(q->statement->handle));
		int r = engine->prefetch(q->db, q->statement->handle);
		if (r < 0)
			fail(q, r);
	}
	return query_end(q);
}

int query_forget(struct query *q)
{
	if (!q->error && db_has_prefetched(q->db))
		q->db->engine->forget(q->db, q->statement->handle);
	return query_end(q);
}

bool query_is_none(struct query *q)
{
	return q->db->engine->is_none(q->statement->handle, q->read);
}

int64_t query_int(struct query *q)
{
	return q->db->engine->get_int(q->statement->handle, q->read++);
}

const char *query_text(struct query *q)
{
	const char *text = q->db->engine->get_text(q->statement->handle, q->read++);

	return text ? text : "";
}

const void *query_bytes(struct query *q, size_t *ret_length)
{
	return q->db->engine->get_bytes(q->statement->handle, q->read++, ret_length);
}

int query_end(struct query *q)
{
	if (q->statement)
		give_back_statement(q->db, q->statement);
	q->statement = NULL;
	return q->error;
}

int query_run(struct query *q)
{
	while (query_step(q) > 0)
		;
	return query_end(q);
}

int db_run(struct db *db, const char *text)
{
	struct statement *s;
	int r = take_statement(db, &(struct sql){ .verb = SQL_TEXT, .text = text }, &s);

	if (r < 0)
		return r;
	r = db->engine->step(db, s->handle);
	give_back_statement(db, s);
	db->count++;
	return r < 0 ? r : 0;
}

int db_number(struct db *db, const char *text, int64_t *ret)
{
	struct query q;

	query_begin(&q, db, text);
	int64_t value = query_step(&q) > 0 ? query_int(&q) : 0;
	int r = query_end(&q);
	if (r == 0)
		*ret = value;
	return r;
}
