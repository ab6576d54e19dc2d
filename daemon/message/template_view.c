/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view is JSON of strings, flags and lists, built once for each message. What several things have in
 * common is told once, before them: it is taken out of each. A measure that a new owner takes over is one
 * thing, however many deadlines ask it, and so is one of which a status says several things.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/zone.h"
#include "engine/obligation/light.h"
#include "message/template_view_internal.h"
#include "plan/mail_address.h"

/* ---- things --------------------------------------------------------------------------------------- */

static bool is_same_measure(const struct content_item *a, const struct content_item *b)
{
	return a->measure.text && b->measure.text && strcmp(a->measure.text, b->measure.text) == 0;
}

static bool is_reason(enum item_what what)
{
	return what == ITEM_OFF_TRACK || what == ITEM_NEEDS_SUPPORT || what == ITEM_EFFECT_BELOW ||
	       what == ITEM_LIGHT;
}

/* Is there an item before i, from the first of its thing on, that says the same? Of two texts about support,
 * or two comments, neither may be lost. */
static bool says_it_already(const struct message_content *n, size_t first, size_t i)
{
	for (size_t k = first; k < i; k++)
		if (n->items[k].what == n->items[i].what &&
		    is_same_measure(&n->items[k], &n->items[i]))
			return true;
	return false;
}

/* The item that stands for this one: the first about the same measure, where it was assigned, or where it is
 * a further reason for the same alert; else itself. */
static size_t told_by(const struct message_content *n, size_t i)
{
	const struct content_item *item = &n->items[i];

	for (size_t k = 0; k < i; k++) {
		if (!is_same_measure(&n->items[k], item))
			continue;
		if (item->what == ITEM_ASSIGNED && n->items[k].what == item->what)
			return k;
		if (is_reason(item->what) && is_reason(n->items[k].what) &&
		    (item->what == ITEM_EFFECT_BELOW || item->what == ITEM_LIGHT ||
		     !says_it_already(n, k, i)))
			return k;
	}
	return i;
}

/* Does the light say no more than that it is off track, as another reason does? */
static bool says_off_track_alone(const struct content_item *item)
{
	const json_t *whys = json_object_get(item->detail, "reasons");
	const char *why = json_string_value(json_array_get(whys, 0));

	return item->what == ITEM_LIGHT && json_array_size(whys) == 1 && why &&
	       strcmp(why, light_reason_name(LIGHT_OFF_TRACK)) == 0;
}

/* What a further reason adds: what was not said yet. */
static void add_reason(json_t *thing, const struct message_content *n, size_t i,
		       const struct template_view_options *options)
{
	json_t *reason = template_view_item(n, &n->items[i], options);

	json_object_update_missing(thing, reason);
	if (!json_object_get(thing, "off_track") || !says_off_track_alone(&n->items[i]))
		json_object_set_new(thing, "reasons", json_true());
	json_decref(reason);
}

/* One thing, with what others like it add: further deadlines, and what those require; further reasons. */
static json_t *thing_new(const struct message_content *n, size_t i,
			 const struct template_view_options *options)
{
	struct content_item item = n->items[i];
	json_t *also = json_array(), *thing;

	for (size_t k = i + 1; item.what == ITEM_ASSIGNED && k < n->count; k++)
		if (told_by(n, k) == i) {
			item.require |= n->items[k].require;
			json_array_append_new(also, template_view_also(n, &n->items[k], options));
		}
	thing = template_view_item(n, &item, options);
	if (json_array_size(also) > 0)
		json_object_set(thing, "also", also);
	json_decref(also);
	for (size_t k = i + 1; is_reason(item.what) && k < n->count; k++)
		if (told_by(n, k) == i && !says_it_already(n, i, k))
			add_reason(thing, n, k, options);
	return thing;
}

static int put_things(struct template_view *v, const struct message_content *n, json_t *things)
{
	for (size_t i = 0; i < n->count; i++)
		if (told_by(n, i) == i &&
		    json_array_append_new(things, thing_new(n, i, v->options)) < 0)
			return -ENOMEM;
	for (size_t i = 0; json_array_size(things) > 1 && i < json_array_size(things); i++) {
		struct template_view thing = { json_array_get(things, i), v->language, v->options,
					       false };

		template_view_put_number(&thing, "number", i + 1);
		v->failed |= thing.failed;
	}
	return 0;
}

/* ---- what they have in common ----------------------------------------------------------------------- */

/* What may be taken out of each thing and told once. Dates go together only if all are late or none is,
 * and a meeting's only with its body; what comes next only as a whole. */
