/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry is an event of a calendar, on the last day, all day long, or at the time of day that ends it. It
 * takes no time from anybody (TRANSP), and in a mail it rings on the morning of the practical date. Its UID
 * is made of the installation and of what the entry is about, so that the entry of a later mail replaces
 * that of an earlier one, whose SEQUENCE is smaller. All times are UTC: which instant a local time is on a
 * day is known when it is written, so no zone has to be explained to anybody's program.
 *
 * What is not asked of the reader any more leaves as METHOD:CANCEL with STATUS:CANCELLED. Outlook, Thunderbird
 * and Gmail offer to remove such an entry, and Apple's calendar strikes it out; published with that status
 * (METHOD:PUBLISH), which RFC 5546 allows too, Outlook would put a second one beside the first. A file has one
 * method, so a mail that gives one thing and takes another has two.
 *
 * A calendar that is fetched has no method, and what is withdrawn stands there as STATUS:CANCELLED for a
 * while: most programs replace all that they fetched before, but some only add to it. Nothing rings there,
 * since the mails remind already, and its entries have no link: a calendar is shown to colleagues.
 */
#include "message/calendar_entry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/calendar_view.h"
#include "message/ics.h"
#include "message/link.h"
#include "plan/due.h"
#include "protocol/text.h"

#define MORNING ((struct time_of_day){ 8 * 60 })
#define REFRESH "PT4H" /* how often a calendar is worth fetching */

static const struct {
	const char *name;
	const char *file[LANGUAGES];
} methods[CALENDAR_METHODS] = {
	[CALENDAR_PUBLISH] = { "PUBLISH",
			       { [LANGUAGE_SV] = "svar.ics", [LANGUAGE_EN] = "answer.ics" } },
	[CALENDAR_CANCEL] = { "CANCEL",
			      { [LANGUAGE_SV] = "utgar.ics", [LANGUAGE_EN] = "cancelled.ics" } },
};

const char *calendar_method_name(enum calendar_method method)
{
	return methods[method].name;
}

const char *calendar_file_name(enum calendar_method method, enum language language)
{
	return methods[method].file[language];
}

/* A calendar being written. */
struct writing {
	const struct composing *with;
	struct ics ics;
	enum language language;
	struct instant stamp;
	const struct person *reader; /* of a mail; NULL: it is fetched */
	const struct agenda *agenda; /* that is fetched, or NULL */
	int failed;		     /* a negative errno */
};

/* ---- an entry ------------------------------------------------------------------------------------- */

/* The text that a template makes of a view, without blank lines at its ends; freed by the caller. */
static char *words(struct writing *w, enum calendar_text which, json_t *view)
{
	char *text = NULL;
	int r = view ? template_render(templates_calendar(w->with->templates, w->language, which),
				       view, &text)
		     : -ENOMEM;
	size_t length;

	if (r < 0) {
		w->failed = r;
		return NULL;
	}
	text_break_spaces(text);
	for (length = strlen(text); length > 0 && text[length - 1] == '\n';)
		text[--length] = '\0';
	return text;
}

static void put_words(struct writing *w, const char *name, enum calendar_text which, json_t *view)
{
	char *text = words(w, which, view);

	ics_text(&w->ics, name, text);
	free(text);
}

/* "~" is in no id, and "@" stands in those of occurrences only. */
static void put_uid(struct writing *w, const struct agenda_entry *entry)
{
	char uid[400], first[CIVIL_TEXT];

	if (entry->what == AGENDA_MEETING)
		snprintf(uid, sizeof(uid), "paminn~%s~meeting~%s~%s", w->with->installation,
			 entry->body.text, civil_format(entry->first, first));
	else
		snprintf(uid, sizeof(uid), "paminn~%s~%s%s%s", w->with->installation,
			 entry->deadline,
			 entry->what == AGENDA_ANSWER	     ? "~"
			 : entry->what == AGENDA_DELIVERABLE ? "~~"
							     : "",
			 entry->measure);
	ics_text(&w->ics, "UID", uid);
}

