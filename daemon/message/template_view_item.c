/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an item says, but for its dates: who is asked and how often, what the answer has to give, effects, and
 * what the event was that the item tells of.
 */
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/template_view_internal.h"
#include "protocol/rfc3339.h"

#define SUBJECT_TITLE 40 /* characters of a title in a subject */

void template_view_put(struct template_view *v, const char *name, const char *text)
{
	if (text && !text_is_blank(text))
		v->failed |= json_object_set_new(v->object, name, json_string(text)) < 0;
}

void template_view_put_flag(struct template_view *v, const char *name, bool on)
{
	if (on)
		v->failed |= json_object_set_new(v->object, name, json_true()) < 0;
}

void template_view_put_number(struct template_view *v, const char *name, size_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", number);
	template_view_put(v, name, text);
}

void template_view_put_words(struct template_view *v, const char *name, size_t number)
{
	char text[CATALOGUE_NUMBER];

	template_view_put(v, name, catalogue_number(v->language, number, text));
}

static void put_amount(struct template_view *v, const char *name, struct optional amount)
{
	char words[CATALOGUE_AMOUNT];

	if (amount.given)
		template_view_put(v, name, catalogue_amount(v->language, amount.value, words));
}

bool template_view_may_answer(const struct message_content *n, const struct content_item *item)
{
	return n->to.person && item->deadline.text && !civil_is_none(item->papers) &&
	       (item->what == ITEM_OWED || item->what == ITEM_ASSIGNED ||
		item->what == ITEM_REPLIED);
}

/* ---- parts of an item ----------------------------------------------------------------------- */

/* Who hears next: the reader is "you", and of many the first few are named. With the reader, where there
 * are others too, and without. */
static void put_next_to(struct template_view *v, const struct message_content *n,
			const struct content_item *item)
{
	const char *names[TEMPLATE_NAMES_SHOWN + 2] = { catalogue_you(v->language) };
	char more[CATALOGUE_MORE];
	size_t count = 1, left_out = 0;
	bool you = false;

	for (size_t i = 0; i < item->next_count; i++) {
		const struct recipient *to = &item->next_to[i];

		if (recipient_same(*to, n->to))
			you = true;
		else if (count <= TEMPLATE_NAMES_SHOWN)
			names[count++] = to->person ? to->person->name : to->channel->name;
		else
			left_out++;
	}
	if (left_out > 0)
		names[count++] = catalogue_more(v->language, left_out, more);
	template_view_put_flag(v, "next_to_you", you);
	template_view_put_list(v, "next_to_others", names + 1, count - 1);
	if (count > 1)
		template_view_put_list(v, "next_to", you ? names : names + 1,
				       you ? count : count - 1);
}

/* "nio arbetsdagar efter sista dagen, för tredje gången" */
static void put_why(struct template_view *v, const struct content_item *item)
{
	char words[CATALOGUE_STEP], times[CATALOGUE_TIME], all[CATALOGUE_STEP + CATALOGUE_TIME + 2];

	catalogue_step(v->language, item->from, item->body, words);
	if (item->repetition == 0) {
		template_view_put(v, "why", words);
		return;
	}
	snprintf(all, sizeof(all), "%s, %s", words,
		 catalogue_time(v->language, item->repetition + 1U, times));
	template_view_put(v, "why", all);
}

static void put_asking(struct template_view *v, const struct message_content *n,
		       const struct content_item *item)
{
	if (item->step && item->from_given && !template_view_speaks_of_days_left(item))
		put_why(v, item);
	template_view_put_flag(v, "sent_late", item->sent_late);
	if (!instant_is_none(item->opens))
		template_view_put_near(v, "opens", zone_date(item->opens));
	template_view_put_near(v, "promised_by", item->promised_by);
	if (item->what == ITEM_OWED && item->owner && n->to.person &&
	    strcmp(item->owner, n->to.person->name) != 0) {
		template_view_put(v, "stands_in_for", item->owner);
		template_view_put_near(v, "away_until", item->away_until);
	}
	template_view_put_flag(v, "asked_once", item->asked == 1);
	if (item->asked > 1)
		template_view_put_words(v, "asked_times", (size_t)item->asked);
	if (item->asked > 0 && !instant_is_none(item->last_asked))
		template_view_put_near(v, "last_asked", zone_date(item->last_asked));
	template_view_put_flag(
		v, "last", kind_is_ladder(item_kind(item->what)) && instant_is_none(item->next_at));
	template_view_put_flag(v, "collecting",
			       item->what == ITEM_OWED && item->answered < item->answerers);
	template_view_put_flag(v, "paper_frozen",
			       item->what == ITEM_OWED && item->measure.text && item->is_frozen);
	template_view_put_flag(v, "reports_frozen",
			       item->is_frozen && item->answered < item->answerers);
	if (instant_is_none(item->next_at))
		return;
	if (item->answerers > 0) {
		template_view_put_number(v, "answered", item->answered);
		template_view_put_number(v, "answerers", item->answerers);
	}
	template_view_put_near(v, "next", zone_date(item->next_at));
	put_next_to(v, n, item);
}

