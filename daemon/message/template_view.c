/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view is JSON of strings, flags and lists, built once for each message. A measure that a new owner takes
 * over is one thing, however many deadlines ask it, and so is one of which a status says several things.
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
	template_view_put_flag(v, "replies_heard", v->options->replies_heard);
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
		    template_view_put_common(&v, n->message.kind, things);
	}
	if (r == 0)
		r = json_object_set(v.object, "items", things);
	template_view_put_number(&v, "count", count);
	if (count > 1)
		template_view_put_number(&v, "more", count - 1);
	if (n->to.person)
		template_view_put(&v, "recipient", n->to.person->name);
	template_view_put_flag(&v, "mail", options->reply_to != NULL);
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
