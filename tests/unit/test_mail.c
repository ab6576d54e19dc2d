/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails of every kind in both languages, read by another's parser: tests/unit/check_mail.py. To look
 * at them: PAMINN_SHOW=1 CK_RUN_CASE=is_read_as_meant build/dev/tests/unit/test_mail.
 */
#include <errno.h>
#include <string.h>

#include "loaded.h"
#include "message/templates.h"
#include "notices.h"
#include "plan/mail_address.h"
#include "unit.h"

static struct composed compose(const struct templates *w, const struct sample *s,
			       struct instant now)
{
	const struct composing with = sample_composing(w, now);
	struct composed c = { 0 };
	int r = mail_compose(&with, &s->notice, &c);

	ck_assert_msg(r == 0, "mail_compose: %s", strerror(-r));
	ck_assert_uint_eq(strlen(c.bytes), c.length);
	return c;
}

/* The mail's bytes; freed by the caller. */
static char *compose_text(const struct sample *s)
{
	struct composed c = compose(loaded, s, SAMPLE_NOW);

	free(c.text);
	return c.bytes;
}

/* A line of its language, its sample and its length before each. */
START_TEST(is_read_as_meant)
{
	static const char *const names[LANGUAGES] = { [LANGUAGE_SV] = "sv", [LANGUAGE_EN] = "en" };
	FILE *reader = popen("/usr/bin/python3 tests/unit/check_mail.py", "w");

	ck_assert_ptr_nonnull(reader);
	for (size_t i = 0; i < SAMPLES * LANGUAGES; i++) {
		const enum language language = (enum language)(i / SAMPLES);
		struct sample s;
		struct composed c;

		samples[i % SAMPLES](&s, language);
		c = compose(loaded, &s, SAMPLE_NOW);
		ck_assert_str_eq(c.id,
				 "paminn.01JTEST.41-0-q4a6czoy27dtmswafyxduklg@region.example");
		fprintf(reader, "%s %zu %zu\n", names[language], i % SAMPLES, c.length);
		ck_assert_uint_eq(fwrite(c.bytes, 1, c.length, reader), c.length);
		composed_done(&c);
		sample_done(&s);
	}
	ck_assert_msg(pclose(reader) == 0, "what is wrong is told above");
}
END_TEST

START_TEST(is_the_same_mail_each_time)
{
	struct sample s;
	struct composed first, again;

	sample_alert(&s, LANGUAGE_SV);
	first = compose(loaded, &s, SAMPLE_NOW);
	s.notice.message.first_attempt = SAMPLE_NOW;
	s.notice.message.attempts = 1;
	again = compose(loaded, &s, instant_add(SAMPLE_NOW, MINUTES(5)));
	ck_assert_str_eq(first.bytes, again.bytes);
	ck_assert_str_eq(first.id, again.id);
	composed_done(&first);
	composed_done(&again);
	sample_done(&s);
}
END_TEST

START_TEST(follows_winter_time)
{
	struct sample s;
	struct composed c;

	sample_reminder(&s, LANGUAGE_EN);
	c = compose(loaded, &s, sample_instant("2026-11-02T07:00:00Z"));
	ck_assert_ptr_nonnull(strstr(c.bytes, "\r\nDate: Mon, 02 Nov 2026 08:00:00 +0100\r\n"));
	composed_done(&c);
}
END_TEST

START_TEST(belongs_to_a_thread_for_each_obligation)
{
	struct sample s;
	char *mail, *references;
	int roots = 0;

	sample_begin(&s, KIND_REMINDER, LANGUAGE_EN);
	for (int i = 0; i < NOTICE_ITEMS_MAX; i++)
		sample_add(&s, ITEM_OWED)->obligation = obligation_id(i < 2 ? 100 : 100 + i);
	mail = compose_text(&s);
	ck_assert_ptr_nonnull(
		strstr(mail, "\r\nIn-Reply-To: <paminn.01JTEST.thread.100@region.example>\r\n"));
	references = strstr(mail, "\r\nReferences: ");
	ck_assert_ptr_nonnull(references);
	*strstr(references, "\r\nAuto-Submitted") = '\0';
	for (const char *p = references; (p = strstr(p, ".thread.")); p++)
		roots++;
	ck_assert_int_eq(roots, 10);
	/* Folded: no line comes near the 998 bytes that a mail allows. */
	for (const char *p = references + 2, *end; (end = strstr(p, "\r\n")); p = end + 2)
		ck_assert_int_lt(end - p, 100);
	free(mail);
}
END_TEST

