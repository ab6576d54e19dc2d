/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `from` is in one transaction from the check that nobody has it until it says where it has gone: of a shared store
 * that is what keeps daemons from their turns. A file is locked as for a daemon.
 *
 * `to` says that it is not whole before it has a row, and all its rows are one transaction: what a move leaves that
 * is cut off is nothing, or all of it, and cleared by the next one.
 */
#include "ledger/move.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/table_copy.h"
#include "ledger/working_set.h"

#define MOVED_TO "moved-to"
#define MOVING_FROM "moving-from"
#define PLACE_MAX 4096

struct ledger_move {
	struct ledger *ledgers[2];
	char *places[2];
	struct tables *tables;
	struct table_copy *copy;
	enum move_phase phase;
	bool has_mended; /* a text of them, so that checksums are to be made anew */
	bool is_moved;	 /* by an earlier run, which did not come to its end */
	void (*changed)(void *userdata, const char *where);
	void *userdata;
};

static struct db *db_of(const struct ledger_move *m, enum move_side side)
{
	return m->ledgers[side]->db;
}

/* ---- the two facts --------------------------------------------------------------------------- */

/* "" when it isn't there. */
static int read_fact(struct db *db, const char *name, char out[static PLACE_MAX])
{
	struct query q;

	query_begin(&q, db, "SELECT value FROM fact WHERE name = $1");
	query_bind_text(&q, name);
	snprintf(out, PLACE_MAX, "%s", query_step(&q) > 0 ? query_text(&q) : "");
	return query_end(&q);
}

static int write_fact(struct db *db, const char *name, const char *value)
{
	struct query q;

	query_begin(&q, db,
		    "INSERT INTO fact (name, value) VALUES ($1, $2)"
		    " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
	query_bind_text(&q, name);
	query_bind_text(&q, value);
	return query_run(&q);
}

static int remove_fact(struct db *db, const char *name)
{
	struct query q;

	query_begin(&q, db, "DELETE FROM fact WHERE name = $1");
	query_bind_text(&q, name);
	return query_run(&q);
}

int ledger_whereabouts(struct ledger *l, char why[static 256])
{
	char to[PLACE_MAX], from[PLACE_MAX];
	int r = read_fact(l->db, MOVED_TO, to);

	if (r == 0)
		r = read_fact(l->db, MOVING_FROM, from);
	if (r < 0 || (!to[0] && !from[0]))
		return r;
	snprintf(why, 256, "%.255s", to[0] ? to : from);
	return to[0] ? LEDGER_MOVED : LEDGER_UNFINISHED;
}

/* ---- from ------------------------------------------------------------------------------------ */

/* Of a shared store: is a daemon there, or one that its lease may still tell so? 0 or MOVE_HAS_DAEMONS. Those that are
 * gone, and don't know it, find their rows gone too. */
static int check_daemons(struct db *db, char why[static 256])
{
	const char *clock = db_select_clock(db);
	int64_t now = 0;
	struct query q;
	bool there;

	if (!clock)
		return 0;
	query_begin(&q, db, clock);
	int r = row_end_number(&q, &now);
	if (r < 0)
		return r;
	query_begin(&q, db, "SELECT name FROM daemon WHERE until >= $1 ORDER BY token LIMIT 1");
	query_bind_int(&q, now);
	there = query_step(&q) > 0;
	if (there)
		snprintf(why, 256, "%s", query_text(&q));
	r = query_end(&q);
	if (r < 0 || there)
		return r < 0 ? r : (int)MOVE_HAS_DAEMONS;
	query_begin(&q, db, "DELETE FROM daemon");
	return query_run(&q);
}

/* Has it gone to this `to` already? Then only the end is left. */
static int check_from(struct ledger_move *m, char why[static 256])
{
	char to[PLACE_MAX];
	int r = check_daemons(db_of(m, MOVE_FROM), why);

	if (r == 0)
		r = read_fact(db_of(m, MOVE_FROM), MOVED_TO, to);
	if (r != 0)
		return r;
	m->is_moved = strcmp(to, m->places[MOVE_TO]) == 0;
	return m->is_moved ? 0 : ledger_whereabouts(m->ledgers[MOVE_FROM], why);
}

/* Migrated first, as a start would, and that is kept: whoever looks at it by another connection sees it so. */
static int take_from(struct ledger_move *m, const struct store_place *place,
		     struct store_refusal *ret_why)
{
	int r = ledger_open_bare(&m->ledgers[MOVE_FROM], place, ret_why);

	if (r != 0)
		return r;
	struct db *db = db_of(m, MOVE_FROM);
	r = db_begin(db);
	if (r < 0)
		return r;
	r = db_migrate(db);
	if (r == 0)
		r = check_from(m, ret_why->reason);
	if (r == 0)
		r = ledger_settle_checksums(m->ledgers[MOVE_FROM]);
	if (r != 0) {
		db_rollback(db);
		return r;
	}
	r = db_commit(db);
	if (r == 0)
		r = db_begin(db);
	return r < 0 ? r : check_daemons(db, ret_why->reason);
}

/* ---- to -------------------------------------------------------------------------------------- */

static int has_rows(struct ledger_move *m, bool *ret)
{
	int64_t any = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && any == 0 && i < m->tables->count; i++) {
		struct query q;
		query_begin(&q, db_of(m, MOVE_TO), m->tables->list[i].any);
		r = row_end_number(&q, &any);
	}
	*ret = any != 0;
	return r;
}

