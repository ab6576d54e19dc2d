/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The act's rows say what each was before. Nobody has changed them since but time, which apply_undo.c has seen to:
 * time looks again (next_at), asks (asked, marks) and opens windows. So of each row those fields are put back which
 * the act changed, and the others stay as they are.
 *
 * Rows that the act brought about go: those of small tables altogether. An obligation or an occurrence is removed as
 * when its meeting is cancelled before anybody was asked, and a message is dropped, since they have numbers that others
 * may know. What the act dropped as moot waits again, and leaves at once if its instant has passed.
 *
 * What stands in calendars has changed once more, and never goes back to a lower sequence.
 */
#include "engine/apply/undoing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/apply/undoing_paper.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/occurrences.h"
#include "engine/obligation/state.h"
#include "engine/outbox/away.h"
#include "engine/outbox/message_state.h"
#include "engine/outbox/post.h"
#include "ledger/lists.h"
#include "protocol/text.h"

static void free_row(void **row)
{
	free(*row);
}

/* ---- what time has made of it ------------------------------------------------------------------ */

struct followed {
	const struct kept_act *act;
	int64_t absence; /* the seq of the act, if it is an absence: marks name it */
	struct marks marks;
	size_t at; /* of marks: the one beside which others are looked for */
};

static int add_mark(void *userdata, const struct mark *mark)
{
	struct followed *f = userdata;
	int r;

	if (instant_compare(mark->decided, f->act->at) < 0)
		return 0;
	for (size_t i = 0; i < f->act->count; i++)
		if (f->act->list[i].type == &mark_type && f->act->list[i].after &&
		    row_compare(&mark_type, f->act->list[i].after, mark) == 0)
			return 0;
	r = array_grow(&f->marks.list, f->marks.count, &f->marks.room);
	if (r == 0)
		f->marks.list[f->marks.count++] = *mark;
	return r;
}

static int add_absent(void *userdata, const struct mark *mark)
{
	struct followed *f = userdata;

	return mark->absence == f->absence ? add_mark(f, mark) : 0;
}

/* The deputy's, beside the one that the absence suppressed: of the same step. */
static int add_beside(void *userdata, const struct mark *mark)
{
	struct followed *f = userdata;
	const struct mark *absent = &f->marks.list[f->at];

	if (mark->absence == f->absence || mark->repetition != absent->repetition ||
	    strcmp(mark->step, absent->step) != 0)
		return 0;
	return add_mark(f, mark);
}

static int follow(struct application *a, struct followed *f)
{
	struct ledger *l = a->e->ledger;
	int r = 0;

	for (size_t i = 0; r == 0 && i < f->act->count; i++) {
		const struct kept_change *c = &f->act->list[i];
		const void *row = c->after ? c->after : c->before;

		if (c->type == &obligation_type)
			r = ledger_marks(l, ((const struct obligation *)row)->id, 0, add_mark, f);
		if (c->type != &absence_type)
			continue;
		f->absence = ((const struct absence *)row)->seq;
		r = ledger_marks_absent(l, recipient_id(((const struct absence *)row)->person),
					add_absent, f);
		for (size_t count = f->marks.count; r == 0 && f->at < count; f->at++)
			r = ledger_marks(l, f->marks.list[f->at].obligation,
					 f->marks.list[f->at].round, add_beside, f);
	}
	return r;
}

int undoing_each_mark(struct application *a, const struct kept_act *act,
		      int (*row)(void *userdata, const struct mark *mark), void *userdata)
{
	struct followed f = { .act = act };
	int r = follow(a, &f);

	for (size_t i = 0; r == 0 && i < f.marks.count; i++)
		r = row(userdata, &f.marks.list[i]);
	marks_done(&f.marks);
	return r;
}

struct items_of_mark {
	const struct mark *mark;
	struct items items;
};

