/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every holiday is one row: a fixed date, a day counted from Easter, or a weekday within the seven
 * days from a date. The first row that fits says what the day is, so public holidays come first.
 */
#include "plan/holiday.h"

enum rule { FIXED, EASTER, WEEKDAY };

static const struct {
	enum holiday kind;
	enum rule rule;
	int month, day; /* FIXED: the date; WEEKDAY: the first of its seven days */
	int number;	/* EASTER: days after Easter Day; WEEKDAY: which */
} rows[] = {
	{ HOLIDAY_PUBLIC, FIXED, 1, 1, 0 },	       /* New Year's Day */
	{ HOLIDAY_PUBLIC, FIXED, 1, 6, 0 },	       /* Epiphany */
	{ HOLIDAY_PUBLIC, EASTER, 0, 0, -2 },	       /* Good Friday */
	{ HOLIDAY_PUBLIC, EASTER, 0, 0, 0 },	       /* Easter Day */
	{ HOLIDAY_PUBLIC, EASTER, 0, 0, 1 },	       /* Easter Monday */
	{ HOLIDAY_PUBLIC, FIXED, 5, 1, 0 },	       /* May Day */
	{ HOLIDAY_PUBLIC, EASTER, 0, 0, 39 },	       /* Ascension Day */
	{ HOLIDAY_PUBLIC, EASTER, 0, 0, 49 },	       /* Whit Sunday */
	{ HOLIDAY_PUBLIC, FIXED, 6, 6, 0 },	       /* National Day */
	{ HOLIDAY_PUBLIC, WEEKDAY, 6, 20, SATURDAY },  /* Midsummer Day */
	{ HOLIDAY_PUBLIC, WEEKDAY, 10, 31, SATURDAY }, /* All Saints' Day */
	{ HOLIDAY_PUBLIC, FIXED, 12, 25, 0 },	       /* Christmas Day */
	{ HOLIDAY_PUBLIC, FIXED, 12, 26, 0 },	       /* Boxing Day */
	{ HOLIDAY_EVE, WEEKDAY, 6, 19, FRIDAY },       /* Midsummer Eve */
	{ HOLIDAY_EVE, FIXED, 12, 24, 0 },	       /* Christmas Eve */
	{ HOLIDAY_EVE, FIXED, 12, 31, 0 },	       /* New Year's Eve */
	{ HOLIDAY_HALF, FIXED, 1, 5, 0 },	       /* the eve of Epiphany */
	{ HOLIDAY_HALF, EASTER, 0, 0, -3 },	       /* Maundy Thursday */
	{ HOLIDAY_HALF, FIXED, 4, 30, 0 },	       /* Walpurgis Eve */
	{ HOLIDAY_HALF, WEEKDAY, 10, 30, FRIDAY },     /* the eve of All Saints */
};
#define ROWS ((int)(sizeof(rows) / sizeof(rows[0])))

/* The anonymous Gregorian computus (Nature, 20 April 1876). */
struct civil_date holiday_easter(int year)
{
	int golden = year % 19, century = year / 100, of_century = year % 100;
	int skipped = (century + 8) / 25, moon = (century - skipped + 1) / 3;
	int epact = (19 * golden + century - century / 4 - moon + 15) % 30;
	int sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
	int late = (golden + 11 * epact + 22 * sunday) / 451;
	int days = epact + sunday - 7 * late + 114;

	return civil_from_ymd(year, days / 31, days % 31 + 1);
}

/* The day of a row in a year. */
static struct civil_date day_of(int row, int year)
{
	struct civil_date d;

	if (rows[row].rule == EASTER)
		return civil_add(holiday_easter(year), rows[row].number);
	d = civil_from_ymd(year, rows[row].month, rows[row].day);
	if (rows[row].rule == FIXED)
		return d;
	return civil_add(d, (rows[row].number - (int)civil_weekday(d) + 7) % 7);
}

void holiday_year(int year, enum holiday kinds[HOLIDAY_DAYS])
{
	int first = civil_from_ymd(year, 1, 1).day;

	for (int i = 0; i < HOLIDAY_DAYS; i++)
		kinds[i] = HOLIDAY_NONE;
	for (int i = ROWS - 1; i >= 0; i--) /* so the first row has the last word */
		kinds[day_of(i, year).day - first] = rows[i].kind;
}
