/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a message asks its reader for, as a whole: how many answers and by when, for its first sentence, and
 * how commands give them. A day that the first sentence names is not named again in the facts.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/template_view_internal.h"
#include "plan/due.h"
#include "plan/stewardship.h"

void template_view_put_list(struct template_view *v, const char *name, const char *const *words,
			    size_t count)
{
	char text[(TEMPLATE_NAMES_SHOWN + 2) * (LINE_MAX_BYTES + 8)] = "";
	const char *comma = ",";
	size_t used = 0;

	for (size_t i = 0; i + 1 < count; i++)
		if (strchr(words[i], ','))
			comma = ";";
	for (size_t i = 0; i < count; i++) {
		const bool last = i > 0 && i == count - 1;
		const char *before = i == 0 || (last && *comma == ',') ? "" : comma;

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s%s%s%s", before,
					 i > 0 ? " " : "", last ? catalogue_and(v->language) : "",
					 last ? " " : "", words[i]);
	}
	template_view_put(v, name, text);
}

/* ---- what an answer must give, and how a command gives it ------------------------------------------ */

static const char *const options[STATUS_FIELDS] = {
	[FIELD_PROGRESS] = "--progress N",
	[FIELD_EFFECT_ACHIEVED] = "--effect N",
	[FIELD_EFFECT_FORECAST] = "--forecast N",
	[FIELD_NEEDS_SUPPORT] = "--needs-support TEXT",
	[FIELD_NOTE] = "--note TEXT",
};

/* What the command shows: what must be given, and the forecast also where there is a planned effect to
 * compare it with. */
static unsigned shown_options(unsigned require, bool effect_planned)
{
	return require | (effect_planned ? 1U << FIELD_EFFECT_FORECAST : 0);
}

void template_view_put_options(struct template_view *v, unsigned require, bool effect_planned)
{
	const unsigned shown = shown_options(require, effect_planned);
	json_t *list = json_array();

	v->failed |= !list;
	for (int i = 0; i < STATUS_FIELDS; i++)
		if (shown & 1U << i)
			v->failed |= json_array_append_new(
					     list, json_pack("{ss}", "option", options[i])) < 0;
	if (json_array_size(list) > 0)
		v->failed |= json_object_set(v->object, "options", list) < 0;
	json_decref(list);
}

void template_view_put_required(struct template_view *v, const struct content_item *item)
{
	const char *required[STATUS_FIELDS];
	size_t count = 0;

	for (int i = 0; i < STATUS_FIELDS; i++)
		if (item->require & 1U << i)
			required[count++] = catalogue_field(v->language, (enum status_field)i);
	template_view_put_list(v, "required", required, count);
	template_view_put_options(v, item->require, item->effect_planned.given);
}

/* What the recipient is to give, in all things of a message. */
struct asking {
	bool status, deliverable, promise;
	unsigned shown; /* options */
};

static void add_asked(struct asking *asking, bool status, unsigned shown)
{
	asking->status |= status;
	asking->deliverable |= !status;
	asking->shown |= status ? shown : 0;
}

static struct asking find_asked(const struct message_content *n)
{
	struct asking asking = { false, false, false, 0 };

	for (size_t i = 0; i < n->count; i++) {
		const struct content_item *item = &n->items[i];

		if ((item->what == ITEM_OWED || item->what == ITEM_ASSIGNED) && item->deadline.text)
			add_asked(&asking, item->measure.text,
				  shown_options(item->require, item->effect_planned.given));
		for (size_t k = 0; k < item->own_count; k++)
			if (item->own[k].answerable)
				add_asked(&asking, item->own[k].measure.text,
					  shown_options(item->own[k].require,
							item->own[k].effect_planned));
		asking.promise |= item->what == ITEM_OWED && !item->is_late;
	}
	return asking;
}

static int put_arguments(struct template_view *v, unsigned shown)
{
	json_t *list = json_array();
	int r = list ? 0 : -ENOMEM;

	for (int i = 0; r == 0 && i < STATUS_FIELDS; i++)
		if (shown & 1U << i)
			r = json_array_append_new(
				list,
				json_pack("{ss ss}", "option", options[i], "meaning",
					  catalogue_argument(v->language, (enum status_field)i)));
	if (r == 0)
		r = json_object_set(v->object, "arguments", list);
	json_decref(list);
	return r < 0 ? -ENOMEM : 0;
}

static int put_commands(struct template_view *v, const struct message_content *n)
{
	const struct person *person = n->to.person;
	const struct asking asking = find_asked(n);

	template_view_put_flag(v, "asks", asking.status || asking.deliverable);
	template_view_put_flag(v, "asks_status", asking.status);
	template_view_put_flag(v, "asks_deliverable", asking.deliverable);
	template_view_put_flag(v, "may_promise", asking.promise);
	/* They are for who has a key, or no page: neither one to answer on nor the desk. */
	template_view_put_flag(
		v, "commands",
		!v->options->web ||
			(person && (person->key || (!v->options->links && steward_is(person)))));
	return put_arguments(v, asking.shown);
}

/* Reminders follow the new date, or dates, of what has any. */
static void put_new_dates(struct template_view *v, const struct message_content *n, json_t *things)
{
	struct civil_date first = CIVIL_NONE;
	bool any = false, several = false;
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing) {
		const struct content_item *item = &n->items[i];

		if ((item->what != ITEM_MOVED && item->what != ITEM_RETURNED) ||
		    json_object_get(thing, "day_stays"))
			continue;
		several |= any && !civil_equal(item->papers, first);
		first = any ? first : item->papers;
		any = true;
	}
	template_view_put_flag(v, "new_date", any && !several);
	template_view_put_flag(v, "new_dates", several);
}

