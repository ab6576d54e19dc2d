/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who prepared the paper, who signs it and who it goes to when decided: those of the deadlines that it is about. An
 * assignment's or a body's is about those that are still to be decided, and only where there are none about those that
 * were; a body's about what stops at its own meetings, since what another body decides is that one's to send.
 */
#include <errno.h>

#include "engine/inquiry/paper.h"
#include "engine/outbox/recipient.h"
#include "ledger/links.h"

bool paper_concerns(const struct paper *p, const struct deadline *d)
{
	switch (p->of) {
	case PAPER_OF_DEADLINE:
		return d == p->d || d == p->d->series;
	case PAPER_OF_ASSIGNMENT:
		return d->assignment == p->a;
	case PAPER_OF_BODY:
		return paper_is_for(d, p->body) ||
		       (d->assignment &&
			(d->assignment->given_by == p->body || d->assignment->given_to == p->body));
	}
	return false;
}

/* ---- which deadlines ------------------------------------------------------------------------------ */

/* Is the body the last to decide on it: at its meeting, or as who gave what a date answers? */
static bool is_last(const struct deadline *d, const struct body *body)
{
	if (d->due.kind == DUE_MEETING)
		return d->due.body == body;
	return d->assignment && d->assignment->given_by == body;
}

/* last: without what only passes the body on its way. */
static bool is_about(const struct paper *p, const struct deadline *d, bool last)
{
	if (p->of != PAPER_OF_BODY)
		return paper_concerns(p, d);
	return is_last(d, p->body) || (!last && paper_is_for(d, p->body));
}

static bool is_final(enum outcome outcome)
{
	return outcome == OUTCOME_NOTED || outcome == OUTCOME_APPROVED;
}

int paper_find_decided(const struct inquiry *q, const struct deadline *d, bool *ret,
		       int64_t *ret_seq)
{
	const struct body *body = q->paper->of == PAPER_OF_BODY ? q->paper->body : NULL;
	struct deadline_row row;
	struct link_row link;
	bool found = false;
	int r = 0;

	*ret = false;
	*ret_seq = 0;
	if (d->every.kind)
		return 0; /* another one comes */
	r = ledger_find_deadline(q->e.ledger, d->id, &row, &found);
	if (r == 0 && found) {
		*ret = is_final(row.outcome);
		*ret_seq = row.outcome_seq;
	}
	if (r < 0 || *ret || !body || is_last(d, body))
		return r;
	r = ledger_find_link(q->e.ledger, d->id, body->id, &link, &found);
	*ret = r == 0 && found && is_final(link.outcome);
	return r;
}

/* ---- who ------------------------------------------------------------------------------------------ */

typedef void add_people(struct recipient_list *to, const struct plan *plan,
			const struct deadline *d);

static void add_informed(struct recipient_list *to, const struct plan *plan,
			 const struct deadline *d)
{
	const struct recipient_context context = { d->responsible, d->responsible };

	recipient_add(to, plan, d->inform, d->inform_count, &context);
}

static void add_responsible(struct recipient_list *to, const struct plan *plan,
			    const struct deadline *d)
{
	(void)plan;
	if (d->responsible)
		recipient_add_one(to, (struct recipient){ .person = d->responsible });
}

/* Who is responsible may be a presidium, whose members are elected and sign nothing as officials. */
static void add_officials(struct recipient_list *to, const struct plan *plan,
			  const struct deadline *d)
{
	const struct recipient_context context = { d->responsible, d->responsible };

	recipient_add(to, plan, d->officials, d->official_count, &context);
	if (d->official_count == 0)
		add_responsible(to, plan, d);
}

static json_t *recipients(const struct recipient_list *to)
{
	json_t *list = json_array();

	for (size_t i = 0; i < to->count; i++) {
		char id[RECIPIENT_ID];

		json_array_append_new(list,
				      json_pack("{ss ss}", "id",
						recipient_id_of(to->list[i], id).text, "name",
						to->list[i].person ? to->list[i].person->name
								   : to->list[i].channel->name));
	}
	return list;
}

static json_t *people(const struct inquiry *q, bool last, add_people *add)
{
	const struct plan *plan = q->e.plan;
	struct recipient_list undecided = { .count = 0 }, all = { .count = 0 };
	bool any = false;

	for (size_t i = 0; i < plan->deadline_count; i++) {
		const struct deadline *d = &plan->deadlines[i];
		bool decided;
		int64_t seq;

		if (!is_about(q->paper, d, last))
			continue;
		add(&all, plan, d);
		if (paper_find_decided(q, d, &decided, &seq) < 0)
			return NULL;
		if (decided)
			continue;
		any = true;
		add(&undecided, plan, d);
	}
	return recipients(any ? &undecided : &all);
}

json_t *paper_extract_to(const struct inquiry *q)
{
	return people(q, true, add_informed);
}

json_t *paper_prepared_by(const struct inquiry *q)
{
	return people(q, false, add_responsible);
}

json_t *paper_officials(const struct inquiry *q)
{
	return people(q, false, add_officials);
}
