/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each row is taken apart into what it is about (`of`) and the measures of each of these; rows of an instant whose
 * kind and `of` are equal are one group. What fails for want of memory is noticed once, at the end: jansson passes a
 * NULL on.
 */
#include "protocol/forecast_groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct grouping {
	json_t *groups;
	const char *when; /* of the instant whose groups `index` has, by kind and `of` */
	json_t *index;
	json_t *measures; /* by deadline: each that a row names */
	json_t *fewest;	  /* by deadline: how many of them the message has that has least */
	bool failed;
};

const char *forecast_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

bool forecast_agree(const json_t *one, const json_t *other, const char *name)
{
	const json_t *a = json_object_get(one, name), *b = json_object_get(other, name);

	return a == b || json_equal(a, b);
}

static void check(struct grouping *g, bool good)
{
	g->failed |= !good;
}

/* ---- one row -------------------------------------------------------------------------------------- */

/* A deadline, or who is away; NULL or null: a measure by itself. */
static json_t *subject_of(const json_t *item)
{
	json_t *person = json_object_get(item, "person");

	return person ? person : json_object_get(item, "deadline");
}

static bool is_about(const json_t *of, const json_t *item)
{
	const json_t *one = json_object_get(of, "deadline"), *other = subject_of(item);

	return (one == other || json_equal(one, other)) && forecast_agree(of, item, "step") &&
	       forecast_agree(of, item, "repetition");
}

/* What an item is about as a text, by which it is looked up. The caller frees it; NULL: out of memory. */
static char *key_of(json_t *item)
{
	json_t *key = json_pack("[O? O? O?]", subject_of(item), json_object_get(item, "step"),
				json_object_get(item, "repetition"));
	char *text = key ? json_dumps(key, JSON_COMPACT) : NULL;

	json_decref(key);
	return text;
}

static json_t *about_of(struct grouping *g, json_t *item)
{
	json_t *about = json_copy(item);

	json_object_del(about, "measure");
	if (json_object_del(about, "person") == 0)
		check(g, json_object_set(about, "deadline", subject_of(item)) == 0);
	return about;
}

/* The place in `of` of what the item is about, which is added where it is not there. Items about the same mostly
 * stand together, so the one before is looked at first. A row may be about a hundred thousand: places has where each
 * is, by its key. */
static size_t place_of(struct grouping *g, json_t *of, json_t *places, json_t *item, size_t before)
{
	char *key;
	json_t *place;
	size_t at;

	if (is_about(json_array_get(of, before), item))
		return before;
	key = key_of(item);
	place = key ? json_object_get(places, key) : NULL;
	at = place ? (size_t)json_integer_value(place) : json_array_size(of);
	if (!place) {
		check(g,
		      key && json_object_set_new(places, key, json_integer((json_int_t)at)) == 0);
		check(g, json_array_append_new(of, about_of(g, item)) == 0);
	}
	free(key);
	return at;
}

static int natural_order(const void *a, const void *b)
{
	return strverscmp(json_string_value(*(json_t *const *)a),
			  json_string_value(*(json_t *const *)b));
}

/* The same texts in natural order. */
static json_t *in_order(struct grouping *g, const json_t *list)
{
	const size_t count = json_array_size(list);
	json_t **texts = calloc(count + 1, sizeof(json_t *)), *sorted = json_array();

	check(g, texts && sorted);
	for (size_t i = 0; texts && i < count; i++)
		texts[i] = json_array_get(list, i);
	if (texts)
		qsort(texts, count, sizeof(json_t *), natural_order);
	for (size_t i = 0; texts && i < count; i++)
		check(g, json_array_append(sorted, texts[i]) == 0);
	free(texts);
	return sorted;
}

/* What a row's items are about, and the measures of each. */
static void take_apart(struct grouping *g, const json_t *row, json_t *of, json_t *lists)
{
	json_t *places = json_object(), *item;
	size_t i, at = 0;

	json_array_foreach (json_object_get(row, "items"), i, item) {
		at = place_of(g, of, places, item, at);
		if (at == json_array_size(lists))
			check(g, json_array_append_new(lists, json_array()) == 0);
		check(g, json_array_append_new(json_array_get(lists, at),
					       json_string(forecast_text(item, "measure"))) == 0);
	}
	json_decref(places);
	for (i = 0; i < json_array_size(lists); i++)
		check(g, json_array_set_new(lists, i, in_order(g, json_array_get(lists, i))) == 0);
}

