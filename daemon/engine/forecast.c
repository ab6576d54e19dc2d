/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What will be told is gathered as entries (when, to whom, about what): from the outbox, what waits
 * there; from the deadlines, the meetings that never come; from the obligations, every ruling of a
 * walk that goes on to the end of the time asked about. Sorted, entries of one instant, recipient and
 * kind are one message, as post.c would have merged them.
 *
 * Entries are small (32 bytes): a month of 100,000 obligations is some hundred thousand of them.
 */
#include "engine/forecast.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/post.h"
#include "engine/remind.h"
#include "engine/walk.h"
#include "plan/due.h"

#define PAGE 200 /* obligations of one slice */
#define NO_STEP UINT16_MAX
#define NO_INDEX UINT32_MAX

struct entry {
	int64_t when;	   /* µs */
	uint32_t to;	   /* as recipient_index says */
	uint32_t deadline; /* index into the plan's; NO_INDEX: none */
	uint32_t measure;
	uint16_t step;	/* index into the deadline's ladder; NO_STEP */
	uint16_t what;	/* enum item_what */
	uint32_t order; /* as they were found, so that sorting is stable */
};

/* A message: a run of entries on one channel. */
struct row {
	uint32_t first, count;
	uint16_t kind, channel; /* channel: index into the plan's */
};

enum stage { STAGE_WAITING, STAGE_DEADLINES, STAGE_OBLIGATIONS, STAGE_GROUP, STAGE_DONE };

struct forecast {
	struct engine *e;
	struct instant now, from, end;
	enum stage stage;
	int64_t after; /* the last message or obligation looked at */
	struct walk *walk;
	struct obligation *page;
	struct entry *entries;
	size_t entry_count, entry_room;
	struct row *rows;
	size_t row_count, row_room;
	const struct obligation *o; /* walked now */
};

int forecast_new(struct forecast **ret, struct engine *e, struct instant now,
		 struct civil_date from, struct civil_date until)
{
	struct forecast *f = calloc(1, sizeof(*f));
	int r = f ? 0 : -ENOMEM;

	if (r == 0) {
		f->e = e;
		f->now = now;
		f->from = instant_max(now, zone_midnight(from));
		f->end = zone_midnight(civil_add(until, 1));
		f->page = calloc(PAGE, sizeof(*f->page));
		r = f->page ? walk_new(&f->walk, e->plan) : -ENOMEM;
	}
	if (r < 0) {
		forecast_free(f);
		return r;
	}
	*ret = f;
	return 0;
}

struct forecast *forecast_free(struct forecast *f)
{
	if (f) {
		walk_free(f->walk);
		free(f->page);
		free(f->entries);
		free(f->rows);
		free(f);
	}
	return NULL;
}

/* Make room for one more element of an array. */
static int make_room(void **list, size_t count, size_t *room, size_t size)
{
	size_t more = *room ? 2 * *room : 64;
	void *grown;

	if (count < *room)
		return 0;
	grown = reallocarray(*list, more, size);
	if (!grown)
		return -ENOMEM;
	*list = grown;
	*room = more;
	return 0;
}

/* The index of a recipient: people by their place in the plan, channels after them. */
static uint32_t recipient_index(const struct plan *plan, struct recipient to)
{
	return to.person ? (uint32_t)(to.person - plan->people)
			 : (uint32_t)(plan->person_count + (size_t)(to.channel - plan->channels));
}

static struct recipient recipient_at(const struct plan *plan, uint32_t index)
{
	struct recipient r = { 0 };

	if (index < plan->person_count)
		r.person = &plan->people[index];
	else
		r.channel = &plan->channels[index - plan->person_count];
	return r;
}

static int add_entry(struct forecast *f, struct instant when, struct recipient to,
		     enum item_what what, const char *deadline, const char *measure,
		     const struct step *step)
{
	const struct plan *plan = f->e->plan;
	const struct deadline *d = plan_deadline(plan, deadline);
	const struct measure *m = plan_measure(plan, measure);
	struct entry entry = { .when = when.us, .what = (uint16_t)what };
	int r;

	if (instant_compare(when, f->from) < 0 || instant_compare(when, f->end) >= 0)
		return 0;
	r = make_room((void **)&f->entries, f->entry_count, &f->entry_room, sizeof(entry));
	if (r < 0)
		return r;
	entry.to = recipient_index(plan, to);
	entry.deadline = d ? (uint32_t)(d - plan->deadlines) : NO_INDEX;
	entry.measure = m ? (uint32_t)(m - plan->measures) : NO_INDEX;
	entry.step = d && step ? (uint16_t)(step - d->ladder->steps) : NO_STEP;
	entry.order = (uint32_t)f->entry_count;
	f->entries[f->entry_count++] = entry;
	return 0;
}

