/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the paper proposes to decide: what a steward has written of it, else what the plan says. A deadline has its
 * own before that of its assignment. An assignment's paper proposes nothing that is decided already: of one that is
 * closed, or by all of whose deadlines the same has been decided. A body's tracker has none of these: each is what
 * another paper proposes, maybe to another body, and the template says what a tracker does.
 */
#include "engine/inquiry/paper.h"
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/series.h"
#include "ledger/assignments.h"

/* What is written of an item, or planned: a new reference, null for neither; NULL: it could not be read. decided: what
 * was written up to then is decided; INT64_MAX: whatever is; 0: nothing is. */
static json_t *proposed(const struct inquiry *q, const char *item, const char *planned,
			int64_t decided)
{
	struct proposal_row row __attribute__((cleanup(proposal_row_done))) = { .text = NULL };
	bool found;

	if (ledger_find_proposal(q->e.ledger, item, &row, &found) < 0)
		return NULL;
	return decided > row.seq ? json_null() : json_text(row.text ? row.text : planned);
}

static json_t *proposed_of_deadline(const struct inquiry *q, const struct deadline *d)
{
	struct engine e = q->e;
	char id[ITEM_ID];
	bool found;

	if (series_resolve(&e, d->id, true, id, &found) < 0)
		return NULL;
	return proposed(q, id, d->proposal, 0);
}

/* What has been decided of it, as `proposed` has that: the last decision, where all its deadlines are decided. */
static int find_decided(const struct inquiry *q, const struct assignment *a, int64_t *ret)
{
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(a->id);
	bool decided = a->deadline_count > 0, found;
	int64_t seq;
	int r = ledger_find_assignment(q->e.ledger, a->id, &row, &found);

	*ret = 0;
	for (size_t i = 0; r == 0 && decided && i < a->deadline_count; i++) {
		r = paper_find_decided(q, a->deadlines[i], &decided, &seq);
		*ret = seq > *ret ? seq : *ret;
	}
	if (!decided)
		*ret = 0;
	if (assignment_is_closed_by_body(&row))
		*ret = INT64_MAX;
	return r;
}

static json_t *proposed_of_assignment(const struct inquiry *q, const struct assignment *a)
{
	int64_t decided = 0;

	if (q->paper->of == PAPER_OF_ASSIGNMENT && find_decided(q, a, &decided) < 0)
		return NULL;
	return proposed(q, a->id.text, a->proposal, decided);
}

json_t *paper_proposal(const struct inquiry *q)
{
	const struct paper *p = q->paper;
	json_t *text = json_null();

	if (p->d)
		text = proposed_of_deadline(q, p->d);
	if (json_is_null(text) && p->a)
		text = proposed_of_assignment(q, p->a);
	return text;
}
