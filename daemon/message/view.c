/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A view is JSON of strings, flags and lists, built once for each message. What is missing is left
 * out, never put in blank, and the tables below say which names that may happen to: templates are
 * compiled against them.
 *
 * One date is the one to go by: the practical date while it is ahead, else the formal one. Where
 * they differ both are there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/view.h"

#define NAMES_SHOWN 6 /* in a list of people; how many more there are follows */

static const struct word item_words[] = {
	/* What the item says: exactly one of these. */
	{ .name = "owed", .kind = WORD_FLAG },
	{ .name = "escalated", .kind = WORD_FLAG },
	{ .name = "off_track", .kind = WORD_FLAG },
	{ .name = "needs_support", .kind = WORD_FLAG },
	{ .name = "effect_below", .kind = WORD_FLAG },
	{ .name = "unreached", .kind = WORD_FLAG },
	{ .name = "unbound", .kind = WORD_FLAG },
	{ .name = "moved", .kind = WORD_FLAG },
	{ .name = "submitted", .kind = WORD_FLAG },
	{ .name = "test", .kind = WORD_FLAG },
	{ .name = "gone", .kind = WORD_FLAG },
	{ .name = "assigned", .kind = WORD_FLAG },
	{ .name = "unassigned", .kind = WORD_FLAG },
	{ .name = "absent", .kind = WORD_FLAG },
	{ .name = "outcome", .kind = WORD_FLAG },
	{ .name = "returned", .kind = WORD_FLAG },
	/* Its place among several. */
	{ .name = "number", .kind = WORD_OPTIONAL },
	/* What it is about. */
	{ .name = "id", .kind = WORD_FILLED },
	{ .name = "title", .kind = WORD_FILLED },
	{ .name = "measure", .kind = WORD_OPTIONAL },
	{ .name = "deadline", .kind = WORD_OPTIONAL },
	{ .name = "deadline_title", .kind = WORD_OPTIONAL },
	{ .name = "decision", .kind = WORD_OPTIONAL },
	{ .name = "body", .kind = WORD_OPTIONAL },
	{ .name = "owner", .kind = WORD_OPTIONAL },
	/* Its dates. */
	{ .name = "day", .kind = WORD_OPTIONAL },
	{ .name = "answer_by", .kind = WORD_OPTIONAL },
	{ .name = "formal", .kind = WORD_OPTIONAL },
	{ .name = "formal_before", .kind = WORD_OPTIONAL },
	{ .name = "meeting", .kind = WORD_OPTIONAL },
	{ .name = "meeting_before", .kind = WORD_OPTIONAL },
	{ .name = "provisional", .kind = WORD_OPTIONAL },
	{ .name = "late", .kind = WORD_FLAG },
	{ .name = "last_today", .kind = WORD_FLAG },
	{ .name = "one_day_left", .kind = WORD_FLAG },
	{ .name = "days_left", .kind = WORD_OPTIONAL },
	/* Why now, how often before, and what comes next. */
	{ .name = "why", .kind = WORD_OPTIONAL },
	{ .name = "sent_late", .kind = WORD_FLAG },
	{ .name = "promised", .kind = WORD_FLAG },
	{ .name = "stands_in_for", .kind = WORD_OPTIONAL },
	{ .name = "required", .kind = WORD_OPTIONAL },
	{ .name = "options", .kind = WORD_OPTIONAL },
	{ .name = "asked_once", .kind = WORD_FLAG },
	{ .name = "asked_times", .kind = WORD_OPTIONAL },
	{ .name = "last_asked", .kind = WORD_OPTIONAL },
	{ .name = "next", .kind = WORD_OPTIONAL },
	{ .name = "next_to", .kind = WORD_OPTIONAL },
	{ .name = "next_to_you", .kind = WORD_FLAG },
	/* The measure's state. */
	{ .name = "status", .kind = WORD_OPTIONAL },
	{ .name = "effect_planned", .kind = WORD_OPTIONAL },
	{ .name = "effect_forecast", .kind = WORD_OPTIONAL },
	{ .name = "deviation", .kind = WORD_OPTIONAL },
	{ .name = "share", .kind = WORD_OPTIONAL },
	/* What was said, and by whom. */
	{ .name = "by", .kind = WORD_OPTIONAL },
	{ .name = "note", .kind = WORD_OPTIONAL },
	{ .name = "support", .kind = WORD_OPTIONAL },
	{ .name = "person", .kind = WORD_OPTIONAL },
	{ .name = "person_id", .kind = WORD_OPTIONAL },
	{ .name = "answer", .kind = WORD_OPTIONAL },
	{ .name = "reference", .kind = WORD_OPTIONAL },
	{ .name = "supplement", .kind = WORD_FLAG },
	{ .name = "noted", .kind = WORD_FLAG },
	{ .name = "approved", .kind = WORD_FLAG },
	{ .name = "from", .kind = WORD_OPTIONAL },
	{ .name = "until", .kind = WORD_OPTIONAL },
	{ .name = "held_until", .kind = WORD_OPTIONAL },
	{ .name = NULL },
};

