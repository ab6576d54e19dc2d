/* SPDX-License-Identifier: Apache-2.0 */
/* A date is taken apart into words and numbers; which of the few orders they stand in decides the rest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/typed_value.h"
#include "protocol/text.h"

#define WORDS_MAX 6
#define WORD_MAX 16
#define TEXT_MAX (WORDS_MAX * WORD_MAX)
#define PAST_DAYS 90 /* that a date without a year may lie back */

struct words {
	char list[WORDS_MAX][WORD_MAX];
	size_t count;
	bool slash;	/* between the numbers */
	bool day_first; /* 5/6 is 5 June */
};

/* The months' names in both languages, and the weekdays'. */
static const char *const months[12][2] = {
	{ "januari", "january" }, { "februari", "february" }, { "mars", "march" },
	{ "april", "april" },	  { "maj", "may" },	      { "juni", "june" },
	{ "juli", "july" },	  { "augusti", "august" },    { "september", "september" },
	{ "oktober", "october" }, { "november", "november" }, { "december", "december" },
};
static const char *const weekdays[7][2] = {
	{ "måndag", "monday" },	   { "tisdag", "tuesday" }, { "onsdag", "wednesday" },
	{ "torsdag", "thursday" }, { "fredag", "friday" },  { "lördag", "saturday" },
	{ "söndag", "sunday" },
};

/* The name, its beginning from three letters on, or "onsdagen". */
static bool is_name(const char *word, const char *name)
{
	const size_t length = strlen(word), whole = strlen(name);
	const size_t shortest = (unsigned char)name[1] >= 0x80 ? 4 : 3; /* "mån" has a byte more */

	if (length < shortest || strncmp(word, name, length < whole ? length : whole) != 0)
		return false;
	return length <= whole || strcmp(word + whole, "en") == 0;
}

/* Which row of pairs the word names; count when none. */
static int find(const char *word, const char *const (*pairs)[2], int count)
{
	for (int i = 0; i < count; i++)
		for (int k = 0; k < 2; k++)
			if (is_name(word, pairs[i][k]))
				return i;
	return count;
}

static bool is_number(const char *word)
{
	return word[0] && !word[strspn(word, "0123456789")];
}

/* The characters of a word, in lower case; 0: it is a separator. */
static char lower(char ch)
{
	if (ch >= 'A' && ch <= 'Z')
		return (char)(ch + ('a' - 'A'));
	return strchr(" \t\r\n.,/", ch) ? '\0' : ch;
}

/* False: there is more than a date could have. Å and its like are kept as they are: names have them inside. */
static bool split(const char *text, struct words *ret)
{
	size_t length = 0;

	memset(ret, 0, sizeof(*ret));
	for (;; text++) {
		const bool nbsp = strncmp(text, "\u00a0", 2) == 0;
		const char ch = nbsp ? '\0' : lower(*text);

		if (ch) {
			if (ret->count == WORDS_MAX || length + 1 == WORD_MAX)
				return false;
			ret->list[ret->count][length++] = ch;
			continue;
		}
		ret->slash |= *text == '/';
		ret->count += length > 0;
		length = 0;
		if (!*text)
			return true;
		text += nbsp;
	}
}

static void drop_first(struct words *w)
{
	memmove(w->list, w->list + 1, sizeof(w->list) - sizeof(w->list[0]));
	w->count--;
}

/* Day, month and year as numbers; 0: not given. */
struct parts {
	int day, month, year;
};

/* "14:e", "22:a", "14th" without their ends. */
static void drop_ordinal(char word[static WORD_MAX])
{
	static const char *const ends[] = { ":e", ":a", "st", "nd", "rd", "th" };
	const size_t digits = strspn(word, "0123456789");

	for (size_t i = 0; digits && i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcmp(word + digits, ends[i]) == 0)
			word[digits] = '\0';
}

static bool number_of(const char *word, size_t digits, int *ret)
{
	if (!is_number(word) || strlen(word) > digits)
		return false;
	*ret = atoi(word);
	return *ret > 0;
}

/* "13 maj", "may 13". */
static bool named(const struct words *w, struct parts *ret)
{
	int first = find(w->list[0], months, 12), second = find(w->list[1], months, 12);

	if (first == 12 && second == 12)
		return false;
	ret->month = (first < 12 ? first : second) + 1;
	return number_of(w->list[first < 12 ? 1 : 0], 2, &ret->day);
}

