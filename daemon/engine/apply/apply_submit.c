/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The deadline's own deliverable is handed over: it is answered, the measures that have not answered
 * are withdrawn, the deadline is closed, and those to be informed are told. A second submit is a
 * supplement: told anew.
 */
#include "engine/apply/application.h"

#include <stdio.h>
#include <string.h>

#include "engine/obligation/chain.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/freeze_time.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

static int confirm(struct application *a, const struct deadline *d, bool supplement)
{
	const struct event_submit *s = &a->event->submit;
	const struct recipient_context context = { d->responsible, d->responsible };
	struct recipient_list to = { .count = 0 };
	const struct posting posting = { .what = ITEM_SUBMITTED, .deadline = d };
	json_t *detail = json_pack("{ss ss ss* sb}", "reference", s->reference, "by",
				   a->event->source, "note", s->note, "supplement", supplement);

	recipient_add(&to, a->e->plan, d->inform, d->inform_count, &context);
	return post_with_detail(a->e, &to, &posting, detail, a->now);
}

int application_hand_in(struct application *a, struct deadline_row *row, const char *reference)
{
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_deadline(a->e->ledger, deadline_id(row->id), &g);

	for (size_t i = 0; r >= 0 && i < g.count; i++) {
		struct obligation *o = &g.list[i];

		if (!o->measure[0] && obligation_may(obligation_state_of(o), OBLIGATION_ANSWERED))
			r = application_answered(a, o, "submitted");
		else if (o->phase == PHASE_LIVE)
			r = application_withdrawn(a, o, WITHDRAWN_SUBMITTED,
						  "the deadline was submitted without it");
	}
	if (r < 0)
		return r;
	deadline_submit(row, a->seq, a->time, reference);
	return chain_look(a->e, plan_deadline(a->e->plan, deadline_id(row->id)), row);
}

/* Handed over by somebody whose it is not, though a steward let it be said for them? */
static int warn_of_stranger(struct application *a, const struct deadline *d)
{
	const struct person *by = person_of_source(a->e->plan, a->event->source);

	if (!by || !d->responsible || by == d->responsible || by == d->responsible->deputy ||
	    person_has_role(by, "steward"))
		return 0;
	return application_warn(
		a,
		"%s is not the responsible of %s, who is %s: check in whose name it "
		"is handed over",
		by->id.text, d->id.text, d->responsible->id.text);
}

int apply_submit(struct application *a)
{
	const struct deadline *d = application_deadline(a, deadline_id(a->event->subject));
	struct deadline_row row;
	bool supplement;
	int r;

	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	r = ledger_deadline(a->e->ledger, d->id, &row);
	if (r >= 0)
		r = application_append(a);
	if (r < 0)
		return r;
	supplement = row.state == DEADLINE_SUBMITTED;
	r = application_hand_in(a, &row, a->event->submit.reference);
	if (r >= 0)
		r = freeze_ask(a->e, d, &row, a->now);
	if (r >= 0)
		r = ledger_put_deadline(a->e->ledger, &row);
	if (r >= 0)
		r = warn_of_stranger(a, d);
	return r < 0 ? r : confirm(a, d, supplement);
}