static const struct {
	int line;
	const char *deadline, *measure, *root;
} threads[] = {
	{ __LINE__, "RS-58", "HSN-03", "<paminn.01JTEST.thread.RS-58@region.example>" },
	{ __LINE__, NULL, "HSN-03", "<paminn.01JTEST.thread.HSN-03@region.example>" },
	{ __LINE__, "RS@2026-05-26", NULL, "<paminn.01JTEST.thread.RS+2026-05-26@region.example>" },
	{ __LINE__, ".a..b.", NULL, "<paminn.01JTEST.thread.=a==b=@region.example>" },
};

START_TEST(belongs_to_a_thread_without_obligation)
{
	struct sample s;
	struct content_item *item;
	char *mail, header[200];

	sample_begin(&s, KIND_ALERT, LANGUAGE_EN);
	item = sample_add(&s, ITEM_UNBOUND);
	item->obligation = obligation_id(0);
	item->deadline = deadline_id(threads[_i].deadline);
	item->measure = measure_id(threads[_i].measure);
	mail = compose_text(&s);
	snprintf(header, sizeof(header), "\r\nIn-Reply-To: %s\r\n", threads[_i].root);
	ck_assert_msg(strstr(mail, header) != NULL, "line %d: %s", threads[_i].line, mail);
	free(mail);
}
END_TEST

/* The text, as a hook gets it: its line ends are \\n. Freed by the caller. */
static char *text_of_mail(const struct sample *s)
{
	const struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };

	ck_assert_int_eq(hook_compose(&with, &s->notice, &c), 0);
	return c.bytes;
}

/* What the templates say of one item; `not_said` must not be there. */
static void ck_says(struct sample *s, const char *said, const char *not_said)
{
	const struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };

	ck_assert_int_eq(hook_compose(&with, &s->notice, &c), 0);
	ck_assert_msg(!said || strstr(c.bytes, said), "%s is not said in %s", said, c.bytes);
	ck_assert_msg(!not_said || !strstr(c.bytes, not_said), "%s is said in %s", not_said,
		      c.bytes);
	composed_done(&c);
}

/* What a mail has as its subject, a card has as its headline. */
static void ck_headline(struct sample *s, const char *said)
{
	const struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };

	ck_assert_int_eq(card_compose(&with, &s->notice, &c), 0);
	ck_assert_msg(strstr(c.bytes, said) != NULL, "%s is not said in %s", said, c.bytes);
	composed_done(&c);
}

/* It is shown where it differs. */
START_TEST(names_the_practical_date_first_while_it_is_ahead)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	ck_says(&s, "(HSN-03) senast onsdag 13 maj.\\n", NULL);
	ck_says(&s,
		"Lämnas senast: onsdag 13 maj 2026\\n  Formell sista dag: fredag 15 maj 2026"
		", en klämdag då många är lediga",
		NULL);
	s.items[0].practical = sample_date("2026-05-10"); /* yesterday */
	ck_says(&s, "(HSN-03) senast fredag 15 maj.\\n", "Formell");
	s.items[0].practical = s.items[0].papers;
	ck_says(&s, "(HSN-03) senast fredag 15 maj.\\n", "Lämnas senast"); /* it has been said */
	s.items[0].is_late = true;
	ck_says(&s, "skulle ha lämnats senast fredag 15 maj. Den behövs fortfarande.", "Sista dag");
}
END_TEST

/* Papers on Fri 15 May are what the ladder counts from; the meeting is what the mail names. */
START_TEST(the_meeting_is_what_the_mail_names)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	ck_says(&s, "Sammanträde: Regionstyrelsen, tisdag 26 maj 2026", "preliminärt");
	s.items[0].provisional = true;
	ck_says(&s, "Sammanträde: Regionstyrelsen, preliminärt tisdag 26 maj 2026", NULL);
}
END_TEST

