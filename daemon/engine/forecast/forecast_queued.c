/* SPDX-License-Identifier: Apache-2.0 */
/* What waits in the outbox, as it will leave. */
#include "engine/forecast/internal.h"

#include <string.h>

#include "base/zone.h"
#include "engine/outbox/divert.h"

/* A message that waits, and when it leaves. */
struct queued {
	struct forecast *f;
	const struct message *m;
	struct recipient to;
	struct instant when;
	struct bucket_at apart; /* of one that has been tried */
	bool may_be_diverted;
	struct diversion d;
};

/* The outbox diverts it then, since its recipient is away. */
static int add_diverted(struct queued *q, const struct item *item, const struct posting *posting)
{
	struct sink *sink = &q->f->sink;
	struct message_id message;
	bool has;
	int r;

	if (q->d.away.to) {
		r = divert_deputy_has(q->f->e, &q->d, item, &has);
		return r < 0 || has ? r
				    : sink->put(sink, (struct recipient){ .person = q->d.away.to },
						posting, q->when, &message);
	}
	r = divert_tell_held(sink, &q->d, item);
	return r < 0 ? r
		     : sink->put(sink, q->to, posting, divert_held_until(sink->plan, &q->d, item),
				 &message);
}

static int add_item(void *userdata, const struct item *item)
{
	struct queued *q = userdata;
	struct forecast *f = q->f;
	const struct posting posting = posting_of_item(f->e->plan, item);
	const struct deadline *d = posting.deadline;
	struct message_id message;

	if (item->moot)
		return 0;
	if (q->m->attempts > 0)
		return d && instant_compare(q->when, forecast_ends(f, d)) >= 0
			       ? 0
			       : virtual_outbox_add(f->outbox, q->apart, q->to, &posting);
	if (q->may_be_diverted && q->d.away.absence)
		return add_diverted(q, item, &posting);
	return f->sink.put(&f->sink, q->to, &posting, q->when, &message);
}

/* A person's message stands on each of their channels: the first one speaks for all, until it has been
 * tried. */
static bool is_first_channel(const struct message *m, struct recipient to)
{
	return !to.person || strcmp(to.person->channels[0]->name, m->channel) == 0;
}

/* It leaves at its next attempt. One that has been tried goes on its own channel, and nothing joins it. */
int forecast_add_message(struct forecast *f, const struct message *m)
{
	const struct plan *plan = f->e->plan;
	const struct channel *channel = plan_channel(plan, m->channel);
	struct queued q = { .f = f, .m = m };
	int r = 0;

	if (!channel || !recipient_find(plan, recipient_id(m->to), &q.to) ||
	    (m->attempts == 0 && !is_first_channel(m, q.to)))
		return 0;
	q.when = calendar_next_open(plan->calendar, instant_max(m->next_attempt, f->now));
	if (m->attempts > 0 && !forecast_asks(f, q.when))
		return 0;
	f->sink.now = q.when;
	q.may_be_diverted = divert_find(plan, f->sink.absences, m, q.when, &q.d);
	if (m->attempts > 0)
		r = virtual_outbox_apart(f->outbox, q.when, channel, m->unknown > 0, &q.apart);
	return r < 0 ? r : ledger_items(f->e->ledger, m->id, add_item, &q);
}

int forecast_queued(struct forecast *f)
{
	const unsigned waiting = message_states_waiting();
	struct message batch[32];
	int r = 0, count = ledger_messages(f->e->ledger, waiting, f->last_message, batch, 32);

	for (int i = 0; r >= 0 && i < count; i++) {
		f->last_message = batch[i].id;
		r = forecast_add_message(f, &batch[i]);
	}
	if (count == 0) {
		f->stage = STAGE_AWAY;
	}
	return count < 0 ? count : r < 0 ? r : 1;
}
