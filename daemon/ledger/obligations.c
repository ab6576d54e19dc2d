/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deadline and measure are the identity of an obligation: given when it is made, never changed, so that
 * an update touches no index but that of next_at.
 *
 * A status asks for all obligations of its measure, and a thousand statuses may speak of one. So the
 * working set keeps, for each measure, those of its obligations that it holds as a chain, and whether
 * that is all of them; then they are in order of their id.
 */
#include "ledger/obligations.h"

#include <stdio.h>
#include <string.h>

#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct obligation, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(deadline, FIELD_FIXED),
	F(measure, FIELD_FIXED),
	F(owner, FIELD_FROM_LOG),
	F(phase, FIELD_FROM_LOG),
	F(withdrawal, FIELD_FROM_LOG),
	F(round, FIELD_FROM_LOG),
	F(due, FIELD_FROM_LOG),
	F(papers, FIELD_FROM_LOG),
	F(practical, FIELD_FROM_LOG),
	F(base, FIELD_FROM_LOG),
	F(due_original, FIELD_FROM_LOG),
	F(papers_original, FIELD_FROM_LOG),
	F(provisional, FIELD_FROM_LOG),
	F(extended, FIELD_FROM_LOG),
	F(opens_at, FIELD_FROM_LOG),
	F(late_at, FIELD_FROM_LOG),
	F(next_at, 0),
	F(known_at, 0),
	F(reached_round, 0),
	F(reached_at, 0),
	F(told_round, 0),
	F(asked, 0),
	F(last_asked, 0),
	F(answered_at, FIELD_FROM_LOG),
	F(answered_seq, 0),
	F(answers_after, FIELD_FROM_LOG),
	F(assigned_at, FIELD_FROM_LOG),
	F(promised, FIELD_FROM_LOG),
	F(sequence, 0),
};
const struct row_type obligation_type = ROW_TYPE("obligation", struct obligation, fields);

/* ---- the chain of a measure ------------------------------------------------------------------ */

struct chain {
	char measure[MEASURE_ID];
	bool whole;
	struct set_row *first, *last;
};
static const struct field chain_fields[] = { FIELD(struct chain, measure, FIELD_KEY) };
const struct row_type obligation_chain_type =
	ROW_TYPE("", struct chain, chain_fields, .is_passing = true);

static const struct obligation *obligation_in(const struct set_row *row)
{
	return (const struct obligation *)row->row;
}

static struct chain *chain_of(struct ledger *l, struct measure_id measure)
{
	struct set_row *row = set_find(&l->sets[SET_OF_MEASURE], measure.text);

	return row ? (struct chain *)row->row : NULL;
}

static int make_chain(struct ledger *l, struct measure_id measure, struct chain **ret)
{
	struct chain chain = { .whole = false }, *had = chain_of(l, measure);
	struct set_row *row;

	if (had) {
		*ret = had;
		return 0;
	}
	snprintf(chain.measure, sizeof(chain.measure), "%s", measure.text);
	int r = set_add(&l->sets[SET_OF_MEASURE], &chain, SET_STORED, &row);
	if (r == 0)
		*ret = (struct chain *)row->row;
	return r;
}

/* A row that was taken up into the set and is in no chain yet. */
static int append(struct ledger *l, struct set_row *row)
{
	struct chain *chain;
	int r = make_chain(l, measure_id(obligation_in(row)->measure), &chain);

	if (r < 0)
		return r;
	if (chain->last)
		chain->last->sibling = row;
	else
		chain->first = row;
	chain->last = row;
	row->sibling = NULL;
	return 0;
}

/* ---- one ------------------------------------------------------------------------------------- */

/* Of a million none is asked for again in the same transaction, so the set would only copy each. */
static int fill_in(struct ledger *l, struct obligation *o)
{
	struct chain *chain = chain_of(l, measure_id(o->measure));

	if (chain)
		chain->whole = false;
	o->id.n = ++l->sets[SET_OBLIGATIONS].last_id;
	return row_write(l, SQL_INSERT, &obligation_type, o, ROW_ALL);
}