START_TEST(says_who_is_next)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	ck_says(&s, "skickas nästa påminnelse till dig måndag 18 maj.", NULL);
	s.items[0].next_count = 0;
	ck_says(&s, "skickas nästa påminnelse måndag 18 maj.", NULL);
	s.items[0].next_at = INSTANT_NONE;
	ck_says(&s, "Det här är den sista påminnelsen.", "nästa påminnelse");
}
END_TEST

/* A name may hold a comma; of many, the first few are named. */
START_TEST(speaks_to_the_reader_among_those_who_are_next)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].next_count = 2;
	ck_says(&s,
		"Om inget svar har kommit in måndag 18 maj får du en ny påminnelse. Då informeras "
		"även Märta Sjöö, utbildningschef.",
		"till Karin Ek");
	s.items[0].next_to++;
	ck_says(&s, "måndag 18 maj informeras Märta Sjöö, utbildningschef; och Lena Dahl.",
		"till Karin Ek");
	s.items[0].next_count = 8;
	ck_says(&s, "utbildningschef; Lena Dahl; Åsa Örn; Ulf Lund; Eva Berg; Bo Ek; och två till.",
		"Kim Hed");
}
END_TEST

START_TEST(after_the_month_of_a_meeting_that_was_not_set_no_change_is_promised)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].provisional = true;
	ck_says(&s, "Datumen är därför preliminära. Du får besked om de ändras.", "ligger");
	s.items[0].month_over = true;
	ck_says(&s,
		"Månaden är slut utan att sammanträdet har fastställts. Sista dagen ligger därför "
		"fast.",
		"besked");
	s.notice.language = LANGUAGE_EN;
	ck_says(&s,
		"The month is over and the meeting has not been set. The deadline therefore "
		"stands.",
		"you will be told");
	s.items[0].provisional = false;
	ck_says(&s, NULL, "month is over");
}
END_TEST

START_TEST(what_others_get_next_is_no_reminder)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].next_to++;
	ck_says(&s, "måndag 18 maj informeras Märta", "nästa påminnelse");
	s.notice.language = LANGUAGE_EN;
	ck_says(&s, "received by Monday 18 May, the following will be informed: Märta Sjöö",
		"next reminder");
}
END_TEST

/* The ladder may begin before the window does. */
START_TEST(before_an_answer_counts_the_reminder_says_from_when)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	ck_says(&s, NULL, "räknas");
	s.items[0].opens = sample_instant("2026-05-12T00:00:00+02:00");
	ck_says(&s, "Ett svar räknas från och med tisdag 12 maj, inte tidigare.", NULL);
	s.notice.language = LANGUAGE_EN;
	ck_says(&s, "An answer counts from Tuesday 12 May, not before.", NULL);
}
END_TEST

START_TEST(what_is_returned_asks_for_what_the_deadline_asks)
{
	struct sample s;

	sample_begin(&s, KIND_MOVED, LANGUAGE_SV);
	sample_add(&s, ITEM_RETURNED);
	ck_says(&s, "Nya lägesrapporter ska lämnas, och svaret ska lämnas in på nytt.", NULL);
	s.items[0].has_responsible = false;
	ck_says(&s, "Nya lägesrapporter ska lämnas.", "på nytt");
	s.items[0].has_responsible = true;
	s.items[0].has_measures = false;
	ck_says(&s, "Svaret ska lämnas in på nytt.", "lägesrapporter ska");
	s.notice.language = LANGUAGE_EN;
	ck_says(&s, "The answer is to be submitted again.", "status reports are");
}
END_TEST

START_TEST(a_reminder_that_tells_of_another_s_too_asks_for_help_with_it)
{
	struct sample s;

	sample_reminders(&s, LANGUAGE_SV);
	ck_says(&s, "Kan du bidra till att svaret lämnas?", NULL);
	s.notice.language = LANGUAGE_EN;
	ck_says(&s, "Could you help to get this answered?", NULL);
	sample_reminder(&s, LANGUAGE_SV);
	ck_says(&s, NULL, "Kan du bidra");
}
END_TEST

