/* SPDX-License-Identifier: Apache-2.0 */
#include "message/catalogue.h"
#include "unit.h"

static const struct {
	int line;
	const char *date, *sv, *en;
} dates[] = {
	{ __LINE__, "2026-05-13", "onsdag 13 maj 2026", "Wednesday 13 May 2026" },
	{ __LINE__, "2026-01-01", "torsdag 1 januari 2026", "Thursday 1 January 2026" },
	{ __LINE__, "2024-02-29", "torsdag 29 februari 2024", "Thursday 29 February 2024" },
	{ __LINE__, "2026-03-02", "måndag 2 mars 2026", "Monday 2 March 2026" },
	{ __LINE__, "2026-04-07", "tisdag 7 april 2026", "Tuesday 7 April 2026" },
	{ __LINE__, "2026-06-06", "lördag 6 juni 2026", "Saturday 6 June 2026" },
	{ __LINE__, "2026-07-05", "söndag 5 juli 2026", "Sunday 5 July 2026" },
	{ __LINE__, "2026-08-31", "måndag 31 augusti 2026", "Monday 31 August 2026" },
	{ __LINE__, "2026-09-30", "onsdag 30 september 2026", "Wednesday 30 September 2026" },
	{ __LINE__, "2026-10-30", "fredag 30 oktober 2026", "Friday 30 October 2026" },
	{ __LINE__, "2026-11-02", "måndag 2 november 2026", "Monday 2 November 2026" },
	{ __LINE__, "2026-12-24", "torsdag 24 december 2026", "Thursday 24 December 2026" },
};

START_TEST(says_dates_in_words)
{
	struct civil_date d;
	char out[CATALOGUE_DATE];

	ck_assert_int_eq(civil_parse(dates[_i].date, &d), 0);
	ck_assert_str_eq(catalogue_date(LANGUAGE_SV, d, out), dates[_i].sv);
	ck_assert_str_eq(catalogue_date(LANGUAGE_EN, d, out), dates[_i].en);
}
END_TEST

START_TEST(says_days_without_weekday)
{
	struct civil_date d;
	char out[CATALOGUE_DATE];

	ck_assert_int_eq(civil_parse("2026-05-03", &d), 0);
	ck_assert_str_eq(catalogue_day(LANGUAGE_SV, d, out), "3 maj 2026");
	ck_assert_str_eq(catalogue_day(LANGUAGE_EN, d, out), "3 May 2026");
}
END_TEST

static const struct {
	int line;
	struct offset step;
	bool papers;
	const char *sv, *en;
} steps[] = {
	{ __LINE__,
	  { -10, true },
	  true,
	  "10 arbetsdagar före sista dagen för handlingarna",
	  "10 working days before the last day for the papers" },
	{ __LINE__,
	  { -10, true },
	  false,
	  "10 arbetsdagar före sista dagen",
	  "10 working days before the last day" },
	{ __LINE__,
	  { -1, true },
	  false,
	  "1 arbetsdag före sista dagen",
	  "1 working day before the last day" },
	{ __LINE__, { 0, false }, false, "på sista dagen", "on the last day" },
	{ __LINE__,
	  { 0, true },
	  true,
	  "på sista dagen för handlingarna",
	  "on the last day for the papers" },
	{ __LINE__,
	  { 1, true },
	  false,
	  "1 arbetsdag efter sista dagen",
	  "1 working day after the last day" },
	{ __LINE__, { 3, false }, false, "3 dagar efter sista dagen", "3 days after the last day" },
	{ __LINE__, { -1, false }, false, "1 dag före sista dagen", "1 day before the last day" },
};

START_TEST(says_steps_in_words)
{
	char out[CATALOGUE_STEP];

	ck_assert_str_eq(catalogue_step(LANGUAGE_SV, steps[_i].step, steps[_i].papers, out),
			 steps[_i].sv);
	ck_assert_str_eq(catalogue_step(LANGUAGE_EN, steps[_i].step, steps[_i].papers, out),
			 steps[_i].en);
}
END_TEST

#define NBSP "\u00a0"
static const struct {
	int64_t amount;
	const char *sv, *en;
} amounts[] = {
	{ 0, "0" NBSP "kr", "SEK" NBSP "0" },
	{ 999, "999" NBSP "kr", "SEK" NBSP "999" },
	{ 1000, "1" NBSP "000" NBSP "kr", "SEK" NBSP "1,000" },
	{ 12000000, "12" NBSP "000" NBSP "000" NBSP "kr", "SEK" NBSP "12,000,000" },
	{ -3250000, "−3" NBSP "250" NBSP "000" NBSP "kr", "−SEK" NBSP "3,250,000" },
	{ INT64_MIN,
	  "−9" NBSP "223" NBSP "372" NBSP "036" NBSP "854" NBSP "775" NBSP "808" NBSP "kr",
	  "−SEK" NBSP "9,223,372,036,854,775,808" },
};

START_TEST(groups_amounts)
{
	char out[CATALOGUE_AMOUNT];

	ck_assert_str_eq(catalogue_amount(LANGUAGE_SV, amounts[_i].amount, out), amounts[_i].sv);
	ck_assert_str_eq(catalogue_amount(LANGUAGE_EN, amounts[_i].amount, out), amounts[_i].en);
}
END_TEST

START_TEST(has_a_word_for_every_status)
{
	for (enum measure_status status = 0; status < STATUSES; status++)
		for (enum language language = 0; language < LANGUAGES; language++)
			ck_assert_ptr_nonnull(catalogue_status(language, status));
}
END_TEST

UNIT_TESTS("message/catalogue", UNIT_ROWS(says_dates_in_words, UNIT_COUNT(dates)),
	   UNIT(says_days_without_weekday), UNIT_ROWS(says_steps_in_words, UNIT_COUNT(steps)),
	   UNIT_ROWS(groups_amounts, UNIT_COUNT(amounts)), UNIT(has_a_word_for_every_status))
