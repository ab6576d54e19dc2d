/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The content of a message is read from the ledger each time it is about to leave, so that it tells
 * what is true then. What an obligation's owner will meet next is asked of the same walk that will
 * decide it.
 */
#include "engine/content.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/content/ahead.h"
#include "engine/content/answered.h"
#include "engine/content/asked_for.h"
#include "engine/content/dated.h"
#include "engine/content/frozen_paper.h"
#include "engine/content/measure.h"
#include "engine/content/own.h"
#include "engine/content/passing.h"
#include "engine/content/standing.h"
#include "engine/content/step.h"
#include "engine/content/telling.h"
#include "engine/content/upcoming.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "engine/obligation/state.h"
#include "engine/outbox/message_state.h"
#include "engine/outbox/sign_in.h"
#include "ledger/lists.h"
#include "plan/due.h"
#include "plan/stewardship.h"

struct content_private {
	struct content_item *items;
	json_t **details, **papers;
	struct recipient **next;   /* of each item: next_to */
	struct content_owed **own; /* and own */
	struct content_link **passing;
	size_t count, room;
	struct plan *plan; /* its strings are pointed at */
};

struct loading {
	struct engine *e;
	struct message_content *n;
	struct walk *walk;
	struct instant now;
	const struct item *items;
	size_t count;
};

static void loading_done(struct loading *l)
{
	walk_free(l->walk);
}

/* ---- one item ------------------------------------------------------------------------------------ */

static int fill_next(struct loading *l, struct content_item *ni, const struct obligation *o,
		     struct recipient **ret_to)
{
	struct upcoming next;
	int r = upcoming_find(l->e, l->walk, o, l->now, &next);

	ni->next_at = next.at;
	if (r < 0 || next.to.count == 0)
		return r;
	*ret_to = calloc(next.to.count, sizeof(**ret_to));
	if (!*ret_to)
		return -ENOMEM;
	memcpy(*ret_to, next.to.list, next.to.count * sizeof(**ret_to));
	ni->next_to = *ret_to;
	ni->next_count = next.to.count;
	return 0;
}

static int fill_standing(struct loading *l, struct content_item *ni, const struct deadline *d,
			 const struct obligation *o)
{
	const struct person *owes = walk_owes(l->e->plan, d, o);

	return content_standing(l->e, o, owes == l->n->to.person ? NULL : owes, l->now, ni);
}

static bool is_steward_of(const struct loading *l, const struct item *item)
{
	const struct person *reader = l->n->to.person;

	if (!reader || !steward_is(reader))
		return false;
	return !steward_is_narrow(reader) || steward_covers(l->e->plan, reader, item->deadline) ||
	       steward_covers(l->e->plan, reader, item->measure);
}

/* ---- all of it ----------------------------------------------------------------------------------- */

static int load_item(struct loading *l, size_t i)
{
	struct content_private *p = l->n->private;
	const struct item *item = &l->items[i];
	struct content_item *ni = &p->items[i];
	const struct deadline *d = plan_deadline(l->e->plan, deadline_id(item->deadline));
	struct deadline_row row;
	struct obligation o;
	int r = 0;

	*ni = (struct content_item){
		.what = (enum item_what)item->what,
		.obligation = item->obligation,
		.repetition = item->repetition,
		.sent_late = item->late,
		.on_desk = is_steward_of(l, item),
		.due = CIVIL_NONE,
		.papers = CIVIL_NONE,
		.practical = CIVIL_NONE,
		.due_original = CIVIL_NONE,
		.papers_original = CIVIL_NONE,
		.time = TIME_OF_DAY_NONE,
		.time_original = TIME_OF_DAY_NONE,
		.last_asked = INSTANT_NONE,
		.next_at = INSTANT_NONE,
		.opens = INSTANT_NONE,
		.status = STATUS_NONE,
		.status_at = INSTANT_NONE,
		.stated = CIVIL_NONE,
		.promised_by = CIVIL_NONE,
		.away_until = CIVIL_NONE,
		.asked_for = { .date = CIVIL_NONE },
		.done_by = CIVIL_NONE,
		.done_by_before = CIVIL_NONE,
		.done_forecast = CIVIL_NONE,
		.answer_papers = CIVIL_NONE,
	};
	if (d) {
		r = series_standing(l->e->ledger, d, &row);
		if (r >= 0)
			content_deadline(l->e, d, &row, l->now, ni);
		if (r >= 0)
			r = content_passing(l->e, d, &row, ni, &p->passing[i]);
	}
	if (r >= 0 && d && item->obligation.n) {
		r = ledger_obligation(l->e->ledger, item->obligation, &o);
		if (r >= 0)
			r = content_meeting(l->e, &row, &o, l->now, ni);
		if (r >= 0) {
			content_obligation(l->e, d, &o, l->now, ni);
			content_step(
				l->e->plan,
				&(struct content_stepping){ d->ladder, item->step, o.base, l->now },
				ni);
		}
		if (item->measure[0])
			ni->require = d->require;
		if (r >= 0 && (ni->what == ITEM_OWED || ni->what == ITEM_ESCALATED))
			r = fill_next(l, ni, &o, &p->next[i]);
		if (r >= 0 && ni->what == ITEM_OWED)
			r = fill_standing(l, ni, d, &o);
		if (r >= 0 && ni->what == ITEM_OWED && !item->measure[0])
			r = content_answered(l->e, &o, ni);
		if (r >= 0 && (ni->what == ITEM_OWED || ni->what == ITEM_ESCALATED))
			r = content_asked_for(l->e, &o, ni);
	}
	return r < 0 ? r
		     : content_measure(&(struct content_reading){ l->e, l->n->to.person, l->now },
				       measure_id(item->measure), ni);
}

