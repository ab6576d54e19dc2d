/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What will be told is gathered as entries (to whom, about what), in a bucket for each instant: from
 * the outbox, what waits there; from the deadlines, the meetings that never come; from the
 * obligations, every ruling of a walk that goes on to the end of the time asked about. Then each bucket
 * is sorted, and its entries for one recipient and kind are one message, as post.c would have merged
 * them.
 *
 * Entries are small (16 bytes): a month of 100,000 obligations may be a million of them. Buckets are
 * few, and each is sorted in a slice of its own, by counting, in a few milliseconds at most.
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
	uint32_t to;	   /* as recipient_index says */
	uint32_t deadline; /* index into the plan's; NO_INDEX: none */
	uint32_t measure;
	uint16_t step; /* index into the deadline's ladder; NO_STEP */
	uint16_t what; /* enum item_what */
};

/* What is told at one instant; or in one message that has been tried already, which nothing joins. */
struct bucket {
	struct instant when;
	const struct channel *tried; /* that message's; else NULL, and all channels of a person */
	struct entry *entries;
	size_t count, room;
};

/* A message: a run of a bucket's entries on one channel. */
struct row {
	uint32_t bucket, first, count;
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
	struct bucket *buckets; /* in order of time */
	size_t bucket_count, bucket_room;
	size_t grouped; /* buckets whose rows are made */
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
		for (size_t i = 0; i < f->bucket_count; i++)
			free(f->buckets[i].entries);
		free(f->buckets);
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

/* The place of an instant among the buckets: the first that is not before it. */
static size_t find_place(const struct forecast *f, struct instant when)
{
	size_t low = 0, high = f->bucket_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (instant_compare(f->buckets[middle].when, when) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int add_bucket(struct forecast *f, size_t place, struct instant when,
		      const struct channel *tried)
{
	int r = make_room((void **)&f->buckets, f->bucket_count, &f->bucket_room,
			  sizeof(*f->buckets));

	if (r < 0)
		return r;
	memmove(&f->buckets[place + 1], &f->buckets[place],
		(f->bucket_count - place) * sizeof(*f->buckets));
	f->buckets[place] = (struct bucket){ .when = when, .tried = tried };
	f->bucket_count++;
	return 0;
}

/* The bucket that is joined at an instant, which goes before those of tried messages. */
static int join_bucket(struct forecast *f, struct instant when, struct bucket **ret)
{
	size_t place = find_place(f, when);

	if (place == f->bucket_count || f->buckets[place].when.us != when.us ||
	    f->buckets[place].tried) {
		int r = add_bucket(f, place, when, NULL);

		if (r < 0)
			return r;
	}
	*ret = &f->buckets[place];
	return 0;
}

/* A bucket of its own for a message that has been tried. */
static int own_bucket(struct forecast *f, struct instant when, const struct channel *channel,
		      struct bucket **ret)
{
	size_t place = find_place(f, when);
	int r;

	while (place < f->bucket_count && f->buckets[place].when.us == when.us)
		place++;
	r = add_bucket(f, place, when, channel);
	if (r < 0)
		return r;
	*ret = &f->buckets[place];
	return 0;
}

static int put_entry(struct forecast *f, struct bucket *b, struct recipient to, enum item_what what,
		     const char *deadline, const char *measure, const struct step *step)
{
	const struct plan *plan = f->e->plan;
	const struct deadline *d = plan_deadline(plan, deadline);
	const struct measure *m = plan_measure(plan, measure);
	int r = make_room((void **)&b->entries, b->count, &b->room, sizeof(*b->entries));

	if (r < 0)
		return r;
	b->entries[b->count++] = (struct entry){
		.to = recipient_index(plan, to),
		.deadline = d ? (uint32_t)(d - plan->deadlines) : NO_INDEX,
		.measure = m ? (uint32_t)(m - plan->measures) : NO_INDEX,
		.step = d && step ? (uint16_t)(step - d->ladder->steps) : NO_STEP,
		.what = (uint16_t)what,
	};
	return 0;
}

static bool is_asked_about(const struct forecast *f, struct instant when)
{
	return instant_compare(when, f->from) >= 0 && instant_compare(when, f->end) < 0;
}

static int add_entry(struct forecast *f, struct instant when, struct recipient to,
		     enum item_what what, const char *deadline, const char *measure,
		     const struct step *step)
{
	struct bucket *b;
	int r;

	if (!is_asked_about(f, when))
		return 0;
	r = join_bucket(f, when, &b);
	return r < 0 ? r : put_entry(f, b, to, what, deadline, measure, step);
}

/* ---- what waits in the outbox already --------------------------------------------------------- */

struct waiting {
	struct forecast *f;
	struct recipient to;
	struct bucket *bucket;
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
	return put_entry(w->f, w->bucket, w->to, (enum item_what)item->what, item->deadline,
			 item->measure, find_step(w->f->e->plan, item));
}

/* A person's message stands on each of their channels: the first one speaks for all, until it has been
 * tried. */
static bool is_first_channel(const struct message *m, struct recipient to)
{
	return !to.person || strcmp(to.person->channels[0]->name, m->channel) == 0;
}

static int work_message(struct forecast *f, const struct message *m)
{
	const struct plan *plan = f->e->plan;
	const struct channel *channel = plan_channel(plan, m->channel);
	struct instant when =
		calendar_next_open(plan->calendar, instant_max(m->next_attempt, f->now));
	struct waiting w = { .f = f };
	int r;

	if (!channel || !recipient_find(plan, m->to, &w.to) || !is_asked_about(f, when))
		return 0;
	if (m->attempts > 0)
		r = own_bucket(f, when, channel, &w.bucket);
	else if (is_first_channel(m, w.to))
		r = join_bucket(f, when, &w.bucket);
	else
		return 0;
	return r < 0 ? r : ledger_items(f->e->ledger, m->id, add_waiting, &w);
}

static int work_waiting(struct forecast *f)
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

/* What the entries of one message at one instant have in common: the recipient, and that they are of
 * the ladder, or else their kind. */
static size_t message_of(const struct entry *e)
{
	size_t kind = is_ladder(e) ? 0 : 1 + (size_t)item_kind((enum item_what)e->what);

	return e->to * (KINDS + 1UL) + kind;
}

/* Sort by message, and what is equal stays in the order it was found: by counting, since there are
 * many entries and few messages. */
static int sort_bucket(const struct forecast *f, struct bucket *b)
{
	const struct plan *plan = f->e->plan;
	size_t messages = (plan->person_count + plan->channel_count) * (KINDS + 1UL);
	uint32_t *places = calloc(messages + 1, sizeof(*places));
	struct entry *sorted = calloc(b->count + 1, sizeof(*sorted));

	if (!places || !sorted) {
		free(places);
		free(sorted);
		return -ENOMEM;
	}
	for (size_t i = 0; i < b->count; i++)
		places[message_of(&b->entries[i]) + 1]++;
	for (size_t i = 0; i < messages; i++)
		places[i + 1] += places[i];
	for (size_t i = 0; i < b->count; i++)
		sorted[places[message_of(&b->entries[i])]++] = b->entries[i];
	free(places);
	free(b->entries);
	b->entries = sorted;
	b->room = b->count;
	return 0;
}

/* One message, on each channel of its recipient. */
static int add_rows(struct forecast *f, const struct bucket *b, size_t first, size_t count)
{
	const struct plan *plan = f->e->plan;
	const struct entry *e = &b->entries[first];
	struct recipient to = recipient_at(plan, e->to);
	size_t channels = to.person && !b->tried ? to.person->channel_count : 1;
	enum message_kind kind = item_kind((enum item_what)e->what);

	for (size_t i = first; is_ladder(e) && i < first + count; i++)
		if (b->entries[i].what == ITEM_OWED)
			kind = KIND_REMINDER;
	for (size_t i = 0; i < channels; i++) {
		const struct channel *channel = b->tried    ? b->tried
						: to.person ? to.person->channels[i]
							    : to.channel;
		int r = make_room((void **)&f->rows, f->row_count, &f->row_room, sizeof(*f->rows));

		if (r < 0)
			return r;
		f->rows[f->row_count++] = (struct row){
			.bucket = (uint32_t)(b - f->buckets),
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
	struct bucket *b;
	size_t next;
	int r;

	if (f->grouped == f->bucket_count) {
		f->stage = STAGE_DONE;
		return 0;
	}
	b = &f->buckets[f->grouped++];
	r = sort_bucket(f, b);
	for (size_t i = 0; r >= 0 && i < b->count; i = next) {
		for (next = i + 1; next < b->count; next++)
			if (message_of(&b->entries[next]) != message_of(&b->entries[i]))
				break;
		r = add_rows(f, b, i, next - i);
	}
	return r < 0 ? r : 1;
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
	const struct bucket *b = &f->buckets[row->bucket];
	const struct entry *e = &b->entries[row->first];
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
	return json_pack("{ss ss ss ss so}", "when", zone_format(b->when, when), "to",
			 recipient_id(recipient_at(plan, e->to), to), "channel",
			 plan->channels[row->channel].name, "kind",
			 message_kind_name((enum message_kind)row->kind), "items", items);
}
