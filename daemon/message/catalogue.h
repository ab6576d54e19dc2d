/* SPDX-License-Identifier: Apache-2.0 */
/* The words that templates can't hold, in both languages: dates, steps, amounts, statuses. */
#pragma once
#include "plan/plan.h"
#include "protocol/event.h"

#define CATALOGUE_DATE 64
#define CATALOGUE_STEP 96
#define CATALOGUE_AMOUNT 48

/*
 * What stays on one line, a date, an amount, is joined with no-break spaces (U+00A0): plain text has plain
 * ones instead when it is laid out.
 */

/* "onsdag 13 maj 2026", "Wednesday 13 May 2026". Returns out. */
char *catalogue_date(enum language language, struct civil_date d, char out[static CATALOGUE_DATE]);
/* Without the weekday: "13 maj 2026". Returns out. */
char *catalogue_day(enum language language, struct civil_date d, char out[static CATALOGUE_DATE]);
/* For sentences: "onsdag 13 maj", with its year where it is not today's. Returns out. */
char *catalogue_near(enum language language, struct civil_date d, struct civil_date today,
		     char out[static CATALOGUE_DATE]);
/* For subjects: "ons 13 maj", "Wed 13 May"; with its year where it is not today's. Returns out. */
char *catalogue_short(enum language language, struct civil_date d, struct civil_date today,
		      char out[static CATALOGUE_DATE]);
#define CATALOGUE_ID 192
/* The id of an item as people read it: of an occurrence, its series and its day: "IK, 30 september 2026".
 * Returns out. */
char *catalogue_id(enum language language, const char *id, char out[static CATALOGUE_ID]);
#define CATALOGUE_PERIOD (2 * CATALOGUE_DATE + 8)
/* Both days included: "8–13 oktober 2026", "28 april – 3 maj 2026"; one day where it is one. Returns out. */
char *catalogue_period(enum language language, struct civil_date from, struct civil_date until,
		       char out[static CATALOGUE_PERIOD]);
#define CATALOGUE_NUMBER 24
#define CATALOGUE_IN_WORDS 12
/* How many, in words up to twelve: "två", "13". One is as of days and times: "en", "one". Returns out. */
char *catalogue_number(enum language language, size_t n, char out[static CATALOGUE_NUMBER]);
/* Add a time of day to either: "tisdag 5 maj 2026 kl. 14.00"; nothing for TIME_OF_DAY_NONE. Returns
 * date. */
char *catalogue_add_time(enum language language, struct time_of_day time,
			 char date[static CATALOGUE_DATE]);
/*
 * When a ladder's step comes: "tio arbetsdagar före sista dagen". papers: what is handed in are the
 * papers for a meeting. Returns out.
 */
char *catalogue_step(enum language language, struct offset step, bool papers,
		     char out[static CATALOGUE_STEP]);
#define CATALOGUE_TIME 48
/* For the how manieth time, in words up to twelve: "för tredje gången", "for the 13th time". Returns out. */
char *catalogue_time(enum language language, size_t n, char out[static CATALOGUE_TIME]);
/* Whole kronor, grouped with spaces (sv) or commas (en): "12 000 000 kr". Returns out. */
char *catalogue_amount(enum language language, int64_t amount, char out[static CATALOGUE_AMOUNT]);
/* "the full-year forecast": what a status may tell. */
const char *catalogue_field(enum language language, enum status_field field);
/* What the value of a command's option is: "prognosen för helårseffekten i hela kronor". */
const char *catalogue_argument(enum language language, enum status_field field);
/* "enligt plan"; not for STATUS_NONE. */
const char *catalogue_status(enum language language, enum measure_status status);
#define CATALOGUE_MEETING (LINE_MAX_BYTES + CATALOGUE_DATE)
/* "sammanträdet i oktober 2026 (Regionstyrelsen)": whose day is not known. Returns out. */
char *catalogue_meeting(enum language language, const char *body, int year, int month,
			char out[static CATALOGUE_MEETING]);
