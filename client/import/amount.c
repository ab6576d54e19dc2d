/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/amount.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DIGITS 40 /* bytes of a number, at most */

static const struct {
	const char *word;
	int64_t unit;
} units[] = {
	{ "kr", 1 },
	{ "sek", 1 },
	{ "kronor", 1 },
	{ "tkr", 1000 },
	{ "kkr", 1000 },
	{ "ksek", 1000 },
	{ "tsek", 1000 },
	{ "tusen", 1000 },
	{ "mnkr", 1000000 },
	{ "mkr", 1000000 },
	{ "msek", 1000000 },
	{ "mn", 1000000 },
	{ "milj", 1000000 },
	{ "miljoner", 1000000 },
	{ "mdkr", 1000000000 },
	{ "mdr", 1000000000 },
};

int64_t amount_unit(const char *word)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcasecmp(units[i].word, word) == 0)
			return units[i].unit;
	return 0;
}

const char *amount_unit_word(int64_t unit)
{
	/* The first of each. */
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (units[i].unit == unit)
			return units[i].word;
	return "";
}

bool amount_names_unit(const char *cell)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	char word[16];

	for (const char *at = cell + strcspn(cell, letters); *at; at += strcspn(at, letters)) {
		const size_t n = strspn(at, letters);

		snprintf(word, sizeof(word), "%.*s", (int)(n < sizeof(word) ? n : 0), at);
		if (amount_unit(word))
			return true;
		at += n;
	}
	return false;
}

/* A cell taken apart. */
struct parts {
	char number[DIGITS]; /* digits, separators; no sign, no unit */
	bool negative, bracketed;
	int64_t unit; /* 0: none */
};

static const char *skip(const char *at, const char *what)
{
	return strncmp(at, what, strlen(what)) == 0 ? at + strlen(what) : at;
}

/* The words behind the number, and before it ("kr 500"). false: one of them is no unit. */
static bool take_words(const char *at, const char *end, struct parts *parts)
{
	while (at < end) {
		const size_t word_n = strcspn(at, " ./"), rest = (size_t)(end - at);
		const size_t n = word_n < rest ? word_n : rest;
		char word[16];

		if (n > 0 && n < sizeof(word)) {
			memcpy(word, at, n);
			word[n] = '\0';
			const int64_t unit = amount_unit(word);

			if (unit == 0)
				return false;
			/* "miljoner kronor", "mn kr": the larger one counts. */
			parts->unit = unit > parts->unit ? unit : parts->unit;
		} else if (n > 0) {
			return false;
		}
		at += n + (at + n < end);
	}
	return true;
}

static bool take_apart(const char *cell, struct parts *ret)
{
	static const char *const minuses[] = { "-", "\u2212", "\u2013" };
	const char *at = cell, *digits, *end;
	size_t n;

	*ret = (struct parts){ 0 };
	digits = at + strcspn(at, "0123456789(-+\xe2");
	if (!take_words(at, digits, ret))
		return false;
	at = digits;
	ret->bracketed = *at == '(';
	at += ret->bracketed || *at == '+';
	for (size_t i = 0; i < 3 && !ret->negative; i++) {
		ret->negative = at != skip(at, minuses[i]);
		at = skip(at, minuses[i]);
	}
	at += strspn(at, " ");
	n = strspn(at, "0123456789., ");
	end = at + n;
	while (end > at && (end[-1] < '0' || end[-1] > '9'))
		end--;
	if (end == at || (size_t)(end - at) >= DIGITS || *at < '0')
		return false;
	memcpy(ret->number, at, (size_t)(end - at));
	at = end;
	/* Swedish price tags: "500:-", "500,-". */
	at = skip(skip(at, ":-"), ",-");
	if (ret->bracketed) {
		end = strchr(at, ')');
		if (!end || !take_words(at, end, ret))
			return false;
		at = end + 1;
	}
	ret->negative |= ret->bracketed;
	return take_words(at, at + strlen(at), ret);
}

/* Do the groups between the separators have three digits each, the first up to three? */
static bool is_grouped(const char *number, const char *end, char separator)
{
	const char *at = number;
	size_t n = strspn(at, "0123456789");

	if (n == 0 || n > 3)
		return false;
	for (at += n; at < end; at += n) {
		if (*at++ != separator)
			return false;
		n = strspn(at, "0123456789");
		if (n != 3)
			return false;
	}
	return true;
}

/* Which of the number's signs stands before decimals: '\0' for none, '?' when there are two ways, 'x' when it
 * is no number. ret_end: where its whole part ends. */