static const struct shared {
	const char *name, *with[3]; /* with: what must be the same too, for it to be told once */
	bool is_date;
	bool of_ladder; /* in reminders and escalations only */
} shared[] = {
	{ "answer_by", { NULL }, true },
	{ "formal", { NULL }, true },
	{ "squeeze_day", { "formal" }, true },
	{ "stated", { NULL }, true },
	{ "formal_before", { NULL }, true },
	{ "expected_before", { NULL }, true },
	{ "chain", { "body" }, true },
	{ "meeting", { "body" }, true },
	{ "meeting_before", { "body" }, true },
	{ "provisional", { "body" }, true },
	{ "month_over", { "body" }, true },
	{ "last_today", { NULL }, true },
	{ "one_day_left", { NULL }, true },
	{ "days_left", { NULL }, true },
	{ "part_of", { NULL } },
	{ "decision", { NULL } },
	{ "done_by", { "done_by_expected", "done_by_before" }, false, true },
	{ "day_said", { NULL }, true, true },
	{ "owner", { "escalated" }, false, true },
	{ "opens", { NULL }, false, true },
	{ "promised_by", { NULL }, false, true },
	{ "stands_in_for", { "away_until", "promised_by" }, false, true },
	{ "required", { NULL }, false, true },
	{ "why", { "escalated" }, false, true },
	{ "sent_late", { "escalated" }, false, true },
	{ "asked_once", { "last_asked", "escalated" }, false, true },
	{ "asked_times", { "last_asked", "escalated" }, false, true },
	{ "next", { "next_to", "next_to_you", "escalated" }, false, true },
	{ "last", { "escalated" }, false, true },
};
#define SHARED (sizeof(shared) / sizeof(shared[0]))

/* What goes with what is shared: of no use without it. */
static const char *const companions[][2] = {
	{ "stands_in_for", "away_until" }, { "asked_once", "last_asked" },
	{ "asked_times", "last_asked" },   { "next", "next_to" },
	{ "next", "next_to_others" },	   { "next", "next_to_you" },
	{ "done_by", "done_by_expected" }, { "done_by", "done_by_before" },
};

/* A deadline's own deliverable is no part of the deadline, and what reports must give is not asked of it. */
static bool has_no_say(const json_t *thing, const char *name)
{
	return !json_object_get(thing, "measure") &&
	       (strcmp(name, "part_of") == 0 || strcmp(name, "required") == 0);
}

/* The same in all of them: the value, or NULL when none has it. *ret_same: is it so? */
static json_t *same_in_all(const json_t *things, const char *name, bool *ret_same)
{
	const json_t *deadline = json_object_get(json_array_get(things, 0), "deadline");
	json_t *first = NULL, *thing;
	bool any = false;
	size_t i;

	*ret_same = true;
	json_array_foreach (things, i, thing) {
		json_t *value = json_object_get(thing, name);

		if (has_no_say(thing, name) &&
		    json_equal(json_object_get(thing, "deadline"), deadline))
			continue;
		if (!any)
			first = value;
		any = true;
		*ret_same &= value && first ? json_equal(value, first) : !value && !first;
	}
	return first;
}

static bool may_share(const json_t *things, const struct shared *what)
{
	bool same, late_same, with_same = true;
	const json_t *value = same_in_all(things, what->name, &same);

	same_in_all(things, "late", &late_same);
	for (size_t i = 0; i < 3 && what->with[i] && with_same; i++)
		same_in_all(things, what->with[i], &with_same);
	return value && same && with_same && (late_same || !what->is_date);
}

static void take_out(json_t *things, const char *name)
{
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing)
		json_object_del(thing, name);
}

static int copy_name(json_t *common, const json_t *things, const char *name)
{
	bool same;
	json_t *value = same_in_all(things, name, &same);

	return value && same ? json_object_set(common, name, value) : 0;
}

static int share(json_t *common, json_t *things, const char *name)
{
	int r = copy_name(common, things, name);

	take_out(things, name);
	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
		if (r < 0 || strcmp(companions[i][0], name) != 0)
			continue;
		r = copy_name(common, things, companions[i][1]);
		take_out(things, companions[i][1]);
	}
	return r;
}

/* Has it a line in the table of facts? A day in the first sentence has one only beside another day; who is
 * asked, and how often, only where others are. */
static bool has_facts(const json_t *common, enum message_kind kind)
{
	static const char *const always[] = { "stated",	     "formal_before", "expected_before",
					      "meeting",     "part_of",	      "decision",
					      "provisional", "chain",	      "done_by" };
	static const char *const of_others[] = { "owner", "asked_once", "asked_times" };
	const bool said = json_object_get(common, "day_said") != NULL;
	bool any = json_object_get(common, "formal") && !(said && json_object_get(common, "late"));

	any |= json_object_get(common, "answer_by") && !said;
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		any |= json_object_get(common, always[i]) != NULL;
	for (size_t i = 0; kind == KIND_ESCALATION && i < 3; i++)
		any |= json_object_get(common, of_others[i]) != NULL;
	return any;
}

