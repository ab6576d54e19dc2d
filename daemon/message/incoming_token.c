/* SPDX-License-Identifier: Apache-2.0 */
/* A token's form: "ID-N-MAC", numbers and 24 characters of base32, wherever it stands between other characters. */
#include "message/incoming_token.h"

#include <string.h>

#include "protocol/ascii.h"
#include "protocol/text_search.h"

#define NUMBER_DIGITS 19  /* of a message's number */
#define ATTEMPT_DIGITS 10 /* of an attempt's */
#define MAC_LETTERS 24

static bool is_base32(char c)
{
	return ascii_is_letter(c) || (c >= '2' && c <= '7');
}

static size_t run_of(struct slice s, bool (*is)(char), size_t most)
{
	size_t n = 0;

	while (n < s.length && n <= most && is(s.at[n]))
		n++;
	return n <= most ? n : 0;
}

static struct slice after(struct slice s, size_t n)
{
	return (struct slice){ s.at + n, s.length - n };
}

/* How long the token is that s begins with; 0: none begins here. */
static size_t token_length(struct slice s)
{
	const size_t number = run_of(s, ascii_is_digit, NUMBER_DIGITS);
	size_t attempt, n = number + 1;

	if (number == 0 || number == s.length || s.at[number] != '-')
		return 0;
	attempt = run_of(after(s, n), ascii_is_digit, ATTEMPT_DIGITS);
	n += attempt;
	if (attempt == 0 || n == s.length || s.at[n] != '-')
		return 0;
	n++;
	if (run_of(after(s, n), is_base32, MAC_LETTERS) != MAC_LETTERS)
		return 0;
	n += MAC_LETTERS;
	return n == s.length || !ascii_is_among(s.at[n], "") ? n : 0;
}

/* The first token in *rest, which is moved on behind it. */
static bool next_token(struct slice *rest, char out[static INCOMING_TOKEN])
{
	const struct slice in = *rest;

	for (size_t i = 0, n; i < in.length; i++) {
		if (!ascii_is_digit(in.at[i]) || (i > 0 && ascii_is_among(in.at[i - 1], "")))
			continue;
		n = token_length(after(in, i));
		if (n == 0)
			continue;
		memcpy(out, in.at + i, n);
		out[n] = '\0';
		text_small(out);
		*rest = after(in, i + n);
		return true;
	}
	return false;
}

bool token_find(struct slice in, char out[static INCOMING_TOKEN])
{
	return next_token(&in, out);
}

static bool has(const struct incoming *in, const char *token)
{
	for (size_t i = 0; i < in->token_count; i++)
		if (strcmp(in->tokens[i], token) == 0)
			return true;
	return false;
}

void token_add(struct incoming *in, struct slice from)
{
	char token[INCOMING_TOKEN];

	while (in->token_count < INCOMING_TOKENS && next_token(&from, token))
		if (!has(in, token))
			strcpy(in->tokens[in->token_count++], token);
}

void token_add_fields(struct incoming *in, struct slice head, const char *const *names)
{
	struct slice name, value;

	while (in->token_count < INCOMING_TOKENS && head_next(&head, &name, &value))
		for (size_t i = 0; names[i]; i++)
			if (slice_is(name, names[i]))
				token_add(in, value);
}