START_TEST(says_the_time_of_day_that_ends_the_last_day)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].time = (struct time_of_day){ 14 * 60 };
	ck_says(&s,
		"Lämnas senast: onsdag 13 maj 2026\\n  Formell sista dag: fredag 15 maj 2026 "
		"kl. 14.00, en klämdag då många är lediga",
		NULL);
	s.items[0].practical = s.items[0].papers;
	ck_says(&s, "(HSN-03) senast fredag 15 maj kl. 14.00.", NULL);
	s.notice.language = LANGUAGE_EN;
	ck_says(&s, "(HSN-03) by Friday 15 May at 14:00.", NULL);
}
END_TEST

/* The last day of a statutory limit is a Monday, and ladders count from the Friday before it. */
START_TEST(a_step_before_late_begins_speaks_of_the_days_left)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].papers = s.items[0].practical = sample_date("2026-05-11");
	s.items[0].from = (struct offset){ 1, true };
	ck_says(&s, "Sista dagen är i dag.", "efter sista dagen");
	s.items[0].papers = s.items[0].practical = sample_date("2026-05-12");
	ck_says(&s, "Det är en dag kvar till sista dagen.", "efter sista dagen");
	s.items[0].papers = s.items[0].practical = sample_date("2026-05-14");
	ck_says(&s, "Det är tre dagar kvar till sista dagen.", "efter sista dagen");
	s.items[0].is_late = true;
	ck_says(&s, "efter sista dagen", "dagar kvar");
}
END_TEST

/* How often a text stands in another. */
static int times(const char *text, const char *words)
{
	int found = 0;

	for (; (text = strstr(text, words)) != NULL; text += strlen(words))
		found++;
	return found;
}

START_TEST(what_several_things_have_in_common_is_said_once)
{
	static const char *const once[] = { "Lämnas senast:", "Formell sista dag:", "Sammanträde:",
					    "Ingår i:", "Beslut:" };
	struct sample s;
	char *mail;

	sample_digest(&s, LANGUAGE_SV);
	mail = text_of_mail(&s);
	for (size_t i = 0; i < UNIT_COUNT(once); i++)
		ck_assert_msg(times(mail, once[i]) == 1, "%s in %s", once[i], mail);
	ck_assert_int_eq(times(mail, "Planerad effekt:"), 1); /* of one of them */
	free(mail);
	s.items[1].papers = s.items[1].practical = sample_date("2026-05-20");
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "Lämnas senast:"), 2);
	ck_assert_int_eq(times(mail, "Sammanträde:"), 1);
	free(mail);
}
END_TEST

/* Each thing has its own formal date then, and there is nothing to say of all of them. */
START_TEST(things_that_share_nothing_name_both_dates_each)
{
	struct sample s;
	struct content_item *item;
	char *mail;

	sample_begin(&s, KIND_ESCALATION, LANGUAGE_SV);
	sample_add(&s, ITEM_ESCALATED);
	item = sample_add(&s, ITEM_ESCALATED);
	item->deadline = deadline_id("KS-2");
	item->deadline_title = "Svar till revisionen";
	item->decision = "KS § 12";
	item->body = NULL;
	item->owner = "Bo Alm";
	item->papers = item->practical = item->due = sample_date("2026-05-20");
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "Det här gäller"), 0);
	ck_assert_int_eq(times(mail, "Formell sista dag: fredag 15 maj 2026, en klämdag."), 1);
	ck_assert_int_eq(times(mail, "Senast onsdag 20 maj."), 1);
	free(mail);
	sample_done(&s);
}
END_TEST

/* Several answers that others owe, due on one day: the first sentence names it. */
START_TEST(what_others_owe_on_one_day_says_which)
{
	struct sample s;
	struct content_item *item;
	char *mail;

	sample_begin(&s, KIND_ESCALATION, LANGUAGE_SV);
	sample_add(&s, ITEM_ESCALATED);
	item = sample_add(&s, ITEM_ESCALATED);
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "två svar ska lämnas senast onsdag 13 maj och"), 1);
	ck_assert_int_eq(times(mail, "Det här gäller båda punkterna:"), 1);
	free(mail);
	s.items[0].is_late = item->is_late = true;
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "två svar skulle ha lämnats senast fredag 15 maj men"), 1);
	free(mail);
	item->papers = sample_date("2026-05-08");
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "två svar har ännu inte kommit in."), 1);
	free(mail);
	sample_done(&s);
}
END_TEST

