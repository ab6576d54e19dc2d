/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each owner owes. Deadline and measure are the identity of an obligation: given when it is
 * inserted, never changed, so that an update touches no index but that of next_at.
 */
#include "ledger/row.h"

#define IDENTITY "deadline, measure"
#define REST                                                                                    \
	"owner, phase, withdrawal, round, due, papers, practical, base, due_original,"          \
	" papers_original, provisional, extended, opens_at, late_at, next_at, known_at,"        \
	" reached_round, reached_at, told_round, asked, last_asked, answered_at, answered_seq," \
	" answers_after, assigned_at, promised"
#define COLUMNS "id, " IDENTITY ", " REST
#define SELECT "SELECT " COLUMNS " FROM obligation "

static const char insert_obligation[] =
	"INSERT INTO obligation (" REST ", " IDENTITY
	") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
	" $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,"
	" $26, $27, $28)";
static const char update_obligation[] =
	"UPDATE obligation SET owner = $1, phase = $2, withdrawal = $3, round = $4, due = $5,"
	" papers = $6, practical = $7, base = $8, due_original = $9, papers_original = $10,"
	" provisional = $11, extended = $12, opens_at = $13, late_at = $14, next_at = $15,"
	" known_at = $16, reached_round = $17, reached_at = $18, told_round = $19, asked = $20,"
	" last_asked = $21, answered_at = $22, answered_seq = $23,"
	" answers_after = $24, assigned_at = $25, promised = $26 WHERE id = $27";
static const char select_by_id[] = SELECT "WHERE id = $1";
static const char select_one[] = SELECT "WHERE deadline = $1 AND measure = $2";
static const char select_of_deadline[] = SELECT "WHERE deadline = $1 ORDER BY measure";
static const char select_of_measure[] = SELECT "WHERE measure = $1 ORDER BY id";
static const char select_after[] = SELECT "WHERE id > $1 ORDER BY id LIMIT $2";
static const char select_due[] =
	SELECT "WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at LIMIT $2";

static void bind_rest(struct query *q, const struct obligation *o)
{
	query_bind_text(q, o->owner);
	query_bind_int(q, o->phase);
	query_bind_int(q, o->withdrawal);
	query_bind_int(q, o->round);
	row_bind_date(q, o->due);
	row_bind_date(q, o->papers);
	row_bind_date(q, o->practical);
	row_bind_date(q, o->base);
	row_bind_date(q, o->due_original);
	row_bind_date(q, o->papers_original);
	query_bind_int(q, o->provisional);
	query_bind_int(q, o->extended);
	row_bind_instant(q, o->opens_at);
	row_bind_instant(q, o->late_at);
	row_bind_instant(q, o->next_at);
	row_bind_instant(q, o->known_at);
	query_bind_int(q, o->reached_round);
	row_bind_instant(q, o->reached_at);
	query_bind_int(q, o->told_round);
	query_bind_int(q, o->asked);
	row_bind_instant(q, o->last_asked);
	row_bind_instant(q, o->answered_at);
	query_bind_int(q, o->answered_seq);
	row_bind_instant(q, o->answers_after);
	row_bind_instant(q, o->assigned_at);
	query_bind_int(q, o->promised);
}

static void read_obligation(struct query *q, struct obligation *o)
{
	o->id = query_int(q);
	row_copy(q, o->deadline, sizeof(o->deadline));
	row_copy(q, o->measure, sizeof(o->measure));
	row_copy(q, o->owner, sizeof(o->owner));
	o->phase = (enum obligation_phase)query_int(q);
	o->withdrawal = (enum withdrawal)query_int(q);
	o->round = row_number(q);
	o->due = row_date(q);
	o->papers = row_date(q);
	o->practical = row_date(q);
	o->base = row_date(q);
	o->due_original = row_date(q);
	o->papers_original = row_date(q);
	o->provisional = row_bool(q);
	o->extended = row_bool(q);
	o->opens_at = row_instant(q);
	o->late_at = row_instant(q);
	o->next_at = row_instant(q);
	o->known_at = row_instant(q);
	o->reached_round = row_number(q);
	o->reached_at = row_instant(q);
	o->told_round = row_number(q);
	o->asked = row_number(q);
	o->last_asked = row_instant(q);
	o->answered_at = row_instant(q);
	o->answered_seq = query_int(q);
	o->answers_after = row_instant(q);
	o->assigned_at = row_instant(q);
	o->promised = row_bool(q);
}

static int insert(struct ledger *l, struct obligation *o)
{
	struct query q;

	query_begin(&q, l->db, insert_obligation);
	bind_rest(&q, o);
	query_bind_text(&q, o->deadline);
	query_bind_text(&q, o->measure);
	int r = query_run(&q);
	if (r == 0)
		o->id = db_last_id(l->db);
	return r;
}

int ledger_put_obligation(struct ledger *l, struct obligation *o)
{
	struct query q;

	if (o->id == 0)
		return insert(l, o);
	query_begin(&q, l->db, update_obligation);
	bind_rest(&q, o);
	query_bind_int(&q, o->id);
	return query_run(&q);
}

/* ---- look-ups -------------------------------------------------------------------------------- */

static int end_one(struct query *q, struct obligation *ret)
{
	struct obligation o = { 0 };
	int stepped = query_step(q);

	if (stepped > 0)
		read_obligation(q, &o);
	int r = row_end_one(q, stepped);
	if (r == 0)
		*ret = o;
	return r;
}

static int end_walk(struct query *q, obligation_fn row, void *userdata)
{
	struct obligation o;
	int called = 0;

	while (called == 0 && query_step(q) > 0) {
		read_obligation(q, &o);
		if (!q->error)
			called = row(userdata, &o);
	}
	int r = query_end(q);
	return r < 0 ? r : called;
}

static int end_list(struct query *q, struct obligation *out)
{
	int count = 0;

	while (query_step(q) > 0)
		read_obligation(q, &out[count++]);
	int r = query_end(q);
	return r < 0 ? r : count;
}

int ledger_obligation(struct ledger *l, int64_t id, struct obligation *ret)
{
	struct query q;

	query_begin(&q, l->db, select_by_id);
	query_bind_int(&q, id);
	return end_one(&q, ret);
}

int ledger_obligation_of(struct ledger *l, const char *deadline, const char *measure,
			 struct obligation *ret)
{
	struct query q;

	query_begin(&q, l->db, select_one);
	query_bind_text(&q, deadline);
	query_bind_text(&q, measure);
	return end_one(&q, ret);
}

int ledger_obligations_of_deadline(struct ledger *l, const char *deadline, obligation_fn row,
				   void *userdata)
{
	struct query q;

	query_begin(&q, l->db, select_of_deadline);
	query_bind_text(&q, deadline);
	return end_walk(&q, row, userdata);
}

int ledger_obligations_of_measure(struct ledger *l, const char *measure, obligation_fn row,
				  void *userdata)
{
	struct query q;

	query_begin(&q, l->db, select_of_measure);
	query_bind_text(&q, measure);
	return end_walk(&q, row, userdata);
}

int ledger_obligations_after(struct ledger *l, int64_t after, struct obligation *out, size_t max)
{
	struct query q;

	query_begin(&q, l->db, select_after);
	query_bind_int(&q, after);
	query_bind_int(&q, (int64_t)max);
	return end_list(&q, out);
}

int ledger_obligations_due(struct ledger *l, struct instant now, struct obligation *out, size_t max)
{
	struct query q;

	query_begin(&q, l->db, select_due);
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return end_list(&q, out);
}
