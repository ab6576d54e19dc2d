/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "message/catalogue.h"
#include "protocol/text.h"
#include "unit.h"

#define NBSP "\u00a0"

static const struct {
	int line;
	const char *date, *sv, *en;
} dates[] = {
	{ __LINE__, "2026-05-13", "onsdag" NBSP "13" NBSP "maj" NBSP "2026",
	  "Wednesday" NBSP "13" NBSP "May" NBSP "2026" },
	{ __LINE__, "2026-01-01", "torsdag" NBSP "1" NBSP "januari" NBSP "2026",
	  "Thursday" NBSP "1" NBSP "January" NBSP "2026" },
	{ __LINE__, "2024-02-29", "torsdag" NBSP "29" NBSP "februari" NBSP "2024",
	  "Thursday" NBSP "29" NBSP "February" NBSP "2024" },
	{ __LINE__, "2026-03-02", "måndag" NBSP "2" NBSP "mars" NBSP "2026",
	  "Monday" NBSP "2" NBSP "March" NBSP "2026" },
	{ __LINE__, "2026-04-07", "tisdag" NBSP "7" NBSP "april" NBSP "2026",
	  "Tuesday" NBSP "7" NBSP "April" NBSP "2026" },
	{ __LINE__, "2026-06-06", "lördag" NBSP "6" NBSP "juni" NBSP "2026",
	  "Saturday" NBSP "6" NBSP "June" NBSP "2026" },
	{ __LINE__, "2026-07-05", "söndag" NBSP "5" NBSP "juli" NBSP "2026",
	  "Sunday" NBSP "5" NBSP "July" NBSP "2026" },
	{ __LINE__, "2026-08-31", "måndag" NBSP "31" NBSP "augusti" NBSP "2026",
	  "Monday" NBSP "31" NBSP "August" NBSP "2026" },
	{ __LINE__, "2026-09-30", "onsdag" NBSP "30" NBSP "september" NBSP "2026",
	  "Wednesday" NBSP "30" NBSP "September" NBSP "2026" },
	{ __LINE__, "2026-10-30", "fredag" NBSP "30" NBSP "oktober" NBSP "2026",
	  "Friday" NBSP "30" NBSP "October" NBSP "2026" },
	{ __LINE__, "2026-11-02", "måndag" NBSP "2" NBSP "november" NBSP "2026",
	  "Monday" NBSP "2" NBSP "November" NBSP "2026" },
	{ __LINE__, "2026-12-24", "torsdag" NBSP "24" NBSP "december" NBSP "2026",
	  "Thursday" NBSP "24" NBSP "December" NBSP "2026" },
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

START_TEST(says_ids_of_occurrences_as_people_do)
{
	char out[CATALOGUE_ID];

	ck_assert_str_eq(catalogue_id(LANGUAGE_SV, "TN-1", out), "TN-1");
	ck_assert_str_eq(catalogue_id(LANGUAGE_SV, "IK@2026-06-23", out),
			 "IK, 23" NBSP "juni" NBSP "2026");
	ck_assert_str_eq(catalogue_id(LANGUAGE_EN, "IK@2026-06-23", out),
			 "IK, 23" NBSP "June" NBSP "2026");
}
END_TEST

START_TEST(says_days_without_weekday)
{
	struct civil_date d;
	char out[CATALOGUE_DATE];

	ck_assert_int_eq(civil_parse("2026-05-03", &d), 0);
	ck_assert_str_eq(catalogue_day(LANGUAGE_SV, d, out), "3" NBSP "maj" NBSP "2026");
	ck_assert_str_eq(catalogue_day(LANGUAGE_EN, d, out), "3" NBSP "May" NBSP "2026");
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
	  "tio arbetsdagar före sista dagen för handlingarna",
	  "ten working days before the last day for the papers" },
	{ __LINE__,
	  { -10, true },
	  false,
	  "tio arbetsdagar före sista dagen",
	  "ten working days before the last day" },
	{ __LINE__,
	  { -1, true },
	  false,
	  "en arbetsdag före sista dagen",
	  "one working day before the last day" },
	{ __LINE__, { 0, false }, false, "på sista dagen", "on the last day" },
	{ __LINE__,
	  { 0, true },
	  true,
	  "på sista dagen för handlingarna",
	  "on the last day for the papers" },
	{ __LINE__,
	  { 1, true },
	  false,
	  "en arbetsdag efter sista dagen",
	  "one working day after the last day" },
	{ __LINE__,
	  { 3, false },
	  false,
	  "tre dagar efter sista dagen",
	  "three days after the last day" },
	{ __LINE__,
	  { -1, false },
	  false,
	  "en dag före sista dagen",
	  "one day before the last day" },
};

