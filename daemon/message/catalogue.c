/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/catalogue.h"

struct step_words {
	const char *unit[2][2]; /* [working days?][one?] */
	const char *before, *on, *after;
};
struct language_words {
	const char *weekdays[7], *short_weekdays[7], *months[12];
	const char *numbers[CATALOGUE_IN_WORDS + 1]; /* from one */
	const char *statuses[STATUSES];
	const char *fields[STATUS_FIELDS], *arguments[STATUS_FIELDS];
	struct step_words step;
	const char *last_day, *papers_day; /* what a step is counted from */
	const char *clock, *minutes;	   /* a time of day: before its hour, before its minutes */
	const char *and, *you, *more;
	const char *not_mine;
	const char *meeting;	   /* before its month */
	const char *minus, *group; /* in numbers */
	const char *currency_before, *currency_after;
};

#define NBSP "\u00a0"

static const struct language_words languages[LANGUAGES] = {
	[LANGUAGE_SV] = {
		.weekdays = { "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag" },
		.short_weekdays = { "mån", "tis", "ons", "tors", "fre", "lör", "sön" },
		.numbers = { NULL, "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio",
			     "elva", "tolv" },
		.months = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
			    "september", "oktober", "november", "december" },
		.statuses = {
			[STATUS_NOT_STARTED] = "inte påbörjad",
			[STATUS_ON_TRACK] = "enligt plan",
			[STATUS_AT_RISK] = "risk för avvikelse",
			[STATUS_OFF_TRACK] = "avviker från planen",
			[STATUS_DONE] = "genomförd",
			[STATUS_CANCELLED] = "avbruten",
		},
		.fields = {
			[FIELD_PROGRESS] = "genomförandegrad i procent",
			[FIELD_EFFECT_ACHIEVED] = "uppnådd effekt",
			[FIELD_EFFECT_FORECAST] = "en prognos för helårseffekten",
			[FIELD_NEEDS_SUPPORT] = "behov av stöd",
			[FIELD_NOTE] = "en kommentar",
		},
		.arguments = {
			[FIELD_PROGRESS] = "genomförandegrad i hela procent",
			[FIELD_EFFECT_ACHIEVED] = "uppnådd effekt hittills, i hela kronor",
			[FIELD_EFFECT_FORECAST] = "din prognos för helårseffekten, i hela kronor",
			[FIELD_NEEDS_SUPPORT] = "det stöd som behövs, inom citattecken",
			[FIELD_NOTE] = "en kommentar, inom citattecken",
		},
		.step = { { { "dagar", "dag" }, { "arbetsdagar", "arbetsdag" } }, "före", "på", "efter" },
		.last_day = "sista dagen",
		.papers_day = "sista dagen för handlingarna",
		.clock = " kl." NBSP,
		.minutes = ".",
		.and = "och",
		.you = "dig",
		.not_mine = "Inte min uppgift.",
		.meeting = "sammanträdet i",
		.more = "till",
		.minus = "\u2212",
		.group = NBSP,
		.currency_before = "",
		.currency_after = NBSP "kr",
	},
	[LANGUAGE_EN] = {
		.weekdays = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
			      "Sunday" },
		.short_weekdays = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
		.numbers = { NULL, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
			     "ten", "eleven", "twelve" },
		.months = { "January", "February", "March", "April", "May", "June", "July", "August",
			    "September", "October", "November", "December" },
		.statuses = {
			[STATUS_NOT_STARTED] = "not started",
			[STATUS_ON_TRACK] = "on track",
			[STATUS_AT_RISK] = "at risk",
			[STATUS_OFF_TRACK] = "off track",
			[STATUS_DONE] = "done",
			[STATUS_CANCELLED] = "cancelled",
		},
		.fields = {
			[FIELD_PROGRESS] = "progress in per cent",
			[FIELD_EFFECT_ACHIEVED] = "the effect achieved so far",
			[FIELD_EFFECT_FORECAST] = "a forecast of the full-year effect",
			[FIELD_NEEDS_SUPPORT] = "what support is needed",
			[FIELD_NOTE] = "a comment",
		},
		.arguments = {
			[FIELD_PROGRESS] = "how many per cent have been done",
			[FIELD_EFFECT_ACHIEVED] = "the effect achieved so far, in whole kronor",
			[FIELD_EFFECT_FORECAST] = "your forecast of the full-year effect, in whole kronor",
			[FIELD_NEEDS_SUPPORT] = "the support needed, in quotation marks",
			[FIELD_NOTE] = "a comment, in quotation marks",
		},
		.step = { { { "days", "day" }, { "working days", "working day" } }, "before", "on", "after" },
		.last_day = "the last day",
		.papers_day = "the last day for the papers",
		.clock = " at" NBSP,
		.minutes = ":",
		.and = "and",
		.you = "you",
		.not_mine = "Not mine to answer.",
		.meeting = "the meeting in",
		.more = "more",
		.minus = "\u2212",
		.group = ",",
		.currency_before = "SEK" NBSP,
		.currency_after = "",
	},
};

