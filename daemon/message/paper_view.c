/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report in words. The report has facts: ids, dates as numbers, whole kronor; here they become what a
 * committee's paper says: titles with ids in brackets, dates in words, millions with one decimal. What is not
 * there is left out, or is a dash where a table needs something.
 */
#include "message/paper_view.h"

#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/paper_view_internal.h"

typedef json_t *make_view(const struct template_view *outer, const json_t *row);

static size_t put_list(struct template_view *v, const char *name, const json_t *rows,
		       make_view *make)
{
	json_t *list = json_array();
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		json_array_append_new(list, make(v, row));
	json_object_set_new(v->object, name, list);
	return json_array_size(rows);
}

/* A list, and whether there is anything in it: what stands around it depends on that. Returns how many. */
static size_t put_listed(struct template_view *v, const char *name, const json_t *rows,
			 make_view *make)
{
	const size_t count = put_list(v, name, rows, make);
	char flag[40];

	snprintf(flag, sizeof(flag), "%s_any", name);
	template_view_put_flag(v, flag, count > 0);
	return count;
}

/* A list that stays the report's own, in an outline. Returns how many. */
static size_t put_own(struct template_view *v, const char *name, const json_t *of)
{
	json_t *rows = json_object_get(of, name);
	const size_t count = json_array_size(rows);

	if (count == 0 || json_object_set(v->object, name, rows) < 0)
		json_object_set_new(v->object, name, json_array());
	return count;
}

static const char *const lists[] = { "unanswered", "support",	"requests",   "live",
				     "completed",  "to_struck", "outstanding" };
static const char *const changes[] = { "new", "closed", "moved", "worse", "better" };
#define LISTS (sizeof(lists) / sizeof(*lists))
#define CHANGES (sizeof(changes) / sizeof(*changes))

static void put_lists(struct template_view *v, const json_t *report)
{
	const json_t *changed = json_object_get(report, "changes");
	char name[40];
	size_t any = 0;

	for (size_t i = 0; i < LISTS; i++) {
		const size_t count = put_own(v, lists[i], report);

		snprintf(name, sizeof(name), "%s_any", lists[i]);
		template_view_put_flag(v, name, count > 0);
		snprintf(name, sizeof(name), "%s_count", lists[i]);
		paper_put_count(v, name, count);
	}
	paper_put_date(v, "since", changed, "since");
	paper_put_reference(v, "since_reference",
			    paper_text_of(json_object_get(changed, "report"), "reference"));
	template_view_put_flag(v, "since_report",
			       json_is_object(json_object_get(changed, "report")));
	for (size_t i = 0; i < CHANGES; i++)
		any += put_own(v, changes[i], changed);
	template_view_put_flag(v, "any_changes", any > 0);
}

/* What a tracker's list of what goes on has in it; and how many rows are in none of its lists, since they were closed
 * before the body last met. */
static void put_tracked(struct template_view *v, const json_t *report)
{
	const json_t *live = json_object_get(report, "live"), *row;
	const size_t listed =
		json_array_size(live) + json_array_size(json_object_get(report, "completed"));
	const size_t rows = json_array_size(json_object_get(report, "rows"));
	bool measures = false, assignments = false;
	size_t i;

	json_array_foreach (live, i, row)
		*(paper_text_of(row, "measure") ? &measures : &assignments) = true;
	template_view_put_flag(v, "live_measures", measures);
	template_view_put_flag(v, "live_assignments", assignments);
	if (live && rows > listed)
		paper_put_count(v, "closed_before_count", rows - listed);
}

/* Of what is completed: what its body has yet to close. */
static void put_done_by_owner(struct template_view *v, const json_t *report)
{
	const json_t *row;
	size_t count = 0, i;

	json_array_foreach (json_object_get(report, "completed"), i, row)
		count += json_is_false(json_object_get(row, "closed"));
	if (count)
		paper_put_count(v, "done_by_owner_count", count);
}

/* What is planned is what covers, and what was to and is given up: of that a paper frozen by an older version says
 * nothing, and counts it as covering. */
static json_int_t planned_of(const json_t *row)
{
	return json_integer_value(json_object_get(row, "covered")) +
	       json_integer_value(json_object_get(row, "struck"));
}

static void put_planned(struct template_view *v, const char *name, const char *struck,
			const json_t *row)
{
	json_t *planned = json_integer(planned_of(row));

	paper_put_millions(v, name, planned);
	paper_put_some(v, struck, json_object_get(row, "struck"));
	json_decref(planned);
}

