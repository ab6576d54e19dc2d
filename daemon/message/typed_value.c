/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An amount is read in three steps: the text is made plain (one kind of space, one minus, lower case), the
 * sign and the unit are taken off its ends, and what is left is digits with separators. Which of those
 * are decimal marks is decided there, in one place (find_decimals).
 */
#include "message/typed_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/text.h"

#define PLAIN_MAX 80			     /* bytes of an amount, or a date, made plain */
#define AMOUNT_MAX INT64_C(1000000000000000) /* kronor, as events take them */

/* ---- plain text --------------------------------------------------------------------------------- */

static bool is_space(uint32_t code)
{
	return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xa0 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x202f || code == 0x205f ||
	       code == 0x3000;
}

/* Seen by nobody: what word processors and chats leave in a copied text. */
static bool is_invisible(uint32_t code)
{
	return (code >= 0x200b && code <= 0x200f) || text_turns(code) ||
	       (code >= 0x2060 && code <= 0x2065) || code == 0xad || code == 0xfeff;
}

static bool is_minus(uint32_t code)
{
	return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 ||
	       code == 0xfe63 || code == 0xff0d;
}

/* One character as it stands in plain text; 0: not at all, UINT32_MAX: it can't. */
static uint32_t plain(uint32_t code)
{
	if (is_invisible(code))
		return 0;
	if (is_space(code))
		return ' ';
	if (is_minus(code))
		return '-';
	if (code == 0x2019 || code == 0xb4)
		return '\'';
	if (code >= 'A' && code <= 'Z')
		return code + ('a' - 'A');
	if (code == 0xc4 || code == 0xd6 || code == 0xc5) /* Ä Ö Å */
		return code + 0x20;
	return code;
}

bool typed_plain(const char *text, char *out, size_t size)
{
	size_t length = 0;
	bool space = false;

	for (size_t left = strlen(text), n; left > 0; text += n, left -= n) {
		uint32_t code;

		n = text_utf8(text, left, &code);
		if (n == 0)
			return false;
		code = plain(code);
		if (code == 0)
			continue;
		if (code == ' ') {
			space = length > 0;
			continue;
		}
		if (length + n + 2 > size)
			return false;
		if (space)
			out[length++] = ' ';
		space = false;
		if (code < 0x80) {
			out[length++] = (char)code;
			continue;
		}
		memcpy(out + length, text, n);
		if (n == 2) /* Ä Ö Å in lower case; all else as it is */
			out[length + 1] = (char)(0x80 | (code & 0x3f));
		length += n;
	}
	out[length] = '\0';
	return true;
}

/* Take the text off the end, with the space before it; false: it does not end so. */
static bool take_end(char *text, const char *end)
{
	size_t length = strlen(text), n = strlen(end);

	if (n > length || strcmp(text + length - n, end) != 0)
		return false;
	length -= n;
	while (length > 0 && text[length - 1] == ' ')
		length--;
	text[length] = '\0';
	return true;
}

static bool take_begin(char *text, const char *begin)
{
	size_t n = strlen(begin);

	if (strncmp(text, begin, n) != 0)
		return false;
	while (text[n] == ' ')
		n++;
	memmove(text, text + n, strlen(text + n) + 1);
	return true;
}

/* ---- amounts ------------------------------------------------------------------------------------ */

/* What an amount may end with, longer ones before those that they end with. */
static const struct unit {
	const char *text;
	int zeros;
} units[] = {
	{ "milj", 6 },	    { "mdr", 9 },      { "mio", 6 },	 { "bn", 9 },	   { "m", 6 },
	{ "tkr", 3 },	    { "tsek", 3 },     { "kkr", 3 },	 { "ksek", 3 },	   { "tusen", 3 },
	{ "thousand", 3 },  { "mnkr", 6 },     { "mkr", 6 },	 { "msek", 6 },	   { "mn", 6 },
	{ "mln", 6 },	    { "miljoner", 6 }, { "miljon", 6 },	 { "million", 6 }, { "mdkr", 9 },
	{ "miljarder", 9 }, { "miljard", 9 },  { "billion", 9 },
};
/* Currencies, which say nothing of the size. */
static const char *const currencies[] = { "kronor", "kr.", "kr", "sek", ":-", ",-", ".-" };

/* Of the unit that the text ends with, which is taken off; 0 when there is none. */
static int take_zeros(char *text)
{
	take_end(text, ".");
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (take_end(text, units[i].text))
			return units[i].zeros;
	return 0;
}

/* The same, with a currency after it or before the number: "1,25 mn kr", "SEK 3 million". */
static int take_unit(char *text)
{
	int zeros = take_zeros(text);

	for (size_t i = 0; zeros == 0 && i < sizeof(currencies) / sizeof(currencies[0]); i++)
		if (take_end(text, currencies[i]))
			return take_zeros(text);
	if (!take_begin(text, "sek"))
		take_begin(text, "kr");
	return zeros;
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static size_t count_of(const char *text, char ch)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == ch;
	return count;
}

/*
 * Where the decimals of digits and separators begin, after their mark; NULL: there are none. Three digits
 * after a point or comma are a group of thousands in kronor, but decimals where groups are parted by
 * something else already. "1,250" is not: who thinks in millions writes 1 250 000 kronor so in Swedish, and
 * a thousandth of it was recorded. *ret_ambiguous: they may be either.
 */
