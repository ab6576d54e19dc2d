/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

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

/* So many months from this one on. */
static void add_part(struct day *day, int year, int month, int count)
{
	add(day, DAY_YMD, year, month, 1);
	day->months = day->count ? count : 0;
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

/* "31/12 2026", "31/12-2026", "31/12 -26": as Swedes write it, with the year apart; nobody puts the month
 * first then. */
static bool read_year_apart(const char *cell, struct day *ret)
{
	int number, month, n = 0;
	const char *year;
	char sign;

	if (sscanf(cell, "%2d%c%2d%n", &number, &sign, &month, &n) != 3 || !strchr("/.", sign))
		return false;
	year = cell + n + strspn(cell + n, " -");
	if (year == cell + n || strspn(year, "0123456789") != strlen(year) ||
	    (strlen(year) != 2 && strlen(year) != 4))
		return false;
	ret->two_digits = strlen(year) == 2;
	add(ret, DAY_DMY, atoi(year), month, number);
	ret->assumed = number <= 12 && number != month;
	return true;
}

/* Four digits that end there are a year; 0: they are none. What is behind them, and behind what stands between
 * them and the next, goes to ret_next. */
static int take_year(const char *at, const char **ret_next)
{
	if (strspn(at, "0123456789") != 4 || *at == '0')
		return 0;
	*ret_next = at + 4 + strspn(at + 4, "-/, ");
	return atoi(at);
}

/* A part of the year: "Q2 2027", "kv 2, 2027", "2027-Q2", "tertial 2 2027"; "12/2027", too. */
static bool read_part(const char *cell, struct day *ret)
{
	static const struct {
		const char *word;
		int months;
	} parts[] = { { "q", 3 },	{ "kv", 3 }, { "kvartal", 3 },
		      { "quarter", 3 }, { "t", 4 },  { "tertial", 4 } };
	const char *at = cell, *word;
	int year, number = 0, n = 0;
	size_t length;

	if (sscanf(cell, "%2d/%n", &number, &n) == 1 && n && (year = take_year(cell + n, &at)) &&
	    !*at) {
		add_part(ret, year, number, 1);
		return true;
	}
	year = take_year(cell, &at);
	word = at;
	length = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
	at += length;
	at += strspn(at, ". ");
	number = *at >= '1' && *at <= '9' ? *at++ - '0' : 0;
	if (!year)
		year = take_year(at + strspn(at, "-/, "), &at);
	for (size_t i = 0; number && year && !*at && i < sizeof(parts) / sizeof(*parts); i++)
		if (strlen(parts[i].word) == length &&
		    strncasecmp(parts[i].word, word, length) == 0) {
			add_part(ret, year, (number - 1) * parts[i].months + 1, parts[i].months);
			return true;
		}
	return false;
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
	if (sscanf(cell, "%2d%*1[. ]%15[A-Za-z]%*1[. ]%4d%n", &number, word, &year, &n) == 3 && n &&
	    !cell[n] && month_number(word) && year >= 1000) {
		add(ret, DAY_DMY, year, month_number(word), number);
	} else if (sscanf(cell, "%15[A-Za-z] %4d%n", word, &year, &n) == 2 && n && !cell[n] &&
		   month_number(word) && year >= 1000) {
		add_part(ret, year, month_number(word), 1);
	}
}

void day_read(const char *cell, struct day *ret)
{
	char text[11];
	int year, month;

	*ret = (struct day){ 0 };
	cell += strncasecmp(cell, "den ", 4) == 0 ? 4 : 0;
	/* A time of day behind it is the spreadsheet's midnight. */
	if (strlen(cell) > 10 && strspn(cell + 10, " T0:") == strlen(cell + 10)) {
		memcpy(text, cell, 10);
		text[10] = '\0';
		cell = text;
	}
	if (civil_parse_month(cell, &year, &month) == 0) {
		add_part(ret, year, month, 1);
	} else if (!read_numbers(cell, ret) && !read_digits(cell, ret) &&
		   !read_year_apart(cell, ret) && !read_part(cell, ret)) {
		read_words(cell, ret);
	}
}

void day_see(const struct day *day, struct day_style *style)
{
	if (day->count == 1 && !day->months && !day->silent)
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

struct civil_date day_last(const struct day *day)
{
	int year, month, number;

	civil_to_ymd(day->dates[0], &year, &month, &number);
	if (!day->months)
		return day->dates[0];
	month += day->months - 1; /* none goes beyond its year */
	return civil_from_ymd(year, month, civil_month_days(year, month));
}

struct civil_date day_today(void)
{
	const time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return civil_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}