static void put_dates(struct writing *w, const struct agenda_entry *entry)
{
	const struct civil_date last = entry->what == AGENDA_MEETING ? entry->due : entry->papers;

	if (entry->time.minute >= 0) {
		ics_instant(&w->ics, "DTSTART", zone_instant(entry->papers, entry->time));
		return;
	}
	ics_date(&w->ics, "DTSTART;VALUE=DATE", entry->papers);
	ics_date(&w->ics, "DTEND;VALUE=DATE", civil_add(last, 1));
}

/* One that has rung already would ring at once. */
static void put_alarm(struct writing *w, const struct agenda_entry *entry, json_t *view)
{
	const struct civil_date day =
		due_practical_shown(entry->practical, entry->papers, zone_date(w->stamp));
	const struct instant rings = zone_instant(day, MORNING);

	if (!entry->asked || entry->cancelled || instant_compare(rings, w->stamp) <= 0)
		return;
	ics_line(&w->ics, "BEGIN", "VALARM");
	ics_line(&w->ics, "ACTION", "DISPLAY");
	ics_instant(&w->ics, "TRIGGER;VALUE=DATE-TIME", rings);
	put_words(w, "DESCRIPTION", CALENDAR_SUMMARY, view);
	ics_line(&w->ics, "END", "VALARM");
}

/* Who sends it, as RFC 5546 wants it of what has a method. Within its quotes a name is any text without. */
static void put_organizer(struct writing *w)
{
	const struct mail_settings *mail = &w->with->settings->mail;
	char name[sizeof("ORGANIZER;CN=\"\"") + LINE_MAX_BYTES], address[LINE_MAX_BYTES + 10];
	char *end = stpcpy(name, "ORGANIZER;CN=\"");
	const char *from = mail->from_name ? mail->from_name : "";
	size_t length = strlen(from);

	if (length > LINE_MAX_BYTES)
		for (length = LINE_MAX_BYTES; ((unsigned char)from[length] & 0xc0) == 0x80;)
			length--;
	for (size_t i = 0; i < length; i++)
		if (from[i] != '"')
			*end++ = from[i];
	stpcpy(end, "\"");
	if (!mail->from_name)
		name[strlen("ORGANIZER")] = '\0';
	snprintf(address, sizeof(address), "mailto:%s", mail->from);
	ics_line(&w->ics, name, address);
}

/* Where the reader of a mail answers it, as long as the link works. */
static const char *link_to(const struct writing *w, const struct agenda_entry *entry,
			   char out[static LINK_URL])
{
	struct link link;

	if (!w->reader || !w->with->links || !entry->asked || entry->cancelled)
		return NULL;
	link = link_answer(w->reader->id, deadline_id(entry->deadline), measure_id(entry->measure),
			   entry->papers);
	if (civil_compare(link.until, zone_date(w->stamp)) < 0)
		return NULL;
	return links_url(w->with->links, &link, out);
}

