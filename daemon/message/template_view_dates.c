/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dates of an item. One is the one to go by: the practical date while it is ahead, else the formal one.
 * Where they differ both are there.
 */
#include <stdio.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/template_view_internal.h"
#include "plan/due.h"

void template_view_put_date(struct template_view *v, const char *name, struct civil_date d)
{
	char words[CATALOGUE_DATE];

	if (!civil_is_none(d))
		template_view_put(v, name, catalogue_date(v->language, d, words));
}

struct civil_date template_view_detail_date(const struct content_item *item, const char *name)
{
	const char *text = json_string_value(json_object_get(item->detail, name));
	struct civil_date d;

	return text && civil_parse(text, &d) == 0 ? d : CIVIL_NONE;
}

/* A last day, with the time of day that ends it where that is not its midnight. */
static void put_last_day(struct template_view *v, const char *name, const struct content_item *item,
			 struct civil_date d)
{
	char words[CATALOGUE_DATE];

	catalogue_date(v->language, d, words);
	if (civil_equal(d, item->papers))
		catalogue_add_time(v->language, item->time, words);
	template_view_put(v, name, words);
}

/* A date before it changed, and the time of day that ended it. */
static void put_before(struct template_view *v, const char *name, struct civil_date before,
		       struct time_of_day time, struct civil_date now)
{
	char words[CATALOGUE_DATE];

	if (civil_is_none(before) || civil_equal(before, now))
		return;
	catalogue_date(v->language, before, words);
	catalogue_add_time(v->language, time, words);
	template_view_put(v, name, words);
}

/* The date to go by. */
static struct civil_date go_by(const struct template_view *v, const struct content_item *item)
{
	return due_practical_shown(item->practical, item->papers, zone_date(v->options->now));
}

bool template_view_speaks_of_days_left(const struct content_item *item)
{
	return item->step && !item->is_late &&
	       (item->in_time || (item->from_given && item->from.days > 0));
}

static void put_days_left(struct template_view *v, const struct content_item *item)
{
	const int left = item->papers.day - zone_date(v->options->now).day;

	if (!template_view_speaks_of_days_left(item))
		return;
	template_view_put_flag(v, "last_today", left == 0);
	template_view_put_flag(v, "one_day_left", left == 1);
	if (left > 1)
		template_view_put_words(v, "days_left", (size_t)left);
}

void template_view_put_near(struct template_view *v, const char *name, struct civil_date d)
{
	char words[CATALOGUE_DATE];

	if (!civil_is_none(d))
		template_view_put(
			v, name, catalogue_near(v->language, d, zone_date(v->options->now), words));
}

void template_view_put_day(struct template_view *v, const struct content_item *item)
{
	const struct civil_date by = go_by(v, item), today = zone_date(v->options->now);
	char day[CATALOGUE_DATE], date[CATALOGUE_DATE];

	if (civil_is_none(item->papers))
		return;
	catalogue_short(v->language, by, today, day);
	catalogue_near(v->language, by, today, date);
	if (civil_equal(by, item->papers)) {
		catalogue_add_time(v->language, item->time, day);
		catalogue_add_time(v->language, item->time, date);
	}
	template_view_put(v, "day", day);
	template_view_put(v, "date", date);
}

/* When the meeting was before; whose, where it was another body's. When there was none, the days say all. */
static void put_meeting_before(struct template_view *v, const struct content_item *item, bool moved,
			       struct civil_date due)
{
	const char *body = json_string_value(json_object_get(item->detail, "body"));
	char words[CATALOGUE_DATE], named[LINE_MAX_BYTES + CATALOGUE_DATE + 4];

	if (moved ? !body : !item->other_body) {
		put_before(v, "meeting_before", due, TIME_OF_DAY_NONE, item->due);
	} else if (moved && body[0] && !civil_is_none(due)) {
		snprintf(named, sizeof(named), "%s, %s", body,
			 catalogue_date(v->language, due, words));
		template_view_put(v, "meeting_before", named);
	}
}

