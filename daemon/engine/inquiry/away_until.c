/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text is taken apart into words. Where words stand that lead to a day, and a day follows, that is an end; two ends
 * that differ are none, since one of them may be somebody else's.
 */
#include "engine/inquiry/away_until.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 1500
#define WORD_MAX 24
#define AHEAD_MAX 366 /* days */
#define PAST_DAYS 90  /* that a day without its year may lie back and be meant */

struct words {
	char list[WORDS_MAX][WORD_MAX];
	size_t count;
};

/* The beginnings of names in both languages: in the order of the months, of the weekdays. */
static const char *const months[12][2] = {
	{ "jan", "jan" }, { "feb", "feb" }, { "mar", "mar" }, { "apr", "apr" },
	{ "maj", "may" }, { "jun", "jun" }, { "jul", "jul" }, { "aug", "aug" },
	{ "sep", "sep" }, { "okt", "oct" }, { "nov", "nov" }, { "dec", "dec" },
};
static const char *const weekdays[7][2] = {
	{ "månd", "mon" }, { "tisd", "tue" }, { "onsd", "wed" }, { "torsd", "thu" },
	{ "fred", "fri" }, { "lörd", "sat" }, { "sönd", "sun" },
};
/* What leads to a day. The last one is that day itself, or the one before it: of one who is back on it. */
static const struct lead {
	const char *words[4];
	bool back;
	bool swedish; /* 16/6 is 16 June */
} leads[] = {
	{ { "till", "och", "med" }, false, true },
	{ { "t", "o", "m" }, false, true },
	{ { "tom" }, false, true },
	{ { "until", "and", "including" }, false, false },
	{ { "up", "to", "and", "including" }, false, false },
	{ { "through" }, false, false },
	{ { "åter" }, true, true },
	{ { "tillbaka" }, true, true },
	{ { "back" }, true, false },
	{ { "return" }, true, false },
	{ { "returning" }, true, false },
};
/* What may stand between being back and the day. */
static const char *const fillers[] = {
	"på",  "kontoret", "i",	 "tjänst", "arbetet", "jobbet", "plats", "igen", "den",	  "in",
	"the", "office",   "to", "work",   "on",      "at",	"my",	 "desk", "again",
};

/* ---- words ---------------------------------------------------------------------------------------- */

static bool separates(char c)
{
	return strchr(" \t\r\n,;!?()<>\"*", c) != NULL;
}

/* In lower case, without dots: "T.o.m." is "tom", "15." is "15". A longer word is none that is looked for. */
static void add_word(struct words *w, const char *at, size_t length)
{
	char *to = w->list[w->count];
	size_t n = 0;

	for (size_t i = 0; i < length && n + 1 < WORD_MAX; i++) {
		unsigned char c = (unsigned char)at[i];

		if (c == '.')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c + 'a' - 'A');
		else if (i > 0 && (unsigned char)at[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e)
			c = (unsigned char)(c + 0x20); /* À to Þ */
		to[n++] = (char)c;
	}
	to[n] = '\0';
	w->count += n > 0;
}

static void split(const char *text, struct words *w)
{
	w->count = 0;
	while (*text && w->count < WORDS_MAX) {
		size_t length = 0;

		while (text[length] && !separates(text[length]))
			length++;
		add_word(w, text, length);
		text += length + (text[length] != '\0');
	}
}

static const char *word(const struct words *w, size_t i)
{
	return i < w->count ? w->list[i] : "";
}

static int find(const char *name, const char *const (*pairs)[2], int count)
{
	for (int i = 0; i < count; i++)
		for (int k = 0; k < 2; k++)
			if (strncmp(name, pairs[i][k], strlen(pairs[i][k])) == 0)
				return i;
	return count;
}

static bool is_filler(const char *name)
{
	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (strcmp(name, fillers[i]) == 0)
			return true;
	return false;
}

/* ---- a day ---------------------------------------------------------------------------------------- */

/* "15", "15:e", "15th"; 0: it is no day. */
static int day_number(const char *name)
{
	static const char *const ends[] = { "", ":e", ":a", "st", "nd", "rd", "th" };
	char *end;
	const long n = strtol(name, &end, 10);

	if (name[0] < '0' || name[0] > '9' || n < 1 || n > 31)
		return 0;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcmp(end, ends[i]) == 0)
			return (int)n;
	return 0;
}