static char *find_decimals(char *text, int zeros, enum language language, bool *ret_ambiguous)
{
	const char mark = language == LANGUAGE_EN ? '.' : ',';
	char *point = strrchr(text, '.'), *comma = strrchr(text, ',');
	char *last = !point || (comma && comma > point) ? comma : point;
	bool no_group;

	*ret_ambiguous = false;
	if (!last || (count_of(text, *last) > 1 && !(point && comma)))
		return NULL;
	no_group = (point && comma) || strpbrk(text, " '") || last - text > 3;
	if (strlen(last + 1) != 3 || text[0] == '0')
		return last + 1;
	if (zeros > 0 && no_group)
		return last + 1;
	*ret_ambiguous = zeros > 0 || no_group || *last == mark;
	return NULL;
}

/* Digits, whole or in groups of three that one kind of separator parts; they alone are kept. */
static bool join_groups(char *text)
{
	size_t run = strspn(text, "0123456789");
	const char separator = text[run];
	const char *from = text + run;
	char *to = text + run;

	if (run == 0 || (separator && run > 3))
		return false;
	while (*from) {
		if (*from++ != separator || strspn(from, "0123456789") != 3)
			return false;
		memmove(to, from, 3);
		to += 3;
		from += 3;
	}
	*to = '\0';
	return true;
}

/* Whole × 10^zeros plus the decimals, which must come out even. */
static enum page_fault add_up(const char *whole, const char *decimals, int zeros, int64_t *ret)
{
	int64_t value = 0;

	for (; *whole; whole++) {
		value = value * 10 + (*whole - '0');
		if (value > AMOUNT_MAX)
			return FAULT_AMOUNT_TOO_LARGE;
	}
	for (; zeros > 0; zeros--) {
		value = value * 10 + (is_digit(*decimals) ? *decimals - '0' : 0);
		decimals += is_digit(*decimals);
		if (value > AMOUNT_MAX)
			return FAULT_AMOUNT_TOO_LARGE;
	}
	if (decimals[strspn(decimals, "0")])
		return FAULT_AMOUNT_FRACTION;
	*ret = value;
	return FAULT_NONE;
}

enum page_fault typed_amount(const char *text, enum language language, int64_t *ret)
{
	char number[PLAIN_MAX], *decimals;
	bool negative, ambiguous;
	enum page_fault fault;
	int zeros;

	if (!typed_plain(text, number, sizeof(number)))
		return FAULT_AMOUNT_UNREADABLE;
	negative = take_begin(number, "-") || take_begin(number, "minus ");
	if (!negative)
		take_begin(number, "+");
	zeros = take_unit(number);
	if (!negative)
		negative = take_begin(number, "-"); /* "SEK -3" */
	if (!is_digit(number[0]) || number[strspn(number, "0123456789 .,'")])
		return FAULT_AMOUNT_UNREADABLE;
	decimals = find_decimals(number, zeros, language, &ambiguous);
	if (ambiguous)
		return FAULT_AMOUNT_AMBIGUOUS;
	if (decimals)
		decimals[-1] = '\0';
	if (!join_groups(number) ||
	    (decimals && (!*decimals || decimals[strspn(decimals, "0123456789")])))
		return FAULT_AMOUNT_UNREADABLE;
	fault = add_up(number, decimals ? decimals : "", zeros, ret);
	if (fault == FAULT_NONE && negative)
		*ret = -*ret;
	return fault;
}

enum page_fault typed_percent(const char *text, int64_t *ret)
{
	static const char *const signs[] = { "%", "procent", "per cent", "percent" };
	char number[PLAIN_MAX];
	int64_t value = 0;

	if (!typed_plain(text, number, sizeof(number)))
		return FAULT_PROGRESS_UNREADABLE;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (take_end(number, signs[i]))
			break;
	for (const char *p = number; *p; p++) {
		if (!is_digit(*p) || (value = value * 10 + (*p - '0')) > 100)
			return FAULT_PROGRESS_UNREADABLE;
	}
	if (!number[0])
		return FAULT_PROGRESS_UNREADABLE;
	*ret = value;
	return FAULT_NONE;
}

/* ---- texts -------------------------------------------------------------------------------------- */

/* A line end of any kind, as word processors write them too. */
static bool ends_line(uint32_t code)
{
	return (code >= '\n' && code <= '\r') || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool may_stand(uint32_t code, bool lines)
{
	if (text_is_control(code))
		return lines && (code == '\n' || code == '\t');
	return lines || !text_turns(code);
}

int typed_text(const char *text, bool lines, char **ret, size_t *ret_length)
{
	char *out = malloc(strlen(text) + 1), *to = out;

	if (!out)
		return -ENOMEM;
	for (size_t left = strlen(text), n; left > 0; text += n, left -= n) {
		uint32_t code;

		n = text_utf8(text, left, &code);
		if (n == 0) { /* no UTF-8, which the request would have refused */
			n = 1;
			continue;
		}
		if (code == '\r' && text[1] == '\n')
			continue;
		if (ends_line(code)) {
			*to++ = lines ? '\n' : ' ';
		} else if (code == '\t' && !lines) {
			*to++ = ' ';
		} else if (may_stand(code, lines)) {
			memcpy(to, text, n);
			to += n;
		}
	}
	while (to > out && strchr(" \t\n", to[-1]))
		to--;
	*to = '\0';
	memmove(out, out + strspn(out, " \t\n"), strlen(out + strspn(out, " \t\n")) + 1);
	if (!out[0]) {
		free(out);
		out = NULL;
	}
	*ret_length = !out ? 0 : lines ? text_length(out) : strlen(out);
	*ret = out;
	return 0;
}
