/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A promise pauses one person's steps of one obligation, in the walk; the newest of each person
 * counts. An answer ends it by itself: nothing is walked after that.
 */
#include "engine/obligation/promise.h"

#include <stdio.h>
#include <string.h>

#include "engine/ladder/walk.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"

struct asked {
	struct person_id person;
	struct instant by;
	int round; /* that of the obligation */
	bool owes; /* they are whom it asks: what was asked in a round before counts as well */
	bool found;
};

static int find_asked(void *userdata, const struct mark *mark)
{
	struct asked *asked = userdata;

	asked->found |= mark->decision == DECISION_SENT && mark->owed &&
			(mark->round == asked->round || asked->owes) &&
			instant_compare(mark->decided, asked->by) <= 0 &&
			strcmp(mark->recipient, asked->person.text) == 0;
	return 0;
}

int promise_was_asked(struct engine *e, const struct obligation *o, struct person_id person,
		      struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(o->deadline));
	const struct person *owes = d ? walk_owes(e->plan, d, o) : NULL;
	struct asked asked = { .person = person,
			       .by = now,
			       .round = o->round,
			       .owes = owes && strcmp(owes->id.text, person.text) == 0 };
	struct ledger *l = e->marks ? e->marks : e->ledger;
	struct obligation there = *o;
	int r = 0;

	/* One who has taken it over was told so in place of the steps already past. */
	if (!instant_is_none(o->assigned_at) && strcmp(o->owner, person.text) == 0)
		return 1;
	if (e->marks)
		r = ledger_obligation_of(l, deadline_id(o->deadline), measure_id(o->measure),
					 &there);
	if (r >= 0)
		r = ledger_marks(l, there.id, 0, find_asked, &asked);
	return r < 0 ? r : asked.found;
}

int promise_make(struct engine *e, struct obligation *o, const struct promise *p,
		 struct instant now)
{
	int r = ledger_put_promise(e->ledger, p);

	if (r >= 0)
		r = outbox_strike(e,
				  &(struct strike){ o->id, deadline_id(o->deadline),
						    1U << ITEM_OWED, recipient_id(p->person),
						    "seen: an answer is promised" },
				  now);
	if (r < 0)
		return r;
	obligation_promise(o, now);
	return ledger_put_obligation(e->ledger, o);
}

struct last {
	const struct obligation *o;
	struct civil_date day;
};

static int find_last(void *userdata, const struct promise *p)
{
	struct last *last = userdata;
	struct civil_date until = walk_promised_until(last->o, p);

	if (civil_is_none(last->day) || civil_compare(until, last->day) > 0)
		last->day = until;
	return 0;
}

struct civil_date promise_until(struct ledger *l, const struct obligation *o)
{
	struct last last = { o, CIVIL_NONE };

	if (o->promised && o->phase == PHASE_LIVE)
		ledger_promises(l, o->id, find_last, &last);
	return last.day;
}