/* ---- the notice --------------------------------------------------------------------------------- */

/* What is due first comes first; what is due together in the order of the plan, which obligations come into being in.
 * qsort() alone keeps no order. */
static int compare_items(const void *a, const void *b)
{
	const struct content_item *x = a, *y = b;
	int r;

	if (x->what != y->what)
		return x->what < y->what ? -1 : 1;
	r = civil_compare(x->papers, y->papers);
	if (r)
		return r;
	return (x->obligation.n > y->obligation.n) - (x->obligation.n < y->obligation.n);
}

/* id NULL: nobody. */
static const char *name_of(const struct plan *plan, struct person_id id)
{
	const struct person *person = id.text ? plan_person(plan, id) : NULL;

	return person ? person->name : NULL;
}

static void name_people(const struct plan *plan, struct content_item *ni)
{
	const char *by = json_string_value(json_object_get(ni->detail, "by"));
	const struct person *said = by ? person_of_source(plan, by) : NULL;

	ni->by = said ? said->name : NULL;
	ni->person =
		name_of(plan, person_id(json_string_value(json_object_get(ni->detail, "person"))));
	ni->deputy =
		name_of(plan, person_id(json_string_value(json_object_get(ni->detail, "deputy"))));
}

static int load_items(struct loading *l)
{
	struct content_private *p = l->n->private;
	int r;

	p->items = calloc(l->count, sizeof(*p->items));
	p->details = calloc(l->count, sizeof(*p->details));
	p->papers = calloc(l->count, sizeof(*p->papers));
	p->next = calloc(l->count, sizeof(struct recipient *));
	p->own = calloc(l->count, sizeof(struct content_owed *));
	p->passing = calloc(l->count, sizeof(struct content_link *));
	if (!p->items || !p->details || !p->papers || !p->next || !p->own || !p->passing)
		return -ENOMEM;
	r = content_prefetch(l->e, l->items, l->count);
	for (size_t i = 0; r >= 0 && i < l->count; i++) {
		r = load_item(l, i);
		p->count = i + 1;
		if (r >= 0)
			r = content_own(l->e, l->n->to.person, l->now, &p->items[i], &p->own[i]);
		if (r < 0)
			return r;
		if (l->items[i].detail)
			p->details[i] = json_loads(l->items[i].detail, 0, NULL);
		p->items[i].detail = p->details[i];
		r = content_frozen_paper(l->e, &p->items[i], &p->papers[i]);
		if (r < 0)
			return r;
		p->items[i].paper = p->papers[i];
		content_asked_in_detail(l->e->plan, &p->items[i]);
		name_people(l->e->plan, &p->items[i]);
		r = content_telling(l->e, l->n->to.person, l->now, &p->items[i]);
	}
	if (r < 0)
		return r;
	qsort(p->items, p->count, sizeof(*p->items), compare_items);
	l->n->items = p->items;
	l->n->count = p->count;
	return agenda_of_items(&l->n->agenda, l->e,
			       &(struct agenda_items){ l->items, l->count, l->n->to.person });
}

