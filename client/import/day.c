/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The first three letters tell the months apart, in both languages but for May and October. */
static const char *const months[][2] = {
	{ "jan", "jan" }, { "feb", "feb" }, { "mar", "mar" }, { "apr", "apr" },
	{ "maj", "may" }, { "jun", "jun" }, { "jul", "jul" }, { "aug", "aug" },
	{ "sep", "sep" }, { "okt", "oct" }, { "nov", "nov" }, { "dec", "dec" },
};
static const char *const month_names[][2] = {
	{ "januari", "january" }, { "februari", "february" }, { "mars", "march" },
	{ "april", "april" },	  { "maj", "may" },	      { "juni", "june" },
	{ "juli", "july" },	  { "augusti", "august" },    { "september", "september" },
	{ "oktober", "october" }, { "november", "november" }, { "december", "december" },
};

/* 1 to 12; 0 when the word is no month. */
static int month_number(const char *word)
{
	for (int i = 0; i < 12; i++)
		for (int language = 0; language < 2; language++)
			if (strcasecmp(word, months[i][language]) == 0 ||
			    strcasecmp(word, month_names[i][language]) == 0)
				return i + 1;
	return strcasecmp(word, "sept") == 0 ? 9 : 0;
}

static void add(struct day *day, enum day_order order, int year, int month, int number)
{
	char text[40];
	struct civil_date date;

	if (day->two_digits)
		year += 2000;
	snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, number);
	if (civil_parse(text, &date) < 0)
		return;
	for (int i = 0; i < day->count; i++)
		if (civil_equal(day->dates[i], date)) {
			day->silent = true;
			return;
		}
	day->dates[day->count] = date;
	day->orders[day->count++] = order;
}

/* "31/12/2026", "2026-12-31", "31.12.26": three numbers with one sign between them. */
static bool read_numbers(const char *cell, struct day *ret)
{
	int at[3], lengths[3], n = 0;
	char sign, again;

	if (sscanf(cell, "%4d%c%2d%c%4d%n", &at[0], &sign, &at[1], &again, &at[2], &n) != 5 ||
	    cell[n] || sign != again || !strchr("-/.", sign))
		return false;
	lengths[0] = (int)(strchr(cell, sign) - cell);
	lengths[2] = (int)strlen(strrchr(cell, sign) + 1);
	lengths[1] = n - lengths[0] - lengths[2] - 2;
	if (strspn(cell, "0123456789-/.") != strlen(cell) || lengths[1] > 2)
		return false;
	if (lengths[0] == 4 && lengths[2] <= 2) {
		add(ret, DAY_YMD, at[0], at[1], at[2]);
		return true;
	}
	if (lengths[0] > 2 || (lengths[2] != 4 && lengths[2] != 2))
		return false;
	ret->two_digits = lengths[2] == 2;
	/* As Swedes shorten it, 26-12-31; but so do others the other way round. */
	if (sign == '-' && ret->two_digits && lengths[0] == 2)
		add(ret, DAY_YMD, at[0], at[1], at[2]);
	add(ret, DAY_DMY, at[2], at[1], at[0]);
	if (sign != '.') /* with points it is the European order */
		add(ret, DAY_MDY, at[2], at[0], at[1]);
	return true;
}

/* "20261231" */
static bool read_digits(const char *cell, struct day *ret)
{
	int year, month, day;

	if (strlen(cell) != 8 || strspn(cell, "0123456789") != 8 ||
	    sscanf(cell, "%4d%2d%2d", &year, &month, &day) != 3)
		return false;
	add(ret, DAY_YMD, year, month, day);
	return true;
}

/* "31 december 2026", "den 31 dec 2026", "december 2026", "dec-26" is no date. */
static void read_words(const char *cell, struct day *ret)
{
	char word[16];
	int number, year, n = 0;

	ret->silent = true;
	cell += strncasecmp(cell, "den ", 4) == 0 ? 4 : 0;
	if (sscanf(cell, "%2d%*1[. ]%15[A-Za-z]%*1[. ]%4d%n", &number, word, &year, &n) == 3 && n &&
	    !cell[n] && month_number(word) && year >= 1000) {
		add(ret, DAY_DMY, year, month_number(word), number);
	} else if (sscanf(cell, "%15[A-Za-z] %4d%n", word, &year, &n) == 2 && n && !cell[n] &&
		   month_number(word) && year >= 1000) {
		add(ret, DAY_YMD, year, month_number(word), 1);
		ret->month = true;
	}
}

void day_read(const char *cell, struct day *ret)
{
	char text[11];
	int year, month;

	*ret = (struct day){ 0 };
	/* A time of day behind it is the spreadsheet's midnight. */
	if (strlen(cell) > 10 && strspn(cell + 10, " T0:") == strlen(cell + 10)) {
		memcpy(text, cell, 10);
		text[10] = '\0';
		cell = text;
	}
	if (civil_parse_month(cell, &year, &month) == 0) {
		ret->month = true;
		add(ret, DAY_YMD, year, month, 1);
	} else if (!read_numbers(cell, ret) && !read_digits(cell, ret)) {
		read_words(cell, ret);
	}
}

void day_see(const struct day *day, struct day_style *style)
{
	if (day->count == 1 && !day->month && !day->silent)
		style->seen[day->orders[0]] = true;
}

void day_choose(struct day *day, const struct day_style *style)
{
	int found = -1;

	for (int i = 0; day->count > 1 && i < day->count; i++)
		if (style->seen[day->orders[i]]) {
			if (found >= 0)
				return;
			found = i;
		}
	if (found >= 0) {
		day->dates[0] = day->dates[found];
		day->orders[0] = day->orders[found];
		day->count = 1;
	}
}

struct civil_date day_month_end(struct civil_date date)
{
	int year, month, day;

	civil_to_ymd(date, &year, &month, &day);
	return civil_from_ymd(year, month, civil_month_days(year, month));
}