/* What the dates were before they changed. Before the meeting was fixed there was a day to expect,
 * and no meeting. */
static void put_dates_before(struct template_view *v, const struct content_item *item)
{
	const bool moved = item->what == ITEM_MOVED || item->what == ITEM_RETURNED;
	const bool expected = json_is_true(json_object_get(item->detail, "provisional"));
	struct civil_date papers =
		moved ? template_view_detail_date(item, "papers") : item->papers_original;
	struct civil_date due = moved ? template_view_detail_date(item, "due") : item->due_original;
	struct time_of_day time = TIME_OF_DAY_NONE;

	template_view_put_flag(v, "fixed", expected && !item->provisional);
	template_view_put_flag(v, "day_stays",
			       item->what == ITEM_MOVED && civil_equal(papers, item->papers) &&
				       !civil_equal(due, item->due));
	if (civil_equal(papers, item->papers_original))
		time = item->time_original;
	put_before(v, expected ? "expected_before" : "formal_before", papers, time, item->papers);
	if (item->body && !expected)
		put_meeting_before(v, item, moved, due);
}

/* One body of a chain: when it meets and its papers are due, or what it has decided. */
static json_t *link_view(struct template_view *v, const struct content_link *link)
{
	struct template_view view = { json_object(), v->language, v->options, false };
	const bool decided = link->outcome == OUTCOME_NOTED || link->outcome == OUTCOME_APPROVED;

	template_view_put(&view, "via_body", link->body);
	template_view_put_date(&view, link->provisional ? "via_provisional" : "via_meeting",
			       link->due);
	template_view_put_flag(&view, "via_unknown", civil_is_none(link->due));
	if (!decided)
		template_view_put_date(&view, "via_papers", link->papers);
	template_view_put_flag(&view, "via_noted", link->outcome == OUTCOME_NOTED);
	template_view_put_flag(&view, "via_approved", link->outcome == OUTCOME_APPROVED);
	template_view_put_flag(&view, "via_returned", link->outcome == OUTCOME_RETURNED);
	template_view_put_reference(&view, "via_reference", link->reference);
	v->failed |= view.failed;
	return view.object;
}

static void put_chain(struct template_view *v, const struct content_item *item)
{
	json_t *list = item->passing_count ? json_array() : NULL;

	template_view_put_flag(v, "goes_on", item->goes_on);

	for (size_t i = 0; i < item->passing_count; i++)
		v->failed |= json_array_append_new(list, link_view(v, &item->passing[i])) < 0;
	if (list)
		v->failed |= json_object_set_new(v->object, "chain", list) < 0;
}

void template_view_put_dates(struct template_view *v, const struct content_item *item)
{
	struct civil_date by = go_by(v, item);

	if (civil_is_none(item->papers))
		return;
	put_chain(v, item);
	template_view_put_day(v, item);
	if (item->body)
		template_view_put_date(v, item->provisional ? "provisional" : "meeting", item->due);
	template_view_put_flag(v, "month_over", item->provisional && item->month_over);
	if (item_traits(item->what)->settled)
		return;
	if (!item->is_late)
		put_last_day(v, "answer_by", item, by);
	if (item->is_late || !civil_equal(by, item->papers))
		put_last_day(v, "formal", item, item->papers);
	template_view_put_flag(v, "squeeze_day",
			       item->squeeze_day && !item->is_late &&
				       !civil_equal(by, item->papers));
	template_view_put_near(v, "stated", item->stated);
	put_days_left(v, item);
	template_view_put_flag(v, "late", item->is_late);
	template_view_put_flag(v, "passed", item->is_late);
	if (item_kind(item->what) != KIND_ALERT && item->what != ITEM_ASSIGNED &&
	    item->what != ITEM_DENIED)
		put_dates_before(v, item);
}