static const struct {
	size_t n;
	const char *sv, *en;
} times[] = {
	{ 1, "för första gången", "for the first time" },
	{ 3, "för tredje gången", "for the third time" },
	{ 12, "för tolfte gången", "for the twelfth time" },
	{ 13, "för 13:e gången", "for the 13th time" },
	{ 20, "för 20:e gången", "for the 20th time" },
	{ 21, "för 21:a gången", "for the 21st time" },
	{ 32, "för 32:a gången", "for the 32nd time" },
	{ 43, "för 43:e gången", "for the 43rd time" },
	{ 112, "för 112:e gången", "for the 112th time" },
};

START_TEST(says_the_how_manieth_time)
{
	char out[CATALOGUE_TIME];

	ck_assert_str_eq(catalogue_time(LANGUAGE_SV, times[_i].n, out), times[_i].sv);
	ck_assert_str_eq(catalogue_time(LANGUAGE_EN, times[_i].n, out), times[_i].en);
}
END_TEST

START_TEST(says_steps_in_words)
{
	char out[CATALOGUE_STEP];

	ck_assert_str_eq(catalogue_step(LANGUAGE_SV, steps[_i].step, steps[_i].papers, out),
			 steps[_i].sv);
	ck_assert_str_eq(catalogue_step(LANGUAGE_EN, steps[_i].step, steps[_i].papers, out),
			 steps[_i].en);
}
END_TEST

static const struct {
	int line;
	const char *date, *near_sv, *short_sv, *short_en;
} near[] = {
	{ __LINE__, "2026-05-13", "onsdag 13 maj", "ons 13 maj", "Wed 13 May" },
	{ __LINE__, "2026-12-31", "torsdag 31 december", "tors 31 december", "Thu 31 December" },
	{ __LINE__, "2027-01-04", "måndag 4 januari 2027", "mån 4 januari 2027",
	  "Mon 4 January 2027" },
};

/* As people would: the year only where it is another than this one. */
START_TEST(says_dates_near_by_without_the_year)
{
	const struct civil_date today = civil_from_ymd(2026, 5, 11);
	struct civil_date d;
	char out[CATALOGUE_DATE];

	ck_assert_int_eq(civil_parse(near[_i].date, &d), 0);
	catalogue_near(LANGUAGE_SV, d, today, out);
	ck_assert_ptr_null(strchr(out, ' ')); /* it stays on one line */
	ck_assert_str_eq(text_break_spaces(out), near[_i].near_sv);
	catalogue_short(LANGUAGE_SV, d, today, out);
	ck_assert_str_eq(text_break_spaces(out), near[_i].short_sv);
	catalogue_short(LANGUAGE_EN, d, today, out);
	ck_assert_str_eq(text_break_spaces(out), near[_i].short_en);
}
END_TEST

static const struct {
	int line;
	const char *from, *until, *sv, *en;
} periods[] = {
	{ __LINE__, "2026-10-08", "2026-10-13", "8–13 oktober 2026", "8–13 October 2026" },
	{ __LINE__, "2026-10-08", "2026-10-08", "8 oktober 2026", "8 October 2026" },
	{ __LINE__, "2026-04-28", "2026-05-03", "28 april – 3 maj 2026", "28 April – 3 May 2026" },
	{ __LINE__, "2026-12-28", "2027-01-03", "28 december 2026 – 3 januari 2027",
	  "28 December 2026 – 3 January 2027" },
};

