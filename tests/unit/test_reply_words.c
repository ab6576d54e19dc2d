/* SPDX-License-Identifier: Apache-2.0 */
#include "message/reply_words.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

/* What a reply says, in short: "done", "off-track 40% f1200000 a-5 2026-06-03"; NULL: it is no answer. */
static const char *said(const struct reply_words *w, char out[static 120])
{
	char day[CIVIL_TEXT];
	int n = snprintf(out, 120, "%s", event_status_name(w->status));

	if (w->progress.given)
		n += snprintf(out + n, 120 - (size_t)n, " %lld%%", (long long)w->progress.value);
	if (w->effect_forecast.given)
		n += snprintf(out + n, 120 - (size_t)n, " f%lld",
			      (long long)w->effect_forecast.value);
	if (w->effect_achieved.given)
		n += snprintf(out + n, 120 - (size_t)n, " a%lld",
			      (long long)w->effect_achieved.value);
	if (!civil_is_none(w->done_forecast))
		snprintf(out + n, 120 - (size_t)n, " %s", civil_format(w->done_forecast, day));
	return out;
}

/* Today is Wednesday 13 May 2026; the message was about HSN-03, HSN-04 and IK-KV@2026-09-30. */
static const struct {
	int line;
	const char *text, *said;
	bool english;
} lines[] = {
	/* A status alone. */
	{ __LINE__, "klar", "done" },
	{ __LINE__, "Klart!", "done" },
	{ __LINE__, "KLART.", "done" },
	{ __LINE__, "Färdig", "done" },
	{ __LINE__, "FÄRDIGT", "done" },
	{ __LINE__, "Genomförd", "done" },
	{ __LINE__, "Åtgärden är genomförd.", "done" },
	{ __LINE__, "Den här är klar nu", "done" },
	{ __LINE__, "Detta är klart.", "done" },
	{ __LINE__, "Är klar", "done" },
	{ __LINE__, "Vi ligger enligt plan", "on-track" },
	{ __LINE__, "On-track", "on-track", true },
	{ __LINE__, "Det är klart", "done" },
	{ __LINE__, "Vi är klara.", "done" },
	{ __LINE__, "Nu är det klart.", NULL }, /* the order of a question */
	{ __LINE__, "Enligt plan", "on-track" },
	{ __LINE__, "På gång enligt plan", "on-track" },
	{ __LINE__, "Pågår enligt planen.", "on-track" },
	{ __LINE__, "Det går enligt plan.", "on-track" },
	{ __LINE__, "Risk för försening", "at-risk" },
	{ __LINE__, "risk för avvikelse", "at-risk" },
	{ __LINE__, "Riskerar att bli försenad.", "at-risk" },
	{ __LINE__, "Försenad", "off-track" },
	{ __LINE__, "Tyvärr försenad", "off-track" },
	{ __LINE__, "Avviker", "off-track" },
	{ __LINE__, "avviker från planen", "off-track" },
	{ __LINE__, "Ej påbörjad", "not-started" },
	{ __LINE__, "inte påbörjad", "not-started" },
	{ __LINE__, "Har inte börjat", "not-started" },
	{ __LINE__, "Avbruten", "cancelled" },
	{ __LINE__, "Inställd.", "cancelled" },
	{ __LINE__, "Done", "done", true },
	{ __LINE__, "It's done.", "done", true },
	{ __LINE__, "Completed, thanks!", "done", true },
	{ __LINE__, "On track", "on-track", true },
	{ __LINE__, "We are on schedule.", "on-track", true },
	{ __LINE__, "At risk", "at-risk", true },
	{ __LINE__, "Delayed", "off-track", true },
	{ __LINE__, "late", "off-track", true },
	{ __LINE__, "Off track", "off-track", true },
	{ __LINE__, "Not started", "not-started", true },
	{ __LINE__, "Cancelled", "cancelled", true },
	/* Either language, whoever writes. */
	{ __LINE__, "done", "done" },
	{ __LINE__, "klar", "done", true },
	/* With a day. */
	{ __LINE__, "Försenad till 3 juni", "off-track 2026-06-03" },
	{ __LINE__, "försenad till den 3 juni.", "off-track 2026-06-03" },
	{ __LINE__, "Försenad, klar 3 juni", "off-track 2026-06-03" },
	{ __LINE__, "Försenad – väntas klar 2026-06-03", "off-track 2026-06-03" },
	{ __LINE__, "Risk för försening till 15/6", "at-risk 2026-06-15" },
	{ __LINE__, "Enligt plan, klart senast fredag", "on-track 2026-05-15" },
	{ __LINE__, "Delayed to 3 June", "off-track 2026-06-03", true },
	{ __LINE__, "delayed until June 3, 2026", "off-track 2026-06-03", true },
	{ __LINE__, "Off track, expected by 3 June.", "off-track 2026-06-03", true },
	{ __LINE__, "On track, done by 3 June", "on-track 2026-06-03", true },
	/* With figures. */
	{ __LINE__, "klar, prognos 1,2 mnkr", "done f1200000" },
	{ __LINE__, "Klar. Prognos: 1,2 mnkr.", "done f1200000" },
	{ __LINE__, "Klar, prognosen är 1 250 000 kr", "done f1250000" },
	{ __LINE__, "Klar, helårsprognos -3 mnkr", "done f-3000000" },
	{ __LINE__, "Enligt plan, effekt 850 tkr", "on-track a850000" },
	{ __LINE__, "Enligt plan, uppnått hittills 0,5 mnkr, prognos 1,2 mnkr",
	  "on-track f1200000 a500000" },
	{ __LINE__, "Enligt plan, 40 %", "on-track 40%" },
	{ __LINE__, "enligt plan 40%, prognos 1,2 mnkr", "on-track 40% f1200000" },
	{ __LINE__, "Enligt plan, 40 % klart", "on-track 40%" },
	{ __LINE__, "Enligt plan, framdrift 40 procent", "on-track 40%" },
	{ __LINE__, "100 % klart", "done 100%" },
	{ __LINE__, "Klar till 100 %", NULL },
	{ __LINE__, "Försenad till 3 juni, 40 %, effekt 0,3 mnkr, prognos 1,2 mnkr",
	  "off-track 40% f1200000 a300000 2026-06-03" },
	{ __LINE__, "On track, forecast 1.2 million", "on-track f1200000", true },
	{ __LINE__, "On track; achieved SEK 300,000; forecast SEK 1,250,000",
	  "on-track f1250000 a300000", true },
	{ __LINE__, "At risk, 40 per cent, full-year forecast 3m", "at-risk 40% f3000000", true },
	{ __LINE__, "done, 100%", "done 100%", true },
	/* With what is named, a greeting, thanks, who signs. */
	{ __LINE__, "HSN-03 klar", "done" },
	{ __LINE__, "hsn-03: klar", "done" },
	{ __LINE__, "HSN-03 – försenad till 3 juni", "off-track 2026-06-03" },
	{ __LINE__, "Klar med HSN-03", "done" },
	{ __LINE__, "HSN-03 och HSN-04 är klara", "done" },
	{ __LINE__, "IK-KV är klar", "done" },
	{ __LINE__, "IK-KV@2026-09-30 klar", "done" },
	{ __LINE__, "HSN-05 klar", NULL }, /* it was not about that */
	{ __LINE__, "HSN-031 klar", NULL },
	{ __LINE__, "Hej!\n\nKlar.\n\nMvh Anna", "done" },
	{ __LINE__, "Hej Anna,\nförsenad till 3 juni", "off-track 2026-06-03" },
	{ __LINE__, "God morgon!\r\n\r\nEnligt plan.\r\n", "on-track" },
	{ __LINE__, "Tack för påminnelsen!\nKlart nu.", "done" },
	{ __LINE__, "Hi all\nOn track", "on-track", true },
	{ __LINE__, "Hej, klart!", "done" },
	{ __LINE__, "Klart /Anna", "done" },
	{ __LINE__, "Klart, tack! /Anna Ek", "done" },
	{ __LINE__, "\n  \nklar", "done" },
	{ __LINE__, "*Klar*", "done" },
	{ __LINE__, "Klart \U0001f44d", "done" },
	{ __LINE__, "✅ Klar", "done" },
	{ __LINE__, "klar :)", "done" },
	{ __LINE__, "Klar. Vi ses på mötet.", "done" },
	/* A body's own words. */
	{ __LINE__, "Avslutad/klar", "done" },
	{ __LINE__, "Grön", "on-track" },
	{ __LINE__, "grön, 40 %", "on-track 40%" },
	{ __LINE__, "Gröna val", NULL },
	/* Negations and questions. */
	{ __LINE__, "inte klar", NULL },
	{ __LINE__, "Inte klar än.", NULL },
	{ __LINE__, "ej klar", NULL },
	{ __LINE__, "klar inte", NULL },
	{ __LINE__, "inte försenad", NULL },
	{ __LINE__, "inte enligt plan", NULL },
	{ __LINE__, "Nej, inte klar", NULL },
	{ __LINE__, "klar?", NULL },
	{ __LINE__, "är den klar?", NULL },
	{ __LINE__, "är den klar", NULL },
	{ __LINE__, "Är det klart", NULL },
	{ __LINE__, "Klar. Eller?", NULL },
	{ __LINE__, "Är åtgärden klar", NULL },
	{ __LINE__, "Är HSN-03 klar", NULL },
	{ __LINE__, "Hej! Är allt klart", NULL },
	{ __LINE__, "Is HSN-03 done", NULL, true },
	{ __LINE__, "Klar, prognos 1,2 mnkr\nmen inte beslutad", NULL },
	{ __LINE__, "Klar.\r\nInte prognosen, dock.", NULL },
	{ __LINE__, "Klar\n\nInga Ek", "done" },
	{ __LINE__, "Klar. Men inte prognosen.", NULL },
	{ __LINE__, "Hej, inte klar", NULL },
	{ __LINE__, "not done", NULL, true },
	{ __LINE__, "Not on track", NULL, true },
	{ __LINE__, "is it done", NULL, true },
	{ __LINE__, "isn't done", NULL, true },
	{ __LINE__, "done?", NULL, true },
	{ __LINE__, "Done. But not the forecast.", NULL, true },
	/* Nearly, soon, in part, some day. */
	{ __LINE__, "nästan klar", NULL },
	{ __LINE__, "snart klart", NULL },
	{ __LINE__, "delvis genomförd", NULL },
	{ __LINE__, "klar till 3 juni", NULL },
	{ __LINE__, "Klar 3 juni", NULL },
	{ __LINE__, "klart på fredag", NULL },
	{ __LINE__, "blir klar nästa vecka", NULL },
	{ __LINE__, "klar i morgon", NULL },
	{ __LINE__, "klart 2026-05-04", NULL },
	{ __LINE__, "Klart i princip", NULL },
	{ __LINE__, "almost done", NULL, true },
	{ __LINE__, "done by 3 June", NULL, true },
	{ __LINE__, "should be done", NULL, true },
	/* What is understood in part only, or says two things. */
	{ __LINE__, "Klar, prognos oklar", NULL },
	{ __LINE__, "Klar, prognos 1,2", NULL }, /* kronor? */
	{ __LINE__, "Klar, prognos 1,250 mnkr", NULL },
	{ __LINE__, "Klar, prognos ca 1,2 mnkr", "done f1200000" },
	{ __LINE__, "Klar, prognos 1-2 mnkr", NULL },
	{ __LINE__, "Klar. Prognos - 5 mnkr", "done" }, /* a dash, or a minus */
	{ __LINE__, "Klar, prognos 1,2 mnkr eller mer", NULL },
	{ __LINE__, "Klar, prognos 1 mnkr, prognos 2 mnkr", NULL },
	{ __LINE__, "försenad två veckor", NULL },
	{ __LINE__, "försenad till månadsskiftet", NULL },
	{ __LINE__, "försenad till 31 juni", NULL },
	{ __LINE__, "Delayed to 5/6", NULL, true },
	{ __LINE__, "klar och försenad", NULL },
	{ __LINE__, "Klar. Försenad.", NULL },
	{ __LINE__, "HSN-03 klar, HSN-04 försenad", NULL },
	{ __LINE__, "Klar, 40 %", NULL },
	{ __LINE__, "ej påbörjad, 40 %", NULL },
	{ __LINE__, "40 % klart", NULL }, /* and how is it? */
	{ __LINE__, "prognos 1,2 mnkr", NULL },
	{ __LINE__, "till 3 juni", NULL },
	/* Anything else. */
	{ __LINE__, "", NULL },
	{ __LINE__, "\n\n", NULL },
	{ __LINE__, "Hej!", NULL },
	{ __LINE__, "Hej!\nJag återkommer.\nKlar", NULL },
	{ __LINE__, "Hej Klara,\njag återkommer", NULL },
	{ __LINE__, "Tack!", NULL },
	{ __LINE__, "Jag är sjuk", NULL },
	{ __LINE__, "Vi har genomfört mätningen i mars", NULL },
	{ __LINE__, "Klarar vi budgeten", NULL },
	{ __LINE__, "klargörande", NULL },
	{ __LINE__, "oklart", NULL },
	{ __LINE__, "Alla är på semester", NULL },
	{ __LINE__, "Se bifogad fil", NULL },
	{ __LINE__, "The late report is attached", NULL, true },
	{ __LINE__, "Completed forms are attached", NULL, true },
	{ __LINE__, "Lately nothing", NULL, true },
	{ __LINE__, "40", NULL },
	{ __LINE__, "HSN-03", NULL },
};

