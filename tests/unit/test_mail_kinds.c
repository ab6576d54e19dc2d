/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the mails say that ask for nothing by a ladder: of dates that changed, of what was handed in, of who is
 * responsible, of what support is to know.
 */
#include <string.h>

#include "loaded.h"
#include "message/templates.h"
#include "notices.h"
#include "unit.h"

/* What is said of it, or of its card with the subject as headline; freed by the caller. */
static char *told(const struct sample *s, bool card)
{
	const struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };

	ck_assert_int_eq((card ? card_compose : hook_compose)(&with, &s->notice, &c), 0);
	free(c.text);
	return c.bytes;
}

static void ck_tells(const struct sample *s, const char *said, const char *not_said)
{
	char *text = told(s, false);

	ck_assert_msg(!said || strstr(text, said), "%s is not said in %s", said, text);
	ck_assert_msg(!not_said || !strstr(text, not_said), "%s is said in %s", not_said, text);
	free(text);
}

static void ck_subject(const struct sample *s, const char *said)
{
	char *text = told(s, true);

	ck_assert_msg(strstr(text, said) != NULL, "%s is not said in %s", said, text);
	free(text);
}

/* The mail as it leaves, its parts decoded by nobody: only of what is ASCII. */
static char *mail_of(const struct sample *s)
{
	const struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };

	ck_assert_int_eq(mail_compose(&with, &s->notice, &c), 0);
	free(c.text);
	return c.bytes;
}

static int times(const char *text, const char *said)
{
	int n = 0;

	for (; (text = strstr(text, said)) != NULL; text++)
		n++;
	return n;
}

/* ---- dates that changed ------------------------------------------------------------------------ */

static void sample_extension(struct sample *s, enum language language)
{
	sample_moved(s, language);
	json_object_set_new(
		s->items[0].detail, "extension",
		json_pack("{ss ss}", "reference", "RS 2026-05-11 (71)", "reason", "Vakanser"));
}

START_TEST(an_extension_names_its_decision)
{
	struct sample s;

	sample_extension(&s, LANGUAGE_SV);
	ck_subject(&s, "\"Anstånd, svar senast fre 22 maj: Färre inhyrda");
	ck_tells(&s, "Anstånd har beviljats för Färre inhyrda", "har ändrats");
	ck_tells(&s, "Svaret ska nu lämnas senast fredag 22 maj.", NULL);
	ck_tells(&s, "Beslut om anstånd: RS 2026-05-11 (71)", NULL);
	ck_tells(&s, "Sista dag före ändringen: fredag 15 maj 2026", "Tidigare sista");
	s.notice.language = LANGUAGE_EN;
	ck_tells(&s, "An extension has been granted for Färre inhyrda", "has changed");
	ck_tells(&s, "Decision on the extension: RS 2026-05-11 (71)", NULL);
	sample_done(&s);
}
END_TEST

/* Whoever owes it can answer at once, by commands where there are no pages, and say that it is not theirs. */
START_TEST(what_has_another_date_says_how_to_answer_where_an_answer_counts)
{
	struct content_owed own = { .obligation = obligation_id(7),
				    .measure = measure_id("HSN-03"),
				    .title = "Färre inhyrda",
				    .require = 1U << FIELD_NOTE,
				    .effect_planned = true,
				    .answerable = true };
	struct sample s;
	char *text;

	sample_moved(&s, LANGUAGE_SV);
	s.items[0].own = &own;
	s.items[0].own_count = 1;
	ck_tells(&s, "Så här svarar du:\\n", "Det här ska du lämna");
	ck_tells(&s, "paminn status HSN-03 on-track --forecast N --note TEXT\\n", NULL);
	ck_tells(&s, "--forecast N: ", NULL);
	own.answerable = false;
	ck_tells(&s, NULL, "Så här svarar du");
	own = (struct content_owed){ .title = "Återredovisning", .answerable = true };
	ck_tells(&s, "paminn submit RS-58 --reference", "paminn status");
	text = mail_of(&s);
	ck_assert_int_eq(times(text, "inte din uppgift"), 2);
	free(text);
	s.items[0].own_count = 0;
	ck_tells(&s, NULL, "paminn ");
	sample_done(&s);
}
END_TEST

