/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a rule: NAME=VALUE parts, joined by ";". A table says what each part takes; what is
 * wrong is said of that part, for a rule is long and its author does not see it at a glance.
 *
 * Refused are, besides what RFC 5545 refuses: hours, since the time of day is that of `due`; and
 * weeks without a day of the week, which libraries take for seven days or for one.
 */
#include "plan/recur_rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "protocol/text.h"

#define NUMBER_MAX 32767 /* of INTERVAL and COUNT */

/* One part while it is read. */
struct part {
	struct rule *rule;
	const char *value;
	size_t length;
};
typedef bool read_part(const struct part *part);

void numbers_add(struct numbers *set, int n)
{
	const unsigned at = (unsigned)abs(n);
	uint64_t *bits = n > 0 ? set->from_start : set->from_end;

	set->any = true;
	bits[at / 64] |= UINT64_C(1) << at % 64;
}

bool numbers_have(const struct numbers *set, int n, int of)
{
	const int back = of - n + 1;

	return set->from_start[n / 64] >> n % 64 & 1 || set->from_end[back / 64] >> back % 64 & 1;
}

/* ---- numbers ----------------------------------------------------------------------------------- */

/* A whole number, signed, that the n bytes at text are all of; 0 when they are none. */
static int to_number(const char *text, size_t n)
{
	const size_t sign = n && strchr("+-", *text) ? 1 : 0;
	int value = 0;

	if (n == sign || n - sign > 5)
		return 0;
	for (size_t i = sign; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return 0;
		value = 10 * value + text[i] - '0';
	}
	return *text == '-' ? -value : value;
}

/* "1,15,-1": each at most max, and at least -max, or 1. */
static bool add_numbers(const struct part *part, struct numbers *set, int max, bool from_end)
{
	const char *at = part->value, *end = at + part->length;
	bool more = true;

	while (more) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const int n = to_number(at, (size_t)((comma ? comma : end) - at));

		if (n == 0 || n > max || n < (from_end ? -max : 1))
			return false;
		numbers_add(set, n);
		more = comma;
		at = comma ? comma + 1 : end;
	}
	return true;
}

static bool read_months(const struct part *part)
{
	return add_numbers(part, &part->rule->months, 12, false);
}

static bool read_month_days(const struct part *part)
{
	return add_numbers(part, &part->rule->month_days, 31, true);
}

static bool read_year_days(const struct part *part)
{
	return add_numbers(part, &part->rule->year_days, 366, true);
}

static bool read_weeks(const struct part *part)
{
	return add_numbers(part, &part->rule->weeks, 53, true);
}

static bool read_places(const struct part *part)
{
	return add_numbers(part, &part->rule->places, 366, true);
}

static bool read_interval(const struct part *part)
{
	part->rule->interval = to_number(part->value, part->length);
	return part->rule->interval >= 1 && part->rule->interval <= NUMBER_MAX;
}

static bool read_count(const struct part *part)
{
	part->rule->count = to_number(part->value, part->length);
	return part->rule->count >= 1 && part->rule->count <= NUMBER_MAX;
}

/* ---- words and dates --------------------------------------------------------------------------- */

static bool is_word(const char *text, size_t n, const char *word)
{
	return strlen(word) == n && strncasecmp(text, word, n) == 0;
}

