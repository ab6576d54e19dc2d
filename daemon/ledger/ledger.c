/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger as a whole: opening, transactions, and what is due next. Each table has its
 * own file, above the seam of db.h; what a transaction has read and changed is in its working set.
 */
#include "ledger/ledger.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/db_engine.h"
#include "ledger/working_set.h"

/* ---- opening --------------------------------------------------------------------------------- */

static struct ledger *new_ledger(void)
{
	static const struct row_type *const types[SETS] = {
		[SET_SUBJECTS] = &subject_type,	      [SET_SEQUENCES] = &sequence_type,
		[SET_MEASURES] = &measure_type,	      [SET_DEADLINES] = &deadline_type,
		[SET_OBLIGATIONS] = &obligation_type, [SET_OF_MEASURE] = &obligation_chain_type,
		[SET_MESSAGES] = &message_type,
	};
	struct ledger *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	for (size_t i = 0; i < SETS; i++)
		l->sets[i].type = types[i];
	l->sets[SET_OBLIGATIONS].index = &l->sets[SET_OF_MEASURE];
	return l;
}

int ledger_open_bare(struct ledger **ret, const struct store_place *place,
		     struct store_refusal *ret_why)
{
	static const enum ledger_open_result results[] = {
		[DB_IN_USE] = LEDGER_IN_USE,   [DB_NOT_OURS] = LEDGER_NOT_OURS,
		[DB_EMPTY] = LEDGER_EMPTY,     [DB_NONE] = LEDGER_NONE,
		[DB_DAMAGED] = LEDGER_DAMAGED,
	};
	struct ledger *l = new_ledger();

	if (!l)
		return -ENOMEM;
	int r = db_open(&l->db, place, ret_why);
	if (r == 0) {
		l->owns_damage = true;
		l->db->damage = calloc(1, sizeof(*l->db->damage));
		r = l->db->damage ? 0 : -ENOMEM;
	}
	if (r != 0) {
		ledger_close(l);
		return r > 0 ? (int)results[r] : r;
	}
	*ret = l;
	return 0;
}

int ledger_open(struct ledger **ret, const struct store_place *place, bool rehearsal,
		struct store_refusal *ret_why)
{
	struct ledger *l;
	int r = ledger_open_bare(&l, place, ret_why);

	if (r != 0)
		return r;
	r = ledger_settle(l, place, rehearsal, ret_why->reason);
	if (r != 0) {
		if (r < 0 && ledger_failure(l))
			snprintf(ret_why->reason, sizeof(ret_why->reason), "%s", ledger_failure(l));
		ledger_close(l);
		return r;
	}
	*ret = l;
	return 0;
}

int ledger_snapshot(struct ledger *l, struct ledger **ret)
{
	struct ledger *snapshot = new_ledger();

	if (!snapshot)
		return -ENOMEM;
	int r = db_snapshot(l->db, &snapshot->db);
	if (r < 0) {
		free(snapshot);
		return r;
	}
	memcpy(snapshot->db->checksum.key, l->db->checksum.key, CHECKSUM_KEY_BYTES);
	snapshot->db->damage = l->db->damage;
	*ret = snapshot;
	return 0;
}

int ledger_spoilt(const struct ledger *l)
{
	return db_spoilt(l->db);
}

struct ledger *ledger_close(struct ledger *l)
{
	if (!l)
		return NULL;
	if (l->owns_damage)
		damage_free(l->db->damage);
	db_close(l->db);
	for (size_t i = 0; i < SETS; i++)
		set_done(&l->sets[i]);
	absences_forget(l);
	meta_forget(l);
	ledger_journal_close(l);
	free(l);
	return NULL;
}

/* ---- transactions ---------------------------------------------------------------------------- */

/* What is kept from one transaction to the next may be what the one that failed wrote, or what others have
 * changed. */
static void forget_kept(struct ledger *l)
{
	absences_forget(l);
	meta_forget(l);
}

static int read_plan_seq(struct ledger *l, int64_t *ret)
{
	char seq[META_MAX];
	int r = ledger_meta(l, META_PLAN_SEQ, seq, sizeof(seq));

	if (r == 0)
		*ret = strtoll(seq, NULL, 10);
	return r;
}

int ledger_go_by_plan(struct ledger *l)
{
	return read_plan_seq(l, &l->plan_seq);
}

