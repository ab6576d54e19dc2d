/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a mail says, in its text and its HTML, in both languages: of days that have passed, of what most of its
 * items have in common, of a paper that is frozen; and how its subject counts.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "loaded.h"
#include "message/templates.h"
#include "notices.h"
#include "unit.h"

/* What its reader sees, each run of spaces and line ends as one space, without what HTML is made of. */
struct seen {
	char *subject, *parts[PARTS]; /* of the parts: text and HTML */
};

static char *plain(const char *text, bool tags)
{
	char *out = malloc(strlen(text) + 1), *at = out;
	bool in_tag = false, space = false;

	ck_assert_ptr_nonnull(out);
	for (; *text; text++) {
		in_tag |= tags && *text == '<';
		/* Of a table, a paragraph, a line's end. */
		space |= tags && *text == '<' && strchr("tpb", text[text[1] == '/' ? 2 : 1]);
		if (!in_tag && !strchr(" \n\r", *text)) {
			if (space && at > out)
				*at++ = ' ';
			space = false;
			*at++ = *text;
		} else if (!in_tag) {
			space = true;
		}
		in_tag &= *text != '>';
	}
	*at = '\0';
	for (char *nbsp; (nbsp = strstr(out, "\u00a0")) != NULL;) {
		*nbsp = ' ';
		memmove(nbsp + 1, nbsp + 2, strlen(nbsp + 2) + 1);
	}
	return out;
}

static void look_at_part(GMimeObject *parent, GMimeObject *part, void *userdata)
{
	struct seen *seen = userdata;
	GMimeContentType *type = g_mime_object_get_content_type(part);
	char *text;

	(void)parent;
	if (!GMIME_IS_TEXT_PART(part) || !g_mime_content_type_is_type(type, "text", "*"))
		return;
	text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	if (g_mime_content_type_is_type(type, "text", "plain"))
		seen->parts[0] = plain(text, false);
	else if (g_mime_content_type_is_type(type, "text", "html"))
		seen->parts[1] = plain(text, true);
	g_free(text);
}

static struct seen see(const struct sample *s, struct instant now)
{
	struct composed c = { 0 };
	struct seen seen = { 0 };
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *mail;
	struct composing with;

	with = sample_composing(loaded, now);
	ck_assert_int_eq(mail_compose(&with, &s->notice, &c), 0);
	g_mime_init();
	stream = g_mime_stream_mem_new_with_buffer(c.bytes, c.length);
	parser = g_mime_parser_new_with_stream(stream);
	mail = g_mime_parser_construct_message(parser, NULL);
	seen.subject = plain(g_mime_message_get_subject(mail), false);
	g_mime_message_foreach(mail, look_at_part, &seen);
	g_object_unref(mail);
	g_object_unref(parser);
	g_object_unref(stream);
	composed_done(&c);
	ck_assert_ptr_nonnull(seen.parts[0]);
	ck_assert_ptr_nonnull(seen.parts[1]);
	return seen;
}

static void seen_done(struct seen *seen)
{
	free(seen->subject);
	free(seen->parts[0]);
	free(seen->parts[1]);
}

static int times(const char *text, const char *words)
{
	int found = 0;

	for (; (text = strstr(text, words)) != NULL; text += strlen(words))
		found++;
	return found;
}

/* The text and the HTML say it so many times; a fact's label ends in a colon in the text alone. */
static void ck_times(const struct sample *s, int expected, const char *words)
{
	struct seen seen = see(s, SAMPLE_NOW);

	for (int i = 0; i < 2; i++) {
		char *said = strdup(words), *colon = i == 1 ? strstr(said, ": ") : NULL;
		int found = times(seen.parts[i], words);

		if (colon) {
			memmove(colon, colon + 1, strlen(colon));
			found += times(seen.parts[i], said);
		}
		ck_assert_msg(found == expected, "%s: %d times in %s", words, found, seen.parts[i]);
		free(said);
	}
	seen_done(&seen);
}

