/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entries are read from the ledger as it stands. What a message says of a deadline as a whole is, to who
 * owes something of it, an entry for each thing they owe: these are what their calendar has already.
 */
#include "engine/obligation/agenda_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/own_meeting.h"
#include "engine/outbox/item.h"
#include "ledger/lists.h"
#include "plan/due.h"

void agenda_done(struct agenda *agenda)
{
	free(agenda->list);
	*agenda = (struct agenda){ 0 };
}

/* ---- one entry ------------------------------------------------------------------------------------ */

static bool is_there(const struct agenda *agenda, const struct agenda_entry *like)
{
	for (size_t i = 0; i < agenda->count; i++) {
		const struct agenda_entry *entry = &agenda->list[i];

		if (entry->what == like->what && strcmp(entry->deadline, like->deadline) == 0 &&
		    strcmp(entry->measure, like->measure) == 0 &&
		    civil_equal(entry->first, like->first))
			return true;
	}
	return false;
}

int agenda_add(struct adding *a, const struct agenda_entry *entry)
{
	struct agenda *agenda = a->agenda;
	int r;

	if (a->several && is_there(agenda, entry))
		return 0;
	r = array_grow(&agenda->list, agenda->count, &agenda->room);

	if (r == 0)
		agenda->list[agenda->count++] = *entry;
	return r;
}

static struct agenda_entry entry_of_deadline(const struct deadline *d, enum agenda_what what)
{
	struct agenda_entry entry = {
		.what = what,
		.title = d->title,
		.decision = d->decision && d->decision[0] ? d->decision : NULL,
		.first = CIVIL_NONE,
		.body = body_id(NULL),
		.time = TIME_OF_DAY_NONE,
	};

	snprintf(entry.deadline, sizeof(entry.deadline), "%s", d->id.text);
	return entry;
}

/* Whose meeting it is for, and whether that may still be elsewhere: it is not known, and no date was decided. */
static void name_meeting(struct agenda_entry *entry, const struct chain_stop *stop,
			 bool provisional, bool extended_to_date)
{
	entry->provisional = provisional;
	entry->tentative = provisional && !extended_to_date && !entry->answered;
	if (stop->body) {
		entry->body = stop->body->id;
		entry->body_name = stop->body->name;
	}
}

static void name_measure(struct agenda_entry *entry, const struct measure *m)
{
	entry->what = AGENDA_ANSWER;
	entry->deadline_title = entry->title;
	entry->title = m->title;
	snprintf(entry->measure, sizeof(entry->measure), "%s", m->id.text);
	if (!entry->decision && m->decision[0])
		entry->decision = m->decision;
}

/* What an obligation is to the reader. */
enum theirs {
	ENTRY_ANOTHERS, /* somebody else is asked for it */
	ENTRY_THEIRS,
	ENTRY_TAKEN, /* it was theirs, and is somebody else's now */
};

/* What has left the plan is withdrawn, and has no words any more but its ids. */
static struct agenda_entry entry_of_ids(const struct obligation *o)
{
	struct agenda_entry entry = {
		.what = o->measure[0] ? AGENDA_ANSWER : AGENDA_DELIVERABLE,
		.first = CIVIL_NONE,
		.body = body_id(NULL),
	};

	snprintf(entry.deadline, sizeof(entry.deadline), "%s", o->deadline);
	snprintf(entry.measure, sizeof(entry.measure), "%s", o->measure);
	return entry;
}

static int name_meeting_of(struct adding *a, const struct deadline *d, const struct obligation *o,
			   struct agenda_entry *entry)
{
	struct obligation_due due;
	struct chain_stop stop;
	struct deadline_row row;
	int r = ledger_deadline(a->e->ledger, d->id, &row);

	if (r >= 0)
		r = chain_find_stop(a->e, d, &row, NULL, &stop);
	if (r >= 0)
		r = obligation_due_find(a->e, d, &row, o, &due);
	if (r < 0)
		return r;
	if (due.is_own)
		stop.body = due.deadline.due.body;
	name_meeting(entry, &stop, o->provisional, due.on_date);
	if (d->via_count && !due.is_own)
		entry->due = stop.due;
	return 0;
}

static int add_obligation(struct adding *a, const struct obligation *o, enum theirs theirs)
{
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(o->deadline));
	const struct measure *m = plan_measure(a->e->plan, measure_id(o->measure));
	const bool left = !d || (o->measure[0] && !m);
	struct agenda_entry entry =
		left ? entry_of_ids(o) : entry_of_deadline(d, AGENDA_DELIVERABLE);

	int r = 0;

	if (left && o->phase != PHASE_WITHDRAWN)
		return 0;
	if (!left && m)
		name_measure(&entry, m);
	entry.answered = o->phase == PHASE_ANSWERED;
	entry.cancelled = o->phase == PHASE_WITHDRAWN || theirs == ENTRY_TAKEN;
	entry.asked = o->phase == PHASE_LIVE && theirs == ENTRY_THEIRS;
	entry.due = o->due;
	if (!left)
		r = name_meeting_of(a, d, o, &entry);
	entry.sequence = o->sequence;
	entry.papers = o->papers;
	entry.practical = o->practical;
	entry.time = due_time_limit(o->late_at, o->papers);
	return r < 0 ? r : agenda_add(a, &entry);
}