/* ---- all of a deadline's measures ----------------------------------------------------------------- */

static void note_measures(struct grouping *g, const char *deadline, const json_t *list)
{
	json_t *all = json_object_get(g->measures, deadline), *one;
	const json_t *fewest = json_object_get(g->fewest, deadline);
	json_int_t count = 0;
	size_t i;

	if (!all) {
		all = json_object();
		check(g, json_object_set_new(g->measures, deadline, all) == 0);
	}
	json_array_foreach (list, i, one) {
		if (!*json_string_value(one))
			continue;
		check(g, json_object_set_new(all, json_string_value(one), json_true()) == 0);
		count++;
	}
	if (count > 0 && (!fewest || count < json_integer_value(fewest)))
		check(g, json_object_set_new(g->fewest, deadline, json_integer(count)) == 0);
}

static void note_all(struct grouping *g, json_t *of)
{
	json_t *about;
	size_t i;

	json_array_foreach (of, i, about) {
		const char *deadline = forecast_text(about, "deadline");
		const json_int_t all =
			(json_int_t)json_object_size(json_object_get(g->measures, deadline));

		if (*deadline && json_integer_value(json_object_get(g->fewest, deadline)) < all)
			check(g, json_object_set_new(about, "all", json_integer(all)) == 0);
	}
}

/* ---- the groups ----------------------------------------------------------------------------------- */

/* The one of the row's instant with its kind and `of`; a new one if there is none. */
static json_t *group_of(struct grouping *g, const json_t *row, json_t *of)
{
	const char *when = forecast_text(row, "when"), *kind = forecast_text(row, "kind");
	char *about = json_dumps(of, JSON_COMPACT), *key = NULL;
	json_t *group;

	check(g, about && asprintf(&key, "%s %s", kind, about) >= 0);
	free(about);
	if (g->failed)
		return NULL;
	if (!g->when || strcmp(g->when, when) != 0)
		json_object_clear(g->index);
	g->when = when;
	group = json_object_get(g->index, key);
	if (!group) {
		group = json_pack("{s:s,s:s,s:O,s:{}}", "when", when, "kind", kind, "of", of, "to");
		check(g, json_array_append_new(g->groups, group) == 0);
		check(g, json_object_set(g->index, key, group) == 0);
	}
	free(key);
	return group;
}

/* Whom the row reaches, and how unless by mail: "stod", "akut by hook", of a channel its name alone. One that is tried
 * again is a message of its own: "stod, again". The caller frees it; NULL: out of memory. */
static char *name_of(const json_t *row, const json_t *taken)
{
	const char *to = forecast_text(row, "to"), *channel = forecast_text(row, "channel");
	const bool plain = strcmp(channel, "mail") == 0 || strcmp(channel, to) == 0;
	char *name = NULL, *again;

	if (asprintf(&name, "%s%s%s", to, plain ? "" : " by ", plain ? "" : channel) < 0)
		return NULL;
	while (json_object_get(taken, name)) {
		if (asprintf(&again, "%s, again", name) < 0)
			again = NULL;
		free(name);
		name = again;
		if (!name)
			return NULL;
	}
	return name;
}

static void add_row(struct grouping *g, const json_t *row)
{
	json_t *of = json_array(), *lists = json_array(), *group, *about, *to;
	char *name;
	size_t i;

	take_apart(g, row, of, lists);
	json_array_foreach (of, i, about)
		if (*forecast_text(about, "deadline"))
			note_measures(g, forecast_text(about, "deadline"),
				      json_array_get(lists, i));
	group = group_of(g, row, of);
	to = json_object_get(group, "to");
	name = group ? name_of(row, to) : NULL;
	check(g, name && json_object_set(to, name, lists) == 0);
	free(name);
	json_decref(of);
	json_decref(lists);
}

json_t *forecast_groups(const json_t *rows)
{
	struct grouping g = { .groups = json_array(),
			      .index = json_object(),
			      .measures = json_object(),
			      .fewest = json_object() };
	const json_t *row;
	json_t *group;
	size_t i;

	json_array_foreach (rows, i, row)
		add_row(&g, row);
	json_array_foreach (g.groups, i, group)
		note_all(&g, json_object_get(group, "of"));
	check(&g, g.groups && g.index && g.measures && g.fewest);
	json_decref(g.index);
	json_decref(g.measures);
	json_decref(g.fewest);
	if (!g.failed)
		return g.groups;
	json_decref(g.groups);
	return NULL;
}