static int clear(struct ledger_move *m)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->tables->count; i++) {
		struct query q;
		query_begin(&q, db_of(m, MOVE_TO), m->tables->list[i].clear);
		r = query_run(&q);
	}
	return r;
}

/* What an earlier run of the same move has left may go. 0 or a positive result. */
static int check_to(struct ledger_move *m, char why[static 256])
{
	char from[PLACE_MAX];
	bool full;
	int r = read_fact(db_of(m, MOVE_TO), MOVING_FROM, from);

	if (r < 0)
		return r;
	if (strcmp(from, m->places[MOVE_FROM]) == 0)
		return 0;
	snprintf(why, 256, "%.255s", m->is_moved ? m->places[MOVE_TO] : from);
	if (m->is_moved) /* and whole */
		return LEDGER_MOVED;
	if (from[0])
		return LEDGER_UNFINISHED;
	r = has_rows(m, &full);
	return r < 0 ? r : full ? (int)MOVE_NOT_EMPTY : 0;
}

static int take_to(struct ledger_move *m, const struct store_place *place,
		   struct store_refusal *ret_why)
{
	int r = ledger_open_bare(&m->ledgers[MOVE_TO], place, ret_why);

	if (r != 0)
		return r;
	struct db *db = db_of(m, MOVE_TO);
	r = db_begin(db);
	if (r < 0)
		return r;
	r = db_migrate(db);
	if (r == 0)
		r = check_to(m, ret_why->reason);
	if (r == 0)
		r = write_fact(db, MOVING_FROM, m->places[MOVE_FROM]);
	if (r != 0) {
		db_rollback(db);
		return r;
	}
	r = db_commit(db);
	if (r < 0)
		return r;
	if (m->is_moved)
		return ledger_settle_checksums(m->ledgers[MOVE_TO]);
	r = db_begin(db);
	return r < 0 ? r : clear(m);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int begin_copy(struct ledger_move *m, enum table_work work)
{
	m->copy = table_copy_free(m->copy);
	int r = table_copy_new(&m->copy, work, m->tables, db_of(m, MOVE_FROM), db_of(m, MOVE_TO));

	if (r == 0)
		table_copy_tell(m->copy, m->changed, m->userdata);
	return r;
}

static int take_both(struct ledger_move *m, const struct store_place *from,
		     const struct store_place *to, struct move_refusal *ret_why)
{
	struct store_place source = *from, target = *to;

	source.is_there = true;
	source.patient = target.patient = true;
	ret_why->side = MOVE_FROM;
	int r = take_from(m, &source, &ret_why->store);
	if (r == 0) {
		ret_why->side = MOVE_TO;
		r = take_to(m, &target, &ret_why->store);
	}
	if (r == (int)LEDGER_MOVED)
		ret_why->side = MOVE_FROM;
	if (r < 0 && !ret_why->store.reason[0] && ledger_move_failure(m))
		snprintf(ret_why->store.reason, sizeof(ret_why->store.reason), "%s",
			 ledger_move_failure(m));
	return r;
}

int ledger_move_new(struct ledger_move **ret, const struct store_place *from,
		    const struct store_place *to, struct move_refusal *ret_why)
{
	struct ledger_move *m = calloc(1, sizeof(*m));

	if (!m)
		return -ENOMEM;
	m->places[MOVE_FROM] = strdup(from->at);
	m->places[MOVE_TO] = strdup(to->at);
	int r = m->places[MOVE_FROM] && m->places[MOVE_TO] ? tables_new(&m->tables) : -ENOMEM;
	if (r == 0)
		r = take_both(m, from, to, ret_why);
	if (r == 0 && m->is_moved)
		m->phase = MOVE_COPIED;
	else if (r == 0)
		r = begin_copy(m, TABLE_COPY);
	if (r != 0) {
		ledger_move_free(m);
		return r;
	}
	*ret = m;
	return 0;
}

void ledger_move_tell(struct ledger_move *m, void (*changed)(void *userdata, const char *where),
		      void *userdata)
{
	m->changed = changed;
	m->userdata = userdata;
	if (m->copy)
		table_copy_tell(m->copy, changed, userdata);
}

/* Rows whose texts were changed need other checksums. */
static int settle_copied(struct ledger_move *m)
{
	struct db *to = db_of(m, MOVE_TO);
	struct query q;
	int r = 0;

	if (m->has_mended) {
		query_begin(&q, to, "UPDATE fact SET value = '' WHERE name = 'checksum-key'");
		r = query_run(&q);
	}
	return r < 0 ? r : ledger_settle_checksums(m->ledgers[MOVE_TO]);
}

int ledger_move_step(struct ledger_move *m)
{
	if (m->phase == MOVE_COPIED)
		return 0;
	int r = table_copy_step(m->copy);
	if (r != 0)
		return r;
	if (m->phase == MOVE_COPYING) {
		m->phase = MOVE_COMPARING;
		m->has_mended = table_copy_has_mended(m->copy);
		r = begin_copy(m, TABLE_COMPARE);
		return r < 0 ? r : 1;
	}
	r = settle_copied(m);
	if (r == 0)
		r = db_commit(db_of(m, MOVE_TO));
	if (r == 0)
		m->phase = MOVE_COPIED;
	return r;
}

enum move_phase ledger_move_phase(const struct ledger_move *m)
{
	return m->phase;
}

const char *ledger_move_table(const struct ledger_move *m)
{
	return m->copy ? table_copy_table(m->copy) : NULL;
}

int64_t ledger_move_rows(const struct ledger_move *m)
{
	return m->copy ? table_copy_rows(m->copy) : 0;
}

const char *ledger_move_place(const struct ledger_move *m)
{
	return table_copy_place(m->copy);
}

struct ledger *ledger_move_ledger(const struct ledger_move *m, enum move_side side)
{
	return m->ledgers[side];
}

int ledger_move_finish(struct ledger_move *m)
{
	struct db *from = db_of(m, MOVE_FROM), *to = db_of(m, MOVE_TO);
	int r = write_fact(from, MOVED_TO, m->places[MOVE_TO]);

	if (r == 0)
		r = db_commit(from);
	if (r == 0)
		r = db_begin(to);
	if (r < 0)
		return r;
	r = remove_fact(to, MOVING_FROM);
	if (r == 0)
		return db_commit(to);
	db_rollback(to);
	return r;
}

const char *ledger_move_failure(const struct ledger_move *m)
{
	for (int side = MOVE_FROM; side <= MOVE_TO; side++)
		if (m->ledgers[side] && ledger_failure(m->ledgers[side]))
			return ledger_failure(m->ledgers[side]);
	return NULL;
}

struct ledger_move *ledger_move_free(struct ledger_move *m)
{
	if (!m)
		return NULL;
	table_copy_free(m->copy);
	for (enum move_side side = MOVE_FROM; side <= MOVE_TO; side++) {
		if (m->ledgers[side] && db_in_transaction(db_of(m, side)))
			db_rollback(db_of(m, side));
		ledger_close(m->ledgers[side]);
		free(m->places[side]);
	}
	tables_free(m->tables);
	free(m);
	return NULL;
}
