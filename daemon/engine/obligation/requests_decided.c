/* SPDX-License-Identifier: Apache-2.0 */
/* What decides requests, and who hears of it. The writer of their state, and of what was decided. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "engine/ladder/walk.h"
#include "engine/obligation/moved.h"
#include "engine/obligation/requests.h"
#include "engine/outbox/post.h"

/* ---- deciding ---------------------------------------------------------------------------------- */

struct request_row request_new(int64_t seq, struct instant at)
{
	return (struct request_row){
		.seq = seq, .at = at, .state = REQUEST_OPEN, .decided_at = INSTANT_NONE
	};
}

/* Stewards are not told any more that it is asked for. */
static int strike_asked(struct engine *e, const struct request_row *r, struct instant now)
{
	struct strike strike = { .deadline = deadline_id(r->deadline),
				 .measure = measure_id(r->measure[0] ? r->measure : NULL),
				 .whats = 1U << ITEM_REQUESTED,
				 .why = "it has been decided" };
	struct request_about about;
	int error = request_look(e, r, &about);

	if (error < 0)
		return error;
	if (!about.obligation.n || !r->measure[0])
		error = outbox_strike(e, &strike, now);
	strike.obligation = about.obligation;
	return error < 0 || !about.obligation.n ? error : outbox_strike(e, &strike, now);
}

int request_decide(struct engine *e, struct request_row *r, enum request_state to,
		   const struct request_decision *decision, struct instant now)
{
	int error;

	assert(r->state == REQUEST_OPEN && to != REQUEST_OPEN);
	r->state = to;
	r->decided_at = decision->at;
	r->decided_seq = decision->seq;
	snprintf(r->reference, sizeof(r->reference), "%s",
		 decision->reference ? decision->reference : "");
	snprintf(r->answer, sizeof(r->answer), "%s", decision->answer ? decision->answer : "");
	error = ledger_put_request(e->ledger, r);
	return error < 0 ? error : strike_asked(e, r, now);
}

int requests_end(struct engine *e, struct deadline_id deadline,
		 const struct request_decision *decision, struct instant now)
{
	struct requests all __attribute__((cleanup(requests_done))) = { 0 };
	int r = requests_gather(e, deadline, false, &all);

	for (size_t i = 0; r == 0 && i < all.count; i++)
		r = request_decide(e, &all.list[i], REQUEST_MOOT, decision, now);
	return r;
}

/* ---- telling of it ----------------------------------------------------------------------------- */

/* Whoever asked, if the plan has them. */
static void add_asker(struct recipient_list *to, struct engine *e, const struct request_row *r)
{
	const struct person *by = person_of_source(e->plan, r->source);

	if (by)
		recipient_add_one(to, (struct recipient){ .person = by });
}

/* Who owes it now, whoever asked. */
static int add_owner(struct recipient_list *to, struct engine *e, const struct request_about *about)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	const struct person *owner;
	struct obligation o;
	int r;

	if (about->obligation.n) {
		r = ledger_obligation(e->ledger, about->obligation, &o);
		if (r >= 0)
			moved_add_owner(to, e, about->d, &o);
		return r;
	}
	r = about->d ? 0 : ledger_measure(e->ledger, about->m->id, &row);
	owner = r >= 0 && !about->d ? plan_person(e->plan, person_id(row.owner)) : NULL;
	if (owner)
		recipient_add_one(to, (struct recipient){ .person = owner });
	return r;
}

static bool is_in_plan(const struct request_about *about, const struct request_row *r)
{
	return r->deadline[0] ? about->d != NULL : about->m != NULL;
}

static struct posting posting_of(const struct request_about *about, enum item_what what)
{
	return (struct posting){ .what = what,
				 .deadline = about->d,
				 .measure = about->m ? about->m->id : measure_id(NULL),
				 .obligation = about->obligation };
}

int request_deny(struct engine *e, struct request_row *r, const struct request_decision *decision,
		 struct instant now)
{
	struct recipient_list to = { .count = 0 };
	struct request_about about;
	struct posting posting;
	int error = request_decide(e, r, REQUEST_DENIED, decision, now);

	if (error == 0)
		error = request_look(e, r, &about);
	if (error < 0 || !is_in_plan(&about, r))
		return error;
	posting = posting_of(&about, ITEM_DENIED);
	add_asker(&to, e, r);
	error = add_owner(&to, e, &about);
	return error < 0 ? error
			 : post_with_detail(e, &to, &posting,
					    json_pack("{ss ss ss}", "asked", r->due, "reason",
						      decision->answer, "by", decision->by),
					    now);
}

/* Does a message on the new date tell whoever asked? It goes to who stands in for them, if they are away. */
static int is_told(struct engine *e, const struct request_about *about, struct recipient asker,
		   struct instant now, bool *ret)
{
	const struct recipient_list one = { .list = { asker }, .count = 1 };
	struct recipient_list owner = { .count = 0 };
	struct reached there = { .to.count = 0 };
	int r;

	if (!about->d) { /* who owns the measure is told of its date */
		r = add_owner(&owner, e, about);
		*ret = owner.count > 0 && recipient_same(owner.list[0], asker);
		return r;
	}
	*ret = false;
	r = resolve_absences(e, &one, now, &there);
	return r < 0 || there.to.count == 0
		       ? r
		       : moved_is_queued_for(
				 e, &(struct item_subject){ about->obligation, about->d->id },
				 there.to.list[0], ret);
}

/* Whoever asked and is not told by the message on the new date hears of the grant by one of their own. */
static int tell_granted(struct engine *e, const struct request_row *r,
			const struct request_decision *decision, struct instant now)
{
	struct recipient_list asker = { .count = 0 };
	struct request_about about;
	struct posting posting;
	bool told = true;
	int error = request_look(e, r, &about);

	if (error < 0 || !is_in_plan(&about, r))
		return error;
	add_asker(&asker, e, r);
	if (asker.count > 0)
		error = is_told(e, &about, asker.list[0], now, &told);
	if (error < 0 || told)
		return error;
	posting = posting_of(&about, ITEM_GRANTED);
	return post_with_detail(e, &asker, &posting,
				json_pack("{ss ss ss}", "asked", r->due, "reference",
					  decision->reference, "by", decision->by),
				now);
}

/* ---- by an extension --------------------------------------------------------------------------- */

/* Does the extension of that measure, or of the whole (NULL), settle the request? */
static int is_settled(struct engine *e, const struct request_row *r, struct measure_id measure,
		      bool *ret)
{
	struct request_about about;
	int error;

	*ret = strcmp(r->measure, measure.text ? measure.text : "") == 0;
	if (*ret || measure.text)
		return 0;
	error = request_look(e, r, &about);
	*ret = error == 0 && about.state == REQUEST_MOOT;
	return error;
}

int requests_grant(struct engine *e, const struct requests *before, struct measure_id measure,
		   const struct request_decision *decision, struct instant now)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < before->count; i++) {
		struct request_row row = before->list[i];
		bool settled;

		r = is_settled(e, &row, measure, &settled);
		if (r < 0 || !settled)
			continue;
		r = request_decide(e, &row, REQUEST_GRANTED, decision, now);
		if (r == 0)
			r = tell_granted(e, &row, decision, now);
	}
	return r;
}
