/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How things stand: meetings, measures and deadlines, one row each, replaced whole. Each struct is
 * bound and read in the order of its columns, which stands once, in its COLUMNS.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ledger/row.h"

/* ---- meetings -------------------------------------------------------------------------------- */

#define MEETING_COLUMNS "body, first_day, last_day, place, state, replaced_by"

static const char upsert_meeting[] =
	"INSERT INTO meeting (" MEETING_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (body, first_day) DO UPDATE SET last_day = excluded.last_day,"
	" place = excluded.place, state = excluded.state, replaced_by = excluded.replaced_by";
static const char select_meeting[] =
	"SELECT " MEETING_COLUMNS " FROM meeting WHERE body = $1 AND first_day = $2";
static const char select_meetings[] =
	"SELECT " MEETING_COLUMNS " FROM meeting WHERE body = $1 ORDER BY first_day";

static void read_meeting(struct query *q, struct meeting_row *m)
{
	row_copy(q, m->body, sizeof(m->body));
	m->from = row_date(q);
	m->until = row_date(q);
	row_copy(q, m->place, sizeof(m->place));
	m->state = (enum meeting_state)query_int(q);
	m->replaced_by = row_date(q);
}

int ledger_put_meeting(struct ledger *l, const struct meeting_row *m)
{
	struct query q;

	query_begin(&q, l->db, upsert_meeting);
	query_bind_text(&q, m->body);
	row_bind_date(&q, m->from);
	row_bind_date(&q, m->until);
	query_bind_text(&q, m->place);
	query_bind_int(&q, m->state);
	row_bind_date(&q, m->replaced_by);
	return query_run(&q);
}

int ledger_meeting(struct ledger *l, const char *body, struct civil_date from,
		   struct meeting_row *ret)
{
	struct meeting_row m = { 0 };
	struct query q;

	query_begin(&q, l->db, select_meeting);
	query_bind_text(&q, body);
	row_bind_date(&q, from);
	int stepped = query_step(&q);
	if (stepped > 0)
		read_meeting(&q, &m);
	int r = row_end_one(&q, stepped);
	if (r == 0)
		*ret = m;
	return r;
}

int ledger_meetings(struct ledger *l, const char *body,
		    int (*row)(void *userdata, const struct meeting_row *m), void *userdata)
{
	struct meeting_row m;
	struct query q;
	int called = 0;

	query_begin(&q, l->db, select_meetings);
	query_bind_text(&q, body);
	while (called == 0 && query_step(&q) > 0) {
		read_meeting(&q, &m);
		if (!q.error)
			called = row(userdata, &m);
	}
	int r = query_end(&q);
	return r < 0 ? r : called;
}

/* ---- measures -------------------------------------------------------------------------------- */

#define MEASURE_COLUMNS                                                                     \
	"id, owner, status, time, seq, progress, effect_achieved, effect_forecast, alerts," \
	" needs_support, note"

static const char upsert_measure[] =
	"INSERT INTO measure (" MEASURE_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET"
	" owner = excluded.owner, status = excluded.status, time = excluded.time,"
	" seq = excluded.seq, progress = excluded.progress,"
	" effect_achieved = excluded.effect_achieved, effect_forecast = excluded.effect_forecast,"
	" alerts = excluded.alerts, needs_support = excluded.needs_support, note = excluded.note";
static const char select_measure[] = "SELECT " MEASURE_COLUMNS " FROM measure WHERE id = $1";

int ledger_put_measure(struct ledger *l, const struct measure_row *m)
{
	struct query q;

	query_begin(&q, l->db, upsert_measure);
	query_bind_text(&q, m->id);
	query_bind_text(&q, m->owner);
	query_bind_int(&q, m->status);
	row_bind_instant(&q, m->time);
	query_bind_int(&q, m->seq);
	row_bind_optional(&q, m->progress);
	row_bind_optional(&q, m->effect_achieved);
	row_bind_optional(&q, m->effect_forecast);
	query_bind_text(&q, m->alerts);
	query_bind_text(&q, m->needs_support);
	query_bind_text(&q, m->note);
	return query_run(&q);
}

