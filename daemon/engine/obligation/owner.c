/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The round goes on: what it decided stays decided, so that the new owner is not asked again for what
 * the old one was asked. But nobody is escalated over a head that was never reached: the round counts
 * as reached only when the new owner's message is accepted, and what was held for the old owner's
 * manager or deputy goes to nobody.
 */
#include "engine/obligation/owner.h"

#include <stdio.h>
#include <string.h>

#include "engine/obligation/state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"

#define WHATS (1U << ITEM_OWED | 1U << ITEM_ESCALATED | 1U << ITEM_ASSIGNED | 1U << ITEM_UNASSIGNED)
static const char why_moot[] = "somebody else owes it now";

/* ---- held steps ----------------------------------------------------------------------------------- */

static const char *id_of(const struct person *person)
{
	return person ? person->id.text : "";
}

/* Does a held step's recipient stand there for the old owner only? */
static bool is_theirs(const struct person *from, const struct person *to,
		      struct recipient_id recipient)
{
	if (!from || !to)
		return false;
	return strcmp(recipient.text, from->id.text) == 0 ||
	       (strcmp(recipient.text, id_of(from->manager)) == 0 &&
		strcmp(recipient.text, id_of(to->manager)) != 0) ||
	       (strcmp(recipient.text, id_of(from->deputy)) == 0 &&
		strcmp(recipient.text, id_of(to->deputy)) != 0);
}

static int drop_held(struct engine *e, const struct obligation *o, struct person_id from,
		     struct person_id to, struct instant now)
{
	const struct person *before = plan_person(e->plan, from), *after = plan_person(e->plan, to);
	struct marks held __attribute__((cleanup(marks_done))) = { 0 };
	int r = list_held(e->ledger, o, &held);

	for (size_t i = 0; r >= 0 && i < held.count; i++) {
		struct mark *mark = &held.list[i];

		if (!is_theirs(before, after, recipient_id(mark->recipient)))
			continue;
		mark->decision = DECISION_SUPPRESSED;
		mark->decided = now;
		mark->retry_at = INSTANT_NONE;
		snprintf(mark->reason, sizeof(mark->reason), "%s", why_moot);
		r = ledger_put_mark(e->ledger, mark);
	}
	return r;
}

/* ---- one obligation ----------------------------------------------------------------------------- */

static int give(struct engine *e, struct obligation *o, struct person_id to, struct instant now)
{
	int r = outbox_strike(
		e, &(struct strike){ o->id, deadline_id(o->deadline), WHATS, .why = why_moot },
		now);

	if (r >= 0 && o->phase == PHASE_LIVE)
		r = drop_held(e, o, person_id(o->owner), to, now);
	if (r >= 0 && o->promised)
		r = ledger_drop_promises(e->ledger, o->id);
	if (r < 0)
		return r;
	obligation_assign(o, to, now);
	return ledger_put_obligation(e->ledger, o);
}

/* ---- telling -------------------------------------------------------------------------------------- */

/* Tell one person what they owe from now on, or no more; o: one of the obligations that go over, or NULL. */
static int tell(struct engine *e, const struct owner_change *c, enum item_what what,
		const struct obligation *o, struct instant now)
{
	const struct person *person = plan_person(e->plan, what == ITEM_ASSIGNED ? c->to : c->from);
	struct recipient_list to = { .list = { { .person = person } }, .count = 1 };
	struct posting posting = { .what = what, .measure = c->measure };

	if (!person)
		return 0;
	if (o) {
		posting.obligation = o->id;
		posting.round = o->round;
		posting.deadline = plan_deadline(e->plan, deadline_id(o->deadline));
	}
	return post_with_detail(e, &to, &posting, json_pack("{ss*}", "by", c->by), now);
}

int owner_changed(struct engine *e, const struct owner_change *c, struct instant now)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	const struct obligation *first = NULL;
	int r = list_of_measure(e->ledger, c->measure, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		struct obligation *o = &all.list[i];

		if (o->phase == PHASE_ANSWERED)
			continue;
		r = give(e, o, c->to, now);
		if (r < 0 || o->phase != PHASE_LIVE)
			continue;
		first = first ? first : o;
		r = tell(e, c, ITEM_ASSIGNED, o, now);
	}
	if (r >= 0 && !first)
		r = tell(e, c, ITEM_ASSIGNED, NULL, now);
	return r < 0 ? r : tell(e, c, ITEM_UNASSIGNED, first, now);
}

int owner_returns(struct engine *e, const struct owner_change *c, struct instant now)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_measure(e->ledger, c->measure, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++)
		if (all.list[i].phase != PHASE_ANSWERED &&
		    all.list[i].withdrawal != WITHDRAWN_REMOVED)
			r = give(e, &all.list[i], c->to, now);
	return r < 0 ? r : tell(e, c, ITEM_UNASSIGNED, NULL, now);
}

int owner_take_over(struct engine *e, struct obligation *o, struct person_id to, struct instant now)
{
	const struct owner_change c = { .measure = measure_id(o->measure), .to = to };
	int r = give(e, o, to, now);

	return r < 0 || o->phase != PHASE_LIVE ? r : tell(e, &c, ITEM_ASSIGNED, o, now);
}

int owner_give_deliverable(struct engine *e, struct obligation *o, struct person_id to,
			   struct instant now)
{
	char from[ID_MAX + 1] = "";
	const struct owner_change c = { .from = person_id(from), .to = to };
	int r;

	memcpy(from, o->owner, sizeof(from));
	r = give(e, o, to, now);
	if (r < 0 || o->phase != PHASE_LIVE)
		return r;
	r = tell(e, &c, ITEM_ASSIGNED, o, now);
	return r < 0 ? r : tell(e, &c, ITEM_UNASSIGNED, o, now);
}