static bool is_of_step(const struct item *item, const struct mark *mark)
{
	return item->round == mark->round && item->repetition == mark->repetition &&
	       strcmp(item->step, mark->step) == 0;
}

/* Does it tell a manager that the step waits, since its recipient is away? */
static bool tells_of_absence(const struct item *item, const struct mark *mark)
{
	json_t *detail;
	bool same;

	if (mark->absence == 0 || item->what != ITEM_ABSENT)
		return false;
	detail = json_loads(item->detail, 0, NULL);
	same = text_same(json_string_value(json_object_get(detail, "person")), mark->recipient);
	json_decref(detail);
	return same;
}

static int add_item(void *userdata, const struct item *item)
{
	struct items_of_mark *of = userdata;
	int r;

	if (item->moot || (!is_of_step(item, of->mark) && !tells_of_absence(item, of->mark)))
		return 0;
	r = array_grow(&of->items.list, of->items.count, &of->items.room);
	if (r == 0) {
		of->items.list[of->items.count] = *item;
		of->items.list[of->items.count++].detail = NULL;
	}
	return r;
}

/* A step that was decided since is decided anew. */
static int forget_mark(void *userdata, const struct mark *mark)
{
	struct application *a = userdata;
	struct items_of_mark of = { .mark = mark };
	struct obligation o;
	int r = ledger_items_in(a->e->ledger, message_states_waiting(),
				(struct item_subject){ .obligation = mark->obligation }, add_item,
				&of);

	for (size_t i = 0; r >= 0 && i < of.items.count; i++)
		r = outbox_strike_one(a->e, &of.items.list[i], TAKEN_BACK, a->now);
	items_done(&of.items);
	if (r >= 0)
		r = ledger_drop_row(a->e->ledger, &mark_type, mark);
	if (r >= 0)
		r = ledger_obligation(a->e->ledger, mark->obligation, &o);
	if (r < 0)
		return r;
	obligation_look_again(&o, a->now);
	return ledger_put_obligation(a->e->ledger, &o);
}

/* ---- rows --------------------------------------------------------------------------------------- */

/* The row as it stands, with what the act changed as it was before. now: for its bytes. */
static int merge(struct application *a, const struct kept_change *c, void *now)
{
	bool found = false;
	int r = ledger_row(a->e->ledger, c->type, c->before, now, &found);

	if (r < 0)
		return r;
	if (!found || !c->after)
		return row_copy(c->type, now, c->before);
	return row_assign(c->type, now, c->before, row_difference(c->type, c->before, c->after));
}

static int restore_row(struct application *a, const struct kept_change *c)
{
	void *now __attribute__((cleanup(free_row))) = calloc(1, c->type->size);
	int r = now ? 0 : -ENOMEM;

	if (r == 0 && !c->before)
		return ledger_drop_row(a->e->ledger, c->type, c->after);
	if (r == 0)
		r = merge(a, c, now);
	if (r == 0)
		r = ledger_put_row(a->e->ledger, c->type, now);
	if (now)
		row_done(c->type, now);
	return r;
}

static int remove_obligation(struct application *a, const struct obligation *made)
{
	struct obligation o;
	int r = ledger_obligation(a->e->ledger, made->id, &o);

	if (r >= 0 && obligation_may(obligation_state_of(&o), OBLIGATION_REMOVED))
		r = application_withdrawn(a, &o, WITHDRAWN_REMOVED, TAKEN_BACK);
	return r;
}

static int restore_obligation(struct application *a, const struct kept_change *c)
{
	struct obligation o;
	int r;

	if (!c->before)
		return remove_obligation(a, c->after);
	const int sequence = ((const struct obligation *)c->after)->sequence;
	r = merge(a, c, &o);
	if (r < 0)
		return r;
	if (sequence != ((const struct obligation *)c->before)->sequence) {
		o.sequence = sequence;
		obligation_revise(&o);
	}
	return ledger_put_obligation(a->e->ledger, &o);
}