static void read_measure(struct query *q, struct measure_row *m)
{
	row_copy(q, m->id, sizeof(m->id));
	row_copy(q, m->owner, sizeof(m->owner));
	m->status = (enum measure_status)query_int(q);
	m->time = row_instant(q);
	m->seq = query_int(q);
	m->progress = row_optional(q);
	m->effect_achieved = row_optional(q);
	m->effect_forecast = row_optional(q);
	row_copy(q, m->alerts, sizeof(m->alerts));
	m->needs_support = row_duplicate(q);
	m->note = row_duplicate(q);
}

int ledger_measure(struct ledger *l, const char *id, struct measure_row *ret)
{
	struct measure_row m = { 0 };
	struct query q;

	query_begin(&q, l->db, select_measure);
	query_bind_text(&q, id);
	int stepped = query_step(&q);
	if (stepped > 0)
		read_measure(&q, &m);
	int r = row_end_one(&q, stepped);
	if (r == 0)
		*ret = m;
	else
		measure_row_done(&m);
	return r;
}

void measure_row_done(struct measure_row *m)
{
	free(m->needs_support);
	free(m->note);
	m->needs_support = m->note = NULL;
}

/* ---- deadlines ------------------------------------------------------------------------------- */

#define DEADLINE_COLUMNS                                                                    \
	"id, bound, due, papers, extended, due_original, papers_original, closed, removed," \
	" unbound_told, next_at, submitted_seq, submitted_at, reference, anchor, opened,"   \
	" superseded, outcome, outcome_at, outcome_seq, outcome_reference"

static const char upsert_deadline[] =
	"INSERT INTO deadline (" DEADLINE_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
	" $18, $19, $20, $21)"
	" ON CONFLICT (id) DO UPDATE SET bound = excluded.bound, due = excluded.due,"
	" papers = excluded.papers, extended = excluded.extended,"
	" due_original = excluded.due_original, papers_original = excluded.papers_original,"
	" closed = excluded.closed, removed = excluded.removed,"
	" unbound_told = excluded.unbound_told, next_at = excluded.next_at,"
	" submitted_seq = excluded.submitted_seq, submitted_at = excluded.submitted_at,"
	" reference = excluded.reference, anchor = excluded.anchor, opened = excluded.opened,"
	" superseded = excluded.superseded, outcome = excluded.outcome,"
	" outcome_at = excluded.outcome_at, outcome_seq = excluded.outcome_seq,"
	" outcome_reference = excluded.outcome_reference";
/* An id has no "@", and "A" follows it. */
static const char select_occurrences[] =
	"SELECT " DEADLINE_COLUMNS " FROM deadline WHERE id >= $1 || '@' AND id < $1 || 'A'"
	" ORDER BY id";
static const char select_deadline[] = "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE id = $1";
static const char select_deadlines[] = "SELECT " DEADLINE_COLUMNS " FROM deadline ORDER BY id";
static const char select_deadlines_due[] =
	"SELECT " DEADLINE_COLUMNS " FROM deadline WHERE next_at IS NOT NULL AND next_at <= $1"
	" ORDER BY next_at LIMIT $2";

struct deadline_row deadline_row_new(const char *id)
{
	struct deadline_row d = {
		.bound = CIVIL_NONE,
		.anchor = CIVIL_NONE,
		.due = CIVIL_NONE,
		.papers = CIVIL_NONE,
		.extended = CIVIL_NONE,
		.due_original = CIVIL_NONE,
		.papers_original = CIVIL_NONE,
		.next_at = INSTANT_NONE,
		.submitted_at = INSTANT_NONE,
		.outcome = OUTCOME_NONE,
		.outcome_at = INSTANT_NONE,
	};

