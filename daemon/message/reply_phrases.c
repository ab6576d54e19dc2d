/* SPDX-License-Identifier: Apache-2.0 */
#include "message/reply_phrases.h"

#include <string.h>

#include "message/catalogue.h"
#include "message/typed_value.h"

#define STATUS_MAX 80 /* bytes of a word of the catalogue, made plain */

const char *const reply_fillers[] = {
	"ja",
	"jo",
	"yes",
	"ok",
	"okej",
	"okay",
	"status",
	"status är",
	"status is",
	"läget är",
	"läge",
	"läget",
	"nuläge",
	"den är",
	"den här är",
	"denna är",
	"det är",
	"det här är",
	"detta är",
	"åtgärden är",
	"arbetet är",
	"vi är",
	"jag är",
	"allt är",
	"är",
	"it is",
	"it's",
	"this is",
	"the measure is",
	"the work is",
	"we are",
	"we're",
	"i am",
	"i'm",
	"everything is",
	"all is",
	"is",
	"are",
	"åtgärd",
	"åtgärden",
	"measure",
	"nu",
	"redan",
	"tyvärr",
	"helt",
	"äntligen",
	"now",
	"already",
	"unfortunately",
	"fully",
	"finally",
	"och",
	"samt",
	"med",
	"and",
	"with",
	"tack",
	"tack så mycket",
	"tack för påminnelsen",
	"thanks",
	"thank you",
	"many thanks",
	"thanks for the reminder",
	"thank you for the reminder",
	"mvh",
	"vänligen",
	"hälsningar",
	"regards",
	"best regards",
	"kind regards",
	NULL,
};
const char *const reply_greetings[] = {
	"hej",
	"hej hej",
	"hejsan",
	"hallå",
	"tjena",
	"god morgon",
	"godmorgon",
	"god dag",
	"goddag",
	"god middag",
	"bästa",
	"hi",
	"hello",
	"dear",
	"good morning",
	"good afternoon",
	"morning",
	"tack för påminnelsen",
	"tack för din påminnelse",
	"tack för mejlet",
	"tack för mailet",
	"tack",
	"thanks",
	"thank you",
	"thanks for the reminder",
	"thank you for the reminder",
	"thanks for your mail",
	NULL,
};
const char *const reply_done_by[] = {
	"till",
	"tills",
	"till och med",
	"fram till",
	"t o m",
	"to",
	"until",
	"till den",
	"by",
	"klar",
	"klart",
	"klara",
	"färdig",
	"färdigt",
	"klar till",
	"klart till",
	"färdig till",
	"färdigt till",
	"klar den",
	"klart den",
	"klar senast",
	"klart senast",
	"färdig senast",
	"färdigt senast",
	"blir klar",
	"blir klart",
	"blir klar till",
	"blir klart till",
	"blir klar den",
	"väntas klar",
	"väntas klart",
	"väntas bli klar",
	"väntas bli klart",
	"väntas klar till",
	"väntas vara klar",
	"beräknas klar",
	"beräknas klart",
	"beräknas vara klar",
	"beräknas vara klart",
	"beräknas bli klar",
	"beräknas klar till",
	"beräknas klart till",
	"ny dag",
	"nytt datum",
	"nytt slutdatum",
	"nytt klardatum",
	"done",
	"done by",
	"done on",
	"complete by",
	"completed by",
	"completed on",
	"finished by",
	"ready by",
	"due by",
	"will be done by",
	"will be done on",
	"will be completed by",
	"will be finished by",
	"expected",
	"expected by",
	"expected to be done by",
	"new date",
	NULL,
};
const char *const reply_forecasts[] = {
	"prognos",
	"prognosen",
	"ny prognos",
	"nya prognosen",
	"helårsprognos",
	"helårsprognosen",
	"prognos helår",
	"prognos för helåret",
	"prognosen för helåret",
	"prognos helårseffekt",
	"prognos för helårseffekten",
	"prognosen för helårseffekten",
	"effektprognos",
	"forecast",
	"the forecast",
	"full-year forecast",
	"full year forecast",
	"forecast for the full year",
	"forecast for the year",
	"forecast of the full-year effect",
	NULL,
};
const char *const reply_achieved[] = {
	"effekt",	    "effekten",
	"uppnådd effekt",   "uppnått",
	"uppnådd",	    "uppnådda effekten",
	"effekt hittills",  "uppnådd effekt hittills",
	"uppnått hittills", "hittills",
	"achieved",	    "effect",
	"the effect",	    "achieved effect",
	"effect achieved",  "effect so far",
	"achieved so far",  "effect achieved so far",
	"so far",	    NULL,
};
const char *const reply_progress[] = {
	"framdrift", "framdriften",    "genomförandegrad", "genomförandegraden", "genomfört",
	"genomförd", "genomfört till", "genomförd till",   "progress",		 NULL,
};
const char *const reply_links[] = {
	"är", "blir", "på", "om", "ca", "is", "of", "at", "now", "nu", "till", NULL,
};
const char *const reply_of_per_cent[] = {
	"klar",	    "klart", "klara",	 "färdig",    "färdigt",  "genomförd", "genomfört",
	"avklarat", "done",  "complete", "completed", "finished", NULL,
};
const char *const reply_asks[] = { "är", "is", "are", NULL };
const char *const reply_asked[] = {
	"åtgärd", "åtgärden", "arbetet", "allt", "measure", "work", "all", "everything", NULL,
};
const char *const reply_reservations[] = {
	"inte",	  "ej",	   "icke",  "ingen",   "inget",	  "inga",   "nej",    "aldrig",
	"men",	  "dock",  "fast",  "förutom", "utom",	  "nästan", "snart",  "not",
	"no",	  "never", "none",  "but",     "however", "except", "though", "almost",
	"nearly", "soon",  "isn't", "aren't",  "hasn't",  "won't",  NULL,
};