static void ck_subject(const struct sample *s, const char *subject)
{
	struct seen seen = see(s, SAMPLE_NOW);

	ck_assert_str_eq(seen.subject, subject);
	seen_done(&seen);
}

/* What a table of both languages says of a sample. */
struct row {
	int line;
	enum language language;
	const char *past, *ahead;
};

static const struct row done_by[] = {
	{ __LINE__, LANGUAGE_SV, "Skulle vara klar senast: fredag 8 maj 2026",
	  "Klart senast: måndag 11 maj 2026" },
	{ __LINE__, LANGUAGE_EN, "Was to be done by: Friday 8 May 2026",
	  "To be done by: Monday 11 May 2026" },
};

START_TEST(a_day_that_has_passed_is_not_told_as_one_to_come)
{
	const struct row *row = &done_by[_i];
	struct sample s;

	for (int what = 0; what < 2; what++) {
		if (what == 0)
			sample_reminder(&s, row->language);
		else
			sample_escalation(&s, row->language);
		s.items[0].done_by = sample_date("2026-05-08");
		ck_times(&s, 1, row->past);
		s.items[0].done_by = sample_date("2026-05-11"); /* it is that day */
		ck_times(&s, 1, row->ahead);
	}
}
END_TEST

static const struct row done_by_lines[] = {
	{ __LINE__, LANGUAGE_SV, "Åtgärden skulle vara klar senast: fredag 8 maj 2026.",
	  "Åtgärden klar senast: måndag 11 maj 2026." },
	{ __LINE__, LANGUAGE_EN, "Measure was to be done by: Friday 8 May 2026.",
	  "Measure to be done by: Monday 11 May 2026." },
};

START_TEST(nor_is_it_in_a_digest)
{
	const struct row *row = &done_by_lines[_i];
	struct sample s;

	sample_begin(&s, KIND_ESCALATION, row->language);
	sample_add(&s, ITEM_ESCALATED)->done_by = sample_date("2026-05-08");
	sample_add(&s, ITEM_ESCALATED)->done_by = sample_date("2026-05-11");
	ck_times(&s, 1, row->past);
	ck_times(&s, 1, row->ahead);
	s.items[1].done_by = s.items[0].done_by; /* in both: a fact, once */
	ck_times(&s, 1, done_by[_i].past);
}
END_TEST

static const struct row lights[] = {
	{ __LINE__, LANGUAGE_SV, "Åtgärden skulle ha varit klar senast fredag 8 maj.",
	  "Åtgärden väntas bli klar fredag 22 maj." },
	{ __LINE__, LANGUAGE_EN, "The measure was to be done by Friday 8 May.",
	  "The measure is expected to be done on Friday 22 May." },
};

/* Nor where it is said, beside that, when the measure is expected to be done now; alone, and among more. */
START_TEST(nor_is_it_beside_the_day_that_is_expected_now)
{
	const struct row *row = &lights[_i];
	struct content_item *item;
	struct sample s;

	sample_begin(&s, KIND_ALERT, row->language);
	for (int more = 0; more < 2; more++) {
		item = sample_add(&s, ITEM_LIGHT);
		item->deadline = deadline_id(NULL);
		item->deadline_title = NULL;
		item->done_by = sample_date("2026-05-08");
		item->done_forecast = sample_date("2026-05-22");
		item->detail = json_pack("{ss ss s[ss]}", "light", "red", "done_by", "2026-05-08",
					 "reasons", "past", "forecast");
		ck_times(&s, 1, row->past);
		ck_times(&s, 1, row->ahead);
		s.notice.count = 0;
		json_decref(item->detail);
		if (more == 0) {
			item = sample_add(&s, ITEM_NEEDS_SUPPORT);
			item->detail =
				json_pack("{ssss}", "status", "at-risk", "needs_support", "Hjälp.");
		}
	}
	json_decref(s.items[0].detail);
}
END_TEST