/* Is a deadline's own deliverable among them, beside measures? */
static bool is_whole_among(const json_t *things)
{
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing)
		if (!json_object_get(thing, "measure"))
			return true;
	return false;
}

static int put_common(struct template_view *v, const struct message_content *n, json_t *things)
{
	const bool of_ladder = kind_is_ladder(n->message.kind);
	json_t *common = json_object(), *list;
	bool dates = false;
	int r = common ? 0 : -1;

	for (size_t i = 0; r == 0 && json_array_size(things) > 1 && i < SHARED; i++) {
		if ((shared[i].of_ladder && !of_ladder) || !may_share(things, &shared[i]))
			continue;
		dates |= shared[i].is_date;
		r = share(common, things, shared[i].name);
	}
	if (r == 0 && dates) { /* "late" stays: the sentences of each thing turn on it */
		r = copy_name(common, things, "body") | copy_name(common, things, "late") |
		    copy_name(common, things, "passed");
		take_out(things, "passed");
	}
	template_view_put_flag(v, "facts_shared", has_facts(common, n->message.kind));
	template_view_put_flag(v, "whole",
			       json_object_get(common, "part_of") && is_whole_among(things));
	template_view_put_flag(v, "both", json_array_size(things) == 2);
	list = r == 0 && json_object_size(common) > 0 ? json_pack("[O]", common) : NULL;
	if (list)
		r = json_object_set_new(v->object, "common", list);
	json_decref(common);
	return r;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* How many things that the item names the recipient may answer. */
static size_t count_answers(const struct message_content *n, const struct content_item *item)
{
	size_t count = template_view_may_answer(n, item) ? 1 : 0;

	for (size_t i = 0; i < item->own_count; i++)
		count += item->own[i].answerable;
	return count;
}

/* Where the recipient answers all that they owe, when this message names several things of it. */
static void put_mine(struct template_view *v, const struct message_content *n)
{
	struct civil_date papers = CIVIL_NONE;
	char url[LINK_URL];
	struct link link;
	size_t count = 0;

	for (size_t i = 0; i < n->count; i++) {
		const size_t answers = count_answers(n, &n->items[i]);

		count += answers;
		if (answers > 0 && civil_compare(n->items[i].papers, papers) > 0)
			papers = n->items[i].papers;
	}
	if (!v->options->links || count < 2)
		return;
	link = link_mine(n->to.person->id, papers);
	if (civil_compare(link.until, zone_date(v->options->now)) >= 0)
		template_view_put(v, "mine", links_url(v->options->links, &link, url));
}

/* Is there a page to answer on, for all of it or for one? */
static void put_pages(struct template_view *v, const json_t *things)
{
	bool pages = json_object_get(v->object, "mine") != NULL;
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing) {
		const json_t *own = json_object_get(thing, "own");

		pages |= json_object_get(thing, "link") != NULL;
		for (size_t k = 0; k < json_array_size(own); k++)
			pages |= json_object_get(json_array_get(own, k), "link") != NULL;
	}
	template_view_put_flag(v, "pages", pages);
}

/* As people write it, not as in the header. Who reads it themself isn't told that somebody does. */
static void put_reply_to(struct template_view *v, const struct message_content *n)
{
	const char *address = v->options->reply_to;
	const char *own = n->to.person ? n->to.person->mail : NULL;
	char *shown;

	if (!address || (own && strcasecmp(own, address) == 0))
		return;
	shown = mail_address_shown(address);
	v->failed |= !shown;
	template_view_put(v, "reply_to", shown);
	free(shown);
}

int template_view_new(json_t **ret, const struct message_content *n,
		      const struct template_view_options *options)
{
	struct template_view v = { json_object(), n->language, options, false };
	json_t *things = json_array(), *first;
	size_t count;
	int r = v.object && things ? put_things(&v, n, things) : -ENOMEM;

	count = json_array_size(things);
	if (r == 0)
		r = template_view_put_asked(&v, n, things);
	if (r == 0 && count > 0) {
		first = json_copy(json_array_get(things, 0)); /* the subject has all of it */
		r = json_object_set_new(v.object, "first", json_pack("[o]", first)) |
		    put_common(&v, n, things);
	}
	if (r == 0)
		r = json_object_set(v.object, "items", things);
	template_view_put_number(&v, "count", count);
	if (count > 1)
		template_view_put_number(&v, "more", count - 1);
	if (n->to.person)
		template_view_put(&v, "recipient", n->to.person->name);
	put_reply_to(&v, n);
	put_mine(&v, n);
	put_pages(&v, things);
	json_decref(things);
	if (r < 0 || v.failed) {
		json_decref(v.object);
		return -ENOMEM;
	}
	*ret = v.object;
	return 0;
}