/* What a deadline's deliverable is, it is not also part of; what reports must give is said of reports. */
START_TEST(a_deliverable_among_its_measures_is_not_part_of_itself)
{
	struct sample s;
	struct content_item *whole;
	char *mail;

	sample_begin(&s, KIND_REMINDER, LANGUAGE_SV);
	sample_add(&s, ITEM_OWED)->require = 1U << FIELD_NOTE;
	whole = sample_add(&s, ITEM_OWED);
	whole->measure.text = whole->measure_title = NULL;
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "Ärende: "), 1);
	ck_assert_int_eq(times(mail, "Ingår i: "), 0);
	ck_assert_int_eq(times(mail, "Lägesrapporten ska innehålla en kommentar."), 1);
	free(mail);
	sample_done(&s);
}
END_TEST

/* While the meeting's day is not set, the first sentence does not promise its day. */
START_TEST(a_provisional_day_is_called_so_where_it_is_first_named)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].provisional = true;
	ck_says(&s, "(HSN-03) senast onsdag 13 maj (preliminärt).", NULL);
	s.items[0].month_over = true;
	ck_says(&s, "(HSN-03) senast onsdag 13 maj.", "(preliminärt)");
	sample_done(&s);
}
END_TEST

/* In a late mail the day that it was due comes before the one that it was due first. */
START_TEST(the_original_day_is_never_the_first_fact)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].papers_original = sample_date("2026-05-18");
	s.items[0].is_late = true;
	ck_says(&s, "  Sista dag: fredag 15 maj 2026\\n  Ursprunglig sista dag: måndag 18 maj 2026",
		NULL);
	sample_done(&s);
}
END_TEST

START_TEST(what_is_late_says_so_once)
{
	static const char passed[] = "Sista dagen har passerat";
	struct sample s;
	char *mail;

	sample_digest(&s, LANGUAGE_SV);
	s.items[0].is_late = s.items[1].is_late = true;
	mail = text_of_mail(&s);
	ck_assert_int_eq(
		times(mail, "Du har två uppgifter kvar att besvara. Sista dagen har passerat"), 1);
	ck_assert_int_eq(times(mail, passed), 1);
	ck_assert_int_eq(times(mail, "Skulle ha lämnats: fredag 15 maj 2026"), 1);
	free(mail);
	s.items[1].is_late = false;
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "För en av dem har sista dagen redan passerat."), 1);
	ck_assert_int_eq(times(mail, "Skulle ha lämnats:"), 1);
	ck_assert_int_eq(times(mail, "Lämnas senast:"), 1);
	free(mail);
}
END_TEST

/* How a command is used is said once, after all of them. */
START_TEST(commands_come_last_and_each_placeholder_is_explained)
{
	struct sample s;

	sample_reminders(&s, LANGUAGE_SV);
	ck_says(&s, "    paminn submit RS-58 --reference \\\"…\\\"\\n", "Om kommandona");
	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].require = 1U << FIELD_PROGRESS;
	ck_says(&s, "    paminn status HSN-03 on-track --progress N --forecast N\\n", NULL);
	ck_says(&s, "--progress N: genomförandegrad i hela procent\\n", NULL);
	ck_says(&s, "--forecast N: din prognos för helårseffekten, i hela kronor\\n", NULL);
	sample_escalation(&s, LANGUAGE_SV);
	ck_says(&s, "Kan du bidra till att svaret lämnas?", "paminn status");
	sample_add(&s, ITEM_ESCALATED)->measure = measure_id("HSN-07");
	ck_says(&s, "Kan du bidra till att svaren lämnas?", NULL);
}
END_TEST

/* What the mail of a reminder says, with pages to answer on. */
static bool mail_has(struct sample *s, const char *words)
{
	struct settings settings = sample_settings;
	struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };
	bool has;

	settings.web.listen = "127.0.0.1:7780";
	with.settings = &settings;
	ck_assert_int_eq(mail_compose(&with, &s->notice, &c), 0);
	has = strstr(c.bytes, words) != NULL;
	composed_done(&c);
	return has;
}

