/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a mail that came in. What is read of it is bounded and clean whatever it is, and the same when it is
 * read again; what stands in an answer has no address in it.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/incoming.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct incoming *in)
{
	assert(in->what >= 0 && in->what < INCOMING_WHATS);
	assert(strlen(in->id) == INCOMING_ID - 1);
	assert(in->token_count <= INCOMING_TOKENS);
	for (size_t i = 0; i < in->token_count; i++) {
		const char *token = in->tokens[i];

		assert(strlen(token) > 27 && strlen(token) < INCOMING_TOKEN);
		assert(token[strspn(token, "0123456789-abcdefghijklmnopqrstuvwxyz")] == '\0');
		for (size_t j = 0; j < i; j++)
			assert(strcmp(token, in->tokens[j]) != 0);
	}
	assert(strlen(in->answer) < sizeof(in->answer) && !strchr(in->answer, '@'));
	assert(text_is_clean(in->answer, strlen(in->answer), false));
	assert(text_is_clean(in->subject, strlen(in->subject), false));
	assert(!text_turn(in->subject));
	assert(!in->from[0] || text_is_address(in->from));
	if (!in->text)
		return;
	assert(in->text[0] && text_length(in->text) <= NOTE_MAX);
	assert(text_is_clean(in->text, strlen(in->text), true) && !text_turn(in->text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct incoming *in = NULL, *again = NULL;
	const int r = incoming_read((const char *)data, size, NULL, &in);

	assert(r >= 0 && r < INCOMING_FAULTS);
	assert((r == INCOMING_READ) == (in != NULL));
	if (!in)
		return 0;
	check(in);
	assert(incoming_read((const char *)data, size, "p+1-2-abc@region.example", &again) == 0);
	assert(strcmp(again->id, in->id) == 0 && again->what == in->what);
	incoming_free(again);
	incoming_free(in);
	return 0;
}