START_TEST(that_reminders_follow_new_dates_is_said_once)
{
	struct sample s;
	char *text;

	sample_moved(&s, LANGUAGE_SV);
	ck_tells(&s, "Påminnelserna skickas utifrån det nya datumet.", NULL);
	sample_done(&s);
	sample_fixed(&s, LANGUAGE_SV);
	text = told(&s, false);
	ck_assert_int_eq(times(text, "Påminnelserna skickas utifrån"), 1);
	ck_assert_ptr_nonnull(strstr(text, "utifrån det nya datumet."));
	free(text);
	s.items[1].papers = s.items[1].practical = sample_date("2026-05-20");
	s.notice.language = LANGUAGE_EN;
	ck_tells(&s, "Reminders will follow the new dates.", NULL);
	sample_done(&s);
}
END_TEST

/* What somebody wrote is for mails only. */
START_TEST(why_an_extension_was_granted_stands_in_the_mail_alone)
{
	struct sample s;
	char *mail;

	sample_extension(&s, LANGUAGE_EN);
	ck_tells(&s, NULL, "Vakanser");
	mail = mail_of(&s);
	ck_assert_ptr_nonnull(strstr(mail, "Reason: Vakanser"));
	ck_assert_int_eq(times(mail, "Vakanser"), 2);
	free(mail);
	sample_done(&s);
}
END_TEST

static void sample_returned(struct sample *s, enum language language)
{
	static const struct content_owed own[] = {
		{ { 7 }, { "HSN-03" }, "Färre inhyrda" },
		{ { 9 }, { NULL }, "Återredovisning" },
	};
	struct content_item *item;

	sample_begin(s, KIND_MOVED, language);
	item = sample_add(s, ITEM_RETURNED);
	item->obligation = obligation_id(0);
	item->measure = measure_id(NULL);
	item->measure_title = NULL;
	item->own = own;
	item->own_count = 2;
	item->detail = json_pack("{ssssss}", "due", "2026-05-05", "papers", "2026-05-05",
				 "reference", "RS 2026-05-10");
}

START_TEST(a_return_says_what_is_to_be_completed_and_what_of_it_is_the_recipient_s)
{
	struct sample s;

	sample_returned(&s, LANGUAGE_SV);
	ck_subject(&s, "\"Återredovisning av handlingsplan (RS-58) har återremitterats: "
		       "komplettera senast ons 13 maj\"");
	ck_tells(&s, "har återremitterats och ska kompletteras senast onsdag 13 maj.", "återlämn");
	ck_tells(&s, "Beslut om återremiss: RS 2026-05-10", NULL);
	ck_tells(&s, "- Lägesrapport om Färre inhyrda (HSN-03)\\n", NULL);
	ck_tells(&s, "- Svaret som helhet: Återredovisning (RS-58)\\n", NULL);
	ck_tells(&s, "Det som lämnats in före beslutet räknas inte.", NULL);
	s.items[0].own_count = 0;
	ck_tells(&s, NULL, "Det här ska du lämna");
	sample_done(&s);
}
END_TEST

/* ---- alerts ------------------------------------------------------------------------------------ */

START_TEST(what_a_status_says_of_one_measure_is_one_thing)
{
	struct sample s;
	size_t all;

	sample_alert(&s, LANGUAGE_SV);
	all = s.notice.count;
	s.notice.count = 3;
	ck_subject(&s, "\"Stöd begärs: Färre inhyrda & fler \\\"egna\\\"… (HSN-03)\"");
	ck_tells(&s,
		 "- Åtgärden avviker från planen.\\n- Den ansvariga har begärt stöd.\\n"
		 "- Prognosen är lägre än den planerade effekten.\\n",
		 "Punkt 1");
	ck_tells(&s, NULL, "till)");
	s.items[1].measure = measure_id("HSN-07");
	ck_tells(&s, "Punkt 1 av 2", NULL);
	s.notice.count = all;
	sample_done(&s);
}
END_TEST

