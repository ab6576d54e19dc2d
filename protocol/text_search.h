/* SPDX-License-Identifier: Apache-2.0 */
/* Words that somebody looks for, in texts that they may stand in. */
#pragma once
#include <stdbool.h>

/*
 * Does each word of `words`, which blanks part, stand in one of the texts, capital letters or not, those of
 * Western languages (å, ä, ö, é) too? texts ends with NULL; no word at all stands everywhere. All are UTF-8.
 */
bool text_has_words(const char *const *texts, const char *words);
/* Make each capital letter of Western languages small, in place: no byte more or less. Returns text. */
char *text_small(char *text);
