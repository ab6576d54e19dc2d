/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of ASCII characters, whatever the locale. Bytes of other characters are none of them. */
#pragma once
#include <stdbool.h>
#include <string.h>

static inline bool ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is it a letter, a digit or one of the others? NUL is none. */
static inline bool ascii_is_among(char c, const char *others)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || (c != '\0' && strchr(others, c));
}
