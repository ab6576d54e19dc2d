/* SPDX-License-Identifier: Apache-2.0 */
#include "protocol/json_text.h"

#include <string.h>

#include "protocol/ascii.h"

char *json_text_string(char *at, const char *clean)
{
	size_t n = strlen(clean), plain;

	*at++ = '"';
	for (;;) {
		plain = ascii_plain(clean, n);
		at = mempcpy(at, clean, plain);
		if (plain == n)
			break;
		clean += plain;
		if (*clean == '"' || *clean == '\\')
			*at++ = '\\';
		*at++ = *clean++;
		n -= plain + 1;
	}
	*at++ = '"';
	return at;
}

char *json_text_number(char *at, int64_t number)
{
	char digits[20], *const end = digits + sizeof(digits), *first = end;
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

	do
		*--first = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		*--first = '-';
	return mempcpy(at, first, (size_t)(end - first));
}
