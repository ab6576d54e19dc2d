/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each reminder decision, once for each (obligation, round, step, repetition, recipient). Deciding
 * again, as when what was held is sent, replaces the row: the key makes a second sending impossible.
 */
#include "ledger/row.h"

#define COLUMNS                                                                             \
	"obligation, round, step, repetition, recipient, decision, at, decided, retry_at, " \
	"message,"                                                                          \
	" late, accepted, owed, absence, reason"

static const char upsert_mark[] =
	"INSERT INTO mark (" COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
	" ON CONFLICT (obligation, round, step, repetition, recipient) DO UPDATE SET"
	" decision = excluded.decision, at = excluded.at, decided = excluded.decided,"
	" retry_at = excluded.retry_at, message = excluded.message, late = excluded.late,"
	" accepted = excluded.accepted, owed = excluded.owed, absence = excluded.absence,"
	" reason = excluded.reason";
static const char select_all[] =
	"SELECT " COLUMNS " FROM mark WHERE obligation = $1 ORDER BY round, at";
static const char select_round[] =
	"SELECT " COLUMNS " FROM mark WHERE obligation = $1 AND round = $2 ORDER BY at";
static const char select_absent[] =
	"SELECT " COLUMNS " FROM mark WHERE recipient = $1 AND absence <> 0";

int ledger_put_mark(struct ledger *l, const struct mark *m)
{
	struct query q;

	query_begin(&q, l->db, upsert_mark);
	query_bind_int(&q, m->obligation);
	query_bind_int(&q, m->round);
	query_bind_text(&q, m->step);
	query_bind_int(&q, m->repetition);
	query_bind_text(&q, m->recipient);
	query_bind_int(&q, m->decision);
	row_bind_instant(&q, m->at);
	row_bind_instant(&q, m->decided);
	row_bind_instant(&q, m->retry_at);
	query_bind_int(&q, m->message);
	query_bind_int(&q, m->late);
	query_bind_int(&q, m->accepted);
	query_bind_int(&q, m->owed);
	query_bind_int(&q, m->absence);
	query_bind_text(&q, m->reason);
	return query_run(&q);
}

static void read_mark(struct query *q, struct mark *m)
{
	m->obligation = query_int(q);
	m->round = row_number(q);
	row_copy(q, m->step, sizeof(m->step));
	m->repetition = (unsigned)query_int(q);
	row_copy(q, m->recipient, sizeof(m->recipient));
	m->decision = (enum decision)query_int(q);
	m->at = row_instant(q);
	m->decided = row_instant(q);
	m->retry_at = row_instant(q);
	m->message = query_int(q);
	m->late = row_bool(q);
	m->accepted = row_bool(q);
	m->owed = row_bool(q);
	m->absence = query_int(q);
	row_copy(q, m->reason, sizeof(m->reason));
}

static int end_marks(struct query *q, int (*row)(void *userdata, const struct mark *m),
		     void *userdata)
{
	struct mark m;
	int called = 0;

	while (called == 0 && query_step(q) > 0) {
		read_mark(q, &m);
		if (!q->error)
			called = row(userdata, &m);
	}
	int r = query_end(q);
	return r < 0 ? r : called;
}

int ledger_marks(struct ledger *l, int64_t obligation, int round,
		 int (*row)(void *userdata, const struct mark *m), void *userdata)
{
	struct query q;

	query_begin(&q, l->db, round == 0 ? select_all : select_round);
	query_bind_int(&q, obligation);
	if (round != 0)
		query_bind_int(&q, round);
	return end_marks(&q, row, userdata);
}

int ledger_marks_absent(struct ledger *l, const char *recipient,
			int (*row)(void *userdata, const struct mark *m), void *userdata)
{
	struct query q;

	query_begin(&q, l->db, select_absent);
	query_bind_text(&q, recipient);
	return end_marks(&q, row, userdata);
}
