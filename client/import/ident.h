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