/* The deadline's own answer, which the reader owes, and as many reports of others. */
static void sample_whole_and_others(struct sample *s, enum language language, int others)
{
	static const char *const measures[] = { "SN-1", "SN-2", "SN-3", "SN-4", "SN-5" };
	struct content_item *item;

	sample_begin(s, KIND_REMINDER, language);
	item = sample_add(s, ITEM_OWED);
	item->measure = measure_id(NULL);
	item->measure_title = item->decision = NULL;
	item->is_late = true;
	item->answerers = (size_t)others;
	for (int i = 0; i < others; i++) {
		item = sample_add(s, ITEM_ESCALATED);
		item->measure = measure_id(measures[i]);
		item->owner = sample_others[i].name;
		item->is_late = true;
		item->asked = 5;
		item->last_asked = sample_instant("2026-05-08T08:00:00+02:00");
	}
}

static const struct {
	int line;
	enum language language;
	const char *once[7], *never[3];
} groups[] = {
	{ __LINE__,
	  LANGUAGE_SV,
	  { "Påminnelser: fem, den senaste fredag 8 maj", "Beslut: RS 2026-04-22 § 58",
	    "Ingår i: Återredovisning av handlingsplan (RS-58)",
	    "Om inget svar har kommit in får du ett nytt meddelande måndag 18 maj.",
	    "Du informeras tio arbetsdagar före",
	    "Det här gäller alla punkter nedan:", "Det här gäller också andras svar nedan:" },
	  { "Gäller: ", "Påminnelse har skickats fem gånger,", "Ärende: " } },
	{ __LINE__,
	  LANGUAGE_EN,
	  { "Reminders: five, most recently on Friday 8 May", "Decision: RS 2026-04-22 § 58",
	    "Part of: Återredovisning av handlingsplan (RS-58)",
	    "If no answer has been received, you will be sent another message on Monday 18 May.",
	    "You are being informed ten working days before",
	    "This applies to all the items below:",
	    "This also applies to the answers from others below:" },
	  { "Concerns: ", "Five reminders have been sent,", "Matter: " } },
};

START_TEST(what_others_answers_have_in_common_stands_once_above_them)
{
	struct sample s;

	sample_whole_and_others(&s, groups[_i].language, 5);
	for (size_t i = 0; i < UNIT_COUNT(groups[_i].once); i++)
		ck_times(&s, 1, groups[_i].once[i]);
	for (size_t i = 0; i < UNIT_COUNT(groups[_i].never); i++)
		ck_times(&s, 0, groups[_i].never[i]);
}
END_TEST

static const struct {
	int line;
	enum language language;
	const char *said, *common, *own;
} most[] = {
	{ __LINE__, LANGUAGE_SV, "Det här gäller alla punkter, om inget annat sägs:",
	  "Beslut: RS 2026-04-22 § 58", "Beslut: KS § 12." },
	{ __LINE__, LANGUAGE_EN, "This applies to all the items, unless stated otherwise:",
	  "Decision: RS 2026-04-22 § 58", "Decision: KS § 12." },
};

START_TEST(what_most_items_have_in_common_is_said_once_and_the_others_say_their_own)
{
	struct sample s;

	sample_begin(&s, KIND_ESCALATION, most[_i].language);
	for (int i = 0; i < 4; i++)
		sample_add(&s, ITEM_ESCALATED);
	s.items[3].decision = "KS § 12";
	ck_times(&s, 1, most[_i].said);
	ck_times(&s, 1, most[_i].common);
	ck_times(&s, 1, most[_i].own);
	/* Whichever they are. */
	s.items[3].decision = s.items[1].decision;
	s.items[0].decision = "KS § 12";
	ck_times(&s, 1, most[_i].common);
	ck_times(&s, 1, most[_i].own);
	s.items[0].decision = s.items[1].decision;
	s.items[3].decision = "KS § 12";
	/* Two of five too; not three of six, nor of two. */
	s.items[2].decision = "KS § 13";
	sample_add(&s, ITEM_ESCALATED);
	ck_times(&s, 1, most[_i].common);
	ck_times(&s, 1, most[_i].own);
	sample_add(&s, ITEM_ESCALATED)->decision = "KS § 14";
	ck_times(&s, 0, most[_i].said);
	ck_times(&s, 3, most[_i].common);
	/* One that has no decision would be told to have that of the others. */
	s.notice.count = 4;
	s.items[2].decision = s.items[1].decision;
	s.items[3].decision = NULL;
	ck_times(&s, 0, most[_i].said);
	ck_times(&s, 3, most[_i].common);
	s.notice.count = 3;
	s.items[2].decision = "KS § 12";
	ck_times(&s, 0, most[_i].said);
	ck_times(&s, 2, most[_i].common);
}
END_TEST

