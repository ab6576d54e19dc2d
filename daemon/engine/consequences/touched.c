/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The journal knows which rows the event has changed. What time will make of some others depends on it too, though
 * no row of theirs has changed yet: somebody's absence is looked at when a step is due, and a series takes a meeting
 * when an occurrence comes into being. Those are gathered as well.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/consequences/internal.h"
#include "engine/obligation/chain.h"

#define DAYS_AHEAD 30 /* from today, and after the last papers date, as far as a ladder goes */
#define DAYS_MAX 400

void touched_done(struct touched *t)
{
	free(t->messages);
	free(t->obligations);
	free(t->deadlines);
	free(t->measures);
	free(t->series);
	free(t->people);
}

struct forecast_scope touched_scope(const struct touched *t)
{
	return (struct forecast_scope){
		.messages = t->messages,
		.message_count = t->message_count,
		.obligations = t->obligations,
		.obligation_count = t->obligation_count,
		.deadlines = t->deadlines,
		.deadline_count = t->deadline_count,
		.measures = t->measures,
		.measure_count = t->measure_count,
		.series = t->series,
		.series_count = t->series_count,
		.people = t->people,
		.people_count = t->people_count,
	};
}

/* ---- one row --------------------------------------------------------------------------------- */

static int add_message(struct touched *t, struct message_id id)
{
	for (size_t i = t->message_count; i-- > 0;)
		if (t->messages[i].n == id.n)
			return 0;
	if (t->message_count == CONSEQUENCES_MAX)
		return 0;
	int r = array_grow(&t->messages, t->message_count, &t->message_room);
	if (r == 0)
		t->messages[t->message_count++] = id;
	return r;
}

static int add_series(struct touched *t, const struct deadline *series)
{
	for (size_t i = 0; i < t->series_count; i++)
		if (t->series[i] == series)
			return 0;
	int r = array_grow(&t->series, t->series_count, &t->series_room);
	if (r == 0)
		t->series[t->series_count++] = series;
	return r;
}

static int add_series_of(struct engine *e, struct touched *t, const char *id)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(id));

	if (!d || (!d->series && !d->every.kind))
		return 0;
	return add_series(t, d->series ? d->series : d);
}

static void reach(struct touched *t, struct civil_date papers)
{
	if (!civil_is_none(papers) && civil_compare(civil_add(papers, DAYS_AHEAD), t->until) > 0)
		t->until = civil_add(papers, DAYS_AHEAD);
}

static bool has_obligation(const struct touched *t, struct obligation_id id)
{
	for (size_t i = t->obligation_count; i-- > 0;)
		if (t->obligations[i].n == id.n)
			return true;
	return false;
}

static int add_obligation(struct engine *e, struct touched *t, const struct obligation *o)
{
	int r;

	if (has_obligation(t, o->id))
		return 0;
	if (t->obligation_count == CONSEQUENCES_MAX)
		return 0;
	r = array_grow(&t->obligations, t->obligation_count, &t->obligation_room);
	if (r < 0)
		return r;
	t->obligations[t->obligation_count++] = o->id;
	return add_series_of(e, t, o->deadline);
}

static int touch_obligation(struct engine *e, struct touched *t, const void *row)
{
	const struct obligation *before = row;
	struct obligation after;
	int r = ledger_obligation(e->ledger, before->id, &after);

	if (r < 0)
		return r;
	reach(t, before->deadline[0] ? before->papers : CIVIL_NONE);
	reach(t, after.papers);
	t->more += t->obligation_count == CONSEQUENCES_MAX && !has_obligation(t, after.id);
	return add_obligation(e, t, &after);
}

static int touch_deadline(struct engine *e, struct touched *t, const void *row)
{
	const struct deadline_row *before = row;
	int r = array_grow(&t->deadlines, t->deadline_count, &t->deadline_room);

	if (r == 0)
		t->deadlines[t->deadline_count++] = deadline_id(before->id);
	return r < 0 ? r : add_series_of(e, t, before->id);
}

static int touch_measure(struct engine *e, struct touched *t, const void *row)
{
	int r = array_grow(&t->measures, t->measure_count, &t->measure_room);

	(void)e;
	if (r == 0)
		t->measures[t->measure_count++] = measure_id(((const struct measure_row *)row)->id);
	return r;
}

static int touch_message(struct engine *e, struct touched *t, const void *row)
{
	(void)e;
	return add_message(t, ((const struct message *)row)->id);
}

static int touch_item(struct engine *e, struct touched *t, const void *row)
{
	(void)e;
	return add_message(t, ((const struct item *)row)->message);
}

