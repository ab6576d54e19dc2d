/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What waits in the outbox leaves at its next attempt, within open hours; what has been tried before
 * goes on one channel, and its recipient is who it is.
 */
#include "engine/forecast/internal.h"

#include <string.h>

#include "base/zone.h"

struct waiting {
	struct forecast *f;
	struct recipient to;
	struct instant when;
	struct told_at at;
};

static const struct step *find_step(const struct deadline *d, const struct item *item)
{
	static const struct step seen = { .text = WALK_SEEN };

	if (strcmp(item->step, WALK_SEEN) == 0)
		return &seen;
	for (size_t i = 0; d && i < d->ladder->step_count; i++)
		if (strcmp(d->ladder->steps[i].text, item->step) == 0)
			return &d->ladder->steps[i];
	return NULL;
}

static int add_waiting(void *userdata, const struct item *item)
{
	const struct waiting *w = userdata;
	const struct deadline *d = plan_deadline(w->f->e->plan, item->deadline);

	if (item->moot || (d && instant_compare(w->when, forecast_ends(w->f, d)) >= 0))
		return 0;
	return virtual_outbox_add(w->f->foretold, w->at, w->to, (enum item_what)item->what, d,
				  item->measure, find_step(d, item));
}

/* A person's message stands on each of their channels: the first one speaks for all, until it has been
 * tried. */
static bool is_first_channel(const struct message *m, struct recipient to)
{
	return !to.person || strcmp(to.person->channels[0]->name, m->channel) == 0;
}

/* Its recipient may be away by the time it leaves, as divert_message will find. */
static void divert(struct forecast *f, struct recipient *to, struct instant *when)
{
	struct stand_in away =
		absences_find(walk_absences(f->walk), f->e->plan, to->person, zone_date(*when));

	if (away.absence && away.to)
		to->person = away.to;
	else if (away.absence)
		*when = resume_instant(f->e->plan, &away);
}

static int work_message(struct forecast *f, const struct message *m)
{
	const struct plan *plan = f->e->plan;
	const struct channel *channel = plan_channel(plan, m->channel);
	struct instant when =
		calendar_next_open(plan->calendar, instant_max(m->next_attempt, f->now));
	struct waiting w = { .f = f };
	int r;

	if (!channel || !recipient_find(plan, m->to, &w.to) ||
	    (m->attempts == 0 && !is_first_channel(m, w.to)))
		return 0;
	if (m->attempts == 0)
		divert(f, &w.to, &when);
	w.when = when;
	if (!forecast_asks(f, when))
		return 0;
	r = m->attempts > 0 ? virtual_outbox_apart(f->foretold, when, channel, &w.at)
			    : virtual_outbox_at(f->foretold, when, &w.at);
	return r < 0 ? r : ledger_items(f->e->ledger, m->id, add_waiting, &w);
}

int forecast_queued(struct forecast *f)
{
	const unsigned waiting = 1U << MESSAGE_PENDING | 1U << MESSAGE_RETRY;
	struct message batch[32];
	int r = 0, count = ledger_messages(f->e->ledger, waiting, f->after, batch, 32);

	for (int i = 0; r >= 0 && i < count; i++) {
		f->after = batch[i].id;
		r = work_message(f, &batch[i]);
	}
	if (count == 0) {
		f->stage = STAGE_DEADLINES;
		f->after = 0;
	}
	return count < 0 ? count : r < 0 ? r : 1;
}
