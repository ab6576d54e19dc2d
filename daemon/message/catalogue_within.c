/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names within a sentence. The plan writes them as they begin a line, "Regionstyrelsen"; Swedish has a small letter
 * within a sentence for what is a common noun, and none for what is a name. Which it is can't be told from the name's
 * shape ("Skolverket", "Ekerö"), so only what is known to be a common noun is changed: the first word is one of those
 * below, or is followed by one that makes it one ("Tekniska nämnden", "Barn- och utbildningsnämnden"). A word that is
 * not known keeps its capital, which is how the plan has it and is never a fault of ours. What comes after the first
 * word is left alone: "enhetschef Ekbacken", "nämndsekreterare Åsa Öström". In English names keep their capitals and
 * lose that of their article: "the Audit Committee".
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"

/* What ends a word that is a common noun; "Socialstyrelsen" and "Statskontoret" are names, so the boards and offices that
 * are none stand whole below. */
static const char *const endings[] = {
	"nämnden",     "nämnd",	      "fullmäktige",  "utskottet",    "utskott",       "presidium",
	"presidiet",   "ordförande",  "ordföranden",  "direktör",     "direktören",    "chef",
	"chefen",      "sekreterare", "sekreteraren", "ledare",	      "ledaren",       "samordnare",
	"samordnaren", "handläggare", "handläggaren", "strateg",      "strategen",     "controller",
	"controllern", "registrator", "registratorn", "ekonom",	      "ekonomen",      "jurist",
	"juristen",    "rektor",      "rektorn",      "föreståndare", "föreståndaren", "utvecklare",
	"utvecklaren", "ansvarig",    "ansvariga",    "enheten",      "avdelningen",
};
static const char *const whole[] = {
	"styrelsen",
	"kommunstyrelsen",
	"regionstyrelsen",
	"förbundsstyrelsen",
	"bolagsstyrelsen",
	"länsstyrelsen",
	"regeringen",
	"riksdagen",
	"direktionen",
	"ledningsgruppen",
	"valberedningen",
	"budgetberedningen",
	"kansliet",
	"regionkansliet",
	"kommunkansliet",
	"nämndsekretariatet",
	"regionkontoret",
	"kommunledningskontoret",
	"stadsledningskontoret",
	"stadskontoret",
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))
#define WORD_MAX 100

/* The first letter small: ASCII, or Å Ä Ö and their like, C3 80 to C3 9E. false: it is no capital. */
static bool lower_first(char *text)
{
	const bool beyond = text[0] == '\xc3' && (unsigned char)text[1] >= 0x80 &&
			    (unsigned char)text[1] <= 0x9e && (unsigned char)text[1] != 0x97;

	if (text[0] >= 'A' && text[0] <= 'Z')
		text[0] = (char)(text[0] + ('a' - 'A'));
	else if (beyond)
		text[1] = (char)(text[1] + 0x20);
	return beyond || (text[0] >= 'a' && text[0] <= 'z');
}

/* Is there a capital in the word behind its first letter, as in "HR-direktören"? */
static bool has_own_capital(const char *word)
{
	for (const char *c = word + 1; *c; c++)
		if ((*c >= 'A' && *c <= 'Z') ||
		    (*c == '\xc3' && (unsigned char)c[1] >= 0x80 && (unsigned char)c[1] <= 0x9e))
			return true;
	return false;
}

static bool has_capital(const char *word)
{
	char small[WORD_MAX];

	snprintf(small, sizeof(small), "%s", word);
	lower_first(small);
	return strcmp(small, word) != 0 || has_own_capital(word);
}

static bool ends_with(const char *word, const char *ending)
{
	const size_t length = strlen(word), of = strlen(ending);

	return length >= of && memcmp(word + length - of, ending, of) == 0;
}

/* A word in small letters, also of whose something is: "hälso- och sjukvårdsnämndens presidium". */
static bool is_common(char *word)
{
	size_t length = strlen(word);

	for (int genitive = 0; genitive < 2; genitive++) {
		for (size_t i = 0; i < COUNT(endings); i++)
			if (ends_with(word, endings[i]))
				return true;
		for (size_t i = 0; i < COUNT(whole); i++)
			if (strcmp(word, whole[i]) == 0)
				return true;
		if (length < 2 || word[length - 1] != 's')
			return false;
		word[--length] = '\0';
	}
	return false;
}

/* The next word of the text, its first letter small; what follows it. "" at the end. */
static const char *next_word(const char *text, char word[static WORD_MAX])
{
	size_t length;

	text += strspn(text, " ");
	length = strcspn(text, " ,");
	snprintf(word, WORD_MAX, "%.*s", (int)length, text);
	return text + length;
}

/* "Barn- och utbildningsnämnden", "Tekniska nämnden": what the first word belongs to. */
static bool is_part_of_common(const char *first, const char *rest)
{
	char word[WORD_MAX];

	if (ends_with(first, "-")) {
		rest = next_word(rest, word);
		if (strcmp(word, "och") != 0)
			return false;
		next_word(rest, word);
		return !has_capital(word) && is_common(word);
	}
	next_word(rest, word);
	return (ends_with(first, "a") || ends_with(first, "e")) &&
	       (strcmp(word, "nämnden") == 0 || strcmp(word, "nämndens") == 0 ||
		strcmp(word, "utskottet") == 0 || strcmp(word, "utskottets") == 0);
}

char *catalogue_within(enum language language, const char *name, char *out, size_t size)
{
	char first[WORD_MAX], word[WORD_MAX];
	const char *rest = next_word(name, first);

	snprintf(out, size, "%s", name);
	if (language == LANGUAGE_EN && strcmp(first, "The") == 0 && *rest)
		lower_first(out);
	snprintf(word, sizeof(word), "%s", first);
	if (language == LANGUAGE_SV && !has_own_capital(first) && lower_first(word) &&
	    (is_part_of_common(first, rest) || is_common(word)))
		lower_first(out);
	return out;
}

char *catalogue_lowered(const char *words, char *out, size_t size)
{
	char first[WORD_MAX];

	next_word(words, first);
	snprintf(out, size, "%s", words);
	if (!has_own_capital(first))
		lower_first(out);
	return out;
}
