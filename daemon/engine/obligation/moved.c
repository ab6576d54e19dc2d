/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each recipient hears of a change once: an item queued for them about an earlier one covers this one
 * too, and is struck out when the dates have come back to what it says they were. Only dates are compared:
 * the decision on an extension stands beside them in the item, which tells of the latest one.
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

#define CHANGES (1U << ITEM_MOVED | 1U << ITEM_RETURNED)

/* The dates that somebody was last told of: where a change begins. */
struct told {
	struct civil_date due, papers;
	bool provisional;
};

static bool told_same(struct told a, struct told b)
{
	return civil_equal(a.due, b.due) && civil_equal(a.papers, b.papers) &&
	       a.provisional == b.provisional;
}

static struct civil_date date_in(const json_t *detail, const char *name)
{
	const char *text = json_string_value(json_object_get(detail, name));
	struct civil_date d;

	return text && civil_parse(text, &d) == 0 ? d : CIVIL_NONE;
}

/* The detail of an item about a change: the dates before it, and the decision that made it, which is never
 * compared. NULL when out of memory. */
static json_t *change_detail(struct told before, const struct date_extension *extension)
{
	char due[CIVIL_TEXT], papers[CIVIL_TEXT];

	return json_pack("{ss ss so* so*}", "due", civil_format(before.due, due), "papers",
			 civil_format(before.papers, papers), "provisional",
			 before.provisional ? json_true() : NULL, "extension",
			 extension ? json_pack("{ss ss*}", "reference", extension->reference,
					       "reason", extension->reason)
				   : NULL);
}

/* The detail of an item says whose meeting it was, unless an earlier change has. */
static json_t *name_body(json_t *detail, const struct date_change *c)
{
	if (detail && c->body_before && !json_object_get(detail, "body"))
		json_object_set_new(detail, "body", json_string(c->body_before));
	return detail;
}

/* Items about earlier changes of dates, in messages that nobody has tried to send yet. */
struct queued_changes {
	struct engine *e;
	struct queued_change {
		char recipient[RECIPIENT_ID];
		struct item item;
		struct told before;
	} * list;
	size_t count, room;
};

static void queued_done(struct queued_changes *q)
{
	for (size_t i = 0; i < q->count; i++)
		item_done(&q->list[i].item);
	free(q->list);
}

static int add_queued(void *userdata, const struct item *item)
{
	struct queued_changes *q = userdata;
	struct queued_change *change;
	struct message m;
	json_t *detail;
	int r;

	if (item->moot || !(1U << item->what & CHANGES))
		return 0;
	r = ledger_message(q->e->ledger, item->message, &m);
	if (r < 0 || m.state != MESSAGE_PENDING)
		return r;
	r = array_grow(&q->list, q->count, &q->room);
	if (r < 0)
		return r;
	change = &q->list[q->count];
	change->item = *item;
	change->item.detail = strdup(item->detail);
	if (!change->item.detail)
		return -ENOMEM;
	q->count++;
	memcpy(change->recipient, m.to, sizeof(m.to));
	detail = json_loads(item->detail, 0, NULL);
	change->before = (struct told){ date_in(detail, "due"), date_in(detail, "papers"),
					json_is_true(json_object_get(detail, "provisional")) };
	json_decref(detail);
	return 0;
}

/* Of one obligation, or of a deadline as a whole. */
static int find_queued(struct queued_changes *ret, struct engine *e,
		       struct obligation_id obligation, struct deadline_id deadline)
{
	ret->e = e;
	return ledger_items_in(e->ledger, message_states_open(),
			       (struct item_subject){ obligation, deadline }, add_queued, ret);
}

/* What is queued for them; NULL: nothing. */
static const struct queued_change *queued_for(const struct queued_changes *q,
					      struct recipient_id recipient)
{
	for (size_t i = 0; i < q->count; i++)
		if (strcmp(q->list[i].recipient, recipient.text) == 0)
			return &q->list[i];
	return NULL;
}

int moved_is_queued(struct engine *e, const struct obligation *o, bool *ret)
{
	struct queued_changes queued __attribute__((cleanup(queued_done))) = { 0 };
	int r = find_queued(&queued, e, o->id, deadline_id(o->deadline));

	*ret = queued.count > 0;
	return r;
}

int moved_is_queued_for(struct engine *e, const struct item_subject *about, struct recipient to,
			bool *ret)
{
	struct queued_changes own __attribute__((cleanup(queued_done))) = { 0 };
	struct queued_changes whole __attribute__((cleanup(queued_done))) = { 0 };
	char id[RECIPIENT_ID];
	int r = find_queued(&whole, e, obligation_id(0), about->deadline);

	if (r >= 0 && about->obligation.n)
		r = find_queued(&own, e, about->obligation, about->deadline);
	recipient_id_of(to, id);
	*ret = queued_for(&own, recipient_id(id)) || queued_for(&whole, recipient_id(id));
	return r;
}

/* What is queued when a change is told: about the same dates, and about the deadline's, which were its
 * own until now. */
struct telling {
	struct queued_changes same, whole;
	const struct date_change *change;
	struct told before, after;
};

static void telling_done(struct telling *t)
{
	queued_done(&t->same);
	queued_done(&t->whole);
}

static int telling_new(struct telling *t, struct engine *e, const struct date_change *c)
{
	int r = find_queued(&t->same, e, c->obligation, c->deadline);

	if (r >= 0 && c->obligation.n && c->stood_with_whole)
		r = find_queued(&t->whole, e, obligation_id(0), c->deadline);
	t->change = c;
	t->before = (struct told){ c->due_before, c->papers_before, c->provisional_before };
	t->after = (struct told){ c->due, c->papers, c->provisional };
	return r;
}

