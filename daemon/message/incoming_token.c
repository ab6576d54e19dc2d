/* SPDX-License-Identifier: Apache-2.0 */
#include "message/incoming_token.h"

#include <string.h>

#include "protocol/text_search.h"

/* The first token in *rest, which is moved on behind it. */
static bool next_token(struct slice *rest, char out[static INCOMING_TOKEN])
{
	struct return_token_place found;

	if (!return_token_find(rest->at, rest->length, &found) || found.length >= INCOMING_TOKEN)
		return false;
	memcpy(out, rest->at + found.at, found.length);
	out[found.length] = '\0';
	text_small(out);
	rest->at += found.at + found.length;
	rest->length -= found.at + found.length;
	return true;
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
