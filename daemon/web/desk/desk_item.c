/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /desk/item: one measure, deadline, assignment, body or person as it stands; what was said of it, the newest first;
 * and, of a measure or deadline, each reminder, sent or not, person by person. What `show` and `why` answer, in
 * sentences.
 */
#include <string.h>

#include "base/zone.h"
#include "web/desk/desk_item_inside.h"

#define OWED_SHOWN 100
#define WHY_MEASURES 40 /* of a deadline with more the reminders are told with each measure */

const struct field_rule desk_item_query[] = { { "item", ITEM_ID }, { NULL } };

/* ---- what it is ------------------------------------------------------------------------------------ */

static void put_owed(const struct page_reader *to, json_t *view, const json_t *row)
{
	const json_t *list = json_object_get(row, "obligations"), *o;
	json_t *rows = json_array();
	size_t i;

	json_object_set_new(view, "owed", rows);
	json_array_foreach (list, i, o) {
		json_t *one = i < OWED_SHOWN ? desk_add(rows) : NULL;
		const char *measure = desk_text(o, "measure");

		if (!one)
			continue;
		desk_put_thing(to, one, "thing", measure[0] ? measure : desk_text(o, "deadline"));
		if (measure[0])
			desk_put_thing(to, one, "of", desk_text(o, "deadline"));
		desk_put_who(to, one, "who", desk_text(o, "owner"));
		desk_put_kind(one, "state", desk_text(o, "state"));
		desk_put_short(to, one, "papers", json_object_get(o, "papers"));
		page_put_flag(one, "provisional", json_is_true(json_object_get(o, "provisional")));
		desk_put_asked(to, one, o);
		desk_put_short(to, one, "answered", json_object_get(o, "answered_at"));
	}
	page_put_flag(view, "any_owed", json_array_size(rows) > 0);
	page_put_flag(view, "more_owed", json_array_size(list) > OWED_SHOWN);
}

static void put_amount(const struct page_reader *to, json_t *facts, const json_t *row,
		       const char *name)
{
	page_put_amount(to, facts, name, json_object_get(row, name));
}

