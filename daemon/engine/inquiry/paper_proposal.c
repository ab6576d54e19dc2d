/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the paper proposes to decide: what a steward has written of it, else what the plan says. A deadline has its
 * own before that of its assignment; a body that of the first of its deadlines that has one.
 */
#include "engine/inquiry/paper.h"
#include "engine/obligation/series.h"

/* What is written of an item, or planned: a new reference, null for neither; NULL: it could not be read. */
static json_t *proposed(const struct inquiry *q, const char *item, const char *planned)
{
	struct proposal_row row __attribute__((cleanup(proposal_row_done))) = { .text = NULL };
	bool found;

	if (ledger_find_proposal(q->e.ledger, item, &row, &found) < 0)
		return NULL;
	return json_text(row.text ? row.text : planned);
}

static json_t *proposed_of_deadline(const struct inquiry *q, const struct deadline *d)
{
	struct engine e = q->e;
	char id[ITEM_ID];
	bool found;

	if (series_resolve(&e, d->id, true, id, &found) < 0)
		return NULL;
	return proposed(q, id, d->proposal);
}

static json_t *proposed_of_body(const struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	json_t *text = json_null();

	for (size_t i = 0; json_is_null(text) && i < plan->deadline_count; i++)
		if (paper_concerns(q->paper, &plan->deadlines[i]))
			text = proposed_of_deadline(q, &plan->deadlines[i]);
	return text;
}

json_t *paper_proposal(const struct inquiry *q)
{
	const struct paper *p = q->paper;
	json_t *text = json_null();

	if (p->of == PAPER_OF_BODY)
		return proposed_of_body(q);
	if (p->d)
		text = proposed_of_deadline(q, p->d);
	if (json_is_null(text) && p->a)
		text = proposed(q, p->a->id.text, p->a->proposal);
	return text;
}