#define MESSAGE_WORDS                                                        \
	{ .name = "recipient", .kind = WORD_OPTIONAL },                      \
		{ .name = "items", .kind = WORD_LIST, .inner = item_words }, \
		{ .name = "first", .kind = WORD_LIST, .inner = item_words }, \
		{ .name = "count", .kind = WORD_FILLED },                    \
		{ .name = "more", .kind = WORD_OPTIONAL },                   \
		{ .name = "reply_to", .kind = WORD_OPTIONAL },               \
		{ .name = "asks_status", .kind = WORD_FLAG },                \
		{ .name = "asks_forecast", .kind = WORD_FLAG },              \
	{                                                                    \
		.name = "asks_deliverable", .kind = WORD_FLAG                \
	}

const struct word view_words[] = { MESSAGE_WORDS, { .name = NULL } };

static const struct word paragraph_words[] = {
	{ .name = "text", .kind = WORD_OPTIONAL },
	{ .name = "label", .kind = WORD_OPTIONAL },
	{ .name = "value", .kind = WORD_OPTIONAL },
	{ .name = "command", .kind = WORD_OPTIONAL },
	{ .name = NULL },
};

const struct word card_words[] = {
	MESSAGE_WORDS,
	{ .name = "headline", .kind = WORD_FILLED },
	{ .name = "paragraphs", .kind = WORD_LIST, .inner = paragraph_words },
	{ .name = NULL },
};

/* An object being filled. */
struct view {
	json_t *object;
	enum language language;
	const struct view_options *options;
	bool failed; /* out of memory */
};

static void put(struct view *v, const char *name, const char *text)
{
	if (text && !text_is_blank(text))
		v->failed |= json_object_set_new(v->object, name, json_string(text)) < 0;
}

static void put_flag(struct view *v, const char *name, bool on)
{
	if (on)
		v->failed |= json_object_set_new(v->object, name, json_true()) < 0;
}

static void put_date(struct view *v, const char *name, struct civil_date d)
{
	char words[CATALOGUE_DATE];

	if (!civil_is_none(d))
		put(v, name, catalogue_date(v->language, d, words));
}

/* A last day, with the time of day that ends it where that is not its midnight. */
static void put_last_day(struct view *v, const char *name, const struct content_item *item,
			 struct civil_date d)
{
	char words[CATALOGUE_DATE];

	catalogue_date(v->language, d, words);
	if (civil_equal(d, item->papers))
		catalogue_add_time(v->language, item->time, words);
	put(v, name, words);
}

static void put_number(struct view *v, const char *name, size_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", number);
	put(v, name, text);
}

static void put_amount(struct view *v, const char *name, struct optional amount)
{
	char words[CATALOGUE_AMOUNT];

	if (amount.given)
		put(v, name, catalogue_amount(v->language, amount.value, words));
}

/* ---- parts of an item ----------------------------------------------------------------------- */

static struct civil_date detail_date(const struct content_item *item, const char *name)
{
	const char *text = json_string_value(json_object_get(item->detail, name));
	struct civil_date d;

	return text && civil_parse(text, &d) == 0 ? d : CIVIL_NONE;
}

