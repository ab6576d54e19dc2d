/* SPDX-License-Identifier: Apache-2.0 */
/* What others have written, made fit for a log, a sentence or a store. */
#pragma once
#include <stddef.h>

/*
 * Copies a server's text as one clean line, cut at size: control characters and broken UTF-8 become
 * "?", a word with a mail address in it becomes "(address)".
 */
void harmless_line(char *out, size_t size, const char *text, size_t length);
