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
	const char *weekdays[7], *months[12];
	const char *statuses[STATUSES];
	const char *fields[STATUS_FIELDS];
	struct step_words step;
	const char *last_day, *papers_day; /* what a step is counted from */
	const char *clock, *minutes;	   /* a time of day: before its hour, before its minutes */
	const char *and, *you, *more;
	const char *minus, *group; /* in numbers */
	const char *currency_before, *currency_after;
};

#define NBSP "\u00a0"

static const struct language_words languages[LANGUAGES] = {
	[LANGUAGE_SV] = {
		.weekdays = { "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag" },
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
			[FIELD_PROGRESS] = "framdrift i procent",
			[FIELD_EFFECT_ACHIEVED] = "uppnådd effekt",
			[FIELD_EFFECT_FORECAST] = "prognos för helårets effekt",
			[FIELD_NEEDS_SUPPORT] = "behov av stöd",
			[FIELD_NOTE] = "en kommentar",
		},
		.step = { { { "dagar", "dag" }, { "arbetsdagar", "arbetsdag" } }, "före", "på", "efter" },
		.last_day = "sista dagen",
		.papers_day = "sista dagen för handlingarna",
		.clock = " kl. ",
		.minutes = ".",
		.and = "och",
		.you = "dig",
		.more = "till",
		.minus = "\u2212",
		.group = NBSP,
		.currency_before = "",
		.currency_after = NBSP "kr",
	},
	[LANGUAGE_EN] = {
		.weekdays = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
			      "Sunday" },
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
			[FIELD_EFFECT_ACHIEVED] = "the effect achieved",
			[FIELD_EFFECT_FORECAST] = "a forecast of the full year's effect",
			[FIELD_NEEDS_SUPPORT] = "what support is needed",
			[FIELD_NOTE] = "a note",
		},
		.step = { { { "days", "day" }, { "working days", "working day" } }, "before", "on", "after" },
		.last_day = "the last day",
		.papers_day = "the last day for the papers",
		.clock = " at ",
		.minutes = ":",
		.and = "and",
		.you = "you",
		.more = "more",
		.minus = "\u2212",
		.group = ",",
		.currency_before = "SEK" NBSP,
		.currency_after = "",
	},
};

char *catalogue_day(enum language language, struct civil_date d, char out[static CATALOGUE_DATE])
{
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	snprintf(out, CATALOGUE_DATE, "%d %s %d", day, languages[language].months[month - 1], year);
	return out;
}

char *catalogue_date(enum language language, struct civil_date d, char out[static CATALOGUE_DATE])
{
	char day[CATALOGUE_DATE];

	snprintf(out, CATALOGUE_DATE, "%s %.30s", languages[language].weekdays[civil_weekday(d)],
		 catalogue_day(language, d, day));
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

	if (n == 0)
		snprintf(out, CATALOGUE_STEP, "%s %s", words->step.on, counted_from);
	else
		snprintf(out, CATALOGUE_STEP, "%d %s %s %s", n,
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

char *catalogue_more(enum language language, size_t count, char out[static CATALOGUE_MORE])
{
	snprintf(out, CATALOGUE_MORE, "%zu %s", count, languages[language].more);
	return out;
}

const char *catalogue_field(enum language language, enum status_field field)
{
	assert(field < STATUS_FIELDS);
	return languages[language].fields[field];
}
