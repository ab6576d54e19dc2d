/* SPDX-License-Identifier: Apache-2.0 */
/* What mails say of a matter that passes several bodies. */
#include <string.h>

#include "loaded.h"
#include "message/templates.h"
#include "notices.h"
#include "unit.h"

static const struct content_link hsn_then_rs[] = {
	{ .id = { "HSN" },
	  .body = "Hälso- och sjukvårdsnämnden",
	  .due = { 20594 },    /* 2026-05-21 */
	  .papers = { 20586 }, /* 2026-05-13 */
	  .outcome = OUTCOME_NONE },
	{ .id = { "RS" },
	  .body = "Regionstyrelsen",
	  .due = { 20599 },    /* 2026-05-26 */
	  .papers = { 20588 }, /* 2026-05-15 */
	  .outcome = OUTCOME_NONE },
};

static void pass(struct content_item *item, const struct content_link *links)
{
	item->passing = links;
	item->passing_count = 2;
}

/* The text for people, or the card with the subject as headline; freed by the caller. */
static char *told(const struct sample *s, bool card)
{
	struct composed c = { 0 };
	struct composing with;

	with = sample_composing(loaded, SAMPLE_NOW);
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

START_TEST(a_mail_names_every_meeting_with_its_papers)
{
	struct sample s;

	sample_reminder(&s, LANGUAGE_SV);
	pass(&s.items[0], hsn_then_rs);
	ck_tells(&s,
		 "Sammanträde: Hälso- och sjukvårdsnämnden, torsdag 21 maj 2026 (handlingar senast "
		 "onsdag 13 maj 2026)\\n",
		 "Sammanträde: Regionstyrelsen, tisdag 26 maj 2026\\n");
	ck_tells(
		&s,
		"Sammanträde: Regionstyrelsen, tisdag 26 maj 2026 (handlingar senast fredag 15 maj "
		"2026)\\n",
		NULL);
	ck_tells(&s,
		 "\"via\":[{\"body\":\"HSN\",\"name\":\"Hälso- och sjukvårdsnämnden\","
		 "\"meeting\":\"2026-05-21\","
		 "\"papers\":\"2026-05-13\",\"provisional\":false}]",
		 NULL);
	s.notice.language = LANGUAGE_EN;
	ck_tells(&s,
		 "Meeting: Regionstyrelsen, Tuesday 26 May 2026 (papers due by Friday 15 May "
		 "2026)\\n",
		 NULL);
	sample_done(&s);
}
END_TEST

START_TEST(what_several_things_pass_alike_is_said_once)
{
	const char *first;
	struct sample s;
	char *text;

	sample_reminder(&s, LANGUAGE_SV);
	sample_add(&s, ITEM_OWED)->measure = measure_id("HSN-07");
	pass(&s.items[0], hsn_then_rs);
	pass(&s.items[1], hsn_then_rs);
	text = told(&s, false);
	first = strstr(text, "torsdag 21 maj");
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_null(strstr(first + 1, "torsdag 21 maj"));
	free(text);
	sample_done(&s);
}
END_TEST

START_TEST(a_meeting_that_is_not_set_and_a_decision_that_was_made_are_said_to_be_so)
{
	struct content_link links[2] = { hsn_then_rs[0], hsn_then_rs[1] };
	struct sample s;

	links[0].outcome = OUTCOME_APPROVED;
	strcpy(links[0].reference, "HSN 2026-05-21 (70)");
	links[1].provisional = true;
	sample_reminder(&s, LANGUAGE_SV);
	pass(&s.items[0], links);
	ck_tells(&s, "nämnden, torsdag 21 maj 2026 (godkänt: HSN 2026-05-21 (70))\\n",
		 "13 maj 2026)");
	ck_tells(&s, "Regionstyrelsen, preliminärt tisdag 26 maj 2026 (handlingar", NULL);
	links[0] = (struct content_link){ .body = "Nämnden",
					  .due = CIVIL_NONE,
					  .papers = CIVIL_NONE,
					  .provisional = true,
					  .outcome = OUTCOME_NONE };
	ck_tells(&s, "Sammanträde: Nämnden, ännu inte fastställt\\n", NULL);
	sample_done(&s);
}
END_TEST

static struct content_item *sample_link(struct sample *s, enum message_kind kind,
					enum item_what what)
{
	struct content_item *item;

	sample_begin(s, kind, LANGUAGE_SV);
	item = sample_add(s, what);
	item->measure = measure_id(NULL);
	item->measure_title = item->step = NULL;
	pass(item, hsn_then_rs);
	return item;
}

START_TEST(a_decision_that_passes_it_on_says_by_when_the_next_papers_are_due)
{
	struct sample s;

	sample_link(&s, KIND_CONFIRMATION, ITEM_PASSED)->detail =
		json_pack("{ss ss ss}", "outcome", "approved", "reference", "HSN (70)", "body",
			  "Hälso- och sjukvårdsnämnden");
	ck_tells(
		&s,
		"Hälso- och sjukvårdsnämnden har godkänt Återredovisning av handlingsplan (RS-58), "
		"och ärendet går vidare.",
		"avslutad");
	ck_tells(&s, "Handlingarna till nästa sammanträde ska lämnas senast onsdag 13 maj.", NULL);
	ck_tells(&s, "Referens: HSN (70)", NULL);
	ck_subject(&s,
		   "Återredovisning av handlingsplan (RS-58) går vidare: handlingar senast ons 13 "
		   "maj");
	s.items[0].is_late = true;
	ck_tells(&s, "Handlingarna till nästa sammanträde skulle redan ha lämnats.", "ska lämnas");
	s.notice.language = LANGUAGE_EN;
	ck_tells(&s,
		 "has approved Återredovisning av handlingsplan (RS-58), and the matter goes on.",
		 NULL);
	sample_done(&s);
}
END_TEST

START_TEST(a_body_that_says_nothing_is_told_with_the_command_that_records_it)
{
	struct sample s;

	sample_link(&s, KIND_ALERT, ITEM_UNDECIDED)->detail = json_pack(
		"{ss ss ss}", "body", "Nämnden", "body_id", "HSN", "meeting", "2026-05-08");
	ck_tells(&s,
		 "Nämnden sammanträdde fredag 8 maj, men beslutet om Återredovisning av "
		 "handlingsplan "
		 "(RS-58) är inte registrerat.",
		 "Planerad effekt");
	ck_tells(&s, "paminn outcome RS-58 noted --body HSN --reference BETECKNING", "ORGAN");
	ck_subject(&s, "Beslut saknas: Återredovisning av handlingsplan (RS-58)");
	json_object_del(s.items[0].detail, "meeting");
	ck_tells(&s, "Månaden är slut, men sammanträdet i Nämnden som ska behandla",
		 "sammanträdde");
	s.notice.language = LANGUAGE_EN;
	ck_subject(&s, "Decision missing: Återredovisning av handlingsplan (RS-58)");
	sample_done(&s);
}
END_TEST

START_TEST(meetings_out_of_order_are_told_by_their_days)
{
	struct sample s;

	sample_link(&s, KIND_ALERT, ITEM_DISORDER)->detail =
		json_pack("{ss ss ss ss}", "body", "Nämnden", "meeting", "2026-05-28", "next",
			  "Styrelsen", "next_meeting", "2026-05-26");
	ck_tells(&s,
		 "ligger inte längre i rätt ordning: Nämnden sammanträder torsdag 28 maj, men "
		 "Styrelsen, som behandlar ärendet därefter, tisdag 26 maj.",
		 NULL);
	ck_subject(&s, "Sammanträden i fel ordning: Återredovisning av handlingsplan (RS-58)");
	s.notice.language = LANGUAGE_EN;
	ck_tells(&s,
		 "are no longer in order: Nämnden meets on Thursday 28 May, but Styrelsen, which "
		 "takes "
		 "up the matter after that, on Tuesday 26 May.",
		 NULL);
	sample_done(&s);
}
END_TEST

UNIT_TESTS("message/chain", UNIT(a_mail_names_every_meeting_with_its_papers),
	   UNIT(what_several_things_pass_alike_is_said_once),
	   UNIT(a_meeting_that_is_not_set_and_a_decision_that_was_made_are_said_to_be_so),
	   UNIT(a_decision_that_passes_it_on_says_by_when_the_next_papers_are_due),
	   UNIT(a_body_that_says_nothing_is_told_with_the_command_that_records_it),
	   UNIT(meetings_out_of_order_are_told_by_their_days))