static int restore_deadline(struct application *a, const struct kept_change *c)
{
	const struct deadline_row *before = c->before, *after = c->after;
	struct deadline_row row;
	int r = before ? merge(a, c, &row)
		       : ledger_deadline(a->e->ledger, deadline_id(after->id), &row);

	if (r < 0)
		return r;
	if (!before && deadline_may(row.state, DEADLINE_REMOVED))
		deadline_remove(&row);
	if (before && before->sequence != after->sequence)
		row.sequence = after->sequence + 1;
	r = undoing_restore_paper(a, c, &row);
	return r < 0 ? r : ledger_put_deadline(a->e->ledger, &row);
}

/* ---- the outbox --------------------------------------------------------------------------------- */

/* One that the act had put off, changed or dropped. What it brought about goes with its items. */
static int restore_message(struct application *a, const struct kept_change *c)
{
	struct message m;
	int r = c->before ? merge(a, c, &m) : 0;

	if (r < 0 || !c->before)
		return r;
	if (outbox_is_in(m.state, message_states_waiting()) &&
	    instant_compare(m.next_attempt, a->now) < 0)
		outbox_postpone(&m, calendar_next_open(a->e->plan->calendar, a->now));
	return ledger_put_message(a->e->ledger, &m);
}

/* Struck by the act: it stands again. */
static int restore_item(struct application *a, const struct kept_change *c)
{
	return c->before ? ledger_put_item(a->e->ledger, c->before) : 0;
}

/* What was told of it stands, and time looks at it anew. */
static int look_at_away(struct application *a, const struct kept_change *c)
{
	const struct away_row *row = c->after ? c->after : c->before;

	return away_changed(a->e, person_id(row->person), a->now);
}

static int drop_item(struct application *a, const struct kept_change *c)
{
	return c->before ? 0 : outbox_strike_one(a->e, c->after, TAKEN_BACK, a->now);
}

/* ---- all of it ---------------------------------------------------------------------------------- */

static int restore_marks(struct application *a, const struct kept_act *act)
{
	return undoing_each_mark(a, act, forget_mark, a);
}

/* In this order: what stands again does before what goes, so that a message is not dropped as empty between. */
static const struct {
	const struct row_type *type; /* NULL: of the tables that are not named here */
	int (*restore)(struct application *a, const struct kept_change *c);
} passes[] = {
	{ NULL, restore_row },
	{ &obligation_type, restore_obligation },
	{ &deadline_type, restore_deadline },
	{ &message_type, restore_message },
	{ &item_type, restore_item },
	{ &item_type, drop_item },
	{ &away_type, look_at_away },
};

static bool is_named(const struct row_type *type)
{
	for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]); i++)
		if (passes[i].type == type)
			return true;
	return false;
}

/* A series looks whether it still has the occurrences that it should: time may have brought some about. */
static int look_at_series(struct application *a, const struct kept_act *act)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < act->count; i++) {
		const struct kept_change *c = &act->list[i];
		const struct series_row *row = c->after;
		const struct deadline *d = c->type == &series_type && row
						   ? plan_deadline(a->e->plan, deadline_id(row->id))
						   : NULL;
		struct create_count born = { 0 };
		size_t moved = 0;

		if (d && d->every.kind)
			r = occurrences_follow_meetings(a->e, d, a->now, &moved, &born);
	}
	return r;
}

int undoing_restore(struct application *a, const struct kept_act *act)
{
	int r = restore_marks(a, act);

	for (size_t k = 0; k < sizeof(passes) / sizeof(passes[0]); k++)
		for (size_t i = 0; r == 0 && i < act->count; i++) {
			const struct kept_change *c = &act->list[i];

			if (passes[k].type ? passes[k].type == c->type : !is_named(c->type))
				r = passes[k].restore(a, c);
		}
	return r == 0 ? look_at_series(a, act) : r;
}
