/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries (to whom, about what) lie in a bucket for each instant. When all is gathered each bucket is
 * sorted, and its entries for one recipient and kind are one message, a row for each channel.
 *
 * Entries are small (16 bytes): a month of 100,000 obligations may be a million of them. Buckets are
 * few, and each is sorted in a slice of its own, by counting, in a few milliseconds at most.
 */
#include "engine/forecast/virtual_outbox.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/ladder/walk.h"

#define NO_STEP UINT16_MAX
#define SEEN_STEP (UINT16_MAX - 1) /* WALK_SEEN, which is in no ladder */
#define NO_INDEX UINT32_MAX

struct entry {
	uint32_t to;	   /* as recipient_index says */
	uint32_t deadline; /* as deadline_index says; NO_INDEX: none */
	uint32_t measure;
	uint16_t step; /* index into the deadline's ladder; NO_STEP */
	uint16_t what : 5,
		repetition : 11; /* enum item_what; how often the step has been repeated */
};
#define REPETITION_MAX 2047 /* plan/ladder.c: none has more than 1200 */
static_assert(ITEM_WHATS <= 32, "an entry has room for it");

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

struct virtual_outbox {
	const struct plan *plan;
	enum message_kind merges_as[KINDS]; /* the first kind that one may be merged with */
	struct bucket *buckets;		    /* in order of time */
	size_t bucket_count, bucket_room;
	size_t grouped; /* buckets whose rows are made */
	struct row *rows;
	size_t row_count, row_room;
	const struct deadline **occurrences; /* that entries name, some more than once */
	size_t occurrence_count, occurrence_room;
};

int virtual_outbox_new(struct virtual_outbox **ret, const struct plan *plan)
{
	struct virtual_outbox *f = calloc(1, sizeof(*f));

	if (!f)
		return -ENOMEM;
	f->plan = plan;
	for (enum message_kind kind = 0; kind < KINDS; kind++)
		while (f->merges_as[kind] < kind && !kinds_merge(kind, f->merges_as[kind]))
			f->merges_as[kind]++;
	*ret = f;
	return 0;
}

