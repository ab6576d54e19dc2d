/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody said or decided, from an item's detail; and what a server said of a message that reached
 * nobody. A mail is a public record: whoever spoke without a name of the plan is left out of it.
 */
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/template_view_internal.h"
#include "message/undelivered.h"
#include "protocol/rfc3339.h"

static const char *text_of(const json_t *detail, const char *name)
{
	return json_string_value(json_object_get(detail, name));
}

/* Is it one of the characters that an address is made of? */
static bool in_address(char ch)
{
	return ch && !strchr(" \t<>()[]:;,\"'", ch);
}

/* A server's answer without the addresses in it: a message names people, not their mailboxes. */
static void put_answer(struct template_view *v, const char *name, const char *answer)
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
	template_view_put(v, name, text);
}

/* A decision, as minutes and diaries name it; "§ 58" stays on one line. */
void template_view_put_reference(struct template_view *v, const char *name, const char *reference)
{
	static const char sign[] = "§ ", joined[] = "§\u00a0";
	char text[3 * LINE_MAX_BYTES];
	size_t used = 0;

	for (const char *p = reference; p && *p && used < sizeof(text) - sizeof(joined);) {
		const bool is_sign = strncmp(p, sign, strlen(sign)) == 0;

		if (is_sign)
			used = (size_t)(stpcpy(text + used, joined) - text);
		else
			text[used++] = *p;
		p += is_sign ? strlen(sign) : 1;
	}
	text[used] = '\0';
	template_view_put(v, name, text);
}

/* What is after it in a source or a recipient's id; NULL: it does not begin so. */
static const char *after(const char *text, const char *prefix)
{
	return text && strncmp(text, prefix, strlen(prefix)) == 0 ? text + strlen(prefix) : NULL;
}

/* Who said it: a person by name, a system by its id. Of what the owner reports that is them, unless another is
 * named. */
static void put_by(struct template_view *v, const struct content_item *item)
{
	const bool reported = item->what == ITEM_OFF_TRACK || item->what == ITEM_NEEDS_SUPPORT ||
			      item->what == ITEM_EFFECT_BELOW || item->what == ITEM_LIGHT;

	if (!item->by)
		template_view_put(v, "by", after(text_of(item->detail, "by"), "/systems/"));
	else if (!reported || !item->owner || strcmp(item->by, item->owner) != 0)
		template_view_put(v, "by", item->by);
}

/* Whom a message did not reach, what the server answered, and what that means. */
static void put_undelivered(struct template_view *v, const struct content_item *item)
{
	static const char *const whys[UNDELIVERED_WHYS] = {
		[UNDELIVERED_GIVEN_UP] = "given_up",  [UNDELIVERED_ADDRESS] = "wrong_address",
		[UNDELIVERED_SENDER] = "refuses_us",  [UNDELIVERED_FULL] = "mailbox_full",
		[UNDELIVERED_OTHER] = "refuses_this", [UNDELIVERED_CHANNEL] = "channel_refuses",
	};
	const char *answer = text_of(item->detail, "answer");

	if (item->what != ITEM_UNREACHED && item->what != ITEM_UNFORWARDED)
		return;
	if (answer)
		put_answer(v, "answer", answer);
	if (item->what == ITEM_UNFORWARDED)
		return;
	template_view_put_flag(v, whys[undelivered_why(answer)], true);
	template_view_put_flag(v, "others_wait", item->unreached);
}

/* An absence: its days in words, and as commands take them. */
static void put_away(struct template_view *v, const struct content_item *item)
{
	const struct civil_date from = template_view_detail_date(item, "from"),
				until = template_view_detail_date(item, "until");
	char words[CATALOGUE_PERIOD], day[CIVIL_TEXT];

	template_view_put_date(v, "held_until", template_view_detail_date(item, "held_until"));
	if (civil_is_none(from) || civil_is_none(until))
		return;
	template_view_put_date(v, "from", from);
	template_view_put_date(v, "until", until);
	template_view_put(v, "away", catalogue_period(v->language, from, until, words));
	template_view_put(v, "from_day", civil_format(from, day));
	template_view_put(v, "until_day", civil_format(until, day));
}

/* The decision on an extension; why it was given is what somebody wrote. */
static void put_extension(struct template_view *v, const struct content_item *item)
{
	const json_t *extension = json_object_get(item->detail, "extension");

	template_view_put_flag(v, "extension", extension != NULL);
	template_view_put_reference(v, "extension_reference", text_of(extension, "reference"));
	if (v->options->notes)
		template_view_put(v, "extension_reason", text_of(extension, "reason"));
}