/* "och", "and": before the last of several names. */
const char *catalogue_and(enum language language);
/* "dig", "you": the reader among others to whom something goes. */
const char *catalogue_you(enum language language);
/* "Inte min uppgift.": what is noted when somebody says no more than that. */
const char *catalogue_not_mine(enum language language);
#define CATALOGUE_MORE 40
/* "3 till", "3 more". Returns out. */
char *catalogue_more(enum language language, size_t count, char out[static CATALOGUE_MORE]);

/* ---- of papers --------------------------------------------------------------------------------- */

/* "oktober 2026". Returns out. */
char *catalogue_month(enum language language, int year, int month, char out[static CATALOGUE_DATE]);
/* "oktober", of 1 to 12. */
const char *catalogue_month_name(enum language language, int month);
/* "okt", "Oct", of 1 to 12: along an axis. */
const char *catalogue_short_month(enum language language, int month);
/* Millions with one decimal, rounded half away from nothing, with a true minus: "−1,3", "12.0". Returns out. */
char *catalogue_millions(enum language language, int64_t amount, char out[static CATALOGUE_AMOUNT]);
/* The same of a difference: what is more than nothing has a plus, "+0,5". */
char *catalogue_difference(enum language language, int64_t amount,
			   char out[static CATALOGUE_AMOUNT]);
/* A name as it stands within a sentence, in at most size bytes: in Swedish "regionstyrelsen", "verksamhetschef medicin"
 * (catalogue_within.c). Returns out. */
char *catalogue_within(enum language language, const char *name, char *out, size_t size);
/* Our own words of a status likewise, in either language: "enligt plan (grön)". */
char *catalogue_lowered(const char *words, char *out, size_t size);
/* What a row calls "on-track", "no-data", "red" (plan/words.h): "Enligt plan", "Inga data", "röd". */
const char *catalogue_word(enum language language, const char *name);
/* What stands between two dates in a cell of a table. */
enum paper_word {
	PAPER_WORD_BEFORE,    /* ", tidigare " */
	PAPER_WORD_EXPECTED,  /* ", väntas klar " */
	PAPER_WORD_NO_ANSWER, /* "Inget svar" */
	PAPER_WORD_LAST,      /* "senast" */
	/* Why a light is yellow or red that no answer made so. */
	PAPER_WORD_PAST,  /* "datumet har passerat" */
	PAPER_WORD_LATER, /* "väntas bli klart senare" */
	PAPER_WORD_NEAR,  /* "datumet är nära" */
	PAPER_WORDS
};
const char *catalogue_paper(enum language language, enum paper_word word);

/* ---- of plots (catalogue_board.c): what they say to whoever can't see them -------------------------- */

#define CATALOGUE_PLOT 500
struct catalogue_effects {
	struct optional planned, achieved, forecast;
};
/* "Planerad 12,0, uppnådd 4,2, prognos – mnkr". Returns out, as all of these do. */
char *catalogue_effects(enum language language, const struct catalogue_effects *effects,
			char out[static CATALOGUE_PLOT]);
/* The name of the plot of a year's months; and where its lines end, in the month of this name. */
char *catalogue_year_title(enum language language, int year, char out[static CATALOGUE_PLOT]);
char *catalogue_year(enum language language, const struct catalogue_effects *effects,
		     const char *month, char out[static CATALOGUE_PLOT]);
/* "Ingen lägesrapport": of what has no status. */
const char *catalogue_nothing_said(enum language language);
/* How a status moved. */
struct catalogue_course {
	const char *word;	 /* of what stands; NULL: nothing was ever said */
	struct civil_date since; /* CIVIL_NONE: from the start */
	size_t before;		 /* changes before that */
};
char *catalogue_course(enum language language, const struct catalogue_course *course,
		       char out[static CATALOGUE_PLOT]);