static int put_new(struct ledger *l, struct obligation *o)
{
	struct set_row *row;

	if (l->filling)
		return fill_in(l, o);
	int r = set_put_new(l, SET_OBLIGATIONS, o, &o->id.n, &row);

	return r < 0 ? r : append(l, row);
}

int ledger_put_obligation(struct ledger *l, struct obligation *o)
{
	bool known = o->id.n != 0 && set_find(&l->sets[SET_OBLIGATIONS], &o->id.n);

	if (o->id.n == 0)
		return put_new(l, o);
	int r = set_put(l, SET_OBLIGATIONS, o);
	return r < 0 || known ? r : append(l, set_find(&l->sets[SET_OBLIGATIONS], &o->id.n));
}

/* Read one that is not in the set, into it where there is one. */
static int end_one(struct query *q, struct ledger *l, struct obligation *ret)
{
	struct set_row *row;
	int r = row_end_one(q, &obligation_type, ret);

	if (r != 0 || !db_in_transaction(l->db))
		return r;
	r = set_make_room(l, SET_OBLIGATIONS);
	if (r == 0)
		r = set_add(&l->sets[SET_OBLIGATIONS], ret, SET_STORED, &row);
	return r < 0 ? r : append(l, row);
}

static int look_up(struct ledger *l, struct obligation_id id, struct obligation *ret)
{
	struct set_row *row = set_find(&l->sets[SET_OBLIGATIONS], &id.n);
	struct query q;

	if (row)
		return set_get(l, SET_OBLIGATIONS, &id.n, ret);
	row_select(&q, l, &obligation_type, NULL);
	query_bind_int(&q, id.n);
	return end_one(&q, l, ret);
}

static int look_up_of(struct ledger *l, struct deadline_id deadline, struct measure_id measure,
		      struct obligation *ret)
{
	const struct chain *chain = chain_of(l, measure);
	struct query q;

	for (struct set_row *row = chain ? chain->first : NULL; row; row = row->sibling)
		if (strcmp(obligation_in(row)->deadline, deadline.text) == 0)
			return set_get(l, SET_OBLIGATIONS, &obligation_in(row)->id.n, ret);
	if (chain && chain->whole)
		return ROW_NONE;
	row_select(&q, l, &obligation_type, "FROM obligation WHERE deadline = $1 AND measure = $2");
	query_bind_text(&q, deadline.text);
	query_bind_text(&q, measure.text);
	return end_one(&q, l, ret);
}

int ledger_obligation(struct ledger *l, struct obligation_id id, struct obligation *ret)
{
	return row_must(l, look_up(l, id, ret));
}

int ledger_prefetch_obligation(struct ledger *l, struct obligation_id id)
{
	return set_prefetch(l, SET_OBLIGATIONS, &id.n);
}

int ledger_find_obligation(struct ledger *l, struct obligation_id id, struct obligation *ret,
			   bool *ret_found)
{
	return row_found(look_up(l, id, ret), ret_found);
}

int ledger_obligation_of(struct ledger *l, struct deadline_id deadline, struct measure_id measure,
			 struct obligation *ret)
{
	return row_must(l, look_up_of(l, deadline, measure, ret));
}

