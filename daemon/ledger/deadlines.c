/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/deadlines.h"

#include <stdio.h>

#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct deadline_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(bound, FIELD_FROM_LOG),
	F(rule_date, 0),
	F(meeting_at_birth, 0),
	F(due, FIELD_FROM_LOG),
	F(papers, FIELD_FROM_LOG),
	F(extended, FIELD_FROM_LOG),
	F(extended_to, FIELD_FROM_LOG),
	F(bound_in_plan, FIELD_FROM_LOG),
	F(due_original, FIELD_FROM_LOG),
	F(papers_original, FIELD_FROM_LOG),
	F(state, FIELD_FROM_LOG),
	F(opened_at, 0),
	F(unbound_at, 0),
	F(next_at, 0),
	F(submitted_seq, 0),
	F(submitted_at, FIELD_FROM_LOG),
	F(reference, FIELD_FROM_LOG),
	F(outcome, FIELD_FROM_LOG),
	F(outcome_at, FIELD_FROM_LOG),
	F(outcome_seq, 0),
	F(outcome_reference, FIELD_FROM_LOG),
	F(sequence, 0),
	F(chain_papers, FIELD_FROM_LOG),
	F(chain_provisional, FIELD_FROM_LOG),
	F(passed_seq, 0),
	F(freeze_at, 0),
	F(frozen_for, 0),
	F(freeze_waits, 0),
	F(frozen_n, 0),
};
const struct row_type deadline_type = ROW_TYPE("deadline", struct deadline_row, fields);

struct deadline_row deadline_row_new(struct deadline_id id)
{
	struct deadline_row d = {
		.bound = CIVIL_NONE,
		.rule_date = CIVIL_NONE,
		.meeting_at_birth = CIVIL_NONE,
		.due = CIVIL_NONE,
		.papers = CIVIL_NONE,
		.extended = CIVIL_NONE,
		.bound_in_plan = CIVIL_NONE,
		.due_original = CIVIL_NONE,
		.papers_original = CIVIL_NONE,
		.opened_at = INSTANT_NONE,
		.unbound_at = INSTANT_NONE,
		.next_at = INSTANT_NONE,
		.submitted_at = INSTANT_NONE,
		.outcome = OUTCOME_NONE,
		.outcome_at = INSTANT_NONE,
		.chain_papers = CIVIL_NONE,
		.freeze_at = INSTANT_NONE,
		.frozen_for = INSTANT_NONE,
		.freeze_waits = INSTANT_NONE,
	};

	snprintf(d.id, sizeof(d.id), "%s", id.text);
	return d;
}

int ledger_put_deadline(struct ledger *l, const struct deadline_row *d)
{
	return set_put(l, SET_DEADLINES, d);
}

int ledger_deadline(struct ledger *l, struct deadline_id id, struct deadline_row *ret)
{
	return row_must(l, set_get(l, SET_DEADLINES, id.text, ret));
}

int ledger_find_deadline(struct ledger *l, struct deadline_id id, struct deadline_row *ret,
			 bool *ret_found)
{
	return row_found(set_get(l, SET_DEADLINES, id.text, ret), ret_found);
}

/* Begin a look at the table itself. */
static int select_all(struct query *q, struct ledger *l, const char *text)
{
	int r = set_flush(l, SET_DEADLINES);

	if (r == 0)
		row_select(q, l, &deadline_type, text);
	return r;
}

static int end_walk(struct query *q, int (*row)(void *userdata, const struct deadline_row *d),
		    void *userdata)
{
	struct deadline_row d;
	int called = 0;

	while (called == 0 && row_next(q, &deadline_type, &d) > 0)
		called = row(userdata, &d);
	return row_end(q, called);
}

int ledger_deadlines(struct ledger *l, int (*row)(void *userdata, const struct deadline_row *d),
		     void *userdata)
{
	struct query q;
	int r = select_all(&q, l, "FROM deadline ORDER BY id");

	return r < 0 ? r : end_walk(&q, row, userdata);
}

int ledger_occurrences(struct ledger *l, struct deadline_id series,
		       int (*row)(void *userdata, const struct deadline_row *d), void *userdata)
{
	struct query q;
	/* An id has no "@", and "A" follows it. */
	int r = select_all(&q, l,
			   "FROM deadline WHERE id >= $1 || '@' AND id < $1 || 'A' ORDER BY id");

	if (r < 0)
		return r;
	query_bind_text(&q, series.text);
	return end_walk(&q, row, userdata);
}

int ledger_deadlines_at_meetings(struct ledger *l,
				 int (*row)(void *userdata, const struct deadline_row *d),
				 void *userdata)
{
	struct query q;
	int r = select_all(&q, l, "FROM deadline WHERE extended_to <> '' ORDER BY id");

	return r < 0 ? r : end_walk(&q, row, userdata);
}

int ledger_deadlines_due(struct ledger *l, struct instant now, struct deadline_row *out, size_t max)
{
	struct query q;
	int r = select_all(&q, l,
			   "FROM deadline WHERE next_at IS NOT NULL AND next_at <= $1"
			   " ORDER BY next_at, id LIMIT $2");

	if (r < 0)
		return r;
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &deadline_type, out);
}

int ledger_deadlines_to_freeze(struct ledger *l, struct instant now, struct deadline_row *out,
			       size_t max)
{
	struct query q;
	int r = select_all(&q, l,
			   "FROM deadline WHERE freeze_at IS NOT NULL AND freeze_at <= $1"
			   " ORDER BY freeze_at, id LIMIT $2");

	if (r < 0)
		return r;
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &deadline_type, out);
}

int ledger_deadlines_waiting_to_freeze(struct ledger *l,
				       int (*row)(void *userdata, const struct deadline_row *d),
				       void *userdata)
{
	struct query q;
	int r = select_all(&q, l, "FROM deadline WHERE freeze_waits IS NOT NULL ORDER BY id");

	return r < 0 ? r : end_walk(&q, row, userdata);
}
