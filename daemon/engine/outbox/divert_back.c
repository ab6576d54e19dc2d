/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An absence has ended, or another stands in by now: what waits for who stood in goes back to whom it was for,
 * and is decided anew. Whatever has been tried stays where it is.
 */
#include "engine/outbox/divert_back.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/message_state.h"
#include "ledger/lists.h"

#define BATCH 64

struct going_back {
	struct ledger_sink out;
	struct engine *e;
	const struct person *person; /* for whom it was */
	const struct message *m;
	const struct item *item;
	struct mark theirs, deputys; /* of its step */
	bool theirs_found, deputys_found;
};

static int find_marks(void *userdata, const struct mark *mark)
{
	struct going_back *g = userdata;

	if (mark->repetition != g->item->repetition || strcmp(mark->step, g->item->step) != 0)
		return 0;
	if (mark->message.n == g->m->id.n) {
		g->deputys = *mark;
		g->deputys_found = true;
	} else if (strcmp(mark->recipient, g->person->id.text) == 0) {
		g->theirs = *mark;
		g->theirs_found = true;
	}
	return 0;
}

/* The step is as one that their absence holds: whoever looks next decides it. */
static int step_back(struct going_back *g)
{
	int r;

	g->theirs_found = g->deputys_found = false;
	r = ledger_marks(g->e->ledger, g->item->obligation, g->item->round, find_marks, g);
	if (r < 0 || !g->theirs_found || !g->deputys_found)
		return r;
	g->theirs.decision = DECISION_HELD;
	g->theirs.retry_at = g->out.sink.now;
	g->deputys.decision = DECISION_SUPPRESSED;
	g->deputys.decided = g->out.sink.now;
	snprintf(g->deputys.reason, sizeof(g->deputys.reason), "%s is not away: it goes to them",
		 g->person->id.text);
	r = ledger_put_mark(g->e->ledger, &g->theirs);
	return r < 0 ? r : ledger_put_mark(g->e->ledger, &g->deputys);
}

/* Once, whatever the deputy's channels. */
static int item_back(struct going_back *g)
{
	struct recipient_list to = { .count = 0 };
	struct posting posting = posting_of_item(g->e->plan, g->item);

	posting.stands_for = person_id(NULL);
	recipient_add_one(&to, (struct recipient){ .person = g->person });
	return sink_post_all(&g->out.sink, &to, &posting);
}

static int message_back(struct going_back *g, const struct person *deputy)
{
	struct items items __attribute__((cleanup(items_done))) = { 0 };
	const bool first = strcmp(g->m->channel, deputy->channels[0]->name) == 0;
	char why[ID_MAX + 40];
	int r = list_items(g->e->ledger, g->m->id, &items);

	snprintf(why, sizeof(why), "%s is not away: it goes to them", g->person->id.text);
	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		g->item = &items.list[i];
		if (strcmp(g->item->stands_for, g->person->id.text) != 0)
			continue;
		r = outbox_strike_one(g->e, g->item, why, g->out.sink.now);
		if (r >= 0 && first)
			r = kind_is_ladder(g->m->kind) ? step_back(g) : item_back(g);
	}
	return r;
}

/* Does who stands in by now get it anyhow? */
static bool is_theirs_still(const struct going_back *g, struct instant now)
{
	const struct instant open = calendar_next_open(g->e->plan->calendar, now);
	const struct civil_date day = zone_date(instant_max(g->m->planned, open));
	const struct person *to =
		absences_find(g->out.sink.absences, g->e->plan, g->person, day).to;

	return to && strcmp(to->id.text, g->m->to) == 0;
}

int divert_back(struct engine *e, const struct absences *absences, const struct person *person,
		struct instant now)
{
	struct going_back g = { .out = ledger_sink_with(e, absences, now),
				.e = e,
				.person = person };
	struct message batch[BATCH];
	struct message_id after = { 0 };
	int count, r = 0;

	do {
		count = ledger_messages(e->ledger, 1U << MESSAGE_PENDING, after, batch, BATCH);
		for (int i = 0; r >= 0 && i < count; i++) {
			const struct person *deputy = plan_person(e->plan, person_id(batch[i].to));

			after = batch[i].id;
			g.m = &batch[i];
			if (deputy && deputy != person && !is_theirs_still(&g, now))
				r = message_back(&g, deputy);
		}
	} while (r >= 0 && count == BATCH);
	return count < 0 ? count : r < 0 ? r : 0;
}
