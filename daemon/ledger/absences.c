/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is away and who stands in, what of that was told to a manager and to stewards, and who promised an
 * answer until when.
 *
 * Absences are few, and asked for with each mail and each walk of a ladder: those that are not over are
 * kept in memory, from one transaction to the next. What changes them drops them.
 */
#include "ledger/absences.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ledger/working_set.h"

/* ---- absences -------------------------------------------------------------------------------- */

#define A(member, roles) FIELD(struct absence, member, roles)
static const struct field absence_fields[] = {
	A(person, FIELD_KEY),
	FIELD_AS(struct absence, from, "first_day", FIELD_KEY),
	FIELD_AS(struct absence, until, "last_day", 0),
	A(deputy, 0),
	A(seq, 0),
};
const struct row_type absence_type = ROW_TYPE("absence", struct absence, absence_fields);

struct absence_cache {
	struct civil_date day; /* those not over before it */
	struct absence *list;  /* by person, seq */
	size_t count, room;
	unsigned walks; /* that stand in it: it can't go */
};

void absences_forget(struct ledger *l)
{
	if (!l->absences)
		return;
	free(l->absences->list);
	free(l->absences);
	l->absences = NULL;
}

int ledger_put_absence(struct ledger *l, const struct absence *a)
{
	absences_forget(l);
	return row_put(l, &absence_type, a);
}

int ledger_drop_absence(struct ledger *l, const struct absence *a)
{
	struct query q;

	int r = journal_note(l, &absence_type, a);

	absences_forget(l);
	if (r < 0)
		return r;
	query_begin(&q, l->db, "DELETE FROM absence WHERE person = $1 AND first_day = $2");
	query_bind_text(&q, a->person);
	row_bind_date(&q, a->from);
	return query_run(&q);
}

static int read_all(struct ledger *l, struct civil_date day, struct absence_cache *cache)
{
	struct absence a;
	struct query q;
	int r = 0;

	cache->day = day;
	row_select(&q, l, &absence_type, "FROM absence WHERE last_day >= $1 ORDER BY person, seq");
	query_bind_int(&q, day.day);
	while (r == 0 && row_next(&q, &absence_type, &a) > 0) {
		r = array_grow(&cache->list, cache->count, &cache->room);
		if (r == 0)
			cache->list[cache->count++] = a;
	}
	return row_end(&q, r);
}

/* The cache, with those not over before `day` at least. A walk in it never asks for earlier days. */
static int load(struct ledger *l, struct civil_date day, struct absence_cache **ret)
{
	struct absence_cache *cache = l->absences;

	if (!cache || civil_compare(day, cache->day) < 0) {
		if (cache && cache->walks > 0)
			return -EBUSY;
		absences_forget(l);
		cache = calloc(1, sizeof(*cache));
		l->absences = cache;
		int r = cache ? read_all(l, day, cache) : -ENOMEM;
		if (r < 0) {
			absences_forget(l);
			return r;
		}
	}
	*ret = cache;
	return 0;
}

int ledger_absences(struct ledger *l, struct person_id person, struct civil_date day,
		    int (*row)(void *userdata, const struct absence *a), void *userdata)
{
	struct absence_cache *cache;
	int called = load(l, day, &cache);

	if (called < 0)
		return called;
	cache->walks++;
	for (size_t i = 0; called == 0 && i < cache->count; i++) {
		const struct absence *a = &cache->list[i];
		if (civil_compare(a->until, day) >= 0 &&
		    (!person.text || strcmp(a->person, person.text) == 0))
			called = row(userdata, a);
	}
	cache->walks--;
	return called;
}

/* ---- what was told of them ------------------------------------------------------------------- */

struct told {
	int64_t absence;
	struct obligation_id obligation;
	int kind;
};
#define T(member) FIELD(struct told, member, FIELD_KEY)
static const struct field told_fields[] = { T(absence), T(obligation), T(kind) };
const struct row_type told_type = ROW_TYPE("absence_told", struct told, told_fields);

static void bind_told(struct query *q, int64_t absence, struct obligation_id obligation, int kind)
{
	query_bind_int(q, absence);
	query_bind_int(q, obligation.n);
	query_bind_int(q, kind);
}

int ledger_absence_is_told(struct ledger *l, int64_t absence, struct obligation_id obligation,
			   int kind)
{
	struct query q;

	query_begin(&q, l->db,
		    "SELECT 1 FROM absence_told WHERE absence = $1 AND obligation = $2"
		    " AND kind = $3");
	bind_told(&q, absence, obligation, kind);
	return row_end(&q, query_step(&q) > 0);
}

