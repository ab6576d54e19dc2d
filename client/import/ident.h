/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids made from names, always the same from the same name: letters lose their marks (å and ä become a, ö
 * becomes o, é becomes e), and whatever else is no letter or digit becomes one hyphen. By the same rule names are compared: two that
 * have one id are one.
 */
#pragma once
#include <stdbool.h>

#include "client/import/keep.h"

#define IDENT_WORDS 32 /* bytes of an id made from a title, cut between words */

/* In lower case, at most ID_MAX bytes; "" when text has no letter or digit of the Latin alphabets. */
char *ident_make(struct keep *keep, const char *text);
/* The same, in the case that it has, and with "." and "_" as they stand: for what is nearly an id already. */
char *ident_near(struct keep *keep, const char *text);
/* Of a title: as many of its first words as IDENT_WORDS bytes hold. */
char *ident_title(struct keep *keep, const char *text);
/* Have the texts the same id? */
bool ident_same(const char *a, const char *b);

/* How many letters differ between the ids, as far as `most`: put in, left out or another. */
int ident_distance(const char *a, const char *b, int most);
/* Are the digits of both the same? "Enhet 1" is not a mistyped "Enhet 2". */
bool ident_same_digits(const char *a, const char *b);
/* Is one id the other with one word of it mistyped? A letter of a word of five to seven, two of a longer one: "norra" and
 * "södra" are two letters apart. Where it is known that both are one person's, as by the address: a letter of a word of
 * three or four, two of a longer one. */
bool ident_is_mistyped(const char *a, const char *b, bool known);
