/* SPDX-License-Identifier: Apache-2.0 */
/* Ordinal numbers, in both languages: the how manieth time it is that a step comes. */
#include <stdio.h>

#include "message/catalogue.h"

#define IN_WORDS 12

static const struct {
	const char *before, *after;
	const char *ordinals[IN_WORDS + 1];
} languages[LANGUAGES] = {
	[LANGUAGE_SV] = { "för ",
			  " gången",
			  { NULL, "första", "andra", "tredje", "fjärde", "femte", "sjätte",
			    "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte" } },
	[LANGUAGE_EN] = { "for the ",
			  " time",
			  { NULL, "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
			    "eighth", "ninth", "tenth", "eleventh", "twelfth" } },
};

/* What follows the figures: "13:e", "21:a"; "13th", "21st". */
static const char *ending(enum language language, size_t n)
{
	static const char *const endings[LANGUAGES][4] = {
		[LANGUAGE_SV] = { ":e", ":a", ":a", ":e" },
		[LANGUAGE_EN] = { "th", "st", "nd", "rd" },
	};
	const bool teen = n % 100 / 10 == 1;

	return endings[language][!teen && n % 10 <= 3 ? n % 10 : 0];
}

char *catalogue_time(enum language language, size_t n, char out[static CATALOGUE_TIME])
{
	const char *before = languages[language].before, *after = languages[language].after;

	if (n > 0 && n <= IN_WORDS)
		snprintf(out, CATALOGUE_TIME, "%s%s%s", before, languages[language].ordinals[n],
			 after);
	else
		snprintf(out, CATALOGUE_TIME, "%s%zu%s%s", before, n, ending(language, n), after);
	return out;
}
