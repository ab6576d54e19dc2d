/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that come from the daemon as text (RFC 4648, padded). */
#pragma once
#include <stdbool.h>
#include <stdio.h>

/* Write the bytes; false: it is no such text, and some may have been written. */
bool base64_text_write(const char *text, FILE *out);