/* Day and month, and the year where it is not this one. */
static void put_day(enum language language, struct civil_date d, int this_year,
		    char out[static CATALOGUE_DATE])
{
	int year, month, day;
	const char *name;

	civil_to_ymd(d, &year, &month, &day);
	name = languages[language].months[month - 1];
	if (year == this_year)
		snprintf(out, CATALOGUE_DATE, "%d" NBSP "%s", day, name);
	else
		snprintf(out, CATALOGUE_DATE, "%d" NBSP "%s" NBSP "%d", day, name, year);
}

/* The weekday before it. */
static char *add_weekday(const char *const weekdays[static 7], struct civil_date d,
			 char day[static CATALOGUE_DATE])
{
	char text[CATALOGUE_DATE];

	snprintf(text, sizeof(text), "%s" NBSP "%.40s", weekdays[civil_weekday(d)], day);
	return memcpy(day, text, sizeof(text));
}

static int year_of(struct civil_date d)
{
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	return year;
}

char *catalogue_day(enum language language, struct civil_date d, char out[static CATALOGUE_DATE])
{
	put_day(language, d, 0, out);
	return out;
}

const char *catalogue_month_name(enum language language, int month)
{
	assert(month >= 1 && month <= 12);
	return languages[language].months[month - 1];
}

char *catalogue_month(enum language language, int year, int month, char out[static CATALOGUE_DATE])
{
	snprintf(out, CATALOGUE_DATE, "%s" NBSP "%d", languages[language].months[month - 1], year);
	return out;
}

char *catalogue_id(enum language language, const char *id, char out[static CATALOGUE_ID])
{
	const char *at = strchr(id, '@');
	char day[CATALOGUE_DATE];
	struct civil_date d;

	if (at && civil_parse(at + 1, &d) == 0)
		snprintf(out, CATALOGUE_ID, "%.*s, %s", (int)(at - id), id,
			 catalogue_day(language, d, day));
	else
		snprintf(out, CATALOGUE_ID, "%s", id);
	return out;
}

char *catalogue_date(enum language language, struct civil_date d, char out[static CATALOGUE_DATE])
{
	put_day(language, d, 0, out);
	return add_weekday(languages[language].weekdays, d, out);
}

char *catalogue_near(enum language language, struct civil_date d, struct civil_date today,
		     char out[static CATALOGUE_DATE])
{
	put_day(language, d, year_of(today), out);
	return add_weekday(languages[language].weekdays, d, out);
}

char *catalogue_short(enum language language, struct civil_date d, struct civil_date today,
		      char out[static CATALOGUE_DATE])
{
	put_day(language, d, year_of(today), out);
	return add_weekday(languages[language].short_weekdays, d, out);
}

