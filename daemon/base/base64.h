/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Base64 from outside, strictly: nothing but the alphabet, padded or not as the variant says, and no bits
 * left over, so that bytes have one text. What libsodium lacks of that: its decoder takes a byte beyond
 * ASCII for the alphabet's last letter.
 */
#pragma once
#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>

struct base64 {
	const char *text;
	size_t length;
	int variant; /* sodium_base64_VARIANT_... */
};
/* At most room bytes into out, and how many; false when it is none, or more. */
bool base64_decode(const struct base64 *from, unsigned char *out, size_t room, size_t *ret_length);