static void put_before(struct view *v, const char *name, struct civil_date before,
		       struct civil_date now)
{
	if (!civil_equal(before, now))
		put_date(v, name, before);
}

/*
 * A step that comes after the day ladders count from, while the answer is still in time (a statutory
 * limit that falls on a closed day), speaks of the days left: "1 working day after the last day" would
 * deny the date beside it.
 */
static bool speaks_of_days_left(const struct content_item *item)
{
	return item->step && item->from_given && item->from.days > 0 && !item->is_late;
}

static void put_days_left(struct view *v, const struct content_item *item)
{
	const int left = item->papers.day - zone_date(v->options->now).day;

	if (!speaks_of_days_left(item))
		return;
	put_flag(v, "last_today", left == 0);
	put_flag(v, "one_day_left", left == 1);
	if (left > 1)
		put_number(v, "days_left", (size_t)left);
}

static void put_dates(struct view *v, const struct content_item *item)
{
	const bool moved = item->what == ITEM_MOVED || item->what == ITEM_RETURNED;
	struct civil_date by = item->papers;
	char words[CATALOGUE_DATE];

	if (civil_is_none(item->papers))
		return;
	if (!civil_is_none(item->practical) &&
	    civil_compare(item->practical, zone_date(v->options->now)) >= 0)
		by = item->practical;
	catalogue_day(v->language, by, words);
	if (civil_equal(by, item->papers))
		catalogue_add_time(v->language, item->time, words);
	put(v, "day", words);
	if (!item->is_late)
		put_last_day(v, "answer_by", item, by);
	if (item->is_late || !civil_equal(by, item->papers))
		put_last_day(v, "formal", item, item->papers);
	put_days_left(v, item);
	put_flag(v, "late", item->is_late);
	put_before(v, "formal_before", moved ? detail_date(item, "papers") : item->papers_original,
		   item->papers);
	if (!item->body)
		return;
	put_date(v, item->provisional ? "provisional" : "meeting", item->due);
	put_before(v, "meeting_before", moved ? detail_date(item, "due") : item->due_original,
		   item->due);
}

/* Words as a sentence has them: "A, B och C". */
static void put_list(struct view *v, const char *name, const char *const *words, size_t count)
{
	char text[NAMES_SHOWN * (LINE_MAX_BYTES + 8)] = "";
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		const char *before = i == 0 ? "" : i < count - 1 ? ", " : NULL;

		used += (size_t)(before ? snprintf(text + used, sizeof(text) - used, "%s%s", before,
						   words[i])
					: snprintf(text + used, sizeof(text) - used, " %s %s",
						   catalogue_and(v->language), words[i]));
	}
	put(v, name, text);
}

/* Who hears next: the reader is "you", and of many the first few are named. */
static void put_next_to(struct view *v, const struct message_content *n,
			const struct content_item *item)
{
	const char *names[NAMES_SHOWN + 1];
	char more[CATALOGUE_MORE];
	size_t count = 0, left_out = 0;

	for (size_t i = 0; i < item->next_count; i++)
		if (recipient_same(item->next_to[i], n->to))
			names[count++] = catalogue_you(v->language);
	if (count > 0 && item->next_count == 1) {
		put_flag(v, "next_to_you", true);
		return;
	}
	for (size_t i = 0; i < item->next_count; i++) {
		const struct recipient *to = &item->next_to[i];

		if (recipient_same(*to, n->to))
			continue;
		if (count < NAMES_SHOWN)
			names[count++] = to->person ? to->person->name : to->channel->name;
		else
			left_out++;
	}
	if (left_out > 0)
		names[count++] = catalogue_more(v->language, left_out, more);
	put_list(v, "next_to", names, count);
}