char *catalogue_period(enum language language, struct civil_date from, struct civil_date until,
		       char out[static CATALOGUE_PERIOD])
{
	char first[CATALOGUE_DATE], last[CATALOGUE_DATE];
	int year, month, day, until_year, until_month, until_day;

	civil_to_ymd(from, &year, &month, &day);
	civil_to_ymd(until, &until_year, &until_month, &until_day);
	catalogue_day(language, until, last);
	if (civil_equal(from, until)) {
		snprintf(out, CATALOGUE_PERIOD, "%s", last);
	} else if (year == until_year && month == until_month) {
		snprintf(out, CATALOGUE_PERIOD, "%d–%s", day, last);
	} else {
		put_day(language, from, until_year, first);
		snprintf(out, CATALOGUE_PERIOD, "%s – %s", first, last);
	}
	return out;
}

char *catalogue_meeting(enum language language, const char *body, int year, int month,
			char out[static CATALOGUE_MEETING])
{
	const struct language_words *words = &languages[language];

	snprintf(out, CATALOGUE_MEETING, "%s %s" NBSP "%d (%s)", words->meeting,
		 words->months[month - 1], year, body);
	return out;
}

char *catalogue_number(enum language language, size_t n, char out[static CATALOGUE_NUMBER])
{
	if (n > 0 && n <= CATALOGUE_IN_WORDS)
		snprintf(out, CATALOGUE_NUMBER, "%s", languages[language].numbers[n]);
	else
		snprintf(out, CATALOGUE_NUMBER, "%zu", n);
	return out;
}

char *catalogue_add_time(enum language language, struct time_of_day time,
			 char date[static CATALOGUE_DATE])
{
	const struct language_words *words = &languages[language];
	const size_t used = strlen(date);

	if (time.minute >= 0)
		snprintf(date + used, CATALOGUE_DATE - used, "%s%02d%s%02d", words->clock,
			 time.minute / 60, words->minutes, time.minute % 60);
	return date;
}

char *catalogue_step(enum language language, struct offset step, bool papers,
		     char out[static CATALOGUE_STEP])
{
	const struct language_words *words = &languages[language];
	const char *counted_from = papers ? words->papers_day : words->last_day;
	const int n = abs(step.days);
	char number[CATALOGUE_NUMBER];

	if (n == 0)
		snprintf(out, CATALOGUE_STEP, "%s %s", words->step.on, counted_from);
	else
		snprintf(out, CATALOGUE_STEP, "%s %s %s %s",
			 catalogue_number(language, (size_t)n, number),
			 words->step.unit[step.workdays][n == 1],
			 step.days < 0 ? words->step.before : words->step.after, counted_from);
	return out;
}

char *catalogue_amount(enum language language, int64_t amount, char out[static CATALOGUE_AMOUNT])
{
	const struct language_words *words = &languages[language];
	char digits[24];
	const int count = snprintf(digits, sizeof(digits), "%" PRIu64,
				   amount < 0 ? -(uint64_t)amount : (uint64_t)amount);
	char *to = out;

	to = stpcpy(to, amount < 0 ? words->minus : "");
	to = stpcpy(to, words->currency_before);
	for (int i = 0; i < count; i++) {
		if (i > 0 && (count - i) % 3 == 0)
			to = stpcpy(to, words->group);
		*to++ = digits[i];
	}
	strcpy(to, words->currency_after);
	return out;
}

const char *catalogue_status(enum language language, enum measure_status status)
{
	assert(status >= 0 && status < STATUSES);
	return languages[language].statuses[status];
}

const char *catalogue_and(enum language language)
{
	return languages[language].and;
}

const char *catalogue_you(enum language language)
{
	return languages[language].you;
}

const char *catalogue_not_mine(enum language language)
{
	return languages[language].not_mine;
}

char *catalogue_more(enum language language, size_t count, char out[static CATALOGUE_MORE])
{
	char number[CATALOGUE_NUMBER];

	snprintf(out, CATALOGUE_MORE, "%s %s", catalogue_number(language, count, number),
		 languages[language].more);
	return out;
}

const char *catalogue_field(enum language language, enum status_field field)
{
	assert(field < STATUS_FIELDS);
	return languages[language].fields[field];
}

const char *catalogue_argument(enum language language, enum status_field field)
{
	assert(field < STATUS_FIELDS);
	return languages[language].arguments[field];
}