static int find_way(struct loading *l, const struct message *m)
{
	struct message_content *n = l->n;

	n->via = plan_channel(l->e->plan, m->channel);
	if (!n->via || !recipient_find(l->e->plan, recipient_id(m->to), &n->to))
		return CONTENT_NOTHING;
	n->language = n->to.person ? n->to.person->language : l->e->plan->settings.language;
	return 0;
}

/* All but its items, as of this row. What is made is l->n, also when it fails. */
static int begin(struct loading *l, const struct message *m)
{
	struct message_content *n = l->n = calloc(1, sizeof(*n));

	if (!n)
		return -ENOMEM;
	n->message = *m;
	n->private = calloc(1, sizeof(*n->private));
	if (!n->private)
		return -ENOMEM;
	n->private->plan = plan_ref(l->e->plan);
	return find_way(l, m);
}

/* 0 with *ret, or r and nothing. */
static int end(struct loading *l, int r, struct message_content **ret)
{
	if (r == 0)
		*ret = l->n;
	else
		message_content_free(l->n);
	return r;
}

/* A link that is used or over is nothing to send. */
static int sign_in_leads_nowhere(struct engine *e, const struct item *item, struct instant now)
{
	json_t *detail = item->detail ? json_loads(item->detail, 0, NULL) : NULL;
	bool good = false;
	int r = sign_in_is_good(e, json_string_value(json_object_get(detail, "login")), now, &good);

	json_decref(detail);
	return r == 0 && !good ? CONTENT_NOTHING : r;
}

/* Whether a reply is an answer is asked while something of what it was about is still to be answered. */
static int reply_asks_nothing(struct engine *e, const struct items *items)
{
	for (size_t i = 0; i < items->count; i++) {
		struct obligation o;
		int r = ledger_obligation(e->ledger, items->list[i].obligation, &o);

		if (r < 0 || o.phase == PHASE_LIVE)
			return r < 0 ? r : 0;
	}
	return CONTENT_NOTHING;
}

int message_content_load(struct engine *e, const struct message *m, struct instant now,
			 struct message_content **ret)
{
	struct loading l __attribute__((cleanup(loading_done))) = { .e = e, .now = now };
	struct items items __attribute__((cleanup(items_done))) = { NULL };
	int r = begin(&l, m);

	if (r == 0)
		r = list_items(e->ledger, m->id, &items);
	if (r == 0 && items.count == 0)
		r = CONTENT_NOTHING;
	if (r == 0 && m->kind == KIND_SIGN_IN)
		r = sign_in_leads_nowhere(e, &items.list[0], now);
	if (r == 0 && m->kind == KIND_REPLY)
		r = reply_asks_nothing(e, &items);
	if (r == 0)
		r = walk_from_ledger_new(e, now, &l.walk);
	l.items = items.list;
	l.count = items.count;
	return end(&l, r == 0 ? load_items(&l) : r, ret);
}

int message_content_about(struct engine *e, const struct content_about *about, struct instant now,
			  struct message_content **ret)
{
	struct loading l __attribute__((cleanup(loading_done))) = {
		.e = e, .now = now, .items = about->items, .count = about->count
	};
	const struct channel *via = about->to.channel ? about->to.channel : &e->plan->channels[0];
	struct message m = outbox_message(about->kind, now, now);
	int r;

	recipient_id_of(about->to, m.to);
	snprintf(m.channel, sizeof(m.channel), "%s", via->name);
	r = begin(&l, &m);
	if (r == 0 && about->language != LANGUAGES)
		l.n->language = about->language;
	if (r == 0)
		r = walk_from_ledger_new(e, now, &l.walk);
	return end(&l, r == 0 ? load_items(&l) : r, ret);
}

struct item content_item_about(const struct obligation *o, enum item_what what)
{
	struct item item = { .obligation = o->id, .round = o->round, .what = (int)what };

	snprintf(item.deadline, sizeof(item.deadline), "%s", o->deadline);
	snprintf(item.measure, sizeof(item.measure), "%s", o->measure);
	return item;
}

struct message_content *message_content_free(struct message_content *n)
{
	struct content_private *p = n ? n->private : NULL;

	for (size_t i = 0; p && i < p->count; i++) {
		json_decref(p->details[i]);
		json_decref(p->papers[i]);
		free(p->next[i]);
		free(p->own[i]);
		free(p->passing[i]);
	}
	if (p) {
		free(p->items);
		free(p->details);
		free(p->papers);
		free(p->next);
		free(p->own);
		free(p->passing);
		plan_unref(p->plan);
	}
	if (n)
		agenda_done(&n->agenda);
	free(p);
	free(n);
	return NULL;
}