static int year_number(const char *name)
{
	return strlen(name) == 4 && strspn(name, "0123456789") == 4 ? atoi(name) : 0;
}

static struct civil_date from_numbers(int year, int month, int day)
{
	if (year < 1900 || year > 2199 || day > civil_month_days(year, month))
		return CIVIL_NONE;
	return civil_from_ymd(year, month, day);
}

/*
 * Its year is given, or the one in which it comes next. One that is past, and not for long, is of an answer that was not
 * turned off: it is none, and not the day a year on.
 */
static struct civil_date make(int year, int month, int day, struct civil_date today)
{
	const struct civil_date since = civil_add(today, -PAST_DAYS);
	int y, m, d;

	if (year)
		return from_numbers(year, month, day);
	civil_to_ymd(today, &y, &m, &d);
	for (year = y - 1; year <= y + 1; year++) {
		const struct civil_date date = from_numbers(year, month, day);

		if (civil_is_none(date) || civil_compare(date, since) < 0)
			continue;
		return civil_compare(date, today) < 0 ? CIVIL_NONE : date;
	}
	return CIVIL_NONE;
}

/* The day that stands at i, or CIVIL_NONE. */
static struct civil_date day_at(const struct words *w, size_t i, bool swedish,
				struct civil_date today)
{
	const int first = find(word(w, i), months, 12), second = find(word(w, i + 1), months, 12);
	const char *slash = strchr(word(w, i), '/');
	struct civil_date date;

	if (civil_parse(word(w, i), &date) == 0)
		return date;
	if (first < 12 && day_number(word(w, i + 1)))
		return make(year_number(word(w, i + 2)), first + 1, day_number(word(w, i + 1)),
			    today);
	if (second < 12 && day_number(word(w, i)))
		return make(year_number(word(w, i + 2)), second + 1, day_number(word(w, i)), today);
	if (swedish && slash) {
		int day, month, used = 0;

		if (sscanf(word(w, i), "%2d/%2d%n", &day, &month, &used) == 2 &&
		    !word(w, i)[used] && day >= 1 && month >= 1 && month <= 12)
			return make(0, month, day, today);
	}
	return CIVIL_NONE;
}

/* Is it at i? How many words it has, or 0. */
static size_t leads_at(const struct words *w, size_t i, const struct lead *lead)
{
	size_t n = 0;

	while (n < 4 && lead->words[n]) {
		if (strcmp(word(w, i + n), lead->words[n]) != 0)
			return 0;
		n++;
	}
	return n;
}

/* The last day away that the lead at i leads to; *ret_wrong: its weekday is another. */
static struct civil_date end_after(const struct words *w, size_t i, const struct lead *lead,
				   struct civil_date today, bool *ret_wrong)
{
	struct civil_date date;
	int weekday;

	while (is_filler(word(w, i)) && (lead->back || strcmp(word(w, i), "den") == 0))
		i++;
	weekday = find(word(w, i), weekdays, 7);
	i += weekday < 7;
	while (strcmp(word(w, i), "den") == 0 || strcmp(word(w, i), "the") == 0)
		i++;
	date = day_at(w, i, lead->swedish, today);
	if (civil_is_none(date))
		return date;
	*ret_wrong |= weekday < 7 && civil_weekday(date) != (enum weekday)weekday;
	return lead->back ? civil_add(date, -1) : date;
}

static struct civil_date find_end(const struct words *w, struct civil_date today)
{
	struct civil_date end = CIVIL_NONE;
	bool wrong = false;

	for (size_t i = 0; i < w->count; i++)
		for (size_t k = 0; k < sizeof(leads) / sizeof(leads[0]); k++) {
			const size_t n = leads_at(w, i, &leads[k]);
			const struct civil_date one =
				n ? end_after(w, i + n, &leads[k], today, &wrong) : CIVIL_NONE;

			if (civil_is_none(one))
				continue;
			wrong |= !civil_is_none(end) && !civil_equal(end, one);
			end = one;
		}
	return wrong || civil_is_none(end) || civil_compare(end, today) < 0 ||
			       civil_compare(end, civil_add(today, AHEAD_MAX)) > 0
		       ? CIVIL_NONE
		       : end;
}

struct civil_date away_until(const char *text, struct civil_date today)
{
	struct words *w = malloc(sizeof(*w));
	struct civil_date end = CIVIL_NONE;

	if (w) {
		split(text, w);
		end = find_end(w, today);
	}
	free(w);
	return end;
}