static const struct {
	int line;
	enum language language;
	bool late, another_day, another_deadline;
	int owed, others;
	const char *subject;
} subjects[] = {
	{ __LINE__, LANGUAGE_SV, .late = true, .others = 5,
	  .subject = "För kännedom: 5 svar saknas sedan fre 15 maj (RS-58)" },
	{ __LINE__, LANGUAGE_EN, .late = true, .others = 5,
	  .subject = "For information: 5 answers missing since Fri 15 May (RS-58)" },
	{ __LINE__, LANGUAGE_SV, .others = 2,
	  .subject = "För kännedom: 2 svar väntas senast ons 13 maj (RS-58)" },
	{ __LINE__, LANGUAGE_EN, .others = 2,
	  .subject = "For information: 2 answers due by Wed 13 May (RS-58)" },
	{ __LINE__, LANGUAGE_SV, .others = 2, .another_day = true, .another_deadline = true,
	  .subject = "För kännedom: 2 svar har ännu inte kommit in" },
	{ __LINE__, LANGUAGE_EN, .others = 2, .another_day = true, .another_deadline = true,
	  .subject = "For information: 2 answers have not arrived yet" },
	{ __LINE__, LANGUAGE_SV, .owed = 2,
	  .subject = "2 svar senast ons 13 maj: Färre inhyrda & fler \"egna\"… (HSN-03) m.fl." },
	{ __LINE__, LANGUAGE_EN, .owed = 2,
	  .subject =
		  "2 answers by Wed 13 May: Färre inhyrda & fler \"egna\"… (HSN-03) and others" },
	{ __LINE__, LANGUAGE_SV, .owed = 2, .another_day = true,
	  .subject = "2 svar, det första senast ons 13 maj: Färre inhyrda & fler \"egna\"… "
		     "(HSN-03) m.fl." },
	{ __LINE__, LANGUAGE_EN, .owed = 2, .another_day = true,
	  .subject = "2 answers, the first by Wed 13 May: Färre inhyrda & fler \"egna\"… (HSN-03) "
		     "and others" },
	{ __LINE__, LANGUAGE_SV, .owed = 2, .late = true,
	  .subject = "2 svar skulle ha lämnats fre 15 maj: Färre inhyrda & fler \"egna\"… (HSN-03) "
		     "m.fl." },
	{ __LINE__, LANGUAGE_EN, .owed = 2, .late = true,
	  .subject = "2 answers were due Fri 15 May: Färre inhyrda & fler \"egna\"… (HSN-03) and "
		     "others" },
	{ __LINE__, LANGUAGE_SV, .owed = 1, .others = 5, .late = true,
	  .subject = "Skulle ha lämnats fre 15 maj: Färre inhyrda & fler \"egna\"… (HSN-03), 5 "
		     "svar från andra saknas" },
	{ __LINE__, LANGUAGE_EN, .owed = 1, .others = 5, .late = true,
	  .subject = "Was due Fri 15 May: Färre inhyrda & fler \"egna\"… (HSN-03), "
		     "5 more missing from others" },
	{ __LINE__, LANGUAGE_EN, .owed = 1, .others = 1, .late = true,
	  .subject = "Was due Fri 15 May: Färre inhyrda & fler \"egna\"… (HSN-03), "
		     "1 more missing from others" },
};