/* What is noted in the place of words that they did not write is not quoted as theirs. */
static const char *note_of(const struct content_item *item)
{
	const char *note = text_of(item->detail, "note");

	for (int i = 0; note && item->what == ITEM_NOT_MINE && i < LANGUAGES; i++)
		if (strcmp(note, catalogue_not_mine((enum language)i)) == 0)
			return NULL;
	return note;
}

/* A later date that is asked for, in words; and why, and how much is done, by who asks. */
static void put_asked_for(struct template_view *v, const struct content_item *item)
{
	const struct event_due *due = &item->asked_for;
	const json_t *done = json_object_get(item->detail, "progress");
	char words[CATALOGUE_MEETING];

	if (event_due_is_meeting(due))
		template_view_put(v, "asked_for",
				  catalogue_meeting(v->language,
						    item->asked_body ? item->asked_body : due->body,
						    due->year, due->month, words));
	else
		template_view_put_date(v, "asked_for", due->date);
	if (item->what == ITEM_REQUESTED && json_is_integer(done))
		template_view_put_number(v, "share_done", (size_t)json_integer_value(done));
	template_view_put(v, "request", text_of(item->detail, "request"));
	if (v->options->notes)
		template_view_put(v, "reason", text_of(item->detail, "reason"));
}

/* "one" in a sentence of its own, more in words. */
static void put_count(struct template_view *v, const char *one, const char *several, size_t count)
{
	template_view_put_flag(v, one, count == 1);
	if (count > 1)
		template_view_put_words(v, several, count);
}

/* "måndag 11 maj 2026 kl. 9.30" */
static void put_instant(struct template_view *v, const char *name, const char *at)
{
	char text[CATALOGUE_DATE];
	struct time_of_day time;
	struct civil_date day;
	struct instant t;

	if (!at || rfc3339_parse(at, &t) < 0)
		return;
	zone_civil(t, &day, &time);
	catalogue_date(v->language, day, text);
	template_view_put(v, name, catalogue_add_time(v->language, time, text));
}

/* What stewards are told of as it begins and ends: that nothing leaves, who is away. */
static void put_telling(struct template_view *v, const struct content_item *item)
{
	if (item->what != ITEM_HOLD && item->what != ITEM_AWAY)
		return;
	template_view_put_flag(v, "begun",
			       json_is_true(json_object_get(
				       item->detail, item->what == ITEM_HOLD ? "on" : "away")));
	put_count(v, "waiting_one", "waiting", item->waiting);
	put_count(v, "passed_one", "passed_many", item->passed);
	template_view_put(v, "deputy", item->deputy);
	if (item->what != ITEM_HOLD)
		return;
	put_instant(v, "hold_since", text_of(item->detail, "since"));
	put_instant(v, "hold_until", text_of(item->detail, "until"));
}

void template_view_put_said(struct template_view *v, const struct content_item *item)
{
	const char *person = text_of(item->detail, "person");
	const char *channel = after(person, "channel:");
	const char *outcome = text_of(item->detail, "outcome");

	put_by(v, item);
	if (v->options->notes) {
		template_view_put(v, "note", note_of(item));
		template_view_put(v, "support", text_of(item->detail, "needs_support"));
	}
	put_undelivered(v, item);
	template_view_put(v, "person_id", channel ? NULL : person);
	template_view_put(v, "person", item->person ? item->person : channel ? channel : person);
	template_view_put_reference(v, "reference", text_of(item->detail, "reference"));
	template_view_put_flag(v, "noted", outcome && strcmp(outcome, "noted") == 0);
	template_view_put_flag(v, "approved", outcome && strcmp(outcome, "approved") == 0);
	template_view_put(v, "link_body", text_of(item->detail, "body"));
	template_view_put(v, "link_id", text_of(item->detail, "body_id"));
	template_view_put_near(v, "link_meeting", template_view_detail_date(item, "meeting"));
	template_view_put(v, "next_body", text_of(item->detail, "next"));
	template_view_put_near(v, "next_meeting", template_view_detail_date(item, "next_meeting"));
	if (item->what != ITEM_HOLD)
		put_away(v, item);
	put_telling(v, item);
	put_extension(v, item);
	put_asked_for(v, item);
	template_view_put_flag(v, "reports", item->has_measures);
	template_view_put_flag(v, "material", item->has_responsible);
	if (text_of(item->paper, "sha256"))
		template_view_put(v, "sha", text_of(item->paper, "sha256"));
	template_view_put_flag(v, "supplement",
			       json_is_true(json_object_get(item->detail, "supplement")));
}
