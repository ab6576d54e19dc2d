/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

bool base64_decode(const struct base64 *from, unsigned char *out, size_t room, size_t *ret_length)
{
	for (size_t i = 0; i < from->length; i++)
		if ((unsigned char)from->text[i] >= 0x80)
			return false;
	return sodium_base642bin(out, room, from->text, from->length, NULL, ret_length, NULL,
				 from->variant) == 0;
}