START_TEST(a_subject_begins_with_how_many_answers_it_is_about)
{
	struct content_item *last = NULL;
	struct sample s;

	sample_begin(&s, subjects[_i].owed ? KIND_REMINDER : KIND_ESCALATION,
		     subjects[_i].language);
	for (int i = 0; i < subjects[_i].owed + subjects[_i].others; i++) {
		last = sample_add(&s, i < subjects[_i].owed ? ITEM_OWED : ITEM_ESCALATED);
		last->is_late = subjects[_i].late;
		if (last->is_late)
			last->practical = last->papers;
	}
	ck_assert_ptr_nonnull(last);
	if (subjects[_i].another_day)
		last->practical = last->papers = sample_date("2026-05-22");
	if (subjects[_i].another_deadline)
		last->deadline = deadline_id("KS-2");
	ck_subject(&s, subjects[_i].subject);
}
END_TEST

static const struct row frames[] = {
	{ __LINE__, LANGUAGE_SV, "Hej!",
	  "Mejlet skickas automatiskt av Påminn, som används för att följa upp beslut." },
	{ __LINE__, LANGUAGE_EN, "Hello",
	  "This email is sent automatically by Påminn, which is used to follow up decisions." },
};

START_TEST(who_reads_the_replies_gets_mails_that_begin_and_end_as_others_do)
{
	for (size_t i = 0; i < SAMPLES; i++) {
		struct sample s;

		samples[i](&s, frames[_i].language);
		s.person.mail = "stod@region.example";
		ck_times(&s, 1, frames[_i].past);
		ck_times(&s, 1, frames[_i].ahead);
		sample_done(&s);
	}
}
END_TEST

static const struct row collecting[] = {
	{ __LINE__, LANGUAGE_SV,
	  "Samla in lägesrapporterna och lämna in Återredovisning av handlingsplan (RS-58) senast "
	  "onsdag 13 maj.",
	  "Lämna in Återredovisning av handlingsplan (RS-58) senast onsdag 13 maj." },
	{ __LINE__, LANGUAGE_EN,
	  "Please collect the status reports and submit Återredovisning av handlingsplan (RS-58) "
	  "by Wednesday 13 May.",
	  "Please submit Återredovisning av handlingsplan (RS-58) by Wednesday 13 May." },
};

START_TEST(what_waits_for_reports_is_to_be_collected_before_it_is_handed_in)
{
	struct sample s;

	sample_reminder(&s, collecting[_i].language);
	s.items[0].measure = measure_id(NULL);
	s.items[0].measure_title = NULL;
	s.items[0].answerers = 15;
	ck_times(&s, 1, collecting[_i].past);
	s.items[0].answered = 15;
	ck_times(&s, 1, collecting[_i].ahead);
	ck_times(&s, 0, collecting[_i].past);
}
END_TEST

static const struct {
	int line;
	enum language language;
	const char *changes, *hand_in, *nothing, *attached, *sum;
} frozen[] = {
	{ __LINE__, LANGUAGE_SV,
	  "Svar som kommer senare ändrar den inte, utan visas som ändringar.",
	  "Lämna nu in den, med hänvisning till paragraf eller diarienummer.",
	  "Du behöver inte göra något.", "Den är bifogad som ett Word-dokument.",
	  "Kontrollsumma (SHA-256)" },
	{ __LINE__, LANGUAGE_EN,
	  "Answers that come later do not change it; they are shown as changes.",
	  "Please submit it now, with a reference to the minutes or the register.",
	  "You do not need to do anything.", "It is attached as a Word document.",
	  "Checksum (SHA-256)" },
};