/* As it was when that was said which the item is about, else as it is. */
static struct optional effect(const struct content_item *item, const char *name,
			      struct optional now)
{
	const json_t *then = json_object_get(item->detail, name);

	return json_is_integer(then) ? (struct optional){ true, json_integer_value(then) } : now;
}

static void put_effects(struct template_view *v, const struct content_item *item)
{
	const struct optional planned = effect(item, "effect_planned", item->effect_planned);
	const struct optional forecast = effect(item, "effect_forecast", item->effect_forecast);
	char share[24];
	int64_t deviation;

	put_amount(v, "effect_planned", planned);
	put_amount(v, "effect_achieved", item->effect_achieved);
	put_amount(v, "effect_forecast", forecast);
	if (!planned.given || !forecast.given)
		return;
	if (!__builtin_sub_overflow(forecast.value, planned.value, &deviation))
		put_amount(v, "deviation", (struct optional){ true, deviation });
	if (planned.value <= 0 || forecast.value < 0)
		return;
	snprintf(share, sizeof(share), "%.0f",
		 100 * (double)forecast.value / (double)planned.value);
	template_view_put(v, "share", share);
}

/* What was last reported, and when. */
static void put_status(struct template_view *v, const struct content_item *item)
{
	char day[CATALOGUE_DATE];

	if (item->status == STATUS_NONE)
		return;
	template_view_put(v, "status", catalogue_status(v->language, item->status));
	if (!instant_is_none(item->status_at))
		template_view_put(v, "reported",
				  catalogue_day(v->language, zone_date(item->status_at), day));
	if (item->progress.given)
		template_view_put_number(v, "progress", (size_t)item->progress.value);
}

/* An id as people read it: of an occurrence, its series and its day: "IK, 30 september 2026". */
void template_view_put_shown(struct template_view *v, const char *name, const char *id)
{
	char text[CATALOGUE_ID];

	template_view_put(v, name, id ? catalogue_id(v->language, id, text) : NULL);
}

/* Where the recipient answers what they owe, as long as the link works. */
static void put_link_in(struct template_view *v, const struct link link)
{
	char url[LINK_URL];

	if (v->options->links && civil_compare(link.until, zone_date(v->options->now)) >= 0)
		template_view_put(v, "link", links_url(v->options->links, &link, url));
}

static void put_link_to(struct template_view *v, const struct message_content *n,
			const struct content_item *item, struct measure_id measure)
{
	put_link_in(v, link_answer(n->to.person->id, item->deadline, measure, item->papers));
}

/* Once, and soon: a link to sign in. */
static void put_sign_in(struct template_view *v, const struct content_item *item)
{
	const char *login = json_string_value(json_object_get(item->detail, "login"));
	const char *until = json_string_value(json_object_get(item->detail, "until"));
	char text[CATALOGUE_DATE];
	struct time_of_day time;
	struct civil_date day;
	struct instant at;

	if (!login || !until || rfc3339_parse(until, &at) < 0)
		return;
	zone_civil(at, &day, &time);
	catalogue_date(v->language, day, text);
	template_view_put(v, "sign_in_until", catalogue_add_time(v->language, time, text));
	put_link_in(v, link_sign_in(login, day));
}

static void put_link(struct template_view *v, const struct message_content *n,
		     const struct content_item *item)
{
	if (item->what == ITEM_SIGN_IN)
		put_sign_in(v, item);
	if (item->what == ITEM_REPLIED)
		template_view_put_reply(v, n, item);
	else if (template_view_may_answer(n, item))
		put_link_to(v, n, item, item->measure);
	else if (item->answer_in.text)
		put_link_in(v, link_answer(n->to.person->id, item->answer_in, item->measure,
					   item->answer_papers));
}

/* What the recipient owes of what has other dates. Of a deadline as a whole it is listed; an item about one
 * thing has named it. */
