/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log keeps a reason as a sentence, since it must be readable for as long as the log is. So it is translated clause
 * by clause, by what each is made from: "*" stands for what the clause says of this one case, a date, a name, the
 * answer of a server, which is the same in every language. A clause that is not here stays in English, and is said to be.
 */
#include "message/reason.h"

#include <stdio.h>
#include <string.h>

#define PARTS_MAX 4

static const struct {
	const char *english, *swedish;
} clauses[] = {
	/* when a step comes */
	{ "* working days before the papers date *", "* arbetsdagar före sista dagen *" },
	{ "* working days after the papers date *", "* arbetsdagar efter sista dagen *" },
	{ "* working day before the papers date *", "* arbetsdag före sista dagen *" },
	{ "* working day after the papers date *", "* arbetsdag efter sista dagen *" },
	{ "* days before the papers date *", "* dagar före sista dagen *" },
	{ "* days after the papers date *", "* dagar efter sista dagen *" },
	{ "* day before the papers date *", "* dag före sista dagen *" },
	{ "* day after the papers date *", "* dag efter sista dagen *" },
	{ "* working days before * (late after *)", "* arbetsdagar före * (försenat efter *)" },
	{ "* working days after * (late after *)", "* arbetsdagar efter * (försenat efter *)" },
	{ "* working day before * (late after *)", "* arbetsdag före * (försenat efter *)" },
	{ "* working day after * (late after *)", "* arbetsdag efter * (försenat efter *)" },
	{ "* days before * (late after *)", "* dagar före * (försenat efter *)" },
	{ "* days after * (late after *)", "* dagar efter * (försenat efter *)" },
	{ "on the papers date *", "på sista dagen *" },
	{ "on * (late after *)", "* (försenat efter *)" },
	{ "an answer was promised by *", "svar var utlovat senast *" },
	{ "the answer is in time until *: only who owes it is reminded",
	  "svaret är i tid till och med *: bara den som ska svara påminns" },
	{ "the answer is in time until *", "svaret är i tid till och med *" },
	/* what was decided of it */
	{ "the step reaches nobody: * has no manager or deputy named in the plan",
	  "steget når ingen: * har varken chef eller ersättare i planen" },
	{ "seen: an answer is promised by *", "påminnelsen är sedd: svar är utlovat senast *" },
	{ "already past when this round began", "steget hade passerat när omgången började" },
	{ "already past when it was taken over", "steget hade passerat när ansvaret togs över" },
	{ "held: * was reached only now", "väntar: * nåddes först nu" },
	{ "it goes on the next working day", "skickas nästa arbetsdag" },
	{ "held: no reminder of this round has reached * yet",
	  "väntar: ingen påminnelse har nått * än" },
	{ "held: the reminder that had reached * came back",
	  "väntar: påminnelsen som hade nått * kom tillbaka" },
	{ "merged into the step *", "ingår i steget *" },
	{ "was held during an absence", "väntade under en frånvaro" },
	{ "sent late, the step was already past", "skickades sent, steget hade passerat" },
	{ "was held until somebody had been reached", "väntade tills någon hade nåtts" },
	{ "absent * to * without a deputy", "frånvarande * till * utan ersättare" },
	{ "absent * to *", "frånvarande * till *" },
	{ "it goes to *", "går till *" },
	{ "held until *", "väntar till *" },
	{ "the papers date was * before", "sista dagen var tidigare *" },
	{ "the status of * came too early: the window opens *",
	  "rapporten * kom för tidigt: svar räknas från *" },
	/* what became of its message */
	{ "accepted *", "levererades *" },
	{ "failed: *", "misslyckades: *" },
	{ "expired: *", "gavs upp: *" },
	{ "the mail came back: *", "mejlet kom tillbaka: *" },
	{ "held: *", "hålls kvar: *" },
	{ "dropped: *", "skickades inte: *" },
	{ "on its way", "på väg" },
	{ "waits to leave at *", "skickas *" },
	{ "hold is on", "alla utskick är stoppade" },
	{ "last answer: *", "senaste svar: *" },
	{ "moot before it left: answered or withdrawn", "inaktuell innan den skickades: besvarad" },
	{ "the rest was told", "resten skickades" },
	{ "moot before it left: *", "inaktuell innan den skickades: *" },
	/* why nothing follows */
	{ "answered * (seq *)", "besvarades * (händelse *)" },
	{ "the measure is done or cancelled", "åtgärden är genomförd eller avbruten" },
	{ "the body has closed the measure: * (*)", "organet har avslutat åtgärden: * (*)" },
	{ "the deadline has been submitted", "redovisningen är inlämnad" },
	{ "the next occurrence has taken its place by then", "nästa tillfälle har tagit över då" },
	{ "the next occurrence has taken its place", "nästa tillfälle har tagit över" },
	{ "it left the plan, or its meeting was cancelled",
	  "den finns inte längre i planen, eller sammanträdet ställdes in" },
	{ "it left the plan", "den finns inte längre i planen" },
	/* what is no step */
	{ "alert: the measure went off track", "varning: åtgärden avviker från planen" },
	{ "alert: the owner asks for support", "varning: stöd begärs" },
	{ "alert: the forecast effect fell below the limit",
	  "varning: prognosen för effekten är under gränsen" },
	{ "alert: somebody could not be reached", "varning: någon kunde inte nås" },
	{ "alert: the month ended without the meeting",
	  "varning: månaden tog slut utan sammanträde" },
	{ "alert: a channel wants no more messages", "varning: en kanal tar inte emot mer" },
	{ "alert: what waits for somebody who is away",
	  "varning: utskick väntar under en frånvaro" },
	{ "alert: they say that it is not theirs", "varning: uppgiften sägs vara någon annans" },
	{ "alert: a later date is asked for", "varning: anstånd begärs" },
	{ "alert: what a body of the chain decided is not recorded",
	  "varning: ett beslut på vägen är inte registrerat" },
	{ "alert: the bodies of the chain do not meet in its order",
	  "varning: sammanträdena ligger i fel ordning" },
	{ "alert: the light turned yellow or red", "varning: ljuset blev gult eller rött" },
	{ "alert: the light turns yellow or red", "varning: ljuset blir gult eller rött" },
	{ "alert: the light turns yellow", "varning: ljuset blir gult" },
	{ "alert: the light turns red", "varning: ljuset blir rött" },
	{ "it is off track", "åtgärden avviker från planen" },
	{ "it is at risk", "åtgärden riskerar att avvika från planen" },
	{ "it is expected to be done only by *", "åtgärden väntas klar först *" },
	{ "*, by which it is to be done, has passed",
	  "dagen då åtgärden ska vara klar har passerat: *" },
	{ "*, by which it is to be done, is near", "dagen då åtgärden ska vara klar är nära: *" },
	{ "the date was moved", "datumet ändrades" },
	{ "the deadline was submitted", "redovisningen lämnades in" },
	{ "the measure was assigned to them", "åtgärden tilldelades" },
	{ "the measure was assigned to somebody else", "åtgärden tilldelades någon annan" },
	{ "the body has decided on what was submitted",
	  "organet har beslutat om det som lämnades in" },
	{ "confirmation: the later date that was asked for is given",
	  "bekräftelse: anstånd beviljades" },
	{ "confirmation: the later date that was asked for is not given",
	  "bekräftelse: anstånd beviljades inte" },
	{ "a body of the chain has decided, and it goes on to the next",
	  "ett organ har beslutat, och ärendet går vidare till nästa" },
	{ "the day by which the measure is to be done was moved",
	  "dagen då åtgärden ska vara klar ändrades" },
	{ "the deadline was returned and is open anew", "redovisningen har återremitterats" },
	{ "a test", "ett test" },
};