START_TEST(a_frozen_paper_says_what_is_to_be_done_next_and_its_sum_comes_last)
{
	static const char sum[] =
		"6d775e16ca87c76fd01e41441cca2dd32bb84a513c02071aa6ca1634afce1990";
	const struct content_owed own = { .obligation = obligation_id(7),
					  .title = "x",
					  .answerable = true };
	struct seen seen;
	struct sample s;

	sample_begin(&s, KIND_REREPORT, frozen[_i].language);
	sample_add(&s, ITEM_FROZEN);
	s.items[0].measure = measure_id(NULL);
	s.items[0].measure_title = NULL;
	s.items[0].paper = json_pack("{ss}", "sha256", sum);
	s.person.mail = "stod@region.example";
	ck_times(&s, 1, frozen[_i].nothing);
	s.items[0].own = &own;
	s.items[0].own_count = 1;
	ck_times(&s, 0, frozen[_i].nothing);
	ck_times(&s, 1, frozen[_i].hand_in);
	ck_times(&s, 1, frozen[_i].changes);
	ck_times(&s, 1, frozen[_i].attached);
	seen = see(&s, SAMPLE_NOW);
	for (int i = 0; i < 2; i++) {
		ck_assert_ptr_nonnull(strstr(seen.parts[i], sum));
		ck_assert(strstr(seen.parts[i], frozen[_i].sum) >
			  strstr(seen.parts[i], frozen[_i].hand_in));
		ck_assert(strstr(seen.parts[i], "RS 2026-04-22 § 58") <
			  strstr(seen.parts[i], frozen[_i].sum));
	}
	seen_done(&seen);
	json_decref(s.items[0].paper);
}
END_TEST

static const struct row after_frozen[] = {
	{ __LINE__, LANGUAGE_SV,
	  "Redovisningen är låst. Ditt svar ändrar den inte, utan visas som en ändring.",
	  "Redovisningen är låst. Lägesrapporter som kommer in nu ändrar den inte, utan visas som "
	  "ändringar." },
	{ __LINE__, LANGUAGE_EN,
	  "The report is locked. Your answer does not change it; it is shown as a change.",
	  "The report is locked. Status reports that arrive now do not change it; they are shown "
	  "as changes." },
};

START_TEST(a_reminder_after_the_paper_was_frozen_says_how_an_answer_is_shown)
{
	struct sample s;

	sample_reminder(&s, after_frozen[_i].language);
	s.items[0].is_late = true;
	ck_times(&s, 0, after_frozen[_i].past);
	s.items[0].is_frozen = true;
	ck_times(&s, 1, after_frozen[_i].past);
	/* Of several, once; of the deadline's own answer, what becomes of the reports. */
	sample_digest(&s, after_frozen[_i].language);
	s.items[0].is_frozen = s.items[1].is_frozen = true;
	ck_times(&s, 1, after_frozen[_i].past);
	sample_whole_and_others(&s, after_frozen[_i].language, 2);
	s.items[0].is_frozen = true;
	ck_times(&s, 0, after_frozen[_i].past);
	ck_times(&s, 1, after_frozen[_i].ahead);
	s.items[0].answered = s.items[0].answerers; /* none is to come */
	ck_times(&s, 0, after_frozen[_i].ahead);
}
END_TEST

UNIT_TESTS("message/mail: words",
	   UNIT_ROWS(a_day_that_has_passed_is_not_told_as_one_to_come, LANGUAGES),
	   UNIT_ROWS(nor_is_it_in_a_digest, LANGUAGES),
	   UNIT_ROWS(nor_is_it_beside_the_day_that_is_expected_now, LANGUAGES),
	   UNIT_ROWS(what_others_answers_have_in_common_stands_once_above_them, LANGUAGES),
	   UNIT_ROWS(what_most_items_have_in_common_is_said_once_and_the_others_say_their_own,
		     LANGUAGES),
	   UNIT_ROWS(a_subject_begins_with_how_many_answers_it_is_about, UNIT_COUNT(subjects)),
	   UNIT_ROWS(who_reads_the_replies_gets_mails_that_begin_and_end_as_others_do, LANGUAGES),
	   UNIT_ROWS(what_waits_for_reports_is_to_be_collected_before_it_is_handed_in, LANGUAGES),
	   UNIT_ROWS(a_frozen_paper_says_what_is_to_be_done_next_and_its_sum_comes_last, LANGUAGES),
	   UNIT_ROWS(a_reminder_after_the_paper_was_frozen_says_how_an_answer_is_shown, LANGUAGES))