static bool read_frequency(const struct part *part)
{
	static const char *const words[] = {
		[DAILY] = "DAILY", [WEEKLY] = "WEEKLY", [MONTHLY] = "MONTHLY", [YEARLY] = "YEARLY"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (is_word(part->value, part->length, words[i])) {
			part->rule->frequency = (enum frequency)i;
			return true;
		}
	return false;
}

static bool to_weekday(const char *text, size_t n, enum weekday *ret)
{
	static const char *const words[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (is_word(text, n, words[i])) {
			*ret = (enum weekday)i;
			return true;
		}
	return false;
}

static bool read_week_start(const struct part *part)
{
	return to_weekday(part->value, part->length, &part->rule->week_start);
}

/* "MO", "1MO" or "-1MO". */
static bool add_day(struct rule *rule, const char *text, size_t n)
{
	enum weekday weekday;
	int nth;

	if (n < 2 || !to_weekday(text + n - 2, 2, &weekday))
		return false;
	if (n == 2) {
		rule->weekdays |= 1U << weekday;
		return true;
	}
	nth = to_number(text, n - 2);
	if (nth == 0 || abs(nth) > 53)
		return false;
	numbers_add(&rule->nth[weekday], nth);
	rule->names_nth = true;
	return true;
}

static bool read_days(const struct part *part)
{
	const char *at = part->value, *end = at + part->length;
	bool more = true;

	while (more) {
		const char *comma = memchr(at, ',', (size_t)(end - at));

		if (!add_day(part->rule, at, (size_t)((comma ? comma : end) - at)))
			return false;
		more = comma;
		at = comma ? comma + 1 : end;
	}
	return true;
}

/* "20261231" or "20261231T120000Z": the date is what counts, whatever the time. */
static bool read_until(const struct part *part)
{
	const char *v = part->value;
	const size_t digits = strspn(v, "0123456789");
	char date[CIVIL_TEXT];

	if (digits != 8 ||
	    (part->length > 8 && (v[8] != 'T' || strspn(v + 9, "0123456789") != 6)) ||
	    (part->length > 15 && (part->length > 16 || v[15] != 'Z')))
		return false;
	snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", v, v + 4, v + 6);
	return civil_parse(date, &part->rule->until) == 0;
}

/* ---- the parts --------------------------------------------------------------------------------- */

#define DAY_OF_WEEK "days of the week, such as MO,TH, or in a month or year 1MO or -1FR"
static const struct {
	const char *name;
	read_part *read;   /* NULL: not known here, for the reason in `takes` */
	const char *takes; /* for the sentence when the value is not that */
} parts[] = {
	{ "FREQ", read_frequency, "DAILY, WEEKLY, MONTHLY or YEARLY" },
	{ "INTERVAL", read_interval, "1 to 32767" },
	{ "COUNT", read_count, "1 to 32767" },
	{ "UNTIL", read_until, "a date that exists, such as 20261231" },
	{ "WKST", read_week_start, "MO, TU, WE, TH, FR, SA or SU" },
	{ "BYMONTH", read_months, "1 to 12" },
	{ "BYMONTHDAY", read_month_days, "1 to 31, or -1 to -31 counted from the end" },
	{ "BYYEARDAY", read_year_days, "1 to 366, or -1 to -366 counted from the end" },
	{ "BYWEEKNO", read_weeks, "1 to 53, or -1 to -53 counted from the end" },
	{ "BYDAY", read_days, DAY_OF_WEEK },
	{ "BYSETPOS", read_places, "1 to 366, or -1 to -366 counted from the end" },
	{ "BYHOUR", NULL, "the time of day is that of due" },
	{ "BYMINUTE", NULL, "the time of day is that of due" },
	{ "BYSECOND", NULL, "the time of day is that of due" },
	{ "RSCALE", NULL, "the calendar is the Gregorian one" },
	{ "SKIP", NULL, "the calendar is the Gregorian one" },
};
#define PARTS (sizeof(parts) / sizeof(*parts))
#define SAY(...) (snprintf(wrong, RECUR_FAULT, __VA_ARGS__), false)

/* The part's place in the table, or PARTS. */
static size_t find_part(const char *name, size_t length)
{
	size_t i = 0;

	while (i < PARTS && !is_word(name, length, parts[i].name))
		i++;
	return i;
}

static bool read_one(struct rule *rule, unsigned *seen, const char *text, char *wrong)
{
	const char *equals = strchr(text, '=');
	const size_t i = equals ? find_part(text, (size_t)(equals - text)) : PARTS;
	struct part part = { rule, equals ? equals + 1 : NULL, equals ? strlen(equals + 1) : 0 };

	if (!equals)
		return SAY("has the part \"%s\", which is not NAME=VALUE: write such as "
			   "\"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"",
			   text_excerpt(text).text);
	if (i == PARTS)
		return SAY("has the part \"%s\", which RFC 5545 does not know",
			   text_excerpt(text).text);
	if (!parts[i].read)
		return SAY("has %s: leave it out, %s", parts[i].name, parts[i].takes);
	if (*seen & 1U << i)
		return SAY("has %s twice: put all in one", parts[i].name);
	*seen |= 1U << i;
	if (!parts[i].read(&part))
		return SAY("has \"%s\": %s takes %s", text_excerpt(text).text, parts[i].name,
			   parts[i].takes);
	return true;
}

/* ---- what goes together ------------------------------------------------------------------------ */

static bool judge(const struct rule *rule, bool named, char *wrong)
{
	const bool long_period = rule->frequency >= MONTHLY;
	const bool yearly = rule->frequency == YEARLY;
	const bool days = rule->weekdays || rule->names_nth;

	if (!named)
		return SAY("has no FREQ: DAILY, WEEKLY, MONTHLY or YEARLY");
	if (rule->count && !civil_is_none(rule->until))
		return SAY("has both COUNT and UNTIL: leave one of them out");
	if (rule->names_nth && (!long_period || rule->weeks.any))
		return SAY("has a number before a day of the week in BYDAY, which goes with "
			   "FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO, alone");
	if (rule->weeks.any && !yearly)
		return SAY("has BYWEEKNO, which goes with FREQ=YEARLY alone");
	if (rule->weeks.any && !days)
		return SAY("has BYWEEKNO without BYDAY: say which day of the week, such as "
			   "BYDAY=MO");
	if (rule->year_days.any && !yearly)
		return SAY("has BYYEARDAY, which goes with FREQ=YEARLY alone");
	if (rule->month_days.any && rule->frequency == WEEKLY)
		return SAY("has BYMONTHDAY, which does not go with FREQ=WEEKLY");
	if (rule->places.any && !days && !rule->months.any && !rule->month_days.any &&
	    !rule->year_days.any)
		return SAY(
			"has BYSETPOS and nothing for it to choose from: add such as BYDAY=MO,FR");
	return true;
}

/* Of a rule by the hour this is said first, whatever else is wrong with it. */
static bool goes_by_hours(const char *text)
{
	static const char *const words[] = { "FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(text, words[i]))
			return true;
	return false;
}

bool rule_read(struct rule *ret, const char *text, char wrong[static RECUR_FAULT])
{
	struct rule rule = { .interval = 1, .until = CIVIL_NONE, .week_start = MONDAY };
	char copy[1024], *rest = copy, *one;
	unsigned seen = 0;

	if (goes_by_hours(text))
		return SAY("goes by hours: the shortest step is a day, and the time of day is that "
			   "of due");
	if (strlen(text) >= sizeof(copy))
		return SAY("is longer than %zu bytes", sizeof(copy) - 1);
	strcpy(copy, text);
	while ((one = strsep(&rest, ";")))
		if ((*one || rest) && !read_one(&rule, &seen, one, wrong))
			return false;
	if (!judge(&rule, seen & 1U << find_part("FREQ", 4), wrong))
		return false;
	*ret = rule;
	return true;
}