static int touch_series(struct engine *e, struct touched *t, const void *row)
{
	return add_series_of(e, t, ((const struct series_row *)row)->id);
}

static int touch_away(struct engine *e, struct touched *t, const void *row)
{
	int r = array_grow(&t->people, t->people_count, &t->people_room);

	(void)e;
	if (r == 0)
		t->people[t->people_count++] = person_id(((const struct away_row *)row)->person);
	return r;
}

static const struct {
	const struct row_type *type;
	int (*touch)(struct engine *e, struct touched *t, const void *row);
} kinds[] = {
	{ &obligation_type, touch_obligation },
	{ &deadline_type, touch_deadline },
	{ &measure_type, touch_measure },
	{ &message_type, touch_message },
	{ &item_type, touch_item },
	{ &series_type, touch_series },
	{ &away_type, touch_away },
};

static int touch(struct engine *e, struct touched *t, const struct journal_row *row)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].type == row->type)
			return kinds[i].touch(e, t, row->row);
	return 0;
}

/* ---- what time will look at ------------------------------------------------------------------ */

#define BATCH 64

/* Somebody is away: what waits for anybody, and what anybody owes, since steps to the one who is away may be among
 * those of all. */
static int add_all(struct engine *e, struct touched *t)
{
	struct obligation *page = calloc(BATCH, sizeof(*page));
	struct message_id last = message_id(0);
	struct obligation_id after = obligation_id(0);
	struct message batch[BATCH];
	int count, r = page ? 0 : -ENOMEM;

	while (r == 0 && t->message_count < CONSEQUENCES_MAX &&
	       (count = ledger_messages(e->ledger, message_states_waiting(), last, batch, BATCH)) !=
		       0) {
		for (int i = 0; r == 0 && i < count; i++)
			r = add_message(t, batch[i].id);
		if (count < 0)
			r = count;
		else
			last = batch[count - 1].id;
	}
	while (r == 0 && t->obligation_count < CONSEQUENCES_MAX &&
	       (count = ledger_obligations_after(e->ledger, after, page, BATCH)) != 0) {
		for (int i = 0; r == 0 && i < count; i++)
			if (page[i].phase == PHASE_LIVE)
				r = add_obligation(e, t, &page[i]);
		if (count < 0)
			r = count;
		else
			after = page[count - 1].id;
	}
	free(page);
	return r;
}

static int add_owned(void *userdata, const struct obligation *o)
{
	struct {
		struct engine *e;
		struct touched *t;
	} *to = userdata;

	return o->phase == PHASE_LIVE ? add_obligation(to->e, to->t, o) : 0;
}

static int look_at_absence(struct engine *e, struct touched *t, const struct event *event)
{
	struct {
		struct engine *e;
		struct touched *t;
	} to = { e, t };
	int r = ledger_obligations_of_owner(e->ledger, person_id(event->subject), CIVIL_NONE,
					    add_owned, &to);

	reach(t, event->absence.until);
	return r < 0 ? r : add_all(e, t);
}

/* A series that meets with the body has occurrences to come, which take its meetings. */
static int look_at_meeting(struct engine *e, struct touched *t, const struct event *event)
{
	const struct plan *plan = e->plan;
	int r = 0;

	reach(t, event->meeting.from);
	reach(t, event->meeting.replaces);
	for (size_t i = 0; r == 0 && i < plan->deadline_count; i++) {
		const struct deadline *d = &plan->deadlines[i];

		if (d->every.kind && d->due.kind == DUE_MEETING &&
		    (strcmp(d->due.body->id.text, event->subject) == 0 ||
		     chain_find(d, body_id(event->subject))))
			r = add_series(t, d);
	}
	return r;
}

int touched_gather(struct engine *e, const struct event *event, struct instant now,
		   struct touched *ret)
{
	const struct civil_date today = zone_date(now);
	int r = 0;

	ret->until = civil_add(today, DAYS_AHEAD);
	for (size_t i = 0; r == 0 && i < ledger_journal_count(e->ledger); i++)
		r = touch(e, ret, ledger_journal_row(e->ledger, i));
	if (r == 0 && event->type == EVENT_ABSENCE)
		r = look_at_absence(e, ret, event);
	if (r == 0 && event->type == EVENT_MEETING)
		r = look_at_meeting(e, ret, event);
	if (civil_compare(ret->until, civil_add(today, DAYS_MAX)) > 0)
		ret->until = civil_add(today, DAYS_MAX);
	return r;
}