static void put_own(struct template_view *v, const struct message_content *n,
		    const struct content_item *item)
{
	json_t *list = item->own_count ? json_array() : NULL;
	const bool whole = list && !item->obligation.n;

	template_view_put_flag(v, "yours", whole);
	template_view_put(v, "own_for", item->own_for);
	template_view_put_flag(v, "yours_reports", whole && item->own[0].measure.text);
	for (size_t i = 0; i < item->own_count; i++) {
		const struct content_owed *owed = &item->own[i];
		struct template_view own = { json_object(), v->language, v->options, false };
		const char *id = owed->measure.text ? owed->measure.text : item->deadline.text;

		template_view_put(&own, "id", id);
		template_view_put_shown(&own, "id_shown", id);
		template_view_put(&own, "title", owed->title);
		template_view_put(&own, "measure", owed->measure.text);
		template_view_put_flag(&own, "answerable", owed->answerable);
		if (owed->measure.text)
			template_view_put_options(&own, owed->require, owed->effect_planned);
		if (owed->answerable)
			put_link_to(&own, n, item, owed->measure);
		v->failed |= own.failed || json_array_append_new(list, own.object) < 0;
	}
	if (list)
		v->failed |= json_object_set_new(v->object, "own", list) < 0;
}

static void put_part_of(struct template_view *v, const char *title)
{
	char text[LINE_MAX_BYTES + ITEM_ID + CATALOGUE_DATE + 4];

	snprintf(text, sizeof(text), "%s (%s)", title,
		 json_string_value(json_object_get(v->object, "deadline_shown")));
	template_view_put(v, "part_of", text);
}

/* A title that leaves room in a subject: what is longer ends after a whole word. */
static void put_short(struct template_view *v, const char *name, const char *title)
{
	char text[LINE_MAX_BYTES + 8];
	size_t room = 0, characters = 0, end = 0;

	if (!title)
		return;
	for (; title[room] && characters < SUBJECT_TITLE; room++) {
		if (title[room] == ' ')
			end = room;
		characters += ((unsigned char)title[room + 1] & 0xc0) != 0x80;
	}
	if (title[room])
		snprintf(text, sizeof(text), "%.*s…", (int)(end ? end : room), title);
	else
		snprintf(text, sizeof(text), "%s", title);
	template_view_put(v, name, text);
}

json_t *template_view_item(const struct message_content *n, const struct content_item *item,
			   const struct template_view_options *options)
{
	struct template_view v = { json_object(), n->language, options, false };
	const char *channel = json_string_value(json_object_get(item->detail, "channel"));
	const char *id = item->measure.text    ? item->measure.text
			 : item->deadline.text ? item->deadline.text
					       : channel;
	const char *title = item->measure.text ? item->measure_title : item->deadline_title;
	const char *deadline_title =
		item->deadline_title ? item->deadline_title : item->deadline.text;

	template_view_put_flag(&v, item_traits(item->what)->name, true);
	template_view_put(&v, "id", id);
	template_view_put(&v, "title", title ? title : id);
	put_short(&v, "title_short", title ? title : id);
	template_view_put(&v, "measure", item->measure.text);
	template_view_put(&v, "deadline", item->deadline.text);
	template_view_put(&v, "deadline_title", deadline_title);
	template_view_put_shown(&v, "id_shown", id);
	template_view_put_shown(&v, "deadline_shown", item->deadline.text);
	if (item->measure.text && item->deadline.text)
		put_part_of(&v, deadline_title);
	template_view_put_reference(&v, "decision", item->decision);
	template_view_put(&v, "body", item->body);
	if (!item->owner || !item->person || strcmp(item->owner, item->person) != 0)
		template_view_put(&v, "owner", item->owner);
	put_status(&v, item);
	template_view_put_dates(&v, item);
	put_asking(&v, n, item);
	if (item->measure.text && (item->what == ITEM_OWED || item->what == ITEM_ASSIGNED))
		template_view_put_required(&v, item);
	put_effects(&v, item);
	template_view_put_light(&v, item);
	template_view_put_said(&v, item);
	put_link(&v, n, item);
	template_view_put_desk(&v, item);
	put_own(&v, n, item);
	if (v.failed) {
		json_decref(v.object);
		return NULL;
	}
	return v.object;
}

json_t *template_view_also(const struct message_content *n, const struct content_item *item,
			   const struct template_view_options *options)
{
	struct template_view v = { json_object(), n->language, options, false };
	const char *title = item->deadline_title ? item->deadline_title : item->deadline.text;

	template_view_put(&v, "deadline", item->deadline.text);
	template_view_put(&v, "deadline_title", title);
	template_view_put_shown(&v, "deadline_shown", item->deadline.text);
	template_view_put_day(&v, item);
	if (v.failed) {
		json_decref(v.object);
		return NULL;
	}
	return v.object;
}
