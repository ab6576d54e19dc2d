/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of calendars: what they say, when they ring, and how they are put there and taken away. */
#include "message/calendar_entry.h"

#include <string.h>
#include <unistd.h>

#include "loaded.h"
#include "message/link.h"
#include "notices.h"
#include "unit.h"

static struct agenda_entry entry_of(enum agenda_what what)
{
	struct agenda_entry entry = {
		.what = what,
		.asked = true,
		.deadline = "RS-58",
		.title = "Bemanning, akuten; \"dag\"",
		.decision = "RS 2026-04-22 § 58",
		.body = { "RS" },
		.body_name = "Regionstyrelsen",
		.first = CIVIL_NONE,
		.papers = sample_date("2026-05-15"),
		.practical = sample_date("2026-05-13"),
		.due = sample_date("2026-05-26"),
		.time = TIME_OF_DAY_NONE,
		.sequence = 3,
	};

	if (what == AGENDA_ANSWER) {
		snprintf(entry.measure, sizeof(entry.measure), "HSN-03");
		entry.deadline_title = "Återredovisning";
	}
	return entry;
}

/* Without the folds. */
static void unfold(char *text)
{
	for (char *at = text; (at = strstr(at, "\r\n ")) != NULL;)
		memmove(at, at + 3, strlen(at + 3) + 1);
}

/* What a message of a kind with these entries says to calendars; NULL: nothing. Freed by the caller. */
static char *said(enum message_kind kind, enum language language, const struct agenda *agenda,
		  enum calendar_method method, const struct links *links)
{
	struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct sample s;
	char *text = NULL;
	size_t length;

	with.links = links;
	sample_begin(&s, kind, language);
	s.notice.agenda = *agenda;
	ck_assert_int_eq(calendar_of_message(&with, &s.notice, method, &text, &length), 0);
	ck_assert(!text || strlen(text) == length);
	if (text)
		unfold(text);
	return text;
}

static char *said_of(enum language language, struct agenda_entry entry)
{
	const struct agenda one = { .list = &entry, .count = 1 };

	return said(KIND_REMINDER, language, &one,
		    entry.cancelled ? CALENDAR_CANCEL : CALENDAR_PUBLISH, NULL);
}

static void ck_has(const char *text, const char *line)
{
	char whole[600];

	snprintf(whole, sizeof(whole), "\r\n%s\r\n", line);
	ck_assert_msg(strstr(text, whole), "%s is not in %s", line, text);
}

static void ck_lacks(const char *text, const char *words)
{
	ck_assert_msg(!strstr(text, words), "%s is in %s", words, text);
}

START_TEST(an_entry_says_what_is_asked_and_by_when)
{
	char *text = said_of(LANGUAGE_SV, entry_of(AGENDA_ANSWER));

	ck_assert(strncmp(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", 30) == 0);
	ck_has(text, "METHOD:PUBLISH");
	ck_has(text, "UID:paminn~01JTEST~RS-58~HSN-03");
	ck_has(text, "SEQUENCE:3");
	ck_has(text, "DTSTAMP:20260511T060000Z");
	ck_has(text, "DTSTART;VALUE=DATE:20260515");
	ck_has(text, "DTEND;VALUE=DATE:20260516");
	ck_has(text, "SUMMARY:Svar senast: Bemanning\\, akuten\\; \"dag\" (HSN-03)");
	ck_has(text, "DESCRIPTION:En lägesrapport ska lämnas senast onsdag 13 maj 2026.\\n"
		     "Formell sista dag: fredag 15 maj 2026\\nIngår i: Återredovisning (RS-58)\\n"
		     "Beslut: RS 2026-04-22 § 58\\nSammanträde: Regionstyrelsen\\, tisdag 26 maj "
		     "2026");
	ck_has(text, "STATUS:CONFIRMED");
	ck_has(text, "TRANSP:TRANSPARENT");
	ck_has(text, "CATEGORIES:Påminn");
	ck_has(text, "ORGANIZER;CN=\"Påminn\":mailto:paminn@region.example");
	ck_has(text, "TRIGGER;VALUE=DATE-TIME:20260513T060000Z");
	ck_assert(strcmp(text + strlen(text) - 15, "END:VCALENDAR\r\n") == 0);
	free(text);
	text = said_of(LANGUAGE_EN, entry_of(AGENDA_DELIVERABLE));
	ck_has(text, "UID:paminn~01JTEST~RS-58~~");
	ck_has(text, "SUMMARY:Submit by: Bemanning\\, akuten\\; \"dag\" (RS-58)");
	free(text);
}
END_TEST

START_TEST(the_time_of_day_that_ends_the_last_day_is_when_it_is)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	char *text;

	entry.practical = entry.papers;
	entry.time = (struct time_of_day){ 12 * 60 };
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "DTSTART:20260515T100000Z");
	ck_lacks(text, "DTEND");
	ck_assert_ptr_nonnull(strstr(text, "fredag 15 maj 2026 kl. 12.00"));
	free(text);
	/* In winter it is another instant. */
	entry.papers = entry.practical = sample_date("2026-11-16");
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "DTSTART:20261116T110000Z");
	ck_has(text, "TRIGGER;VALUE=DATE-TIME:20261116T070000Z");
	free(text);
}
END_TEST

