/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What waits in the outbox is one message for each (recipient, channel, instant), of ladder items, or
 * for each (recipient, channel, kind) of the others; posting either joins it or opens it. An item
 * that has become moot stays in its row, struck out, so that `why` can tell; a message of which
 * nothing is left is dropped while it waits to leave. One under way ends by itself, and one that is
 * held stays so until a steward retries or drops it.
 *
 * While nothing leaves (`hold`), all that waits of a ladder for a recipient would leave at one instant, that
 * at which hold ends, and is therefore one message.
 */
#include "engine/outbox/post.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/outbox/message_state.h"

/* ---- the sink ---------------------------------------------------------------------------------- */

static struct message_key key_to_join(struct engine *e, const struct message *like,
				      enum message_kind kind)
{
	const bool at_once = ledger_is_on_hold(e->ledger); /* all that waits leaves when it ends */

	return (struct message_key){
		.to = recipient_id(like->to),
		.channel = like->channel,
		.kind = kind,
		.planned = kind_is_ladder(kind) && !at_once ? like->planned : INSTANT_NONE,
	};
}

/* The waiting message that an item of this kind joins, if there is one. */
static int find_message(struct engine *e, const struct message *like, bool *ret_found,
			struct message *ret)
{
	int r = 0;

	*ret_found = false;
	for (enum message_kind kind = 0; r == 0 && !*ret_found && kind < KINDS; kind++) {
		const struct message_key key = key_to_join(e, like, kind);

		if (kinds_merge(like->kind, kind))
			r = ledger_find_message_to_join(e->ledger, &key, ret, ret_found);
	}
	if (r < 0 || !*ret_found)
		return r;
	if (ret->kind == kind_merged(ret->kind, like->kind))
		return 0;
	ret->kind = kind_merged(ret->kind, like->kind);
	return ledger_put_message(e->ledger, ret);
}

static int put_item(struct engine *e, const struct posting *p, struct message_id message)
{
	struct item item = {
		.message = message,
		.obligation = p->obligation,
		.round = p->round,
		.repetition = p->repetition,
		.what = (int)p->what,
		.late = p->late,
		.detail = p->detail,
	};

	snprintf(item.deadline, sizeof(item.deadline), "%s",
		 p->deadline ? p->deadline->id.text : "");
	snprintf(item.measure, sizeof(item.measure), "%s", p->measure.text ? p->measure.text : "");
	snprintf(item.step, sizeof(item.step), "%s", p->step ? p->step : "");
	snprintf(item.stands_for, sizeof(item.stands_for), "%s",
		 p->stands_for.text ? p->stands_for.text : "");
	return ledger_add_item(e->ledger, &item);
}

static int put_on(struct ledger_sink *s, struct message like, const struct channel *channel,
		  const struct posting *p, struct message_id *ret_message)
{
	struct message m;
	bool found;
	int r;

	snprintf(like.channel, sizeof(like.channel), "%s", channel->name);
	r = find_message(s->e, &like, &found, &m);
	if (r >= 0 && !found) {
		m = like;
		r = ledger_put_message(s->e->ledger, &m);
	}
	if (r >= 0)
		r = put_item(s->e, p, m.id);
	if (r >= 0)
		*ret_message = m.id;
	return r;
}

int post_prefetch(struct engine *e, const struct person *to, enum item_what what,
		  struct instant planned)
{
	struct message like = outbox_message(item_kind(what), planned, planned);
	int r = 0;

	snprintf(like.to, sizeof(like.to), "%s", to->id.text);
	for (size_t i = 0; i < to->channel_count; i++) {
		snprintf(like.channel, sizeof(like.channel), "%s", to->channels[i]->name);
		for (enum message_kind kind = 0; r == 0 && kind < KINDS; kind++) {
			const struct message_key key = key_to_join(e, &like, kind);

			if (kinds_merge(like.kind, kind))
				r = ledger_prefetch_message_to_join(e->ledger, &key);
		}
	}
	return r;
}

/* ---- while nothing leaves --------------------------------------------------------------------------- */

/* The marks of a round whose steps wait to tell somebody of the same. */
struct waiting {
	struct recipient_id to;
	bool owed;
	struct mark *list;
	size_t count, room;
};

static void waiting_done(struct waiting *waiting)
{
	free(waiting->list);
}

static int add_waiting(void *userdata, const struct mark *mark)
{
	struct waiting *waiting = userdata;
	int r;

	if (mark->decision != DECISION_SENT || mark->accepted || mark->owed != waiting->owed ||
	    strcmp(mark->recipient, waiting->to.text) != 0)
		return 0;
	r = array_grow(&waiting->list, waiting->count, &waiting->room);
	if (r == 0)
		waiting->list[waiting->count++] = *mark;
	return r;
}

/*
 * A step to somebody for whom an earlier one of the same round waits, since `hold` is on: both would leave
 * at once, and the later one speaks for it, as after a time when the daemon was down.
 */
