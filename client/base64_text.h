/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that travel between the daemon and us as text (RFC 4648, padded). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Write the bytes; false: it is no such text, and some may have been written. */
bool base64_text_write(const char *text, FILE *out);
/* The text of bytes; the caller frees it. */
char *base64_text_of(const unsigned char *bytes, size_t length);
