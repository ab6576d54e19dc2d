/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The next reminder or escalation, found by the walk that will send it: the first that reaches the reader,
 * about what --item names, and with it all that leaves to the same person at the same time. It is looked at
 * as it leaves then, not as it would read today.
 */
#include <string.h>

#include "engine/ladder/from_ledger.h"
#include "engine/obligation/series.h"
#include "engine/preview/internal.h"

/* The first record of an obligation's walk that is looked for. */
struct search {
	const struct person *reader; /* NULL: anybody */
	struct instant at;	     /* only what leaves then; INSTANT_NONE: whenever */
	bool reminders, escalations;
	bool found;
	struct decision_record record;
};

static int note(void *userdata, const struct decision_record *record)
{
	struct search *s = userdata;

	if (s->found || record->decision != DECISION_SENT || !record->to.person ||
	    !(record->owed ? s->reminders : s->escalations) ||
	    (s->reader && s->reader != record->to.person) ||
	    (!instant_is_none(s->at) && instant_compare(s->at, record->planned) != 0))
		return 0;
	s->found = true;
	s->record = *record;
	return 0;
}

static int search(struct previewing *p, struct walk *w, const struct obligation *o,
		  struct search *s)
{
	const struct deadline *d = plan_deadline(p->e->plan, deadline_id(o->deadline));
	struct instant end = INSTANT_NONE;
	struct obligation copy = *o;
	bool unreached;
	int r = d ? walk_from_ledger_begin(p->e, w, &copy) : WALK_NOTHING;

	s->found = false;
	if (r == 0)
		walk_reached(w, p->now);
	if (r == 0)
		r = series_end_of(p->e, d, p->now, &end);
	while (r == 0 && !s->found && instant_compare(copy.next_at, end) < 0 &&
	       (instant_is_none(s->at) || instant_compare(copy.next_at, s->at) <= 0))
		r = walk_on(w, instant_max(copy.next_at, p->now), note, s, &unreached);
	return r < 0 ? r : 0;
}

static struct item item_of(const struct obligation *o, const struct decision_record *record)
{
	struct item item = content_item_about(o, record->owed ? ITEM_OWED : ITEM_ESCALATED);

	snprintf(item.step, sizeof(item.step), "%s", record->step ? record->step->text : WALK_SEEN);
	item.repetition = record->firing.repetition;
	item.late = record->late;
	return item;
}

static int nothing_comes(struct previewing *p)
{
	const bool reminder = p->kind->what == ITEM_OWED;
	char about[ITEM_ID + 8] = "", to[ID_MAX + 8] = "";

	if (p->asked->item)
		snprintf(about, sizeof(about), " about %s", p->asked->item);
	if (p->asked->person.text)
		snprintf(to, sizeof(to), " to %s", p->asked->person.text);
	return (int)reject(p->why, REJECT_BAD_DATA,
			   p->cut ? "no %s%s%s is among the %d that come first: name another item"
				  : "no %s%s%s is to come: what is asked is answered or closed, or "
				    "the ladder has no such step ahead",
			   reminder ? "reminder" : "escalation", to, about, PREVIEW_LOOK);
}

/* Who gets it, and when. */
static int find_first(struct previewing *p, struct walk *w, const struct obligations *all)
{
	const bool reminder = p->kind->what == ITEM_OWED;
	struct search s = { p->to.person, INSTANT_NONE, reminder, !reminder, false, { NULL } };
	const struct person *reader = NULL;
	int r = 0;

	for (size_t i = 0; r == 0 && i < all->count; i++) {
		r = search(p, w, &all->list[i], &s);
		if (r < 0 || !s.found ||
		    (reader && instant_compare(s.record.planned, p->when) >= 0))
			continue;
		reader = s.record.to.person;
		p->when = s.record.planned;
	}
	if (r == 0 && !reader)
		return nothing_comes(p);
	p->to.person = reader;
	return r;
}

/* A reminder takes in what is escalated to the same person at the same time. */
static int gather(struct previewing *p, struct walk *w, const struct obligations *all)
{
	const bool reminder = p->kind->what == ITEM_OWED;
	struct search s = { p->to.person, p->when, reminder, true, false, { NULL } };
	int r = 0;

	for (size_t i = 0; r == 0 && i < all->count; i++) {
		struct item item;

		r = search(p, w, &all->list[i], &s);
		if (r < 0 || !s.found)
			continue;
		item = item_of(&all->list[i], &s.record);
		r = preview_add(p, &item);
	}
	return r;
}

int preview_find_step(struct previewing *p)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	struct walk *w = NULL;
	int r = walk_from_ledger_new(p->e, p->now, &w);

	if (r == 0)
		r = preview_candidates(p, &all);
	if (r == 0)
		r = find_first(p, w, &all);
	if (r == 0)
		r = gather(p, w, &all);
	walk_free(w);
	return r;
}