/* Each need is a text of its own, and none is lost. */
START_TEST(two_needs_of_one_measure_are_two_things)
{
	struct sample s;
	char *mail;

	sample_begin(&s, KIND_ALERT, LANGUAGE_EN);
	sample_add(&s, ITEM_OFF_TRACK)->detail = json_pack("{ss}", "note", "First note");
	sample_add(&s, ITEM_NEEDS_SUPPORT)->detail = json_pack("{ss}", "needs_support", "One need");
	sample_add(&s, ITEM_NEEDS_SUPPORT)->detail =
		json_pack("{ss}", "needs_support", "Other need");
	ck_tells(&s, "Item 2 of 2", NULL);
	mail = mail_of(&s);
	ck_assert_int_eq(times(mail, "First note"), 2);
	ck_assert_int_eq(times(mail, "One need"), 2);
	ck_assert_int_eq(times(mail, "Other need"), 2);
	free(mail);
	sample_done(&s);
}
END_TEST

START_TEST(who_reported_is_named_unless_it_is_the_owner)
{
	struct sample s;
	size_t all;

	sample_alert(&s, LANGUAGE_SV);
	all = s.notice.count;
	s.notice.count = 1;
	ck_tells(&s, "Ansvarig: Karin Ek", "Rapporterad");
	s.items[0].by = "Per Berg";
	ck_tells(&s, "Rapporterad av: Per Berg", NULL);
	s.notice.count = all;
	sample_done(&s);
}
END_TEST

/* Of the plan by name, and a system by what it is called there; a mail is a public record. */
START_TEST(nobody_is_named_by_a_login)
{
	static const char *const sources[] = { "/local/root", "/people/chef-akut", "/paminn" };
	struct sample s;

	for (size_t i = 0; i < UNIT_COUNT(sources); i++) {
		sample_assigned(&s, LANGUAGE_SV);
		s.items[0].by = NULL;
		json_object_set_new(s.items[0].detail, "by", json_string(sources[i]));
		ck_tells(&s, "Du ansvarar nu för", "Tilldelad av");
		sample_done(&s);
	}
}
END_TEST

static const struct {
	int line;
	const char *answer, *said;
} undelivered[] = {
	{ __LINE__, "550 5.1.1 <karin.ek@region.example>: Recipient unknown",
	  "Adressen verkar inte finnas. Kontrollera den i planen" },
	{ __LINE__, "550 5.7.133 sender not authenticated for group",
	  "Adressen kan vara riktig, men mottagarens e-postserver" },
	{ __LINE__, "552 5.2.2 over quota", "Brevlådan är full." },
	{ __LINE__, "554 5.6.0 no", "Visa serverns svar för den som sköter e-posten" },
	{ __LINE__, "HTTP/2 404", "Kontrollera kanalens adress" },
	{ __LINE__, "Connection refused", "Meddelandet har inte kunnat lämnas." },
};

START_TEST(support_is_told_what_to_do_by_what_the_server_said)
{
	struct sample s;

	sample_begin(&s, KIND_ALERT, LANGUAGE_SV);
	sample_add(&s, ITEM_UNREACHED)->detail =
		json_pack("{ss ss}", "person", "chef-akut", "answer", undelivered[_i].answer);
	s.items[0].person = "Karin Ek";
	ck_tells(&s, undelivered[_i].said, _i == 0 ? "e-postserver" : "verkar inte finnas");
	ck_tells(&s, "har inte kommit fram till Karin Ek.", "Chefen informeras");
	s.items[0].unreached = true;
	ck_tells(&s, "Chefen informeras först när en påminnelse har kommit fram.", NULL);
	sample_done(&s);
}
END_TEST

START_TEST(an_absence_is_told_by_its_days)
{
	struct sample s;

	sample_begin(&s, KIND_ALERT, LANGUAGE_SV);
	sample_add(&s, ITEM_ABSENT)->detail =
		json_pack("{ssssssss}", "person", "chef-akut", "from", "2026-10-08", "until",
			  "2026-10-13", "held_until", "2026-10-14");
	s.items[0].person = "Karin Ek";
	ck_tells(&s, "Frånvaro: 8–13 oktober 2026", "FRÅN");
	ck_tells(&s, "    paminn absence chef-akut 2026-10-08 2026-10-13 --deputy ERSÄTTARE", NULL);
	sample_done(&s);
}
END_TEST