static int speak_for_earlier(struct engine *e, struct recipient to, const struct posting *p,
			     struct instant now)
{
	char id[RECIPIENT_ID];
	struct waiting waiting
		__attribute__((cleanup(waiting_done))) = { .to = recipient_id_of(to, id),
							   .owed = p->what == ITEM_OWED };
	int r = ledger_marks(e->ledger, p->obligation, p->round, add_waiting, &waiting);

	for (size_t i = 0; r >= 0 && i < waiting.count; i++) {
		struct mark *mark = &waiting.list[i];
		struct message m;

		r = ledger_message(e->ledger, mark->message, &m);
		if (r < 0 || !outbox_is_in(m.state, message_states_waiting()))
			continue;
		mark->decision = DECISION_MERGED;
		snprintf(mark->reason, sizeof(mark->reason),
			 "merged into the step %s, while messages were kept back", p->step);
		r = ledger_put_mark(e->ledger, mark);
	}
	return r < 0 || waiting.count == 0
		       ? r
		       : outbox_strike(e,
				       &(struct strike){ p->obligation, p->deadline->id,
							 1U << p->what, waiting.to,
							 "a later step speaks for it" },
				       now);
}

static int put(struct sink *sink, struct recipient to, const struct posting *p,
	       struct instant planned, struct message_id *ret_message)
{
	struct ledger_sink *s = (struct ledger_sink *)sink;
	struct message like = outbox_message(item_kind(p->what), planned, sink->now);
	struct message_id first = { 0 }, message;
	int r = 0;

	recipient_id_of(to, like.to);
	if (p->step && ledger_is_on_hold(s->e->ledger))
		r = speak_for_earlier(s->e, to, p, sink->now);
	if (r < 0)
		return r;
	if (to.channel)
		r = put_on(s, like, to.channel, p, &first);
	else
		for (size_t i = 0; r >= 0 && i < to.person->channel_count; i++) {
			r = put_on(s, like, to.person->channels[i], p, &message);
			if (r >= 0 && i == 0)
				first = message;
		}
	if (r >= 0)
		*ret_message = first;
	return r;
}

static int note_absence(struct sink *sink, int64_t absence, struct obligation_id obligation,
			enum message_kind kind, bool *ret_first)
{
	struct ledger_sink *s = (struct ledger_sink *)sink;
	int r = ledger_tell_absence(s->e->ledger, absence, obligation, (int)kind);

	if (r >= 0)
		*ret_first = r > 0;
	return r;
}

struct ledger_sink ledger_sink_with(struct engine *e, const struct absences *absences,
				    struct instant now)
{
	return (struct ledger_sink){
		.sink = { .plan = e->plan,
			  .absences = absences,
			  .now = now,
			  .put = put,
			  .note_absence = note_absence },
		.e = e,
	};
}

int ledger_sink_open(struct ledger_sink *ret, struct engine *e, struct instant now)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, e, now);

	if (r < 0)
		return r;
	*ret = ledger_sink_with(e, absences, now);
	ret->own = absences;
	return 0;
}

void ledger_sink_close(struct ledger_sink *s)
{
	s->own = absences_free(s->own);
}

/* ---- posting ----------------------------------------------------------------------------------- */

int post_to_all(struct engine *e, const struct recipient_list *to, const struct posting *posting,
		struct instant now)
{
	struct ledger_sink s __attribute__((cleanup(ledger_sink_close))) = { 0 };
	int r = ledger_sink_open(&s, e, now);

	return r < 0 ? r : sink_post_all(&s.sink, to, posting);
}

int post_with_detail(struct engine *e, const struct recipient_list *to,
		     const struct posting *posting, json_t *detail, struct instant now)
{
	struct posting detailed = *posting;
	char *text = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	int r;

	json_decref(detail);
	if (!text)
		return -ENOMEM;
	detailed.detail = text;
	r = post_to_all(e, to, &detailed, now);
	free(text);
	return r;
}

int post_test(struct engine *e, const struct person *to, const struct channel *channel,
	      struct instant now, struct message_id *ret_message)
{
	struct ledger_sink s = ledger_sink_with(e, NULL, now);
	struct message like = outbox_message(KIND_TEST, now, now);

	snprintf(like.to, sizeof(like.to), "%s", to->id.text);
	return put_on(&s, like, channel, &(struct posting){ .what = ITEM_TEST }, ret_message);
}

int resolve_absences(struct engine *e, const struct recipient_list *to, struct instant now,
		     struct reached *ret)
{
	struct civil_date day = zone_date(calendar_next_open(e->plan->calendar, now));
	struct ledger_sink s __attribute__((cleanup(ledger_sink_close))) = { 0 };
	int r = ledger_sink_open(&s, e, now);

	for (size_t i = 0; r >= 0 && i < to->count; i++) {
		const struct recipient one = to->list[i];
		struct stand_in away = absences_find(s.sink.absences, e->plan, one.person, day);

		if (away.absence && away.to)
			reached_add(ret, (struct recipient){ .person = away.to }, one.person->id);
		else
			reached_add(ret, one, person_id(NULL));
	}
	return r < 0 ? r : 0;
}
