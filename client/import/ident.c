/* SPDX-License-Identifier: Apache-2.0 */
#include "client/import/ident.h"

#include <stdint.h>
#include <string.h>

#include "protocol/text.h"

/* Letters with marks, in pairs of upper and lower case or in lower case alone, and what they become. */
static const struct {
	const char *letters, *ascii;
} folds[] = {
	{ "ÀÁÂÃÄÅĀĂĄ", "A" }, { "àáâãäåāăą", "a" }, { "ÇĆĈĊČ", "C" },	   { "çćĉċč", "c" },
	{ "ÐĎĐ", "D" },	      { "ðďđ", "d" },	    { "ÈÉÊËĒĔĖĘĚ", "E" },  { "èéêëēĕėęě", "e" },
	{ "ĜĞĠĢ", "G" },      { "ĝğġģ", "g" },	    { "ĤĦ", "H" },	   { "ĥħ", "h" },
	{ "ÌÍÎÏĨĪĬĮİ", "I" }, { "ìíîïĩīĭįı", "i" }, { "ĹĻĽĿŁ", "L" },	   { "ĺļľŀł", "l" },
	{ "ÑŃŅŇ", "N" },      { "ñńņň", "n" },	    { "ÒÓÔÕÖØŌŎŐ", "O" },  { "òóôõöøōŏő", "o" },
	{ "ŔŖŘ", "R" },	      { "ŕŗř", "r" },	    { "ŚŜŞŠ", "S" },	   { "śŝşš", "s" },
	{ "ŢŤŦ", "T" },	      { "ţťŧ", "t" },	    { "ÙÚÛÜŨŪŬŮŰŲ", "U" }, { "ùúûüũūŭůűų", "u" },
	{ "ÝŸŶ", "Y" },	      { "ýÿŷ", "y" },	    { "ŹŻŽ", "Z" },	   { "źżž", "z" },
	{ "Æ", "AE" },	      { "æ", "ae" },	    { "Œ", "OE" },	   { "œ", "oe" },
	{ "ß", "ss" },	      { "Þ", "TH" },	    { "þ", "th" },
};

/* What the n bytes of one character become: a letter or digit, "" for what goes without a trace (a mark
 * that stands by itself), NULL for what becomes a hyphen. */
static const char *fold(const char *at, size_t n, uint32_t code, bool near, char one[2])
{
	if (code >= 0x300 && code < 0x370)
		return "";
	one[0] = *at;
	one[1] = '\0';
	if ((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
	    (code >= 'A' && code <= 'Z') || (near && (code == '.' || code == '_')))
		return one;
	for (size_t i = 0; i < sizeof(folds) / sizeof(*folds); i++)
		for (const char *found = folds[i].letters; code >= 0x80 && *found;) {
			uint32_t letter = 0;
			const size_t length = text_utf8(found, strlen(found), &letter);

			if (length == n && letter == code)
				return folds[i].ascii;
			found += length;
		}
	return NULL;
}

/* At most `most` bytes, and never a part of what one character became. */
static char *make(struct keep *keep, const char *text, bool near, size_t most)
{
	char *id = keep_bytes(keep, most + 1), one[2];
	size_t at = 0, left = strlen(text), n;
	bool hyphen = false;

	for (; left > 0; text += n, left -= n) {
		uint32_t code = 0xfffd;
		const char *ascii;

		n = text_utf8(text, left, &code);
		ascii = fold(text, n ? n : 1, code, near, one);
		n = n ? n : 1;
		if (!ascii) {
			hyphen = at > 0;
			continue;
		}
		if (at + hyphen + strlen(ascii) > most)
			break;
		if (hyphen && *ascii)
			id[at++] = '-';
		hyphen &= !*ascii;
		for (; *ascii; ascii++)
			id[at++] = !near && *ascii >= 'A' && *ascii <= 'Z' ? (char)(*ascii + 0x20)
									   : *ascii;
	}
	return id;
}

char *ident_make(struct keep *keep, const char *text)
{
	return make(keep, text, false, ID_MAX);
}

char *ident_near(struct keep *keep, const char *text)
{
	return make(keep, text, true, ID_MAX);
}

char *ident_title(struct keep *keep, const char *text)
{
	char *id = make(keep, text, false, 4 * IDENT_WORDS), *hyphen;

	while (strlen(id) > IDENT_WORDS && (hyphen = strrchr(id, '-')))
		*hyphen = '\0';
	id[strnlen(id, IDENT_WORDS)] = '\0';
	return id;
}

bool ident_same(const char *a, const char *b)
{
	struct keep keep = { 0 };
	const bool same = strcmp(ident_make(&keep, a), ident_make(&keep, b)) == 0;

	keep_done(&keep);
	return same;
}

int ident_distance(const char *a, const char *b, int most)
{
	const size_t n = strlen(a), m = strlen(b);
	int rows[2][ID_MAX + 1], least = 0;

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= n && least <= most; i++) {
		const int *before = rows[(i - 1) % 2];
		int *now = rows[i % 2];

		least = now[0] = (int)i;
		for (size_t j = 1; j <= m; j++) {
			const int other = before[j - 1] + (a[i - 1] != b[j - 1]);
			const int gone = before[j] + 1, more = now[j - 1] + 1;

			now[j] = other < gone ? other : gone;
			now[j] = now[j] < more ? now[j] : more;
			least = least < now[j] ? least : now[j];
		}
	}
	return least > most ? least : rows[n % 2][m];
}

bool ident_same_digits(const char *a, const char *b)
{
	static const char digits[] = "0123456789";

	for (;; a++, b++) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a != *b)
			return false;
		if (!*a)
			return true;
	}
}

/* The next word of an id, whose length goes to ret_n; NULL behind the last. */
static const char *next_word(const char *at, size_t *ret_n)
{
	at += *at == '-';
	*ret_n = strcspn(at, "-");
	return *at ? at : NULL;
}

bool ident_is_mistyped(const char *a, const char *b, bool known)
{
	size_t n, m;
	int differ = 0;

	while ((a = next_word(a, &n)) && (b = next_word(b, &m))) {
		char one[ID_MAX + 1], other[ID_MAX + 1];
		const size_t least = n < m ? n : m;
		const size_t shortest = known ? 3 : 5;
		const int most = least >= (known ? 5U : 8U) ? 2 : 1;

		if (n != m || memcmp(a, b, n) != 0) {
			memcpy(one, a, n);
			memcpy(other, b, m);
			one[n] = other[m] = '\0';
			if (differ++ || least < shortest || !ident_same_digits(one, other) ||
			    ident_distance(one, other, most) > most)
				return false;
		}
		a += n;
		b += m;
	}
	return !a && !*b && differ;
}