static void put_texts(json_t *facts, const json_t *row)
{
	static const char *const texts[] = { "decision", "note", "needs_support", "reference",
					     "origin" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		page_put(facts, texts[i], desk_text(row, texts[i]));
	/* Evidence leads somewhere when it is an address, and is a diary number else. */
	page_put(facts, strncmp(desk_text(row, "link"), "https://", 8) == 0 ? "link" : "evidence",
		 desk_text(row, "link"));
}

static void put_dates(const struct page_reader *to, json_t *facts, const json_t *row)
{
	static const char *const dates[] = { "papers",	      "practical", "due",
					     "due_original",  "done_by",   "done_by_original",
					     "done_forecast", "given",	   "reported_at",
					     "answer_by",     "estimate",  "papers_original" };
	const char *done_by = desk_text(row, "done_by");
	struct civil_date by;

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		desk_put_when(to, facts, dates[i], json_object_get(row, dates[i]));
	if (json_equal(json_object_get(row, "practical"), json_object_get(row, "papers")))
		json_object_del(facts, "practical");
	if (json_equal(json_object_get(row, "due"), json_object_get(row, "papers")))
		json_object_del(facts, "due");
	page_put_flag(facts, "provisional", json_is_true(json_object_get(row, "provisional")));
	page_put_flag(facts, "done_by_past",
		      done_by && civil_parse(done_by, &by) == 0 &&
			      civil_compare(by, zone_date(to->now)) < 0);
}

static void put_people(const struct page_reader *to, json_t *facts, const json_t *row)
{
	static const char *const people[] = { "owner", "responsible", "manager", "deputy" };
	const json_t *inform = json_object_get(row, "inform"), *id;
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		desk_put_who(to, facts, people[i], desk_text(row, people[i]));
	json_object_set_new(facts, "informed", list);
	json_array_foreach (inform, i, id)
		desk_put_who(to, desk_add(list), "who", json_string_value(id));
	page_put_flag(facts, "any_informed", json_array_size(list) > 0);
}

static void put_requested(const struct page_reader *to, json_t *facts, const json_t *row)
{
	const json_t *r = json_object_get(row, "requested");

	desk_put_when(to, facts, "requested", json_object_get(r, "due"));
	page_put(facts, "requested_reason", desk_text(r, "reason"));
}

static void put_facts(const struct page_reader *to, json_t *view, const json_t *row)
{
	const json_t *progress = json_object_get(row, "progress");
	json_t *facts = json_object();
	json_t *list = json_pack("[o]", facts);

	json_object_set_new(view, "facts", list);
	put_people(to, facts, row);
	put_texts(facts, row);
	put_dates(to, facts, row);
	put_requested(to, facts, row);
	desk_put_status(to, facts, row);
	put_amount(to, facts, row, "effect_planned");
	put_amount(to, facts, row, "effect_achieved");
	put_amount(to, facts, row, "effect_forecast");
	if (json_is_integer(progress))
		json_object_set_new(facts, "progress",
				    json_sprintf("%lld", (long long)json_integer_value(progress)));
	desk_put_thing(to, facts, "assignment", desk_text(row, "assignment"));
	desk_put_when(to, facts, "submitted",
		      json_object_get(json_object_get(row, "submitted"), "at"));
	page_put(facts, "submitted_as", desk_text(json_object_get(row, "submitted"), "reference"));
	desk_put_kind(facts, "outcome", desk_text(json_object_get(row, "outcome"), "outcome"));
	page_put(facts, "outcome_reference",
		 desk_text(json_object_get(row, "outcome"), "reference"));
}

/* Of an assignment, what is below it; of a body, its meetings; of a person, when they are away. */
static void put_lists(const struct page_reader *to, json_t *view, const json_t *row)
{
	const json_t *measures = json_object_get(row, "measures_below"), *one;
	const json_t *deadlines = json_object_get(row, "deadlines_below");
	json_t *below = json_array(), *meetings = json_array(), *absences = json_array();
	size_t i;

	json_array_foreach (measures, i, one)
		desk_put_thing(to, desk_add(below), "thing", desk_text(one, "measure"));
	json_array_foreach (deadlines, i, one)
		desk_put_thing(to, desk_add(below), "thing", desk_text(one, "deadline"));
	one = NULL;
	json_array_foreach (json_object_get(row, "meetings"), i, one) {
		json_t *m = desk_add(meetings);

		desk_put_when(to, m, "from", json_object_get(one, "from"));
		page_put(m, "place", desk_text(one, "place"));
		desk_put_kind(m, "meeting", desk_text(one, "state"));
		desk_put_when(to, m, "replaced_by", json_object_get(one, "replaced_by"));
	}
	json_array_foreach (json_object_get(row, "absences"), i, one) {
		json_t *a = desk_add(absences);

		desk_put_when(to, a, "from", json_object_get(one, "from"));
		desk_put_when(to, a, "until", json_object_get(one, "until"));
		desk_put_who(to, a, "who", desk_text(one, "deputy"));
	}
	page_put_flag(view, "any_below", json_array_size(below) > 0);
	page_put_flag(view, "any_meetings", json_array_size(meetings) > 0);
	page_put_flag(view, "any_absences", json_array_size(absences) > 0);
	json_object_set_new(view, "below", below);
	json_object_set_new(view, "meetings", meetings);
	json_object_set_new(view, "absences", absences);
}

/* ---- the page --------------------------------------------------------------------------------------- */

/* Which of them a row of `show` is of: the first member that names it. */
static const char *kind_of(const json_t *row)
{
	static const char *const kinds[] = { "body", "person" };

	if (json_object_get(row, "measures_below"))
		return "assignment";
	if (json_object_get(row, "due_as_written"))
		return "deadline";
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (json_object_get(row, kinds[i]))
			return kinds[i];
	return "measure";
}

static bool tells_why(const struct web *w, const char *item)
{
	const struct plan *plan = w->engine->plan;
	const struct deadline *d = plan_deadline(plan, deadline_id(item));

	return plan_measure(plan, measure_id(item)) || (d && d->measure_count <= WHY_MEASURES);
}

static void show(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const json_t *row = why ? NULL : json_array_get(answers[0], 0);
	const char *kind = row ? kind_of(row) : NULL;
	json_t *view;

	if (!row) {
		exchange_not_found(x);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_ITEMS);
	desk_put_kind(view, "is", kind);
	act_links_put(&to, view, desk_text(row, kind));
	if (strcmp(kind, "person") == 0)
		desk_put_who(&to, view, "who", desk_text(row, kind));
	else
		desk_put_thing(&to, view, "thing", desk_text(row, kind));
	put_facts(&to, view, row);
	put_owed(&to, view, row);
	put_lists(&to, view, row);
	desk_put_history(&to, view, json_object_get(row, "events"));
	if (lookup_total(x, 1))
		desk_put_why(&to, view, answers[1]);
	page_put_flag(view, "why_elsewhere",
		      strcmp(kind, "deadline") == 0 && !tells_why(w, desk_text(row, kind)));
	page_send(x, &to, 200, PAGE_DESK_ITEM, view);
}

void desk_item(struct web *w, struct exchange *x)
{
	const char *item = desk_asked(x, "item");
	json_t *params = json_pack("{ss}", "item", item);
	const struct question questions[] = { { QUERY_SHOW, params }, { QUERY_WHY, params } };
	if (item[0])
		lookup(x, questions, tells_why(w, item) ? 2 : 1, show);
	else
		exchange_not_found(x);
	json_decref(params);
}
