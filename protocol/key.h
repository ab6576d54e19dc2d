/* SPDX-License-Identifier: Apache-2.0 */
/* CURVE keys as text: 32 bytes in Z85 (ZeroMQ RFC 32), of a secret and of a public key alike. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define KEY_TEXT 41	/* with its NUL */
#define KEY_FILE_MAX 80 /* bytes of a key file, white space included */

/* Is it 40 characters of Z85, each five of them a number of 32 bits? */
bool key_is_valid(const char *text);
/* The one key that the n bytes of a key file hold, with white space around it or none; ret is
 * untouched when there is not exactly one. */
bool key_parse(const char *bytes, size_t n, char ret[static KEY_TEXT]);
