/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a body of a chain has decided. Noted or approved, it passes the matter on: what was handed in was for
 * that body, and the next papers are owed. Returned, it comes back as from the last one (apply_outcome.c).
 */
#include "engine/apply/link_outcome.h"

#include <stdio.h>
#include <string.h>

#include "engine/obligation/dates.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/occurrences.h"
#include "engine/outbox/post.h"

static int reject_body(struct application *a, const struct deadline *in_force)
{
	const char *body = a->event->outcome.body;
	struct text_list bodies = { "" };

	if (in_force->due.kind != DUE_MEETING)
		return (int)reject_data(
			a->why, CAUSE_NOT_ITS_BODY,
			"%s is due on a day, at no body's meeting: leave out `body`",
			in_force->id.text);
	for (size_t i = 0; i < in_force->via_count; i++)
		text_list_add(&bodies, in_force->via[i].body->id.text);
	text_list_add(&bodies, in_force->due.body->id.text);
	return (int)reject_data(a->why, CAUSE_NOT_ITS_BODY, "%s does not pass %s: its %s %s",
				in_force->id.text, body,
				in_force->via_count ? "bodies are" : "body is", bodies.text);
}

int link_outcome_find(struct application *a, const struct deadline *d,
		      const struct deadline_row *row, const struct via **ret)
{
	const struct deadline in_force = deadline_in_force(a->e->plan, d, row);
	const char *body = a->event->outcome.body;

	*ret = body ? chain_find(d, body_id(body)) : NULL;
	if (!body || *ret ||
	    (in_force.due.kind == DUE_MEETING && strcmp(in_force.due.body->id.text, body) == 0))
		return 0;
	return reject_body(a, &in_force);
}

/* Record it in the link's row. *ret: the link as it was, and where in the chain. */
static int record(struct application *a, struct chain *chain, size_t at)
{
	const struct event_outcome *o = &a->event->outcome;
	struct link_row *row = &chain->links[at].row;

	row->outcome = o->outcome;
	row->outcome_at = a->time;
	row->outcome_seq = a->seq;
	snprintf(row->reference, sizeof(row->reference), "%s", o->reference);
	snprintf(row->evidence, sizeof(row->evidence), "%s", o->link ? o->link : "");
	return ledger_put_link(a->e->ledger, row);
}

int link_outcome_warn_passed_over(struct application *a, const struct deadline *d, size_t until)
{
	struct text_list bodies = { "" };
	struct chain chain;
	size_t count = 0;
	int r = chain_load(a->e->ledger, d, &chain);

	for (size_t i = chain.first; r >= 0 && i < until && i < chain.count; i++, count++)
		text_list_add(&bodies, chain.links[i].via->body->id.text);
	if (r < 0 || count == 0)
		return r;
	return application_warn(a,
				"what %s decided of %s is not recorded: it is passed over, unless "
				"you say it with `body` as well",
				bodies.text, d->id.text);
}

/* Those to be informed and the responsible hear of it, and by when the next papers are due. */
static int tell_passed(struct application *a, const struct deadline *d, const struct via *via)
{
	const struct event_outcome *o = &a->event->outcome;
	const struct recipient_context context = { d->responsible, d->responsible };
	const struct posting posting = { .what = ITEM_PASSED, .deadline = d };
	struct recipient_list to = { .count = 0 };

	recipient_add(&to, a->e->plan, d->inform, d->inform_count, &context);
	if (d->responsible)
		recipient_add_one(&to, (struct recipient){ .person = d->responsible });
	return post_with_detail(a->e, &to, &posting,
				json_pack("{ss ss ss ss}", "outcome",
					  event_outcome_name(o->outcome), "reference", o->reference,
					  "body", via->body->name, "by", a->event->source),
				a->now);
}

static int pass_on(struct application *a, const struct deadline *d, struct deadline_row *row,
		   const struct via *via)
{
	const unsigned moot = 1U << ITEM_SUBMITTED | 1U << ITEM_PASSED;
	struct create_count born = { 0 };
	int r = 0;

	if (row->state != DEADLINE_SUBMITTED)
		r = application_hand_in(a, row, a->event->outcome.reference);
	if (r >= 0)
		r = outbox_strike(a->e,
				  &(struct strike){ .deadline = d->id,
						    .whats = moot,
						    .why = "a body has decided on it since" },
				  a->now);
	if (r >= 0)
		r = dates_pass(a->e, d, row, a->seq, a->now);
	if (r >= 0 && d->series)
		r = occurrences_update(a->e, d->series, a->now, &born);
	if (r >= 0)
		r = application_warn_superseded(a, &born);
	return r < 0 ? r : tell_passed(a, d, via);
}

int link_outcome_apply(struct application *a, const struct deadline *d, struct deadline_row *row,
		       const struct via *via)
{
	const size_t at = (size_t)(via - d->via);
	const bool over = chain_is_over(d, row);
	struct chain chain;
	int r = chain_load(a->e->ledger, d, &chain);

	if (r >= 0 && !over)
		r = link_outcome_warn_passed_over(a, d, at);
	if (r >= 0)
		r = record(a, &chain, at);
	if (r < 0)
		return r;
	if (over || at < chain.first)
		return application_warn(a,
					"%s has gone on from %s already: what it decided is "
					"recorded, and nothing else follows",
					d->id.text, via->body->id.text);
	return pass_on(a, d, row, via);
}

int link_outcome_return(struct application *a, const struct deadline *d, const struct via *via)
{
	struct chain chain;
	int r = chain_load(a->e->ledger, d, &chain);

	return r < 0 ? r : record(a, &chain, (size_t)(via - d->via));
}

/* ---- order ------------------------------------------------------------------------------------- */

static int warn_of_row(void *userdata, const struct deadline_row *row)
{
	struct application *a = userdata;
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(row->id));
	char meeting[CIVIL_TEXT], next[CIVIL_TEXT];
	struct chain_disorder disorder;
	struct deadline in_force;
	struct chain chain;
	int r;

	if (!d || chain_is_over(d, row))
		return 0;
	in_force = deadline_in_force(a->e->plan, d, row);
	r = chain_load(a->e->ledger, d, &chain);
	if (r < 0 || !chain_is_disordered(&in_force, row, &chain, &disorder))
		return r;
	return application_warn(
		a,
		"%s meets on %s, not before %s on %s, which follows it in the chain "
		"of %s: support is told",
		disorder.body->id.text, civil_format(disorder.meeting, meeting),
		disorder.next->id.text, civil_format(disorder.next_meeting, next), d->id.text);
}

int link_warn_disorder(struct application *a, const struct body *body)
{
	const struct plan *plan = a->e->plan;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < plan->deadline_count; i++) {
		const struct deadline *d = &plan->deadlines[i];
		struct deadline_row row;

		if (!d->via_count || (d->due.body != body && !chain_find(d, body->id)))
			continue;
		if (d->every.kind) {
			r = ledger_occurrences(a->e->ledger, d->id, warn_of_row, a);
			continue;
		}
		r = ledger_deadline(a->e->ledger, d->id, &row);
		if (r >= 0)
			r = warn_of_row(a, &row);
	}
	return r;
}
