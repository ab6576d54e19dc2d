/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each recipient hears of a change once: an item queued for them about an earlier one covers this one
 * too, and is struck out when the dates have come back to what it says they were.
 */
#include "engine/obligation/moved.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/ladder/from_ledger.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"

/* Items about earlier changes of the same dates, in messages that nobody has tried to send yet. */
struct queued_changes {
	struct engine *e;
	struct measure_id measure;
	struct queued_change {
		char recipient[RECIPIENT_ID];
		char *detail; /* the dates before it */
	} * list;
	size_t count, room;
};

static void queued_done(struct queued_changes *q)
{
	for (size_t i = 0; i < q->count; i++)
		free(q->list[i].detail);
	free(q->list);
}

static int add_queued(void *userdata, const struct item *item)
{
	struct queued_changes *q = userdata;
	struct message m;
	int r;

	if (item->moot || item->what != ITEM_MOVED || strcmp(item->measure, q->measure.text) != 0)
		return 0;
	r = ledger_message(q->e->ledger, item->message, &m);
	if (r < 0 || m.state != MESSAGE_PENDING)
		return r;
	r = array_grow(&q->list, q->count, &q->room);
	if (r < 0)
		return r;
	q->list[q->count].detail = strdup(item->detail);
	if (!q->list[q->count].detail)
		return -ENOMEM;
	memcpy(q->list[q->count++].recipient, m.to, sizeof(m.to));
	return 0;
}

static bool is_queued_for(const struct queued_changes *q, struct recipient_id recipient)
{
	for (size_t i = 0; i < q->count; i++)
		if (strcmp(q->list[i].recipient, recipient.text) == 0)
			return true;
	return false;
}

static char *change_detail(struct civil_date due, struct civil_date papers, bool provisional)
{
	char due_text[CIVIL_TEXT], papers_text[CIVIL_TEXT], *text;
	json_t *detail = json_pack("{ss ss so*}", "due", civil_format(due, due_text), "papers",
				   civil_format(papers, papers_text), "provisional",
				   provisional ? json_true() : NULL);

	text = detail ? json_dumps(detail, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	json_decref(detail);
	return text;
}

int moved_tell(struct engine *e, const struct recipient_list *to, const struct date_change *c,
	       struct instant now)
{
	struct queued_changes queued
		__attribute__((cleanup(queued_done))) = { .e = e, .measure = c->measure };
	struct posting posting = { .what = ITEM_MOVED,
				   .deadline = plan_deadline(e->plan, c->deadline),
				   .measure = c->measure.text[0] ? c->measure : measure_id(NULL),
				   .obligation = c->obligation };
	struct recipient_list reached = { .count = 0 };
	char *before = change_detail(c->due_before, c->papers_before, c->provisional_before);
	char *after = change_detail(c->due, c->papers, c->provisional);
	int r;

	posting.detail = before;
	r = before && after ? ledger_items_in(e->ledger, message_states_open(),
					      (struct item_subject){ c->obligation, c->deadline },
					      add_queued, &queued)
			    : -ENOMEM;
	if (r >= 0)
		r = resolve_absences(e, to, now, &reached);
	for (size_t i = 0; r >= 0 && i < reached.count; i++) {
		struct recipient_list one = { .list = { reached.list[i] }, .count = 1 };
		char id[RECIPIENT_ID];

		if (!is_queued_for(&queued, recipient_id_of(reached.list[i], id)))
			r = post_to_all(e, &one, &posting, now);
	}
	for (size_t i = 0; r >= 0 && i < queued.count; i++)
		if (strcmp(queued.list[i].detail, after) == 0)
			r = outbox_strike(e,
					  &(struct strike){ c->obligation, c->deadline,
							    1U << ITEM_MOVED,
							    recipient_id(queued.list[i].recipient),
							    "the date is back where it was" },
					  now);
	free(before);
	free(after);
	return r;
}

/* Whom the ladder reminds at the next opening of those that are late by then. */
static int find_reminded(struct engine *e, const struct obligations *all, struct instant now,
			 struct recipient_list *reminded)
{
	struct instant open = calendar_next_open(e->plan->calendar, now);
	struct walk *w = NULL;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < all->count; i++) {
		const struct obligation *o = &all->list[i];

		if (!obligation_is_late(o, open))
			continue;
		if (!w)
			r = walk_from_ledger_new(e, now, &w);
		if (r >= 0)
			r = walk_from_ledger_reminds(e, w, o, open, reminded);
	}
	walk_free(w);
	return r;
}

int moved_leave_out_reminded(struct engine *e, const struct obligations *all,
			     const struct date_change *c, struct instant now,
			     struct recipient_list *to)
{
	struct recipient_list reminded = { .count = 0 };
	size_t kept = 0;
	int r = find_reminded(e, all, now, &reminded);

	for (size_t i = 0; i < to->count; i++) {
		bool leave_out = false;

		for (size_t k = 0; k < reminded.count; k++)
			leave_out |= recipient_same(to->list[i], reminded.list[k]);
		if (!leave_out)
			to->list[kept++] = to->list[i];
	}
	to->count = kept;
	for (size_t k = 0; r >= 0 && k < reminded.count; k++) {
		char id[RECIPIENT_ID];

		r = outbox_strike(e,
				  &(struct strike){ c->obligation, c->deadline, 1U << ITEM_MOVED,
						    recipient_id_of(reminded.list[k], id),
						    "a reminder says it at the same time" },
				  now);
	}
	return r < 0 ? r : 0;
}

int moved_tell_returned(struct engine *e, const struct recipient_list *to,
			const struct deadline_row *row, const struct date_change *c,
			struct instant now)
{
	const struct posting posting = { .what = ITEM_RETURNED,
					 .deadline = plan_deadline(e->plan, deadline_id(row->id)) };
	char due[CIVIL_TEXT], papers[CIVIL_TEXT];
	json_t *detail = json_pack("{ss ss ss ss*}", "due", civil_format(c->due_before, due),
				   "papers", civil_format(c->papers_before, papers), "reference",
				   row->outcome_reference, "by", c->by);

	return post_with_detail(e, to, &posting, detail, now);
}

void moved_add_informed(struct recipient_list *to, struct engine *e, const struct deadline *d)
{
	const struct recipient_context context = { d->responsible, d->responsible };

	if (d->responsible)
		recipient_add_one(to, (struct recipient){ .person = d->responsible });
	recipient_add(to, e->plan, d->inform, d->inform_count, &context);
}

void moved_add_owner(struct recipient_list *to, struct engine *e, const struct deadline *d,
		     const struct obligation *o)
{
	const struct person *owes = walk_owes(e->plan, d, o);

	if (owes)
		recipient_add_one(to, (struct recipient){ .person = owes });
}

int moved_tell_own(struct engine *e, const struct deadline *d, const struct obligation *before,
		   const struct obligation *o, struct instant now)
{
	const struct date_change c = {
		.deadline = d->id,
		.measure = measure_id(o->measure),
		.obligation = o->id,
		.due_before = before->due,
		.papers_before = before->papers,
		.due = o->due,
		.papers = o->papers,
		.provisional_before = before->provisional,
		.provisional = o->provisional,
	};
	struct obligation copy = *o;
	const struct obligations one = { .list = &copy, .count = 1 };
	struct recipient_list to = { .count = 0 };
	int r;

	if (civil_equal(c.due, c.due_before) && civil_equal(c.papers, c.papers_before))
		return 0;
	moved_add_owner(&to, e, d, o);
	r = moved_leave_out_reminded(e, &one, &c, now, &to);
	return r < 0 ? r : moved_tell(e, &to, &c, now);
}