/* "2026", and after a slash "-26". */
static bool year_of(const struct words *w, int *ret)
{
	const char *word = w->list[2];

	if (w->slash && word[0] == '-') {
		word++;
		if (strlen(word) == 2 && number_of(word, 2, ret)) {
			*ret += 2000;
			return true;
		}
	}
	return strlen(word) == 4 && number_of(word, 4, ret);
}

static enum page_fault take_parts(const struct words *w, struct parts *ret)
{
	*ret = (struct parts){ 0 };
	if (w->count < 2 || w->count > 3 || (w->count == 3 && !year_of(w, &ret->year)))
		return FAULT_DATE_UNREADABLE;
	if (named(w, ret))
		return FAULT_NONE;
	if (!w->slash || !number_of(w->list[0], 2, &ret->day) ||
	    !number_of(w->list[1], 2, &ret->month))
		return FAULT_DATE_UNREADABLE;
	if (!w->day_first && ret->day <= 12 && ret->month <= 12 && ret->day != ret->month)
		return FAULT_DATE_AMBIGUOUS;
	return FAULT_NONE;
}

static bool make_date(const struct parts *p, int year, struct civil_date *ret)
{
	if (year < 1900 || year > 2199 || p->month > 12 ||
	    p->day > civil_month_days(year, p->month))
		return false;
	*ret = civil_from_ymd(year, p->month, p->day);
	return true;
}

/* The first from 90 days back on; of 29 February that of the next leap year. */
static bool find_year(const struct parts *p, struct civil_date today, struct civil_date *ret)
{
	const struct civil_date from = civil_add(today, -PAST_DAYS);
	int year, month, day;

	civil_to_ymd(from, &year, &month, &day);
	for (int i = 0; i <= 8; i++)
		if (make_date(p, year + i, ret) && civil_compare(*ret, from) >= 0)
			return true;
	return false;
}

/* "20260513", "260513", and what civil_parse knows. */
static bool parse_iso(const char *word, struct civil_date *ret)
{
	char dashed[CIVIL_TEXT], full[9];

	if (strlen(word) == 6 && is_number(word)) {
		snprintf(full, sizeof(full), "20%.6s", word);
		word = full;
	}
	if (strlen(word) == 8 && is_number(word)) {
		memcpy(dashed, word, 4);
		dashed[4] = dashed[7] = '-';
		memcpy(dashed + 5, word + 4, 2);
		memcpy(dashed + 8, word + 6, 3);
		word = dashed;
	}
	return civil_parse(word, ret) == 0;
}

/* "14/5-26": the year as a word of its own, as in "14/5 -26". */
static bool part_year(const char *text, char out[static TEXT_MAX])
{
	const char *slash = strchr(text, '/');
	const char *dash = slash ? strchr(slash, '-') : NULL;
	const int before = dash ? (int)(dash - text) : 0;

	return snprintf(out, TEXT_MAX, "%.*s%s%s", before, text, dash ? " " : "", text + before) <
	       TEXT_MAX;
}

enum page_fault typed_date(const char *text, enum language language, struct civil_date today,
			   struct civil_date *ret)
{
	char parted[TEXT_MAX];
	struct civil_date date;
	struct words words;
	enum page_fault fault;
	struct parts parts;
	int weekday = 7;

	if (!part_year(text, parted) || !split(parted, &words))
		return FAULT_DATE_UNREADABLE;
	words.day_first = language == LANGUAGE_SV;
	for (size_t i = 0; i < words.count; i++)
		drop_ordinal(words.list[i]);
	if (words.count == 2 &&
	    (strcmp(words.list[0], "på") == 0 || strcmp(words.list[0], "on") == 0))
		drop_first(&words);
	if (words.count == 1 && (weekday = find(words.list[0], weekdays, 7)) < 7) {
		*ret = civil_add(today, (weekday - (int)civil_weekday(today) + 7) % 7);
		return FAULT_NONE;
	}
	if (words.count > 1 && (weekday = find(words.list[0], weekdays, 7)) < 7)
		drop_first(&words);
	if (words.count > 2 &&
	    (strcmp(words.list[0], "den") == 0 || strcmp(words.list[0], "the") == 0))
		drop_first(&words);
	if (words.count != 1 || !parse_iso(words.list[0], &date)) {
		fault = take_parts(&words, &parts);
		if (fault != FAULT_NONE)
			return fault;
		if (!(parts.year ? make_date(&parts, parts.year, &date)
				 : find_year(&parts, today, &date)))
			return FAULT_DATE_UNREADABLE;
	}
	if (weekday < 7 && civil_weekday(date) != (enum weekday)weekday)
		return FAULT_DATE_UNREADABLE;
	*ret = date;
	return FAULT_NONE;
}
