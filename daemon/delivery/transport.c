/* SPDX-License-Identifier: Apache-2.0 */
/* What the transports have in common: the server's words made harmless, and refused addresses. */
#include <stdio.h>
#include <string.h>

#include "delivery/transport.h"
#include "protocol/text.h"

#define MASK "(address)"

static size_t append(char *out, size_t size, size_t used, const char *text, size_t length)
{
	if (used + length >= size)
		return used;
	memcpy(out + used, text, length);
	return used + length;
}

/* One word, its characters made harmless, or the mask when it holds a mail address. */
static size_t append_word(char *out, size_t size, size_t used, const char *word, size_t length)
{
	if (memchr(word, '@', length))
		return append(out, size, used, MASK, strlen(MASK));
	while (length > 0) {
		uint32_t code;
		size_t n = text_utf8(word, length, &code);
		bool clean = n > 0 && !text_is_control(code);

		used = append(out, size, used, clean ? word : "?", clean ? n : 1);
		word += n > 0 ? n : 1;
		length -= n > 0 ? n : 1;
	}
	return used;
}

void transport_answer(char *out, size_t size, const char *text, size_t length)
{
	size_t used = 0;

	while (length > 0 && strchr("\r\n ", text[length - 1]))
		length--;
	while (length > 0) {
		const char *space = memchr(text, ' ', length);
		size_t word = space ? (size_t)(space - text) : length;

		used = append_word(out, size, used, text, word);
		if (space)
			used = append(out, size, used, space, 1);
		text += space ? word + 1 : word;
		length -= space ? word + 1 : word;
	}
	out[used] = '\0';
}

const char *transport_error(const struct exchange *x, CURLcode code)
{
	return x->error[0] ? x->error : curl_easy_strerror(code);
}

bool transport_refused(const struct exchange *x, struct result *ret)
{
	if (x->addresses_refused == 0 || x->addresses_open > 0)
		return false;
	ret->verdict = VERDICT_REFUSED;
	if (x->request.loopback_only && x->request.private_allowed)
		snprintf(ret->answer, sizeof(ret->answer),
			 "rehearsal: %s is not this machine, so nothing was sent", x->refused);
	else
		snprintf(ret->answer, sizeof(ret->answer),
			 "channel %s leads to %s, which is not a public address: set "
			 "allow_private = true for the channel if that is meant",
			 x->request.channel, x->refused);
	return true;
}