START_TEST(says_what_a_period_s_days_share_once)
{
	struct civil_date from, until;
	char out[CATALOGUE_PERIOD];

	ck_assert_int_eq(civil_parse(periods[_i].from, &from), 0);
	ck_assert_int_eq(civil_parse(periods[_i].until, &until), 0);
	catalogue_period(LANGUAGE_SV, from, until, out);
	ck_assert_str_eq(text_break_spaces(out), periods[_i].sv);
	catalogue_period(LANGUAGE_EN, from, until, out);
	ck_assert_str_eq(text_break_spaces(out), periods[_i].en);
}
END_TEST

START_TEST(says_numbers_to_twelve_in_words)
{
	char out[CATALOGUE_NUMBER];

	ck_assert_str_eq(catalogue_number(LANGUAGE_SV, 1, out), "en");
	ck_assert_str_eq(catalogue_number(LANGUAGE_SV, 12, out), "tolv");
	ck_assert_str_eq(catalogue_number(LANGUAGE_EN, 12, out), "twelve");
	ck_assert_str_eq(catalogue_number(LANGUAGE_SV, 13, out), "13");
	ck_assert_str_eq(catalogue_number(LANGUAGE_SV, 0, out), "0");
}
END_TEST

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

static const struct {
	int64_t amount;
	const char *sv, *en;
} millions[] = {
	{ 0, "0,0", "0.0" },
	{ 12000000, "12,0", "12.0" },
	{ 6450000, "6,5", "6.5" },
	{ 6449999, "6,4", "6.4" },
	{ -1250000, "\u22121,3", "\u22121.3" },
	{ -49999, "0,0", "0.0" }, /* no minus before nothing */
	{ 50000, "0,1", "0.1" },
	{ INT64_MIN, "\u22129223372036854,8", "\u22129223372036854.8" },
};

START_TEST(says_millions_with_one_decimal)
{
	char out[CATALOGUE_AMOUNT];

	ck_assert_str_eq(catalogue_millions(LANGUAGE_SV, millions[_i].amount, out),
			 millions[_i].sv);
	ck_assert_str_eq(catalogue_millions(LANGUAGE_EN, millions[_i].amount, out),
			 millions[_i].en);
}
END_TEST

START_TEST(has_a_word_for_all_that_rows_say)
{
	for (enum word word = 0; word < WORD_COUNT; word++)
		for (enum language language = 0; language < LANGUAGES; language++)
			ck_assert_ptr_nonnull(catalogue_word(language, word_name(word)));
	for (enum paper_word word = 0; word < PAPER_WORDS; word++)
		for (enum language language = 0; language < LANGUAGES; language++)
			ck_assert_ptr_nonnull(catalogue_paper(language, word));
}
END_TEST

static const struct {
	int line;
	const char *name, *within; /* within a Swedish sentence; NULL: the same */
} names[] = {
	/* bodies and functions are common nouns */
	{ __LINE__, "Regionstyrelsen", "regionstyrelsen" },
	{ __LINE__, "Regionfullmäktige", "regionfullmäktige" },
	{ __LINE__, "Tekniska nämnden", "tekniska nämnden" },
	{ __LINE__, "Barn- och utbildningsnämnden", "barn- och utbildningsnämnden" },
	{ __LINE__, "Hälso- och sjukvårdsnämndens presidium",
	  "hälso- och sjukvårdsnämndens presidium" },
	{ __LINE__, "Ägardirektören", "ägardirektören" },
	{ __LINE__, "Verksamhetschef medicin", "verksamhetschef medicin" },
	{ __LINE__, "Chef läkemedelsenheten", "chef läkemedelsenheten" },
	{ __LINE__, "Regionstyrelsens ordförande", "regionstyrelsens ordförande" },
	/* what follows them may be a name */
	{ __LINE__, "Enhetschef Ekbacken", "enhetschef Ekbacken" },
	{ __LINE__, "Nämndsekreterare Åsa Öström", "nämndsekreterare Åsa Öström" },
	{ __LINE__, "Kommunstyrelsen i Sala", "kommunstyrelsen i Sala" },
	/* names stay, and what isn't known */
	{ __LINE__, "Socialstyrelsen", NULL },
	{ __LINE__, "Statskontoret", NULL },
	{ __LINE__, "Skolverket", NULL },
	{ __LINE__, "Ekerö", NULL },
	{ __LINE__, "Anna", NULL },
	{ __LINE__, "Åsa Öström, nämndsekreterare", NULL },
	{ __LINE__, "HR-direktören", NULL },
	{ __LINE__, "IT-chef", NULL },
	{ __LINE__, "HSN", NULL },
	{ __LINE__, "Region Väst", NULL },
	{ __LINE__, "Stöd och uppföljning, HR", NULL },
	{ __LINE__, "Svensk- och Finlandsnämnden", NULL },
	{ __LINE__, "regionstyrelsen", NULL },
	{ __LINE__, "7 nämnden", NULL },
	{ __LINE__, "–", NULL },
	{ __LINE__, "", NULL },
};