int ledger_find_obligation_of(struct ledger *l, struct deadline_id deadline,
			      struct measure_id measure, struct obligation *ret, bool *ret_found)
{
	return row_found(look_up_of(l, deadline, measure, ret), ret_found);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static int select_all(struct query *q, struct ledger *l, const char *text)
{
	int r = set_flush(l, SET_OBLIGATIONS);

	if (r == 0)
		row_select(q, l, &obligation_type, text);
	return r;
}

static int end_walk(struct query *q, obligation_fn row, void *userdata)
{
	struct obligation o;
	int called = 0;

	while (called == 0 && row_next(q, &obligation_type, &o) > 0)
		called = row(userdata, &o);
	return row_end(q, called);
}

int ledger_obligations_of_deadline(struct ledger *l, struct deadline_id deadline, obligation_fn row,
				   void *userdata)
{
	struct query q;
	int r = select_all(&q, l, "FROM obligation WHERE deadline = $1 ORDER BY measure");

	if (r < 0)
		return r;
	query_bind_text(&q, deadline.text);
	return end_walk(&q, row, userdata);
}

static void select_of_measure(struct query *q, struct ledger *l, struct measure_id measure)
{
	row_select(q, l, &obligation_type, "FROM obligation WHERE measure = $1 ORDER BY id");
	query_bind_text(q, measure.text);
}

int obligations_prefetch(struct ledger *l, struct measure_id measure)
{
	const struct chain *chain = chain_of(l, measure);
	struct query q;

	if (chain && chain->whole)
		return 0;
	select_of_measure(&q, l, measure);
	return query_prefetch(&q);
}

/* One that was read from the store: what the set has of it counts. */
static int take_in(struct ledger *l, const struct obligation *o, struct set_row **ret)
{
	struct set_row *row = set_find(&l->sets[SET_OBLIGATIONS], &o->id.n);

	if (!row)
		return set_add(&l->sets[SET_OBLIGATIONS], o, SET_STORED, ret);
	*ret = row;
	return 0;
}

/* The store must have all rows of a chain for it to be filled, but not as they stand: the set has that. */
static int flush_new(struct ledger *l, const struct chain *chain)
{
	for (const struct set_row *row = chain->first; row; row = row->sibling)
		if (row->origin == SET_NEW)
			return set_flush(l, SET_OBLIGATIONS);
	return 0;
}

/* Link the chain anew, in the order of the store. */
static int fill_chain(struct ledger *l, struct chain *chain)
{
	struct set_row *row, **link = &chain->first;
	struct obligation o;
	struct query q;
	int r = flush_new(l, chain);

	if (r < 0)
		return r;
	select_of_measure(&q, l, measure_id(chain->measure));
	while (r == 0 && row_next(&q, &obligation_type, &o) > 0) {
		r = take_in(l, &o, &row);
		if (r < 0)
			break;
		*link = chain->last = row;
		link = &row->sibling;
	}
	*link = NULL;
	r = row_end(&q, r);
	chain->whole = r == 0;
	return r;
}

static int walk_chain(struct ledger *l, struct measure_id measure, obligation_fn row,
		      void *userdata)
{
	struct set *s = &l->sets[SET_OBLIGATIONS];
	struct chain *chain;
	int r = set_make_room(l, SET_OBLIGATIONS);

	if (r == 0)
		r = make_chain(l, measure, &chain);
	if (r == 0 && !chain->whole)
		r = fill_chain(l, chain);
	if (r < 0)
		return r;
	s->walks++;
	for (struct set_row *at = chain->first; r == 0 && at; at = at->sibling)
		r = row(userdata, obligation_in(at));
	s->walks--;
	return r;
}

int ledger_obligations_of_measure(struct ledger *l, struct measure_id measure, obligation_fn row,
				  void *userdata)
{
	struct query q;

	if (db_in_transaction(l->db))
		return walk_chain(l, measure, row, userdata);
	select_of_measure(&q, l, measure);
	return end_walk(&q, row, userdata);
}

int ledger_obligations_of_owner(struct ledger *l, struct person_id owner, struct civil_date from,
				obligation_fn row, void *userdata)
{
	struct query q;
	int r = select_all(&q, l,
			   "FROM obligation WHERE owner = $1 AND (papers >= $2 OR phase = 0)"
			   " ORDER BY papers NULLS FIRST, id");

	if (r < 0)
		return r;
	query_bind_text(&q, owner.text);
	row_bind_date(&q, from);
	return end_walk(&q, row, userdata);
}

int ledger_obligations_after(struct ledger *l, struct obligation_id after, struct obligation *out,
			     size_t max)
{
	struct query q;
	int r = select_all(&q, l, "FROM obligation WHERE id > $1 ORDER BY id LIMIT $2");

	if (r < 0)
		return r;
	query_bind_int(&q, after.n);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &obligation_type, out);
}

int ledger_obligations_due(struct ledger *l, struct instant now, struct obligation *out, size_t max)
{
	struct query q;
	int r = select_all(&q, l,
			   "FROM obligation WHERE next_at IS NOT NULL AND next_at <= $1"
			   " ORDER BY next_at, id LIMIT $2");

	if (r < 0)
		return r;
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &obligation_type, out);
}