int agenda_add_whole(struct adding *a, const struct deadline *d, const struct deadline_row *row)
{
	const struct dates dates = deadline_dates(a->e->plan, d, row);
	struct agenda_entry entry = entry_of_deadline(d, AGENDA_PAPERS);
	struct chain_stop stop;
	int r = chain_find_stop(a->e, d, row, a->body, &stop);

	if (r < 0)
		return r;
	entry.answered = row->state == DEADLINE_SUBMITTED || stop.is_passed;
	entry.cancelled = deadline_is_closed(row) && !entry.answered;
	name_meeting(&entry, &stop, dates.provisional, !civil_is_none(row->extended));
	entry.sequence = row->sequence;
	entry.papers = row->papers;
	entry.practical = dates.practical;
	entry.due = row->due;
	entry.time = due_time_limit(dates.late_at, row->papers);
	if (d->via_count) {
		entry.due = stop.due;
		entry.provisional = stop.provisional;
		entry.tentative &= stop.provisional;
	}
	if (d->via_count && a->body) {
		entry.papers = stop.papers;
		entry.practical = calendar_practical(a->e->plan->calendar, stop.papers);
	}
	return agenda_add(a, &entry);
}

/* ---- of a message --------------------------------------------------------------------------------- */

static bool owes(const struct adding *a, const struct obligation *o)
{
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(o->deadline));

	return d && walk_owes(a->e->plan, d, o) == a->reader;
}

static int add_one(struct adding *a, struct obligation_id id, bool asked)
{
	struct obligation o;
	int r = ledger_obligation(a->e->ledger, id, &o);

	if (r < 0 || o.phase == PHASE_ANSWERED)
		return r;
	return add_obligation(a, &o, asked || owes(a, &o) ? ENTRY_THEIRS : ENTRY_ANOTHERS);
}

static int add_owed(struct adding *a, const struct item *item)
{
	return item->obligation.n ? add_one(a, item->obligation, true) : 0;
}

/* The reader owes none of it any more; an entry that they never had is removed for nothing. */
static int add_taken(struct adding *a, const struct item *item)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = item->measure[0]
			? list_of_measure(a->e->ledger, measure_id(item->measure), &all)
			: list_of_deadline(a->e->ledger, deadline_id(item->deadline), &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++)
		if (strcmp(all.list[i].measure, item->measure) == 0 &&
		    all.list[i].phase == PHASE_LIVE && !owes(a, &all.list[i]))
			r = add_obligation(a, &all.list[i], ENTRY_TAKEN);
	return r;
}

static int add_moved(struct adding *a, const struct item *item)
{
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(item->deadline));
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	const size_t before = a->agenda->count;
	struct deadline_row row;
	bool found;
	int r;

	if (item->obligation.n)
		return add_one(a, item->obligation, false);
	if (!d)
		return 0;
	r = list_of_deadline(a->e->ledger, d->id, &all);
	for (size_t i = 0; r >= 0 && i < all.count; i++)
		if (all.list[i].phase == PHASE_LIVE && owes(a, &all.list[i]))
			r = add_obligation(a, &all.list[i], ENTRY_THEIRS);
	if (r < 0 || a->agenda->count > before)
		return r;
	r = ledger_find_deadline(a->e->ledger, d->id, &row, &found);
	return r < 0 || !found ? r : agenda_add_whole(a, d, &row);
}

/* All was handed in without what the reader still owed of it. */
static int add_withdrawn(struct adding *a, const struct item *item)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_deadline(a->e->ledger, deadline_id(item->deadline), &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++)
		if (all.list[i].withdrawal == WITHDRAWN_SUBMITTED && owes(a, &all.list[i]))
			r = add_obligation(a, &all.list[i], ENTRY_THEIRS);
	return r;
}

static int (*const adders[ITEM_WHATS])(struct adding *a, const struct item *item) = {
	[ITEM_OWED] = add_owed,		[ITEM_ASSIGNED] = add_owed,
	[ITEM_UNASSIGNED] = add_taken,	[ITEM_MOVED] = add_moved,
	[ITEM_RETURNED] = add_moved,	[ITEM_SUBMITTED] = add_withdrawn,
	[ITEM_OUTCOME] = add_withdrawn, [ITEM_PASSED] = add_moved,
};

int agenda_of_items(struct agenda *agenda, struct engine *e, const struct agenda_items *items)
{
	struct adding a = { .agenda = agenda, .e = e, .reader = items->reader, .several = true };
	int r = 0;

	for (size_t i = 0; r >= 0 && items->reader && i < items->count; i++)
		if (adders[items->list[i].what])
			r = adders[items->list[i].what](&a, &items->list[i]);
	return r;
}

/* ---- of a person ---------------------------------------------------------------------------------- */

struct civil_date agenda_past_from(struct instant now)
{
	return civil_add(zone_date(now), -AGENDA_DAYS_PAST);
}

#define ENOUGH 1 /* so much that the rest is left out */

static int add_of_person(void *userdata, const struct obligation *o)
{
	struct adding *a = userdata;
	int r = add_obligation(a, o, ENTRY_THEIRS);

	return r == 0 && a->agenda->count >= AGENDA_MAX ? ENOUGH : r;
}

int agenda_of_person(struct agenda *agenda, struct engine *e, const struct person *person,
		     struct instant now)
{
	struct adding a = {
		.agenda = agenda, .e = e, .reader = person, .from = agenda_past_from(now)
	};
	int r = ledger_obligations_of_owner(e->ledger, person->id, a.from, add_of_person, &a);

	return r == ENOUGH ? 0 : r;
}