START_TEST(where_there_are_pages_commands_are_for_who_has_a_key_or_keeps_the_plan)
{
	const char *const roles[] = { "steward" };
	struct sample s;

	sample_reminder(&s, LANGUAGE_EN);
	ck_assert(!mail_has(&s, "paminn status"));
	s.person.key = "key";
	ck_assert(mail_has(&s, "paminn status"));
	s.person.key = NULL;
	s.person.roles = roles;
	s.person.role_count = 1;
	ck_assert(mail_has(&s, "paminn status"));
}
END_TEST

START_TEST(who_reads_the_replies_is_not_told_that_somebody_does)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_EN);
	ck_assert(mail_has(&s, "is read by"));
	s.person.mail = "stod@region.example";
	ck_assert(!mail_has(&s, "is read by"));
}
END_TEST

START_TEST(a_measure_that_is_assigned_is_one_thing_whatever_asks_it)
{
	struct sample s;
	char *mail;

	sample_assigned(&s, LANGUAGE_SV);
	mail = text_of_mail(&s);
	ck_assert_int_eq(times(mail, "Du ansvarar nu för "), 1);
	ck_assert_int_eq(times(mail, "Du ansvarar inte längre för "), 1);
	ck_assert_int_eq(times(mail, "Ingår också i: Uppföljning (RS-70), senast fre 12 juni"), 1);
	ck_assert_int_eq(times(mail, "2 av 2"), 1);
	ck_assert_int_eq(times(mail, "Svaret ska innehålla en kommentar."), 1);
	free(mail);
	sample_done(&s);
}
END_TEST

START_TEST(a_meeting_fixed_for_the_first_time_had_no_day_before)
{
	struct sample s;

	sample_fixed(&s, LANGUAGE_SV);
	s.notice.count = 1;
	ck_says(&s, "är fastställt. Svaret ska lämnas senast onsdag 13 maj.", "har ändrats");
	ck_says(&s, "Preliminär sista dag före ändringen: onsdag 20 maj 2026",
		"Sammanträdesdag före ändringen");
	s.items[0].provisional = true; /* another month's: still not fixed */
	ck_says(&s, "har ändrats", "är fastställt.");
	s.notice.count = 2;
	sample_done(&s);
	sample_moved(&s, LANGUAGE_SV);
	ck_says(&s, "Sammanträdesdag före ändringen: tisdag 26 maj 2026", "fastställt");
	sample_done(&s);
}
END_TEST

START_TEST(a_change_of_one_measure_s_date_names_the_measure)
{
	struct sample s;

	sample_moved(&s, LANGUAGE_SV);
	ck_headline(&s, "\"Ändrat datum, svar senast fre 22 maj: Färre inhyrda");
	ck_says(&s, "Sista dagen för Färre inhyrda", "Sista dagen för Åter");
	s.items[0].measure = measure_id(NULL);
	ck_headline(&s, "senast fre 22 maj: Återredovisning av handlingsplan (RS-58)\"");
	ck_says(&s, "Sista dagen för Återredovisning av handlingsplan (RS-58) har", "HSN-03)");
	sample_done(&s);
}
END_TEST

/* The last day was given by an extension or a return. */
START_TEST(a_meeting_that_moves_alone_leaves_the_last_day_as_it_is)
{
	struct sample s;

	sample_moved(&s, LANGUAGE_SV);
	s.items[0].papers = s.items[0].practical = sample_date("2026-05-15");
	ck_headline(&s, "\"Ny sammanträdesdag: Färre inhyrda");
	ck_says(&s, "Sammanträdesdagen för Färre inhyrda", "det nya datumet");
	ck_says(&s, "Sista dagen är densamma som tidigare.", "Sista dag före");
	ck_says(&s, "Sammanträdesdag före ändringen: tisdag 26 maj 2026", NULL);
	sample_done(&s);
	sample_fixed(&s, LANGUAGE_SV);
	s.notice.count = 1;
	s.items[0].papers = s.items[0].practical = sample_date("2026-05-20");
	ck_headline(&s, "\"Sammanträdet är fastställt: Färre inhyrda");
	ck_says(&s, "är fastställt. Sista dagen är densamma som tidigare.", "Svaret ska");
	s.notice.count = 2;
	sample_done(&s);
}
END_TEST