/* The mail is of 11 May at eight. */
START_TEST(it_rings_on_the_morning_of_the_practical_date_that_is_still_ahead)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	char *text;

	entry.practical = sample_date("2026-05-08");
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "TRIGGER;VALUE=DATE-TIME:20260515T060000Z");
	free(text);
	entry.papers = sample_date("2026-05-11");
	text = said_of(LANGUAGE_SV, entry);
	ck_lacks(text, "VALARM");
	free(text);
	entry = entry_of(AGENDA_ANSWER);
	entry.asked = false; /* somebody else's */
	text = said_of(LANGUAGE_SV, entry);
	ck_lacks(text, "VALARM");
	ck_has(text, "SUMMARY:Svar väntas: Bemanning\\, akuten\\; \"dag\" (HSN-03)");
	free(text);
}
END_TEST

START_TEST(what_is_not_asked_any_more_is_taken_away_by_a_file_of_its_own)
{
	struct agenda_entry both[] = { entry_of(AGENDA_ANSWER), entry_of(AGENDA_DELIVERABLE) };
	const struct agenda agenda = { .list = both, .count = 2 };
	char *text;

	both[1].cancelled = true;
	text = said(KIND_ASSIGNED, LANGUAGE_SV, &agenda, CALENDAR_PUBLISH, NULL);
	ck_has(text, "UID:paminn~01JTEST~RS-58~HSN-03");
	ck_lacks(text, "RS-58~~");
	free(text);
	text = said(KIND_ASSIGNED, LANGUAGE_SV, &agenda, CALENDAR_CANCEL, NULL);
	ck_has(text, "METHOD:CANCEL");
	ck_has(text, "UID:paminn~01JTEST~RS-58~~");
	ck_has(text, "STATUS:CANCELLED");
	ck_lacks(text, "HSN-03");
	ck_lacks(text, "VALARM");
	free(text);
}
END_TEST

START_TEST(a_mail_of_another_kind_or_without_entries_brings_none)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	const struct agenda one = { .list = &entry, .count = 1 }, none = { NULL };
	char *text;

	ck_assert_ptr_null(said(KIND_ALERT, LANGUAGE_SV, &one, CALENDAR_PUBLISH, NULL));
	ck_assert_ptr_null(said(KIND_CONFIRMATION, LANGUAGE_SV, &one, CALENDAR_PUBLISH, NULL));
	/* A confirmation puts nothing into a calendar, and takes away what is not asked any more. */
	entry.cancelled = true;
	text = said(KIND_CONFIRMATION, LANGUAGE_SV, &one, CALENDAR_CANCEL, NULL);
	ck_has(text, "METHOD:CANCEL");
	free(text);
	entry.cancelled = false;
	ck_assert_ptr_null(said(KIND_REMINDER, LANGUAGE_SV, &one, CALENDAR_CANCEL, NULL));
	ck_assert_ptr_null(said(KIND_REMINDER, LANGUAGE_SV, &none, CALENDAR_PUBLISH, NULL));
}
END_TEST