static json_t *requirement_view(const struct template_view *outer, const json_t *row)
{
	struct template_view v = paper_inner(outer);

	paper_put_item(&v, paper_text_of(row, "title"), paper_text_of(row, "assignment"));
	paper_put_count(&v, "year", (size_t)json_integer_value(json_object_get(row, "year")));
	paper_put_millions(&v, "amount", json_object_get(row, "amount"));
	put_planned(&v, "planned", "struck", row);
	paper_put_some(&v, "uncovered", json_object_get(row, "uncovered"));
	return v.object;
}

/* For the summary, where there is one to tell of, and how much of it nothing covers. What is planned is told with it
 * where it is of the same measures as the paper; else it stands in the table. */
static void put_required(struct template_view *v, const json_t *report)
{
	const json_t *row, *only = NULL, *totals = json_object_get(report, "totals");
	size_t i, count = 0;

	json_array_foreach (json_object_get(report, "requirements"), i, row)
		if (json_equal(json_object_get(row, "year"), json_object_get(report, "year"))) {
			only = row;
			count++;
		}
	if (count != 1)
		return;
	paper_put_millions(v, "required", json_object_get(only, "amount"));
	paper_put_some(v, "required_uncovered", json_object_get(only, "uncovered"));
	if (planned_of(only) !=
	    json_integer_value(json_object_get(json_object_get(totals, "effect_planned"), "sum")))
		return;
	put_planned(v, "required_planned", "required_struck", only);
}

static void put_requirements(struct template_view *v, const json_t *report)
{
	const json_t *rows = json_object_get(report, "requirements");

	template_view_put_flag(v, "any_requirements",
			       put_list(v, "requirements", rows, requirement_view) > 0);
}

static json_t *name_view(const struct template_view *outer, const json_t *row)
{
	(void)outer;
	return json_pack("{ss}", "name",
			 json_is_string(row) ? json_string_value(row) : paper_text_of(row, "name"));
}

/* Of those that have yet to answer: how often at most they were asked and when last, and how many of them have told
 * how it is without all that is required. */
