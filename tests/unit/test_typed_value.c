/* SPDX-License-Identifier: Apache-2.0 */
#include "message/typed_value.h"

#include <string.h>

#include "unit.h"

static const struct {
	int line;
	const char *text;
	enum page_fault fault;
	int64_t value;
	bool english; /* the same in both languages when it is not */
} amounts[] = {
	/* As people write it. */
	{ __LINE__, "1250000", FAULT_NONE, 1250000 },
	{ __LINE__, "1 250 000", FAULT_NONE, 1250000 },
	{ __LINE__, "1\u00a0250\u00a0000", FAULT_NONE, 1250000 },
	{ __LINE__, "1\u202f250\u202f000\u00a0kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1\u2009250\u2009000", FAULT_NONE, 1250000 },
	{ __LINE__, "1.250.000", FAULT_NONE, 1250000 },
	{ __LINE__, "1,250,000", FAULT_NONE, 1250000 },
	{ __LINE__, "1'250'000", FAULT_NONE, 1250000 },
	{ __LINE__, "1\u2019250\u2019000", FAULT_NONE, 1250000 },
	{ __LINE__, "1250000 kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1250000kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1 250 000 Kronor", FAULT_NONE, 1250000 },
	{ __LINE__, "SEK 1,250,000", FAULT_NONE, 1250000 },
	{ __LINE__, "1 250 000 SEK", FAULT_NONE, 1250000 },
	{ __LINE__, "1 250 000:-", FAULT_NONE, 1250000 },
	{ __LINE__, "  12\t", FAULT_NONE, 12 },
	{ __LINE__, "0", FAULT_NONE, 0 },
	{ __LINE__, "1.250", FAULT_NONE, 1250 },
	{ __LINE__, "1,250", FAULT_NONE, 1250, true },
	{ __LINE__, "1,250 kr", FAULT_NONE, 1250, true },
	{ __LINE__, "1,25 milj. kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 milj kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 Milj.", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 mn.", FAULT_NONE, 1250000 },
	{ __LINE__, "2 mdr kr", FAULT_NONE, 2000000000 },
	{ __LINE__, "SEK 1.25m", FAULT_NONE, 1250000, true },
	{ __LINE__, "1.25 bn", FAULT_NONE, 1250000000, true },
	{ __LINE__, "2 mdr", FAULT_NONE, 2000000000 },
	{ __LINE__, "1 250 000 kronor.", FAULT_NONE, 1250000 },
	{ __LINE__, "1 250 000.", FAULT_NONE, 1250000 },
	{ __LINE__, "minus 500 000", FAULT_NONE, -500000 },
	{ __LINE__, "Minus 0,5 mnkr", FAULT_NONE, -500000 },
	{ __LINE__, "1250,00", FAULT_NONE, 1250 },
	{ __LINE__, "1.250.000,00 kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,250,000.00", FAULT_NONE, 1250000 },
	/* With a unit. */
	{ __LINE__, "1,25 mnkr", FAULT_NONE, 1250000 },
	{ __LINE__, "1.25 mnkr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 Mkr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 MSEK", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 mn kr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 miljoner kronor", FAULT_NONE, 1250000 },
	{ __LINE__, "1,25 miljoner", FAULT_NONE, 1250000 },
	{ __LINE__, "SEK 1.25 million", FAULT_NONE, 1250000 },
	{ __LINE__, "850 tkr", FAULT_NONE, 850000 },
	{ __LINE__, "850tkr", FAULT_NONE, 850000 },
	{ __LINE__, "850 kkr", FAULT_NONE, 850000 },
	{ __LINE__, "850 tusen kr", FAULT_NONE, 850000 },
	{ __LINE__, "1 250 tkr", FAULT_NONE, 1250000 },
	{ __LINE__, "1,2 mdkr", FAULT_NONE, 1200000000 },
	{ __LINE__, "0,250 mnkr", FAULT_NONE, 250000 },
	{ __LINE__, "1 250,500 tkr", FAULT_NONE, 1250500 },
	{ __LINE__, "1,250000 mnkr", FAULT_NONE, 1250000 },
	/* Below nothing. */
	{ __LINE__, "-3 mnkr", FAULT_NONE, -3000000 },
	{ __LINE__, "\u22123 mnkr", FAULT_NONE, -3000000 },
	{ __LINE__, "\u2013 3 mnkr", FAULT_NONE, -3000000 },
	{ __LINE__, "\u22121 250 000 kr", FAULT_NONE, -1250000 },
	{ __LINE__, "SEK -3,000", FAULT_NONE, -3000, true },
	{ __LINE__, "+3 mnkr", FAULT_NONE, 3000000 },
	/* What can be read in two ways. */
	{ __LINE__, "1,250 mnkr", FAULT_AMOUNT_AMBIGUOUS, 0 },
	{ __LINE__, "1.250 tkr", FAULT_AMOUNT_AMBIGUOUS, 0 },
	{ __LINE__, "1250,000", FAULT_AMOUNT_AMBIGUOUS, 0 },
	{ __LINE__, "1,250", FAULT_AMOUNT_AMBIGUOUS, 0 },
	{ __LINE__, "1,250 kr", FAULT_AMOUNT_AMBIGUOUS, 0 },
	{ __LINE__, "1.250", FAULT_AMOUNT_AMBIGUOUS, 0, true },
	{ __LINE__, "1,250.000", FAULT_AMOUNT_AMBIGUOUS, 0 },
	{ __LINE__, "1 250,000", FAULT_AMOUNT_AMBIGUOUS, 0 },
	/* Less than a krona: often meant as millions. */
	{ __LINE__, "3,5", FAULT_AMOUNT_FRACTION, 0 },
	{ __LINE__, "1250,50", FAULT_AMOUNT_FRACTION, 0 },
	{ __LINE__, "1,2345678 mnkr", FAULT_AMOUNT_FRACTION, 0 },
	/* The bounds that events have. */
	{ __LINE__, "1 000 000 000 000 000", FAULT_NONE, INT64_C(1000000000000000) },
	{ __LINE__, "1 000 000 000 000 001", FAULT_AMOUNT_TOO_LARGE, 0 },
	{ __LINE__, "99999999999999999999999999999999 mdkr", FAULT_AMOUNT_TOO_LARGE, 0 },
	/* No amount. */
	{ __LINE__, "", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "kr", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "-", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "--3", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "ca 3 mnkr", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "3 mnkr per år", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "3-4 mnkr", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "1 25 000", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "1 2500", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "1,250.000,00", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "12,,5", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "1,", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "1e6", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__, "0x10", FAULT_AMOUNT_UNREADABLE, 0 },
	{ __LINE__,
	  "1 250 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 000 kr",
	  FAULT_AMOUNT_UNREADABLE, 0 },
};

START_TEST(reads_amounts_as_people_write_them)
{
	int64_t value = 4711;

	ck_assert_msg(typed_amount(amounts[_i].text,
				   amounts[_i].english ? LANGUAGE_EN : LANGUAGE_SV,
				   &value) == amounts[_i].fault,
		      "line %d: \"%s\"", amounts[_i].line, amounts[_i].text);
	ck_assert_msg(value == (amounts[_i].fault == FAULT_NONE ? amounts[_i].value : 4711),
		      "line %d: \"%s\": %lld", amounts[_i].line, amounts[_i].text,
		      (long long)value);
}
END_TEST

static const struct {
	int line;
	const char *text;
	int value; /* -1: none */
} percents[] = {
	{ __LINE__, "40", 40 },		{ __LINE__, " 40 % ", 40 },
	{ __LINE__, "40%", 40 },	{ __LINE__, "40\u00a0%", 40 },
	{ __LINE__, "40 procent", 40 }, { __LINE__, "40 per cent", 40 },
	{ __LINE__, "0", 0 },		{ __LINE__, "100", 100 },
	{ __LINE__, "101", -1 },	{ __LINE__, "-1", -1 },
	{ __LINE__, "40,5", -1 },	{ __LINE__, "%", -1 },
	{ __LINE__, "", -1 },		{ __LINE__, "99999999999999999999", -1 },
	{ __LINE__, "hälften", -1 },
};

START_TEST(reads_per_cent)
{
	int64_t value = -1;
	enum page_fault fault = typed_percent(percents[_i].text, &value);

	ck_assert_msg(value == percents[_i].value, "line %d", percents[_i].line);
	ck_assert_int_eq(fault, value < 0 ? FAULT_PROGRESS_UNREADABLE : FAULT_NONE);
}
END_TEST

/* Today is Wednesday 13 May 2026. */
static const struct {
	int line;
	const char *text;
	enum page_fault fault;
	const char *date;
	bool english;
} dates[] = {
	{ __LINE__, "2026-05-20", FAULT_NONE, "2026-05-20" },
	{ __LINE__, " 2026-05-20 ", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20260520", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20 maj", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20\u00a0maj", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20 maj 2026", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "den 20 maj", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "onsdagen den 20 maj 2026", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "ons 20 maj", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "Wednesday 20 May", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "May 20, 2026", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20/5", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20/5 2026", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "20/5/2026", FAULT_NONE, "2026-05-20" },
	{ __LINE__, "6/6", FAULT_NONE, "2026-06-06" },
	{ __LINE__, "1 augusti", FAULT_NONE, "2026-08-01" },
	{ __LINE__, "3 okt.", FAULT_NONE, "2026-10-03" },
	{ __LINE__, "13 maj", FAULT_NONE, "2026-05-13" },
	/* Just gone is gone; longer ago is next year. */
	{ __LINE__, "12 maj", FAULT_NONE, "2026-05-12" },
	{ __LINE__, "10 januari", FAULT_NONE, "2027-01-10" },
	{ __LINE__, "29 februari", FAULT_NONE, "2028-02-29" },
	{ __LINE__, "5/6", FAULT_NONE, "2026-06-05" },
	{ __LINE__, "5/6", FAULT_DATE_AMBIGUOUS, NULL, true },
	{ __LINE__, "14:e maj", FAULT_NONE, "2026-05-14" },
	{ __LINE__, "fredag den 22:a maj", FAULT_NONE, "2026-05-22" },
	{ __LINE__, "14th May", FAULT_NONE, "2026-05-14", true },
	{ __LINE__, "14/5-26", FAULT_NONE, "2026-05-14" },
	{ __LINE__, "14/5 -26", FAULT_NONE, "2026-05-14" },
	{ __LINE__, "14/5-2026", FAULT_NONE, "2026-05-14" },
	{ __LINE__, "260514", FAULT_NONE, "2026-05-14" },
	{ __LINE__, "fredag", FAULT_NONE, "2026-05-15" },
	{ __LINE__, "på fredag", FAULT_NONE, "2026-05-15" },
	{ __LINE__, "Wednesday", FAULT_NONE, "2026-05-13", true },
	{ __LINE__, "260532", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "5/13", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "tis 20 maj", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "31 juni", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "0 maj", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "2026-02-30", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "20 maj 26", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "20 5", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "nästa vecka", FAULT_DATE_UNREADABLE, NULL },
	/* Words that only begin as a day's or a month's name. */
	{ __LINE__, "månadsskiftet", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "3 marknader", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "monthly", FAULT_DATE_UNREADABLE, NULL, true },
	{ __LINE__, "onsdagen", FAULT_NONE, "2026-05-13" },
	{ __LINE__, "tors 14 maj", FAULT_NONE, "2026-05-14" },
	{ __LINE__, "3 sept", FAULT_NONE, "2026-09-03" },
	{ __LINE__, "", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "20", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "a b c d e f g h i", FAULT_DATE_UNREADABLE, NULL },
	{ __LINE__, "20 majmajmajmajmajmajmaj", FAULT_DATE_UNREADABLE, NULL },
};

START_TEST(reads_dates_as_people_write_them)
{
	struct civil_date date = CIVIL_NONE;
	char text[CIVIL_TEXT];

	ck_assert_msg(typed_date(dates[_i].text, dates[_i].english ? LANGUAGE_EN : LANGUAGE_SV,
				 civil_from_ymd(2026, 5, 13), &date) == dates[_i].fault,
		      "line %d: \"%s\"", dates[_i].line, dates[_i].text);
	civil_format(date, text);
	ck_assert_msg(strcmp(text, dates[_i].date ? dates[_i].date : "") == 0, "line %d: %s",
		      dates[_i].line, text);
}
END_TEST

static const struct {
	int line;
	const char *text;
	bool lines;
	const char *clean; /* NULL: nothing is left */
	size_t length;
} texts[] = {
	{ __LINE__, "Två rader\r\ntill", true, "Två rader\ntill", 14 },
	{ __LINE__, "Två rader\r\ntill", false, "Två rader till", 15 },
	{ __LINE__, " \r\n Inget\t \r\n\r\n", true, "Inget", 5 },
	{ __LINE__, "  \r\n\t ", true, NULL, 0 },
	{ __LINE__, "Word\vs radbrytning", true, "Word\ns radbrytning", 18 },
	{ __LINE__, "a\u2028b", true, "a\nb", 3 },
	{ __LINE__,
	  "kl\x07"
	  "ang\x7f",
	  true, "klang", 5 },
	{ __LINE__,
	  "RS/\u202a"
	  "1019\u202c/2026",
	  false, "RS/1019/2026", 12 },
	{ __LINE__, "a\tb", false, "a b", 3 },
};

START_TEST(makes_texts_clean_and_loses_nothing_else)
{
	char *text = NULL;
	size_t length;

	ck_assert_int_eq(typed_text(texts[_i].text, texts[_i].lines, &text, &length), 0);
	ck_assert_msg(texts[_i].clean ? text && strcmp(text, texts[_i].clean) == 0 : !text,
		      "line %d: %s", texts[_i].line, text);
	ck_assert_msg(length == texts[_i].length, "line %d: %zu", texts[_i].line, length);
	free(text);
}
END_TEST

UNIT_TESTS("message/typed_value",
	   UNIT_ROWS(reads_amounts_as_people_write_them, UNIT_COUNT(amounts)),
	   UNIT_ROWS(reads_per_cent, UNIT_COUNT(percents)),
	   UNIT_ROWS(reads_dates_as_people_write_them, UNIT_COUNT(dates)),
	   UNIT_ROWS(makes_texts_clean_and_loses_nothing_else, UNIT_COUNT(texts)))