START_TEST(a_provisional_day_is_tentative)
{
	struct agenda_entry entry = entry_of(AGENDA_PAPERS);
	char *text;

	entry.asked = false;
	entry.provisional = entry.tentative = true;
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "STATUS:TENTATIVE");
	ck_has(text, "SUMMARY:Handlingar senast: Bemanning\\, akuten\\; \"dag\" (RS-58)");
	ck_assert_ptr_nonnull(strstr(text, "preliminärt tisdag 26 maj 2026"));
	free(text);
	/* The day stands, and it is the meeting that is provisional. */
	entry.tentative = false;
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "STATUS:CONFIRMED");
	ck_assert_ptr_nonnull(strstr(text, "preliminärt tisdag 26 maj 2026"));
	free(text);
}
END_TEST

/* As mails and pages call it. */
START_TEST(a_deliverable_is_called_what_its_mail_calls_it)
{
	struct agenda_entry entry = entry_of(AGENDA_DELIVERABLE);
	char *text = said_of(LANGUAGE_SV, entry);

	ck_has(text, "SUMMARY:Inlämning senast: Bemanning\\, akuten\\; \"dag\" (RS-58)");
	ck_assert_ptr_nonnull(strstr(text, "ska lämnas in senast onsdag 13 maj 2026."));
	free(text);
	entry.asked = false;
	entry.answered = true;
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "SUMMARY:Inlämnat: Bemanning\\, akuten\\; \"dag\" (RS-58)");
	ck_assert_ptr_nonnull(strstr(text, "har lämnats in."));
	free(text);
}
END_TEST

/* Of a series, its day in words: "@" is for programs. */
START_TEST(an_occurrence_is_named_by_its_day)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	char *text;

	snprintf(entry.deadline, sizeof(entry.deadline), "RS-58@2026-05-26");
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "UID:paminn~01JTEST~RS-58@2026-05-26~HSN-03");
	ck_assert_ptr_nonnull(
		strstr(text, "Ingår i: Återredovisning (RS-58\\, 26 maj 2026)\\nBeslut"));
	free(text);
	entry.what = AGENDA_DELIVERABLE;
	entry.measure[0] = '\0';
	text = said_of(LANGUAGE_SV, entry);
	ck_assert_ptr_nonnull(strstr(text, "\"dag\" (RS-58\\, 26 maj 2026)\r\n"));
	free(text);
}
END_TEST

/* Its words left the plan with it. */
START_TEST(what_left_the_plan_is_called_by_its_id)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	char *text;

	entry.title = entry.deadline_title = entry.decision = NULL;
	entry.asked = false;
	entry.cancelled = true;
	text = said_of(LANGUAGE_SV, entry);
	ck_has(text, "SUMMARY:Utgår: HSN-03");
	ck_has(text, "STATUS:CANCELLED");
	free(text);
}
END_TEST

/* Whatever a title holds, it is one value: the reader of the file sees no property of its own. */
START_TEST(a_title_never_becomes_a_property)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	char *text;

	entry.title = "x\nATTENDEE:mailto:y@z.example\r\nBEGIN:VALARM\\nTRIGGER:-PT1M";
	entry.decision = "§\r\nEND:VCALENDAR";
	text = said_of(LANGUAGE_SV, entry);
	ck_lacks(text, "\nATTENDEE");
	ck_lacks(text, "\nEND:VCALENDAR\r\nCATEGORIES");
	ck_lacks(text, "\r\nBEGIN:VALARM\r\nTRIGGER");
	free(text);
}
END_TEST

static struct links *links_of(void)
{
	static char secret[] = "/tmp/paminn-secret-XXXXXX";
	const struct web_settings web = { .listen = "127.0.0.1:7780",
					  .public_url = "https://paminn.region.example",
					  .secret_file = secret };
	struct links *links = NULL;
	int fd = mkstemp(secret);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, "0123456789abcdef0123456789abcdef\n", 33), 33);
	close(fd);
	ck_assert_int_eq(links_new(&links, &web), 0);
	unlink(secret);
	return links;
}

