/* SPDX-License-Identifier: Apache-2.0 */
/* Swedish public holidays: lag (1989:253) om allmänna helgdagar, and what is closed like them. */
#pragma once
#include <stdbool.h>

#include "protocol/civil.h"

enum holiday {
	HOLIDAY_NONE,
	HOLIDAY_PUBLIC, /* a public holiday other than an ordinary Sunday */
	HOLIDAY_EVE,	/* Midsummer Eve, Christmas Eve, New Year's Eve: closed like a holiday */
	HOLIDAY_HALF, /* shortened by custom: 5 Jan, Maundy Thursday, 30 April, Friday before All Saints */
};

/* Easter Day of a year (Gregorian computus, 1583-). */
struct civil_date holiday_easter(int year);
/* What kind each day of a year is, from 1 January on, ordinary Sundays not counted. Years 2005-2100. */
#define HOLIDAY_DAYS 366
void holiday_year(int year, enum holiday kinds[HOLIDAY_DAYS]);