static char decimal_sign(const char *number, const char **ret_end)
{
	const char *comma = strrchr(number, ','), *point = strrchr(number, '.');
	const char *last = !comma ? point : !point ? comma : comma > point ? comma : point;
	const char *end = number + strlen(number), *space = strchr(number, ' ');
	const char thousands = comma && point ? (*last == ',' ? '.' : ',') : ' ';

	*ret_end = end;
	if (!last)
		return !space || is_grouped(number, end, ' ') ? '\0' : 'x';
	if (space && comma && point)
		return 'x';
	if (strchr(number, *last) == last) { /* the only one of its kind */
		const size_t before = (size_t)(last - number), after = strlen(last + 1);

		if (!space && after == 3 && !(comma && point) && before <= 3 && *number != '0')
			return '?';
		*ret_end = last;
		if (strspn(last + 1, "0123456789") != after)
			return 'x';
		return (!space && !(comma && point)) || is_grouped(number, last, thousands) ? *last
											    : 'x';
	}
	return !(comma && point) && is_grouped(number, end, *last) ? '\0' : 'x';
}

void amount_see(const char *cell, struct amount_style *style)
{
	struct parts parts;
	const char *end;
	char sign;

	if (!take_apart(cell, &parts))
		return;
	sign = decimal_sign(parts.number, &end);
	/* Who groups by one of them has the other before decimals. */
	style->comma |= sign == ',' || (sign == '\0' && strchr(parts.number, '.'));
	style->point |= sign == '.' || (sign == '\0' && strchr(parts.number, ','));
}

/* Whole kronor of digits with so many decimals; halves go away from zero. false: too large. */
static bool scale(const char *number, const char *end, int64_t unit, struct amount *ret)
{
	__int128 value = 0, whole;
	__int128 part = 1;

	for (const char *at = number; *at; at++) {
		if (*at < '0')
			continue; /* a separator */
		if (value > AMOUNT_MOST * (__int128)100000)
			return false;
		value = value * 10 + (*at - '0');
		part *= at > end ? 10 : 1;
	}
	value *= unit;
	whole = (value + part / 2) / part;
	ret->rounded = whole * part != value;
	if (whole > AMOUNT_MOST)
		return false;
	ret->kronor = (int64_t)whole;
	return true;
}

/* "1.2E+07" */
static bool is_exponent(const char *cell)
{
	const size_t n = strspn(cell, "-0123456789.,");

	return n > 0 && (cell[n] == 'E' || cell[n] == 'e') &&
	       strspn(cell + n + 1, "+-0123456789") == strlen(cell + n + 1);
}

enum amount_fault amount_read(const char *cell, int64_t unit, const struct amount_style *style,
			      struct amount *ret)
{
	struct parts parts;
	const char *end;
	char sign;

	*ret = (struct amount){ 0 };
	if (is_exponent(cell))
		return AMOUNT_SHORTENED;
	if (!take_apart(cell, &parts))
		return AMOUNT_NONE;
	sign = decimal_sign(parts.number, &end);
	if (sign == 'x')
		return AMOUNT_NONE;
	if (sign == '?') {
		const char only = strchr(parts.number, ',') ? ',' : '.';

		if (style->comma == style->point)
			return AMOUNT_TWO_WAYS;
		if ((only == ',') == style->comma)
			end = strchr(parts.number, only);
	}
	ret->unit = parts.unit;
	unit = parts.unit ? parts.unit : unit;
	if (!scale(parts.number, end, unit ? unit : 1, ret))
		return AMOUNT_TOO_LARGE;
	if (parts.negative)
		ret->kronor = -ret->kronor;
	return unit || ret->kronor == 0 ? AMOUNT_READ : AMOUNT_NO_UNIT;
}

bool amount_may_be(const char *cell, int64_t kronor, const struct amount_style *style)
{
	static const int64_t in[] = { 1, 1000, 1000000, 1000000000 };
	const char *begin = cell + strcspn(cell, "0123456789");
	size_t n = strspn(begin, "0123456789., ");
	char number[DIGITS];
	struct amount amount;

	/* A minus, as a hyphen or as one of the signs beyond ASCII. */
	if (begin > cell && (begin[-1] == '-' || begin[-1] & 0x80))
		return false;
	if (n >= DIGITS || strpbrk(begin + n, "0123456789"))
		return false;
	memcpy(number, begin, n);
	while (n > 0 && (number[n - 1] < '0' || number[n - 1] > '9'))
		n--;
	number[n] = '\0';
	for (size_t i = 0; i < sizeof(in) / sizeof(*in); i++)
		if (amount_read(number, in[i], style, &amount) == AMOUNT_READ && !amount.rounded &&
		    amount.kronor == kronor)
			return true;
	return false;
}
