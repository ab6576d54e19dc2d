/* SPDX-License-Identifier: Apache-2.0 */
#include "client/base64_text.h"

#include <string.h>

#include "client/need.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The bytes of four characters, of which the last two may be padding: how many, 0 when they are none. */
static int decode(const char group[static 4], unsigned char out[static 3])
{
	const int count = group[3] != '=' ? 3 : group[2] != '=' ? 2 : 1;
	unsigned bits = 0;

	for (int i = 0; i < 4; i++) {
		const char *found = i > count ? alphabet : strchr(alphabet, group[i]);

		if (!found || !*found)
			return 0;
		bits = bits << 6 | (unsigned)(found - alphabet);
	}
	for (int i = 0; i < 3; i++)
		out[i] = (unsigned char)(bits >> (16 - 8 * i));
	return count;
}

bool base64_text_write(const char *text, FILE *out)
{
	const size_t length = strlen(text);

	for (size_t at = 0; at < length; at += 4) {
		unsigned char bytes[3];
		const int count = length - at < 4 ? 0 : decode(text + at, bytes);

		if (count == 0 || (count < 3 && at + 4 < length))
			return false;
		fwrite(bytes, 1, (size_t)count, out);
	}
	return true;
}

char *base64_text_of(const unsigned char *bytes, size_t length)
{
	char *text = need(malloc((length + 2) / 3 * 4 + 1)), *out = text;

	for (size_t at = 0; at < length; at += 3) {
		const size_t count = length - at < 3 ? length - at : 3;
		unsigned bits = 0;

		for (size_t i = 0; i < 3; i++)
			bits = bits << 8 | (i < count ? bytes[at + i] : 0);
		for (size_t i = 0; i < 4; i++)
			*out++ = i > count ? '=' : alphabet[bits >> (18 - 6 * i) & 63];
	}
	*out = '\0';
	return text;
}