	snprintf(d.id, sizeof(d.id), "%s", id);
	return d;
}

int ledger_put_deadline(struct ledger *l, const struct deadline_row *d)
{
	struct query q;

	query_begin(&q, l->db, upsert_deadline);
	query_bind_text(&q, d->id);
	row_bind_date(&q, d->bound);
	row_bind_date(&q, d->due);
	row_bind_date(&q, d->papers);
	row_bind_date(&q, d->extended);
	row_bind_date(&q, d->due_original);
	row_bind_date(&q, d->papers_original);
	query_bind_int(&q, d->closed);
	query_bind_int(&q, d->removed);
	query_bind_int(&q, d->unbound_told);
	row_bind_instant(&q, d->next_at);
	query_bind_int(&q, d->submitted_seq);
	row_bind_instant(&q, d->submitted_at);
	query_bind_text(&q, d->reference);
	row_bind_date(&q, d->anchor);
	query_bind_int(&q, d->opened);
	query_bind_int(&q, d->superseded);
	query_bind_int(&q, d->outcome);
	row_bind_instant(&q, d->outcome_at);
	query_bind_int(&q, d->outcome_seq);
	query_bind_text(&q, d->outcome_reference);
	return query_run(&q);
}

static void read_deadline(struct query *q, struct deadline_row *d)
{
	row_copy(q, d->id, sizeof(d->id));
	d->bound = row_date(q);
	d->due = row_date(q);
	d->papers = row_date(q);
	d->extended = row_date(q);
	d->due_original = row_date(q);
	d->papers_original = row_date(q);
	d->closed = row_bool(q);
	d->removed = row_bool(q);
	d->unbound_told = row_bool(q);
	d->next_at = row_instant(q);
	d->submitted_seq = query_int(q);
	d->submitted_at = row_instant(q);
	row_copy(q, d->reference, sizeof(d->reference));
	d->anchor = row_date(q);
	d->opened = row_bool(q);
	d->superseded = row_bool(q);
	d->outcome = (enum outcome)query_int(q);
	d->outcome_at = row_instant(q);
	d->outcome_seq = query_int(q);
	row_copy(q, d->outcome_reference, sizeof(d->outcome_reference));
}

int ledger_deadline(struct ledger *l, const char *id, struct deadline_row *ret)
{
	struct deadline_row d = { 0 };
	struct query q;

	query_begin(&q, l->db, select_deadline);
	query_bind_text(&q, id);
	int stepped = query_step(&q);
	if (stepped > 0)
		read_deadline(&q, &d);
	int r = row_end_one(&q, stepped);
	if (r == 0)
		*ret = d;
	return r;
}

static int end_deadlines(struct query *q, int (*row)(void *userdata, const struct deadline_row *d),
			 void *userdata)
{
	struct deadline_row d;
	int called = 0;

	while (called == 0 && query_step(q) > 0) {
		read_deadline(q, &d);
		if (!q->error)
			called = row(userdata, &d);
	}
	int r = query_end(q);
	return r < 0 ? r : called;
}

int ledger_deadlines(struct ledger *l, int (*row)(void *userdata, const struct deadline_row *d),
		     void *userdata)
{
	struct query q;

	query_begin(&q, l->db, select_deadlines);
	return end_deadlines(&q, row, userdata);
}

int ledger_occurrences(struct ledger *l, const char *series,
		       int (*row)(void *userdata, const struct deadline_row *d), void *userdata)
{
	struct query q;

	query_begin(&q, l->db, select_occurrences);
	query_bind_text(&q, series);
	return end_deadlines(&q, row, userdata);
}

int ledger_deadlines_due(struct ledger *l, struct instant now, struct deadline_row *out, size_t max)
{
	struct query q;
	int count = 0;

	query_begin(&q, l->db, select_deadlines_due);
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	while (query_step(&q) > 0)
		read_deadline(&q, &out[count++]);
	int r = query_end(&q);
	return r < 0 ? r : count;
}