START_TEST(names_people_and_gives_commands_their_ids)
{
	struct sample s;

	sample_alert(&s, LANGUAGE_SV);
	ck_says(&s, "Rapporterad av: ekonomi\\n", NULL);
	ck_says(&s, "Karin Ek är frånvarande utan ersättare.", NULL);
	ck_says(&s, "    paminn absence chef-akut 2026-05-06 2026-05-14 --deputy", NULL);
	sample_done(&s);
}
END_TEST

START_TEST(an_internationalised_address_is_shown_as_people_write_it)
{
	static const char *const addresses[][2] = {
		{ "stod@xn--4cab6c.internal", "stod@åäö.internal" },
		{ "stod@region.example", "stod@region.example" },
		{ "stod@xn--.example", "stod@xn--.example" },
	};

	for (size_t i = 0; i < UNIT_COUNT(addresses); i++) {
		char *shown = mail_address_shown(addresses[i][0]);

		ck_assert_str_eq(shown, addresses[i][1]);
		free(shown);
	}
}
END_TEST

/* A field too many is a fault of ours that must not leave as a blank. */
START_TEST(refuses_a_blank_field)
{
	struct composing with;
	struct composed c = { 0 };
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	s.items[0].measure = measure_id("");
	s.items[0].deadline = deadline_id("");
	s.items[0].measure_title = s.items[0].deadline_title = "";
	with = sample_composing(loaded, SAMPLE_NOW);
	ck_assert_int_eq(mail_compose(&with, &s.notice, &c), -ENODATA);
	ck_assert_ptr_null(c.bytes);
}
END_TEST

UNIT_TESTS("message/mail", UNIT(is_read_as_meant), UNIT(is_the_same_mail_each_time),
	   UNIT(follows_winter_time), UNIT(belongs_to_a_thread_for_each_obligation),
	   UNIT_ROWS(belongs_to_a_thread_without_obligation, UNIT_COUNT(threads)),
	   UNIT(names_the_practical_date_first_while_it_is_ahead),
	   UNIT(the_meeting_is_what_the_mail_names), UNIT(says_who_is_next),
	   UNIT(speaks_to_the_reader_among_those_who_are_next),
	   UNIT(an_internationalised_address_is_shown_as_people_write_it),
	   UNIT(after_the_month_of_a_meeting_that_was_not_set_no_change_is_promised),
	   UNIT(what_others_get_next_is_no_reminder),
	   UNIT(before_an_answer_counts_the_reminder_says_from_when),
	   UNIT(what_is_returned_asks_for_what_the_deadline_asks),
	   UNIT(a_reminder_that_tells_of_another_s_too_asks_for_help_with_it),
	   UNIT(says_the_time_of_day_that_ends_the_last_day),
	   UNIT(a_step_before_late_begins_speaks_of_the_days_left),

	   UNIT(what_several_things_have_in_common_is_said_once), UNIT(what_is_late_says_so_once),
	   UNIT(things_that_share_nothing_name_both_dates_each),
	   UNIT(what_others_owe_on_one_day_says_which),
	   UNIT(a_deliverable_among_its_measures_is_not_part_of_itself),
	   UNIT(a_provisional_day_is_called_so_where_it_is_first_named),
	   UNIT(the_original_day_is_never_the_first_fact),
	   UNIT(commands_come_last_and_each_placeholder_is_explained),
	   UNIT(where_there_are_pages_commands_are_for_who_has_a_key_or_keeps_the_plan),
	   UNIT(who_reads_the_replies_is_not_told_that_somebody_does),
	   UNIT(a_measure_that_is_assigned_is_one_thing_whatever_asks_it),
	   UNIT(a_meeting_fixed_for_the_first_time_had_no_day_before),
	   UNIT(a_change_of_one_measure_s_date_names_the_measure),
	   UNIT(a_meeting_that_moves_alone_leaves_the_last_day_as_it_is),
	   UNIT(names_people_and_gives_commands_their_ids), UNIT(refuses_a_blank_field))
