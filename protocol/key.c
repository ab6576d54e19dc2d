/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/key.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     ".-:+=^!/*?&<>()[]{}@%$#";

bool key_is_valid(const char *text)
{
	uint64_t group = 0;

	if (strlen(text) != KEY_TEXT - 1)
		return false;
	for (int i = 0; i < KEY_TEXT - 1; i++) {
		const char *digit = strchr(digits, text[i]);

		if (!digit)
			return false;
		group = (i % 5 ? group * 85 : 0) + (uint64_t)(digit - digits);
		if (i % 5 == 4 && group > UINT32_MAX)
			return false;
	}
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool key_parse(const char *bytes, size_t n, char ret[static KEY_TEXT])
{
	char key[KEY_TEXT] = "";

	while (n > 0 && is_space(bytes[n - 1]))
		n--;
	for (; n > 0 && is_space(*bytes); n--)
		bytes++;
	if (n != KEY_TEXT - 1)
		return false;
	memcpy(key, bytes, n);
	if (!key_is_valid(key))
		return false;
	memcpy(ret, key, KEY_TEXT);
	return true;
}