START_TEST(says_names_within_a_sentence)
{
	const char *name = names[_i].name, *within = names[_i].within ? names[_i].within : name;
	char out[200];

	ck_assert_msg(strcmp(catalogue_within(LANGUAGE_SV, name, out, sizeof(out)), within) == 0,
		      "line %d: %s", names[_i].line, out);
	ck_assert_str_eq(catalogue_within(LANGUAGE_EN, name, out, sizeof(out)), name);
}
END_TEST

START_TEST(an_english_article_is_small_within_a_sentence)
{
	static const char *const bodies[][2] = {
		{ "The Audit Committee", "the Audit Committee" },
		{ "Audit Committee", "Audit Committee" },
		{ "Theatre Board", "Theatre Board" },
		{ "The", "The" },
		{ "the Cabinet", "the Cabinet" },
	};
	char out[200];

	for (size_t i = 0; i < UNIT_COUNT(bodies); i++)
		ck_assert_str_eq(catalogue_within(LANGUAGE_EN, bodies[i][0], out, sizeof(out)),
				 bodies[i][1]);
	ck_assert_str_eq(catalogue_within(LANGUAGE_SV, bodies[0][0], out, sizeof(out)),
			 bodies[0][0]);
}
END_TEST

START_TEST(says_a_difference_with_its_sign)
{
	char out[CATALOGUE_AMOUNT];

	ck_assert_str_eq(catalogue_difference(LANGUAGE_SV, 450000, out), "+0,5");
	ck_assert_str_eq(catalogue_difference(LANGUAGE_EN, -450000, out), "\u22120.5");
	ck_assert_str_eq(catalogue_difference(LANGUAGE_SV, 49999, out), "0,0");
	ck_assert_str_eq(catalogue_lowered("Risk för avvikelse (gul)", out, sizeof(out)),
			 "risk för avvikelse (gul)");
	ck_assert_str_eq(catalogue_lowered("OK enligt plan", out, sizeof(out)), "OK enligt plan");
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
	   UNIT(says_days_without_weekday), UNIT(says_ids_of_occurrences_as_people_do),
	   UNIT_ROWS(says_dates_near_by_without_the_year, UNIT_COUNT(near)),
	   UNIT_ROWS(says_what_a_period_s_days_share_once, UNIT_COUNT(periods)),
	   UNIT(says_numbers_to_twelve_in_words), UNIT_ROWS(says_steps_in_words, UNIT_COUNT(steps)),
	   UNIT_ROWS(says_the_how_manieth_time, UNIT_COUNT(times)),
	   UNIT_ROWS(groups_amounts, UNIT_COUNT(amounts)), UNIT(has_a_word_for_every_status),
	   UNIT_ROWS(says_names_within_a_sentence, UNIT_COUNT(names)),
	   UNIT(an_english_article_is_small_within_a_sentence),
	   UNIT(says_a_difference_with_its_sign),
	   UNIT_ROWS(says_millions_with_one_decimal, UNIT_COUNT(millions)),
	   UNIT(has_a_word_for_all_that_rows_say))
