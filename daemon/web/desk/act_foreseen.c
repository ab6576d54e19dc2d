/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What would follow from an act, for people: things by their titles, dates in words, and what is many taken together.
 * Of each list so many are shown; how many there are besides is said.
 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "web/desk/acting.h"
#include "web/desk/desk.h"

#define SHOWN_MAX 40

static const char *member(const json_t *row, const char *name)
{
	const char *text = json_string_value(json_object_get(row, name));

	return text ? text : "";
}

/* ---- things and people --------------------------------------------------------------------------- */

/* What a measure is answered in, "Återredovisning (RS-58)": it may be in several. */
static void put_of(const struct page_reader *to, json_t *out, const char *title, const char *id)
{
	char shown[CATALOGUE_ID];

	json_object_set_new(out, "of",
			    json_sprintf("%s (%s)", title, catalogue_id(to->language, id, shown)));
}

/* "title" and, when it is not the same, "id"; and "of". */
static void put_thing(const struct page_reader *to, json_t *out, const json_t *row)
{
	const struct plan *plan = to->web->engine->plan;
	const char *measure = member(row, "measure"), *deadline = member(row, "deadline");
	const struct measure *m = *measure ? plan_measure(plan, measure_id(measure)) : NULL;
	const struct deadline *d = *deadline ? plan_deadline(plan, deadline_id(deadline)) : NULL;
	/* An assignment's answer is of neither; a request's subject may be one by the deadline's name. */
	const char *assignment = *deadline ? deadline : member(row, "assignment");
	const struct assignment *u =
		!m && !d ? plan_assignment(plan, assignment_id(assignment)) : NULL;
	const char *id = *measure ? measure : *deadline ? deadline : assignment;
	const char *title = m ? m->title : d && !*measure ? d->title : u ? u->title : NULL;

	page_put(out, "title", title ? title : id);
	page_put_id(to, out, "id", title ? id : NULL);
	if (*measure && d)
		put_of(to, out, d->title, deadline);
}

static const char *name_of(const struct page_reader *to, const char *id)
{
	const struct person *p = *id ? plan_person(to->web->engine->plan, person_id(id)) : NULL;

	return p ? p->name : id;
}

static void put_owner(const struct page_reader *to, json_t *out, const json_t *row, const char *as,
		      const char *member_name)
{
	page_put(out, as, name_of(to, member(row, member_name)));
}

/* ---- what is owed --------------------------------------------------------------------------------- */

typedef void put_row_fn(const struct page_reader *to, json_t *out, const json_t *row);

static void put_closed(const struct page_reader *to, json_t *out, const json_t *row)
{
	char flag[24];

	put_thing(to, out, row);
	put_owner(to, out, row, "owner", "owner");
	snprintf(flag, sizeof(flag), "as_%s", member(row, "as"));
	page_put_flag(out, flag, true);
}

static void put_opened(const struct page_reader *to, json_t *out, const json_t *row)
{
	put_thing(to, out, row);
	put_owner(to, out, row, "owner", "owner");
}

static void put_date(const struct page_reader *to, json_t *out, const json_t *row, const char *name)
{
	struct civil_date day;

	if (civil_parse(member(row, name), &day) == 0)
		page_put_day(to, out, name, day);
}

static void put_moved(const struct page_reader *to, json_t *out, const json_t *row)
{
	static const char *const dates[] = { "due", "due_before", "papers", "papers_before" };
	const char *due = member(row, "due"), *papers = member(row, "papers");

	put_thing(to, out, row);
	put_owner(to, out, row, "owner", "owner");
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		put_date(to, out, row, dates[i]);
	/* What has no papers, a measure's own date, is no meeting; what is due when its papers are needs no two dates. */
	page_put_flag(out, "papers_move",
		      *papers && strcmp(papers, member(row, "papers_before")) != 0);
	page_put_flag(out, "due_moves",
		      strcmp(due, member(row, "due_before")) != 0 && strcmp(due, papers) != 0);
	page_put_flag(out, "meets", *papers);
}

static void put_handed_on(const struct page_reader *to, json_t *out, const json_t *row)
{
	put_thing(to, out, row);
	put_owner(to, out, row, "owner", "owner");
	put_owner(to, out, row, "owner_before", "owner_before");
}

static void put_decided(const struct page_reader *to, json_t *out, const json_t *row)
{
	char flag[24];

	put_thing(to, out, row);
	snprintf(flag, sizeof(flag), "is_%s", member(row, "state"));
	page_put_flag(out, flag, true);
}

/* ---- what leaves ----------------------------------------------------------------------------------- */

static void put_when(const struct page_reader *to, json_t *out, const char *when)
{
	struct instant at;

	if (zone_parse(when, &at) < 0)
		return;
	if (instant_compare(at, to->now) <= 0)
		page_put_flag(out, "at_once", true);
	else
		page_put_instant(to, out, "when", at);
}

