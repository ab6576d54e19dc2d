/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People may be away when something is posted to them: then it goes to who stands in, or is held until
 * they are back, and their manager (without one: support) is told of that, once for an absence and
 * what it holds. So telling is posting again; of a manager who is away as well nobody is told.
 */
#include <stdio.h>

#include "base/zone.h"
#include "engine/outbox/sink.h"

struct instant resume_instant(const struct plan *plan, const struct stand_in *away)
{
	return calendar_next_open(plan->calendar, zone_midnight(away->back));
}

struct posting posting_of_item(const struct plan *plan, const struct item *item)
{
	return (struct posting){
		.what = (enum item_what)item->what,
		.deadline =
			item->deadline[0] ? plan_deadline(plan, deadline_id(item->deadline)) : NULL,
		.measure = measure_id(item->measure[0] ? item->measure : NULL),
		.obligation = item->obligation,
		.round = item->round,
		.step = item->step[0] ? item->step : NULL,
		.repetition = item->repetition,
		.late = item->late,
		.detail = item->detail,
		.stands_for = person_id(item->stands_for[0] ? item->stands_for : NULL),
	};
}

/* ---- telling the manager ----------------------------------------------------------------------- */

static int tell(struct sink *sink, const struct person *person, const struct stand_in *away,
		const struct posting *about)
{
	char from[CIVIL_TEXT], until[CIVIL_TEXT], back[CIVIL_TEXT], detail[ID_MAX + 160];
	struct recipient_list to = { .count = 0 };
	struct posting notice = { .what = ITEM_ABSENT,
				  .deadline = about->deadline,
				  .measure = about->measure,
				  .obligation = about->obligation,
				  .detail = detail };

	/* Ids and dates have no character that JSON would escape. */
	snprintf(detail, sizeof(detail),
		 "{\"person\":\"%s\",\"from\":\"%s\",\"until\":\"%s\",\"held_until\":\"%s\"}",
		 person->id.text, civil_format(away->from, from), civil_format(away->until, until),
		 civil_format(away->back, back));
	absence_tells(&to, sink->plan, person);
	return sink_post_all(sink, &to, &notice);
}

int sink_tell_held_step(struct sink *sink, const struct person *person, const struct stand_in *away,
			const struct posting *about)
{
	bool first = false;
	int r = sink->note_absence(sink, away->absence, about->obligation, 0, &first);

	return r < 0 || !first ? r : tell(sink, person, away, about);
}

int sink_tell_held_item(struct sink *sink, const struct person *person, const struct stand_in *away,
			const struct posting *about)
{
	bool first = false;
	int r;

	/* Not of such a telling itself, nor of what concerns no deadline or measure. */
	if (item_traits(about->what)->tells_absence || (!about->deadline && !about->measure.text))
		return 0;
	r = sink->note_absence(sink, away->absence, obligation_id(0), item_kind(about->what),
			       &first);
	return r < 0 || !first ? r : tell(sink, person, away, about);
}

/* ---- to all ------------------------------------------------------------------------------------ */

/* It waits for somebody who is away, and their manager hears of it. */
static int post_held(struct sink *sink, const struct person *person, const struct stand_in *away,
		     const struct posting *posting)
{
	struct message_id message;
	int r = sink->put(sink, (struct recipient){ .person = person }, posting,
			  resume_instant(sink->plan, away), &message);

	return r < 0 ? r : sink_tell_held_item(sink, person, away, posting);
}

void reached_add(struct reached *reached, struct recipient to, struct person_id stands_for)
{
	const size_t count = reached->to.count;

	recipient_add_one(&reached->to, to);
	if (reached->to.count > count) {
		reached->stands_for[count] = stands_for;
		return;
	}
	for (size_t i = 0; i < count && !stands_for.text; i++)
		if (recipient_same(reached->to.list[i], to))
			reached->stands_for[i] = stands_for;
}

int sink_post_all(struct sink *sink, const struct recipient_list *to, const struct posting *posting)
{
	struct instant open = calendar_next_open(sink->plan->calendar, sink->now);
	struct reached reached = { .to.count = 0 };
	struct posting one = *posting;
	struct message_id message;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < to->count; i++) {
		struct stand_in away = absences_find(sink->absences, sink->plan, to->list[i].person,
						     zone_date(open));

		if (!away.absence)
			reached_add(&reached, to->list[i], person_id(NULL));
		else if (away.to)
			reached_add(&reached, (struct recipient){ .person = away.to },
				    to->list[i].person->id);
		else
			r = post_held(sink, to->list[i].person, &away, posting);
	}
	for (size_t i = 0; r >= 0 && i < reached.to.count; i++) {
		if (reached.stands_for[i].text)
			one.stands_for = reached.stands_for[i];
		else
			one.stands_for = posting->stands_for;
		r = sink->put(sink, reached.to.list[i], &one, open, &message);
	}
	return r < 0 ? r : 0;
}