/* clang-format off */
static const struct {
	enum measure_status status;
	const char *const list[40]; /* NULL behind the last */
} statuses[] = {
	{ STATUS_NOT_STARTED, {
		"ej påbörjad", "ej påbörjat", "ej påbörjade", "inte påbörjad", "inte påbörjat",
		"inte påbörjade", "icke påbörjad", "ej startad", "ej startat", "inte startad",
		"inte startat", "ännu ej påbörjad", "ännu inte påbörjad", "inte påbörjad ännu",
		"ej påbörjad ännu", "har inte börjat", "har inte påbörjats", "vi har inte börjat",
		"not started", "not yet started", "not started yet", "not begun", "has not started",
		"has not been started", "we have not started", "yet to start" } },
	{ STATUS_ON_TRACK, {
		"enligt plan", "enligt planen", "på gång enligt plan", "på gång enligt planen",
		"pågår enligt plan", "pågår enligt planen", "pågående enligt plan",
		"ligger enligt plan", "vi ligger enligt plan", "ligger i fas", "vi ligger i fas",
		"löper enligt plan", "löper enligt planen", "löper på enligt plan",
		"går enligt plan", "går enligt planen", "det går enligt plan", "allt enligt plan",
		"allt går enligt plan", "följer plan", "följer planen", "vi följer planen", "i fas",
		"on track", "on-track", "on schedule", "on plan", "as planned", "going to plan",
		"going as planned", "according to plan", "in line with the plan" } },
	{ STATUS_AT_RISK, {
		"risk för försening", "risk för avvikelse", "risk att bli försenad",
		"risk att den blir försenad", "riskerar försening", "riskerar att försenas",
		"riskerar att bli försenad", "riskerar att bli försenat", "kan bli försenad",
		"kan bli försenat", "kan försenas", "det finns en risk för försening",
		"det finns risk för försening", "viss risk för försening", "at risk",
		"at risk of delay", "risk of delay", "a risk of delay", "there is a risk of delay",
		"may be delayed", "might be delayed", "may be late", "might be late" } },
	{ STATUS_OFF_TRACK, {
		"försenad", "försenat", "försenade", "försenas", "blir försenad", "blir försenat",
		"har försenats", "har blivit försenad", "avviker", "avviker från plan",
		"avviker från planen", "avvikelse", "avvikelse från plan", "avvikelse från planen",
		"ligger efter", "ligger efter plan", "ligger efter planen", "vi ligger efter",
		"delayed", "late", "running late", "is running late", "behind", "behind schedule",
		"behind plan", "off track", "off-track", "off plan", "will be late", "will be delayed",
		"has been delayed" } },
	{ STATUS_DONE, {
		"klar", "klart", "klara", "allt klart", "färdig", "färdigt", "färdiga", "genomförd",
		"genomfört", "genomförda", "slutförd", "slutfört", "slutförda", "avslutad",
		"avslutat", "avslutade", "avklarad", "avklarat", "utförd", "utfört", "gjord",
		"gjort", "done", "all done", "complete", "completed", "finished", "implemented",
		"is complete", "has been completed" } },
	{ STATUS_CANCELLED, {
		"avbruten", "avbrutet", "avbrutna", "avbryts", "har avbrutits", "inställd",
		"inställt", "inställda", "ställs in", "har ställts in", "nedlagd", "nedlagt",
		"läggs ned", "läggs ner", "har lagts ned", "cancelled", "canceled", "called off",
		"abandoned", "stopped for good", "has been cancelled", "has been called off" } },
};
/* clang-format on */

bool reply_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

size_t reply_phrase_is(const char *text, const char *phrase)
{
	const size_t n = strlen(phrase);

	return n > 0 && strncmp(text, phrase, n) == 0 &&
			       !(reply_is_word(phrase[n - 1]) && reply_is_word(text[n]))
		       ? n
		       : 0;
}

size_t reply_phrase(const char *text, const char *const *list)
{
	size_t longest = 0;

	for (; *list; list++) {
		const size_t n = reply_phrase_is(text, *list);

		longest = n > longest ? n : longest;
	}
	return longest;
}

/* As mails and pages say it. */
static size_t as_catalogue(const char *text, enum measure_status status)
{
	char plain[STATUS_MAX];
	size_t longest = 0;

	for (enum language language = 0; language < LANGUAGES; language++) {
		const size_t n =
			typed_plain(catalogue_status(language, status), plain, sizeof(plain))
				? reply_phrase_is(text, plain)
				: 0;

		longest = n > longest ? n : longest;
	}
	return longest;
}

size_t reply_phrase_status(const char *text, enum measure_status *ret)
{
	size_t longest = 0;

	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		const size_t listed = reply_phrase(text, statuses[i].list);
		const size_t own = as_catalogue(text, statuses[i].status);
		const size_t n = own > listed ? own : listed;

		if (n > longest) {
			longest = n;
			*ret = statuses[i].status;
		}
	}
	return longest;
}