static void put_asking(struct view *v, const struct message_content *n,
		       const struct content_item *item)
{
	char words[CATALOGUE_STEP];

	if (item->step && item->from_given && !speaks_of_days_left(item))
		put(v, "why", catalogue_step(v->language, item->from, item->body, words));
	put_flag(v, "sent_late", item->sent_late);
	put_flag(v, "promised", item->promised);
	if (item->what == ITEM_OWED && item->owner && n->to.person &&
	    strcmp(item->owner, n->to.person->name) != 0)
		put(v, "stands_in_for", item->owner);
	put_flag(v, "asked_once", item->asked == 1);
	if (item->asked > 1)
		put_number(v, "asked_times", (size_t)item->asked);
	if (item->asked > 0 && !instant_is_none(item->last_asked))
		put_date(v, "last_asked", zone_date(item->last_asked));
	if (instant_is_none(item->next_at))
		return;
	put_date(v, "next", zone_date(item->next_at));
	put_next_to(v, n, item);
}

/* What the answer must give, in words, and how the command gives it; the forecast also where there is
 * a planned effect to compare it with. */
static void put_required(struct view *v, const struct content_item *item)
{
	static const char *const options[STATUS_FIELDS] = {
		[FIELD_PROGRESS] = "--progress N",
		[FIELD_EFFECT_ACHIEVED] = "--effect N",
		[FIELD_EFFECT_FORECAST] = "--forecast N",
		[FIELD_NEEDS_SUPPORT] = "--needs-support TEXT",
		[FIELD_NOTE] = "--note TEXT",
	};
	unsigned shown = item->require;
	const char *words[STATUS_FIELDS];
	char command[200] = "";
	size_t count = 0;

	if (item->effect_planned.given)
		shown |= 1U << FIELD_EFFECT_FORECAST;
	for (int i = 0; i < STATUS_FIELDS; i++) {
		size_t length = strlen(command);

		if (item->require & 1U << i)
			words[count++] = catalogue_field(v->language, (enum status_field)i);
		if (shown & 1U << i)
			snprintf(command + length, sizeof(command) - length, "%s%s",
				 length ? " " : "", options[i]);
	}
	put_list(v, "required", words, count);
	put(v, "options", command);
}

/* As it was when that was said which the item is about, else as it is. */
static struct optional effect(const struct content_item *item, const char *name,
			      struct optional now)
{
	const json_t *then = json_object_get(item->detail, name);

	return json_is_integer(then) ? (struct optional){ true, json_integer_value(then) } : now;
}

static void put_effects(struct view *v, const struct content_item *item)
{
	const struct optional planned = effect(item, "effect_planned", item->effect_planned);
	const struct optional forecast = effect(item, "effect_forecast", item->effect_forecast);
	char share[24];
	int64_t deviation;

	put_amount(v, "effect_planned", planned);
	put_amount(v, "effect_forecast", forecast);
	if (!planned.given || !forecast.given)
		return;
	if (!__builtin_sub_overflow(forecast.value, planned.value, &deviation))
		put_amount(v, "deviation", (struct optional){ true, deviation });
	if (planned.value <= 0 || forecast.value < 0)
		return;
	snprintf(share, sizeof(share), "%.0f",
		 100 * (double)forecast.value / (double)planned.value);
	put(v, "share", share);
}

/* Is it one of the characters that an address is made of? */
static bool in_address(char ch)
{
	return ch && !strchr(" \t<>()[]:;,\"'", ch);
}

/* A server's answer without the addresses in it: a message names people, not their mailboxes. */
static void put_answer(struct view *v, const char *name, const char *answer)
{
	char text[400];
	size_t length = 0;

	for (const char *p = answer; *p && length < sizeof(text) - 4;) {
		size_t n = 0;

		while (in_address(p[n]))
			n++;
		if (n > 0 && memchr(p, '@', n)) {
			length = (size_t)(stpcpy(text + length, "…") - text);
			p += n;
			continue;
		}
		n = n ? n : 1;
		n = n < sizeof(text) - 4 - length ? n : sizeof(text) - 4 - length;
		memcpy(text + length, p, n);
		length += n;
		p += n;
	}
	text[length] = '\0';
	put(v, name, text);
}