/* ---- how much is asked, and by when --------------------------------------------------------------- */

/* Of what the recipient owes, or of what others do. */
struct asked {
	size_t count, late;
	struct civil_date first, last;		 /* of what is not late */
	struct civil_date late_first, late_last; /* of what is */
};

static void widen(struct civil_date *first, struct civil_date *last, struct civil_date d)
{
	if (civil_is_none(*first) || civil_compare(d, *first) < 0)
		*first = d;
	if (civil_is_none(*last) || civil_compare(d, *last) > 0)
		*last = d;
}

static struct asked count_asked(const struct template_view *v, const struct message_content *n,
				enum item_what what)
{
	const struct civil_date today = zone_date(v->options->now);
	struct asked asked = { 0, 0, CIVIL_NONE, CIVIL_NONE, CIVIL_NONE, CIVIL_NONE };

	for (size_t i = 0; i < n->count; i++) {
		const struct content_item *item = &n->items[i];
		const struct civil_date by =
			due_practical_shown(item->practical, item->papers, today);

		if (item->what != what)
			continue;
		asked.count++;
		asked.late += item->is_late;
		if (item->is_late)
			widen(&asked.late_first, &asked.late_last, item->papers);
		else
			widen(&asked.first, &asked.last, by);
	}
	return asked;
}

/* The first sentence names the day of a thing that is alone, of the only one that is owed, and of several
 * that have the same. */
static int note_days(struct template_view *v, const struct asked *owed, json_t *things)
{
	const bool together = json_object_get(v->object, "owed_by") != NULL;
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing) {
		const bool is_owed = json_object_get(thing, "owed") != NULL;

		if (json_array_size(things) == 1 || (is_owed && (owed->count == 1 || together)))
			v->failed |= json_object_set_new(thing, "day_said", json_true()) < 0;
	}
	return v->failed ? -ENOMEM : 0;
}

/* What others owe, when it is several things; by when, when that is one day. */
static void put_others(struct template_view *v, const struct asked *others)
{
	template_view_put_words(v, "escalated_several", others->count);
	if (others->late == others->count && civil_equal(others->late_first, others->late_last))
		template_view_put_near(v, "escalated_due", others->late_first);
	if (others->late == 0 && civil_equal(others->first, others->last))
		template_view_put_near(v, "escalated_by", others->first);
}

static void put_short_day(struct template_view *v, const char *name, struct civil_date d)
{
	char day[CATALOGUE_DATE];

	if (!civil_is_none(d))
		template_view_put(v, name,
				  catalogue_short(v->language, d, zone_date(v->options->now), day));
}

/* The one day that all of it was, or is, due; else CIVIL_NONE. */
static struct civil_date only_day(const struct asked *asked)
{
	if (asked->late == 0 && civil_equal(asked->first, asked->last))
		return asked->first;
	if (asked->late == asked->count && civil_equal(asked->late_first, asked->late_last))
		return asked->late_first;
	return CIVIL_NONE;
}

/* A subject begins with how many answers it is about: in figures, with the day in short. */
static void put_counts(struct template_view *v, const struct asked *owed,
		       const struct asked *others, const json_t *things)
{
	const json_t *first = json_object_get(json_array_get(things, 0), "deadline_shown");
	bool same = first != NULL;
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing)
		same = same && json_equal(json_object_get(thing, "deadline_shown"), first);
	if (same)
		template_view_put(v, "same_deadline", json_string_value(first));
	if (owed->count > 1) {
		template_view_put_number(v, "owed_count", owed->count);
		put_short_day(v, "owed_day", only_day(owed));
		if (owed->late == 0)
			put_short_day(v, "owed_first_day", owed->first);
		if (owed->late > 0)
			template_view_put_number(v, "late_count", owed->late);
	}
	if (others->count > 0) {
		template_view_put_number(v, "others_count", others->count);
		put_short_day(v, "others_day", only_day(others));
		template_view_put_flag(v, "others_late", others->late == others->count);
	}
}

int template_view_put_asked(struct template_view *v, const struct message_content *n,
			    json_t *things)
{
	const struct asked owed = count_asked(v, n, ITEM_OWED);
	const struct asked others = count_asked(v, n, ITEM_ESCALATED);
	int r;

	r = put_commands(v, n);
	template_view_desk_once(v, things);
	put_new_dates(v, n, things);
	if (owed.count > 1) {
		template_view_put_words(v, "owed_several", owed.count);
		if (owed.late == 0)
			template_view_put_near(
				v, civil_equal(owed.first, owed.last) ? "owed_by" : "owed_first",
				owed.first);
		template_view_put_flag(v, "late_all", owed.late == owed.count);
		if (owed.late > 0 && owed.late < owed.count)
			template_view_put_words(v, "late_some", owed.late);
	}
	template_view_put_flag(v, "others", owed.count > 0 && others.count > 0);
	if (kind_is_ladder(n->message.kind))
		put_counts(v, &owed, &others, things);
	if (others.count > 1)
		put_others(v, &others);
	return r < 0 || !kind_is_ladder(n->message.kind) ? r : note_days(v, &owed, things);
}