START_TEST(a_first_line_is_an_answer_when_all_of_it_is_understood)
{
	static const char *const items[] = { "HSN-03", "HSN-04", "IK-KV@2026-09-30" };
	static const struct body_words own = {
		.text = { [WORD_ON_TRACK] = "Grön", [WORD_DONE] = "Avslutad/klar" }
	};
	static const struct body_words *const bodies[] = { &own };
	const struct reply_reading reading = {
		.language = lines[_i].english ? LANGUAGE_EN : LANGUAGE_SV,
		.today = civil_from_ymd(2026, 5, 13),
		.items = items,
		.item_count = UNIT_COUNT(items),
		.own = bodies,
		.own_count = UNIT_COUNT(bodies),
	};
	struct reply_words words;
	char out[120] = "";
	const bool answer = reply_words_read(lines[_i].text, &reading, &words);

	if (answer)
		said(&words, out);
	ck_assert_msg(answer == (lines[_i].said != NULL), "line %d: \"%s\": %s", lines[_i].line,
		      lines[_i].text, answer ? out : "no answer");
	ck_assert_msg(!answer || strcmp(out, lines[_i].said) == 0, "line %d: \"%s\": %s",
		      lines[_i].line, lines[_i].text, out);
}
END_TEST

static const struct {
	int line;
	const char *text, *item;
	bool named;
} names[] = {
	{ __LINE__, "HSN-03 klar", "HSN-03", true },
	{ __LINE__, "Det gäller hsn-03.", "HSN-03", true },
	{ __LINE__, "(HSN-03)", "HSN-03", true },
	{ __LINE__, "HSN-03-b", "HSN-03", false },
	{ __LINE__, "HSN-031", "HSN-03", false },
	{ __LINE__, "XHSN-03", "HSN-03", false },
	{ __LINE__, "A-HSN-03", "HSN-03", false },
	{ __LINE__, "a@HSN-03.example", "HSN-03", false },
	{ __LINE__, "om IK-KV", "IK-KV@2026-09-30", true },
	{ __LINE__, "om IK-KV@2026-09-30", "IK-KV@2026-09-30", true },
	{ __LINE__, "om IK-KV@2026-12-30", "IK-KV@2026-09-30", false },
	{ __LINE__, "klart", "HSN-03", false },
	{ __LINE__, "", "HSN-03", false },
};

START_TEST(an_item_is_named_by_its_whole_id)
{
	ck_assert_msg(reply_names(names[_i].text, names[_i].item) == names[_i].named,
		      "line %d: \"%s\"", names[_i].line, names[_i].text);
}
END_TEST

/* However long a line is, it is read within its bounds. */
START_TEST(a_long_line_is_no_answer)
{
	static char text[5000];
	const struct reply_reading reading = { .today = civil_from_ymd(2026, 5, 13) };
	struct reply_words words;

	for (size_t i = 0; i + 5 < sizeof(text); i += 5)
		strcpy(text + i, "klar ");
	ck_assert(!reply_words_read(text, &reading, &words));
}
END_TEST

UNIT_TESTS("message/reply_words",
	   UNIT_ROWS(a_first_line_is_an_answer_when_all_of_it_is_understood, UNIT_COUNT(lines)),
	   UNIT_ROWS(an_item_is_named_by_its_whole_id, UNIT_COUNT(names)),
	   UNIT(a_long_line_is_no_answer))
