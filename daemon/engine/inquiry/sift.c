/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which obligations a query is about. Of a deadline or a person the ids are gathered by an index, of a series an
 * occurrence a slice, and then looked at; of all, the store itself passes over those that nobody owes now, and only a
 * query that wants the others as well reads every row.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/inquiry/inquirer.h"
#include "engine/obligation/deadline_state.h"

#define SIFT_SLICE 200

struct sifter {
	bool begun, gathered;
	char occurrence[ITEM_ID]; /* of the deadline, whose ids were gathered last */
	struct ids found;
	size_t at; /* how far they have been looked at */
	struct owed_scan scan;
};

void sifter_free(struct sifter *s)
{
	if (s)
		free(s->found.list);
	free(s);
}

int inquiry_find_deadline(const struct inquiry *q, const char *id, const struct deadline_row **ret)
{
	struct deadline_row *last = &q->last->deadline;
	bool found = true;
	int r = 0;

	if (strcmp(last->id, id) != 0)
		r = ledger_find_deadline(q->e.ledger, deadline_id(id), last, &found);
	if (r < 0 || !found)
		last->id[0] = '\0';
	*ret = r == 0 && found ? last : NULL;
	return r;
}

bool inquiry_is_owed(const struct inquiry *q, const struct obligation *o)
{
	const struct deadline_row *deadline;

	return o->phase == PHASE_LIVE && instant_compare(q->now, o->opens_at) >= 0 &&
	       inquiry_find_deadline(q, o->deadline, &deadline) == 0 && deadline &&
	       !deadline_is_closed(deadline);
}

/* ---- by a deadline or a person ----------------------------------------------------------------- */

static int add_found(void *userdata, struct obligation_id id)
{
	struct ids *found = userdata;
	int r = array_grow(&found->list, found->count, &found->room);

	if (r == 0)
		found->list[found->count++] = id.n;
	return r;
}

/* The deadline itself first, then an occurrence after another: between "id@" and what comes after '@'. */
static int gather_of_deadline(struct inquiry *q, const char *deadline)
{
	struct sifter *s = q->sifter;
	char end[ITEM_ID + 1];
	bool found = true;
	int r;

	if (!s->begun) {
		s->begun = true;
		snprintf(s->occurrence, sizeof(s->occurrence), "%s@", deadline);
		return ledger_obligation_ids_of_deadline(q->e.ledger, deadline_id(deadline),
							 add_found, &s->found);
	}
	snprintf(end, sizeof(end), "%s%c", deadline, '@' + 1);
	r = ledger_next_deadline_owed(q->e.ledger, s->occurrence, end, s->occurrence, &found);
	if (r == 0 && found)
		return ledger_obligation_ids_of_deadline(q->e.ledger, deadline_id(s->occurrence),
							 add_found, &s->found);
	s->gathered = true;
	return r;
}

static int gather(struct inquiry *q, const struct sifting *of)
{
	if (of->deadline)
		return gather_of_deadline(q, of->deadline);
	q->sifter->gathered = true;
	return ledger_obligation_ids_of_owner(q->e.ledger, person_id(of->owner), add_found,
					      &q->sifter->found);
}

static int look_at(struct inquiry *q, const struct sifting *of)
{
	struct sifter *s = q->sifter;
	int r = 0;

	for (size_t end = s->at + SIFT_SLICE; r == 0 && s->at < s->found.count && s->at < end;
	     s->at++) {
		const int64_t id = s->found.list[s->at];
		struct obligation o;

		if (of->wanted)
			r = ledger_obligation(q->e.ledger, obligation_id(id), &o);
		if (r == 0 && (!of->wanted || of->wanted(q, &o)))
			r = inquiry_add_id(q, id);
	}
	return r < 0 ? r : s->at < s->found.count;
}

/* ---- of all ------------------------------------------------------------------------------------ */

static int look_through(struct inquiry *q, const struct sifting *of)
{
	struct obligation batch[SIFT_SLICE];
	struct owed_scan *scan = &q->sifter->scan;
	int r = 0, count;

	if (of->any) {
		count = ledger_obligations_after(q->e.ledger, scan->after, batch, SIFT_SLICE);
		scan->over = count == 0;
		if (count > 0)
			scan->after = batch[count - 1].id;
	} else {
		scan->opened = q->now;
		scan->papers = CIVIL_NONE;
		count = ledger_obligations_owed(q->e.ledger, scan, batch, SIFT_SLICE);
	}
	for (int i = 0; r == 0 && i < count; i++)
		if (!of->wanted || of->wanted(q, &batch[i]))
			r = inquiry_add_id(q, batch[i].id.n);
	return r < 0 ? r : count < 0 ? count : !scan->over;
}

int inquiry_sift(struct inquiry *q, const struct sifting *of)
{
	int r;

	if (!q->sifter)
		q->sifter = calloc(1, sizeof(*q->sifter));
	if (!q->sifter)
		return -ENOMEM;
	if (!of->deadline && !of->owner)
		return look_through(q, of);
	if (q->sifter->gathered)
		return look_at(q, of);
	r = gather(q, of);
	return r < 0 ? r : 1;
}