struct part {
	const char *at;
	size_t length;
};

/* Is the text, of that length, made from the pattern? Then what stands for each "*" is in parts. */
static bool is_made_from(const char *pattern, const char *text, size_t length,
			 struct part parts[static PARTS_MAX])
{
	const char *end = text + length;

	for (size_t n = 0;;) {
		const size_t plain = strcspn(pattern, "*");
		const char *next, *found;

		if ((size_t)(end - text) < plain || memcmp(text, pattern, plain) != 0)
			return false;
		text += plain;
		pattern += plain;
		if (!*pattern)
			return text == end;
		next = ++pattern;
		if (!*next) {
			parts[n] = (struct part){ text, (size_t)(end - text) };
			return text < end;
		}
		found = memmem(text, (size_t)(end - text), next, strcspn(next, "*"));
		if (!found || found == text || n + 1 == PARTS_MAX)
			return false;
		parts[n++] = (struct part){ text, (size_t)(found - text) };
		text = found;
	}
}

static void add(char out[static REASON_TEXT], const char *text, size_t length)
{
	const size_t used = strlen(out);

	snprintf(out + used, REASON_TEXT - used, "%.*s", (int)length, text);
}

/* Add the clause's translation: false when it has none. */
static bool translate(const char *clause, size_t length, char out[static REASON_TEXT])
{
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++) {
		struct part parts[PARTS_MAX];
		const char *to = clauses[i].swedish;

		if (!is_made_from(clauses[i].english, clause, length, parts))
			continue;
		for (size_t n = 0; *to; to++) {
			if (*to == '*') {
				add(out, parts[n].at, parts[n].length);
				n++;
			} else {
				add(out, to, 1);
			}
		}
		return true;
	}
	return false;
}

char *reason_in(enum language language, const char *reason, char out[static REASON_TEXT],
		const char **ret_rest)
{
	out[0] = '\0';
	if (language == LANGUAGE_EN) {
		add(out, reason, strlen(reason));
		reason = "";
	}
	while (*reason) {
		const char *end = strstr(reason, "; ");
		const size_t length = end ? (size_t)(end - reason) : strlen(reason);
		char one[REASON_TEXT] = "";

		if (!translate(reason, length, one))
			break;
		if (out[0])
			add(out, "; ", 2);
		add(out, one, strlen(one));
		reason += length + (end ? 2 : 0);
	}
	*ret_rest = reason;
	return out;
}
