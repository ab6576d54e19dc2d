/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries (to whom, about what) lie in a bucket for each instant. When all is gathered each bucket is
 * sorted, and its entries for one recipient and kind are one message, a row for each channel.
 *
 * Entries are small (16 bytes): a month of 100,000 obligations may be a million of them. Buckets are
 * few, and each is sorted in a slice of its own, by counting, in a few milliseconds at most.
 */
#include "engine/forecast/virtual_outbox_internal.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/ladder/walk.h"

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

struct recipient virtual_recipient_at(const struct plan *plan, uint32_t index)
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
			 const struct channel *channel, bool unknown, struct bucket_at *ret)
{
	size_t place = find_place(f, when);
	int r;

	while (place < f->bucket_count && f->buckets[place].when.us == when.us)
		place++;
	r = add_bucket(f, place, when, channel);
	if (r < 0)
		return r;
	f->buckets[place].unknown = unknown;
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

const struct deadline *virtual_deadline_at(const struct virtual_outbox *f, uint32_t index)
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

const char *virtual_step_text(const struct deadline *d, uint16_t step)
{
	if (step == NO_STEP)
		return NULL;
	return step == SEEN_STEP ? WALK_SEEN : d->ladder->steps[step].text;
}

static uint32_t measure_index(const struct plan *plan, struct measure_id id)
{
	const struct measure *m = id.text ? plan_measure(plan, id) : NULL;

	return m ? (uint32_t)(m - plan->measures) : NO_INDEX;
}

static uint32_t person_index(const struct plan *plan, struct person_id id)
{
	const struct person *p = id.text ? plan_person(plan, id) : NULL;

	return p ? (uint32_t)(p - plan->people) : NO_INDEX;
}

/* Whose absence begins or ends, as its detail says. */
static uint32_t away_index(const struct plan *plan, const char *detail)
{
	json_t *json = detail ? json_loads(detail, 0, NULL) : NULL;
	const char *id = json_string_value(json_object_get(json, "person"));
	const uint32_t index = person_index(plan, person_id(id));

	json_decref(json);
	return index;
}

int virtual_outbox_add(struct virtual_outbox *f, struct bucket_at at, struct recipient to,
		       const struct posting *posting)
{
	struct bucket *b = &f->buckets[at.bucket];
	const struct plan *plan = f->plan;
	const unsigned repeated =
		posting->step ? walk_repeated(posting->step, posting->repetition) : 0;
	const bool away = posting->what == ITEM_AWAY;
	int r = array_grow(&b->entries, b->count, &b->room);
	uint32_t deadline;

	assert(repeated <= REPETITION_MAX);
	if (r >= 0)
		r = deadline_index(f, posting->deadline, &deadline);
	if (r < 0)
		return r;
	b->entries[b->count++] = (struct entry){
		.to = recipient_index(plan, to),
		.deadline = away ? person_index(plan, posting->stands_for) : deadline,
		.measure = away ? away_index(plan, posting->detail)
				: measure_index(plan, posting->measure),
		.step = step_index(posting->deadline, posting->step),
		.what = posting->what & 31,
		.repetition = repeated & REPETITION_MAX,
	};
	return 0;
}

/* Whom it was for; of the channels of a person the first speaks for all. */
static void add_untold(const struct virtual_outbox *f, const struct bucket *b,
		       const struct entry *e, struct recipient_list *ret)
{
	const struct recipient to = virtual_recipient_at(f->plan, e->to);

	if (!to.person || !b->tried || b->tried == to.person->channels[0])
		recipient_add_one(
			ret, e->meant == NO_INDEX ? to : virtual_recipient_at(f->plan, e->meant));
}

void virtual_outbox_take_back(struct virtual_outbox *f, struct person_id away, struct instant from,
			      struct recipient_list *ret)
{
	const uint32_t index = person_index(f->plan, away);

	for (size_t i = find_place(f, from); i < f->bucket_count; i++) {
		struct bucket *b = &f->buckets[i];
		size_t kept = 0;

		for (size_t k = 0; k < b->count; k++) {
			const struct entry e = b->entries[k];

			if (b->unknown || e.what != ITEM_AWAY || e.away != index)
				b->entries[kept++] = e;
			else
				add_untold(f, b, &e, ret);
		}
		b->count = kept;
	}
}