START_TEST(who_says_that_it_is_not_theirs_is_quoted_when_they_wrote_something)
{
	/* The others are noted when they wrote nothing, and are no words of theirs. */
	static const char *const notes[] = { "Ask Bo.", "Inte min uppgift.",
					     "Not mine to answer." };
	struct sample s;
	char *mail;

	for (size_t i = 0; i < 3; i++) {
		sample_begin(&s, KIND_ALERT, LANGUAGE_EN);
		sample_add(&s, ITEM_NOT_MINE)->detail = json_pack("{ss}", "note", notes[i]);
		mail = mail_of(&s);
		ck_assert_int_eq(times(mail, "They wrote:"), i == 0 ? 2 : 0);
		ck_assert_int_eq(times(mail, notes[i]), i == 0 ? 2 : 0);
		free(mail);
		sample_done(&s);
	}
}
END_TEST

/* With pages, commands are for who has a key or keeps the plan. */
START_TEST(commands_are_for_those_who_use_them)
{
	static const char *const steward[] = { "steward" };
	struct settings settings = sample_settings;
	struct composing with = sample_composing(loaded, SAMPLE_NOW);
	struct composed c = { 0 };
	struct sample s;

	settings.web.listen = "127.0.0.1:1";
	with.settings = &settings;
	for (int i = 0; i < 3; i++) {
		sample_alert(&s, LANGUAGE_EN);
		s.person.key = i == 1 ? "key" : NULL;
		s.person.roles = steward;
		s.person.role_count = i == 2;
		ck_assert_int_eq(mail_compose(&with, &s.notice, &c), 0);
		ck_assert_int_eq(times(c.bytes, "    paminn "), i ? 4 : 0);
		composed_done(&c);
		sample_done(&s);
	}
}
END_TEST

/* ---- confirmations, assignments ------------------------------------------------------------------ */

START_TEST(what_is_decided_on_ends_the_follow_up)
{
	struct sample s;

	sample_begin(&s, KIND_CONFIRMATION, LANGUAGE_SV);
	sample_add(&s, ITEM_OUTCOME)->detail =
		json_pack("{ssss}", "outcome", "approved", "reference", "RS 2026-05-26");
	ck_tells(&s, "Uppföljningen är därmed avslutad.", "Ärendet");
	sample_done(&s);
}
END_TEST

START_TEST(who_takes_over_what_nothing_asks_is_told_so)
{
	struct sample s;
	size_t all;

	sample_assigned(&s, LANGUAGE_SV);
	all = s.notice.count;
	s.notice.count = 1;
	ck_subject(&s, "(HSN-03): svar senast ons 13 maj\"");
	ck_tells(&s, "Svara senast onsdag 13 maj.", "Inget svar är begärt");
	ck_tells(&s, NULL, "Ett svar räknas från");
	s.items[0].opens = sample_instant("2026-05-12T00:00:00+02:00");
	ck_tells(&s, "Ett svar räknas från och med tisdag 12 maj, inte tidigare.", NULL);
	s.items[0].opens = INSTANT_NONE;
	s.items[0].deadline = deadline_id(NULL);
	s.items[0].deadline_title = s.items[0].body = NULL;
	s.items[0].due = s.items[0].papers = s.items[0].practical = CIVIL_NONE;
	ck_tells(&s, "Inget svar är begärt just nu.", "Så här svarar du");
	s.notice.count = all;
	sample_done(&s);
}
END_TEST

UNIT_TESTS("message/mail/kinds", UNIT(an_extension_names_its_decision),
	   UNIT(what_has_another_date_says_how_to_answer_where_an_answer_counts),
	   UNIT(that_reminders_follow_new_dates_is_said_once),
	   UNIT(why_an_extension_was_granted_stands_in_the_mail_alone),
	   UNIT(a_return_says_what_is_to_be_completed_and_what_of_it_is_the_recipient_s),
	   UNIT(what_a_status_says_of_one_measure_is_one_thing),
	   UNIT(two_needs_of_one_measure_are_two_things),
	   UNIT(who_reported_is_named_unless_it_is_the_owner), UNIT(nobody_is_named_by_a_login),
	   UNIT_ROWS(support_is_told_what_to_do_by_what_the_server_said, UNIT_COUNT(undelivered)),
	   UNIT(an_absence_is_told_by_its_days),
	   UNIT(who_says_that_it_is_not_theirs_is_quoted_when_they_wrote_something),
	   UNIT(commands_are_for_those_who_use_them), UNIT(what_is_decided_on_ends_the_follow_up),
	   UNIT(who_takes_over_what_nothing_asks_is_told_so))
