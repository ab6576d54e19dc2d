/* SPDX-License-Identifier: Apache-2.0 */
/* What plots say to whoever can't see them, in both languages. */
#include <stdio.h>

#include "message/catalogue.h"

#define NOTHING "–"

static const struct board_words {
	const char *planned, *achieved, *forecast, *unit; /* of bars */
	const char *year, *achieved_by, *forecast_is, *planned_is;
	const char *now, *since, *always, *changes, *nothing_said;
} languages[LANGUAGES] = {
	[LANGUAGE_SV] = {
		.planned = "Planerad ",
		.achieved = ", uppnådd ",
		.forecast = ", prognos ",
		.unit = " mnkr",
		.year = "Effekt månad för månad ",
		.achieved_by = "Uppnådd effekt till och med ",
		.forecast_is = ". Helårsprognos ",
		.planned_is = ". Planerad helårseffekt ",
		.now = "Nu: ",
		.since = ", sedan ",
		.always = ", från början",
		.changes = ". Ändringar dessförinnan: ",
		.nothing_said = "Ingen lägesrapport",
	},
	[LANGUAGE_EN] = {
		.planned = "Planned ",
		.achieved = ", achieved ",
		.forecast = ", forecast ",
		.unit = " million kronor",
		.year = "Effect month by month in ",
		.achieved_by = "Effect achieved by the end of ",
		.forecast_is = ". Full-year forecast ",
		.planned_is = ". Planned for the full year ",
		.now = "Now: ",
		.since = ", since ",
		.always = ", from the start",
		.changes = ". Changes before that: ",
		.nothing_said = "No status reported",
	},
};

static const char *millions(enum language language, struct optional amount,
			    char out[static CATALOGUE_AMOUNT])
{
	return amount.given ? catalogue_millions(language, amount.value, out) : NOTHING;
}

char *catalogue_effects(enum language language, const struct catalogue_effects *effects,
			char out[static CATALOGUE_PLOT])
{
	const struct board_words *words = &languages[language];
	char planned[CATALOGUE_AMOUNT], achieved[CATALOGUE_AMOUNT], forecast[CATALOGUE_AMOUNT];

	snprintf(out, CATALOGUE_PLOT, "%s%s%s%s%s%s%s", words->planned,
		 millions(language, effects->planned, planned), words->achieved,
		 millions(language, effects->achieved, achieved), words->forecast,
		 millions(language, effects->forecast, forecast), words->unit);
	return out;
}

char *catalogue_year_title(enum language language, int year, char out[static CATALOGUE_PLOT])
{
	snprintf(out, CATALOGUE_PLOT, "%s%d", languages[language].year, year);
	return out;
}

char *catalogue_year(enum language language, const struct catalogue_effects *effects,
		     const char *month, char out[static CATALOGUE_PLOT])
{
	const struct board_words *words = &languages[language];
	char planned[CATALOGUE_AMOUNT], achieved[CATALOGUE_AMOUNT], forecast[CATALOGUE_AMOUNT];

	snprintf(out, CATALOGUE_PLOT, "%s%s: %s%s%s%s%s%s%s.", words->achieved_by, month,
		 millions(language, effects->achieved, achieved), words->unit, words->forecast_is,
		 millions(language, effects->forecast, forecast), words->planned_is,
		 millions(language, effects->planned, planned), words->unit);
	return out;
}

const char *catalogue_nothing_said(enum language language)
{
	return languages[language].nothing_said;
}

char *catalogue_course(enum language language, const struct catalogue_course *course,
		       char out[static CATALOGUE_PLOT])
{
	const struct board_words *words = &languages[language];
	char day[CATALOGUE_DATE];

	if (!course->word) {
		snprintf(out, CATALOGUE_PLOT, "%s", words->nothing_said);
		return out;
	}
	if (civil_is_none(course->since))
		snprintf(out, CATALOGUE_PLOT, "%s%s%s", words->now, course->word, words->always);
	else
		snprintf(out, CATALOGUE_PLOT, "%s%s%s%s%s%zu", words->now, course->word,
			 words->since, catalogue_day(language, course->since, day), words->changes,
			 course->before);
	return out;
}