/* Tell one, from what they have last been told; whoever ends there is told nothing. */
static int tell_one(struct engine *e, const struct telling *t, const struct posting *posting,
		    struct recipient to, struct instant now)
{
	const struct recipient_list one = { .list = { to }, .count = 1 };
	const struct queued_change *whole;
	struct told before;
	char id[RECIPIENT_ID];

	if (queued_for(&t->same, recipient_id_of(to, id)))
		return 0;
	whole = queued_for(&t->whole, recipient_id(id));
	before = whole ? whole->before : t->before;
	if (told_same(before, t->after))
		return 0;
	return post_with_detail(e, &one, posting,
				name_body(change_detail(before, t->change->extension), t->change),
				now);
}

/* What is queued tells of this extension too, and no more of an earlier one. */
static int amend(struct engine *e, struct queued_change *queued, const struct date_change *c)
{
	json_t *detail = json_loads(queued->item.detail, 0, NULL);
	json_t *with = change_detail(queued->before, c->extension);
	char *text = NULL;
	int r = -ENOMEM;

	if (detail && with &&
	    json_object_set(detail, "extension", json_object_get(with, "extension")) == 0)
		text = json_dumps(name_body(detail, c), JSON_COMPACT);
	json_decref(detail);
	json_decref(with);
	if (text) {
		free(queued->item.detail);
		queued->item.detail = text;
		r = ledger_put_item(e->ledger, &queued->item);
	}
	return r;
}

/* What is queued covers this change too, unless the dates are those that it says they were. */
static int cover(struct engine *e, const struct telling *t, struct queued_change *queued,
		 struct instant now)
{
	const struct date_change *c = t->change;

	if (queued->item.what == ITEM_MOVED && told_same(queued->before, t->after))
		return outbox_strike(e,
				     &(struct strike){ c->obligation, c->deadline, 1U << ITEM_MOVED,
						       recipient_id(queued->recipient),
						       "the date is back where it was" },
				     now);
	return c->extension ? amend(e, queued, c) : 0;
}

int moved_tell(struct engine *e, const struct recipient_list *to, const struct date_change *c,
	       struct instant now)
{
	struct telling t __attribute__((cleanup(telling_done))) = { 0 };
	struct posting posting = { .what = ITEM_MOVED,
				   .deadline = plan_deadline(e->plan, c->deadline),
				   .measure = c->measure.text[0] ? c->measure : measure_id(NULL),
				   .obligation = c->obligation };
	struct reached reached = { .to.count = 0 };
	int r = telling_new(&t, e, c);

	if (r >= 0)
		r = resolve_absences(e, to, now, &reached);
	for (size_t i = 0; r >= 0 && i < reached.to.count; i++) {
		posting.stands_for = reached.stands_for[i];
		r = tell_one(e, &t, &posting, reached.to.list[i], now);
	}
	for (size_t i = 0; r >= 0 && i < t.same.count; i++)
		r = cover(e, &t, &t.same.list[i], now);
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

/* The dates are those that they have last been told. */
static json_t *return_detail(const struct queued_change *earlier, const struct deadline_row *row,
			     const struct date_change *c)
{
	const struct told before = { earlier ? earlier->before.due : c->due_before,
				     earlier ? earlier->before.papers : c->papers_before, false };
	json_t *detail = name_body(change_detail(before, NULL), c);

	json_object_set_new(detail, "reference", json_string(row->outcome_reference));
	if (c->by)
		json_object_set_new(detail, "by", json_string(c->by));
	return detail;
}

int moved_tell_returned(struct engine *e, const struct recipient_list *to,
			const struct deadline_row *row, const struct date_change *c,
			struct instant now)
{
	struct posting posting = { .what = ITEM_RETURNED,
				   .deadline = plan_deadline(e->plan, deadline_id(row->id)) };
	const struct strike earlier = { .deadline = deadline_id(row->id),
					.whats = CHANGES,
					.why = "it was returned after that" };
	struct queued_changes queued __attribute__((cleanup(queued_done))) = { 0 };
	struct reached reached = { .to.count = 0 };
	int r = find_queued(&queued, e, obligation_id(0), deadline_id(row->id));

	if (r >= 0)
		r = outbox_strike(e, &earlier, now);
	if (r >= 0)
		r = resolve_absences(e, to, now, &reached);
	for (size_t i = 0; r >= 0 && i < reached.to.count; i++) {
		const struct recipient_list one = { .list = { reached.to.list[i] }, .count = 1 };
		char id[RECIPIENT_ID];

		posting.stands_for = reached.stands_for[i];
		r = post_with_detail(
			e, &one, &posting,
			return_detail(queued_for(&queued, recipient_id_of(reached.to.list[i], id)),
				      row, c),
			now);
	}
	return r;
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

int moved_tell_own(struct engine *e, const struct date_change *c, const struct obligation *o,
		   struct instant now)
{
	struct obligation copy = *o;
	const struct obligations one = { .list = &copy, .count = 1 };
	struct recipient_list to = { .count = 0 };
	int r;

	if (civil_equal(c->due, c->due_before) && civil_equal(c->papers, c->papers_before))
		return 0;
	moved_add_owner(&to, e, plan_deadline(e->plan, c->deadline), o);
	r = moved_leave_out_reminded(e, &one, c, now, &to);
	return r < 0 ? r : moved_tell(e, &to, c, now);
}