int ledger_tell_absence(struct ledger *l, int64_t absence, struct obligation_id obligation,
			int kind)
{
	const struct told key = { absence, obligation, kind };
	int r = ledger_absence_is_told(l, absence, obligation, kind);

	if (r != 0)
		return r < 0 ? r : 0;
	r = journal_note_known(l, &told_type, &key, NULL);
	if (r < 0)
		return r;
	r = row_write(l, SQL_INSERT, &told_type, &key, ROW_ALL);
	return r < 0 ? r : 1;
}

int ledger_absence_is_known(struct ledger *l, int64_t absence)
{
	struct query q;

	query_begin(&q, l->db, "SELECT 1 FROM absence_told WHERE absence = $1 LIMIT 1");
	query_bind_int(&q, absence);
	return row_end(&q, query_step(&q) > 0);
}

/* ---- what stewards are told ------------------------------------------------------------------ */

#define W(member, column, roles) FIELD_AS(struct away_row, member, column, roles)
static const struct field away_fields[] = {
	W(person, "person", FIELD_KEY),
	W(look_at, "look_at", 0),
	W(from, "first_day", 0),
	W(until, "last_day", 0),
};
const struct row_type away_type = ROW_TYPE("away", struct away_row, away_fields);

int ledger_put_away(struct ledger *l, const struct away_row *a)
{
	return row_put(l, &away_type, a);
}

int ledger_find_away(struct ledger *l, struct person_id person, struct away_row *ret,
		     bool *ret_found)
{
	struct query q;

	row_select(&q, l, &away_type, NULL);
	query_bind_text(&q, person.text);
	return row_found(row_end_one(&q, &away_type, ret), ret_found);
}

int ledger_away_due(struct ledger *l, struct instant until, struct person_id after,
		    struct away_row *out, size_t max)
{
	struct query q;

	row_select(&q, l, &away_type,
		   "FROM away WHERE look_at IS NOT NULL AND look_at <= $1 AND person > $2"
		   " ORDER BY person LIMIT $3");
	query_bind_int(&q, until.us);
	query_bind_text(&q, after.text);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &away_type, out);
}

#define COUNT_THINGS                                                                        \
	"SELECT count(*) FROM (SELECT DISTINCT obligation, deadline, measure, round, step," \
	" repetition, what FROM item JOIN message ON message.id = item.message WHERE moot = 0"

static int end_count(struct query *q, size_t *ret)
{
	int64_t count = 0;
	int r = row_end_number(q, &count);

	if (r >= 0)
		*ret = (size_t)count;
	return r < 0 ? r : 0;
}

int ledger_count_waiting_for(struct ledger *l, struct person_id person, size_t *ret)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	query_begin(&q, l->db,
		    COUNT_THINGS " AND recipient = $1 AND next_attempt IS NOT NULL) AS thing");
	query_bind_text(&q, person.text);
	return end_count(&q, ret);
}

int ledger_count_passed_on(struct ledger *l, struct person_id person, struct instant since,
			   size_t *ret)
{
	struct query q;
	int r = set_flush(l, SET_MESSAGES);

	if (r < 0)
		return r;
	query_begin(&q, l->db,
		    COUNT_THINGS " AND stands_for = $1 AND stands_for <> '' AND created >= $2"
				 " AND state = 2) AS thing");
	_Static_assert(MESSAGE_DELIVERED == 2, "as the query has it");
	query_bind_text(&q, person.text);
	query_bind_int(&q, since.us);
	return end_count(&q, ret);
}

/* ---- promises -------------------------------------------------------------------------------- */

#define P(member, roles) FIELD(struct promise, member, roles)
static const struct field promise_fields[] = {
	P(obligation, FIELD_KEY),
	P(person, FIELD_KEY),
	P(answer_by, 0),
	P(seq, 0),
};
const struct row_type promise_type = ROW_TYPE("promise", struct promise, promise_fields);

int ledger_put_promise(struct ledger *l, const struct promise *p)
{
	return row_put(l, &promise_type, p);
}

static int note_promise(void *userdata, const struct promise *p)
{
	return journal_note_known(userdata, &promise_type, p, p);
}

int ledger_drop_promises(struct ledger *l, struct obligation_id obligation)
{
	struct query q;

	int r = l->journal ? ledger_promises(l, obligation, note_promise, l) : 0;

	if (r < 0)
		return r;
	query_begin(&q, l->db, "DELETE FROM promise WHERE obligation = $1");
	query_bind_int(&q, obligation.n);
	return query_run(&q);
}

int ledger_promises(struct ledger *l, struct obligation_id obligation,
		    int (*row)(void *userdata, const struct promise *p), void *userdata)
{
	struct promise p;
	struct query q;
	int called = 0;

	row_select(&q, l, &promise_type, "FROM promise WHERE obligation = $1 ORDER BY seq");
	query_bind_int(&q, obligation.n);
	while (called == 0 && row_next(&q, &promise_type, &p) > 0)
		called = row(userdata, &p);
	return row_end(&q, called);
}