struct virtual_outbox *virtual_outbox_free(struct virtual_outbox *f)
{
	if (f) {
		for (size_t i = 0; i < f->bucket_count; i++)
			free(f->buckets[i].entries);
		free(f->buckets);
		free(f->rows);
		free(f->occurrences);
		free(f);
	}
	return NULL;
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

static int compare_bucket(const void *when, const void *bucket)
{
	return instant_compare(*(const struct instant *)when,
			       ((const struct bucket *)bucket)->when);
}

/* The place of an instant among the buckets: the first that is not before it. */
static size_t find_place(const struct virtual_outbox *f, struct instant when)
{
	return array_place(&when, f->buckets, f->bucket_count, sizeof(*f->buckets), compare_bucket);
}

static int add_bucket(struct virtual_outbox *f, size_t place, struct instant when,
		      const struct channel *tried)
{
	int r = array_grow(&f->buckets, f->bucket_count, &f->bucket_room);

	if (r < 0)
		return r;
	memmove(&f->buckets[place + 1], &f->buckets[place],
		(f->bucket_count - place) * sizeof(*f->buckets));
	f->buckets[place] = (struct bucket){ .when = when, .tried = tried };
	f->bucket_count++;
	return 0;
}

/* Those that are joined go before those of tried messages. */
int virtual_outbox_at(struct virtual_outbox *f, struct instant when, struct bucket_at *ret)
{
	size_t place = find_place(f, when);

	if (place == f->bucket_count || f->buckets[place].when.us != when.us ||
	    f->buckets[place].tried) {
		int r = add_bucket(f, place, when, NULL);

		if (r < 0)
			return r;
	}
	ret->bucket = place;
	return 0;
}

int virtual_outbox_apart(struct virtual_outbox *f, struct instant when,
			 const struct channel *channel, struct bucket_at *ret)
{
	size_t place = find_place(f, when);
	int r;

	while (place < f->bucket_count && f->buckets[place].when.us == when.us)
		place++;
	r = add_bucket(f, place, when, channel);
	if (r < 0)
		return r;
	ret->bucket = place;
	return 0;
}

/*
 * The index of a deadline: the plan's by their place in it, occurrences after them. One occurrence may
 * have several indexes: only whether it is the newest again is asked, as it mostly is, since what is
 * posted of one comes together. To look through them all made a forecast of many occurrences quadratic,
 * and an index too many costs eight bytes.
 */
static int deadline_index(struct virtual_outbox *f, const struct deadline *d, uint32_t *ret)
{
	size_t count = f->occurrence_count;

	*ret = d ? (uint32_t)(d - f->plan->deadlines) : NO_INDEX;
	if (!d || !d->series)
		return 0;
	if (count == 0 || f->occurrences[count - 1] != d) {
		int r = array_grow(&f->occurrences, count, &f->occurrence_room);

		if (r < 0)
			return r;
		f->occurrences[count++] = d;
		f->occurrence_count = count;
	}
	*ret = (uint32_t)(f->plan->deadline_count + count - 1);
	return 0;
}

static const struct deadline *deadline_at(const struct virtual_outbox *f, uint32_t index)
{
	const size_t first = f->plan->deadline_count;

	if (index == NO_INDEX)
		return NULL;
	return index < first ? &f->plan->deadlines[index] : f->occurrences[index - first];
}

/* The step's text is the ladder's own, or that of an item that waits. */
static uint16_t step_index(const struct deadline *d, const char *step)
{
	if (!d || !step)
		return NO_STEP;
	for (size_t i = 0; i < d->ladder->step_count; i++)
		if (d->ladder->steps[i].text == step)
			return (uint16_t)i;
	if (strcmp(step, WALK_SEEN) == 0)
		return SEEN_STEP;
	for (size_t i = 0; i < d->ladder->step_count; i++)
		if (strcmp(d->ladder->steps[i].text, step) == 0)
			return (uint16_t)i;
	return NO_STEP;
}

static const char *step_text(const struct deadline *d, uint16_t step)
{
	if (step == NO_STEP)
		return NULL;
	return step == SEEN_STEP ? WALK_SEEN : d->ladder->steps[step].text;
}

int virtual_outbox_add(struct virtual_outbox *f, struct bucket_at at, struct recipient to,
		       const struct posting *posting)
{
	struct bucket *b = &f->buckets[at.bucket];
	const struct plan *plan = f->plan;
	const struct measure *m =
		posting->measure.text ? plan_measure(plan, posting->measure) : NULL;
	const unsigned repeated =
		posting->step ? walk_repeated(posting->step, posting->repetition) : 0;
	int r = array_grow(&b->entries, b->count, &b->room);
	uint32_t deadline;

	assert(repeated <= REPETITION_MAX);
	if (r >= 0)
		r = deadline_index(f, posting->deadline, &deadline);
	if (r < 0)
		return r;
	b->entries[b->count++] = (struct entry){
		.to = recipient_index(plan, to),
		.deadline = deadline,
		.measure = m ? (uint32_t)(m - plan->measures) : NO_INDEX,
		.step = step_index(posting->deadline, posting->step),
		.what = posting->what & 31,
		.repetition = repeated & REPETITION_MAX,
	};
	return 0;
}

/* ---- messages ----------------------------------------------------------------------------------- */

static enum message_kind kind_of(const struct entry *e)
{
	return item_kind((enum item_what)e->what);
}

/* What the entries of one message at one instant have in common: the recipient, and the first of the
 * kinds that they may be merged with. */
static size_t message_of(const struct virtual_outbox *f, const struct entry *e)
{
	return e->to * (size_t)KINDS + f->merges_as[kind_of(e)];
}

/* Sort by message, and what is equal stays in the order it was found: by counting, since there are
 * many entries and few messages. */
static int sort_bucket(const struct virtual_outbox *f, struct bucket *b)
{
	const struct plan *plan = f->plan;
	size_t messages = (plan->person_count + plan->channel_count) * (size_t)KINDS;
	uint32_t *places = calloc(messages + 1, sizeof(*places));
	struct entry *sorted = calloc(b->count + 1, sizeof(*sorted));

	if (!places || !sorted) {
		free(places);
		free(sorted);
		return -ENOMEM;
	}
	for (size_t i = 0; i < b->count; i++)
		places[message_of(f, &b->entries[i]) + 1]++;
	for (size_t i = 0; i < messages; i++)
		places[i + 1] += places[i];
	for (size_t i = 0; i < b->count; i++)
		sorted[places[message_of(f, &b->entries[i])]++] = b->entries[i];
	free(places);
	free(b->entries);
	b->entries = sorted;
	b->room = b->count;
	return 0;
}

/* One message, on each channel of its recipient. */
static int add_rows(struct virtual_outbox *f, const struct bucket *b, size_t first, size_t count)
{
	const struct plan *plan = f->plan;
	const struct entry *e = &b->entries[first];
	struct recipient to = recipient_at(plan, e->to);
	size_t channels = to.person && !b->tried ? to.person->channel_count : 1;
	enum message_kind kind = kind_of(e);

	for (size_t i = first + 1; i < first + count; i++)
		kind = kind_merged(kind, kind_of(&b->entries[i]));
	for (size_t i = 0; i < channels; i++) {
		const struct channel *channel = b->tried    ? b->tried
						: to.person ? to.person->channels[i]
							    : to.channel;
		int r = array_grow(&f->rows, f->row_count, &f->row_room);

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

int virtual_outbox_group(struct virtual_outbox *f)
{
	struct bucket *b;
	size_t next;
	int r;

	if (f->grouped == f->bucket_count)
		return 0;
	b = &f->buckets[f->grouped++];
	r = sort_bucket(f, b);
	for (size_t i = 0; r >= 0 && i < b->count; i = next) {
		for (next = i + 1; next < b->count; next++)
			if (message_of(f, &b->entries[next]) != message_of(f, &b->entries[i]))
				break;
		r = add_rows(f, b, i, next - i);
	}
	return r < 0 ? r : 1;
}

size_t virtual_outbox_count(const struct virtual_outbox *f)
{
	return f->row_count;
}

json_t *virtual_outbox_row(const struct virtual_outbox *f, size_t i)
{
	const struct plan *plan = f->plan;
	const struct row *row = &f->rows[i];
	const struct bucket *b = &f->buckets[row->bucket];
	const struct entry *e = &b->entries[row->first];
	char when[RFC3339_TEXT], to[RECIPIENT_ID];
	json_t *items = json_array();

	for (const struct entry *x = e; items && x < e + row->count; x++) {
		const struct deadline *d = deadline_at(f, x->deadline);

		json_array_append_new(
			items,
			json_pack("{ss? ss? ss? so*}", "deadline", d ? d->id.text : NULL, "measure",
				  x->measure == NO_INDEX ? NULL
							 : plan->measures[x->measure].id.text,
				  "step", step_text(d, x->step), "repetition",
				  x->repetition ? json_integer(x->repetition) : NULL));
	}
	return json_pack("{ss ss ss ss so}", "when", zone_format(b->when, when), "to",
			 recipient_id_of(recipient_at(plan, e->to), to).text, "channel",
			 plan->channels[row->channel].name, "kind",
			 message_kind_name((enum message_kind)row->kind), "items", items);
}
