/* SPDX-License-Identifier: Apache-2.0 */
/* What automatic replies say of when somebody is back: of a Tuesday, 12 May 2026. */
#include "engine/inquiry/away_until.h"
#include "tests/unit/unit.h"

static const struct {
	int line;
	const char *text, *until; /* "": it does not say so */
} rows[] = {
	/* Swedish */
	{ __LINE__, "Jag är ledig till och med 15 juni.", "2026-06-15" },
	{ __LINE__, "Tack för ditt mejl! Jag är på semester t.o.m. 2026-06-15.", "2026-06-15" },
	{ __LINE__, "Jag är ledig T o m måndagen den 15 juni och läser inte mejl", "2026-06-15" },
	{ __LINE__, "Tjänstledig tom 15/6", "2026-06-15" },
	{ __LINE__, "Jag är åter måndag 15 juni.", "2026-06-14" },
	{ __LINE__, "Åter på kontoret den 15:e juni 2026", "2026-06-14" },
	{ __LINE__, "Föräldraledig till och med den 3 januari", "2027-01-03" },
	{ __LINE__, "Jag är tillbaka i tjänst 13 maj", "2026-05-12" },
	/* English */
	{ __LINE__, "I am out of the office through June 15, 2026.", "2026-06-15" },
	{ __LINE__, "Away up to and including 15 June", "2026-06-15" },
	{ __LINE__, "I will be back in the office on Monday 15 June.", "2026-06-14" },
	{ __LINE__, "I return to work on June 15th", "2026-06-14" },
	{ __LINE__, "I am away through the 15th June", "2026-06-15" },
	{ __LINE__, "JAG ÄR ÅTER MÅNDAG DEN 15 JUNI", "2026-06-14" },
	/* the same twice */
	{ __LINE__, "Ledig till och med 14 juni. Away through June 14. Åter 15 juni.",
	  "2026-06-14" },
	/* what may be mistaken */
	{ __LINE__, "Jag är ledig till 15 juni.", "" },
	{ __LINE__, "I am away until June 15.", "" },
	{ __LINE__, "I am back on 6/5.", "" },
	{ __LINE__, "Ledig till och med 15 juni, Bo är åter 20 maj", "" },
	{ __LINE__, "Åter måndag 16 juni", "" }, /* which is a Tuesday */
	{ __LINE__, "Jag var ledig till och med 2026-04-30", "" },
	{ __LINE__, "Jag är åter 4 maj.", "" }, /* it was not turned off */
	{ __LINE__, "Tjänstledig tom 12/2", "" },
	{ __LINE__, "Tjänstledig tom 10/2", "2027-02-10" },
	{ __LINE__, "Jag är ledig till och med 30 februari", "" },
	{ __LINE__, "Ledig till och med 2028-01-01", "" },
	{ __LINE__, "Kontoret är stängt till och med vecka 25", "" },
	{ __LINE__, "Tack, jag återkommer 15 juni", "" },
	{ __LINE__, "Ledig till och med mitten av juni", "" },
	{ __LINE__, "Ledig till och med slutet juni", "" },
	{ __LINE__, "Away through June sometime", "" },
	/* what is no day */
	{ __LINE__, "Ledig till och med 32 juli", "" },
	{ __LINE__, "Ledig till och med 0 juni", "" },
	{ __LINE__, "Ledig till och med -5 juni", "" },
	{ __LINE__, "Ledig till och med 15b juni", "" },
	{ __LINE__, "Ledig till och med 15 juni 1626", "" },
	{ __LINE__, "Ledig till och med 15 juni 2626", "" },
	{ __LINE__, "Tjänstledig tom 15/13", "" },
	{ __LINE__, "Tjänstledig tom 15/0", "" },
	{ __LINE__, "Tjänstledig tom 0/6", "" },
	{ __LINE__, "Tjänstledig tom 31/6", "" },
	{ __LINE__, "Tjänstledig tom 15/6-26", "" },
	{ __LINE__, "Tjänstledig tom v/25", "" },
	{ __LINE__, "", "" },
};

START_TEST(an_end_that_can_not_be_mistaken)
{
	const struct civil_date today = civil_from_ymd(2026, 5, 12);
	char until[CIVIL_TEXT];

	civil_format(away_until(rows[_i].text, today), until);
	ck_assert_msg(strcmp(until, rows[_i].until) == 0, "line %d: %s", rows[_i].line, until);
}
END_TEST

START_TEST(a_day_of_last_year_is_past)
{
	const struct civil_date today = civil_from_ymd(2027, 1, 11);
	char until[CIVIL_TEXT];

	ck_assert(civil_is_none(away_until("Åter 20 december", today)));
	civil_format(away_until("Ledig till och med 20 januari", today), until);
	ck_assert_str_eq(until, "2027-01-20");
}
END_TEST

START_TEST(a_text_of_many_and_long_words_is_read_as_far_as_it_goes)
{
	static char text[200000];

	memset(text, 'x', sizeof(text) - 1);
	ck_assert(civil_is_none(away_until(text, civil_from_ymd(2026, 5, 12))));
	for (size_t i = 1; i < sizeof(text) - 1; i += 2)
		text[i] = ' ';
	ck_assert(civil_is_none(away_until(text, civil_from_ymd(2026, 5, 12))));
}
END_TEST

UNIT_TESTS("engine/inquiry/away_until",
	   UNIT_ROWS(an_end_that_can_not_be_mistaken, UNIT_COUNT(rows)),
	   UNIT(a_day_of_last_year_is_past),
	   UNIT(a_text_of_many_and_long_words_is_read_as_far_as_it_goes))
