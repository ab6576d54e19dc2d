/* SPDX-License-Identifier: Apache-2.0 */
/* The words of papers that templates can't hold, in both languages. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "message/catalogue.h"

static const struct paper_words {
	const char *statuses[WORD_COUNT];
	const char *between[PAPER_WORDS];
	const char *decimal;
	const char *months[12];
} languages[LANGUAGES] = {
	[LANGUAGE_SV] = {
		.statuses = {
			[WORD_NOT_STARTED] = "Inte påbörjad",
			[WORD_ON_TRACK] = "Enligt plan",
			[WORD_AT_RISK] = "Risk för avvikelse",
			[WORD_OFF_TRACK] = "Avviker från planen",
			[WORD_DONE] = "Genomförd",
			[WORD_CANCELLED] = "Avbruten",
			[WORD_STRUCK] = "Struken",
			[WORD_DONE_BY_OWNER] = "Klar enligt ansvarig",
			[WORD_CANCELLED_BY_OWNER] = "Avbruten enligt ansvarig",
			[WORD_NO_DATA] = "Inga data",
			[WORD_GREEN] = "grön",
			[WORD_YELLOW] = "gul",
			[WORD_RED] = "röd",
		},
		.between = {
			[PAPER_WORD_BEFORE] = ", tidigare ",
			[PAPER_WORD_EXPECTED] = ", väntas klar ",
			[PAPER_WORD_NO_ANSWER] = "Inget svar",
			[PAPER_WORD_LAST] = "senast",
			[PAPER_WORD_PAST] = "datumet har passerat",
			[PAPER_WORD_LATER] = "väntas bli klart senare",
			[PAPER_WORD_NEAR] = "datumet är nära",
		},
		.decimal = ",",
		.months = { "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt",
			    "nov", "dec" },
	},
	[LANGUAGE_EN] = {
		.statuses = {
			[WORD_NOT_STARTED] = "Not started",
			[WORD_ON_TRACK] = "On track",
			[WORD_AT_RISK] = "At risk",
			[WORD_OFF_TRACK] = "Off track",
			[WORD_DONE] = "Done",
			[WORD_CANCELLED] = "Cancelled",
			[WORD_STRUCK] = "Struck",
			[WORD_DONE_BY_OWNER] = "Done according to the owner",
			[WORD_CANCELLED_BY_OWNER] = "Cancelled according to the owner",
			[WORD_NO_DATA] = "No data",
			[WORD_GREEN] = "green",
			[WORD_YELLOW] = "yellow",
			[WORD_RED] = "red",
		},
		.between = {
			[PAPER_WORD_BEFORE] = ", previously ",
			[PAPER_WORD_EXPECTED] = ", expected ",
			[PAPER_WORD_NO_ANSWER] = "No answer",
			[PAPER_WORD_LAST] = "last",
			[PAPER_WORD_PAST] = "the date has passed",
			[PAPER_WORD_LATER] = "expected to be done later",
			[PAPER_WORD_NEAR] = "the date is near",
		},
		.decimal = ".",
		.months = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
			    "Nov", "Dec" },
	},
};

static char *millions(enum language language, int64_t amount, const char *plus, char *out)
{
	const uint64_t kronor = amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
	const uint64_t tenths = (kronor + 50000) / 100000;

	snprintf(out, CATALOGUE_AMOUNT, "%s%" PRIu64 "%s%" PRIu64,
		 tenths == 0  ? ""
		 : amount < 0 ? "\u2212"
			      : plus,
		 tenths / 10, languages[language].decimal, tenths % 10);
	return out;
}

char *catalogue_millions(enum language language, int64_t amount, char out[static CATALOGUE_AMOUNT])
{
	return millions(language, amount, "", out);
}

char *catalogue_difference(enum language language, int64_t amount,
			   char out[static CATALOGUE_AMOUNT])
{
	return millions(language, amount, "+", out);
}

const char *catalogue_word(enum language language, const char *name)
{
	for (enum word word = 0; word < WORD_COUNT; word++)
		if (strcmp(word_name(word), name) == 0)
			return languages[language].statuses[word];
	return name;
}

const char *catalogue_paper(enum language language, enum paper_word word)
{
	assert(word < PAPER_WORDS);
	return languages[language].between[word];
}

const char *catalogue_short_month(enum language language, int month)
{
	assert(month >= 1 && month <= 12);
	return languages[language].months[month - 1];
}