static void put_entry(struct writing *w, const struct agenda_entry *entry)
{
	char url[LINK_URL];
	const struct calendar_words how = { .language = w->language,
					    .today = zone_date(w->stamp),
					    .link = link_to(w, entry, url),
					    .agenda = w->agenda };
	json_t *view = calendar_view_of_entry(entry, &how);

	ics_line(&w->ics, "BEGIN", "VEVENT");
	put_uid(w, entry);
	ics_number(&w->ics, "SEQUENCE", entry->sequence);
	ics_instant(&w->ics, "DTSTAMP", w->stamp);
	put_dates(w, entry);
	put_words(w, "SUMMARY", CALENDAR_SUMMARY, view);
	put_words(w, "DESCRIPTION", CALENDAR_DESCRIPTION, view);
	if (entry->place[0])
		ics_text(&w->ics, "LOCATION", entry->place);
	if (how.link)
		ics_line(&w->ics, "URL", how.link);
	ics_line(&w->ics, "STATUS",
		 entry->cancelled   ? "CANCELLED"
		 : entry->tentative ? "TENTATIVE"
				    : "CONFIRMED");
	ics_text(&w->ics, "CATEGORIES", "Påminn");
	ics_line(&w->ics, "TRANSP", "TRANSPARENT");
	if (w->reader) {
		put_organizer(w);
		put_alarm(w, entry, view);
	}
	ics_line(&w->ics, "END", "VEVENT");
	json_decref(view);
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static int begin(struct writing *w)
{
	int r = ics_begin(&w->ics);

	if (r < 0)
		return r;
	ics_line(&w->ics, "BEGIN", "VCALENDAR");
	ics_line(&w->ics, "VERSION", "2.0");
	ics_line(&w->ics, "PRODID",
		 w->language == LANGUAGE_SV ? "-//Paminn//paminnd//SV" : "-//Paminn//paminnd//EN");
	ics_line(&w->ics, "CALSCALE", "GREGORIAN");
	return 0;
}

static int end(struct writing *w, char **ret, size_t *ret_length)
{
	size_t length = 0;
	char *bytes;

	ics_line(&w->ics, "END", "VCALENDAR");
	bytes = ics_end(&w->ics, &length);
	if (!bytes)
		return -ENOMEM;
	if (w->failed) {
		free(bytes);
		return w->failed;
	}
	*ret = bytes;
	*ret_length = length;
	return 0;
}

/* Which entries a method is for. Only these kinds of messages bring any; a confirmation takes them away. */
static bool belongs(const struct message_content *n, const struct agenda_entry *entry,
		    enum calendar_method method)
{
	static const unsigned kinds[CALENDAR_METHODS] = {
		[CALENDAR_PUBLISH] = 1U << KIND_REMINDER | 1U << KIND_MOVED | 1U << KIND_ASSIGNED,
		[CALENDAR_CANCEL] = 1U << KIND_REMINDER | 1U << KIND_MOVED | 1U << KIND_ASSIGNED |
				    1U << KIND_CONFIRMATION,
	};

	return (kinds[method] >> n->message.kind & 1) &&
	       entry->cancelled == (method == CALENDAR_CANCEL);
}

int calendar_of_message(const struct composing *with, const struct message_content *n,
			enum calendar_method method, char **ret, size_t *ret_length)
{
	struct writing w = { .with = with,
			     .language = n->language,
			     .stamp = composed_at(with, n),
			     .reader = n->to.person };
	size_t count = 0;
	int r;

	for (size_t i = 0; i < n->agenda.count; i++)
		count += belongs(n, &n->agenda.list[i], method);
	if (!w.reader || count == 0) {
		*ret = NULL;
		*ret_length = 0;
		return 0;
	}
	r = begin(&w);
	if (r < 0)
		return r;
	ics_line(&w.ics, "METHOD", calendar_method_name(method));
	for (size_t i = 0; i < n->agenda.count; i++)
		if (belongs(n, &n->agenda.list[i], method))
			put_entry(&w, &n->agenda.list[i]);
	return end(&w, ret, ret_length);
}

static void put_about(struct writing *w, const struct calendar_feed *feed)
{
	json_t *view = calendar_view_of_feed(feed);
	char *name = words(w, CALENDAR_NAME, view), *about = words(w, CALENDAR_ABOUT, view);

	/* RFC 7986, and what programs read who don't know it. */
	ics_text(&w->ics, "NAME", name);
	ics_text(&w->ics, "X-WR-CALNAME", name);
	ics_text(&w->ics, "DESCRIPTION", about);
	ics_text(&w->ics, "X-WR-CALDESC", about);
	ics_line(&w->ics, "REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
	ics_line(&w->ics, "X-PUBLISHED-TTL", REFRESH);
	free(name);
	free(about);
	json_decref(view);
}

int calendar_of_feed(const struct composing *with, const struct calendar_feed *feed, char **ret,
		     size_t *ret_length)
{
	struct writing w = {
		.with = with, .language = feed->language, .stamp = with->now, .agenda = feed->agenda
	};
	int r = begin(&w);

	if (r < 0)
		return r;
	put_about(&w, feed);
	for (size_t i = 0; i < feed->agenda->count; i++)
		put_entry(&w, &feed->agenda->list[i]);
	return end(&w, ret, ret_length);
}

int calendar_expired(const struct composing *with, const struct calendar_feed *feed, char **ret,
		     size_t *ret_length)
{
	json_t *view = calendar_view_of_feed(feed);
	int r = view ? template_render(
			       templates_calendar(with->templates, feed->language, CALENDAR_ABOUT),
			       view, ret)
		     : -ENOMEM;

	json_decref(view);
	if (r == 0)
		*ret_length = strlen(text_break_spaces(*ret));
	return r;
}
