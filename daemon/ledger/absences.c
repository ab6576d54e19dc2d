/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is away and who stands in, what of that was told to a manager, and who promised an answer until
 * when. Few rows: a snapshot of all absences that are not over is read for each walk.
 */
#include "ledger/row.h"

static const char upsert_absence[] =
	"INSERT INTO absence (person, first_day, last_day, deputy, seq)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person, first_day) DO UPDATE SET"
	" last_day = excluded.last_day, deputy = excluded.deputy, seq = excluded.seq";
static const char select_absences[] = "SELECT person, first_day, last_day, deputy, seq FROM absence"
				      " WHERE last_day >= $1 ORDER BY person, seq";
static const char select_absences_of[] =
	"SELECT person, first_day, last_day, deputy, seq FROM absence"
	" WHERE last_day >= $1 AND person = $2 ORDER BY seq";
static const char insert_told[] =
	"INSERT INTO absence_told (absence, obligation, kind) VALUES ($1, $2, $3)";
static const char select_told[] =
	"SELECT 1 FROM absence_told WHERE absence = $1 AND obligation = $2 AND kind = $3";
static const char upsert_promise[] =
	"INSERT INTO promise (obligation, person, answer_by, seq) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (obligation, person) DO UPDATE SET answer_by = excluded.answer_by,"
	" seq = excluded.seq";
static const char delete_promises[] = "DELETE FROM promise WHERE obligation = $1";
static const char select_promises[] =
	"SELECT obligation, person, answer_by, seq FROM promise WHERE obligation = $1 ORDER BY seq";

int ledger_put_absence(struct ledger *l, const struct absence *a)
{
	struct query q;

	query_begin(&q, l->db, upsert_absence);
	query_bind_text(&q, a->person);
	row_bind_date(&q, a->from);
	row_bind_date(&q, a->until);
	query_bind_text(&q, a->deputy);
	query_bind_int(&q, a->seq);
	return query_run(&q);
}

int ledger_absences(struct ledger *l, const char *person, struct civil_date day,
		    int (*row)(void *userdata, const struct absence *a), void *userdata)
{
	struct absence a;
	struct query q;
	int called = 0;

	query_begin(&q, l->db, person ? select_absences_of : select_absences);
	query_bind_int(&q, day.day);
	if (person)
		query_bind_text(&q, person);
	while (called == 0 && query_step(&q) > 0) {
		row_copy(&q, a.person, sizeof(a.person));
		a.from = row_date(&q);
		a.until = row_date(&q);
		row_copy(&q, a.deputy, sizeof(a.deputy));
		a.seq = query_int(&q);
		if (!q.error)
			called = row(userdata, &a);
	}
	int r = query_end(&q);
	return r < 0 ? r : called;
}

static void bind_told(struct query *q, int64_t absence, int64_t obligation, int kind)
{
	query_bind_int(q, absence);
	query_bind_int(q, obligation);
	query_bind_int(q, kind);
}

int ledger_absence_is_told(struct ledger *l, int64_t absence, int64_t obligation, int kind)
{
	struct query q;
	int stepped, r;

	query_begin(&q, l->db, select_told);
	bind_told(&q, absence, obligation, kind);
	stepped = query_step(&q);
	r = query_end(&q);
	return r < 0 ? r : stepped > 0;
}

int ledger_tell_absence(struct ledger *l, int64_t absence, int64_t obligation, int kind)
{
	struct query q;
	int r = ledger_absence_is_told(l, absence, obligation, kind);

	if (r != 0)
		return r < 0 ? r : 0;
	query_begin(&q, l->db, insert_told);
	bind_told(&q, absence, obligation, kind);
	r = query_run(&q);
	return r < 0 ? r : 1;
}

int ledger_put_promise(struct ledger *l, const struct promise *p)
{
	struct query q;

	query_begin(&q, l->db, upsert_promise);
	query_bind_int(&q, p->obligation);
	query_bind_text(&q, p->person);
	row_bind_date(&q, p->answer_by);
	query_bind_int(&q, p->seq);
	return query_run(&q);
}

int ledger_drop_promises(struct ledger *l, int64_t obligation)
{
	struct query q;

	query_begin(&q, l->db, delete_promises);
	query_bind_int(&q, obligation);
	return query_run(&q);
}

int ledger_promises(struct ledger *l, int64_t obligation,
		    int (*row)(void *userdata, const struct promise *p), void *userdata)
{
	struct promise p;
	struct query q;
	int called = 0;

	query_begin(&q, l->db, select_promises);
	query_bind_int(&q, obligation);
	while (called == 0 && query_step(&q) > 0) {
		p.obligation = query_int(&q);
		row_copy(&q, p.person, sizeof(p.person));
		p.answer_by = row_date(&q);
		p.seq = query_int(&q);
		if (!q.error)
			called = row(userdata, &p);
	}
	int r = query_end(&q);
	return r < 0 ? r : called;
}