static void put_detail(struct view *v, const struct content_item *item)
{
	const char *by = json_string_value(json_object_get(item->detail, "by"));
	const char *slash = by ? strrchr(by, '/') : NULL;
	const char *person = json_string_value(json_object_get(item->detail, "person"));
	const char *answer = json_string_value(json_object_get(item->detail, "answer"));
	const char *outcome = json_string_value(json_object_get(item->detail, "outcome"));

	put(v, "by", item->by ? item->by : slash ? slash + 1 : by);
	if (v->options->notes) {
		put(v, "note", json_string_value(json_object_get(item->detail, "note")));
		put(v, "support",
		    json_string_value(json_object_get(item->detail, "needs_support")));
	}
	if (answer)
		put_answer(v, "answer", answer);
	put(v, "person_id", person);
	put(v, "person", item->person ? item->person : person);
	put(v, "reference", json_string_value(json_object_get(item->detail, "reference")));
	put_flag(v, "noted", outcome && strcmp(outcome, "noted") == 0);
	put_flag(v, "approved", outcome && strcmp(outcome, "approved") == 0);
	put_date(v, "from", detail_date(item, "from"));
	put_date(v, "until", detail_date(item, "until"));
	put_date(v, "held_until", detail_date(item, "held_until"));
	put_flag(v, "supplement", json_is_true(json_object_get(item->detail, "supplement")));
}

/* ---- the whole ------------------------------------------------------------------------------- */

static json_t *item_new(const struct message_content *n, const struct content_item *item,
			const struct view_options *options)
{
	struct view v = { json_object(), n->language, options, false };
	const char *channel = json_string_value(json_object_get(item->detail, "channel"));
	const char *id = item->measure ? item->measure : item->deadline ? item->deadline : channel;
	const char *title = item->measure ? item->measure_title : item->deadline_title;
	const char *deadline_title = item->deadline_title ? item->deadline_title : item->deadline;

	put_flag(&v, item_traits(item->what)->name, true);
	if (n->count > 1)
		put_number(&v, "number", (size_t)(item - n->items) + 1);
	put(&v, "id", id);
	put(&v, "title", title ? title : id);
	put(&v, "measure", item->measure);
	put(&v, "deadline", item->deadline);
	put(&v, "deadline_title", deadline_title);
	put(&v, "decision", item->decision);
	put(&v, "body", item->body);
	put(&v, "owner", item->owner);
	if (item->status != STATUS_NONE)
		put(&v, "status", catalogue_status(n->language, item->status));
	put_dates(&v, item);
	put_asking(&v, n, item);
	if (item->measure && (item->what == ITEM_OWED || item->what == ITEM_ASSIGNED))
		put_required(&v, item);
	put_effects(&v, item);
	put_detail(&v, item);
	if (v.failed) {
		json_decref(v.object);
		return NULL;
	}
	return v.object;
}

static void put_asked_for(struct view *v, const struct message_content *n)
{
	bool status = false, forecast = false, deliverable = false;

	for (size_t i = 0; i < n->count; i++) {
		const struct content_item *item = &n->items[i];
		const bool owed =
			(item->what == ITEM_OWED || item->what == ITEM_ASSIGNED) && item->deadline;

		status |= owed && item->measure;
		forecast |= owed && item->measure &&
			    (item->effect_planned.given ||
			     item->require & (1U << FIELD_EFFECT_FORECAST));
		deliverable |= owed && !item->measure;
	}
	put_flag(v, "asks_status", status);
	put_flag(v, "asks_forecast", forecast);
	put_flag(v, "asks_deliverable", deliverable);
}

int view_new(json_t **ret, const struct message_content *n, const struct view_options *options)
{
	struct view v = { json_object(), n->language, options, false };
	json_t *items = json_array();

	for (size_t i = 0; i < n->count; i++)
		v.failed |= json_array_append_new(items, item_new(n, &n->items[i], options)) < 0;
	v.failed |= json_object_set_new(v.object, "items", items) < 0;
	if (n->count > 0)
		v.failed |= json_object_set_new(v.object, "first",
						json_pack("[O]", json_array_get(items, 0))) < 0;
	put_number(&v, "count", n->count);
	if (n->count > 1)
		put_number(&v, "more", n->count - 1);
	if (n->to.person)
		put(&v, "recipient", n->to.person->name);
	put(&v, "reply_to", options->reply_to);
	put_asked_for(&v, n);
	if (v.failed) {
		json_decref(v.object);
		return -ENOMEM;
	}
	*ret = v.object;
	return 0;
}
