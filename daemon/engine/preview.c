/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three questions, in this order: what is it about, who reads it, what does it say. Each is answered as the
 * real message would have it, by the functions that post it, where there are such; else by the first that
 * there is.
 */
#include "engine/preview.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/ladder/walk.h"
#include "engine/preview/internal.h"

int preview_add(struct previewing *p, const struct item *item)
{
	int r = array_grow(&p->items, p->count, &p->room);

	if (r == 0)
		p->items[p->count++] = *item;
	return r;
}

static void previewing_done(struct previewing *p)
{
	for (size_t i = 0; i < p->count; i++)
		item_done(&p->items[i]);
	free(p->items);
}

/* ---- who reads it -------------------------------------------------------------------------------- */

const struct person *preview_owner(const struct previewing *p)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	bool found;

	if (p->o.id.n)
		return walk_owes(p->e->plan, p->deadline, &p->o);
	if (p->measure && ledger_find_measure(p->e->ledger, p->measure->id, &row, &found) == 0 &&
	    found)
		return plan_person(p->e->plan, person_id(row.owner));
	return p->deadline ? p->deadline->responsible : NULL;
}

static void add_alerted(const struct previewing *p, struct recipient_list *to)
{
	const struct plan *plan = p->e->plan;
	const struct recipient_context context = { .owes = preview_owner(p) };

	for (size_t i = 0; i < plan->alert_count; i++)
		if (plan->alerts[i].when == p->kind->alert)
			recipient_add(to, plan, plan->alerts[i].to, plan->alerts[i].to_count,
				      &context);
}

static void add_readers(const struct previewing *p, struct recipient_list *to)
{
	const struct person *owner = preview_owner(p);
	const struct deadline *d = p->deadline;
	const struct recipient_context context = { owner, d ? d->responsible : NULL };

	switch (p->kind->reader) {
	case READER_OWNER:
		recipient_add_one(to, (struct recipient){ .person = owner });
		break;
	case READER_MANAGER:
		recipient_add_one(to,
				  (struct recipient){ .person = owner ? owner->manager : NULL });
		break;
	case READER_INFORMED:
		recipient_add(to, p->e->plan, d->inform, d->inform_count, &context);
		break;
	case READER_ALERTED:
		add_alerted(p, to);
		break;
	case READER_SUPPORT:
		recipient_add_support(to, p->e->plan);
		break;
	case READER_STEWARD:
		recipient_add_stewards(to, p->e->plan);
		break;
	case READER_ANYBODY:
		for (size_t i = 0; i < p->e->plan->person_count; i++)
			recipient_add_one(to,
					  (struct recipient){ .person = &p->e->plan->people[i] });
	}
}

/* The first person of those who would get it. */
static int find_reader(struct previewing *p)
{
	struct recipient_list *to;

	if (p->to.person)
		return 0;
	to = calloc(1, sizeof(*to));
	if (!to)
		return -ENOMEM;
	add_readers(p, to);
	for (size_t i = 0; !p->to.person && i < to->count; i++)
		p->to.person = to->list[i].person;
	free(to);
	if (p->to.person)
		return 0;
	return (int)reject(p->why, REJECT_BAD_DATA,
			   "no person in the plan would get it: name who is to read it with "
			   "--person");
}

/* ---- what it says -------------------------------------------------------------------------------- */

static int add_item(struct previewing *p, const struct obligation *o)
{
	struct item item = { .what = (int)p->kind->what };
	json_t *detail = p->kind->detail ? p->kind->detail(p) : NULL;
	int r;

	const bool of_person = p->kind->what == ITEM_AWAY; /* whatever they owe */

	if (o && o->id.n && !of_person)
		item = content_item_about(o, p->kind->what);
	else if (p->deadline && !of_person)
		snprintf(item.deadline, sizeof(item.deadline), "%s", p->deadline->id.text);
	if (p->measure && !of_person)
		snprintf(item.measure, sizeof(item.measure), "%s", p->measure->id.text);
	item.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (p->kind->detail && !item.detail)
		return -ENOMEM;
	r = preview_add(p, &item);
	if (r < 0)
		item_done(&item);
	return r;
}

/* Who takes a measure over takes over all that it owes. */
static int add_assigned(struct previewing *p)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	int r = list_of_measure(p->e->ledger, p->measure->id, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++)
		if (all.list[i].phase == PHASE_LIVE)
			r = add_item(p, &all.list[i]);
	return r;
}

static int add_items(struct previewing *p)
{
	int r = 0;

	if (p->count > 0)
		return 0;
	if (p->kind->what == ITEM_ASSIGNED)
		r = add_assigned(p);
	if (r >= 0 && p->count == 0)
		r = add_item(p, &p->o);
	return r;
}

/* ---- all of it ----------------------------------------------------------------------------------- */

static const struct preview_kind *find_kind(const char *name)
{
	for (const struct preview_kind *k = preview_kinds; k->name; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

static int begin(struct previewing *p)
{
	const struct preview_request *asked = p->asked;
	struct text_list kinds = { "" };

	p->kind = find_kind(asked->kind);
	for (const struct preview_kind *k = preview_kinds; k->name; k++)
		text_list_add(&kinds, k->name);
	if (!p->kind)
		return (int)reject(p->why, REJECT_BAD_DATA,
				   "there is no kind %s of message: the kinds are %s",
				   text_excerpt(asked->kind).text, kinds.text);
	if (asked->person.text) {
		p->to.person = plan_person(p->e->plan, asked->person);
		if (!p->to.person)
			return (int)reject(p->why, REJECT_UNKNOWN_SUBJECT,
					   "there is no person %s in the plan: check the id",
					   asked->person.text);
	}
	return preview_find_named(p);
}

static int find(struct previewing *p)
{
	int r = begin(p);

	if (r == 0)
		r = p->kind->about == ABOUT_STEP ? preview_find_step(p) : preview_find_about(p);
	if (r == 0)
		r = find_reader(p);
	if (r != 0)
		return r;
	p->language = p->asked->language == LANGUAGES ? p->to.person->language : p->asked->language;
	if (p->kind->fits)
		r = p->kind->fits(p);
	return r == 0 ? add_items(p) : r;
}

int preview_new(struct preview *ret, struct engine *e, const struct preview_request *request,
		struct instant now, struct rejection *ret_why)
{
	struct previewing p __attribute__((cleanup(previewing_done))) = {
		.e = e, .asked = request, .why = ret_why, .now = now, .when = now
	};
	struct content_about about = { .language = request->language };
	int r = find(&p);

	if (r != 0)
		return r;
	about.kind = item_kind(p.kind->what);
	about.to = p.to;
	about.items = p.items;
	about.count = p.count;
	r = message_content_about(e, &about, p.when, &ret->content);
	if (r == 0)
		ret->when = p.when;
	return r;
}
