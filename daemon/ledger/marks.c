/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each reminder decision, once for each (obligation, round, step, repetition, recipient). Deciding
 * again, as when what was held is sent, replaces the row: the key makes a second sending impossible.
 */
#include "ledger/marks.h"

#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct mark, member, roles)
static const struct field fields[] = {
	F(obligation, FIELD_KEY),
	F(round, FIELD_KEY),
	F(step, FIELD_KEY),
	F(repetition, FIELD_KEY),
	F(recipient, FIELD_KEY),
	F(decision, 0),
	F(at, 0),
	F(decided, 0),
	F(retry_at, 0),
	F(message, 0),
	F(late, 0),
	F(accepted, 0),
	F(owed, 0),
	F(absence, 0),
	F(reason, 0),
};
const struct row_type mark_type = ROW_TYPE("mark", struct mark, fields);

/* Of those at one instant, in the order of their key. */
#define THEN_BY_KEY " NULLS FIRST, round, step, repetition, recipient"

static void select_marks(struct query *q, struct ledger *l, struct obligation_id obligation,
			 int round)
{
	row_select(
		q, l, &mark_type,
		round == 0
			? "FROM mark WHERE obligation = $1 ORDER BY round, at" THEN_BY_KEY
			: "FROM mark WHERE obligation = $1 AND round = $2 ORDER BY at" THEN_BY_KEY);
	query_bind_int(q, obligation.n);
	if (round != 0)
		query_bind_int(q, round);
}

int ledger_prefetch_marks(struct ledger *l, struct obligation_id obligation, int round)
{
	struct query q;

	select_marks(&q, l, obligation, round);
	return query_prefetch(&q);
}

int ledger_put_mark(struct ledger *l, const struct mark *m)
{
	int r = 0;

	if (db_has_prefetched(l->db)) {
		struct query q;
		select_marks(&q, l, m->obligation, m->round);
		r = query_forget(&q);
	}
	return r < 0 ? r : row_put(l, &mark_type, m);
}

static int end_walk(struct query *q, int (*row)(void *userdata, const struct mark *m),
		    void *userdata)
{
	struct mark m;
	int called = 0;

	while (called == 0 && row_next(q, &mark_type, &m) > 0)
		called = row(userdata, &m);
	return row_end(q, called);
}

int ledger_marks(struct ledger *l, struct obligation_id obligation, int round,
		 int (*row)(void *userdata, const struct mark *m), void *userdata)
{
	struct query q;

	select_marks(&q, l, obligation, round);
	return end_walk(&q, row, userdata);
}

int ledger_marks_absent(struct ledger *l, struct recipient_id recipient,
			int (*row)(void *userdata, const struct mark *m), void *userdata)
{
	struct query q;

	row_select(&q, l, &mark_type, "FROM mark WHERE recipient = $1 AND absence <> 0");
	query_bind_text(&q, recipient.text);
	return end_walk(&q, row, userdata);
}