/* What a message is about: something of the plan, or who is away. */
static void put_item(const struct page_reader *to, json_t *out, const json_t *item)
{
	const char *away = member(item, "person");

	if (*away)
		page_put(out, "title", name_of(to, away));
	else
		put_thing(to, out, item);
	desk_put_step(to, out, item);
}

static void put_message(const struct page_reader *to, json_t *out, const json_t *row)
{
	const char *kind = member(row, "kind");
	json_t *items = json_array(), *item;
	char flag[24];
	size_t i;

	json_object_set_new(out, "items", items);
	put_when(to, out, member(row, "when"));
	page_put(out, "to", name_of(to, member(row, "to")));
	snprintf(flag, sizeof(flag), "kind_%s", kind);
	page_put_flag(out, flag, true);
	page_put_flag(out, "any_items", json_array_size(json_object_get(row, "items")) > 0);
	json_array_foreach (json_object_get(row, "items"), i, item) {
		json_t *thing = json_object();

		put_item(to, thing, item);
		page_put_flag(thing, "first", i == 0);
		json_array_append_new(items, thing);
	}
}

/* ---- all of it ------------------------------------------------------------------------------------- */

/* A message that tells of the act itself, and one of a ladder, which comes or goes by it. */
static bool tells(const json_t *row)
{
	return strcmp(member(row, "kind"), "reminder") != 0 &&
	       strcmp(member(row, "kind"), "escalation") != 0;
}

static bool reminds(const json_t *row)
{
	return !tells(row);
}

static const struct told_list {
	const char *name, *member; /* in the view, and of the consequences */
	put_row_fn *put;
	bool (*belongs)(const json_t *row); /* NULL: all do */
} lists[] = {
	{ "closes", "closes", put_closed },
	{ "opens", "opens", put_opened },
	{ "moves", "moves", put_moved },
	{ "owners", "owners", put_handed_on },
	{ "decides", "decides", put_decided },
	{ "tells", "leaves", put_message, tells },
	{ "reminds", "leaves", put_message, reminds },
	{ "dropped", "dropped", put_message },
};

static int put_list(const struct page_reader *to, json_t *view, const struct told_list *list,
		    const json_t *rows)
{
	json_t *out = json_array(), *row;
	size_t i, count = 0;
	char name[40];

	if (!out || json_object_set_new(view, list->name, out) < 0)
		return -ENOMEM;
	json_array_foreach (rows, i, row) {
		json_t *one;

		if ((list->belongs && !list->belongs(row)) || count++ >= SHOWN_MAX)
			continue;
		one = json_object();
		list->put(to, one, row);
		if (json_array_append_new(out, one) < 0)
			return -ENOMEM;
	}
	snprintf(name, sizeof(name), "any_%s", list->name);
	page_put_flag(view, name, count > 0);
	snprintf(name, sizeof(name), "count_%s", list->name);
	page_put_count(view, name, count);
	snprintf(name, sizeof(name), "more_%s", list->name);
	page_put_count(view, name, count - json_array_size(out));
	return 0;
}

int foreseen_put(const struct page_reader *to, json_t *view, const json_t *consequences)
{
	json_t *warning, *warnings = json_array();
	size_t told = 0, i;
	int r = 0;

	for (size_t n = 0; r == 0 && n < sizeof(lists) / sizeof(lists[0]); n++) {
		const json_t *rows = json_object_get(consequences, lists[n].member);

		r = put_list(to, view, &lists[n], rows);
		told += json_array_size(rows);
	}
	json_array_foreach (json_object_get(json_object_get(consequences, "remarks"), "warnings"),
			    i, warning)
		json_array_append_new(warnings, json_pack("{sO}", "text", warning));
	json_object_set_new(view, "warnings", warnings);
	page_put_count(view, "more_owed",
		       (size_t)json_integer_value(json_object_get(consequences, "more")));
	page_put_flag(view, "nothing", told == 0);
	return r;
}

/* ---- the same still? -------------------------------------------------------------------------------- */

/* What leaves at once does so a minute later, too. */
static void forget_now(json_t *rows, struct instant now)
{
	json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		struct instant at;

		if (zone_parse(member(row, "when"), &at) == 0 && instant_compare(at, now) <= 0)
			json_object_del(row, "when");
	}
}

char *foreseen_digest(const json_t *consequences, struct instant now,
		      char out[static FORESEEN_DIGEST])
{
	json_t *copy = json_deep_copy(consequences);
	unsigned char hash[crypto_generichash_BYTES_MIN];
	char *text;

	json_object_del(copy, "until");
	forget_now(json_object_get(copy, "leaves"), now);
	forget_now(json_object_get(copy, "dropped"), now);
	text = copy ? json_dumps(copy, JSON_SORT_KEYS | JSON_COMPACT) : NULL;
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)(text ? text : ""),
			   text ? strlen(text) : 0, NULL, 0);
	sodium_bin2hex(out, FORESEEN_DIGEST, hash, sizeof(hash));
	free(text);
	json_decref(copy);
	return out;
}