static void put_missing(struct template_view *v, const json_t *report)
{
	const json_t *row, *newest = NULL;
	bool same_day = true;
	json_int_t most = 0;
	size_t partial = 0, i;

	json_array_foreach (json_object_get(report, "unanswered"), i, row) {
		const json_int_t asked = json_integer_value(json_object_get(row, "asked"));
		const char *at = paper_text_of(row, "last_asked");

		most = asked > most ? asked : most;
		partial += paper_text_of(row, "status") != NULL;
		same_day &= at &&
			    (!newest || strncmp(at, paper_text_of(newest, "last_asked"), 10) == 0);
		if (at && (!newest || strcmp(at, paper_text_of(newest, "last_asked")) > 0))
			newest = row;
	}
	template_view_put_flag(v, "unanswered_one",
			       json_array_size(json_object_get(report, "unanswered")) == 1);
	template_view_put_flag(v, "asked_none", most == 0);
	template_view_put_flag(v, "asked_once", most == 1);
	if (most > 1)
		template_view_put_words(v, "asked_times", (size_t)most);
	if (newest)
		paper_put_date(v, "last_asked", newest, "last_asked");
	if (newest && most == 1 && same_day)
		paper_put_date(v, "asked_on", newest, "last_asked");
	template_view_put_flag(v, "partial_any", partial > 0);
	paper_put_counted(v, "partial", partial);
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static void put_flags(struct template_view *v, const json_t *report)
{
	const json_t *rows = json_object_get(report, "rows"), *row;
	bool money = json_array_size(json_object_get(report, "requirements")) > 0;
	bool dates = false, late = false;
	size_t i;

	json_array_foreach (rows, i, row) {
		money |= json_is_integer(json_object_get(row, "effect_planned")) ||
			 json_is_integer(json_object_get(row, "effect_achieved")) ||
			 json_is_integer(json_object_get(row, "effect_forecast"));
		late |= json_integer_value(json_object_get(row, "late")) > 0;
		dates |= paper_text_of(row, "done_by") || paper_text_of(row, "done_forecast");
	}
	template_view_put_flag(v, "any_rows", json_array_size(rows) > 0);
	template_view_put_flag(v, "any_money", money);
	template_view_put_flag(v, "any_dates", dates);
	template_view_put_flag(v, "any_late", late);
}

/* "…, tertial 2": a number at the end is not alone in a line of a heading. */
static void put_title(struct template_view *v, const char *title)
{
	const char *last = title ? strrchr(title, ' ') : NULL;
	char held[LINE_MAX_BYTES + 3];

	paper_put_cell(v, "title", title);
	paper_put_cell(v, "title_held", title);
	if (!last || !last[1] || last[1 + strspn(last + 1, "0123456789")])
		return;
	snprintf(held, sizeof(held), "%.*s\u00a0%s", (int)(last - title), title, last + 1);
	template_view_put(v, "title_held", held);
}

json_t *paper_list_object(void *userdata, const char *name, const json_t *list, size_t i)
{
	const struct paper_outline *outline = userdata;
	const struct template_view v = { outline->view, outline->language, NULL, false };
	json_t *row = json_array_get(list, i), *shown;

	if (text_find(name, lists, LISTS) < LISTS || text_find(name, changes, CHANGES) < CHANGES)
		return paper_entry_view(&v, row);
	if (strcmp(name, "rows") != 0)
		return json_incref(row);
	shown = paper_row_view(&v, row);
	paper_put_group(&v, shown, list, i);
	return shown;
}

static void make_list(struct paper_outline *outline, const char *name)
{
	json_t *own = json_object_get(outline->view, name), *made = json_array();

	for (size_t i = 0; i < json_array_size(own); i++)
		json_array_append_new(made, paper_list_object(outline, name, own, i));
	json_object_set_new(outline->view, name, made);
}

json_t *paper_view(const json_t *report, enum language language, struct civil_date today)
{
	struct paper_outline outline = { paper_outline(report, language, today), language };

	if (!outline.view)
		return NULL;
	make_list(&outline, "rows");
	for (size_t i = 0; i < LISTS; i++)
		make_list(&outline, lists[i]);
	for (size_t i = 0; i < CHANGES; i++)
		make_list(&outline, changes[i]);
	return outline.view;
}

json_t *paper_outline(const json_t *report, enum language language, struct civil_date today)
{
	struct template_view v = { json_object(), language, NULL, false };
	const char *id = paper_text_of(report, "deadline");
	char day[CATALOGUE_DATE], shown[CATALOGUE_ID];

	id = id ? id : paper_text_of(report, "assignment");
	put_title(&v, paper_text_of(report, "title"));
	paper_put_within(&v, "title_within", paper_text_of(report, "title"));
	if (id)
		template_view_put(&v, "id", catalogue_id(language, id, shown));
	template_view_put(&v, "compiled", catalogue_day(language, today, day));
	paper_put_date(&v, "dated", report, paper_text_of(report, "dated") ? "dated" : "frozen_at");
	if (!json_object_get(v.object, "dated"))
		template_view_put(&v, "dated", day);
	paper_put_count(&v, "year", (size_t)json_integer_value(json_object_get(report, "year")));
	paper_put_optional(&v, "period", paper_text_of(report, "period"));
	paper_put_date(&v, "period_from", json_object_get(report, "period_days"), "from");
	paper_put_date(&v, "period_until", json_object_get(report, "period_days"), "until");
	paper_put_description(&v, report);
	put_flags(&v, report);
	paper_put_periods(&v, report);
	put_own(&v, "rows", report);
	paper_put_groups(&v, report);
	paper_put_sums(&v, report);
	paper_put_rounding(&v, report);
	put_missing(&v, report);
	put_requirements(&v, report);
	put_required(&v, report);
	put_lists(&v, report);
	put_done_by_owner(&v, report);
	put_tracked(&v, report);
	paper_put_since_frozen(&v, report);
	paper_put_via(&v, report, today);
	paper_put_history(&v, report);
	paper_put_optional(&v, "proposal", paper_text_of(report, "proposal"));
	paper_put_paragraphs(&v, "paragraphs", paper_text_of(report, "proposal"));
	put_listed(&v, "officials", json_object_get(report, "officials"), name_view);
	put_listed(&v, "extract_to", json_object_get(report, "extract_to"), name_view);
	/* At the end of a day, whatever the clock said then. */
	if (paper_text_of(report, "frozen_at"))
		template_view_put(&v, "frozen",
				  json_string_value(json_object_get(v.object, "dated")));
	paper_put_optional(&v, "sha", paper_text_of(report, "sha256"));
	template_view_put_flag(&v, "frozen_lost",
			       json_is_true(json_object_get(report, "frozen_lost")));
	paper_put_table_numbers(&v);
	if (!v.failed)
		return v.object;
	json_decref(v.object);
	return NULL;
}
