/* SPDX-License-Identifier: Apache-2.0 */
/* What the ways out have in common: the server's words made harmless, and refused addresses. */
#include <stdio.h>
#include <string.h>

#include "delivery/channel.h"
#include "protocol/text.h"

void channel_answer(char *out, size_t size, const char *text, size_t length)
{
	size_t used = 0;

	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	while (length > 0) {
		uint32_t code;
		size_t n = text_utf8(text, length, &code);
		bool clean = n > 0 && !text_is_control(code);
		size_t width = clean ? n : 1;

		if (used + width >= size)
			break;
		if (clean)
			memcpy(out + used, text, n);
		else
			out[used] = '?';
		used += width;
		text += n > 0 ? n : 1;
		length -= n > 0 ? n : 1;
	}
	out[used] = '\0';
}

const char *channel_error(const struct exchange *x, CURLcode code)
{
	return x->error[0] ? x->error : curl_easy_strerror(code);
}

bool channel_refused(const struct exchange *x, struct result *ret)
{
	if (x->addresses_refused == 0 || x->addresses_open > 0)
		return false;
	ret->verdict = VERDICT_REFUSED;
	if (x->parcel.loopback_only && x->parcel.private_allowed)
		snprintf(ret->answer, sizeof(ret->answer),
			 "rehearsal: %s is not this machine, so nothing was sent", x->refused);
	else
		snprintf(ret->answer, sizeof(ret->answer),
			 "channel %s leads to %s, which is not a public address: set "
			 "allow_private = true for the channel if that is meant",
			 x->parcel.channel, x->refused);
	return true;
}