/* ---- what waits in the outbox already --------------------------------------------------------- */

struct waiting {
	struct forecast *f;
	struct recipient to;
	struct instant when;
};

static const struct step *find_step(const struct plan *plan, const struct item *item)
{
	const struct deadline *d = plan_deadline(plan, item->deadline);

	for (size_t i = 0; d && i < d->ladder->step_count; i++)
		if (strcmp(d->ladder->steps[i].text, item->step) == 0)
			return &d->ladder->steps[i];
	return NULL;
}

static int add_waiting(void *userdata, const struct item *item)
{
	const struct waiting *w = userdata;

	if (item->moot)
		return 0;
	return add_entry(w->f, w->when, w->to, (enum item_what)item->what, item->deadline,
			 item->measure, find_step(w->f->e->plan, item));
}

/* A person's message stands on each of their channels: the first one speaks for all. */
static bool is_first_channel(const struct message *m, struct recipient to)
{
	return !to.person || strcmp(to.person->channels[0]->name, m->channel) == 0;
}

static int work_waiting(struct forecast *f)
{
	const unsigned waiting = 1U << MESSAGE_PENDING | 1U << MESSAGE_RETRY;
	struct message batch[32];
	int count = ledger_messages(f->e->ledger, waiting, f->after, batch, 32);

	for (int i = 0; i < count; i++) {
		struct waiting w = { .f = f };
		int r;

		f->after = batch[i].id;
		if (!recipient_find(f->e->plan, batch[i].to, &w.to) ||
		    !is_first_channel(&batch[i], w.to))
			continue;
		w.when = instant_max(batch[i].next_attempt, f->now);
		w.when = calendar_next_open(f->e->plan->calendar, w.when);
		r = ledger_items(f->e->ledger, batch[i].id, add_waiting, &w);
		if (r < 0)
			return r;
	}
	if (count > 0)
		return 1;
	f->stage = STAGE_DEADLINES;
	f->after = 0;
	return count < 0 ? count : 1;
}

/* ---- meetings that never come ----------------------------------------------------------------- */

static int add_unbound(void *userdata, const struct deadline_row *row)
{
	struct forecast *f = userdata;
	const struct deadline *d = plan_deadline(f->e->plan, row->id);
	struct recipient_list support = { .count = 0 };
	struct instant when;
	int r = 0;

	if (!d || row->closed || instant_is_none(row->next_at) ||
	    instant_compare(row->next_at, f->end) >= 0)
		return 0;
	when = calendar_next_open(f->e->plan->calendar, instant_max(row->next_at, f->now));
	recipient_add_support(&support, f->e->plan);
	for (size_t i = 0; r >= 0 && i < support.count; i++)
		r = add_entry(f, when, support.list[i], ITEM_UNBOUND, row->id, "", NULL);
	return r;
}

static int work_deadlines(struct forecast *f)
{
	int r = ledger_deadlines(f->e->ledger, add_unbound, f);

	f->stage = STAGE_OBLIGATIONS;
	return r < 0 ? r : 1;
}

/* ---- obligations ------------------------------------------------------------------------------- */

static int add_ruling(void *userdata, const struct ruling *ruling)
{
	struct forecast *f = userdata;

	if (ruling->decision != DECISION_SENT)
		return 0;
	if (ruling->owed)
		walk_reached(f->walk, ruling->planned);
	return add_entry(f, ruling->planned, ruling->to, ruling->owed ? ITEM_OWED : ITEM_ESCALATED,
			 f->o->deadline, f->o->measure, ruling->step);
}

/* Support hears that somebody can't be reached, when that is already so. */
static int add_unreached(struct forecast *f, const struct obligation *o, struct instant when)
{
	struct recipient_list support = { .count = 0 };
	int r = 0;

	recipient_add_support(&support, f->e->plan);
	for (size_t i = 0; r >= 0 && i < support.count; i++)
		r = add_entry(f, when, support.list[i], ITEM_UNREACHED, o->deadline, o->measure,
			      NULL);
	return r;
}

static int walk_to_the_end(struct forecast *f, struct obligation *o)
{
	int r = remind_foresee(f->e, f->walk, o, f->now);

	f->o = o;
	while (r >= 0 && instant_compare(o->next_at, f->end) < 0) {
		struct instant when = instant_max(o->next_at, f->now);
		bool unreached;

		r = walk_on(f->walk, when, add_ruling, f, &unreached);
		if (r >= 0 && unreached)
			r = add_unreached(f, o, when);
	}
	return r == -ENOENT ? 0 : r;
}

