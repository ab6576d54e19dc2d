/* SPDX-License-Identifier: Apache-2.0 */
#include "message/calendar_view.h"

#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"
#include "message/template_view_internal.h"
#include "plan/due.h"

#define V(text, what)                            \
	{                                        \
		.name = text, .kind = VAR_##what \
	}

static const struct template_var due_vars[] = {
	V("id", FILLED),
	V("title", FILLED),
	V("day", FILLED),
	{ .name = NULL },
};

const struct template_var calendar_entry_vars[] = {
	/* What it is: exactly one of these. */
	V("answer", FLAG),
	V("material", FLAG),
	V("papers", FLAG),
	V("session", FLAG),
	/* How it stands. */
	V("asked", FLAG),
	V("answered", FLAG),
	V("cancelled", FLAG),
	V("title", FILLED),
	V("id", OPTIONAL),
	V("part_of", OPTIONAL),
	V("decision", OPTIONAL),
	V("answer_by", FILLED),
	V("formal", OPTIONAL),
	V("body", OPTIONAL),
	V("meeting", OPTIONAL),
	V("provisional", OPTIONAL),
	{ .name = "due", .kind = VAR_LIST, .inner = due_vars },
	V("link", OPTIONAL),
	{ .name = NULL },
};

const struct template_var calendar_feed_vars[] = {
	V("person", FLAG), V("body", FLAG),    V("expired", FLAG),
	V("name", FILLED), V("until", FILLED), { .name = NULL },
};

static const char *const kinds[] = {
	[AGENDA_ANSWER] = "answer",
	[AGENDA_DELIVERABLE] = "material",
	[AGENDA_PAPERS] = "papers",
	[AGENDA_MEETING] = "session",
};

/* The last day, with the time of day that ends it. */
static void put_last_day(struct template_view *v, const char *name,
			 const struct agenda_entry *entry, struct civil_date d)
{
	char words[CATALOGUE_DATE];

	catalogue_date(v->language, d, words);
	if (civil_equal(d, entry->papers))
		catalogue_add_time(v->language, entry->time, words);
	template_view_put(v, name, words);
}

static void put_dates(struct template_view *v, const struct agenda_entry *entry,
		      struct civil_date today)
{
	const struct civil_date by = due_practical_shown(entry->practical, entry->papers, today);

	put_last_day(v, "answer_by", entry, by);
	if (!civil_equal(by, entry->papers))
		put_last_day(v, "formal", entry, entry->papers);
	template_view_put(v, "body", entry->body_name);
	if (entry->body_name && entry->what != AGENDA_MEETING)
		template_view_put_date(v, entry->provisional ? "provisional" : "meeting",
				       entry->due);
}

/* What is due for a meeting: what of the calendar has its day. */
static json_t *due_for(const struct agenda_entry *meeting, const struct calendar_words *words)
{
	json_t *list = json_array();

	for (size_t i = 0; words->agenda && i < words->agenda->count; i++) {
		const struct agenda_entry *entry = &words->agenda->list[i];
		struct template_view v = { json_object(), words->language, NULL, false };
		char day[CATALOGUE_DATE];

		if (entry->what != AGENDA_PAPERS || entry->provisional || entry->cancelled ||
		    !civil_equal(entry->due, meeting->papers)) {
			json_decref(v.object);
			continue;
		}
		template_view_put_shown(&v, "id", entry->deadline);
		template_view_put(&v, "title", entry->title);
		template_view_put(&v, "day", catalogue_day(words->language, entry->papers, day));
		json_array_append_new(list, v.object);
	}
	return list;
}

static void put_part_of(struct template_view *v, const struct agenda_entry *entry)
{
	char text[LINE_MAX_BYTES + ITEM_ID + CATALOGUE_DATE + 4];

	if (!entry->deadline_title)
		return;
	template_view_put_shown(v, "part_of", entry->deadline);
	snprintf(text, sizeof(text), "%s (%s)", entry->deadline_title,
		 json_string_value(json_object_get(v->object, "part_of")));
	template_view_put(v, "part_of", text);
}

/* What has no title any more is called by its id. */
static void put_name(struct template_view *v, const struct agenda_entry *entry)
{
	const char *id = entry->measure[0] ? entry->measure : entry->deadline;

	if (!entry->title) {
		template_view_put_shown(v, "title", id);
		return;
	}
	template_view_put(v, "title", entry->title);
	template_view_put_shown(v, "id", id);
}

json_t *calendar_view_of_entry(const struct agenda_entry *entry, const struct calendar_words *words)
{
	struct template_view v = { json_object(), words->language, NULL, false };

	template_view_put_flag(&v, kinds[entry->what], true);
	template_view_put_flag(&v, "asked", entry->asked);
	template_view_put_flag(&v, "answered", entry->answered);
	template_view_put_flag(&v, "cancelled", entry->cancelled);
	put_name(&v, entry);
	put_part_of(&v, entry);
	template_view_put(&v, "decision", entry->decision);
	put_dates(&v, entry, words->today);
	if (entry->what == AGENDA_MEETING)
		json_object_set_new(v.object, "due", due_for(entry, words));
	template_view_put(&v, "link", words->link);
	if (v.failed) {
		json_decref(v.object);
		return NULL;
	}
	return v.object;
}

json_t *calendar_view_of_feed(const struct calendar_feed *feed)
{
	struct template_view v = { json_object(), feed->language, NULL, false };

	template_view_put_flag(&v, feed->of_body ? "body" : "person", true);
	template_view_put_flag(&v, "expired", feed->expired);
	template_view_put(&v, "name", feed->name);
	template_view_put_date(&v, "until", feed->until);
	if (v.failed) {
		json_decref(v.object);
		return NULL;
	}
	return v.object;
}