START_TEST(the_link_of_a_mail_stands_in_its_entry_and_not_in_a_calendar_that_is_fetched)
{
	struct agenda_entry entry = entry_of(AGENDA_ANSWER);
	const struct agenda one = { .list = &entry, .count = 1 };
	struct links *links = links_of();
	char *text = said(KIND_REMINDER, LANGUAGE_SV, &one, CALENDAR_PUBLISH, links), *url, *length;
	struct composing with = sample_composing(loaded, SAMPLE_NOW);
	const struct calendar_feed feed = { .name = "Karin Ek",
					    .language = LANGUAGE_SV,
					    .until = sample_date("2028-05-10"),
					    .agenda = &one };

	url = strstr(text, "\r\nURL:https://paminn.region.example/a/");
	ck_assert_ptr_nonnull(url);
	length = strstr(url + 2, "\r\n");
	*length = '\0';
	ck_assert_ptr_nonnull(strstr(text, url + strlen("\r\nURL:")));
	free(text);
	with.links = links;
	ck_assert_int_eq(calendar_of_feed(&with, &feed, &text, &(size_t){ 0 }), 0);
	unfold(text);
	ck_lacks(text, "http");
	ck_lacks(text, "VALARM");
	ck_lacks(text, "METHOD");
	ck_has(text, "X-WR-CALNAME:Påminn: Karin Ek");
	ck_has(text, "REFRESH-INTERVAL;VALUE=DURATION:PT4H");
	ck_has(text, "UID:paminn~01JTEST~RS-58~HSN-03");
	ck_assert_ptr_nonnull(strstr(text, "till och med onsdag 10 maj 2028"));
	free(text);
	links_free(links);
}
END_TEST

START_TEST(a_body_s_meeting_names_what_is_due_for_it)
{
	struct agenda_entry entries[] = { entry_of(AGENDA_PAPERS), entry_of(AGENDA_MEETING) };
	const struct agenda agenda = { .list = entries, .count = 2 };
	const struct calendar_feed feed = { .name = "Regionstyrelsen",
					    .of_body = true,
					    .language = LANGUAGE_EN,
					    .until = sample_date("2028-05-10"),
					    .agenda = &agenda };
	const struct composing with = sample_composing(loaded, SAMPLE_NOW);
	char *text;

	entries[0].asked = entries[1].asked = false;
	entries[1].title = "Regionstyrelsen";
	entries[1].deadline[0] = '\0';
	entries[1].first = sample_date("2026-05-20");
	entries[1].papers = entries[1].practical = sample_date("2026-05-26");
	entries[1].due = sample_date("2026-05-27");
	snprintf(entries[1].place, sizeof(entries[1].place), "Sal A, plan 2");
	ck_assert_int_eq(calendar_of_feed(&with, &feed, &text, &(size_t){ 0 }), 0);
	unfold(text);
	ck_has(text, "UID:paminn~01JTEST~meeting~RS~2026-05-20");
	ck_has(text, "DTSTART;VALUE=DATE:20260526");
	ck_has(text, "DTEND;VALUE=DATE:20260528");
	ck_has(text, "SUMMARY:Meeting: Regionstyrelsen");
	ck_has(text, "LOCATION:Sal A\\, plan 2");
	ck_assert_ptr_nonnull(strstr(text, "akuten\\; \"dag\" (RS-58)\\, papers by 15 May 2026"));
	free(text);
}
END_TEST

UNIT_TESTS("message/calendar_entry", UNIT(an_entry_says_what_is_asked_and_by_when),
	   UNIT(the_time_of_day_that_ends_the_last_day_is_when_it_is),
	   UNIT(it_rings_on_the_morning_of_the_practical_date_that_is_still_ahead),
	   UNIT(what_is_not_asked_any_more_is_taken_away_by_a_file_of_its_own),
	   UNIT(a_mail_of_another_kind_or_without_entries_brings_none),
	   UNIT(a_provisional_day_is_tentative),
	   UNIT(a_deliverable_is_called_what_its_mail_calls_it),
	   UNIT(an_occurrence_is_named_by_its_day), UNIT(what_left_the_plan_is_called_by_its_id),
	   UNIT(a_title_never_becomes_a_property),
	   UNIT(the_link_of_a_mail_stands_in_its_entry_and_not_in_a_calendar_that_is_fetched),
	   UNIT(a_body_s_meeting_names_what_is_due_for_it))