static int work_obligations(struct forecast *f)
{
	int r = 0, count = ledger_obligations_after(f->e->ledger, f->after, f->page, PAGE);

	for (int i = 0; r >= 0 && i < count; i++) {
		struct obligation *o = &f->page[i];

		f->after = o->id;
		if (o->phase == PHASE_LIVE && instant_compare(o->next_at, f->end) < 0)
			r = walk_to_the_end(f, o);
	}
	if (count == 0)
		f->stage = STAGE_GROUP;
	return count < 0 ? count : r < 0 ? r : 1;
}

/* ---- messages ----------------------------------------------------------------------------------- */

static bool is_ladder(const struct entry *e)
{
	return e->what == ITEM_OWED || e->what == ITEM_ESCALATED;
}

/* What entries of one message have in common: ladder items merge, other kinds with their own. */
static int group_of(const struct entry *e)
{
	return is_ladder(e) ? -1 : (int)item_kind((enum item_what)e->what);
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->when != y->when)
		return x->when < y->when ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	if (group_of(x) != group_of(y))
		return group_of(x) < group_of(y) ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int add_rows(struct forecast *f, size_t first, size_t count)
{
	const struct plan *plan = f->e->plan;
	const struct entry *e = &f->entries[first];
	struct recipient to = recipient_at(plan, e->to);
	size_t channels = to.person ? to.person->channel_count : 1;
	enum message_kind kind = item_kind((enum item_what)e->what);

	for (size_t i = first; is_ladder(e) && i < first + count; i++)
		if (f->entries[i].what == ITEM_OWED)
			kind = KIND_REMINDER;
	for (size_t i = 0; i < channels; i++) {
		const struct channel *channel = to.person ? to.person->channels[i] : to.channel;
		int r = make_room((void **)&f->rows, f->row_count, &f->row_room, sizeof(*f->rows));

		if (r < 0)
			return r;
		f->rows[f->row_count++] = (struct row){
			.first = (uint32_t)first,
			.count = (uint32_t)count,
			.kind = (uint16_t)kind,
			.channel = (uint16_t)(channel - plan->channels),
		};
	}
	return 0;
}

static int work_group(struct forecast *f)
{
	size_t next;
	int r = 0;

	if (f->entry_count)
		qsort(f->entries, f->entry_count, sizeof(*f->entries), compare_entries);
	for (size_t i = 0; r >= 0 && i < f->entry_count; i = next) {
		const struct entry *e = &f->entries[i];

		for (next = i + 1; next < f->entry_count; next++)
			if (f->entries[next].when != e->when || f->entries[next].to != e->to ||
			    group_of(&f->entries[next]) != group_of(e))
				break;
		r = add_rows(f, i, next - i);
	}
	f->stage = STAGE_DONE;
	return r;
}

int forecast_work(struct forecast *f)
{
	static int (*const stages[])(struct forecast * f) = {
		[STAGE_WAITING] = work_waiting,
		[STAGE_DEADLINES] = work_deadlines,
		[STAGE_OBLIGATIONS] = work_obligations,
		[STAGE_GROUP] = work_group,
	};

	return f->stage == STAGE_DONE ? 0 : stages[f->stage](f);
}

size_t forecast_count(const struct forecast *f)
{
	return f->row_count;
}

json_t *forecast_row(const struct forecast *f, size_t i)
{
	const struct plan *plan = f->e->plan;
	const struct row *row = &f->rows[i];
	const struct entry *e = &f->entries[row->first];
	char when[RFC3339_TEXT], to[RECIPIENT_ID];
	json_t *items = json_array();

	for (const struct entry *x = e; items && x < e + row->count; x++) {
		const struct deadline *d =
			x->deadline == NO_INDEX ? NULL : &plan->deadlines[x->deadline];

		json_array_append_new(
			items,
			json_pack("{ss? ss? ss?}", "deadline", d ? d->id : NULL, "measure",
				  x->measure == NO_INDEX ? NULL : plan->measures[x->measure].id,
				  "step",
				  x->step == NO_STEP ? NULL : d->ladder->steps[x->step].text));
	}
	return json_pack("{ss ss ss ss so}", "when", zone_format((struct instant){ e->when }, when),
			 "to", recipient_id(recipient_at(plan, e->to), to), "channel",
			 plan->channels[row->channel].name, "kind",
			 message_kind_name((enum message_kind)row->kind), "items", items);
}