/* Others have written: what is in memory, and the plan, may be out of date. */
static int catch_up(struct ledger *l)
{
	int64_t seq;

	forget_kept(l);
	int r = read_plan_seq(l, &seq);
	if (r != 0 || l->plan_seq == 0 || seq == l->plan_seq)
		return r;
	l->failure = "another daemon has put another plan into force";
	return -ESTALE;
}

int ledger_begin(struct ledger *l)
{
	int r = db_begin(l->db);

	l->acts = 0;
	if (r < 0)
		return r;
	if (db_is_changed(l->db))
		r = catch_up(l);
	if (r == 0)
		r = ledger_renew(l);
	if (r < 0)
		ledger_rollback(l);
	return r;
}

int ledger_commit(struct ledger *l)
{
	int r = db_spoilt(l->db);

	if (r == 0)
		r = set_flush_all(l);
	if (r < 0) {
		ledger_rollback(l);
		return r;
	}
	const int64_t before = l->db->mark.seq;
	if (l->last_seq > 0)
		l->db->mark.seq = l->last_seq;
	r = db_commit(l->db);
	set_clear_all(l);
	if (r < 0) {
		l->db->mark.seq = before; /* what the disk had no room for is not acknowledged */
		forget_kept(l);
		l->daemon.renewed = (struct mono){ INT64_MIN / 2 };
	}
	return r;
}

void ledger_rollback(struct ledger *l)
{
	db_rollback(l->db);
	set_clear_all(l);
	forget_kept(l);
	l->daemon.renewed = (struct mono){ INT64_MIN / 2 }; /* it may have been in this one */
}

int ledger_trial_begin(struct ledger *l)
{
	int r = db_spoilt(l->db);

	if (r == 0)
		r = set_flush_all(l);
	if (r == 0)
		r = db_trial_begin(l->db);
	l->on_trial = r == 0;
	return r;
}

int ledger_trial_end(struct ledger *l)
{
	int r = db_trial_end(l->db);

	l->on_trial = false;
	set_clear_all(l);
	forget_kept(l);
	return r;
}

bool ledger_is_on_trial(const struct ledger *l)
{
	return l->on_trial;
}

bool ledger_has_written(const struct ledger *l)
{
	return set_has_changed(l) || db_has_written(l->db);
}

bool ledger_in_transaction(const struct ledger *l)
{
	return db_in_transaction(l->db);
}

uint64_t ledger_statements(const struct ledger *l)
{
	return db_statements(l->db);
}

const char *ledger_failure(const struct ledger *l)
{
	const char *failure = db_failure(l->db);

	return failure ? failure : l->failure;
}

/* ---- the timer queue ------------------------------------------------------------------------- */

static const char select_due[] =
	"SELECT (SELECT min(next_at) FROM obligation WHERE next_at IS NOT NULL),"
	" (SELECT min(next_at) FROM deadline WHERE next_at IS NOT NULL),"
	" (SELECT min(freeze_at) FROM deadline WHERE freeze_at IS NOT NULL),"
	" (SELECT min(next_at) FROM series WHERE next_at IS NOT NULL),"
	" (SELECT min(light_at) FROM measure WHERE light_at IS NOT NULL),"
	" (SELECT min(look_at) FROM away WHERE look_at IS NOT NULL),"
	" (SELECT min(next_attempt) FROM message WHERE next_attempt IS NOT NULL)";

int ledger_next_due(struct ledger *l, struct due_instants *ret)
{
	struct due_instants due = { INSTANT_NONE, INSTANT_NONE };
	struct query q;
	int r = set_flush_all(l);

	if (r < 0)
		return r;
	query_begin(&q, l->db, select_due);
	if (query_step(&q) > 0) {
		struct instant obligations = row_instant(&q);
		struct instant deadlines = row_instant(&q);
		struct instant freezes = row_instant(&q);
		struct instant series = row_instant(&q);
		struct instant lights = row_instant(&q);
		struct instant aways = row_instant(&q);
		due.decisions =
			instant_min(instant_min(obligations, instant_min(deadlines, freezes)),
				    instant_min(series, instant_min(lights, aways)));
		due.messages = row_instant(&q);
	}
	r = query_end(&q);
	if (r == 0)
		*ret = due;
	return r;
}
